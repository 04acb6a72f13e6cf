"""`ledger db backup|restore|export|import` and `ledger doctor`: what they print, and statuses."""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from postgres_server import PROGRAMS
from readings import a_reading, noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.commands.counting import counting
from ledger.commands.settings import Settings
from ledger.errors import StoreError, UsageError
from ledger.note import verifier_key
from ledger.placing import mode_of
from ledger.proof import verify_ledger
from ledger.schema import Place
from ledger.store import open_ledger
from ledger.transfer import take_in, write_out

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture
def held(empty_db: Path) -> Path:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    return empty_db


def run(db: Place, *args: str, input: bytes | None = None, config: Path | None = None) -> Any:
    mine = f"{config or db}{'' if config else '.config'}"
    return CliRunner().invoke(
        app, list(args), input=input, env={"LEDGER_DB": str(db), "LEDGER_CONFIG": mine}
    )


NOWHERE = (f"{'n' * 300}.db", "letter.txt/ledger.db")
"""Names that no file can have, where `letter.txt` is one."""


def item(result: Any) -> dict[str, Any]:
    (found,) = json.loads(result.stdout)["items"]
    assert isinstance(found, dict)
    return found


def test_a_backup_is_a_ledger_to_ask(held: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    made = item(run(held, "db", "backup", "-o", str(copy), "--json"))
    verified = verify_ledger(held)
    assert (made["path"], made["entries"], made["head"]) == (
        str(copy),
        verified.entries,
        verified.head,
    )
    assert run(copy, "claims").stdout == run(held, "claims").stdout


def test_a_backup_that_was_interrupted_while_it_was_verified_says_what_is_there(
    db: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not that the same command shall be run again, which would refuse the file that is there."""

    def interrupted(*_args: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    copy, at = tmp_path / "copy.db", tmp_path / "config"
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    monkeypatch.setenv("PATH", str(PROGRAMS))
    monkeypatch.setattr("ledger.proof.verify_ledger", interrupted)
    stopped = run(db, "db", "backup", "-o", str(copy), config=at)
    assert (stopped.exit_code, stopped.stdout) == (130, "")
    assert f"{copy} is complete but was not verified" in stopped.stderr
    assert "To put it back" in stopped.stderr
    assert "the same command" not in stopped.stderr
    assert copy.stat().st_size


def test_a_backup_without_a_name_lies_beside_the_ledger(held: Path) -> None:
    made = item(run(held, "db", "backup", "--json"))
    assert Path(made["path"]).parent == held.parent
    assert Path(made["path"]).name.startswith("ledger.db.20")


def test_a_backup_that_cannot_be_written_there_is_a_mistake_of_the_command(
    held: Path, tmp_path: Path
) -> None:
    refused = run(held, "db", "backup", "-o", str(tmp_path / "no" / "copy.db"))
    assert refused.exit_code == 2
    assert "copy.db: there is no such folder. Name another file" in refused.stderr
    assert "-o " in refused.stderr


def test_a_backup_of_an_altered_ledger_is_kept_and_said_not_to_hold(
    held: Path, tmp_path: Path
) -> None:
    import sqlite3

    sound = run(held, "db", "backup", "-o", str(tmp_path / "sound.db"), "--format", "table")
    connection = sqlite3.connect(held)
    connection.execute("DROP TRIGGER article_no_update")
    connection.execute("UPDATE article SET title = 'Another'")
    connection.commit()
    connection.close()
    copy = tmp_path / "copy.db"
    altered = run(held, "db", "backup", "-o", str(copy), "--json")
    unseen = run(held, "db", "backup", "-o", str(tmp_path / "quick.db"), "--no-verify", "--json")

    assert (sound.exit_code, "The copy was verified: all of it holds." in sound.stdout) == (0, True)
    assert (altered.exit_code, item(altered)["holds"], copy.exists()) == (4, False, True)
    assert "The copy is kept, but the ledger it was made from does not verify" in altered.stderr
    assert "is not what was recorded" in altered.stderr
    assert (unseen.exit_code, item(unseen)["holds"]) == (0, None)


def test_a_backup_of_nothing_is_status_5(tmp_path: Path) -> None:
    result = run(tmp_path / "none.db", "db", "backup")
    assert result.exit_code == 5
    assert "there is no ledger here" in result.stderr


def test_a_user_that_a_file_cannot_have_leaves_no_file_behind(tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    result = run(new, "db", "upgrade", "--grant", "desk")
    assert (result.exit_code, new.exists()) == (2, False)
    assert result.stderr == (
        f"ledger: {new}: a file has no users. Set its permissions: chmod, chown\n"
    )
    with (
        open_ledger(str(new), clock=noon) as made,
        pytest.raises(UsageError, match="a file has no users"),
    ):
        made.grant("desk")


def test_a_restore_says_where_the_old_one_is(held: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(held, "db", "backup", "-o", str(copy))
    refused = run(held, "db", "restore", str(copy))
    done = run(held, "db", "restore", str(copy), "--force", "--json")
    assert (refused.exit_code, done.exit_code) == (2, 0)
    assert "--force" in refused.stderr
    assert verify_ledger(Path(item(done)["aside"])) == verify_ledger(held)


def test_a_restore_says_the_whole_path_as_every_command_does(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(held, "db", "backup", "-o", "copy.db")
    done = run(Path("new.db"), "db", "restore", "copy.db", "--json")
    assert item(done)["path"] == item(run(Path("new.db"), "db", "info", "--json"))["path"]
    assert Path(item(done)["path"]).is_absolute()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.db", "no such file. Check the path"),
        (
            "letter.txt",
            "this is not an SQLite database. Name what ledger db backup made. What it made of "
            "PostgreSQL is put back with pg_restore, what ledger db export wrote with ledger db "
            "import",
        ),
    ],
)
def test_a_restore_of_what_is_no_backup_is_status_3(
    held: Path, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "letter.txt").write_text("dear aunt")
    before = verify_ledger(held)
    result = run(held, "db", "restore", str(tmp_path / name), "--force")
    assert result.exit_code == 3
    assert result.stderr == f"ledger: {tmp_path / name}: {said}\n"
    assert verify_ledger(held) == before


@pytest.mark.parametrize(
    ("command", "place"),
    [
        *(("restore", place) for place in NOWHERE),
        *(("import", place) for place in NOWHERE),
        *(("upgrade", place) for place in NOWHERE),
        ("doctor", NOWHERE[0]),
    ],
)
def test_a_place_where_no_ledger_can_be_is_said(
    held: Path, tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "letter.txt").write_text("dear aunt")
    exported = tmp_path / "ledger.jsonl"
    exported.write_bytes(run(held, "db", "export").stdout_bytes)
    words = {
        "restore": ("db", "restore", str(held)),
        "import": ("db", "import", str(exported)),
        "upgrade": ("db", "upgrade"),
        "doctor": ("doctor",),
    }[command]
    result = run(tmp_path / place, *words, config=tmp_path / "config")
    assert result.exit_code == 5, result.stderr
    assert "cannot be" in result.stdout + result.stderr


def test_an_export_goes_through_a_pipe(held: Path, tmp_path: Path) -> None:
    exported = run(held, "db", "export")
    done = run(tmp_path / "new.db", "db", "import", "-", "--json", input=exported.stdout_bytes)
    verified = verify_ledger(held)
    held_now = {"before": 0, "entries": verified.entries, "head": verified.head}
    assert item(done) == {**held_now, "erased": []}
    assert f"head {verified.head}" in exported.stderr


def test_an_export_that_nobody_reads_to_its_end_has_failed(held: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "ledger", "--db", str(held), "db", "export"],
        cwd=CHECKOUT,
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    assert done.returncode == 2
    assert b"so the export was cut off" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_export_named_gz_is_compressed(held: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl.gz"
    assert run(held, "db", "export", "-o", str(file)).exit_code == 0
    plain = run(held, "db", "export")
    assert gzip.decompress(file.read_bytes()) == plain.stdout_bytes
    assert run(tmp_path / "new.db", "db", "import", str(file)).exit_code == 0
    assert verify_ledger(tmp_path / "new.db") == verify_ledger(held)
    piped = run(tmp_path / "piped.db", "db", "import", "-", input=file.read_bytes())
    assert piped.exit_code == 0
    assert verify_ledger(tmp_path / "piped.db") == verify_ledger(held)


def test_a_file_that_is_replaced_is_read_by_the_same_people(held: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    run(held, "db", "export", "-o", str(file))
    file.chmod(0o600)
    refused = run(held, "db", "export", "-o", str(file))
    assert (refused.exit_code, f"ledger: -o {file}: it exists" in refused.stderr) == (2, True)
    assert run(held, "db", "export", "-o", str(file), "--force").exit_code == 0
    assert mode_of(file) == 0o600


def test_a_file_that_comes_while_another_is_written_is_not_replaced(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.jsonl"

    def meanwhile(*args: Any, **options: Any) -> Any:
        file.write_text("dear aunt")
        return write_out(*args, **options)

    monkeypatch.setattr("ledger.transfer.write_out", meanwhile)
    result = run(held, "db", "export", "-o", str(file))
    assert (result.exit_code, file.read_text()) == (2, "dear aunt")
    assert "it exists" in result.stderr


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"dear aunt", 3),
        (b"", 3),
        (b"\x1f\x8bno gzip", 3),
        (gzip.compress(b"a line\n" * 9, mtime=0)[:20], 3),
        (b'{"format":"ledger-export/1"}\n', 3),
        (b'{"format":"ledger-export/1"}\n{"end":3,"head":"","payloads":0}\n', 4),
    ],
)
def test_a_bad_import_records_nothing(
    held: Path, tmp_path: Path, content: bytes, status: int
) -> None:
    (tmp_path / "x").write_bytes(content)
    before = verify_ledger(held)
    result = run(held, "db", "import", str(tmp_path / "x"))
    assert result.exit_code == status
    assert verify_ledger(held) == before

    folder = tmp_path / "new"
    folder.mkdir()
    result = run(folder / "new.db", "db", "import", str(tmp_path / "x"))
    assert result.exit_code == status
    assert list(folder.iterdir()) == []
    assert "Made a new ledger" not in result.stderr


def test_an_import_does_not_take_the_place_of_a_ledger_that_was_made_meanwhile(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = run(held, "db", "export").stdout_bytes
    new = tmp_path / "new.db"

    def meanwhile(*args: Any, **options: Any) -> Any:
        shutil.copy(held, new)
        return take_in(*args, **options)

    monkeypatch.setattr("ledger.transfer.take_in", meanwhile)
    before = held.read_bytes()
    result = run(new, "db", "import", "-", input=exported)
    assert result.exit_code == 5
    assert "somebody else has created it meanwhile" in result.stderr
    assert new.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_import_is_not_put_beside_what_another_database_left(held: Path, tmp_path: Path) -> None:
    exported = run(held, "db", "export").stdout_bytes
    new = tmp_path / "new.db"
    (tmp_path / "new.db-journal").write_bytes(b"of another")
    refused = run(new, "db", "import", "-", input=exported)
    unread = run(new, "db", "import", "-", input=b"dear aunt")  # refused before it is read
    assert refused.exit_code == unread.exit_code == 5
    assert "beside it is new.db-journal, left by another database" in refused.stderr
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["ledger.db", "new.db-journal"]


def test_a_restore_says_where_it_put_what_another_database_left(held: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy.db", tmp_path / "new.db"
    run(held, "db", "backup", "-o", str(copy))
    (tmp_path / "new.db-wal").write_bytes(b"of another")
    refused = run(new, "db", "restore", str(copy))
    done = item(run(new, "db", "restore", str(copy), "--force", "--json"))
    (beside,) = done["beside"]
    assert refused.exit_code == 2
    assert "or give --force to put it aside" in refused.stderr
    assert Path(beside).read_bytes() == b"of another"
    assert (Path(beside).name[-4:], done["aside"]) == ("-wal", None)


def test_what_fails_in_an_import_is_said_of_the_ledger_that_was_named(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = run(held, "db", "export").stdout_bytes

    def full(ledger: Any, *_: Any, **__: Any) -> Any:
        raise StoreError(ledger.db, "the disk is full")

    monkeypatch.setattr("ledger.transfer.take_in", full)
    result = run(tmp_path / "new.db", "db", "import", "-", input=exported)
    assert result.exit_code == 5
    assert f"ledger: {tmp_path / 'new.db'}: the disk is full" in result.stderr


def test_another_ledger_is_status_2(held: Path, tmp_path: Path) -> None:
    exported = run(held, "db", "export").stdout_bytes
    other = tmp_path / "other.db"
    with open_ledger(str(other), clock=noon) as ledger:
        ledger.append(a_reading(2))
    result = run(other, "db", "import", "-", input=exported)
    assert result.exit_code == 2
    assert "it comes from another ledger" in result.stderr


SOMEBODY = str(verifier_key("other.example/ledger", Ed25519PrivateKey.generate()))


def test_an_import_that_would_erase_words_names_them_and_erases_them_only_when_told_to(
    held: Path, tmp_path: Path
) -> None:
    mine, another = tmp_path / "mine", tmp_path / "another"
    copy = Path(shutil.copy(held, tmp_path / "copy.db"))
    capture = a_reading(1).capture
    redact = ("journal", "redact", capture.id, "--reason", "order of a court", "--yes")
    assert run(held, *redact, "--by", "editor", config=mine).exit_code == 0
    key = run(held, "journal", "key", config=mine).stdout.strip()
    export = run(held, "db", "export").stdout_bytes
    before = copy.read_bytes()

    refused = run(copy, "db", "import", "-", input=export, config=mine)
    assert refused.exit_code == 2
    assert (
        f"erase the words of 1 page that this ledger still has: {capture.requested_url} (capt"
        in (refused.stderr)
    )
    assert "Nothing was recorded, and nothing erased. If they are to go: ledger db import --e" in (
        refused.stderr
    )
    unknown = run(copy, "db", "import", "-", "--erase", input=export, config=another)
    assert (unknown.exit_code, "a key not known here" in unknown.stderr) == (2, True)
    assert run(copy, "db", "import", "-", "--key", key, input=export, config=another).exit_code == 2
    assert copy.read_bytes() == before
    assert b"Claim 1.0" in before

    keys = ("--key", SOMEBODY, "--key", key)
    done = run(copy, "db", "import", "-", "--erase", *keys, "--json", input=export, config=another)
    (erased,) = item(done)["erased"]
    assert (erased["capture"], erased["by"]) == (capture.id, "editor")
    assert erased["signed_by"] == ["+".join(key.split("+")[:2])]  # base64 has a "+", too
    assert b"Claim 1.0" not in copy.read_bytes()
    assert verify_ledger(copy) == verify_ledger(held)


def test_an_import_into_a_new_ledger_says_who_signed_no_redaction(
    held: Path, tmp_path: Path
) -> None:
    redact = ("journal", "redact", a_reading(1).capture.id, "--reason", "court", "--yes")
    mine, another = tmp_path / "mine", tmp_path / "another"
    assert run(held, *redact, config=mine).exit_code == 0
    export = run(held, "db", "export").stdout_bytes
    own = run(tmp_path / "own.db", "db", "import", "-", "--json", input=export, config=mine)
    assert json.loads(own.stdout)["warnings"] == []
    other = run(tmp_path / "other.db", "db", "import", "-", "--json", input=export, config=another)
    assert json.loads(other.stdout)["warnings"] == [
        "1 redaction signed with a key that is not known here"
    ]


def test_doctor_finds_nothing_to_mend(held: Path) -> None:
    result = run(held, "doctor", "--json")
    items = {each["name"]: each for each in json.loads(result.stdout)["items"]}
    found = {name: each["verdict"] for name, each in items.items()}
    assert result.exit_code == 0
    assert (found["schema"], found["clock"], found["permissions"]) == ("ok", "ok", "ok")
    assert found["checkpoint"] == "unknown"
    assert "ledger journal checkpoint -o FILE" in items["checkpoint"]["remedy"]
    named = run(held, "--db", str(held), "doctor", "--json")
    assert f"ledger --db {held} journal checkpoint -o FILE" in named.stdout


def test_two_backups_in_one_second_have_two_names_and_an_empty_one_no_head(empty_db: Path) -> None:
    made = [run(empty_db, "db", "backup", "--format", "table") for _ in range(3)]
    assert [each.exit_code for each in made] == [0, 0, 0]
    assert len(list(empty_db.parent.glob("ledger.db.2*"))) == 3
    assert "head" not in made[0].stdout


@pytest.mark.parametrize(("revision", "said"), [("0010", "an older"), ("9999", "a newer")])
def test_a_backup_of_another_schema_is_not_verified(held: Path, revision: str, said: str) -> None:
    with closing(sqlite3.connect(held)) as connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{revision}'")
        connection.commit()
    made = run(held, "db", "backup", "--json")
    assert f"note: it has {said} schema, so it was not verified" in made.stderr
    assert item(made)["holds"] is None


def test_doctor_makes_nothing(tmp_path: Path) -> None:
    result = run(tmp_path / "none.db", "doctor", "--format", "table")
    assert result.exit_code == 1
    assert "not created yet" in " ".join(result.stdout.split())
    assert list(tmp_path.iterdir()) == []


def test_doctor_warns_of_what_others_may_write(held: Path) -> None:
    os.chmod(held, 0o666)  # noqa: S103, PTH101 - what is to be found
    result = run(held, "doctor", "--format", "table")
    assert result.exit_code == 1
    assert "chmod go-w" in result.stdout
    assert "1 thing to fix" in result.stderr


def test_doctor_fails_without_a_rule_that_refuses_changes(held: Path) -> None:
    connection = sqlite3.connect(held)
    connection.execute("DROP TRIGGER claim_no_update")
    connection.commit()
    connection.close()
    result = run(held, "doctor", "--json")
    assert result.exit_code == 4
    assert "the trigger claim_no_update is missing" in result.stdout


def test_doctor_fails_on_what_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(b"dear aunt " * 200)
    result = run(path, "doctor", "--json")
    assert result.exit_code == 5
    assert "failure" in result.stdout


def test_doctor_tells_all_it_saw_of_a_ledger_that_breaks_under_its_eyes(held: Path) -> None:
    connection = sqlite3.connect(held)
    ((root, size),) = connection.execute(
        "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master "
        "WHERE name = 'pattern_member'"
    )
    connection.close()
    with held.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    result = run(held, "doctor", "--json")
    found = {each["name"]: each for each in json.loads(result.stdout)["items"]}
    assert result.exit_code == 5
    assert found["schema"]["verdict"] == "ok"
    assert found["summaries"]["verdict"] == "failure"
    assert "damaged" in found["summaries"]["detail"]
    assert "clock" in found


@pytest.mark.parametrize("altered", ["UPDATE pattern SET ends = 0", "DROP TRIGGER claim_no_update"])
def test_doctor_says_altered_of_what_is_not_as_it_was(held: Path, altered: str) -> None:
    connection = sqlite3.connect(held)
    connection.execute(altered)
    connection.commit()
    connection.close()
    result = run(held, "doctor", "--json")
    verdicts = [each["verdict"] for each in json.loads(result.stdout)["items"]]
    assert (result.exit_code, "altered" in verdicts) == (4, True)


def test_doctor_warns_of_a_clock_behind_the_record(empty_db: Path) -> None:
    from datetime import timedelta

    with open_ledger(str(empty_db), clock=lambda: noon() + timedelta(days=40_000)) as ledger:
        ledger.append(a_reading(1))
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(2))
    result = run(empty_db, "doctor", "--json")
    found = {each["name"]: each for each in json.loads(result.stdout)["items"]}
    assert result.exit_code == 1
    assert found["clock"]["verdict"] == "warning"
    assert "Set the clock" in found["clock"]["remedy"]


def test_doctor_notes_a_clock_that_went_back(empty_db: Path) -> None:
    from datetime import timedelta

    for number, days in ((1, 2), (2, 1)):
        with open_ledger(str(empty_db), clock=lambda: noon() + timedelta(days=days)) as ledger:  # noqa: B023 - used at once
            ledger.append(a_reading(number))
    result = run(empty_db, "doctor", "--json")
    found = {each["name"]: each for each in json.loads(result.stdout)["items"]}
    assert (result.exit_code, found["clock"]["verdict"]) == (0, "note")
    assert "went back once" in found["clock"]["detail"]


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ("UPDATE outlet_tally SET falls = falls + 1", "the tallies of outlets"),
        ("UPDATE outlet_tally SET name = 'Another'", "the tallies of outlets"),
        ("DELETE FROM claim_outlet", "the claims of outlets"),
        ("UPDATE pattern SET ends = 0", "the pattern "),
        ("UPDATE pattern_outlet SET takes = takes + 1", "the pattern "),
        ("UPDATE pattern_outlet SET beside = 1 - beside", "the pattern "),
        ("UPDATE known_outlet SET standing = 'other.example'", "which outlets were merged"),
        ("UPDATE standing SET outlet = 'other.example'", "how the source"),
    ],
)
def test_what_is_kept_ready_is_made_anew(held: Path, altered: str, said: str) -> None:
    connection = sqlite3.connect(held)
    assert connection.execute(altered).rowcount > 0
    connection.commit()
    connection.close()
    before = run(held, "doctor", "--json")
    refused = run(held, "journal", "verify")
    made = run(held, "db", "rebuild", "--format", "table")
    after = run(held, "doctor", "--json")
    assert run(held, "journal", "verify").exit_code == 0
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert said in refused.stderr
    assert "the entries hold" in refused.stderr
    assert "ledger db rebuild" in refused.stderr
    assert said in before.stdout
    assert "ledger db rebuild" in before.stdout
    assert "hold.\nSummaries rebuilt from " in made.stdout
    assert "the summaries match the entries" in after.stdout


def test_what_differs_from_an_altered_entry_is_kept_as_evidence(held: Path) -> None:
    """The rules were put back, so only the words by which the claim is found still show it."""
    with closing(sqlite3.connect(held)) as connection:
        query = "SELECT sql FROM sqlite_master WHERE name = 'claim_no_update'"
        (rule,) = connection.execute(query).fetchone()
        connection.executescript(
            f"DROP TRIGGER claim_no_update; UPDATE claim SET exact = 'No one left'; {rule}"
        )
    before = checked(held, "summaries")
    assert before["verdict"] == "altered"
    assert "No entry is concerned" not in before["remedy"]
    assert before["remedy"].index("ledger journal verify") < before["remedy"].index("db rebuild")
    made = run(held, "db", "rebuild")
    assert (made.exit_code, made.stdout) == (4, "")
    assert "Nothing was rebuilt" in made.stderr
    assert checked(held, "summaries") == before


def test_a_restore_says_what_it_takes_back(held: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(held, "db", "backup", "-o", str(copy))
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(2))
    page = json.loads(run(held, "articles", "--json").stdout)["items"][0]["id"]
    done = run(held, "journal", "redact", page, "--reason", "order of a court", "--yes")
    assert done.exit_code == 0, done.stderr
    restored = run(held, "db", "restore", str(copy), "--force", "--format", "table")
    assert "more than the backup" in restored.stdout
    assert "1 redaction is undone by this" in restored.stdout


def test_what_cannot_be_read_any_more_is_restored_all_the_same(held: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run(held, "db", "backup", "-o", str(copy))
    pages = bytearray(held.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    held.write_bytes(bytes(pages))
    restored = run(held, "db", "restore", str(copy), "--force", "--format", "table")
    assert restored.exit_code == 0, restored.stderr
    assert "cannot be read" in restored.stdout


def checked(db: Path, name: str) -> dict[str, Any]:
    """What doctor says of one thing."""
    items = json.loads(run(db, "doctor", "--json").stdout)["items"]
    (found,) = (each for each in items if each["name"] == name)
    assert isinstance(found, dict)
    return found


def test_doctor_looks_at_the_key_and_its_folder(held: Path) -> None:
    config = Path(f"{held}.config")
    assert checked(held, "signing key")["verdict"] == "unknown"
    assert run(held, "journal", "checkpoint").exit_code == 0
    assert checked(held, "signing key")["verdict"] == "ok"
    for name, mode in ((config, 0o777), (config / "ledgers.json", 0o664)):
        was = mode_of(name)
        name.chmod(mode)
        found = checked(held, "signing key")
        assert found["verdict"] == "warning"
        assert found["remedy"].endswith(f"chmod go-w {name}")
        name.chmod(was)
    (config / "signing-key.pem").chmod(0o644)
    assert "others can read this key" in checked(held, "signing key")["detail"]
    (config / "signing-key.pem").chmod(0o600)
    (config / "signing-key.pem").write_text("no key")
    assert "this is not a" in checked(held, "signing key")["detail"]
    assert run(held, "doctor").exit_code == 1


def test_doctor_compares_with_what_was_signed(held: Path, tmp_path: Path) -> None:
    run(held, "db", "backup", "-o", str(tmp_path / "copy.db"))
    assert checked(held, "checkpoint")["verdict"] == "unknown"
    with open_ledger(str(held), clock=noon) as ledger:
        ledger.append(a_reading(2))
    run(held, "journal", "checkpoint")
    assert checked(held, "checkpoint")["verdict"] == "ok"
    run(held, "db", "restore", str(tmp_path / "copy.db"), "--force", "--despite-checkpoint")
    found = checked(held, "checkpoint")
    assert found["verdict"] == "altered"
    assert found["detail"].startswith("your last one covers ")
    assert "ledger journal checkpoint --anew" in found["remedy"]
    assert run(held, "doctor").exit_code == 4
    run(held, "journal", "checkpoint", "--anew")
    assert run(held, "doctor").exit_code == 0
    Path(f"{held}.config", "ledgers.json").write_text("{}")
    assert "cannot be read" in checked(held, "checkpoint")["detail"]


def test_doctor_judges_the_file_that_a_link_leads_to(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "far" / "link.db"
    link.symlink_to(held)
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"1 0 0:1 / / rw - nfs4 server rw\n2 1 0:2 / {tmp_path} rw - nfs4 server rw\n"
        f"3 2 0:3 / {tmp_path}/far rw - ext4 disk rw\n"
    )
    monkeypatch.setattr("ledger.machine.MOUNTS", mounts)
    assert checked(link, "file system")["verdict"] == "warning"


def test_doctor_tells_what_killed_commands_left(held: Path) -> None:
    assert "unfinished files" not in run(held, "doctor", "--json").stdout
    for name in (".ledger-0123456789abcdef", ".ledger-0123456789abcdef-journal", ".ledger-mine"):
        (held.parent / name).write_bytes(b"half")
    found = checked(held, "unfinished files")
    assert found["verdict"] == "note"
    assert ".ledger-0123456789abcdef, .ledger-0123456789abcdef-journal in" in found["detail"]
    assert ".ledger-mine" not in found["detail"]


def test_doctor_tells_what_another_database_left(tmp_path: Path) -> None:
    (tmp_path / "new.db-wal").write_bytes(b"of another")
    found = checked(tmp_path / "new.db", "ledger")
    assert found["verdict"] == "warning"
    assert "beside it is new.db-wal" in found["detail"]


class Screen(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_of_work_that_tells_no_number_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "0/?" for all its time looks like standing still."""
    monkeypatch.setenv("TERM", "xterm")
    for told, shown in (((), False), ((3, 10), True)):
        monkeypatch.setattr("sys.stderr", screen := Screen())
        with counting("comparing", None, Settings()) as tell:
            if told:
                tell(*told)
        assert "comparing" in screen.getvalue()
        assert ("/10" in screen.getvalue()) is shown
        assert "/?" not in screen.getvalue()


def test_a_bar_says_what_is_done_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", screen := Screen())
    with counting("importing", None, Settings()) as tell:
        tell(5_000)
        tell(50, 134, "working out what follows")
    shown = screen.getvalue()
    assert "importing" in shown
    assert "50/134" in shown.partition("working out what follows")[2]
