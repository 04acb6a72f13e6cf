"""What a redaction erases, and how verifying tells it from what somebody else emptied."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ledger.errors import IntegrityError
from ledger.journal import Erased
from ledger.reader import Reader

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

_REDACTED = "SELECT c.id FROM capture c JOIN redaction r ON r.digest = c.payload_digest"
_EMPTY: dict[str, dict[str, object]] = {
    kind: {name: [] if value == "[]" else value for name, value in columns.items()}
    for kind, columns in EMPTIED.items()
}
# The same as contents.


class Erasures:
    """What was erased with a redaction.

    Attributes:
        met: How many entries without their words were met so far.

    Raises:
        IntegrityError: A redaction is recorded that nobody decided.
    """

    def __init__(self, db: Path) -> None:
        self.met = 0
        with Reader(db) as reader:
            self._digests = _digests(reader)

    def seen(
        self, reader: Reader, kind: str, content: Mapping[str, Any] | None
    ) -> Mapping[str, Any] | Erased | None:
        """The content, or `Erased` in its place when it was emptied with a redaction."""
        if not self._digests or content is None or kind not in _EMPTY:
            return content
        if any(content[name] != empty for name, empty in _EMPTY[kind].items()):
            return content
        condition = READ_FROM[kind].format(captures=_REDACTED)
        asked = f'SELECT 1 AS found FROM "{kind}" WHERE id = :id AND {condition}'  # noqa: S608 - our names
        if reader.row(asked, {"id": content["id"]}) is None:
            return content
        self.met += 1
        return Erased()

    def covers(self, digest: str, body: object) -> bool:
        """Whether the bytes with this digest were erased, and are gone."""
        return body == b"" and digest in self._digests


def _digests(reader: Reader) -> frozenset[str]:
    """Of the bytes that were redacted."""
    rows = reader.rows(
        "SELECT r.digest, j.subject, j.verb FROM redaction r"
        " LEFT JOIN judgement j ON j.id = r.judgement_id ORDER BY r.digest"
    )
    for row in rows:
        if (row["verb"], row["subject"]) != ("redact", row["digest"]):
            raise IntegrityError(f"nobody decided the redaction of the bytes {row['digest']}")
    return frozenset(row["digest"] for row in rows)
