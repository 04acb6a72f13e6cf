"""The README's tour prints what the program prints.

Run with LEDGER_REPAIR=1 to write the true output into the README.
"""

import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ledger.commands import app

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
IDS = re.compile(r"\b[0-9a-f]{8,64}\b")
"""Ids and digests follow from the time of capture, so they differ from run to run."""
COMMAND = re.compile(r"^\$ (.*)$", re.M)


def on_a_terminal(command: str, environment: dict[str, str], folder: Path) -> str:
    """What a person sees: stdout and stderr of a command on a terminal of 100 columns."""
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-m", *shlex.split(command)]
    process = subprocess.Popen(  # noqa: S603 - the commands of our own README
        arguments, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # on Linux the end of a terminal is an error
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    process.wait()
    lines = seen.decode().replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def tour(text: str, environment: dict[str, str], folder: Path) -> str:
    """The README with the output of every command of its tour."""

    def block(match: re.Match[str]) -> str:
        shown = []
        for command in COMMAND.findall(match[1]):
            shown.append(f"$ {command}")
            shown.append(on_a_terminal(command, environment, folder))
        return "```console\n" + "\n".join(shown) + "\n```"

    return BLOCK.sub(block, text)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty module")
def test_the_tour_is_true(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "LEDGER_DB": str(tmp_path / "tour.db"),
        "LEDGER_CONFIG": str(tmp_path / "config"),
        "COLUMNS": "100",
        "LINES": "40",  # without it rich asks the terminal, which has no size, and takes 80 columns
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
    }
    text = README.read_text(encoding="utf-8")
    folder = tmp_path / "checkout"  # what a reader wrote into theirs is no concern of a test
    folder.mkdir()
    (folder / "fixtures").symlink_to(ROOT / "fixtures")
    # Where a reader has it, nobody knows.
    true = tour(text, environment, folder).replace(str(tmp_path), "...")
    if os.environ.get("LEDGER_REPAIR"):
        README.write_text(true, encoding="utf-8")
        text = true
    assert IDS.sub("id", text) == IDS.sub("id", true)


def test_lists_of_the_users_own_are_as_it_says(empty_db: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"^```\n(.*?)^```$", README.read_text(encoding="utf-8"), re.M | re.S)
    lists = [block for block in blocks if block.startswith(("domain,", "outlet,"))]
    assert len(lists) == 2
    for text, options in zip(lists, ((), ("--rating", "desk")), strict=True):
        listed = tmp_path / "list.csv"
        listed.write_text(text, encoding="utf-8")
        words = ["--db", str(empty_db), "outlets", "import", *options, str(listed)]
        assert CliRunner().invoke(app, words).exit_code == 0


def test_what_a_stranger_types_to_check_a_proof_is_said() -> None:
    typed = "--key KEY"
    assert f"ledger journal check-proof claim.proof {typed}" in README.read_text(encoding="utf-8")
    shown = CliRunner().invoke(app, ["journal", "check-proof", "--help"], env={"COLUMNS": "80"})
    assert f"ledger journal check-proof FILE {typed}" in " ".join(shown.stdout.split())


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    command = "python -m pytest -n 2 --cov --cov-fail-under=95"

    assert command in README.read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in (ROOT / "Makefile").read_text(encoding="utf-8")
