"""PDF: where its lines part paragraphs, items, entries, words and addresses."""

import io
from typing import Any

import pytest
from pdfs import Line, inside, made
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from ledger.extract.pdf.read import read_pdf

HAN = {chr(code): chr(0x5927 + code) for code in range(ord("a"), ord("z") + 1)}
"""Letters that stand for Chinese ones."""
WIDE = "The board of the harbour says that all of the quays were closed in the night"


def text_of(lines: list[Line], **rest: Any) -> str:
    return read_pdf(made([lines], **rest), "a.pdf").text


def column(*said: str) -> list[Line]:
    """Lines below one another, under some that show how wide the column is."""
    lines = [WIDE] * 5 + [*said]
    return [(72, 780 - 14 * number, text) for number, text in enumerate(lines)]


def below(lines: list[Line], **rest: Any) -> str:
    return text_of(lines, **rest).split(WIDE)[-1].strip()


def test_a_line_that_stops_short_ends_its_paragraph_or_item() -> None:
    assert below(column("Rents fell [1].", "Wages rose, says", "the town [2].")) == (
        "Rents fell [1].\n\nWages rose, says the town [2]."
    )


def test_a_line_that_fills_its_column_or_ends_no_sentence_does_not() -> None:
    assert below(column(f"{WIDE[:64]} of May [1].", "Wages rose.")).endswith("May [1]. Wages rose.")
    assert below(column("Rents fell in", "Kolm [1].")) == "Rents fell in Kolm [1]."


def test_what_a_line_announces_stands_inside_of_it() -> None:
    lines = column("The town says:", "Rents fell [1]", "Wages rose")
    lines[-2:] = [(90, y, text) for _, y, text in lines[-2:]]

    assert below(lines) == "The town says:\n\nRents fell [1]\n\nWages rose"


def test_lines_of_few_say_nothing_of_their_column() -> None:
    lines: list[Line] = [(72, 700, "Rents fell [1]."), (72, 686, f"{WIDE} of the flood [2].")]

    assert text_of(lines).count("\n") == 0


def test_an_entry_ends_where_the_next_number_begins() -> None:
    said = [
        "[1] https://a.example/one - The Dams of the Valley and What They Cost",
        "Every Town Below Them, as the Board Has Counted It | The Herald",
        "[2] https://b.example/two - The Quays of the Harbour and Who Owns Them",
        "Since the Flood, as Far as Anybody in the Town Knows | Kolm Post",
        "[7] is no entry, and goes on",
    ]
    lines: list[Line] = [(72, 700 - 14 * number, text) for number, text in enumerate(said)]

    assert text_of(lines).split("\n") == [" ".join(said[:2]), " ".join(said[2:])]


def test_a_note_ends_where_the_next_number_begins() -> None:
    lines: list[Line] = [
        (72, 700, f"{WIDE}."),
        (72, 100, "1"),
        (76, 96, "Herald, The Dams of the Valley and What They Cost Everybody in Town,"),
        (72, 86, "as Its Board Has Counted for the Third Year in a Row"),
        (72, 80, "2"),
        (76, 76, "Kolm Post, https://b.example/two"),
    ]
    text = text_of(lines, y100=5, y96=8, y86=8, y80=5, y76=8)

    assert [" ".join(part.split()) for part in text.split("\n") if part][1:] == [
        f"[^1]: {lines[2][2]} {lines[3][2]}",
        "[^2]: Kolm Post, https://b.example/two",
    ]


def test_notes_called_in_one_place_are_those_at_the_foot_of_their_page() -> None:
    lines: list[Line] = [
        (72, 700, "The dam broke at noon."),
        (190, 704, "910"),
        (72, 686, "It is a dam of"),
        (150, 690, "12"),
        (160, 686, " metres."),
        (72, 100, "9"),
        (76, 96, "Herald, 3 May."),
        (72, 86, "10"),
        (76, 82, "Kolm Post, 4 May."),
    ]
    text = text_of(lines, y704=7, y690=7, y100=5, y96=8, y86=5, y82=8)

    assert "noon. [^9][^10]" in text
    assert "<sup>12</sup>" in text


def test_numbers_set_high_may_have_spaces_between() -> None:
    lines: list[Line] = [(72, 700, "The dam broke."), (150, 704, "1 2"), (72, 686, "It held.")]

    assert "<sup>1,2</sup>" in text_of(lines, y704=7)


def test_an_address_may_be_broken_behind_any_of_its_signs() -> None:
    lines: list[Line] = [
        (72, 700, "[1] The Board of the Harbour, Report on All of the Quays, of the Year: https:"),
        (72, 686, "//harbour.example/2024/quays"),
        (72, 672, "[2] Town, https://town.example/wp-"),
        (72, 658, "content/uploads/2024/%E9%BA%A6.pdf"),
        (72, 644, "[3] Kolm, https://kolm.example/the-quay-can-be-"),
        (72, 630, "lucrative/ - The Quay"),
    ]
    text = text_of(lines)

    assert "https://harbour.example/2024/quays" in text
    assert "https://kolm.example/the-quay-can-be-lucrative/ - The Quay" in text
    assert "https://town.example/wp-content/uploads/2024/%E9%BA%A6.pdf" in text


def test_letters_that_are_as_wide_as_high_are_counted_so() -> None:
    line = "abcdefghijklmnopqrst[1]uvwxyz"  # 20 letters of 11 points before the marker
    text = text_of(
        [(72, 700, line)], links=[((292, 698, 308, 710), "https://one.example/a")], letters=HAN
    )
    before, _, rest = text.partition("[1]")

    assert len(before) == 20
    assert rest.startswith("(https://one.example/a)")


def test_letters_set_one_by_one_are_words() -> None:
    assert text_of([(72, 700, "a b c d e 2024 f")], letters=HAN) == (
        f"{''.join(map(HAN.__getitem__, 'abcde'))} 2024 {HAN['f']}"
    )


def test_narrow_spaces_are_spaces_where_the_font_has_another_sign_for_them() -> None:
    assert text_of([(72, 700, "in_a_tight_line")], space=500) == "in a tight line"
    assert text_of([(72, 700, "in_a_tight_line")], space=333) == "in a tight line"


def test_entries_that_follow_one_another_go_on_over_lines_and_pages() -> None:
    pages: list[list[Line]] = [
        [
            (72, 700, "Citations: [1] https://a.example/one [2] https://b.example/two [3]"),
            (72, 686, "https://c.example/three - The Quays of the Harbour and Who Owns Them"),
            (72, 672, "[4]"),
        ],
        [(72, 700, "https://d.example/four - Kolm Post [5] https://e.example/five - The")],
        [(72, 700, "Herald [6] https://f.example/six")],
    ]

    assert read_pdf(made(pages), "a.pdf").text == " ".join(
        text for page in pages for _, _, text in page
    )


def test_an_address_that_is_shown_in_part_is_that_of_its_link() -> None:
    shown = "[1]https://board.example/posts/pfbid09Tykk..."
    field = (72.0, 698.0, 72 + 5.5 * len(shown), 710.0)
    url = "https://board.example/posts/pfbid09TykkgtKMGfEa6LXM"

    assert text_of([(72, 700, shown)], links=[(field, f"{url};%C2%A0")]) == f"[1]{url}"


def test_a_link_whose_host_has_a_space_is_none() -> None:
    shown = "[1] https://board dot example/posts"
    field = (72.0, 698.0, 170.0, 710.0)

    assert text_of([(72, 700, shown)], links=[(field, "https://board%20dot/")]) == shown


def test_words_of_an_address_are_joined_where_its_points_are_spelled_out() -> None:
    lines: list[Line] = [
        (72, 700, "[1] https://board dot example/posts/the-town-and-its-"),
        (72, 686, "dam/; https://a.example/b"),
    ]

    assert "/posts/the-town-and-its-dam/; https" in text_of(lines)


@pytest.mark.parametrize("indirect", [False, True])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/FirstChar", NumberObject(32)),
        ("/FirstChar", TextStringObject("a")),
        ("/FirstChar", NullObject()),
        ("/Widths", NullObject()),
    ],
)
def test_a_font_that_is_written_in_another_way_is_read(
    key: str, value: Any, *, indirect: bool
) -> None:
    lines: list[Line] = [(72, 700, "It held.")]
    writer = PdfWriter(PdfReader(io.BytesIO(made([lines], space=500))))
    font = inside(writer.pages[0], "/Resources", "/Font", "/F1")
    font[NameObject(key)] = writer._add_object(value) if indirect else value
    out = io.BytesIO()
    writer.write(out)

    assert read_pdf(out.getvalue(), "a.pdf").text == "It held."


def test_a_head_whose_capitals_are_set_apart_is_one() -> None:
    assert text_of([(72, 700, "B I B L I O G R A P H Y")]) == "BIBLIOGRAPHY"
    assert text_of([(72, 700, "R EFERENCES")]) == "REFERENCES"
    assert text_of([(72, 700, "A B R I E F N O T E")]) == "A B R I E F N O T E"


def test_an_address_that_is_broken_behind_its_scheme_is_not_written_twice() -> None:
    begun = "[1] The Board of the Harbour, Report on All of the Quays, http:"
    field = (72 + 5.5 * len(begun) - 30, 698.0, 72 + 5.5 * len(begun), 710.0)
    lines: list[Line] = [(72, 700, begun), (72, 686, "//harbour.example/quays")]

    assert text_of(lines, links=[(field, "http://harbour.example/quays")]) == (
        f"{begun}//harbour.example/quays"
    )


@pytest.mark.parametrize(
    ("letter", "behind", "begin"),
    [
        pytest.param(
            "T", "rade grew for years in all of the ports of the north [1],", "Trade grew"
        ),
        pytest.param("A", "dam of the old kind", "A dam of", id="a word of its own"),
        pytest.param("A", "lder is a port", "Alder is", id="not a word of its own"),
    ],
)
def test_a_first_letter_over_several_lines_is_of_its_word(
    letter: str, behind: str, begin: str
) -> None:
    lines: list[Line] = [
        (72, 720, letter),
        (100, 738, behind),
        (100, 724, "and then it fell, as the masters of the harbour saw. The dam"),
        (72, 710, "was old."),
    ]
    assert text_of(lines, y720=34).startswith(begin)
    alone = text_of([(72, 720, letter), (300, 738, behind), (72, 700, "So it was.")], y720=34)
    assert begin not in alone


def test_numbers_and_bullets_drawn_behind_all_else_are_before_their_lines() -> None:
    page: list[Line] = [
        (72, 740, "The dam broke [1], and nobody was hurt [2]."),
        (92, 700, "Board statement"),
        (92, 686, "of May"),
        (92, 672, "Police report"),
        (92, 640, "Gates of the north"),
        (92, 626, "Weirs"),
        (78, 700, "1."),
        (78, 672, "2."),
        (81, 640, "•"),
        (81, 626, "•"),
        (300, 580, "3."),
    ]

    assert text_of(page) == (
        "The dam broke [1], and nobody was hurt [2].\n\n"
        "1. Board statement of May\n2. Police report\n\n"
        "• Gates of the north\n• Weirs\n\n3."
    )


def test_a_title_in_bold_goes_on_in_its_item() -> None:
    page: list[Line] = [
        (92, 700, "Gates, by the board"),
        (92, 686, "of the valley."),
        (78, 700, "1."),
    ]

    assert text_of(page) == "1. Gates, by the board of the valley."


def test_a_dash_that_a_full_line_leads_to_begins_no_item() -> None:
    page: list[Line] = [
        (72, 700, "[1] https://www.reuters.com/the-gates-of-the-dam-and-of-the-valley"),
        (72, 686, "- Gates of the dam [2] https://apnews.com/b - Weirs of the valley"),
    ]

    assert text_of(page) == " ".join(text for _, _, text in page)


def test_markers_that_begin_a_line_begin_no_item() -> None:
    page: list[Line] = [
        (72, 740, "Three villages were left without power in the night of May[2]"),
        (72, 726, "[3][4], the board said, and the gates were mended in June[5]"),
        (72, 712, "[6]."),
    ]

    assert text_of(page) == " ".join(text for _, _, text in page)


def test_an_address_may_be_broken_behind_its_scheme() -> None:
    page: list[Line] = [
        (72, 740, "[1] Board statement on the gates of the dam, May. https://"),
        (72, 726, "www.reuters.com/a"),
        (72, 712, "[2] Police report on the gates of the dam, June. https:"),
        (72, 698, "//apnews.com/b"),
    ]

    text = text_of(page)

    assert "https://www.reuters.com/a\n" in text
    assert "https://apnews.com/b" in text


def test_a_number_that_is_all_of_a_link_is_a_marker() -> None:
    page: list[Line] = [(72, 740, "Nobody was hurt"), (158, 740, "1"), (164, 740, ", and it fell.")]

    text = text_of(page, links=[((158, 738, 164, 750), "https://apnews.com/b")])

    assert text == "Nobody was hurt [1](https://apnews.com/b), and it fell."


def test_a_larger_line_with_a_number_is_a_heading() -> None:
    page: list[Line] = [
        (72, 740, "2. Gates"),
        (72, 710, "The gates were mended in June, and the board said so in a statement."),
    ]

    assert text_of(page, y740=18).startswith("# 2. Gates\n\n")


def test_hyphens_that_only_typesetters_have_go_from_words_and_addresses() -> None:
    hyphen = {"~": "\u2010"}
    page: list[Line] = [
        (72, 740, "The FLOOD~"),
        (72, 726, "GATE board said that the gates were mended by Wal~"),
        (72, 712, "lace, https://www.reuters.com/gates-flood~"),
        (72, 698, "gate-high in June."),
    ]

    assert text_of(page, letters=hyphen) == (
        "The FLOODGATE board said that the gates were mended by Wallace, "
        "https://www.reuters.com/gates-floodgate-high in June."
    )
    own = text_of([*page, (72, 640, "A well~made gate.")], letters=hyphen)
    assert "FLOOD\u2010GATE" in own
    assert "gates-floodgate-high" in own


def test_an_address_broken_behind_its_host_leaves_no_gap() -> None:
    page: list[Line] = [
        (72, 740, "1. Gates of the dam and of the valley, by the board."),
        (72, 726, "https://www.reuters.com/"),
        (72, 712, "gates More on them."),
    ]
    url = "https://www.reuters.com/gates"
    fields = [((72, 724, 190, 736), url), ((72, 710, 100, 722), url)]

    assert text_of(page, links=fields) == (f"{page[0][2]} {url} More on them.")


def test_a_number_hardly_smaller_that_stands_well_above_its_line_is_raised() -> None:
    page: list[Line] = [(72, 740, "Nobody was hurt"), (158, 745, "4"), (164, 740, ", and it fell.")]

    assert "hurt <sup>4</sup>, and" in text_of(page, y745=10.4)


def test_a_font_with_a_table_of_codes_of_its_own_is_read() -> None:
    writer = PdfWriter(
        io.BytesIO(made([[(72, 740, "abc")]], letters={"a": "d", "b": "a", "c": "m"}))
    )
    font = inside(writer.pages[0], "/Resources", "/Font", "/F1")
    font[NameObject("/Subtype")] = NameObject("/Type0")
    for key, name in (("/Encoding", "cidchar"), ("/ToUnicode", "bfchar")):
        stream = DecodedStreamObject()
        codes = [("0cf3", "<0064>"), ("0003", "<0061>")]
        rows = "\n".join(f"<{code}> {3 if name == 'cidchar' else sign}" for code, sign in codes)
        stream.set_data(
            f"begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"2 begin{name}\n{rows}\nend{name}\nendcmap".encode()
        )
        font[NameObject(key)] = writer._add_object(stream)
    drawn = DecodedStreamObject()
    drawn.set_data(b"BT /F1 11 Tf 1 0 0 1 72 740 Tm <0cf300030cf3> Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)

    assert read_pdf(out.getvalue(), "a.pdf").text == "dad"


def test_hyphens_at_few_ends_of_lines_are_of_their_words() -> None:
    page: list[Line] = [(72, 800 - 14 * number, f"{WIDE} of May") for number in range(40)]
    page[20] = (72, 800 - 14 * 20, "The board closed the quays to all but trained coach-")
    page[21] = (
        72,
        800 - 14 * 21,
        "like drivers of the harbour and of the town in the night of May",
    )

    assert "coach-like drivers" in text_of(page)


def test_a_sentence_goes_on_over_pages_with_its_marker() -> None:
    first: list[Line] = [(72, 100, "The gates of the north were mended, and those of the town")]
    second: list[Line] = [
        (72, 780, "[11]; weirs were mended in all of the towns of the valley"),
        (72, 766, "[12]."),
    ]

    text = read_pdf(made([first, second]), "a.pdf").text

    assert text == " ".join(said for _, _, said in first + second)


def test_a_day_that_begins_the_second_line_of_a_paragraph_begins_no_item() -> None:
    page: list[Line] = [
        (87, 740, "Der Damm brach nach Angaben der Feuerwehr in der Nacht auf den"),
        (72, 726, "12. Mai, und drei weitere Orte im Tal blieben lange Zeit ohne Strom."),
    ]

    assert text_of(page) == " ".join(text for _, _, text in page)


@pytest.mark.parametrize("begin", ["[Weber 2021] Weber, A. Weirs.", "[Photo: Jane Doe]"])
def test_words_in_brackets_that_begin_a_page_begin_a_paragraph(begin: str) -> None:
    first: list[Line] = [(72, 114, f"{WIDE} of May"), (72, 100, "and of June.")]

    assert read_pdf(made([first, [(72, 780, begin)]]), "a.pdf").text.endswith(f"June.\n\n{begin}")


def test_an_address_goes_on_over_pages_behind_its_scheme() -> None:
    first: list[Line] = [(72, 100, "[7] Gates of the north, May: https://")]
    second: list[Line] = [(72, 780, "www.reuters.com/a")]

    assert "May: https://www.reuters.com/a" in read_pdf(made([first, second]), "a.pdf").text


def test_a_compound_goes_on_behind_its_hyphen() -> None:
    page: list[Line] = [
        (72, 740, "The board said that the Near-"),
        (72, 726, "Term plan of May holds."),
    ]

    assert text_of(page) == "The board said that the Near-Term plan of May holds."


def test_a_raised_number_that_is_called_again_is_the_number() -> None:
    page: list[Line] = [(72, 740, "Nobody was hurt"), (158, 745, "[4:1]"), (184, 740, ", at 4:15.")]

    assert text_of(page, y745=8) == "Nobody was hurt <sup>[4]</sup> , at 4:15."
