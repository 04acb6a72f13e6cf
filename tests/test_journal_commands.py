"""`ledger journal`: what each verb says and leaves, with good input and with every bad one."""

import json
import os
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from readings import NOON, a_link, a_reading, noon
from tampering import keep_first, read, recompute, write
from typer.testing import CliRunner

from ledger.commands import app
from ledger.note import verifier_key
from ledger.pinned import pins
from ledger.reader import Reader
from ledger.schema import HEAD, Place
from ledger.store import open_ledger

CLAIM = a_reading(1).claims[0]
CAPTURE = a_reading(1).capture


class Desk:
    """Somebody with a ledger and a settings folder of their own."""

    def __init__(self, db: Place, folder: Path) -> None:
        self.db = db
        self.config = folder / "config"

    def run(self, *args: str, status: int = 0, **more: Any) -> str:
        """A verb of the journal. Returns what was printed, errors too."""
        return self.do("journal", *args, status=status, **more)

    def do(self, *args: str, status: int = 0, **more: Any) -> str:
        """Any command. Returns what was printed, errors too."""
        env = {"LEDGER_DB": str(self.db), "LEDGER_CONFIG": str(self.config), "COLUMNS": "200"}
        done = CliRunner().invoke(app, list(args), env=env, **more)
        assert done.exit_code == status, (done.output, done.exception)
        return done.output

    def json(self, *args: str) -> Any:
        (item,) = json.loads(self.run(*args, "--json"))["items"]
        return item

    def append(self, *numbers: int, clock: Callable[[], datetime] = noon) -> None:
        with open_ledger(str(self.db), clock=clock) as ledger:
            for number in numbers:
                ledger.append(a_reading(number))


PROC = pytest.mark.skipif(not Path("/proc").exists(), reason="no folder takes no file from root")


def later() -> datetime:
    """Another time than noon: the first record of a ledger of then is another one."""
    return NOON + timedelta(seconds=1)


@pytest.fixture(scope="module")
def two_articles(migrated_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of two articles; never to be written."""
    folder = tmp_path_factory.mktemp("two")
    made = Desk(Path(shutil.copy(migrated_db, folder / "ledger.db")), folder)
    made.append(0, 1)
    return Path(str(made.db))


@pytest.fixture
def desk(two_articles: Path, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copy(two_articles, tmp_path / "ledger.db")), tmp_path)


@pytest.fixture
def point(desk: Desk, tmp_path: Path) -> Path:
    """A checkpoint of the ledger as it is."""
    desk.run("checkpoint", "-o", str(tmp_path / "point.txt"))
    return tmp_path / "point.txt"


def test_a_checkpoint_is_signed_with_a_key_that_only_its_owner_may_read(
    desk: Desk, point: Path
) -> None:
    origin, size, *_ = point.read_text().split("\n")
    item = desk.json("verify", "--checkpoint", str(point))
    assert (origin, size) == (item["origin"], "25")
    assert origin.startswith("claim-ledger/")
    key = desk.config / "signing-key.pem"
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert origin.encode() not in Path(desk.db).read_bytes()
    before = key.read_bytes()
    desk.run("checkpoint")
    assert key.read_bytes() == before


def test_a_checkpoint_goes_to_stdout_as_it_would_go_to_a_file(desk: Desk, point: Path) -> None:
    assert desk.run("checkpoint").startswith(point.read_text())


def test_an_audit_a_checkpoint_and_a_proof_of_one_state_show_one_root(
    desk: Desk, tmp_path: Path
) -> None:
    (audit,) = json.loads(desk.do("audit", "https://a.example/1", "--json"))["items"]
    root = f"{audit['journal']['root']}\n"
    assert f"root {root}" in desk.run("checkpoint", "-o", str(tmp_path / "now.txt"))
    proof = str(tmp_path / "claim.json")
    desk.run("prove", CLAIM.id, "-o", proof)
    assert f"as audits have it: {root}" in desk.run("check-proof", proof, "--format", "table")


@pytest.mark.parametrize("verb", [("checkpoint",), ("prove", CLAIM.id)])
def test_what_could_not_be_written_is_not_remembered(
    desk: Desk, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    """Nobody has it, so nothing can be compared with it elsewhere."""
    output = str(tmp_path / "none" / "file")
    assert "there is no such folder" in desk.run(*verb, "-o", output, status=2)
    assert desk.json("verify")["checkpoint"] is None
    desk.run(*verb)
    assert desk.json("verify")["checkpoint"] == 25


@pytest.mark.parametrize("verb", [("checkpoint",), ("prove", CLAIM.id)])
def test_a_file_that_is_there_is_refused_before_everything_is_verified(
    desk: Desk, tmp_path: Path, verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def verifying(*_args: Any, **_options: Any) -> None:
        raise AssertionError("it was verified")

    monkeypatch.setattr("ledger.proof.verify_ledger", verifying)
    (tmp_path / "there").write_text("dear aunt")
    for file, said in (("there", "it exists"), ("none/file", "no such folder")):
        assert said in desk.run(*verb, "-o", str(tmp_path / file), status=2)
    assert (tmp_path / "there").read_text() == "dear aunt"


@pytest.mark.parametrize(
    "sent",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.removesuffix(b"\n"),
        lambda data: data.replace(b"\n", b"\r\n").removesuffix(b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data + b"\n\n",
    ],
)
def test_a_checkpoint_that_came_by_mail_is_the_same(
    desk: Desk, point: Path, sent: Callable[[bytes], bytes]
) -> None:
    point.write_bytes(sent(point.read_bytes()))
    assert desk.json("verify", "--checkpoint", str(point))["checkpoint"] == 25


def test_a_ledger_that_grew_holds_since_its_checkpoint(desk: Desk, point: Path) -> None:
    desk.append(2, 3)
    item = desk.json("verify", "--checkpoint", str(point))
    assert (item["entries"], item["checkpoint"]) == (49, 25)
    assert "Nothing was altered since the checkpoint" in desk.run(
        "verify", "--checkpoint", str(point), "--format", "table"
    )


def test_what_is_no_checkpoint_is_called_so_before_a_key_is_asked_for(
    desk: Desk, tmp_path: Path
) -> None:
    text = tmp_path / "answer.txt"
    colleague = Desk(shutil.copy(desk.db, tmp_path / "copy.db"), tmp_path / "elsewhere")
    for words in ("It fell [1].\n", "It fell [1].\n\n\u2014 The Wire aGVyZQ==\n"):
        text.write_text(words, encoding="utf-8")
        said = colleague.run("verify", "--checkpoint", str(text), status=3)
        assert said.startswith(f"ledger: {text}: this is not a checkpoint of a ledger")


def test_a_checkpoint_of_another_ledger_of_ones_own_says_of_which(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    origin = point.read_text(encoding="utf-8").partition("\n")[0]
    other = Desk(tmp_path / "other.db", desk.config.parent)
    text = tmp_path / "other.md"
    text.write_text("It rained.\n", encoding="utf-8")
    other.do("ingest", str(text))
    said = other.run("verify", "--checkpoint", str(point), status=4)
    assert f"{point}: this is a checkpoint of the ledger {origin}, which was at " in said
    assert "Name that one with --db" in said


def test_a_colleague_verifies_with_the_key(desk: Desk, point: Path, tmp_path: Path) -> None:
    key = desk.run("key").strip()
    colleague = Desk(shutil.copy(desk.db, tmp_path / "copy.db"), tmp_path / "elsewhere")
    item = colleague.json("verify", "--checkpoint", str(point), "--key", key)
    assert item["checkpoint"] == 25
    assert "there is no key here" in colleague.run("verify", "--checkpoint", str(point), status=2)
    assert not colleague.config.exists()


def forge(desk: Desk, kept: int | None = None) -> None:
    """Cut the ledger short, or write another word into it, with all hashes recomputed."""
    rows = read(Path(desk.db))
    if kept is not None:
        keep_first(rows, kept)
    else:
        rows["article"][0]["title"] = "Another title"
    recompute(rows)
    write(Path(desk.db), rows)


@pytest.mark.parametrize("kept", [20, None])
@pytest.mark.parametrize("given", [True, False])
def test_what_was_recomputed_is_found_by_a_checkpoint_given_or_pinned(
    desk: Desk, point: Path, kept: int | None, given: bool
) -> None:
    forge(desk, kept)
    before = Path(desk.db).read_bytes()
    said = desk.run("verify", *(["--checkpoint", str(point)] if given else []), status=4)
    assert said.startswith(f"ledger: {point if given else 'your last checkpoint'}: ")
    assert ("the end was cut off" if kept else "rewritten, or this is not the ledger") in said
    assert ("the checkpoint" if kept else "rewritten") in desk.run("checkpoint", status=4)
    assert Path(desk.db).read_bytes() == before


@pytest.mark.parametrize("table", ["redaction", "payload", "journal", "claim"])
def test_a_missing_table_is_found_and_named_before_it_is_asked(desk: Desk, table: str) -> None:
    change(desk, *dropped(desk, table))
    for verb in ("verify", "checkpoint"):
        assert f"ledger: the table {table} is missing." in desk.run(verb, status=4)


@pytest.mark.parametrize("verb", ["verify", "checkpoint"])
def test_a_ledger_of_a_newer_program_is_refused_whatever_tables_it_has(
    desk: Desk, verb: str
) -> None:
    change(desk, *dropped(desk, "redaction"), "UPDATE alembic_version SET version_num = '9999'")
    assert f"its schema is 9999, newer than {HEAD}, the newest" in desk.run(verb, status=5)


def dropped(desk: Desk, table: str) -> list[str]:
    """What drops a table, and the views and triggers that stand in the way."""
    with closing(sqlite3.connect(desk.db)) as connection:
        rules = connection.execute(
            "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).fetchall()
    return [*(f"DROP {kind} {name}" for kind, name in rules), f"DROP TABLE {table}"]


def change(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.db)) as connection:
        connection.executescript(
            f"PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; {';'.join(statements)}"
        )


def test_a_checkpoint_from_the_future_is_none_of_this_copy(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    early = Path(shutil.copy(desk.db, tmp_path / "early.db"))
    desk.append(2)
    desk.run("checkpoint", "-o", str(point), "--force")
    key = desk.run("key").strip()
    said = Desk(early, tmp_path / "elsewhere").run(
        "verify", "--checkpoint", str(point), "--key", key, status=4
    )
    assert "it covers 37 entries and the ledger has 25" in said


def test_a_checkpoint_of_another_ledger_names_both(point: Path, tmp_path: Path) -> None:
    other = Desk(tmp_path / "other.db", tmp_path)
    other.append(7, clock=later)
    mine = other.run("key").strip().partition("+")[0]
    other.run("checkpoint", "--origin", "desk.example/two")
    said = other.run("verify", "--checkpoint", str(point), status=4)
    assert mine.startswith("claim-ledger/")
    assert f"{point}: this is a checkpoint of the ledger claim-ledger/" in said
    assert "not of desk.example/two" in said


@pytest.mark.parametrize(
    ("forged", "status", "words"),
    [
        (lambda text: text.replace("\n25\n", "\n24\n"), 4, "its signature is wrong"),
        (lambda text: text.replace("— claim", "— other"), 4, "not signed by"),
        (lambda text: text[:40], 3, "no signed note"),
        (lambda _: "", 3, "no signed note"),
        (lambda _: "words\n\n— claim AAAAAAAAAAAA\n", 3, "not a checkpoint"),
        (lambda _: "\x00\x1b[31m\n\n", 3, "no signed note"),
    ],
)
def test_a_forged_or_damaged_checkpoint_is_refused(
    desk: Desk, point: Path, forged: Any, status: int, words: str
) -> None:
    point.write_text(forged(point.read_text()))
    said = desk.run("verify", "--checkpoint", str(point), status=status)
    assert said.startswith(f"ledger: {point}: ")
    assert words in said


def test_a_file_that_is_no_text_or_not_there_is_no_checkpoint(desk: Desk, tmp_path: Path) -> None:
    desk.run("checkpoint")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    said = desk.run("verify", "--checkpoint", str(tmp_path / "bytes"), status=3)
    assert "this is not a checkpoint" in said
    assert "Give the file that ledger journal checkpoint wrote" in said
    said = desk.run("verify", "--checkpoint", str(tmp_path / "none"), status=3)
    assert "no such file" in said


def test_another_ledger_in_the_place_of_a_pinned_one_is_noticed(desk: Desk, point: Path) -> None:
    assert point.exists()
    Path(desk.db).unlink()
    desk.append(7, clock=later)
    for verb in (["verify"], ["checkpoint"], ["prove", a_reading(7).claims[0].id], ["key"]):
        said = desk.run(*verb, status=4)
        assert "was here, with 25 records in its last checkpoint" in said
        assert "begins with another record" in said
    desk.run("checkpoint", "--origin", "desk.example/new")
    assert desk.json("verify")["origin"] == "desk.example/new"


@pytest.fixture
def behind(desk: Desk, tmp_path: Path) -> Path:
    """A backup that lacks the last twelve of the 37 entries that were signed."""
    copy = tmp_path / "early.db"
    desk.do("db", "backup", "-o", str(copy))
    desk.append(2)
    desk.run("checkpoint", "--origin", "desk.example/one", "-o", str(tmp_path / "point.txt"))
    return copy


def test_a_backup_that_lacks_what_was_signed_is_put_back_only_knowingly(
    desk: Desk, behind: Path
) -> None:
    said = "your last checkpoint covers 37 entries, but this backup has only 25 of them"
    refused = desk.do("db", "restore", str(behind), "--force", status=2)
    assert refused.startswith(f"ledger: {behind}: {said}. ")
    assert "give --despite-checkpoint" in refused
    assert desk.json("verify")["entries"] == 37
    done = desk.do("db", "restore", str(behind), "--force", "--despite-checkpoint", "--json")
    (item,) = json.loads(done)["items"]
    assert (item["entries"], item["missing"]) == (25, said)
    assert "ledger journal checkpoint --anew" in json.loads(done)["warnings"][0]
    for verb in (["verify"], ["checkpoint"], ["prove", CLAIM.id]):
        assert "covers 37 entries and the ledger has 25" in desk.run(*verb, status=4)
    assert "ledger journal checkpoint --anew" in desk.run("verify", status=4)


def test_a_backup_that_was_written_anew_is_put_back_only_knowingly(
    behind: Path, tmp_path: Path
) -> None:
    other = Desk(behind, tmp_path)
    other.append(5, 6)
    said = other.do("db", "restore", str(behind), "--force", status=2)
    assert "its first 37 entries are not those of your last checkpoint" in said


def test_what_is_left_is_signed_for_under_another_name(
    desk: Desk, behind: Path, tmp_path: Path
) -> None:
    before = pins(desk.config)
    desk.do("db", "restore", str(behind), "--force", "--despite-checkpoint")
    said = desk.run("checkpoint", "--anew", "-o", str(tmp_path / "anew.txt"))
    assert "part of what was signed as desk.example/one is gone" in said
    assert (tmp_path / "anew.txt").read_text().startswith("desk.example/one/2\n25\n")
    assert desk.json("verify", "--checkpoint", str(tmp_path / "anew.txt"))["checkpoint"] == 25
    assert desk.run("key").startswith("desk.example/one/2+")
    # What was signed before stays pinned, and true.
    kept = pins(desk.config)
    assert kept[:-1] == before
    assert (kept[-1].size, kept[-1].after) == (25, "desk.example/one")
    desk.append(3)
    assert desk.run("prove", CLAIM.id).count("desk.example/one/2") > 0
    assert desk.json("verify")["checkpoint"] == 37
    forge(desk, 30)
    assert "covers 37 entries and the ledger has 30" in desk.run("verify", status=4)
    desk.run("checkpoint", "--anew")
    assert [pin.origin for pin in pins(desk.config)] == [
        f"desk.example/one{number}" for number in ("", "/2", "/3")
    ]


def test_a_name_that_was_signed_for_is_not_taken_again(desk: Desk, behind: Path) -> None:
    desk.do("db", "restore", str(behind), "--force", "--despite-checkpoint")
    origin = ("--origin", "desk.example/one")
    assert "has been signed for already" in desk.run("checkpoint", "--anew", *origin, status=2)
    desk.run("checkpoint", "--anew", "--origin", "desk.example/two")
    assert desk.json("verify")["origin"] == "desk.example/two"
    assert "this ledger is desk.example/two" in desk.run("checkpoint", *origin, status=2)


def test_a_ledger_that_has_all_that_was_signed_is_not_signed_for_anew(desk: Desk) -> None:
    assert "nothing in this ledger has been signed yet" in desk.run(
        "checkpoint", "--anew", status=2
    )
    desk.run("checkpoint")
    desk.append(2)
    said = desk.run("checkpoint", "--anew", status=2)
    assert "the ledger has everything your last checkpoint covers" in said
    assert len(pins(desk.config)) == 1


def test_a_ledger_that_moved_keeps_its_name(desk: Desk, point: Path, tmp_path: Path) -> None:
    moved = Desk(shutil.move(desk.db, tmp_path / "moved.db"), tmp_path)
    assert moved.json("verify", "--checkpoint", str(point))["checkpoint"] == 25
    assert moved.run("checkpoint").splitlines()[0] == point.read_text().splitlines()[0]


def test_a_ledger_has_one_name_and_no_two_have_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.run("checkpoint", "--origin", "desk.example/one")
    assert "this ledger is desk.example/one" in desk.run(
        "checkpoint", "--origin", "desk.example/two", status=2
    )
    other = Desk(tmp_path / "other.db", tmp_path)
    other.append(7, clock=later)
    assert "is another ledger" in other.run("checkpoint", "--origin", "desk.example/one", status=2)
    assert "a ledger cannot have this name" in other.run("checkpoint", "--origin", "a b", status=2)
    assert "a ledger cannot have this name" in other.run("checkpoint", "--origin", "a+b", status=2)


def test_nothing_is_signed_of_an_empty_ledger(empty_db: Path, tmp_path: Path) -> None:
    desk = Desk(empty_db, tmp_path)
    assert "nothing is recorded yet" in desk.run("checkpoint", status=1)
    assert not desk.config.exists()
    assert "there is no ledger here" in Desk(tmp_path / "no.db", tmp_path).run("verify", status=5)


def test_nothing_is_signed_of_a_ledger_that_does_not_hold(desk: Desk) -> None:
    rows = read(Path(desk.db))
    rows["article"][0]["title"] = "Another title"
    write(Path(desk.db), rows)
    said = desk.run("checkpoint", status=4)
    assert "is not what was recorded. There may be more: what was recorded after it" in said
    assert not desk.config.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_a_key_that_others_may_read_signs_nothing(desk: Desk, point: Path) -> None:
    (desk.config / "signing-key.pem").chmod(0o644)
    assert "others can read this key" in desk.run("checkpoint", status=2)
    assert point.exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("signing-key.pem", "this is not a"), ("ledgers.json", "the stored record")],
)
def test_a_damaged_settings_folder_is_said(desk: Desk, point: Path, name: str, words: str) -> None:
    (desk.config / name).write_text("words")
    assert words in desk.run("checkpoint", status=2)
    assert point.exists()


@pytest.mark.parametrize(
    ("folder", "file"),
    [("taken", "ledgers.json"), pytest.param("/proc", "signing-key.pem", marks=PROC)],
)
def test_a_settings_folder_that_cannot_be_used_says_what_names_another(
    desk: Desk, tmp_path: Path, folder: str, file: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    said = Desk(desk.db, tmp_path / folder).run("checkpoint", status=2)
    assert f"/config/{file}: " in said
    assert "LEDGER_CONFIG" in said


def test_a_proof_is_checked_without_the_ledger(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    desk.run("prove", CLAIM.id[:12], "-o", str(file))
    stranger = Desk(tmp_path / "no.db", tmp_path / "elsewhere")
    key = desk.run("key").strip()
    somebody = str(verifier_key("other.example/ledger", Ed25519PrivateKey.generate()))
    item = stranger.json("check-proof", str(file), "--key", somebody, "--key", key)
    assert (item["claim"], item["exact"], item["entries"]) == (CLAIM.id, CLAIM.exact, 25)
    assert [each["gap"] for each in item["citations"]] == [None, "no-reference"]
    assert item["url"] == "https://a.example/1"
    assert "there is no key here" in stranger.run("check-proof", str(file), status=2)
    assert not Path(stranger.db).exists()
    shown = desk.run("check-proof", str(file), "--format", "table")
    assert "Proven: this was recorded in the ledger" in shown
    assert "no-reference" in shown


def test_a_proof_says_what_a_person_linked(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    with open_ledger(str(desk.db), clock=noon) as ledger:
        ledger.append_entries(a_link(a_reading(1), "in the printed edition"))
    desk.run("prove", CLAIM.id, "-o", str(file))

    cited = desk.json("check-proof", str(file))["citations"]
    keys = ("marker", "linked_by", "linked_at", "linked_because")
    assert [tuple(each[key] for key in keys) for each in cited] == [
        ("1", None, None, None),
        ("2", "editor", "2025-05-23T12:00:00Z", "in the printed edition"),
    ]
    said = (
        f"[2] was linked to {cited[1]['url']} by editor on 2025-05-23; the article does not "
        "say so: in the printed edition\n"
    )
    for form in ("table", "tsv"):
        shown = desk.run("check-proof", str(file), "--format", form)
        assert (said in shown, shown.count("was linked")) == (True, 1)
    assert "\tlinked_by\tlinked_because\n" in shown
    assert "\teditor\tin the printed edition\n" in shown


def test_a_proof_is_made_of_the_last_checkpoint_while_nothing_is_added(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    first = desk.run("prove", CLAIM.id)
    assert json.loads(first.splitlines()[0])["checkpoint"] == point.read_text()
    desk.append(2)
    assert desk.run("prove", CLAIM.id) != first
    assert desk.json("verify")["checkpoint"] == 37
    assert tmp_path.exists()


def test_a_proof_is_not_made_with_a_key_that_is_none(desk: Desk, point: Path) -> None:
    """Nor where there is nothing new that somebody else may have redacted."""
    assert "not a key" in desk.run("prove", CLAIM.id, "--key", "no key", status=2)
    assert point.exists()


def test_a_proof_that_is_none_is_refused(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    desk.run("prove", CLAIM.id, "-o", str(file))
    whole = file.read_text()
    file.write_text(whole.replace("they said", "we said"))
    said = desk.run("check-proof", str(file), status=4)
    assert said.startswith(f"ledger: {file}: this proof was altered: its article of record")
    file.write_text(json.dumps(json.loads(whole), indent=1))
    assert "this proof was altered: it is not written" in desk.run(
        "check-proof", str(file), status=4
    )
    file.write_text("words")
    said = desk.run("check-proof", str(file), status=3)
    assert "not a proof of a claim. Give the file that ledger journal prove wrote" in said
    assert "no such file" in desk.run("check-proof", str(tmp_path / "none"), status=3)


def test_a_claim_is_proven_whatever_a_person_said_of_its_outlets(
    desk: Desk, tmp_path: Path
) -> None:
    """What a person said has a `because`, which is a part of its id."""
    facts, ratings = tmp_path / "facts.csv", tmp_path / "ratings.csv"
    facts.write_text("key,name,owner,since\na.example,The A,A Group,2019-05\n")
    ratings.write_text("outlet,value\na.example,mixed\n")
    told = [
        ["outlets", "add", "a.example", "--owner", "Another Group", "--reason", "masthead"],
        ["outlets", "import", str(facts), "--reason", "our list"],
        ["outlets", "import", str(ratings), "--rating", "desk", "--reason", "our ratings"],
        ["outlets", "add", "b.example", "--owner", "B Group", "--reason", "masthead"],
        ["outlets", "merge", "a.example", "b.example", "--reason", "renamed"],
        ["withdraw", "a.example", "--date", "2024-01-01", "--reason", "made up"],
    ]
    for args in told:
        desk.do(*args)
        desk.run("prove", CLAIM.id, "-o", str(tmp_path / "proof.json"), "--force")
        assert desk.json("check-proof", str(tmp_path / "proof.json"))["claim"] == CLAIM.id


def test_a_file_that_is_there_is_not_replaced_unless_told(desk: Desk, point: Path) -> None:
    before = point.read_text()
    desk.append(2)
    assert "it exists" in desk.run("checkpoint", "-o", str(point), status=2)
    assert "it exists" in desk.run("prove", CLAIM.id, "-o", str(point), status=2)
    assert point.read_text() == before


def test_a_page_is_redacted_and_everything_still_holds(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    file = tmp_path / "proof.json"
    desk.run("prove", CLAIM.id, "-o", str(file))
    item = desk.json("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    assert (item["capture"], item["claim"]) == (CAPTURE.id, 2)
    assert CLAIM.exact.encode() not in Path(desk.db).read_bytes()
    found = desk.json("verify", "--checkpoint", str(point))
    assert (found["entries"], found["redacted"], found["unsaid"]) == (26, 9, 0)
    said = desk.run("verify", "--format", "table")
    assert (
        "9 of them were redacted: their digests hold, and what is left of them is unchanged" in said
    )
    assert "not verified" not in said
    assert desk.json("check-proof", str(file))["exact"] == CLAIM.exact
    assert "redacted" in desk.run("prove", CLAIM.id, status=2)
    again = desk.run("redact", CAPTURE.id[:12], "--reason", "again", "--yes")
    assert "redacted before: nothing was recorded, and the database file was rewritten" in again


def test_headings_that_lose_their_words_are_counted_as_such(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A bridge closes\n\nNobody was hurt. [1]\n\n[1]: https://b.example/1\n")
    desk.do("ingest", str(page))
    said = desk.run("redact", str(page), "--reason", "x", "--yes", "--format", "table")
    assert "and the words of 1 article, 2 claims and headings, " in said


def test_whoever_redacted_is_told_so_whatever_the_ledger_is_called(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    assert "not signed by you" not in desk.run("verify", "--format", "table")
    desk.run("checkpoint", "--origin", "desk.example/ledger", "-o", str(tmp_path / "point.txt"))
    assert "not signed by you" not in desk.run("verify", "--format", "table")
    other = Desk(desk.db, tmp_path / "other")
    assert "1 redaction not signed by you" in other.run("verify", "--format", "table")
    other.run("checkpoint", "-o", str(tmp_path / "other.txt"))
    assert "1 redaction not signed by you" in other.run("verify", "--format", "table")


def test_a_redaction_after_the_checkpoint_is_believed_of_those_whose_key_is_known(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    other = Desk(desk.db, tmp_path / "other")
    other.run("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    key = other.run("key").strip()
    for verb in (["verify", "--checkpoint", str(point)], ["verify"], ["checkpoint"]):
        said = desk.run(*verb, status=4)
        assert said.startswith("ledger: the redaction of the bytes sha256:")
        assert "it was recorded after the checkpoint" in said
        assert "Nothing was altered" not in said
        assert "nothing was changed" not in said
    said = desk.run("verify", "--checkpoint", str(point), "--key", key, "--format", "table")
    assert "what is left of them is unchanged" in said
    assert "Nothing was altered since the checkpoint" in said
    assert desk.run("prove", CLAIM.id, status=4)
    desk.run("checkpoint", "--key", key)
    said = desk.run("verify", "--format", "table")
    assert "1 redaction was signed by keys not known here" in said
    assert "nothing was changed" not in said


@pytest.mark.parametrize("old_form", [False, True])
def test_facts_are_not_changed_unseen_under_a_redaction_of_ones_own(
    desk: Desk, point: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old_form: bool
) -> None:
    if old_form:
        monkeypatch.setattr("ledger.proof.redact.object_of", lambda capture, _: capture)
    rows = read(Path(desk.db))
    of_page = {claim.id for claim in a_reading(1).claims}
    for row in rows["citation"]:
        if row["claim_id"] in of_page:
            row["source_id"], row["gap"] = rows["source"][0]["id"], None
    write(Path(desk.db), rows)
    forger = Desk(desk.db, tmp_path / "forger")
    forger.run("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    desk.do("db", "rebuild")
    said = desk.run("verify", "--checkpoint", str(point), status=4)
    assert "no key known here signed it" in said


def test_a_key_that_signed_nothing_is_refused(desk: Desk, point: Path) -> None:
    key = desk.run("key").strip()
    assert "Add --checkpoint FILE" in desk.run("verify", "--key", key, status=2)
    assert point.exists()


def test_what_is_pinned_is_compared_beside_a_checkpoint_and_a_key_that_are_given(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    early = Path(shutil.copy(desk.db, tmp_path / "early.db"))
    desk.append(2)
    desk.run("checkpoint")
    shutil.copy(early, desk.db)
    key = desk.run("key").strip()
    for more in ([], ["--key", key]):
        said = desk.run("verify", "--checkpoint", str(point), *more, status=4)
        assert said.startswith("ledger: your last checkpoint: it covers 37 entries")


def test_a_pinned_ledger_in_the_place_of_another_pinned_one_is_noticed(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "other.db", tmp_path)
    other.append(7, clock=later)
    other.run("checkpoint", "--origin", "desk.example/other")
    shutil.copy(other.db, desk.db)
    for verb in (["verify"], ["checkpoint"], ["key"], ["verify", "--checkpoint", str(point)]):
        said = desk.run(*verb, status=4)
        assert "was here, with 25 records in its last checkpoint" in said
        assert "what is here now is the ledger desk.example/other" in said
    desk.run("checkpoint", "--origin", "desk.example/other")
    assert desk.json("verify")["origin"] == "desk.example/other"


def test_the_place_to_which_a_ledger_moved_is_watched_too(
    desk: Desk, point: Path, tmp_path: Path
) -> None:
    moved = Desk(shutil.move(desk.db, tmp_path / "moved.db"), tmp_path)
    moved.run("checkpoint")
    Path(moved.db).unlink()
    moved.append(7, clock=later)
    assert "was here, with 25 records" in moved.run("verify", status=4)
    assert point.exists()


def test_of_what_an_earlier_program_redacted_it_is_said_that_the_rest_is_not_verified(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.proof.redact.object_of", lambda capture, _: capture)
    desk.run("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    said = desk.run("verify", "--format", "table")
    assert "9 of them were redacted: their digests hold" in said
    assert "That is not verified for 9 of them: a redaction by an earlier version" in said
    assert desk.json("verify")["unsaid"] == 9


NOTICE = re.compile(r"\[redacted on \d{4}-\d\d-\d\d: order of a court\]")


def ingested(desk: Desk, folder: Path) -> Path:
    """A page of three versions; another page has the bytes of the last."""
    page, twin = folder / "page.md", folder / "twin.md"
    words = "# A bridge closes\n\nThe Gazette said so. [1] Nobody was hurt. [2]\n"
    listed = "\n## References\n\n[1] https://b.example/1\n"
    for more in ("", "It reopened.\n", "It closed again.\n"):
        page.write_text(f"{words}{more}{listed}")
        desk.do("ingest", str(page))
    twin.write_text(page.read_text())
    desk.do("ingest", str(twin))
    return page


@pytest.fixture
def page(desk: Desk, tmp_path: Path) -> Path:
    return ingested(desk, tmp_path)


@pytest.fixture(scope="module")
def redacted(
    two_articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Desk, dict[str, str]]:
    """A desk whose page was redacted, and what it is asked for; never to be written."""
    folder = tmp_path_factory.mktemp("redacted")
    desk = Desk(Path(shutil.copy(two_articles, folder / "ledger.db")), folder)
    page = ingested(desk, folder)
    claim = json.loads(desk.do("article", str(page), "--json"))["items"][0]["claims"][0]["id"]
    redact_page(desk, page)
    return desk, {"PAGE": str(page), "CLAIM": claim}


def redact_page(desk: Desk, page: Path) -> None:
    desk.run("redact", str(page), "--reason", "order of a court", "--yes")


@pytest.mark.parametrize(
    "args",
    [
        ["article", "PAGE"],
        ["article", "PAGE", "--json"],
        ["audit", "PAGE", "--json"],
        ["audit", "PAGE", "--format", "csv"],
        ["gaps"],
        ["claims"],
        ["trace", "CLAIM", "--spread", "--depth", "2", "--json"],
        ["articles"],
        ["impact", "--outlet", "b.example"],
    ],
)
def test_every_answer_says_where_words_were_redacted(
    redacted: tuple[Desk, dict[str, str]], args: list[str]
) -> None:
    desk, asked = redacted
    said = desk.do(*(asked.get(arg, arg) for arg in args))
    assert NOTICE.search(said)
    assert not re.search(r'"(exact|title|raw|name)": (""|null)', said)


def test_an_audit_of_a_redacted_page_says_so_first(desk: Desk, page: Path) -> None:
    redact_page(desk, page)
    answer = json.loads(desk.do("audit", str(page), "--json"))
    (audit,) = answer["items"]
    finding, other = audit["findings"]
    assert (finding["code"], other["code"]) == ("redacted", "same-words")  # it has a twin
    assert NOTICE.fullmatch(finding["detail"])
    assert {claim["exact"] for claim in audit["claims"]} == {finding["detail"]}
    assert audit["numbers"]["gaps"] == 1
    text = desk.do("audit", str(page))
    assert "### Finding redacted: 1" in text
    assert re.search(r"\n- \\\[redacted on [^\n]* in (claim|claims|sentence) [^\n]+\n", text)
    assert "\n- link" not in text
    assert "ledger link" not in text


def test_what_a_redacted_list_had_is_not_known_in_any_format(desk: Desk, page: Path) -> None:
    redact_page(desk, page)
    answer = json.loads(desk.do("audit", str(page), "--json"))
    (audit,) = answer["items"]
    assert audit["references"] is None
    counts = {name: audit["numbers"][name] for name in audit["numbers"] if "references" in name}
    assert counts == dict.fromkeys(("references", "references_cited", "references_never_cited"))
    assert any("its reference list is not known" in one for one in answer["warnings"])
    text = desk.do("audit", str(page))
    assert "| **References listed** | not known |  |\n| … never cited | not known |  |" in text
    assert "\nIt was redacted, so its entries are not known.\n" in text
    assert "\nIt was redacted, so its entries are not known.\n" in desk.do("audit", "--all")


def test_a_redacted_version_is_not_compared(desk: Desk, page: Path) -> None:
    redact_page(desk, page)
    said = desk.do("diff", str(page), status=2)
    assert re.search(f"it has no words left to compare: {NOTICE.pattern}", said)
    assert "kept" in desk.do("diff", str(page), "--from", "1", "--to", "2")
    said = desk.do("diff", "--all")
    assert "1 article not compared, because a version was redacted" in said
    assert "No article has several versions with words." in said


def test_it_is_said_what_loses_its_words_and_what_keeps_them(desk: Desk, page: Path) -> None:
    redact = ("redact", str(page), "--reason", "order of a court")
    with Reader(desk.db) as reader:
        rows = reader.rows(
            "SELECT p.id, s.url FROM capture p JOIN source s ON s.id = p.source_id"
            " WHERE s.url LIKE 'file:%' ORDER BY p.captured_at"
        )
    first, second, last, twin = (row["id"] for row in rows)
    asked = desk.run(*redact, status=1, input="n\n")
    losing, _, keeping = asked.partition("Still readable")
    assert all(id[:12] in losing for id in (last, twin))
    assert all(f"ledger journal redact {id[:12]}" in keeping for id in (first, second))
    item = desk.json(*redact, "--yes")
    assert [each["capture"] for each in item["losing"]] == [last, twin]
    assert [each["title"] for each in item["losing"]] == ["A bridge closes"] * 2
    assert [each["capture"] for each in item["still_readable"]] == [first, second]
    again = desk.run(*redact, "--yes")
    assert "redacted before: nothing was recorded, and the database file was rewritten" in again
    assert f"ledger journal redact {second[:12]}" in again
    item = desk.json("redact", first, "--reason", "order of a court", "--yes")
    assert [each["capture"] for each in item["still_readable"]] == [second]


def test_nothing_is_redacted_without_a_yes_a_reason_or_a_capture(desk: Desk) -> None:
    before = Path(desk.db).read_bytes()
    asked = desk.run("redact", CAPTURE.id, "--reason", "a court", status=1, input="n\n")
    assert "This cannot be undone" in asked
    assert "Nothing was erased" in asked
    assert "Give a reason" in desk.run("redact", CAPTURE.id, "--reason", " ", "--yes", status=2)
    assert "ledger articles" in desk.run("redact", "ffffffff", "--reason", "x", "-y", status=1)
    assert Path(desk.db).read_bytes() == before


def test_everything_works_on_a_server_too(empty_url: str, tmp_path: Path) -> None:
    desk = Desk(empty_url, tmp_path)
    desk.append(0, 1)
    point, file = tmp_path / "point.txt", tmp_path / "proof.json"
    desk.run("checkpoint", "-o", str(point))
    desk.append(2)
    desk.run("prove", CLAIM.id, "-o", str(file))
    assert desk.json("check-proof", str(file))["exact"] == CLAIM.exact
    desk.run("redact", CAPTURE.id[:12], "--reason", "order of a court", "--yes")
    found = desk.json("verify", "--checkpoint", str(point))
    assert (found["entries"], found["redacted"], found["checkpoint"]) == (38, 9, 25)
    assert desk.json("check-proof", str(file))["exact"] == CLAIM.exact


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are texts")
def test_a_folder_whose_name_is_no_utf_8_holds_a_ledger_and_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / os.fsdecode(b"d\xff")
    folder.mkdir()
    monkeypatch.chdir(folder)
    desk = Desk("ledger.db", Path())
    desk.append(0, 1)
    desk.run("checkpoint", "-o", "point.txt")
    assert desk.json("verify", "--checkpoint", "point.txt")["checkpoint"] == 25
    assert pins(desk.config)[0].db == str(folder / "ledger.db")
    desk.run("prove", CLAIM.id, "-o", "claim.proof")
    desk.do("db", "backup", "-o", "copy.db")
    desk.append(2)
    desk.do("db", "restore", "copy.db", "--force")
    desk.do("db", "export", "-o", "all.jsonl")
    Desk("new.db", Path()).do("db", "import", "all.jsonl")
    assert desk.json("verify")["entries"] == Desk("new.db", Path()).json("verify")["entries"] == 25
    for form in ("table", "tsv", "json"):
        assert "d\\udcff" in desk.do("db", "info", "--format", form)
    desk.do("doctor")
