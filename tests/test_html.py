"""A page -> Document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.html import read_html
from ledger.model import Document

PAGE = "<!doctype html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def page(body: str, head: str = "") -> Document:
    return read_html(PAGE.format(head=head, body=body))


def roles(document: Document) -> list[tuple[str, str]]:
    return [(block.role, document.text[block.start : block.end]) for block in document.blocks]


def test_furniture_is_left_out_and_blocks_keep_their_roles() -> None:
    document = page(
        "<nav>Home</nav><header>Top</header><main><h1>The dam</h1><p>It broke.</p>"
        "<ul><li>One item<li>Two items</ul><blockquote>He left.</blockquote>"
        "<p hidden>Not seen.</p><aside>More</aside></main><footer>End</footer>"
    )

    assert roles(document) == [
        ("heading", "The dam"),
        ("paragraph", "It broke."),
        ("item", "One item"),
        ("item", "Two items"),
        ("quote", "He left."),
    ]
    assert document.language == "en"


def test_a_table_of_data_has_rows_and_a_table_of_layout_has_paragraphs() -> None:
    data = page(
        "<table><tr><th>Topic<th>State</tr><tr><td>Dam<td>Old [1]</tr></table><p>It broke [1].</p>"
    )
    layout = page("<table><tr><td><p>It broke.</p><td><p>It held.</p></tr></table>")

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
    ],
)
def test_a_paragraph_that_begins_like_markup_is_a_paragraph(opening: str) -> None:
    assert roles(page(f"<p>{opening}, says the dam.</p>")) == [
        ("paragraph", f"{opening}, says the dam.")
    ]


def test_links_are_kept_where_they_stood() -> None:
    document = page(
        "<p>See <a href='https://a.example/x y&#10;z'>spaced</a>, <a href=''>empty</a>, "
        "<a href='https://a.example/z'>the <i>daily</i></a>.</p>"
        "<a href='https://b.example'><p>Over a block.</p></a>"
    )

    assert document.text == "See spaced, empty, the daily.\n\nOver a block."
    assert [(mention.url, mention.anchor) for mention in document.mentions] == [
        ("https://a.example/x%20yz", len("spaced")),
        ("https://a.example/z", len("the daily")),
        ("https://b.example", len("Over a block.")),
    ]


def test_a_list_that_begins_elsewhere_keeps_its_numbers() -> None:
    document = page(
        "<p>It broke [7].</p><h2>References</h2>"
        "<ol start=7><li>https://a.example/7<li>https://a.example/8</ol>"
    )

    assert [(ref.marker, ref.url) for ref in document.references] == [
        ("7", "https://a.example/7"),
        ("8", "https://a.example/8"),
    ]


def test_metadata_comes_from_json_ld_then_meta_then_the_page() -> None:
    json_ld = (
        '<script type="application/ld+json">[{"@graph": [{"headline": "The dam",'
        ' "datePublished": "2024-03-03", "author": [{"name": "Jo Roe"}, "Al Doe"]}]}]</script>'
    )
    document = page("<p>It broke.</p>", json_ld)
    assert (document.title, document.byline, document.published) == (
        "The dam",
        ("Jo Roe", "Al Doe"),
        "2024-03-03",
    )

    meta = "<meta name='author' content='Jo Roe'><meta name='date' content='March 3, 2024'>"
    document = page("<p>It broke.</p>", f"<title>A  dam</title>{meta}")
    assert (document.title, document.byline, document.published) == (
        "A dam",
        ("Jo Roe",),
        "2024-03-03",
    )

    document = page("<p>It broke.</p><time datetime='2024-03-03T10:00'>then</time>")
    assert document.published == "2024-03-03T10:00"


@pytest.mark.parametrize(
    "script", ["{", "null", '{"@graph": 3}', '{"headline": 7, "author": null}']
)
def test_broken_json_ld_says_nothing(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'

    assert page("<p>It broke.</p>", head).title is None


def test_the_smallest_container_with_most_paragraphs_is_the_body() -> None:
    paragraphs = "<p>It broke.</p>" * 4
    document = page(f"<article><p>Teaser.</p></article><main>{paragraphs}</main><p>Legal.</p>")

    assert "Teaser." not in document.text
    assert document.text.startswith("It broke.")


def test_a_page_without_text_is_an_empty_document() -> None:
    assert read_html("").text == ""
    assert page("<script>var x</script>").text == ""


def test_a_page_nested_deeper_than_recursion_goes_is_read() -> None:
    deep = 5_000
    document = page(f"{'<div>' * deep}<p>It broke.</p>{'</div>' * deep}")

    assert "It broke." in document.text


@pytest.mark.parametrize("start", ["\u00b2", "-1", "99999", "x", ""])
def test_a_list_that_begins_nowhere_begins_at_one(start: str) -> None:
    document = page(f"<h2>References</h2><ol start='{start}'><li>https://a.example/1</ol>")

    assert [ref.marker for ref in document.references] == ["1"]


def test_code_is_code_whatever_ticks_are_in_it() -> None:
    document = page("<p>It broke [1].</p><pre>a[1]\n```\nb[2]</pre><p>It held.</p>")

    assert roles(document) == [
        ("paragraph", "It broke."),
        ("code", "a[1]"),
        ("code", "b[2]"),
        ("paragraph", "It held."),
    ]


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


def test_notes_that_linked_numbers_lead_to_are_the_list() -> None:
    document = page(
        "<p>It broke.<sup><a href='#n1'>1</a></sup></p>"
        "<ol><li id='n1'><a href='#r1'>\u21a9</a> <a href='https://a.example/1'>Dam</a></ol>"
    )

    assert [(ref.marker, ref.title) for ref in document.references] == [("1", "Dam")]
    assert [mention.labels for mention in document.mentions] == [("1",)]


def test_back_links_of_a_list_are_no_part_of_its_titles() -> None:
    document = page(
        "<p>It broke [1].</p><h2>References</h2><ol><li id='cite_note-1'><b>"
        "<a href='#cite_ref-1'>^</a></b> <a href='https://a.example/1'>Dam</a></ol>"
    )

    assert [(ref.marker, ref.title) for ref in document.references] == [("1", "Dam")]


def test_figures_keep_tables_and_quotations_and_lose_images() -> None:
    document = page(
        "<figure><img src=a><figcaption>A dam</figcaption></figure>"
        "<figure><blockquote>He left.</blockquote></figure><p>It broke.</p>"
    )

    assert roles(document) == [("quote", "He left."), ("paragraph", "It broke.")]


def test_the_header_of_a_page_keeps_its_heading_only() -> None:
    document = page("<header><p>Top</p><h1>The dam</h1></header><p>It broke.</p>")

    assert roles(document) == [("heading", "The dam"), ("paragraph", "It broke.")]


@pytest.mark.parametrize(
    "around",
    [
        "<div class='share-buttons'>Tell a friend.</div>",
        "<ul class='relatedArticles'><li>A bridge fell.</ul>",
        "<div id='newsletter'>Get our letter.</div>",
        "<ul><li><a href='/a'>Sport</a><li><a href='/b'>Weather</a></ul>",
    ],
)
def test_what_stands_around_an_article_is_left_out(around: str) -> None:
    document = page(f"<p>It broke on Monday night, and nobody was hurt at all.</p>{around}")

    assert document.text == "It broke on Monday night, and nobody was hurt at all."
    assert document.mentions == ()


def test_words_too_long_for_a_link_keep_the_link_at_their_end() -> None:
    long = "word " * 200 + "end"
    document = page(f"<p><a href='https://a.example/1'>{long}</a>.</p>")

    assert document.text == f"{long}."
    assert [mention.url for mention in document.mentions] == ["https://a.example/1"]


def test_lone_surrogates_and_brackets_in_links_are_text() -> None:
    document = page("<p>\ud800 <a href='https://a.example/(1'>a [b</a>.</p>")

    assert document.text == "\ufffd a [b."
    assert [mention.url for mention in document.mentions] == ["https://a.example/%281"]


@given(st.text(alphabet="<>/abdivp tlrh='\"ref!-&;[1](.)", max_size=300))
def test_any_characters_whatever_are_a_page(text: str) -> None:
    document = read_html(text)

    assert all(block.start <= block.end <= len(document.text) for block in document.blocks)
