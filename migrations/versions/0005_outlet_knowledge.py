"""What people know of outlets, and withdrawals.

Frozen once released: a change is another revision. It only adds.
"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
