"""A text whose list is cited in no way that is known -> the way in which it cites.

"(1)", "[1]" and numbers set high are known; a house may write "[src1]", "⟨1⟩", "{1}" or "^1", and
journals of Japan and Korea write "少ない1)。". What proves it is the list: the numbers written in
that one way are all in it, and half of it at least.
"""

import re
from collections import defaultdict
from itertools import islice

from ledger.extract.markers.numbers import NUMBERS, expand
from ledger.extract.markers.worded import KIND
from ledger.letters import WIDE
from ledger.patterns import later

HALF_OPEN = (
    rf"(?=\d)(?:(?<={WIDE})(?<![注註源料典献])|(?<=[0-9][)）])|(?<=[0-9][)）][～~])"
    r"|(?<=[0-9][)）][,、，])|(?<=[0-9][)）][,、，] )"
    rf"|(?<={WIDE}[％%.。」』”])|(?<=[^\W\d_][.!?]))"
)
"""Where a number begins that only a bracket behind it marks: glued behind a word or its stop."""
_NO_SOURCE = (
    r"(?i:fig(?:ure)?s?|tab(?:le)?s?|eqn?s?|steps?|sec(?:tion)?s?|ch(?:ap(?:ter)?)?s?|parts?"
    r"|app(?:endix)?|pages?|pp?|lines?|slides?|box|day|week|phase|图|表|図)[-_ .:]{0,2}[0-9]"
)
_OPENS = (
    rf"\[\^?(?!{_NO_SOURCE})[^\W\d_][^\W\d_]{{0,9}}[-_ #.:=|°]{{0,2}}"
    r"|\[\^?[#№]\s?|\[\[[A-Za-z]{0,8}[-_ ]?|\[\("
    r"|[〈⟨⟦‹《（⁽<]|\{{1,2}(?:[A-Za-z]{2,10}[:=_-])?|`\["
    r"|<(?:cite|citation|ref|source|sub)>\[?|<ref\s|<sup>\(|\^[({\[]?|\\textsuperscript\{"
    rf"|\((?:[Cc]ite|[Nn]ote|[Ff]n|[Ss]rc)\.?\s|\([#№]\s?|{HALF_OPEN}(?={NUMBERS}[)）])"
)
_BRACKETS = "[({"
_FURTHER = r"(?:\s?[,;]\s?{prefix}[0-9]{{1,4}}){{0,20}}"
"""More entries in the same brackets, each with the sign before it: "[#2, #3]"."""
_SIGN = r"(?:[#№]|[A-Za-z][A-Za-z.]{0,9}[-_ #.]{0,2})\s?"
_CLOSES = (
    r"(?:\]\]|\](?!\())`?|[〉⟩⟧›》）⁾>]|\}{1,2}|\)(?:</sup>|\])?"
    r"|\]?</(?:cite|citation|ref|source|sub)>|"
)
_BEHIND = r"(?=[\s.,;:!?…。！？，；、)”\"’»|*（]|[~～]?[0-9]{1,3}[)）]|$)"
"""What follows a marker in round brackets, or with none; what follows a counter is its item."""
_ODD = later(
    rf"(?P<open>{_OPENS})(?P<numbers>{NUMBERS}{_FURTHER.format(prefix=_SIGN)})(?P<close>{_CLOSES})"
)
_NO_NUMBERS = later(r"[^\d,;，；、،؛\-‐‑–—−~～\s]{1,10}\s?")
_FOLLOWED = later(_BEHIND, re.M)
_CARRIED = later(r"(?:[^\W_]|[.,;:!?…。！？，；、”\"’'»)）\]⟩〉}⁾>%*])\s?\Z")
"""What a marker stands behind."""
_CALLED = later(rf"\[{KIND}")
"""What every text may call its sources: "[Source 3]" is read without a proof."""
_LIKE_COUNTERS = frozenset("）⁾")
_MOST = 2_000
"""Numbers of a text that are looked at, as evidence of one way. Chosen, for the time."""
_FEWEST = 2
"""Numbers of a list, and of a way, that are evidence: one is chance."""


def odd_markers(text: str, listed: frozenset[str]) -> re.Pattern[str] | None:
    """What matches the markers of a text in the one odd way that it has; None where it has none.

    Args:
        text: Without its list.
        listed: The identifiers of its list.

    Returns:
        A pattern with the group `numbers`.
    """
    numbers = {label for label in listed if label.isdecimal()}
    if len(numbers) < _FEWEST:
        return None
    found = numbers_by_way(text)
    ways = [
        way for way, cited in found.items() if cited <= numbers and 2 * len(cited) >= len(numbers)
    ]
    if len(ways) != 1 or len(found[ways[0]]) < _FEWEST:
        return None
    opens, closes = map(re.escape, ways[0])
    sign = ways[0][0].lstrip(_BRACKETS)
    further = _FURTHER.format(prefix=re.escape(sign)) if sign and sign != ways[0][0] else ""
    closes = closes if opens else closes.replace(r"\)", "[)）]")
    opens = opens or HALF_OPEN
    behind = "" if _stands(ways[0][1]) else _BEHIND
    return re.compile(rf"{opens}(?P<numbers>{NUMBERS}{further}){closes}{behind}")


def numbers_by_way(text: str) -> dict[tuple[str, str], set[str]]:
    """The numbers of a text in each odd way that it has, by what opens and closes them."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for match in islice(_ODD.finditer(text), _MOST):
        before = text[max(0, match.start() - 2) : match.start()]
        if _CALLED.fullmatch(match["open"]):
            continue
        if _CARRIED.search(before) and (
            _stands(match["close"]) or _FOLLOWED.match(text, match.end())
        ):
            labels = expand(numbers_in(match)) or ("0",)
            close = ")" if not match["open"] and match["close"] == "）" else match["close"]
            found[match["open"], close].update(labels)
    return found


def numbers_in(match: re.Match[str]) -> str:
    """The numbers of such a marker, without the signs between them."""
    return _NO_NUMBERS.sub("", match["numbers"])


def _stands(close: str) -> bool:
    """Whether what closes so is no counter, whatever follows."""
    return bool(close) and close not in _LIKE_COUNTERS
