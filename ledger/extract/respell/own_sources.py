"""Short lists of sources below each part of a text, which no marker cites -> lines of sources.

"**Sources:** [1] Roe: https://… [2] Doe: https://…" stands below each of several questions, counted
from 1 each time, and no marker refers to any of them. Or "Sources:" stands below each part of a
report, with an item for each address. Each list is for the part above it, not for the whole text.
"""

import re
from collections.abc import Container, Iterator, Sequence

from ledger.extract.fences import fences
from ledger.extract.markers.place import SOURCE, begins_with_source
from ledger.letters import holds
from ledger.patterns import later

_CALLED = (
    rf"[*_]{{0,3}}(?:(?:[Dd]ata |[Kk]ey |[Mm]ain )?(?:{SOURCE}|[Rr]eferences?)"
    r"(?: consulted| used| cited| for this (?:section|subsection|part|chapter))?)"
    r"[*_]{0,3}\s?[:：][*_]{0,3}"
)
_LED = later(rf"\s{{0,8}}(?:[-*+]\s{{1,4}})?{_CALLED}\s{{0,4}}(?=\[1\]\s)")
_HEAD = later(rf"(?P<margin>\s{{0,12}})(?P<bullet>[-*+]\s{{1,4}})?{_CALLED}\s{{0,4}}$")
_HEAD_LINE = later(rf"\n[^\S\n]{{0,12}}(?:[-*+][^\S\n]{{1,4}})?{_CALLED}[^\S\n]{{0,4}}\n")
"""Such a head below something, told quickly."""
_AS_ITEMS = ("ources:\n", "ources:**\n", "ources**:\n", "eferences:\n", "eferences:**\n")
"""How such heads end that are items."""
_ITEM = later(r"\s{0,16}(?:[-*+•]|[0-9]{1,2}[.)])\s{1,4}(?:\[[0-9]{1,2}\]\s)?(?=\S)")
_FIRST = later(r"\[1\](?<=[\s:：*_]\[1\])(?=\s)")
"""The first number where it may stand behind such a head."""
_NUMBER = later(r"[\s,;·|]{0,8}\[([0-9]{1,2})\]\s{1,4}(?=\S)")
_MARKER = later(r"\[\^?[0-9]")
_LINK = later(r"\[[^\[\]\n]{1,300}\]\([^()\s]{1,300}\)")
_STOP_INSIDE = later(r"[.!?…][\"”’)]{0,2}\s{1,4}\S|[。！？].")
_AMIDST = later(
    r"[^\W_][:.]?\s{1,4}https?://\S{3,2000}\s{1,4}(?!(?:accessed|retrieved|archived|abgerufen)\b)[^\W\dA-Z_]"
)
"""An address amidst words, which is no item's page: "deb https://… stable main"."""
_FEWEST, _FURTHEST = 2, 3
"""Such lines, or lists, of a text that has this habit; and columns from the edge, beyond which a
head is of something else, such as code."""
_MOST_ITEMS, _LONGEST_ITEM = 12, 400
"""Items of such a list and characters of one: with more it is the reference list of the document.
Chosen."""


def with_own_sources(text: str) -> str:
    """The text; a list of sources below each part of it becomes one line "Sources: …; …".

    Their numbers are gone. As it is where it has fewer than two such lists.
    """
    counted, listed = text.count("[1]") >= _FEWEST, _may_have_lists(text)
    if not (listed or (counted and _may_be_led(text))) or not holds(text, "://"):
        return text
    lines = text.split("\n")
    leads = ((n, _LED.match(line)) for n, line in enumerate(lines) if counted and "[1]" in line)
    numbered = {n: led.end() for n, led in leads if led}
    if not all("://" in lines[number] for number in numbered):
        return text
    code = fences(lines)
    lists = dict(_lists(lines, code)) if listed else {}
    if max(len(numbered), len(lists)) < _FEWEST:
        return text
    own = {*numbered, *(number for head, items in lists.items() for number in (head, *items))}
    if any(
        number not in own and number not in code and "[" in line and _MARKER.search(line)
        for number, line in enumerate(lines)
    ):
        return text
    for number, begin in numbered.items():
        sources = _NUMBER.sub("; ", lines[number][begin:]).removeprefix("; ")
        lines[number] = lines[number][:begin] + sources
    for head, items in lists.items():
        sources = "; ".join(_ITEM.sub("", lines[number], 1).rstrip(" ;,") for number in items)
        lines[head] = f"{lines[head].rstrip()} {sources}"
        for number in items:
            lines[number] = ""
    return "\n".join(lines)


def _may_be_led(text: str) -> bool:
    """Whether lines with the first marker begin with "Sources:", more than one."""
    led = end = 0
    for match in _FIRST.finditer(text):
        if match.start() < end:
            continue  # in the same line
        led += _LED.match(text, text.rfind("\n", end, match.start()) + 1) is not None
        end = text.find("\n", match.end())
        if end < 0:
            break
    return led >= _FEWEST


def _may_have_lists(text: str) -> bool:
    """Whether lines say nothing but "Sources:", more than once."""
    begun = begins_with_source(text) or holds(text, *_AS_ITEMS)
    first = _HEAD_LINE.search(text) if begun else None
    return bool(first and _HEAD_LINE.search(text, first.end() - 1))


def _lists(lines: Sequence[str], code: Container[int]) -> Iterator[tuple[int, list[int]]]:
    """Where "Sources:" stands below text, with the lines of its items, an address in each.

    Below code it says nothing of the sentence above that.
    """
    below_text, number = False, 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not line.strip() or line.startswith("#"):
            continue
        head = number - 1
        called = _HEAD.match(line) if ":" in line or "：" in line else None
        if head in code or called is None or _is_set_in(called):
            below_text = head not in code
            continue
        number += number < len(lines) and not lines[number].strip()
        items = []
        deeper = f"{called['margin']} " if called["bullet"] else ""
        while number < len(lines) and _ITEM.match(lines[number]):
            if not lines[number].startswith(deeper):
                break  # an item beside the head
            items.append(number)
            number += 1
        if below_text and 0 < len(items) <= _MOST_ITEMS and all(_is_page(lines[n]) for n in items):
            yield head, items
        below_text = False


def _is_set_in(called: re.Match[str]) -> bool:
    """Whether such a head is no item and stands far from the edge."""
    return not called["bullet"] and len(called["margin"]) > _FURTHEST


def _is_page(item: str) -> bool:
    """Whether an item is a name and an address, or a link, and no sentence."""
    if "://" not in item or len(item) > _LONGEST_ITEM:
        return False
    words = _LINK.sub("", _ITEM.sub("", item, 1))
    return not (_STOP_INSIDE.search(words) or _AMIDST.search(words))
