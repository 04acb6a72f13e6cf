"""OpenDocument texts -> documents: links, notes, raised numbers, lists, changes, hostile ones."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.media import OPEN_DOCUMENT
from ledger.extract.unpacked import MAX_BYTES

A, B, C = "https://a.example/1", "https://b.example/2", "https://c.example/3"
SPACES = "".join(
    f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
    for key in ("office", "style", "text", "table", "draw", "svg-compatible")
) + (
    ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)
STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="up" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T1" style:family="text" style:parent-style-name="up"/>'
    '<style:style style:name="gone" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="L0"><text:list-level-style-number text:level="1" '
    'style:num-format="1" text:start-value="0"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/>'
    "</text:list-style>"
)


def paragraph(*inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{"".join(inside)}</text:p>'


def span(words: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def link(words: str, url: str) -> str:
    return f'<text:a xlink:href="{url}">{words}</text:a>'


def note(label: str, *inside: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{paragraph(*inside)}</text:note-body></text:note>"
    )


def listed(*items: str, style: str = "L1", more: str = "") -> str:
    inside = "".join(f"<text:list-item>{paragraph(each)}</text:list-item>" for each in items)
    return f'<text:list text:style-name="{style}"{more}>{inside}</text:list>'


def head(words: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{words}</text:h>'


def odt(*body: str, before: str = "", manifest: str = "<m/>") -> bytes:
    content = (
        f"{before}<office:document-content{SPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text>"
        "</office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def document(body: bytes) -> Document:
    found, media_type, charset = read(body, name="story.odt")
    assert (media_type, charset) == (OPEN_DOCUMENT, None)
    return found


def entries(found: Document) -> list[tuple[str | None, str | None]]:
    return [(each.marker, each.url) for each in found.references]


def test_title_headings_links_and_spaces_are_those_of_a_page() -> None:
    found = document(
        odt(
            paragraph("Dams of Fell", style="P1"),
            paragraph("The dam", "<text:s/>", "broke", "<text:tab/>", link("in May", A), "."),
            head("Reaction", 2),
            paragraph("Dockers were glad<text:line-break/>and said so."),
        )
    )
    assert found.title == "Dams of Fell"
    assert "The dam broke in May." in found.text
    assert [each.url for each in found.mentions] == [A]
    assert [block.section for block in found.blocks if block.role == "paragraph"] == [
        (),
        ("Reaction",),
    ]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_references(kind: str) -> None:
    first = note("1", "Roe, ", link("the report", A), kind=kind)
    found = document(odt(paragraph("The dam broke.", first, " It was old.", note("2", B))))

    assert found.text == "The dam broke. It was old."
    assert [each.labels for each in found.mentions] == [("1",), ("2",)]
    assert entries(found) == [("1", A), ("2", B)]


def test_a_note_without_words_and_one_in_another_keep_their_numbers() -> None:
    empty = "<text:note><text:note-citation>1</text:note-citation></text:note>"
    outer = note("2", "Roe, ", A, note("3", B))
    text = paragraph("It broke.", empty, " It was old.", outer, " It rose.", note("4", C))
    found = document(odt(text))

    assert [each.labels for each in found.mentions][:3] == [("1",), ("2",), ("4",)]
    assert {marker: url for marker, url in entries(found) if url} == {"2": A, "3": B, "4": C}


def test_a_body_of_a_note_without_one_is_text() -> None:
    body = "<text:note-body><text:p>Roe said so.</text:p></text:note-body>"
    assert "Roe said so." in document(odt(paragraph("It broke. ", body))).text


def test_a_list_may_count_from_nothing() -> None:
    body = [paragraph("It broke [0]. It rose [1]."), head("Sources")]
    found = document(odt(*body, listed(f"Dam, {A}", f"Age, {B}", style="L0")))
    assert entries(found) == [("0", A), ("1", B)]


def test_a_heading_of_no_level_is_one() -> None:
    found = document(odt(head("Dams", 0), paragraph("It broke."), head("Walls", 0)))
    assert [block.role for block in found.blocks] == ["heading", "paragraph", "heading"]


def test_raised_numbers_are_looked_up_in_a_list_that_counts() -> None:
    text = paragraph("The dam broke.", span("1", "T1"), span(",2", "T1"), " It was old.")
    found = document(odt(text, head("Sources"), listed(f"Dam, {A}", f"Age, {B}")))

    assert found.text == "The dam broke. It was old."
    assert [each.labels for each in found.mentions] == [("1", "2")]
    assert entries(found) == [("1", A), ("2", B)]


@pytest.mark.parametrize("goes_on", [' text:continue-numbering="true"', ' text:continue-list="i"'])
def test_a_list_goes_on_behind_a_heading(goes_on: str) -> None:
    found = document(
        odt(
            paragraph("The dam broke [1]. It was old [2]."),
            head("Sources"),
            listed(f"Dam, {A}", more=' xml:id="i"'),
            head("Pages", 2),
            listed(f"Age, {B}", more=goes_on),
        )
    )
    assert entries(found) == [("1", A), ("2", B)]


def test_an_item_may_say_its_number_and_bullets_have_none() -> None:
    item = f'<text:list-item text:start-value="7">{paragraph(f"Dam, {A}")}</text:list-item>'
    found = document(
        odt(
            paragraph("The dam broke [7]."),
            listed("It was old.", style="L2"),
            head("Sources"),
            f'<text:list text:style-name="L1">{item}</text:list>',
        )
    )
    assert entries(found) == [("7", A)]
    assert "It was old." in found.text


def test_deleted_words_and_comments_are_not_read_and_inserted_ones_are() -> None:
    deleted = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
        f"{paragraph('Nobody was warned [9].')}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    comment = f"<office:annotation>{paragraph('Is this so? [8]')}</office:annotation>"
    inserted = '<text:change-start text:change-id="d"/> in May<text:change-end/>'
    found = document(odt(deleted, paragraph("The dam broke", comment, inserted, ".")))
    assert found.text == "The dam broke in May."
    assert not found.mentions
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [("text-left-out", "comments beside the text: 1")]


def test_a_mark_of_a_bibliography_leads_to_the_address_of_its_work() -> None:
    mark = f'<text:bibliography-mark text:url="{A}">[Roe]</text:bibliography-mark>'
    found = document(odt(paragraph("The dam broke ", mark, ".")))
    assert [each.url for each in found.mentions] == [A]


def test_hidden_words_are_left_out_and_the_reader_is_told() -> None:
    found = document(odt(paragraph("The dam broke.", span(" Ask Roe.", "gone"), " It was old.")))
    assert found.text == "The dam broke. It was old."
    assert [each.code for each in found.findings] == ["text-left-out"]


def test_numbered_headings_boxes_and_tables() -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('A box beside it.')}</draw:text-box></draw:frame>"
    rows = "".join(
        f"<table:table-row><table:table-cell>{paragraph(dam)}</table:table-cell>"
        f"<table:table-cell>{paragraph(state)}</table:table-cell></table:table-row>"
        for dam, state in (("Upper", f"It {link('broke', A)}."), ("Lower", "It holds."))
    )
    found = document(
        odt(
            f'<text:list text:style-name="L1"><text:list-item>{head("Dams", 2)}</text:list-item>'
            "</text:list>",
            paragraph("The dams ", box, "of the river are these."),
            f"<table:table>{rows}</table:table>",
        )
    )
    assert "The dams of the river are these.\n\nA box beside it." in found.text
    assert [block.role for block in found.blocks].count("row") == 2
    assert found.blocks[0].role == "heading"


DOCTYPE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PLAIN = odt(paragraph("The dam broke."))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(odt(paragraph("&x;"), before=DOCTYPE), "broken-file", id="entity"),
        pytest.param(odt(" " * (MAX_BYTES + 1)), "too-large", id="bomb"),
        pytest.param(odt("<text:p"), "broken-file", id="no XML"),
        pytest.param(
            odt(before='<?xml version="1.0" encoding="none"?>'), "broken-file", id="charset"
        ),
        pytest.param(odt(), "no-text", id="no text"),
        pytest.param(odt(manifest="<manifest:encryption-data/>"), "encrypted", id="locked"),
    ],
)
def test_a_hostile_or_broken_file_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="story.odt")
    assert caught.value.code == code


def test_a_document_type_in_utf_16_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT)
        archive.writestr("content.xml", f"{DOCTYPE}<d>&x;</d>".encode("utf-16"))
    with pytest.raises(ExtractError, match="declares entities"):
        read(made.getvalue(), name="story.odt")


def test_depth_costs_no_recursion() -> None:
    deep = "<text:span>" * 50_000 + "The dam broke." + "</text:span>" * 50_000
    assert document(odt(paragraph(deep))).text == "The dam broke."


def test_heads_in_heads_are_read() -> None:
    opening, closing = (
        "<text:list><text:list-item><text:h>",
        "</text:h>x</text:list-item></text:list>",
    )
    assert "The dam broke." in document(odt(opening * 40 + "The dam broke." + closing * 40)).text


@settings(max_examples=40)
@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=4))
def test_a_damaged_file_is_read_or_refused(at: int, bytes_there: bytes) -> None:
    body = PLAIN[:at] + bytes_there + PLAIN[at + len(bytes_there) :]
    try:
        found, _, _ = read(body, name="story.odt")
    except ExtractError:
        return
    assert found.text
