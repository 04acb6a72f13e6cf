"""WARC file -> Received: what a crawl, a browser or another ledger captured.

WARC 1.0 and 1.1 (ISO 28500), plain or compressed, by warcio. Its stream is ours: warcio takes a
compressed record that breaks off for its end and says so on stderr at best, and reads a header of
any length. Payloads are decoded by the code, and within the bounds, that pages of the network are.
"""

import gzip
import io
import logging
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ledger import urls
from ledger.errors import ExtractError, FetchError
from ledger.extract.media import HTML, JSON, MARKDOWN, PDF, PLAIN, WIKI, WORD, media_type_of
from ledger.fetch import EVIDENCE_HEADERS, FetchSettings
from ledger.fetch.body import read_body
from ledger.fetch.response import CHARSET
from ledger.fetch.trip import Trip
from ledger.inputs.receive import Received
from ledger.pipeline.warc_digest import holds

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

ENDINGS = (".warc", ".warc.gz")
PREFIX = "x-archive-orig-"
"""Before the name of a header that no longer says what is true of the payload as stored."""
REQUESTED, REDIRECT, ALLOWED = "Ledger-Requested-URI", "Ledger-Redirect", "Ledger-Allowed-Private"
"""Our own fields; readers of WARC pass over fields that they do not know (ISO 28500, 5.1)."""

HEAD_BYTES = 2 * 1024 * 1024
"""Most bytes between two payloads: the headers of one record and what is read ahead of it."""
BLOCK = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_MAGIC, _LONGEST_MAGIC = (b"WARC/", b"filedesc:", GZIP_MAGIC, b"\x28\xb5\x2f\xfd"), 16
"""How WARC and ARC begin, as they are or compressed by gzip or Zstandard."""
_READ = frozenset({HTML, MARKDOWN, PLAIN, JSON, PDF, WIKI, WORD})
_LEFT_OUT = frozenset({"/robots.txt"})


class PassedOver(NamedTuple):
    """A record that holds no article by its nature.

    Attributes:
        sort: For counting: "request", "revisit", "status 301", "image/png", ...
        url: Its address; None when it has none.
    """

    sort: str
    url: str | None


def is_warc(name: str) -> bool:
    """Whether a file is called as a WARC is."""
    return name.lower().endswith(ENDINGS)


def read_warc(path: Path) -> Iterator[Received | PassedOver | ExtractError]:
    """Every record of a WARC file, in its order.

    Yields:
        What is to be read as an article; what is passed over; an error for a record that is
        damaged (codes "digest", "bad-record", "too-large", "undecodable"), after which reading goes
        on, or for the rest of a file that ends too soon or is no WARC (code "cut-off", "not-warc").

    Raises:
        ExtractError: The file cannot be opened; code "unreadable".
    """
    from warcio.archiveiterator import ArchiveIterator

    try:
        file = path.open("rb")
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        raise ExtractError(str(path), "unreadable", message) from error
    # Nor does it speak through its loggers, which without a handler write to stderr, too.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    with file:
        head = file.peek(_LONGEST_MAGIC)[:_LONGEST_MAGIC].lstrip()
        # warcio takes the first line of any file for ARC's.
        if head and not head.startswith(_MAGIC):
            yield _rest(path, 0, "it does not begin as one")
            return
        stream = _Stream(file)
        records = ArchiveIterator(stream, check_digests=True)
        read = 0
        while True:
            record = _next(records, stream)
            if not isinstance(record, ExtractError | None):
                read += 1
                yield _item(path, record, stream)
                continue
            why = stream.broken or (record.message if record else None)
            if why is None and records.offset < stream.length:
                # warcio takes headers that break off, or are none, for the end.
                why = "it goes on with half a record"
            if why:
                yield _rest(path, read, why)
            elif read == 0:
                yield ExtractError(str(path), "not-warc", "there is no record in it")
            return


def _next(records: "ArchiveIterator", stream: "_Stream") -> "ArcWarcRecord | ExtractError | None":
    """The next record; None at the end; an error where nothing more can be read."""
    stream.allowance = HEAD_BYTES
    errors = records.err_count
    try:
        # warcio writes its complaints to stderr; that it had one is in `err_count`.
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
    except Exception as error:  # noqa: BLE001 - a damaged file makes warcio fail in any way
        # warcio quotes the bytes behind what it says.
        said = str(error).partition("[")[0].partition(", first line")[0].strip(" ,:")
        return ExtractError("", "cut-off", said[:200] or type(error).__name__)
    if records.err_count > errors:
        return ExtractError("", "cut-off", "a record is longer or shorter than it says")
    stream.allowance = None
    return record


def _rest(path: Path, read: int, why: str) -> ExtractError:
    if not read:
        return ExtractError(
            str(path), "not-warc", f"this is no WARC file ({why})", remedy="Give one"
        )
    return ExtractError(
        str(path),
        "cut-off",
        f"it cannot be read on after {read:,} record{'s' if read > 1 else ''} ({why})",
        remedy="What is whole was read. Get the file again for the rest",
    )


class _Stream:
    """A file's bytes, decompressed member by member, that ends where the file is broken.

    Attributes:
        allowance: How many bytes may still be read; None for any number.
        broken: Why it ended before its end; None when it did not.
        length: How many bytes were read.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        head = file.read(2)
        file.seek(0)
        self._source = gzip.GzipFile(fileobj=file) if head == GZIP_MAGIC else file
        self.allowance: int | None = None
        self.broken: str | None = None
        self.length = 0

    def read(self, size: int) -> bytes:
        if self.broken:
            return b""
        try:
            data = self._source.read1(size)  # gives what comes before a break, too
        except EOFError:
            self.broken = "the file ends in the middle of a compressed record"
            return b""
        except (OSError, zlib.error) as error:
            self.broken = f"damaged: {error}"
            return b""
        self.length += len(data)
        if self.allowance is not None:
            self.allowance -= len(data)
            if self.allowance < 0:
                self.broken = f"a record has more than {HEAD_BYTES:,} bytes of headers"
                return b""
        return data


def _item(
    path: Path, record: "ArcWarcRecord", stream: "_Stream"
) -> Received | PassedOver | ExtractError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    shown = None if url is None else urls.redact(url)
    name = f"{path}#{shown or record.rec_headers.get_header('WARC-Record-ID') or 'record'}"
    if record.length is None:
        stream.broken = stream.broken or "a record does not say how long it is"
        return ExtractError(name, "bad-record", "it does not say how long it is")
    try:
        raw = _raw(record)
    except ValueError:
        return ExtractError(name, "bad-record", "its digest is none")
    if record.raw_stream.limit > 0:
        stream.broken = stream.broken or "it ends in the middle of a record"
        return ExtractError(name, "cut-off", "the file ends in the middle of it")
    sort = _passed_over(record, url)
    if sort is not None:
        return PassedOver(sort, shown)
    if raw is None:
        limit = FetchSettings().max_raw_bytes
        return ExtractError(name, "too-large", f"it has more than {limit:,} bytes")
    try:
        return _received(name, str(url), record, raw)
    except FetchError as error:
        return ExtractError(name, "undecodable", error.message)


def _raw(record: "ArcWarcRecord") -> bytes | None:
    """The payload as stored, read to its end; None when it is too large to keep."""
    limit = FetchSettings().max_raw_bytes
    kept, size = [], 0
    while piece := record.raw_stream.read(BLOCK):
        size += len(piece)
        if size <= limit:
            kept.append(piece)
    return b"".join(kept) if size <= limit else None


def _passed_over(record: "ArcWarcRecord", url: str | None) -> str | None:
    """Why a record holds no article by its nature; None when it may hold one."""
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    web = (url or "").lower().startswith(("http://", "https://"))
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if web and record.http_headers else ""
        if status != "200":
            return f"status {status[:3]}" if status else "response without HTTP"
    elif not web and not (url or "").startswith(("file:", "urn:")):
        return "resource without address"
    if web and _path(str(url)) in _LEFT_OUT:
        return "robots.txt"
    declared = _declared(record)
    if declared:
        kind = media_type_of(b"", declared, str(url))
        return None if kind in _READ or kind == "application/octet-stream" else kind[:60]
    return None


def _path(url: str) -> str:
    """The path of an address; "" for what is no address, which a crawler wrote all the same."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _declared(record: "ArcWarcRecord") -> str | None:
    """Content-Type of the payload; None when it says nothing."""
    if record.http_headers is not None:
        value = record.http_headers.get_header("Content-Type")
    else:
        value = record.rec_headers.get_header("Content-Type")
    return value or None


def _received(
    name: str, url: str, record: "ArcWarcRecord", raw: bytes
) -> Received | PassedOver | ExtractError:
    head = record.rec_headers
    at = _moment(head.get_header("WARC-Date") or "")
    if at is None:
        return ExtractError(name, "bad-record", "its WARC-Date is none")
    body, dechunked = _decoded(url, record, raw)
    if record.digest_checker.passed is False and not holds(record, (dechunked, body)):
        return ExtractError(
            name,
            "digest",
            "the bytes are not those that its digest names",
            remedy="The file was damaged or altered: get it again",
        )
    declared = _declared(record)
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
