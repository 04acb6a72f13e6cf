"""Lines -> the reference list, and which lines it took.

A list is known by its head ("References", "参考资料", ...), by entries that carry addresses, or by
the colon of a definition ("[3]: https://..."). What follows an entry without being another one
belongs to it, so that a title and its address may stand on different lines. What could be prose
as well ("[Host]: Welcome.", a sentence right under the list) stays prose: a claim that a list
swallows is lost without a trace, an entry that is read as prose is seen.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger import urls
from ledger.extract.dialects import LABEL
from ledger.extract.evidence import CLOSE, OPEN
from ledger.extract.lines import fences
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
_LONGEST_HEAD = 80
_HEAD_MARKS = " \t#*_:：=>()（）【】[]-–—📚🔗"
_BRACKETED = re.compile(
    rf"\s{{0,8}}(?:[-*+•]\s+|>\s?)?(?:\*\*)?((?:\\?{OPEN}\^?{LABEL}\^?\\?{CLOSE}\s{{0,2}}){{1,40}})"
    r"(?!\()(?:\*\*)?([:：]?)\s*(.*)$"
)
_OPENS_BRACKET = re.compile(rf"\s{{0,8}}(?:[-*+•]\s+|>\s?)?(?:\*\*)?\\?{OPEN}")
"""How `_BRACKETED` begins: most lines do not."""
_LABELS = re.compile(rf"{OPEN}\^?({LABEL}?)\^?\\?{CLOSE}")
_COUNTED = re.compile(r"\s{0,8}(?:[-*+•]\s+)?(?:\*\*)?([0-9]{1,4})[.)、](?:\*\*)?\s*(?=\S)(.*)$")
_BULLET = re.compile(r"\s{0,8}[-*+•‣◦▪●–]\s+(.*)$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s")
_RULE = re.compile(
    r"\s{0,3}(?:(?:-\s*+){3,100}+|(?:\*\s*+){3,100}+|(?:_\s*+){3,100}+|(?:=\s*+){3,100}+)$"
)
_NUMERIC = re.compile(r"[0-9]{1,4}|[A-Z]{1,3}-?[0-9]{1,4}")
"""Labels of definitions; "[Host]:" and "[12:30]:" open the lines of a transcript, too."""
_CITED = re.compile(rf"{OPEN}\^?([0-9]{{1,4}})\^?{CLOSE}(?!\()")
_RAISED = re.compile(r"<sup|[⁰¹²³⁴-⁹]")
_STOPPED = re.compile(r"[.!?。！？][\"'”’»)）]{0,3}$")
_FOOTNOTE_INDENT, _PARAGRAPH_INDENT = 2, 4
"""How far a line is indented that goes on with a definition, and one behind a blank line."""
_LOOK_AHEAD = 6
"""An entry's lines until its address or the next entry: author, title, journal, year, a gap."""
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
_IDENTIFIER = re.compile(r"\s*(?:arxiv|doi):", re.I)
"""An identifier that stands for a page is kept as it was cited."""
_TITLE_EDGES = ' \t-–—:：;；,，.|*_"“”<>'


_RUN_ON = re.compile(r"\\?[\[【]([0-9]{1,4})\\?[\]】](?!\()")
_FEWEST_RUN_ON = 3
_SHORTEST_ENTRY = 6
_LINKED_NUMBER = re.compile(
    r"\[\\?\[?\^?([0-9]{1,4})\^?\\?\]?\]\(<?((?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)>?\)"
)

_NOTE = re.compile(r"\s{0,8}\[([0-9]{1,4})\]\s{1,4}(?=\S)(.*)$")
_TITLED_ENTRY = re.compile(rf"\s{{0,8}}([0-9]{{1,4}})[.)]\s+({_LINK_SOURCE}.{{0,300}})$")
_LINKED_ENTRY = re.compile(rf"\s{{0,8}}(?:[-*+•]\s+)?{_LINKED_NUMBER.pattern}\s*(.*)$")


class Listed(NamedTuple):
    """The references of a document, and the numbers of the lines that held them."""

    references: tuple[Reference, ...]
    lines: frozenset[int]


class _Entry(NamedTuple):
    labels: tuple[str, ...]
    rest: str
    defined: bool = False  # "[3]: ..."
    footnote: bool = False  # "[^3]: ...", which can be nothing but a definition


class _Open:
    """An entry that is being read: its labels and the lines that belong to it."""

    def __init__(self, labels: tuple[str, ...], number: int, rest: str, indent: int = 0) -> None:
        self.labels = labels
        self.lines = [number]
        self.parts = [rest]
        self.indent = indent
        self.addressed = _has_address(rest)

    @property
    def stopped(self) -> bool:
        return bool(_STOPPED.search(self.parts[-1].rstrip()))

    def add(self, number: int, text: str) -> None:
        self.lines.append(number)
        self.parts.append(text)
        self.addressed = self.addressed or _has_address(text)


def find_references(lines: Sequence[str]) -> Listed:
    """Read every reference list of a document. What is in fenced code is none.

    Linear in the text. Never raises; a document without a list gives no references.
    """
    code = fences(lines)
    lines = ["" if number in code else line for number, line in enumerate(lines)]
    runs = _definition_runs(lines)
    taken: set[int] = set()
    entries: list[_Open] = []
    number = 0
    while number < len(lines):
        if several := _run_on(lines[number], under_head=False):
            taken.add(number)
            entries.extend(_Open(labels, number, rest) for labels, rest in several)
            number += 1
            continue
        if is_head(lines[number]):
            end, found = _under_head(lines, number)
            if found:
                taken.update(range(number, end))
                entries.extend(found)
                number = end
                continue
        if opened := _standing_alone(lines, number, in_run=number in runs):
            taken.update(opened.lines)
            entries.append(opened)
            number = opened.lines[-1] + 1
            continue
        number += 1
    if not entries:
        entries = _closing_list(lines)
        taken.update(opened.lines[0] for opened in entries)
    references = tuple(ref for opened in entries for ref in _references(opened))
    return Listed(references, frozenset(taken))


def is_head(line: str) -> bool:
    """Whether a line is the head of a reference list, whatever its marks and numbering."""
    if not line or len(line) > _LONGEST_HEAD:
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
    if line.count("[") + line.count("【") < _FEWEST_RUN_ON:
        return []
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
    if _OPENS_BRACKET.match(line) and (match := _BRACKETED.match(line)):
        labels = tuple(_LABELS.findall(match[1]))
        defined = match[2] != ""
        return _Entry(labels, match[3], defined, defined and "^" in match[1])
    if under_head and (match := _LINKED_ENTRY.match(line)):
        return _Entry((match[1],), f"{match[2]} {match[3]}")
    if under_head and (match := _COUNTED.match(line)):
        return _Entry((match[1],), match[2])
    if under_head and (match := _BULLET.match(line)):
        return _Entry((), match[1])
    return None


def _under_head(lines: Sequence[str], head: int) -> tuple[int, list[_Open]]:
    """Entries from a head to the next heading; returns the line after the last one.

    A head ends a list even where no list came of it, so that no line is read under two heads.
    """
    found: list[_Open] = []
    known: set[str] = set()
    end = head + 1
    for number in range(head + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if is_head(line):
            break
        if _HEADING.match(line) or _RULE.match(line):
            if (_RULE.match(line) and not found) or _parts_the_list(lines, head, number):
                continue
            break
        if several := _linked_list(line) or _run_on(line, under_head=True):
            found.extend(_Open(labels, number, rest) for labels, rest in several)
        elif not _grow(found, known, lines, number):
            break
        known.update(found[-1].labels)
        end = number + 1
    if not _looks_like_list(found):
        return head + 1, []
    return end, found


def _parts_the_list(lines: Sequence[str], head: int, number: int) -> bool:
    """Whether a heading only groups entries: it is deeper than the head, an entry is under it."""
    below = next((line for line in lines[number + 1 : number + 4] if line.strip()), "")
    entry = _entry(below, under_head=True)
    own = _HEADING.match(lines[number])
    if own is None or entry is None or not _has_address(entry.rest):
        return False
    above = _HEADING.match(lines[head])
    underline = lines[head + 1].strip()[:1] if above is None else ""
    depth = len(above[1]) if above else {"=": 1, "-": 2}.get(underline, 6)
    return len(own[1]) > depth


def _grow(found: list[_Open], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Add a line to the entries of a list; False when it is no part of the list."""
    line = lines[number]
    entry = _entry(line, under_head=True)
    if entry and found and found[-1].labels and not entry.labels and not _has_address(entry.rest):
        if _indent(line) <= found[-1].indent:
            return False
        entry = None
    if entry and known.issuperset(entry.labels) and _cites(entry.rest, known):
        return False  # an item of prose: no new number, and it cites the list
    gap = found and number > found[-1].lines[-1] + 1
    if entry and gap and not _BRACKETED.match(line) and _turns_to_prose(found[-1], entry, known):
        return False
    if entry:
        found.append(_Open(entry.labels, number, entry.rest, _indent(line)))
        return True
    if not found or not _continues(found, known, lines, number):
        return False
    found[-1].add(number, line.strip())
    return True


def _turns_to_prose(last: _Open, entry: _Entry, known: set[str]) -> bool:
    """Whether a sentence without address, or that cites, stands where addresses stood."""
    if not last.addressed or _has_address(entry.rest):
        return False
    sentence = not entry.labels and bool(_STOPPED.search(entry.rest.rstrip()))
    return sentence or _cites(entry.rest, known)


def _indent(line: str) -> int:
    """Columns of ASCII white space: an ideographic space opens paragraphs of prose."""
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    return len(margin.expandtabs(4))


def _cites(text: str, known: set[str]) -> bool:
    return any(label in known for label in _CITED.findall(text))


def _looks_like_list(found: list[_Open]) -> bool:
    """A head is not enough ("Notes" heads prose, too): entries are numbered or carry addresses."""
    with_address = sum(opened.addressed for opened in found)
    labelled = sum(bool(opened.labels) for opened in found)
    return with_address * 2 >= len(found) > 0 or labelled * 2 > len(found)


def _continues(found: list[_Open], known: set[str], lines: Sequence[str], number: int) -> bool:
    """Whether a line that is no entry belongs to the entry before it.

    It is indented, or is its address, or the entry is not complete without it, or other entries
    go on in the same way. A line that cites the list is prose.
    """
    last, text = found[-1], lines[number].strip()
    deeper = _indent(lines[number]) - last.indent
    if number > last.lines[-1] + 1:
        return deeper >= _PARAGRAPH_INDENT - 1 or bool(_ADDRESS.match(text) and not last.addressed)
    if deeper > 0 or _ADDRESS.match(text):
        return True
    if _cites(text, known):
        return False
    if not last.addressed and not last.stopped:
        return True
    habit = len(found) > 1 and len(last.lines) < len(found[-2].lines)
    return habit or _leads_on(last, lines, number)


def _leads_on(last: _Open, lines: Sequence[str], number: int) -> bool:
    """Whether the entry's address or the next entry is near below."""
    for below in lines[number + 1 : number + _LOOK_AHEAD]:
        if not last.addressed and _ADDRESS.match(below.strip()):
            return True
        entry = _entry(below, under_head=True) if last.labels else None
        if entry and entry.labels and last.labels[-1].isdigit() and entry.labels[0].isdigit():
            return int(entry.labels[0]) == int(last.labels[-1]) + 1
    return False


def _standing_alone(lines: Sequence[str], number: int, *, in_run: bool) -> _Open | None:
    """A definition without a head: "[3]: ..." or "[3] ..." with an address in or under it."""
    entry = _entry(lines[number], under_head=False)
    if entry is None:
        return None
    opened = _Open(entry.labels, number, entry.rest, _indent(lines[number]))
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    if not _defines(entry, in_run=in_run) and not (
        opened.addressed and not _is_definition(entry) and _neighbours(lines, number)
    ):
        if not _ADDRESS.match(following) and (entry.rest or not _has_address(following)):
            return None
        opened.add(number + 1, following)
    if entry.defined:
        _absorb(opened, lines, lazily=entry.footnote)
    return opened


def _is_definition(entry: _Entry) -> bool:
    return entry.defined and all(map(_NUMERIC.fullmatch, entry.labels))


def _defines(entry: _Entry, *, in_run: bool) -> bool:
    """Whether a line is a definition by itself, whatever stands around it."""
    if entry.footnote or _ADDRESS.match(entry.rest) or _LINK.match(entry.rest):
        return True
    if not _is_definition(entry):
        return False
    return _has_address(entry.rest) or (in_run and not _CITED.search(entry.rest))


def _definition_runs(lines: Sequence[str]) -> frozenset[int]:
    """Lines of definitions that follow one another, of which one at least has an address."""
    found: set[int] = set()
    run: list[int] = []
    addressed = False
    for number, line in enumerate(lines):
        if not line.strip() or (run and _indent(line) >= _FOOTNOTE_INDENT):
            continue
        entry = _entry(line, under_head=False)
        if entry is None or not entry.defined:
            run, addressed = [], False
            continue
        run.append(number)
        addressed = addressed or _has_address(entry.rest)
        if addressed:
            found.update(run)
            run = [number]
    return frozenset(found)


def _absorb(opened: _Open, lines: Sequence[str], *, lazily: bool) -> None:
    """Add the lines that go on with a definition: indented ones, and what it lacks."""
    for number in range(opened.lines[-1] + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        gap = number > opened.lines[-1] + 1
        deeper = _indent(line) - opened.indent
        if deeper < (_PARAGRAPH_INDENT if gap else _FOOTNOTE_INDENT):
            lacks = lazily and not gap and not opened.addressed and not opened.stopped
            if not lacks or _CITED.search(line) or _HEADING.match(line) or _BULLET.match(line):
                break
        if _entry(line, under_head=False) is not None:
            break
        opened.add(number, line.strip())


def _closing_list(lines: Sequence[str]) -> list[_Open]:
    """Counted entries that close a document without a head, where the text above cites them.

    Links need one of their numbers above; entries in brackets need all of them, because a
    paragraph may begin with the marker of the one before.
    """
    found: list[_Open] = []
    number = len(lines) - 1
    while number >= 0:
        match = _TITLED_ENTRY.match(lines[number]) or _NOTE.match(lines[number])
        if match:
            found.append(_Open((match[1],), number, match[2], _indent(lines[number])))
        elif lines[number].strip():
            break
        number -= 1
    found.reverse()
    numbers = [int(opened.labels[0]) for opened in found]
    if len(found) < 2 or any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    known = {label for opened in found for label in opened.labels}
    above = lines[: number + 1]
    if any(_NOTE.match(lines[opened.lines[0]]) for opened in found):
        cited = {label for line in above for label in _LABELS.findall(line)}
        return found if known <= cited else []
    return found if any(_cites(line, known) or _RAISED.search(line) for line in above) else []


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
    return bool(_ADDRESS.search(text) or _LINK.search(text) or _dotted(text) != text)


def _dotted(text: str) -> str:
    """The text with what is written for the dots of a host undone."""
    if "dot" in text or "[.]" in text or "DOT" in text or "Dot" in text:
        return _DOT_WORD.sub(".", _CUT_SHORT.sub(r"\1", text))
    return text


def _references(opened: _Open) -> list[Reference]:
    raw = " ".join(part for part in opened.parts if part).strip()
    addresses, title = _addresses(_dotted(raw))
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
