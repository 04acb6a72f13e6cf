"""Names in prose that one phrase joins: they are one group, and any of them carries what is said.

The new column is empty for all that was recorded before, which changes no digest and no id. A
redaction leaves it as it is.
Frozen once released: a change is another revision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEPT = ("id", "claim_id", "outlet", "start", '"end"', '"group"', "together")
"""Columns of an attribution that a redaction leaves as they are; `name` is emptied."""

REDACTED = (
    "EXISTS (SELECT 1 FROM redaction r WHERE r.digest = (SELECT c.payload_digest FROM capture c"
    " JOIN article a ON a.capture_id = c.id JOIN claim s ON s.article_id = a.id"
    " WHERE s.id = OLD.claim_id))"
)


def upgrade() -> None:
    # Never in batch mode: that makes the table anew, without its triggers.
    op.add_column("attribution", sa.Column("together", sa.Integer()))
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TRIGGER attribution_no_update")
        op.execute(
            "CREATE TRIGGER attribution_no_update BEFORE UPDATE ON attribution "
            f"WHEN NOT ({_allowed('IS')}) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION ledger_attribution_redacted() RETURNS trigger"
            " LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' THEN"
            f" IF {_allowed('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; END IF;"
            " RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';"
            " END $$"
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _allowed(same: str) -> str:
    """What must be so of OLD and NEW; `same` is true of equal values and of two NULLs."""
    conditions = [f"NEW.{name} {same} OLD.{name}" for name in KEPT]
    conditions.append(f"NEW.name {same} ''")
    return f"{REDACTED} AND {' AND '.join(conditions)}"
