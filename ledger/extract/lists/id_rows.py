"""Rows of a table of documents -> definitions: "| D1 | Charter | https://… |" -> "[D1]: …".

Looked for where no list has markers, wherever the table stands: before the text, too. What proves
it: each row has an id of the house and names a page, and the text outside cites half of the ids.
"""

from collections.abc import Sequence

from ledger.extract.lists.headed_list import table_row
from ledger.patterns import later

_CITED = later(r"\[([A-Z]{1,3}-?[0-9]{1,4})(?=[\],;])")
_BAR = "|"
_FEWEST = 2


def with_id_rows(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines with such a table as definitions, without its head; None where there is none."""
    rows = {number: row[0] for number, line in enumerate(lines) if (row := table_row(line))}
    if len(rows) < _FEWEST or max(rows) - min(rows) >= len(rows):
        return None
    first = min(rows)
    text = "\n".join(line for number, line in enumerate(lines) if number not in rows)
    ids = {labels[0] for labels, _ in rows.values()}
    if 2 * len(ids.intersection(_CITED.findall(text))) < len(ids):
        return None
    answer = list(lines)
    for number, (labels, rest) in rows.items():
        answer[number] = f"[{labels[0]}]: {rest}"
    for number in range(first - 1, max(-1, first - 3), -1):
        if answer[number].lstrip()[:1] != _BAR:
            break
        answer[number] = ""
    return answer
