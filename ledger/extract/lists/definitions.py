"""Lines -> the entries that stand without a head above them: definitions, "[3]: https://..."."""

from collections.abc import Mapping, Sequence

from ledger.extract.lists.addresses import ADDRESS, LINK, has_address
from ledger.extract.lists.entries import BEGINS, BULLET, CITED, Entry, entry_of, indent
from ledger.extract.lists.headed_list import HEADING
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import STOPPED, OpenEntry
from ledger.extract.markers.symbols import SYMBOL
from ledger.patterns import later

_NUMERIC = later(rf"[0-9]{{1,4}}|[A-Z]{{1,3}}-?[0-9]{{1,4}}|{SYMBOL}")
"""Labels of definitions; "[Host]:" and "[12:30]:" open the lines of a transcript, too."""
_CITED_LABELS = later(r"(?:[\[(（|@`{,;:^][ \t]{0,2})([^\s\[\]()（）,;|`{}^:]{1,80})")
"""What stands in brackets, in a cell or behind a comma, as labels do that are cited."""
_PLAIN_LABEL = later(rf"[0-9]{{1,4}}|{SYMBOL}")
_DIGITS = later(r"[0-9]+")
_SPEAKS_ON = later(
    r"https?://\S{3,1000}+\s(?!(?:Accessed|Retrieved|Archived|Available|Last|Abgerufen|Consulté)\b)"
    r"(?:[A-ZÀ-Þ][^\W\d_]{0,20}|[a-zà-ÿ]{1,20}) (?:[a-zà-ÿ]{1,20} ){1,3}[^.!?\n]{0,200}[.!?]"
)
"""A page in the middle of sentences: "is told at https://… The parties made a contract."."""
_FEWEST_PARAGRAPHS = 3
"""Counted paragraphs that are a habit of a document, and no entries of a list."""
_FURTHEST = 6
"""Lines between an entry and the one that counts on from it."""
_FOOTNOTE_INDENT, _PARAGRAPH_INDENT = 2, 4
"""How far a line is indented that goes on with a definition, and one behind a blank line."""


def standing(lines: Sequence[str]) -> dict[int, Entry]:
    """The lines that begin an entry, with or without a head above them, by number."""
    return {
        number: entry
        for number, line in enumerate(lines)
        if line
        and (line[0] in BEGINS or (line[0].isspace() and line.lstrip()[:1] in BEGINS))
        and (entry := entry_of(line, under_head=False))
    }


def standing_alone(
    lines: Sequence[str], alone: Mapping[int, Entry], number: int, runs: frozenset[int]
) -> OpenEntry | None:
    """A definition without a head, "[3]: ..." or "[3] ..." with an address in or under it, or None.

    Args:
        lines: Of the document.
        alone: The lines that may begin an entry, by number.
        number: Of the line, one of those.
        runs: As `definition_runs` gives them.
    """
    entry = alone[number]
    opened = OpenEntry(entry.labels, number, entry.rest, indent(lines[number]))
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


def without_speakers(alone: dict[int, Entry], lines: Sequence[str]) -> dict[int, Entry]:
    """The entries but for paragraphs that begin with a word, a date or an id in brackets.

    "[Update] The mayor …", "[2024-03-05] We met": who speaks, when, or what it is. An entry is
    nothing but a page, or the text cites its label, or another one that looks like it, "[S2]".
    """
    spoken = {number: entry for number, entry in alone.items() if _may_be_spoken(entry)}
    if not spoken:
        return alone
    said = (spoken[n].rest if n in spoken else line for n, line in enumerate(lines))
    cited = set(_CITED_LABELS.findall("\n".join(said)))
    looks = {_look(label) for label in cited}
    return {
        number: entry
        for number, entry in alone.items()
        if number not in spoken
        or any(label in cited or _look(label) in looks for label in entry.labels)
    }


def without_paragraphs(alone: dict[int, Entry], lines: Sequence[str]) -> dict[int, Entry]:
    """The entries but for paragraphs counted in brackets, as those of judgments and patents are.

    Half of those that name a page go on with a sentence behind it, and nothing else in the text
    has their numbers in brackets.
    """
    counted = {
        number: entry
        for number, entry in alone.items()
        if not entry.defined and all(map(str.isdecimal, entry.labels))
    }
    if len(counted) < _FEWEST_PARAGRAPHS:
        return alone
    if not any(_speaks_on(entry.rest) for entry in counted.values()):
        return alone  # as in most lists
    paged = [entry.rest for entry in counted.values() if has_address(entry.rest)]
    speaking = sum(map(_speaks_on, paged))
    if not speaking or 2 * speaking < len(paged):
        return alone
    text = "\n".join(line for number, line in enumerate(lines) if number not in counted)
    cited = set(_CITED_LABELS.findall(text))
    if any(not cited.isdisjoint(entry.labels) for entry in counted.values()):
        return alone
    return {number: entry for number, entry in alone.items() if number not in counted}


def _speaks_on(rest: str) -> bool:
    address = rest.find("://")
    return rest.find(" ", address) > address >= 0 and _SPEAKS_ON.search(rest) is not None


def _look(label: str) -> str:
    """How a label with a number looks: "S0" for "S12"; a word looks like nothing else."""
    return _DIGITS.sub("0", label) if any(map(str.isdecimal, label)) else label


def _may_be_spoken(entry: Entry) -> bool:
    if entry.footnote or any(map(_PLAIN_LABEL.fullmatch, entry.labels)):
        return False
    numbered = any(any(map(str.isdecimal, label)) for label in entry.labels)
    if entry.defined and (numbered or not STOPPED.search(entry.rest.rstrip())):
        return False  # "[roe]: Dams, https://…"
    page = ADDRESS.match(entry.rest) or LINK.match(entry.rest)
    return not (page and page.end() == len(entry.rest))


def definition_runs(lines: Sequence[str], alone: Mapping[int, Entry]) -> frozenset[int]:
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
    opened: OpenEntry, lines: Sequence[str], alone: Mapping[int, Entry], *, lazily: bool
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


def placeholders(
    alone: Mapping[int, Entry], taken: set[int], entries: Sequence[OpenEntry]
) -> list[OpenEntry]:
    """Definitions without address of labels that the list has with one: "[1]: Placeholder"."""
    addressed = {label for opened in entries if opened.addressed for label in opened.labels}
    found = []
    for number, entry in alone.items():
        if number in taken or not _is_definition(entry) or not addressed.issuperset(entry.labels):
            continue
        if not CITED.search(entry.rest) and not STOPPED.search(entry.rest):
            found.append(OpenEntry(entry.labels, number, entry.rest))
    return found


def _neighbours(lines: Sequence[str], alone: Mapping[int, Entry], number: int) -> bool:
    """Whether the nearest line with text before or after is an entry, too, or a head.

    A head is no proof for a page in the middle of a sentence.
    """
    for step in (1, -1):
        near = number + step
        while 0 <= near < len(lines) and not lines[near].strip():
            near += step
        if not 0 <= near < len(lines):
            continue
        if is_head(lines[near]) and not _SPEAKS_ON.search(alone[number].rest):
            return True
        entry = alone.get(near)
        if entry is not None and has_address(entry.rest):
            return True
    return _counts_on(alone, number)


def _counts_on(alone: Mapping[int, Entry], number: int) -> bool:
    """Whether the entry with the number before stands close above, and has its page.

    What stands between is a further paragraph of that one.
    """
    label = alone[number].labels[0]
    above = range(number - 1, max(-1, number - 1 - _FURTHEST), -1)
    near = next((alone[each] for each in above if each in alone), None)
    if near is None or not label.isdecimal() or not near.labels[0].isdecimal():
        return False
    return int(near.labels[0]) + 1 == int(label) and has_address(near.rest)
