"""Text from outside -> Markdown that shows it, and is neither markup nor a link by it.

Safe also where a dialect knows no backslash before `<` (python-markdown): brackets and ampersands
are entities. What would be block markup at the start of a line is defused at the start of an item
of a list; no other line of an export may begin with what comes from outside. A viewer that makes
links of bare addresses in any text will do so with these, to what the reader sees.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

from ledger.export.cells import one_line

_MARKUP = re.compile(r"[&<>\\`*{}\[\]|~$^]|(?<![^\W_])_|_(?![^\W_])|#$")
"""A low line within a word means nothing, and addresses have many; a hash only ends a heading."""

_BLOCK = re.compile(r"\d++[.)](?!\S)|[+-](?!\S)|#")
"""What makes a list or a heading of a line that begins with it, and is left so far."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_WEB = re.compile(
    r"(https?://)((?:[\w.~%:@&+=-]+@)?(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?)((?:[/?#]\S*)?)",
    re.IGNORECASE,
)
"""Scheme, host and the rest. A host of other characters makes no link: nothing answers there."""

_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
"""What readers of Markdown write as "%25"."""


def plain(text: str) -> str:
    """Text on one line, for inside a line or a table cell; every character of it is shown."""
    return _MARKUP.sub(_escaped, one_line(text))


@lru_cache(1000)  # an audit tells of a page where it is cited, listed and relied on
def address(url: str) -> str:
    """A link that shows its own target, for http and https; any other address as plain text.

    What has no place in an address, or means something in a table or in brackets, is
    percent-encoded: it leads to the same page.
    """
    found = _WEB.fullmatch(url)
    if found is None:
        return plain(url)
    scheme, host, rest = found.groups()
    host = quote(host, safe="@:[]%&+=~", errors="replace")
    rest = quote(rest, safe="/?#@!$&'()*+,;=:%~", errors="replace")
    rest = _BARE_PERCENT.sub("%25", rest)
    return f"<{scheme}{host}{rest}>"


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0]) or f"\\{found[0]}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, text_columns: int = 1) -> str:
    """A table of cells that are Markdown already; all columns but the first few are numbers."""
    rule = ["---" if column < text_columns else "---:" for column in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def bullets(lines: Iterable[str]) -> str:
    """A list of lines that are Markdown already; "" for none.

    A line may begin with what comes from outside: an outlet may be called "1. FC Magazin".
    """
    return "\n".join(f"- {_no_block(line)}" for line in lines)


def _no_block(line: str) -> str:
    found = _BLOCK.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line
