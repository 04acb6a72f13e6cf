"""PDF: lines, paragraphs, lists and links; what cannot be read is said."""

import builtins
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Line, made
from pypdf import PdfWriter
from readings import NOON

from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.pdf import read as pdf
from ledger.extract.pdf.read import read_pdf
from ledger.inputs import Received
from ledger.pipeline.read import read as read_received

PAGE: list[Line] = [
    (72, 780, "The dam"),
    (72, 740, "The dam at the head of the valley broke in the night of"),
    (72, 726, "Tuesday [1], the water board said. Three villages were left"),
    (72, 712, "without power."),
    (72, 680, "Nobody was hurt [2]."),
    (72, 640, "References"),
    (72, 620, "[1] Board statement, https://www.reuters.com/a"),
    (72, 606, "[2] Police report, https://apnews.com/b"),
]


def test_lines_make_paragraphs_and_lists() -> None:
    assert read_pdf(made([PAGE]), "a.pdf").text == (
        "The dam\n\n"
        "The dam at the head of the valley broke in the night of Tuesday [1], the water board "
        "said. Three villages were left without power.\n\n"
        "Nobody was hurt [2].\n\n"
        "References\n\n"
        "[1] Board statement, https://www.reuters.com/a\n[2] Police report, https://apnews.com/b"
    )


def test_entries_whose_lines_hang_are_apart() -> None:
    page: list[Line] = [
        (72, 740, "A. Roe and K. Berg. Gates of the north and of the"),
        (82, 726, "valley. Water, 46:33-50, 1978."),
        (72, 712, "B. Doe. Weirs. Water, 12:3-9, 1994."),
        (72, 698, "C. Lund and X. Fox. Brass of the gates, and what the"),
        (82, 684, "board says of it. Gates, 1, 2003."),
    ]

    assert read_pdf(made([page]), "a.pdf").text == (
        "A. Roe and K. Berg. Gates of the north and of the valley. Water, 46:33-50, 1978.\n"
        "B. Doe. Weirs. Water, 12:3-9, 1994.\n"
        "C. Lund and X. Fox. Brass of the gates, and what the board says of it. Gates, 1, 2003."
    )


def test_accents_set_before_their_letters_are_on_them() -> None:
    page: list[Line] = [(72, 740, "R¨ucker and Jos´e said that the k¨onigreich ¨7 fell.")]

    assert read_pdf(made([page]), "a.pdf").text == (
        "Rücker and José said that the königreich ¨7 fell."
    )


def test_a_pdf_becomes_an_article_with_its_citations() -> None:
    url = "https://a.example/report"
    reading = read_received(
        Received(url, url, url, made([PAGE]), NOON, media_type="application/pdf")
    )

    assert reading.article is not None
    assert reading.article.extractor.startswith("ledger-pdf/")
    assert (reading.capture.media_type, reading.capture.charset) == ("application/pdf", None)
    cited = {citation.marker: citation.url for citation in reading.citations}
    assert cited["1"] == "https://www.reuters.com/a"
    assert cited["2"] == "https://apnews.com/b"


def test_larger_letters_are_a_heading_unless_they_end_in_a_stop() -> None:
    lines = [(72, 700, "Dams"), (72, 686, "It broke at noon."), (72, 672, "It held.")]
    assert read_pdf(made([lines], y700=16), "a").text == "# Dams\n\nIt broke at noon. It held."
    lines[0] = (72, 700, "They leak.")
    assert read_pdf(made([lines], y700=16), "a").text == "They leak.\n\nIt broke at noon. It held."


def test_links_keep_their_address_where_they_stand() -> None:
    links = [
        ((105, 724, 131, 736), "https://one.example/a"),
        ((72, 678, 170, 690), "https://two.example/b"),
        ((72, 618, 330, 630), "https://www.reuters.com/a"),
        ((300, 300, 330, 310), "https://nowhere.example/"),
        ((72, 710, 100, 722), "mailto:someone@a.example"),
    ]
    text = read_pdf(made([PAGE], links), "a").text

    assert "Tuesday [1](https://one.example/a), the water" in text
    assert "hurt [2](https://two.example/b)." in text
    assert text.count("https://www.reuters.com/a") == 1
    assert "nowhere" not in text
    assert "mailto" not in text


def test_numbers_set_high_are_superscripts_and_ordinals_are_not() -> None:
    lines: list[Line] = [
        (72, 700, "The dam broke at noon."),
        (190, 704, "1,2"),
        (72, 686, "The 33"),
        (110, 690, "rd"),
        (120, 686, " of May was a Tuesday."),
    ]
    text = read_pdf(made([lines], y704=7, y690=7), "a").text
    assert " ".join(text.split()) == (
        "The dam broke at noon. <sup>1,2</sup> The 33 rd of May was a Tuesday."
    )


def test_a_linked_number_set_high_is_a_linked_marker() -> None:
    lines = [(72, 700, "The dam broke at noon."), (190, 704, "1"), (72, 686, "It held for long.")]
    links = [((190, 702, 195, 712), "https://one.example/a")]
    text = read_pdf(made([lines], links, y704=7), "a").text
    assert text == "The dam broke at noon. [1](https://one.example/a) It held for long."


def test_words_that_a_line_breaks_are_whole() -> None:
    lines: list[Line] = [
        (72, 700, "The reservoir held all of the water that it ever had, and then the reser-"),
        (72, 686, "voir broke. It was a well-"),
        (72, 672, "known dam, and the county-"),
        (72, 658, "wide alarm was county-wide."),
    ]
    assert read_pdf(made([lines]), "a").text == (
        "The reservoir held all of the water that it ever had, and then the reservoir broke. "
        "It was a well-known dam, and the county-wide alarm was county-wide."
    )


def test_heads_and_feet_of_pages_are_no_text() -> None:
    words = ["The dam broke at noon on a Tuesday.", "The town was flooded for days.", "It held."]
    pages: list[list[Line]] = [
        [
            (72, 800, f"Policy Brief 14, page {number}"),
            (72, 700, said),
            (72, 686, "Nobody was hurt there, as one knows."),
            (72, 40, "4 Ibid."),
            (72, 20, str(number)),
        ]
        for number, said in enumerate(words, 1)
    ]
    assert read_pdf(made(pages), "a").text.split("\n\n") == [
        part
        for said in words
        for part in (f"{said} Nobody was hurt there, as one knows.", "4 Ibid.")
    ]


def test_what_a_browser_prints_around_a_page_is_no_text() -> None:
    page: list[Line] = [
        (24, 820, "11/28/26, 1:22 PM The dam broke"),
        (72, 700, "The dam broke at noon on a Tuesday."),
        (24, 16, "https://daily.example/2026/dam 1/1"),
    ]
    assert read_pdf(made([page]), "a").text == "The dam broke at noon on a Tuesday."


def test_footnotes_stand_behind_the_sentence_that_goes_on_over_their_page() -> None:
    pages: list[list[Line]] = [
        [
            (72, 700, "The dam broke at noon."),
            (190, 704, "1"),
            (196, 700, " It was old, and the county"),
            (72, 100, "1"),
            (76, 96, "County of Kolm, Dams, 1971, p. 33."),
        ],
        [
            (72, 700, "knew of it for years."),
            (180, 704, "2"),
            (72, 686, "Nobody was hurt, as far as one knows, and all of them went home."),
            (72, 100, "2"),
            (76, 96, "Ibid."),
        ],
    ]
    text = read_pdf(made(pages, y704=7, y100=5, y96=8), "a").text
    assert [" ".join(part.split()) for part in text.split("\n\n")] == [
        "The dam broke at noon. [^1] It was old, and the county knew of it for years. "
        "[^2] Nobody was hurt, as far as one knows, and all of them went home.",
        "[^1]: County of Kolm, Dams, 1971, p. 33.",
        "[^2]: Ibid.",
    ]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    lines: list[Line] = [
        (72, 700, "It broke at noon"),
        (72, 686, "on a Tuesday, and the"),
        (320, 700, "town was flooded."),
        (320, 686, "Nobody was hurt."),
    ]
    text = read_pdf(made([lines]), "a").text
    assert text == ("It broke at noon on a Tuesday, and the town was flooded. Nobody was hurt.")


def test_columns_are_not_joined() -> None:
    lines = [(72, 700, "It broke at noon"), (72, 686, "on Tuesday."), (320, 700, "It held before.")]
    assert read_pdf(made([lines]), "a").text.endswith("on Tuesday.\n\nIt held before.")


def test_an_address_whose_two_lines_are_one_link_is_whole() -> None:
    lines = [
        (72, 740, "Roe J (2017). Dams: a package. Version 0.4, https://dams.example/"),
        (72, 726, "package=roe."),
    ]
    url = "https://dams.example/package=roe"
    fields = [((330, 737, 420, 751), url), ((72, 723, 130, 737), url)]
    text = read_pdf(made([lines], fields), "a.pdf").text
    assert text == f"Roe J (2017). Dams: a package. Version 0.4, {url}."


def test_an_address_that_fills_its_line_goes_on_below() -> None:
    lines: list[Line] = [
        (72, 700, "[1] Annual report, https://statistics.example/publications/wages-of-tow"),
        (72, 686, "ns.pdf (accessed 5 May)."),
        (72, 672, "[2] Board of the harbour, https://harbour.example/en/news/2024/the-old-"),
        (72, 658, "bridge"),
        (72, 644, "[3] Police report of the night, all of it, https://police.example/reports"),
        (72, 630, "Accessed 5 May."),
        (72, 616, "[4] Short, https://a.example/b"),
        (72, 602, "c2d"),
    ]
    text = read_pdf(made([lines]), "a.pdf").text
    assert "https://statistics.example/publications/wages-of-towns.pdf (accessed" in text
    assert "https://harbour.example/en/news/2024/the-old-bridge" in text
    assert "https://police.example/reports Accessed" in text
    assert "https://a.example/b c2d" in text


def test_sentences_and_addresses_go_on_over_pages() -> None:
    pages: list[list[Line]] = [
        [(72, 700, "The dam at the head of the valley broke in the night of")],
        [
            (72, 700, "a Tuesday."),
            (72, 660, "See the report:"),
            (72, 646, "https://statistics.example/publications/wages-"),
        ],
        [(72, 700, "of-towns.pdf")],
        [(72, 700, "Nobody was hurt.")],
    ]
    assert read_pdf(made(pages), "a.pdf").text == (
        "The dam at the head of the valley broke in the night of a Tuesday.\n\n"
        "See the report: https://statistics.example/publications/wages-of-towns.pdf\n\n"
        "Nobody was hurt."
    )


def test_what_is_beyond_the_limits_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    document, _, _ = read(made([PAGE, PAGE, PAGE]), name="a.pdf")
    assert document.findings[0].code == "text-left-out"
    assert document.findings[0].detail == "the PDF is read up to page 2 of 3"

    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    assert read_pdf(made([PAGE, PAGE]), "a").left_out == "read up to page 1 of 2"


def test_a_pdf_of_pictures_holds_no_text() -> None:
    with pytest.raises(ExtractError) as caught:
        read_pdf(made([[]]), "a.pdf")
    assert caught.value.code == "no-text"


def test_a_pdf_with_a_password_is_named() -> None:
    writer = PdfWriter(io.BytesIO(made([PAGE])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(ExtractError) as caught:
        read_pdf(out.getvalue(), "a.pdf")
    assert caught.value.code in ("encrypted", "bad-pdf")


def test_without_pypdf_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pypdf"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtractError) as caught:
        read(made([PAGE]), name="a.pdf")
    assert caught.value.code == "needs-pdf"
    assert "pip install 'claim-ledger[pdf]'" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [b"%PDF-1.7\n", b"%PDF-1.4\ntrailer<</Root 1 0 R>>", made([PAGE])[:300]],
    ids=["head", "trailer", "cut-off"],
)
def test_a_damaged_pdf_is_said(body: bytes) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="a.pdf")
    assert caught.value.code == "bad-pdf"


WHOLE = made([PAGE], links=[((105, 724, 131, 736), "https://one.example/a")])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_no_damage_whatever_escapes(changes: list[tuple[int, int]]) -> None:
    body = bytearray(WHOLE)
    for place, value in changes:
        body[place] = value
    try:
        read_pdf(bytes(body), "a.pdf")
    except ExtractError as error:
        assert error.code in ("bad-pdf", "no-text", "encrypted")  # noqa: PT017 - or it is read


def test_another_binary_type_is_no_article() -> None:
    url = "https://a.example/clip"
    clip = Received(url, url, url, b"\x00\x00\x00\x18ftypmp42" + bytes(99), NOON, status=200)
    with pytest.raises(ExtractError) as caught:
        read_received(clip)
    assert "no article can be read from video/mp4" in str(caught.value)


def test_words_linked_over_two_lines_are_one_link() -> None:
    lines = [
        (72, 700, "The owner had been warned twice by the"),
        (72, 686, "inspectors of the district."),
    ]
    url = "https://one.example/a"
    links = [((150, 698, 270, 710), url), ((72, 684, 190, 696), url)]

    text = read_pdf(made([lines], links), "a").text
    assert text.count(url) == 1
    assert text.startswith("The owner had been warned twice by the inspectors of")


def test_a_narrow_link_is_that_of_the_marker_close_by() -> None:
    # Set wide, so that the marker stands further to the right than its letters say.
    lines = [(72, 700, "The dam broke at noon [2]. It held for long.")]
    links = [((172, 698, 184, 710), "https://one.example/a")]

    text = read_pdf(made([lines], links), "a").text
    assert text == "The dam broke at noon [2](https://one.example/a). It held for long."


def test_an_address_is_whole_over_three_lines() -> None:
    parts = (
        "https://water.example/reports/estim",
        "ate-of-the-costs-of-repairs-at-fell",
        "-2025-final.pdf",
    )
    lines = [
        (72, 700, "[1] Board, water."),
        *((72, 686 - 14 * at, part) for at, part in enumerate(parts)),
    ]
    fields = [((72, 684 - 14 * at, 260, 696 - 14 * at), "".join(parts)) for at in range(3)]

    for links in ((), fields):
        text = read_pdf(made([lines], links), "a").text
        assert " ".join(text.split()) == f"[1] Board, water. {''.join(parts)}"


def test_notes_that_name_the_same_source_on_two_pages_are_kept() -> None:
    def page(number: int) -> list[Line]:
        return [
            (72, 740, "The dam broke, and so did the other one on the same day of May."),
            (
                72 + number,
                726,
                "It was old, as they all are, and nobody had looked at it for long.",
            ),
            (72, 70, str(number)),
            (76, 66, " Ministry of Water, Report, https://water.example/report"),
        ]

    text = read_pdf(made([page(1), page(2)], y70=5, y66=8), "a").text
    assert text.count("Ministry of Water") == 2


def test_the_number_of_a_single_page_is_no_text() -> None:
    lines = [*PAGE, (260, 30, "Page 1 of 1")]
    assert "Page 1" not in read_pdf(made([lines]), "a").text


def test_the_largest_letters_are_the_title_also_below_a_head() -> None:
    lines: list[Line] = [
        (72, 800, "Fell Review of Dams, vol. 12"),
        (72, 760, "What the dam cost"),
        (72, 720, "The dam broke at noon, and it was old. Nobody had looked at it."),
        (72, 706, "It will cost a lot of money to build another one in its place."),
    ]
    found, _, _ = read(made([lines], y800=8, y760=18), name="a.pdf")

    assert found.title == "What the dam cost"


def test_the_head_of_the_list_is_no_title() -> None:
    lines: list[Line] = [
        (72, 720, "The dam broke at noon [1], and it was old. Nobody had looked at it."),
        (72, 680, "References"),
        (72, 650, "[1] Board statement, https://www.reuters.com/a"),
    ]
    assert read(made([lines], y680=18), name="a.pdf")[0].title != "References"
