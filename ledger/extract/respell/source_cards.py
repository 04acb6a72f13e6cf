"""Sources written as cards, a number above lines of what is known of each -> entries of one line.

    ### Source 2: Minutes              [2] Minutes - URL: https://… - Date: 3 May 2025
    - **URL:** https://…        ->
    - **Date:** 3 May 2025

Only where the numbers of such cards rise, each has a line that is an address, and the text cites
one of them or the head of a list stands above.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.extract.fences import fences
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.entries import WIDEST_STEP
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.worded import KIND
from ledger.letters import holds
from ledger.patterns import later

_SIGNS = ("URL", "Url", "url:", "Link:", "Link*", "link:", "链接", "網址", "网址", "URI")
"""What a line of an address is called, told quickly."""
_NUMBER = rf"(?:(?:{KIND})?\[([1-9][0-9]{{0,2}})\]|{KIND}([1-9][0-9]{{0,2}})|([1-9][0-9]{{0,2}}))"
_HEAD = later(
    r"[ \t]{0,3}(?:[-*+][ \t]{1,3})?(?:#{2,6}[ \t]{1,3}(?:\*\*)?|\*\*|(?=\[|[^\W\d_]))"
    rf"{_NUMBER}(?:[.):：]|[ \t][–—-](?=[ \t]))?(?:\*\*)?[:：]?(?:[ \t]{{1,3}}(\S.*))?[ \t]*$"
)
_FIELD = later(
    r"[ \t]{0,8}(?:[-*+•][ \t]{1,3})?(?:\*\*|__)?([^\W\d_][^\n:：*_\[\]]{0,24}?)"
    r"(?:\*\*|__)?[ \t]?[:：](?:\*\*|__)?[ \t]{0,3}(\S.*)$"
)
_PAGE = later(
    r"(?:<|\[[^\[\]\n]{0,300}\]\(<?)?(?:https?://|www\.|10\.[0-9]{4,9}/)[^\s<>]{3,2000}?[>)]{0,2}"
)
_LAST_BLANK = 1
"""Blank lines between the lines of a card."""
_MOST_FIELDS = 12
"""Fields of a card, with a blank line behind each. Chosen."""
_FEWEST = 2
"""Cards that are a list: one alone is told of in the text."""


class _Card(NamedTuple):
    """A card: its number, the lines it has, head first, and what an entry says of it."""

    number: int
    lines: Sequence[int]
    entry: str


def may_have_cards(text: str) -> bool:
    """Whether a text may have sources as cards, or claims as such with an address: few texts."""
    return holds(text, *_SIGNS) and holds(text, "://")


def with_source_cards(text: str) -> str:
    """The text, sources as cards made entries, the lines below their heads empty. Never raises."""
    lines = text.split("\n")
    cards = list(_cards(lines))
    if len(cards) < _FEWEST or not _are_sources(cards, lines):
        return text
    for card in cards:
        for number in card.lines:
            lines[number] = ""
        lines[card.lines[0]] = card.entry
    return "\n".join(lines)


def _cards(lines: Sequence[str]) -> Iterator[_Card]:
    """The cards whose numbers rise from the first one on; other heads are not looked into."""
    code = fences(lines)
    last: int | None = None
    for number, line in enumerate(lines):
        head = _HEAD.match(line) if line and number not in code else None
        if head is None:
            continue
        counted = int(next(filter(None, head.groups()[:3])))
        if last is not None and not last < counted <= last + WIDEST_STEP:
            continue
        fields = list(_fields(lines, number))
        if any(_PAGE.fullmatch(said) for _, _, said in fields):
            words = (head[4] or "").removesuffix("**").rstrip()
            said = [*filter(None, [words]), *(f"{name}: {value}" for _, name, value in fields)]
            where = (number, *(each for each, _, _ in fields))
            yield _Card(counted, where, f"[{counted}] {' - '.join(said)}")
            last = counted


def _fields(lines: Sequence[str], head: int) -> Iterator[tuple[int, str, str]]:
    """The lines below a head that are nothing but fields, with their names and values."""
    blank = 0
    for number in range(head + 1, min(len(lines), head + 1 + 2 * _MOST_FIELDS)):
        if not lines[number].strip():
            blank += 1
            if blank > _LAST_BLANK:
                return
            continue
        field = None if _HEAD.match(lines[number]) else _FIELD.match(lines[number])
        if field is None:
            return
        blank = 0
        yield number, field[1].strip(), field[2].rstrip()


def _are_sources(cards: Sequence[_Card], lines: Sequence[str]) -> bool:
    """Whether the head of a list is the nearest above them, or the text before them cites one."""
    first = cards[0].lines[0]
    above = next((line for line in reversed(lines[:first]) if line.strip()), "")
    if is_head(above):
        return True
    text = "\n".join(lines[:first])
    known = Above()
    known.read(text)
    cited = known.surely()
    return any(str(card.number) in cited or f" {card.number}]" in text for card in cards)
