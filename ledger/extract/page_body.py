"""What stands in the body of a page, and whether a text is nothing else."""

import re

from ledger.patterns import later

_BODY = re.compile(r"<body\b[^<>]*+>(.*?)(?:</body>|\Z)", re.DOTALL | re.I)
_HEAD = re.compile(r"<head\b[^<>]*+>(?:[^<]|<(?!/?head\b))*+</head>", re.I)


def inside_body(page: str) -> str:
    """The inside of the body of a page; all but its head where it has none."""
    found = _BODY.search(page)
    return found[1] if found else _HEAD.sub("", page, count=1)


_BLOCK = later(
    r"<(?:article|section|main|div|header|p|h[1-6]|figure|blockquote|ul|ol|table)[\s>]", re.I
)
_ENDS = later(r"</[a-z][a-z0-9]{0,20}>\s*\Z", re.I)
_OTHER_BLOCK = later(r"\n[ \t]*\n[ \t]*(?!\n)(?!</?[A-Za-z]|<!--)\S")
_FEWEST = 2
"""Paragraphs of a page at least: one may be centred at the head of a text."""


def is_inside_body(text: str) -> bool:
    """Whether a text in Markdown is the inside of a page: each of its blocks is an element."""
    whole = text.strip()
    if not _BLOCK.match(whole) or whole.count("</p>") < _FEWEST:
        return False
    return _ENDS.search(whole[-40:]) is not None and not _OTHER_BLOCK.search(whole)
