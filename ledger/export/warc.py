"""Captures -> WARC 1.1 (ISO 28500), by warcio.

A response is a `response` record, a file a `resource` record. The payload is the body after content
decoding, as it was recorded: headers that speak of the body as it was sent are kept under another
name, as crawlers do. What WARC has no field for stands in fields of our own.

Whatever a capture says stays on its own line: an imported one may say anything.
"""

import io
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import IO, TYPE_CHECKING

from ledger.queries import CaptureItem

if TYPE_CHECKING:
    from warcio.warcwriter import WARCWriter

ORIGINAL = "X-Archive-Orig-"
SENT = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that are about the body as it was sent."""
_NOT_IN_A_NAME = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]")
"""What the name of a header has none of (RFC 9110, 5.6.2)."""


def write_warc(
    captures: Iterable[tuple[CaptureItem, bytes]],
    out: IO[bytes],
    *,
    compressed: bool,
    software: str,
    at: datetime,
) -> int:
    """Write captures, each with its bytes, after one `warcinfo` record.

    Args:
        captures: In the order in which they are to stand.
        out: A binary file.
        compressed: Each record as a gzip member of its own, as readers expect it.
        software: Name and version of this program.
        at: When the file is made, UTC.

    Returns:
        How many captures were written. The same captures give the same records.
    """
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=compressed, warc_version="1.1")
    info = {"software": software, "format": "WARC File Format 1.1"}
    first = writer.create_warcinfo_record(None, info)
    first.rec_headers.replace_header("WARC-Date", _moment(at))
    writer.write_record(first)
    written = 0
    for capture, body in captures:
        _write(writer, capture, body)
        written += 1
    return written


def _write(writer: "WARCWriter", capture: CaptureItem, body: bytes) -> None:
    from warcio.statusandheaders import StatusAndHeaders

    head = {
        # From the capture's own id, so that two exports of it are the same record.
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, capture['id'])}>",
        "WARC-Date": capture["captured_at"],
        "WARC-Payload-Digest": capture["payload_digest"],
    }
    http = None
    if capture["status"] is not None:
        http = StatusAndHeaders(
            f"{capture['status']} {_phrase(capture['status'])}".strip(),
            _http_headers(capture, len(body)),
            protocol="HTTP/1.1",
        )
    record = writer.create_warc_record(
        _one_line(capture["final_url"]),
        "response" if http else "resource",
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type="" if http else _content_type(capture),
        warc_headers_dict=head,
        http_headers=http,
    )
    for name, value in _own_fields(capture):
        record.rec_headers.add_header(name, _one_line(value))
    writer.write_record(record)


def _own_fields(capture: CaptureItem) -> Iterator[tuple[str, str]]:
    """What WARC has no field for."""
    if capture["requested_url"] != capture["final_url"]:
        yield "Ledger-Requested-URI", capture["requested_url"]
    for redirect in capture["redirects"]:
        yield "Ledger-Redirect", redirect
    if capture["allowed_private"]:
        yield "Ledger-Allowed-Private", capture["allowed_private"]


def _http_headers(capture: CaptureItem, length: int) -> list[tuple[str, str]]:
    kept = [
        (f"{ORIGINAL}{name}" if name in SENT else _NOT_IN_A_NAME.sub("-", name), _one_line(value))
        for name, value in capture["headers"]
    ]
    return [*kept, ("content-length", str(length))]


def _one_line(value: str) -> str:
    """A value that a header line can hold: what is not printable is a space."""
    return "".join(each if each.isprintable() else " " for each in value)


def _content_type(capture: CaptureItem) -> str:
    charset = f"; charset={capture['charset']}" if capture["charset"] else ""
    return _one_line(f"{capture['media_type'] or 'application/octet-stream'}{charset}")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
