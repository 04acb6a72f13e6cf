"""A ledger -> the lines of its export."""

import base64
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from ledger.errors import IntegrityError
from ledger.ids import canonical
from ledger.journal import Erased, Held, Link, held
from ledger.proof import records
from ledger.reader import Reader
from ledger.schema import Place

FORMAT = "ledger-export/1"
CHUNK = 1000
"""Records that are written at once, a few megabytes, and after which the progress is told."""
Told = Callable[[int], None]
"""Told how many records are done, now and then."""


def write_out(db: Place, file: IO[bytes], tell: Told = lambda _: None) -> Held:
    """Write everything recorded to `file`, checked while it is read; others may go on writing.

    Raises:
        IntegrityError: The record is not what was recorded; what is in `file` is then worthless.
        StoreError: The database cannot be read.
    """
    file.write(_line({"format": FORMAT}))
    for row in _redactions(db):
        file.write(_line(row))
    payloads: set[str] = set()

    def passing(reader: Reader) -> Iterator[tuple[Link, Mapping[str, Any] | Erased | None]]:
        for link, found in records(db):
            content = found.content if isinstance(found, Erased) else found
            if content and link.kind == "capture" and content["payload_digest"] not in payloads:
                payloads.add(content["payload_digest"])
                file.write(_payload_line(reader, content["payload_digest"]))
            if content:
                file.write(_record_line(link, content, erased=isinstance(found, Erased)))
            yield link, found
            if link.seq % CHUNK == 0:
                tell(link.seq)

    with Reader(db) as reader:
        verified = held(passing(reader))
    file.write(_line({"end": verified.entries, "head": verified.head, "payloads": len(payloads)}))
    return verified


def _line(value: Mapping[str, Any]) -> bytes:
    return canonical(value) + b"\n"


def _record_line(link: Link, content: Mapping[str, Any], *, erased: bool) -> bytes:
    known = {name: value for name, value in content.items() if value is not None}
    return _line({**link._asdict(), "content": known, **({"erased": True} if erased else {})})


def _redactions(db: Place) -> list[dict[str, Any]]:
    with Reader(db) as reader:
        rows = reader.rows("SELECT digest, judgement_id, note FROM redaction ORDER BY digest")
    return [{"redaction": row.pop("digest"), **row} for row in rows]


def _payload_line(reader: Reader, digest: str) -> bytes:
    reader.look_anew()  # what was recorded meanwhile is to be seen
    row = reader.row("SELECT body FROM payload WHERE digest = :digest", {"digest": digest})
    reader.look_anew()  # and whoever writes need not wait
    if row is None:
        raise IntegrityError(f"the bytes {digest} are missing")
    return _line({"payload": digest, "body": base64.b64encode(row["body"]).decode("ascii")})
