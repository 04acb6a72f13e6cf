"""A change to a text -> the same change, but for its code: what code says is no citation."""

import re
from collections.abc import Callable
from itertools import chain

from ledger.patterns import later

CODE = later(r"(`{1,3})(?!`)([^`\n]{1,2000}+)\1(?!`)")
"""Code within a line."""
_CODE_OR_FENCED = later(
    r"^[ \t]{0,8}(?P<fence>`{3,12}|~{3,12})[^`\n]{0,40}\n"
    r"(?:(?![ \t]{0,8}(?P=fence)).*\n)*+[ \t]{0,8}(?P=fence)"
    r"|(`{1,3})(?!`)([^`\n]{1,2000}+)\2(?!`)",
    re.M,
)
HIDDEN = "\ufdd2"
"""Stands for code that is kept away from a change: a Unicode noncharacter, never legal in text."""


def has_code(text: str) -> bool:
    """Whether a text may have code of which `outside_code` keeps a change away."""
    return ("`" in text or "~~~" in text) and HIDDEN not in text


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text as `change` gives it, the code within its lines as it was.

    Where the change itself takes code away, it is made to the text with its code.
    """
    if not has_code(text):
        return change(text)
    code: list[str] = []

    def hide(match: re.Match[str]) -> str:
        code.append(match[0])
        return HIDDEN

    pieces = change(_CODE_OR_FENCED.sub(hide, text)).split(HIDDEN)
    if len(pieces) != len(code) + 1:
        return change(text)
    return "".join(chain.from_iterable(zip(pieces, [*code, ""], strict=True)))
