"""The tables of the ledger, their indexes and views, and the triggers that keep them append-only.

Frozen once released: a change is another revision. It therefore imports nothing from `ledger`;
a test compares the outcome with `ledger.tables`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x434C4752
"""Marks the file as a ledger in its SQLite header; see `ledger.schema.APPLICATION_ID`."""

KEYS = {
    "outlet": ("id",),
    "source": ("id",),
    "payload": ("digest",),
    "capture": ("id",),
    "article": ("id", "revises"),
    "judgement": ("id",),
    "claim": ("id",),
    "citation": ("id", "revises"),
    "attribution": ("id",),
    "journal": ("seq", "entry_id"),
}
"""Every table with its unique columns, in an order in which foreign keys are satisfied.

`revises` is unique because a version has one successor at most."""

VIEWS = {
    # Rows that no other row revises.
    "current_article": """
        SELECT article.* FROM article
        WHERE NOT EXISTS (SELECT 1 FROM article AS later WHERE later.revises = article.id)
    """,
    "current_citation": """
        SELECT citation.* FROM citation
        WHERE NOT EXISTS (SELECT 1 FROM citation AS later WHERE later.revises = citation.id)
    """,
    # What was recorded last of each outlet.
    "current_outlet": """
        SELECT outlet.* FROM outlet JOIN journal ON journal.entry_id = outlet.id
        WHERE NOT EXISTS (
            SELECT 1 FROM outlet AS other JOIN journal AS later ON later.entry_id = other.id
            WHERE other.key = outlet.key AND later.seq > journal.seq
        )
    """,
}


def upgrade() -> None:
    _where_pages_come_from()
    _what_pages_say()
    _what_claims_lean_on()
    _journal()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _where_pages_come_from() -> None:
    op.create_table(
        "outlet",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("kind", sa.String()),
        sa.Column("country", sa.String()),
        sa.Column("owner", sa.String()),
    )
    op.create_index("ix_outlet_key", "outlet", ["key"])
    op.create_index("ix_outlet_domain", "outlet", ["domain"])
    op.create_index("ix_outlet_owner", "outlet", ["owner"])
    op.create_table(
        "source",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("host", sa.String()),
        sa.Column("outlet", sa.String()),
    )
    op.create_index("ix_source_url", "source", ["url"])
    op.create_index("ix_source_outlet", "source", ["outlet"])
    op.create_table(
        "payload",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "capture",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("source_id", sa.String(), sa.ForeignKey("source.id"), nullable=False),
        sa.Column("captured_at", sa.String(), nullable=False),
        sa.Column("requested_url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("redirects", sa.String(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("headers", sa.String(), nullable=False),
        sa.Column("media_type", sa.String()),
        sa.Column("charset", sa.String()),
        sa.Column("payload_digest", sa.String(), sa.ForeignKey("payload.digest"), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("allowed_private", sa.String()),
    )
    op.create_index("ix_capture_source_id", "capture", ["source_id"])


def _what_pages_say() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("capture_id", sa.String(), sa.ForeignKey("capture.id"), nullable=False),
        sa.Column("source_id", sa.String(), sa.ForeignKey("source.id"), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("references_digest", sa.String()),
        sa.Column("title", sa.String()),
        sa.Column("byline", sa.String(), nullable=False),
        sa.Column("published", sa.String()),
        sa.Column("dateline", sa.String()),
        sa.Column("language", sa.String()),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("blocks", sa.String(), nullable=False),
        sa.Column("references", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("revises", sa.String(), sa.ForeignKey("article.id")),
    )
    op.create_index("ix_article_capture_id", "article", ["capture_id"])
    op.create_index("ix_article_source_id", "article", ["source_id"])
    _index_present("article", "revises", unique=True)
    op.create_table(
        "claim",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("article_id", sa.String(), sa.ForeignKey("article.id"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.CheckConstraint('0 <= start AND start <= "end"', name="claim_span"),
    )
    op.create_index("ix_claim_article_id", "claim", ["article_id"])
    op.create_index("ix_claim_kind", "claim", ["kind"])
    op.create_index("ix_claim_key", "claim", ["key"])


def _what_claims_lean_on() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), sa.ForeignKey("article.id")),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
    )
    op.create_index("ix_judgement_article_id", "judgement", ["article_id"])
    op.create_table(
        "citation",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("claim_id", sa.String(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("group", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("alternative", sa.Integer(), nullable=False),
        sa.Column("marker", sa.String()),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("url", sa.String()),
        sa.Column("source_id", sa.String(), sa.ForeignKey("source.id")),
        sa.Column("gap", sa.String()),
        sa.Column("revises", sa.String(), sa.ForeignKey("citation.id")),
        sa.Column("because", sa.String(), sa.ForeignKey("judgement.id")),
        sa.CheckConstraint("(gap IS NULL) <> (source_id IS NULL)", name="citation_leads_or_gap"),
    )
    op.create_index("ix_citation_claim_id", "citation", ["claim_id"])
    op.create_index("ix_citation_source_id", "citation", ["source_id"])
    _index_present("citation", "gap")
    _index_present("citation", "revises", unique=True)
    op.create_table(
        "attribution",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("claim_id", sa.String(), sa.ForeignKey("claim.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("outlet", sa.String()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("group", sa.Integer()),
    )
    op.create_index("ix_attribution_claim_id", "attribution", ["claim_id"])
    op.create_index("ix_attribution_outlet", "attribution", ["outlet"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.String(), nullable=False, unique=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
    )


def _index_present(table: str, column: str, *, unique: bool = False) -> None:
    condition = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_{table}_{column}",
        table,
        [column],
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _guard_sqlite() -> None:
    # INSERT OR REPLACE deletes without firing the delete trigger, by any unique column and by the
    # hidden rowid, hence the third trigger. It sees every insert, also one with ON CONFLICT DO
    # NOTHING, so the store asks first which ids are known.
    for table, keys in KEYS.items():
        refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        taken = " OR ".join(f"{key} = NEW.{key}" for key in (*keys, "rowid"))
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {refuse}"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation'; "
        "END $$"
    )
    for table in KEYS:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
        )
