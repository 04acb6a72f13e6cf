"""A redaction erases what citations are called on the page, too: an identifier may name an author.

And PostgreSQL finds words with and without the accents of Latin letters, as SQLite does.
Frozen once released: a change is another revision. It only says anew what a redaction may empty,
and makes an index anew: no row is changed, and what was redacted before keeps its markers.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = (
    *("id", "claim_id", '"group"', "ordinal", "alternative", "at", "form"),
    *("url", "source_id", "gap", "revises", "because"),
)
"""Columns of a citation that a redaction leaves as they are; `raw` is emptied, and see below."""

FOLDED = (
    "normalize(regexp_replace("
    r"normalize(exact, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFC)"
)

REDACTED = (
    "EXISTS (SELECT 1 FROM redaction r WHERE r.digest = (SELECT c.payload_digest FROM capture c"
    " JOIN article a ON a.capture_id = c.id JOIN claim s ON s.article_id = a.id"
    " WHERE s.id = OLD.claim_id))"
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TRIGGER citation_no_update")
        op.execute(
            "CREATE TRIGGER citation_no_update BEFORE UPDATE ON citation "
            f"WHEN NOT ({_allowed('IS')}) "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
    else:
        op.execute(
            "CREATE OR REPLACE FUNCTION ledger_citation_redacted() RETURNS trigger"
            " LANGUAGE plpgsql AS $$ BEGIN IF TG_OP = 'UPDATE' THEN"
            f" IF {_allowed('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; END IF;"
            " RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';"
            " END $$"
        )
        op.execute("DROP INDEX ix_claim_words")
        op.execute(
            f"CREATE INDEX ix_claim_words ON claim USING gin (to_tsvector('simple', {FOLDED}))"
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _allowed(same: str) -> str:
    """What must be so of OLD and NEW; `same` is true of equal values and of two NULLs."""
    conditions = [f"NEW.{name} {same} OLD.{name}" for name in KEPT]
    conditions.append(f"NEW.raw {same} ''")
    # An earlier redaction left the marker, and whoever takes it over does so too.
    conditions.append(f"(NEW.marker IS NULL OR NEW.marker {same} OLD.marker)")
    return f"{REDACTED} AND {' AND '.join(conditions)}"
