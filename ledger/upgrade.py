"""A connection that writes -> the schema of this program, with everything recorded as it was.

Migrations only add to the tables of entries. That is not taken on trust: what is counted and
digested before is counted and digested after, in the one transaction that is rolled back when
anything went (see docs/decisions/upgrades-are-compared.md).
"""

from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from ledger.errors import IntegrityError
from ledger.roles import grant_again
from ledger.schema import refuse_newer
from ledger.tables import ENTRY_TABLES

_KEPT = (*ENTRY_TABLES, "payload", "journal")


class _Holdings(NamedTuple):
    """What must be the same after an upgrade.

    `rows`: Table to number of rows; `head`: digest of the last journal record, None without one;
    `triggers`: names, of which more may come.
    """

    rows: dict[str, int]
    head: str | None
    triggers: frozenset[str]


def upgrade(connection: sa.Connection, db: str) -> None:
    """Create the tables, or upgrade them to this program's schema.

    Args:
        connection: In a transaction that holds the write lock and is rolled back on an error.
        db: As shown to people.

    Raises:
        StoreError: The schema is newer than this program.
        IntegrityError: A migration would have lost rows or triggers.
    """
    # Alembic takes longer to import than a ledger to open, and most need no upgrade.
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext

    # In a wheel the migrations lie in the package, in a checkout beside it.
    here = Path(__file__).parent
    folders = (here / "migrations", here.parent / "migrations")
    config = Config()
    config.set_main_option(
        "script_location", str(next(filter(Path.is_dir, folders))).replace("%", "%%")
    )
    revision = MigrationContext.configure(connection).get_current_revision()
    refuse_newer(db, revision)
    before = None if revision is None else _holdings(connection)
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
        said = str(error.orig)
        if "already exists" not in said and "duplicate column" not in said:
            raise
        # A migration makes nothing that is there, unless the number of the schema was set back.
        raise IntegrityError(
            f"{db}: its tables are not those of schema {revision}, which it says it has ({said}): "
            "nothing was changed"
        ) from error
    if connection.dialect.name == "postgresql":
        grant_again(connection)
    if before is not None:
        _compare(before, _holdings(connection), db)


def _holdings(connection: sa.Connection) -> _Holdings:
    tables = set(sa.inspect(connection).get_table_names())
    rows = {
        name: connection.execute(
            sa.select(sa.func.count()).select_from(sa.table(name))
        ).scalar_one()
        for name in _KEPT
        if name in tables
    }
    head = connection.scalar(sa.text("SELECT digest FROM journal ORDER BY seq DESC LIMIT 1"))
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.dialect.name]
    return _Holdings(rows, head, frozenset(connection.scalars(sa.text(listed))))


def _compare(before: _Holdings, after: _Holdings, db: str) -> None:
    lost = [name for name, count in before.rows.items() if after.rows.get(name) != count]
    lost += sorted(before.triggers - after.triggers)
    lost += ["the digests of the journal"] if after.head != before.head else []
    if lost:
        raise IntegrityError(
            f"{db}: the upgrade would have changed {', '.join(lost)}: it was taken back, and "
            "nothing was changed"
        )
