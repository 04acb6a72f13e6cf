"""EPUBs -> documents: pages in their order, notes in a page of their own, hostile ones."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.media import BOOK
from ledger.extract.unpacked import MAX_BYTES

A, B = "https://a.example/1", "https://b.example/2"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
PAGE = (
    '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    '<script src="a.js"/><title/></head><body class="c">{}</body></html>'
)


def epub(*pages: str, about: str = "", spine: str = "", nav: str = "") -> bytes:
    """An EPUB of pages p1.xhtml and so on; `spine` has its own order, `nav` a page of contents."""
    numbers = range(1, len(pages) + 1)
    items = "".join(
        f'<item id="i{at}" href="text/p{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in numbers
    )
    order = spine or "".join(f'<itemref idref="i{at}"/>' for at in numbers)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>Dams of Fell</dc:title>{about}</metadata><manifest>{items}"
        f'<item id="n" properties="nav" href="n.xhtml"/></manifest><spine><itemref idref="n"/>'
        f"{order}</spine></package>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", BOOK)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package)
        archive.writestr("OPS/n.xhtml", PAGE.format(nav))
        for at, page in zip(numbers, pages, strict=True):
            archive.writestr(f"OPS/text/p{at}.xhtml", PAGE.format(page))
    return made.getvalue()


def document(body: bytes) -> Document:
    found, media_type, charset = read(body, name="book.epub")
    assert (media_type, charset) == (BOOK, None)
    return found


def call(page: str, note: str, label: str) -> str:
    return f'<sup><a epub:type="noteref" href="{page}#{note}" id="c{note}">{label}</a></sup>'


def test_pages_are_read_in_order_without_the_contents() -> None:
    spine = '<itemref idref="i2"/><itemref idref="i1"/>'
    about = "<dc:creator>Ann Lee</dc:creator><dc:date>2025-05-03</dc:date>"
    found = document(
        epub(
            f"<p>It was old, <a href='{A}'>Roe says</a>.</p>",
            "<h1>One</h1><p>The dam broke.</p>",
            about=about,
            spine=spine,
            nav="<nav><a href='text/p1.xhtml'>Contents of it</a></nav>",
        )
    )
    assert found.text == "One\n\nThe dam broke.\n\nIt was old, Roe says."
    assert (found.title, found.byline) == ("Dams of Fell", ("Ann Lee",))
    assert str(found.published) == "2025-05-03"
    assert [each.url for each in found.mentions] == [A]


def test_notes_in_a_page_of_their_own_are_those_of_their_marks() -> None:
    notes = '<ol><li id="n1">Herald, {}</li></ol>'
    spine = '<itemref idref="i3" linear="no"/><itemref idref="i1"/><itemref idref="i2"/>'
    found = document(
        epub(
            f'<a id="top"/><p>The dam broke.{call("p3.xhtml", "n1", "1")}</p>',
            f"<p>It was old.{call('', 'n1', '1')}</p>{notes.format(B)}",
            notes.format(A),
            spine=spine,
        )
    )
    assert found.text == "The dam broke.\n\nIt was old."
    urls = {(each.part, each.marker): each.url for each in found.references}
    assert [urls[each.part, each.labels[0]] for each in found.mentions] == [A, B]


def test_a_section_called_as_furniture_is_part_of_a_book() -> None:
    found = document(
        epub(
            '<section id="disclaimer" class="level2"><h2>Disclaimer</h2><p>It is so.</p></section>'
            + "<p>The dam broke in the night of the third of May, when all of the town slept.</p>"
            * 9
        )
    )
    assert found.text.startswith("Disclaimer\n\nIt is so.\n\nThe dam")


def damaged(body: bytes, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as before, zipfile.ZipFile(buffer, "w") as after:
        for each in before.namelist():
            after.writestr(each, before.read(each).replace(old, new))
    return buffer.getvalue()


PLAIN = epub("<p>The dam broke.</p>")
CHARSET = b'<?xml version="1.0" encoding="none"?><package '
DOCTYPE = b'<!DOCTYPE d [<!ENTITY x "y">]><package '


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(damaged(PLAIN, b"<package ", DOCTYPE), "broken-file", id="entity"),
        pytest.param(damaged(PLAIN, b"OPS/book.opf", b"OPS/none.opf"), "broken-file", id="no root"),
        pytest.param(damaged(PLAIN, b"</package>", b""), "broken-file", id="no XML"),
        pytest.param(epub(" " * (MAX_BYTES + 1)), "too-large", id="bomb"),
        pytest.param(damaged(PLAIN, b"<package ", CHARSET), "broken-file", id="charset"),
        pytest.param(epub(), "no-text", id="no page"),
        pytest.param(epub("\x00\x01\x02\x03" * 40), "encrypted", id="locked"),
    ],
)
def test_a_hostile_or_broken_book_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="book.epub")
    assert caught.value.code == code


def renamed(body: bytes, old: str, new: str) -> bytes:
    """The same book, a file in it called otherwise, there and in the package."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as before, zipfile.ZipFile(buffer, "w") as after:
        for each in before.namelist():
            text = before.read(each).replace(old.encode(), new.encode())
            after.writestr(each.replace(old, new), text)
    return buffer.getvalue()


def test_the_ending_of_a_page_may_be_in_capitals() -> None:
    found = document(renamed(epub("<p>The dam broke.</p>"), "p1.xhtml", "P1.XHTML"))
    assert (found.text, found.findings) == ("The dam broke.", ())


def test_a_page_that_is_not_there_is_named() -> None:
    body = epub("<p>The dam broke.</p>", "<p>It was old.</p>")
    found = document(damaged(body, b'"text/p2.xhtml"', b'"text/p9.xhtml"'))
    assert found.text == "The dam broke."
    assert [(each.code, each.detail) for each in found.findings] == [
        ("text-left-out", "pages of the book that are missing or no text: 1")
    ]


def test_entities_of_pages_are_not_expanded() -> None:
    body = damaged(epub("<p>The dam &x; broke.</p>"), b"<!DOCTYPE html>", DOCTYPE[:-9])
    assert "&x;" in document(body).text


@pytest.mark.parametrize("element", ["aside", "header", "footer"])
def test_what_stands_beside_the_text_of_a_book_is_a_part_of_it(element: str) -> None:
    box = f"<{element} class='box'><p>The gate was old, says {A}</p></{element}>"
    found = document(epub(f"<p>The dam broke.</p>{box}<p>It fell.</p>"))
    assert found.text == f"The dam broke.\n\nThe gate was old, says {A}\n\nIt fell."
    assert [each.url for each in found.mentions] == [A]


def test_a_page_of_notes_that_the_order_leaves_out_is_read() -> None:
    pages = (f"<p>The dam broke.{call('p2.xhtml', 'n', '1')}</p>", f'<p id="n">1. See {A}</p>')
    found = document(epub(*pages, "<p>A page of the shop.</p>", spine='<itemref idref="i1"/>'))
    assert found.text == "The dam broke."
    assert [each.labels for each in found.mentions] == [("1",)]
    assert [each.url for each in found.references] == [A]


@settings(max_examples=40)
@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=4))
def test_a_damaged_book_is_read_or_refused(at: int, bytes_there: bytes) -> None:
    body = PLAIN[:at] + bytes_there + PLAIN[at + len(bytes_there) :]
    try:
        found, _, _ = read(body, name="book.epub")
    except ExtractError:
        return
    assert found.text
