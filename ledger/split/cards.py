"""Cards: a few labelled lines about one thing, of which one names its sources.

"- Source: [Herald](…)", "- Date: 3 May", "- Summary: Dams fell by half."
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter

from ledger.document import Document
from ledger.forms import IDLE
from ledger.split.boundaries import STOPPED
from ledger.split.statements import is_statement

_LABELLED = re.compile(r"[^\W\d_][^:：\n]{0,24}[:：]\s")
_LABELLED_TEXT = re.compile(r"[^\W\d_][^:：.!?。\n]{0,24}(?::\s|：)")
_AT, _END = attrgetter("at"), attrgetter("end")
_SEVERAL = ("item", "row")
"""Blocks of which one line of sources closes a run."""
_LEADS_IN = (":", "：")
_MOST_LABELS = 5
"""Items of a card that may stand between its sources and what it says."""
_LONGEST_LABEL = 48
"""Characters of an item that only says of what kind a card is: "Status: confirmed"."""


def first_said(document: Document, number: int) -> int:
    """The first item of a card from this one on that is a statement; this one where none is."""
    for below in range(number, min(number + _MOST_LABELS, len(document.blocks))):
        block = document.blocks[below]
        said = document.text[block.start : block.end]
        if block.role != "item":
            break
        if is_statement(said) and said[-1:] not in _LEADS_IN:
            return below
        if not _LABELLED.match(said) and said[-1:] not in _LEADS_IN:
            break
    return number


def is_card(document: Document, above: int, number: int) -> bool:
    """Whether an item stands between one that is a label and one that is a labelled statement.

    "- Status: confirmed", "- Sources: [Herald](…)", "- Summary: Dams fell by half."
    """
    if number + 1 >= len(document.blocks):
        return False
    behind = first_said(document, number + 1)
    before, here, claimed = (document.blocks[n] for n in (above, number, behind))
    if not before.role == here.role == claimed.role == "item":
        return False
    said, claim = (document.text[block.start : block.end] for block in (before, claimed))
    return bool(
        len(said) <= _LONGEST_LABEL
        and _LABELLED.match(said)
        and not STOPPED.search(said)
        and _LABELLED.match(claim)
        and is_statement(claim)
    )


def items_closed(
    document: Document, sourced: Mapping[int, int], places: Sequence[int]
) -> frozenset[int]:
    """The items and rows that a line of sources or markers closes, but for the last, with them.

    Those below one that opens a table or a card, too, and the labelled paragraphs above one.
    None of a list or table that cites for itself. `places` is where mentions stand by now.
    """
    found: set[int] = set()
    own = [mention.at for mention in document.mentions]
    blocks = document.blocks
    linked = {
        above
        for line, above in sourced.items()
        if bisect_left(own, blocks[line].start) < bisect_right(own, blocks[line].end)
    }
    linked.update(_above_markers(document))
    for above in linked:
        number, items, role = above, set[int](), blocks[above].role
        while number and role in _SEVERAL and blocks[number - 1].role == role:
            number -= 1
            if number in sourced or number in linked:  # which is closed by itself
                break
            items.add(number)
        if role == "paragraph":
            found.update(_labelled_above(document, above, sourced, own))
        begin = document.blocks[number].start
        if bisect_left(places, begin) == bisect_left(places, document.blocks[above].start):
            found |= items
    for line, below in sourced.items():
        if line < below and blocks[below].role == "row":
            rows = takewhile(lambda n: blocks[n].role == "row", range(below + 1, len(blocks)))
            found.update(rows)
        elif line < below and blocks[line].role == blocks[below].role == "item":
            found.update(_items_below(document, below, sourced, own))
    return frozenset(found)


def _above_markers(document: Document) -> Iterator[int]:
    """The items and rows that cite nothing but by markers on a line of their own below them."""
    mentions, blocks = document.mentions, document.blocks
    for end in document.alone:
        number = bisect_left(blocks, end, key=_END)
        if number == len(blocks) or blocks[number].role not in _SEVERAL:
            continue
        first = bisect_left(mentions, blocks[number].start, key=_AT)
        here = mentions[first : bisect_right(mentions, end, first, key=_AT)]
        alone = len({mention.run for mention in here}) == 1 and here[0].at == end
        if alone and any(mention.form not in IDLE for mention in here):
            yield number


def _items_below(
    document: Document, first: int, sourced: Mapping[int, int], own: Sequence[int]
) -> list[int]:
    """The items below the first of a card; none where one of them says and cites something."""
    blocks = document.blocks
    items = list(
        takewhile(
            lambda n: blocks[n].role == "item" and n not in sourced,
            range(first + 1, len(blocks)),
        )
    )
    cited = any(
        bisect_left(own, block.start) < bisect_right(own, block.end)
        and is_statement(document.text[block.start : block.end])
        for block in (blocks[number] for number in items)
    )
    return [] if cited else items


def _labelled_above(
    document: Document, above: int, sourced: Mapping[int, int], own: Sequence[int]
) -> list[int]:
    """The labelled paragraphs above one that is labelled and has sources below it.

    None that cites for itself, and none above it: "Fact: …", "Why it matters: …", "Source: …". A
    label stands once in a card; where people talk it comes again.
    """
    number, seen, found = above, set[str](), list[int]()
    while label := _LABELLED_TEXT.match(document.text, document.blocks[number].start):
        block = document.blocks[number]
        if bisect_left(own, block.start) < bisect_right(own, block.end):
            break
        if label[0] in seen:
            return []
        seen.add(label[0])
        if number != above:
            found.append(number)
        number -= 1
        if number < 0 or document.blocks[number].role != "paragraph" or number in sourced:
            break
    return found[:_MOST_LABELS]
