"""A text -> the numbers and ids in round brackets that stand as citations do: "It fell (3)."."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from ledger.extract.markers.numbers import NUMBERS, expand, plausible
from ledger.patterns import later

_BLANK = "[ \u00a0]"
_IDS = r"[A-Z]{1,3}-?[0-9]{1,4}(?:\s?[,;]\s?[A-Z]{1,3}-?[0-9]{1,4}){0,9}"
_PARTS = later(r"\s?[,;]\s?")
_ROUND = later(
    rf"\((?:(?<=[^\W\d_]\()|(?<=[^\W\d_]{_BLANK}\()|(?<=[^\W\d_]{_BLANK}{_BLANK}\()"
    rf"|(?<=[%”»’)\"*]{_BLANK}\()|(?<=[%”»’)\"*]{_BLANK}{_BLANK}\()"
    r"|(?<=[%”»’)\"]\()|(?<=[0-9]\)\()"
    rf"|(?<=\b(?:19|20)[0-9]{{2}}{_BLANK}\()|(?<=\s(?:19|20)[0-9]{{2}}\())"
    rf"((?:(?!0){NUMBERS}|{_IDS}))\)"
    r"(?=[.,;:!?。，；]|\([0-9]|\s*$)",
    re.M,
)
"""Numbers or ids in round brackets, behind a word and before a stop: no item's counter."""
_ROUND_BEHIND = later(
    rf"(?:(?<=[.!?…。”\"’]{_BLANK})|(?<=[.!?…。”\"’]{_BLANK}{_BLANK}))\(({NUMBERS})\)"
    r"(?=\s+[^\W\d_a-z]|\s*$)"
)
_ROUND_ENDS_LINE = later(rf"[.!?…。”\"’]{_BLANK}{{1,2}}\({NUMBERS}\)\s*$", re.M)
"""The same behind a stop, in lines that end with one: a counter has its item behind it."""
_ROUND_GLUED = later(
    rf"\((?:(?<=[^\W\d_][.!?]\()|(?<=%\.\()|(?<=(?:19|20)[0-9]{{2}}\.\())({NUMBERS})\)(?=\s|$)"
)
"""The same glued behind a stop: "alone.(1) Until", "since 2019.(2)"."""
HAS_NUMBER = later(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|grades?|eqs?\.|equations?|formulas?|items?|steps?|options?|(?:sub)?(?:paragraph|section|clause)s?|"
    r"gleichung(?:en)?|absatz|équations?|alinéa|ecuación|уравнени[еяю]|формул[аеуы]|пункт[ае]?)$",
    re.I,
)
"""Words whose own number stands in round brackets behind them: "equation (2)", "two (2)"."""
_OUTNUMBERED = 4
"""How many numbers in round brackets outweigh one exponent, or one number in square brackets."""
_FEWEST = 3
"""Different numbers, each in brackets, that are no chance: two are an age and a score."""
_LONGEST_WORD = 20
"""Characters of the last word before a bracket: the longest of `HAS_NUMBER` has 13, and a space."""
_LATEST_FIRST, _WIDEST_GAP = 9, 3
"""The first number of a text that is cited, and how far one goes beyond those before it at most.
Chosen: sources are counted as they are cited, but some are left out by converters."""


def rounded_in(text: str) -> Iterator[str]:
    """The numbers and ids in round brackets that stand as citations do."""
    for inside in _brackets(text):
        yield from _labels(inside)


def counted_rounded(text: str) -> list[str]:
    """The numbers in round brackets of a text without a list, where they count as citations do.

    Several that begin low and go up with hardly a gap, each the first time that it stands; ages,
    points and goals do not. None of what a word before them counts: "equation (2)". In reading
    order, repeated as the text has them; empty where they are no numbering.
    """
    insides = [
        match[1]
        for match in _ROUND.finditer(text)
        if match[1][0].isdecimal() and not HAS_NUMBER.search(_before(match))
    ]
    found = [label for inside in insides for label in _labels(inside)]
    first = [int(label) for label in dict.fromkeys(found)]
    if min(len(first), len(set(insides))) < _FEWEST:  # a scale, "Rating (1-4)", is one bracket
        return []
    steps = all(0 < after - before <= _WIDEST_GAP for before, after in pairwise(first))
    return found if first[0] <= _LATEST_FIRST and steps else []


def _before(match: re.Match[str]) -> str:
    begin = match.start()
    return match.string[max(0, begin - _LONGEST_WORD) : begin].rstrip()


def is_rounded(
    text: str, known: frozenset[str], others: frozenset[str], glued: frozenset[str]
) -> bool:
    """Whether more of a list is cited in round brackets than set high, glued or in brackets."""
    if len(others) * _OUTNUMBERED > len(known):
        return False
    brackets = _brackets(text)
    found = (label for inside in brackets for label in _labels(inside))
    cited = [label for label in found if not label.isdecimal() or plausible(label)]
    named = known.intersection(cited)
    # One number in other brackets is a slip where half of the list is cited in round ones.
    slip = len(others) == 1 and known.issuperset(cited) and len(named) * 2 >= len(known)
    needed = _FEWEST if slip else len(others) * _OUTNUMBERED
    if (needed if others else 0) > len(named) or len(glued) > min(len(named), len(set(brackets))):
        return False  # one range, "marked from worst to best (1-8).", outweighs no glued numbers
    if len(cited) >= _FEWEST and known.issuperset(cited):
        return True
    listed = sum(label in known for label in cited)
    often = len(named) > _FEWEST and listed * 10 >= len(cited) * 9
    return often or len(named) * 2 >= len(known)


def _brackets(text: str) -> list[str]:
    found: list[str] = _ROUND.findall(text) + _ROUND_GLUED.findall(text)
    for last in _ROUND_ENDS_LINE.finditer(text):
        begin = text.rfind("\n", 0, last.start()) + 1
        found += _ROUND_BEHIND.findall(text, begin, last.end())
    return found


def _labels(inside: str) -> Collection[str]:
    return expand(inside) or () if inside[0].isdecimal() else _PARTS.split(inside)
