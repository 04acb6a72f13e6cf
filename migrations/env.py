"""Connection -> upgraded database; run by Alembic, started by `ledger.store`.

The connection comes from the store, inside one immediate transaction that holds the write lock:
a half-made schema cannot be seen or left behind, and of two programs that make one database the
second waits and finds it made. There is no `alembic.ini`, and nothing is logged to the terminal.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
