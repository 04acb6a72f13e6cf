"""A line of a reference list -> the entry that it begins: its labels, and what is behind them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.run_on import LINKED_NUMBER
from ledger.extract.lists.works import authored
from ledger.extract.markers.numbers import (
    CIRCLED,
    CLOSE,
    IN_CIRCLES,
    NO_YEAR,
    OPEN,
    SUPERS,
    plain_digits,
)
from ledger.extract.markers.symbols import SYMBOL
from ledger.extract.markers.worded import KIND, NAMED_KEY, SOURCE_IN_WORDS, STANDARD, folded
from ledger.patterns import later

_LABEL = (
    rf"(?:(?:{KIND})?[A-Za-z\dÀ-ɏ_.:+'’&/-]{{1,64}}"
    rf"|(?:[Nn]ote|nb) [0-9]{{1,3}}|{STANDARD}|{NAMED_KEY}|{SYMBOL})"
)
_MARK = r"\s{0,8}(?:[-*+•]\s+|>\s?|\.\.\s+)?(?:\*\*)?"
"""What may stand before an entry's label: a bullet, a quotation's mark, the dots of an rST note."""
BRACKETED = later(
    rf"{_MARK}((?:\\?{OPEN}(?:fn:)?[\^#@]?{_LABEL}\^?\\?{CLOSE}\s{{0,2}}){{1,40}}"
    r"|\[\[[0-9]{1,4}\]\]\s{0,2})"
    r"(?!\]?\(|\[\])(?:\*\*)?([:：]?)\s*(.*)$"
)
_NUMBERED = later(r"\[([1-9][0-9]{0,3})\]\s{0,2}([^\W_].*)$")
"""The plainest of what `BRACKETED` matches, and most there is of it: "[3] Roe. Dams."."""
_SEVERAL = later(r"\s{0,3}\[([0-9]{1,4}(?:, ?[0-9]{1,4}){1,60})\]\s{1,2}(?![a-z])(\S.*)$")
"""An entry with all its numbers in one pair of brackets: "[11, 3] Roe. Dams."."""
_OPENS_BRACKET = later(rf"{_MARK}\\?{OPEN}")
"""How `BRACKETED` begins: most lines do not."""
BEGINS = frozenset("-*+•>.\\[［【〔〖（注註※†‡§¶")
"""First characters of entries that need no head above them."""
_PREFIX = later(rf"^(?:(?:citation|cite|reference|ref|source)[:_]|{KIND})(?=[0-9]{{1,4}}$)")
_LABELS = later(rf"{OPEN}(?:fn:)?[\^#@]?({_LABEL})\^?\\?{CLOSE}")
_COUNTED = later(
    rf"\s{{0,8}}(?:[-*+•]\s+)?(?:\*\*)?\(?({NO_YEAR}\d{{1,4}})\\?[.)）、]"
    r"(?![0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\.?\s)(?:\*\*)?\s*(?=\S)(.*)$"
)
"""No part of a document that is counted within another one: "1.3  Overview"."""
_ROUNDED = later(
    rf"\s{{0,8}}(?:[-*+•]\s+)?\(({NO_YEAR}[0-9]{{1,4}}|[A-Z]{{1,3}}-?[0-9]{{1,4}})\)"
    r"\s*(?=\S)(.*)$"
)
"""No year: the line above may go on with "(2024), https://…"."""
_ROUNDED_ADDRESS = later(r"(?<!\]\()(?:https?://|www\.)|^\[[^\[\]]{0,300}\]\(")
"""What such an entry has, and an item of prose that cites has not: an address of its own."""
RAISED_ENTRY = later(
    rf"\s{{0,8}}(?=[<^⁰¹²³⁴-⁹{IN_CIRCLES}])(?:<sup>\[?|\^)?((?<=[>^\[])[0-9]{{1,4}}|[⁰¹²³⁴-⁹]{{1,4}}|[{IN_CIRCLES}])(?:\]?</sup>|\^)?"
    r"[.:]?\s{0,4}(?=\S)(.*)$"
)
"""An entry whose number is set high or circled, as in the text: "¹ Roe. Dams."."""
_HIGH: dict[int, int | str] = {
    **SUPERS,
    **{ord(sign): str(number) for number, sign in enumerate(CIRCLED, 1)},
}
OF_FILES = r"\.(?:pdf|docx?|pptx?|xlsx?|csv)\b"
"""How the name of a file of one's own ends."""
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
    r"\s{0,8}(?:（?[注註]\s?(\d{1,3})(?:\s?[:：.)）、]|\s)|※\s?(\d{1,3})[:：.)）]?)\s*(?=\S)(.*)$"
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
_SIGNS = frozenset("\\（注註※†‡§¶")
_BIBITEM = later(r"\s{0,8}\\bibitem(?:\[[^\[\]\n]{0,200}\])?\{([^{}\n]{1,80})\}\s*(.*)$")
_TARGET = later(r"\s{0,8}\.\.\s+_(?:`([^`\n]{1,80})`|([^:`\n]{1,80})):\s+(\S.*)$")
"""A link target of restructured text: ".. _Reuters: https://..."."""
BULLET = later(r"\s{0,8}[-*+•‣◦▪●○■–]\s+(.*)$")
_CALLED = later(
    rf"\s{{0,8}}(?:[-*+•]\s+)?\[{SOURCE_IN_WORDS}([^\[\]\n]{{2,300}})\](?!\()\s?(?:[—–:-]{{1,2}}\s+)?(.*)$"
)
"""A line that names a file or a page in brackets: "- [Source: plan.md#Gates] - how they open"."""
_TITLED = later(r"[\"“][^\"”\n]{3,300}[.,?!][\"”]\s")
"""How an entry without an author begins: with its title."""
_OPENS_TITLE = frozenset('"“')
CITED = later(rf"{OPEN}\^?({NO_YEAR}[0-9]{{1,4}})\^?{CLOSE}(?!\()")
"""A number in brackets, as a sentence cites it; a year stands so in titles: "Top ten [2025]"."""
_LINKED_ENTRY = later(rf"\s{{0,8}}(?:[-*+•]\s+)?{LINKED_NUMBER.pattern}\s*(.*)$")


WIDEST_STEP = 30
"""How far the numbers of entries rise at most where some of a list are not there."""
_LONGEST_REMEMBERED = 500
"""Characters of a line whose entry is remembered."""


class Entry(NamedTuple):
    """What a line says that begins an entry.

    Attributes:
        labels: Its identifiers as markers name them; empty for one that is known by its place.
        rest: What stands behind them.
        defined: Whether it is written as a definition: "[3]: ...".
        footnote: Whether it can be nothing but a definition: "[^3]: ...".
        backlinked: Whether it begins with the way back to the text, "^ ...", and counts by place.
        authored: Whether its author and year are its label: "Roe, A. (2021). ...".
    """

    labels: tuple[str, ...]
    rest: str
    defined: bool = False
    footnote: bool = False
    backlinked: bool = False
    authored: bool = False

    @property
    def is_marked(self) -> bool:
        """Whether a marker can lead to it: by its label, or by its place."""
        return bool(self.labels) or self.backlinked


def indent(line: str) -> int:
    """Columns of ASCII white space: an ideographic space opens paragraphs of prose."""
    if line[:1] not in (" ", "\t"):
        return 0
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    return len(margin.expandtabs(4))


def cites(text: str, known: set[str]) -> bool:
    """Whether a text has a number in brackets that is one of those known."""
    return any(label in known for label in CITED.findall(text))


def entry_of(line: str, *, under_head: bool) -> Entry | None:
    """The entry that a line begins, taken alone; None for any other line.

    Args:
        line: The line.
        under_head: Whether the head of a list is above it: then a counter or a bullet is enough.
            Else the line begins with one of `BEGINS`.
    """
    # What stands below an entry is asked for with each line above it, and again in its own place.
    read = _remembered if len(line) <= _LONGEST_REMEMBERED else _entry_of
    return read(line, under_head=under_head)


def _entry_of(line: str, *, under_head: bool) -> Entry | None:
    if line[:1] == "[" and "]:" not in line and (match := _NUMBERED.match(line)):
        return Entry((match[1],), match[2])
    if "[" in line and (called := _in_one_pair(line, under_head=under_head)):
        return called
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


_remembered = lru_cache(maxsize=128)(_entry_of)


def defined_labels(lines: Iterable[str]) -> frozenset[str]:
    """The labels that definitions of links have, as `folded` gives them."""
    found = (_DEFINITION.match(line) for line in lines if "]:" in line)
    return frozenset(folded(match[1]) for match in found if match)


def bracketed(match: re.Match[str]) -> tuple[tuple[str, ...], str]:
    """The labels of a match of `BRACKETED`, and what stands behind them.

    Behind a number a year or a word belongs to the title: "[4] [PDF] Dams", "[5] [2024] Top ten".
    """
    found = list(_LABELS.finditer(match[1]))
    labels = [_as_cited(each[1]) for each in found]
    for number, label in enumerate(labels[1:], 1):
        if labels[0].isdecimal() and not _is_like(label, labels[0]):
            title = match.string[match.start(1) + found[number].start() :]
            return tuple(labels[:number]), title
    return tuple(labels), match[3]


def _is_like(label: str, first: str) -> bool:
    return label.isdecimal() and (int(label) not in _YEARS or int(first) in _YEARS)


def _signed(line: str) -> Entry | None:
    if match := _MARKED_ENTRY.match(line):
        label = plain_digits(match[1] or match[2])
        return Entry((label,), match[3], defined=True)
    match = _SYMBOL_ENTRY.match(line)
    return Entry((match[1].replace("\\", ""),), match[2], defined=True) if match else None


def _in_one_pair(line: str, *, under_head: bool) -> Entry | None:
    """The entry of a line that has all its numbers, or its name, in one pair of brackets.

    Without a head its page stands below it: "[1, 2] The dams at https://… leak." is prose.
    """
    if under_head:
        return several(line) or called_source(line)
    return several(line) if line[0] == "[" and "://" not in line else None


def several(line: str) -> Entry | None:
    """The entry of a line with all its numbers in one pair of brackets; None for any other."""
    match = _SEVERAL.match(line)
    return Entry(tuple(match[1].replace(" ", "").split(",")), match[2]) if match else None


def _entry_under_head(line: str) -> Entry | None:
    if "](" in line and (match := _LINKED_ENTRY.match(line)):
        return Entry((match[1],), f"{match[2]} {match[3]}")
    if match := RAISED_ENTRY.match(line):
        return Entry((match[1].translate(_HIGH),), match[2])
    if ("^" in line or "↑" in line) and (match := _CARET_ENTRY.match(line)):
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


def called_source(line: str) -> Entry | None:
    """The entry of "- [Source: plan.md#Gates] - how they open", which a text cites by that name.

    None for any other line.
    """
    match = _CALLED.match(line)
    if match is None:
        return None
    name, remark = match[1].strip("*` "), f" — {match[2]}" if match[2] else ""
    return Entry((), name + remark) if has_address(name) else Entry((name,), f"`{name}`{remark}")


def _as_cited(label: str) -> str:
    """The label as markers name it: "3" for "citation:3", "ref_3" and "٣"."""
    if label.isdecimal() and label.isascii():
        return label
    return plain_digits(_PREFIX.sub("", label))
