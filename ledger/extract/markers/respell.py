"""The characters of one block -> the same, its markers spelled as the dialects know them.

What a text does in a way of its own, and only its evidence tells, is undone before any marker is
looked for: superscripts that lost their height, words that name an entry, half-open brackets.
"""

import re

from ledger.extract.markers.authored import with_names_inside
from ledger.extract.markers.chips import with_chips_apart
from ledger.extract.markers.code_spans import outside_code
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.glued import raise_behind_stops, raise_glued
from ledger.extract.markers.odd import numbers_in
from ledger.extract.markers.spaced import raise_spaced
from ledger.extract.markers.symbols import raise_symbols
from ledger.extract.markers.worded import with_referred
from ledger.patterns import later

_ROUND_COUNTER = later(
    r"(?:(?<=\s)|^)\(([0-9]{1,2})\)(?=\s[a-z]|(?<=[^.!?…”\"’] \([0-9]\))\s[^\W\d_])"
)
"""A counter of words: behind a stop, only small letters are counted, as markers stand there."""
_NEXT = later(r"(?:[,;:.!?—–-]|\b(?:and|or|und|oder|et|ou|y|o|e|then))\s{1,2}\Z")
"""What stands between two items: "ACE2 (2) as" has a marker."""
_FEWEST_COUNTED = 2
_ITEM_COUNTER = later(r"\A\(([0-9]{1,2})\)(?=\s+\S)")


def respell(raw: str, evidence: Evidence) -> str:
    """The characters of a block, whose document says what `evidence` holds, respelled."""
    if "`" not in raw or (evidence.odd and "`" in evidence.odd.pattern):  # there code cites
        return _respelled(raw, evidence)
    return outside_code(raw, lambda outside: _respelled(outside, evidence))


def _respelled(raw: str, evidence: Evidence) -> str:
    if evidence.odd:
        raw = evidence.odd.sub(lambda match: f"[{numbers_in(match)}]", raw)
    if evidence.refers:
        raw = with_referred(raw, evidence.listed)
    if evidence.rounded:
        raw = _without_counters(raw)
    if evidence.authored:
        raw = with_names_inside(raw, evidence.listed)
    if evidence.symbols:
        raw = raise_symbols(raw, evidence.listed)
    if evidence.chips:
        raw = with_chips_apart(raw)
    if evidence.spaced:
        return raise_spaced(raw, evidence.listed)
    if evidence.alone:
        return raise_behind_stops(raw, evidence.unlisted)
    return raise_glued(raw, evidence.listed, evidence.turns) if evidence.flat else raw


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
