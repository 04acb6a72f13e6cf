"""Rows of a table of sources without ids -> entries: "| County Clerk | https://… | 2 May |".

They become bullets, "- County Clerk — https://…". The table stands below the head of a list, and
the name of one of its columns means an address; or it means a work, and each row has one page. A
table with numbered rows, "| 3 | Clerk | https://… |", is a list below any head; where it has no
head, it is given one if the text cites its numbers. Where a converter turned a list into a table,
the first entry stands in the row for column names: "| [1] | Clerk, Dams, https://… |".
"""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache, partial
from itertools import islice

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.table_rows import table_row
from ledger.patterns import later

_BAR = "|"
_RULE = later(
    r"\s{0,8}\|?(?:\s{0,8}:?-{1,5000}+:?\s{0,8}\|){1,20}+(?:\s{0,8}:?-{1,5000}+:?\s{0,8})?$"
)
_ADDRESSES = frozenset(
    "url|urls|link|links|address|web address|website|web page|page url|source url|uri|adresse|"
    "webadresse|webseite|lien|liens|adresse web|enlace|enlaces|dirección|sitio web|endereço|"
    "ligação|collegamento|indirizzo|odkaz|odkazy|länk|lenke|linkki|ссылка|ссылки|адрес|посилання|"
    "リンク|链接|網址|网址|連結|鏈接|링크|주소|رابط|الرابط|لینک|bağlantı|liên kết".split("|")
)
_SAYINGS = frozenset(
    "claim|claims|finding|findings|fact|facts|statement|key point|aussage|behauptung|befund|"
    "affirmation|constat|afirmación|hallazgo|afirmação|affermazione|утверждение|факт|"
    "主张|论断|观点|主張|論點|観点|주장|"
    "metric|value|kennzahl|wert|valeur|valor|indicador|показатель|значение|指标|指標|数值|數值|値|数値|"
    "지표|수치".split("|")
)
"""Columns of a table that says something, and gives its sources beside it."""
_WORKS = frozenset(
    "reference|references|resource|resources|title|document|paper|article|book|publication|work|"
    "referenz|titel|dokument|werk|référence|titre|ouvrage|referencia|título|documento|referência|"
    "riferimento|titolo|ссылка|документ|название|источник|文献|标题|標題|名称|タイトル|資料|제목|자료|"
    "source|sources|quelle|quellen|fuente|fuentes|fonte|fontes|fonti|bron|bronnen|źródło|kaynak|"
    "källa|kilde|来源|來源|出典|출처|المصدر".split("|")
)
"""What columns call that list works or pages, each of which has its address."""
_NUMBERED = later(r"[\s*`\[【（(#]{0,6}[0-9]{1,4}[\s*`\]】）).]{0,6}$")
_OPENS_NUMBERED = later(r"\[([0-9]{1,4})\]\s")
"""How the cell of a work begins that has its number before it: "[1] Roe, Dams"."""
_BRACKETED = later(r"\[[^\[\]]{1,30}\]$")
_LABEL_AND_WORK, _LONGEST_LABEL = 2, 40
"""Columns of a list that became a table, and characters of what it calls a work."""
_HEAD = "## Sources"
_FEWEST = 2
"""Rows of such a table: one may be anything."""
_BELOW_HEAD = 6
"""Lines below a head in which its table begins: a sentence may stand between."""


def with_named_rows(lines: Sequence[str]) -> Sequence[str]:
    """The lines; "| County Clerk | https://… |" of a table of sources becomes an item with both.

    Where a sentence parts a table from its head, the head stands for the names of the columns.
    """
    answer = list(lines)
    cited = cache(partial(_cited, lines))
    for number, line in enumerate(lines):
        if not (_BAR in line and _RULE.match(line)):
            continue
        if _begins_with_entry(lines, number):
            answer[number] = ""
            for row, cells in enumerate(_rows(lines, number - 2), number - 1):
                if row != number:
                    answer[row] = _entry(*cells)
        elif head := _head_of(lines, number):
            above = (lines[row] for row in range(number - 2, -1, -1))
            right_above = next((line for line in above if line.strip()), "")
            answer[number - 1], answer[number] = "" if right_above == head else head, ""
            titled = not _names_addresses(lines, number)
            _set_bullets(answer, lines, number, titled=titled)
        elif _is_cited(lines, number, cited):
            answer[number - 1] = _HEAD
            if any(_OPENS_NUMBERED.match(cells[0]) for cells in islice(_rows(lines, number), 1)):
                answer[number] = ""
                _set_bullets(answer, lines, number, titled=False)
    return answer


def _set_bullets(answer: list[str], lines: Sequence[str], rule: int, *, titled: bool) -> None:
    for row, cells in enumerate(_rows(lines, rule), rule + 1):
        answer[row] = _bullet(cells, titled=titled)


def _bullet(cells: Sequence[str], *, titled: bool) -> str:
    """A row as an entry; `titled` says that the cell with the page has its title, too."""
    words = " — ".join(cell for cell in cells if cell and not has_address(cell))
    pages = [cell for cell in cells if has_address(cell)]
    if titled and words:
        return " ".join(("-", *pages, "—", words))
    return " ".join(("-", words, *pages))


def _begins_with_entry(lines: Sequence[str], rule: int) -> bool:
    """Whether the row above a rule is an entry, below a head, as all rows of its table are."""
    above = reversed(lines[max(0, rule - 1 - _BELOW_HEAD) : max(0, rule - 1)])
    nearest = next((line for line in above if _BAR in line or is_head(line)), "")
    if _BAR in nearest or not nearest:
        return False
    rows = list(_rows(lines, rule - 2))
    if len(rows) <= _FEWEST or any(len(cells) != _LABEL_AND_WORK for cells in rows):
        return False
    label, work = rows[0]
    if len(label) > _LONGEST_LABEL or has_address(label):
        return False
    return has_address(work) or (_BRACKETED.match(label) is not None and len(work) > len(label))


def _entry(label: str, work: str) -> str:
    """A row of a label and a work as an entry."""
    bare = label.strip("*_ ")
    if bare.rstrip(".").isdecimal():
        return f"[{bare.rstrip('.')}] {work}"
    return f"- {bare} {'' if _BRACKETED.match(bare) else '— '}{work}"


def _is_cited(lines: Sequence[str], rule: int, cited: Callable[[], Set[str]]) -> bool:
    """Whether a table of addresses has all numbers that the text cites, or it cites half of them.

    Args:
        lines: Of the document.
        rule: The number of the line below the names of its columns.
        cited: Says what `_cited` says.
    """
    if not _names_addresses(lines, rule):
        return False
    numbers: set[str] = set()
    for cells in _rows(lines, rule):
        opens = _OPENS_NUMBERED.match(cells[0])
        number = opens[1] if opens else cells[0].strip("*`[]() .#")
        if not (number.isdecimal() and any(map(has_address, cells))):
            return False
        numbers.add(number)
    if len(numbers) < _FEWEST:
        return False
    return 2 * len(numbers & cited()) >= len(numbers) or numbers >= cited() > set()


def _cited(lines: Sequence[str]) -> Set[str]:
    """The numbers that a text cites outside of its tables; none where a list has a head."""
    if any(map(is_head, lines)):
        return frozenset()
    above = Above()
    above.read("\n".join(line for line in lines if _BAR not in line or _cells(line) is None))
    return above.anyhow("row") or above.linked()


def _head_of(lines: Sequence[str], rule: int) -> str | None:
    """The head above the table of a rule; None where it is no table of sources by their names."""
    if not (_names_addresses(lines, rule) or _lists_pages(lines, rule)):
        return None
    first = _cells(lines[rule + 1]) if rule + 1 < len(lines) else None
    if first is None or not has_address(lines[rule + 1]) or table_row(lines[rule + 1]):
        return None
    above = lines[max(0, rule - 1 - _BELOW_HEAD) : rule - 1]
    return None if _NUMBERED.match(first[0]) else next(filter(is_head, above), None)


def _names_addresses(lines: Sequence[str], rule: int) -> bool:
    """Whether a column above a rule is called as an address is, and none as what it says."""
    columns = _columns(lines, rule)
    return not _ADDRESSES.isdisjoint(columns) and _SAYINGS.isdisjoint(columns)


def _lists_pages(lines: Sequence[str], rule: int) -> bool:
    """Whether a column is called as works are, none as what they say, and each row has one page."""
    columns = _columns(lines, rule)
    if _WORKS.isdisjoint(columns) or not _SAYINGS.isdisjoint(columns):
        return False
    return all(sum(map(has_address, cells)) == 1 for cells in _rows(lines, rule))


def _columns(lines: Sequence[str], rule: int) -> set[str]:
    named = _cells(lines[rule - 1]) if rule else None
    return {cell.strip("*_ ").casefold() for cell in named or ()}


def _rows(lines: Sequence[str], rule: int) -> Iterator[list[str]]:
    """The cells of each row below a rule, up to the first line that is none."""
    for line in islice(lines, rule + 1, None):
        cells = _cells(line)
        if cells is None:
            return
        yield cells


def _cells(line: str) -> list[str] | None:
    """The cells of a row; None for any other line."""
    inside = line.strip()
    if inside.count(_BAR) < 1 or not (inside[0] == _BAR or inside[-1] == _BAR):
        return None
    return [cell.strip() for cell in inside.strip(_BAR).split(_BAR)]
