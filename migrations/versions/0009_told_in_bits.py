"""Patterns as bits of one number, so that what is left of their groups is reckoned, not looked up.

And the name of an outlet beside its tally. All of it is derived: the table that changes is made
anew, empty, and the store fills it with all other summaries.
Frozen once released: a change is another revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Sixty-four bits, as in 0003."""


def upgrade() -> None:
    op.add_column("pattern", sa.Column("ends", NUMBER))
    op.add_column("pattern", sa.Column("doubts", NUMBER))
    op.add_column("outlet_tally", sa.Column("name", sa.String()))
    op.drop_table("pattern_outlet")
    op.create_table(
        "pattern_outlet",
        sa.Column("pattern_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.String(), primary_key=True),
        sa.Column("effect", sa.Integer(), nullable=False),
        sa.Column("beside", NUMBER, nullable=False),
        sa.Column("takes", NUMBER, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_pattern_outlet_outlet",
        "pattern_outlet",
        ["outlet", "pattern_id", "beside", "takes"],
    )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
