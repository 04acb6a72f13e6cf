"""Tagged PDFs: their own structure says what is a paragraph, an item, a cell or a link."""

import io
from typing import Any

import pytest
from pdfs import Part, inside, tagged
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.pdf.read import read_pdf

A, B = "https://www.reuters.com/a", "https://apnews.com/b"


def html(*pages: list[Part]) -> str:
    return one_space(read_pdf(tagged(*pages), "a.pdf").html)


def document(page: list[Part]) -> Document:
    return read(tagged(page), name="a.pdf")[0]


def one_space(text: str) -> str:
    return " ".join(text.split())


def over_pages(*pages: list[Part]) -> str:
    """What is read where the first element of the first page goes on in the first of the next."""
    writer = PdfWriter(io.BytesIO(tagged(*pages)))
    kids = inside(writer._root_object, "/StructTreeRoot")["/K"]
    assert isinstance(kids, ArrayObject)
    below = sum(role != "Artifact" for role, _ in pages[0])
    first, second = (kids[at].get_object() for at in (0, below))
    while second["/K"] and not isinstance(second["/K"][0], NumberObject):
        first, second = first["/K"][0].get_object(), second["/K"][0].get_object()
    mark = {"/Type": NameObject("/MCR"), "/Pg": second["/Pg"], "/MCID": second["/K"][0]}
    mark = DictionaryObject({NameObject(key): value for key, value in mark.items()})
    mark[NameObject("/Pg")] = writer.pages[1].indirect_reference
    first["/K"].append(mark)
    del kids[below]
    out = io.BytesIO()
    writer.write(out)
    return one_space(read_pdf(out.getvalue(), "a.pdf").html)


def test_a_paragraph_is_what_the_file_says_is_one() -> None:
    page: list[Part] = [
        ("H1", ["The dam"]),
        ("P", ["The dam broke.", "Nobody was hurt."]),
        ("P", ["Three villages were", "left without power."]),
    ]

    assert html(page) == (
        "<h1>The dam</h1><p>The dam broke. Nobody was hurt.</p>"
        "<p>Three villages were left without power.</p>"
    )


def test_entries_without_stops_are_apart() -> None:
    page: list[Part] = [
        ("P", ["The dam broke [1]. Nobody was hurt [2]."]),
        ("H2", ["References"]),
        (
            "L",
            [
                ("LI", [("Lbl", ["1."]), ("LBody", [" Board statement", "of May"])]),
                ("LI", [("Lbl", ["2."]), ("LBody", [" Police report"])]),
            ],
        ),
    ]

    assert html(page).endswith(
        '<ol><li value="1">Board statement of May</li><li value="2">Police report</li></ol>'
    )
    found = document(page)
    assert [each.raw for each in found.mentions] == ["[1]", "[2]"]
    assert [each.labels for each in found.mentions] == [("1",), ("2",)]
    assert [each.title for each in found.references] == [
        "Board statement of May",
        "Police report",
    ]


def test_items_keep_labels_that_are_no_numbers_and_lose_bullets() -> None:
    page: list[Part] = [
        ("L", [("LI", [("Lbl", ["•"]), ("P", [" The dam"]), ("L", [("LI", ["Gates"])])])]),
        ("L", [("LI", [("Lbl", ["[GMS94]"]), ("LBody", [("P", [" Roe, Gates."])])])]),
    ]

    assert html(page) == (
        "<ul><li><p>The dam</p><ul><li>Gates</li></ul></li></ul>"
        "<ul><li>[GMS94] <p>Roe, Gates.</p></li></ul>"
    )


def test_items_of_no_list_keep_their_labels_and_stay_apart() -> None:
    items: list[Part] = [
        ("LI", [("Lbl", ["1."]), ("LBody", ["Board"])]),
        ("LI", [("Lbl", ["2."]), ("LBody", ["Police"])]),
    ]
    read_as = '<ol><li value="1">Board</li><li value="2">Police</li></ol>'

    assert html(items) == read_as
    assert html([("L", [("Div", items)])]) == f"<ul><li>{read_as}</li></ul>"


def test_bodies_of_one_item_stay_apart_from_each_other_and_from_its_words() -> None:
    two: Part = ("LI", [("LBody", ["Board"]), ("LBody", ["Police"])])

    assert html([("L", [two])]) == "<ul><li><div>Board</div><div>Police</div></li></ul>"
    assert html([("L", [("LI", ["Board", ("LBody", ["Police"])])])]) == (
        "<ul><li>Board<div>Police</div></li></ul>"
    )


def test_signs_of_notes_are_no_bullets() -> None:
    assert html([("L", [("LI", [("Lbl", ["†"]), ("LBody", ["Board"])])])]) == (
        "<ul><li>† Board</li></ul>"
    )


@pytest.mark.parametrize("role", ["H1", "Caption", "TOCI", "P"])
def test_the_number_of_a_text_is_a_word_of_it(role: str) -> None:
    tag = "h1" if role == "H1" else "p"

    assert html([(role, [("Lbl", ["1."]), " The dam"])]) == f"<{tag}>1. The dam</{tag}>"


def test_the_label_of_what_is_no_item_is_read_once() -> None:
    assert html([("L", [("P", [("Lbl", ["1."]), " The dam"])])]) == ("<ul><li>1. The dam</li></ul>")


def test_a_formula_stays_in_its_sentence() -> None:
    assert html([("P", ["The energy", ("Formula", [" E = mc2"]), " is large."])]) == (
        "<p>The energy E = mc2 is large.</p>"
    )


def test_words_behind_a_list_amid_a_paragraph_stay_behind_it() -> None:
    assert html([("P", ["It broke:", ("L", [("LI", ["a gate"])]), "and fell."])]) == (
        "<p>It broke:<ul><li>a gate</li></ul><p>and fell.</p></p>"
    )


def test_cells_are_those_of_a_table() -> None:
    north: Part = ("TD", [("P", ["North of the"]), ("P", ["valley"])])
    head: Part = ("TR", [("TH", ["Gate"]), ("TH", [" Cost"])])

    assert html([("Table", [head, ("TR", [north, ("TD", [" 4"])])])]) == (
        "<table><tr><th>Gate</th><th>Cost</th></tr>"
        "<tr><td><p>North of the</p><p>valley</p></td><td>4</td></tr></table>"
    )


def test_the_head_of_a_table_is_read_once_that_is_drawn_on_each_page() -> None:
    page: list[Part] = [("Table", [("TR", [("TH", ["Gate"])])]), ("P", ["It broke."])]

    assert over_pages(page, page) == (
        "<table><tr><th>Gate</th></tr></table><p>It broke.</p><p>It broke.</p>"
    )


def test_the_words_of_a_link_are_those_that_the_file_says() -> None:
    page: list[Part] = [
        ("P", ["It broke ", (f"Link {A}", [" [1]"]), (f"Link {B}", [" [2]"]), " and fell."]),
        ("P", [(f"Link {A}", ["https://www.reuters", ".com/a"]), (f"Link {B}", ["the", "gates"])]),
    ]

    assert html(page) == (
        f'<p>It broke <a href="{A}"> [1]</a><a href="{B}"> [2]</a> and fell.</p>'
        f'<p><a href="{A}">https://www.reuters.com/a</a> <a href="{B}">the gates</a></p>'
    )
    found = document(page)
    assert [each.url for each in found.mentions][:2] == [A, B]


def test_spaces_around_an_address_that_is_linked_stay() -> None:
    page: list[Part] = [("P", ["It broke, as", (f"Link {A}", [f" {A}"]), " says."])]

    assert html(page) == f'<p>It broke, as<a href="{A}"> {A}</a> says.</p>'


def test_a_head_or_foot_in_the_middle_of_a_page_is_none() -> None:
    long = ["The water board said on Tuesday that three villages were left without power"] * 20
    page: list[Part] = [("P", long), ("Artifact", ["Draft"])]

    assert html(page).endswith("</p><p>Draft</p>")
    assert not html([*page, ("Artifact", ["Nobody was hurt, the police said."])])


def test_heads_and_feet_are_left_out_of_a_paragraph_that_goes_on_over_pages() -> None:
    text = "Three villages were left without power, the water board said on Tuesday"
    first: list[Part] = [("P", [text]), ("Artifact", ["Page 1"])]

    assert over_pages(first, [("P", ["and nobody was hurt."])]) == (
        f"<p>{text} and nobody was hurt.</p>"
    )


def test_words_beside_elements_are_parted_by_their_places() -> None:
    page: list[Part] = [
        ("Document", ["The dam", ("P", ["It broke."]), "It was old.", ("P", ["Old."])])
    ]

    assert html(page) == "<p>The dam</p><p>It broke.</p><p>It was old.</p><p>Old.</p>"


def test_a_few_words_of_no_element_stay() -> None:
    long = ["The water board said on Tuesday that three villages were left without power"] * 9
    page: list[Part] = [("Table", [("TR", [("TD", long)])]), ("", ["Draft"])]

    assert html(page).endswith("</table><p>Draft</p>")
    assert html([("", ["Draft"]), ("P", long)]).startswith("<p>Draft</p>")


@pytest.mark.parametrize(
    "page",
    [
        [("P", ["The dam broke."]), ("", ["Nobody was hurt."])],
        [("P", ["It broke."]), ("Artifact", ["Nobody was hurt, the police said."])],
        [("P", ["It broke.", ("Note", ["1 Nobody was hurt."])])],
        [("P", [line]) for line in ("It", "broke.", "nobody", "was", "hurt")],
        [("P", ["It broke."]), (f"Span {A}", ["Nobody was hurt."])],
        [("P", ["It broke."]), (f"Link {A}", ["Nobody", (f"Span {B}", ["was hurt."])])],
    ],
)
def test_structures_that_say_too_little_are_not_gone_by(page: list[Part]) -> None:
    found = read_pdf(tagged(page), "a.pdf")

    assert not found.html
    assert "broke." in found.text
    assert "hurt" in found.text


def test_a_link_of_no_element_is_not_lost() -> None:
    writer = PdfWriter(io.BytesIO(tagged([("P", ["The dam broke."])])))
    writer.add_annotation(0, Link(rect=(72, 760, 140, 780), url=A))
    out = io.BytesIO()
    writer.write(out)

    assert A in read_pdf(out.getvalue(), "a.pdf").text


def changed(change: Any) -> str:
    """A tagged PDF whose first element something has changed; what is read of it."""
    writer = PdfWriter(io.BytesIO(tagged([("P", ["The dam broke."]), ("P", ["It was old."])])))
    top = inside(writer._root_object, "/StructTreeRoot")
    kids = top["/K"]
    assert isinstance(kids, ArrayObject)
    change(writer, top, kids[0].get_object())
    out = io.BytesIO()
    writer.write(out)
    found = read_pdf(out.getvalue(), "a.pdf")
    return found.html or found.text


def in_itself(_: Any, top: Any, first: Any) -> None:
    first["/K"].append(top["/K"][0])


def too_deep(_: Any, __: Any, first: Any) -> None:
    for _level in range(150):
        inner = DictionaryObject({NameObject("/S"): NameObject("/Sect")})
        inner[NameObject("/K")] = first["/K"]
        first[NameObject("/K")] = ArrayObject([inner])
        first = inner


def of_names_in_a_circle(_: Any, top: Any, __: Any) -> None:
    names = {NameObject("/P"): NameObject("/Q"), NameObject("/Q"): NameObject("/P")}
    top[NameObject("/RoleMap")] = DictionaryObject(names)


def of_nonsense(_: Any, top: Any, first: Any) -> None:
    first[NameObject("/A")] = ArrayObject([NumberObject(3)])
    first[NameObject("/S")] = NumberObject(3)
    top["/K"].append(NumberObject(-7))


def of_one_array_many_times(writer: Any, top: Any, _: Any) -> None:
    kids = top["/K"]
    for _level in range(40):
        kids = writer._add_object(ArrayObject([kids, kids]))
    top[NameObject("/K")] = kids


def of_no_objects(_: Any, top: Any, __: Any) -> None:
    top["/K"].append(DictionaryObject({NameObject("/Obj"): NumberObject(1)}))
    top["/K"].append(DictionaryObject({NameObject("/Type"): NameObject("/OBJR")}))


@pytest.mark.parametrize(
    "change",
    [
        in_itself,
        of_one_array_many_times,
        of_no_objects,
        too_deep,
        of_names_in_a_circle,
        of_nonsense,
    ],
)
def test_structures_of_any_kind_lose_no_words(change: Any) -> None:
    said = changed(change)

    assert "The dam broke." in said
    assert "It was old." in said


@pytest.mark.parametrize(("end", "begin"), [("", ""), ("ET ", "BT 1 0 0 1 120 700 Tm ")])
def test_marks_within_one_text_object_or_text_outside_of_all_are_not_gone_by(
    end: str, begin: str
) -> None:
    writer = PdfWriter(io.BytesIO(tagged([("P", ["The dam broke."]), ("P", ["It was old."])])))
    stream = DecodedStreamObject()
    stream.set_data(
        f"BT /F1 11 Tf 1 0 0 1 72 700 Tm {end}/P <</MCID 0>> BDC (It broke) Tj EMC "
        f"/P <</MCID 1>> BDC {begin}( and fell.) Tj ET EMC".encode()
    )
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)

    assert one_space(read_pdf(out.getvalue(), "a.pdf").text) == "It broke and fell."


def test_a_tagged_pdf_without_words_has_no_text() -> None:
    with pytest.raises(ExtractError) as caught:
        read_pdf(tagged([("P", []), ("L", [("LI", [])])]), "a.pdf")

    assert caught.value.code == "no-text"


def test_paragraphs_that_are_addresses_are_gone_by() -> None:
    page: list[Part] = [("P", [url]) for url in (A, B, "https://a.example/1", "www.a.example")]

    assert html(page).count("<p>") == 4


def test_damaged_tags_are_told_and_the_pages_are_read_by_places() -> None:
    whole = tagged([("P", ["The dam broke."]), ("P", [f"Rents rose, see {A}."])])
    element = b"<<\n/Type /StructElem"
    assert element in whole

    document = read(whole.replace(element, b"<(\n/Type /StructElem", 1), name="a.pdf")[0]

    assert "The dam broke." in document.text
    assert [finding.code for finding in document.findings] == ["markup-lost"]
