"""The parts of an audit -> where links lead to in it, and from where; and a list of contents.

Only our own words become links: an article's "see claim 3" stays what it is.
"""

import re
from html import escape

from markdown_it.token import Token

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3}){0,4}"
_ARTICLE = re.compile(rf"Article ({_NUMBER}): ")
_CLAIM = re.compile(rf"\*\*({_NUMBER})\.\*\* ")
_ROW = re.compile(rf"({_NUMBER})\. ")
_AT = re.compile(rf"^At claim ({_NUMBER})(?=: )")
_IN = re.compile(rf"(?<=\b(?:in|by) )claims? {_NUMBER}(?:, {_NUMBER})*+$")
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

    Attributes:
        has_lines: Whether the lines of the part that was reached may name claims.
    """

    def __init__(self, *, several: bool) -> None:
        self.has_lines = False
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

    def heading(self, tag: str, words: str, shown: str) -> str | None:
        """The name of the heading that comes next, or None where nothing leads to it.

        Args:
            tag: "h2".
            words: As Markdown.
            shown: As they are read.
        """
        if tag in ("h2", self._part_level):
            self._part = words
            self.has_lines = words == _FINDINGS or words in _ENDING
        if tag != "h2":
            return None
        if article := _ARTICLE.match(words):
            self._of = f"article-{_digits(article[1])}"
            self._articles += 1
            self._contents.append((self._of, _cut(shown)))
            return self._of
        number = len(self._contents) - self._articles + 1
        self._contents.append((f"part-{number}", words))
        return f"part-{number}"

    def claim(self, paragraph: str) -> str | None:
        """The name of the claim that a paragraph of Markdown is, where it is told in full."""
        claim = _CLAIM.match(paragraph) if self._part == _CLAIMS else None
        return _claim(self._of, claim[1]) if claim else None

    def row(self, cell: str) -> str | None:
        """The name of the article of which a cell of Markdown begins the row."""
        row = _ROW.match(cell) if self._part == _SUMMARY else None
        return f"article-{_digits(row[1])}" if row else None

    def line(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a line of a part that `has_lines`, changed: with links to its claims."""
        if self._part == _FINDINGS:
            return _linked(tokens, 0, _AT, self._of)
        return _linked(tokens, -1, _IN, self._of)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _linked(children: list[Token], at: int, words: re.Pattern[str], of: str) -> list[Token]:
    """The parts of a line, the claims that its part `at` names being links to them."""
    found = words.search(children[at].content) if children else None
    if found is None or children[at].type != "text":
        return children
    line = children[at].content
    parts = [_text(line[: found.start()])]
    for piece in re.split(rf"({_NUMBER})", found[0]):
        named = [_text(piece)]
        parts += _link(_claim(of, piece), named) if piece[:1].isdigit() else named
    parts.append(_text(line[found.end() :]))
    children[at : at + 1 or None] = parts
    return children


def _link(id: str, inside: list[Token]) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": f"#{id}"})
    return [opened, *inside, Token("link_close", "a", -1)]


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _claim(of: str, number: str) -> str:
    return f"{of}{'-' if of else ''}claim-{_digits(number)}"


def _digits(number: str) -> str:
    return number.replace(",", "")
