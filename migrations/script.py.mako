"""${message}.

Ledger tables only grow: add tables, indexes, nullable columns. Never batch mode, which rebuilds a
table without its triggers; never CASCADE. List the revision in `ledger.schema.REVISIONS`.
"""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
