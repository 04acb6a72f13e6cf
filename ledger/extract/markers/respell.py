"""How a text spells its markers in a way of its own -> what spells them as the dialects know them.

What only the evidence of the text tells is undone before any marker is looked for: superscripts
that lost their height, words that name an entry, half-open brackets.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ledger.extract.markers.authored import are_authored
from ledger.extract.markers.chips import has_chips, with_chips_apart
from ledger.extract.markers.code_spans import outside_code
from ledger.extract.markers.glued import raise_behind_stops, raise_glued, turns
from ledger.extract.markers.id_behind import stand_beside_words, with_identifiers_apart
from ledger.extract.markers.names_inside import with_names_inside
from ledger.extract.markers.numbers import number_in
from ledger.extract.markers.odd import numbers_in
from ledger.extract.markers.spaced import raise_spaced
from ledger.extract.markers.symbols import is_symbol, raise_symbols
from ledger.extract.markers.ways import Ways
from ledger.extract.markers.worded import refers, with_referred
from ledger.patterns import later

Respelling = Callable[[str], str]
"""The characters of a block, as they are -> as the dialects know their markers."""

_ROUND_COUNTER = later(
    r"(?:(?<=\s)|^)\(([0-9]{1,2})\)(?=\s[a-z]|(?<=[^.!?…”\"’] \([0-9]\))\s[^\W\d_])"
)
"""A counter of words: behind a stop, only small letters are counted, as markers stand there."""
_NEXT = later(r"(?:[,;:.!?—–-]|\b(?:and|or|und|oder|et|ou|y|o|e|then))\s{1,2}\Z")
"""What stands between two items: "ACE2 (2) as" has a marker."""
_FEWEST_COUNTED = 2
"""Counters in a row that count: "(1)" alone, or before no "(2)", is a marker."""
_ITEM_COUNTER = later(r"\A\(([0-9]{1,2})\)(?=\s+\S)")


def respelling(
    text: str, known: frozenset[str], ways: Ways, alone: frozenset[str]
) -> Respelling | None:
    """What respells each block of a text; None where the dialects know all its markers.

    Args:
        text: Without its lists.
        known: The identifiers of its lists.
        ways: How it cites those.
        alone: Numbers glued behind stops that are its markers although it has no list.
    """
    steps = tuple(_steps(text, known, ways, alone))
    in_code = ways.odd is not None and "`" in ways.odd.pattern
    return partial(_respelled, steps=steps, in_code=in_code) if steps else None


def _steps(
    text: str, known: frozenset[str], ways: Ways, alone: frozenset[str]
) -> Iterator[Respelling]:
    if ways.odd:
        yield partial(ways.odd.sub, lambda match: f"[{numbers_in(match)}]")
    if any(map(number_in, known)) and refers(text):
        yield partial(with_referred, listed=known)
    if ways.rounded:
        yield _without_counters
    if are_authored(known):
        yield partial(with_names_inside, listed=known)
    if stand_beside_words(text):
        yield with_identifiers_apart
    if any(map(is_symbol, known)):
        yield partial(raise_symbols, listed=known)
    if has_chips(text):
        yield with_chips_apart
    yield from _raising(text, known, ways, alone)


def _raising(
    text: str, known: frozenset[str], ways: Ways, alone: frozenset[str]
) -> Iterator[Respelling]:
    """What sets numbers high again that lost their height."""
    if ways.spaced:
        yield partial(raise_spaced, listed=known)
    elif alone:
        yield partial(raise_behind_stops, listed=alone)
    elif ways.glued:
        yield partial(raise_glued, listed=known, turns=turns(text, known))


def _respelled(raw: str, steps: Sequence[Respelling], *, in_code: bool) -> str:
    """The characters after each step; those that are code only where the text cites in code."""
    if "`" in raw and not in_code:
        return outside_code(raw, partial(_respelled, steps=steps, in_code=True))
    for step in steps:
        raw = step(raw)
    return raw


def _without_counters(raw: str) -> str:
    """Text in which counters are escaped: of an item, of "(1) read, (2) sign, (3) send"."""
    raw = _ITEM_COUNTER.sub(r"\\(\1)", raw)
    items: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for match in _ROUND_COUNTER.finditer(raw):
        if match[1] == "1":
            run = [match]
        elif match[1] == str(len(run) + 1) and _follows(match):
            run.append(match)
            items += run if len(run) == _FEWEST_COUNTED else (match,)
    begins = {match.start() for match in items}
    return _ROUND_COUNTER.sub(lambda m: f"\\{m[0]}" if m.start() in begins else m[0], raw)


def _follows(match: re.Match[str]) -> bool:
    """Whether something parts an item from the one before: a marker stands behind a word."""
    return _NEXT.search(match.string, max(0, match.start() - 8), match.start()) is not None
