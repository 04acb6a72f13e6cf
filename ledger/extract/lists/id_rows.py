"""Rows of a table of documents -> definitions: "| D1 | Charter | https://… |" -> "[D1]: …".

Looked for where no list has markers, wherever the table stands: before the text, too. What proves
it: each row has an id, half of them name a page, and the text outside cites half of the ids.
"""

from collections.abc import Mapping, Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.table_rows import is_head_of_table, table_row
from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_CITED = later(
    r"\[([A-Z]{1,3}-?[0-9]{1,4})(?=[\],;])"
    rf"|[\[(（【]{KIND}([0-9]{{1,4}})(?=[\])）】,;，；、])"
)
_FEWEST = 2


def with_id_rows(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines with such a table as definitions, without its head; None where there is none."""
    rows = {
        number: row
        for number, line in enumerate(lines)
        if (row := table_row(line, addressed=False))
    }
    if len(rows) < _FEWEST or max(rows) - min(rows) >= len(rows) or not _is_cited(rows, lines):
        return None
    first = min(rows)
    answer = list(lines)
    for number, (label, rest) in rows.items():
        answer[number] = f"[{label}]: {rest}"
    for number in range(max(0, first - 2), first):
        if is_head_of_table(lines, number):
            answer[number] = ""
    return answer


def _is_cited(rows: Mapping[int, tuple[str, str]], lines: Sequence[str]) -> bool:
    if 2 * sum(has_address(rest) for _, rest in rows.values()) < len(rows):
        return False
    text = "\n".join(line for number, line in enumerate(lines) if number not in rows)
    ids = {label for label, _ in rows.values()}
    return 2 * len(ids.intersection(_cited_in(text))) >= len(ids)


def _cited_in(text: str) -> set[str]:
    return {match[1] or match[2] for match in _CITED.finditer(text)}
