"""Maintained summaries of what carries each claim.

Frozen once released: a change is another revision. It only adds.
"""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
