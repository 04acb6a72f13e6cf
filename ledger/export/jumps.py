"""What an audit speaks of -> names for it and links to it; and a list of contents.

Only our own words become links: an article's "see claim 3" stays what it is.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){0,4}"
_ARTICLE = re.compile(rf"Article ({_NUMBER}): ")
_CLAIM = re.compile(rf"\*\*({_NUMBER})\.\*\* ")
_ROW = re.compile(rf"({_NUMBER})\. ")
_AT = re.compile(rf"^At claim ({_NUMBER})(?=: )")
_IN = re.compile(rf"(?<=\b(?:in|by) )claims? {_NUMBER}(?:, {_NUMBER})*+$")
_TAG = re.compile("<[^<>]*>")
_SUMMARY, _FINDINGS, _CLAIMS = "Summary", "1. Findings", "5. All claims in reading order"
_ENDING = ("Withdrawn", "2. Gaps", "6. Covered and uncited claims", "7. The reference list as read")
"""Parts whose lists have lines that end with claims in our own words."""

_FEW, _LONGEST = 30, 70
"""Articles of which the contents name each (of more the summary has the links), and characters of
such a name."""


class Jumps:
    """Names for headings and claims, links to them, and the list of contents.

    Args:
        several: Whether the audit is of a set, in which the parts of each article are a level
            deeper.
    """

    def __init__(self, *, several: bool) -> None:
        self._part_level = "h3" if several else "h2"
        self._contents: list[tuple[str, str]] = []
        self._articles = 0
        self._of, self._part = "", ""

    def contents(self) -> str:
        """Links to the parts that there were, as HTML, and to the articles where they are few."""
        links = "\n".join(
            f'<a href="#{id}">{escape(name)}</a>'
            for id, name in self._contents
            if self._articles <= _FEW or id.startswith("part-")
        )
        return f"<nav>\n{links}\n</nav>\n"

    def heading(self, tag: str, words: str, html: str) -> str | None:
        """The name of a heading, which has the next paragraphs and cells behind it."""
        if tag in ("h2", self._part_level):
            self._part = words
        if tag != "h2":
            return None
        if article := _ARTICLE.match(words):
            self._of = f"article-{_digits(article[1])}"
            self._articles += 1
            self._contents.append((self._of, _heading(html)))
            return self._of
        name = f"part-{len(self._contents) - self._articles + 1}"
        self._contents.append((name, words))
        return name

    def claim(self, words: str) -> str | None:
        """The name of a paragraph, where it is a claim among all of them."""
        claim = _CLAIM.match(words) if self._part == _CLAIMS else None
        return _claim(self._of, claim[1]) if claim else None

    def row(self, cell: str) -> str | None:
        """To what a cell of a table leads."""
        row = _ROW.match(cell) if self._part == _SUMMARY else None
        return f"article-{_digits(row[1])}" if row else None

    def linked(self, line: str) -> Iterator[tuple[str, str | None]]:
        """The words of a paragraph or an item in pieces, each with that to which it leads."""
        found = None
        if self._part == _FINDINGS:
            found = _AT.search(line)
        elif self._part in _ENDING and not _CLAIM.match(line):
            found = _IN.search(line)
        if found is None:
            yield line, None
            return
        yield line[: found.start()], None
        for piece in re.split(rf"({_NUMBER})", found[0]):
            yield piece, _claim(self._of, piece) if piece[:1].isdigit() else None
        yield line[found.end() :], None


def _heading(html: str) -> str:
    """The words of a heading as they are read, cut where they are many."""
    words = unescape(_TAG.sub("", html))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _claim(of: str, number: str) -> str:
    return f"{of}{'-' if of else ''}claim-{_digits(number)}"


def _digits(number: str) -> str:
    return number.replace(",", "")
