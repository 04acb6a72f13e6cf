"""One article, its citations written in every dialect and its list in every way: it says the same.

What is read of an article must not depend on how it cites. The pairs are all those that anybody
would write; headings and places of markers take turns over them. The list leaves numbers out, as
where a program names only what it used.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest

from ledger.inputs.receive import Received
from ledger.pipeline.item import spelled
from ledger.pipeline.parse import parse

Write = Callable[[Sequence[str]], str]

SOURCES = {
    "1": ("Rents in the north", "https://council.example/rents?year=2024"),
    "2": ("The harbour report (2023)", "https://gazette.example/harbour_(report)"),
    "3": ("Wages, prices and 12 towns", "https://statistics.example/2024/03/wages.pdf"),
    "4": ("Ships: an overview", "http://ships.example/"),
    "5": ("Who pays for the bridge?", "https://review.example/a/b-c/bridge.html"),
    "6": ("Trains in winter - Northern Rail", "https://rail.example/news/12345"),
    "9": ("A page that nobody cites", "https://rail.example/news/67890"),
}
ENGLISH = """# Rents and ships

Rents rose by a third in 2024{1}. They fell by 2 percent the year before, the council said{1,2}.

## Why

Dr. Novak calls it “a wave”{3}. Ships wait outside the harbour for 11 days{2,3,4}. Nobody knows why.

- Wages fell in 12 towns{3,5}.
- Trains ran late (in part because of snow){6}.

The U.S. bridge cost $4.5 million{5}. Its owner paid nothing{1,6}.
"""
CHINESE = """# 房租与船只

2024年北部的房租上涨了三分之一{1}。前一年曾下降百分之二，市议会表示{1,2}。

## 原因

诺瓦克博士称之为“一波浪潮”{3}。船只在港外等候11天{2,3,4}。没有人知道原因。

- 12个城镇的工资下降{3,5}。
- 火车晚点（部分由于大雪）{6}。

这座桥耗资450万美元{5}。桥的主人分文未付{1,6}。
"""
ARTICLES = {"english": ENGLISH, "chinese": CHINESE}
_MARK = re.compile(r"\{([0-9,]+)\}([.。]?)")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _address(number: str) -> str:
    return SOURCES[number][1]


def _ranges(numbers: Sequence[str]) -> str:
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 2 else ", ".join(numbers)


MARKERS: dict[str, Write] = {
    "[1][2]": lambda n: "".join(f"[{each}]" for each in n),
    "[1, 2]": lambda n: f"[{', '.join(n)}]",
    "[1; 2]": lambda n: f"[{'; '.join(n)}]",
    "[2–4]": lambda n: f"[{_ranges(n)}]",
    "[1], [2]": lambda n: ", ".join(f"[{each}]" for each in n),
    " [1] [2]": lambda n: " " + " ".join(f"[{each}]" for each in n),
    "【1】【2】": lambda n: "".join(f"【{each}】" for each in n),
    "【1†L10-L20】": lambda n: "".join(f"【{each}†L10-L20】" for each in n),
    "［1］": lambda n: "".join(f"［{each}］" for each in n),
    "\\[1\\]": lambda n: "".join(f"\\[{each}\\]" for each in n),
    "<sup>1,2</sup>": lambda n: f"<sup>{','.join(n)}</sup>",
    "<sup>[1][2]</sup>": lambda n: f"<sup>{''.join(f'[{each}]' for each in n)}</sup>",
    "^1,2^": lambda n: f"^{','.join(n)}^",
    "[^1^]": lambda n: "".join(f"[^{each}^]" for each in n),
    "$^{1,2}$": lambda n: f"$^{{{','.join(n)}}}$",
    "¹˒²": lambda n: "˒".join(each.translate(_HIGH) for each in n),
    "[[1]](address)": lambda n: "".join(f"[[{each}]]({_address(each)})" for each in n),
    "[1](address)": lambda n: " ".join(f"[{each}]({_address(each)})" for each in n),
    "<a>[1]</a>": lambda n: "".join(f'<a href="{_address(each)}">[{each}]</a>' for each in n),
    "<sup><a>1</a></sup>": lambda n: "".join(
        f'<sup><a href="#ref{each}">{each}</a></sup>' for each in n
    ),
    " (1, 2)": lambda n: f" ({', '.join(n)})",
    " (1)(2)": lambda n: " " + "".join(f"({each})" for each in n),
    "[citation:1]": lambda n: "".join(f"[citation:{each}]" for each in n),
    " [cite: 1, 2]": lambda n: f" [cite: {', '.join(n)}]",
    " [Source 1, Source 2]": lambda n: f" [{', '.join(f'Source {each}' for each in n)}]",
    " **[1, 2]**": lambda n: f" **[{', '.join(n)}]**",
    " [src1][src2]": lambda n: " " + "".join(f"[src{each}]" for each in n),
    "[#1][#2]": lambda n: "".join(f"[#{each}]" for each in n),
    "⟨1, 2⟩": lambda n: f"⟨{', '.join(n)}⟩",
    " {1,2}": lambda n: f" {{{','.join(n)}}}",
    "^(1,2)": lambda n: f"^({','.join(n)})",
    "（1）（2）": lambda n: "".join(f"（{each}）" for each in n),
    "[chunk_1]": lambda n: "".join(f"[chunk_{each}]" for each in n),
    " [ref=1]": lambda n: " " + "".join(f"[ref={each}]" for each in n),
    "⟦1⟧": lambda n: "".join(f"⟦{each}⟧" for each in n),
    " [1: Herald]": lambda n: " " + " ".join(f"[{each}: Herald]" for each in n),
    "^[1,2]": lambda n: f"^[{','.join(n)}]",
    " [1] and [2]": lambda n: " " + " and ".join(f"[{each}]" for each in n),
    "<cite>[1]</cite>": lambda n: "".join(f"<cite>[{each}]</cite>" for each in n),
}
LISTS: dict[str, Callable[[str, str, str], str]] = {
    "[1] title. address": lambda n, title, url: f"[{n}] {title}. {url}\n",
    "1. title. address": lambda n, title, url: f"{n}. {title}. {url}\n",
    "1. [title](address)": lambda n, title, url: f"{n}. [{title}](<{url}>)\n",
    "- [1] title — address": lambda n, title, url: f"- [{n}] {title} — {url}\n",
    "1. title / address": lambda n, title, url: f"{n}. {title}\n   {url}\n",
    "(1) title, address": lambda n, title, url: f"({n}) {title}, {url}\n\n",
    "1 title address": lambda n, title, url: f"{n} {title} {url}\n",
    "| 1 | title | address |": lambda n, title, url: f"| {n} | {title} | {url} |\n",
    "¹ title. address": lambda n, title, url: f"{n.translate(_HIGH)} {title}. {url}\n",
    "1. title, accessed": lambda n, title, url: (
        f"{n}. {title}, accessed August 3, 2025, [{url}](<{url}>)\n"
    ),
    "**[1]** title. <address>": lambda n, title, url: f"**[{n}]** {title}. <{url}>\n\n",
    "### [1] title / address": lambda n, title, url: f"### [{n}] {title}\n\n{url}\n\n",
    "#1 title address": lambda n, title, url: f"#{n} {title} {url}\n",
    "<p>[1] title. address</p>": lambda n, title, url: f'<p id="r{n}">[{n}] {title}. {url}</p>\n',
    "[1: title](address)": lambda n, title, url: f"[{n}: {title}](<{url}>)\n",
}
HEADS = ("## References", "**Sources:**", "### Works cited", "## 参考文献", "# Quellen", "Sources")
NO_HEAD = ""
NEED_HEADS = {" [1: Herald]", ("[1](address)", "### [1] title / address")}
"""Markers, or markers and lists, that nobody has seen without a head."""


def _written(article: str, write: Write, *, behind: bool) -> str:
    """The article with its markers, before the stops of their sentences or behind them."""

    def mark(match: re.Match[str]) -> str:
        marker, stop = write(match[1].split(",")), match[2]
        return f"{stop}{marker}" if behind else f"{marker}{stop}"

    return _MARK.sub(mark, article)


def _listed(entry: Callable[[str, str, str], str], head: str) -> str:
    entries = "".join(entry(number, *source) for number, source in SOURCES.items())
    columns = "| No. | Title | Address |\n|---|---|---|\n" if entries.startswith("|") else ""
    return f"\n{head}\n\n{columns}{entries}"


def _pairs() -> Iterator[tuple[str, str, str, str, bool]]:
    place = 0
    for marker in MARKERS:
        for entry in LISTS:
            for article in ARTICLES:
                place += 1
                behind = place % 3 == 0 and not marker.startswith((" (", "（"))
                bare = marker not in NEED_HEADS and (marker, entry) not in NEED_HEADS
                heads = (*HEADS, NO_HEAD) if bare else HEADS
                head = heads[place % len(heads)]
                yield article, marker, entry, head, behind


def _cited(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each claim that cites, and what: labels, and the addresses they lead to."""
    now = datetime(2025, 1, 1, tzinfo=UTC)
    at = "file:///article.md"
    item = json.loads(
        spelled("a", parse(Received("a.md", at, at, text.encode(), now, "text/markdown")))
    )
    assert not [reference for reference in item["references"] if reference["url"] is None]
    return [
        (claim["exact"].rstrip(".。 "), cited)
        for claim in item["claims"]
        if (cited := [(each["marker"], each["url"]) for each in claim["citations"]])
    ]


@pytest.mark.parametrize(("article", "marker", "entry", "head", "behind"), list(_pairs()))
@pytest.mark.no_cover
def test_an_article_says_the_same_however_it_cites(
    article: str, marker: str, entry: str, head: str, behind: bool
) -> None:
    prose = ARTICLES[article]
    text = _written(prose, MARKERS[marker], behind=behind) + _listed(LISTS[entry], head)

    sentences = [part.strip() for part in re.split(r"(?<=\})[.。]|\n", prose)]
    expected = [
        (
            _MARK.sub("", part).removeprefix("- "),
            [(n, _address(n)) for n in marks[-1][0].split(",")],
        )
        for part in sentences
        if (marks := _MARK.findall(part))
    ]
    assert _cited(text) == expected
