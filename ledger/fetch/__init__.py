"""URL -> the server's response, kept as evidence.

Any answer is evidence, a 404 too; only silence raises `FetchError`, and what policy forbids
raises `RefusedError` before anything is sent. This package is the only code that touches the
network: `fetcher` takes the hops one after another, `address` says what may be asked, `trip` counts
time and bytes by the limits of `settings`, `guard` lets connections through, `client` exchanges one
request for one answer, `body` undoes the content coding within bounds, and `response` is what came.
`robots` asks what a host allows, `pacing` when it may be asked, `retry` asks again where that may
help, `validators` ask whether a page has changed. `post` asks a service instead of a page.

Codes of `FetchError`: name, resolver, connect, tls, timeout, too-slow, too-large,
too-many-redirects, incomplete, content-coding, bad-response, asked-to-wait; of `post` also
redirect, status. Codes of `RefusedError`: scheme, malformed, credentials, port, private-address,
robots.
"""

from ledger.fetch.fetcher import Fetcher
from ledger.fetch.response import EVIDENCE_HEADERS, Response
from ledger.fetch.settings import FetchSettings
from ledger.fetch.validators import Validators

__all__ = ["EVIDENCE_HEADERS", "FetchSettings", "Fetcher", "Response", "Validators"]
