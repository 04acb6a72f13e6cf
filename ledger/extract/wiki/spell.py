"""Text of wikitext -> the same as Markdown spells it: characters, code and quotations."""

import re

LINE_MARK = "\ufdd2"
"""What stands before the marks of a list, so that they reach the writer as text: a noncharacter."""
TABLE_MARKS = tuple(map(chr, range(0xFDD4, 0xFDDA)))
"""What stands for the marks of tables: noncharacters, too."""
_NO_MARKS = str.maketrans(dict.fromkeys((LINE_MARK, *TABLE_MARKS), ""))
STYLE = re.compile(r"'{2,}")
"""Apostrophes that make what is between them bold or italic."""
_ESCAPED = re.compile(r"[\\`*<>~|\[\]^_]|&(?!#?\w{1,31};)")


def without_marks(text: str) -> str:
    """Text without the noncharacters that stand for marks."""
    return text.translate(_NO_MARKS)


def escaped(text: str) -> str:
    """Text of which no character is markup of Markdown."""
    return _ESCAPED.sub(_spelled, text)


_OPENS = re.compile("&#(?:91|94);|[［【〔〖]")
"""How the signs that begin a marker are escaped, or stand where Markdown has no use for them."""


def unmarked(text: str) -> str:
    """Escaped text in which no bracket and no caret begins a marker."""
    return _OPENS.sub(r"\g<0><b></b>", text)


def plain(text: str) -> str:
    """Text without the characters that would be markup of Markdown."""
    return _ESCAPED.sub("", text)


def without_style(text: str) -> str:
    """Text without the apostrophes that make it bold or italic."""
    return STYLE.sub(_left_of, text)


def _spelled(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _left_of(match: re.Match[str]) -> str:
    """The apostrophes that are left of some when bold and italics are gone: "L''''Alder"."""
    count = len(match[0])
    return "'" * (1 if count == 4 else max(0, count - 5))


def fenced(code: str) -> str:
    """Code as it stands, in a fence that nothing in it closes."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"\n\n{fence}\n{code}\n{fence}\n\n"


def quoted(text: str) -> str:
    """Words as a quotation of their own."""
    lines = (f"> {line}" for line in text.strip().split("\n"))
    return "\n\n" + "\n".join(lines) + "\n\n"
