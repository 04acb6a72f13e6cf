"""`ledger link` where it matters which citations a person speaks of, and what becomes of it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ledger.commands import app

BBC, PAGE = "https://www.bbc.com/three", "https://archive.org/details/road"
PARTS = """# One

The road is old [1]. It was paved in May [3].

## References

[1] https://www.reuters.com/one
[3] {first}

# Two

Ships came late [1]. They were many [3].

## References

[1] https://apnews.com/two
[3] {second}
"""
EXPIRING = "https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZIYQabc"


def run(db: Path, *args: object) -> Any:
    named = {"LEDGER_DB": str(db), "COLUMNS": "200"}
    return CliRunner().invoke(app, [*map(str, args)], env=named)


def items(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code in (0, 1), result.output
    return list(json.loads(result.stdout)["items"])


def leads(db: Path, marker: str) -> dict[str, str | None]:
    """Claim to where it leads by the marker, as things stand."""
    return {
        claim["exact"]: citation["source"]
        for claim in items(run(db, "claims", "--json"))
        for citation in claim["citations"]
        if citation["marker"] == marker
    }


def parts(path: Path, first: str, second: str) -> Path:
    path.write_text(PARTS.format(first=first, second=second), encoding="utf-8")
    return path


@pytest.fixture
def works(empty_db: Path, tmp_path: Path) -> Path:
    """Two parts that mean different works by [3], neither with an address."""
    path = parts(tmp_path / "a.md", "Alder, The Road Book", "Birch, A Book of Ships")
    run(empty_db, "ingest", path)
    return path


def test_a_list_that_was_wrong_is_put_right_by_another(empty_db: Path, tmp_path: Path) -> None:
    article, given = tmp_path / "a.md", tmp_path / "list.csv"
    article.write_text("The road is old [1]. It was paved in May [2].\n", encoding="utf-8")
    given.write_text(f"marker,url\n1,https://wrong.example/a\n2,{BBC}\n", encoding="utf-8")
    run(empty_db, "ingest", article, "--references", given)
    refused = run(empty_db, "link", article, 1, PAGE)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "replace it: ledger ingest --references FILE" in refused.stderr

    given.write_text(f"marker,url\n1,{PAGE}\n2,{BBC}\n", encoding="utf-8")
    run(empty_db, "ingest", article, "--references", given)
    assert leads(empty_db, "1") == {"The road is old.": PAGE}
    assert "0 articles recorded, 1 unchanged" in run(empty_db, "ingest", article).stderr
    assert leads(empty_db, "1") == {"The road is old.": PAGE}  # the list given last stands

    given.write_text(f"marker,url\n1,\n2,{BBC}\n", encoding="utf-8")
    run(empty_db, "ingest", article, "--references", given)
    assert leads(empty_db, "1") == {"The road is old.": None}
    run(empty_db, "link", article, 1, PAGE)
    assert leads(empty_db, "1") == {"The road is old.": PAGE}


def test_pages_of_one_number_are_named(empty_db: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    entries = f"[1] {BBC}\n[1] https://user:word@two.example/b"
    article.write_text(f"The road is old [1].\n\n## References\n\n{entries}\n", encoding="utf-8")
    parsed = json.loads(run(empty_db, "parse", article).stdout)
    (found,) = [f for f in parsed["findings"] if f["code"] == "duplicate-reference-number"]
    assert found["detail"].endswith(f"different pages: {BBC}, https://two.example/b")


def test_a_claim_whose_citation_was_stripped_says_so(empty_db: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(
        f"The road is old [1]. It was paved in May .\n\nShips came.\n\n# References\n\n[1] {BBC}\n",
        encoding="utf-8",
    )
    run(empty_db, "ingest", article)
    lost = {
        each["exact"]: each["citation_lost"] for each in items(run(empty_db, "claims", "--json"))
    }
    assert list(lost.values()) == [False, True, False]
    (page,) = items(run(empty_db, "article", article, "--json"))
    assert {each["exact"]: each["citation_lost"] for each in page["claims"]} == lost
    for words in (("claims",), ("article", article)):
        shown = run(empty_db, *words, "--format", "table").stdout
        assert shown.count("uncited: citation stripped?") == 1
    for claim in page["claims"]:
        (traced,) = items(run(empty_db, "trace", claim["id"], "--json"))
        assert traced["citation_lost"] == claim["citation_lost"]
        shown = run(empty_db, "trace", claim["id"], "--format", "table").stdout
        assert ("a citation seems to have been stripped" in shown) == claim["citation_lost"]


def test_a_marker_of_different_works_is_linked_claim_by_claim(empty_db: Path, works: Path) -> None:
    refused = run(empty_db, "link", works, 3, PAGE)
    assert refused.exit_code == 2
    assert "Alder, The Road Book; Birch, A Book of Ships" in refused.stderr
    assert "--claim ID" in refused.stderr

    road = next(each["claim"] for each in items(run(empty_db, "gaps", "--json")))
    assert run(empty_db, "link", works, 3, PAGE, "--claim", road[:12]).exit_code == 0
    assert leads(empty_db, "3") == {"It was paved in May.": PAGE, "They were many.": None}


def test_what_was_said_of_one_claim_stays_with_it_in_later_versions(
    empty_db: Path, works: Path
) -> None:
    road, ships = (each["claim"] for each in items(run(empty_db, "gaps", "--json")))
    run(empty_db, "link", works, 3, PAGE, "--claim", road)
    works.write_text(works.read_text() + "\nAnd that is all.\n")
    run(empty_db, "ingest", works)
    assert leads(empty_db, "3") == {"It was paved in May.": PAGE, "They were many.": None}

    (ships,) = (each["claim"] for each in items(run(empty_db, "gaps", "--json")))
    run(empty_db, "link", works, 3, "https://apnews.com/ships", "--claim", ships)
    works.write_text(works.read_text() + "\nAnd so it ended.\n")
    run(empty_db, "ingest", works)
    assert leads(empty_db, "3") == {
        "It was paved in May.": PAGE,
        "They were many.": "https://apnews.com/ships",
    }


def test_a_link_does_not_spread_to_another_work_that_a_later_version_adds(
    empty_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    whole = PARTS.format(first="Alder, The Road Book", second="Birch, A Book of Ships")
    path.write_text(whole.partition("# Two")[0])
    run(empty_db, "ingest", path)
    run(empty_db, "link", path, 3, PAGE)
    path.write_text(whole)
    run(empty_db, "ingest", path)

    assert leads(empty_db, "3") == {"It was paved in May.": PAGE, "They were many.": None}


def test_a_gap_is_closed_where_another_part_has_a_page_for_the_marker(
    empty_db: Path, tmp_path: Path
) -> None:
    path = parts(tmp_path / "a.md", BBC, "Birch, A Book of Ships")
    run(empty_db, "ingest", path)
    assert run(empty_db, "link", path, 3, PAGE).exit_code == 0

    read = {"It was paved in May.": "https://bbc.com/three", "They were many.": PAGE}
    assert leads(empty_db, "3") == read
    assert items(run(empty_db, "gaps", "--json")) == []
    path.write_text(path.read_text() + "\nAnd that is all.\n")
    run(empty_db, "ingest", path)
    assert leads(empty_db, "3") == read


def test_a_claim_that_does_not_cite_the_marker_cannot_be_named(empty_db: Path, works: Path) -> None:
    other = next(
        each["id"]
        for each in items(run(empty_db, "claims", "--json"))
        if each["exact"].startswith("Ships")
    )
    refused = run(empty_db, "link", works, 3, PAGE, "--claim", other)
    assert refused.exit_code == 2
    assert "it does not cite [3] in this article" in refused.stderr


def test_an_earlier_version_is_not_linked_and_the_current_one_is_named(
    empty_db: Path, works: Path
) -> None:
    (first,) = items(run(empty_db, "articles", "--json"))
    works.write_text(works.read_text() + "\nAnd that is all.\n")
    run(empty_db, "ingest", works)
    (second,) = items(run(empty_db, "articles", "--json"))

    refused = run(empty_db, "link", first["id"], 3, PAGE)
    assert refused.exit_code == 2
    assert f"ledger link {second['id'][:12]} 3 URL" in refused.stderr


def test_what_a_person_led_a_claim_to_is_not_dropped_by_its_publisher(
    empty_db: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "The dam at Alder broke late on Monday [2].\n\n[1]: https://www.reuters.com/a\n"
    )
    run(empty_db, "ingest", path)
    run(empty_db, "link", path, 2, "https://apnews.com/b")
    path.write_text("The dam at Alder broke on Monday [2].\n\n[1]: https://www.reuters.com/a\n")
    run(empty_db, "ingest", path)

    compared = run(empty_db, "diff", path, "--json")
    assert compared.exit_code == 0
    (page,) = items(compared)
    (claim,) = page["claims"]
    assert (claim["state"], page["dropped"]) == ("reworded", [])
    assert (claim["lost"], claim["linked"]) == (["https://apnews.com/b"], ["https://apnews.com/b"])

    shown = " ".join(run(empty_db, "diff", path, "--format", "table").stdout.split())
    assert (
        "a person's link to https://apnews.com/b was not carried over; [2] leads nowhere" in shown
    )
    assert "lost " not in shown


def test_an_address_that_expires_is_led_to_its_page(empty_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"The dam broke [1].\n\n[1] dw.com {EXPIRING}\n")
    run(empty_db, "ingest", path)
    assert run(empty_db, "link", path, 1, "https://www.dw.com/dam").exit_code == 0
    for more in ("", "It held.\n\n"):
        path.write_text(more + path.read_text())
        again = run(empty_db, "ingest", path)
        assert "still leads to" not in again.stderr
        assert leads(empty_db, "1") == {"The dam broke.": "https://dw.com/dam"}
    assert "link-against-list" not in run(empty_db, "audit", path, "--format", "md").stdout


def test_where_a_list_from_outside_leads_a_marker_it_is_not_called_the_articles_own(
    empty_db: Path, tmp_path: Path
) -> None:
    path, given = tmp_path / "a.md", tmp_path / "given.csv"
    path.write_text("The dam broke [1].\n")
    given.write_text(f"marker,url\n1,{BBC}\n")
    run(empty_db, "ingest", path, "--references", given)

    refused = run(empty_db, "link", path, 1, PAGE)
    assert refused.exit_code == 2
    assert f"[1]: the article itself says where it leads: {BBC}" in refused.stderr
    assert "own list" not in refused.stderr
