"""Every case under `fixtures/dialects/`: a document, and what is to be read in it.

expected.json: `claims` is [sentence, groups] in reading order, a group being the identifiers (or,
for links, addresses) of adjacent markers; `references` is identifier to first address; `findings`
are codes in any order; the other keys are only in the cases that are about them.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.inputs import receive
from ledger.model import Citation, Reading
from ledger.pipeline.read import read

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "dialects").iterdir())


@pytest.fixture(scope="module", params=CASES, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    """The case; of the module, so that its document is read once for every test of it."""
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def reading(folder: Path) -> Reading:
    page = next(folder.glob("input.*"))
    return read(receive(str(page), clock=lambda: datetime(2024, 5, 1, tzinfo=UTC)))


def groups_of(reading: Reading, claim_id: str) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for citation in reading.citations:
        if citation.claim_id == claim_id and not citation.alternative:
            label = citation.marker or citation.url or ""
            groups.setdefault(citation.group, []).append(label)
    return list(groups.values())


def outlet_name(reading: Reading, citation: Citation) -> str | None:
    key = next((each.outlet for each in reading.sources if each.id == citation.source_id), None)
    return next((each.name for each in reading.outlets if each.key == key), None)


def optional(reading: Reading) -> dict[str, Any]:
    """What a case may also say, computed for every case."""
    article = reading.article
    assert article is not None
    entries = {entry.marker: entry for entry in article.references}
    return {
        "references": {str(marker): entry.url for marker, entry in entries.items()},
        "titles": {marker: entry.title for marker, entry in entries.items()},
        "urls": {marker: list(entry.urls) for marker, entry in entries.items()},
        "kinds": [claim.kind for claim in reading.claims],
        "sections": [list(claim.section) for claim in reading.claims],
        "gaps": {each.marker: each.gap for each in reading.citations if each.gap},
        "outlets": {each.marker: outlet_name(reading, each) for each in reading.citations},
        "forms": {each.url: each.form for each in reading.citations if each.url},
        "links": {each.marker: each.url for each in reading.citations},
        "title": article.title,
        "published": article.published,
        "dateline": article.dateline,
        "byline": list(article.byline),
    }


def test_dialect(folder: Path, reading: Reading) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

    article = reading.article
    assert article is not None
    found = [[claim.exact, groups_of(reading, claim.id)] for claim in reading.claims]
    assert found == expected.pop("claims")
    codes = sorted(finding.code for finding in article.findings)
    assert codes == sorted(expected.pop("findings"))
    also = optional(reading)
    assert {key: also[key] for key in expected} == expected


def test_every_offset_cuts_what_it_says(reading: Reading) -> None:
    article = reading.article
    assert article is not None
    ends = 0
    for claim in reading.claims:
        assert article.text[claim.start : claim.end] == claim.exact
        assert ends <= claim.start < claim.end
        ends = claim.end
    by_id = {claim.id: claim for claim in reading.claims}
    for citation in reading.citations:
        claim = by_id[citation.claim_id]
        assert claim.start <= citation.at <= len(article.text)
