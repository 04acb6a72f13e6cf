"""Word files -> documents: links, notes, raised numbers, lists, tables, and hostile ones."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import (
    NUMBERING,
    PACKAGE,
    STYLES,
    item,
    link,
    note,
    paragraph,
    part,
    raised,
    relations,
    run,
    table,
    word_file,
)

from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.media import WORD, media_type_of
from ledger.extract.unpacked import MAX_BYTES

A, B = "https://a.example/1", "https://b.example/2"


def document(body: bytes) -> Document:
    found, media_type, charset = read(body, name="story")
    assert (media_type, charset) == (WORD, None)
    return found


def markers(found: Document) -> list[tuple[int, tuple[str, ...], str | None]]:
    return [(each.at, each.labels, each.url) for each in found.mentions]


def test_the_title_of_a_file_and_who_wrote_it_are_no_claims() -> None:
    found = document(
        word_file(
            paragraph(run("Port strike ends after nine days"), style="T"),
            paragraph(run("By Ann Lee")),
            paragraph(run("The strike went on for nine days.")),
            paragraph(run("Reaction"), style="H1"),
            paragraph(run("Dockers were glad.")),
        )
    )
    assert (found.title, found.byline) == ("Port strike ends after nine days", ("Ann Lee",))
    assert [(block.role, block.section) for block in found.blocks] == [
        ("heading", ()),
        ("paragraph", ()),
        ("heading", ()),
        ("paragraph", ("Reaction",)),
    ]


def test_a_number_that_is_a_link_is_a_marker_with_its_address() -> None:
    body = word_file(
        paragraph(run("Dams"), style="H1"),
        paragraph(run("The dam broke "), link("[2]", "r9"), run(". It was "), link("old", "r8")),
        links={"r9": A, "r8": B},
    )

    found = document(body)

    assert found.title == "Dams"
    assert found.text == "Dams\n\nThe dam broke. It was old"
    assert markers(found) == [(19, ("2",), A), (31, (), B)]
    assert [(each.marker, each.url) for each in found.references] == [("2", A)]


def test_linked_numbers_side_by_side_are_markers_of_one_page() -> None:
    body = word_file(
        paragraph(run("The dam broke "), link("[2]", "r9"), link("[3]", "r9"), run(". It was.")),
        links={"r9": A},
    )

    found = document(body)

    assert found.text == "The dam broke. It was."
    assert markers(found) == [(13, ("2",), A), (13, ("3",), A)]


def test_a_closing_list_may_link_its_numbers() -> None:
    body = word_file(
        paragraph(run("The dam broke "), link("[1]", "r8"), run(". It was."), link("[2]", "r9")),
        paragraph(link("[1]", "r8"), run(" "), link("[3]", "r8"), run(" a.example")),
        paragraph(link(A, "r8")),
        paragraph(link("[2]", "r9"), run(" On dams")),
        paragraph(link(B, "r9")),
        links={"r8": A, "r9": B},
    )

    found = document(body)

    assert found.text == "The dam broke. It was."
    assert [(each.marker, each.url) for each in found.references] == [("1", A), ("3", A), ("2", B)]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_are_references(kind: str) -> None:
    text = paragraph(run("Roe, "), link("the report", "r9"))
    notes = f'<w:{kind} w:id="1">{text}</w:{kind}>'
    body = word_file(
        paragraph(run("The dam broke."), note(1, kind)),
        links={"r9": A},
        footnotes=notes if kind == "footnote" else "",
        endnotes=notes if kind == "endnote" else "",
    )

    found = document(body)

    assert found.text == "The dam broke."
    assert [each.labels for each in found.mentions] == [("1",)]
    assert [(each.marker, each.url) for each in found.references] == [("1", A)]


def test_raised_numbers_are_looked_up_in_the_list() -> None:
    body = word_file(
        paragraph(run("The dam broke."), raised("1"), run(" It was old."), raised("2")),
        paragraph(run("Sources"), style="H2"),
        item(run("Dam, "), link("a.example", "r9")),
        item(run("Age, https://b.example/2")),
        links={"r9": A},
    )

    found = document(body)

    assert found.text == "The dam broke. It was old."
    assert [each.labels for each in found.mentions] == [("1",), ("2",)]
    assert [(each.marker, each.url) for each in found.references] == [("1", A), ("2", B)]


@pytest.mark.parametrize("both", ["1, 2", "1,2", "1 2"])
def test_raised_numbers_are_parted_by_commas_or_blanks(both: str) -> None:
    body = word_file(
        paragraph(run("The dam broke."), raised(both), run(" It was old.")),
        paragraph(run("Sources"), style="H2"),
        item(run("1. Dam, https://a.example/1")),
        item(run("2. Age, https://b.example/2")),
    )

    (mention,) = document(body).mentions

    assert mention.labels == ("1", "2")


def test_rows_of_a_table_are_rows() -> None:
    body = word_file(
        paragraph(run("The dams of the river are these.")),
        table(("Dam", "State"), ("Upper", "It broke [1]."), ("Lower", "It holds [1].")),
        paragraph(run("[1] https://a.example/1")),
    )

    found = document(body)

    assert "It broke." in found.text
    assert {block.role for block in found.blocks} >= {"paragraph", "cell"}
    assert [each.labels for each in found.mentions] == [("1",), ("1",)]


def test_a_first_row_in_bold_is_the_head_of_its_table() -> None:
    plain = table(("Upper", "It broke [1]."), ("Lower", "It holds [1]."))
    bold = "".join(f"<w:tc>{paragraph(run(word, '<w:b/>'))}</w:tc>" for word in ("Dam", "State"))
    found = document(word_file(plain.replace("<w:tbl>", f"<w:tbl><w:tr>{bold}</w:tr>", 1)))
    assert [(block.role, found.text[block.start : block.end]) for block in found.blocks] == [
        ("furniture", "Dam | State"),
        ("cell", "Upper"),
        ("cell", "It broke."),
        ("cell", "Lower"),
        ("cell", "It holds."),
    ]


def test_pictures_outside_the_file_are_not_opened() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/'
        '2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/'
        'drawingml/2006/picture"><pic:blipFill><a:blip r:link="r9"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    body = word_file(paragraph(run("The dam broke."), picture), links={"r9": "file:///etc/passwd"})

    assert document(body).text == "The dam broke."


def without(body: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
    return buffer.getvalue()


PLAIN = word_file(paragraph(run("The dam broke.")))
CHARSET = '<?xml version="1.0" encoding="none"?><a/>'
DOCTYPE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = word_file(paragraph(run("x")), extra={"word/media.xml": " " * (MAX_BYTES + 1)})
DEEP = word_file(paragraph("<w:ins>" * 5000 + run("x") + "</w:ins>" * 5000))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(word_file(paragraph(run("&x;")), before=DOCTYPE), "broken-file", id="entity"),
        pytest.param(BOMB, "too-large", id="bomb"),
        pytest.param(DEEP, "too-deep", id="deep"),
        pytest.param(word_file("<w:p/>" * 20_000), "too-large", id="paragraphs"),
        pytest.param(word_file("<w:p><w:r/></w:p>" * 30_000), "too-large", id="empty ones"),
        pytest.param(word_file("<w:p"), "broken-file", id="no XML"),
        pytest.param(word_file(paragraph(link("x", "none"))), "broken-file", id="no relation"),
        pytest.param(without(PLAIN, "word/document.xml"), "broken-file", id="no document"),
        pytest.param(word_file(extra={"word/document.xml": CHARSET}), "broken-file", id="charset"),
        pytest.param(word_file(extra={"word/styles.xml": CHARSET}), "broken-file", id="its styles"),
        pytest.param(word_file(), "no-text", id="no text"),
    ],
)
def test_a_hostile_or_broken_file_is_said_to_be_so(body: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body, name="story.docx")

    assert caught.value.code == code
    assert str(caught.value).startswith("story.docx: ")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"not a zip", id="text"),
        pytest.param(PLAIN[: len(PLAIN) // 2], id="cut off"),
        pytest.param(b"PK\x03\x04", id="its beginning"),
        pytest.param(b"\x00\x01\x02" * 40, id="bytes"),
    ],
)
@pytest.mark.parametrize("name", ["story.docx", "STORY.DOCX", "https://a.example/s.docx?x=1"])
def test_what_is_called_a_word_file_and_is_none_is_damaged(body: bytes, name: str) -> None:
    with pytest.raises(
        ExtractError, match="says that it is a Word file, but it is damaged"
    ) as caught:
        read(body, name=name)
    assert caught.value.code == "broken-file"


def test_a_page_or_a_declared_text_may_be_called_anything() -> None:
    page = b"<!DOCTYPE html><html><body><p>The dam broke in March.</p></body></html>"
    assert read(page, name="story.docx")[1] == "text/html"
    said = read(b"The dam broke in March.", name="s.docx", media_type="text/plain; charset=utf-8")
    assert said[1] == "text/plain"


@pytest.mark.parametrize(
    ("folder", "media"), [("xl", "spreadsheetml.sheet"), ("", "application/zip")]
)
def test_other_zips_are_no_word_files(folder: str, media: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml" if folder else "a.txt", "x")
        archive.writestr(f"{folder}/a.xml", "x")

    assert media in media_type_of(buffer.getvalue(), None, "a")


@settings(max_examples=40)
@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=4))
def test_a_damaged_file_is_read_or_refused(at: int, bytes_there: bytes) -> None:
    body = PLAIN[:at] + bytes_there + PLAIN[at + len(bytes_there) :]
    try:
        found, _, _ = read(body, name="story.docx")
    except ExtractError:
        return
    assert found.text


def labels_of(found: Document) -> list[tuple[str | None, str | None]]:
    return [(entry.marker, entry.url) for entry in found.references]


CITING = paragraph(run("The old dam broke [5]. It was not insured [6]. It is gone [7]."))
HEAD = paragraph(run("References"), style="H1")


def numbering(begin: int) -> dict[str, str]:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{begin}"/><w:numFmt w:val="decimal"/></w:lvl>'
    inside = NUMBERING.replace(
        NUMBERING[NUMBERING.index("<w:lvl") : NUMBERING.index("</w:abs")], level
    )
    return {"word/numbering.xml": part("numbering", inside)}


def test_a_list_begins_with_the_number_that_word_shows() -> None:
    entries = (item(run(f"Roe. Dams. {A}")), item(run(f"Doe. Owners. {B}")))
    found = document(word_file(CITING, HEAD, *entries, extra=numbering(5)))

    assert labels_of(found) == [("5", A), ("6", B)]


def test_a_list_goes_on_behind_a_heading() -> None:
    entries = (item(run(f"Roe. Dams. {A}")), item(run("")), item(run(f"Doe. Owners. {B}")))
    heading = paragraph(run("News"), style="H2")
    found = document(word_file(CITING, HEAD, entries[0], heading, *entries[1:], extra=numbering(5)))

    assert labels_of(found) == [("5", A), ("7", B)]  # a paragraph without words has a number, too


def test_a_list_that_begins_anew_is_a_list_of_its_own() -> None:
    body = item(run("The old dam broke [1].")), item(run("It was not insured [2]."))
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    anew += '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    entries = [
        item(run(text)).replace('numId w:val="1"', 'numId w:val="2"')
        for text in (f"Roe. Dams. {A}", f"Doe. Owners. {B}")
    ]
    extra = {"word/numbering.xml": part("numbering", NUMBERING + anew)}

    assert labels_of(document(word_file(*body, HEAD, *entries, extra=extra))) == [
        ("1", A),
        ("2", B),
    ]


def test_only_the_first_of_a_list_may_say_that_it_begins_anew() -> None:
    """LibreOffice writes so: what follows is of the list that was counted before."""
    body = item(run("The old dam broke [1].")), item(run("It was not insured [2]."))
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    anew += '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    first = item(run(f"Roe. Dams. {A}")).replace('numId w:val="1"', 'numId w:val="2"')
    extra = {"word/numbering.xml": part("numbering", NUMBERING + anew)}
    found = document(word_file(*body, HEAD, first, item(run(f"Doe. Owners. {B}")), extra=extra))

    assert labels_of(found) == [("1", A), ("2", B)]


def test_what_begins_anew_within_items_leaves_the_count_of_the_list() -> None:
    anew = '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1">'
    anew += '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    last = item(run(f"Doe. Owners. {B}")).replace('numId w:val="1"', 'numId w:val="2"')
    extra = {name: said.replace("</w:numbering>", anew) for name, said in numbering(5).items()}
    found = document(word_file(CITING, HEAD, item(run(f"Roe. Dams. {A}")), last, extra=extra))

    assert labels_of(found) == [("5", A), ("6", B)]


def test_a_style_may_count_its_paragraphs() -> None:
    style = '<w:style w:type="paragraph" w:styleId="R"><w:name w:val="references"/><w:pPr><w:numPr>'
    style += '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    based = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="refs"/><w:basedOn w:val="R"/>'
    entries = (paragraph(run(f"Roe. Dams. {A}"), style="R"), paragraph(run(f"B. {B}"), style="S"))
    extra = {"word/styles.xml": part("styles", f"{STYLES}{style}{based}</w:style>"), **numbering(5)}

    assert labels_of(document(word_file(CITING, HEAD, *entries, extra=extra))) == [
        ("5", A),
        ("6", B),
    ]


def test_what_mammoth_does_not_know_keeps_its_text() -> None:
    said, base = f"<w:rt>{run('fell')}</w:rt>", f"<w:rubyBase>{run('Fell')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby>{said}{base}</w:ruby></w:r>"
    field = f'<w:fldSimple w:instr=" HYPERLINK &quot;{A}&quot; ">{run("Herald")}</w:fldSimple>'
    raised_by_place = run("2", '<w:position w:val="6"/>')
    found = document(
        word_file(
            paragraph(
                run("The dam at "), ruby, f'<w:bdo w:val="ltr">{run(" broke")}</w:bdo>', run(".")
            ),
            paragraph(run("So says the "), field, run("."), raised_by_place),
            HEAD,
            paragraph(run(f"2. Post, {B}")),
        )
    )

    assert found.text == "The dam at Fell broke.\n\nSo says the Herald."
    assert [(each.labels, each.url) for each in found.mentions] == [((), A), (("2",), None)]


def test_hidden_words_are_left_out_and_the_reader_is_told() -> None:
    hidden = run("Ask Roe whether it was Fell.", "<w:b/><w:vanish/>")
    shown = run(" So says the Herald [1].", '<w:vanish w:val="0"/>')
    found = document(
        word_file(
            paragraph(run("The dam broke."), hidden, shown),
            HEAD,
            paragraph(run(f"[1] Herald, {A}")),
        )
    )

    assert found.text == "The dam broke. So says the Herald."
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [("text-left-out", "words are hidden in the file")]


def test_source_code_is_no_claim() -> None:
    style = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Source Code"/></w:style>'
    body = (paragraph(run("The dam broke.")), paragraph(run("int main() { return 0; }"), style="C"))
    found = document(word_file(*body, extra={"word/styles.xml": part("styles", STYLES + style)}))
    assert [block.role for block in found.blocks] == ["paragraph", "code"]


def test_a_table_of_contents_is_left_out() -> None:
    names = (("C0", "TOC Heading"), ("C1", "toc 1"), ("C2", "toc 2"), ("F", "table of figures"))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names
    )
    anchor = f'<w:hyperlink w:anchor="_Toc1">{run("What broke")}<w:r><w:tab/></w:r></w:hyperlink>'
    contents = [paragraph(anchor, run("1"), style=key) for key, _ in names]
    body = (*contents, paragraph(run("What broke"), style="H1"), paragraph(run("The dam broke.")))
    found = document(
        word_file(*body, extra={"word/styles.xml": part("styles", f"{STYLES}{styles}")})
    )
    assert found.text == "What broke\n\nThe dam broke."


def test_the_title_in_the_properties_is_believed_where_the_text_begins_with_it() -> None:
    core = "<cp><dc:title>Dams of Fell</dc:title></cp>"
    body = (paragraph(run("The dam broke [1].")), HEAD, paragraph(run(f"[1] Herald, {A}")))
    above = paragraph(run("Dams of Fell", "<w:b/>"))

    assert document(word_file(*body, extra={"docProps/core.xml": core})).title is None
    found = document(word_file(above, *body, extra={"docProps/core.xml": core}))
    assert found.title == "Dams of Fell"


def test_a_note_with_a_sign_of_its_own_is_known_by_its_number() -> None:
    sign = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{n}">{paragraph(run(f"{A}/{n}"))}</w:footnote>' for n in (1, 2)
    )
    body = (
        paragraph(run("The dam broke."), note(1)),
        paragraph(run("The gate held."), sign),
    )
    found = document(word_file(*body, footnotes=notes))
    assert found.text == "The dam broke.\n\nThe gate held."
    assert [mention.labels for mention in found.mentions] == [("1",), ("2",)]


def test_a_first_letter_over_several_lines_is_of_its_word() -> None:
    about = '<w:pPr><w:keepNext/><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
    large = f"<w:p>{about}{run('T')}</w:p>"
    found = document(word_file(large, paragraph(run("he dam broke."))))
    assert found.text == "The dam broke."


def test_a_new_page_parts_words_and_no_sentence() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    found = document(word_file(paragraph(run("The dam broke."), page, run("The gate held."))))
    assert found.text.split() == "The dam broke. The gate held.".split()


def test_paragraphs_of_the_style_of_authors_name_them() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Author"/></w:style>'
    body = (
        paragraph(run("Ports of Fell"), style="T"),
        paragraph(run("Ann Roe"), style="A"),
        paragraph(run("Bo Doe"), style="A"),
        paragraph(run("Trade grew for years.")),
    )
    found = document(word_file(*body, extra={"word/styles.xml": part("styles", STYLES + styles)}))
    assert found.byline == ("Ann Roe", "Bo Doe")
    assert found.text == "Ports of Fell\n\nTrade grew for years."


def field_link(instruction: str, words: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{mark('begin')}{said}{mark('separate')}{run(words)}{mark('end')}"


@pytest.mark.parametrize(
    ("said", "url"),
    [
        (f'"{A}" \\o "The dams" \\t "_blank"', A),
        (f'"{A}" \\t "_blank"', A),
        (f'"{A}" \\l "fell" \\t "_blank"', f"{A}#fell"),
        (f'"{A}?x=1&amp;y=2" \\o "a &quot;dam&quot;"', f"{A}?x=1&y=2"),
        (f'"{A}"', A),
    ],
)
def test_what_a_field_says_beside_its_address_is_no_part_of_it(said: str, url: str) -> None:
    found = document(
        word_file(paragraph(run("The dam "), field_link(f" HYPERLINK {said} ", "broke"), run(".")))
    )
    assert [each.url for each in found.mentions] == [url]


MADE = {"r9": "AltChunk afchunk.mht", "r8": "aFChunk /word/chunks/x.htm", "r7": "aFChunk a.rtf"}
PAGE = f'<p>The gate broke <a href="{B}">[1]</a>.</p>'
MHT = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; type=text/html; boundary=x\n\n"
    "--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    f"<!DOCTYPE html><html><head><title>no</title></head><body>{PAGE.replace('=', '=3D')}</body>"
    "</html>\n--x--\n"
)


def with_chunks(*body: str) -> Document:
    named = relations(MADE, inner=True)
    rels = f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{named}'
    return document(
        word_file(
            *body,
            extra={
                "word/_rels/document.xml.rels": f"{rels}</Relationships>",
                "word/afchunk.mht": MHT,
                "word/chunks/x.htm": f"<!DOCTYPE html><head><title>no</title></head>{PAGE}",
                "word/a.rtf": "{\\rtf1 The rest.}",
            },
        )
    )


@pytest.mark.parametrize("key", ["r9", "r8"])
def test_a_page_that_stands_whole_in_the_file_is_read_in_its_place(key: str) -> None:
    found = with_chunks(
        paragraph(run("The dam broke.")),
        f'<w:altChunk r:id="{key}"><w:altChunkPr/></w:altChunk>',
        paragraph(run("It was old.")),
    )
    assert found.text == "The dam broke.\n\nThe gate broke.\n\nIt was old."
    assert markers(found) == [(30, ("1",), B)]
    assert not found.findings


def test_a_file_may_be_nothing_but_a_page() -> None:
    assert with_chunks('<w:altChunk r:id="r9"/>').text == "The gate broke."


@pytest.mark.parametrize("key", ["r7", "none"])
def test_what_else_is_put_into_the_text_is_told(key: str) -> None:
    found = with_chunks(paragraph(run("The dam broke.")), f'<w:altChunk r:id="{key}"/>')
    assert found.text == "The dam broke."
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [("text-left-out", "files put into the text that are no pages: 1")]


NEW = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = '<w:drawing><a:x xmlns:a="urn:a"><a:box>{}</a:box></a:x></w:drawing>'
PICTURE = '<mc:Fallback><w:drawing><a:y xmlns:a="urn:a"/></w:drawing></mc:Fallback>'
OLD = "<mc:Fallback><w:pict>{}</w:pict></mc:Fallback>"
CHOICE = f'<mc:AlternateContent xmlns:mc="{NEW}"><mc:Choice>{DRAWING}</mc:Choice>'
BOX = f"<w:txbxContent>{paragraph(run('It was old.'), '<a:z/>')}</w:txbxContent>"


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(DRAWING.format(BOX), id="alone"),
        pytest.param(f"{CHOICE.format(BOX)}</mc:AlternateContent>", id="no other"),
        pytest.param(f"{CHOICE.format(BOX)}{PICTURE}</mc:AlternateContent>", id="a picture"),
        pytest.param(f"{CHOICE.format(BOX)}{OLD.format(BOX)}</mc:AlternateContent>", id="both"),
    ],
)
def test_words_in_a_box_are_read_once_however_it_is_drawn(drawn: str) -> None:
    drawn = drawn.replace("<w:pict>", '<w:pict xmlns:a="urn:a">')
    found = document(word_file(paragraph(run("The dam broke."), f"<w:r>{drawn}</w:r>")))
    assert found.text == "The dam broke.\n\nIt was old."


def test_comments_and_diagrams_are_told() -> None:
    comments = f'<w:comment w:id="1" w:author="Roe">{paragraph(run(f"See {A}"))}</w:comment>'
    comments += f'<w:comment w:id="2" w:author="Roe">{paragraph()}</w:comment>'
    extra = {
        "word/comments.xml": part("comments", comments),
        "word/diagrams/data1.xml": '<d xmlns:a="urn:a"><a:t>Dams</a:t></d>',
    }
    found = document(word_file(paragraph(run("The dam broke.")), extra=extra))
    assert found.text == "The dam broke."
    said = [(finding.code, finding.detail) for finding in found.findings]
    assert said == [
        ("text-left-out", "comments beside the text: 1"),
        ("text-left-out", "words in a diagram"),
    ]


def test_short_paragraphs_are_not_too_many() -> None:
    found = document(word_file(paragraph(run("It rose.")) * 300 + "<w:p/>" * 10_000))

    assert found.text.count("It rose.") == 300
