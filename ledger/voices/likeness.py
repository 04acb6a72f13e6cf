"""Two texts -> how much of one stands in the other.

Pages that print one story share its wording, also where it was shortened, reordered and given
another headline; pages that tell of one event share its names, numbers and quotations. So runs of
a few words are compared (shingles, Broder 1997), and what stands in quotation marks is left out:
what somebody said is anyone's to quote.

Finding which pages to compare is MinHash with bands (LSH); the answer for a pair is exact. Why
the library: docs/decisions/wire-copies-by-minhash.md.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

SHINGLE = 4
"""Words of a shingle: long enough to be a wording, short enough to outlive a changed word."""

PART = 0.38
"""Of the shorter text's shingles so many stand in the other when one text is a copy: tuned with
`NAMES` on seeds 1 to 4 of benchmarks/wire_copies.py."""

NAMES = 0.5
"""Of the names and numbers of the text that has fewer, so many stand in the other: formulas of
reporting, notices and small print are alike in many pages, and say who and how many in none."""

FEWEST = 15
"""Shared shingles without which two texts are not called one, unless they are the same word for
word and name somebody: a sentence or two."""

MOST_WORDS = 20_000
"""Words of a page that are compared: the longest news reports have some ten thousand."""

BANDS, ROWS = 64, 2
"""A pair is looked at when it agrees in one of so many bands of so many values: of pairs that
have a fifth of all their shingles in common 93 in 100 are, of those with a hundredth 1 in 160."""

SEED = 20
"""Of the hash functions; any number, but another makes every recorded band worthless."""

METHOD = f"shingles-{SHINGLE}/names/bands-{BANDS}x{ROWS}/3"
"""Name and version of all this. What was compared by another method is compared anew."""

_QUOTED = re.compile(r"“[^“”]{1,3000}”|„[^„“”]{1,3000}[“”]|«[^«»]{1,3000}»|\"[^\"\n]{1,3000}\"")
_STOP = re.compile(r"[.!?…;:。！？；]+(?:\s|$)|\n")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
"""Chinese and Japanese put no space between words: there each character counts as one."""


class Text(NamedTuple):
    """What of a page is compared: its shingles, and the names and numbers in it."""

    shingles: frozenset[str]
    names: frozenset[str]


class Shared(NamedTuple):
    """What two texts have in common.

    Attributes:
        shingles: How many stand in both.
        part: Which part that is of the shorter text's, 0 to 1.
        whole: Which part that is of the shingles of both together, 0 to 1.
        names: Which part of the names and numbers, of the text that has fewer, stands in both;
            None where one has none, as in scripts without capitals.
    """

    shingles: int
    part: float
    whole: float
    names: float | None

    @property
    def is_one_story(self) -> bool:
        """Whether one text is a copy of the other, or both are of a third."""
        if self.shingles < FEWEST:
            return self.whole == self.names == 1
        return self.part >= PART and (self.names is None or self.names >= NAMES)


def text_of(stretches: Iterable[str]) -> Text:
    """Every run of `SHINGLE` words within a sentence, folded, and every name and number.

    A name is a word with a capital that does not open a sentence.

    Args:
        stretches: The prose of a page in order, a block each. What stands in quotation marks is
            passed over, and what follows the first `MOST_WORDS` words.

    Never raises.
    """
    found: set[str] = set()
    names: set[str] = set()
    left = MOST_WORDS
    for stretch in stretches:
        for run in _STOP.split(_QUOTED.sub("\n", stretch)):
            written = _WORD.findall(run)[:left]
            left -= len(written)
            words = [word.casefold() for word in written]
            found.update(
                " ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)
            )
            names.update(
                word
                for at, word in enumerate(written)
                if word[0].isdecimal() or (at and word[0].isupper())
            )
        if left <= 0:
            break
    return Text(frozenset(found), frozenset(names))


def shared(one: Text, other: Text) -> Shared:
    """How much two texts share. Never raises."""
    both = len(one.shingles & other.shingles)
    fewer = min(len(one.names), len(other.names))
    names = len(one.names & other.names) / fewer if fewer else None
    if not both:
        return Shared(0, 0.0, 0.0, names)
    shorter = min(len(one.shingles), len(other.shingles))
    return Shared(both, both / shorter, both / len(one.shingles | other.shingles), names)


def bands(text: Text) -> Sequence[int]:
    """The sketch of a text as `BANDS` numbers of 64 bits, signed: the same for the same shingles.

    A text without shingles has none.
    """
    if not text.shingles:
        return ()
    from rensa import RMinHash  # only who compares pages needs it

    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(sorted(text.shingles))
    values = sketch.digest()
    return [_band(values[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS)]


def _band(values: Sequence[int]) -> int:
    packed = b"".join(value.to_bytes(8, "big") for value in values)
    return int.from_bytes(blake2b(packed, digest_size=8).digest(), "big", signed=True)
