"""A table that does not do as it is told, and says nothing: then nothing is recorded, and told."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from readings import a_reading, noon
from test_redact import ERASED, KEPT, redacting

from ledger.errors import StoreError
from ledger.proof import verify_ledger
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger

SAID = "the table {} drops what is written to it, without an error, so nothing of it was recorded"


def keep_from(db: Place, verb: str, table: str) -> None:
    """Let a trigger of somebody else drop each INSERT or UPDATE of a table."""
    if isinstance(db, Path):
        with closing(sqlite3.connect(db)) as connection:
            connection.execute(
                f"CREATE TRIGGER aaa BEFORE {verb} ON {table} BEGIN SELECT RAISE(IGNORE); END"
            )
        return
    with psycopg.connect(db) as server:
        server.execute(
            "CREATE FUNCTION dropped() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NULL; END $$"
        )
        server.execute(
            f"CREATE TRIGGER aaa BEFORE {verb} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION dropped()".encode()
        )


@pytest.mark.parametrize("table", ["payload", "article", "claim", "citation", "journal"])
@pytest.mark.parametrize("claims", [0, 40])  # one row at a time, and many at once
def test_rows_that_a_table_drops_are_not_taken_for_recorded(
    db: Place, table: str, claims: int
) -> None:
    if not claims and table in ("claim", "citation"):
        claims = 1
    keep_from(db, "INSERT", table)
    with (
        open_ledger(str(db), clock=noon) as ledger,
        pytest.raises(StoreError, match=SAID.format(table)),
    ):
        ledger.append(a_reading(1, claims=claims))
    with Reader(db) as reader:
        assert reader.rows("SELECT COUNT(*) AS n FROM journal") == [{"n": 0}]
        assert reader.rows("SELECT COUNT(*) AS n FROM source") == [{"n": 0}]


@pytest.mark.parametrize("table", ["payload", "article", "claim"])
def test_words_that_a_table_keeps_are_not_taken_for_erased(db: Place, table: str) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
    entries = verify_ledger(db).entries
    keep_from(db, "UPDATE", table)
    with pytest.raises(StoreError, match=SAID.format(table)):
        redacting(db, ERASED.capture)
    with Reader(db) as reader:
        assert reader.rows("SELECT COUNT(*) AS n FROM journal") == [{"n": entries}]
        assert reader.rows("SELECT COUNT(*) AS n FROM redaction") == [{"n": 0}]
