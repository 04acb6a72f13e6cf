"""Reference list and marker -> what the marker may stand for where it leads nowhere.

A marker that several parts of an article use anew, or that a list has twice, is not one thing: what
a person says of it in one claim says nothing of another. To which part a claim belongs is not in
the record, so only whether there is a choice can be told here, not which it is.
"""

from collections.abc import Sequence

from ledger.document import Reference
from ledger.resolve import lead_of


def meanings(references: Sequence[Reference], marker: str) -> tuple[str, ...]:
    """The works that a citation of `marker` without a page may be of, each once, in list order.

    Entries of one part that lead to different pages are one: nobody knows which of them is right.
    Where parts have lists of their own and none has the marker, it may be another in each.

    Returns:
        Titles, or entries as they stood; "part 2" where no list has the marker. None at all where
        every entry leads to its page, or the article has one list and the marker is not in it.
    """
    parts: dict[int, list[Reference]] = {}
    for entry in references:
        parts.setdefault(entry.part, [])
        if entry.marker == marker:
            parts[entry.part].append(entry)
    if not any(parts.values()):
        return tuple(f"part {part + 1}" for part in sorted(parts)) if len(parts) > 1 else ()
    found: dict[str, str] = {}
    for part in sorted(parts):
        for title in _of_part(parts[part]):
            found.setdefault(" ".join(title.casefold().split()), title)
    return tuple(found.values())


def _of_part(entries: Sequence[Reference]) -> list[str]:
    pages = {lead_of(entry.url).source for entry in entries if entry.url is not None}
    titles = [entry.title or entry.raw for entry in entries]
    if not pages:
        return [entry.title for entry in entries if entry.title] or titles[:1]
    return [] if len(pages) == 1 and None not in pages else [" or ".join(titles)]
