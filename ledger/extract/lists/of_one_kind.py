"""Numbered entries, in a text that cites "[web:3]" -> the same entries, labelled "web:3".

A search numbers its results by kind. The answer keeps the kind in its markers, but its list has the
bare numbers. Where a text cites two kinds, or bare numbers as well, it is not known which of them
the list counts.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.patterns import later

_KINDS = "web|post|memory|search|attached_file|file|x"
_CITED = later(rf"(?<=[\[,;\s])((?:{_KINDS})[:_])\s?([0-9]{{1,4}})(?=\s?[\],;])")
_ANY = later(rf"\[(?:{_KINDS})[:_]")
_BARE = later(r"\[[0-9]{1,4}\]")
_FEWEST = 2
"""Entries that the text cites so; and at least half of the list."""


def of_one_kind(references: Sequence[Reference], text: str) -> list[Reference]:
    """The entries of a list, called "web:3" where the text cites all so and in no other way.

    Args:
        references: In the order of the list.
        text: Without its lists.
    """
    if not _ANY.search(text):
        return list(references)
    cited = {(match[1], match[2]) for match in _CITED.finditer(text)}
    numbers = {number for _, number in cited}
    listed = {each.marker for each in references if each.marker and each.marker.isdecimal()}
    kinds = {kind for kind, _ in cited}
    if len(kinds) != 1 or not numbers <= listed or len(numbers) < max(_FEWEST, len(listed) / 2):
        return list(references)
    if _BARE.search(text):
        return list(references)
    (kind,) = kinds
    return [
        replace(each, marker=f"{kind}{each.marker}") if each.marker in listed else each
        for each in references
    ]
