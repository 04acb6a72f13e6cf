"""Two sentences -> how alike they are, and where they differ.

Two measures of likeness are by rapidfuzz: over characters, which serves every script, and over
words, which shows people what was changed. Why it: docs/decisions/rewording-by-rapidfuzz.md.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

SAME = 0.9
"""Likeness from which on two sentences say the same in other places: a changed word in ten."""

REWORDED = 0.6
"""Likeness from which on a sentence of one version is the other version's, said otherwise.

Unrelated English sentences reach 0.5: they share the letters that all words are made of."""

MAX_PAIRS = 4_000_000
"""Most pairs of sentences that are compared for one answer: some seconds."""

MAX_WORDS = 4_000
"""Longest sentence that is compared word by word; none that a person wrote is as long."""

Operation = Literal["same", "out", "in"]

_WORD = re.compile(r"\d+(?:[.,:]\d+)+\w*|\w+(?:['’]\w+)*|[^\w\s]+|\s+")
"""A figure with its separators is one word, and so is "didn't"."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": ""})
_EDGES = " .,;:!?…'\"«»()[]。！？"


class Piece(NamedTuple):
    """A stretch of two sentences: of both, only of the earlier ("out"), or of the later ("in")."""

    op: Operation
    text: str


def plain_words(text: str) -> str:
    """A sentence without what copying changes: case, kinds of quotes and dashes, spaces, edges.

    Two sentences that give the same are one sentence.
    """
    folded = text.casefold()
    if not text.isascii():  # in which nothing else is to be folded
        folded = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return " ".join(folded.split()).strip(_EDGES)


def likeness(one: str, other: str, *, least: float = 0.0) -> float:
    """How alike two results of `plain_words` are, from 0 to 1; 0 for anything below `least`.

    Twice the characters that both have in one order, by the characters of both together.
    """
    from rapidfuzz.distance import Indel  # compiled: only who compares waits for it

    return float(Indel.normalized_similarity(one, other, score_cutoff=least))


def alike_in_length(said: str) -> dict[str, int]:
    """How short ("least") and how long ("most") a sentence may be that says the `SAME`: characters.

    Likeness is at most twice the shorter by both together: `SAME` asks that the shorter one has
    nine elevenths of the longer. Three quarters, and four characters, are left to what
    `plain_words` takes away first, such as quotes and spaces.
    """
    return {"least": len(said) * 3 // 4, "most": len(said) * 4 // 3 + 4}


def most_like(one: str, others: Sequence[str], *, least: float) -> list[tuple[int, float]]:
    """Which of many are at least so like one: place and `likeness`, in order of place.

    Args:
        one, others: Results of `plain_words`.
        least: Less alike ones are left out.
    """
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract_iter

    found = extract_iter(one, others, scorer=Indel.normalized_similarity, score_cutoff=least)
    return [(at, alike) for _, alike, at in found]


def pairs(
    earlier: Sequence[str], later: Sequence[str], *, least: float = REWORDED
) -> dict[int, tuple[int, float]]:
    """Which sentence became which: place in `earlier` to place in `later`, and their likeness.

    Each is taken once at most: the most alike pair first, of equals the one whose places are
    nearest, then the first. The same answer for the same sentences, always.

    Args:
        earlier, later: Results of `plain_words`, in reading order.
        least: Pairs less alike are none.
    """
    found: list[tuple[float, int, int, int]] = []
    for old, new, alike in _alike_pairs(earlier, later, least):
        found.append((-alike, abs(old - new), old, new))
    answer: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for less, _, old, new in sorted(found):
        if old not in answer and new not in taken:
            answer[old] = (new, -less)
            taken.add(new)
    return answer


def _alike_pairs(
    earlier: Sequence[str], later: Sequence[str], least: float
) -> list[tuple[int, int, float]]:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract_iter

    # Where there are too many, each is compared with those around its place.
    reach = max(len(earlier), len(later))
    if len(earlier) * len(later) > MAX_PAIRS:
        reach = max(MAX_PAIRS // (2 * len(earlier)), 1)
    return [
        (old, first + at, alike)
        for old, text in enumerate(earlier)
        for first in (max(old - reach, 0),)
        for _, alike, at in extract_iter(
            text,
            later[first : old + reach + 1],
            scorer=Indel.normalized_similarity,
            score_cutoff=least,
        )
    ]


def word_diff(earlier: str, later: str) -> list[Piece]:
    """What became of a sentence, word by word, in reading order.

    The pieces that are not "in" make the earlier sentence again, those that are not "out" the
    later one. A sentence longer than `MAX_WORDS` is shown as replaced.
    """
    from rapidfuzz.distance import Indel

    old, new = _WORD.findall(earlier), _WORD.findall(later)
    if max(len(old), len(new)) > MAX_WORDS:
        return [Piece("out", earlier), Piece("in", later)]
    pieces: list[Piece] = []
    for step in Indel.opcodes(old, new):
        gone = "".join(old[step.src_start : step.src_end])
        come = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            pieces.append(Piece("same", gone))
        else:
            pieces += [Piece("out", gone)] if gone else []
            pieces += [Piece("in", come)] if come else []
    return _settled(pieces)


def _settled(pieces: list[Piece]) -> list[Piece]:
    """Changes that only spaces hold apart as one, what went before what came."""
    settled: list[Piece] = []
    gone, come = "", ""
    for place, piece in enumerate(pieces):
        changes = bool(gone or come) and place + 1 < len(pieces)
        if piece.op == "same" and not (piece.text.isspace() and changes):
            settled += _change(gone, come)
            gone, come = "", ""
            settled.append(piece)
        else:
            gone += piece.text if piece.op != "in" else ""
            come += piece.text if piece.op != "out" else ""
    return settled + _change(gone, come)


def _change(gone: str, come: str) -> list[Piece]:
    # Spaces at the end of both are no part of the change.
    kept = ""
    while gone and come and gone[-1] == come[-1] and gone[-1].isspace():
        gone, come, kept = gone[:-1], come[:-1], gone[-1] + kept
    pieces = [Piece("out", gone)] if gone else []
    pieces += [Piece("in", come)] if come else []
    return pieces + ([Piece("same", kept)] if kept else [])
