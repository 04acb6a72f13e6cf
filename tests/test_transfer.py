"""Every entry as JSON Lines and back: the same head, or nothing."""

import io
import json
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from readings import a_link, a_reading, noon

from ledger import queries
from ledger.errors import ExtractError, IntegrityError, LedgerError, UsageError
from ledger.journal import GENESIS, digest_of, said
from ledger.model import ENTRY_TYPES
from ledger.proof import verify_ledger
from ledger.provenance import Losses, impact
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.transfer import Taken, take_in, write_out

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


def taken(lines: list[bytes], db: Place) -> Taken:
    with open_ledger(str(db), clock=noon) as ledger:
        return take_in(ledger, io.BytesIO(b"".join(lines)), "lines")


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


def answered(db: Place) -> list[object]:
    with Reader(db) as reader:
        return [
            queries.articles(reader),
            queries.claims(reader),
            queries.outlets(reader),
            queries.sources(reader),
            queries.gaps(reader),
            queries.counts(reader),
            impact(reader, Losses(outlets=("a.example",))),
        ]


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
    assert taken(exported(empty_db), tmp_path / "new.db").entries == 0


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
    with pytest.raises(UsageError, match="it is another ledger"):
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
    with pytest.raises(ExtractError, match="this is no ledger-export/1"):
        taken([head], tmp_path / "new.db")


def test_something_behind_the_end_is_refused(held: Path, tmp_path: Path) -> None:
    lines = exported(held)
    with pytest.raises(ExtractError, match="something follows the end"):
        taken([*lines, lines[1]], tmp_path / "new.db")
