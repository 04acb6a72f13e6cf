"""WARC file -> Received: what a crawl, a browser or another ledger captured.

WARC 1.0 and 1.1 (ISO 28500), plain or compressed, by warcio. Its stream is ours: warcio takes a
compressed record that breaks off for its end and says so on stderr at best, and reads a header of
any length. Payloads are decoded by the code, and within the bounds, that pages of the network are.
"""

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ledger import urls
from ledger.errors import ExtractError, FetchError, unreadable
from ledger.extract.media import (
    BOOK,
    HTML,
    JATS,
    JSON,
    MARKDOWN,
    OPEN_DOCUMENT,
    PDF,
    PLAIN,
    WIKI,
    WORD,
    media_type_of,
)
from ledger.fetch import FetchSettings
from ledger.fetch.body import GZIP_MAGIC
from ledger.inputs.receive import Received
from ledger.pipeline.warc_record import BLOCK, REQUESTED, declared_type, received
from ledger.pipeline.warc_stream import HEAD_BYTES, Stream

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_MAGIC, _LONGEST_MAGIC = (b"WARC/", b"filedesc:", GZIP_MAGIC, b"\x28\xb5\x2f\xfd"), 16
"""How WARC and ARC begin, as they are or compressed by gzip or Zstandard."""
_READ = frozenset({HTML, MARKDOWN, PLAIN, JSON, PDF, WIKI, WORD, OPEN_DOCUMENT, BOOK, JATS})
_LEFT_OUT = frozenset({"/robots.txt"})


class PassedOver(NamedTuple):
    """A record that holds no article by its nature.

    Attributes:
        sort: For counting: "request", "revisit", "status 301", "image/png", ...
        url: Its address; None when it has none.
    """

    sort: str
    url: str | None


def read_warc(path: Path) -> Iterator[Received | PassedOver | ExtractError]:
    """Every record of a WARC file, in its order.

    Yields:
        What is to be read as an article; what is passed over; an error for a record that is
        damaged (codes "digest", "bad-record", "too-large", "undecodable"), after which reading goes
        on, or for the rest of a file that ends too soon or is no WARC (code "cut-off", "not-warc").

    Raises:
        ExtractError: The file cannot be opened; code as `unreadable` says.
    """
    from warcio.archiveiterator import ArchiveIterator

    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(str(path), error) from error
    # Nor does it speak through its loggers, which without a handler write to stderr, too.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    with file:
        head = file.peek(_LONGEST_MAGIC)[:_LONGEST_MAGIC].lstrip()
        # warcio takes the first line of any file for ARC's.
        if head and not head.startswith(_MAGIC):
            yield _rest(path, 0, "it does not begin like one")
            return
        stream = Stream(file)
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
                why = "it ends in the middle of a record"
            if why:
                yield _rest(path, read, why)
            elif read == 0:
                yield ExtractError(str(path), "not-warc", "there is no record in it")
            return


def _next(records: "ArchiveIterator", stream: Stream) -> "ArcWarcRecord | ExtractError | None":
    """The next record; None at the end; an error where nothing more can be read."""
    stream.allowance = HEAD_BYTES
    errors = records.err_count
    try:
        # warcio writes its complaints to stderr; that it had one is in `err_count`.
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
    except (AttributeError, TypeError, LookupError):  # warcio misses a header
        return ExtractError("", "cut-off", "a record is damaged")
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
            str(path), "not-warc", f"this is not a WARC file ({why})", remedy="Give one"
        )
    return ExtractError(
        str(path),
        "cut-off",
        f"it cannot be read further after {read:,} record{'s' if read > 1 else ''} ({why})",
        remedy="The complete records were read. Get the file again for the rest",
    )


def _item(
    path: Path, record: "ArcWarcRecord", stream: Stream
) -> Received | PassedOver | ExtractError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    asked = record.rec_headers.get_header(REQUESTED) or url  # what a redirect led on from
    shown = None if asked is None else urls.redact(asked)
    name = f"{path}#{shown or record.rec_headers.get_header('WARC-Record-ID') or 'record'}"
    if record.length is None:
        stream.broken = stream.broken or "a record does not say how long it is"
        return ExtractError(name, "bad-record", "it does not say how long it is")
    try:
        raw = _raw(record)
    except ValueError:
        return ExtractError(name, "bad-record", "its digest is not valid")
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
        return received(name, str(url), record, raw)
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
    declared = declared_type(record)
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
