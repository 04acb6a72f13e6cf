"""Words that a line breaks -> whole: "reser-" and "voir" are "reservoir".

A hyphen at the end of a line is the typesetter's or the word's own. What the text has elsewhere
decides; without that it is the typesetter's, but behind what words with hyphens begin with. A
typesetter who breaks words does so on many lines, and in words that stand whole elsewhere; where
that is not so, all hyphens are of words.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise

from ledger.extract.joined_lines import breaks_word
from ledger.extract.pdf.line import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*(?![-‐\w])")
_BEGUN = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]\s*\Z")
_TYPESETTERS, _WITHIN = ("\u2010", "\xad"), re.compile("[\u2010\xad](?=\\w)")
"""Hyphens that writers hardly have: the one of Unicode, and the soft one."""
_COMPOUND, _SECOND = re.compile(r"\w[-\u2010]\Z"), re.compile(r"\s*[A-ZÀ-Þ0-9]")
"""How a line ends in a hyphen of a word's own, and what goes on behind it: "Near-", "Term"."""
_REST = re.compile(r"\s*([^\W\d_]+(?:[-‐][^\W\d_]+)*)")
_ADDRESS = re.compile(r"[/@._=]\S*\Z|\A\s*[^\s-]+-\S*-\s*\Z")
"""The end of a line in which no word is broken: `broken_address` knows what goes on there.

A line that is one word with several hyphens is of an address, too.
"""
_WHOLE, _FEW = 5, 20
"""Of so many broken words one is whole elsewhere, or of so many lines one ends in a broken word."""
_OWN = frozenset(
    "self well non co semi anti all high low long short half multi cross ex post pre mid so ill "
    "much ever full part first second third one two three four five six ten year decision large "
    "small far open state peer risk data evidence fact time government".split()
)
"""First parts of words that mostly have a hyphen of their own."""


def mend_words(pages: Sequence[Sequence[Line]]) -> None:
    """Take the hyphens of the typesetter from the lines that end in one.

    A line that begins with the rest of a word says so afterwards, hyphen or not.
    """
    lines = [*chain.from_iterable(pages)]
    _mend_unmistakable(lines)
    for above, below in pairwise(lines):
        if _COMPOUND.search(above.text.rstrip()[-3:]) and _SECOND.match(below.text):
            below.goes_on = True
    broken = [
        (above, below)
        for above, below in pairwise(lines)
        if breaks_word(above.text.rstrip()[-3:].replace("\u2010", "-"), below.text.lstrip())
        and not _ADDRESS.search(above.text)
    ]
    if not broken:
        return
    words = {_plain(word) for line in lines for word in _WORD.findall(line.text)}
    parted: list[tuple[Line, str, str]] = []
    for above, below in broken:
        below.goes_on = True
        begun, rest = _BEGUN.search(above.text), _REST.match(below.text)
        if begun and rest:
            parted.append((above, _plain(begun[1]), _plain(rest[1])))
    whole = sum(first + second in words for _, first, second in parted)
    breaks = whole * _WHOLE >= len(parted) or len(parted) * _FEW > len(lines)
    for above, first, second in parted:
        if not _has_hyphen(first, second, words, breaks=breaks):
            above.text = above.text.rstrip()[:-1]


def _mend_unmistakable(lines: Sequence[Line]) -> None:
    """Take those hyphens that no writer has set: the text has them at the ends of lines only.

    They part addresses, too, in which there are none of them, and words in capitals.
    """
    ending = [pair for pair in pairwise(lines) if pair[0].text.rstrip()[-1:] in _TYPESETTERS]
    elsewhere = bool(ending) and any(_WITHIN.search(line.text) for line in lines)
    for above, below in ending:
        if not elsewhere or _ADDRESS.search(above.text):
            above.text = above.text.rstrip()[:-1]
            below.goes_on = True


def _plain(text: str) -> str:
    return text.casefold().replace("\u2010", "-")


def _has_hyphen(begun: str, rest: str, words: AbstractSet[str], *, breaks: bool) -> bool:
    """Whether a hyphen is the word's own; `breaks`: whether the typesetter breaks words at all."""
    if f"{begun}-{rest}" in words:
        return True
    return begun + rest not in words and (not breaks or begun in _OWN)
