"""Entries without a label -> the same under their names, where the text cites names in brackets.

"* Port Herald – https://…" is cited as "[Port Herald]" or "[Source: Port Herald]". The name is the
title, or the part of it before a remark: "Port Herald — seen 2 May". A numbered entry is renamed
only where the text cites it by its title, "(Source: Annual report)", and cites no number.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.entries import OF_FILES
from ledger.extract.markers.worded import names_in
from ledger.patterns import later

_FEWEST = 2
"""Entries of a list that the text names; one name in brackets may be an editor's word."""
_REMARK = later(r"\s{1,2}[—–|·-]\s{1,2}")

_BRACKETED = later(r"\[(\d+)\]")
_FILE = later(rf"\w[^/|\n\[\](),;]{{0,100}}?{OF_FILES}")
_ID = later(r"[A-Za-z#]{0,9}[-_ ]?[0-9]{1,4}")
"""What is read where ids are: no name, unless other entries are called by theirs."""


def named(references: Sequence[Reference], text: str) -> list[Reference]:
    """The entries of a list, those that the text names with their names as markers.

    Args:
        references: In the order of the list.
        text: Without its lists.
    """
    names = dict(_names(references))
    if not names and (numbers := _by_number(references, text)):
        called = {name for name, is_called in names_in(text) if is_called and name in numbers}
        return _renamed(references, {numbers[name]: name for name in called})
    said = dict(sorted(_with_files(names_in(text)))) if names else {}
    cited = {number: name for name, number in names.items() if name in said}
    called_so = any(said[name] for name in cited.values())
    if len(cited) < min(_FEWEST, len(references)) and not called_so:
        return list(references)
    if all(map(_ID.fullmatch, cited.values())):
        return list(references)
    return _renamed(references, cited)


def _with_files(said: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The names, those of files without the places behind them, too: "report.pdf, p. 3"."""
    for name, called in said:
        yield name, called
        if (file := _FILE.match(name)) and file[0] != name:
            yield file[0], True


def _renamed(references: Sequence[Reference], names: Mapping[int, str]) -> list[Reference]:
    return [
        replace(each, marker=names[number]) if number in names else each
        for number, each in enumerate(references)
    ]


def _by_number(references: Sequence[Reference], text: str) -> dict[str, int]:
    """The titles of entries with numbers, where the text cites none of these; else nothing."""
    markers = {each.marker for each in references if each.marker and each.marker.isdecimal()}
    if not markers or not markers.isdisjoint(_BRACKETED.findall(text)):
        return {}
    above = Above()
    above.read(text)
    if not above.numbers("bracketed").isdisjoint(markers):
        return {}
    titles = Counter(each.title for each in references)
    numbered = enumerate(references)
    return {
        each.title: n
        for n, each in numbered
        if each.marker and each.title and titles[each.title] == 1
    }


def _names(references: Sequence[Reference]) -> Iterator[tuple[str, int]]:
    """Each name that is of one entry only, with the number of that entry; titles last."""
    short: dict[str, list[int]] = {}
    titles: dict[str, int] = {}
    for number, each in enumerate(references):
        if each.marker is None and each.urls and each.title:
            titles[each.title] = number
            short.setdefault(_REMARK.split(each.title)[0], []).append(number)
        elif each.marker is None and each.title and (file := _FILE.match(each.title)):
            short.setdefault(file[0], []).append(number)
    yield from ((name, numbers[0]) for name, numbers in short.items() if len(numbers) == 1)
    yield from titles.items()
