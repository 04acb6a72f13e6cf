"""Whether a capture was made without asking robots.txt.

Frozen once released: a change is another revision. It only adds: the column is empty for all that
was recorded before, which changes no digest, and the triggers of the table stay as they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never in batch mode: that makes the table anew, without its triggers.
    op.add_column("capture", sa.Column("robots", sa.String()))


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
