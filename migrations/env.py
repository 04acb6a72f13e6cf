"""Connection -> upgraded database; run by Alembic, started by `ledger.store`.

The connection comes from the store, inside one immediate transaction that holds the write lock:
a half-made schema cannot be seen or left behind, and of two programs that make one database the
second waits and finds it made. There is no `alembic.ini`, and nothing is logged to the terminal.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context

connection = context.config.attributes["connection"]


def compare_bytes(column: sa.Column[Any], _table: sa.Table) -> None:
    """Text is ordered by its bytes, whatever the language of the server, as it is on SQLite."""
    if isinstance(column.type, sa.String):
        column.type = type(column.type)(column.type.length, collation="C")


server = connection.dialect.name == "postgresql"
if server:
    sa.event.listen(sa.Column, "after_parent_attach", compare_bytes)
try:
    context.configure(connection=connection, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
finally:
    if server:
        sa.event.remove(sa.Column, "after_parent_attach", compare_bytes)
