"""What `ledger parse` prints, beside the entries that `ledger ingest` records of the same bytes."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.contain import Workers
from ledger.document import Reference
from ledger.errors import ExtractError
from ledger.export.cells import escaped, json_text
from ledger.extract import read as extract_here
from ledger.ids import claim_ids, spell_string
from ledger.inputs import Received
from ledger.model import Claim, Reading
from ledger.pipeline.item import parsed_line, spelled
from ledger.pipeline.parse import Parsed, parse
from ledger.pipeline.read import read

ENCODABLE = st.text(st.characters(codec="utf-8"))
FIXTURES = Path(__file__).parent.parent / "fixtures"
DOCUMENTS = sorted(
    path for path in FIXTURES.rglob("*") if path.suffix in (".md", ".txt", ".html", ".wiki")
)


def received(path: Path) -> Received:
    return Received(
        path.name, path.as_uri(), path.as_uri(), path.read_bytes(), datetime(2025, 1, 1, tzinfo=UTC)
    )


Found = TypeVar("Found")


def found(action: Callable[[Received], Found], path: Path) -> Found | str:
    """What is found in a document, or the code of the error that it gives."""
    try:
        return action(received(path))
    except ExtractError as error:
        return error.code


@pytest.fixture(scope="module", params=DOCUMENTS, ids=lambda path: str(path.relative_to(FIXTURES)))
def path(request: pytest.FixtureRequest) -> Path:
    """A document; of the module, so that its tests run one after the other."""
    document: Path = request.param
    return document


@lru_cache(maxsize=1)
def parsed_once(path: Path) -> Parsed | str:
    """As `found`, for every test of a document; no fixture, so that `no_cover` is true of it."""
    return found(parse, path)


def claims_of(name: str, parsed: Parsed) -> list[dict[str, Any]]:
    """The claims in the JSON of a document."""
    claims: list[dict[str, Any]] = json.loads(spelled(name, parsed))["claims"]
    return claims


def recorded(reading: Reading) -> list[dict[str, Any]]:
    """The claims of the entries, in the words of the parse contract."""
    sources = {source.id: source for source in reading.sources}
    names = {outlet.key: outlet.name for outlet in reading.outlets}
    cited: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in reading.citations:
        source = sources.get(each.source_id or "")
        if each.alternative:
            of_marker = cited[each.claim_id][-1]
            of_marker.setdefault("urls", [of_marker["url"]]).append(each.url)
            continue
        cited[each.claim_id].append(
            {
                **each.model_dump(include={"marker", "raw", "at", "group", "form", "url", "gap"}),
                "source": source.url if source else None,
                "outlet": names.get(source.outlet or "") if source else None,
            }
        )
    named: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for attribution in reading.attributions:
        named[attribution.claim_id].append(
            {
                **attribution.model_dump(include={"name", "start", "end"}),
                "outlet": names.get(attribution.outlet or ""),
            }
        )
    return [
        {
            **claim.model_dump(include={"id", "start", "end", "exact", "kind"}),
            "section": list(claim.section),
            "citations": cited[claim.id],
            "attributions": named[claim.id],
        }
        for claim in reading.claims
    ]


@pytest.mark.no_cover
def test_parse_says_what_ingest_records(path: Path) -> None:
    reading, parsed = found(read, path), parsed_once(path)
    if isinstance(reading, str) or isinstance(parsed, str):
        assert parsed == reading
        return

    printed = json.loads(spelled(path.name, parsed))

    for claim in printed["claims"]:
        for citation in claim["citations"]:
            for derived in ("clause", "hint", "origin"):
                del citation[derived]
    assert printed["claims"] == recorded(reading)
    assert reading.article is not None
    assert printed["text"] == reading.article.text
    assert [entry["raw"] for entry in printed["references"]] == [
        entry.raw for entry in reading.article.references
    ]


def test_what_is_read_again_gives_the_same_object() -> None:
    first = received(FIXTURES / "walkthrough" / "harbour.md")
    later = replace(first, received_at=first.received_at + timedelta(days=1))

    assert parsed_line(first, ()) == parsed_line(later, ())


@given(ENCODABLE, st.integers(0, 10**9), ENCODABLE)
def test_the_id_of_a_claim_is_the_same_however_it_is_made(
    article: str, start: int, exact: str
) -> None:
    fields = {"article_id": article, "start": start, "end": start + 1, "exact": exact}
    claim = Claim.make(**fields, kind="uncited", key="")

    assert claim_ids(article)(start, spell_string(exact)) == claim.id


@given(st.dictionaries(st.text(), st.text() | st.none() | st.lists(st.integers())))
def test_a_line_of_json_has_the_value_and_shows_no_control_characters(
    value: dict[str, Any],
) -> None:
    line = escaped(json.dumps(value, ensure_ascii=False))

    assert json.loads(line) == json.loads(json_text(value))
    assert line.isprintable() or not any(char in line for char in "\n\x7f\x85\u202e\u2028")


@pytest.mark.no_cover
def test_the_json_is_spelled_as_a_library_spells_it(path: Path) -> None:
    parsed = parsed_once(path)
    if not isinstance(parsed, str):
        line = spelled(f"{path.name}\ud800", parsed)

        assert line == json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("name", ["a.md", "a.html"])
@pytest.mark.parametrize("contained", [False, True])
def test_a_list_from_outside_makes_markers_of_kept_numbers(
    name: str, contained: bool, tmp_path: Path
) -> None:
    words = "Choose [1] yes or [2] no at once. Line [3] runs late, says the office in the town."
    path = tmp_path / name
    path.write_text(f"<article><p>{words}</p></article>" if "html" in name else words)
    listed = [
        Reference(
            marker=str(n), raw="", url=f"https://a.example/{n}", urls=(f"https://a.example/{n}",)
        )
        for n in (1, 2, 3)
    ]
    with Workers() as workers:
        extract = workers.read if contained else extract_here
        kept = parse(received(path), extract=extract)
        led = parse(received(path), listed, extract=extract)

    assert "numbers-kept" in [finding.code for finding in kept.document.findings]
    assert [len(claim["citations"]) for claim in claims_of(name, kept)] == [0, 0]
    assert [len(claim["citations"]) for claim in claims_of(name, led)] == [2, 1]
    assert "numbers-kept" not in [finding.code for finding in led.document.findings]
