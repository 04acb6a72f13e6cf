"""Pages of accounts that are not known are no longer one voice, nor as many as there are.

Frozen once released: a change is another revision. It changes no table: a page on a platform has
no origin now in what is derived, which the store makes anew after an upgrade. An older program,
which would go on counting such pages as one outlet, refuses the ledger.
"""

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
