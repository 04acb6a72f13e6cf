"""What lines above an article say of it: who wrote it, when, and whose text it is."""

from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.front.about import about
from ledger.extract.front.dates import date_in
from ledger.extract.html.read import read_html
from ledger.extract.markdown import read_markdown

DAY = "2025-03-03"
PROSE = "The dam at the river broke on Monday after long rains, and the town was flooded for days."


@pytest.mark.parametrize(
    "text",
    """3. März 2025|3 de marzo de 2025|le 3 mars 2025|3 marzo 2025|3 de març de 2025|3 marca 2025 r.
    3 марта 2025 г.|3 березня 2025|3 Maret 2025|ngày 3 tháng 3 năm 2025|2025年3月3日|2025년 3월 3일
    2025.03.03|2025/3/3|3 مارس 2025|٣ مارس ٢٠٢٥|ב-3 במרץ 2025|3 मार्च 2025|2025. március 3.|3.3.2025
    3. maaliskuuta 2025|3 Mart 2025|3 Μαρτίου 2025|3 มีนาคม 2568|03/03/2025|March 3rd, 2025"""
    .replace("\n", "|").split("|"),
)  # fmt: skip
def test_a_day_is_read_as_its_language_writes_it(text: str) -> None:
    assert date_in(text.strip()) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 كانون الثاني 2025", "2025-01-03"),
        ("le 1er mars 2025", "2025-03-01"),
        ("13/03/2025", "2025-03-13"),
        ("03/13/2025", "2025-03-13"),
        ("03/04/2025", None),  # the third of April, or the fourth of March
        ("3 listopada 2025", None),  # of October in Croatia, of November in Poland
        ("1.2.3.2025", None),
        ("May 2025", None),
    ],
)
def test_a_day_is_not_guessed(text: str, day: str | None) -> None:
    assert date_in(text) == day


@pytest.mark.parametrize(
    ("line", "names", "day"),
    [
        ("By Jane Roe, Staff Writer, March 3, 2025", ("Jane Roe",), DAY),
        ("*Von Jana Müller | 3. März 2025*", ("Jana Müller",), DAY),
        ("Publié le 3 mars 2025 par Jean Roe", ("Jean Roe",), DAY),
        ("Oleh: Budi Santoso, 3 Maret 2025", ("Budi Santoso",), DAY),
        ("Автор: Иван Петров и Анна Мох, 3 марта 2025", ("Иван Петров", "Анна Мох"), DAY),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",), None),
        ("记者：王小明 2025年3月3日", ("王小明",), DAY),
        ("김철수 기자 2025.03.03", ("김철수",), DAY),
        ("بقلم: أحمد علي - 3 مارس 2025", ("أحمد علي",), DAY),
        ("**Prepared by:** The Ministry of Ports", ("The Ministry of Ports",), None),
        ("Von Jana Müller am 3. März 2025", ("Jana Müller",), DAY),
        ("par Jean Roe le 3 mars 2025", ("Jean Roe",), DAY),
        ("Text: Jana Müller, Foto: Max Roe", ("Jana Müller",), None),
        ("Submitted by Jane Roe on Mon, 03/03/2025 - 10:00", ("Jane Roe",), DAY),
        ("Published: March 3, 2025 | Updated: May 4, 2025 | 5 min read", (), DAY),
        ("Publié le 3 mars 2025 à 10h30, modifié le 4 mars 2025 à 08h12", (), DAY),
        ("Published: March 3, 2025 at 10:30 AM EDT Updated: March 4, 2025", (), DAY),
        ("Опубликовано 3 марта 2025, обновлено 4 марта 2025", (), DAY),
        ("By Jane Roe and Tom Lund First Published March 3, 2025", ("Jane Roe", "Tom Lund"), DAY),
        ("Publicado el 05/03/2025", (), "2025-03-05"),
        ("Published 05/03/2025", (), None),  # the fifth of March, or the third of May
        ("Published 3:15 PM EST, Mon March 3, 2025", (), DAY),
        ("**Version:** 1.2", (), None),
        ("By Ann Roe, PhD, Tom Lund, MD, and Liu Wei", ("Ann Roe", "Tom Lund", "Liu Wei"), None),
        ("By Ann Roe and Tom Lund, Staff Writers", ("Ann Roe", "Tom Lund"), None),
        ("By [Ann Roe](https://a.example/roe) | Mar 3, 2025", ("Ann Roe",), DAY),
        ("Oleh: Dr. Rina Wulandari, S.E., M.M.", ("Dr. Rina Wulandari",), None),
        ("Автор: Анна Мох, к. э. н., доцент НИУ ВШЭ", ("Анна Мох",), None),
        ("Autor: dr hab. Anna Moch, prof. UW", ("dr hab. Anna Moch",), None),
        ("By Prof. Dr. Roe and Dr Tom Lund", ("Prof. Dr. Roe", "Dr Tom Lund"), None),
        ("Anna Berg¹ and Omar Haddad²,³", ("Anna Berg", "Omar Haddad"), None),
        ("¹ University of Hull; ² University of Bonn", (), None),
        (
            "Written by Ann Roe | Reviewed by Tom Lund, MD | Published March 3, 2025",
            ("Ann Roe",),
            DAY,
        ),
        ("Brief No. 14 | March 2025 | Authors: L. Roe & K. O'Neil", ("L. Roe", "K. O'Neil"), None),
        ("Rédigé par Claire Roe — Publié le 3 mars 2025", ("Claire Roe",), DAY),
        ("입력 2025.03.03. 오전 9:15 | 수정 2025.03.04", (), DAY),
        ("作者：王小明  李华", ("王小明", "李华"), None),
    ],
)
def test_a_line_that_says_who_or_when(line: str, names: tuple[str, ...], day: str | None) -> None:
    said = about(line)

    assert said is not None
    assert (said.names, said.day, said.labelled) == (names, day, True)


def test_a_line_may_say_whose_text_it_is() -> None:
    said = about("2025-03-03 10:00:00 来源：新华社 作者：王小明 责任编辑：李四")

    assert said is not None
    assert (said.source, said.names, said.day) == ("新华社", ("王小明",), DAY)
    assert about("来源：新华社") is None


@pytest.mark.parametrize(
    "line",
    [
        "The dam broke on March 3, 2025",
        "March 3, 2025 — Dam breaks",
        "March 3, 2025: The dam broke",
        "3 March 2025 – 5 March 2025",
        "By March 3, 2025, the dam had broken",
        "By Monday",
        "Von Berlin nach Hamburg",
        "Text: The dam broke",
        "Stand: the tax is due",
        "Deadline: March 3, 2025",
        "[1] Jane Roe, March 3, 2025",
        "[Reuters](https://a.example/1), March 3, 2025",
        "² Herald, 3 May 2021.",
        "| Author | Jane Roe |",
        "",
    ],
)
def test_a_line_that_says_something_else(line: str) -> None:
    assert about(line) is None


@given(st.text(alphabet="By :|,-Анеи作者：、3 May2025.Ä王", max_size=150))
def test_any_line_whatever(line: str) -> None:
    said = about(line)

    assert said is None or all(name in line for name in said.names)


def test_what_a_report_says_of_itself_is_no_claim() -> None:
    document = read_markdown(
        "# Rents in the north\n\n**Prepared for:** The Board\n**Prepared by:** Jane Roe\n"
        f"**Last updated:** May 4, 2025\n**Date:** March 3, 2025\n\n---\n\n{PROSE}\n"
    )

    assert document.text == f"Rents in the north\n\n{PROSE}"
    assert (document.title, document.byline) == ("Rents in the north", ("Jane Roe",))
    assert document.published == DAY


def test_the_days_of_a_chronicle_are_not_when_it_was_written() -> None:
    text = f"# The dam\n\n3 March 2025\n\n{PROSE}\n\n4 March 2025\n\n{PROSE}\n"

    document = read_markdown(text)

    assert document.published is None
    assert "3 March 2025" in document.text


def test_a_title_may_have_a_day_in_it() -> None:
    document = read_markdown(f"Weekly River Assessment, March 3, 2025\n\nBy Jo Roe\n\n{PROSE}\n")

    assert document.title == "Weekly River Assessment, March 3, 2025"


def test_the_day_of_a_change_is_not_when_a_text_was_written() -> None:
    document = read_markdown(f"# A\n\nUpdated: May 4, 2025\n\n{PROSE}\n")

    assert (document.published, document.text) == (None, f"A\n\n{PROSE}")


@pytest.mark.parametrize("inside", [True, False])
def test_what_stands_between_the_headline_and_the_text_of_a_page(inside: bool) -> None:
    line = "<div>2025-03-03 10:00　来源：新华社　作者：王小明</div>"
    text = f"<p>{PROSE}</p><p>{PROSE}</p>"
    body = f"<div>{line}{text}</div>" if inside else f"{line}<div>{text}</div>"

    document = read_html(f"<html><body><div><h1>The dam</h1>{body}</div></body></html>")

    assert document.text == f"{PROSE}\n\n{PROSE}"
    assert (document.byline, document.published) == (("王小明",), DAY)
    assert [each.detail for each in document.findings] == ["the page credits 新华社"]


def test_a_line_without_a_year_is_not_searched_for_days(monkeypatch: pytest.MonkeyPatch) -> None:
    days = Mock(return_value=())
    monkeypatch.setattr("ledger.extract.front.about.dates_in", days)
    for line in ("Known are:", "Room 12 | Gate 345", "It rose by 20 percent"):
        about(line)
    assert days.call_count == 0
    about("3 March 2025")
    assert days.call_count == 1
