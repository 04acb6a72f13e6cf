"""A match of `MARKER` -> what it means in this document; None where it is no marker after all."""

import re
from collections.abc import Iterable
from functools import lru_cache

from ledger.extract.markers.admit import if_counted, if_listed
from ledger.extract.markers.authored import is_work, named_works
from ledger.extract.markers.bare import read_bare_address, read_hosts
from ledger.extract.markers.dialect import Dialect
from ledger.extract.markers.dialects import BY_GROUP
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.files import read_files
from ledger.extract.markers.indexed import is_row
from ledger.extract.markers.link_words import GOES_ON, is_alone, says_only_where
from ledger.extract.markers.marker import (
    Marker,
    read_authored,
    read_called_link,
    read_footnote,
    read_house,
    read_prefixed,
    read_raised,
    read_reference_link,
)
from ledger.extract.markers.named_keys import read_keys
from ledger.extract.markers.numbers import CIRCLED, DASH, expand, number_in
from ledger.extract.markers.worded import (
    leads_on,
    listed_in,
    read_labels,
    read_named,
)
from ledger.patterns import later

_FILE_NAME = later(r"/|[\w)-]\.[a-z]{1,5}(?![a-z])")
_PROMPT = later(r"(?:^|\W)(?:In|Out)\s?$")
"""What a notebook sets before the number of a cell."""
_HOST = later(r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,18}")
_FAR_BEYOND = 3
"""How many times as large as the last number of a list none is that only its list forgot."""
_NAME = later(r"[A-Za-z]{3}")
_LEADS = later(
    r"\b(?:in|of|by|from|to|with|see|per|under|than|into|on|via|and|or|both|the"
    r"|dans|par|selon|avec|chez|según|por|bei|von|nach|aus|siehe|secondo|segundo|[вуз]|из|по|от|із|від)"
    r"\s{1,2}\Z",
    re.I,
)
"""What a sentence does not end with."""
_WORD = later(r"-?[a-z]")
_OTHER_SIGN = str.maketrans(":_", "_:")
_SPAN = later(rf"[0-9]{{1,4}}{DASH}[0-9]{{1,4}}")
_AS_LABELS = (read_bare_address, read_hosts, read_files)
"""What brackets may hold as the label of an entry, too: "[example.org]"."""

_BEFORE = 40
"""Characters before a marker that tell what it is: some words, or a few paragraphs in brackets."""
_NO_WORDS, _NO_WORDS_BEHIND = later(r"[ *_]*+"), later(r"[ .*_]*+")
"""What stands before the name of a file that is all of a block, and behind it."""


def read(match: re.Match[str], evidence: Evidence) -> Marker | None:
    """What a match of `MARKER` means here; None when the characters are no marker after all."""
    dialect = BY_GROUP[match.lastgroup or ""]
    marker = dialect.read(match[0])
    if evidence.listed:
        marker = _by_the_list(dialect, match[0], marker, evidence.listed)
    if marker is None:
        return None
    if not marker.labels:
        return _called_link(dialect, match, marker) or _unnumbered(match, marker, evidence)
    if marker.words and dialect.read is read_reference_link and is_alone(match):
        marker = marker._replace(words=None if _HOST.fullmatch(marker.words) else marker.words)
    if evidence.carets and dialect.read is read_footnote:
        return Marker((f"^{marker.labels[0]}",))
    before = _before(dialect, match, marker)
    if _is_no_mark(match, before, evidence) or _is_estimate(match, marker, evidence):
        return None
    if marker.url:
        return _linked(marker, before, evidence)
    if dialect.admit(marker, before, evidence):
        titled = evidence.titles and not evidence.titles.isdisjoint(marker.labels)
        if titled or _is_named(dialect, match, before, marker):
            inside = match[0][1:-1]
            return marker._replace(words=inside if is_work(inside) else ", ".join(marker.labels))
        return marker
    return _two_raised(dialect, marker, before, evidence)


def _before(dialect: Dialect, match: re.Match[str], marker: Marker) -> str:
    """The characters before a match.

    A stop where all of a block is the name of a file: it stands behind the block above. One that
    holds another name stands below a picture.
    """
    text, (begin, end) = match.string, match.span()
    if dialect.read in (read_named, read_files) and all(map(_FILE_NAME.search, marker.labels)):
        alone = _NO_WORDS.fullmatch(text, 0, begin) and _NO_WORDS_BEHIND.fullmatch(text, end)
        return "." if alone else text[max(0, begin - _BEFORE) : begin]
    return text[max(0, begin - _BEFORE) : begin]


def _by_the_list(
    dialect: Dialect, raw: str, marker: Marker | None, listed: frozenset[str]
) -> Marker | None:
    """What a list makes of a marker whose words its entries may have as their labels."""
    if dialect.read in _AS_LABELS and (raw[0] == "[" or dialect.read is read_files):
        labels = read_labels(raw)
        if labels and listed.issuperset(labels.labels):
            return labels
        return listed_in(marker, listed) if marker and dialect.read is read_files else marker
    if marker is None:
        return None
    if dialect.read is read_named:
        return listed_in(marker, listed)
    if dialect.read is read_footnote:
        return _each_listed(marker, listed)
    if dialect.read is read_prefixed:
        return _as_listed(marker, listed)
    if dialect.read is read_labels and listed.isdisjoint(marker.labels):
        works = read_authored(raw)  # "[Roe and Doe 1999]" could be a name as well
        return works if works and listed.issuperset(works.labels) else marker
    return marker


def _as_listed(marker: Marker, listed: frozenset[str]) -> Marker:
    """Entry 2 for "[doc_2]", or "web:2" for "[web_2]", where the list has it; else what it was."""
    if listed.issuperset(marker.labels):
        return marker
    other = tuple(label.translate(_OTHER_SIGN) for label in marker.labels)
    plain = tuple(label.removeprefix("doc:").removeprefix("doc_") for label in marker.labels)
    return next((Marker(each) for each in (other, plain) if listed.issuperset(each)), marker)


def _each_listed(marker: Marker, listed: frozenset[str]) -> Marker:
    """Notes 1, 2 and 3 for "[^1-3]", where the list has them and none that is called so."""
    (label,) = marker.labels
    if label in listed or not _SPAN.fullmatch(label):
        return marker
    each = expand(label)
    return Marker(each) if each and listed.issuperset(each) else marker


def _linked(marker: Marker, before: str, evidence: Evidence) -> Marker:
    """A link by a number, or by what calls it: "[3](…)", "[Source 3](…)"."""
    if not if_counted(marker, before, evidence):
        return Marker((), words=marker.words or ", ".join(marker.labels), url=marker.url)
    return marker if _ends_leading(before) else marker._replace(words=None)


def _called_link(dialect: Dialect, match: re.Match[str], marker: Marker) -> Marker | None:
    """A link called a citation, without its words, but where the sentence needs them; else None."""
    if dialect.read is not read_called_link or leads_on(_before(dialect, match, marker)):
        return None
    return marker._replace(words="")


def _unnumbered(match: re.Match[str], marker: Marker, evidence: Evidence) -> Marker:
    """A link by words: without them where they only say where it leads."""
    if marker.words and says_only_where(match, marker.words, marker.url or ""):
        return marker._replace(words="")
    return _linked_work(marker, evidence) if evidence.listed else marker


def _two_raised(dialect: Dialect, marker: Marker, before: str, evidence: Evidence) -> Marker | None:
    """Entries 1 and 2 for "¹²", where the list has them and no 12."""
    if dialect.read is not read_raised or len(marker.labels) > 1 or len(marker.labels[0]) == 1:
        return None
    apart = Marker(tuple(marker.labels[0]))
    admitted = if_listed(apart, before, evidence) and dialect.admit(apart, before, evidence)
    return apart if admitted else None


def _is_named(dialect: Dialect, match: re.Match[str], before: str, marker: Marker) -> bool:
    """Whether brackets have a name that is a word of the sentence as well."""
    square = match[0][:1] == "["
    readers = (read_labels, read_house) + ((read_authored, read_keys) if square else ())
    return dialect.read in readers and is_part_of_sentence(match, before, marker.labels)


def is_part_of_sentence(match: re.Match[str], before: str, labels: Iterable[str]) -> bool:
    """Whether a sentence would be broken without the names in brackets: "as in [RFC2119]".

    Args:
        match: The brackets, or what stands for them.
        before: Characters before them.
        labels: What they name.
    """
    if not all(map(_NAME.search, labels)):
        return False
    bare = before.rstrip()
    opens = not bare or (bare[-1] in ".!?" and not bare.endswith("al."))
    return _ends_leading(before) or (opens and bool(GOES_ON.match(match.string, match.end())))


def _ends_leading(before: str) -> bool:
    """Whether a text ends in a word that no sentence ends with."""
    return before[-1:].isspace() and _LEADS.search(before) is not None


def _is_no_mark(match: re.Match[str], before: str, evidence: Evidence) -> bool:
    """Whether brackets begin a word ("[2,3]-shift") or belong to a notebook or a formula."""
    behind = match.string[match.end() : match.end() + 2]
    if evidence.vectors and is_row(match[0]):
        return True
    if match[0] in CIRCLED and not evidence.high and behind.strip()[:1].isalnum():
        return True  # "It fell.[1] ① The gate broke": what opens an item where brackets cite
    if behind[:1] == ":" and _PROMPT.search(before):
        return True
    return bool(_WORD.match(behind) and before[-1:] in ("", " ", "(")) or before.endswith("quad ")


def _is_estimate(match: re.Match[str], marker: Marker, evidence: Evidence) -> bool:
    """Whether brackets are all of a cell, and their number is far beyond the list: "[292]"."""
    number = number_in(marker.labels[0]) if len(match[0]) == len(match.string) else None
    largest = None if number is None else _largest(evidence.listed)
    return number is not None and largest is not None and number > _FAR_BEYOND * largest


@lru_cache(maxsize=1)
def _largest(listed: frozenset[str]) -> int | None:
    """The largest number of a list; None without any. Every cell of a document asks for it."""
    return max((each for each in map(number_in, listed) if each is not None), default=None)


def _linked_work(marker: Marker, evidence: Evidence) -> Marker:
    """A link into the page as the entry that its words name: "[Roe 2020](#roe)", "[[RFC9]](#a)"."""
    if marker.url is None or not marker.url.startswith("#") or not marker.words:
        return marker
    label = marker.words.strip("[]\\")
    if label in evidence.listed:
        return Marker((label,))
    work = Marker((evidence.authored and named_works(marker.words)) or ())
    return marker if evidence.listed.isdisjoint(work.labels) else work
