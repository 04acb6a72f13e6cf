"""A text full of numbers glued to words before a stop -> which of them are markers.

Some exports set all of them so: "along both lines2. It needs time7, and". Their order says nothing:
a source is numbered as it was found.
"""

import re
from collections import Counter
from collections.abc import Set
from itertools import islice

from ledger.extract.markers.turns import DOUBTFUL
from ledger.patterns import later

_SHORTEST, _FEWEST, _MOSTLY = 3, 8, 10
"""Letters of a word, different words, and how many numbers of the list to one that is none."""
_RARELY = 6
"""To how many sentences that end without a number there is one that ends with it."""
_SENTENCE_END = later(r"[a-zà-öø-ÿа-яё]{3}\.(?=\s|$)")
_MOST = 10_000
_TOKEN = later(
    r"(?<![\w.@/-])([a-zà-öø-ÿа-яё]{3,24}[0-9]{1,3})(?: (?=[a-zà-öø-ÿа-яё])|(?![\w@/-]))"
)
"""A word with a number, and whether its sentence goes on behind it: "python3 runs"."""
_AGAIN = 3
"""How many different words with numbers are to one that comes again with the same: a name does."""
_COUNTS = frozenset("covid page pages table figure fig chapter section appendix annex item".split())
"""Words that have numbers of their own in any text."""
_NAME = later(r"(?<![^\W_])[A-ZÀ-Þ][^\W\d_]{2,23}(?![\w-])")


def dense(text: str, listed: frozenset[str]) -> frozenset[str]:
    """The words with such numbers, as `turns.DOUBTFUL` matches them; none in any other text.

    Words in small letters have hardly a number behind them but as a marker: many different ones
    have, nearly all with numbers of the list, and most where a sentence ends: "python3, node18"
    are names. So are those of which many come again with the same number, or most inside sentences.
    Then those behind names are markers, too, if the names stand elsewhere without them.
    """
    glued = [match for match in islice(DOUBTFUL.finditer(text), _MOST) if match["g"]]
    if len(glued) < _FEWEST:
        return frozenset()
    small = [match for match in glued if _is_small(_word(match))]
    counts = Counter(_is_of(match, listed) for match in small)
    ends = sum(match.string[match.end() : match.end() + 1] == "." for match in small)
    if counts[True] < _MOSTLY * counts[False] or len(set(map(_word, small))) < _FEWEST:
        return frozenset()
    if 2 * ends < len(small) or _RARELY * ends < sum(1 for _ in _SENTENCE_END.finditer(text)):
        return frozenset()
    if _are_names(text, {match[0] for match in small}):
        return frozenset()
    names = set(_NAME.findall(text))
    return frozenset(
        match[0]
        for match in glued
        if _is_of(match, listed)
        and (word := _word(match)) not in _COUNTS
        and (not word.isalpha() or word.islower() or word in names)
    )


def _are_names(text: str, small: Set[str]) -> bool:
    """Whether words with numbers are used as words are: again, or where no sentence ends."""
    tokens = [*islice(_TOKEN.finditer(text), _MOST)]
    times = Counter(token[1] for token in tokens)
    again = sum(times[each] > 1 for each in small)
    inside = sum(token[0] != token[1] for token in tokens)
    return _AGAIN * again >= len(small) or 2 * inside > len(tokens)


def _word(match: re.Match[str]) -> str:
    """What stands before the numbers: a word, or what closes one."""
    return match[0].removesuffix(match["g"])


def _is_small(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and word.islower()


def _is_of(match: re.Match[str], listed: frozenset[str]) -> bool:
    return listed.issuperset(match["g"].replace(",", " ").split())
