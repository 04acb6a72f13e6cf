"""One line -> the entries that follow one another on it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ledger.extract.lists.addresses import ADDRESS, LINK
from ledger.extract.lists.heads import HEAD_MARKS, is_head
from ledger.extract.lists.works import authored
from ledger.extract.markers.bare import HOST
from ledger.patterns import IN_ROUND, later

# A pattern that begins with what may be missing is searched three times slower than one that begins
# with a set: so what was found is looked back at.
_RUN_ON = later(r"[\\\[【](?:(?<=\\)[\[【]|(?<=[\[【]))([0-9]{1,4})\\?[\]】](?!\()")
_FEWEST_RUN_ON = 3
"""Numbers in brackets that make entries of a line where nothing else does: two may stand in a
title."""
WIDEST_STEP = 30
"""A number further off than that stands in a title: "Top ten [2025]"."""
_DEFINED = later(r"[\\\[](?:(?<=\\)\[|(?<=\[))\^([^\[\]\s]{1,60})\\?\][:：]\s*")
_LED = later(r"[^\[【:：\n]{2,60}+[:：][ *_]{0,4}\\?[\[【](?=[0-9])")
"""How a line begins that is led by a head."""
_LED_COUNT = later(r"(?:\*\*)?([^\d:：\n]{2,60}+)[:：](?:\*\*)?\s{0,4}(\(?1[.)]\s+)(?=\S)")
_COUNT = later(r"(?:^|(?<=[;；])\s{1,4})\(?([0-9]{1,3})[.)]\s+(?=\S)")
_COUNT_AFTER_PAGE = later(
    r"(?:^|(?<=[;；·•|.)\]/\w])\s{1,4}(?:[·•|]\s{1,4})?)\(?([0-9]{1,3})[.)]\s+(?=\S)"
)
"""The same, parted by points or by nothing but their pages: "1. https://… 2. https://…"."""
_HOST = later(rf"{HOST}(?:/\S{{0,2000}})?")
_LONGEST_LINE = 50_000
"""Characters of a line that has a list; no list seen has a tenth."""
_PARTED = later(r"[,;；·•|]\s{1,3}\\?[\[【](?=[0-9]{1,4}\\?[\]】])")
"""What parts entries of which each has its number: "[3] Roe, Dams; [5] Doe, Bridges"."""
_LED_LATE = later(r"(?:[^\[【\n]{5,160}\.\s)?([^\[【:：.\n]{2,60})[:：][ *_]{0,4}(?=[\[【][0-9])")
"""A head before them, behind a sentence or none: "All are in notes.md. Key sources: [1] Roe"."""
_PARTS = " \t·•|"
"""What stands around an entry on such a line, and is not of it."""
_IDENTIFIED = later(
    r"(?i:\bdoi:?\s?|\b)10\.[0-9]{4,9}/\S|\bPMID\s?:?\s?[0-9]{4,9}\b|\bPMC[0-9]{4,9}\b"
    r"|\barXiv:\s?[0-9]{4}\.[0-9]{4,5}|\b(?:19|20)[0-9]{2};\s?[0-9]{1,4}(?:\([^()\n]{1,12}\))?:"
)
"""What a work is known by: "PMID 29868840", "2018;178:903"."""
_WORK = later(
    r"[^\W_][^\[\]\n]{2,120}\.(?:pdf|docx?|pptx?|xlsx?|csv|md|txt)\b|[A-ZÀ-Þ][^.!?\n]{2,80}\s(?:19|20)[0-9]{2}\Z"
    r"|[^\W\d_a-z][^.!?。()（）\n]{1,80}[(（][^()（）\n]{0,12}(?:19|20)[0-9]{2}[^()（）\n]{0,12}[)）]\Z"
)
"""A file, or a name with its year or day, and no sentence: "Kolm Post 2026", "AFP (3 May 2026)"."""
_SHORTEST_ENTRY, _LONGEST_NAME = 6, 5
"""Characters of an entry, and words of one that is a name."""
LINKED_NUMBER = later(
    r"\[\\?\[?\^?([0-9]{1,4})\^?\\?\]?\]"
    rf"\(<?((?:[^\s()<>]|{IN_ROUND}){{1,2000}}+)>?\)"
)
"""A number that is a link, "[[1]](https://...)": the number, and where it leads."""
_CARD = later(
    r"\[([0-9]{1,3})[.):]?\s?((?![\s0-9])(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,80}\]){2,400}+)\]"
    rf"\((<[^<>\n]{{8,2000}}>|(?:[^\s()<>]|{IN_ROUND}){{8,2000}}+)\)"
)
_LED_CARDS = later(r"\s{0,3}(?:\*\*)?[^\W\d_][^\[\]:：\n]{1,28}[:：](?:\*\*)?\s{1,4}(?=\[1)")
"""What leads to such links on one line: "Learn more: [1 nasa.gov](…) [2 bbc.com](…)"."""
_BETWEEN = " ,;，；、-*•.|"
"""What stands between such links."""


def run_on(line: str, *, under_head: bool) -> list[tuple[tuple[str, ...], str]]:
    """Entries that follow one another on one line: "[1] Roe. Dams. [2] Doe. Bridges."

    The line stands under a head or begins with one, the numbers rise, and each has a text of its
    own behind it. One or two of them begin with a head and name their pages: "Source: [1] ...".
    Without a head, they count from 1 and all have their pages: "[1] https://… [2] https://…".
    Each is its labels and its text, in order; none where the line is another.
    """
    if "^" in line and line.count("[^") > 1 and (defined := _definitions(line)):
        return defined
    if "](" in line and (led := _LED_CARDS.match(line)) and (cards := _cards(line[led.end() :])):
        return cards
    brackets = line.count("[") + line.count("【")
    if under_head and brackets > 1 and (parted := _parted(line)):
        return parted
    paged = under_head and brackets > 1 and line.count("://") > 1
    may_run_on = brackets >= _FEWEST_RUN_ON or paged or (brackets and is_led(line))
    first = _RUN_ON.search(line) if may_run_on else None
    if not first:
        return _parted_by_semicolons(line)
    before = line[: first.start()]
    if before.strip(HEAD_MARKS) and not is_head(before):
        return []
    marks = list(_counting(_RUN_ON.finditer(line)))
    paged = paged and len(marks) > 1
    numbers = [int(mark[1]) for mark in marks]
    enough = len(marks) >= _FEWEST_RUN_ON or paged or is_led(line)
    if not enough or not all(a < b for a, b in pairwise(numbers)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    texts = [line[mark.end() : end].strip(_PARTS) for mark, end in zip(marks, ends, strict=True)]
    if _are_pages_and_names(texts) and is_led(line):
        return [((str(number),), text) for number, text in zip(numbers, texts, strict=True)]
    if not _is_list(numbers, texts, headed=under_head or is_head(before), paged=paged):
        return []
    return [((str(number),), text) for number, text in zip(numbers, texts, strict=True)]


def _parted(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of "[3] Roe, Dams; [5][6] Doe, Bridges", with what parts them before each number."""
    head = _LED_LATE.match(line) if ":" in line or "：" in line else None
    led = head.end() if head and is_head(head[1]) else 0
    ends = [mark.end() - 1 for mark in _PARTED.finditer(line, led) if led or mark[0][0] != ","]
    found: list[tuple[tuple[str, ...], str]] = []
    for begin, end in pairwise([led, *ends, len(line)] if ends else ()):
        at, labels = begin, list[str]()
        while mark := _RUN_ON.match(line, at):
            labels.append(mark[1])
            at = mark.end()
        text = line[at:end].strip(_PARTS + ",;；\\" if end < len(line) else _PARTS)
        if not labels or len(text) < _SHORTEST_ENTRY:
            return []
        found.append((tuple(labels), text))
    numbers = [int(labels[0]) for labels, _ in found]
    return found if all(a < b <= a + WIDEST_STEP for a, b in pairwise(numbers)) else []


def _definitions(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of "[^1]: Roe, Dams [^2]: Doe, Bridges": a page shows what its tool left undone."""
    parts = _DEFINED.split(line)
    labels, texts = parts[1::2], parts[2::2]
    if parts[0].strip() or len(labels) < 2 or not all(map(str.strip, texts)):
        return []
    return [((label,), text.strip()) for label, text in zip(labels, texts, strict=True)]


def _counting(marks: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those that may count entries: no number rises by more than a list leaves out."""
    last = None
    for mark in marks:
        number = int(mark[1])
        if last is None or number <= last + WIDEST_STEP:
            last = number
            yield mark


def is_led(line: str) -> bool:
    """Whether a line begins with words, a colon and a number in brackets."""
    led = ":" in line or "：" in line
    return led and _LED.match(line) is not None


def _parted_by_semicolons(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of "Sources: 1. Roe (https://…); 2. Doe (https://…).", counted from 1, all paged."""
    paged = "://" in line and len(line) <= _LONGEST_LINE
    led = _LED_COUNT.match(line) if paged and "1" in line else None
    if not led or not is_head(led[1]):
        return []
    listed = line[led.end() - len(led[2]) :]
    for pattern in (_COUNT, _COUNT_AFTER_PAGE):
        parts = pattern.split(listed)[1:]
        numbers, texts = parts[::2], [text.strip(" ;；·•|") for text in parts[1::2]]
        counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
        counted = counted and not _has_next(texts[-1], len(numbers) + 1)
        if counted and all(len(ADDRESS.findall(text)) == 1 for text in texts):
            return [((number,), text) for number, text in zip(numbers, texts, strict=True)]
    return []


def _has_next(text: str, number: int) -> bool:
    """Whether the entry with the next number is in a text, too: "Roe, Dams (2) Doe, Crests"."""
    return any(sign in text for sign in (f" ({number}) ", f" {number}) ", f" {number}. "))


def _is_short_list(numbers: Sequence[int], texts: Sequence[str], *, paged: bool) -> bool:
    """Whether one or two entries behind a head are pages, or two are works and no sentence."""
    if all(_is_edged_by_address(text) or _HOST.fullmatch(text.strip(" ,;.")) for text in texts):
        return True
    if paged:
        return all(len(ADDRESS.findall(text)) == 1 for text in texts)
    if all(_IDENTIFIED.search(text) or authored(text) for text in texts):
        return True
    if all(_WORK.match(text.strip(" ,;.，、；。")) for text in texts):
        return True
    return numbers == [1, 2] and all(text[:1].isupper() and "," in text for text in texts)


def _are_pages_and_names(texts: Sequence[str]) -> bool:
    """Whether some entries are pages, the others names: "[1] [DOJ](…); [2] AFP."."""
    names = [text for text in texts if not _is_edged_by_address(text)]
    short = all(len(text.split()) <= _LONGEST_NAME and text[:1].isupper() for text in names)
    return 0 < len(names) < len(texts) and short


def _is_list(numbers: Sequence[int], texts: Sequence[str], *, headed: bool, paged: bool) -> bool:
    """Whether each entry says something; without a head, they count from 1 and all have pages."""
    if any(len(text.strip(",;，；、. ")) < _SHORTEST_ENTRY for text in texts):
        return False
    if not headed:
        return numbers == [*range(1, len(texts) + 1)] and all(map(_is_edged_by_address, texts))
    return len(texts) >= _FEWEST_RUN_ON or _is_short_list(numbers, texts, paged=paged)


def _is_edged_by_address(text: str) -> bool:
    """Whether an entry begins or ends with its address; a sentence has it inside."""
    bare = text.strip(" *_;,.，；。")
    if ADDRESS.match(bare) or LINK.match(bare):
        return True
    return any(match.end() == len(bare) for match in ADDRESS.finditer(bare))


def linked_list(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of a line that is nothing but linked numbers: "[[1]](https://...), [[2]](...)"."""
    if "](" not in line:
        return []
    if LINKED_NUMBER.sub("", line).strip(_BETWEEN):
        return _cards(line)
    return [((mark[1],), mark[2]) for mark in LINKED_NUMBER.finditer(line)]


def _cards(line: str) -> list[tuple[tuple[str, ...], str]]:
    """Entries of a line of links that count from 1 in their words: "[1Dams](…)[2Mills](…)"."""
    cards = list(_CARD.finditer(line))
    counted = [card[1] for card in cards] == [str(n) for n in range(1, len(cards) + 1)]
    if len(cards) < 2 or not counted or _CARD.sub("", line).strip(_BETWEEN):
        return []
    return [((card[1],), f"[{card[2]}]({card[3]})") for card in cards]
