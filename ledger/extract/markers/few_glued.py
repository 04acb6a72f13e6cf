"""A text with few numbers behind or before stops -> whether they are its markers: "It rose.3".

Chinese and Japanese set them apart before stops. Reports over a few sources have two or three of
them, or the same one again and again.
"""

from collections.abc import Sequence
from itertools import pairwise

from ledger.extract.markers.dense import COUNTED_WIDE
from ledger.extract.markers.doubtful import COUNTS
from ledger.extract.markers.glued import behind_last_stops, wide_apart
from ledger.extract.markers.wide_amid import COUNTED_WORD
from ledger.letters import UNCASED, WIDE
from ledger.patterns import later

_WORD = later(rf"(?<![\w./@\\-])(?:[a-zà-öø-ÿа-яё]{{4,24}}|[{UNCASED}]{{2,24}})\Z|{WIDE}{{2}}\Z")
"""A whole word in small letters, or one of a script without capitals."""
_CLOSED = frozenset('"”’»)*%')
_ANY = later(r"[^\W\d_]{1,24}\Z")
_COUNTED = frozenset(
    "chap sect para abs ziff theorem lemma definition algorithm corollary".split()
    + "그림 표 図 表 图 圖".split()
)
"""Words with a number of their own although a stop stands between, beside `COUNTS`: "Lemma.3"."""
_REACH = 40
"""Characters before a number in which all those stand: 24 at most, by the patterns, with signs of
emphasis behind them."""
_FEWEST = 2
"""Different words, or sentences, that end with a number of the list: once is chance."""
_COMMAS = frozenset("，、；")
_SENTENCE_BEFORE = later(r"(?:[^。！？.\n]|\.(?=[0-9])){12}\Z")
"""What stands before a number: a sentence, and no name of what is counted, "库存 2，单价 5"."""


def are_few_markers(text: str, listed: frozenset[str]) -> bool:
    """Whether all numbers glued behind stops are of the list, and behind words of sentences.

    Two different words at least; none counts, and one at least is in small letters or closed. They
    do not go up one by one from a later one, as those of verses and steps do: "the word.2 The".
    """
    words: set[str] = set()
    surely = False
    numbers: list[int] = []
    for at, labels in behind_last_stops(text):
        numbers += map(int, labels)
        before = text[max(0, at - _REACH) : at]
        any_word = _ANY.search(before)
        word = any_word[0].lower() if any_word else before[-1:]
        if word in COUNTS or word in _COUNTED or not listed.issuperset(labels):
            return False
        words.add(word)
        surely = surely or before[-1:] in _CLOSED or _WORD.search(before) is not None
    return surely and len(words) >= _FEWEST and not _counts_on(numbers)


def are_few_apart(text: str, listed: frozenset[str]) -> bool:
    """The same of numbers apart before wide stops, in sentences behind words that count nothing.

    Two sentences at least end with one: of a result one has two, "前半に得点 3、後半に失点 1。".
    """
    words: set[str] = set()
    for match in wide_apart(text):
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip("* ")
        counts = before[-1:] in COUNTED_WIDE or COUNTED_WORD.search(before)
        short = not _SENTENCE_BEFORE.search(before)
        if counts or short or not listed.issuperset(match["numbers"].replace(",", " ").split()):
            return False
        if text[match.end()] not in _COMMAS:
            words.add(before[-2:])
    return len(words) >= _FEWEST


def _counts_on(numbers: Sequence[int]) -> bool:
    return numbers[0] > 1 and all(after == before + 1 for before, after in pairwise(numbers))
