"""`docs/dialects.md` lists what is read, from the table of dialects and the conformance cases.

Run with LEDGER_REPAIR=1 to write it anew.
"""

import json
import os
from pathlib import Path

from ledger.extract.dialects import DIALECTS

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "dialects.md"
CASES = ROOT / "fixtures" / "dialects"

HEAD = """# Citation dialects

Written from `ledger/extract/dialects.py` and `fixtures/dialects/`; a test keeps it true.

## Markers

| dialect | example |
|---|---|
"""
TAIL = """
Beside these: numbers glued behind a stop ("inheritance.15 This"), where the reference list and the
rest of the document bear them out; chips of copied pages ("fell.example+1"); the author and year of
an entry ("(Roe, 2021)"); and bare addresses in the text.

## Conformance cases

Each is a folder with a document and what is to be read in it.

| case | claims | markers and links | findings |
|---|---:|---:|---|
"""


def code(text: str) -> str:
    """A table cell of code, private-use characters spelled out."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return "`" + shown.replace("|", "\\|") + "`"


def written() -> str:
    rows = [f"| {dialect.name} | {code(dialect.example)} |" for dialect in DIALECTS]
    cases = []
    for folder in sorted(CASES.iterdir()):
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        claims = expected["claims"]
        markers = sum(len(group) for _, groups in claims for group in groups)
        findings = ", ".join(dict.fromkeys(expected["findings"]))
        name = folder.name.replace("-", " ")
        cases.append(f"| {name} | {len(claims)} | {markers} | {findings} |")
    return HEAD + "\n".join(rows) + "\n" + TAIL + "\n".join(cases) + "\n"


def test_the_list_of_dialects_is_true() -> None:
    if os.environ.get("LEDGER_REPAIR"):
        DOCUMENT.write_text(written(), encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == written()


def test_there_are_at_least_sixty_cases() -> None:
    assert len(list(CASES.iterdir())) >= 60
