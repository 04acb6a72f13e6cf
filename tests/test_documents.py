"""`docs/dialects.md` lists what is read, `docs/cases.md` the cases that show it.

Written from the table of dialects and the conformance cases; LEDGER_REPAIR=1 writes both anew.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.extract.markers.dialects import DIALECTS

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "dialects.md"
LIST = ROOT / "docs" / "cases.md"
CASES = ROOT / "fixtures" / "dialects"

HEAD = """# Citation dialects

Written from `ledger/extract/markers/dialects.py`; a test keeps it true. [cases.md](cases.md) lists
the cases in `fixtures/dialects/` that show what is read.

## Markers

| dialect | example |
|---|---|
"""
TAIL = """
Beside these: numbers glued behind a stop ("inheritance.15 This"), where the reference list and the
rest of the document bear them out; chips of copied pages ("fell.example+1"); the author and year of
an entry ("(Roe, 2021)"); and bare addresses in the text.

A marker belongs to the sentence that it closes, also behind the stop, and leaves the text. One that
a sentence says as a word ("according to [3]", "It fell. [5] introduces a gauge") belongs to that
sentence and stays in it.

## Reference lists

Under a head in seventy languages, or without one where the entries define themselves
(`[3]: …`, `.. [3] …`, `\\bibitem{roe}`), carry addresses or close the document; several labels or
addresses to an entry, titles and addresses on lines of their own, a list in a fold, on one line, in
one pair of brackets; one list for each part of a document; notes in the text. DOIs, arXiv ids,
PMIDs and hosts with " dot " become addresses. From outside: CSV, JSON, CSL-JSON, RIS, BibTeX.

## Refused

What looks like a citation and is none stays in the text, where a reader sees it.

| what | unless | case |
|---|---|---|
{refused}
"""
CASES_HEAD = """# Conformance cases

Each is a folder of that name in `fixtures/dialects/`, with a document and what is to be read in it.
Written from them; a test keeps it true.

| case | claims | markers and links | findings |
|---|---:|---:|---|
"""


REFUSED = (
    ("a year, `[2024]`", "the list has that number", "year-is-no-marker"),
    ("an interval, `95% CI [12, 18]`", "", "intervals-are-no-markers"),
    ("digits in groups, `[4,500]`", "the list has both", "grouped-digits-are-no-markers"),
    ("an insertion, `[sic]`, `[the mayor]`", "", "sic-and-editorial-brackets"),
    (
        "an index, `a[3]`, `A[3]`",
        "the list has that number, and no small letter alone stands before it",
        "index-of-an-array-is-no-marker",
    ),
    ("code, `` `x[1]` ``", "", "code-is-no-prose"),
    ("a placeholder of a command, `[OPTION]`", "", "code-parameters-are-no-markers"),
    ("an exponent, `m²`, `10³`", "", "raised-digits-beside-brackets-are-exponents"),
    ("a counter, `(1) the tide, (2) the wind`", "", "counters-in-round-brackets-are-no-markers"),
    ("a circled counter, `①潮水`", "the list has it", "circled-numbers-that-open-items-are-none"),
    ("capitals, `[NATO]`", "", "capitals-in-brackets-are-no-ids"),
    ("a linked count, `[12](/comments)`", "the list has it", "linked-counts-are-no-markers"),
    ("a speaker, `[Host]: Welcome`", "", "transcript-labels-are-no-definitions"),
    ("a name and a year, `(Roe, 2021)`", "the list has that work", "author-and-year-without-list"),
    ("a label, `[ref3]`, `[a]`", "the list has it", "labels-that-the-list-lacks-are-words"),
    ("a word, `[Reuters]`", "the list has it", "labels-of-one-word-inside-a-sentence-stay"),
    (
        "an index in a formula of TeX, `$a[1] + b[2]$`",
        "",
        "indexes-in-formulas-are-no-markers",
    ),
    ("the number of an issue, `(#1)`", "the list is cited so", "issue-numbers-in-round-brackets"),
    ("a version, `Model 2.5 Cart`", "", "versions-are-no-markers-in-their-turn"),
    ("a star or dagger", "a line begins with it", "symbols-without-notes-are-no-markers"),
    ("what a search found and did not cite", "", "hidden-span-lists-and-does-not-cite"),
)
"""What is refused, unless what holds, and the case that shows it."""


def code(text: str) -> str:
    """A table cell of code, private-use characters spelled out."""
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return "`" + shown.replace("|", "\\|") + "`"


def dialects() -> str:
    rows = [f"| {dialect.name} | {code(dialect.example)} |" for dialect in DIALECTS]
    refused = "\n".join(
        f"| {what} | {unless} | {case.replace('-', ' ')} |" for what, unless, case in REFUSED
    )
    return HEAD + "\n".join(rows) + "\n" + TAIL.replace("{refused}", refused)


def cases() -> str:
    rows = []
    for folder in sorted(CASES.iterdir()):
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        claims = expected["claims"]
        markers = sum(len(group) for _, groups in claims for group in groups)
        findings = ", ".join(dict.fromkeys(expected["findings"]))
        name = folder.name.replace("-", " ")
        rows.append(f"| {name} | {len(claims)} | {markers} | {findings} |")
    return CASES_HEAD + "\n".join(rows) + "\n"


@pytest.mark.parametrize(("document", "written"), [(DOCUMENT, dialects), (LIST, cases)])
def test_the_list_of_dialects_and_that_of_cases_are_true(
    document: Path, written: Callable[[], str]
) -> None:
    if os.environ.get("LEDGER_REPAIR"):
        document.write_text(written(), encoding="utf-8")
    assert document.read_text(encoding="utf-8") == written()


def test_every_refusal_has_a_case() -> None:
    assert all((CASES / case).is_dir() for _, _, case in REFUSED)


def test_there_are_at_least_sixty_cases() -> None:
    assert len(list(CASES.iterdir())) >= 60
