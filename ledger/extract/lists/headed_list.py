"""Lines below a head -> the entries of the list under it.

`entry_at` says where an entry begins, and `continues` which lines belong to it. Here the list is
put together, until a heading or a line of prose ends it.
"""

import re
from collections.abc import Sequence
from itertools import islice

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.all_ones import count_ones
from ledger.extract.lists.continues import continues
from ledger.extract.lists.entries import BRACKETED, BULLET, Entry, cites, entry_of, indent
from ledger.extract.lists.entry_at import entry_at, is_unmarked_entry
from ledger.extract.lists.grouped import grouped_links, groups_entries
from ledger.extract.lists.head_note import behind_note
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.looks_like_list import (
    are_claims,
    is_cited_by_place,
    is_of_sources,
    looks_like_list,
)
from ledger.extract.lists.next_entry import LOOK_AHEAD, NEAR, bare_entry, is_next, line_below
from ledger.extract.lists.on_one_line import reflowed
from ledger.extract.lists.open_entry import STOPPED, OpenEntry
from ledger.extract.lists.parts_of_entry import is_part, names_its_site
from ledger.extract.lists.run_on import linked_list, run_on
from ledger.extract.lists.table_rows import is_head_of_table, table_row
from ledger.extract.lists.titled import is_of_a_day_as, is_titled
from ledger.extract.lists.works import authored
from ledger.extract.lists.wrapped_works import wrapped_work
from ledger.extract.markers.authored import is_work
from ledger.patterns import later

HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_RULE = re.compile(
    r"\s{0,3}(?:(?:-\s*+){3,100}+|(?:\*\s*+){3,100}+|(?:_\s*+){3,100}+|(?:=\s*+){3,100}+)$"
)
_OPENS_PART = frozenset("#-*_=")
"""First characters of headings and of rules."""
_TAGS_ALONE = later(
    r"\s{0,8}(?:</?(?:div|section|span|a|p|ol|ul|hr)\b[^<>\n]{0,200}>\s{0,4}){1,8}+$"
    r"|↩\ufe0e?\s?\[[^\[\]\n]{1,80}\]\(#[^()\s]{1,80}\)\s{0,4}$"
)
"""Tags that renderers set around the entries of a list: '<div id="ref-roe2020">'; a way back."""
_BOLD_MARKS = frozenset(("**", "__"))
_BOLD = later(r"(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__)\s?[:：]?")
_LONGEST_LABEL = 20
"""Characters of a single word without a sign that groups the entries below it, as "Websites";
chosen, since a longer word is rare."""
_LABEL = later(r"[^\W\d_](?:[^:：./\n]|(?<=\s)/(?=\s)){1,40}[:：]")
"""A line that groups the entries below it: "Competitors:"."""
_LONGEST_PART = 500
"""Lines above a head in which the heading of all parts of its list is looked for."""
_MOST_NAMELESS = 3
"""Paragraphs between two works, of which one may stand behind the other."""


def headed_list(lines: Sequence[str], head: int, most: int) -> tuple[int, list[OpenEntry]]:
    """The number of the line behind a list, and the entries from its head to the next heading.

    Not many more than `most` are read. Of what is no list, the line behind the head, and none: so
    no line is read under two heads.
    """
    found: list[OpenEntry] = []
    known: set[str] = set()
    end = head + 1
    for number in range(head + 1, len(lines)):
        line = lines[number]
        first = line.lstrip()[:1]
        if not first or number < end or (first in "<↩" and _TAGS_ALONE.match(line)):
            continue
        heads = is_head(line)
        others = heads and not _is_repeated(found, lines, head, number)
        if len(found) > most or others or _is_beside_head(found, lines, head, number):
            break
        opens_part = first in _OPENS_PART
        if heads or (opens_part and _is_passed(found, lines, head, number)):
            continue
        if opens_part and (HEADING.match(line) or _RULE.match(line)):
            break
        if _is_label(found, lines, number) or (not found and _is_above_entries(lines, number)):
            continue
        if whole := _entries_of(found, lines, number):
            found.extend(whole)
        elif not _grow(found, known, lines, number):
            break
        known.update(found[-1].labels)
        end = max(number, found[-1].lines[-1]) + 1
    count_ones(found, lines)
    is_list = looks_like_list(found) or is_of_sources(found, lines[head])
    is_list = is_list and not are_claims(found, lines, head, end)
    if not (is_list or is_cited_by_place(found, lines, head, end)):
        return head + 1, []
    return end, found


def _is_repeated(found: list[OpenEntry], lines: Sequence[str], head: int, number: int) -> bool:
    """Whether the head of a list stands again above its next entries, as on every page of it."""
    if not found or lines[number].strip() != lines[head].strip():
        return False
    below = _below(lines, number)
    due = below > 0 and (is_next(found[-1], lines[below]) or bare_entry(found, lines, below))
    return bool(due)


def _is_beside_head(
    found: Sequence[OpenEntry], lines: Sequence[str], head: int, number: int
) -> bool:
    """Whether a bullet stands beside a head that is one itself, above deeper entries.

    "- Sources:", "  - https://…", "- Effort: two days".
    """
    line = lines[number]
    if not found or not BULLET.match(lines[head]) or not BULLET.match(line):
        return False
    return indent(line) <= indent(lines[head]) < found[0].indent


def _is_passed(found: list[OpenEntry], lines: Sequence[str], head: int, number: int) -> bool:
    """Whether a rule above the entries, or a heading that groups them, ends no list."""
    own = HEADING.match(lines[number])
    if own is None:
        return not found and _RULE.match(lines[number]) is not None
    return _parts_the_list(lines, head, number, len(own[1]))


def _entries_of(found: Sequence[OpenEntry], lines: Sequence[str], number: int) -> list[OpenEntry]:
    """The entries of a line that has all of them by itself: a row of a table, or several run on.

    Those of a paragraph of such lines stand on all of them.
    """
    if not found and (paragraph := reflowed(lines, number)):
        return paragraph
    if wrapped := wrapped_work(found, lines, number):
        return [wrapped]
    if row := table_row(lines[number]):
        return [OpenEntry((row[0],), number, row[1])]
    if links := grouped_links(lines[number]):
        return [OpenEntry((), number, link) for link in links]
    several = linked_list(lines[number]) or run_on(lines[number], under_head=True)
    return [OpenEntry(labels, number, rest) for labels, rest in several or ()]


def _is_above_entries(lines: Sequence[str], number: int) -> bool:
    """Whether a line names the columns of a table of entries, or is of a remark on the list."""
    return is_head_of_table(lines, number) or behind_note(lines, number) is not None


def _is_label(found: Sequence[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether a word that a page shows beside the head stands above an entry with an address.

    Or a line in bold says which sources are first, above the first of a counted list or one with
    an address; or one in bold, between entries, says which are next.
    """
    if found:
        return _groups(found[-1], lines, number)
    label = lines[number].strip()
    below = line_below(lines, number)
    if label[:2] in _BOLD_MARKS and _BOLD.fullmatch(label):
        first = entry_of(below, under_head=True)
        if first is None:
            return False
        counted = first.labels == ("1",)
        return counted or has_address(first.rest) or groups_entries(lines, number)
    if _LABEL.fullmatch(label):
        return groups_entries(lines, number)
    entry = entry_of(below, under_head=True) if len(label) <= _LONGEST_LABEL else None
    return entry is not None and label.isalpha() and has_address(entry.rest)


def _groups(last: OpenEntry, lines: Sequence[str], number: int) -> bool:
    """Whether a line in bold, or with a colon, apart from the entry above it, only groups more."""
    line = lines[number].strip()
    bold = line[:2] in _BOLD_MARKS and _BOLD.fullmatch(line)
    if number == last.lines[-1] + 1 or not (bold or _LABEL.fullmatch(line)):
        return False
    below = line_below(lines, number)
    entry = entry_of(below, under_head=True)
    if entry is None:
        return False
    return has_address(entry.rest) or is_next(last, below) or groups_entries(lines, number)


def _parts_the_list(lines: Sequence[str], head: int, number: int, depth: int) -> bool:
    """Whether a heading only groups entries: it is deeper than the head, an entry is under it.

    The entry has its page on its line or right below it, or most of those beside it have theirs.
    """
    below = _below(lines, number)
    entry = entry_of(lines[below], under_head=True) if below else None
    paged = entry is not None and (
        has_address(entry.rest) or (bool(entry.labels) and _has_page_below(lines, below))
    )
    if not paged and not groups_entries(lines, number):
        return False
    head = _outer(lines, head, depth)
    above = HEADING.match(lines[head])
    underline = "".join(set(lines[head + 1].strip())) if above is None else ""
    return depth > (len(above[1]) if above else {"=": 1, "-": 2}.get(underline, 6))


def _below(lines: Sequence[str], number: int) -> int:
    """The nearest line with text close below another one; 0 for none."""
    near = range(number + 1, min(number + NEAR, len(lines)))
    return next((n for n in near if lines[n].strip()), 0)


def _outer(lines: Sequence[str], head: int, depth: int) -> int:
    """The head above another one that is a part of its list: "## References", "### Web Sources".

    It stands right above, or is the heading next above that is not as deep: which one that is
    does not matter to a heading of a `depth` below both.
    """
    above = next((n for n in range(head - 1, max(-1, head - NEAR), -1) if lines[n].strip()), -1)
    if above >= 0 and HEADING.match(lines[above]) is not None and is_head(lines[above]):
        return above
    own = HEADING.match(lines[head])
    if own is None or depth > len(own[1]):
        return head
    for number in range(head - 1, max(-1, head - _LONGEST_PART), -1):
        outer = HEADING.match(lines[number]) if lines[number][:4].lstrip()[:1] == "#" else None
        if outer and len(outer[1]) < len(own[1]):
            return number if is_head(lines[number]) else head
    return head


def _has_page_below(lines: Sequence[str], number: int) -> bool:
    """Whether the line right below an entry has its page, and is no entry beside it."""
    line = lines[number + 1] if number + 1 < len(lines) else ""
    entry = entry_of(line.strip(), under_head=True) if has_address(line) else None
    deeper = entry is not None and not entry.labels and indent(line) > indent(lines[number])
    return has_address(line) and (entry is None or deeper)


def _grow(found: list[OpenEntry], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Add a line to the entries of a list; False when it is no part of the list."""
    line = lines[number]
    if found and _adds(found[-1], lines, number):
        return True
    entry = entry_at(found, known, lines, number)
    counted = entry and entry.is_marked
    if entry and counted and known.issuperset(entry.labels) and cites(entry.rest, known):
        return False  # an item of prose: no new number, and it cites the list
    item = entry and found and _is_prose_item(found[-1], entry)
    if entry and item and not is_unmarked_entry(found, lines, number):
        return not cites(entry.rest, known) and _adds_remark(found, entry.rest, lines, number)
    gap = found and number > found[-1].lines[-1] + 1
    if entry and gap and not BRACKETED.match(line) and _turns_to_prose(found[-1], entry, known):
        return False
    if entry:
        labels = entry.labels
        if entry.backlinked:
            labels = labels or (str(len(found) + 1),)
        found.append(
            OpenEntry(labels, number, entry.rest, indent(line), backlinked=entry.backlinked)
        )
        return True
    if not found and not _begins_with_title(lines, number):
        return False
    if not found or (gap and _is_nameless_entry(found, lines, number)):
        found.append(OpenEntry((), number, line.strip(), indent(line)))
        return True
    if not continues(found, known, lines, number):
        return False
    found[-1].add(number, line.strip())
    return True


def _adds(last: OpenEntry, lines: Sequence[str], number: int) -> bool:
    """Add a line to an entry if it is its site, or a part that looks like another entry."""
    if names_its_site(last, lines[number]):
        last.add(number, "")  # its page says that
        return True
    if is_part(last, lines, number):
        last.add(number, lines[number].strip())
        return True
    return False


def _is_nameless_entry(found: Sequence[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph is an entry by its form alone, or by what is around it."""
    line = lines[number]
    alike = [each.parts[-1] for each in found]
    others = is_titled(line) or is_of_a_day_as(alike, line)
    return others or _is_between_works(found, lines, number)


def _is_between_works(found: Sequence[OpenEntry], lines: Sequence[str], number: int) -> bool:
    """Whether a paragraph stands between two works that are known by author and year."""
    last = next((each for each in reversed(found[-_MOST_NAMELESS:]) if each.labels), found[-1])
    if not (last.labels and is_work(last.labels[0])) or cites(lines[number], set(last.labels)):
        return False
    below = (line for line in lines[number + 1 : number + LOOK_AHEAD] if line.strip())
    return any(authored(line) for line in islice(below, 2))


def _begins_with_title(lines: Sequence[str], number: int) -> bool:
    """Whether works begin there, of which the first has no author."""
    below = (line for line in lines[number + 1 : number + LOOK_AHEAD] if line.strip())
    return is_titled(lines[number]) and any(is_titled(line) or authored(line) for line in below)


def _is_prose_item(last: OpenEntry, entry: Entry) -> bool:
    """Whether a bullet that names no page stands among numbered entries.

    Bullets among works that are bullets, too, are entries.
    """
    if last.labels and is_work(last.labels[0]) and BULLET.match(last.parts[0]):
        return False
    return bool(last.labels) and not (entry.is_marked or has_address(entry.rest))


def _adds_remark(found: Sequence[OpenEntry], text: str, lines: Sequence[str], number: int) -> bool:
    """Add a bullet right below an entry to it, if the next entry follows, or others have such."""
    last = found[-1]
    below = (line for line in lines[number + 1 : number + LOOK_AHEAD] if line.strip())
    following = next((line for line in below if not BULLET.match(line)), "")
    before = len(found) > 1 and len(found[-2].lines) > 1
    if number > last.lines[-1] + 1 or not (before or is_next(last, following)):
        return False
    last.add(number, text)
    return True


def _turns_to_prose(last: OpenEntry, entry: Entry, known: set[str]) -> bool:
    """Whether a sentence without address, or that cites, stands where addresses stood."""
    if not last.addressed or has_address(entry.rest):
        return False
    sentence = not entry.labels and bool(STOPPED.search(entry.rest.rstrip()))
    return sentence or cites(entry.rest, known)
