"""Lines below a head -> the entries of the list that it heads.

What follows an entry without being another one belongs to it, so that a title and its address may
stand on different lines; a sentence right under the list stays prose.
"""

import re
from collections.abc import Sequence
from itertools import islice

from ledger.extract.lists.addresses import ADDRESS, has_address
from ledger.extract.lists.entries import BRACKETED, BULLET, Entry, cites, entry_of, indent
from ledger.extract.lists.head_note import behind_note
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.looks_like_list import looks_like_list
from ledger.extract.lists.on_one_line import reflowed
from ledger.extract.lists.open_entry import STOPPED, Open
from ledger.extract.lists.parts import (
    ends_in_page,
    is_bare_address,
    is_of_paragraph,
    is_part,
    names_its_site,
    titles_page,
)
from ledger.extract.lists.run_on import linked_list, run_on
from ledger.extract.lists.table_rows import is_head_of_table, table_row
from ledger.extract.lists.titled import is_titled
from ledger.extract.lists.works import authored
from ledger.extract.lists.year_last import is_unfinished, lacks_year, year_last
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_RULE = re.compile(
    r"\s{0,3}(?:(?:-\s*+){3,100}+|(?:\*\s*+){3,100}+|(?:_\s*+){3,100}+|(?:=\s*+){3,100}+)$"
)
_OPENS_PART = frozenset("#-*_=")
"""First characters of headings and of rules."""
_BARE = re.compile(r"\s{0,8}([0-9]{1,3})\s{1,6}(?=[^\s.,;:)\]|–-])(.*)$")
_TAGS_ALONE = later(r"\s{0,8}(?:</?(?:div|section|a|p|ol|ul)\b[^<>\n]{0,200}>\s{0,4}){1,8}+$")
"""Tags that renderers set around the entries of a list: '<div id="ref-roe2020">'."""
_BOLD_MARKS = frozenset(("**", "__"))
_BOLD = later(r"(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__)\s?[:：]?")
_PARAGRAPH_INDENT = 4
"""How far a line is indented that goes on with an entry behind a blank line."""
_LONGEST_LABEL = 20
_TARGET = later(r"\s{0,8}<a\s(?:id|name)=[^<>\n]{1,100}>(?:</a>)?\s{0,8}")
"""A line that is nothing but the place that a link leads to."""
_BOLD_KEY = "**["
_LONGEST_WORK, _MOST_NAMELESS = 9, 3
_LOOK_AHEAD = 6
"""An entry's lines until its address or the next entry: author, title, journal, year, a gap."""


def headed_list(lines: Sequence[str], head: int, most: int) -> tuple[int, list[Open]]:
    """Entries from a head to the next heading; returns the line after the last one.

    Not many more than `most` are read.

    A head ends a list even where no list came of it, so that no line is read under two heads.
    """
    found: list[Open] = []
    known: set[str] = set()
    end = head + 1
    for number in range(head + 1, len(lines)):
        line = lines[number]
        blank = not line.strip() or (line.lstrip()[:1] == "<" and _TAGS_ALONE.match(line))
        if blank or number < end:
            continue
        heads = is_head(line)
        if len(found) > most or (heads and not _is_repeated(found, lines, head, number)):
            break
        if heads or _is_passed(found, lines, head, number):
            continue
        if line.lstrip()[0] in _OPENS_PART and (HEADING.match(line) or _RULE.match(line)):
            break
        if _is_label(found, lines, number) or (not found and _is_above_entries(lines, number)):
            continue
        if whole := _entries_of(found, lines, number):
            found.extend(whole)
        elif not _grow(found, known, lines, number):
            break
        known.update(found[-1].labels)
        end = max(number, found[-1].lines[-1]) + 1
    if not looks_like_list(found):
        return head + 1, []
    return end, found


def _is_repeated(found: list[Open], lines: Sequence[str], head: int, number: int) -> bool:
    """Whether the head of a list stands again above its next entries, as on every page of it."""
    if not found or lines[number].strip() != lines[head].strip():
        return False
    below = next((n for n in range(number + 1, min(number + 4, len(lines))) if lines[n].strip()), 0)
    due = below > 0 and (_is_next(found[-1], lines[below]) or _bare_entry(found, lines, below))
    return bool(due)


def _is_passed(found: list[Open], lines: Sequence[str], head: int, number: int) -> bool:
    """Whether a rule above the entries, or a heading that groups them, ends no list."""
    if lines[number].lstrip()[0] not in _OPENS_PART:
        return False
    ruled = not found and _RULE.match(lines[number]) is not None
    return ruled or (
        HEADING.match(lines[number]) is not None and _parts_the_list(lines, head, number)
    )


def _entries_of(found: Sequence[Open], lines: Sequence[str], number: int) -> list[Open]:
    """The entries of a line that has all of them by itself: a row of a table, or several run on.

    Those of a paragraph of such lines stand on all of them.
    """
    if not found and (paragraph := reflowed(lines, number)):
        return paragraph
    if row := table_row(lines[number]):
        return [Open((row[0],), number, row[1])]
    several = linked_list(lines[number]) or run_on(lines[number], under_head=True)
    return [Open(labels, number, rest) for labels, rest in several or ()]


def _is_above_entries(lines: Sequence[str], number: int) -> bool:
    """Whether a line names the columns of a table of entries, or is of a remark on the list."""
    return is_head_of_table(lines, number) or behind_note(lines, number) is not None


def _is_label(found: Sequence[Open], lines: Sequence[str], number: int) -> bool:
    """Whether a word that a page shows beside the head stands above an entry with an address.

    Or a line in bold says which sources are first, above the first of a counted list or one with
    an address; or one in bold, between entries, says which are next.
    """
    if found:
        return lines[number][:2] in _BOLD_MARKS and _groups(found[-1], lines, number)
    label = lines[number].strip()
    below = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    if label[:2] in _BOLD_MARKS and _BOLD.fullmatch(label):
        first = entry_of(below, under_head=True)
        return first is not None and (first.labels == ("1",) or has_address(first.rest))
    entry = entry_of(below, under_head=True) if len(label) <= _LONGEST_LABEL else None
    return entry is not None and label.isalpha() and has_address(entry.rest)


def _groups(last: Open, lines: Sequence[str], number: int) -> bool:
    """Whether a line in bold, apart from the entry above it, only groups those below it."""
    if number == last.lines[-1] + 1 or not _BOLD.fullmatch(lines[number].strip()):
        return False
    below = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    entry = entry_of(below, under_head=True)
    return entry is not None and (has_address(entry.rest) or _is_next(last, below))


def _parts_the_list(lines: Sequence[str], head: int, number: int) -> bool:
    """Whether a heading only groups entries: it is deeper than the head, an entry is under it."""
    below = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    entry = entry_of(below, under_head=True)
    own = HEADING.match(lines[number])
    if own is None or entry is None or not has_address(entry.rest):
        return False
    above = HEADING.match(lines[head])
    underline = lines[head + 1].strip()[:1] if above is None else ""
    depth = len(above[1]) if above else {"=": 1, "-": 2}.get(underline, 6)
    return len(own[1]) > depth


def _grow(found: list[Open], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Add a line to the entries of a list; False when it is no part of the list."""
    line = lines[number]
    if found and _adds(found[-1], lines, number):
        return True
    entry = _entry_in(found, known, lines, number)
    counted = entry and (entry.labels or entry.backlinked)
    if entry and counted and known.issuperset(entry.labels) and cites(entry.rest, known):
        return False  # an item of prose: no new number, and it cites the list
    if entry and found and _is_prose_item(found[-1], entry):
        return not cites(entry.rest, known) and _adds_remark(found, entry.rest, lines, number)
    gap = found and number > found[-1].lines[-1] + 1
    if entry and gap and not BRACKETED.match(line) and _turns_to_prose(found[-1], entry, known):
        return False
    if entry:
        labels = entry.labels
        if entry.backlinked:
            labels = labels or (str(len(found) + 1),)
        found.append(Open(labels, number, entry.rest, indent(line), backlinked=entry.backlinked))
        return True
    if not found and not _begins_with_title(lines, number):
        return False
    if not found or (
        gap and (_has_no_author(found, line) or _is_between_works(found, lines, number))
    ):
        found.append(Open((), number, line.strip(), indent(line)))
        return True
    if not _continues(found, known, lines, number):
        return False
    found[-1].add(number, line.strip())
    return True


def _adds(last: Open, lines: Sequence[str], number: int) -> bool:
    """Add a line to an entry if it is its site, or a part that looks like another entry."""
    if names_its_site(last, lines[number]):
        last.add(number, "")  # its page says that
        return True
    if is_part(last, lines, number):
        last.add(number, lines[number].strip())
        return True
    return False


def _is_between_works(found: Sequence[Open], lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph stands between two works that are known by author and year."""
    last = next((each for each in reversed(found[-_MOST_NAMELESS:]) if each.labels), found[-1])
    if not (last.labels and is_work(last.labels[0])) or cites(lines[number], set(last.labels)):
        return False
    below = (line for line in lines[number + 1 : number + _LOOK_AHEAD] if line.strip())
    return any(authored(line) for line in islice(below, 2))


def _begins_with_title(lines: Sequence[str], number: int) -> bool:
    """Whether works begin there, of which the first has no author."""
    below = (line for line in lines[number + 1 : number + _LOOK_AHEAD] if line.strip())
    return is_titled(lines[number]) and any(is_titled(line) or authored(line) for line in below)


def _has_no_author(found: Sequence[Open], line: str) -> bool:
    """Whether a paragraph below works is one of which no author is known, as the MLA lists it."""
    labels = found[-1].labels
    return (not labels or is_work(labels[0])) and is_titled(line)


def _entry_in(
    found: list[Open], known: set[str], lines: Sequence[str], number: int
) -> Entry | None:
    """The entry that a line begins in a list; None where it belongs to the entry before it."""
    line = lines[number]
    entry = _bare_entry(found, lines, number) or entry_of(line, under_head=True)
    nameless = entry is None or not (entry.labels or entry.backlinked)
    if nameless and (work := year_last(lines, number, first=not found)):
        return Entry((work,), entry.rest if entry else line.strip(), authored=True)
    if entry is None:
        first = not found or found[-1].is_bare_address
        alone = (first and is_bare_address(line)) or _is_unmarked_entry(found, lines, number)
        alone = alone or _is_titled_page(found, lines, number)
        return Entry((), line.strip()) if alone else None
    if not found or not found[-1].labels:
        return entry
    nameless = not (entry.labels or entry.backlinked or has_address(entry.rest))
    deeper = indent(line) > found[-1].indent
    if deeper and not any(found[-1].parts):
        return None  # "[RFC1035]" on a line of its own
    if is_work(found[-1].labels[0]) and number == found[-1].lines[-1] + 1:
        counted = bool(entry.labels) and entry.labels[0].isdecimal()
        if counted or lacks_year(found[-1]) or is_unfinished(found):
            return None  # the rest of a work: "235. North Press, 2009."
    wraps = entry.authored and (
        _wraps(found, known, lines, number) or _is_below_bullet(found[-1], lines, number)
    )
    if (nameless and deeper) or wraps:
        return None
    return entry


def _is_unmarked_entry(found: list[Open], lines: Sequence[str], number: int) -> bool:
    """Whether a line without a mark is an entry of a list that has none: "Roe, Dams, https://…".

    It ends in its address, and so does what is above and below it in the list.
    """
    if not ends_in_page(lines[number]):
        return False
    if found:
        numbered = any(map(str.isdecimal, found[-1].labels))
        return not numbered and ends_in_page(lines[found[-1].lines[-1]])
    below = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    return ends_in_page(below)


def _is_titled_page(found: list[Open], lines: Sequence[str], number: int) -> bool:
    """Whether a title begins an entry of a list in which each has its address on a line below."""
    if not titles_page(lines, number, first=not found):
        return False
    if found:
        return found[-1].addressed and not found[-1].labels
    below = range(number + 2, min(number + 2 * _LOOK_AHEAD, len(lines)))
    return any(titles_page(lines, other) for other in below)


def _bare_entry(found: list[Open], lines: Sequence[str], number: int) -> Entry | None:
    """The entry of a list that counts with numbers alone: "1 Roe. Dams.", "2 Doe. Bridges.".

    A chapter may count on from the one before it: three that count on are a list, too.
    """
    match = _BARE.match(lines[number])
    if match is None or (match[2][0].islower() and not has_address(match[2])):
        return None
    if found:
        last = found[-1].labels
        due = str(int(last[-1]) + 1) if last and last[-1].isdecimal() else ""
        bare = _BARE.match(lines[found[0].lines[0]]) is not None
        return Entry((match[1],), match[2]) if bare and match[1] == due else None
    more = 1 if match[1] == "1" else 2
    below = lines[number + 1 : number + more * _LOOK_AHEAD]
    counts = {int(other[1]) for line in below if (other := _BARE.match(line))}
    first = int(match[1])
    counts_on = counts.issuperset(range(first + 1, first + 1 + more))
    return Entry((match[1],), match[2]) if counts_on else None


def _wraps(found: list[Open], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a line that could begin a work by its author goes on with a numbered entry."""
    last = found[-1]
    numbered = bool(last.labels) and last.labels[-1].isdecimal()
    return numbered and number == last.lines[-1] + 1 and _continues(found, known, lines, number)


def _is_below_bullet(last: Open, lines: Sequence[str], number: int) -> bool:
    """Whether a line goes on with a bullet that only names its work: "- Roe (2020)"."""
    alone = last.lines[-1] == last.lines[0] == number - 1 and not (last.addressed or last.stopped)
    return alone and bool(BULLET.match(lines[number - 1])) and not BULLET.match(lines[number])


def _is_prose_item(last: Open, entry: Entry) -> bool:
    """Whether a bullet that names no page stands among numbered entries."""
    unnumbered = not (entry.labels or entry.backlinked)
    return bool(last.labels) and unnumbered and not has_address(entry.rest)


def _adds_remark(found: Sequence[Open], text: str, lines: Sequence[str], number: int) -> bool:
    """Add a bullet right below an entry to it, if the next entry follows, or others have such."""
    last = found[-1]
    below = (line for line in lines[number + 1 : number + _LOOK_AHEAD] if line.strip())
    following = next((line for line in below if not BULLET.match(line)), "")
    before = len(found) > 1 and len(found[-2].lines) > 1
    if number > last.lines[-1] + 1 or not (before or _is_next(last, following)):
        return False
    last.add(number, text)
    return True


def _turns_to_prose(last: Open, entry: Entry, known: set[str]) -> bool:
    """Whether a sentence without address, or that cites, stands where addresses stood."""
    if not last.addressed or has_address(entry.rest):
        return False
    sentence = not entry.labels and bool(STOPPED.search(entry.rest.rstrip()))
    return sentence or cites(entry.rest, known)


def _continues(found: list[Open], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a line that is no entry belongs to the entry before it.

    It is indented, or is its address, or the entry is not complete without it, or other entries
    go on in the same way. A line that cites the list is prose.
    """
    last, text = found[-1], lines[number].strip()
    deeper = indent(lines[number]) - last.indent
    if number > last.lines[-1] + 1:
        own = deeper >= _PARAGRAPH_INDENT - 1 or (ADDRESS.match(text) and not last.addressed)
        return bool(own) or not any(last.parts) or _is_between(last, known, lines, number)
    if deeper > 0 or ADDRESS.match(text):
        return True
    if cites(text, known):
        return False
    if lacks_year(last):
        return True
    if (not last.addressed and not last.stopped) or is_of_paragraph(found, number):
        return True
    habit = len(found) > 1 and len(last.lines) < len(found[-2].lines)
    return habit or _leads_on(found, lines, number)


def _is_between(last: Open, known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph stands between a note and the next one, and so is of the first."""
    line = lines[number]
    below = lines[number + 1 : number + _LOOK_AHEAD]
    next_one = next((line for line in below if line.strip() and not _TARGET.fullmatch(line)), "")
    return not (cites(line, known) or is_bare_address(line)) and _is_next(last, next_one)


def _is_next(last: Open, line: str) -> bool:
    """Whether a line begins the entry behind `last`: counted on, or with a key in bold."""
    entry = entry_of(line, under_head=True) if last.labels else None
    if entry is None or not entry.labels:
        return False
    label, before = entry.labels[0], last.labels[-1]
    if before.isdecimal():
        return label.isdecimal() and int(label) == int(before) + 1
    return last.addressed and line.startswith(_BOLD_KEY) and has_address(entry.rest)


def _leads_on(found: list[Open], lines: Sequence[str], number: int) -> bool:
    """Whether the entry's address or the next entry is near below."""
    last = found[-1]
    if last.labels and is_work(last.labels[0]):
        further = range(number + 1, min(number + _LONGEST_WORK, len(lines)))
        if any(authored(lines[at]) or year_last(lines, at, first=False) for at in further):
            return True
    for at, below in enumerate(lines[number + 1 : number + _LOOK_AHEAD], number + 1):
        if below[:1].isdecimal() and _bare_entry(found, lines, at):
            return True
        if not last.addressed and ADDRESS.match(below.strip()):
            return True
        entry = entry_of(below, under_head=True) if last.labels else None
        if entry and entry.labels and last.labels[-1].isdecimal() and entry.labels[0].isdecimal():
            return int(entry.labels[0]) == int(last.labels[-1]) + 1
    return False
