"""A proof file -> what it proves, without the ledger: all that a stranger needs to believe a claim.

    {"checkpoint": NOTE, "entries": [ENTRY, ...], "format": "claim-ledger/proof/1",
     "statement": NOTE}

    ENTRY: {"content": {...}, "kind": ..., "path": [HEX, ...], "previous": ..., "recorded_at": ...,
            "seq": N}

in canonical JSON with a newline at the end, so that one proof has one spelling. Each entry is a
record of the ledger that the checkpoint is of: its path leads to the checkpoint's root. The
statement, a note signed by the same key over

    ORIGIN
    claim-proof/1
    id of the claim
    size of the checkpoint
    SHA-256 of the canonical JSON of "entries"

says that these are all the entries that the claim leaned on then: a path shows that an entry is
there, and not that none was left out. The file is hostile until all of that was checked.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from ledger.checkpoint import Checkpoint, opened, unchecked
from ledger.errors import ExtractError, IntegrityError
from ledger.ids import canonical, entry_id
from ledger.journal import digest_of, said
from ledger.merkle import LONGEST_PATH, leaf_digest, root_over
from ledger.model import ENTRY_TYPES
from ledger.note import VerifierKey, open_note

FORMAT = "claim-ledger/proof/1"

LARGEST = 1 << 24
"""Bytes of a file that is looked at: an article of some megabytes and what a claim leans on."""

MOST_ENTRIES = 5_000
"""Entries of a proof: no sentence cites more."""

Content = Mapping[str, Any]


class Proof(NamedTuple):
    """What a proof file shows.

    Attributes:
        checkpoint: Of which ledger, and of what state of it.
        recorded_at: When the claim was recorded, by the clock that recorded it.
        claim, article, capture: Their contents.
        sources: Contents of the page of the article and of those that the claim cites, by id.
        citations, attributions, judgements, outlets: Contents of the rest, by journal order.
    """

    checkpoint: Checkpoint
    recorded_at: str
    claim: Content
    article: Content
    capture: Content
    sources: dict[str, Content]
    citations: tuple[Content, ...]
    attributions: tuple[Content, ...]
    judgements: tuple[Content, ...]
    outlets: tuple[Content, ...]


def note_of(data: bytes) -> tuple[str, str]:
    """The checkpoint of a proof, and of which ledger it says it is; nobody has checked that yet.

    Raises:
        ExtractError: This is no proof.
        IntegrityError: It was one, and was altered.
    """
    note = _parsed(data)["checkpoint"]
    return note, _noted(lambda: unchecked(note)).origin


def check_proof(data: bytes, key: VerifierKey) -> Proof:
    """Check a whole proof file against the key of the ledger it must be of.

    Raises:
        ExtractError: This is no proof.
        IntegrityError: It does not prove what it says, or is of another ledger.
    """
    proof = _parsed(data)
    checkpoint = _noted(lambda: opened(proof["checkpoint"], key))
    entries = proof["entries"]
    recorded: dict[str, list[Content]] = {kind: [] for kind in ENTRY_TYPES}
    last = 0
    for entry in entries:
        if entry["seq"] <= last:
            raise _false("its entries are out of order")
        last = entry["seq"]
        if _root(entry, checkpoint.size) != checkpoint.root:
            raise _false(f"its {entry['kind']} of record {last} is not in the ledger")
        recorded[entry["kind"]].append(_content(entry["kind"], entry["content"]))
    claims = [entry for entry in entries if entry["kind"] == "claim"]
    if len(claims) != 1:
        raise _false("it is not about one claim")
    digest = hashlib.sha256(canonical(entries)).hexdigest()
    stated = statement(checkpoint, claims[0]["content"]["id"], digest)
    if _noted(lambda: open_note(proof["statement"], key)) != stated:
        raise _false("its statement is about another claim or other entries")
    return _together(checkpoint, claims[0]["recorded_at"], recorded)


def statement(checkpoint: Checkpoint, claim_id: str, digest: str) -> str:
    """What the maker of a proof signs beside the checkpoint; see above."""
    return f"{checkpoint.origin}\nclaim-proof/1\n{claim_id}\n{checkpoint.size}\n{digest}\n"


def _parsed(data: bytes) -> Any:
    """The file as JSON of exactly the shape above, which says nothing of its truth.

    Raises:
        ExtractError: It does not even say that it is a proof.
        IntegrityError: It does, and is spelled or shaped as none is.
    """
    what, remedy = "this is not a proof of a claim", "Give the file that ledger journal prove wrote"
    wrong = ExtractError("the file", "no-proof", what, remedy=remedy)
    if len(data) > LARGEST:
        raise wrong
    try:
        proof = json.loads(data)
        spelled = canonical(proof) + b"\n"
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(proof, dict) or proof.get("format") != FORMAT:
        raise wrong
    if not (
        _is_shaped(proof, checkpoint=str, entries=list, format=str, statement=str)
        and 0 < len(proof["entries"]) <= MOST_ENTRIES
        and all(map(_is_entry, proof["entries"]))
        and spelled == data
    ):
        raise _false("it is not written the way proofs are")
    return proof


Said = TypeVar("Said")


def _noted(read: Callable[[], Said]) -> Said:
    """What a note in a proof says; when that is no note any more, the proof was altered."""
    try:
        return read()
    except ExtractError as error:
        raise _false("its checkpoint or its statement is not a signed note") from error


def _is_entry(entry: Any) -> bool:
    return (
        _is_shaped(entry, content=dict, kind=str, path=list, previous=str, recorded_at=str, seq=int)
        and entry["kind"] in ENTRY_TYPES
        and 0 < entry["seq"] < 1 << 63
        and isinstance(entry["content"].get("id"), str)
        and len(entry["path"]) <= LONGEST_PATH
        and all(isinstance(step, str) and len(step) == 64 for step in entry["path"])
    )


def _is_shaped(value: Any, **fields: type) -> bool:
    """Whether these are the fields of an object, each of its type: `True` is no number here."""
    return (
        isinstance(value, dict)
        and value.keys() == fields.keys()
        and all(type(value[name]) is kind for name, kind in fields.items())
    )


def _root(entry: Content, size: int) -> bytes | None:
    """Where content, record and path of an entry lead; None when they do not fit each other."""
    kind, content, seq = entry["kind"], entry["content"], entry["seq"]
    try:
        if entry_id(kind, *ENTRY_TYPES[kind].key_in(content)) != content["id"]:
            return None
        record = (content["id"], kind, entry["recorded_at"], digest_of(content))
        leaf = leaf_digest(said(entry["previous"], seq, *record))
        path = [bytes.fromhex(step) for step in entry["path"]]
    except (TypeError, ValueError):
        return None
    return root_over(leaf, seq - 1, size, path)


def _content(kind: str, content: Content) -> Content:
    """What an entry says, every field of it: whoever signed may have recorded what is no entry."""
    try:
        entry = ENTRY_TYPES[kind].model_validate_json(canonical(content), strict=True)
    except ValueError as error:  # `pydantic.ValidationError` is one
        raise _false(f"its {kind} is not one that a ledger records") from error
    said = entry.content()
    if digest_of(said) != digest_of(content):
        raise _false(f"its {kind} is not written the way a ledger writes it")
    return said


def _together(
    checkpoint: Checkpoint, recorded_at: str, recorded: Mapping[str, list[Content]]
) -> Proof:
    """The entries, if they are about the claim, all of them and nothing else."""
    (claim,) = recorded["claim"]
    citations, attributions = recorded["citation"], recorded["attribution"]
    sources = {source["id"]: source for source in recorded["source"]}
    decided = {judgement["id"] for judgement in recorded["judgement"]}
    article = next(iter(recorded["article"]), {})
    capture = next(iter(recorded["capture"]), {})
    pages = {each["source_id"] for each in citations} | {article.get("source_id")}
    known = {source["outlet"] for source in sources.values()}
    known |= {each["outlet"] for each in attributions}
    holds = (
        len(recorded["article"]) == len(recorded["capture"]) == 1
        and claim["article_id"] == article["id"]
        and article["capture_id"] == capture["id"]
        and 0 <= claim["start"] <= claim["end"] <= len(article["text"])
        and article["text"][claim["start"] : claim["end"]] == claim["exact"]
        and {each["claim_id"] for each in (*citations, *attributions)} <= {claim["id"]}
        and pages - {None} == sources.keys()
        and {each["because"] for each in citations} - {None} == decided
        and {outlet["key"] for outlet in recorded["outlet"]} <= known
    )
    if not holds:
        raise _false("its entries do not belong together")
    return Proof(
        checkpoint=checkpoint,
        recorded_at=recorded_at,
        claim=claim,
        article=article,
        capture=capture,
        sources=sources,
        citations=tuple(citations),
        attributions=tuple(attributions),
        judgements=tuple(recorded["judgement"]),
        outlets=tuple(recorded["outlet"]),
    )


def _false(message: str) -> IntegrityError:
    return IntegrityError(
        f"this proof was altered: {message}",
        remedy="Do not trust it; ask the keeper of the ledger for another",
    )
