"""A number glued behind a stop -> whether a marker can stand there, by what is before and behind.

It stands behind a word or its like, "inheritance.15 This"; not behind another number, "3.5", behind
what counts, "Fig.2", nor in a version, "Gull 2.5 Pro".
"""

import re

from ledger.extract.markers.doubtful import COUNTS, MONTHS
from ledger.letters import UNCASED, WIDE
from ledger.patterns import later

_CARRIES = later(
    r"(?:(?P<word>[^\W\d_]{1,12})\\?|(?P<money>[€$£¥₽₺₹₩])|(?P<colon>:)|(?P<escape>[0-9]\\)"
    rf"|[?‰°™®★)\]\"”“’%»」』）*`²³{UNCASED}-]\\?|(?<![0-9.,])(?:19|20)[0-9]{{2}}\\?"
    r"|(?P<month>[A-Z][a-z]{2,8}) [0-9]{1,2})\Z"
)
"""What stands before the stop: a word, its like, a year, or the day of a month ("May 7,3 he").
A number would go on ("3.5"), unless the stop is escaped ("for 30\\.5 Next"): no decimal needs that.
"""
REACH = 13
"""Characters before the stop that are looked at."""
OPENS = later(r"\*{0,2}(?:\s{1,4}(?![a-zà-öø-ÿа-яёєіїґ])|\s*$|\||" + WIDE + ")", re.M)
"""What follows where a sentence ends: no small letter."""
GOES_ON = later(r"(?:, ?[0-9]{1,3})*,? (?:and|or|to|&|und|et|y|e|–|-) [0-9]")
"""What goes on behind a number that is one of several: "Apollo 11, 12 and 14"."""
_BEHIND_DAY = later(r"(?P<day>[0-9]{1,2}),(?P<more>[0-9]{1,3})")
"""The day of a month, and the number behind its comma."""
_OF_FIGURE = later(
    rf"\s{{0,4}}(?:{WIDE}|Mill|Bill|Trill|Mio|Mrd|Mia|Crore|Lakh|Percent|Prozent"
    r"|(?:[KMGTP]i?B|[MG]Hz|[kMGT]Wh?)\b)"
)
"""What stands behind a decimal although no small letter does: "0\\.8 以上", "2\\.5 Million"."""
_OF_VERSION = later(
    r"(?P<name>\b[A-Z][\w+-]{0,19})[ -]v?[0-9][0-9,]{0,8}\\\Z|[A-Za-z][0-9]{1,9}\\\Z"
)
"""What stands before the stop of a version: "Gull 2\\.5 Pro", "GPT-3\\.5", "v2\\.0"."""
_LONGEST_VERSION = 32
"""Characters before that stop that are looked at."""
_SHORTENED = frozenset(
    "fig figs table tables eq eqs no nos vol vols art arts sec ch p pp v approx ca circa".split()
)
"""Words before a number that is no citation although a stop stands between ("Fig.2"); those of
`COUNTS` are more, but "in 48 hours.1" ends a sentence."""


def carries(match: re.Match[str]) -> bool:
    """Whether a number glued there can be a marker: not behind another, nor in "Fig.2".

    Args:
        match: The stop, as the group `stop`, with the number behind it.
    """
    found = _CARRIES.search(match.string, max(0, match.start() - REACH), match.start())
    if found is None and match["stop"][0] in "。！？":
        return match.string[match.start() - 1 : match.start()].isdecimal()  # no decimal has these
    if found is None or (found["word"] or "").lower() in _SHORTENED:
        return False
    if found["escape"] and _is_figure(match):
        return False
    if found["month"]:
        day = found["month"].lower() in MONTHS and match["stop"][0] == ","
        return day and not _is_counted(match)
    doubtful = found["money"] or found["escape"] or found["colon"]
    return not doubtful or bool(OPENS.match(match.string, match.end()))  # "$.5 million"


def _is_counted(match: re.Match[str]) -> bool:
    """Whether a number behind a day is one: "May 3,4 and 7", "July 4,5"; or "In May 2,100 men"."""
    numbers = _BEHIND_DAY.search(match.string, max(0, match.start() - 2), match.end() + 3)
    if numbers and (len(numbers["more"]) > 2 or int(numbers["more"]) == int(numbers["day"]) + 1):
        return True
    return GOES_ON.match(match.string, match.end()) is not None


def _is_figure(match: re.Match[str]) -> bool:
    """Whether a number behind an escaped stop is a decimal or a version, as far as can be seen."""
    if _OF_FIGURE.match(match.string, match.end()):
        return True
    at = match.start()
    found = _OF_VERSION.search(match.string, max(0, at - _LONGEST_VERSION), at)
    return found is not None and (found["name"] or "").lower() not in COUNTS
