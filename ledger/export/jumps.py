"""The tokens of an audit -> the same, with links to what it speaks of, and a list of contents.

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


def jumps(tokens: list[Token], *, several: bool) -> list[Token]:
    """Names for headings and claims, and links to them.

    Args:
        tokens: Of the Markdown of an audit; they are changed.
        several: Whether it is of a set, in which the parts of each article are a level deeper.
    """
    contents: list[tuple[str, str]] = []
    part_level = "h3" if several else "h2"
    of, part = "", ""
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            part = after.content if token.tag in ("h2", part_level) else part
            if token.tag == "h2" and (article := _ARTICLE.match(part)):
                of = f"article-{_digits(article[1])}"
                token.attrSet("id", of)
            elif token.tag == "h2":
                contents.append((f"part-{len(contents) + 1}", part))
                token.attrSet("id", contents[-1][0])
        elif token.type == "paragraph_open" and (claim := _CLAIM.match(after.content)):
            if part == _CLAIMS:
                token.attrSet("id", _claim(of, claim[1]))
        elif token.type == "paragraph_open" and part == _FINDINGS:
            after.children = _linked(after.children or [], 0, _AT, of)
        elif token.type == "paragraph_open" and part in _ENDING:
            after.children = _linked(after.children or [], -1, _IN, of)
        elif token.type == "td_open" and part == _SUMMARY and (row := _ROW.match(after.content)):
            after.children = _link(f"article-{_digits(row[1])}", after.children or [])
    first = next(at for at, token in enumerate(tokens) if token.tag == "h2")
    parts = _parted(tokens[first:]) if several else tokens[first:]
    return [*tokens[:first], _contents(contents), *parts]


def _parted(tokens: list[Token]) -> list[Token]:
    """The tokens, each second heading beginning a section: one out of sight is not laid out."""
    parted: list[Token] = []
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h2":
            parted.append(_html("</section>\n<section>\n" if parted else "<section>\n"))
        parted.append(token)
    return [*parted, _html("</section>\n")]


def _contents(contents: list[tuple[str, str]]) -> Token:
    links = "\n".join(f'<a href="#{id}">{escape(name)}</a>' for id, name in contents)
    return _html(f"<nav>\n{links}\n</nav>\n")


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)


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
