"""Lines -> the reference list, and which lines it took.

A list is known by its head ("References", "参考资料", ...), by entries that carry addresses, or by
the colon of a definition ("[3]: https://..."). What follows an entry without being another one
belongs to it, so that a title and its address may stand on different lines. What could be prose
as well ("[Host]: Welcome.", a sentence right under the list) stays prose: a claim that a list
swallows is lost without a trace, an entry that is read as prose is seen.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.density import most_entries
from ledger.extract.lines import fences
from ledger.extract.lists.beside import entries_beside
from ledger.extract.lists.by_citation import with_cited_lists
from ledger.extract.lists.cited_numbers import placed
from ledger.extract.lists.closing import closing_addresses
from ledger.extract.lists.entries import (
    ADDRESS,
    BEGINS,
    BULLET,
    CITED,
    LINK,
    STOPPED,
    Entry,
    Open,
    entry_of,
    has_address,
    indent,
    references_of,
    run_on,
)
from ledger.extract.lists.headed_list import HEADING, headed_list
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.list_elements import element_list
from ledger.extract.lists.parts import is_bare_address
from ledger.extract.lists.point_back import point_back
from ledger.extract.lists.works import settled
from ledger.extract.markers.symbols import (
    SYMBOL,
    is_symbol,
    with_note_of_a_star,
    without_uncited_symbols,
)
from ledger.model import Reference
from ledger.patterns import later

_NUMERIC = later(rf"[0-9]{{1,4}}|[A-Z]{{1,3}}-?[0-9]{{1,4}}|{SYMBOL}")
"""Labels of definitions; "[Host]:" and "[12:30]:" open the lines of a transcript, too."""
_FOOTNOTE_INDENT, _PARAGRAPH_INDENT = 2, 4
"""How far a line is indented that goes on with a definition, and one behind a blank line."""
_NEAR = 3
"""Within how many lines an entry's address may be repeated below it."""
_ENDS_ADDRESS = ("", " ", ">", ")", "]")
_FOOTNOTE = later(r"\s{0,8}\\?\[\^")
_FOOTNOTE_CITED, _CITED = later(r"\[\^([0-9]{1,4})\\?\]"), later(r"\[([0-9]{1,4})\\?\]")
_BIBLIOGRAPHY = later(r"\s{0,8}\\(?:begin|end)\{thebibliography\}")


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
        return "\n".join(line for number, line in enumerate(lines) if number not in self.lines)


def find_references(lines: Sequence[str]) -> Listed:
    """Read every reference list of a document. What is in fenced code is none.

    Linear in the text. Never raises; a document without a list gives no references.
    """
    if code := fences(lines):
        lines = ["" if number in code else line for number, line in enumerate(lines)]
    lines = with_note_of_a_star(lines)
    alone = _without_remarks(without_uncited_symbols(_standing(lines), lines))
    most = most_entries(sum(map(len, lines)))
    entries, taken = _entries(lines, alone, most)
    entries = entries_beside(entries, taken, alone, lines)
    left = any(entry.labels and number not in taken for number, entry in alone.items())
    entries = with_cited_lists(entries, taken, lines, most, left=left)
    if not entries:
        entries = closing_addresses(lines)
        taken.update(opened.lines[0] for opened in entries)
    for opened in entries[most:]:
        taken.difference_update(opened.lines)
    del entries[most:]
    taken.update(_repeated(entries, taken, lines))
    _count_apart(entries, lines, taken)
    placeholders = _placeholders(alone, taken, entries)
    taken.update(opened.lines[0] for opened in placeholders)
    listed = [(ref, each.lines[0]) for each in entries for ref in references_of(each)]
    prose = [line for number, line in enumerate(lines) if number not in taken]
    references = point_back(placed([reference for reference, _ in listed], prose))
    return Listed(
        tuple(settled(references, lines, taken)),
        frozenset(taken),
        tuple(start for _, start in listed),
    )


def _repeated(entries: Sequence[Open], taken: set[int], lines: Sequence[str]) -> Iterator[int]:
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


def _count_apart(entries: Sequence[Open], lines: Sequence[str], taken: set[int]) -> None:
    """Call footnotes "^1" where another list has a 1, too, and the text cites both ways."""
    notes = [opened for opened in entries if _FOOTNOTE.match(lines[opened.lines[0]])]
    own = {label for opened in notes for label in opened.labels}
    others = {label for opened in entries if opened not in notes for label in opened.labels}
    if own.isdisjoint(others):
        return
    text = "\n".join(line for number, line in enumerate(lines) if number not in taken)
    if own.isdisjoint(_FOOTNOTE_CITED.findall(text)) or others.isdisjoint(_CITED.findall(text)):
        return
    for opened in notes:
        opened.labels = tuple(f"^{label}" for label in opened.labels)


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
) -> tuple[list[Open], set[int]]:
    """The entries of all lists, and the lines that they and their heads took.

    Not many more than `most` are read: the time for a text of nothing else is bounded.
    """
    runs = _definition_runs(lines, alone)
    taken: set[int] = set()
    entries: list[Open] = []
    end = 0
    for number, line in enumerate(lines):
        if number < end or not line:
            continue
        if len(entries) > most:
            break
        if "\\" in line and _BIBLIOGRAPHY.match(line):
            taken.add(number)
            continue
        many = "[" in line or "【" in line or (";" in line and "; 2" in line)
        if many and (several := run_on(line, under_head=False)):
            taken.add(number)
            entries.extend(Open(labels, number, rest) for labels, rest in several)
            continue
        if is_head(line):
            end, found = _list_under(lines, number, most)
            if found:
                if found[0].backlinked:
                    entries = _without_notes(entries, taken)
                taken.update(range(number, end))
                entries.extend(found)
                continue
        if number in alone and (opened := _standing_alone(lines, alone, number, runs)):
            taken.update(opened.lines)
            entries.append(opened)
            end = opened.lines[-1] + 1
    return entries, taken


def _list_under(lines: Sequence[str], head: int, most: int) -> tuple[int, list[Open]]:
    """The line after the list that a head has, and its entries; none where it has no list."""
    end, found = element_list(lines, head, most)
    return (end, found) if found else headed_list(lines, head, most)


def _without_notes(entries: list[Open], taken: set[int]) -> list[Open]:
    """The entries but for those of a list with ways back that another such list follows.

    Where a page has two, the first has its explanatory notes, which are prose; their letters are
    lost where it was copied.
    """
    notes = [opened for opened in entries if opened.backlinked]
    for opened in notes:
        taken.difference_update(opened.lines)
    return [opened for opened in entries if not opened.backlinked]


def _standing(lines: Sequence[str]) -> dict[int, Entry]:
    """The lines that begin an entry, with or without a head above them, by number."""
    begins = [number for number, line in enumerate(lines) if line and _may_begin(line)]
    found = ((number, entry_of(lines[number], under_head=False)) for number in begins)
    return {number: entry for number, entry in found if entry is not None}


def _may_begin(line: str) -> bool:
    first = line[0]
    return first in BEGINS or (first.isspace() and line.lstrip()[:1] in BEGINS)


def _standing_alone(
    lines: Sequence[str], alone: Mapping[int, Entry], number: int, runs: frozenset[int]
) -> Open | None:
    """A definition without a head: "[3]: ..." or "[3] ..." with an address in or under it."""
    entry = alone[number]
    opened = Open(entry.labels, number, entry.rest, indent(lines[number]))
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    if not _defines(entry, in_run=number in runs) and not (
        opened.addressed and not _is_definition(entry) and _neighbours(lines, alone, number)
    ):
        if not ADDRESS.match(following) and (entry.rest or not has_address(following)):
            return None
        opened.add(number + 1, following)
    if entry.defined:
        _absorb(opened, lines, alone, lazily=entry.footnote)
    return opened


def _is_definition(entry: Entry) -> bool:
    return entry.defined and all(map(_NUMERIC.fullmatch, entry.labels))


def _defines(entry: Entry, *, in_run: bool) -> bool:
    """Whether a line is a definition by itself, whatever stands around it."""
    if entry.footnote or ADDRESS.match(entry.rest) or LINK.match(entry.rest):
        return True
    if not _is_definition(entry):
        return False
    return has_address(entry.rest) or (in_run and not CITED.search(entry.rest))


def _definition_runs(lines: Sequence[str], alone: Mapping[int, Entry]) -> frozenset[int]:
    """Lines of definitions that follow one another, of which one at least has an address."""
    if not any(entry.defined for entry in alone.values()):
        return frozenset()
    found: set[int] = set()
    run: list[int] = []
    addressed = False
    for number, line in enumerate(lines):
        if not line.strip() or (run and indent(line) >= _FOOTNOTE_INDENT):
            continue
        entry = alone.get(number)
        if entry is None or not entry.defined:
            run, addressed = [], False
            continue
        run.append(number)
        addressed = addressed or has_address(entry.rest)
        if addressed:
            found.update(run)
            run = [number]
    return frozenset(found)


def _absorb(
    opened: Open, lines: Sequence[str], alone: Mapping[int, Entry], *, lazily: bool
) -> None:
    """Add the lines that go on with a definition: indented ones, and what it lacks."""
    for number in range(opened.lines[-1] + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        gap = number > opened.lines[-1] + 1
        deeper = indent(line) - opened.indent
        if deeper < (_PARAGRAPH_INDENT if gap else _FOOTNOTE_INDENT):
            lacks = lazily and not gap and not opened.addressed and not opened.stopped
            if not lacks or CITED.search(line) or HEADING.match(line) or BULLET.match(line):
                break
        if number in alone:
            break
        opened.add(number, line.strip())


def _placeholders(
    alone: Mapping[int, Entry], taken: set[int], entries: Sequence[Open]
) -> list[Open]:
    """Definitions without address of labels that the list has with one: "[1]: Placeholder"."""
    addressed = {label for opened in entries if opened.addressed for label in opened.labels}
    found = []
    for number, entry in alone.items():
        if number in taken or not _is_definition(entry) or not addressed.issuperset(entry.labels):
            continue
        if not CITED.search(entry.rest) and not STOPPED.search(entry.rest):
            found.append(Open(entry.labels, number, entry.rest))
    return found


def _neighbours(lines: Sequence[str], alone: Mapping[int, Entry], number: int) -> bool:
    """Whether the nearest line with text before or after is an entry, too, or a head."""
    for step in (1, -1):
        near = number + step
        while 0 <= near < len(lines) and not lines[near].strip():
            near += step
        if not 0 <= near < len(lines):
            continue
        if is_head(lines[near]):
            return True
        entry = alone.get(near)
        if entry is not None and has_address(entry.rest):
            return True
    return False
