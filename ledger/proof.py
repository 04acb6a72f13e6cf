"""Database -> Verified: everything in it is what was recorded, and nothing else is in it.

And the rules hold by which it stays so: the triggers that refuse changes, the views that say what
is current, and the tables are those that the migrations make.

Only reads, and looks anew for every page of the journal, so that no writer waits for it: what is
recorded never changes, so the pages fit together. What it cannot see, see `ledger.journal`.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger.errors import IntegrityError, StoreError
from ledger.journal import Link, Verified, verify
from ledger.reader import Reader
from ledger.schema import Place
from ledger.server_rules import check_server_rules
from ledger.store import open_ledger
from ledger.tables import ENTRY_TABLES, content_of

PAGE = 1000
"""Journal records per look into the database: a few megabytes of rows."""

Content = Mapping[str, Any]


def verify_ledger(db: Place) -> Verified:
    """Check the journal, entries, bytes of captures, that no row is beside them, and the schema.

    Args:
        db: A ledger of this program's schema.

    Raises:
        IntegrityError: At the first record that is not what was recorded, by journal order; then,
            without a `seq`, for rows that the journal does not know, and for a table, index, view
            or trigger that is missing, changed or added.
        StoreError: It is missing, locked or damaged, or no ledger of this schema.
    """
    verified = verify(records(db))
    with Reader(db) as reader:
        for kind in ENTRY_TABLES:
            stray = reader.row(
                f'SELECT id FROM "{kind}" AS entry WHERE NOT EXISTS (SELECT 1 FROM journal'  # noqa: S608 - our names
                " WHERE journal.entry_id = entry.id AND journal.kind = :kind)",
                {"kind": kind},
            )
            if stray:
                raise IntegrityError(f"{kind} {stray['id']} was put in beside the journal")
        stray = reader.row(
            "SELECT digest FROM payload WHERE digest NOT IN (SELECT payload_digest FROM capture)"
        )
        if stray:
            raise IntegrityError(f"the bytes {stray['digest']} belong to no capture")
        check_schema(reader)
    return verified


def check_schema(reader: Reader) -> None:
    """Do nothing when tables, indexes, views and triggers are those that the migrations make.

    Raises:
        IntegrityError: One is missing, changed or added.
    """
    if reader.kind == "postgresql":
        check_server_rules(reader)
        return
    found, made = _schema(reader), _made_schema()
    for name in sorted(made.keys() | found.keys()):
        if name not in found:
            raise IntegrityError(f"the {name} is missing")
        if name not in made:
            raise IntegrityError(f"the {name} was added")
        if found[name] != made[name]:
            raise IntegrityError(f"the {name} was changed")


def _schema(reader: Reader) -> dict[str, str]:
    """Kind and name of everything in the database to how it was made, without spaces and quotes.

    SQLAlchemy sets those in its own way, which may change; what SQLite makes by itself is left out.
    """
    rows = reader.rows(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return {
        f"{row['type']} {row['name']}": "".join(str(row["sql"]).replace('"', "").split())
        for row in rows
    }


def _made_schema() -> dict[str, str]:
    """The schema of a ledger that was just made by the migrations."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        open_ledger(str(path), clock=lambda: datetime.now(UTC)).close()
        with Reader(path) as reader:
            return _schema(reader)


def records(db: Place) -> Iterator[tuple[Link, Content | None]]:
    """Every journal record with what is recorded under its entry id; None when nothing is.

    Raises:
        IntegrityError: A record cannot be read, or the bytes of a capture are not what was
            recorded.
        StoreError: The database cannot be read.
    """
    seq = -(2**63)  # also what was put in before the first
    while True:
        with Reader(db) as reader:
            rows = reader.rows(
                "SELECT seq, entry_id, kind, recorded_at, content_digest, previous, digest"
                " FROM journal WHERE seq >= :seq ORDER BY seq LIMIT :page",
                {"seq": seq, "page": PAGE},
            )
            links = [Link(**row) for row in rows]
            contents = _contents(reader, links)
            for link in links:
                content = contents.get((link.kind, link.entry_id))
                yield link, content
                # Here again, so the capture is what was recorded.
                if link.kind == "capture" and content:
                    _check_payload(reader, link.seq, content)
        if len(links) < PAGE:
            return
        seq = links[-1].seq + 1


def _contents(reader: Reader, links: list[Link]) -> dict[tuple[str, str], Content]:
    """Kind and id of each link to what is recorded under them; what is not there is left out."""
    try:
        return {
            (kind, row["id"]): _content(kind, row)
            for kind in {link.kind for link in links} & ENTRY_TABLES.keys()
            for row in reader.rows(
                f'SELECT entry.* FROM journal JOIN "{kind}" AS entry ON entry.id = journal.entry_id'  # noqa: S608 - our names
                " WHERE journal.seq BETWEEN :first AND :last AND journal.kind = :kind",
                {"first": links[0].seq, "last": links[-1].seq, "kind": kind},
            )
        }
    except StoreError as error:
        # Damaged pages, text that is no UTF-8: look one by one for the record that has it.
        if len(links) > 1:
            return {key: one for link in links for key, one in _contents(reader, [link]).items()}
        raise IntegrityError(
            f"{links[0].kind} {links[0].entry_id} cannot be read: {error.message}",
            seq=links[0].seq,
        ) from error


def _content(kind: str, row: Content) -> Content:
    try:
        return content_of(kind, row)
    except ValueError:
        return row  # never the content that was recorded, which is what `verify` finds


def _check_payload(reader: Reader, seq: int, capture: Content) -> None:
    digest = capture["payload_digest"]
    row = reader.row("SELECT body FROM payload WHERE digest = :digest", {"digest": digest})
    if row is None:
        raise IntegrityError(f"the bytes of capture {capture['id']} are missing", seq=seq)
    try:
        # One byte more than recorded is enough to know, whatever the rest would swell to.
        body = zlib.decompressobj().decompress(row["body"], capture["size"] + 1)
    except (zlib.error, TypeError):
        body = None
    if body is None or digest != f"sha256:{hashlib.sha256(body).hexdigest()}":
        raise IntegrityError(f"the bytes of capture {capture['id']} were changed", seq=seq)
