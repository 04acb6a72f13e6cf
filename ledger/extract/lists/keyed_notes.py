"""Notes that cite works of a list -> markers of these works.

A note may name them by key, "^[See @roe2020, p. 3.]", by author and year, "Roe 2020, p. 3", or by
number, "[2], p. 3", where the notes have numbers of their own. Such a note has no address; the
works have, and their list may come from a file of its own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ledger.document import Mention, Reference
from ledger.extract.markers.authored import named_works
from ledger.patterns import later

_KEY = later(r"@(?<![\w.@/]@)([A-Za-z0-9_](?:[\w:.#$%&+?~/-]{0,80}[A-Za-z0-9_])?)")
_COMMAND = later(
    r"\\[A-Za-z]{0,10}[Cc]ite[A-Za-z]{0,9}\*?"
    r"(?:(?:\[[^\[\]\n]{0,100}\]){0,2}\{[^{}\n]{1,1000}\}){1,9}"
)
_PLACE, _IN_BRACES = later(r"\[[^\[\]\n]{0,100}\]"), later(r"\{([^{}\n]{1,1000})\}")
_MOST_BESIDE = 40
"""Letters of what leads to the works: "See also", "for a longer account compare"."""
_LONGEST = 200
"""Characters of a note that is but the names of works."""
_DIGITS, _UNROUNDED = later(r"[0-9]{4}"), str.maketrans("", "", "()")
_NUMBERED = later(
    r"(?:[Ss]ee(?: also)? |[Cc]f\. )?\[([0-9]{1,4}(?:\s?,\s?[0-9]{1,4}){0,9})\]"
    r"(?:,? (?:pp?|ch|sec)\. ?[0-9ivx–-]{1,12})?\.?"
)
_NUMBER = later(r"[0-9]{1,4}")
_SIGNS = frozenset("@\\")


def with_keys_of_notes(
    mentions: Sequence[Mention], references: Sequence[Reference], listed: AbstractSet[str]
) -> tuple[list[Mention], list[Reference]]:
    """The marks of notes as marks of the works that they cite, and the list without these notes.

    A note that says more stays an entry, and leads to the pages of its works.

    Args:
        mentions: In order.
        references: Notes and works.
        listed: The markers of the list, and of one from outside. A command of LaTeX may name
            others: they lead nowhere, as they do in the text.
    """
    names = any(" " in label for label in listed)
    entries = Counter(each.marker for each in references)
    keyed = {
        each.marker: keys
        for each in references
        if each.marker and not each.urls and entries[each.marker] == 1
        for keys in [tuple(dict.fromkeys(_cited(each.raw, each.marker, listed, names=names)))]
        if keys and each.marker not in keys
    }
    cited = {mention.labels[0] for mention in mentions if len(mention.labels) == 1}
    keyed = {marker: keys for marker, keys in keyed.items() if marker in cited}
    if not keyed:
        return list(mentions), list(references)
    pages = {each.marker: each.urls for each in references if each.marker}
    kept: list[Reference] = []
    for each in references:
        if each.marker not in keyed:
            kept.append(each)
        elif _says_more(each.raw):
            urls = tuple(url for key in keyed.pop(each.marker) for url in pages.get(key, ()))
            kept.append(replace(each, url=urls[0], urls=urls) if urls else each)
    return [
        mention._replace(labels=_each_once(mention.labels, keyed))
        if not keyed.keys().isdisjoint(mention.labels)
        else mention
        for mention in mentions
    ], kept


def _says_more(raw: str) -> bool:
    """Whether a note has words of its own beside the works and the places in them."""
    rest = _KEY.sub("", _COMMAND.sub("", raw))
    return sum(map(str.isalpha, rest)) > _MOST_BESIDE


def _each_once(labels: tuple[str, ...], noted: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for label in labels for key in noted.get(label, (label,))))


def _cited(raw: str, marker: str, listed: AbstractSet[str], *, names: bool) -> Iterator[str]:
    """What a note cites; `names` is whether the list names works by author and year."""
    if not _SIGNS.isdisjoint(raw):
        yield from _keys(raw, listed)
    if len(raw) > _LONGEST:
        return
    if names and _DIGITS.search(raw):
        works = named_works(raw.translate(_UNROUNDED).strip(" .↩↑")) or ()
        yield from works if set(works) <= listed else ()
    if marker.startswith("^") and (numbers := _NUMBERED.fullmatch(raw)):
        yield from (number for number in _NUMBER.findall(numbers[1]) if number in listed)


def _keys(raw: str, listed: AbstractSet[str]) -> Iterator[str]:
    for key in _KEY.findall(raw):
        if key in listed:
            yield key
    for command in _COMMAND.findall(raw):
        for keys in _IN_BRACES.findall(_PLACE.sub("", command)):
            yield from filter(None, map(str.strip, keys.split(",")))
