import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.characters.decode import looks_binary, media_type_of

PAGE = b"<!doctype html><title>News</title>"
PROSE = "It rained in Zürich. [5][13]\n".encode()


def zipped(name: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "<a/>")
    return made.getvalue()


BINARIES = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "application/zip": zipped(),
    "application/gzip": gzip.compress(PROSE),
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "image/gif": b"GIF89a\x01\x00\x01\x00",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "video/mp4": b"\x00\x00\x00\x18ftypmp42",
    "application/x-executable": b"\x7fELF\x02\x01\x01",
    "application/vnd.sqlite3": b"SQLite format 3\x00",
    "application/x-ole-storage": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
}


@pytest.mark.parametrize("media_type", BINARIES)
@pytest.mark.parametrize(("declared", "name"), [(None, "a"), ("text/html", "a.html")])
def test_known_first_bytes_beat_every_name(
    media_type: str, declared: str | None, name: str
) -> None:
    assert looks_binary(BINARIES[media_type])
    assert media_type_of(BINARIES[media_type], declared, name) == media_type


def test_a_pdf_may_begin_a_little_later() -> None:
    body = b"\r\n\r\n%PDF-1.4\n..."
    assert media_type_of(body, "text/plain", "a.txt") == "application/pdf"


def test_what_a_container_holds_is_declared() -> None:
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert media_type_of(zipped(), docx, "a.docx") == docx
    assert media_type_of(zipped(), "text/html", "a.docx") == "application/zip"
    assert media_type_of(zipped(), "application/octet-stream", "a.docx") == "application/zip"


def test_a_zip_may_say_that_it_is_a_document() -> None:
    odt = "application/vnd.oasis.opendocument.text"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", odt)
        archive.writestr("content.xml", "<a/>")
    assert media_type_of(made.getvalue(), None, "a.odt") == odt
    lying = made.getvalue().replace(odt.encode(), b"application/json".ljust(len(odt), b"x"))
    assert media_type_of(lying, None, "a.odt") == "application/zip"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (zipped(), "it is a packed file (application/zip), whose contents are not read. Unpack it"),
        (gzip.compress(PROSE), "it is a packed file (application/gzip)"),
        (BINARIES["application/x-ole-storage"], "an old version of Office (.doc, .xls or .ppt)"),
        (
            BINARIES["application/x-ole-storage"] + "EncryptedPackage".encode("utf-16-le"),
            "this file asks for a password. Save it without one",
        ),
        (b"{\\rtf1\\ansi It rained [1].}", "no article can be read from application/rtf. Save it"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "Read it with `ledger ingest --warc`"),
        (b"<?xml version='1.0'?>\n<rss><item/></rss>", "Read a feed with `ledger ingest --feed`"),
        (b"<urlset><url/></urlset>", "a sitemap with `--sitemap`"),
        (
            b"<?xml version='1.0'?>\n<article><p/></article>",
            "save an article (DocBook, TEI) as",
        ),
        (
            b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text/></TEI>',
            "save an article (DocBook, TEI) as",
        ),
        (
            b'<!-- of 2020 -->\n<?xml-model href="a.rng"?>\n<TEI>\n<teiHeader/><text/></TEI>',
            "save an article (DocBook, TEI) as",
        ),
        (
            b'<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "a.dtd"><book/>',
            "save an article (DocBook, TEI) as",
        ),
        (
            b'<article xmlns="http://docbook.org/ns/docbook" version="5.0"><para/></article>',
            "save an article (DocBook, TEI) as",
        ),
        (b"[InternetShortcut]\r\nURL=https://a.example/1\r\n", "Name the address that is in it"),
        (b'{"cells": [], "nbformat": 4}', "Save its text as Markdown"),
        (zipped("Index/Document.iwa"), "Export it as Word"),
        (b'{"": "DO NOT EDIT", "doc_id": "1a", "email": "a@b.example"}', "Download that as .docx"),
    ],
    ids=(
        "zip gzip old-Office locked rtf warc feed sitemap paper TEI TEI-below-remarks DocBook-4 "
        "DocBook url notebook Pages gdoc"
    ).split(),
)
def test_what_cannot_be_read_says_what_to_do(body: bytes, said: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="a")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        PROSE,
        PAGE,
        b"one zero \x00 in a text",
        PROSE * 100 + b"\x00\x00",
        "A café\n".encode("utf-16"),
        "A café\n".encode("utf-16-le"),
        "A café\n".encode("utf-16-be"),
        "A café\n".encode("utf-32"),
        b"\x00\x00\xfe\xff" + "A café\n".encode("utf-32-be"),
        "Премьер заявил".encode("koi8-r"),
        "首相は月曜日".encode("shift_jis"),
        "首相は月曜日".encode("iso2022_jp") * 20,
        b"\x1b[31mred\x1b[0m\x0c\n" * 20,
        b"BZ is Bolzano",
        b"PK is a name too",
        b"GIF is a format",
        b"RIFF raff WEBP",
    ],
)
def test_text_in_whatever_charset_is_not_binary(body: bytes) -> None:
    assert not looks_binary(body)


@pytest.mark.parametrize(
    "body",
    [
        b"\x00\x00\x00\x01\x02",
        bytes(range(256)) * 4,
        b"text" + bytes(1000),
        b"\x01\x02\x03\x04 abc" * 10,
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34\x00\x1d\x0a\x00\x06\x00\x0f",
    ],
)
def test_zeros_and_control_characters_are_binary(body: bytes) -> None:
    assert looks_binary(body)
    assert media_type_of(body, None, "a") == "application/octet-stream"
    assert media_type_of(body, "Application/X-Thing; v=1", "a.md") == "application/x-thing"


@pytest.mark.parametrize(
    ("declared", "name", "media_type"),
    [
        ("text/html; charset=utf-8", "a", "text/html"),
        ("Text/HTML", "a.md", "text/html"),
        ("application/xhtml+xml", "a", "text/html"),
        ("text/x-markdown", "a", "text/markdown"),
        ("text/plain", "https://news.example/raw/a.md?raw=1#top", "text/markdown"),
        ("text/plain", "a.html", "text/plain"),
        ("application/json", "a", "application/json"),
        ("application/ld+json", "a", "application/json"),
        ("text/json", "a", "application/json"),
        ("text/calendar", "a.md", "text/calendar"),
        ("image/png", "a.png", "image/png"),
        ("application/octet-stream", "a.md", "text/markdown"),
        ("", "a.markdown", "text/markdown"),
        (None, "a.html", "text/html"),
        (None, "A.HTM", "text/html"),
        (None, "C:\\news.d\\a.txt", "text/plain"),
        (None, "news.d/a", "text/plain"),
        (None, "https://news.example/a.html?b=c.md", "text/html"),
        (None, "https://news.example", "text/plain"),
        (None, "http://[::1", "text/plain"),
        (None, "what?.md", "text/markdown"),
        (None, "a.json", "application/json"),
        (None, "a.unknown", "text/plain"),
        (None, "-", "text/plain"),
    ],
)
def test_the_header_counts_before_the_name(
    declared: str | None, name: str, media_type: str
) -> None:
    assert media_type_of(PROSE, declared, name) == media_type


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PAGE, "text/html"),
        (b"\xef\xbb\xbf \r\n<HTML lang=en>", "text/html"),
        (b"<html>", "text/html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>", "text/html"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", "text/html"),
        ("<!doctype html><p>ü".encode("utf-16"), "text/html"),
        (b"<!-- a comment that does not end", "text/plain"),
        (b"<p align=center>a Markdown file may begin like this</p>\n# Title", "text/plain"),
        (b"<htmlish>", "text/plain"),
        (b"He wrote <html> and left.", "text/plain"),
        (b"<TEI> is a format of texts, whose <teiHeader> stands first.", "text/plain"),
        (b"<article data-of='http://docbook.org/'>The weir rose.</article>", "text/plain"),
        (b'{"answer": 1}', "application/json"),
        (b' [ {"answer": 1} ]', "application/json"),
        (b"{}", "application/json"),
        (b"[1] https://news.example", "text/plain"),
        (b"{braces} in prose", "text/plain"),
        (PROSE, "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_what_has_no_name_is_known_by_its_beginning(body: bytes, media_type: str) -> None:
    assert media_type_of(body, None, "-") == media_type


@pytest.mark.parametrize(
    ("body", "name", "media_type"),
    [
        (b"He wrote <html> and left.", "a.txt", "text/plain"),
        (PAGE, "a.md", "text/markdown"),
        (PAGE, "a.txt", "text/html"),
    ],
)
def test_a_text_file_may_hold_tags_and_be_a_page(body: bytes, name: str, media_type: str) -> None:
    assert media_type_of(body, None, name) == media_type


def test_a_page_that_is_sent_as_text_is_a_page() -> None:
    assert media_type_of(PAGE, "text/plain; charset=utf-8", "https://raw.example/a") == "text/html"


@given(st.binary(max_size=300), st.none() | st.text(max_size=30), st.text(max_size=30))
def test_no_bytes_and_no_names_whatever_break_it(
    body: bytes, declared: str | None, name: str
) -> None:
    media_type = media_type_of(body, declared, name)
    assert media_type
    assert media_type == media_type.strip().lower()
    looks_binary(body)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("a.docx", "a Word file"),
        ("a.odt", "an OpenDocument text"),
        ("a.epub", "a book (EPUB)"),
        ("A.PDF", "a PDF"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(name: str, called: str) -> None:
    with pytest.raises(ExtractError, match="damaged or of another kind") as caught:
        read(b"\x00\x01\xfe" * 99, name=name)
    assert (caught.value.code, called in str(caught.value)) == ("broken-file", True)


def test_bytes_that_are_no_text_have_no_type_that_people_know() -> None:
    with pytest.raises(ExtractError, match="neither text nor of a kind that is read") as caught:
        read(b"\x00\x01\xfe" * 99, name="a.md")
    assert caught.value.code == "binary"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.srt", "a.vtt"])
def test_tables_and_subtitles_are_no_articles(name: str) -> None:
    with pytest.raises(ExtractError, match="no article can be read from"):
        read(b"url,title\nhttps://a.example/1,Dams\n", name=name)


def test_a_page_may_begin_as_xml_does() -> None:
    body = b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><body><p>It rained.</p></body></html>'
    assert media_type_of(body, None, "a") == "text/html"
