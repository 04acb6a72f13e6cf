"""The index of words parts them where the script changes: "与OpenAI的" has "OpenAI".

SQLite's is filled by the store, as every summary is after an upgrade; PostgreSQL's is made anew.
Frozen once released: a change is another revision. It only makes an index anew.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
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
"""As in 0011."""

UNSPACED = (
    r"\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
LATIN = r"0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
OTHER = (
    r"\u0370-\u0dff\u10a0-\u177f\u1800-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff"
    r"\ua640-\ua69f\uac00-\ud7ff\ufb13-\ufdff\ufe70-\ufefc"
)
ACCENTS = r"[\u0300-\u036f]{0,9}"

BORDER = (
    f"[{UNSPACED}]{ACCENTS}(?=[{LATIN}{OTHER}])"
    f"|[{LATIN}]{ACCENTS}(?=[{UNSPACED}{OTHER}])"
    f"|[{OTHER}]{ACCENTS}(?=[{UNSPACED}{LATIN}])"
)


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        bare = f"regexp_replace({FOLDED}, '{SIGNS}', ' ', 'g')"
        op.execute("DROP INDEX ix_claim_words")
        op.execute(
            "CREATE INDEX ix_claim_words ON claim USING gin "
            rf"(to_tsvector('simple', regexp_replace({bare}, '{BORDER}', '\& ', 'g')))"
        )


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")
