"""A marker -> whether the document's own evidence lets it be one where it stands.

The one place that decides between two readings of the same characters; `evidence` is what it
decides by.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from ledger.extract.markers.authored import without_letter
from ledger.extract.markers.carried import can_carry, is_power, is_year
from ledger.extract.markers.evidence import Evidence, kind_of
from ledger.extract.markers.indexed import name_before
from ledger.extract.markers.marker import Marker
from ledger.extract.markers.numbers import number_in, plausible
from ledger.extract.markers.rounded import HAS_NUMBER
from ledger.extract.markers.worded import leads_on
from ledger.names import REGISTRY
from ledger.patterns import later

Admission = Callable[[Marker, str, Evidence], bool]
"""Gets the marker, some characters before it, and what the document says of its markers."""

_RANGE_WORD = later(r"\b(?:interval|range|between|from)[\s:]{0,2}$", re.I)

_CHARACTERS = later(r"(?=[a-zA-Z]|0-[79]|.{4})(?:[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|_)+")
"""Ranges of characters, which patterns exclude: "[^a-z]", "[^A-Za-z0-9_]"; "[^1-2]" is a note."""
_LETTER = r"(?:^|[\s(=+*/,-])[A-Za-z]$"
_INDEXED = later(rf"{_LETTER}|[a-z0-9]_[a-z0-9]{{0,16}}$")
"""What an index in brackets belongs to: one letter, or a name with an underscore."""
_LONGEST_INDEXED = 20
"""Characters before a bracket in which that stands: 18 at most, by the pattern."""
_INDEXED_LABEL = later(rf"{_LETTER}|\{{$")
"""The same for an index that is a label of the list, and where a formula has one."""
_OF_VARIABLE = later(r"(?:(?<=[\s(=])|\A)[a-z]$(?<![0-9]\s[a-z])")
"""One small letter alone, which nobody cites for: "a[3] is the fourth"; no unit: "100 m [3]"."""
_INTERVAL_SIGN = later(r"(?:\bCI|∈|=|≈|±|区间|區間)[\s:]{0,2}$")
_INTERVAL_WORD = later(
    r"\b(?:interval|range|between|from|in|over|within)[\s:]{0,2}$|\((?<=[a-z_]\()$", re.I
)
"""What several numbers are no citation behind that the list lacks; or a call: "array([2, 3])"."""
_ON_INTERVAL = later(
    r"\b(?:in|on|over|the|closed|open|unit|time)\s(?:the\s)?intervals?[\s:]{0,2}$", re.I
)
_FIGURE = later(r"(?<![\w.,:/–-])([0-9]{1,3}(?:\.[0-9]{1,2})?) \Z")
_PAIR = 2
"""Numbers that are no range yet, and letters that are no word."""
_FEWEST_LETTERS, _FEWEST_DIGITS = 2, 4
"""Letters, or digits, that are a class of a pattern where they are in order: "[^ab]", "[^0123]"."""
_BEGIN_PATTERNS = frozenset("\"'(/=|\\^`")
"""What stands before a pattern of characters."""
_ENDS_CODE = later(r"[\w)]`\Z")
_PARAGRAPH = later(
    r"\b(?:at|paras?\.?|paragraphs?|Rn\.?|Tz\.?)\s{1,2}"
    r"(?:\[[0-9]{1,4}\](?:\s?[-–]|,(?: and)?|\s(?:and|to|und|bis))\s?){0,8}$",
    re.I,
)
"""What stands before a paragraph of a judgment: "at [33]", "[14]" of "paragraphs [12] and [14]"."""
_ARTICLE = later(r"\b(?:articles?|rules?|regulations?|chapters?|artikel|artículos?)$", re.I)
_FULL_STOPS = frozenset(".!?。！？”")
_HIGHER = frozenset("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_NAME_WITH_NUMBER = later(r"(?<![\w-])[A-Za-z]{2,12}(?:-[A-Za-z]{1,8}){0,3}-?[0-9]{1,3}\Z")
"""A name that ends in a number of its own: "SARS-CoV-2 (1)", "ACE2 (2)"."""
_MOST_UNLISTED = 3
"""How many numbers cite together where the list lacks one; more are a span: "adults (20–65)"."""


def always(_: Marker, __: str, ___: Evidence) -> bool:
    """Anywhere."""
    return True


def if_numbers_fit(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers that may count sources, where they are no index, interval or date."""
    # The numbers of a range are all of one kind: the first says it for each of a hostile thousand.
    return not marker.labels[0].isdecimal() or _fit(marker.labels, before, evidence)


def if_ends_fit(marker: Marker, before: str, evidence: Evidence) -> bool:
    """A range whose ends have brackets of their own, as those of no interval have: "in [4]–[6]"."""
    return if_numbers_fit(marker, _INTERVAL_WORD.sub("", before), evidence)


def if_prefixed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Numbers that a word calls sources, counted from 0 or 1; ids of their own are always."""
    listed = evidence.listed
    return all(
        not label.isdecimal() or label in listed or label == "0" or plausible(label)
        for label in marker.labels
    )


def if_called(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers called sources in square brackets: of the list, or any where no list has numbers.

    A text that cites entries of its list so cites with all such numbers.
    """
    if if_listed(marker, before, evidence):
        return True
    may_lack = "[" in evidence.called or not any(map(str.isdecimal, evidence.listed))
    return may_lack and if_prefixed(marker, before, evidence)


def if_called_rounded(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Those in round brackets: of the list, or any where the text cites entries of that so."""
    if if_listed(marker, before, evidence):
        return True
    return "(" in evidence.called and if_prefixed(marker, before, evidence)


def if_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Only where the list has all its labels."""
    return evidence.listed.issuperset(marker.labels)


def if_note(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Notes are entries of the list, "（注1）", unless the text cites that in brackets, too."""
    return not evidence.bracketed and if_listed(marker, before, evidence)


def if_key(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A key of the list or of the brackets; any other may be the handle of a person."""
    return evidence.listed.issuperset(marker.labels) or evidence.keys.issuperset(marker.labels)


def if_listed_numbers(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers of the list, but for those of an interval: "between [1 and 2]"."""
    pair = len(marker.labels) > 1 and _RANGE_WORD.search(before) is not None
    listed = not pair and if_listed(marker, before, evidence)
    return listed and _fit(marker.labels, before, evidence)


def if_placed_numbers(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Numbers of the list; any with a place by its name where no list has numbers."""
    if if_listed_numbers(marker, before, evidence):
        return True
    unlisted = marker.sure and not any(map(str.isdecimal, evidence.listed))
    return unlisted and _fit(marker.labels, before, evidence)


def if_own_label(marker: Marker, before: str, evidence: Evidence) -> bool:
    """A label of the list, but for an index, "a[i]", and words that are linked: "the [guide]"."""
    if not if_listed(marker, before, evidence) or _INDEXED_LABEL.search(before):
        return False
    label = marker.labels[0]
    words = " " in label or (label.isalpha() and len(label) > _PAIR)
    return not (words and leads_on(before))


def if_number_or_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A named note is known by the list: "[field]_" may be anything."""
    return marker.labels[0].isdecimal() or evidence.listed.issuperset(marker.labels)


def if_listed_symbol(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A symbol is known by the list: "[^*]" is a pattern, too; without one, so is "[^1]"."""
    if evidence.listed.issuperset(marker.labels):
        return True
    label = marker.labels[0]
    if _CHARACTERS.fullmatch(label) or _is_alphabetical(label):
        return False
    if len(label) == 1 and label.isalpha() and evidence.listed:
        return any(map(str.isalpha, evidence.listed))
    return evidence.placed if label.isdecimal() else label[0].isalnum()


def _is_alphabetical(label: str) -> bool:
    """Whether a label is characters that a pattern excludes: "[^abc]"; "[^123]" is a note."""
    fewest = _FEWEST_DIGITS if label.isdecimal() else _FEWEST_LETTERS
    return len(label) >= fewest and label.isalnum() and all(a < b for a, b in pairwise(label))


def if_keys(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Keys of the list, and any that are no options of a program: "[@ONLY]", "map[@@iterator]"."""
    if not evidence.listed.isdisjoint(marker.labels):
        return True
    return not (marker.labels[0].isalpha() and marker.labels[0].isupper())


def if_noted(_: Marker, before: str, __: Evidence) -> bool:
    """A note in the text; not what a pattern of characters begins with: '"^[A-Z]"'.

    A name that is code may have one: "`binomial()`^[And others.]".
    """
    return before[-1:] not in _BEGIN_PATTERNS or _ENDS_CODE.search(before) is not None


def if_named_source(marker: Marker, before: str, evidence: Evidence) -> bool:
    """One that is called a source: "It rose (source: tables of the port)".

    In a heading the list has it, or it is words of that: "Prices (source: highs and lows)".
    """
    if evidence.heads and not evidence.listed.issuperset(marker.labels):
        return False
    return if_named(marker, before, evidence)


def if_named(marker: Marker, before: str, evidence: Evidence) -> bool:
    """A source named in words, behind the words that it carries; alone it belongs to a picture.

    The name of a known outlet that the list lacks stays in the text, where it says more: see
    `ledger.attribute`.
    """
    if not before.strip():
        return False
    listed = evidence.listed.issuperset(marker.labels)
    return listed or not any(map(REGISTRY.begins, marker.labels))


def if_carried(_: Marker, before: str, evidence: Evidence) -> bool:
    """What stands behind words in a text; in a heading it is of those."""
    return bool(before.strip()) and not evidence.heads


def if_paper(marker: Marker, before: str, evidence: Evidence) -> bool:
    """A file behind what it carries; where words lead on to it, it is one: "see [report.pdf]"."""
    return if_named(marker, before, evidence) and not leads_on(before)


def if_house(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Ids of the list, or of its kinds: beside "[S1]" and "[S2]", "[S7]" leads nowhere."""
    if evidence.listed.issuperset(marker.labels):
        return True
    kinds = evidence.kinds
    if kinds is None:
        return False
    return not kinds or not kinds.isdisjoint(map(kind_of, marker.labels))


def if_house_rounded(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Ids in round brackets: of the list, where the text has others in square ones."""
    listed = evidence.kinds is not None and evidence.listed.issuperset(marker.labels)
    return listed or if_rounded(marker, before, evidence)


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
    """Whether numbers in round brackets are citations, given the text `before` them.

    Not behind a number that is no year ("§ 4(2)", "7 (2) of 10"), nor behind a word that has
    its own number there ("equation (2)").
    """
    bare = before.rstrip()
    if not evidence.rounded:
        return False
    if not evidence.listed.issuperset(marker.labels) and (
        _ARTICLE.search(bare) or not _lead_nowhere(marker.labels, bare, evidence)
    ):
        return False
    if HAS_NUMBER.search(bare):
        return False
    if not bare[-1:].isdecimal():
        return True
    return is_year(bare) or (bare != before and _NAME_WITH_NUMBER.search(bare) is not None)


def if_raised(marker: Marker, before: str, evidence: Evidence) -> bool:
    """Whether numbers set high are citations: the list has them, and no unit stands before."""
    if evidence.unlisted:
        return evidence.unlisted.issuperset(marker.labels) and can_carry(before)
    if before[-1:] in _HIGHER:  # "m⁻²", or the rest of what was refused
        return False
    if not evidence.high:  # the text cites in brackets, and beside them behind a stop at most
        return before[-1:] in _FULL_STOPS and evidence.listed.issuperset(marker.labels)
    if not evidence.listed.issuperset(marker.labels):
        return _lead_nowhere(marker.labels, before, evidence)
    return not is_power(marker.labels, before)


def if_counted(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Whether numbers that are links are identifiers."""
    return evidence.counted or evidence.listed.issuperset(marker.labels)


def if_grouped(marker: Marker, _: str, evidence: Evidence) -> bool:
    """Digits in groups are two numbers only where the list has both."""
    return not evidence.listed or evidence.listed.issuperset(marker.labels)


def _fit(labels: tuple[str, ...], before: str, evidence: Evidence) -> bool:
    """Whether bracketed numbers are citations, given the text `before` them.

    Two numbers behind a sign of an interval ("95% CI [12, 18]") never are, nor is an index of a
    formula or of what the text uses as an array. Identifiers of the list always are elsewhere.
    Otherwise refused: zero, years, numbers larger than any list, and what stands right behind a
    variable ("a[3]").
    """
    if not evidence.placed and not evidence.listed.issuperset(labels):
        return False
    pair = len(labels) > 1 and before
    if pair and (_INTERVAL_SIGN.search(before) or _is_around(labels, before)):
        return False
    if before.endswith(("{", "第")):
        return False  # a formula, "x_{[1]}", or what is counted: "第[2]组"
    if _OF_VARIABLE.search(before, len(before) - 2) or (
        evidence.arrays and name_before(before) in evidence.arrays
    ):
        return False
    if evidence.listed.issuperset(labels):
        return not (pair and _ON_INTERVAL.search(before))
    if evidence.listed and _PARAGRAPH.search(before):
        return False
    if _INDEXED.search(before, len(before) - _LONGEST_INDEXED) or (
        pair and _INTERVAL_WORD.search(before)
    ):
        return False
    if not evidence.stray.isdisjoint(labels):
        return False
    return all(label in evidence.listed or plausible(label) for label in labels)


def _is_around(labels: tuple[str, ...], before: str) -> bool:
    """Whether a range is around the figure before it, as a median has one: "2 [1–3] days"."""
    figure = _FIGURE.search(before) if before[-1:] == " " and len(labels) > _PAIR else None
    if figure is None:
        return False
    first, last = int(labels[0]), int(labels[-1])
    return last - first == len(labels) - 1 and first <= float(figure[1]) <= last


def _lead_nowhere(labels: tuple[str, ...], before: str, evidence: Evidence) -> bool:
    """Whether numbers that the list lacks are markers all the same: cited as the others are."""
    numbers = [number for label in labels if (number := number_in(label)) is not None]
    if len(labels) > _MOST_UNLISTED:
        return False
    if len(numbers) != len(labels) or not 0 < min(numbers) <= max(numbers) <= evidence.lacking:
        return False
    return can_carry(before)
