"""A page -> Document.

Cases are folders under `fixtures/pages/`, named by their rule or defect: input.html, and in
expected.json what `found_in_pages.found_in` finds in it. LEDGER_REPAIR=1 writes expected.json anew.
"""

import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from found_in_pages import found_in
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.document import Document
from ledger.extract.html import read_html
from ledger.extract.html.guard import DEEPEST, FEW_ELEMENTS, MOST_ATTRIBUTES, guarded
from ledger.extract.html.parsed import tree_of

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
CASES = sorted(PAGES.iterdir())
PAGE = "<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
SENTENCE = "The upper dam broke on Monday night, and nobody in the valley below was hurt at all."


def page(body: str, head: str = "") -> Document:
    return read_html(PAGE.format(head=head, body=body))


def roles(document: Document) -> list[tuple[str, str]]:
    return [(block.role, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    found = found_in((folder / "input.html").read_text(encoding="utf-8"))
    expected = folder / "expected.json"
    if os.environ.get("LEDGER_REPAIR"):
        written = json.dumps(found, indent=1, ensure_ascii=False)
        expected.write_text(written + "\n", encoding="utf-8")

    assert json.loads(expected.read_text(encoding="utf-8")) == found


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:title' content='The Gazette'><title>The dam | The Gazette</title>",
        "<meta property='og:title' content='The Gazette'>"
        "<meta property='og:site_name' content='The Gazette'>",
    ],
)
def test_the_name_of_a_site_is_no_title(head: str) -> None:
    assert page(f"<h1>The dam</h1><p>{SENTENCE}</p>", head).title == "The dam"


def test_furniture_is_left_out_and_blocks_keep_their_roles() -> None:
    document = page(
        "<nav>Home</nav><header>Top</header><main><h1>The dam</h1><p>It broke.</p>"
        "<h2>Why</h2><ul><li>One item<li>Two items</ul><blockquote>He left.</blockquote>"
        "<p hidden>Not seen.</p><p style='display: none'>Nor this.</p><aside>More</aside></main>"
        "<footer>End</footer>"
    )

    assert roles(document) == [
        ("heading", "The dam"),
        ("paragraph", "It broke."),
        ("heading", "Why"),
        ("item", "One item"),
        ("item", "Two items"),
        ("quote", "He left."),
    ]
    assert [block.section for block in document.blocks[3:]] == [("Why",)] * 3
    assert (document.title, document.language) == ("The dam", "en")


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("<title>The dam | The Daily</title>", "<h1>The dam</h1>"),
        ("<meta property='og:title' content='The dam'>", "<h2>The dam</h2>"),
        ("<meta property='og:title' content='The dam'>", "<p class='title'>The Dam!</p>"),
    ],
)
def test_a_headline_that_the_page_declares_as_its_title_is_not_text(
    head: str, headline: str
) -> None:
    document = page(f"<article>{headline}<p>{SENTENCE}</p></article>", head)

    assert document.text == SENTENCE
    assert document.title == "The dam"


def test_a_headline_that_cites_stays() -> None:
    document = page("<h1>The dam [1]</h1><p>It broke.</p><p>[1]: https://a.example/1</p>")

    assert roles(document)[0] == ("heading", "The dam")
    assert [mention.labels for mention in document.mentions] == [("1",)]


def test_the_date_of_an_article_may_be_the_title_of_an_abbreviation() -> None:
    document = page(
        "<h1>The dam</h1><p>It broke, as the <abbr title='2019-01-01'>WHO</abbr> says.</p>"
        "<abbr itemprop='datePublished' title='2025-03-03T10:15:00+01:00'>10:15</abbr>"
    )

    assert document.published == "2025-03-03T10:15:00+01:00"


def test_names_are_not_cut_where_they_have_the_letters_of_by() -> None:
    for name in ("Ruby Smith", "Budi Santoso", "Mehdi Hasan", "Gustav Larsson"):
        document = page("<p>It broke.</p>", f"<meta name='author' content='By {name}'>")
        assert document.byline == (name,)


def test_a_table_of_data_has_rows_and_a_table_of_layout_has_paragraphs() -> None:
    data = page(
        "<table><tr><th>Topic<th>State</tr><tr><td>Dam<td>Old [1]</tr></table><p>It broke [1].</p>"
    )
    layout = page("<table><tr><td><p>It broke.</p><td><p>It held.</p></tr></table>")

    assert roles(data)[0] == ("furniture", "Topic | State")
    assert roles(data)[1:3] == [("cell", "Dam"), ("cell", "Old")]
    assert roles(layout) == [("paragraph", "It broke."), ("paragraph", "It held.")]


def test_characters_that_markdown_would_take_for_markup_stay() -> None:
    document = page("<p>5 * 3 * 2, snake_case, &lt;b&gt; and 1. not a list: # no heading</p>")

    assert document.text == "5 * 3 * 2, snake_case, <b> and 1. not a list: # no heading"


@pytest.mark.parametrize(
    "opening",
    [
        "# no heading",
        "1. no item",
        "- no item",
        "> no quote",
        "A. Merkel",
        "(b) no item",
        "• dot",
        "|a|",
        "--- no rule",
        "``` no code",
    ],
)
def test_a_paragraph_that_begins_like_markup_is_a_paragraph(opening: str) -> None:
    assert roles(page(f"<p>{opening}, says the dam.</p>")) == [
        ("paragraph", f"{opening}, says the dam.")
    ]


def test_links_are_kept_where_they_stood() -> None:
    document = page(
        "<p>See <a href='https://a.example/x y&#10;z'>spaced</a>, <a href=''>empty</a>, "
        "<a href='javascript:x()'>script</a>, <a href='file:///C:/a.docx'>disk</a>, "
        "<a href='https://a.example/z'>the <i>daily</i></a>.</p>"
        "<a href='https://b.example'><p>Over a block.</p></a>"
    )

    assert document.text == "See spaced, empty, script, disk, the daily.\n\nOver a block."
    assert [(mention.url, mention.anchor) for mention in document.mentions] == [
        ("https://a.example/x%20yz", len("spaced")),
        ("https://a.example/z", len("the daily")),
        ("https://b.example", len("Over a block.")),
    ]


def test_words_too_long_for_a_link_keep_the_link_at_their_end() -> None:
    long = "word " * 200 + "end"
    document = page(f"<p><a href='https://a.example/1'>{long}</a>.</p>")

    assert document.text == f"{long}."
    assert [mention.url for mention in document.mentions] == ["https://a.example/1"]


def test_lone_surrogates_and_brackets_in_links_are_text() -> None:
    document = page("<p>\ud800 <a href='https://a.example/(1'>a [b</a>.</p>")

    assert document.text == "\ufffd a [b."
    assert [mention.url for mention in document.mentions] == ["https://a.example/%281"]


@pytest.mark.parametrize(
    ("start", "marker"),
    [("7", "7"), ("²", "1"), ("-1", "1"), ("99999", "1"), ("x", "1"), ("", "1")],
)
def test_a_list_begins_where_it_says_else_at_one(start: str, marker: str) -> None:
    document = page(
        f"<p>It broke.</p><h2>References</h2><ol start='{start}'><li>https://a.example/1</ol>"
    )

    assert [ref.marker for ref in document.references] == [marker]


def test_a_power_that_is_set_high_is_no_number_of_a_list() -> None:
    document = page(
        "<p>The lake covers 3 km<sup>²</sup>.</p><h2>More</h2><ol>"
        "<li><a href='https://a.example/1'>North</a><li><a href='https://b.example/2'>South</a></ol>"
    )

    assert document.text.startswith("The lake covers 3 km².")
    assert document.references == ()


@pytest.mark.parametrize(
    "beside",
    [
        "<footer><p>About us</p><h2>References</h2>{}</footer>",
        "<section><div><h2>References</h2></div>{}</section>",
        "<aside role='doc-endnotes'>{}</aside>",
        "<div class='reflist'>{}</div>",
    ],
)
def test_a_reference_list_beside_the_article_is_read(beside: str) -> None:
    entries = "<ol><li><a href='https://a.example/1'>Dam breaks</a></ol>"
    document = page(f"<article><p>It broke [1].</p></article>{beside.format(entries)}")

    assert [(ref.marker, ref.url) for ref in document.references] == [("1", "https://a.example/1")]
    assert document.text == "It broke."


@pytest.mark.parametrize(
    "around",
    [
        "<div class='share-buttons'>Tell a friend.</div>",
        "<ul class='relatedArticles'><li>A bridge fell.</ul>",
        "<div id='newsletter'>Get our letter.</div>",
        "<ul><li><a href='/a'>Sport</a><li><a href='/b'>Weather</a></ul>",
        "<div><h3><a href='/c'>Bridge falls</a></h3><p>Two cars were on it.</p></div>",
        "<form>Your name <input></form>",
        "<figure><img src='a.jpg'><figcaption>The dam.</figcaption></figure>",
        "<div class='photo'><img src='a.jpg'>The dam (Image: Roe)</div>",
        "<textarea>Write</textarea><select><option>One</select><button>Send</button>",
    ],
)
def test_what_stands_around_an_article_is_left_out(around: str) -> None:
    document = page(f"<article><p>{SENTENCE}</p>{around}</article>")

    assert document.text == SENTENCE
    assert document.mentions == ()


def test_a_name_of_furniture_is_only_a_hint() -> None:
    document = page(
        f"<div class='sidebar'><p>{SENTENCE}</p><p>{SENTENCE}</p></div><div class='menu'>"
        "<p>Our menu of today has soup, bread, cheese and a glass of water from the tap.</p></div>"
    )

    assert document.text == f"{SENTENCE}\n\n{SENTENCE}"


def test_what_readers_write_is_no_article_however_much_it_is() -> None:
    comments = f"<div id='comments'>{f'<p>{SENTENCE}</p>' * 8}</div>"
    document = page(f"<article><p>{SENTENCE}</p><p>{SENTENCE}</p></article>{comments}")

    assert document.text == f"{SENTENCE}\n\n{SENTENCE}"


def test_the_smallest_container_with_most_paragraphs_is_the_body_of_a_short_page() -> None:
    paragraphs = "<p>It broke.</p>" * 4
    document = page(f"<article><p>Teaser.</p></article><main>{paragraphs}</main><p>Legal.</p>")

    assert "Teaser." not in document.text
    assert document.text.startswith("It broke.")


def test_figures_keep_tables_and_quotations_and_lose_images() -> None:
    document = page(
        "<figure><img src=a><figcaption>A dam</figcaption></figure>"
        "<figure><blockquote>He left.</blockquote></figure><p>It broke.</p>"
    )

    assert roles(document) == [("quote", "He left."), ("paragraph", "It broke.")]


def test_metadata_comes_from_json_ld_then_meta_then_the_page() -> None:
    json_ld = (
        '<script type="application/ld+json">[{"@graph": [{"headline": "The dam",'
        ' "datePublished": "2024-03-03", "author": [{"name": "Jo Roe, PhD"}, "Al Doe"]}]}]</script>'
    )
    document = page("<p>It broke.</p>", json_ld)
    assert (document.title, document.byline, document.published) == (
        "The dam",
        ("Jo Roe, PhD", "Al Doe"),
        "2024-03-03",
    )

    meta = "<meta name='author' content='By Jo Roe'><meta name='date' content='March 3, 2024'>"
    document = page("<p>It broke.</p>", f"<title>A  dam</title>{meta}")
    assert (document.title, document.byline, document.published) == (
        "A dam",
        ("Jo Roe",),
        "2024-03-03",
    )

    document = page(
        "<p>It broke.</p><span class='byline'>By Jo Roe</span>"
        "<time datetime='2024-03-03T10:00'>then</time>"
    )
    assert (document.byline, document.published) == (("Jo Roe",), "2024-03-03T10:00")


@pytest.mark.parametrize(
    ("body", "head", "day"),
    [
        ("", "<meta name='publish_date' content='Thu, 03 Oct 2024 08:10:27 EST'>", "2024-10-03"),
        ("", "<meta name='DC.Date.Issued' content='2024-10-03'>", "2024-10-03"),
        ("", "<meta name='sailthru.date' content='October 3, 2024'>", "2024-10-03"),
        ("<h1>Dam</h1><time class='datestamp'>October 3rd 2024 9 AM</time>", "", "2024-10-03"),
        ("<main><p><b class='date'>3 May 2024</b></p><h1>Dam</h1></main>", "", "2024-05-03"),
        ("<div><b class='date'>October 3, 2024</b><h1>Dam</h1></div>", "", "2024-10-03"),
        ("<h1>News of Lenne</h1><h1>Dam</h1><b class='date'>3 October 2024</b>", "", "2024-10-03"),
        ("<h1>Dam</h1><b class='date'>Updated: October 3, 2024</b>", "", None),
        ("<time class='entry-date updated' datetime='2024-10-03'>then</time>", "", "2024-10-03"),
        ("<time class='updated' datetime='2024-10-03' pubdate>then</time>", "", "2024-10-03"),
        ("<time class='updated' datetime='2024-10-03'>then</time>", "", None),
        ("", "<link rel='canonical' href='https://lenne.example/2024/oct/3/dam'>", "2024-10-03"),
        ("", "<link rel='canonical' href='https://lenne.example/2024/10/03/dam'>", "2024-10-03"),
        ("", "<link rel='canonical' href='https://lenne.example/2024/45/03/dam'>", None),
    ],
)
def test_the_day_by_the_names_of_single_systems_at_the_headline_and_in_the_address(
    body: str, head: str, day: str | None
) -> None:
    assert page(f"{body}<p>{SENTENCE}</p>", head).published == day


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "<a href='/team/roe'><b class='fn'>Ann Roe</b></a> Senior Lenne Correspondent",
            ["Ann Roe"],
        ),
        ("Par <b>ANN ROE</b>, <b>TOM LUND</b> Envoyés spéciaux", ["ANN ROE", "TOM LUND"]),
        ("By <a href='/roe'>Ann Roe</a> and Tom Lund", ["Ann Roe", "Tom Lund"]),
        ("By Ann Roe, <a href='/'>Lenne Post</a>", ["Ann Roe", "Lenne Post"]),
        ("By Ann Roe and Tom Lund - LP Water Writers", ["Ann Roe", "Tom Lund"]),
        ("Par Ann Roe (avec Tom Lund et Jo Day)", ["Ann Roe", "Tom Lund", "Jo Day"]),
    ],
)
def test_a_role_behind_the_names_of_a_byline_is_none(byline: str, names: list[str]) -> None:
    document = page(f"<h1>Dam</h1><div class='author vcard'>{byline}</div><p>{SENTENCE}</p>")

    assert list(document.byline) == names


def test_a_title_behind_the_name_of_the_site_is_the_headline() -> None:
    head = "<meta property='og:title' content='Lenne Post | The dam of Lenne breaks'>"
    document = page(f"<h1>The dam of Lenne breaks</h1><p>{SENTENCE}</p>", head)

    assert document.title == "The dam of Lenne breaks"


def test_a_day_that_all_systems_know_is_not_contradicted_by_one_of_a_single_system() -> None:
    document = page(
        f"<p>{SENTENCE}</p>",
        "<meta property='article:published_time' content='2024-10-03T22:00:00-05:00'>"
        "<meta name='sailthru.date' content='2024-10-04'>",
    )

    assert document.published == "2024-10-03T22:00:00-05:00"
    assert not document.findings


def test_a_date_that_programs_write_for_none_and_a_profile_for_a_name_say_nothing() -> None:
    document = page(
        "<p>It broke.</p>",
        "<meta property='article:published_time' content='0001-01-01T00:00:00Z'>"
        "<meta property='article:author' content='https://social.example/roe'>",
    )

    assert (document.published, document.byline) == (None, ())


@pytest.mark.parametrize(
    "script", ["{", "null", '{"@graph": 3}', '{"headline": 7, "author": null}', "[" * 5000]
)
def test_broken_json_ld_says_nothing(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'

    assert page("<p>It broke.</p>", head).title is None


def test_a_page_without_text_is_an_empty_document() -> None:
    assert read_html("").text == ""
    assert page("<script>var x</script>").text == ""


@pytest.mark.parametrize("deep", [DEEPEST, 20_000])
def test_a_page_nested_deeper_than_any_limit_keeps_its_text(deep: int) -> None:
    document = page(f"{'<div>' * deep}<p>{SENTENCE}</p>{'</div>' * deep}<p>{SENTENCE}</p>")

    assert document.text == f"{SENTENCE}\n\n{SENTENCE}"
    assert [f.code for f in document.findings] == ["markup-lost"] * (deep > DEEPEST)


def test_attributes_beyond_the_limit_go_and_the_first_stay() -> None:
    many = " ".join(f"data-a{n}='>'" for n in range(MOST_ATTRIBUTES * 2))
    document = page(f"<p>{SENTENCE} <a href='https://a.example/1' {many}>Link</a></p>")

    assert [mention.url for mention in document.mentions] == ["https://a.example/1"]
    assert "markup-lost" in [finding.code for finding in document.findings]


def test_nul_characters_are_counted() -> None:
    assert [f.detail for f in guarded("a\0b\0").findings] == ["2 NUL characters were taken out"]


@pytest.mark.parametrize(
    "swallowing",
    ["<!-- ", "<script> ", "<textarea>", "<title>", "<a href='https://a.example/1 ", "<a\nhref"],
)
def test_text_that_something_unclosed_swallows_is_a_finding(swallowing: str) -> None:
    tail = "It held. " * 40
    document = read_html(f"<p>{SENTENCE}</p>{swallowing}{tail}")

    assert "It held." not in document.text
    assert [finding.code for finding in document.findings] == ["text-lost"]


@pytest.mark.parametrize(
    "harmless",
    [
        "<script>if (a<b && '<title' + x) { y = '<textarea' }" + " " * 300 + "</script>",
        "<!-- <div> <div> -->",
        "<script>" + "if(a<b){}" * 700 + "</script>",
        "<style>" + "a{b:c}" * 700 + "</style>",
        f"<p title='{'x y ' * 700}'>It held.</p>",
    ],
)
def test_ordinary_pages_lose_nothing(harmless: str) -> None:
    text = f"<p>{SENTENCE}</p>{harmless}"

    assert guarded(text) == (text.encode(), ())


def test_the_tree_has_each_element_in_page_order() -> None:
    elements = tree_of(b"<p id=a>One<b>two</b></p><svg><text>no</text></svg><p>three</p>")
    names = [element.name for element in elements]

    assert names == ["html", "head", "body", "p", "b", "svg", "p"]
    assert [element.index for element in elements] == list(range(len(elements)))
    assert elements[2].holds(elements[4])
    assert not elements[3].holds(elements[6])


PIECES = (
    "<p>", "</p>", "<div>", "</div>", "<a href=#n1>", "<a href=https://a.example/1>", "</a>", "[1]",
    "<sup>", "</sup>", "1", "<li id=n1>", "<ol>", "<ul>", "</ol>", "<table>", "<tr>", "<td>",
    "<th>", "<h2>", "References", "</h2>", "<br>", "<pre>", "</pre>", "<q>", "<!--", "-->",
    "<script>",
    "</script>", "<b>", "</b>", "<i>", "<figure>", "<img>", "<blockquote>", "<sup data-n='a b c'>",
    "<span class=Z3988 title='rft_id=a'>", "&amp;", "&#", "\\", "*", "_", "`", "|", "~", "<", ">",
    '"', "'", "=", "[^at_n:1]", "\0", "\ud800", "word.", "。", "\ufdd0",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


def sound(document: Document) -> bool:
    """Whether every offset fits the text, in order."""
    ends = [(block.start, block.end) for block in document.blocks]
    ordered = all(a[1] <= b[0] for a, b in pairwise(ends))
    inside = all(0 <= m.anchor <= m.at <= len(document.text) for m in document.mentions)
    return ordered and inside and all(0 <= a < b <= len(document.text) for a, b in ends)


@given(MARKUP)
@example("<table><td><tr><a href=https://a.example/1><p>x</table></a>")
@example("<sup data-n='a b c'>1</sup>" * 3)
def test_any_markup_whatever_is_a_page(text: str) -> None:
    assert sound(read_html(text))


@given(st.text(alphabet="<>/abdivp tlrh='\"ref!-&;[1](.)", max_size=300))
def test_any_characters_whatever_are_a_page(text: str) -> None:
    assert sound(read_html(text))


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=5))
@example(["[](0)"])
def test_every_link_in_a_paragraph_survives(texts: list[str]) -> None:
    escaped = [re.sub(r"[&<]", lambda match: f"&#{ord(match[0])};", text) for text in texts]
    links = " and ".join(
        f"<a href='https://a.example/{n}'>link x{text}x</a>" for n, text in enumerate(escaped)
    )
    document = page(f"<article><p>{SENTENCE} See {links}.</p><p>{SENTENCE}</p></article>")

    urls = [mention.url for mention in document.mentions if mention.url]
    assert urls == [f"https://a.example/{n}" for n in range(len(texts))]


def test_a_page_of_hardly_anything_but_tags_keeps_its_text_and_says_what_it_lost() -> None:
    words = "".join(f"<p>w{number}</p>" for number in range(FEW_ELEMENTS + 500))
    kept, findings = guarded(f"{words}<script>if (a<b) hidden()</script><p>The last of them.")
    assert f"<p>w{FEW_ELEMENTS - 1}".encode() in kept
    assert f"w{FEW_ELEMENTS + 100}  w{FEW_ELEMENTS + 101}".encode() in kept
    assert kept.endswith(b"<script>if (a<b) hidden()</script> The last of them.")
    [lost] = findings
    assert lost.code == "markup-lost"
    assert lost.detail.startswith("the page has more than 16,000 elements: the 1,002 tags")


def test_a_page_of_links_named_in_its_text_gives_some_of_them() -> None:
    menu = "".join(f"<a href='/{n}'>The upper dam</a>" for n in range(2000))
    document = page(f"<nav>{menu}</nav><p>{SENTENCE}</p><p>{SENTENCE}</p>")

    kept = [mention for mention in document.mentions if mention.form == "navigation"]
    assert [mention.url for mention in kept] == [f"/{n}" for n in range(40)]
    assert all(mention.at == len(document.text) for mention in kept)


def test_a_tag_with_too_many_attributes_is_found_behind_a_long_script() -> None:
    script = "<script>" + "if(a<b.length){f('x')};" * 200 + "</script>"
    attributes = " ".join(f"a{n}=1" for n in range(MOST_ATTRIBUTES + 600))
    text = f"{script}<p>{SENTENCE}</p><p {attributes}>End.</p>"

    assert [finding.code for finding in guarded(text).findings] == ["markup-lost"]
    assert not guarded(f"<script>x = '<p {attributes}>'</script><p>End.</p>").findings


def test_a_page_headed_by_its_name_is_called_so() -> None:
    """An encyclopedia's data has a description where articles have a headline."""
    data = '{"@type": "Article", "name": "Alder", "headline": "town on the coast"}'
    script = f'<script type="application/ld+json">{data}</script>'

    document = page(f"<h1>Alder</h1><p>{SENTENCE}</p>", f"<title>Alder - Pedia</title>{script}")

    assert document.title == "Alder"


def test_journals_name_an_author_in_each_element() -> None:
    names = "".join(
        f'<meta name="citation_author" content="{name}">' for name in ("Quist, Nora", "Jan Lo")
    )
    date = '<meta name="citation_publication_date" content="2023/03/14">'

    document = page(f"<p>{SENTENCE}</p>", names + date)

    assert document.byline == ("Nora Quist", "Jan Lo")
    assert document.published == "2023-03-14"


def test_the_address_behind_a_heading_is_no_word_of_it() -> None:
    link = '<a class="headerlink" href="#m" title="Link to this heading">¶</a>'

    document = page(f"<h1>Dams</h1><h2>A move{link}</h2><p>{SENTENCE}</p>")

    assert "¶" not in document.text
    assert "A move" in document.text
