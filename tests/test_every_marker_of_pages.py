"""One page, its citations marked up in every way and its list in every way: it says the same.

The sister of `test_every_marker_with_every_list`, for HTML: what links lead to, what is set high,
what a list is made of. Pages of the wild have any of these pairs.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest
from test_every_marker_with_every_list import SOURCES

from ledger.forms import IDLE
from ledger.inputs.receive import Received
from ledger.pipeline.item import spelled
from ledger.pipeline.parse import parse

Write = Callable[[Sequence[str]], str]

OWN = "https://paper.example/rents.html"
PARAGRAPHS = (
    "Rents rose by a third in 2024 across the whole of the north{1}. They fell by 2 percent the "
    "year before, the council said{1,2}.",
    "Professor Novak calls it a wave that nobody had foreseen in the spring{3}. Ships wait outside "
    "the harbour for 11 days{2,3,4}. Nobody knows why that is so in this year.",
    "Wages fell in 12 towns of the coast, as the union had feared{3,5}. Trains ran late (in part "
    "because of snow){6}.",
    "The bridge cost $4.5 million and was paid by the state alone{5}. Its owner paid nothing for "
    "it in all these years{1,6}.",
)
_MARK = re.compile(r"\{([0-9,]+)\}")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _each(pattern: str, between: str = "") -> Write:
    """Each number by a pattern, in which "%" stands for it and "@" for its address."""

    def write(numbers: Sequence[str]) -> str:
        return between.join(pattern.replace("%", n).replace("@", SOURCES[n][1]) for n in numbers)

    return write


def _around(opens: str, write: Write, closes: str) -> Write:
    return lambda numbers: f"{opens}{write(numbers)}{closes}"


MARKERS: dict[str, Write] = {
    "[1][2]": _each("[%]"),
    "[1, 2]": _around(" [", _each("%", ", "), "]"),
    "sup": _around("<sup>", _each("%", ","), "</sup>"),
    "sup in brackets": _each("<sup>[%]</sup>"),
    "sup in round brackets": _each("<sup>(%)</sup>"),
    "sup of raised digits": lambda numbers: f"<sup>{'˒'.join(numbers).translate(_HIGH)}</sup>",
    "link in sup": _each('<sup><a href="#ref%">%</a></sup>'),
    "sup in link": _each('<a href="#ref%"><sup>%</sup></a>'),
    "links in one sup": _around("<sup>", _each('<a href="#ref%">%</a>', ","), "</sup>"),
    "bracketed link": _each('<a href="#ref%">[%]</a>'),
    "link in brackets": _around(" [", _each('<a href="#ref%">%</a>', ", "), "]"),
    "link in round brackets": _around(" (", _each('<a href="#ref%">%</a>', ", "), ")"),
    "link to the source": _each('<a href="@">[%]</a>'),
    "link to the source in sup": _each('<sup><a href="@" target="_blank">%</a></sup>'),
    "link by the whole address": _each(f'<sup><a href="{OWN}#ref%">%</a></sup>'),
    "role": _each('<a role="doc-noteref" class="footnote-ref" href="#ref%" id="back%">%</a>'),
    "rel": _each('<sup id="fnref:%"><a href="#ref%" rel="footnote">%</a></sup>'),
    "encyclopedia": _each(
        '<sup id="cite_ref-%" class="reference"><a href="#ref%"><span>[</span>%<span>]</span>'
        "</a></sup>"
    ),
    "spoken words": _each('<a href="#ref%" class="fn"><span class="sr-only">Footnote </span>%</a>'),
    "button": _each('<button class="citation" data-index="%">%</button>'),
    "span": _each('<span class="cite">[%]</span>'),
    "cite": _each("<cite>[%]</cite>"),
    "small": _each("<small>[%]</small>"),
    "em": _around("<em>", _each("[%]"), "</em>"),
}
_ITEM = '<li id="ref%">{title}. <a href="@">@</a></li>'
LISTS: dict[str, tuple[str, str, str]] = {
    "items": ("<h2>References</h2><ol>", _ITEM, "</ol>"),
    "items with a way back": (
        "<h2>Notes</h2><ol class='references'>",
        '<li id="ref%"><a href="#back%">^</a> <a rel="nofollow" href="@">{title}</a></li>',
        "</ol>",
    ),
    "items with a way back behind": (
        "<section class='footnotes'><hr><ol>",
        '<li id="ref%"><p>{title}. <a href="@">link</a> <a href="#back%">↩</a></p></li>',
        "</ol></section>",
    ),
    "items without links": (
        "<p><strong>References</strong></p><ol>",
        '<li id="ref%">{title}. @</li>',
        "</ol>",
    ),
    "items that count": (
        "<h4>References:</h4><ol>",
        '<li id="ref%" value="%">{title}, @</li>',
        "</ol>",
    ),
    "items in brackets": ("<h2>Sources</h2><ul>", '<li>[%] <a href="@">{title}</a></li>', "</ul>"),
    "beside": (
        "<aside><h2>Sources</h2><ol>",
        '<li id="ref%"><a href="@">{title}</a></li>',
        "</ol></aside>",
    ),
    "folded": ("<details><summary>References</summary><ol>", _ITEM, "</ol></details>"),
    "footer": ("<footer><h2>References</h2><ol>", _ITEM, "</ol></footer>"),
    "paragraphs": ("<h2>References</h2>", '<p id="ref%">[%] {title}. <a href="@">@</a></p>', ""),
    "paragraphs that count": ("<h3>Sources</h3>", '<p>%. {title}. <a href="@">@</a></p>', ""),
    "paragraphs set high": ("<hr>", '<p id="ref%"><sup>%</sup> {title}, <a href="@">@</a></p>', ""),
    "paragraphs with names": (
        "<h2>References</h2>",
        '<p><a name="ref%"></a>%. {title}. <a href="@">@</a></p>',
        "",
    ),
    "paragraphs with lost ways back": (
        "<h2>References</h2>",
        '<p id="ref%"><a href="#gone%">[%]</a> {title}. <a href="@">@</a></p>',
        "",
    ),
    "lines": ("<h2>References</h2><p>", "[%] {title}. @<br>", "</p>"),
    "typed lines": ("<h2>References</h2><p>", "[%] {title}. @", "</p>"),
    "typed lines without a head": ("<p>", "[%] {title}, @", "</p>"),
    "boxes": (
        "<div class='refs'><h2>Works cited</h2>",
        '<div id="ref%"><span>%.</span> <a href="@">{title}</a></div>',
        "</div>",
    ),
    "terms": (
        "<h2>References</h2><dl>",
        '<dt id="ref%">[%]</dt><dd>{title}. <a href="@">@</a></dd>',
        "</dl>",
    ),
    "rows": (
        "<h2>References</h2><table>",
        '<tr id="ref%"><td>[%]</td><td>{title}. <a href="@">@</a></td></tr>',
        "</table>",
    ),
}


def _page(marker: str, listed: str) -> str:
    write, (opens, entry, closes) = MARKERS[marker], LISTS[listed]
    prose = "\n".join(
        f"<p>{_MARK.sub(lambda match: write(match[1].split(',')), paragraph)}</p>"
        for paragraph in PARAGRAPHS
    )
    entries = "\n".join(
        entry.replace("%", number).replace("{title}", title).replace("@", url)
        for number, (title, url) in SOURCES.items()
    )
    return (
        "<!doctype html><html lang='en'><head><title>Rents and ships</title>"
        f"<link rel='canonical' href='{OWN}'></head><body><nav><a href='/'>Home</a></nav><main>"
        f"<article><h1>Rents and ships</h1>{prose}{opens}{entries}{closes}</article></main></body>"
    )


def _expected() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for paragraph in PARAGRAPHS:
        for sentence in paragraph.removesuffix(".").split(". "):
            if match := _MARK.search(sentence):
                yield _MARK.sub("", sentence), [(n, SOURCES[n][1]) for n in match[1].split(",")]


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.no_cover
def test_a_page_says_the_same_however_it_cites(marker: str, listed: str) -> None:
    now = datetime(2025, 1, 1, tzinfo=UTC)
    page = _page(marker, listed).encode()
    item = json.loads(spelled("a", parse(Received("a.html", OWN, OWN, page, now, "text/html"))))

    cited = [
        (claim["exact"].rstrip("."), found)
        for claim in item["claims"]
        if (
            found := [
                (each["marker"], each["url"])
                for each in claim["citations"]
                if each["form"] not in IDLE
            ]
        )
    ]
    assert cited == list(_expected())
    assert {each["url"] for each in item["references"]} == {url for _, url in SOURCES.values()}
