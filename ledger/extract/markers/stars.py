r"""Stars of Markdown that emphasise nothing -> stars that stay: "the price*", "terms apply*".

A star is markup where another closes what it opens. One without its other is a character that the
author wrote, mostly the sign of a note, and is escaped. Two stars without their others are bold
that somebody cut in half: they go.
"""

import re

from ledger.patterns import later

_STAR = later(r"\*(?<![*\\>]\*)(?!\*|(?<=[A-Za-z]\*)(?:\[[^\[\]\n]{0,100}\]){0,2}\{)")
"""A star alone, but for that of a command: "\\citep*[p. 3]{roe}"."""
_IN_ADDRESS = re.compile(r"://[^\s*]{0,2000}\*")


def with_lone_stars(raw: str) -> str:
    """The characters of a block, its lone stars escaped.

    As it is where code or an address may hold stars, and where three in a row open two emphases.
    """
    if "*" not in raw.replace("**", ""):
        return raw
    if "`" in raw or "***" in raw or _IN_ADDRESS.search(raw):
        return raw
    opened: int | None = None
    lone: list[int] = []
    for match in _STAR.finditer(raw):
        at, end = match.span()
        closes = at > 0 and not raw[at - 1].isspace()
        opens = end < len(raw) and not raw[end].isspace()
        if opens and raw[at - 1 : at] == "/" and raw[end].isalnum():
            closes = False  # "*1/*17": behind a stroke and before a word it can only open
        if closes and opened is not None:
            opened = None
        elif opens:
            lone += [] if opened is None else [opened]
            opened = at
        elif closes:
            lone.append(at)
    lone += [] if opened is None else [opened]
    begins = [0, *sorted(lone)]
    return "\\".join(raw[a:b] for a, b in zip(begins, [*begins[1:], len(raw)], strict=True))
