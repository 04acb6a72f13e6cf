"""How verifying tells what a redaction erased from what somebody else emptied."""

from collections.abc import Mapping
from typing import Any

from ledger.erasure import READ_FROM, is_emptied
from ledger.errors import IntegrityError
from ledger.journal import Erased
from ledger.reader import Reader
from ledger.schema import Place

_REDACTED = "SELECT c.id FROM capture c JOIN redaction r ON r.digest = c.payload_digest"


class Erasures:
    """What was erased with a redaction.

    Attributes:
        met: How many entries without their words were met so far.

    Raises:
        IntegrityError: A redaction is recorded that nobody decided.
    """

    def __init__(self, db: Place) -> None:
        self.met = 0
        with Reader(db) as reader:
            self._digests = _digests(reader)

    def seen(
        self, reader: Reader, kind: str, content: Mapping[str, Any] | None
    ) -> Mapping[str, Any] | Erased | None:
        """The content, or `Erased` in its place when it was emptied with a redaction."""
        if not self._digests or content is None or not is_emptied(kind, content):
            return content
        condition = READ_FROM[kind].format(captures=_REDACTED)
        asked = f'SELECT 1 AS found FROM "{kind}" WHERE id = :id AND {condition}'  # noqa: S608 - our names
        if reader.row(asked, {"id": content["id"]}) is None:
            return content
        self.met += 1
        return Erased(content)

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
