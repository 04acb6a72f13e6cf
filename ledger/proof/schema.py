"""A ledger's tables, indexes, views and triggers, beside those that the migrations make."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import SQLModel

from ledger.errors import IntegrityError, LedgerError
from ledger.proof.server_rules import check_firing, check_server_rules
from ledger.proof.server_schema import compare_names, compare_schemas, found_schema, made_schema
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger

UNSEEN = (
    "this user may make no temporary tables on the server, so only the names and triggers of "
    "its schema were compared, not its views, columns, constraints and indexes"
)
"""What is told where the server cannot be asked to make the schema once more, to compare with."""


_TABLES = {
    "file": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "server": "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
}


def check_tables(db: Place) -> None:
    """Do nothing when a ledger has all the tables of what is recorded: only then it can be read.

    Raises:
        IntegrityError: One is missing.
        StoreError: As `Reader`.
    """
    with Reader(db) as reader:
        rows = reader.rows(_TABLES["server" if isinstance(db, str) else "file"])
    found = {row["name"] for row in rows}
    for name in sorted(SQLModel.metadata.tables.keys() - found):
        raise IntegrityError(f"the table {name} is missing")


def check_schema(db: Place) -> str | None:
    """Compare the schema of a ledger with that of one that was just made.

    Returns:
        What could not be compared, for people; None when everything was.

    Raises:
        IntegrityError: Something is missing, changed or added.
        StoreError: As `Reader`.
    """
    with Reader(db) as reader:
        if not isinstance(db, str):
            _compare(_schema(reader), _made_schema())
            return None
        made = made_schema(db)
        if made is not None:
            check_firing(reader)
            compare_schemas(found_schema(reader), made)
            return None
        check_server_rules(reader)
        compare_names(found_schema(reader), _made_schema())
        return UNSEEN


def _compare(found: dict[str, str], made: dict[str, str]) -> None:
    for name in sorted(made.keys() | found.keys()):
        if name not in found:
            raise IntegrityError(f"the {name} is missing")
        if name not in made:
            raise IntegrityError(f"the {name} was added")
        if found[name] != made[name]:
            raise IntegrityError(f"the {name} was changed")


def check_pages(db: Place, each: Callable[..., Iterator[Any]] = map) -> None:
    """Do nothing when every index of a SQLite file says what its table says.

    Verifying goes by the tables, but questions go by the indexes too. A server checks its own.

    Args:
        db: A ledger whose schema is that of the migrations.
        each: As `map`, by several processes where there is much.

    Raises:
        IntegrityError: One does not, or a page is damaged.
    """
    if isinstance(db, str):
        return
    with Reader(db) as reader:
        tables = [name for name in _schema(reader) if name.startswith("table ")]
    for table, damage in zip(tables, each(partial(_told_damage, db), tables), strict=True):
        found = _damage(db, table) if damage is None else damage
        if found:
            raise IntegrityError(f"the {table} is damaged: {found}")


def _told_damage(db: Path, table: str) -> str | None:
    """As `_damage`, by another process; None where it could not look: so it is looked at again."""
    try:
        return _damage(db, table)
    except LedgerError:
        return None


def _damage(db: Path, table: str) -> str:
    """What SQLite says is wrong with a table or one of its indexes; empty where nothing is."""
    # In a state of the file of its own: a writer waits for no more than one table.
    with Reader(db) as reader:
        name = table.removeprefix("table ")
        said = reader.rows(f'PRAGMA integrity_check("{name}")')  # checked by `check_schema`
    if said == [{"integrity_check": "ok"}]:
        return ""
    return str(next(iter(said[0].values()), "a page is damaged")) if said else "a page is damaged"


def _schema(reader: Reader) -> dict[str, str]:
    """Kind and name of everything in the database to how it was made.

    Views and triggers are our own words, and stand as they are. Tables and indexes are worded by
    SQLAlchemy, which may set spaces and quotes of plain names otherwise in another release. Indexes
    that SQLite makes by itself count too; statistics that somebody made it gather do not.
    """
    rows = reader.rows(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE type <> 'table' OR name NOT IN ('sqlite_stat1', 'sqlite_stat4')"
    )
    said = ((row, _spelled(row["type"], str(row["sql"]))) for row in rows)
    return {f"{row['type']} {row['name']}": f"{row['tbl_name']} {made}" for row, made in said}


_TOKEN = re.compile(r"""('(?:[^']|'')*+')|"([a-z_]++)"|([ \t\n]++)""")
# A quoted name that is no plain one keeps its quotes: SQLite reads it as a text when there is none.


def _spelled(kind: str, sql: str) -> str:
    """How something was made, without what may differ where nothing does."""
    if kind in ("view", "trigger"):
        return sql

    def plain(token: re.Match[str]) -> str:
        text, name, _ = token.groups()
        return text or name or " "

    return _TOKEN.sub(plain, sql).replace("( ", "(").replace(" )", ")").replace(" ,", ",")


@cache
def _made_schema() -> dict[str, str]:
    """The schema of a ledger that was just made by the migrations."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        open_ledger(str(path), clock=lambda: datetime.now(UTC)).close()
        with Reader(path) as reader:
            return _schema(reader)
