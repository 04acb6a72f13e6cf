"""A person's decision that a page must be erased -> its bytes and words are gone, its proofs stay.

What is erased are the bytes of a capture and every word that was read from them: text, title,
lists and findings of its articles, words and headings of their claims, the markers as they stood
and as cited, the names in prose. What stays are digests, places, kinds, and where each citation
leads, so that journal, tree and proofs hold; the judgement has a digest of that (`remains`). A text
that is gone is compared with no other again.
Why so: docs/decisions/redaction.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ledger import bulk
from ledger.erasure import erase, object_of
from ledger.errors import IntegrityError, LedgerError, StoreError, UsageError
from ledger.model import Judgement
from ledger.note import VerifierKey, is_signed_by, open_note, sign, text_of
from ledger.reader import Reader
from ledger.remains import remains_of
from ledger.summaries import words_anew

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from ledger.store import Ledger


Keys = Callable[[str], Iterable[VerifierKey]]
"""Gives the keys that are known, in the name of a ledger."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Who decided to erase the bytes of a capture.

    Attributes:
        capture_id: Whose bytes.
        digest: Its `payload_digest`; other captures of the same bytes lose them too.
        by, at, reason: Who, when, why.
    """

    capture_id: str
    digest: str
    by: str
    at: datetime
    reason: str


def redact(
    ledger: "Ledger", redaction: Redaction, origin: str, private: "Ed25519PrivateKey"
) -> dict[str, int]:
    """Record a redaction and erase, in one transaction; then leave no trace in the file.

    Args:
        ledger: Where.
        redaction: What.
        origin: The name of the ledger in checkpoints.
        private: The user's key, which signs the redaction.

    Returns:
        Kind of entry, or "payload", to how many were erased.

    Raises:
        UsageError: The bytes were redacted before.
        StoreError: It could not be recorded; then nothing is erased. Or the file could not be
            written anew: then everything is erased, and traces may be left in unused pages.
    """
    erased: dict[str, int] = {}
    decided: list[Judgement] = []

    def decide(connection: sa.Connection, seq: int) -> list[Judgement]:
        known = sa.text("SELECT judgement_id FROM redaction WHERE digest = :digest")
        if connection.scalar(known, {"digest": redaction.digest}):
            raise UsageError(redaction.capture_id, "its bytes were redacted before")
        remains = remains_of(bulk.asking(connection), redaction.digest, seq, erased=False)
        decided.append(
            Judgement.make(
                verb="redact",
                subject=redaction.digest,
                object=object_of(redaction.capture_id, remains),
                by=redaction.by,
                at=redaction.at,
                reason=redaction.reason,
            )
        )
        return decided

    def erasing(connection: sa.Connection) -> None:
        (judgement,) = decided
        note = sign(_said(origin, judgement.id, redaction.digest), origin, private)
        row = {"digest": redaction.digest, "judgement_id": judgement.id, "note": note}
        erased.update(erase(connection, row))
        words_anew(connection)  # the search keeps every word of its own

    ledger.append_decided(decide, erasing)
    ledger.compact()
    return erased


def check_owner(reader: Reader) -> None:
    """Refuse, before anybody is asked, whom the server will not let erase anything.

    Raises:
        StoreError: The ledger is on a server, and its user may only record and read.
    """
    if reader.kind != "postgresql":
        return
    row = reader.row(
        "SELECT pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'MEMBER') AS may"
        " FROM pg_class c WHERE c.oid = to_regclass('journal')"
    )
    if row is not None and not row["may"]:
        raise StoreError(
            reader.db,
            f"only the owner of the ledger may redact: {row['owner']}",
            remedy="Ask the owner to run the same command",
        )


def check_redactions(
    reader: Reader,
    own: Callable[[str], VerifierKey | None],
    given: Sequence[VerifierKey] = (),
    since: int | None = None,
) -> int:
    """How many redactions there are that were signed neither by the user nor by a key given.

    What such a redaction left is only what somebody said it left: whoever may write to the ledger
    can change facts and put in a redaction that says so.

    Args:
        reader: An open ledger.
        own: Gives the user's key in the name of a ledger: of that by which it was called when the
            redaction was signed. None when there is no key.
        given: Keys of others whom the user trusts.
        since: How many entries a checkpoint covers with which the ledger is compared. None
            without one.

    Raises:
        IntegrityError: A redaction is signed by nobody, or wrongly by one of these keys; or it was
            recorded after the checkpoint and none of them signed it.
    """
    keys: Keys = lambda origin: filter(None, (own(origin), *given))  # noqa: E731 - it says no more
    others = 0
    for row in reader.rows(_SIGNED):
        if signed_with(row, keys) is not None:
            continue
        others += 1
        if since is not None and (row["seq"] or 0) > since:
            raise IntegrityError(
                f"it was recorded after the checkpoint, in the name of {row['by']}, but no key "
                "known here signed it, so somebody may have changed what it left",
                subject=_subject(row),
                remedy="Ask whoever redacted to confirm it, and for the key that `journal "
                "key` prints for them; then add: --key KEY",
            )
    return others


def signed_with(redaction: Mapping[str, str], keys: Keys) -> VerifierKey | None:
    """The first key, of those that are known, with which a redaction is signed; None for another.

    Args:
        redaction: A row of the table.
        keys: Gives the known keys in the name of a ledger.

    Raises:
        IntegrityError: It is signed by nobody, for another one, or wrongly with a known key.
    """
    note = redaction["note"]
    try:
        origin, _, said = text_of(note).partition("\n")
        if f"{origin}\n{said}" != _said(origin, redaction["judgement_id"], redaction["digest"]):
            raise IntegrityError("its signature belongs to another one")
        signers = [key for key in keys(origin) if is_signed_by(note, key)]
        for key in signers:
            open_note(note, key)
    except LedgerError as error:
        raise IntegrityError(error.message, subject=_subject(redaction)) from error
    return signers[0] if signers else None


def _subject(redaction: Mapping[str, str]) -> str:
    return f"the redaction of the bytes {redaction['digest']}"


_SIGNED = (
    'SELECT r.digest, r.judgement_id, r.note, d.seq, g."by" FROM redaction r'
    " LEFT JOIN judgement g ON g.id = r.judgement_id LEFT JOIN journal d ON d.entry_id = g.id"
    " ORDER BY r.digest"
)


def _said(origin: str, judgement_id: str, digest: str) -> str:
    """What the note of a redaction is over."""
    return f"{origin}\nredaction/1\n{judgement_id}\n{digest}\n"
