"""The characters of one block -> the same, its markers spelled as the dialects know them.

What a text does in a way of its own, and only its evidence tells, is undone before any marker is
looked for: superscripts that lost their height, words that name an entry, half-open brackets.
"""

from ledger.extract.markers.authored import with_names_inside
from ledger.extract.markers.chips import with_chips_apart
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.glued import raise_glued
from ledger.extract.markers.symbols import raise_symbols
from ledger.extract.markers.worded import with_referred
from ledger.patterns import later

_ROUND_COUNTER = later(r"(?:(?<=\s)|^)\(([0-9]{1,2})\)(?=\s[a-z])")
_FEWEST_COUNTED = 2
_ITEM_COUNTER = later(r"\A\(([0-9]{1,2})\)(?=\s+\S)")


def respell(raw: str, evidence: Evidence) -> str:
    """The characters of a block, whose document says what `evidence` holds, respelled."""
    if evidence.odd:
        raw = evidence.odd.sub(r"[\g<numbers>]", raw)
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
    return raise_glued(raw, evidence.listed, evidence.turns) if evidence.flat else raw


def _without_counters(raw: str) -> str:
    """Text in which counters are escaped: of an item, of "(1) read, (2) sign, (3) send"."""
    raw = _ITEM_COUNTER.sub(r"\\(\1)", raw)
    numbers = _ROUND_COUNTER.findall(raw)
    rising = next((n for n, number in enumerate(numbers) if number != str(n + 1)), len(numbers))
    return raw if rising < _FEWEST_COUNTED else _ROUND_COUNTER.sub(r"\\(\1)", raw, count=rising)
