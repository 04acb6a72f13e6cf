"""`ledger outlets add`, `merge` and `import`: what they print, record and refuse."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ledger.commands import app
from ledger.proof import verify_ledger
from ledger.schema import Place

FOLDER = Path(__file__).parent.parent / "fixtures" / "outlet-lists"


def run(db: Place, *words: object, status: int = 0, stdin: str | None = None) -> Any:
    done = CliRunner().invoke(
        app,
        ["--db", str(db), *map(str, words)],
        input=stdin,
        env={"COLUMNS": "200", "LEDGER_USER": "anna"},
    )
    assert done.exit_code == status, done.output
    return done


def items(db: Place, *words: object, status: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(db, *words, "--json", status=status).stdout)[
        "items"
    ]
    return found


def recorded(db: Path) -> int:
    with closing(sqlite3.connect(db)) as connection:
        found: int = connection.execute("SELECT COUNT(*) FROM journal").fetchone()[0]
    return found


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.md"
    path.write_text(
        "The dam broke [1]. According to The Morning, it held.\n\n据晨报报道，大坝决堤。\n\n"
        "[1]: https://morning.example/a\n",
        encoding="utf-8",
    )
    return path


def test_outlets_alone_still_lists(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    (found,) = items(empty_db, "outlets")
    assert (found["key"], found["claims"]) == ("morning.example", 1)
    assert run(empty_db, "outlets", "--format", "csv").stdout.startswith("key,name,domain")
    run(empty_db, "outlets", "nonsense", status=2)


def test_what_is_added_is_known_to_questions_and_to_later_readings(
    empty_db: Path, story: Path
) -> None:
    add = (
        *("outlets", "add", "www.Morning.example", "--name", "Morning Post", "--country", "gb"),
        *("--alias", "The Morning", "--alias", "晨报", "--owner", "House", "--reason", "masthead"),
    )
    (item,) = items(empty_db, *add)
    assert (item["key"], item["country"], item["recorded"]) == ("morning.example", "GB", True)
    run(empty_db, "ingest", story)
    assert len(items(empty_db, "claims", "--outlet", "晨报")) == 3
    (page,) = items(empty_db, "outlet", "the morning")
    assert (page["name"], page["owner"], page["aliases"]) == (
        "Morning Post",
        "House",
        ["The Morning", "晨报"],
    )
    (said,) = page["told"]
    assert (said["by"], said["reason"]) == ("anna", "masthead")
    assert [each["effect"] for each in items(empty_db, "impact", "--owner", "house")] == [
        "falls"
    ] * 3
    verify_ledger(empty_db)
    before = recorded(empty_db)
    again = run(empty_db, *add, "--format", "table")
    assert "is already recorded; nothing was added" in again.stdout
    assert again.stderr == ""
    piped = run(empty_db, *add)
    assert piped.stdout.endswith("\tfalse\n")
    assert piped.stderr.startswith("note: Morning Post (morning.example): name Morning Post")
    assert piped.stderr.endswith(" is already recorded; nothing was added\n")
    assert recorded(empty_db) == before


def test_an_article_that_was_read_before_names_an_outlet_when_it_is_ingested_again(
    empty_db: Path, tmp_path: Path
) -> None:
    story = tmp_path / "story.md"
    story.write_text("A mayor resigned, according to the Harbour Gazette.\n")
    run(empty_db, "ingest", story)
    done = run(empty_db, "outlets", "add", "gazette.example", "--name", "Harbour Gazette")
    assert "articles recorded before use the new name once they are ingested again" in done.stderr
    (again,) = items(empty_db, "ingest", story)
    assert again["new"] is True
    (found,) = items(empty_db, "impact", "--outlet", "Harbour Gazette")
    assert found["effect"] == "falls"
    (third,) = items(empty_db, "ingest", story)
    assert third["new"] is False
    run(empty_db, "diff", story)


def test_earlier_owners_are_shown_and_count_in_no_answer_about_now(
    empty_db: Path, story: Path
) -> None:
    run(empty_db, "ingest", story)
    for words in (("Old House", "--until", "2019-03"), ("New House", "--since", "2019-03")):
        run(empty_db, "outlets", "add", "morning.example", "--owner", *words)
    shown = run(empty_db, "outlet", "morning.example", "--format", "table").stdout
    assert "owner: New House since 2019-03" in shown
    assert "Earlier owners: Old House until 2019-03" in shown
    assert items(empty_db, "impact", "--owner", "new house")
    run(empty_db, "impact", "--owner", "old house", status=1)


def test_who_contradicts_whom_is_said_and_the_later_one_stands(empty_db: Path) -> None:
    add = ("outlets", "add", "morning.example", "--owner")
    run(empty_db, *add, "House", "--by", "anna", "--reason", "masthead")
    done = run(empty_db, *add, "Group", "--by", "bert")
    assert "note: anna said on" in done.stderr
    assert "owner House: masthead. What is said now stands: owner Group" in done.stderr
    shown = run(empty_db, "outlet", "morning.example", "--format", "table", status=1).stdout
    assert "owner: Group" in shown
    assert "no longer counts, because of a later decision: owner House" in shown


def test_a_merge_that_was_taken_back_is_told_in_words(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    run(empty_db, "outlets", "merge", "morning.example", "reuters.com")
    run(empty_db, "outlets", "merge", "morning.example", "morning.example")
    shown = run(empty_db, "outlet", "morning.example", "--format", "table").stdout
    assert "no longer counts, because of a later decision: is reuters.com" in shown


def test_a_name_that_was_given_to_a_second_outlet_names_neither(
    empty_db: Path, tmp_path: Path
) -> None:
    story = tmp_path / "wire.md"
    story.write_text(
        "The dam broke [1]. It held [2].\n\n[1]: https://www.reuters.com/a\n"
        "[2]: https://morning.example/a\n",
        encoding="utf-8",
    )
    run(empty_db, "ingest", story)
    run(empty_db, "outlets", "add", "morning.example", "--name", "Morning", "--alias", "Reuters")
    for words in (
        ("impact", "--outlet", "Reuters"),
        ("withdraw", "reuters", "--date", "2025-01-01"),
        ("outlets", "merge", "Reuters", "morning.example"),
    ):
        refused = run(empty_db, *words, status=1)
        assert "2 outlets have this name. Name one as in the brackets" in refused.stderr
        assert "Morning (morning.example)" in refused.stderr
        assert "Reuters (reuters.com)" in refused.stderr
    assert len(items(empty_db, "impact", "--outlet", "reuters.com")) == 1
    run(empty_db, "outlets", "merge", "reuters.com", "morning.example")
    assert len(items(empty_db, "impact", "--outlet", "Reuters")) == 2  # they are one now


def test_a_name_is_one_however_unicode_spells_it(empty_db: Path, story: Path) -> None:
    run(empty_db, "ingest", story)
    composed, apart = "Caf\u00e9 Times", "Cafe\u0301 Times"
    run(empty_db, "outlets", "add", "morning.example", "--name", composed, "--owner", composed)
    (found,) = items(empty_db, "outlet", apart)
    assert found["key"] == "morning.example"
    assert items(empty_db, "impact", "--owner", apart)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("morning.example", "--country", "UK"), "--country: 'UK' is not a country code"),
        (("morning.example", "--kind", "gazette"), "--kind: 'gazette' is not a kind"),
        (("morning.example", "--owner", "A", "--until", "2999"), "--until: 2999 is in the future"),
        (("morning.example", "--owner", "A", "--until", "2024-02-31"), "is not a date"),
        (("morning.example", "--alias", "?"), "--alias: '?' has no letter"),
        (("morning.example",), "nothing is said about it"),
        (("https://a:b@morning.example/", "--name", "A"), "no outlet has this name"),
    ],
)
def test_a_wrong_word_is_named_and_nothing_recorded(
    empty_db: Path, words: tuple[str, ...], message: str
) -> None:
    done = run(empty_db, "outlets", "add", *words, status=2)
    assert message in done.stderr
    assert recorded(empty_db) == 0


@pytest.mark.parametrize(("name", "near"), [("Quuxly", ""), ("Reuter", " Did you mean one of")])
def test_a_name_nobody_has_is_told_how_a_new_outlet_is_named(
    empty_db: Path, name: str, near: str
) -> None:
    said = run(empty_db, "outlets", "add", name, "--country", "GB", status=1).stderr
    assert "For an outlet that is not known yet, give its domain: example.org" in said
    assert f"alias or domain.{near}" in said


@pytest.mark.parametrize(
    "words",
    [
        ("outlets", "add", "Reutres", "--name", "A"),
        ("outlets", "merge", "Reutres", "bbc.com"),
        ("outlets", "merge", "bbc.com", "Reutres"),
        ("outlet", "Reutres"),
        ("claims", "--outlet", "Reutres"),
        ("sources", "--outlet", "Reutres"),
        ("impact", "--outlet", "Reutres"),
    ],
)
def test_a_name_nobody_has_lists_those_like_it(empty_db: Path, words: tuple[str, ...]) -> None:
    done = run(empty_db, *words, status=1)
    assert "  Reuters" in done.stderr.splitlines()


@pytest.mark.parametrize("command", ["add", "merge"])
def test_a_name_of_several_lists_them(empty_db: Path, command: str) -> None:
    rest = ("--owner", "A") if command == "add" else ("bbc.com",)
    done = run(empty_db, "outlets", command, "ABC News", *rest, status=1)
    assert "(abcnews.go.com)" in done.stderr
    assert "(abc.net.au)" in done.stderr


def test_a_merge_is_taken_back_by_merging_into_itself(empty_db: Path) -> None:
    run(empty_db, "outlets", "add", "morning.example", "--name", "Morning Post")
    merge = ("outlets", "merge", "m.example")
    done = run(empty_db, *merge, "Morning Post", "--new", "--format", "table")
    assert done.stdout == "m.example (m.example) is Morning Post (morning.example)\n"
    assert "outlets merge m.example --undo\n" in done.stderr
    again = run(empty_db, *merge, "morning.example", "--format", "table").stdout
    assert "nothing was recorded" in again
    shown = run(empty_db, "outlet", "m.example", "--format", "table", status=1).stdout
    assert shown.startswith("Morning Post\n")
    assert "Merged into it: m.example" in shown
    done = run(empty_db, "outlets", "merge", "morning.example", "m.example", status=2)
    assert "merged into each other" in done.stderr
    assert done.stderr.endswith(" outlets merge m.example --undo\n")
    done = run(empty_db, *merge, "m.example", "--by", "bert", "--format", "table")
    assert done.stdout == "m.example (m.example) stands for itself again\n"
    assert "note: anna said on" in done.stderr
    done = run(empty_db, *merge, "m.example", "--format", "table")
    assert done.stdout == (
        "m.example (m.example) stands for itself already; nothing was recorded\n"
    )


@pytest.mark.parametrize("name", ["change-of-owner.csv", "semicolons-and-mark.csv", "a-list.json"])
def test_a_file_is_recorded_once(empty_db: Path, name: str) -> None:
    tried = run(empty_db, "outlets", "import", FOLDER / name, "--dry-run", "--format", "table")
    assert "would be recorded; nothing was (--dry-run)." in tried.stdout
    assert recorded(empty_db) == 0
    assert all(each["recorded"] for each in items(empty_db, "outlets", "import", FOLDER / name))
    before = recorded(empty_db)
    again = items(empty_db, "outlets", "import", FOLDER / name)
    assert [each["recorded"] for each in again] == [False] * len(again)
    assert recorded(empty_db) == before
    verify_ledger(empty_db)


def test_a_file_with_a_mistake_changes_nothing(empty_db: Path) -> None:
    for path in sorted((FOLDER / "wrong").glob("*.*")):
        if path.name != "expected.json":
            run(empty_db, "outlets", "import", path, status=2)
    run(empty_db, "outlets", "import", FOLDER / "nowhere.csv", status=3)
    assert recorded(empty_db) == 0


def test_standard_input_is_a_file_too(empty_db: Path) -> None:
    done = run(empty_db, "outlets", "import", "-", "--json", stdin="domain,name\na.example,A\n")
    assert json.loads(done.stdout)["items"][0]["key"] == "a.example"


def test_ratings_are_a_list_of_ones_own(empty_db: Path) -> None:
    import_ = ("outlets", "import", "--rating", "ours")
    run(empty_db, *import_, FOLDER / "ratings.csv")
    before = recorded(empty_db)
    assert not any(each["recorded"] for each in items(empty_db, *import_, FOLDER / "ratings.csv"))
    assert recorded(empty_db) == before
    shown = run(empty_db, "outlet", "morning.example", "--format", "table", status=1).stdout
    assert "Rated high in the list ours (anna)" in shown


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a=b", "--rating: this cannot be the name of a list. Give one without =\n"),
        ("", "--rating: it is empty. Say what the list is called\n"),
        (" ", "--rating: it is empty. Say what the list is called\n"),
    ],
)
def test_what_cannot_be_the_name_of_a_list_says_why(empty_db: Path, name: str, said: str) -> None:
    done = run(empty_db, "outlets", "import", "--rating", name, FOLDER / "ratings.csv", status=2)
    assert done.stderr.endswith(said)


def test_what_people_typed_reaches_no_terminal_unchecked(empty_db: Path) -> None:
    add = ("outlets", "add", "a.example", "--name", "=1+1\u202e", "--reason")
    run(empty_db, *add, "\x1b[2J", status=2)
    run(empty_db, *add, "\u202eso")
    shown = run(empty_db, "outlet", "a.example", "--format", "table", status=1).stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "'=1+1" in run(empty_db, "outlet", "a.example", "--format", "csv", status=1).stdout


@pytest.fixture
def rated(empty_db: Path, story: Path) -> Path:
    run(empty_db, "ingest", story)
    run(empty_db, "outlets", "import", "--rating", "ours", FOLDER / "ratings.csv")
    return empty_db


@pytest.mark.parametrize("command", ["claims", "impact", "outlets", "sources"])
def test_a_rating_is_a_filter(rated: Path, command: str) -> None:
    assert len(items(rated, command, "--rating", "Ours=High")) == 1
    none = run(rated, command, "--rating", "ours=low", status=1)
    assert none.stdout.count("\n") == 1  # the heads of the columns
    done = run(rated, command, "--rating", "theirs=high", status=1)
    assert "no list of ratings has this name" in done.stderr
    assert "  ours" in done.stderr.splitlines()
    assert "Write LIST=VALUE" in done.stderr
    done = run(rated, command, "--rating", "ours=middling", status=1)
    assert "  ours=low" in done.stderr.splitlines()


def test_an_audit_takes_the_articles_that_lean_on_such_outlets(rated: Path) -> None:
    assert "morning.example" in run(rated, "audit", "--rating", "ours=high").stdout
    done = run(rated, "audit", "--rating", "ours=low", status=1)
    assert "no article leans on an outlet of this rating" in done.stderr
    run(rated, "audit", "story.md", "--rating", "ours=high", status=2)


def test_what_the_list_does_not_name_is_said_to_be_unknown(rated: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("It rained [1].\n\n[1]: https://noon.example/a\n", encoding="utf-8")
    run(rated, "ingest", other)
    for command, note in (
        ("claims", "for 1 further claim this is not known"),
        ("outlets", "the list ours has no rating for 1 cited outlet"),
        ("sources", "the list ours has no rating for 1 cited outlet"),
    ):
        assert note in run(rated, command, "--rating", "ours=high").stderr
    effects = [item["effect"] for item in items(rated, "impact", "--rating", "ours=high")]
    assert effects == ["falls", "unknown"]


def test_a_name_that_another_outlet_has_is_said(empty_db: Path) -> None:
    done = run(empty_db, "outlets", "add", "morning.example", "--name", "The New York Times")
    assert "note: nytimes.com is also called The New York Times" in done.stderr
    again = run(empty_db, "outlets", "add", "morning.example", "--name", "The Morning")
    assert "is called" not in again.stderr


def test_names_in_a_file_that_others_have_are_said(empty_db: Path) -> None:
    told = """domain,name,aliases,owner
morning.example,Weathercock,New York Times,
evening.example,The WEATHERCOCK,,
night.example,Weathercock,,
x.example,!!!,,
same.example,Reuters,,
"""
    run(empty_db, "outlets", "merge", "same.example", "reuters.com", "--new")
    import_ = ("outlets", "import", "-")
    done = run(empty_db, *import_, stdin=told)
    hint = "name each by its domain, or merge them if they are the same"
    assert done.stderr.splitlines() == [
        f"note: nytimes.com is also called New York Times: {hint}",
        f"note: morning.example is also called The WEATHERCOCK: {hint}",
        f"note: 2 other outlets are also called Weathercock: {hint}",
    ]
    again = run(empty_db, *import_, stdin=told)
    assert again.stderr == "note: 5 rows: 0 recorded, 5 already recorded.\n"
    owned = run(
        empty_db, "outlets", "add", "night.example", "--name", "Weathercock", "--owner", "B"
    )
    assert owned.stderr == ""


def test_a_domain_nobody_knows_is_merged_only_where_that_is_said(empty_db: Path) -> None:
    for pair in [("nytime.example", "nytimes.com"), ("nytimes.com", "nytimes.co")]:
        done = run(empty_db, "outlets", "merge", *pair, status=1)
        assert "nothing recorded here comes from this domain" in done.stderr
        assert "--new" in done.stderr
    assert "  nytimes.com" in done.stderr.splitlines()
    assert recorded(empty_db) == 0
    done = run(empty_db, "outlets", "merge", "nytime.example", "nytimes.com", "--new")
    assert done.stderr.count("nothing recorded here comes from") == 1
    assert "note: nothing recorded here comes from nytime.example so far" in done.stderr
    asked = run(empty_db, "outlets", "merge", "nytime.example", status=2)
    assert "or give --undo to take a merge back" in asked.stderr
    asked = run(empty_db, "outlets", "merge", "nytime.example", "nytimes.com", "--undo", status=2)
    assert "with --undo there is no second outlet. Leave the second outlet out" in asked.stderr
    undone = run(empty_db, "outlets", "merge", "nytime.example", "--undo")
    assert "nothing recorded here comes from" not in undone.stderr


def test_the_registry_a_citation_or_a_person_makes_an_outlet_known(
    empty_db: Path, story: Path
) -> None:
    run(empty_db, "ingest", story)
    run(empty_db, "outlets", "add", "dawn.example", "--name", "Dawn")
    assert "of" not in run(empty_db, "outlets", "merge", "morning.example", "dawn.example").stderr
    run(empty_db, "outlets", "merge", "apnews.com", "x.com/nobody_here", status=1)
    run(empty_db, "outlets", "merge", "apnews.com", "reuters.com")


def test_a_list_that_drops_ratings_says_so(empty_db: Path, tmp_path: Path) -> None:
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("domain,rating\na.example,high\nb.example,low\n")
    run(empty_db, "outlets", "import", "--rating", "mine", ratings)
    ratings.write_text("domain,rating\na.example,low\n")
    done = run(empty_db, "outlets", "import", "--rating", "mine", ratings)
    assert (
        "said otherwise of 1 outlet and rated 1 outlet more, whose ratings are dropped"
        in done.stderr
    )


def test_an_outlet_nobody_cites_is_shown_as_the_registry_knows_it(empty_db: Path) -> None:
    run(empty_db, "outlets", "add", "morning.example", "--name", "Morning")
    (found,) = items(empty_db, "outlet", "nytimes.com", status=1)
    assert (found["name"], found["country"], found["claims"]) == ("The New York Times", "US", 0)


def test_a_withdrawal_stays_with_its_outlet_when_a_merge_is_taken_back(
    empty_db: Path, tmp_path: Path
) -> None:
    mill = tmp_path / "mill.md"
    mill.write_text(
        "It burned [1]. Two were hurt [2].\n\n[1]: https://a.example/1\n[2]: https://b.example/2\n"
    )
    run(empty_db, "ingest", mill)
    run(empty_db, "outlets", "merge", "a.example", "b.example")
    run(empty_db, "withdraw", "a.example", "--date", "2025-01-01")
    assert len(items(empty_db, "claims", "--affected")) == 2

    run(empty_db, "outlets", "merge", "a.example", "a.example")
    (alone,) = items(empty_db, "claims", "--affected")
    assert alone["exact"] == "It burned."

    run(empty_db, "outlets", "merge", "a.example", "b.example")
    run(empty_db, "withdraw", "a.example", "--undo")
    run(empty_db, "outlets", "merge", "a.example", "a.example")
    assert items(empty_db, "claims", "--affected", status=1) == []


def test_in_a_pipe_claims_say_what_they_fall_with(empty_db: Path, tmp_path: Path) -> None:
    house = tmp_path / "house.md"
    house.write_text("It fell [1][2].\n\n[1]: https://wsj.com/1\n[2]: https://nypost.com/2\n")
    run(empty_db, "ingest", house)

    (both,) = items(empty_db, "claims")
    assert (both["resilience"], both["falls_with"], both["leans_on"]) == (2, "2 outlets", None)
    (one,) = items(empty_db, "claims", "--single-source", "--by-owner")
    assert one["falls_with"] == "1 owner"


def test_the_claims_of_an_outlet_say_what_they_fall_with(empty_db: Path, tmp_path: Path) -> None:
    barn = tmp_path / "barn.md"
    barn.write_text("It burned [1].\n\n[1]: https://wsj.com/1\n")
    run(empty_db, "ingest", barn)

    (page,) = items(empty_db, "outlet", "wsj.com")
    assert [each["falls_with"] for each in page["falls"]] == ["1 outlet"]


def test_a_list_of_ratings_says_which_domains_nobody_knows(db: Place, tmp_path: Path) -> None:
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("domain,value\nzzqqy.example,low\nreutrs.com,low\nbbc.com,high\n")
    done = run(db, "outlets", "import", "--rating", "desk", ratings)
    unknown = ", and the registry does not know it"
    assert [line for line in done.stderr.splitlines() if unknown in line] == [
        f"note: nothing recorded here comes from reutrs.com{unknown}: did you mean reuters.com?",
        f"note: nothing recorded here comes from zzqqy.example{unknown}",
    ]
    assert unknown not in run(db, "outlets", "import", "--rating", "desk", ratings).stderr


def test_of_many_domains_that_nobody_knows_there_is_one_note(db: Place, tmp_path: Path) -> None:
    ratings = tmp_path / "ratings.csv"
    rows = "".join(f"no-{number}.example,low\n" for number in range(30))
    ratings.write_text(f"domain,value\n{rows}")
    done = run(db, "outlets", "import", "--rating", "desk", ratings)
    (note,) = [line for line in done.stderr.splitlines() if "nothing recorded here" in line]
    assert "from no-0.example, no-1.example and 28 more, and the registry" in note


def test_who_merged_an_outlet_into_another_is_shown_while_it_stands(db: Place, story: Path) -> None:
    run(db, "ingest", story)
    into = ("outlets", "merge", "morning.example")
    run(db, *into, "BBC", "--reason", "a first guess")
    run(db, *into, "Reuters", "--reason", "its new name")
    shown = run(db, "outlet", "Reuters", "--format", "table").stdout
    (line,) = [line for line in shown.splitlines() if line.startswith("Merged into it: ")]
    assert line.startswith("Merged into it: morning.example, says anna (20")
    assert line.endswith("): its new name")
    (page,) = items(db, "outlet", "Reuters")
    (merger,) = page["merged_by"]
    assert page["merged"] == [merger["key"]] == ["morning.example"]
    assert (merger["into"], merger["by"], merger["reason"]) == (
        "reuters.com",
        "anna",
        "its new name",
    )
    traced = run(db, "trace", "The dam broke", "--format", "table").stdout
    assert "[1] Reuters  https://morning.example/a\n        morning.example was merged" in traced
    run(db, "outlets", "merge", "Reuters", "BBC")
    shown = run(db, "outlet", "BBC", "--format", "table").stdout
    assert "Merged into it: morning.example (as reuters.com), says anna" in shown
    assert "Merged into it: reuters.com, says anna" in shown

    run(db, *into, "--undo")
    (page,) = items(db, "outlet", "BBC", status=1)
    assert [each["key"] for each in page["merged_by"]] == ["reuters.com"]


def test_a_name_of_several_outlets_says_how_to_tell_which(db: Place, tmp_path: Path) -> None:
    page = tmp_path / "wages.md"
    page.write_text("The Guardian reports that wages fell.\n", encoding="utf-8")
    run(db, "ingest", page)
    told = run(db, "trace", "wages fell", "--format", "table")
    hint = "outlets add DOMAIN --name 'The Guardian'; then ingest the article again"
    assert hint in told.stderr
    run(db, "outlets", "add", "theguardian.com", "--name", "The Guardian")
    run(db, "ingest", page)
    told = run(db, "trace", "wages fell", "--format", "table")
    assert "named in prose: The Guardian is its only outlet" in told.stdout
    assert "DOMAIN" not in told.stderr
