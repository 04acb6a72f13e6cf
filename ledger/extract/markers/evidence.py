"""A document -> what it says about its own markers.

Is "[2019]" a year or a citation, "m²" an exponent or a marker, "12" behind a stop a superscript
that lost its height? The document answers: by its reference list, by the sequence of its numbers,
by the dialect it uses elsewhere. Here that is counted; what follows for one marker where it stands
is said in `admit`. No rule here knows a single document.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ledger.extract.markers.at_keys import at_keys
from ledger.extract.markers.authored import are_authored
from ledger.extract.markers.carried import NO_EQUATION, NO_NAME, can_carry, is_power
from ledger.extract.markers.chips import has_chips
from ledger.extract.markers.dense import dense
from ledger.extract.markers.glued import (
    NO_TURNS,
    cites_in_turn,
    counted_alone,
    glued_numbers,
    turns,
)
from ledger.extract.markers.indexed import has_vectors, indexed
from ledger.extract.markers.numbers import (
    CIRCLED,
    LARGEST_UNLISTED,
    NUMBERS,
    SUPERS,
    expand,
    number_in,
    plausible,
)
from ledger.extract.markers.odd import odd_markers
from ledger.extract.markers.rounded import is_rounded
from ledger.extract.markers.spaced import cites_spaced
from ledger.extract.markers.symbols import is_symbol
from ledger.extract.markers.turns import Turns
from ledger.extract.markers.unlisted import astray, ids_stand_as_citations, stand_as_citations
from ledger.extract.markers.worded import folded, refers
from ledger.letters import beyond_ascii, holds
from ledger.patterns import later

_LINKED_NUMBER = later(r"\[([0-9]{1,4})\\?\]\(")
_HEADING_OF = later(r"^#{1,6} \[([^\[\]\n]{2,60})\](?![\[(])", re.M)
_SPARSE = 3
"""A whole numbering has no gaps; an excerpt is hardly thinner than one number in three."""

_FLATTENED = {**SUPERS, **str.maketrans("˒‚⁻", ",,-")}
_BEHIND_CIRCLE = later(r"[\s\W]|$")
"""What follows a circled number that is a marker; one that begins an item has its text there."""
# A pattern that begins with a literal or a set is searched eight times faster than one that begins
# with a look back: so the look back stands behind them.
_BRACKETED = tuple(
    (
        sign,
        later(
            rf"\{sign}(?:(?<=[^\s\[\\].)|(?<=[^\s\[] .)|(?<=\\.))\[?[\^†]?(?:[a-z]{{1,12}}[:_])?"
            r"([0-9]{1,4})(?=[\]】］,;–†^\\-])"
        ),
    )
    for sign in "[【［"
)
_HIGH = (
    ("<sup", later(rf"<sup[^<>\n]{{0,100}}>\[?([0-9]{{1,4}})\b(?:</sup>)?+{NO_EQUATION}")),
    ("^", later(r"\^(?<!\[\^)\[?([0-9]{1,4})\b")),
    ("$^", later(r"\$\^\{?\[?([0-9]{1,4})\b")),
)
_HIGH_DIGITS = later(rf"([⁰¹²³⁴-⁹][⁰¹²³⁴-⁹]{{0,3}}+){NO_EQUATION}{NO_NAME}(?![⁺⁻](?![¹²³⁴-⁹]))")
_HIGH_SIGN = later("[⁰¹²³⁴-⁹①-⑳]")
_SETS_HIGH = later(r"<sup|[⁰¹²³⁴-⁹①-⑳]|\^\[?[0-9]{1,4}\]?\^|\$\^")
_HOUSE_ID = later(r"\[([A-Z]{1,3}-?[0-9]{1,4})(?=[\],;])")
_HOUSE_ITEM = later(
    r"^[ \t]{0,8}(?:[-*+•][ \t]{1,4}|#{1,6} )[*_`]{0,3}\[([A-Z]{1,3}-?[0-9]{1,4})\]", re.M
)
"""An id that an item begins with."""
_HOUSE_CLOSING = later(
    r"[.!?…。”\"](?:(?<=[^\W_][.!?…。])|(?<=.[”\"])) ?"
    r"\[(S[1-9][0-9]?)(?:[,;] ?S[0-9]{1,2}){0,9}\](?=\s*$)",
    re.M,
)
"""Ids of sources behind the last sentence of a line."""
_FEWEST_CLOSING = 2
"""Of those that cite, where a text has no more ids."""
_LONGEST_BASE = 24
"""Characters before a digit set high that tell an exponent."""
_FEWEST_ITEMS = 2
_MANY = 3
"""How often a doubtful dialect must occur before the document is believed to speak it."""
_RAISED = later(
    rf"(?:<sup[^<>\n]{{0,100}}>\s?\[?(?P<tagged>{NUMBERS})\]?\s?</sup>"
    rf"|\^\[?(?P<carets>{NUMBERS})\]?\^|(?P<digits>[¹²³⁴-⁹][⁰¹²³⁴-⁹˒‚⁻,]{{0,20}})"
    r"|(?P<circled>[①-⑳]{1,10}))(?![^\W_]|[⁺⁻])"
)


class Evidence(NamedTuple):
    """What the document itself says about its markers.

    Attributes:
        listed: The identifiers of its reference list; empty when it has none.
        counted: Whether its linked numbers are a numbering, and not counts of something else
            (comments, likes) that happen to be links.
        bracketed: Whether entries of its list are cited by their numbers in brackets: "[1]".
        high: Whether numbers set high are its markers, and not exponents: they name at least as
            many entries of its list as the numbers in brackets do.
        house: Whether identifiers like "[S12]" are its markers.
        kinds: Where they are, the letters of those that its list has: "S" of "S12".
        flat: Whether numbers glued behind a stop are its markers ("inheritance.15 This").
        spaced: Whether numbers that stand apart are its markers ("a third 4 , while").
        rounded: Whether identifiers in round brackets are its markers: they name several of its
            list or half of it, and far more than those in square brackets or set high do.
        authored: Whether its list names works by author and year.
        chips: Whether names glued behind a stop are copied chips ("fell.example+1").
        symbols: Whether its list has notes known by symbols ("†").
        unlisted: Numbers set high that are its markers although it has no list: behind words and
            stops they count from 1 without a gap, which exponents do not.
        alone: Whether they have lost their height, and stand glued behind stops.
        lacking: The largest number set high or in round brackets that is a marker although its
            list lacks it, where such numbers are its markers; 0 where they are not.
        placed: Whether numbers in brackets are markers although no list has any, by their places.
        spelled: The identifiers of its list that are words, by how links name them.
        keys: The keys with a number in its brackets ("[@roe2020]"), and those in prose that are
            built as they are: these are no handles of people.
        carets: Whether its footnotes are counted apart from the entries of another list.
        turns: Where `flat`, what the order of first citations says of doubtful numbers.
        refers: Whether its sentences may name entries in words ("as ref. 2 says").
        stray: Numbers in brackets far beyond its list that stand nowhere as citations do.
        arrays: Names behind which a number in brackets is an index: "buf", where it has "buf[0]".
        vectors: Whether numbers in brackets with blanks between them are none: "[1 2]".
        titles: Labels of the list that are headings, too: "## [1.2.0]", a link to what it names.
        odd: What finds the markers of its list, where the text has them in a way of its own; else
            None.
        plain: Whether all its markers are spelled as the dialects know them: nothing is respelled.
        heads: Whether it is a heading that is read.
    """

    listed: frozenset[str]
    counted: bool = True
    bracketed: bool = False
    high: bool = True
    house: bool = False
    kinds: frozenset[str] = frozenset()
    flat: bool = False
    spaced: bool = False
    rounded: bool = False
    authored: bool = False
    chips: bool = False
    symbols: bool = False
    unlisted: frozenset[str] = frozenset()
    alone: bool = False
    lacking: int = 0
    placed: bool = True
    spelled: Mapping[str, str] = {}
    keys: frozenset[str] = frozenset()
    carets: bool = False
    turns: Turns = NO_TURNS
    refers: bool = False
    stray: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()
    vectors: bool = False
    titles: frozenset[str] = frozenset()
    odd: re.Pattern[str] | None = None
    plain: bool = False
    heads: bool = False


def evidence_of(text: str, listed: Iterable[str | None]) -> Evidence:
    """What a document says about its markers: its text, and the markers of its reference list."""
    known = frozenset(filter(None, listed))
    numbers = set(map(int, _LINKED_NUMBER.findall(text)))
    counted = not numbers or max(numbers) <= _SPARSE * len(numbers)
    house = Counter(_HOUSE_ID.findall(text))
    flat = [number for number in glued_numbers(text) if number in known] if known else []
    brackets = frozenset(_bracketed(text)) if known else known
    bracketed = known & brackets
    high = known.intersection(_numbers_high(text)) if known else known
    rounded = bool(known) and is_rounded(text, known, bracketed | high, frozenset(flat))
    largest = max(filter(None, map(number_in, known)), default=0)
    in_order = flat == [str(number) for number in range(1, len(flat) + 1)]
    many = len(flat) >= _MANY or in_order or known.issubset(flat)
    is_flat = not rounded and len(set(flat)) > 1 and many
    spaced = is_dense = False
    if largest and bracketed and not (rounded or is_flat):
        is_flat = is_dense = bool(dense(text, known))
    elif largest and not (high or rounded or is_flat):
        is_flat = not flat and cites_in_turn(text, known)
        spaced = not is_flat and cites_spaced(text, known)
    beyond = frozenset(label for label in brackets - known if int(label) > _SPARSE * largest)
    raised = high and not _only_carets(text)
    # A few raised numbers may be exponents ("10^9"): what half of a list is cited by is the way.
    cited = bracketed or rounded or is_flat or spaced or (raised and 2 * len(high) >= len(known))
    odd = None if cited else odd_markers(text, known)
    unlisted = _counted_high(text) if not known and _has_high(text) else frozenset()
    alone = frozenset() if known or any(map(plausible, _bracketed(text))) else counted_alone(text)
    spoken = rounded or len(high) >= max(_MANY, len(bracketed))
    is_house = _is_house(text, house, known)
    found = Evidence(
        known,
        counted,
        bool(bracketed),
        high=is_dense
        or (not odd and max(len(high), len(set(flat)) if is_flat else 0) >= len(bracketed)),
        house=is_house,
        kinds=frozenset(filter(None, map(kind_of, known))) if is_house else frozenset(),
        flat=is_flat,
        spaced=spaced,
        turns=turns(text, known) if is_flat else NO_TURNS,
        stray=astray(text, beyond) if largest and 0 < len(beyond) < _MANY else frozenset(),
        odd=odd,
        rounded=rounded,
        authored=are_authored(known),
        refers=bool(largest) and refers(text),
        symbols=any(map(is_symbol, known)),
        chips=has_chips(text),
        unlisted=unlisted or alone,
        alone=bool(alone) and not unlisted,
        placed=any(map(str.isdecimal, known)) or stand_as_citations(text),
        spelled={folded(label): label for label in known if not label.isdecimal()},
        keys=at_keys(text) if "@" in text else frozenset(),
        arrays=indexed(text, known),
        vectors=bool(largest) and has_vectors(text, known),
        titles=known.intersection(_HEADING_OF.findall(text)) if holds(text, "# [") else frozenset(),
        carets=any(label.startswith("^") for label in known),
        lacking=min(_SPARSE * largest, LARGEST_UNLISTED) if spoken else 0,
    )
    odd_ways = (odd, rounded, is_flat, spaced, found.authored, found.refers, found.symbols)
    return found._replace(plain=not any((*odd_ways, found.chips, found.alone)))


def _is_house(text: str, house: Counter[str], known: frozenset[str]) -> bool:
    """Whether ids in brackets cite: the list has one, or several stand in the text.

    Where items begin with them, each with its own, they number what the text itself says. Without
    a list they stand where citations do.
    """
    if any(label in known for label in house):
        return True
    if house.total() < _FEWEST_CLOSING:
        return False
    if house.total() < _MANY:
        closing = set(_HOUSE_CLOSING.findall(text))
        return len(closing) == house.total() and closing.issuperset(house)
    items = _HOUSE_ITEM.findall(text)
    if len(items) >= _FEWEST_ITEMS and len(set(items)) == len(items):
        return False
    return ids_stand_as_citations(text)


def kind_of(label: str) -> str:
    """The letters of an id: "S" of "S12"; nothing of a number."""
    return label.rstrip("0123456789").removesuffix("-")


def _bracketed(text: str) -> Iterator[str]:
    beyond = beyond_ascii(text)
    return chain.from_iterable(
        pattern.findall(text) for sign, pattern in _BRACKETED if sign == "[" or sign in beyond
    )


def _numbers_high(text: str) -> Iterator[str]:
    for sign, pattern in _HIGH:
        yield from pattern.findall(text) if holds(text, sign) else ()
    if _HIGH_SIGN.search(beyond_ascii(text)):
        for match in _HIGH_DIGITS.finditer(text):
            number = match[0].translate(SUPERS)
            if not is_power((number,), text[max(0, match.start() - _LONGEST_BASE) : match.start()]):
                yield number


def _only_carets(text: str) -> bool:
    """Whether what is set high in a text is so by a caret before it: "fell.^1"."""
    return not _SETS_HIGH.search(text)


def _has_high(text: str) -> bool:
    """Whether something may be set high in a text; most have nothing."""
    if "^" in text or holds(text, "<sup"):
        return True
    return _HIGH_SIGN.search(beyond_ascii(text)) is not None


def _counted_high(text: str) -> frozenset[str]:
    """Numbers set high that are markers without a list; none where brackets hold markers."""
    if any(map(plausible, _bracketed(text))):
        return frozenset()
    seen: set[str] = set()
    for match in _RAISED.finditer(text):
        if not can_carry(text[max(0, match.start() - 20) : match.start()]):
            continue
        for label in _high_labels(match):
            if label not in seen and label != str(len(seen) + 1):
                return frozenset()
            seen.add(label)
    return frozenset(seen)


def _high_labels(match: re.Match[str]) -> tuple[str, ...]:
    """The numbers set high in one place; a single "", which counts nothing, for what is no marker.

    `match` is of `_RAISED`.
    """
    if circled := match["circled"]:
        behind = _BEHIND_CIRCLE.match(match.string, match.end())
        return tuple(str(CIRCLED.index(char) + 1) for char in circled) if behind else ("",)
    raw = match["tagged"] or match["carets"] or match["digits"].translate(_FLATTENED)
    return expand(raw.strip(",-")) or ("",)
