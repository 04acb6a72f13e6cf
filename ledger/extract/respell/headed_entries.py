"""Entries of which each line was made a heading -> entries.

Converters of printed pages take each line of a list in small type for a heading: "#### 1. Roe, Dams
of the", "#### north, https://…", below "#### Works cited".
"""

import re

from ledger.extract.lists.heads import is_head
from ledger.letters import holds
from ledger.patterns import begins_line, later

_LIST = later(
    r"^(?P<marks>#{2,6}) (?P<head>[^\n]{2,80})\n\s{0,8}?(?=(?P=marks) 1[.)] )"
    r"(?P<lines>(?:(?P=marks) [^\n]{1,2000}(?:\n\s{0,8}?(?=#)|\s{0,8}\Z|\n)){3,2000}+)",
    re.M,
)
_FEWEST_PAGES = 2
"""Addresses among them: one may stand in any part of a text."""
_COUNTED = later(r"([0-9]{1,4})[.)] ")


def with_plain_entries(text: str) -> str:
    """The text; entries that each stand in headings become lines of a list. Never raises."""
    may_be = holds(text, "# 1. ", "# 1) ") and begins_line(_LIST, text)
    return _LIST.sub(_plain, text) if may_be else text


def _plain(match: re.Match[str]) -> str:
    if not is_head(match["head"]) or match["lines"].count("://") < _FEWEST_PAGES:
        return match[0]
    lines, due = [f"{match['marks']} {match['head']}"], 1
    for line in filter(None, map(str.strip, match["lines"].split("\n"))):
        words = line.removeprefix(match["marks"]).strip()
        counted = _COUNTED.match(words)
        if counted and counted[1] == str(due):
            lines.append("")
            due += 1
        lines.append(words)
    return "\n".join([*lines, "", ""])
