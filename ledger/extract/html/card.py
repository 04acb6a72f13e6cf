"""A block that is one link around a title and what stands below it -> one line of furniture.

Ghost, Notion, Substack and others show a page so that a writer points to: its title, its own
summary, its host. The words are that page's and no claim of the article; the link stays with them.
So it does with the words of a button that a writer sets into a text: "Subscribe now".
"""

from collections.abc import Iterator

from ledger.extract.html.links import escaped, linked, targets
from ledger.extract.html.names import BLOCKS
from ledger.extract.html.tree import Element

_LONGEST = 1_500
"""Characters of a card: a title, a summary, names."""
_FEWEST_LINES = 2
"""A linked picture with its caption has one."""
MAY_BE_CARDS = frozenset(["figure", "div", "p"])


def card_of(block: Element) -> str | None:
    """The line that a card is, in inline Markdown; None for a block that is none.

    The address is not said again where a line of the card shows it.
    """
    facts = block.facts
    if not 0 < facts.text == facts.linked <= _LONGEST:
        return None
    link = next((each for each in block.children if isinstance(each, Element)), None)
    if link is None or link.name != "a" or link.facts.text != facts.text:
        return None
    address = next(iter(targets(link)), "")
    lines = [*_lines(link)]
    if address[:4].lower() != "http":
        return None
    if len(lines) < _FEWEST_LINES and not _is_button(block, link):
        return None
    title, *rest = map(escaped, lines)
    return " | ".join([linked(title, address), *(line for line in rest if "://" not in line)])


def _is_button(block: Element, link: Element) -> bool:
    """Whether a link and the block around it are both named a button; a chip of a source is not."""
    return "button" in link.words and "button" in block.words


def _lines(link: Element) -> Iterator[str]:
    """The words of each innermost block of a link, in page order; parts of a line with spaces."""
    words: list[str] = []
    stack: list[Element | str | None] = [link]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            words.extend(node.split())
            continue
        if node is None or node.name in BLOCKS:
            if words:
                yield " ".join(words)
            words = []
        if node is not None and not node.facts.left_out:
            if node.name in BLOCKS:
                stack.append(None)
            stack.extend(reversed(node.children))
    if words:
        yield " ".join(words)
