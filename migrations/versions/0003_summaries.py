"""What is derived from the entries so that questions over a million claims are answered at once.

Unlike entries these tables are changed: nothing in them is a statement of anybody, all of it can be
made anew from the entries, and `ledger.summaries` compares it with them. So they have no triggers.
Frozen once released: a change is another revision. It only adds; the store fills what it made.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Sixty-four bits. SQLite takes a primary key for its own row number only when it is an INTEGER."""


def upgrade() -> None:
    _whose_words()
    _patterns()
    _claims()
    _counts()
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIEW claim_text AS SELECT claim_pattern.place, claim.exact "
            "FROM claim_pattern JOIN claim ON claim.id = claim_pattern.claim_id"
        )
        op.execute(
            "CREATE VIRTUAL TABLE claim_words USING fts5(exact, content='claim_text', "
            "content_rowid='place', tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE INDEX ix_claim_words ON claim USING gin (to_tsvector('simple', exact))")


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _whose_words() -> None:
    op.create_table(
        "standing",
        sa.Column("source_id", sa.String(), primary_key=True),
        sa.Column("outlet", sa.String()),
        sa.Column("origin", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_standing_outlet", "standing", ["outlet"])
    op.create_index("ix_standing_origin", "standing", ["origin"])
    op.create_table(
        "known_outlet",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("name", sa.String()),
        sa.Column("domain", sa.String()),
        sa.Column("kind", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("owner", sa.String()),
        sqlite_with_rowid=False,
    )


def _patterns() -> None:
    op.create_table(
        "pattern",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(), nullable=False, unique=True),
        sa.Column("resilience", sa.Integer()),
        sa.Column("owner_resilience", sa.Integer()),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
    )
    op.create_table(
        "pattern_group",
        sa.Column("pattern_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("grp", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("sole", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pattern_member",
        sa.Column("pattern_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("grp", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.String()),
        sa.Column("origin", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pattern_outlet",
        sa.Column("pattern_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("outlet", sa.String(), primary_key=True),
        sa.Column("effect", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_pattern_outlet_outlet", "pattern_outlet", ["outlet", "pattern_id", "effect"]
    )


def _claims() -> None:
    op.create_table(
        "claim_pattern",
        sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("claim_id", sa.String(), nullable=False, unique=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("pattern_id", NUMBER),
        sa.Column("resilience", sa.Integer()),
        sa.Column("says", sa.Integer(), nullable=False),
    )
    op.create_index("ix_claim_pattern_article_id", "claim_pattern", ["article_id"])
    op.create_index("ix_claim_pattern_pattern_id", "claim_pattern", ["pattern_id", "place"])
    op.create_index("ix_claim_pattern_resilience", "claim_pattern", ["resilience", "place"])
    op.create_table(
        "claim_outlet",
        sa.Column("outlet", sa.String(), primary_key=True),
        sa.Column("place", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("effect", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )


def _counts() -> None:
    op.create_table(
        "outlet_tally",
        sa.Column("outlet", sa.String(), primary_key=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("falls", sa.Integer(), nullable=False),
        sa.Column("weakens", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "support_total",
        sa.Column("what", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
