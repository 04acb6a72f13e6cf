"""What a text says of itself."""

import pytest

from ledger.extract.front.dates import date_in
from ledger.extract.front.metadata import front_matter
from ledger.extract.markdown import read_markdown


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 23, 2025", "2025-05-23"),
        ("published 23 May 2025 in", "2025-05-23"),
        ("Sept. 1, 2024", "2024-09-01"),
        ("2025-05-23T10:00", "2025-05-23"),
        ("February 30, 2025", None),
        ("Morning 3, 2025", None),
        ("no date", None),
    ],
)
def test_the_first_date_that_exists(text: str, date: str | None) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("opening", "place", "published"),
    [
        ("Seoul, May 23, 2025 — The region is on edge.", "Seoul", "2025-05-23"),
        ("SAO PAULO, 3 March 2024 - The dam broke.", "SAO PAULO", "2024-03-03"),
        ("LONDON (Reuters) - The dam broke.", "LONDON", None),
        ("SEOUL, Aug. 20 (Yonhap) -- The dam broke.", "SEOUL", None),
        ("BOULDER, Colo. (AP) — The dam broke.", "BOULDER, Colo.", None),
        ("MAYWOOD, Ill., Sept 3 (AP) — The dam broke.", "MAYWOOD, Ill.", None),
        ("The dam — an old one — broke.", None, None),
        ("Paris is a city.", None, None),
        ("Word Error Rate (WER) — a measure of errors.", None, None),
    ],
)
def test_a_dateline_gives_place_and_date(
    opening: str, place: str | None, published: str | None
) -> None:
    document = read_markdown(f"# Dam breaks\n\n{opening}\n")

    assert (document.dateline, document.published) == (place, published)
    assert document.title == "Dam breaks"


def test_front_matter_is_read_and_taken_off() -> None:
    found, rest = front_matter("---\ntitle: 'The dam'\nauthors: [Jo Roe]\n---\nText")

    assert (found.title, found.byline, rest) == ("The dam", ("Jo Roe",), "Text")


def test_front_matter_of_a_vault() -> None:
    found, rest = front_matter('---\ntitle: "[[Dams]]"\nLast Read: 2025-09-20\ntags:\n---\nText')

    assert (found.title, rest) == ("Dams", "Text")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert front_matter("---\nText\n---\nMore")[1] == "---\nText\n---\nMore"


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nDate: May 2025\n\nProse [1].\n\n---\nMore",
        "---\nDate: 2025-05-23\nProse that goes on.\n---\nMore",
        "---\nname: no key that is read\n---\nMore",
        "---\ntitle: never closed\n",
        "---\n- item\ntitle: x\n---\nMore",
        "---\ntitle:x\n---\nMore",
    ],
)
def test_what_holds_prose_or_no_known_key_is_no_front_matter(text: str) -> None:
    assert front_matter(text)[1] == text


def test_front_matter_may_hold_items_comments_and_indented_lines() -> None:
    head = "---\nTitle : The dam\ntags:\n- a\n  b: c\n# note\n\ndate:\t2025-05-23\nauthor:\n---\n"
    found, rest = front_matter(head + "Text")

    assert (found.title, found.published, found.byline, rest) == (
        "The dam",
        "2025-05-23",
        (),
        "Text",
    )


def test_front_matter_full_of_spaces_is_read_to_the_end() -> None:
    text = f"---\ntitle:{' ' * 19_000}x\n{'date' + ' ' * 900}\n---\nText"

    assert front_matter(text)[1].endswith("Text")
