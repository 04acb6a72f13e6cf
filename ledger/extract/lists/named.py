"""Entries without a label -> the same under their titles, where the text names them in brackets.

"* Port Herald – https://…" is cited as "[Port Herald]" or "[Source: Port Herald]".
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.markers.worded import names_in

_FEWEST = 2
"""Entries of a list that the text names; one name in brackets may be an editor's word."""


def named(references: Sequence[Reference], lines: Sequence[str]) -> list[Reference]:
    """The entries of a list, those that the text names with their titles as markers.

    Args:
        references: In the order of the list.
        lines: Of the text without its lists.
    """
    titles = {each.title for each in references if each.marker is None and each.urls and each.title}
    cited = titles.intersection(names_in("\n".join(lines))) if titles else titles
    if len(cited) < min(_FEWEST, len(references)):
        return list(references)
    return [
        replace(each, marker=each.title) if each.marker is None and each.title in cited else each
        for each in references
    ]
