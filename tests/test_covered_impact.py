"""Claims without a citation of their own, when those that close their paragraph are lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ledger.commands import app
from ledger.schema import Place

STORY = """The port closed. Three ships sank [1].

More came. They left [1][2].

Few stayed. The BBC said that they slept, according to Reuters [2].

None knows. It was dark [1][9]. It was late [9].

It rained. All saw it [2][9].

[1]: https://www.reuters.com/a
[2]: https://apnews.com/b
"""


@pytest.fixture
def story(db: Place, tmp_path: Path) -> Place:
    page = tmp_path / "port.md"
    page.write_text(STORY, encoding="utf-8")
    assert run(db, "ingest", str(page)).exit_code == 0
    return db


def run(db: Place, *words: str) -> Result:
    return CliRunner().invoke(app, ["--db", str(db), *words])


def items(db: Place, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(db, *words, "--json").stdout)["items"]
    return found


def test_those_that_may_be_lost_are_listed_apart(story: Place) -> None:
    found = items(story, "impact", "--outlet", "Reuters", "--covered")
    of = {item["claim"]: item["exact"] for item in found}
    assert [
        (item["effect"], item["exact"], of.get(item["covered_by"]))
        for item in found
        if item["covered_by"]
    ] == [
        ("may fall", "The port closed.", "Three ships sank."),
        ("may weaken", "More came.", "They left."),
    ]
    assert found[: found.index(next(item for item in found if item["covered_by"]))] == [
        {**item, "covered_by": None} for item in items(story, "impact", "--outlet", "Reuters")
    ]


def test_only_what_cites_covers(story: Place) -> None:
    """The sentence that names Reuters falls without it, and what it cites stays."""
    found = items(story, "impact", "--outlet", "Reuters", "--covered")
    falls = {item["exact"] for item in found if item["effect"] == "falls"}
    assert "The BBC said that they slept, according to Reuters." in falls
    assert "Few stayed." not in {item["exact"] for item in found}


def test_the_hint_leads_to_exactly_these(story: Place) -> None:
    whole = run(story, "impact", "--outlet", "Reuters", "--article", "port.md", "--format", "table")
    assert whole.exit_code != 0  # a file that is not here
    whole = run(story, "impact", "--outlet", "Reuters", "--format", "table")
    number, _, hint = whole.stderr.partition(" without a citation may be covered by them: ")
    assert number.endswith("not known.\n2 claims")  # not those that are only counted
    words = hint.partition("\n")[0].partition(" impact ")[2].split()
    asked = run(story, "impact", *words, "--format", "table")
    assert "Without a citation of their own, 1 may fall, 1 may weaken." in asked.stderr
    assert "which closes its paragraph, may cover it" in " ".join(asked.stdout.split())


def test_of_how_many_it_is_not_known_is_said(story: Place) -> None:
    note = (
        "for 2 further claims without a citation this is not known: the citation that closes "
        "the paragraph leads nowhere, or to an unknown source"
    )
    asked = ("impact", "--outlet", "Reuters")
    for form in ("table", "tsv"):
        said = run(story, *asked, "--covered", "--format", form).stderr
        assert said.count(f"note: {note}\n") == 1
    assert note in json.loads(run(story, *asked, "--covered", "--json").stdout)["warnings"]
    assert note not in run(story, *asked, "--format", "table").stderr


def test_a_part_counts_all_of_them(story: Place) -> None:
    asked = ("impact", "--outlet", "Reuters", "--format", "table", "--limit", "1")
    covered = (*asked, "--covered")
    assert "1 of 5 claims shown; all: --limit 0." in run(story, *covered).stderr
    assert "1 of 8 claims shown; all: --limit 0." in run(story, *covered, "--unknown").stderr
    assert "At least 1 claim without a citation may be covered by" in run(story, *asked).stderr


def test_lines_say_by_which(story: Place) -> None:
    head, *lines = run(story, "impact", "--outlet", "Reuters", "--covered").stdout.splitlines()
    assert head.split("\t")[-1] == "covered_by"
    assert sum(len(line.split("\t")[-1]) == 64 for line in lines) == 2
    assert "covered_by" not in run(story, "impact", "--outlet", "Reuters").stdout


def test_pages_are_lost_too(story: Place) -> None:
    found = items(story, "impact", "--source", "https://www.reuters.com/a", "--covered")
    assert [(item["effect"], item["exact"]) for item in found if item["covered_by"]] == [
        ("may fall", "The port closed."),
        ("may weaken", "More came."),
    ]


@pytest.mark.parametrize(
    ("words", "why", "instead"),
    [
        (("--covered",), "a ranking counts only claims with a citation", "NAME --covered"),
        (("--unknown",), "for which it is not known in a column", "NAME --unknown"),
        (("--no-unknown",), "for which it is not known in a column", "NAME --no-unknown"),
        (("--outlet", "Reuters"), "every single loss is ranked", "Leave out --outlet, or leave"),
        (("--except", "Reuters"), "every single loss is ranked", "Leave out --except, or leave"),
        (("--since", "2024-01-01"), "every single loss is ranked", "Leave out --since, or leave"),
    ],
)
def test_a_ranking_takes_nothing_that_is_told_of_one_loss(
    story: Place, words: tuple[str, ...], why: str, instead: str
) -> None:
    done = run(story, "impact", "--by", "owner", *words)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"ledger: {words[0]}: ")
    assert why in done.stderr
    assert instead in done.stderr


def test_of_several_articles_it_is_said_in_which_a_claim_is(db: Place, tmp_path: Path) -> None:
    said = {
        "one": "It rose [1].",
        "two": "It fell [1]. It sank [9].",
        "three": "It lay [2]. So [9].",
    }
    for name, text in said.items():
        page = tmp_path / f"{name}.md"
        links = "[1]: https://www.reuters.com/a\n[2]: https://apnews.com/b\n"
        page.write_text(f"{text}\n\n{links}", encoding="utf-8")
        assert run(db, "ingest", str(page)).exit_code == 0
        shown = run(db, "impact", "--outlet", "Reuters", "--format", "table")
        alone = name == "one"
        assert ("article" in shown.stdout.splitlines()[0].split()) is not alone
        assert ("ARTICLE" in shown.stderr) is not alone
    assert "Some fall or weaken in 2 of 3 articles.\n" in shown.stderr
    unknown = run(db, "impact", "--outlet", "BBC", "--format", "table").stderr
    assert "0 fall, 0 weaken, 2 not known.\n" in unknown
    asked = run(db, *"impact --outlet Reuters --covered --limit 1 --format table".split())
    assert max(len(line) for line in asked.stderr.splitlines() if "ledger" not in line) < 100
    assert shown.stderr.endswith("impact --outlet Reuters --article ARTICLE\n")
    falls = items(db, "impact", "--outlet", "Reuters")[1]
    (line,) = [line for line in shown.stdout.splitlines() if falls["claim"][:8] in line]
    assert line.split()[-1] == falls["article"][:8]

    one = ("--article", falls["article"])
    for words in (["claims", "--single-source"], ["outlet", "Reuters"]):
        shown = run(db, *words, "--format", "table")
        (line,) = [line for line in shown.stdout.splitlines() if falls["claim"][:8] in line]
        assert line.split()[-1] == falls["article"][:8]
    assert run(db, "claims", "--single-source", "--format", "table").stderr.endswith(
        "trace CLAIM; for one article: --article ARTICLE\n"
    )
    for words in (["claims", "--single-source"], ["impact", "--outlet", "Reuters"]):
        shown = run(db, *words, *one, "--format", "table")
        assert "article" not in shown.stdout
        assert "ARTICLE" not in shown.stderr
    none = run(db, "claims", "--outlet", "BBC", "--format", "table")
    assert none.stderr.endswith("No claim matches.\n")


@pytest.mark.parametrize("limit", [1, 5, 6, 100])
def test_the_counts_are_of_all_however_few_are_shown(story: Place, limit: int) -> None:
    asked = ("impact", "--outlet", "Reuters", "--covered")
    whole = items(story, *asked)
    assert items(story, *asked, "--limit", str(limit)) == whole[:limit]
    told = run(story, *asked, "--unknown", "--limit", str(limit), "--format", "table").stderr
    assert "Without a citation of their own, 1 may fall, 1 may weaken." in told
    assert (f"{limit} of {len(whole)} claims shown" in told) == (limit < len(whole))
