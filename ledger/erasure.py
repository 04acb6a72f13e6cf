"""What a redaction erases, and the erasing itself: for whoever redacts and whoever takes that over.

Why so: docs/decisions/redaction.md.
"""

from collections.abc import Mapping

import sqlalchemy as sa

EMPTIED: dict[str, dict[str, str | None]] = {
    "article": {
        "title": None,
        "byline": "[]",
        "dateline": None,
        "text": "",
        "blocks": "[]",
        "references": "[]",
        "findings": "[]",
    },
    "claim": {"exact": "", "section": "[]"},
    "citation": {"raw": ""},
    "attribution": {"name": ""},
}
"""Kind of entry to the columns that hold words of a page, and what stands there without them.

The migration 0004 lets exactly these be emptied, and the bytes."""

_OF_ARTICLE = "SELECT a.id FROM article a WHERE a.capture_id IN ({captures})"
_OF_CLAIM = (
    "SELECT s.id FROM claim s JOIN article a ON a.id = s.article_id"
    " WHERE a.capture_id IN ({captures})"
)

READ_FROM = {
    "article": "capture_id IN ({captures})",
    "claim": f"article_id IN ({_OF_ARTICLE})",
    "citation": f"claim_id IN ({_OF_CLAIM})",
    "attribution": f"claim_id IN ({_OF_CLAIM})",
}
"""Kind of entry to the condition that a row was read from one of the captures `{captures}`."""

READ_IN = {
    "article": "capture_id",
    "claim": "article_id",
    "citation": "claim_id",
    "attribution": "claim_id",
}
"""Kind of entry to its field that names what it was read in."""

_BLANK: dict[str, dict[str, object]] = {
    kind: {name: [] if value == "[]" else value for name, value in columns.items()}
    for kind, columns in EMPTIED.items()
}
# The same as contents.


def is_emptied(kind: str, content: Mapping[str, object]) -> bool:
    """Whether no word of a page is left in an entry that could have some."""
    blank = _BLANK.get(kind)
    return blank is not None and all(content.get(name) == value for name, value in blank.items())


def erase(connection: sa.Connection, redaction: Mapping[str, str]) -> dict[str, int]:
    """Record a redaction, and erase the bytes it is about and all words read from them.

    Args:
        connection: In a transaction that writes; the judgement of the redaction is recorded.
        redaction: A row of the table.

    Returns:
        Kind of entry, or "payload", to how many were erased.
    """
    connection.execute(
        sa.text("INSERT INTO redaction VALUES (:digest, :judgement_id, :note)"), dict(redaction)
    )
    bytes_ = sa.text("UPDATE payload SET body = :nothing WHERE digest = :digest")
    known = {"digest": redaction["digest"]}
    erased = {"payload": connection.execute(bytes_, {"nothing": b"", **known}).rowcount}
    captures = "SELECT c.id FROM capture c WHERE c.payload_digest = :digest"
    for kind, columns in EMPTIED.items():
        table = sa.table(kind, *map(sa.column, columns))
        read_from = sa.text(READ_FROM[kind].format(captures=captures))
        emptied = sa.update(table).where(read_from).values(columns)
        erased[kind] = connection.execute(emptied, known).rowcount
    return erased
