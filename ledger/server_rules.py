"""PostgreSQL ledger -> the rules hold by which what is recorded stays as it is.

As `proof` asks of SQLite, but by name: PostgreSQL keeps no text of how a table was made.
"""

from ledger.errors import IntegrityError
from ledger.reader import Reader
from ledger.tables import ENTRY_TABLES

GUARDED = (*ENTRY_TABLES, "payload", "journal")
"""Tables to which rows are only ever added."""

_VIEWS = ("current_article", "current_citation", "current_outlet")

_BODY = (
    "BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; END"
)
"""Of the function that all guards call, as the first migration made it."""


def check_server_rules(reader: Reader) -> None:
    """Do nothing when every table and view is there, with the triggers that refuse changes.

    Raises:
        IntegrityError: One is missing, switched off or changed.
    """
    kinds = reader.rows(
        "SELECT relname, relkind FROM pg_class"
        " WHERE relnamespace = CAST(CAST(current_schema() AS text) AS regnamespace)"
    )
    there = {(row["relkind"], row["relname"]) for row in kinds}
    for kind, word, names in (("r", "table", GUARDED), ("v", "view", _VIEWS)):
        for name in names:
            if (kind, name) not in there:
                raise IntegrityError(f"the {word} {name} is missing")
    found = {
        row["tgname"]: row
        for row in reader.rows(
            """SELECT t.tgname, t.tgenabled, t.tgtype, c.relname, p.prosrc
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal
            AND c.relnamespace = CAST(CAST(current_schema() AS text) AS regnamespace)"""
        )
    }
    for table in GUARDED:
        for guard, when in (("change", _EACH_ROW), ("truncate", _TRUNCATE)):
            row = found.get(f"{table}_no_{guard}")
            if row is None or row["relname"] != table:
                raise IntegrityError(f"the trigger {table}_no_{guard} is missing")
            if row["tgenabled"] not in ("O", "A"):
                raise IntegrityError(f"the trigger {table}_no_{guard} is switched off")
            if row["tgtype"] != when or " ".join(row["prosrc"].split()) != _BODY:
                raise IntegrityError(f"the trigger {table}_no_{guard} was changed")


_EACH_ROW = 1 | 2 | 8 | 16
"""Bits of `pg_trigger.tgtype`: for each row, before, on delete, on update."""

_TRUNCATE = 2 | 32
"""Before, on truncate."""
