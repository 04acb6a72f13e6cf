"""Tables that were pasted with tabs between their cells -> tables of Markdown.

The first line has short cells, and each line below it as many cells. Where lines of two cells begin
with a number or a bullet, they are no table, but a list or a transcript. With three columns or more
there is less doubt: then the names of columns may be longer, and be questions.
"""

from collections.abc import Sequence

from ledger.extract.fences import fences
from ledger.patterns import later

_LONGEST_HEAD, _LONGEST_OF_MANY = 40, 120
"""Characters of the name of a column where there are two, as of words and what they mean; and of
many columns, which are a table whatever stands in them."""
_FEWEST_ROWS, _MANY = 2, 3
"""Rows with tabs that are no table yet, a head and one more; and columns that are many. Two may be
an item and its counter."""
_COUNTS = later(
    r"\[?\(?[0-9.:]{1,12}[\])]?[.)]?|\(?[A-Za-z]{1,4}[.)]|[-*+•‣▪◦·–—●○■□➢❖✓\uf0b7\uf0a7o]"
)
_NAMES_OF_ROWS = frozenset(["", "#", "no.", "nr."])
"""What a first column is called that has the names of the rows, or counts them."""
_STOPPED = later(r"[.!?…。！？:：\]]\s*\Z|://|:\s")
"""What no name of a column has; "Name: Roe" is a name and its value."""
_SAYS = later(r"[.!…。！:：\]]\s*\Z|://|:\s")
"""The same of many columns, which may ask: "Must it?"."""


def with_tab_tables(text: str) -> str:
    """The text, tables with tabs between their cells as rows with bars. Never raises."""
    lines = text.split("\n")
    code = fences(lines)
    made: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        if "\t" in lines[at] and at not in code and _is_head(lines[at]):
            tabs = lines[at].rstrip().count("\t")
            end = at + 1
            indented = lines[at][0] == "\t"
            while end < len(lines) and lines[end].strip() and lines[end].count("\t") == tabs:
                if indented and lines[end][0] == "\t":
                    break  # code, all of it moved to the right
                end += 1
        if end - at > _FEWEST_ROWS and not _is_counted(lines[at:end]):
            head, *rows = (_row(line) for line in lines[at:end])
            made += [head, "|---" * (tabs + 1) + "|", *rows]
        else:
            made += lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return "\n".join(made)


def _is_head(line: str) -> bool:
    """Whether a line may be the head of a table: short cells that end no sentence."""
    cells = line.rstrip().split("\t")
    if len(cells) < _MANY:
        longest, stopped = _LONGEST_HEAD, _STOPPED
    else:
        longest, stopped = _LONGEST_OF_MANY, _SAYS
        cells = cells[cells[0].lower() in _NAMES_OF_ROWS :]
    return len(cells) > 1 and all(
        cell.strip() and len(cell) <= longest and not stopped.search(cell) for cell in cells
    )


def _is_counted(lines: Sequence[str]) -> bool:
    """Whether the lines below the first count something; of many columns, the first, too."""
    head, *below = (line.split("\t", 1)[0].strip() for line in lines)
    if lines[0].count("\t") < _MANY - 1:
        return all(map(_COUNTS.fullmatch, below))
    named = head.lower() in _NAMES_OF_ROWS or not _COUNTS.fullmatch(head)
    return not named and all(map(_COUNTS.fullmatch, below))


def _row(line: str) -> str:
    cells = (cell.strip().replace("|", "\\|") for cell in line.split("\t"))
    return f"| {' | '.join(cells)} |"
