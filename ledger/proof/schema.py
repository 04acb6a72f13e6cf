"""A ledger's tables, indexes, views and triggers, beside those that the migrations make."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.errors import IntegrityError
from ledger.reader import Reader
from ledger.server_rules import check_server_rules
from ledger.store import open_ledger


def check_schema(reader: Reader) -> None:
    """Compare the schema of an open ledger with that of one that was just made.

    Raises:
        IntegrityError: Something is missing, changed or added.
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
