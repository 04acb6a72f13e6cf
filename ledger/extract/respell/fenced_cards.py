"""Cards of claims between fences -> paragraphs, because "Claim: …", "URL: https://…" is no code.

Models write research notes in this way after they were shown a card between fences. A single card
stays, because it may be an example of how to write one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ledger.extract.fences import fences
from ledger.letters import holds
from ledger.patterns import later

_CLAIM = later(r"\s{0,3}(?:\*\*)?Claim(?:\*\*)?:(?:\*\*)?\s+\S")
_PAGE = later(r"\s{0,3}(?:\*\*)?(?:URL|Source|Link)(?:\*\*)?:(?:\*\*)?\s+<?https?://")
_OPENS = later(r"\s{0,3}[`~]{3,8}(?:te?xt|md|markdown)?\s*")
"""A fence whose lines are of no language."""
_MOST_LINES, _FEWEST = 40, 2
"""Lines of a card, and cards of a text that are no example. Chosen; the longest seen has 6."""


def with_fenced_cards(text: str) -> str:
    """The text without the fences around such cards, where it has several. Never raises."""
    if not (holds(text, "Claim:", "Claim**:") and holds(text, "```\n", "~~~\n")):
        return text
    lines = text.split("\n")
    cards = list(_cards(lines))
    if len(cards) < _FEWEST:
        return text
    for number in (number for card in cards for number in card):
        lines[number] = ""
    return "\n".join(lines)


def _cards(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The two fences of each card."""
    fenced = fences(lines)
    bounds = [number for number, inside in sorted(fenced.items()) if not inside]
    for begin, end in pairwise(bounds):
        if end - begin > _MOST_LINES or not _OPENS.fullmatch(lines[begin]):
            continue
        if not fenced.get(begin + 1):
            continue  # between two fences
        card = lines[begin + 1 : end]
        if card and _CLAIM.match(card[0]) and any(map(_PAGE.match, card)):
            yield begin, end
