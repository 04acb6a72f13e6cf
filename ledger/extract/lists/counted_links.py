"""Links on lines of their own whose words begin with a number -> definitions.

Some assistants end an answer with "Learn more: [1. bbc.com](https://...)" and, on the next line,
"[2. reuters.com](https://...)": each number is inside its link.
"""

import re
from collections.abc import Sequence

from ledger.patterns import later

_ENTRY = later(
    r"\s{0,3}(?P<lead>[^\[\]\n:：]{1,40}[:：]\s{0,3})?\[(?P<number>[0-9]{1,3})[.)]\s{1,2}"
    r"(?P<title>[^\[\]\n]{1,300})\]\(<?(?P<address>https?://[^\s<>]{1,2000}?)>?\)\s*$"
)


def with_counted_links(lines: Sequence[str]) -> Sequence[str]:
    """The lines; "[2. reuters.com](https://...)" becomes "[2]: [reuters.com](https://...)".

    They follow one another, blank lines between them at most, and are counted from 1; only the
    first has words before it, which head the list and go. One alone needs such words. Linear in the
    text.
    """
    answer = list(lines)
    run: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate((*lines, "")):
        entry = _ENTRY.match(line) if "](" in line else None
        follows = entry is not None and int(entry["number"]) == len(run) + 1
        if entry and follows and (not run or not entry["lead"]):
            run.append((number, entry))
        elif line.strip() or number == len(lines):
            _define(answer, run)
            begins = entry is not None and entry["number"] == "1"
            run = [(number, entry)] if entry and begins else []
    return answer


def _define(lines: list[str], run: Sequence[tuple[int, re.Match[str]]]) -> None:
    if len(run) == 1 and not run[0][1]["lead"]:
        return
    for number, entry in run:
        lines[number] = f"[{entry['number']}]: [{entry['title']}]({entry['address']})"
