"""The longest name of an outlet at a place of a sentence."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ledger import outlets
from ledger.names import Names

_ASCII_WORD = re.compile("[A-Za-z0-9]+")
"""`outlets.WORD` where all is ASCII: found in a third of the time."""
_LONGEST_NAME = 120
"""Characters in which a name is looked for."""


class Found(NamedTuple):
    """A name of an outlet in a sentence.

    Attributes:
        start, end: Offsets of the sentence, the end exclusive.
        phrase: The name as the register has it.
        joined: Where the first of the names begins that one phrase of reporting joins, the same for
            all of them; None of a name that was only looked up.
    """

    start: int
    end: int
    phrase: outlets.Phrase
    joined: int | None = None


def joined(names: Sequence[Found]) -> Iterator[Found]:
    """These names, in reading order, as those of one phrase."""
    return (Found(each.start, each.end, each.phrase, names[0].start) for each in names)


def kind_of(phrase: outlets.Phrase, names: Names) -> str | None:
    """The kind of the outlet; None where it is not known.

    Of a name that several outlets bear, a newspaper's, which they mostly are.
    """
    if phrase.key is None:
        return "newspaper"
    return names.kind(phrase.key)


@lru_cache(64)  # several patterns ask for the same place of a sentence
def name_at(sentence: str, at: int, names: Names) -> Found | None:
    """The longest name of an outlet that begins at `at`; None where none does."""
    word = _ASCII_WORD if sentence.isascii() else outlets.WORD
    first = word.match(sentence, at)
    candidates = names.beginning(folded(first[0])) if first else None
    if not candidates:
        return None
    words = word.finditer(sentence, at, at + _LONGEST_NAME)
    longest = len(candidates[0].tokens)
    found = [(match.end(), folded(match[0])) for match in islice(words, longest)]
    tokens = tuple([token for _, token in found])
    for phrase in names.going_on(tokens[0], tokens[1] if len(tokens) > 1 else None):
        size = len(phrase.tokens)
        if tokens[:size] == phrase.tokens:
            end = found[size - 1][0]
            # A single letter is a word, or an initial: "I wrote", "by J. Doe".
            if end - at > 1 and _written_so(sentence[at:end], phrase, names):
                return Found(at, end, phrase)
    return None


@lru_cache(65_536)
def folded(word: str) -> str:
    """A word as names are compared, by `outlets.fold`; remembered, as texts repeat words."""
    return outlets.fold(word)


def _written_so(text: str, phrase: outlets.Phrase, names: Names) -> bool:
    """Whether text writes a name as one: "WHO" in capitals, others with a capital at least.

    A newsroom that writes itself small has its own spelling, too: "dpa".
    """
    if not _has_small(phrase.written):
        return not _has_small(text)
    return not text[:1].islower() or names.is_small(text)


def _has_small(text: str) -> bool:
    if text.isascii():
        return text != text.upper()
    return any(map(str.islower, text))
