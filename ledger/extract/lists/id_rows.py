"""Lines and rows that begin with ids -> definitions: "| D1 | Charter | https://… |" -> "[D1]: …".

Lines are those of a list without brackets, "- **S1** — Charter, https://…", "- src-001: https://…".
Looked for where no list has markers, wherever it stands: before the text, too. What proves it:
each row has an id, half of them name a page, and the text outside cites half of the ids.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.table_rows import is_head_of_table, table_row
from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_ID = r"(?:[A-Z]{1,3}-?|[A-Za-z]{2,8}[-_])[0-9]{1,4}"
_CITED = later(
    rf"(?:[\[(（【|`,;/]|[Ss]ources?:|SOURCES?:)\s{{0,8}}({_ID})(?=\s{{0,8}}[\])）】|`,;/§])"
    rf"|[\[(（【]{KIND}([0-9]{{1,4}})(?=[\])）】,;，；、])"
)
_LINE = later(
    rf"\s{{0,8}}(?:[-*+•]\s{{1,4}})?(?P<mark>[*_`]{{0,3}})\[?(?P<id>{_ID})\]?"
    r"(?:[:.]?(?P=mark)(?<=[*_`])\s?[:.—–-]?|\s?[:—–]|\.)\s{1,4}(?P<rest>\S.*)$"
)
_MAY_BEGIN = frozenset("-*+•_`[ \t")
_FEWEST = 2
_END = "#"


def with_id_rows(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines with such a list as definitions, a table without its head; None without one."""
    return _with_rows(lines) or _with_lines(lines)


def _with_rows(lines: Sequence[str]) -> Sequence[str] | None:
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


def _with_lines(lines: Sequence[str]) -> Sequence[str] | None:
    """The same for lines: a run of them, between which are blank lines and such as are indented."""
    for run in _runs(lines):
        if _is_cited(run, lines):
            answer = list(lines)
            for number in run:
                match = _LINE.match(lines[number])
                answer[number] = f"[{match['id']}]: {match['rest']}" if match else lines[number]
            return answer
    return None


def _runs(lines: Sequence[str]) -> Iterator[dict[int, tuple[str, str]]]:
    """Lines that begin with an id, one below the other; one alone is enough under a head.

    Each with its id, and what it says with the indented lines below it.
    """
    run: dict[int, tuple[str, str]] = {}
    headed = False
    above = ""
    for number, line in enumerate((*lines, _END)):
        if not line.strip():
            continue
        match = _LINE.match(line) if line[0] in _MAY_BEGIN or line[0].isalpha() else None
        if match:
            headed = headed or (not run and is_head(above))
            last = number
            run[number] = match["id"], match["rest"]
        elif run and line[0].isspace():
            run[last] = run[last][0], f"{run[last][1]} {line.strip()}"
        elif run:
            if headed or len(run) >= _FEWEST:
                yield run
            run, headed = {}, False
        above = line


def _is_cited(rows: Mapping[int, tuple[str, str]], lines: Sequence[str]) -> bool:
    if 2 * sum(has_address(rest) for _, rest in rows.values()) < len(rows):
        return False
    text = "\n".join(line for number, line in enumerate(lines) if number not in rows)
    ids = {label for label, _ in rows.values()}
    return 2 * len(ids.intersection(_cited_in(text))) >= len(ids)


def _cited_in(text: str) -> set[str]:
    return {match[1] or match[2] for match in _CITED.finditer(text)}
