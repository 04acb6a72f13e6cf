"""The Merkle tree over the journal, and what was redacted.

Frozen once released: a change is another revision. It adds two tables, fills the tree from the
journal, and gives the rule against updates the one exception that a redaction needs: where one is
recorded, the words of what it is about may be emptied, all of them at once, and nothing else.
"""

import hashlib
import json
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LOWEST = 4
"""The lowest level of the tree that is stored; see `ledger.tree.LOWEST`."""

CHUNK = 10_000
"""Records of the journal at a time."""

UNIQUE = {
    "tree": "(level = NEW.level AND position = NEW.position)",
    "redaction": "digest = NEW.digest OR judgement_id = NEW.judgement_id",
}
"""Each new table with what is true of a row that an insert would replace; see 0001."""

BLANK = "x''"
EMPTY = "''::bytea"
"""Bytes without any, as SQLite spells them, and as PostgreSQL does."""


class Erasable(NamedTuple):
    """What a redaction erases of a row: `digest` finds its bytes, `emptied` has its words.

    The columns in `kept` stay as they are.
    """

    digest: str
    emptied: dict[str, str]
    kept: tuple[str, ...]


_OF_CAPTURE = "SELECT c.payload_digest FROM capture c"
_OF_ARTICLE = f"{_OF_CAPTURE} JOIN article a ON a.capture_id = c.id"
_OF_CLAIM = f"{_OF_ARTICLE} JOIN claim s ON s.article_id = a.id"

ERASABLE = {
    "payload": Erasable("OLD.digest", {"body": BLANK}, ("digest",)),
    "article": Erasable(
        f"({_OF_CAPTURE} WHERE c.id = OLD.capture_id)",
        {
            "title": "NULL",
            "byline": "'[]'",
            "dateline": "NULL",
            "text": "''",
            "blocks": "'[]'",
            '"references"': "'[]'",
            "findings": "'[]'",
        },
        (
            *("id", "capture_id", "source_id", "extractor", "references_digest"),
            *("published", "language", "revises"),
        ),
    ),
    "claim": Erasable(
        f"({_OF_ARTICLE} WHERE a.id = OLD.article_id)",
        {"exact": "''", "section": "'[]'"},
        ("id", "article_id", "start", '"end"', "kind", "key"),
    ),
    "citation": Erasable(
        f"({_OF_CLAIM} WHERE s.id = OLD.claim_id)",
        {"raw": "''"},
        (
            *("id", "claim_id", '"group"', "ordinal", "alternative", "marker", "at", "form"),
            *("url", "source_id", "gap", "revises", "because"),
        ),
    ),
    "attribution": Erasable(
        f"({_OF_CLAIM} WHERE s.id = OLD.claim_id)",
        {"name": "''"},
        ("id", "claim_id", "outlet", "start", '"end"', '"group"'),
    ),
}


def upgrade() -> None:
    op.create_table(
        "tree",
        sa.Column("level", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(), nullable=False),
    )
    op.create_table(
        "redaction",
        sa.Column("digest", sa.String(), sa.ForeignKey("payload.digest"), primary_key=True),
        sa.Column(
            "judgement_id", sa.String(), sa.ForeignKey("judgement.id"), nullable=False, unique=True
        ),
        sa.Column("note", sa.String(), nullable=False),
    )
    _fill_tree()
    if op.get_context().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def downgrade() -> None:
    raise NotImplementedError("a ledger is never taken back to an older schema")


def _fill_tree() -> None:
    """RFC 9162, section 2.1: leaf = SHA-256(0x00 || record), node = SHA-256(0x01 || l || r)."""
    connection = op.get_bind()
    edge: list[bytes] = []
    size = 0
    while True:
        records = connection.execute(
            sa.text(
                "SELECT previous, seq, entry_id, kind, recorded_at, content_digest FROM journal"
                " WHERE seq > :size ORDER BY seq LIMIT :chunk"
            ),
            {"size": size, "chunk": CHUNK},
        ).all()
        rows: list[dict[str, Any]] = []
        for record in records:
            said = json.dumps([1, *record], ensure_ascii=False, separators=(",", ":"))
            digest = hashlib.sha256(b"\0" + said.encode()).digest()
            level, position = 0, size
            while position & 1:
                digest = hashlib.sha256(b"\1" + edge.pop() + digest).digest()
                level, position = level + 1, position >> 1
                if level >= LOWEST:
                    rows.append({"level": level, "position": position, "digest": digest.hex()})
            edge.append(digest)
            size += 1
        if rows:
            connection.execute(
                sa.text(
                    "INSERT INTO tree (level, position, digest) VALUES (:level, :position, :digest)"
                ),
                rows,
            )
        if len(records) < CHUNK:
            return


def _allowed(table: str, same: str, blank: str) -> str:
    """What must be so of OLD and NEW for an update that is a redaction.

    Args:
        table: One of `ERASABLE`.
        same: The operator that is true of equal values and of two NULLs.
        blank: How bytes without any are spelled.
    """
    digest, emptied, kept = ERASABLE[table]
    conditions = [f"NEW.{name} {same} OLD.{name}" for name in kept]
    conditions += [
        f"NEW.{name} {same} {blank if value == BLANK else value}" for name, value in emptied.items()
    ]
    return (
        f"EXISTS (SELECT 1 FROM redaction r WHERE r.digest = {digest})"  # noqa: S608 - our names
        f" AND {' AND '.join(conditions)}"
    )


def _guard_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table, taken in UNIQUE.items():
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - our names
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken} OR rowid = NEW.rowid) {refuse}"
        )
    op.execute(
        "CREATE TRIGGER redaction_judged BEFORE INSERT ON redaction WHEN NOT EXISTS (SELECT 1"
        " FROM judgement j WHERE j.id = NEW.judgement_id AND j.verb = 'redact'"
        " AND j.subject = NEW.digest)"
        " BEGIN SELECT RAISE(ABORT,"
        " 'the ledger is append-only: nobody decided this redaction'); END"
    )
    for table in ERASABLE:
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"WHEN NOT ({_allowed(table, 'IS', BLANK)}) {refuse}"
        )


def _guard_postgresql() -> None:
    for table in UNIQUE:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only()"
        )
    op.execute(
        "CREATE FUNCTION ledger_redaction_judged() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF NOT EXISTS (SELECT 1 FROM judgement j WHERE j.id = NEW.judgement_id"
        " AND j.verb = 'redact' AND j.subject = NEW.digest)"
        " THEN RAISE EXCEPTION 'the ledger is append-only: nobody decided this redaction'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER redaction_judged BEFORE INSERT ON redaction "
        "FOR EACH ROW EXECUTE FUNCTION ledger_redaction_judged()"
    )
    for table in ERASABLE:
        op.execute(
            f"CREATE FUNCTION ledger_{table}_redacted() RETURNS trigger LANGUAGE plpgsql AS $$"
            " BEGIN IF TG_OP = 'UPDATE' THEN"
            f" IF {_allowed(table, 'IS NOT DISTINCT FROM', EMPTY)}"
            " THEN RETURN NEW; END IF; END IF;"
            " RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';"
            " END $$"
        )
        op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION ledger_{table}_redacted()"
        )
