"""Records that citation programs keep in office files -> addresses of the entries they are of."""

import base64
import json
import time

import pytest
from test_opendocument import odt
from test_opendocument import paragraph as odt_paragraph
from word_files import note, paragraph, part, run, word_file

from ledger.document import Document, Reference
from ledger.extract import read
from ledger.extract.office.citation_fields import fields_in, notes_in, with_addresses
from ledger.extract.office.citation_records import works_of

A, B = "https://a.example/dams", "https://b.example/gates"
DAMS, GATES = "The dams of Fell and their owners", "Gates that do not hold"
HEAD = paragraph(run("References"), style="H1")
ENTRIES = (
    f"Roe, A. (2025). {DAMS.upper()}. Herald, 3.",
    f"Doe, B. (2024). “{GATES}.” Post, 4. https://own.example/4",
    "Poe, C. (2023). Repairs. Times, 5.",
)


def record(*works: tuple[str, str]) -> str:
    data = [{"itemData": {"id": n, "title": t, "URL": u}} for n, (t, u) in enumerate(works)]
    return json.dumps({"citationItems": data})


def field(instruction: str, shown: str) -> str:
    """A field as Word writes it: what it says may be in several runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    said = instruction.replace("&", "&amp;").replace("<", "&lt;")
    halves = said[:40], said[40:]
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{h}</w:instrText></w:r>' for h in halves
    )
    return f"{mark('begin')}{runs}{mark('separate')}{run(shown)}{mark('end')}"


def zotero(*works: tuple[str, str]) -> str:
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {record(*works)} "


def urls(found: Document) -> list[str | None]:
    return [each.url for each in found.references]


def document(*body: str) -> Document:
    return read(word_file(*body), name="story.docx")[0]


def test_an_entry_without_an_address_has_that_of_its_record() -> None:
    found = document(
        paragraph(run("The dam broke "), field(zotero((DAMS, A)), "(Roe, 2025)"), run(". ")),
        paragraph(run("The gate broke "), field(zotero((GATES, B)), "(Doe, 2024)"), run(".")),
        paragraph(run("It was mended (Poe, 2023).")),
        HEAD,
        *(paragraph(run(entry)) for entry in ENTRIES),
    )
    assert urls(found) == [A, "https://own.example/4", None]


def test_mendeley_keeps_its_records_in_a_tag() -> None:
    coded = base64.b64encode(record((DAMS, A)).encode()).decode()
    tag = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{coded}"/></w:sdtPr><w:sdtContent>'
    citing = paragraph(run("The dam broke "), f"{tag}{run('[1]')}</w:sdtContent></w:sdt>", run("."))
    assert urls(document(citing, HEAD, paragraph(run(f"[1] {ENTRIES[0]}")))) == [A]


@pytest.mark.parametrize(
    "mark",
    ['<text:reference-mark-start text:name="{}"/>', '<field:param field:value="ADDIN {}"/>'],
)
def test_writer_keeps_them_in_the_name_of_a_mark_or_a_field(mark: str) -> None:
    name = f"ZOTERO_ITEM CSL_CITATION {record((DAMS, A))} RNDx1".replace('"', "&quot;")
    mark = f"{mark.format(name)}[1]<text:reference-mark-end/>"
    body = odt(
        odt_paragraph("The dam broke ", mark, "."),
        '<text:h text:outline-level="1">References</text:h>',
        odt_paragraph(f"[1] {ENTRIES[0]}"),
    )
    assert urls(read(body, name="story.odt")[0]) == [A]


@pytest.mark.parametrize(
    ("works", "entry", "url"),
    [
        pytest.param([(DAMS, A), (DAMS, B)], ENTRIES[0], None, id="two pages of one title"),
        pytest.param([(DAMS, A), (DAMS, A)], ENTRIES[0], A, id="twice the same"),
        pytest.param([("Repairs", A)], ENTRIES[2], None, id="too short a title"),
        pytest.param([(DAMS, A), (GATES, B)], f"{DAMS}. {GATES}.", None, id="two titles"),
        pytest.param([(DAMS, A), (DAMS[:20], B)], ENTRIES[0], A, id="the longer title"),
        pytest.param(
            [("河流上的水坝与闸门", A)], "王一. 河流上的水坝与闸门[J]. 2024.", A, id="Chinese"
        ),
    ],
)
def test_only_a_title_that_is_of_one_work_decides(
    works: list[tuple[str, str]], entry: str, url: str | None
) -> None:
    (found,) = with_addresses([Reference(marker="1", raw=entry)], works_of(record(*works)))
    assert (found.url, found.urls) == (url, (url,) if url else ())


@pytest.mark.parametrize(
    "said", ["", "{", "[" * 100_000, '{"citationItems": [1, {"itemData": {}}]}']
)
def test_what_is_no_record_is_passed_over(said: str) -> None:
    reference = Reference(marker="1", raw=ENTRIES[0])
    assert with_addresses([reference], works_of(said)) == (reference,)


def test_many_records_and_fields_take_time_as_they_are_long() -> None:
    works = [(f"The dams of the river number {n}", f"{A}/{n}") for n in range(5_000)]
    references = [Reference(marker=None, raw=f"Roe. {title}. Herald.") for title, _ in works]
    begun = time.process_time()
    assert len(with_addresses(references, works_of(record(*works)))) == len(works)
    many = part("document", '<w:r><w:instrText>CSL_CITATION {"</w:instrText></w:r>' * 20_000)
    assert not list(fields_in(many.encode()))
    assert time.process_time() - begun < 5


def noted(number: int, *runs: str) -> str:
    return f'<w:footnote w:id="{number}">{paragraph(*runs)}</w:footnote>'


def test_a_note_has_the_addresses_of_the_records_in_it() -> None:
    first, second, short = zotero((DAMS, A)), zotero((GATES, B)), "Roe, Dams, 14."
    footnotes = (
        noted(1, field(first, f"A. Roe, {DAMS}, 12.")),
        noted(2, field(first, "Ibid., 13.")),
        noted(3, field(second, f"B. Doe, {GATES}, 2.")),
        noted(4, field(first, short), run(" See also "), field(second, "Doe, 3.")),
        noted(5, run("Ibid., 9.")),
    )
    citing = (paragraph(run(f"Dam {n} broke."), note(n)) for n in range(1, 6))
    body = word_file(*citing, footnotes="".join(footnotes))
    found = read(body, name="story.docx")[0]
    assert urls(found) == [A, A, B, A, A]
    assert found.references[3].urls == (A, B)


def test_a_note_that_says_the_same_of_two_works_is_that_before_it() -> None:
    footnotes = (
        noted(1, field(zotero((DAMS, A)), f"A. Roe, {DAMS}, 12.")),
        noted(2, field(zotero((DAMS, A)), "Ibid.")),
        noted(3, field(zotero((GATES, B)), f"B. Doe, {GATES}, 2.")),
        noted(4, field(zotero((GATES, B)), "Ibid.")),
        noted(5, field(zotero((GATES, B), ("Repairs of 2025", "")), "Doe; Poe.")),
    )
    citing = (paragraph(run(f"Dam {n} broke."), note(n)) for n in range(1, 6))
    found = read(word_file(*citing, footnotes="".join(footnotes)), name="story.docx")[0]
    assert urls(found) == [A, A, B, B, None]


def test_a_note_of_writer_has_them_too() -> None:
    name = f"ZOTERO_ITEM CSL_CITATION {record((DAMS, A))} RNDx1".replace('"', "&quot;")
    mark = f'<text:reference-mark-start text:name="{name}"/>Roe, 14.<text:reference-mark-end/>'
    inside = f"<text:note><text:note-body>{odt_paragraph(mark)}</text:note-body></text:note>"
    found = read(odt(odt_paragraph("The dam broke.", inside)), name="story.odt")[0]
    assert urls(found) == [A]


def end_note(title: str, url: str) -> str:
    styled = f'<title><style face="normal">{title}</style></title>'
    address = f"<related-urls><url>{url}</url></related-urls>"
    return f"<EndNote><Cite><record>{styled}<urls>{address}</urls></record></Cite></EndNote>"


def test_end_note_keeps_its_records_in_the_field_or_beside_it() -> None:
    coded = base64.b64encode(end_note(GATES, B).encode()).decode()
    data = f'<w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">{coded}</w:fldData>'
    beside = field(" ADDIN EN.CITE ", "[2]").replace(
        '<w:fldChar w:fldCharType="begin"/>', f"{data}</w:fldChar>"
    )
    found = document(
        paragraph(run("It broke "), field(f" ADDIN EN.CITE {end_note(DAMS, A)}", "[1]"), run(".")),
        paragraph(run("It opened "), beside, run(".")),
        HEAD,
        paragraph(run(f"[1] Roe, {DAMS}, 2025.")),
        paragraph(run(f"[2] Doe, {GATES}, 2024.")),
    )
    assert urls(found) == [A, B]


def listed(inside: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    sources = f'<b:Sources xmlns:b="{space}">{inside}</b:Sources>'
    return word_file(
        paragraph(run("The dam broke "), field(r" CITATION Roe25 \l 1033 ", "(Roe, 2025)")),
        HEAD,
        paragraph(run(ENTRIES[0])),
        extra={"customXml/item1.xml": sources},
    )


def test_word_lists_its_own_sources_in_a_part() -> None:
    source = f"<b:Source><b:Title>{DAMS}</b:Title><b:URL>{A}</b:URL></b:Source>"
    assert urls(read(listed(source), name="story.docx")[0]) == [A]
    assert urls(read(listed(f"{source}<b:Source>"), name="story.docx")[0]) == [None]


def test_many_records_of_end_note_take_time_as_they_are_long() -> None:
    begun = time.process_time()
    said = "<EndNote>" + "<record><title>" * 20_000 + "<related-urls><url>" * 20_000
    assert not any(work.urls for work in works_of(said))
    said = "".join(noted(n, '<w:r><w:instrText>"EN.CITE') for n in range(5_000))
    assert not list(notes_in(part("footnotes", said).encode()))
    assert not list(notes_in(b"EN.CITE" + b"<w:footnote >" * 50_000))
    assert time.process_time() - begun < 5


def authored(title: str, url: str, author: str, year: int) -> dict[str, object]:
    said = {"id": title, "title": title, "URL": url, "author": [{"family": author}]}
    return said | {"issued": {"date-parts": [[year]]}}


def cited(shown: str, *works: dict[str, object]) -> str:
    data = json.dumps({"citationItems": [{"itemData": work} for work in works]})
    return field(f" ADDIN ZOTERO_ITEM CSL_CITATION {data} ", shown)


ROE, DOE = authored(DAMS, A, "Roe", 2025), authored(GATES, B, "Doe", 2024)


def test_works_that_no_list_prints_are_listed_from_their_records() -> None:
    found = document(
        paragraph(run("The dam broke "), cited("(Roe, 2025)", ROE), run(".")),
        paragraph(run("So did the gate "), cited("(Doe, 2024; Roe, 2025)", DOE, ROE), run(".")),
    )
    assert found.text == "The dam broke.\n\nSo did the gate."
    assert [each.labels for each in found.mentions] == [("Roe 2025",), ("Doe 2024", "Roe 2025")]
    assert [(each.marker, each.url) for each in found.references] == [
        ("Roe 2025", A),
        ("Doe 2024", B),
    ]


def test_endnote_and_word_name_authors_and_years_in_their_own_ways() -> None:
    end_note = (
        "<EndNote><Cite><record><contributors><authors><author>Roe, A.</author></authors>"
        f"</contributors><titles><title>{DAMS}</title></titles><dates><year>2025</year></dates>"
        f"<urls><related-urls><url>{A}</url></related-urls></urls></record></Cite></EndNote>"
    )
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    doe, office = "<Person><Last>Doe</Last></Person>", "<Corporate>Ministry</Corporate>"
    kept = "".join(
        f"<Source><Author><Author>{author}</Author></Author><Title>{GATES}</Title>"
        f"<Year>2024</Year><URL>{B}</URL></Source>"
        for author in (f"<NameList>{doe}</NameList>", office)
    )
    found = read(
        word_file(
            paragraph(run("It broke "), field(f" ADDIN EN.CITE {end_note} ", "(Roe, 2025)")),
            paragraph(run("So did the gate (Doe, 2024).")),
            extra={"customXml/item1.xml": f'<Sources xmlns="{space}">{kept}</Sources>'},
        ),
        name="story.docx",
    )[0]
    assert [(each.marker, each.url) for each in found.references] == [
        ("Roe 2025", A),
        ("Doe 2024", B),
    ]


def test_what_no_list_prints_and_nothing_names_is_told() -> None:
    nameless = {"id": 1, "title": DAMS, "URL": A}
    for shown, work in (("(Roe)", ROE), ("(Dams, 2025)", nameless)):
        found = document(paragraph(run("The dam broke "), cited(shown, work), run(".")))
        assert not found.mentions
        assert [each.code for each in found.findings] == ["works-kept"]
