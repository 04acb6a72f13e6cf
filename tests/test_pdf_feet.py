"""PDF: notes at the feet of pages and columns, what calls them, and what only looks so."""

from typing import Any

from pdfs import Line, made

from ledger.extract.pdf.read import read_pdf

WIDE = "The board of the harbour says that all of the quays"


def paragraphs(pages: list[list[Line]], **sizes: Any) -> list[str]:
    text = read_pdf(made(pages, **sizes), "a.pdf").text
    return [" ".join(part.split()) for part in text.split("\n\n")]


def test_notes_of_the_first_column_part_no_sentence() -> None:
    left: list[Line] = [(60, 700 - 14 * n, WIDE) for n in range(3)]
    notes: list[Line] = [(60, 100, "§Roe is of Kolm."), (60, 90, "†Also of the Herald.")]
    right: list[Line] = [(320, 700, "were closed in the night."), (320, 686, "They are old.")]

    assert paragraphs([[*left, *notes, *right]], y100=8, y90=8) == [
        f"{WIDE} {WIDE} {WIDE} were closed in the night. They are old.",
        "§Roe is of Kolm. †Also of the Herald.",
    ]


def test_notes_stand_behind_the_list_that_goes_on_over_their_page() -> None:
    first: list[Line] = [(72, 700, "[1] Roe, Dams."), (72, 686, "[2] Doe, Quays.")]
    notes: list[Line] = [(72, 100, "§Roe is of Kolm.")]
    second: list[Line] = [(72, 700, "[3] Poe, Wages."), (72, 686, "[4] Foe, Rents.")]

    assert paragraphs([[*first, *notes], second], y100=8) == [
        "[1] Roe, Dams. [2] Doe, Quays.",
        "[3] Poe, Wages. [4] Foe, Rents.",
        "§Roe is of Kolm.",
    ]


def test_a_list_in_small_letters_that_fills_the_next_page_is_no_note() -> None:
    first: list[Line] = [(72, 700, f"{WIDE}."), (72, 100, "[1] Roe, Dams,")]
    second: list[Line] = [(84, 600, "a report of the board."), (72, 590, "[2] Doe, Quays.")]

    assert paragraphs([first, second], y100=8, y600=8, y590=8) == [
        f"{WIDE}.",
        "[1] Roe, Dams, a report of the board. [2] Doe, Quays.",
    ]


def test_a_raised_number_calls_a_note_of_its_page_or_none() -> None:
    lines: list[Line] = [
        (72, 700, "The dam broke."),
        (150, 704, "1"),
        (72, 686, "It has 40 m"),
        (134, 690, "1"),
        (142, 686, "and 10 m"),
        (190, 690, "3"),
        (198, 686, "of water."),
        (72, 100, "1"),
        (76, 96, "Herald, 3 May."),
    ]

    assert paragraphs([lines], y704=7, y690=7, y100=5, y96=8) == [
        "The dam broke.[^1] It has 40 m ^1 and 10 m ^3 of water.",
        "[^1]: Herald, 3 May.",
    ]


def test_lines_inside_an_entry_begin_no_item() -> None:
    lines: list[Line] = [
        (72, 700, "[1] Roe, J.: Der Damm von Kolm und was er kostet, Kolm, 1996."),
        (90, 686, "– Deutsche Ausgabe von [7], nach der"),
        (90, 672, "2. Auflage, Herald, 1997."),
        (72, 658, "[Doe96] Doe, J.: Quays."),
    ]

    assert read_pdf(made([lines]), "a.pdf").text.split("\n") == [
        " ".join(text for _, _, text in lines[:3]),
        lines[3][2],
    ]


def test_code_in_small_letters_may_stand_above_a_note() -> None:
    lines: list[Line] = [
        (72, 700, "The dam broke."),
        (150, 704, "1"),
        (72, 680, "> dam(1998)"),
        (72, 100, "1"),
        (76, 96, "Herald, 3 May."),
    ]

    assert paragraphs([lines], y704=7, y680=8, y100=5, y96=8) == [
        "The dam broke.[^1]",
        "> dam(1998)",
        "[^1]: Herald, 3 May.",
    ]
