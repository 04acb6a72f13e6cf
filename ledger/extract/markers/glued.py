"""Numbers that were set high and lost their height -> numbers set high again.

A copy of a page, or a report exported as plain text, glues them behind the stop: "inheritance.15
This", "低い。3". They count only where the reference list has them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ledger.patterns import later

_NUMBERS = r"[0-9]{1,3}(?:, ?[0-9]{1,3}){0,6}"
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_GLUED = later(
    rf"(?P<stop>[.!?…。！？।,;，；、][\"”’»」』）)*]{{0,3}})(?P<numbers>{_NUMBERS})"
    rf"(?=\*{{0,2}}(?:\s|$|[|{_WIDE}]))"
)
_CARRIES = later(
    r"(?:(?P<word>[^\W\d_]{1,12})|[)\]\"”’%»」』）*`\u0900-\u097f-]|(?<![0-9.,])(?:19|20)[0-9]{2})\Z"
)
"""What stands before the stop: a word, its like, or a year; a number would go on ("3.5")."""
_REACH = 13
"""Characters before the stop that are looked at."""
_OPENS = later(r"\*{0,2}(?:\s{1,4}(?![a-zà-öø-ÿа-яёєіїґ])|\s*$|[|" + _WIDE + r"])", re.M)
"""What follows where a sentence ends: no small letter."""
_APART = later(
    r"((?<![A-Za-z])[A-Za-z)\]\"”’%*-]{3,24}|(?<![0-9])(?:19|20)[0-9]{2})"
    r" ([0-9]{1,3}(?:, ?[0-9]{1,3}){0,6})"
    r"(?=[,;)](?:\s|$)|\s(?:and|or|but|while|whereas|which|where|because|although|though|including|"
    r"such|is|are|was|were|can|may|makes?|has|have|to)\b)"
)
_WIDE_APART = later(
    rf" (?<=[{_WIDE}）」』”%] )(?P<numbers>{_NUMBERS})(?=[。，、；！？]|\.(?:\s|$))"
)
"""How exports in Chinese, Japanese and Korean set them: "關閉 1。", where no figure stands so."""
_GOES_ON = later(r"(?:, ?[0-9]{1,3})*,? (?:and|or|to|&|und|et|y|e|–|-) [0-9]")
"""What goes on behind a number that is one of several: "Apollo 11, 12 and 14"."""
_NEAR = 80
_IN_ORDER = 9 / 10
"""How many of the numbers that a text first cites rise, where it numbers by first appearance."""
_COUNTS = frozenset(
    "table figure fig section chapter part level phase step stage grade act article no version "
    "class group appendix equation eq vol volume page pages day week month year age aged top and "
    "or of to in at by than about approximately around over under between from for with is are "
    "was were the a an january february march april may june july august september october "
    "november december route highway flight number question item line row column tables figures "
    "figs sections chapters parts levels phases steps stages grades articles versions classes "
    "groups equations volumes numbers questions items lines rows columns types days weeks months "
    "years hours minutes seconds percent versus vs only just nearly almost first last next".split()
)
"""Words before a number that is no citation, however it stands."""
_SHORTENED = frozenset(
    "fig figs table tables eq eqs no nos vol vols art arts sec ch p pp v".split()
)
"""The same where a stop stands between ("Fig.2"): "in 48 hours.1" ends a sentence."""


def glued_numbers(text: str) -> Iterator[str]:
    """The numbers glued behind what ends a sentence, or apart before a wide stop."""
    for match in _GLUED.finditer(text):
        ends = match["stop"][0] not in ",;，；、" and _OPENS.match(text, match.end())
        if ends and _carries(match):
            yield from _labels(match["numbers"])
    for match in _WIDE_APART.finditer(text):
        yield from _labels(match["numbers"])


def numbers_ahead(text: str) -> frozenset[str]:
    """Words with numbers behind them ("Windows 11") whose number no citation can have there.

    Where a text numbers its sources as it first cites them, a number stands at most one above all
    before it. None where it numbers them otherwise.
    """
    order = [int(number) for number in dict.fromkeys(glued_numbers(text))]
    rises = sum(b > a for a, b in pairwise(order))
    if rises < _IN_ORDER * (len(order) - 1):
        return frozenset()
    found: set[str] = set()
    glued = [
        (match.start(), max(map(int, _labels(match["numbers"]))))
        for match in _GLUED.finditer(text)
        if _carries(match)
    ]
    place = highest = 0
    for match in _APART.finditer(text):
        while place < len(glued) and glued[place][0] < match.start():
            highest = max(highest, glued[place][1])
            place += 1
        numbers = [int(label) for label in _labels(match[2])]
        if max(numbers) > highest + len(numbers):
            found.add(match[0])
        elif match[1].lower() not in _COUNTS:
            highest = max(highest, *numbers)
    return frozenset(found)


def raise_glued(raw: str, listed: frozenset[str], ahead: frozenset[str] = frozenset()) -> str:
    """The text with the numbers of the list set high, in tags, where they are glued or apart.

    Args:
        raw: The characters of a block.
        listed: The identifiers of the list.
        ahead: As `numbers_ahead` gives it.
    """

    def glued(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match["numbers"])) and _carries(match)
        return f"{match['stop']}<sup>{match['numbers']}</sup>" if known else match[0]

    def apart(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match[2])) and match[1].lower() not in _COUNTS
        if not known or match[0] in ahead or _counts(match):
            return match[0]
        return f"{match[1]} <sup>{match[2]}</sup>"

    def wide(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match["numbers"]))
        return f" <sup>{match['numbers']}</sup>" if known else match[0]

    return _WIDE_APART.sub(wide, _APART.sub(apart, _GLUED.sub(glued, raw)))


def _counts(match: re.Match[str]) -> bool:
    """Whether a number apart goes on as a list of numbers, or its word has another one near by."""
    text, at, end = match.string, match.start(), match.end()
    if _GOES_ON.match(text, end):
        return True
    word = re.escape(match[1])
    other = re.compile(rf"(?<![^\W\d_]){word} (?!{re.escape(match[2])}\b)[0-9]{{1,3}}\b")
    return bool(other.search(text, end, end + _NEAR) or other.search(text, max(0, at - _NEAR), at))


def _labels(numbers: str) -> list[str]:
    return [number.strip() for number in numbers.split(",")]


def _carries(match: re.Match[str]) -> bool:
    """Whether a number glued there can be a marker: not behind another, nor in "Fig.2"."""
    found = _CARRIES.search(match.string, max(0, match.start() - _REACH), match.start())
    return found is not None and (found["word"] or "").lower() not in _SHORTENED
