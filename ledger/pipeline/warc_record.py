"""A record of a WARC that may hold an article, with its payload -> Received."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ledger.errors import ExtractError
from ledger.fetch import EVIDENCE_HEADERS, FetchSettings
from ledger.fetch.body import GZIP_MAGIC, read_body
from ledger.fetch.response import CHARSET
from ledger.fetch.trip import Trip
from ledger.inputs.receive import Received
from ledger.pipeline.warc_digest import holds

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

PREFIX = "x-archive-orig-"
"""Before the name of a header that no longer says what is true of the payload as stored."""
REQUESTED, REDIRECT, ALLOWED = "Ledger-Requested-URI", "Ledger-Redirect", "Ledger-Allowed-Private"
"""Our own fields; readers of WARC pass over fields that they do not know (ISO 28500, 5.1)."""
BLOCK = 64 * 1024


def received(name: str, url: str, record: "ArcWarcRecord", raw: bytes) -> Received | ExtractError:
    """What a record holds, as a page of the network would have come.

    Args:
        name: What to call it in messages.
        url: Its address.
        record: Read to its end.
        raw: Its payload as stored.

    Raises:
        FetchError: The payload cannot be decoded, or not within the bounds.
    """
    head = record.rec_headers
    at = _moment(head.get_header("WARC-Date") or "")
    if at is None:
        return ExtractError(name, "bad-record", "its WARC-Date is not valid")
    body, dechunked = _decoded(url, record, raw)
    if record.digest_checker.passed is False and not holds(record, (dechunked, body)):
        return ExtractError(
            name,
            "digest",
            "the bytes do not match its digest",
            remedy="The file was damaged or altered: get it again",
        )
    declared = declared_type(record)
    charset = CHARSET.search(declared or "")
    requested = head.get_header(REQUESTED) or url
    return Received(
        name=name,
        url=requested,
        final_url=url,
        body=body,
        received_at=at,
        media_type=(declared or "").partition(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
        status=int(record.http_headers.get_statuscode()) if record.http_headers else None,
        headers=_headers(record),
        redirects=tuple(value for key, value in head.headers if key == REDIRECT),
        allowed_private=head.get_header(ALLOWED),
    )


def declared_type(record: "ArcWarcRecord") -> str | None:
    """Content-Type of the payload; None when it says nothing."""
    if record.http_headers is not None:
        value = record.http_headers.get_header("Content-Type")
    else:
        value = record.rec_headers.get_header("Content-Type")
    return value or None


def _moment(text: str) -> datetime | None:
    """A time with its zone, in UTC; None for what is none."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 in a zone east of Greenwich
        return None


def _decoded(url: str, record: "ArcWarcRecord", raw: bytes) -> tuple[bytes, bytes]:
    """The body without its codings, and the body without its transfer coding only.

    Crawlers often store what they decoded under the headers of before: such a payload is taken as
    it is.

    Raises:
        FetchError: As `fetch.body.read_body`.
    """
    if record.http_headers is None:
        return raw, raw
    dechunked = raw
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        from warcio.bufferedreaders import ChunkedDataReader

        dechunked = ChunkedDataReader(io.BytesIO(raw)).read()
    coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if "gzip" in coding and not dechunked.startswith(GZIP_MAGIC):
        coding = ""
    if coding == "br" and _is_text(dechunked):
        coding = ""
    pieces = (dechunked[at : at + BLOCK] for at in range(0, len(dechunked), BLOCK))
    return read_body(pieces, coding, Trip(url, FetchSettings())), dechunked


def _is_text(body: bytes) -> bool:
    return body[:64].lstrip()[:1] in (b"<", b"{", b"[", b"#") or body[:512].isascii()


def _headers(record: "ArcWarcRecord") -> tuple[tuple[str, str], ...]:
    if record.http_headers is None:
        return ()
    named = (
        (key.lower().removeprefix(PREFIX), value) for key, value in record.http_headers.headers
    )
    return tuple((key, value) for key, value in named if key in EVIDENCE_HEADERS)
