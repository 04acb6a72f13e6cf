"""A document -> what it says about its own markers.

Is "[2019]" a year or a citation, "m²" an exponent or a marker, "12" behind a stop a superscript
that lost its height? The document answers: by its reference list, by the sequence of its numbers,
by the dialect it uses elsewhere. Here that is counted; what follows for one marker where it stands
is said in `admit`. No rule here knows a single document.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.extract.markers.at_keys import at_keys
from ledger.extract.markers.authored import are_authored
from ledger.extract.markers.glued import counted_alone
from ledger.extract.markers.high_numbers import counted_high, has_high
from ledger.extract.markers.in_brackets import behind_words
from ledger.extract.markers.indexed import has_vectors, indexed
from ledger.extract.markers.numbers import LARGEST_UNLISTED, number_in, plausible
from ledger.extract.markers.respell import Respelling, respelling
from ledger.extract.markers.unlisted import astray, ids_stand_as_citations, stand_as_citations
from ledger.extract.markers.ways import MANY, ways_of
from ledger.extract.markers.worded import called, folded
from ledger.letters import holds
from ledger.patterns import later

_LINKED_NUMBER = later(r"\[([0-9]{1,4})\\?\]\(")
_HEADING_OF = later(r"^#{1,6} \[([^\[\]\n]{2,60})\](?![\[(])", re.M)
_SPARSE = 3
"""A whole numbering has no gaps; an excerpt is hardly thinner than one number in three."""

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
_FEWEST_ITEMS = 2
"""Items that begin with an id of their own: one may cite at its beginning."""


class Evidence(NamedTuple):
    """What the document itself says about its markers.

    Attributes:
        listed: The identifiers of its reference list; empty when it has none.
        counted: Whether its linked numbers are a numbering, and not counts of something else
            (comments, likes) that happen to be links.
        bracketed: Whether entries of its list are cited by their numbers in brackets: "[1]".
        high: Whether numbers set high are its markers, and not exponents: they name at least as
            many entries of its list as the numbers in brackets do.
        kinds: Where identifiers like "[S12]" are its markers, the letters of those that its list
            has: "S"; any letters where it has none. None where they are no markers.
        rounded: Whether identifiers in round brackets are its markers: they name several of its
            list or half of it, and far more than those in square brackets or set high do.
        authored: Whether its list names works by author and year.
        unlisted: Numbers set high that are its markers although it has no list: behind words and
            stops they count from 1 without a gap, which exponents do not.
        lacking: The largest number set high or in round brackets that is a marker although its
            list lacks it, where such numbers are its markers; 0 where they are not.
        placed: Whether numbers in brackets are markers although no list has any, by their places.
        spelled: The identifiers of its list that are words, by how links name them.
        defined: Those that definitions of links have, "[the map]: https://…", named so.
        keys: The keys with a number in its brackets ("[@roe2020]"), and those in prose that are
            built as they are: these are no handles of people.
        carets: Whether its footnotes are counted apart from the entries of another list.
        called: The brackets in which it calls entries of its list sources: "[" of "[Source 3]".
        stray: Numbers in brackets far beyond its list that stand nowhere as citations do.
        arrays: Names behind which a number in brackets is an index: "buf", where it has "buf[0]".
        vectors: Whether numbers in brackets with blanks between them are none: "[1 2]".
        titles: Labels of the list that are headings, too: "## [1.2.0]", a link to what it names.
        odd: What finds the markers of its list, where the text has them in a way of its own; else
            None.
        respell: What spells the markers of a block as the dialects know them; None where they are.
        heads: Whether it is a heading that is read.
    """

    listed: frozenset[str]
    counted: bool = True
    bracketed: bool = False
    high: bool = True
    kinds: frozenset[str] | None = None
    rounded: bool = False
    authored: bool = False
    unlisted: frozenset[str] = frozenset()
    lacking: int = 0
    placed: bool = True
    spelled: Mapping[str, str] = {}
    defined: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    carets: bool = False
    called: frozenset[str] = frozenset()
    stray: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()
    vectors: bool = False
    titles: frozenset[str] = frozenset()
    odd: re.Pattern[str] | None = None
    respell: Respelling | None = None
    heads: bool = False


def evidence_of(text: str, listed: Iterable[str | None]) -> Evidence:
    """What a document says about its markers.

    Args:
        text: Without its reference lists.
        listed: The markers of these; None is an entry without one, and passed over.
    """
    known = frozenset(filter(None, listed))
    brackets = frozenset(behind_words(text)) if known else known
    largest = max(filter(None, map(number_in, known)), default=0)
    ways = ways_of(text, known, known & brackets, largest)
    beyond = frozenset(label for label in brackets - known if int(label) > _SPARSE * largest)
    listless = not known and not any(map(plausible, behind_words(text)))
    unlisted = counted_high(text) if listless and has_high(text) else frozenset()
    alone = counted_alone(text) if listless and not unlisted else frozenset()
    spoken = ways.rounded or len(ways.raised) >= max(MANY, len(ways.bracketed))
    return Evidence(
        known,
        counted=_is_numbering(text),
        bracketed=bool(ways.bracketed),
        high=ways.high,
        kinds=frozenset(filter(None, map(kind_of, known))) if _is_house(text, known) else None,
        stray=astray(text, beyond) if largest and 0 < len(beyond) < MANY else frozenset(),
        odd=ways.odd,
        rounded=ways.rounded,
        authored=are_authored(known),
        called=called(text, known) if largest else frozenset(),
        unlisted=unlisted or alone,
        placed=any(map(str.isdecimal, known)) or stand_as_citations(text),
        spelled={folded(label): label for label in known if not label.isdecimal()},
        keys=at_keys(text) if "@" in text else frozenset(),
        arrays=indexed(text, known),
        vectors=bool(largest) and has_vectors(text, known),
        titles=known.intersection(_HEADING_OF.findall(text)) if holds(text, "# [") else frozenset(),
        carets=any(label.startswith("^") for label in known),
        lacking=min(_SPARSE * largest, LARGEST_UNLISTED) if spoken else 0,
        respell=respelling(text, known, ways, alone),
    )


def _is_numbering(text: str) -> bool:
    """Whether the linked numbers of a text are a numbering, as where there are none."""
    numbers = set(map(int, _LINKED_NUMBER.findall(text)))
    return not numbers or max(numbers) <= _SPARSE * len(numbers)


def _is_house(text: str, known: frozenset[str]) -> bool:
    """Whether ids in brackets cite: the list has one, or several stand in the text.

    Where items begin with them, each with its own, they number what the text itself says. Without
    a list they stand where citations do.
    """
    house = Counter(_HOUSE_ID.findall(text))
    if any(label in known for label in house):
        return True
    if house.total() < _FEWEST_CLOSING:
        return False
    if house.total() < MANY:
        closing = set(_HOUSE_CLOSING.findall(text))
        return len(closing) == house.total() and closing.issuperset(house)
    items = _HOUSE_ITEM.findall(text)
    if len(items) >= _FEWEST_ITEMS and len(set(items)) == len(items):
        return False
    return ids_stand_as_citations(text)


def kind_of(label: str) -> str:
    """The letters of an id: "S" of "S12"; nothing of a number."""
    return label.rstrip("0123456789").removesuffix("-")
