"""Numbers that were set high and lost their height -> numbers set high again.

A copy of a page, or a report exported as plain text, glues them behind the stop: "inheritance.15
This", "低い。3". They count only where the reference list has them.
"""

import re
from collections.abc import Iterator

_NUMBERS = r"[0-9]{1,3}(?:, ?[0-9]{1,3}){0,6}"
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_GLUED = re.compile(
    rf"(?P<stop>[.!?…。！？,;，；、][\"”’»」』）)*]{{0,3}})(?P<numbers>{_NUMBERS})"
    rf"(?=\*{{0,2}}(?:\s|$|[|{_WIDE}]))"
)
_CARRIES = re.compile(
    r"(?:(?P<word>[^\W\d_]{1,12})|[)\]\"”’%»」』）*-]|(?<![0-9.,])(?:19|20)[0-9]{2})\Z"
)
"""What stands before the stop: a word, its like, or a year; a number would go on ("3.5")."""
_REACH = 13
"""Characters before the stop that are looked at."""
_OPENS = re.compile(r"\*{0,2}(?:\s{1,4}(?![a-zà-öø-ÿа-яёєіїґ])|\s*$|[|" + _WIDE + r"])", re.M)
"""What follows where a sentence ends: no small letter."""
_APART = re.compile(
    r"((?<![A-Za-z])[A-Za-z)\]\"”’%*-]{3,24}|(?<![0-9])(?:19|20)[0-9]{2})"
    r" ([0-9]{1,3}(?:, ?[0-9]{1,3}){0,6})"
    r"(?=[,;)](?:\s|$)|\s(?:and|or|but|while|whereas|which|where|because|although|though|including|"
    r"such|is|are|was|were|can|may|makes?|has|have|to)\b)"
)
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
    """The numbers glued behind what ends a sentence, in reading order."""
    for match in _GLUED.finditer(text):
        ends = match["stop"][0] not in ",;，；、" and _OPENS.match(text, match.end())
        if ends and _carries(match):
            yield from _labels(match["numbers"])


def raise_glued(raw: str, listed: frozenset[str]) -> str:
    """The text with the numbers of the list set high, in tags, where they are glued or apart."""

    def glued(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match["numbers"])) and _carries(match)
        return f"{match['stop']}<sup>{match['numbers']}</sup>" if known else match[0]

    def apart(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match[2])) and match[1].lower() not in _COUNTS
        return f"{match[1]} <sup>{match[2]}</sup>" if known else match[0]

    return _APART.sub(apart, _GLUED.sub(glued, raw))


def _labels(numbers: str) -> list[str]:
    return [number.strip() for number in numbers.split(",")]


def _carries(match: re.Match[str]) -> bool:
    """Whether a number glued there can be a marker: not behind another, nor in "Fig.2"."""
    found = _CARRIES.search(match.string, max(0, match.start() - _REACH), match.start())
    return found is not None and (found["word"] or "").lower() not in _SHORTENED
