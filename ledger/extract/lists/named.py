"""Entries without a label -> the same under their names, where the text has those in brackets.

"* Port Herald – https://…" is cited as "[Port Herald]" or "[Source: Port Herald]". The name is
the title, or what stands in it before a remark: "Port Herald — seen 2 May".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.markers.worded import names_in
from ledger.patterns import later

_FEWEST = 2
"""Entries of a list that the text names; one name in brackets may be an editor's word."""
_REMARK = later(r"\s{1,2}[—–|·-]\s{1,2}")

_ID = later(r"[A-Za-z#]{0,9}[-_ ]?[0-9]{1,4}")
"""What is read where ids are: no name."""


def named(references: Sequence[Reference], lines: Sequence[str]) -> list[Reference]:
    """The entries of a list, those that the text names with their names as markers.

    Args:
        references: In the order of the list.
        lines: Of the text without its lists.
    """
    names = dict(_names(references))
    said = dict(sorted(names_in("\n".join(lines)))) if names else {}
    cited = {number: name for name, number in names.items() if name in said}
    called = any(said[name] for name in cited.values())
    if len(cited) < min(_FEWEST, len(references)) and not called:
        return list(references)
    return [
        replace(each, marker=cited[number]) if number in cited else each
        for number, each in enumerate(references)
    ]


def _names(references: Sequence[Reference]) -> Iterator[tuple[str, int]]:
    """Each name that is of one entry only, with the number of that entry; titles last."""
    short: dict[str, list[int]] = {}
    titles: dict[str, int] = {}
    for number, each in enumerate(references):
        if each.marker is None and each.urls and each.title:
            titles[each.title] = number
            name = _REMARK.split(each.title)[0]
            if not _ID.fullmatch(name):
                short.setdefault(name, []).append(number)
    yield from ((name, numbers[0]) for name, numbers in short.items() if len(numbers) == 1)
    yield from titles.items()
