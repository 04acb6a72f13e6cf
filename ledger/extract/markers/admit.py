"""A marker -> whether the document's own evidence lets it be one where it stands."""

import re
from collections.abc import Callable

from ledger.extract.markers.authored import without_letter
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.marker import Marker
from ledger.extract.markers.numbers import plausible
from ledger.names import REGISTRY

Admission = Callable[[Marker, str, Evidence], bool]
"""Gets the marker, some characters before it, and what the document says of its markers."""

_RANGE_WORD = re.compile(r"\b(?:interval|range|between|from)[\s:]{0,2}$", re.I)

_CHARACTERS = re.compile(r"(?=[a-zA-Z]|0-9|.{4})(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|_)+")
"""Ranges of characters, which patterns exclude: "[^a-z]", "[^A-Za-z0-9_]"; "[^1-2]" is a note."""
_INDEXED = re.compile(r"(?:^|[\s(=+*/,-])[A-Za-z]$|\{$")
"""What an index in brackets belongs to, and where a formula has one."""


def always(_: Marker, __: str, ___: Evidence) -> bool:
    return True


def if_numbers_fit(marker: Marker, before: str, evidence: Evidence) -> bool:
    # The numbers of a range are all of one kind: the first says it for each of a hostile thousand.
    return not marker.labels[0].isdigit() or evidence.admits(marker.labels, before)


def if_prefixed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Numbers that a word calls sources, counted from 0 or 1; ids of their own are always."""
    listed = evidence.listed
    return all(
        not label.isdigit() or label in listed or label == "0" or plausible(label)
        for label in marker.labels
    )


def if_called(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers called sources in square brackets: of the list, or any where no list has numbers."""
    if if_listed(marker, before, evidence):
        return True
    return not any(map(str.isdigit, evidence.listed)) and if_prefixed(marker, before, evidence)


def if_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    return evidence.listed.issuperset(marker.labels)


def if_key(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A key of the list or of the brackets; any other may be the handle of a person."""
    return evidence.listed.issuperset(marker.labels) or evidence.keys.issuperset(marker.labels)


def if_listed_numbers(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers of the list, but for those of an interval: "between [1 and 2]"."""
    pair = len(marker.labels) > 1 and _RANGE_WORD.search(before) is not None
    listed = not pair and if_listed(marker, before, evidence)
    return listed and evidence.admits(marker.labels, before)


def if_own_label(marker: Marker, before: str, evidence: Evidence) -> bool:
    """A label of the list, but for an index: "a[i]"."""
    return if_listed(marker, before, evidence) and not _INDEXED.search(before)


def if_number_or_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A named note is known by the list: "[field]_" may be anything."""
    return marker.labels[0].isdigit() or evidence.listed.issuperset(marker.labels)


def if_listed_symbol(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A symbol is known by the list: "[^*]" is a pattern, too; without one, so is "[^1]"."""
    if evidence.listed.issuperset(marker.labels):
        return True
    label = marker.labels[0]
    if _CHARACTERS.fullmatch(label):
        return False
    return evidence.placed if label.isdigit() else label[0].isalnum()


def if_named(marker: Marker, before: str, _: Evidence) -> bool:
    """A source named in words, behind the words that it carries; alone it belongs to a picture.

    The name of a known outlet stays in the text, where it says more: see `ledger.attribute`.
    """
    return bool(before.strip()) and not any(map(REGISTRY.begins, marker.labels))


def if_house(_: Marker, __: str, evidence: Evidence) -> bool:
    return evidence.house


def if_works(marker: Marker, _: str, evidence: Evidence) -> bool:
    """One work of the list is enough: then the others are citations, too, and lead nowhere.

    So are works of several authors that the list lacks, where it has others by author and year,
    and "Roe 2020a" where it has a Roe 2020 without a letter: nobody can say which is meant.
    """
    if not evidence.listed.isdisjoint(marker.labels):
        return True
    if not evidence.authored:
        return False
    return marker.sure or not evidence.listed.isdisjoint(map(without_letter, marker.labels))


def if_rounded(marker: Marker, before: str, evidence: Evidence) -> bool:
    return evidence.admits_round(marker.labels, before)


def if_raised(marker: Marker, before: str, evidence: Evidence) -> bool:
    return evidence.raised(marker.labels, before)


def if_grouped(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Digits in groups are two numbers only where the list has both."""
    return not evidence.listed or evidence.listed.issuperset(marker.labels)
