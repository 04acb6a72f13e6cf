"""The tokens of an audit -> the same, with links to what it speaks of; and a list of contents.

Only our own words become links: an article's "see claim 3" stays what it is.
"""

import re
from html import escape
from itertools import pairwise

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
    """

    def __init__(self, *, several: bool) -> None:
        self._part_level = "h3" if several else "h2"
        self._contents: list[tuple[str, str]] = []
        self._articles = 0
        self._of, self._part = "", ""

    def set_into(self, tokens: list[Token]) -> list[Token]:
        """The tokens of the next piece of the audit, changed: every heading has its text in it."""
        for token, after in pairwise(tokens):
            if token.type == "heading_open":
                self._head(token, after)
            elif token.type == "paragraph_open":
                self._paragraph(token, after)
            elif token.type == "td_open":
                self._cell(after)
        return tokens

    def contents(self) -> str:
        """Links to the parts that there were, as HTML, and to the articles where they are few."""
        links = "\n".join(
            f'<a href="#{id}">{escape(name)}</a>'
            for id, name in self._contents
            if self._articles <= _FEW or id.startswith("part-")
        )
        return f"<nav>\n{links}\n</nav>\n"

    def _head(self, token: Token, inside: Token) -> None:
        words = inside.content
        if token.tag in ("h2", self._part_level):
            self._part = words
        if token.tag == "h2" and (article := _ARTICLE.match(words)):
            self._of = f"article-{_digits(article[1])}"
            self._articles += 1
            token.attrSet("id", self._of)
            self._contents.append((self._of, _heading(inside)))
        elif token.tag == "h2":
            number = len(self._contents) - self._articles + 1
            token.attrSet("id", f"part-{number}")
            self._contents.append((f"part-{number}", words))

    def _cell(self, inside: Token) -> None:
        if self._part == _SUMMARY and (row := _ROW.match(inside.content)):
            inside.children = _link(f"article-{_digits(row[1])}", inside.children or [])

    def _paragraph(self, token: Token, inside: Token) -> None:
        if claim := _CLAIM.match(inside.content):
            if self._part == _CLAIMS:
                token.attrSet("id", _claim(self._of, claim[1]))
        elif self._part == _FINDINGS:
            inside.children = _linked(inside.children or [], 0, _AT, self._of)
        elif self._part in _ENDING:
            inside.children = _linked(inside.children or [], -1, _IN, self._of)


def _heading(inside: Token) -> str:
    """The words of a heading as they are read, cut where they are many."""
    words = "".join(child.content for child in inside.children or ())
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
