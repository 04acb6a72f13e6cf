"""`docs/audit.md` and `docs/findings.md` say what an audit has, and nothing else.

Run with LEDGER_REPAIR=1 to write the second anew.
"""

import csv
import os
import re
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from audit_cases import OUTLETS, RAIN, SNOW, the_letter
from exported import to_csv, to_markdown
from ledger_of import record
from read_all import read_all
from test_export import names

from ledger import audit as audit_parts
from ledger.audit import audit, audit_set
from ledger.export import wording
from ledger.export.csv import COLUMNS
from ledger.export.json import SCHEMA
from ledger.queries.every_article import every_article
from ledger.reader import Reader
from ledger.schema import Place

ROOT = Path(__file__).parent.parent
AUDIT, FINDINGS = ROOT / "docs" / "audit.md", ROOT / "docs" / "findings.md"

HEAD = """# Findings and gaps

Written from `ledger/export/wording.py`; a test keeps it true.

## Findings

What a reader must know about an article, the most urgent first: `ledger audit ARTICLE` shows each
with its place.

| finding | what it means | what to do |
|---|---|---|
"""
GAPS = """
## Gaps

Why a citation leads to no page: `ledger gaps` lists them, and `ledger link ARTICLE MARKER URL` says
where one leads.

| gap | what it means | what to do |
|---|---|---|
"""


def rows(words: Iterable[tuple[str, str]]) -> str:
    """A row for each code; the last of its sentences says what to do."""
    parted = ((code, *text.rpartition(". ")) for code, text in words)
    return "".join(f"| {code} | {means}. | {to_do} |\n" for code, means, _, to_do in parted)


def test_the_list_of_findings_and_gaps_is_true() -> None:
    written = HEAD + rows(wording.FINDINGS.items()) + GAPS + rows(wording.GAPS.items())
    if os.environ.get("LEDGER_REPAIR"):
        FINDINGS.write_text(written, encoding="utf-8")
    assert FINDINGS.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("words", [wording.FINDINGS, wording.GAPS])
def test_every_finding_and_gap_says_what_to_do(words: dict[str, str]) -> None:
    assert [code for code, text in words.items() if ". " not in text] == []


def part(name: str) -> str:
    """What stands below a heading of the document."""
    found = AUDIT.read_text(encoding="utf-8").partition(f"\n## {name}\n")[2]
    return found.partition("\n## ")[0]


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_its_sections_are_named_in_order(empty_db: Path) -> None:
    ids = record(empty_db, [RAIN, SNOW], OUTLETS, the_letter)
    with Reader(empty_db) as reader:
        one, both = to_markdown(audit(reader, ids[0])), to_markdown(audit_set(reader, ids))
    named = re.findall(r"^\* \*\*(.+?)\*\*", part("Sections"), re.M)
    heads = re.findall(r"^## (.+)$", one, re.M)
    assert [name for name in named if name != "Withdrawn"] == ["In short", "Not checked", *heads]
    told = re.findall(r"“(.+?)”", part("Sections"))
    assert [head for head in re.findall(r"^## (.+)$", both, re.M) if head in told] == [
        "Summary",
        "Findings over all articles",
        "Outlets by weight over all articles",
    ]


def test_every_column_of_the_csv_is_named_in_order() -> None:
    named = [name for row in cells(part("CSV")) for name in re.findall(r"`(\w+)`", row[0])]
    assert tuple(named) == COLUMNS


def test_rows_of_the_csv_are_counted_as_it_says(db: Place, tmp_path: Path) -> None:
    file = tmp_path / "dam.md"
    file.write_text(
        "# The dam\n\nIt broke [1][2]. It was [mended](https://c.example/) [9]. Nobody knew.\n\n"
        "## References\n\n[1] https://a.example/1 https://b.example/1\n[2] https://b.example/2\n"
    )
    read_all(db, file)
    with Reader(db) as reader:
        found = audit(reader, every_article(reader)[0])
    table = list(csv.DictReader(StringIO(to_csv(found))))
    claims = {row["claim"] for row in table if row["number"]}
    leads = [row for row in table if row["form"] in ("marker", "link")]
    assert [row["alternative"] for row in leads] == ["0", "1", "0", "0", "0"]
    assert len(claims) == found.numbers.claims == 3
    citations = [row for row in leads if row["alternative"] == "0"]
    assert len(citations) == found.numbers.citations == 4
    assert sum(bool(row["gap"]) for row in leads) == found.numbers.gaps == 1


def test_every_key_of_the_json_is_named() -> None:
    found = {row[1]: re.findall(r"`(\w+)`", row[2]) for row in cells(part("JSON"))}
    kinds = {kind: getattr(audit_parts, kind) for kind in audit_parts.__all__ if kind[0].isupper()}
    for inside in ("AuditSet", "Brief", "Lost", "Total"):
        del kinds[inside]
    assert {kind: names(of) for kind, of in kinds.items()} == found
    assert f"`{SCHEMA}`" in part("JSON")


def test_the_readme_leads_to_both() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/audit.md" in readme
    assert "docs/findings.md" in readme
