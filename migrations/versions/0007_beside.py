"""Which other outlets a pattern has, beside each of its outlets: in bits, so that a set is sifted.

The table is derived: it is made anew, empty, and the store fills it with all other summaries.
Frozen once released: a change is another revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Sixty-four bits, as in 0003."""


def upgrade() -> None:
    op.drop_table("pattern_outlet")
    op.create_table(
        "pattern_outlet",
        sa.Column("pattern_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.String(), primary_key=True),
        sa.Column("effect", sa.Integer(), nullable=False),
        sa.Column("beside", NUMBER, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_pattern_outlet_outlet",
        "pattern_outlet",
        ["outlet", "pattern_id", "effect", "beside"],
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
