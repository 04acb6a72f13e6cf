"""URL -> response as evidence.

Any answer is evidence, a 404 too; only silence raises `FetchError`, and what policy forbids
raises `RefusedError` before anything is sent. This package is the only code that touches the
network: `fetcher` takes the hops one after another, `address` says what may be asked, `trip` counts
time and bytes, `guard` lets connections through, `client` exchanges one request for one answer,
`body` undoes the content coding within bounds.

Codes of `FetchError`: name, connect, tls, timeout, too-slow, too-large, too-many-redirects,
incomplete, content-coding, bad-response. Codes of `RefusedError`: scheme, malformed, credentials,
port, private-address.
"""

from ledger.fetch.fetcher import Fetcher
from ledger.fetch.response import EVIDENCE_HEADERS, Response
from ledger.fetch.settings import FetchSettings

__all__ = ["EVIDENCE_HEADERS", "FetchSettings", "Fetcher", "Response"]
