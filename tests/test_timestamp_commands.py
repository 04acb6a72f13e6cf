"""`--timestamp` and FILE.tsr: what is said and left, with good input and with every bad one."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from loopback import LoopbackServer
from stamping import NAME, Signer, refusal, root, serving
from test_journal_commands import Desk

OPEN = ("--allow-private", "127.0.0.0/8")
SAID = f"existed by 2026-01-02 12:05:01 UTC, says {NAME}"


@pytest.fixture
def desk(empty_db: Path, tmp_path: Path) -> Desk:
    made = Desk(empty_db, tmp_path)
    made.append(0, 1)
    return made


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    (tmp_path / "root.pem").write_bytes(root().pem)
    return tmp_path / "root.pem"


@pytest.fixture
def tsa() -> Iterator[LoopbackServer]:
    with serving() as server:
        yield server


@pytest.fixture
def point(tmp_path: Path) -> Path:
    """Where the checkpoint shall be."""
    return tmp_path / "point.txt"


@pytest.fixture
def token(point: Path) -> Path:
    """Where its time stamp shall be."""
    return point.with_name("point.txt.tsr")


@pytest.fixture
def stamped(desk: Desk, tsa: LoopbackServer, point: Path, token: Path) -> Path:
    """A checkpoint with a time stamp."""
    desk.run("checkpoint", "-o", str(point), "--timestamp", tsa.url("/tsa"), *OPEN)
    assert token.exists()
    return point


def test_a_checkpoint_is_stamped_and_its_time_verified(
    desk: Desk, tsa: LoopbackServer, point: Path, token: Path, pem: Path
) -> None:
    said = desk.run("checkpoint", "-o", str(point), "--timestamp", tsa.url("/tsa"), *OPEN)
    assert f"Wrote {token}: it {SAID} (not verified: see --tsa-certificate)" in said
    asked = ("verify", "--checkpoint", str(point), "--tsa-certificate", str(pem))
    assert f"That checkpoint {SAID}." in desk.run(*asked, "--format", "table")
    desk.append(2)
    item = desk.json(*asked)
    assert (item["existed_by"], item["time_stamped_by"]) == ("2026-01-02T12:05:01Z", NAME)
    assert (item["entries"], item["checkpoint"]) == (37, 25)


def test_the_settings_do_without_options(
    desk: Desk, tsa: LoopbackServer, point: Path, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER_TSA", tsa.url("/tsa"))
    monkeypatch.setenv("LEDGER_TSA_CERTIFICATE", str(pem))
    said = desk.run("checkpoint", "-o", str(point), *OPEN)
    assert f"it {SAID}\n" in said
    assert desk.json("verify", "--checkpoint", str(point))["time_stamped_by"] == NAME
    assert "LEDGER_TSA was not asked" in desk.run("checkpoint")
    assert len(tsa.requests) == 1
    assert desk.json("verify")["existed_by"] is None
    point.with_name("point.txt.tsr").unlink()
    assert "point.txt has no time stamp" in desk.run("verify", "--checkpoint", str(point))


def test_without_a_certificate_it_is_said_that_nothing_was_verified(
    desk: Desk, stamped: Path, token: Path
) -> None:
    said = desk.run("verify", "--checkpoint", str(stamped), "--format", "table")
    wanted = f"{token} is a time stamp that was not verified: give --tsa-certificate PEM"
    assert wanted in said
    answer = json.loads(desk.run("verify", "--checkpoint", str(stamped), "--json"))
    assert wanted in answer["warnings"][0]
    assert answer["items"][0]["existed_by"] is None


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/status/500", 3, "answers with status 500"),
        ("/to/302/http://10.0.0.1/", 3, "redirects to http://10.0.0.1/, which is not followed"),
        ("/ok", 3, "answers with text/html, not with a time stamp"),
        ("/endless", 3, "more than 262,144 bytes"),
        ("/silent", 3, "no complete answer within 0.5 seconds"),
    ],
)
def test_what_an_authority_does_wrong_costs_the_stamp_and_not_the_checkpoint(
    desk: Desk, tsa: LoopbackServer, point: Path, token: Path, path: str, status: int, words: str
) -> None:
    asked = ("--timestamp", tsa.url(path), "--timeout", "0.5", *OPEN)
    said = desk.run("checkpoint", "-o", str(point), *asked, status=status)
    assert f"{point} is written, but it was not stamped. To try again, add --force\n" in said
    assert f"ledger: {tsa.url(path)}: {words}" in said
    assert not token.exists()
    assert desk.json("verify", "--checkpoint", str(point))["checkpoint"] == 25


def test_the_words_of_a_refusal_do_not_reach_the_terminal_raw(desk: Desk, point: Path) -> None:
    with serving(lambda _: refusal("rejection", "no\x1b[31m")) as server:
        asked = ("checkpoint", "-o", str(point), "--timestamp", server.url("/tsa"), *OPEN)
        said = desk.run(*asked, status=3)
    assert "grants no time stamp (status 2): no" in said
    assert "\x1b" not in said


def test_a_stamp_of_nobody_who_is_trusted_is_not_kept(
    desk: Desk, tsa: LoopbackServer, point: Path, token: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Signer("Other Root").pem)
    asked = ("--timestamp", tsa.url("/tsa"), "--tsa-certificate", str(other), *OPEN)
    said = desk.run("checkpoint", "-o", str(point), *asked, status=1)
    assert f"ledger: {tsa.url('/tsa')}: no authority that you trust signed it. Check" in said
    assert point.exists()
    assert not token.exists()


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("tsa.example", 6, "has no scheme"),
        ("", 6, "has no scheme"),
        ("ftp://tsa.example/", 6, "the scheme 'ftp' are not fetched"),
        ("http://me:secret@tsa.example/", 6, ("Use an authority that does not ask for a password")),
    ],
)
def test_an_address_that_cannot_be_asked_is_refused_before_anything_is_signed(
    desk: Desk, point: Path, url: str, status: int, words: str
) -> None:
    said = desk.run("checkpoint", "-o", str(point), "--timestamp", url, status=status)
    assert words in said
    assert "secret" not in said
    assert not point.exists()
    assert not desk.config.exists()


def test_an_inner_address_is_refused_unless_allowed(
    desk: Desk, tsa: LoopbackServer, point: Path
) -> None:
    asked = ("checkpoint", "-o", str(point), "--timestamp", tsa.url("/tsa"))
    said = desk.run(*asked, status=6)
    assert (
        "127.0.0.1 is not a public address. If it is yours, allow it: --allow-private 127" in said
    )
    assert point.exists()
    assert tsa.requests == []


def test_a_time_stamp_needs_a_file_to_lie_beside(desk: Desk, pem: Path) -> None:
    for output in ([], ["-o", "-"]):
        said = desk.run("checkpoint", *output, "--timestamp", "http://tsa.example/", status=2)
        assert (
            "--timestamp: a time stamp is written next to a file. Name the file with -o FILE"
        ) in said
    for option, value in (
        ("--tsa-certificate", str(pem)),
        ("--allow-private", "no network"),
        ("--timeout", "5"),
    ):
        said = desk.run("checkpoint", option, value, status=2)
        assert f"{option}: no time stamp was asked for. Add --timestamp URL" in said
    assert not desk.config.exists()


def test_without_the_library_it_is_said_how_to_install_it(
    desk: Desk, stamped: Path, point: Path, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)  # as if it were not installed
    new = point.with_name("new.txt")
    install = "rfc3161-client, which is not installed. Install it: pip install 'claim-ledger[time"
    asked = ("--timestamp", "http://tsa.example/")
    assert install in desk.run("checkpoint", "-o", str(new), *asked, status=2)
    assert not new.exists()
    verify = ("verify", "--checkpoint", str(stamped))
    assert install in desk.run(*verify, "--tsa-certificate", str(pem), status=2)
    assert desk.json(*verify)["checkpoint"] == 25


def test_a_stamp_that_is_there_is_not_replaced_unless_told(
    desk: Desk, stamped: Path, token: Path, tsa: LoopbackServer
) -> None:
    before = token.read_bytes()
    asked = ("checkpoint", "-o", str(stamped), "--timestamp", tsa.url("/tsa"), *OPEN)
    assert f"{token} exists, the time stamp of another checkpoint" in desk.run(*asked, status=2)
    stamped.unlink()
    assert "Name another file, or give --force" in desk.run(*asked[:3], status=2)
    assert token.read_bytes() == before
    assert not stamped.exists()
    desk.run(*asked, "--force")
    assert token.read_bytes() != before


def test_a_stamp_goes_with_the_checkpoint_that_it_was_of(
    desk: Desk, stamped: Path, token: Path, pem: Path
) -> None:
    """The same ledger gives the same checkpoint, and the older stamp of it shows more."""
    replace = ("checkpoint", "-o", str(stamped), "--force")
    before = token.read_bytes()
    assert "Deleted" not in desk.run(*replace)
    assert token.read_bytes() == before
    desk.append(2)
    assert f"Deleted {token}, the time stamp of the file that was replaced" in desk.run(*replace)
    assert not token.exists()
    asked = ("verify", "--checkpoint", str(stamped))
    assert desk.json(*asked)["checkpoint"] == 37
    said = desk.run(*asked, "--tsa-certificate", str(pem), status=3)
    assert (
        f"ledger: {token}: {stamped} has no time stamp here. Put FILE.tsr next to it, or leave out"
    ) in said


def test_a_stamp_goes_only_for_another_one(
    desk: Desk, stamped: Path, token: Path, tsa: LoopbackServer, pem: Path
) -> None:
    before = stamped.read_bytes(), token.read_bytes()
    replace = ("checkpoint", "-o", str(stamped), "--force", *OPEN, "--timestamp")
    said = desk.run(*replace, tsa.url("/status/500"), status=3)  # of the same ledger
    assert f"{stamped} is written, but it was not stamped; its older time stamp stays. " in said
    assert (stamped.read_bytes(), token.read_bytes()) == before
    desk.append(2)
    said = desk.run(*replace, tsa.url("/status/500"), status=3)
    assert f"{stamped} and {token} stay as they were. To try again, add --force\n" in said
    assert (stamped.read_bytes(), token.read_bytes()) == before
    assert desk.json("verify")["checkpoint"] == 25
    said = desk.run(*replace, tsa.url("/tsa"))
    assert f"Wrote {token}: it {SAID}" in said
    assert "Deleted" not in said
    asked = ("verify", "--checkpoint", str(stamped), "--tsa-certificate", str(pem))
    item = desk.json(*asked)
    assert (item["checkpoint"], item["time_stamped_by"]) == (37, NAME)


def test_an_altered_ledger_counts_for_more_than_a_stamp_that_does_not_hold(
    desk: Desk, stamped: Path, token: Path, pem: Path
) -> None:
    token.write_bytes(token.read_bytes().replace(b"20260102120500Z", b"20250102120500Z"))
    with closing(sqlite3.connect(desk.db)) as connection:
        connection.execute("DROP TRIGGER claim_no_update")
    asked = ("verify", "--checkpoint", str(stamped), "--tsa-certificate", str(pem))
    desk.run(*asked, status=4)


def test_a_stamp_of_another_checkpoint_is_a_finding_and_no_altered_ledger(
    desk: Desk, stamped: Path, token: Path, pem: Path, tmp_path: Path
) -> None:
    assert desk.json("verify", "--checkpoint", str(stamped))["checkpoint"] == 25
    desk.append(2)
    other = tmp_path / "other.txt"
    desk.run("checkpoint", "-o", str(other))
    token.rename(tmp_path / "other.txt.tsr")
    before = Path(desk.db).read_bytes()
    asked = ("verify", "--checkpoint", str(other), "--tsa-certificate", str(pem))
    said = desk.run(*asked, status=1)
    assert said.startswith("entries\thead")  # what holds of the ledger itself is said all the same
    assert f"ledger: {other}.tsr: it belongs to other bytes. Find the file that was stamped" in said
    assert Path(desk.db).read_bytes() == before


@pytest.mark.parametrize(
    ("spoil", "status", "words"),
    [
        (lambda data: data.replace(b"20260102120500Z", b"20250102120500Z"), 1, "was altered"),
        (lambda data: data[:-1], 3, "this is not a time stamp (RFC 3161)"),
        (lambda _: b"<html>", 3, "this is not a time stamp (RFC 3161)"),
        (lambda _: b"", 3, "this is not a time stamp (RFC 3161)"),
    ],
)
def test_a_spoilt_stamp_is_refused(
    desk: Desk, stamped: Path, token: Path, pem: Path, spoil: Any, status: int, words: str
) -> None:
    token.write_bytes(spoil(token.read_bytes()))
    asked = ("verify", "--checkpoint", str(stamped), "--tsa-certificate", str(pem))
    said = desk.run(*asked, status=status)
    assert f"ledger: {token}: " in said
    assert words in said
    if status == 1:  # what holds of the ledger itself is said all the same
        assert said.startswith("entries\thead")


def test_a_certificate_that_is_none_is_said(
    desk: Desk, stamped: Path, pem: Path, tmp_path: Path
) -> None:
    asked = ("verify", "--checkpoint", str(stamped), "--tsa-certificate")
    assert "no such file" in desk.run(*asked, str(tmp_path / "none.pem"), status=3)
    pem.write_text("words")
    assert f"--tsa-certificate {pem}: this is not a certificate" in desk.run(
        *asked, str(pem), status=2
    )
    said = desk.run("verify", "--tsa-certificate", str(pem), status=2)
    assert (
        "it verifies the time stamp of a checkpoint, and no checkpoint was given. Add "
        "--checkpoint FILE"
    ) in said


def test_a_folder_in_the_place_of_a_stamp_is_said(
    desk: Desk, stamped: Path, token: Path, pem: Path
) -> None:
    token.unlink()
    token.mkdir()
    desk.append(2)
    asked = ("verify", "--checkpoint", str(stamped), "--tsa-certificate", str(pem))
    assert f"{token}: this is a folder" in desk.run(*asked, status=3)
    said = desk.run("checkpoint", "-o", str(stamped), "--force", status=2)
    assert f"{token}: it belongs to the file that was replaced, but cannot be deleted" in said


def test_who_has_no_time_stamp_loads_nothing_for_it(
    desk: Desk, stamped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEDGER_CONFIG", str(desk.config))
    watch = (
        "import sys\n"
        "from ledger.commands import app\n"
        f"app(['--db', {str(desk.db)!r}, 'journal', *sys.argv[1:]], standalone_mode=False)\n"
        "slow = {'rfc3161_client', 'httpx', 'ledger.timestamp'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)\n"
    )
    for command in (
        ["checkpoint", "-o", str(tmp_path / "plain.txt")],
        ["verify", "--checkpoint", str(stamped)],
    ):
        process = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", watch, *command], capture_output=True, check=True
        )
        assert process.stderr.decode().splitlines()[-1] == "[]", command
