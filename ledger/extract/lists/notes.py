"""Notes that stand in the text itself ("^[Roe, in a letter.]") -> entries of the list."""

from collections.abc import Iterable

from ledger.document import Mention, Reference
from ledger.extract.lists.open_entry import OpenEntry, references_of
from ledger.extract.markers.marker import INLINE_NOTE


def number_notes(mentions: Iterable[Mention]) -> tuple[list[Reference], list[Mention]]:
    """Number the inline notes of a document; each becomes a reference, with or without address.

    Those that name an address in the same words are one note, cited again.

    Returns:
        The entries, and all mentions with the labels "note-1", "note-2", ... for those notes.
    """
    entries: list[Reference] = []
    numbered: list[Mention] = []
    known: dict[str, str] = {}
    for mention in mentions:
        if mention.labels == (INLINE_NOTE,):
            words = _inside(mention.raw)
            label = known.get(words)
            if label is None:
                label = f"note-{len(entries) + 1}"
                found = references_of(OpenEntry((label,), 0, words))
                entries.extend(found)
                if any(each.urls for each in found):
                    known[words] = label
            mention = mention._replace(labels=(label,))
        numbered.append(mention)
    return entries, numbered


def _inside(raw: str) -> str:
    """The words of "^[words]" and of "[fn:name:words]"."""
    return raw[2:-1] if raw.startswith("^") else raw[4:-1].partition(":")[2]
