"""Pages that are one voice.

Like the summaries these tables are derived: they hold what follows from the pages recorded and
from what people decided, and can be made anew. So they have no triggers.
Frozen once released: a change is another revision. It only adds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compared",
        sa.Column("source_id", sa.String(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String()),
        sa.Column("home", sa.String()),
        sa.Column("repeats", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_compared_article_id", "compared", ["article_id"])
    op.create_index("ix_compared_home", "compared", ["home"])
    op.create_index("ix_compared_repeats", "compared", ["repeats"])
    op.create_table(
        "band",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("value", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("source_id", sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_band_source_id", "band", ["source_id"])
    op.create_table(
        "pairing",
        sa.Column("one", sa.String(), primary_key=True),
        sa.Column("other", sa.String(), primary_key=True),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("part", sa.Float(), nullable=False),
        sa.Column("whole", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_pairing_other", "pairing", ["other"])
    op.create_table(
        "voice",
        sa.Column("source_id", sa.String(), primary_key=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("other", sa.String()),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_voice_origin", "voice", ["origin"])


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
