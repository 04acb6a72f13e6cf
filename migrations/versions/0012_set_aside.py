"""Articles that a person set aside are no current ones.

Frozen once released: a change is another revision. It only says anew what is current; an older
program, which would count such articles, refuses the ledger.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

VIEWS = {
    # Pages whose article counts nowhere, and the judgement that says so: of several about one page
    # the last stands.
    "aside_source": """
        SELECT source.id AS source_id, judgement.id AS judgement_id
        FROM judgement
        JOIN journal ON journal.entry_id = judgement.id
        JOIN source ON source.url = judgement.subject
        WHERE judgement.verb = 'set-aside' AND judgement.object = 'aside' AND NOT EXISTS (
            SELECT 1 FROM judgement AS other JOIN journal AS later ON later.entry_id = other.id
            WHERE other.verb = 'set-aside' AND other.subject = judgement.subject
                AND later.seq > journal.seq
        )
    """,
    # Rows that no other row revises, of pages that were not set aside.
    "current_article": """
        SELECT article.* FROM article
        WHERE NOT EXISTS (SELECT 1 FROM article AS later WHERE later.revises = article.id)
            AND article.source_id NOT IN (SELECT aside_source.source_id FROM aside_source)
    """,
}


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP VIEW current_article")
        for name, query in VIEWS.items():
            op.execute(f"CREATE VIEW {name} AS {query}")
    else:
        for name, query in VIEWS.items():
            op.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
