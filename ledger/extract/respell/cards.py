"""Cards of research notes -> claims with their pages: "Claim: Rents rose." above "URL: https://…".

Each line of a card has a label: "**Source:** Herald", "Date: 2 May". The addresses move to the end
of the claim, where prose would have them; each of the other lines becomes a block of its own.
"""

import re

from ledger.extract.fences import fences
from ledger.extract.respell.shown_sources import with_shown_sources
from ledger.extract.respell.source_cards import may_have_cards, with_source_cards
from ledger.patterns import later

_MARKS = r"\s{0,8}(?:[-*+]\s{1,4})?(?:\*\*|__)?"
_COLON = r"(?:\s?#?[0-9]{1,3})?(?::(?:\*\*|__)|(?:\*\*|__)?:)"
_CLAIM = later(rf"{_MARKS}(?:key )?(?:claim|finding|fact|statement){_COLON}\s{{1,4}}\S", re.I)
_ADDRESS = later(
    rf"{_MARKS}(?:source )?(?:url|link)s?{_COLON}\s{{1,4}}"
    r"((?:<?https?://[^\s<>|]{3,2000}+>?(?:\s?[;,|]?\s{1,2}(?=<?https?://)|\s*$)){1,9})$",
    re.I,
)
_PAGE = later(r"https?://[^\s<>|]{3,2000}+")
_LABELLED = later(rf"{_MARKS}[a-z][a-z -]{{1,24}}{_COLON}(?:\s|$)", re.I)
_LONGEST_CARD = 16
"""Lines from a claim to its address."""


def with_every_card(text: str) -> str:
    """The text, cards of sources as entries, of claims with their addresses, of sites as items."""
    if may_have_cards(text):
        text = _with_cards(with_source_cards(text))
    return with_shown_sources(text)


def _with_cards(text: str) -> str:
    """The text, addresses of such cards behind their claims."""
    lines = text.split("\n")
    code = fences(lines)
    for number, line in enumerate(lines):
        if number not in code and _ADDRESS.match(line):
            _close(lines, number)
    return "\n".join(lines)


def _close(lines: list[str], address: int) -> None:
    """Put an address behind the claim above it, and part the lines between.

    Paragraphs between them are no lines of a card.
    """
    for number in range(address - 1, max(-1, address - _LONGEST_CARD), -1):
        if lines[number].lstrip()[:1] == "#":
            return
        if _CLAIM.match(lines[number]):
            break
        begins = not lines[number - 1].strip() if number else True
        if begins and lines[number].strip() and not _LABELLED.match(lines[number]):
            return
    else:
        return
    pages = " ".join(f"({page.rstrip(';,')})" for page in _PAGE.findall(lines[address]))
    lines[number] = f"{lines[number].rstrip()} {pages}"
    lines[address] = ""
    for below in range(number + 1, address + _LONGEST_CARD):
        if below >= len(lines) or not lines[below].strip():
            continue
        if not _LABELLED.match(lines[below]):
            break
        lines[below] = f"\n{lines[below]}"
