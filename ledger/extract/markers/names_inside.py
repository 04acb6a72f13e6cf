"""A text -> the same with names in the brackets of their years: "Roe (Roe, 2021) found".

So all works that it names stand in brackets of their own, where `authored` reads them, also those
beside other words, "(d = 0.28; Roe et al., 2024)", and those that are cited at second hand.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ledger.extract.markers.authored import (
    GROUPS,
    NAME,
    OTHERS,
    PAGES,
    POSSESSIVE,
    SECOND_AUTHOR,
    WHEN,
    WRAPPED,
    YEARS_ALONE,
    are_surely_works,
    label,
    named_works,
    years_of,
)
from ledger.extract.markers.inflected import uninflected
from ledger.extract.markers.paged import with_years
from ledger.extract.markers.place import AND
from ledger.patterns import later

_LONGEST_NAMES = 100
"""Characters before a year, or before a bracket of one, in which the names of its work begin.
Chosen; three long names and "and" have some 80."""
# Possessive: most places where a name may begin lead to no year.
_WHOLE_NAME = rf"(?!(?:et|{AND}|others)\s){NAME}+"
_ONE_NAME = rf"(?<![\w.'’-])(?P<name>{_WHOLE_NAME}(?:\s{_WHOLE_NAME}){{0,3}})"
_MOST_WORDS = 4
"""Words of one name before a year, particles among them: "van der Roe Lund (2020)"."""
_SECOND = rf",? {AND} {_WHOLE_NAME}|[·・/、]{_WHOLE_NAME}|{OTHERS}"
_END_OF_NAME = r"(?:[’'](?:s|n?[ıiuüeaoö]n?|[dtny]?[ae]n?)?)?s?[*_]{0,2}\s?$"
_NAME_BEFORE = later(rf"{_ONE_NAME}{_END_OF_NAME}")
_NAMES_BEFORE = later(rf"{_ONE_NAME}(?:(?:,\s{_WHOLE_NAME}){{0,5}}{_SECOND}){{0,3}}{_END_OF_NAME}")
_SECOND_BEFORE, _ITS_WORDS = later(rf"(?:{_SECOND}){_END_OF_NAME}"), 2
"""What the names of several authors end with, and most words before a year do not; and in how many
of the last words that stands."""
_SEVERAL_BEFORE = later(rf"(?<![\w.'’-])(?=[^\W\d_a-z]){NAME}{OTHERS}(?=\s?$)")
_BESIDE_LINK = later(
    r"\((?P<words>[^()\[\]\n]{3,300}+)(?=\[[^\[\]\n]{1,200}+\]\([^()\s]{1,1000}+\)"
    r"[^()\[\]\n]{0,200}+\))"
)
"""Works before a link in one pair of brackets: "(Roe, 2017; the [manual](https://…))"."""
_SHORT_INSIDE = later(rf"\((?<=[^\W\d_] \()([A-Z][\w&-]{{1,14}})\)(?=,\s{WHEN}{PAGES}?\s?[);])")
"""The short name of a body in brackets within brackets: "(Water Institute (WI), 2020)"."""
_ASIDE, _MOST_ASIDES = later(r"[;,；，]\s?"), 16
"""What parts works from what else is in brackets, and how many such signs are tried, since behind
each the rest is read. Chosen."""
_SECOND_HAND = later(
    r",?\s(?:(?:as\s)?(?:cited|quoted)\s(?:in|by)|zit(?:iert|\.)?\s(?:nach|in|bei)|apud|cit(?:ado|ada)\s"
    r"(?:en|por|em)|cit(?:é|ée)\s(?:par|dans)|cit(?:ato|ata|\.)\s(?:in|da)|geciteerd\sin|cyt\.\sza"
    r"|[цЦ]ит\.\sпо:?|akt(?:aran|\.))\s"
)
"""What a work is known by: "(Roe, 1990, as cited in Doe, 2020)"."""
_LEADS_OUT = later(r"[^\[\]\n]{0,80}\]\(<?https?://")
"""What is behind the years of a work within the words of a link that leads to a page."""
_KOREAN_AND = frozenset("와과")
_UNSPACED = later(r"[\u3040-\u9fff]")


def works_in(text: str, listed: frozenset[str]) -> Iterator[str]:
    """The works that a text names in brackets, where the list may have those `listed`."""
    text = WRAPPED.sub(lambda match: match[0].replace("\n", " "), text)
    for match in GROUPS.finditer(with_names_inside(text, listed)):
        yield from named_works(match[0][1:-1]) or ()


def last_work_in(text: str, listed: frozenset[str]) -> str | None:
    """The label of the work that a text names last, in the list or not; None without any."""
    last = None
    for match in GROUPS.finditer(with_names_inside(text, listed)):
        works = named_works(match[0][1:-1])
        if works and (not listed.isdisjoint(works) or are_surely_works(match[0])):
            last = works[-1]
    return last


def with_names_inside(raw: str, listed: frozenset[str]) -> str:
    """The text with a name written into the brackets of its years: "Roe (Roe, 2021) found".

    And with the year behind a name with a page, see `paged`. Only where the list has that work,
    or where it has several authors: "the war (2022)" stays, and so do words that a link leads from.
    """
    if "(" not in raw and "[" not in raw and "（" not in raw:
        return raw

    def named(match: re.Match[str]) -> str:
        if links and _is_linked(match):
            return match[0]  # the link says what is cited
        # A name may stand at the end of the line above, and no further up.
        furthest = max(0, match.start() - _LONGEST_NAMES)
        above = raw.rfind("\n", furthest, max(0, raw.rfind("\n", furthest, match.start())))
        first_place = max(above + 1, furthest)
        brackets = [raw.rfind(sign, first_place, match.start()) + 1 for sign in "()（）"]
        first_place = max(first_place, *brackets)  # no name has one
        years = list(years_of(match["years"]))
        place, find = first_place, _NAMES_BEFORE.search
        last_words = _last_words(raw, first_place, match.start(), _ITS_WORDS)
        if not (several := _SECOND_BEFORE.search(raw, last_words, match.start())):
            place = _last_words(raw, first_place, match.start(), _MOST_WORDS)
            find = _NAME_BEFORE.search
        while before := find(raw, place, match.start()):
            for name in _ends_of(before["name"]):
                if any(label(name, year) in listed for year in years):
                    return f"{match['open']}{name}, {match[0][1:]}"
            if first_case := uninflected(before["name"], years[0], listed):
                return f"{match['open']}{first_case}, {match[0][1:]}"
            place = before.end("name")  # "it is so, and Roe (2021)": two clauses
        several = several and _SEVERAL_BEFORE.search(raw, first_place, match.start())
        return f"{match['open']}{several[0]}, {match[0][1:]}" if several else match[0]

    raw = _with_groups(raw, listed)
    links = "](" in raw
    return YEARS_ALONE.sub(named, raw)


def _with_groups(raw: str, listed: frozenset[str]) -> str:
    """The text with works in brackets of their own."""
    if "](" in raw:
        raw = _BESIDE_LINK.sub(lambda match: _before_link(match, listed), raw)
    if "), " in raw:
        raw = _SHORT_INSIDE.sub(r"[\1]", raw)
    raw = with_years(raw, listed)
    return GROUPS.sub(lambda group: _parted(group[0], listed), raw)


def _last_words(raw: str, begin: int, end: int, most: int) -> int:
    """Where the last words between two places begin, at most so many, with the space before."""
    parts = raw[begin:end].rsplit(None, most)
    return begin + len(parts[0]) if len(parts) > most else begin


def _is_linked(years: re.Match[str]) -> bool:
    """Whether the years of a work are words of a link to a page: "[Roe (2021)](https://…)"."""
    raw = years.string
    furthest = max(0, years.start() - _LONGEST_NAMES)
    before = raw.rfind("[", furthest, years.start())
    opened = before >= 0 and not any(sign in raw[before : years.start()] for sign in "]\n")
    return opened and _LEADS_OUT.match(raw, years.end()) is not None


def _before_link(match: re.Match[str], listed: frozenset[str]) -> str:
    """Works and the link behind them in brackets of their own, where the list has those works."""
    words = match["words"]
    for sign in reversed([*islice(_ASIDE.finditer(words), _MOST_ASIDES)]):
        works = named_works(words[: sign.start()])
        if works and listed.issuperset(works):
            return f"({words[: sign.start()]}) ({words[sign.end() :]}"
    return match[0]


def _parted(group: str, listed: frozenset[str]) -> str:
    """Brackets as two where works of the list stand beside something else in them.

    "(d = 0.28; Roe et al., 2024)" is "(d = 0.28) (Roe et al., 2024)". A work that is only known by
    another, "(Roe, 1990, as cited in Doe, 2020)", is left to that, which is what the list has.
    """
    if group[1:-1].isalnum():  # a year alone
        return group
    if at_second_hand := _at_second_hand(group, listed):
        return at_second_hand
    works = () if group[0] == "[" else named_works(group[1:-1])
    if works is not None:
        short, _, rest = group[1:].partition(", ")
        known = short.isupper() and works and listed.isdisjoint(works) and named_works(rest[:-1])
        if known and listed.issuperset(known):
            return f"({short}) ({rest}"
        if len(works) != 1 or works[0] in listed:
            return group
    between = "" if group[0] == "（" else " "
    signs = [*islice(_ASIDE.finditer(group), _MOST_ASIDES)]
    for sign in signs:
        works = named_works(group[sign.end() : -1])
        if works and listed.issuperset(works):
            return f"{group[: sign.start()]}{group[-1]}{between}{group[0]}{group[sign.end() :]}"
    for sign in reversed(signs):
        works = named_works(group[1 : sign.start()])
        if works and listed.issuperset(works):
            return f"{group[: sign.start()]}{group[-1]}{between}{group[0]}{group[sign.end() :]}"
    return group


def _at_second_hand(group: str, listed: frozenset[str]) -> str | None:
    """Brackets with the works by which those are known that the list lacks; None for others."""
    second_hand = _SECOND_HAND.search(group)
    works = named_works(group[second_hand.end() : -1]) if second_hand else None
    if not second_hand or not works or not listed.issuperset(works):
        return None
    first = group[1 : second_hand.start()]
    for before in (first, first.rpartition(";")[0]):
        if listed.issuperset(named_works(before) or ("",)):
            return f"{group[0]}{before}; {group[second_hand.end() :]}"
    return f"{group[0]}{group[second_hand.end() :]}"


@lru_cache(maxsize=1024)
def _ends_of(names: str) -> tuple[str, ...]:
    """What of the words before a year may be the name, longest first; Chinese has no spaces."""
    words = POSSESSIVE.sub("", names).split()
    found = [" ".join(words[first:]) for first in range(len(words))]
    found += [word[:-1] for word in words[:-1] if word[-1] in _KOREAN_AND]
    last = words[-1] if words else ""
    if not last.isascii() and _UNSPACED.search(last):
        found += [last[first:] for first in range(1, len(last) - 1)]
        before = SECOND_AUTHOR.split(last)[-2:-1]
        found += [each[first:] for each in before for first in range(len(each) - 1)]
    return tuple(found)
