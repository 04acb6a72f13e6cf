"""Works with the same first author and year -> labels that also name the other authors.

"Roe (2015)" and "Roe and Doe (2015)" are two works, and some styles add no letter to the year to
tell them apart. A label names the first author alone. Where several works of a list share a label,
the names and the "et al." of each mention say which work it means. If one mention does not say it,
all labels stay as they are, and the conflict is reported.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from ledger.document import Mention, Reference
from ledger.extract.markers.authored import NAME, OTHERS, is_work
from ledger.extract.markers.place import AND
from ledger.patterns import later

_YEAR = later(r"[(（,.]?\s?(?:1[5-9]|20)[0-9]{2}")
_JOINT = later(rf",?\s(?:{AND}\s(?:et\sal\.?)?|et\sal\.?)|[,;]\s")
_INITIALS = later(r"(?:[A-ZÀ-Þ]\.?[\s-]?){1,4}")
_INITIALS_BEHIND = later(r"\s[A-ZÀ-Þ]{1,3}\Z")
_GIVEN = later(rf"{NAME}(?:\s{NAME})?,\s{NAME}[.,\s]")
_AND = later(rf"\s{AND}\s")
_MORE = rf"(?P<more>(?:,\s{NAME}){{0,4}}(?:,?\s(?!et\sal\b){AND}\s{NAME})?)(?P<others>{OTHERS})?"
_NAMES = later(NAME)
_POSSESSIVE = later(r"(?:['’]s?)?\s{0,2}\Z")
_LONGEST_NAMES = 120
"""Characters before the year of a work that a sentence names."""
_PAIR = 2
"""Authors who are both named in a citation; of more the first is, and "et al."."""
_MOST = 26
"""Works of one label; where there are more, letters would tell them apart."""


def told_apart(
    references: Sequence[Reference], mentions: Sequence[Mention], text: str
) -> tuple[list[Reference], list[Mention]]:
    """References and mentions, those of such works under labels of their own.

    Args:
        references: The entries of a document.
        mentions: In reading order.
        text: In which the mentions have their places.
    """
    works = _of_one_label(references)
    meant: dict[str, dict[int, Sequence[str]]] = {label: {} for label in works}
    before = 0
    for number, mention in enumerate(mentions) if works else ():
        said = text[max(before, mention.at - _LONGEST_NAMES) : mention.at]
        for label in works.keys() & set(mention.labels):
            meant[label][number] = _meant(label, works[label], mention, said)
        before = mention.at
    known = {label: places for label, places in meant.items() if all(places.values())}
    found = list(mentions)
    for label, places in known.items():
        for number, names in places.items():
            name = iter(names)
            labels = [next(name) if each == label else each for each in found[number].labels]
            found[number] = found[number]._replace(labels=tuple(labels))
    return [
        _renamed(entry, works) if entry.marker in known else entry for entry in references
    ], found


def _of_one_label(references: Sequence[Reference]) -> dict[str, dict[str, Reference]]:
    """By label, its entries under labels of their own; without those that are still the same."""
    works = [each for each in references if is_work(each.marker)]
    works.sort(key=attrgetter("marker"))
    found: dict[str, dict[str, Reference]] = {}
    for label, same in groupby(works, attrgetter("marker")):
        entries = list(same)
        if len(entries) > _MOST:
            continue
        named = {_full(label, _authors(each.raw)): each for each in entries}
        if len(named) == len(entries) > 1:
            found[label] = named
    return found


def _authors(raw: str) -> list[str]:
    """The authors of an entry as it names them, initials left out: ["Roe", "Doe"]."""
    dated = _YEAR.search(raw)
    names = [name.strip() for name in _JOINT.split(raw[: dated.start()] if dated else "")]
    full = [name for name in names if name and not _INITIALS.fullmatch(name)]
    if full == names and _GIVEN.match(raw) and (len(full) == _PAIR or " " in full[-1]):
        del full[1]  # "Roe, Ann, and Jo Doe": a given name
    return [_INITIALS_BEHIND.sub("", name) for name in full]


def _full(label: str, authors: Sequence[str]) -> str:
    """A label with the second author, or with "et al."."""
    if len(authors) < _PAIR:
        return label
    name, _, year = label.rpartition(" ")
    others = f"& {authors[1].split()[-1]}" if len(authors) == _PAIR else "et al."
    return f"{name} {others} {year}"


def _meant(
    label: str, entries: Mapping[str, Reference], mention: Mention, before: str
) -> list[str]:
    """Which of the entries each label of a mention means, by the names in it or before it.

    None of them where one is not known.
    """
    if mention.part != min(entry.part for entry in entries.values()):
        return []
    name, _, year = label.rpartition(" ")
    first = rf"(?<!\w){re.escape(name)}{_MORE}"
    said = re.search(first + r"\Z", _POSSESSIVE.sub("", before))
    places = [said] if said else re.finditer(rf"{first}[^;\n]*?[,\s(]{year}", mention.raw)
    fitting = [
        [full for full, entry in entries.items() if _names(place, _authors(entry.raw))]
        for place in places
    ]
    known = len(fitting) == mention.labels.count(label) and all(len(each) == 1 for each in fitting)
    return [full for each in fitting for full in each] if known else []


def _names(place: re.Match[str], authors: Sequence[str]) -> bool:
    """Whether all authors of an entry are named, or the first and "et al." for three at least."""
    if place["others"]:
        return len(authors) > _PAIR
    said = _NAMES.findall(_AND.sub(", ", place["more"]))
    return len(said) == len(authors) - 1 and all(
        any(each in author.split() for author in authors[1:]) for each in said
    )


def _renamed(entry: Reference, works: Mapping[str, Mapping[str, Reference]]) -> Reference:
    entries = works[entry.marker or ""]
    name = next(name for name, each in entries.items() if each is entry)
    # A page that links to its works has some of one name in parts of their own.
    return replace(entry, marker=name, part=min(each.part for each in entries.values()))
