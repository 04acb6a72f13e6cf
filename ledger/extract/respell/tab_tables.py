"""Tables that were pasted with tabs between their cells -> tables of Markdown.

They have a head of short cells, and as many cells in each line below it. Lines that begin with a
number count something: a list, or the lines of a transcript; those with a bullet are a list, too.
"""

from collections.abc import Sequence

from ledger.extract.fences import fences
from ledger.patterns import later

_LONGEST_HEAD = 40
_FEWEST_ROWS = 2
_COUNTS = later(
    r"\[?\(?[0-9.:]{1,12}[\])]?[.)]?|\(?[A-Za-z]{1,4}[.)]|[-*+•‣▪◦·–—●○■□➢❖✓\uf0b7\uf0a7o]"
)
_STOPPED = later(r"[.!?…。！？:：\]]\s*\Z|://|:\s")
"""What no name of a column has; "Name: Roe" is a name and its value."""


def with_tab_tables(text: str) -> str:
    """The text, with bars where such tables have tabs. Never raises."""
    lines = text.split("\n")
    code = fences(lines)
    made: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        if "\t" in lines[at] and at not in code and _is_head(lines[at]):
            tabs = lines[at].rstrip().count("\t")
            end = at + 1
            while end < len(lines) and lines[end].strip() and lines[end].count("\t") == tabs:
                end += 1
        if end - at > _FEWEST_ROWS and not _is_counted(lines[at + 1 : end]):
            head, *rows = (_row(line) for line in lines[at:end])
            made += [head, "|---" * (tabs + 1) + "|", *rows]
        else:
            made += lines[at : max(end, at + 1)]
        at = max(end, at + 1)
    return "\n".join(made)


def _is_head(line: str) -> bool:
    """Whether a line may be the head of a table: short cells that end no sentence."""
    cells = line.rstrip().split("\t")
    return len(cells) > 1 and all(
        cell.strip() and len(cell) <= _LONGEST_HEAD and not _STOPPED.search(cell) for cell in cells
    )


def _is_counted(lines: Sequence[str]) -> bool:
    return all(_COUNTS.fullmatch(line.split("\t", 1)[0].strip()) for line in lines)


def _row(line: str) -> str:
    cells = (cell.strip().replace("|", "\\|") for cell in line.split("\t"))
    return f"| {' | '.join(cells)} |"
