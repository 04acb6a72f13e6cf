"""Lines -> the reference list, and which lines it took.

A list is known by its head ("References", "参考资料", ...), by entries that carry addresses, or by
the colon of a definition ("[3]: https://..."). What follows an entry without being another one
belongs to it, so that a title and its address may stand on different lines. What could be prose
as well ("[Host]: Welcome.", a sentence right under the list) stays prose: a claim that a list
swallows is lost without a trace, an entry that is read as prose is seen.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import NamedTuple

from ledger.density import most_entries
from ledger.document import Reference
from ledger.extract.fences import fences
from ledger.extract.lists.addresses import ADDRESS, has_address
from ledger.extract.lists.by_citation import with_cited_lists
from ledger.extract.lists.by_name import named
from ledger.extract.lists.cited_works import cited_works
from ledger.extract.lists.closing_addresses import closing_addresses, source_below
from ledger.extract.lists.counted_works import with_counted_works
from ledger.extract.lists.definitions import (
    definition_runs,
    placeholders,
    standing,
    standing_alone,
    without_paragraphs,
    without_speakers,
)
from ledger.extract.lists.entries import Entry
from ledger.extract.lists.head_note import note_below
from ledger.extract.lists.headed_list import headed_list
from ledger.extract.lists.heads import is_beside, is_head
from ledger.extract.lists.interrupted import goes_on_at
from ledger.extract.lists.list_elements import element_list
from ledger.extract.lists.neighbours import entries_beside
from ledger.extract.lists.of_one_kind import of_one_kind
from ledger.extract.lists.on_one_line import on_one_line
from ledger.extract.lists.open_entry import OpenEntry, references_of
from ledger.extract.lists.own_keys import with_own_keys
from ledger.extract.lists.own_numbers import without_own_numbers
from ledger.extract.lists.parts_of_entry import is_bare_address
from ledger.extract.lists.placed_apart import placed_apart
from ledger.extract.lists.point_back import point_back
from ledger.extract.lists.works import by_every_name
from ledger.extract.markers.numbers import plausible
from ledger.extract.markers.symbols import is_symbol, with_note_of_a_star, without_uncited_symbols
from ledger.patterns import later

_NEAR = 3
"""Within how many lines an entry's address may be repeated below it."""
_ENDS_ADDRESS = ("", " ", ">", ")", "]")
_FOOTNOTE = later(r"\s{0,8}\\?\[\^")
_FOOTNOTE_CITED, _CITED = later(r"\[\^([0-9]{1,4})\\?\]"), later(r"\[([0-9]{1,4})\\?\]")
_LONG_WORD = later(r"[^\W\d_]{5,40}")
_NOTES = later(r"\W*(?:[Ee]xplanatory\s)?(?:[Ff]oot)?[Nn]otes?\W*")
_NOTE_CITED = later(r"\[([Nn]ote|nb)\s([0-9]{1,3})\]")
_BIBLIOGRAPHY = later(r"\s{0,8}\\(?:begin|end)\{thebibliography\}")
_MOST_NEAR = 500
"""Entries before a list that are compared with it, so that many lists take no squared time."""


class Listed(NamedTuple):
    """The references of a document, and the numbers of the lines that held them.

    `starts` has the number of the first line of each reference, in the same order.
    """

    references: tuple[Reference, ...]
    lines: frozenset[int]
    starts: tuple[int, ...] = ()

    def prose(self, lines: Sequence[str]) -> str:
        """The document without its lists: what a list has in brackets says nothing of the text."""
        if not self.lines:
            return "\n".join(lines)
        return _without(self.lines, lines)


def find_references(lines: Sequence[str]) -> Listed:
    """Read every reference list of a document. What is in fenced code is none.

    Linear in the text. Never raises; a document without a list gives no references.
    """
    if code := fences(lines):
        lines = ["" if number in code else line for number, line in enumerate(lines)]
    lines = with_note_of_a_star(lines)
    alone = without_paragraphs(without_speakers(standing(lines), lines), lines)
    alone = _without_remarks(without_uncited_symbols(alone, lines))
    most = most_entries(sum(map(len, lines)))
    entries, taken = _entries(lines, alone, most)
    left = any(entry.labels and number not in taken for number, entry in alone.items())
    entries = with_cited_lists(entries, taken, lines, most, left=left)
    entries = entries_beside(entries, taken, alone, lines)
    if not entries:
        entries, inside = cited_works(lines, most)
        taken |= inside
    if not entries:
        entries = closing_addresses(lines)
        taken.update(opened.lines[0] for opened in entries)
    elif below := source_below(entries, taken, lines):
        entries = [*entries, *below]
        taken.add(below[0].lines[0])
    for opened in entries[most:]:
        taken.difference_update(opened.lines)
    del entries[most:]
    taken.update(_repeated(entries, taken, lines))
    _count_apart(entries, lines, taken)
    _call_notes(entries, lines, taken)
    bare = placeholders(alone, taken, entries)
    taken.update(opened.lines[0] for opened in bare)
    found = _as_cited(entries, taken, lines)
    return Listed(
        tuple(without_own_numbers([reference for reference, _ in found])),
        frozenset(taken),
        tuple(start for _, start in found),
    )


def _without(taken: AbstractSet[int], lines: Sequence[str]) -> str:
    """The text of the lines that no list took."""
    return "\n".join([line for number, line in enumerate(lines) if number not in taken])


def _as_cited(
    entries: Sequence[OpenEntry], taken: set[int], lines: Sequence[str]
) -> list[tuple[Reference, int]]:
    """The references of entries, called as the text calls them, and the first line of each."""
    listed = [(ref, each.lines[0]) for each in entries for ref in references_of(each)]
    text = _without(taken, lines)
    references = placed_apart(listed, taken, lines, text)
    references = with_own_keys(named(references, text), text)
    references = point_back(of_one_kind(references, text))
    names = by_every_name(references, lines, taken)
    counted = with_counted_works([each[0] for each in names], lines, taken)
    return [
        (reference, start)
        for ones, others, (_, start) in zip(counted, names, listed, strict=True)
        for reference in (*ones, *others[1:])
    ]


def _repeated(entries: Sequence[OpenEntry], taken: set[int], lines: Sequence[str]) -> Iterator[int]:
    """Lines below an entry that say its address once more, and nothing else."""
    for opened in entries:
        below = opened.lines[-1] + 1
        while below < len(lines) and not lines[below].strip() and below - opened.lines[-1] < _NEAR:
            below += 1
        if below >= len(lines) or below in taken or not is_bare_address(lines[below]):
            continue
        _, found, behind = opened.parts[-1].partition(lines[below].strip().strip("<>"))
        if found and behind[:1] in _ENDS_ADDRESS:
            yield below


def _count_apart(entries: Sequence[OpenEntry], lines: Sequence[str], taken: set[int]) -> None:
    """Call footnotes "^1" where another list has a 1, too, and the text cites both ways.

    That list may be lost: then the text cites a number that no footnote has, beside all of them.
    """
    notes: list[OpenEntry] = []
    rest: list[OpenEntry] = []
    for opened in entries:
        (notes if _FOOTNOTE.match(lines[opened.lines[0]]) else rest).append(opened)
    own = {label for opened in notes for label in opened.labels}
    others = {label for opened in rest for label in opened.labels}
    if not own or (others and own.isdisjoint(others)):
        return
    text = _without(taken, lines)
    noted = set(_FOOTNOTE_CITED.findall(text))
    cited = set(filter(plausible, _CITED.findall(text)))
    if not others and not (noted >= own and cited & own and cited - own):
        return
    if own.isdisjoint(noted):
        return
    if others and others.isdisjoint(cited):
        _count_for_themselves(notes, rest)
        return
    for opened in notes:
        opened.labels = tuple(f"^{label}" for label in opened.labels)


def _count_for_themselves(notes: Sequence[OpenEntry], rest: Sequence[OpenEntry]) -> None:
    """Take the numbers from entries that no number cites, where the footnotes say something else.

    They may be the works that the footnotes name in short.
    """
    said = {label: _words(opened) for opened in notes for label in opened.labels}
    alike = [opened for opened in rest if not said.keys().isdisjoint(opened.labels)]
    if any(_words(opened) & said.get(label, set()) for opened in alike for label in opened.labels):
        return
    for opened in rest if alike else ():
        if all(map(str.isdecimal, opened.labels)):
            opened.labels = ()


def _words(opened: OpenEntry) -> set[str]:
    """The longer words of an entry, in small letters."""
    return {word.casefold() for word in _LONG_WORD.findall(" ".join(opened.parts))}


def _call_notes(entries: Sequence[OpenEntry], lines: Sequence[str], taken: set[int]) -> None:
    """Call entries under "Notes" as the text does, "[note 1]", where another list has a 1, too."""
    if not any(_NOTES.fullmatch(lines[number]) for number in taken):
        return  # as most
    cited = _NOTE_CITED.findall(_without(taken, lines))
    called = {number: f"{word} {number}" for word, number in cited}
    heads = sorted(number for number in taken if is_head(lines[number])) if called else []
    notes: list[OpenEntry] = []
    others: set[str] = set()
    for opened in entries if heads else ():
        above = bisect_left(heads, opened.lines[0])
        if above and _NOTES.fullmatch(lines[heads[above - 1]]):
            notes.append(opened)
        else:
            others.update(opened.labels)
    for opened in notes:
        if others.issuperset(opened.labels):
            opened.labels = tuple(called.get(label, label) for label in opened.labels)


def _names_source(entry: Entry) -> bool:
    opens = ADDRESS.match(entry.rest) or not entry.rest[:1].islower()
    return bool(opens) and has_address(entry.rest)


def _without_remarks(alone: dict[int, Entry]) -> dict[int, Entry]:
    """The entries, those with symbols only where one of them names a page.

    Else they are remarks on words of the text and no sources; one that begins with a small letter
    is a remark whatever stands in it ("*min. 25 snaps").
    """
    notes = {n: entry for n, entry in alone.items() if entry.labels and is_symbol(entry.labels[0])}
    if not notes or any(map(_names_source, notes.values())):
        return alone
    return {number: entry for number, entry in alone.items() if number not in notes}


def _entries(
    lines: Sequence[str], alone: Mapping[int, Entry], most: int
) -> tuple[list[OpenEntry], set[int]]:
    """The entries of all lists, and the lines that they and their heads took.

    Not many more than `most` are read: the time for a text of nothing else is bounded.
    """
    runs = definition_runs(lines, alone)
    taken: set[int] = set()
    entries: list[OpenEntry] = []
    end = 0
    for number, line in enumerate(lines):
        if number < end or not line:
            continue
        if len(entries) > most:
            break
        if "\\" in line and _BIBLIOGRAPHY.match(line):
            taken.add(number)
            continue
        many = "[" in line or "【" in line
        many = many or ("2" in line and (" 2. " in line or "; 2" in line or " 2) " in line))
        if many and (found := on_one_line(lines, number)):
            end = found[0].lines[-1] + 1
            taken.update(range(number, end))
            entries.extend(found)
            continue
        if is_head(line):
            end, found = _list_under(lines, number, most)
            if found:
                entries = _beside(entries, found, lines, number, taken)
                taken.update(range(_outermost(lines, number), end))
                taken.difference_update(note_below(lines, number, found[0].lines[0]))
                entries.extend(found)
                while again := goes_on_at(lines, end, found):
                    end, found = headed_list(lines, again - 1, most)
                    taken.update(range(again, end))
                    entries.extend(found)
                continue
        if number in alone and (opened := standing_alone(lines, alone, number, runs)):
            taken.update(opened.lines)
            entries.append(opened)
            end = opened.lines[-1] + 1
    return entries, taken


def _list_under(lines: Sequence[str], head: int, most: int) -> tuple[int, list[OpenEntry]]:
    """The line after the list that a head has, and its entries; none where it has no list."""
    end, found = element_list(lines, head, most)
    return (end, found) if found else headed_list(lines, head, most)


def _outermost(lines: Sequence[str], head: int) -> int:
    """The line of a head, or of the plain one right above it: "Notes and references", "Notes"."""
    near = range(max(0, head - 2), head)
    above = next((number for number in reversed(near) if lines[number].strip()), head)
    plain = not lines[above].lstrip().startswith("#")
    return above if above < head and plain and is_head(lines[above]) else head


def _beside(
    entries: list[OpenEntry],
    found: Sequence[OpenEntry],
    lines: Sequence[str],
    head: int,
    taken: set[int],
) -> list[OpenEntry]:
    """The entries so far, of which some are none where another list follows under a head."""
    between = lines[entries[-1].lines[-1] + 1 : head] if entries else ()
    if found[0].backlinked and not any(map(_CITED.search, between)):
        entries = _without_notes(entries, taken)
    if is_beside(lines[head]):
        _without_labels_of(entries[-_MOST_NEAR:], found)
    elif entries and (beside := _right_above(entries, lines, head)):
        _without_labels_of(found, beside)
    return entries


def _right_above(
    entries: Sequence[OpenEntry], lines: Sequence[str], head: int
) -> Sequence[OpenEntry]:
    """The entries of what one may read besides, where their list ends right above a head."""
    if any(line.strip() for line in lines[entries[-1].lines[-1] + 1 : head]):
        return ()
    heads = (n for n in range(entries[-1].lines[0] - 1, -1, -1) if is_head(lines[n]))
    first = next(heads, None)
    if first is None or not is_beside(lines[first]):
        return ()
    return list(takewhile(lambda opened: opened.lines[0] > first, reversed(entries)))


def _without_labels_of(entries: Sequence[OpenEntry], beside: Sequence[OpenEntry]) -> None:
    """Take the labels from entries of a list beside another one that has them, too."""
    known = {label for opened in entries for label in opened.labels}
    if any(not known.isdisjoint(opened.labels) for opened in beside):
        for opened in beside:
            opened.labels = ()


def _without_notes(entries: list[OpenEntry], taken: set[int]) -> list[OpenEntry]:
    """The entries but for those of a list with ways back that another such list follows.

    Where a page has two, and no text between them that cites, the first has its explanatory notes,
    which are prose; their letters are lost where it was copied.
    """
    notes = [opened for opened in entries if opened.backlinked]
    for opened in notes:
        taken.difference_update(opened.lines)
    return [opened for opened in entries if not opened.backlinked]
