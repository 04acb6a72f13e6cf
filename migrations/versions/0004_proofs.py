"""The Merkle tree over the journal, and what was redacted.

Frozen once released: a change is another revision. It only adds.
"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
