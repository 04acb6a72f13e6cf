"""A line that may name a group of entries -> whether the lines right below it are entries.

"### Academic", "- Roe, A. — *Dams* (2008)", "- The weir. Herald.", "  https://herald.example/weir".
"""

from collections.abc import Sequence

from ledger.extract.lists.addresses import LINK, has_address
from ledger.extract.lists.entries import Entry, entry_of, indent
from ledger.extract.lists.works import authored
from ledger.patterns import later

_REACH = 40
"""Lines of a group that are looked at."""
_MOST_BLANK, _LONGEST_ITEM = 2, 600
"""Blank lines in a row inside a group, and characters of an item from which on no further line is
added. Chosen: its page stands in the first of them."""
_PART = later(r"\s{0,3}(?:#{1,6}\s|[-*_=]{3,100}\s*$)")
"""A heading, or a rule."""
_NAME = later(
    r"\s{0,3}(?:(?:\*\*|__)[^*_\n]{2,80}(?:\*\*|__)\s?[:：]?"
    r"|[^\W\d_](?:[^:：./\n]|(?<=\s)/(?=\s)){1,40}[:：])\s*$"
)
"""What a group is called: "**Press**", "Press:"."""
_LABEL = later(
    r"\s{0,8}(?:[-*+•]\s{1,4})?(?:\*\*|__)?[^\W\d_][^:：\[\]\n]{1,60}[:：](?:\*\*|__)?\s{1,4}(?=\[)"
)
_BETWEEN = " \t,;·|/•、，；."
_WORK = later(
    r"[^\n]{0,200}?(?:[*_][^\s*_][^*_\n]{4,200}[*_]|[\"“«《„][^\n]{4,200}[\"”»》“])[^\n]{0,200}?"
    r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])"
)
"""A title set apart and a year behind it."""


def groups_entries(lines: Sequence[str], number: int) -> bool:
    """Whether most items below a line, up to the next such line, have a page or are known works.

    The first line below it is one of them. Others say something: "### How we searched".
    """
    items: list[str] = []
    margin = blank = 0
    for line in lines[number + 1 : number + _REACH]:
        blank = 0 if line.strip() else blank + 1
        if blank:
            if blank > _MOST_BLANK:
                break
            continue
        named = _NAME.match(line)
        if named and not items:
            continue  # of a smaller group
        if named or _PART.match(line):
            break
        entry = Entry((), line) if grouped_links(line) else entry_of(line, under_head=True)
        if entry is not None and (not items or indent(line) <= margin):
            margin = indent(line)
            items.append(entry.rest)
        elif not items:
            return False
        elif len(items[-1]) < _LONGEST_ITEM:
            items[-1] = f"{items[-1]} {line.strip()}"
    return 0 < len(items) <= 2 * sum(map(_is_sure, items))


def _is_sure(item: str) -> bool:
    return has_address(item) or authored(item) is not None or _WORK.match(item) is not None


def grouped_links(line: str) -> list[str]:
    """The links of a line that has a label and several links: "**Press:** [Herald](…), [Post](…)".

    An empty list for a line that says anything else.
    """
    label = _LABEL.match(line) if line.count("](") > 1 else None
    if label is None or LINK.sub("", line[label.end() :]).strip(_BETWEEN):
        return []
    return [link[0] for link in LINK.finditer(line, label.end())]
