"""What people know of outlets: facts with their periods, merges, and ratings.

Frozen once released: a change is another revision. It only adds, and says anew what is current: the
new columns are empty for all that was recorded before, which changes no digest and no id.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VIEWS = {
    # What was said last of each outlet, of a period that has not ended: by a person before all
    # else, else by the registry.
    "current_outlet": """
        SELECT outlet.* FROM outlet JOIN journal ON journal.entry_id = outlet.id
        WHERE outlet.until IS NULL AND NOT EXISTS (
            SELECT 1 FROM outlet AS other JOIN journal AS later ON later.entry_id = other.id
            WHERE other.key = outlet.key AND other.until IS NULL AND (
                (outlet.because IS NULL AND other.because IS NOT NULL)
                OR (
                    (outlet.because IS NULL OR other.because IS NOT NULL)
                    AND later.seq > journal.seq
                )
            )
        )
    """,
    # Each outlet that is another one, and which it is in the end: the last merge of a key stands,
    # merges follow one another for 16 steps, and a circle of them leads nowhere.
    "merged_outlet": """
        WITH RECURSIVE step("key", "into") AS (
            SELECT judgement.subject, judgement.object
            FROM judgement JOIN journal ON journal.entry_id = judgement.id
            WHERE judgement.verb = 'merge' AND judgement.subject <> judgement.object
                AND NOT EXISTS (
                    SELECT 1
                    FROM judgement AS other JOIN journal AS later ON later.entry_id = other.id
                    WHERE other.verb = 'merge' AND other.subject = judgement.subject
                        AND later.seq > journal.seq
                )
        ),
        walk("key", "into", steps) AS (
            SELECT "key", "into", 1 FROM step
            UNION ALL
            SELECT walk."key", step."into", walk.steps + 1
            FROM walk JOIN step ON step."key" = walk."into"
            WHERE walk.steps < 16
        )
        SELECT walk."key", walk."into" FROM walk
        WHERE NOT EXISTS (SELECT 1 FROM step WHERE step."key" = walk."into")
    """,
    # What the lists say that were imported last under their names.
    "current_rating": """
        SELECT rating.* FROM rating
        JOIN judgement ON judgement.id = rating.because
        JOIN journal ON journal.entry_id = judgement.id
        WHERE NOT EXISTS (
            SELECT 1 FROM judgement AS other JOIN journal AS later ON later.entry_id = other.id
            WHERE other.verb = 'rate' AND other.subject = judgement.subject
                AND later.seq > journal.seq
        )
    """,
}


def upgrade() -> None:
    # Never in batch mode: that makes the table anew, without its triggers.
    # By its bytes on PostgreSQL, as `env.py` makes the columns of new tables.
    collation = None if op.get_context().dialect.name == "sqlite" else "C"
    for name in ("since", "until", "aliases", "because"):
        op.add_column("outlet", sa.Column(name, sa.String(collation=collation)))
    op.create_index("ix_judgement_verb_subject", "judgement", ["verb", "subject"])
    op.create_table(
        "rating",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("because", sa.String(), sa.ForeignKey("judgement.id"), nullable=False),
        sa.Column("list", sa.String(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
    )
    op.create_index("ix_rating_because", "rating", ["because"])
    op.create_index("ix_rating_outlet", "rating", ["outlet"])
    if op.get_context().dialect.name == "sqlite":
        _guard_sqlite()
        op.execute("DROP VIEW current_outlet")
        for name, query in VIEWS.items():
            op.execute(f"CREATE VIEW {name} AS {query}")
    else:
        _guard_postgresql()
        for name, query in VIEWS.items():  # columns may be added at the end of a view
            op.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _guard_sqlite() -> None:
    # As in 0001.
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    op.execute(f"CREATE TRIGGER rating_no_update BEFORE UPDATE ON rating {refuse}")
    op.execute(f"CREATE TRIGGER rating_no_delete BEFORE DELETE ON rating {refuse}")
    known = "SELECT 1 FROM rating WHERE id = NEW.id OR rowid = NEW.rowid"
    op.execute(
        f"CREATE TRIGGER rating_no_replace BEFORE INSERT ON rating WHEN EXISTS ({known}) {refuse}"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER rating_no_change BEFORE UPDATE OR DELETE ON rating "
        "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
    )
    op.execute(
        "CREATE TRIGGER rating_no_truncate BEFORE TRUNCATE ON rating "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
    )
