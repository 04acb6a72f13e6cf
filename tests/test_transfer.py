"""Every entry as JSON Lines and back: the same head, or nothing."""

import io
import json
import tracemalloc
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from postgres_server import PostgresServer
from readings import a_link, a_reading, noon
from typer.testing import CliRunner

from ledger import bulk, queries, summaries
from ledger.commands import app
from ledger.entry import Entry
from ledger.errors import ExtractError, IntegrityError, LedgerError, UsageError
from ledger.journal import GENESIS, Link, content_digest, digest_of, said
from ledger.model import ENTRY_TYPES, Article, Citation, Claim, Source
from ledger.note import sign
from ledger.proof import verify_ledger
from ledger.provenance import Losses, impact
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.transfer import take_in, write_out

SHARED = b"<p>two addresses gave the same bytes</p>"


@pytest.fixture
def held(empty_db: Path) -> Path:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1, body=SHARED))
        ledger.append(a_reading(2, body=SHARED))
        ledger.append_entries(a_link(a_reading(1, body=SHARED)))
    return empty_db


def exported(db: Place) -> list[bytes]:
    file = io.BytesIO()
    write_out(db, file)
    return file.getvalue().splitlines(keepends=True)


def taken(lines: list[bytes], db: Place) -> tuple[int, int, str]:
    """What an import that erases nothing did: records before, records now, and the last digest."""
    with open_ledger(str(db), clock=noon) as ledger:
        done = take_in(ledger, io.BytesIO(b"".join(lines)), "lines")
    assert (done.erased, done.unknown) == ((), 0)
    return done[:3]


def test_a_ledger_moves_with_its_head(held: Path, tmp_path: Path) -> None:
    here = verify_ledger(held)
    lines = exported(held)
    done = taken(lines, tmp_path / "new.db")
    assert done == (0, here.entries, here.head)
    assert verify_ledger(tmp_path / "new.db") == here
    assert exported(tmp_path / "new.db") == lines


def test_a_ledger_moves_to_a_server_and_back(held: Path, empty_url: str, tmp_path: Path) -> None:
    here, lines = verify_ledger(held), exported(held)
    assert taken(lines, empty_url) == (0, here.entries, here.head)
    assert verify_ledger(empty_url) == here
    assert exported(empty_url) == lines
    taken(exported(empty_url), tmp_path / "back.db")
    assert verify_ledger(tmp_path / "back.db") == here
    answers = [answered(db) for db in (held, empty_url, tmp_path / "back.db")]
    assert answers[0] == answers[1] == answers[2]


def test_a_server_knows_what_it_holds_when_a_ledger_was_imported(
    held: Path, postgres: PostgresServer, tmp_path: Path
) -> None:
    """Until it counted, it takes large tables for small ones, and answers slowly."""
    (tmp_path / "moved.jsonl").write_bytes(b"".join(exported(held)))
    name = postgres.made()
    done = CliRunner().invoke(
        app, ["--db", postgres.url(name), "db", "import", str(tmp_path / "moved.jsonl")]
    )
    assert done.exit_code == 0
    with psycopg.connect(postgres.url(name)) as connection:
        counted = connection.execute("SELECT DISTINCT tablename FROM pg_stats").fetchall()
    postgres.drop(name)
    assert {"article", "claim", "citation", "journal", "claim_pattern"} <= {
        each for (each,) in counted
    }


def answered(db: Place) -> list[object]:
    with Reader(db) as reader:
        return [
            queries.articles(reader, queries.article_names(reader)),
            queries.claims(reader),
            queries.outlets(reader),
            queries.sources(reader),
            queries.gaps(reader),
            queries.counts(reader),
            impact(reader, Losses(outlets=("a.example",))),
        ]


def test_a_server_counts_while_a_ledger_is_imported_each_time_it_holds_twice_as_much(
    held: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not committed nobody else counts, and it looks up what it wrote for each chunk."""
    counted: list[tuple[int, float]] = []
    count_anew = bulk.count_anew

    def seen(connection: sa.Connection, *, words: bool) -> None:
        count_anew(connection, words=words)
        [(taken_for,)] = connection.exec_driver_sql(
            "SELECT reltuples FROM pg_class WHERE relname = 'journal'"
        )
        [(there,)] = connection.exec_driver_sql("SELECT COUNT(*) FROM journal")
        counted.append((there, taken_for))

    monkeypatch.setattr(bulk, "count_anew", seen)
    monkeypatch.setattr("ledger.store.replay.COUNTED_AT", 5)
    monkeypatch.setattr("ledger.transfer.take.CHUNK", 1)
    entries = taken(exported(held), empty_url)[1]
    assert entries > 20
    assert counted == [(at, at) for at in (5, 10, 20)]


def test_bytes_that_two_captures_share_are_written_once(held: Path) -> None:
    payloads = [line for line in map(json.loads, exported(held)) if "payload" in line]
    assert len(payloads) == 1


def test_an_export_is_told_of_and_ends_with_its_count(held: Path) -> None:
    lines = [json.loads(line) for line in exported(held)]
    verified = verify_ledger(held)
    assert lines[0] == {"format": "ledger-export/1"}
    assert lines[-1] == {"end": verified.entries, "head": verified.head, "payloads": 1}
    assert [line["seq"] for line in lines if "seq" in line] == [*range(1, verified.entries + 1)]


def test_an_empty_ledger_is_exported_too(empty_db: Path, tmp_path: Path) -> None:
    assert taken(exported(empty_db), tmp_path / "new.db")[1] == 0


def test_what_is_here_already_is_continued(held: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    taken(exported(held), new)
    before = verify_ledger(held)
    assert taken(exported(held), new) == (before.entries, before.entries, before.head)
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(3))
    after = verify_ledger(held)
    assert taken(exported(held), new) == (before.entries, after.entries, after.head)
    assert verify_ledger(new) == after


def test_an_older_export_of_the_same_ledger_changes_nothing(held: Path) -> None:
    lines = exported(held)
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(3))
    after = verify_ledger(held)
    assert taken(lines, held) == (after.entries, after.entries, after.head)
    assert verify_ledger(held) == after


@pytest.mark.parametrize("readings", [[3], [3, 4, 5]])
def test_another_ledger_is_refused(held: Path, tmp_path: Path, readings: list[int]) -> None:
    other = tmp_path / "other.db"
    with open_ledger(str(other), clock=noon) as ledger:
        for number in readings:
            ledger.append(a_reading(number))
    before = verify_ledger(other)
    with pytest.raises(UsageError, match="it comes from another ledger"):
        taken(exported(held), other)
    assert verify_ledger(other) == before


def of_kind(lines: list[bytes], kind: str) -> int:
    """Place of the last line that holds an entry of this kind."""
    return max(n for n, line in enumerate(lines) if json.loads(line).get("kind") == kind)


def changed(line: bytes, **values: object) -> bytes:
    return json.dumps({**json.loads(line), **values}).encode() + b"\n"


def test_every_single_line_is_missed(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    for number in range(len(lines)):
        with pytest.raises(LedgerError):
            taken(lines[:number] + lines[number + 1 :], tmp_path / "new.db")
    assert verify_ledger(tmp_path / "new.db").entries == 0


def test_a_missing_record_is_named(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    with pytest.raises(IntegrityError, match=r"journal entry \d+: it is missing") as raised:
        taken(lines[:7] + lines[8:], tmp_path / "new.db")
    assert raised.value.seq == json.loads(lines[7])["seq"]


def test_a_changed_record_is_named(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    at = of_kind(lines, "claim")
    content = json.loads(lines[at])["content"] | {"exact": "something else"}
    lines[at] = changed(lines[at], content=content)
    with pytest.raises(IntegrityError, match="is not what was recorded"):
        taken(lines, tmp_path / "new.db")
    assert verify_ledger(tmp_path / "new.db").entries == 0


def test_of_several_lines_that_are_wrong_the_first_is_named(held: Path, tmp_path: Path) -> None:
    """Digests are compared for many records at once, behind lines that were read meanwhile."""
    lines = exported(held)
    at = of_kind(lines, "claim")
    kind = json.loads(lines[at])["content"] | {"kind": "covered"}
    behind = [b"[]\n", changed(lines[at], content=kind), lines[at]]
    for wrong in behind:
        with pytest.raises(
            IntegrityError, match=rf"not what was recorded \(lines, line {at + 1}\)"
        ):
            taken([*lines[:at], changed(lines[at], content=kind), wrong], tmp_path / "new.db")


def test_changed_bytes_are_found(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    at = next(n for n, line in enumerate(lines) if b'"payload":' in line and b'"body":' in line)
    other = json.loads(exported_of_another(tmp_path)[at])["body"]
    lines[at] = changed(lines[at], body=other)
    with pytest.raises(IntegrityError, match="the bytes were changed"):
        taken(lines, tmp_path / "new.db")


def exported_of_another(folder: Path) -> list[bytes]:
    with open_ledger(str(folder / "another.db"), clock=noon) as ledger:
        ledger.append(a_reading(9))
    return exported(folder / "another.db")


@pytest.mark.parametrize(
    "line",
    [
        b"dear aunt\n",
        b"[]\n",
        b"\xff\n",
        b"[" * 100_000 + b"\n",
        b'{"seq": 1}\n',
        b'{"payload": "sha256:x", "body": "?"}\n',
        b'{"payload": ["x"], "body": ""}\n',
        b'{"seq":1,"entry_id":"x","kind":"letter","recorded_at":"","content_digest":"",'
        b'"previous":"","digest":"","content":{}}\n',
        b'{"seq":"1","entry_id":"x","kind":"claim","recorded_at":"","content_digest":"",'
        b'"previous":"","digest":"","content":{}}\n',
        b'{"seq":1,"entry_id":["x"],"kind":"claim","recorded_at":"","content_digest":"",'
        b'"previous":"","digest":"","content":{}}\n',
    ],
)
def test_a_line_that_is_none_is_named_by_its_number(
    held: Path, tmp_path: Path, line: bytes
) -> None:
    lines = exported(held)
    with pytest.raises(LedgerError) as raised:
        taken([lines[0], line, *lines[1:]], tmp_path / "new.db")
    assert "lines, line 2" in str(raised.value)
    assert verify_ledger(tmp_path / "new.db").entries == 0


def forged(lines: list[bytes], kind: str, /, **fields: object) -> list[bytes]:
    """An export that hangs together, with other values in the first entry of a kind."""
    found: list[bytes] = []
    previous, done = GENESIS, False
    for line in map(json.loads, lines):
        if "content" in line:
            if line["kind"] == kind and not done:
                line["content"] |= fields
                done = True
            names = ENTRY_TYPES[line["kind"]].model_fields
            whole = {name: line["content"].get(name) for name in names}
            line |= {"content_digest": digest_of(whole), "previous": previous}
            record = [line[n] for n in ("seq", "entry_id", "kind", "recorded_at", "content_digest")]
            previous = line["digest"] = sha256(said(previous, *record)).hexdigest()
        if "end" in line:
            line["head"] = previous
        found.append(json.dumps(line).encode() + b"\n")
    return found


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("article", {"title": 5}),
        ("article", {"references": "abc"}),
        ("article", {"findings": [{"code": 1}]}),
        ("article", {"blocks": [[0, "x"]]}),
        ("article", {"title": "\0"}),
        ("capture", {"size": 3}),
        ("capture", {"status": 10**12}),
        ("capture", {"captured_at": "yesterday"}),
        ("claim", {"section": [1, 2]}),
        ("claim", {"kind": "rumour"}),
        ("claim", {"start": True}),
        ("claim", {"start": 0.0}),
        ("citation", {"group": "0"}),
        ("outlet", {"name": None}),
        ("capture", {"captured_at": "0001-01-01T00:00:00+14:00"}),
        ("article", {"blocks": [[-5, 10**9, "paragraph", []]]}),
        ("article", {"blocks": [[10**30, 10**40, "paragraph", []]]}),
        ("article", {"blocks": [[4, 9, "paragraph", []], [3, 12, "paragraph", []]]}),
        ("claim", {"end": 2_000_000_000}),
        ("claim", {"end": 3}),
        ("citation", {"gap": "no-reference"}),
        ("citation", {"source_id": None}),
        ("outlet", {"id": "another"}),
        ("source", {"outlet": ""}),
        ("attribution", {"outlet": ""}),
    ],
)
def test_what_no_entry_has_is_refused_though_its_digests_hold(
    held: Path, tmp_path: Path, kind: str, fields: dict[str, object]
) -> None:
    lines = exported(held)
    taken(forged(lines, "none"), tmp_path / "same.db")
    with pytest.raises((ExtractError, IntegrityError)):
        taken(forged(lines, kind, **fields), tmp_path / "new.db")
    assert verify_ledger(tmp_path / "new.db").entries == 0


def test_nothing_is_carried_behind_the_bytes_of_a_page(held: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in exported(held)]
    page = next(line for line in lines if "payload" in line)
    page["body"] = b64encode(b64decode(page["body"]) + b"smuggled").decode()
    with pytest.raises(IntegrityError, match="the bytes were changed"):
        taken([json.dumps(line).encode() + b"\n" for line in lines], tmp_path / "new.db")


def test_bytes_come_only_before_a_capture_that_has_them(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    page = next(n for n, line in enumerate(lines) if b'"payload":' in line and b'"body":' in line)
    for at in (page, page + 2, len(lines) - 1):  # a second one, behind the capture, at the end
        with pytest.raises(ExtractError, match="bytes of a page"):
            taken([*lines[:at], lines[page], *lines[at:]], tmp_path / "new.db")
        assert verify_ledger(tmp_path / "new.db").entries == 0


@pytest.mark.parametrize("head", [b"", b'{"format": "ledger-export/2"}\n', b"{}\n"])
def test_what_is_no_export_is_refused(head: bytes, tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="this is not a ledger-export/1"):
        taken([head], tmp_path / "new.db")


def test_something_behind_the_end_is_refused(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    with pytest.raises(ExtractError, match="something follows the end"):
        taken([*lines, lines[1]], tmp_path / "new.db")


def with_entries(lines: list[bytes], *entries: Entry) -> list[bytes]:
    """An export that hangs together, with further entries at its end."""
    *before, last = map(json.loads, lines)
    seq, previous = last["end"], last["head"]
    for entry in entries:
        seq += 1
        record = (seq, entry.id, entry.kind_of_entry, "2025-05-23T12:00:00Z", content_digest(entry))
        digest = sha256(said(previous, *record)).hexdigest()
        known = {name: value for name, value in entry.content().items() if value is not None}
        link = Link(*record, previous, digest)
        before.append({**link._asdict(), "content": known})
        previous = digest
    lines = [json.dumps(line).encode() + b"\n" for line in before]
    return [*lines, changed(json.dumps(last).encode(), end=seq, head=previous)]


def article_after(article: Article, extractor: str) -> Article:
    fields = {**article.model_dump(exclude={"id"}), "revises": article.id, "extractor": extractor}
    return Article.make(**fields)


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger is to be made, in either database."""
    if request.param == "sqlite":
        return tmp_path / "new.db"
    found: Place = request.getfixturevalue("empty_url")
    return found


def test_a_line_that_the_tables_do_not_take_is_named_and_what_is_wrong_with_it(
    held: Path, new: Place
) -> None:
    reading = a_reading(1, body=SHARED)
    assert reading.article is not None
    one, other = (article_after(reading.article, name) for name in ("test/2", "test/3"))
    stray = Source.make(url="https://nowhere.example/")
    (claim, *_) = reading.claims
    unnamed = Citation.make(
        claim_id=claim.id, group=9, marker="9", raw="", at=0, url="u", source_id=stray.id
    )
    lines = exported(held)
    again, end = len(lines), len(lines) + 1
    for entries, line, what in (
        ((reading.outlets[0],), again, "this entry was recorded before"),
        ((stray, stray), end, "this entry was recorded before"),
        ((one, other), end, "article: its id is taken, or what it revises is revised already"),
        ((unnamed,), again, "citation: it names an entry that is not recorded"),
        (
            (Claim.make(**claim.model_dump(exclude={"id", "article_id"}), article_id=one.id),),
            again,
            "the article of this claim does not come before it",
        ),
    ):
        with pytest.raises(ExtractError) as refused:
            taken(with_entries(lines, *entries), new)
        assert str(refused.value).startswith(f"lines, line {line}: {what}. Nothing was recorded.")
        assert verify_ledger(new).entries == 0
    taken(with_entries(lines, one), new)
    assert verify_ledger(new).entries == verify_ledger(held).entries + 1


def test_a_capture_whose_bytes_do_not_come_is_named(held: Path, new: Place) -> None:
    lines = exported(held)
    page = next(n for n, line in enumerate(lines) if b'"payload":' in line and b'"body":' in line)
    with pytest.raises(
        ExtractError, match="the line with the bytes of this capture is missing"
    ) as refused:
        taken(lines[:page] + lines[page + 1 :], new)
    assert f"lines, line {page + 1}: " in str(refused.value)
    assert verify_ledger(new).entries == 0


@pytest.mark.parametrize(
    "at",
    ["yesterday", "2026-01-01T00:00:00", "9999", "2026-02-30T00:00:00Z", "2026-01-01Z"],
)
def test_a_time_of_recording_is_one(held: Path, tmp_path: Path, at: str) -> None:
    lines = [json.loads(line) for line in forged(exported(held), "none")]
    lines[1]["recorded_at"] = at
    lines = [json.loads(line) for line in relinked(lines)]
    with pytest.raises(ExtractError, match="lines, line 2: it is no record of a ledger"):
        taken([json.dumps(line).encode() + b"\n" for line in lines], tmp_path / "new.db")


def relinked(lines: list[dict[str, Any]]) -> list[bytes]:
    """An export whose links were computed anew."""
    previous = GENESIS
    for line in lines:
        if "content" in line:
            line["previous"] = previous
            names = ("seq", "entry_id", "kind", "recorded_at", "content_digest")
            record = [line[name] for name in names]
            previous = line["digest"] = sha256(said(previous, *record)).hexdigest()
    lines[-1]["head"] = previous
    return [json.dumps(line).encode() + b"\n" for line in lines]


@pytest.mark.parametrize("wrong", [{"head": "0" * 64}, {"payloads": 77}, {"head": None}])
def test_the_end_says_what_came_before_it(
    held: Path, tmp_path: Path, wrong: dict[str, object]
) -> None:
    lines = exported(held)
    lines[-1] = changed(lines[-1], **wrong)
    with pytest.raises(ExtractError, match="what it says of its last record, or of its pages"):
        taken(lines, tmp_path / "new.db")
    assert verify_ledger(tmp_path / "new.db").entries == 0


@pytest.mark.no_cover
def test_a_line_takes_no_more_memory_than_a_page_would(tmp_path: Path) -> None:
    line = b'{"a":[' + b"[]," * 3_000_000 + b"[]]}\n"
    tracemalloc.start()
    try:
        with pytest.raises(ExtractError, match="line 2: it has more values than any page"):
            taken([b'{"format": "ledger-export/1"}\n', line], tmp_path / "new.db")
        assert tracemalloc.get_traced_memory()[1] < 8 * len(line)
    finally:
        tracemalloc.stop()


def test_a_text_may_have_any_number_of_commas(empty_db: Path, tmp_path: Path) -> None:
    text = '1,[{\\"' * 300_000
    reading = a_reading(1)
    assert reading.article is not None
    fields = {**reading.article.model_dump(exclude={"id"}), "text": text, "blocks": ()}
    article = Article.make(**fields)
    bare = {"article": article, "claims": (), "citations": (), "attributions": ()}
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(reading.model_copy(update=bare))
    assert taken(exported(empty_db), tmp_path / "new.db")[1] == verify_ledger(empty_db).entries


def test_redactions_take_no_more_memory_than_their_notes_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.transfer.redactions.NOTES", 10_000)
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    lines = [b'{"format": "ledger-export/1"}\n']
    for number in range(40):
        row = {"redaction": f"sha256:{number:064x}", "judgement_id": f"{number:064x}"}
        text = f"name\nredaction/1\n{row['judgement_id']}\n{row['redaction']}\n"
        lines.append(json.dumps({**row, "note": sign(text, "name", key)}).encode() + b"\n")
    with pytest.raises(ExtractError, match="there are more redactions than can be taken in"):
        taken(lines, tmp_path / "new.db")


def test_a_page_that_unfolds_without_end_is_not_read_to_its_end(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.transfer.pages.PAGE", 30)
    with pytest.raises(ExtractError, match="its page has more than 30 bytes"):
        taken(exported(held), tmp_path / "new.db")


def test_what_follows_is_derived_once_of_each_article_however_many_parts_it_comes_in(
    held: Path, new: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claims of a large page come in many parts, and each would be looked at with each."""
    followed: list[str] = []
    follow = summaries.follow

    def seen(connection: sa.Connection, articles: list[str]) -> None:
        followed.extend(articles)
        follow(connection, articles)

    monkeypatch.setattr(summaries, "follow", seen)
    monkeypatch.setattr("ledger.transfer.take.CHUNK", 1)
    taken(exported(held), new)
    assert len(followed) == len(set(followed)) == 2
    with Reader(new) as reader:
        assert list(summaries.differences(reader)) == []


def test_long_lines_are_written_before_there_are_many(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.transfer.take.CHUNK_BYTES", 1)
    told: list[int] = []
    with open_ledger(str(tmp_path / "new.db"), clock=noon) as ledger:
        take_in(ledger, io.BytesIO(b"".join(exported(held))), "lines", told.append)
    assert told == [*range(1, verify_ledger(held).entries + 1)]
    assert verify_ledger(tmp_path / "new.db") == verify_ledger(held)


def test_an_import_tells_how_far_it_is_with_what_follows(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.replay.ARTICLES", 1)
    told: list[tuple[int, int]] = []
    with open_ledger(str(tmp_path / "new.db"), clock=noon) as ledger:
        take_in(
            ledger,
            io.BytesIO(b"".join(exported(held))),
            "lines",
            follows=lambda done, of: told.append((done, of)),
        )
    assert told == [(0, 2), (1, 2)]
