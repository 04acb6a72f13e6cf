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


@pytest.mark.parametrize("opening", ["# no heading", "1. no item", "- no item", "> no quote"])
def test_a_paragraph_that_begins_like_markup_is_a_paragraph(opening: str) -> None:
    assert roles(page(f"<p>{opening}, says the dam.</p>")) == [
        ("paragraph", f"{opening}, says the dam.")
    ]


def test_links_are_kept_where_they_stood() -> None:
    document = page(
        "<p>See <a href='https://a.example/x y'>broken</a>, <a href=''>empty</a>, "
        "<a href='https://a.example/z'>the <i>daily</i></a>.</p>"
        "<a href='https://b.example'><p>Over a block.</p></a>"
    )

    assert document.text == "See broken, empty, the daily.\n\nOver a block."
    assert [(mention.url, mention.anchor) for mention in document.mentions] == [
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


@pytest.mark.parametrize("script", ["{", "null", '{"@graph": 3}', '{"headline": 7, "author": null}'])
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


@given(st.text(alphabet="<>/abdivp tlrh='\"ref!-&;[1](.)", max_size=300))
def test_any_characters_whatever_are_a_page(text: str) -> None:
    document = read_html(text)

    assert all(block.start <= block.end <= len(document.text) for block in document.blocks)
