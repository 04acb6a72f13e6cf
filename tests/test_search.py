"""Words of claims are found alike in both databases, whatever signs stand at them."""

import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
from ledger_book import Book
from typer.testing import CliRunner

from ledger import queries
from ledger.commands import app
from ledger.proof import check_ready
from ledger.queries import ClaimFilter
from ledger.queries.spread import spread
from ledger.reader import Reader
from ledger.schema import Place

DIALECTS = Path(__file__).parent.parent / "fixtures" / "dialects"
SIGNS = (
    "/-.:@_&%#+='~?<>;,!*$|\\()[]{}\"`^\u00a0\u00ad\u200b\u2010\u2011\u2013\u2019\u2026\ufeff·«»°"
)
PARTS = (
    *("output", "www", "com", "x", "U", "7", "35", "1a", "a1", "école", "straße", "Москва", "é"),
    *("Ελλάδα", "𝐱𝐲", "שלום", "nai\u0308ve", "서울", "与", "的合作", "年", "ใน", "に", "ال"),
)
HERE = "https://here.example/1"


def said_in_fixtures() -> list[str]:
    """Sentences in which a sign touches a word, in a fixed order.

    But for marks of vowels, where words of SQLite end, and raised digits, where PostgreSQL's do.
    """
    found: dict[str, None] = {}
    for path in sorted(DIALECTS.glob("*/expected.json")):
        for exact, *_ in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            apart = any(unicodedata.category(sign) in ("Mn", "Mc", "No") for sign in exact)
            if not apart and re.search(r"\w[^\w\s]\w|[^\w\s]\d", exact):
                found[exact] = None
    return list(found)


def said_at_random(chance: random.Random, number: int) -> list[str]:
    return [
        "".join(chance.choice(PARTS) + chance.choice((*SIGNS, " ", "")) for _ in range(6))
        for _ in range(number)
    ]


def found(reader: Reader, words: str) -> list[str]:
    which = ClaimFilter(search=words)
    return sorted(row["exact"] for row in queries.claims(reader, which))


@pytest.mark.parametrize("words", ["CO₂", "¹⁴C", "₂"])
def test_raised_and_lowered_digits_are_searched_as_they_are(db: Place, words: str) -> None:
    with Book(db) as book:
        article = book.article(HERE)
        for exact in ("Of CO₂ and ¹⁴C.", "The cold came.", "It fell by 2."):
            book.claim(article, exact)
    with Reader(db) as reader:
        assert found(reader, words) == ["Of CO₂ and ¹⁴C."]


@pytest.mark.parametrize(
    "words",
    [
        "South Korea's ministry",
        "`saw' it",
        "the fall of 2020-2021",
        "the fall of 2020—2021 [13]",
        "\"South Korea's ministry 'saw' it in the fall of 2020-2021 [1][4, 13].",
    ],
)
def test_a_sentence_is_found_as_it_was_typed_or_pasted(db: Place, words: str) -> None:
    exact = "South Korea’s ministry ‘saw’ it in the fall of 2020–2021."
    with Book(db) as book:
        article = book.article(HERE)
        book.claim(article, exact)
        book.claim(article, "South Koreas ministry saw it in the fall of 2020 and 2021.")
    with Reader(db) as reader:
        assert found(reader, words) == [exact]


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("output", "He read the input/output table twice."),
        ("7 percent", "It fell by -7 percent."),
        ("5 percent", "It rose by 3.5 percent."),
        ("4", "Version 2.4.1 is out."),
        ("com", "It stood on example.com for years."),
        ("help", "It stood on www.gov.uk/help for years."),
        ("passwd", "The file /etc/passwd was read."),
        ("S", "The U.S. left."),
        ("école", "The site/École is open."),
        ("новости", "Это мир/новости дня."),
    ],
)
def test_a_word_is_found_behind_any_sign(db: Place, words: str, exact: str) -> None:
    with Book(db) as book:
        article = book.article(HERE)
        book.claim(article, exact)
        book.claim(article, "Nothing of the kind.")
    with Reader(db) as reader:
        assert found(reader, words) == [exact]


@pytest.mark.parametrize(
    ("words", "exact"),
    [
        ("OpenAI", "微软与OpenAI的合作在2024年结束。"),
        ("openai", "微软与OpenAI的合作在2024年结束。"),
        ("2024", "微软与OpenAI的合作在2024年结束。"),
        ("École", "在École的学生。"),
        ("NATO", "وقال مسؤولون بـNATO ذلك."),
        ("SDI", "정부는 삼성SDI가 밝혔다고 했다."),
        ("정부", "美정부는 밝혔다."),
        ("alpha", "Рост alphaБанка замедлился."),
        ("TNFα", "The level of TNFα fell."),
        ("GPS", "รถมีGPSติดตั้ง"),
    ],
)
def test_a_word_is_found_where_the_script_changes(db: Place, words: str, exact: str) -> None:
    with Book(db) as book:
        article = book.article(HERE)
        book.claim(article, exact)
        book.claim(article, "Nothing of the kind. 微软的合作。")
    with Reader(db) as reader:
        assert found(reader, words) == [exact]


@pytest.mark.parametrize("words", ["AI", "024"])
def test_no_word_is_found_within_another_of_its_script(db: Place, words: str) -> None:
    with Book(db) as book:
        book.claim(book.article(HERE), "微软与OpenAI的合作在2024年结束。")
    with Reader(db) as reader:
        assert found(reader, words) == []


def test_what_is_recorded_is_found_where_the_script_changes_and_no_more_when_it_is_gone(
    db: Place, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    for said in ("与OpenAI的合作结束 [1]。", "与NVIDIA的合作结束 [1]。"):
        page.write_text(f"{said}\n\n[1]: https://a.example/1\n", encoding="utf-8")
        done = CliRunner().invoke(app, ["--db", str(db), "ingest", str(page)])
        assert done.exit_code == 0, done.output
    with Reader(db) as reader:
        assert found(reader, "OpenAI") == []
        assert len(found(reader, "NVIDIA")) == 1
    check_ready(db)


def test_the_same_claim_is_found_where_the_script_changes(db: Place) -> None:
    exact = "The level of TNFα fell."
    with Book(db) as book:
        one = book.claim(book.article(HERE), exact)
        other = book.claim(book.article("https://there.example/1"), exact)
    with Reader(db) as reader:
        assert {item["claim"] for item in spread(reader, one).items} == {one, other}


@pytest.mark.parametrize("words", ['"', "''", "…", " — ", "()", "。", "`", "“.”"])
def test_a_search_without_a_word_is_refused(empty_db: Path, words: str) -> None:
    done = CliRunner().invoke(app, ["--db", str(empty_db), "claims", "--search", words])
    assert done.exit_code == 2
    assert "it contains no word. Give words from the claim" in done.stderr


@pytest.mark.parametrize("words", ["%", "§", "€", "₂", "7", "C#"])
def test_a_sign_may_be_searched_for(db: Place, words: str) -> None:
    exact = "It fell by 7 % or 3 € (§ 5 C#) of CO₂."
    with Book(db) as book:
        article = book.article(HERE)
        book.claim(article, exact)
        book.claim(article, "Nothing of the kind.")
    done = CliRunner().invoke(app, ["--db", str(db), "claims", "--search", words, "--json"])
    assert [item["exact"] for item in json.loads(done.stdout)["items"]] == [exact]


def test_the_same_claim_is_found_where_its_its_words_touch_signs(db: Place) -> None:
    with Book(db) as book:
        one = book.claim(book.article(HERE), "See input/output.")
        other = book.claim(book.article("https://there.example/1"), "See input output.")
    with Reader(db) as reader:
        assert {item["claim"] for item in spread(reader, one).items} == {one, other}


def test_every_word_finds_the_same_claims_in_both_databases(empty_db: Path, empty_url: str) -> None:
    chance = random.Random(11)  # noqa: S311 - the same texts in every run
    real = said_in_fixtures()
    assert len(real) > 100
    said = chance.sample(real, min(len(real), 400)) + said_at_random(chance, 400)
    for db in (empty_db, empty_url):
        with Book(db) as book:
            article = book.article(HERE)
            for exact in said:
                book.claim(article, exact)
    words = sorted({word for exact in said for word in re.findall(r"[^\W_]+", exact)} - {*PARTS})
    with Reader(empty_db) as one, Reader(empty_url) as other:
        different = [
            word
            for word in (*PARTS, *chance.sample(words, min(len(words), 600)))
            if found(one, word) != found(other, word)
        ]
    assert not different
