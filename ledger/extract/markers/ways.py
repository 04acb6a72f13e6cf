"""A text and the numbers of its list -> in which ways it cites them."""

import re
from typing import NamedTuple

from ledger.extract.markers.dense import dense
from ledger.extract.markers.few_glued import are_few_apart, are_few_markers
from ledger.extract.markers.glued import cites_in_turn, glued_numbers
from ledger.extract.markers.high_numbers import numbers_high, only_carets
from ledger.extract.markers.odd import odd_markers
from ledger.extract.markers.rounded import is_rounded
from ledger.extract.markers.spaced import cites_spaced

MANY = 3
"""How often a doubtful dialect must occur before the document is believed to speak it."""


class Ways(NamedTuple):
    """In which ways a text cites the entries of its list.

    Attributes:
        bracketed, raised: The entries that it has in brackets, and set high.
        high, rounded, odd: As in `Evidence`.
        glued: Whether numbers glued behind a stop are its markers ("inheritance.15 This").
        spaced: Whether numbers that stand apart are its markers ("a third 4 , while").
    """

    bracketed: frozenset[str]
    raised: frozenset[str]
    high: bool
    glued: bool
    spaced: bool
    rounded: bool
    odd: re.Pattern[str] | None


def ways_of(text: str, known: frozenset[str], bracketed: frozenset[str], largest: int) -> Ways:
    """In which ways a text cites its list.

    Args:
        text: Without the list.
        known: The identifiers of the list.
        bracketed: Those of them that the text has in brackets.
        largest: The largest number among them; 0 where there is none.
    """
    glued = [number for number in glued_numbers(text) if number in known] if known else []
    raised = known.intersection(numbers_high(text)) if known else known
    rounded = bool(known) and is_rounded(text, known, bracketed | raised, frozenset(glued))
    in_order = glued == [str(number) for number in range(1, len(glued) + 1)]
    many = len(glued) >= MANY or in_order or known.issubset(glued)
    few = bool(glued) and not (bracketed or raised or rounded)
    few = few and (are_few_markers(text, known) or are_few_apart(text, known))
    is_glued = few or (not rounded and len(set(glued)) > 1 and many)
    spaced = is_dense = False
    if largest and bracketed and not (rounded or is_glued):
        is_glued = is_dense = bool(dense(text, known))
    elif largest and not (raised or rounded or is_glued):
        is_glued = not glued and cites_in_turn(text, known)
        spaced = not is_glued and cites_spaced(text, known)
    # A few raised numbers may be exponents ("10^9"): what half of a list is cited by is the way.
    half = raised and not only_carets(text) and 2 * len(raised) >= len(known)
    cited = bracketed or rounded or is_glued or spaced or half
    odd = None if cited else odd_markers(text, known)
    most = max(len(raised), len(set(glued)) if is_glued else 0)
    high = is_dense or (not odd and most >= len(bracketed))
    return Ways(bracketed, raised, high, is_glued, spaced, rounded, odd)
