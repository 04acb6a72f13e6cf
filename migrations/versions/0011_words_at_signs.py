"""PostgreSQL's index parts words at every sign, as SQLite's does: "input/output" are two words.

Its parser alone makes one of what looks like a path, a host, a version or a number with a sign.
Frozen once released: a change is another revision. It only makes an index anew.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FOLDED = (
    "normalize(regexp_replace("
    r"normalize(exact, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g'), NFC)"
)

SIGNS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb"
    r"\u00bf\u00d7\u00f7\u2000-\u206f\ufeff]+"
)
"""By number: a class such as `[:alnum:]` goes by the language of the server, and in "C" has no
letters but those of ASCII."""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_claim_words")
        op.execute(
            "CREATE INDEX ix_claim_words ON claim USING gin "
            f"(to_tsvector('simple', regexp_replace({FOLDED}, '{SIGNS}', ' ', 'g')))"
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
