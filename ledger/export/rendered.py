"""The Markdown of an audit -> HTML: it reads what the other modules here write, and nothing else.

A reader of all that Markdown may be takes five times as long for it. Whatever comes from outside is
escaped in the Markdown (`markup`); here it becomes text, and only our own signs become tags.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape

from markdown_it.common.normalize_url import normalizeLinkText

from ledger.export.cells import visible
from ledger.export.jumps import Jumps

_SIGNS = re.compile(r"""\\(.)|<([^<>]*)>|`([^`]*)`|\*\*([^*\\]*+(?:\\.[^*\\]*+)*+)\*\*|["\n]""")
"""An escaped character, an address, code, bold words, quotation marks and the end of a line."""
_ALONE = {'"': "&quot;", "\n": "<br>\n"}
_HEADING = re.compile("(#{1,4}) ")
_ENCODED = re.compile("%|xn--", re.IGNORECASE)
"""What is decoded in the words of an address: signs, and names of hosts."""
_ITEM = "- "
_RIGHT = "---:"
"""Below the head of a column: its cells are numbers."""


def rendered(part: str, jumps: Jumps) -> str:
    """A part of an audit as HTML, with the names and links of `jumps`."""
    return "".join(_block(block, jumps) for block in part.split("\n\n") if block)


def inline(words: str) -> str:
    """The words of one block as HTML."""
    return _SIGNS.sub(_sign, words)


def _block(block: str, jumps: Jumps) -> str:
    if block.startswith(_ITEM):
        items = block.removeprefix(_ITEM).split(f"\n{_ITEM}")
        listed = "".join(f"<li>{_words(item, jumps)}</li>\n" for item in items)
        return f"<ul>\n{listed}</ul>\n"
    if block.startswith("| "):  # one that is wider than the window is moved by itself
        return f'<div class="wide"><table>\n{"".join(_table(block, jumps))}</table></div>\n'
    if heading := _HEADING.match(block):
        tag, words = f"h{len(heading[1])}", block[heading.end() :]
        html = inline(words)
        return f"<{tag}{_id(jumps.heading(tag, words, html))}>{html}</{tag}>\n"
    return f"<p{_id(jumps.claim(block))}>{_words(block, jumps)}</p>\n"


def _id(name: str | None) -> str:
    return f' id="{name}"' if name else ""


def _words(block: str, jumps: Jumps) -> str:
    """The words of a paragraph or an item, the claims that they name being links to them."""
    lines = "\n".join(map(str.strip, block.split("\n")))
    return "".join(
        inline(words) if to is None else _link(to, words) for words, to in jumps.linked(lines)
    )


def _table(block: str, jumps: Jumps) -> Iterator[str]:
    heads, rule, *rows = (line[2:-2].split(" | ") for line in block.split("\n"))
    numbers = [mark == _RIGHT for mark in rule]
    yield f"<thead>\n{_row('th', map(inline, heads), numbers)}</thead>\n<tbody>\n"
    for cells in rows:
        yield _row("td", (_cell(cell, jumps) for cell in cells), numbers)
    yield "</tbody>\n"


def _row(tag: str, cells: Iterable[str], numbers: Iterable[bool]) -> str:
    """A cell of figures has a short class: a large audit has a hundred thousand of them."""
    marked = (
        f'<{tag} class="n">{cell}</{tag}>\n' if number else f"<{tag}>{cell}</{tag}>\n"
        for cell, number in zip(cells, numbers, strict=True)
    )
    return f"<tr>\n{''.join(marked)}</tr>\n"


def _cell(words: str, jumps: Jumps) -> str:
    to = jumps.row(words)
    return inline(words) if to is None else _link(to, words)


def _link(to: str, words: str) -> str:
    return f'<a href="#{to}">{inline(words)}</a>'


def _sign(found: re.Match[str]) -> str:
    character, url, code, bold = found.groups()
    if character is not None:
        return str(character)
    if url is not None:
        return _address(url)
    if code is not None:
        return f"<code>{_text(code)}</code>"
    return _ALONE[found[0]] if bold is None else f"<strong>{inline(bold)}</strong>"


@lru_cache(1 << 12)  # each is in a claim, in the list, and often in more
def _address(url: str) -> str:
    """A link; what would act in its words, which are decoded, is shown."""
    words = visible(normalizeLinkText(url)) if _ENCODED.search(url) else url
    return f'<a href="{_text(url)}">{_text(words)}</a>'


def _text(words: str) -> str:
    return escape(words, quote=False).replace('"', "&quot;")
