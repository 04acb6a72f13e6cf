"""Files quoted below a head, one after another -> definitions, numbered by their order.

An assistant for code cites "[2](#0-1)" and ends with "### Citations": for each file a line
"**File:** app.py (L20-23)", and below it the lines of the file. Only their order tells which number
is meant.
"""

from collections.abc import Sequence

from ledger.patterns import later

_HEAD = later(r"#{1,6}\s{1,3}Citations:?\s*$")
_OTHER_HEAD = later(r"#{1,6}\s")
_FILE = later(r"\*\*File:\*\*\s{1,3}(?P<name>\S.{0,400}?)\s*$")


def with_counted_files(lines: Sequence[str]) -> Sequence[str]:
    """The lines; "**File:** app.py (L20-23)" below its head becomes "[2]: app.py (L20-23)"."""
    answer = list(lines)
    count: int | None = None
    fenced = False
    for number, line in enumerate(lines):
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            continue
        elif _HEAD.match(line):
            count = 0
        elif _OTHER_HEAD.match(line):
            count = None
        elif count is not None and (entry := _FILE.match(line)):
            count += 1
            answer[number] = f"[{count}]: {entry['name']}"
    return answer
