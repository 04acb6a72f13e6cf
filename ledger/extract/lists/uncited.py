"""A list that is never cited and names no page -> whether its lines are prose.

"Notes" may head remarks on a recipe, and "Fuentes" a text about springs. Such lines make statements
of their own, which would be lost if they were taken for entries.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from ledger.document import Mention
from ledger.extract.classify import classify, is_closed
from ledger.extract.lists.entries import OF_FILES, called_source
from ledger.extract.lists.references import Listed
from ledger.patterns import later

_OF_A_WORK = later(
    r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])|\b(?:pp?|[Ss]|стр|с|ed|eds|hg|hrsg|vol|[Ii]bid|[Ee]bd)\."
    rf"|年|頁|页|{OF_FILES}"
)
"""What entries of works have: a year, a page, an editor; or they are files."""


def without_prose(listed: Listed, lines: Sequence[str], mentions: Iterable[Mention]) -> Listed:
    """The lists of a document without items that are prose; `listed` itself where it has none.

    No entry has a page, and no marker leads to an item: they are prose where sentences go on below
    them, or where most are dated as no works are. What else is listed, "* With milk.", stays.
    """
    entries = listed.references
    if not entries or any(entry.urls for entry in entries):
        return listed
    items = [n for n, at in enumerate(listed.starts) if classify(lines[at]).role == "item"]
    labels = {entries[number].marker for number in items}
    if not items or any(not labels.isdisjoint(mention.labels) for mention in mentions):
        return listed
    dated = sum(
        bool(_OF_A_WORK.search(entries[n].raw) or called_source(lines[listed.starts[n]]))
        for n in items
    )
    if 2 * dated >= len(items) and not _goes_on(lines, max(listed.lines)):
        return listed
    return _only(listed, [n for n in range(len(entries)) if n not in items])


def _only(listed: Listed, kept: Sequence[int]) -> Listed:
    """Some of the entries, with the lines from where each begins to the next."""
    starts = sorted((*listed.starts, max(listed.lines) + 1))
    ends = dict(pairwise(starts))
    taken = (range(listed.starts[n], ends[listed.starts[n]]) for n in kept)
    return Listed(
        tuple(listed.references[n] for n in kept),
        listed.lines.intersection(chain.from_iterable(taken)),
        tuple(listed.starts[n] for n in kept),
    )


def _goes_on(lines: Sequence[str], last: int) -> bool:
    """Whether a paragraph of sentences stands right below a line."""
    below = next((line for line in lines[last + 1 :] if line.strip()), "")
    return classify(below).role == "paragraph" and is_closed(below)
