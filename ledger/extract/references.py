"""Lines -> the reference list, and which lines it took.

A list is known by its head ("References", "参考资料", ...), by entries that carry addresses, or by
the colon of a definition ("[3]: https://..."). What follows an entry without being another one
belongs to it, so that a title and its address may stand on different lines.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger import urls
from ledger.extract.dialects import LABEL
from ledger.extract.evidence import CLOSE, OPEN
from ledger.model import Reference

HEADS = frozenset(
    """
    reference list|list of references|literature cited|notes|endnotes|footnotes|
    notes and references|references and notes|sources and references|references and sources|
    sources and notes|links|further reading and sources|
    quellen|quellenverzeichnis|quellenangaben|literatur|literaturverzeichnis|einzelnachweise|
    belege|références|références bibliographiques|bibliographie|notes et références|
    fuentes|fuentes consultadas|referencias|referencias bibliográficas|bibliografía|notas|
    fontes|referências|referências bibliográficas|bibliografia|fonti|riferimenti|note|
    bronnen|bronvermelding|referenties|voetnoten|źródła|przypisy|källor|referenser|kilder|
    referanser|lähteet|kaynaklar|kaynakça|источники|примечания|литература|список литературы|
    список источников|сноски|ссылки|джерела|примітки|посилання|zdroje|reference a zdroje|
    المصادر|المراجع|الهوامش|المصادر والمراجع|מקורות|הערות שוליים|منابع|पाद टिप्पणी|संदर्भ|
    来源|來源|引用|出处|註釋|注释|脚注|出典|出処|脚註|注|주석|참고문헌|참고 자료|출처|각주
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""What reference lists are headed by, casefolded, in the languages of the citing world."""

_COMPOUND_HEAD = re.compile(
    r"(?:(?:key|main|primary|selected|cited|core|full|all|data|numbered|supporting|consulted) )*"
    r"(?:references?|sources?|citations?|works cited|bibliography|source (?:list|links|urls|notes))"
    r"(?: (?:list|used|cited|consulted|index|and (?:notes|citations|references|links|sources)))*"
    r"|(?:主要|核心|关键|關鍵|本文|部分|重要|相关|相關)*"
    r"(?:参考|參考|引用|数据|數據|资料|資料|信息|文献|文獻|证据|證據)"
    r"(?:的?(?:文献|文獻|资料|資料|来源|來源|链接|鏈接|連結|书目|書目|著作|出处|网址))*"
    r"(?:索引|列表|清单|清單|目录|汇总|與來源|与来源)?"
)
"""Heads that are put together from parts: "Key sources used", "主要参考来源索引"."""

_NUMBERING = re.compile(
    r"^(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)、:]?|[IVX]{1,5}[.)]|[A-Z][.)]|"
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）])\s*"
)
_ASIDE = re.compile(r"[(（][^()（）]{1,60}[)）]?$")
_HEAD_MARKS = " \t#*_:：=>()（）【】[]-–—📚🔗"
_BRACKETED = re.compile(
    rf"\s{{0,8}}(?:[-*+•]\s+|>\s?)?(?:\*\*)?((?:\\?{OPEN}\^?{LABEL}\^?\\?{CLOSE}\s{{0,2}}){{1,40}})"
    r"(?!\()(?:\*\*)?([:：]?)\s*(.*)$"
)
_LABELS = re.compile(rf"{OPEN}\^?({LABEL}?)\^?\\?{CLOSE}")
_COUNTED = re.compile(r"\s{0,8}(?:[-*+•]\s+)?(?:\*\*)?([0-9]{1,4})[.)、](?:\*\*)?\s*(?=\S)(.*)$")
_BULLET = re.compile(r"\s{0,8}[-*+•‣◦▪●–]\s+(.*)$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,100}|(?:\*\s*){3,100}|(?:_\s*){3,100})$")
_LINK_SOURCE = (
    r"(?<!!)\[(?P<words>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,600}+)\]"
    r"\(\s{0,2}<?(?P<target>(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)>?(?:\s{1,2}\"[^\"\n]{0,300}\")?\s{0,2}\)"
)
_LINK = re.compile(_LINK_SOURCE)
_ADDRESS_SOURCE = (
    r"<?(?P<plain>(?:https?://|hxxps?://|ftp://|www\.)"
    r"(?:[^\s<>\[\]\"“”«»，。；、（）【】|]|\[[^\s\[\]]{0,60}\]){3,2000}+)>?"
)
_ADDRESS = re.compile(_ADDRESS_SOURCE)
_LINK_OR_ADDRESS = re.compile(f"{_LINK_SOURCE}|{_ADDRESS_SOURCE}")
_DOT_WORD = re.compile(  # "kremlin dot ru", not "polka dot dress": a country or a common ending
    r"(?<=[A-Za-z0-9-])(?: dot |\s?\[\.\]\s?|\s?\[dot\]\s?|\s?\(dot\)\s?)"
    r"(?=(?:[a-z]{2}|com|org|net|gov|mil|edu|info|news|[A-Za-z0-9-]{1,63} dot [a-z]{2,4})"
    r"(?![a-z]))",
    re.I,
)
_CUT_SHORT = re.compile(  # "http://kremlin" made a link by a machine, " dot ru/..." behind it
    r"\[(https?://[^\]\s]{1,200})\]\(<?[^()\s<>]{1,300}>?\)(?=\s?(?:dot |\[dot\]|\(dot\)))", re.I
)
_HOST = r"(?<![@\w./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,6}[A-Za-z]{2,18}"
_SCHEMELESS = re.compile(rf"{_HOST}/[^\s;]{{0,2000}}")
_BARE_HOST = re.compile(rf"{_HOST}(?:/[^\s;]{{0,2000}})?")
_CUT_SHORT = re.compile(  # "http://kremlin" made a link by a machine, " dot ru/..." behind it
    r"\[(https?://[^\]\s]{1,200})\]\(<?[^()\s<>]{1,300}>?\)(?=\s?(?:dot |\[dot\]|\(dot\)))", re.I
)
_IDENTIFIER = re.compile(r"\s*(?:arxiv|doi):", re.I)
"""An identifier that stands for a page is kept as it was cited."""
_TITLE_EDGES = ' \t-–—:：;；,，.|*_"“”<>'


_RUN_ON = re.compile(r"\\?[\[【]([0-9]{1,4})\\?[\]】](?!\()")
_FEWEST_RUN_ON = 3
_SHORTEST_ENTRY = 6
_LINKED_NUMBER = re.compile(
    r"\[\\?\[?\^?([0-9]{1,4})\^?\\?\]?\]\(<?((?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)>?\)"
)

_LINKED_ENTRY = re.compile(rf"\s{{0,8}}(?:[-*+•]\s+)?{_LINKED_NUMBER.pattern}\s*(.*)$")


class Listed(NamedTuple):
    """The references of a document, and the numbers of the lines that held them."""

    references: tuple[Reference, ...]
    lines: frozenset[int]
    has_list: bool


class _Entry(NamedTuple):
    labels: tuple[str, ...]
    rest: str
    defined: bool  # "[3]:" or "[^3]:" can be nothing but a definition


class _Open:
    """An entry that is being read: its labels and the lines that belong to it."""

    def __init__(self, labels: tuple[str, ...], number: int, rest: str) -> None:
        self.labels = labels
        self.lines = [number]
        self.parts = [rest]


def find_references(lines: Sequence[str]) -> Listed:
    """Read every reference list of a document.

    Linear in the text. Never raises; a document without a list gives no references.
    """
    taken: set[int] = set()
    entries: list[_Open] = []
    has_list = False
    number = 0
    while number < len(lines):
        if several := _run_on(lines[number], under_head=False):
            has_list = True
            taken.add(number)
            entries.extend(_Open(labels, number, rest) for labels, rest in several)
            number += 1
            continue
        if is_head(lines[number]):
            end, found = _under_head(lines, number + 1)
            if found:
                has_list = True
                taken.update(range(number, end))
                entries.extend(found)
                number = end
                continue
        if opened := _standing_alone(lines, number):
            taken.update(opened.lines)
            entries.append(opened)
            number = opened.lines[-1] + 1
            continue
        number += 1
    references = tuple(ref for opened in entries for ref in _references(opened))
    return Listed(references, frozenset(taken), has_list or bool(references))


def is_head(line: str) -> bool:
    """Whether a line is the head of a reference list, whatever its marks and numbering."""
    if len(line) > 80:
        return False
    text = line.strip(_HEAD_MARKS)
    text = _NUMBERING.sub("", text).strip(_HEAD_MARKS)
    text = _ASIDE.sub("", text).strip(_HEAD_MARKS).casefold()
    return text in HEADS or bool(_COMPOUND_HEAD.fullmatch(text))


def _run_on(line: str, *, under_head: bool) -> list[tuple[tuple[str, ...], str]]:
    """Entries that follow one another on one line: "[1] Roe. Dams. [2] Doe. Bridges."

    The line stands under a head or begins with one, the numbers rise, and each has a text of its
    own behind it.
    """
    marks = list(_RUN_ON.finditer(line))
    if len(marks) < _FEWEST_RUN_ON:
        return []
    before = line[: marks[0].start()]
    numbers = [int(mark[1]) for mark in marks]
    if not (is_head(before) or (under_head and not before.strip(_HEAD_MARKS))):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    texts = [line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    rising = all(a < b for a, b in pairwise(numbers))
    if not rising or any(len(text.strip(",;，；、. ")) < _SHORTEST_ENTRY for text in texts):
        return []
    return [((str(number),), text) for number, text in zip(numbers, texts, strict=True)]


def _linked_list(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of a line that is nothing but linked numbers: "[[1]](https://...), [[2]](...)"."""
    if _LINKED_NUMBER.sub("", line).strip(" ,;，；、-*•.|"):
        return []
    return [((mark[1],), mark[2]) for mark in _LINKED_NUMBER.finditer(line)]


def _entry(line: str, *, under_head: bool) -> _Entry | None:
    if match := _BRACKETED.match(line):
        labels = tuple(_LABELS.findall(match[1]))
        return _Entry(labels, match[3], match[2] != "")
    if under_head and (match := _LINKED_ENTRY.match(line)):
        return _Entry((match[1],), f"{match[2]} {match[3]}", defined=False)
    if under_head and (match := _COUNTED.match(line)):
        return _Entry((match[1],), match[2], defined=False)
    if under_head and (match := _BULLET.match(line)):
        return _Entry((), match[1], defined=False)
    return None


def _under_head(lines: Sequence[str], begin: int) -> tuple[int, list[_Open]]:
    """Entries from `begin` to the next heading; returns the line after the last one."""
    found: list[_Open] = []
    end = begin
    for number in range(begin, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if _HEADING.match(line) or _RULE.match(line):
            if found or _HEADING.match(line):
                break
            continue
        if several := _linked_list(line) or _run_on(line, under_head=True):
            found.extend(_Open(labels, number, rest) for labels, rest in several)
            end = number + 1
            continue
        entry = _entry(line, under_head=True)
        if entry is None and not _continues(found, lines, number):
            break
        if entry is not None:
            found.append(_Open(entry.labels, number, entry.rest))
        else:
            found[-1].lines.append(number)
            found[-1].parts.append(line.strip())
        end = number + 1
    if not _looks_like_list(found):
        return begin, []
    return end, found


def _looks_like_list(found: list[_Open]) -> bool:
    """A head is not enough ("Notes" heads prose, too): entries are numbered or carry addresses."""
    with_address = sum(_has_address(" ".join(opened.parts)) for opened in found)
    bracketed = sum(bool(opened.labels) for opened in found)
    return with_address * 2 >= len(found) > 0 or bracketed * 2 > len(found)


def _continues(found: list[_Open], lines: Sequence[str], number: int) -> bool:
    """Whether a line that is no entry belongs to the entry before it."""
    if not found:
        return False
    if number == found[-1].lines[-1] + 1:
        return True
    text = lines[number].strip()
    return bool(_ADDRESS.match(text)) and not _has_address(" ".join(found[-1].parts))


def _standing_alone(lines: Sequence[str], number: int) -> _Open | None:
    """A definition without a head: "[3]: ..." or "[3] ..." with an address in or under it."""
    entry = _entry(lines[number], under_head=False)
    if entry is None:
        return None
    opened = _Open(entry.labels, number, entry.rest)
    if entry.defined or _ADDRESS.match(entry.rest) or _LINK.match(entry.rest):
        return opened
    if _has_address(entry.rest) and _neighbours(lines, number):
        return opened
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    if _ADDRESS.match(following) or (not entry.rest and _has_address(following)):
        opened.lines.append(number + 1)
        opened.parts.append(following)
        return opened
    return None


def _neighbours(lines: Sequence[str], number: int) -> bool:
    """Whether the nearest line with text before or after is an entry, too, or a head."""
    for step in (1, -1):
        near = number + step
        while 0 <= near < len(lines) and not lines[near].strip():
            near += step
        if not 0 <= near < len(lines):
            continue
        if is_head(lines[near]):
            return True
        entry = _entry(lines[near], under_head=False)
        if entry is not None and _has_address(entry.rest):
            return True
    return False


def _has_address(text: str) -> bool:
    return bool(_ADDRESS.search(text) or _LINK.search(text) or _DOT_WORD.search(text))


def _references(opened: _Open) -> list[Reference]:
    raw = " ".join(part for part in opened.parts if part).strip()
    addresses, title = _addresses(_DOT_WORD.sub(".", _CUT_SHORT.sub(r"\1", raw)))
    return [
        Reference(
            marker=label,
            raw=raw,
            url=addresses[0] if addresses else None,
            urls=addresses,
            title=title,
        )
        for label in (opened.labels or (None,))
    ]


def _addresses(raw: str) -> tuple[tuple[str, ...], str | None]:
    """All addresses of an entry in order, repaired, and what is left as its title.

    An address without a scheme counts only where the entry has no other: "et al.in" is none.
    """
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        words, target = match["words"], match["target"] or match["plain"]
        address = urls.repair(target)
        if address is None:
            return match[0]
        found.append(target.strip() if _IDENTIFIER.match(target) else address)
        return words if words and not _ADDRESS.match(words) else " "

    def take_host(match: re.Match[str]) -> str:
        address = urls.repair(match[0])
        found.extend([address] if address else [])
        return " " if address else match[0]

    left = _LINK_OR_ADDRESS.sub(take, raw)
    if not found:
        bare = _BARE_HOST.fullmatch(raw.strip())
        left = (_BARE_HOST if bare else _SCHEMELESS).sub(take_host, raw)
    title = re.sub(r"\s+", " ", left).strip(_TITLE_EDGES)
    return tuple(dict.fromkeys(found)), title or None
