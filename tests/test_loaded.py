"""JSON from outside: values with texts that every store takes."""

import json

import pytest

from ledger.extract.answers.weave import parsed
from ledger.extract.characters.loaded import loaded
from ledger.extract.html import read_html
from ledger.extract.markdown import read_markdown


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"Dam \ud83d breaks", "Dam \ufffd breaks"),
        (r"Dam \uDC00 breaks", "Dam \ufffd breaks"),
        (r"Dam \u0000 breaks", "Dam \ufffd breaks"),
        (r"Dam \ud83d\ude00 breaks", "Dam \U0001f600 breaks"),
        (r"Dam \\ud83d breaks", r"Dam \ud83d breaks"),
        ("Dam breaks", "Dam breaks"),
    ],
)
def test_what_no_store_takes_is_replaced_one_for_one(escaped: str, text: str) -> None:
    assert loaded(f'[{{"{escaped}": ["{escaped}", 1, null]}}]') == [{text: [text, 1, None]}]


def test_a_title_that_a_page_cut_inside_of_a_sign_is_read() -> None:
    data = r'{"@type": "NewsArticle", "headline": "Dam breaks \ud83d"}'
    page = f"<script type='application/ld+json'>{data}</script><article><p>It broke.</p></article>"

    assert read_html(page).title == "Dam breaks \ufffd"


def test_names_of_marks_are_text() -> None:
    text = (
        '\ue200entity\ue202["people", "Ann \\ud83d Roe"]\ue201 spoke [1].\n\n[1] https://a.example/'
    )

    assert read_markdown(text).text == "Ann \ufffd Roe spoke."


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, json.dumps("a")[:-1]])
def test_what_is_no_json_is_no_value(text: str) -> None:
    assert parsed(text) is None
