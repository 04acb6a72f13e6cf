"""Ledger -> a proof file of one claim, that `ledger.check_proof` checks without the ledger."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

import hashlib
from typing import TYPE_CHECKING, Any

from ledger.check_proof import FORMAT, MOST_ENTRIES, check_proof, statement
from ledger.checkpoint import Checkpoint, signed
from ledger.errors import IntegrityError, UsageError
from ledger.ids import canonical
from ledger.journal import Link
from ledger.note import sign, verifier_key
from ledger.reader import Reader
from ledger.tables import ENTRY_TABLES, content_of
from ledger.tree import path_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ARTICLE = "SELECT c.article_id FROM claim c WHERE c.id = :claim"
_CITED = """SELECT c.id, c.source_id, c.because FROM current_citation c WHERE c.claim_id = :claim"""
_SOURCES = f"""SELECT a.source_id FROM article a WHERE a.id = ({_ARTICLE})
    UNION SELECT x.source_id FROM ({_CITED}) x WHERE x.source_id IS NOT NULL"""
_LEANED_ON = f"""
    SELECT j.seq, j.entry_id, j.kind, j.recorded_at, j.content_digest, j.previous, j.digest
    FROM journal j
    WHERE j.entry_id IN (
        SELECT c.id FROM claim c WHERE c.id = :claim
        UNION {_ARTICLE}
        UNION SELECT a.capture_id FROM article a WHERE a.id = ({_ARTICLE})
        UNION SELECT x.id FROM ({_CITED}) x
        UNION SELECT x.because FROM ({_CITED}) x WHERE x.because IS NOT NULL
        UNION {_SOURCES}
        UNION SELECT t.id FROM attribution t WHERE t.claim_id = :claim
        UNION SELECT o.id FROM current_outlet o WHERE o."key" IN (
            SELECT s.outlet FROM source s WHERE s.id IN ({_SOURCES}) AND s.outlet IS NOT NULL
            UNION SELECT t.outlet FROM attribution t
            WHERE t.claim_id = :claim AND t.outlet IS NOT NULL
        )
    )
    ORDER BY j.seq
"""
# One list: of several, joined by OR, PostgreSQL makes one look at the whole journal.


def leaned_on(reader: Reader, claim: str) -> list[Link]:
    """The records of a claim and of all that it leans on, in journal order.

    Its article, the capture and the page of that, its current citations with their pages and the
    judgements that made them, its attributions, and what is known of the outlets of all these.
    """
    return [Link(**row) for row in reader.rows(_LEANED_ON, {"claim": claim})]


def prove(
    reader: Reader, claim: str, checkpoint: Checkpoint, private: "Ed25519PrivateKey"
) -> bytes:
    """The proof file of a claim.

    Args:
        reader: An open ledger.
        claim: Id.
        checkpoint: Of this ledger, with all that the claim leans on.
        private: Its key.

    Raises:
        UsageError: The claim was redacted, or leans on more than a proof may have.
        IntegrityError: The ledger is not what the checkpoint was made of.
    """
    links = leaned_on(reader, claim)
    if len(links) > MOST_ENTRIES:
        raise UsageError(claim, f"it leans on more than {MOST_ENTRIES:,} entries")
    entries = [_entry(reader, link, checkpoint.size) for link in links]
    if any(each["kind"] == "claim" and not each["content"]["exact"] for each in entries):
        raise UsageError(claim, "its words were redacted: nothing is left to prove")
    digest = hashlib.sha256(canonical(entries)).hexdigest()
    stated = statement(checkpoint, claim, digest)
    proof = {
        "format": FORMAT,
        "checkpoint": signed(checkpoint, private),
        "entries": entries,
        "statement": sign(stated, checkpoint.origin, private),
    }
    data = canonical(proof) + b"\n"
    try:
        check_proof(data, verifier_key(checkpoint.origin, private))  # what is handed out holds
    except IntegrityError as error:
        raise IntegrityError(
            "what the claim leans on is not what its checkpoint covers, so nothing was proven",
            subject=f"claim {claim[:12]}",
            remedy="Run: ledger journal verify",
        ) from error
    return data


def _entry(reader: Reader, link: Link, size: int) -> dict[str, Any]:
    row = None
    if link.kind in ENTRY_TABLES:
        row = reader.row(f'SELECT * FROM "{link.kind}" WHERE id = :id', {"id": link.entry_id})
    if row is None:
        raise IntegrityError(f"{link.kind} {link.entry_id} is missing", seq=link.seq)
    return {
        "content": content_of(link.kind, row),
        "kind": link.kind,
        "path": [step.hex() for step in path_of(reader.rows, link.seq, size)],
        "previous": link.previous,
        "recorded_at": link.recorded_at,
        "seq": link.seq,
    }
