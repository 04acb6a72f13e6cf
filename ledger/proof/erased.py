"""How verifying tells what a redaction erased from what somebody else emptied, or changed since."""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.erasure import EMPTIED, READ_FROM, is_emptied, remains_in
from ledger.errors import IntegrityError
from ledger.journal import Erased
from ledger.reader import Reader
from ledger.remains import remains_of
from ledger.schema import Place

_REDACTED = (
    "SELECT c.id FROM capture c JOIN redaction r ON r.digest = c.payload_digest"
    " JOIN journal d ON d.entry_id = r.judgement_id WHERE d.seq > :seq"
)
_JUDGED = (
    "SELECT r.digest, g.subject, g.verb, g.object, d.seq FROM redaction r"
    " LEFT JOIN judgement g ON g.id = r.judgement_id LEFT JOIN journal d ON d.entry_id = g.id"
    " ORDER BY r.digest"
)


class Erasures:
    """What was erased with a redaction.

    Every question goes to the state of the ledger in which the erased row was found: somebody may
    redact while the ledger is verified.

    Attributes:
        met: How many entries without their words were met so far.

    Raises:
        IntegrityError: A redaction is recorded that nobody decided.
    """

    def __init__(self, db: Place) -> None:
        self.met = 0
        with Reader(db) as reader:
            _check_judged(reader)
            self._any = reader.row("SELECT 1 AS found FROM redaction LIMIT 1") is not None

    def may_be_among(self, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> bool:
        """Whether `seen` is to be asked of these kinds with their contents.

        What is erased while a ledger is verified has not the digest that it had.
        """
        return self._any and any(is_emptied(kind, content) for kind, content in entries)

    def seen(
        self, reader: Reader, seq: int, kind: str, content: Mapping[str, Any] | None
    ) -> Mapping[str, Any] | Erased | None:
        """The content of record `seq`; `Erased` where it was emptied with a later redaction."""
        if content is None or not is_emptied(kind, content):
            return content
        condition = READ_FROM[kind].format(captures=_REDACTED)
        asked = f'SELECT 1 AS found FROM "{kind}" WHERE id = :id AND {condition}'  # noqa: S608 - our names
        if reader.row(asked, {"id": content["id"], "seq": seq}) is None:
            return content
        self.met += 1
        return Erased(content)

    def covers(self, reader: Reader, digest: str, body: object) -> bool:
        """Whether the bytes with this digest were erased, and are gone."""
        known = "SELECT 1 AS found FROM redaction WHERE digest = :digest"
        return body == b"" and reader.row(known, {"digest": digest}) is not None


def check_remains(reader: Reader) -> int:
    """Compare what redactions left with what they said that they leave.

    Returns:
        How many entries are left by redactions that do not say: those before schema 0008.

    Raises:
        IntegrityError: Something of it was changed, added or removed, or nobody decided it.
    """
    _check_judged(reader)
    unsaid = 0
    for row in reader.rows(_JUDGED):
        known = {"digest": row["digest"], "before": row["seq"]}
        remains = remains_in(row["object"])
        if remains is None:
            unsaid += sum(_left(reader, kind, known) for kind in EMPTIED)
        elif remains != remains_of(reader.rows, row["digest"], row["seq"], erased=True):
            raise IntegrityError(
                "what is left of the entries it erased is no longer what it left",
                subject=f"the redaction of the bytes {row['digest']}",
            )
    return unsaid


def _left(reader: Reader, kind: str, known: Mapping[str, object]) -> int:
    captures = "SELECT c.id FROM capture c WHERE c.payload_digest = :digest"
    row = reader.row(
        f'SELECT COUNT(*) AS n FROM "{kind}" WHERE {READ_FROM[kind].format(captures=captures)}'  # noqa: S608 - our names
        " AND EXISTS (SELECT 1 FROM journal WHERE entry_id = id AND seq < :before)",
        known,
    )
    return int(row["n"]) if row else 0


def _check_judged(reader: Reader) -> None:
    """Do nothing when somebody decided every redaction."""
    for row in reader.rows(_JUDGED):
        if (row["verb"], row["subject"]) != ("redact", row["digest"]):
            raise IntegrityError(
                f"nobody is recorded as deciding the redaction of the bytes {row['digest']}"
            )
