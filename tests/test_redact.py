import io
import json
import shutil
import sqlite3
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from ledger_of import Named, Said, Text, reading_of, record
from readings import NOON, a_link, a_reading, noon
from test_transfer import with_entries
from test_tree import without_triggers

from ledger.errors import (
    AppendError,
    ExtractError,
    IntegrityError,
    RefusedError,
    StoreError,
    UsageError,
)
from ledger.model import Article, Attribution, Capture, Citation, Claim, Judgement
from ledger.note import VerifierKey, sign, verifier_key
from ledger.proof import stretch, verify_ledger
from ledger.proof.erased import Erasures
from ledger.proof.redact import Redaction, check_redactions, redact
from ledger.provenance import covering
from ledger.queries import trace
from ledger.queries.circular import circular
from ledger.queries.redaction import bearers
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.summaries import differences
from ledger.transfer import take_in, write_out
from ledger.transfer.redactions import Order

ORIGIN = "desk.example/ledger"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def own(name: str) -> VerifierKey:
    return verifier_key(name, PRIVATE)


BODY = b"<p>Words that nobody may keep any more.</p>" * 40
ERASED = a_reading(1, body=BODY)
KEPT = a_reading(2)


def redacting(db: Place, capture: Capture, by: str = "editor") -> dict[str, int]:
    redaction = Redaction(capture.id, capture.payload_digest, by, NOON, "order of a court")
    with open_ledger(str(db), clock=noon) as ledger:
        return redact(ledger, redaction, ORIGIN, PRIVATE)


@pytest.fixture
def full_db(empty_db: Path) -> Path:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
        ledger.append_entries(a_link(ERASED))
    return empty_db


@pytest.fixture
def redacted_db(full_db: Path) -> Path:
    redacting(full_db, ERASED.capture)
    return full_db


@pytest.fixture
def connection(redacted_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(redacted_db, isolation_level=None)) as connection:
        yield connection


def test_bytes_and_words_are_gone_and_everything_else_stays(full_db: Path) -> None:
    erased = redacting(full_db, ERASED.capture)
    assert erased == {"payload": 1, "article": 1, "claim": 2, "citation": 5, "attribution": 2}
    with Reader(full_db) as reader:
        article = reader.rows("SELECT * FROM article WHERE title IS NULL")
        assert [(row["text"], row["blocks"], row["byline"]) for row in article] == [
            ("", "[]", "[]")
        ]
        assert reader.row("SELECT COUNT(*) AS n FROM payload WHERE LENGTH(body) = 0") == {"n": 1}
        assert reader.row("SELECT COUNT(*) AS n FROM claim WHERE exact = ''") == {"n": 2}
        assert reader.row("SELECT COUNT(*) AS n FROM citation WHERE raw = ''") == {"n": 5}
        cited = "SELECT COUNT(*) AS n FROM citation WHERE source_id IS NULL AND gap IS NULL"
        assert reader.row(cited) == {"n": 0}
        assert reader.row("SELECT COUNT(*) AS n FROM citation WHERE marker IS NULL") == {"n": 5}
        (judgement,) = reader.rows(
            "SELECT subject, object, \"by\", reason FROM judgement WHERE verb = 'redact'"
        )
        said = json.loads(judgement.pop("object"))
        assert (said["capture"], said["remains"][:7]) == (ERASED.capture.id, "sha256:")
        assert judgement == {
            "subject": ERASED.capture.payload_digest,
            "by": "editor",
            "reason": "order of a court",
        }


def test_no_trace_is_left_in_the_file(full_db: Path) -> None:
    import zlib

    words = [zlib.compress(BODY)[8:40], b"Claim 1.0", b"Claim 1.1"]
    assert all(word in full_db.read_bytes() for word in words)
    redacting(full_db, ERASED.capture)
    files = b"".join(path.read_bytes() for path in full_db.parent.glob("ledger.db*"))
    assert not any(word in files for word in words)
    assert b"Claim 2.0" in files


def test_the_search_does_not_keep_the_words_either(empty_db: Path) -> None:
    texts = [
        Text("https://a.example/1", [Said("Zanzibar was quiet.")], {}),
        Text("https://a.example/2", [Said("Mombasa was quiet.")], {}),
    ]
    record(empty_db, texts)
    assert b"zanzibar" in empty_db.read_bytes().lower()
    redacting(empty_db, reading_of(texts[0]).capture)
    kept = empty_db.read_bytes().lower()
    assert b"zanzibar" not in kept
    assert b"mombasa" in kept


def test_a_circle_and_a_name_of_which_the_words_are_gone_say_so(empty_db: Path) -> None:
    text = Text(
        "https://a.example/1",
        [Said("It is so.", [["1"]], named=[Named("The Unknown Gazette", None, None)])],
        {"1": "https://a.example/1"},
    )
    record(empty_db, [text])
    redacting(empty_db, reading_of(text).capture)
    said = f"[redacted on {NOON:%Y-%m-%d}: order of a court]"
    (claim,) = reading_of(text).claims
    with Reader(empty_db) as reader:
        (circle,) = circular(reader).items
        assert circle["pages"][0]["claims"] == [{"id": claim.id, "exact": said}]
        page = trace(reader, claim.id, depth=1, others=True)
        assert page["groups"][1][0]["named"] == said
        assert [each["exact"] for each in page["spread"] or ()] == [said]


def test_of_erased_words_nobody_knows_in_which_paragraph_they_stood(empty_db: Path) -> None:
    text = Text(
        "https://a.example/1",
        [Said("It is so.", kind="covered"), Said("So it is.", [["1"]])],
        {"1": "https://b.example/1"},
    )
    record(empty_db, [text])
    redacting(empty_db, reading_of(text).capture)
    with Reader(empty_db) as reader:
        assert covering(reader, [reading_of(text).claims[0].article_id]) == {}


def test_what_has_the_erased_bytes_is_named_as_redacted(redacted_db: Path) -> None:
    with Reader(redacted_db) as reader:
        found = bearers(reader, ERASED.capture.payload_digest)
    said = f"[redacted on {NOON:%Y-%m-%d}: order of a court]"
    assert (found.done, [each["title"] for each in found.losing]) == (True, [said])


def test_journal_and_tree_are_as_before_and_go_on(full_db: Path) -> None:
    before = verify_ledger(full_db)
    redacting(full_db, ERASED.capture)
    after = verify_ledger(full_db, sizes=[before.entries])
    assert (after.entries, after.redacted) == (before.entries + 1, 10)
    assert after.roots[before.entries].hex() == before.root
    with open_ledger(str(full_db), clock=noon) as ledger:
        assert ledger.append(a_reading(3)).new
    assert verify_ledger(full_db).redacted == 10


def test_a_redaction_is_signed(redacted_db: Path) -> None:
    with Reader(redacted_db) as reader:
        assert check_redactions(reader, own) == 0
        assert check_redactions(reader, lambda name: verifier_key(name, OTHER)) == 1
        assert check_redactions(reader, lambda _: None) == 1
        assert check_redactions(reader, lambda _: None, [own(ORIGIN)]) == 0
        assert check_redactions(reader, lambda _: None, [verifier_key(ORIGIN, OTHER)]) == 1


def test_after_a_checkpoint_only_whom_the_user_trusts_may_redact(redacted_db: Path) -> None:
    size = verify_ledger(redacted_db).entries
    with Reader(redacted_db) as reader:
        assert check_redactions(reader, own, since=size - 1) == 0
        assert check_redactions(reader, lambda _: None, [own(ORIGIN)], since=size - 1) == 0
        assert check_redactions(reader, lambda _: None, since=size) == 1
        with pytest.raises(IntegrityError) as caught:
            check_redactions(reader, lambda _: None, since=size - 1)
    assert caught.value.subject == f"the redaction of the bytes {ERASED.capture.payload_digest}"
    assert "recorded after the checkpoint, in the name of editor, but no key" in str(caught.value)
    assert "Ask whoever redacted" in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE redaction SET note = 'signed, the editor'",
        "UPDATE redaction SET note = replace(note, 'redaction/1', 'redaction/2')",
        "UPDATE redaction SET note = substr(note, 1, length(note) - 9) || 'AAAAAAA=' || char(10)",
    ],
)
def test_a_redaction_with_another_signature_is_found(redacted_db: Path, sql: str) -> None:
    without_triggers(redacted_db, sql)
    with (
        Reader(redacted_db) as reader,
        pytest.raises(IntegrityError, match="the redaction of the bytes sha256:"),
    ):
        check_redactions(reader, own)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DELETE FROM redaction", "is not what was recorded|were changed"),
        (
            "UPDATE redaction SET judgement_id = (SELECT id FROM judgement WHERE verb = 'link')",
            "nobody is recorded as deciding the redaction",
        ),
        ("UPDATE claim SET exact = '' WHERE exact <> ''", "is not what was recorded"),
        ("UPDATE claim SET exact = 'Other words.' WHERE exact = ''", "is not what was recorded"),
        ("UPDATE payload SET body = x''", "were changed"),
        ("UPDATE payload SET body = x'00' WHERE body = x''", "were changed"),
    ],
)
def test_only_what_was_redacted_may_be_missing(redacted_db: Path, sql: str, message: str) -> None:
    without_triggers(redacted_db, sql)
    with pytest.raises(IntegrityError, match=message):
        verify_ledger(redacted_db)


def test_what_was_redacted_cannot_be_redacted_again(redacted_db: Path) -> None:
    before = redacted_db.read_bytes()
    with pytest.raises(UsageError, match="redacted before"):
        redacting(redacted_db, ERASED.capture, by="another")
    assert redacted_db.read_bytes() == before


def test_redacted_bytes_are_not_recorded_again(redacted_db: Path) -> None:
    later = Capture.make(
        **{**ERASED.capture.model_dump(exclude={"id"}), "captured_at": "2025-06-01T00:00:00Z"}
    )
    again = ERASED.model_copy(
        update={
            "capture": later,
            **{"article": None, "claims": (), "citations": (), "attributions": ()},
        }
    )
    with open_ledger(str(redacted_db), clock=noon) as ledger:
        with pytest.raises(RefusedError, match="not recorded again"):
            ledger.append(again)
        with pytest.raises(StoreError, match="were redacted"):
            ledger.payload(ERASED.capture.payload_digest)


ALLOWED = "the ledger is append-only"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payload SET body = x''",  # also those that nobody redacted
        "UPDATE payload SET body = x'01' WHERE body = x''",
        "UPDATE article SET text = '' WHERE text <> ''",
        "UPDATE article SET published = '2020-01-01' WHERE title IS NULL",
        "UPDATE claim SET exact = 'Other' WHERE exact = ''",
        "UPDATE citation SET raw = '' WHERE raw <> ''",
        "UPDATE attribution SET name = '' WHERE name <> ''",
        "DELETE FROM payload WHERE body = x''",
        "INSERT OR REPLACE INTO payload SELECT digest, x'01' FROM payload WHERE body = x''",
    ],
)
def test_the_rules_let_words_be_emptied_that_were_redacted_and_nothing_else(
    connection: sqlite3.Connection, sql: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=ALLOWED):
        connection.execute(sql)


def test_nothing_can_be_redacted_that_nobody_decided(connection: sqlite3.Connection) -> None:
    for judgement in ("verb = 'link'", "verb = 'redact'"):
        with pytest.raises(sqlite3.IntegrityError, match="nobody decided"):
            connection.execute(
                "INSERT INTO redaction SELECT payload.digest, judgement.id, 'note'"
                f" FROM payload, judgement WHERE body <> x'' AND {judgement}"
            )


def test_a_redaction_that_fails_erases_nothing(full_db: Path, tmp_path: Path) -> None:
    before = verify_ledger(full_db)
    without = Path(shutil.copy(full_db, tmp_path / "other.db"))
    capture = ERASED.capture.model_copy(update={"payload_digest": "sha256:none"})
    with pytest.raises(StoreError):
        redacting(without, capture)
    assert verify_ledger(without) == before


# --- on both databases ------------------------------------------------------------------------


@pytest.fixture
def full(db: Place) -> Place:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)
        ledger.append_entries(a_link(ERASED))
    return db


def test_a_redaction_holds_on_both_databases(full: Place) -> None:
    before = verify_ledger(full)
    assert redacting(full, ERASED.capture)["claim"] == 2
    after = verify_ledger(full, sizes=[before.entries])
    assert (after.redacted, after.roots[before.entries].hex()) == (10, before.root)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payload SET digest = 'other' WHERE LENGTH(body) = 0",
        "UPDATE claim SET exact = '', section = '[]' WHERE exact <> ''",
        "UPDATE claim SET kind = 'uncited' WHERE exact = ''",
        "UPDATE article SET title = 'Other' WHERE title IS NULL",
        "UPDATE citation SET url = 'https://evil.example/' WHERE raw = ''",
        "UPDATE attribution SET outlet = NULL WHERE name = ''",
        "UPDATE attribution SET together = 0 WHERE name = ''",
        "UPDATE tree SET digest = ''",
        "UPDATE redaction SET note = ''",
        "DELETE FROM claim WHERE exact = ''",
        "DELETE FROM redaction",
        "DELETE FROM tree",
    ],
)
def test_the_rules_hold_on_both_databases(full: Place, sql: str) -> None:
    redacting(full, ERASED.capture)
    with open_ledger(str(full), clock=noon) as ledger:  # noqa: SIM117 - the error is the store's
        with pytest.raises(StoreError, match="the ledger is append-only"), ledger.writing() as c:
            c.execute(sa.text(sql))
    assert verify_ledger(full).redacted == 10


def exported(db: Place) -> list[bytes]:
    file = io.BytesIO()
    write_out(db, file)
    return file.getvalue().splitlines(keepends=True)


def imported(
    db: Place, lines: list[bytes], *keys: VerifierKey, erase: bool = False
) -> Sequence[Order]:
    """By which redactions an import erased what was here."""
    with open_ledger(str(db), clock=noon) as ledger:
        file = io.BytesIO(b"".join(lines))
        return take_in(ledger, file, "lines", erase=erase, keys=lambda _: keys).erased


def test_a_redacted_ledger_moves_as_it_is(full: Place, tmp_path: Path, migrated_db: Path) -> None:
    redacting(full, ERASED.capture)
    lines = exported(full)
    assert not any(b"Claim 1.0" in line for line in lines)
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    imported(other, lines)
    assert verify_ledger(other) == verify_ledger(full)
    with Reader(other) as reader:
        assert check_redactions(reader, own) == 0
    assert exported(other) == lines


def test_a_copy_that_still_has_the_words_loses_them_when_it_takes_over_the_redaction(
    full: Place, tmp_path: Path, migrated_db: Path
) -> None:
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    imported(other, exported(full))
    redacting(full, ERASED.capture)
    (order,) = imported(other, exported(full), own(ORIGIN), erase=True)
    assert (order.capture, order.by, order.known) == (ERASED.capture.id, "editor", True)
    assert order.signers == (f"{ORIGIN}+{own(ORIGIN).id.hex()}",)
    assert verify_ledger(other) == verify_ledger(full)
    with Reader(other) as reader:
        assert reader.row("SELECT COUNT(*) AS n FROM claim WHERE exact = ''") == {"n": 2}
        assert list(differences(reader)) == []
    assert imported(other, exported(full), own(ORIGIN), erase=True) == ()


@pytest.mark.parametrize(
    ("keys", "erase", "said"),
    [
        ((), False, "a key not known here"),
        ((own(ORIGIN),), False, "ledger db import --erase"),
        ((), True, "give --key KEY"),
        ((own("other.example/ledger"),), True, "give --key KEY"),
        ((verifier_key(ORIGIN, OTHER),), True, "give --key KEY"),
    ],
)
def test_an_import_erases_what_is_here_only_where_that_is_wanted_and_a_known_key_signed_it(
    full: Place,
    tmp_path: Path,
    migrated_db: Path,
    keys: tuple[VerifierKey, ...],
    erase: bool,
    said: str,
) -> None:
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    imported(other, exported(full))
    redacting(full, ERASED.capture)
    before = other.read_bytes()
    with pytest.raises(UsageError, match="erase the words of 1 page that this ledger") as refused:
        imported(other, exported(full), *keys, erase=erase)
    assert said in str(refused.value)
    assert f"{ERASED.capture.requested_url} (capture {ERASED.capture.id[:12]}, decided by" in str(
        refused.value
    )
    assert f"signed by {ORIGIN}+" in str(refused.value)
    assert other.read_bytes() == before


def a_note(text: str, private: Ed25519PrivateKey = PRIVATE) -> str:
    return sign(text, ORIGIN, private)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (lambda _: "unsigned garbage", "this is not a signed note"),
        (lambda _: "x" * 9_000, "it is no redaction"),
        (lambda said: said, "this is not a signed note"),
        (lambda said: a_note(said.replace("sha256:", "sha256:0")), "belongs to another one"),
        (
            lambda said: a_note(said.replace("redaction/1", "redaction/2")),
            ("belongs to another one"),
        ),
        (
            lambda said: a_note(said).replace(
                a_note(said).split()[-1], _with_id_of_own(a_note(said, OTHER).split()[-1])
            ),
            "its signature is wrong",
        ),
    ],
)
def test_a_redaction_without_a_right_note_is_not_taken_in(
    full_db: Path,
    tmp_path: Path,
    migrated_db: Path,
    note: Callable[[str], str],
    said: str,
) -> None:
    redacting(full_db, ERASED.capture)
    lines = exported(full_db)
    row = json.loads(lines[1])
    text = f"{ORIGIN}\nredaction/1\n{row['judgement_id']}\n{row['redaction']}\n"
    assert row["note"] == a_note(text)
    lines[1] = json.dumps({**row, "note": note(text)}).encode() + b"\n"
    new = Path(shutil.copy(migrated_db, tmp_path / "new.db"))
    before = new.read_bytes()
    with pytest.raises((IntegrityError, ExtractError), match=said) as refused:
        imported(new, lines, own(ORIGIN))
    assert "lines, line 2" in str(refused.value)
    assert new.read_bytes() == before


def test_what_was_redacted_here_is_not_redacted_again_by_an_import(full: Place) -> None:
    redacting(full, ERASED.capture)
    digest = ERASED.capture.payload_digest
    again = {"verb": "redact", "subject": digest, "object": ERASED.capture.id, "by": "another"}
    second = Judgement.make(**again, at=NOON)
    lines = with_entries(exported(full), second)
    row = {"redaction": digest, "judgement_id": second.id}
    text = f"{ORIGIN}\nredaction/1\n{second.id}\n{digest}\n"
    lines[1] = json.dumps({**row, "note": a_note(text)}).encode() + b"\n"
    before = verify_ledger(full)
    with pytest.raises(ExtractError, match="redacts bytes that another decision redacted here"):
        imported(full, lines, own(ORIGIN), erase=True)
    assert verify_ledger(full) == before


@pytest.mark.parametrize(
    ("object", "emptied", "said"),
    [
        (ERASED.capture.id, (), "the bytes of a page that was redacted should be gone"),
        (ERASED.capture.id, ("payload",), "it has words that were redacted and should be gone"),
        ("x", ("payload", "entries"), "redacts the bytes of a capture that has others, or none"),
        (KEPT.capture.id, ("payload", "entries"), "a capture that has others, or none"),
    ],
)
def test_a_redaction_of_an_import_is_over_a_capture_of_its_bytes_and_left_no_words(
    full_db: Path, object: str, emptied: tuple[str, ...], said: str
) -> None:
    digest = ERASED.capture.payload_digest
    decided = {"verb": "redact", "subject": digest, "object": object, "by": "nobody"}
    judgement = Judgement.make(**decided, at=NOON)
    lines = [json.loads(line) for line in with_entries(exported(full_db), judgement)]
    if "entries" in emptied:
        redacting(full_db, ERASED.capture)
        gone = {
            found["seq"]: found for found in map(json.loads, exported(full_db)) if "erased" in found
        }
        lines = [gone.get(line.get("seq"), line) for line in lines]
    if "payload" in emptied:
        (page,) = (line for line in lines if line.get("payload") == digest)
        page["body"] = ""
    text = f"{ORIGIN}\nredaction/1\n{judgement.id}\n{digest}\n"
    row = {"redaction": digest, "judgement_id": judgement.id, "note": a_note(text)}
    lines.insert(1, row)
    before = full_db.read_bytes()
    with pytest.raises(ExtractError, match=said):
        imported(
            full_db, [json.dumps(line).encode() + b"\n" for line in lines], own(ORIGIN), erase=True
        )
    assert full_db.read_bytes() == before


def _with_id_of_own(signature: str) -> str:
    """The signature of another key, said to be of one's own."""
    return b64encode(own(ORIGIN).id + b64decode(signature)[4:]).decode()


def test_an_export_erases_nothing_that_nobody_redacted(
    full_db: Path, tmp_path: Path, migrated_db: Path
) -> None:
    redacting(full_db, ERASED.capture)
    lines = exported(full_db)
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    before = other.read_bytes()
    without = [line for line in lines if b'"redaction"' not in line]
    undecided = [line.replace(b'"verb":"redact"', b'"verb":"linked"') for line in lines]
    for forged in (without, undecided):
        with pytest.raises((IntegrityError, ExtractError)):
            imported(other, forged)
        assert other.read_bytes() == before


def test_words_that_were_erased_do_not_come_back_whoever_read_them_before(full: Place) -> None:
    late = a_link(a_reading(1, body=BODY))
    judgement, citation = (each.model_dump(exclude={"id"}) for each in late)
    (claim, *_), article = ERASED.claims, ERASED.article
    assert article is not None
    redacting(full, ERASED.capture)
    entries = verify_ledger(full).entries
    fields = article.model_dump(exclude={"id"}) | {"revises": article.id, "extractor": "test/2"}
    again = Article.make(**fields)
    said = Judgement.make(**{**judgement, "subject": "Roe 2021", "object": "https://c.example/"})
    led = {**citation, "ordinal": 9, "marker": "Roe 2021", "revises": None, "because": None}
    for words in (
        [said],
        [said, Citation.make(**{**led, "because": said.id})],
        [Citation.make(**led)],
        [again],
        [Claim.make(**claim.model_dump(exclude={"id", "start"}), start=1)],
        [Attribution.make(claim_id=claim.id, name="The Gazette", outlet=None, start=1, end=2)],
    ):
        with open_ledger(str(full), clock=noon) as ledger:  # noqa: SIM117 - the error is the store's
            with pytest.raises(AppendError, match="its page was redacted meanwhile"):
                ledger.append_entries(words)
    assert verify_ledger(full).entries == entries
    with open_ledger(str(full), clock=noon) as ledger:
        assert ledger.append_entries(a_link(KEPT)) == 2  # of another page


# --- what is left -----------------------------------------------------------------------------

LEFT = [
    "UPDATE article SET published = '1999-01-01' WHERE title IS NULL",
    "UPDATE article SET title = NULL, language = 'xx' WHERE title IS NULL",
    "UPDATE claim SET kind = 'uncited' WHERE exact = ''",
    'UPDATE claim SET "start" = 0, "end" = 1 WHERE exact = \'\'',
    "UPDATE claim SET key = 'other' WHERE exact = ''",
    "UPDATE citation SET url = 'https://other.example/' WHERE url IS NOT NULL AND raw = ''",
    "UPDATE citation SET source_id = (SELECT MIN(id) FROM source) WHERE raw = '' AND gap IS NULL",
    "UPDATE citation SET gap = 'no-address' WHERE raw = '' AND gap = 'no-reference'",
    "UPDATE citation SET marker = 'Smith 2021' WHERE raw = ''",
    "UPDATE citation SET form = 'navigation' WHERE raw = ''",
    "UPDATE citation SET claim_id = (SELECT MIN(id) FROM claim WHERE exact = '') WHERE raw = ''",
    "UPDATE attribution SET outlet = 'other.example' WHERE name = ''",
    "UPDATE attribution SET \"group\" = 7 WHERE name = ''",
    # and out of reach of the redaction
    "UPDATE claim SET article_id = (SELECT id FROM article WHERE text <> '') WHERE exact = ''",
    "UPDATE citation SET claim_id = (SELECT MIN(id) FROM claim WHERE exact <> '') WHERE raw = ''",
]


def tamper(db: Place, sql: str) -> None:
    """Change rows as who owns the database can."""
    if isinstance(db, Path):
        without_triggers(db, sql)
        # The rules are as before, so that only the row tells.
        made = _rules()
        with closing(sqlite3.connect(db)) as connection:
            for trigger in made:
                connection.execute(trigger)
            connection.commit()
        return
    with psycopg.connect(db) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(sql.encode())


@cache
def _rules() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "new.db")
        open_ledger(str(path), clock=noon).close()
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            return [sql for (sql,) in rows]


@pytest.mark.parametrize("sql", LEFT)
def test_what_a_redaction_left_cannot_be_changed_unseen(full: Place, sql: str) -> None:
    redacting(full, ERASED.capture)
    held = verify_ledger(full)
    assert (held.redacted, held.unsaid) == (10, 0)
    tamper(full, sql)
    with pytest.raises(IntegrityError, match=r"is no longer what it left|is not what was recorded"):
        verify_ledger(full)


def test_an_earlier_redaction_stays_valid_and_what_it_left_is_not_covered(
    full: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, migrated_db: Path
) -> None:
    module = import_module("ledger.proof.redact")
    monkeypatch.setattr(module, "object_of", lambda capture, _: capture)
    redacting(full, ERASED.capture)
    held = verify_ledger(full)
    assert (held.redacted, held.unsaid) == (10, 10)
    with Reader(full) as reader:
        assert reader.row("SELECT COUNT(*) AS n FROM citation WHERE marker IS NULL") == {"n": 0}
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    imported(other, exported(full))
    assert (verify_ledger(other), exported(other)) == (held, exported(full))
    tamper(full, "UPDATE claim SET kind = 'uncited' WHERE exact = ''")
    assert verify_ledger(full) == held  # as it was before: nothing tells


def test_a_name_by_which_the_page_cites_is_gone(empty_db: Path) -> None:
    text = Text(
        "https://a.example/1",
        [Said("It is so.", [["Roe 2021"]])],
        {"Roe 2021": "https://b.example/1"},
    )
    record(empty_db, [text])
    assert b"Roe 2021" in empty_db.read_bytes()
    redacting(empty_db, reading_of(text).capture)
    assert b"Roe 2021" not in empty_db.read_bytes()
    verify_ledger(empty_db)


def test_what_is_recorded_after_a_redaction_is_as_safe_as_anything(full: Place) -> None:
    redacting(full, ERASED.capture)
    judgement, citation = a_link(ERASED)
    anywhere = {"subject": "3", "article_id": None}
    later = judgement.make(**{**judgement.model_dump(exclude={"id"}), **anywhere})
    blank = citation.make(
        **{
            **citation.model_dump(exclude={"id", "raw", "revises", "because", "ordinal"}),
            **{"raw": "", "marker": None, "ordinal": 7, "because": later.id},
        }
    )
    with open_ledger(str(full), clock=noon) as ledger:
        ledger.append_entries([later, blank])
    assert verify_ledger(full).redacted == 10
    lines = exported(full)
    tamper(full, f"UPDATE citation SET form = 'link' WHERE id = '{blank.id}'")
    with pytest.raises(IntegrityError, match=f"citation {blank.id} is not what was recorded"):
        verify_ledger(full)
    erased = [line.replace(b'"content"', b'"erased":true,"content"', 1) for line in lines[-2:-1]]
    forged = [*lines[:-2], erased[0].replace(b'"form":"marker"', b'"form":"link"'), lines[-1]]
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.raises(IntegrityError, match="is not what was recorded"),
    ):
        imported(Path(folder, "other.db"), forged)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"kind":"cited"', b'"kind":"uncited"'),
        (b'"raw":""', b'"marker":"Smith 2021","raw":""'),
        (b'"url":"https://b.example/1"', b'"url":"https://c.example/1"'),
    ],
)
def test_an_export_of_which_the_remains_were_changed_is_not_taken_in(
    full_db: Path, tmp_path: Path, migrated_db: Path, was: bytes, becomes: bytes
) -> None:
    redacting(full_db, ERASED.capture)
    lines = [
        line.replace(was, becomes) if b'"erased":true' in line else line
        for line in exported(full_db)
    ]
    other = Path(shutil.copy(migrated_db, tmp_path / "other.db"))
    with pytest.raises(IntegrityError, match="is no longer what it left"):
        imported(other, lines)


@pytest.mark.parametrize("decided", [True, False])
def test_a_page_that_is_redacted_while_the_ledger_is_verified_was_not_altered(
    db: Place, monkeypatch: pytest.MonkeyPatch, decided: bool
) -> None:
    """By somebody who decided it; what is only emptied meanwhile is found."""
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(ERASED)
        ledger.append(KEPT)

    def meanwhile(place: Place) -> Erasures:
        known = Erasures(place)
        if decided:
            redacting(db, ERASED.capture)
        elif isinstance(db, Path):
            without_triggers(db, "UPDATE claim SET exact = '', section = '[]'")
        else:
            with psycopg.connect(db) as connection:
                connection.execute("ALTER TABLE claim DISABLE TRIGGER USER")
                connection.execute("UPDATE claim SET exact = '', section = '[]'")
        return known

    monkeypatch.setattr(stretch, "Erasures", meanwhile)
    if decided:
        assert verify_ledger(db).redacted == 9
    else:
        with pytest.raises(IntegrityError, match="is not what was recorded"):
            verify_ledger(db)
