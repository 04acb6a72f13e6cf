"""A proof is believed for what it says, whole, and nothing else: `MUTATIONS` changes of it are not.

`make prove` runs the long form (LEDGER_MUTATIONS=10000).
"""

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from merkle_by_definition import mth, path
from readings import a_link, a_reading, noon

from ledger.check_proof import check_proof, note_of, statement
from ledger.checkpoint import Checkpoint, signed
from ledger.errors import ExtractError, IntegrityError, LedgerError, UsageError
from ledger.ids import canonical, entry_id
from ledger.journal import GENESIS, digest_of, link, said
from ledger.model import ENTRY_TYPES
from ledger.note import sign, verifier_key
from ledger.proof import verify_ledger
from ledger.proof.prove import prove
from ledger.reader import Reader
from ledger.store import open_ledger

MUTATIONS = int(os.environ.get("LEDGER_MUTATIONS", "500"))

ORIGIN = "desk.example/ledger"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = verifier_key(ORIGIN, PRIVATE)
READING = a_reading(1)
CLAIM = READING.claims[0]


@pytest.fixture(scope="module")
def recorded_db(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(migrated_db, tmp_path_factory.mktemp("recorded") / "ledger.db"))
    with open_ledger(str(path), clock=noon) as ledger:
        for number in range(4):
            ledger.append(a_reading(number))
        ledger.append_entries(a_link(READING))
    return path


def proof_of(db: Path, claim: str, private: Ed25519PrivateKey = PRIVATE) -> bytes:
    verified = verify_ledger(db)
    checkpoint = Checkpoint(ORIGIN, verified.entries, bytes.fromhex(verified.root))
    with Reader(db) as reader:
        return prove(reader, claim, checkpoint, private)


@pytest.fixture(scope="module")
def good(recorded_db: Path) -> bytes:
    return proof_of(recorded_db, CLAIM.id)


def test_a_proof_shows_the_claim_and_all_that_it_leans_on(good: bytes, recorded_db: Path) -> None:
    proof = check_proof(good, KEY)
    assert note_of(good)[1] == ORIGIN
    assert proof.checkpoint.size == verify_ledger(recorded_db).entries
    assert (proof.claim["id"], proof.claim["exact"]) == (CLAIM.id, CLAIM.exact)
    assert READING.article is not None
    assert proof.article["id"] == READING.article.id
    assert proof.capture["payload_digest"] == READING.capture.payload_digest
    assert {source["url"] for source in proof.sources.values()} == {
        source.url for source in READING.sources
    }
    judgement, linked = a_link(READING)
    assert {citation["id"] for citation in proof.citations} == {
        linked.id,
        *(each.id for each in READING.citations if each.claim_id == CLAIM.id and not each.gap),
    }
    assert [each["id"] for each in proof.judgements] == [judgement.id]
    assert [each["name"] for each in proof.attributions] == ["A Gazette"]
    assert [each["name"] for each in proof.outlets] == ["A Gazette"]
    assert proof.recorded_at == "2025-05-23T12:00:00.000Z"


def test_a_proof_is_the_same_whenever_it_is_made(good: bytes, recorded_db: Path) -> None:
    assert proof_of(recorded_db, CLAIM.id) == good


def test_every_claim_can_be_proven(recorded_db: Path) -> None:
    for number in range(4):
        for claim in a_reading(number).claims:
            assert check_proof(proof_of(recorded_db, claim.id), KEY).claim["id"] == claim.id


def test_a_proof_of_another_ledger_is_refused(good: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"of the ledger desk\.example/ledger, not of other"):
        check_proof(good, verifier_key("other", PRIVATE))


def test_a_proof_that_another_key_signed_is_refused(good: bytes) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(IntegrityError, match="not signed by"):
        check_proof(good, verifier_key(ORIGIN, other))


def test_no_proof_is_made_of_a_ledger_that_is_not_that_of_the_checkpoint(recorded_db: Path) -> None:
    with Reader(recorded_db) as reader, pytest.raises(IntegrityError):
        prove(reader, CLAIM.id, Checkpoint(ORIGIN, 40, bytes(32)), PRIVATE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        b"\xff\xfe",
        b" " * (1 << 24) + b"{}",
    ],
)
def test_what_is_no_proof_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractError, match="not a proof"):
        check_proof(data, KEY)


def without_last_citation(proof: Any) -> None:
    last = [each for each in proof["entries"] if each["kind"] == "citation"][-1]
    proof["entries"].remove(last)


def with_an_entry_twice(proof: Any) -> None:
    proof["entries"].append(proof["entries"][-1])


def with_too_many_entries(proof: Any) -> None:
    proof["entries"] *= 5_000


def with_an_endless_path(proof: Any) -> None:
    proof["entries"][0]["path"] *= 1_000


def of_other_words(proof: Any) -> None:
    (claim,) = (each for each in proof["entries"] if each["kind"] == "claim")
    claim["content"]["exact"] = "They said another thing."


def with_a_number_for_a_number(proof: Any) -> None:
    proof["entries"][0]["seq"] = True


def with_an_unknown_field(proof: Any) -> None:
    proof["entries"][0]["content"]["later"] = None


def of_an_unknown_kind(proof: Any) -> None:
    proof["entries"][0]["kind"] = "rumour"


FORGERIES = [
    without_last_citation,
    with_an_entry_twice,
    with_too_many_entries,
    with_an_endless_path,
    of_other_words,
    with_a_number_for_a_number,
    with_an_unknown_field,
    of_an_unknown_kind,
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_proof_is_refused(good: bytes, forge: Callable[[Any], None]) -> None:
    proof = json.loads(good)
    forge(proof)
    with pytest.raises((ExtractError, IntegrityError)):
        check_proof(canonical(proof) + b"\n", KEY)


def resigned(proof: Any) -> bytes:
    """The proof with a true statement over its entries, as only the key's owner can make it."""
    import hashlib

    from ledger.check_proof import statement
    from ledger.checkpoint import unchecked

    (claim,) = (each for each in proof["entries"] if each["kind"] == "claim")
    digest = hashlib.sha256(canonical(proof["entries"])).hexdigest()
    stated = statement(unchecked(proof["checkpoint"]), claim["content"]["id"], digest)
    proof["statement"] = sign(stated, ORIGIN, PRIVATE)
    return canonical(proof) + b"\n"


def test_entries_that_do_not_belong_together_are_refused_although_all_are_recorded(
    good: bytes, recorded_db: Path
) -> None:
    proof, other = json.loads(good), json.loads(proof_of(recorded_db, READING.claims[1].id))
    strangers = [each for each in other["entries"] if each not in proof["entries"]]
    citation = next(each for each in strangers if each["kind"] == "citation")
    proof["entries"] = sorted([*proof["entries"], citation], key=lambda each: each["seq"])
    with pytest.raises(IntegrityError, match="do not belong together"):
        check_proof(resigned(proof), KEY)


@pytest.mark.parametrize("kind", ["article", "capture", "source", "judgement"])
def test_a_proof_that_lacks_an_entry_is_refused_although_it_is_signed(
    good: bytes, kind: str
) -> None:
    proof = json.loads(good)
    proof["entries"].remove(next(each for each in proof["entries"] if each["kind"] == kind))
    with pytest.raises(IntegrityError, match="do not belong together"):
        check_proof(resigned(proof), KEY)


def test_an_entry_that_is_not_in_the_ledger_is_refused_although_it_is_signed(good: bytes) -> None:
    proof = json.loads(good)
    of_other_words(proof)
    with pytest.raises(IntegrityError, match=r"its claim of record \d+ is not in the ledger"):
        check_proof(resigned(proof), KEY)


def test_no_mutated_proof_is_accepted(good: bytes) -> None:
    chance = random.Random(9162)  # noqa: S311 - the same forgeries in every run
    accepted = [mutated for mutated in mutations(good, chance) if is_accepted(mutated)]
    assert accepted == []


def by_a_liar(good: bytes, kind: str, changed: dict[str, Any]) -> bytes:
    """The proof as the keeper of a ledger makes it who recorded what this program never would.

    Everything fits together and is signed; of the first entry of a kind some fields are others,
    or are not there where `...` stands for them.
    """
    proof, names, inputs, previous = json.loads(good), dict[str, str](), [], GENESIS
    kinds = [entry["kind"] for entry in proof["entries"]]
    for seq, entry in enumerate(proof["entries"], 1):
        words = json.dumps(entry["content"])
        for old, new in names.items():
            words = words.replace(old, new)
        content = json.loads(words)
        if seq - 1 == kinds.index(kind):
            content = {n: v for n, v in (content | changed).items() if v is not ...}
            old = content["id"]
            key = ENTRY_TYPES[kind].key_in(content)
            names[old] = content["id"] = entry_id(kind, *key)
        elif names:
            key = ENTRY_TYPES[entry["kind"]].key_in(content)
            names[content["id"]] = entry_id(entry["kind"], *key)
            content["id"] = names[content["id"]]
        record = (content["id"], entry["kind"], entry["recorded_at"], digest_of(content))
        inputs.append(said(previous, seq, *record))
        entry.update(content=content, previous=previous, seq=seq)
        previous = link(previous, seq, *record)
    for entry in proof["entries"]:
        entry["path"] = [step.hex() for step in path(entry["seq"] - 1, inputs)]
    checkpoint = Checkpoint(ORIGIN, len(inputs), mth(inputs))
    (claim,) = (entry["content"]["id"] for entry in proof["entries"] if entry["kind"] == "claim")
    digest = hashlib.sha256(canonical(proof["entries"])).hexdigest()
    proof["checkpoint"] = signed(checkpoint, PRIVATE)
    proof["statement"] = sign(statement(checkpoint, claim, digest), ORIGIN, PRIVATE)
    return canonical(proof) + b"\n"


def test_whoever_keeps_a_ledger_can_make_proofs(good: bytes) -> None:
    assert (
        check_proof(by_a_liar(good, "claim", {"kind": "covered"}), KEY).claim["kind"] == "covered"
    )


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("claim", {"start": "0"}),
        ("claim", {"start": 0.0}),
        ("claim", {"start": False}),
        ("claim", {"end": None}),
        ("claim", {"evil": "x"}),
        ("claim", {"evil": None}),
        ("claim", {"exact": ...}),
        ("claim", {"kind": "proven"}),
        ("article", {"text": None}),
        ("article", {"text": ["H"]}),
        ("article", {"text": ...}),
        ("article", {"title": ["a"]}),
        ("article", {"byline": "A"}),
        ("source", {"outlet": {"a": 1}}),
        ("source", {"outlet": ["p"]}),
        ("source", {"url": None}),
        ("source", {"url": ...}),
        ("citation", {"source_id": [1]}),
        ("citation", {"group": None}),
        ("outlet", {"name": None}),
        ("attribution", {"outlet": ["p"]}),
        ("attribution", {"name": {"a": 2}}),
        ("capture", {"captured_at": 5}),
        ("capture", {"captured_at": "2025-05-23T14:00:00+02:00"}),
    ],
)
def test_an_entry_that_no_ledger_records_is_refused_whoever_signed_it(
    good: bytes, kind: str, changed: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=f"this proof was altered: its {kind} is n"):
        check_proof(by_a_liar(good, kind, changed), KEY)


def test_what_is_not_known_may_be_left_out(good: bytes) -> None:
    """As earlier programs do, which do not know of every field."""
    proof = check_proof(by_a_liar(good, "citation", {"url": ...}), KEY)
    assert proof.citations[0]["url"] is None


def test_a_claim_stands_in_its_article(good: bytes) -> None:
    claim = check_proof(good, KEY).claim
    start, end = claim["start"], claim["end"]
    text = check_proof(good, KEY).article["text"]
    for changed in (
        {"start": start - len(text), "end": end - len(text)},
        {"start": end, "end": start, "exact": ""},
        {"start": end + 10**6, "end": end + 10**6, "exact": ""},
    ):
        with pytest.raises(IntegrityError, match="do not belong together"):
            check_proof(by_a_liar(good, "claim", changed), KEY)


def is_accepted(data: bytes) -> bool:
    try:
        check_proof(data, KEY)
    except LedgerError:
        return False
    return True


def mutations(good: bytes, chance: random.Random) -> Any:
    """Different from the good proof, each: half of them bytes, half of them values."""
    made = 0
    while made < MUTATIONS:
        mutated = chance.choice((a_byte, a_stretch, a_value))(good, chance)
        if mutated != good:
            made += 1
            yield mutated


def a_byte(good: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(good))
    return good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :]


def a_stretch(good: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.sample(range(len(good)), 2))
    other = chance.randrange(len(good))
    return chance.choice(
        (
            good[:first] + good[last:],
            good[:first] + good[last:] + good[first:last],
            good[:first] + good[other : other + 40] + good[first + 40 :],
            good[:last],
        )
    )


def a_value(good: bytes, chance: random.Random) -> bytes:
    """One value anywhere in the proof becomes another, and everything is spelled anew."""
    proof = json.loads(good)
    places: list[tuple[Any, Any]] = []
    waiting = [proof]
    while waiting:
        value = waiting.pop()
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in list(inside):
            places.append((value, key))
            if isinstance(each, dict | list):
                waiting.append(each)
    holder, key = chance.choice(places)
    other, other_key = chance.choice(places)
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1:
            holder[key] = json.loads(json.dumps(other[other_key]))
        case 2:
            holder[key] = chance.choice((None, True, 0, -1, 1.5, "", [], {}, "0" * 64, 2**70))
        case _:
            word = json.dumps(holder[key])
            holder[key] = f"{word[: chance.randrange(len(word))]}x"
    return canonical(proof) + b"\n"


def test_a_claim_without_its_words_cannot_be_proven(recorded_db: Path, tmp_path: Path) -> None:
    from test_redact import redacting

    path = Path(shutil.copy(recorded_db, tmp_path / "ledger.db"))
    redacting(path, READING.capture)
    with pytest.raises(UsageError, match="redacted"):
        proof_of(path, CLAIM.id)
    assert check_proof(proof_of(path, a_reading(2).claims[0].id), KEY)
