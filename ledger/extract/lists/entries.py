"""Lines of a reference list -> its entries: their labels, addresses and titles."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ledger import urls
from ledger.extract.lists.address import joined
from ledger.extract.lists.heads import HEAD_MARKS, is_head
from ledger.extract.lists.title import closing, title_in
from ledger.extract.lists.works import authored
from ledger.extract.markers.numbers import CIRCLED, CLOSE, DIGITS, OPEN, SUPERS
from ledger.extract.markers.symbols import SYMBOL
from ledger.extract.markers.worded import KIND
from ledger.model import Reference
from ledger.patterns import later

_LABEL = (
    rf"(?:(?:{KIND})?[A-Za-z0-9٠-٩۰-۹०-९０-９À-ɏ_.:+'’&/-]{{1,40}}"
    rf"|(?:[Nn]ote|nb) [0-9]{{1,3}}|{SYMBOL})"
)
_MARK = r"\s{0,8}(?:[-*+•]\s+|>\s?|\.\.\s+)?(?:\*\*)?"
"""What may stand before an entry's label: a bullet, a quotation's mark, the dots of an rST note."""
BRACKETED = later(
    rf"{_MARK}((?:\\?{OPEN}(?:fn:)?[\^#]?{_LABEL}\^?\\?{CLOSE}\s{{0,2}}){{1,40}}"
    r"|\[\[[0-9]{1,4}\]\]\s{0,2})"
    r"(?!\()(?:\*\*)?([:：]?)\s*(.*)$"
)
_NUMBERED = later(r"\[([1-9][0-9]{0,3})\]\s{0,2}([^\W_].*)$")
"""The plainest of what `BRACKETED` matches, and most there is of it: "[3] Roe. Dams."."""
_OPENS_BRACKET = later(rf"{_MARK}\\?{OPEN}")
"""How `BRACKETED` begins: most lines do not."""
BEGINS = frozenset("-*+•>.\\[［【〔〖注註※†‡§¶")
"""First characters of entries that need no head above them."""
_PREFIX = later(rf"^(?:(?:citation|cite|reference|ref|source)[:_]|{KIND})(?=[0-9]{{1,4}}$)")
LABELS = later(rf"{OPEN}(?:fn:)?[\^#]?({_LABEL})\^?\\?{CLOSE}")
_COUNTED = later(
    r"\s{0,8}(?:[-*+•]\s+)?(?:\*\*)?\(?([0-9٠-٩۰-۹०-९]{1,4})\\?[.)、](?:\*\*)?\s*(?=\S)(.*)$"
)
_ROUNDED = later(r"\s{0,8}(?:[-*+•]\s+)?\(([0-9]{1,4}|[A-Z]{1,3}-?[0-9]{1,4})\)\s*(?=\S)(.*)$")
_ROUNDED_ADDRESS = later(r"(?<!\]\()(?:https?://|www\.)|^\[[^\[\]]{0,300}\]\(")
"""What such an entry has, and an item of prose that cites has not: an address of its own."""
RAISED_ENTRY = later(
    r"\s{0,8}(?=[<^⁰¹²³⁴-⁹①-⑳])(?:<sup>|\^)?((?<=[>^])[0-9]{1,4}|[⁰¹²³⁴-⁹]{1,4}|[①-⑳])(?:</sup>|\^)?"
    r"[.:]?\s{0,4}(?=\S)(.*)$"
)
"""An entry whose number is set high or circled, as in the text: "¹ Roe. Dams."."""
_HIGH: dict[int, int | str] = {
    **SUPERS,
    **{ord(sign): str(number) for number, sign in enumerate(CIRCLED, 1)},
}
_CARET_ENTRY = later(
    r"\s{0,8}(?:([0-9]{1,4})\.?\s+)?(?:\^|↑)\s+(?:Jump up to:?\s+)?"
    r"(?:[a-z](?:\s+[a-z]){0,25}\s+(?=\S))?(?=\S)(.*)$"
)
"""An entry as a wiki's page shows it, with the way back to the text: "^ a b Roe. Dams."."""
_KIND_ENTRY = later(
    rf"\s{{0,8}}(?:[-*+•]\s+)?(?:\*\*)?(?:{KIND}|#(?=[0-9]{{1,3}}\s))([0-9]{{1,4}})"
    r"(?:(?:\*\*)?\s?[:：.)）、](?:\*\*)?|(?<=#[0-9])|(?<=#[0-9]{2})|(?<=#[0-9]{3}))\s*(?=\S)(.*)$"
)
"""An entry as it is called in words, or with a sign: "Source 1: https://…", "#1 Roe. Dams."."""
_MARKED_ENTRY = later(
    r"\s{0,8}(?:[注註]\s?([0-9０-９]{1,3})\s?[:：.)）、]|※\s?([0-9０-９]{1,3})[:：.)）]?)\s*(?=\S)(.*)$"
)
"""A note that begins with the sign that leads to it: "注1）…", "※4 …"."""
_SYMBOL_ENTRY = later(r"\s{0,3}((?:\\\*){1,3}|[†‡§¶]{1,3})\s{0,2}(?=[^\s*\\])(.*)$")
_DEFINITION = later(
    r"\s{0,3}\[(?!\^)([^\[\]\n]{1,80})\]:\s{1,8}"
    r"(<?(?:https?://|www\.)[^\s<>]{3,2000}>?(?:\s{1,4}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?\s*)$"
)
"""A definition of a link by words, which is nothing but an address: "[the map]: https://…"."""
_REMARKS = frozenset(
    "online pdf internet web archived archive video blog podcast html doc docx txt url link".split()
)
"""What an entry says in brackets of a work, at the head of a line: "[Online]. Available: …"."""
_YEARS = range(1500, 2101)
_SIGNS = frozenset("\\注註※†‡§¶")
_BIBITEM = later(r"\s{0,8}\\bibitem(?:\[[^\[\]\n]{0,200}\])?\{([^{}\n]{1,80})\}\s*(.*)$")
_TARGET = later(r"\s{0,8}\.\.\s+_(?:`([^`\n]{1,80})`|([^:`\n]{1,80})):\s+(\S.*)$")
"""A link target of restructured text: ".. _Reuters: https://..."."""
BULLET = later(r"\s{0,8}[-*+•‣◦▪●–]\s+(.*)$")
_TITLED = later(r"[\"“][^\"”\n]{3,300}[.,?!][\"”]\s")
"""How an entry without an author begins: with its title."""
_OPENS_TITLE = frozenset('"“')
CITED = later(rf"{OPEN}\^?([0-9]{{1,4}})\^?{CLOSE}(?!\()")
STOPPED = later(r"[.!?。！？][\"'”’»)）]{0,3}$")
# Most have no brackets inside: then what repeats is one class, which is read faster.
_WORDS = r"(?>[^\[\]\\\n]{0,600}+(?![\[\\])|(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){0,600}+)"
_TO = r"(?>[^\s()<>]{1,2000}+(?!\()|(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)"
LINK_SOURCE = (
    rf"\[(?<!!\[)(?P<words>{_WORDS})\]"
    rf"\(\s{{0,2}}<?(?P<target>{_TO})>?(?:\s{{1,2}}\"[^\"\n]{{0,300}}\")?\s{{0,2}}\)"
)
LINK = later(LINK_SOURCE)
_SIGN = r"[^\s<>\[\]{}\"“”«»，。；、（）【】|]"
_BEHIND_SCHEME = rf"(?>{_SIGN}{{3,2000}}+(?!\[)|(?:{_SIGN}|\[[^\s\[\]]{{0,60}}\]){{3,2000}}+)>?"
_SCHEMES = ("h(?:tt|xx)ps?://", "ftp://", r"www\.")
_LONGEST_SCHEME = len("<https")
ADDRESS = later(rf"<?(?P<plain>(?:{'|'.join(_SCHEMES)}){_BEHIND_SCHEME.removesuffix('>?')})>?")
# Alternatives that begin with a character each are searched five times faster than a group of them.
_ADDRESSES = (*_SCHEMES, f"<(?:{'|'.join(_SCHEMES)})")
_LINK_OR_ADDRESS = later("|".join((LINK_SOURCE, *(f"{a}{_BEHIND_SCHEME}" for a in _ADDRESSES))))
_DOT = later(r" dot |\s?\[\.\]\s?|\s?\[dot\]\s?|\s?\(dot\)\s?", re.I)
_DOTTED_HOST = later(
    rf"(?:https?://)(?:[a-z0-9-]{{1,63}}(?:\.|{_DOT.pattern})){{1,6}}(?=[a-z0-9])", re.I
)
"""A host behind its scheme, up to its last part: there every "dot" is one, whatever follows."""
_DOT_WORD = later(  # "kremlin dot ru", not "polka dot dress": a country or a common ending
    r"(?<=[A-Za-z0-9-])(?: dot |\s?\[\.\]\s?|\s?\[dot\]\s?|\s?\(dot\)\s?)"
    r"(?=(?:[a-z]{2}|com|org|net|gov|mil|edu|info|news|[A-Za-z0-9-]{1,63} dot [a-z]{2,4})"
    r"(?![a-z]))",
    re.I,
)
_CUT_SHORT = later(  # "http://kremlin" made a link by a machine, " dot ru/..." behind it
    r"\[(https?://[^\]\s]{1,200})\]\(<?[^()\s<>]{1,300}>?\)(?=\s?(?:dot |\[dot\]|\(dot\)))", re.I
)
_HOST = r"(?<![@\w./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,6}[A-Za-z]{2,18}"
_SCHEMELESS = later(rf"{_HOST}/[^\s;]{{0,2000}}")
_BARE_HOST = later(rf"{_HOST}(?:/[^\s;]{{0,2000}})?")
_IDENTIFIER = later(r"\s*(?:arxiv|doi):", re.I)
"""An identifier that stands for a page is kept as it was cited."""
_IN_PROSE = later(
    r"(?P<arxiv>\barxiv\s?:\s?(?:[a-z-]{2,17}(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?)"
    r"|(?P<doi>(?:\bdoi\s?:?\s?)?\b10\.[0-9]{4,9}/[^\s\"<>\[\]{}]{2,200})"
    r"|\bPMID\s?:?\s?(?P<pmid>[0-9]{4,9})\b|\b(?P<pmc>PMC[0-9]{4,9})\b",
    re.I,
)
"""Identifiers of works that stand for a page, anywhere in an entry."""
_MARKUP = later(
    r"\\(?:url|href|emph|text[a-z]{2})\{\s?|(?<=[\w. ])\}\{?|</?[A-Za-z][^<>\n]{0,60}>"
    r"|\{\.[a-z]{1,20}\}|\\(?=[!-/:-@\[-`{-~])|\*\*"
)

_RUN_ON = later(r"\\?[\[【]([0-9]{1,4})\\?[\]】](?!\()")
_FEWEST_RUN_ON = 3
_LED = later(r"[^\[【:：\n]{2,60}[:：][ *_]{0,4}[\[【](?=[0-9])")
"""How a line begins that is led by a head."""
_LED_COUNT = later(r"(?:\*\*)?([^\d:：\n]{2,60})[:：](?:\*\*)?\s{0,4}(1[.)]\s+)(?=\S)")
_COUNT = later(r"(?:^|(?<=[;；])\s{1,4})([0-9]{1,3})[.)]\s+(?=\S)")
_SHORTEST_ENTRY = 6
_LINKED_NUMBER = later(
    r"\[\\?\[?\^?([0-9]{1,4})\^?\\?\]?\]\(<?((?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)>?\)"
)

_LINKED_ENTRY = later(rf"\s{{0,8}}(?:[-*+•]\s+)?{_LINKED_NUMBER.pattern}\s*(.*)$")


class Entry(NamedTuple):
    labels: tuple[str, ...]
    rest: str
    defined: bool = False  # "[3]: ..."
    footnote: bool = False  # "[^3]: ...", which can be nothing but a definition
    backlinked: bool = False  # "^ ...", counted by its place
    authored: bool = False  # "Roe, A. (2021). ..."


class Open:
    """An entry that is being read: its labels and the lines that belong to it."""

    def __init__(
        self,
        labels: tuple[str, ...],
        number: int,
        rest: str,
        indent: int = 0,
        *,
        backlinked: bool = False,
    ) -> None:
        self.labels = labels
        self.backlinked = backlinked
        self.lines = [number]
        self.parts = [rest]
        self.indent = indent
        self.addressed = has_address(rest)

    @property
    def stopped(self) -> bool:
        return bool(STOPPED.search(self.parts[-1].rstrip()))

    @property
    def is_bare_address(self) -> bool:
        """Whether it is nothing but an address."""
        return not self.labels and len(self.parts) == 1 and bool(ADDRESS.fullmatch(self.parts[0]))

    def add(self, number: int, text: str) -> None:
        self.lines.append(number)
        self.parts.append(text)
        self.addressed = self.addressed or has_address(text)


def indent(line: str) -> int:
    """Columns of ASCII white space: an ideographic space opens paragraphs of prose."""
    if line[:1] not in (" ", "\t"):
        return 0
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    return len(margin.expandtabs(4))


def cites(text: str, known: set[str]) -> bool:
    return any(label in known for label in CITED.findall(text))


def run_on(line: str, *, under_head: bool) -> list[tuple[tuple[str, ...], str]]:
    """Entries that follow one another on one line: "[1] Roe. Dams. [2] Doe. Bridges."

    The line stands under a head or begins with one, the numbers rise, and each has a text of its
    own behind it. One or two of them begin with a head and name their pages: "Source: [1] ...".
    """
    brackets = line.count("[") + line.count("【")
    if not brackets or (brackets < _FEWEST_RUN_ON and not _is_led(line)):
        return _parted_by_semicolons(line)
    marks = list(_RUN_ON.finditer(line))
    if not marks or (len(marks) < _FEWEST_RUN_ON and not _is_led(line)):
        return []
    before = line[: marks[0].start()]
    numbers = [int(mark[1]) for mark in marks]
    if not (is_head(before) or (under_head and not before.strip(HEAD_MARKS))):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    texts = [line[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    rising = all(a < b for a, b in pairwise(numbers))
    if not rising or any(len(text.strip(",;，；、. ")) < _SHORTEST_ENTRY for text in texts):
        return []
    if len(marks) < _FEWEST_RUN_ON and not all(map(_is_edged_by_address, texts)):
        return []
    return [((str(number),), text) for number, text in zip(numbers, texts, strict=True)]


def _is_led(line: str) -> bool:
    led = ":" in line or "：" in line
    return led and _LED.match(line) is not None


def _parted_by_semicolons(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of "Sources: 1. Roe (https://…); 2. Doe (https://…).", counted from 1, all paged."""
    led = _LED_COUNT.match(line) if "://" in line else None
    if not led or not is_head(led[1]):
        return []
    parts = _COUNT.split(line[led.end() - len(led[2]) :])[1:]
    numbers, texts = parts[::2], parts[1::2]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    if not counted or not all(map(ADDRESS.search, texts)):
        return []
    return [((number,), text.strip(" ;；")) for number, text in zip(numbers, texts, strict=True)]


def _is_edged_by_address(text: str) -> bool:
    """Whether an entry begins or ends with its address; a sentence has it inside."""
    bare = text.strip(" *_;,.，；。")
    if ADDRESS.match(bare) or LINK.match(bare):
        return True
    return any(match.end() == len(bare) for match in ADDRESS.finditer(bare))


def linked_list(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of a line that is nothing but linked numbers: "[[1]](https://...), [[2]](...)"."""
    if "](" not in line or _LINKED_NUMBER.sub("", line).strip(" ,;，；、-*•.|"):
        return []
    return [((mark[1],), mark[2]) for mark in _LINKED_NUMBER.finditer(line)]


def entry_of(line: str, *, under_head: bool) -> Entry | None:
    """The entry that a line begins, taken alone; None for any other line.

    Args:
        line: The line.
        under_head: Whether the head of a list is above it: then a counter or a bullet is enough.
            Else the line begins with one of `BEGINS`.
    """
    if line[:1] == "[" and "]:" not in line and (match := _NUMBERED.match(line)):
        return Entry((match[1],), match[2])
    if _OPENS_BRACKET.match(line) and (match := BRACKETED.match(line)):
        labels, rest = bracketed(match)
        rst = line.lstrip().startswith(".. ") or "[fn:" in match[1]
        defined = rst or match[2] != ""
        if not defined and labels[0].casefold() in _REMARKS:
            return None
        if "^" not in match[1]:
            labels = tuple(label.lstrip("0") or label for label in labels)  # "[01]" is cited as 1
        return Entry(labels, rest, defined, rst or (defined and "^" in match[1]))
    if "]:" in line and (match := _DEFINITION.match(line)):
        return Entry((match[1],), match[2], defined=True)
    if "\\bib" in line and (match := _BIBITEM.match(line)):
        return Entry((match[1],), match[2], defined=True, footnote=True)
    if "_" in line and (match := _TARGET.match(line)):
        return Entry((match[1] or match[2],), match[3], defined=True, footnote=True)
    if line.lstrip()[:1] in _SIGNS and (signed := _signed(line)):
        return signed
    return _entry_under_head(line) if under_head else None


def bracketed(match: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """The labels of a match of `BRACKETED`, and what stands behind them.

    Behind a number a year or a word belongs to the title: "[4] [PDF] Dams", "[5] [2024] Top ten".
    """
    found = list(LABELS.finditer(match[1]))
    labels = [_as_cited(each[1]) for each in found]
    for number, label in enumerate(labels[1:], 1):
        if labels[0].isdigit() and not _is_like(label, labels[0]):
            title = match.string[match.start(1) + found[number].start() :]
            return tuple(labels[:number]), title
    return tuple(labels), match[3]


def _is_like(label: str, first: str) -> bool:
    return label.isdigit() and (int(label) not in _YEARS or int(first) in _YEARS)


def _signed(line: str) -> Entry | None:
    if match := _MARKED_ENTRY.match(line):
        label = (match[1] or match[2]).translate(DIGITS)
        return Entry((label,), match[3], defined=True)
    match = _SYMBOL_ENTRY.match(line)
    return Entry((match[1].replace("\\", ""),), match[2], defined=True) if match else None


def _entry_under_head(line: str) -> Entry | None:
    if match := _LINKED_ENTRY.match(line):
        return Entry((match[1],), f"{match[2]} {match[3]}")
    if match := RAISED_ENTRY.match(line):
        return Entry((match[1].translate(_HIGH),), match[2])
    if match := _CARET_ENTRY.match(line):
        return Entry((match[1],) if match[1] else (), match[2], backlinked=True)
    if match := _COUNTED.match(line):
        return Entry((_as_cited(match[1]).lstrip("0") or "0",), match[2])
    if (match := _ROUNDED.match(line)) and _ROUNDED_ADDRESS.search(match[2]):
        return Entry((match[1],), match[2])
    if match := _KIND_ENTRY.match(line):
        return Entry((match[1],), match[2])
    if work := authored(line):
        return Entry((work,), line.strip(), authored=True)
    if match := BULLET.match(line):
        return Entry((), match[1])
    if line[:1] in _OPENS_TITLE and _TITLED.match(line) and has_address(line):
        return Entry((), line.strip())
    return None


def _as_cited(label: str) -> str:
    """The label as markers name it: "3" for "citation:3", "ref_3" and "٣"."""
    if label.isdecimal() and label.isascii():
        return label
    return _PREFIX.sub("", label).translate(DIGITS)


def has_address(text: str) -> bool:
    scheme, bare = text.find("://"), "www." in text
    begin = 0 if bare else max(0, scheme - _LONGEST_SCHEME)
    if (bare or scheme >= 0) and ADDRESS.search(text, begin):
        return True
    return bool("](" in text and LINK.search(text)) or _dotted(text) != text


def _dotted(text: str) -> str:
    """The text with what is written for the dots of a host undone."""
    if "dot" in text or "[.]" in text or "DOT" in text or "Dot" in text:
        text = _DOTTED_HOST.sub(lambda match: _DOT.sub(".", match[0]), text)
        return _DOT_WORD.sub(".", _CUT_SHORT.sub(r"\1", text))
    return text


def references_of(opened: Open) -> list[Reference]:
    raw = joined(opened.parts)
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
        words, target = match["words"], match["target"] or match[0].strip("<>")
        address = urls.repair(target)
        if address is None:
            return match[0]
        found.append(target.strip() if _IDENTIFIER.match(target) else address)
        if words and not ADDRESS.match(words):
            return words
        return " " if match["target"] else f" {closing(target)}"

    def take_host(match: re.Match[str]) -> str:
        address = urls.repair(match[0])
        found.extend([address] if address else [])
        return " " if address else match[0]

    left = _LINK_OR_ADDRESS.sub(take, raw)
    if not found:
        found.extend(_identified(raw))
    if not found:
        bare = _BARE_HOST.fullmatch(raw.strip())
        left = (_BARE_HOST if bare else _SCHEMELESS).sub(take_host, raw)
    if "<" in left or "\\" in left or "}" in left or "{" in left or "**" in left:
        left = _MARKUP.sub("", left)
    return tuple(dict.fromkeys(found)), title_in(left)


def _identified(raw: str) -> Iterator[str]:
    """The addresses that identifiers of works stand for; arXiv ids and DOIs as they are cited."""
    for match in _IN_PROSE.finditer(raw):
        if match["pmid"]:
            yield f"https://pubmed.ncbi.nlm.nih.gov/{match['pmid']}/"
        elif match["pmc"]:
            yield f"https://pmc.ncbi.nlm.nih.gov/articles/{match['pmc'].upper()}/"
        elif urls.repair(match[0]):
            yield match[0].rstrip(".,;)")
