"""Blocks that only name the sources of another block -> that one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from ledger.document import Block, Document, Mention
from ledger.patterns import later
from ledger.split.boundaries import STOPPED
from ledger.split.cards import first_said, is_card
from ledger.split.named_sources import LONGEST_NAMED, is_named_source
from ledger.split.only_sources import (
    behind_sources,
    is_dated_source,
    is_only_names,
    is_signature,
    is_source_line,
)
from ledger.split.opening import PROSE

_JUDGES = later(
    r"(?:verdict|rating|ruling|confidence|credibility|reliability|accuracy|status|importance|"
    r"bewertung|urteil|verlässlichkeit|veredicto|calificación|veredito|classificação|verdetto|"
    r"вердикт|оценка|评级|可信度|置信度|結論|信頼度|판정)(?:\s(?:level|score))?\s?[:：]\s?\S",
    re.I,
)
"""What a card says of its claim, and no source carries."""
_AT = attrgetter("at")
_Said = tuple[str, int, Sequence[Mention]]
_SENTENCES = frozenset({"paragraph", "item", "quote"})
_LONGEST_LINE = 160
"""Characters of a line of links that are all navigation. Chosen."""
_FEWEST_PAGES = 2
"""Lines of addresses alone that are a habit of a text."""
_BELOW_TITLE = 2
"""The number of the block below a line under the title."""
_LONGEST_LABEL = 48
"""Characters of an item that only says of what kind a card is: "Status: confirmed"."""


def source_lines(document: Document) -> dict[int, int]:
    """Blocks that only name the sources of a block of prose, with the number of that one.

    It stands above; below where a heading stands above: "## Dams", "*Source: [Herald](…)*", or
    where the item above is a label with a word or two, and the one below a statement.
    """
    found: dict[int, int] = {}
    places = [mention.at for mention in document.mentions]
    pages = _pages_below(document)
    at = 0
    for number, block in enumerate(document.blocks):
        begin, at = at, bisect_right(places, block.end, at)
        if not number or block.role not in PROSE:
            continue
        of: int | None = None
        if number in pages:
            of = number - 1
        elif at > begin:
            of = _linked(document, number, document.mentions[begin:at], found)
        else:
            of = _named(document, number, found)
        if of is not None:
            found[number] = of
    if found and _is_of_all(document, found):
        del found[1]
    for line in sorted(found, reverse=True):  # several lines above what they are of
        found[line] = found.get(found[line], found[line]) if found[line] > line else found[line]
    return found


def _pages_below(document: Document) -> frozenset[int]:
    """Blocks that are an address and nothing else, where each stands below a whole sentence.

    One alone may be what is left of a list.
    """
    text, blocks = document.text, document.blocks
    alone = [
        number
        for number, block in enumerate(blocks)
        if block.role in _SENTENCES
        and text.startswith("http", block.start)
        and not any(map(str.isspace, text[block.start : block.end]))
    ]
    if len(alone) < _FEWEST_PAGES:
        return frozenset()
    closed = (
        number > 0
        and blocks[number - 1].role in _SENTENCES
        and STOPPED.search(text, blocks[number - 1].start, blocks[number - 1].end)
        for number in alone
    )
    return frozenset(alone) if all(closed) else frozenset()


def sources_apart(document: Document) -> Document:
    """The document, blocks that begin with the sources of another one cut behind them.

    "Sources: [Herald](…), [Post](…). Nobody else counted the dams."
    """
    text, at = document.text, 0
    places = [mention.at for mention in document.mentions]
    blocks: list[Block] = []
    for block in document.blocks:
        begin, at = at, bisect_right(places, block.end, at)
        cut = None
        if at > begin and block.role in _SENTENCES:
            cut = _behind_sources(text[block.start : block.end], block.start, document, begin, at)
        if cut is not None:
            end = block.start + len(text[block.start : cut].rstrip())
            blocks.append(block._replace(end=end))
            block = block._replace(start=cut)
        blocks.append(block)
    if len(blocks) == len(document.blocks):
        return document
    return replace(document, blocks=tuple(blocks))


def _behind_sources(
    prose: str, offset: int, document: Document, begin: int, end: int
) -> int | None:
    """Where a sentence begins behind the sources of another block; None where there are none.

    `begin` and `end` are those of the mentions of the block.
    """
    mentions = document.mentions[begin:end]
    cut = behind_sources(prose, offset, mentions)
    if cut is None or is_source_line(prose, offset, mentions):
        return None
    before = [mention for mention in mentions if mention.at - offset < cut]
    alone = before and is_source_line(prose[:cut].rstrip(), offset, before)
    return offset + cut if alone else None


def _linked(
    document: Document, number: int, mentions: Sequence[Mention], found: Mapping[int, int]
) -> int | None:
    """The block that a block with these links only names the sources of; None for any other."""
    block = document.blocks[number]
    above = found.get(number - 1, number - 1)
    said = (document.text[block.start : block.end], block.start, mentions)
    if not _signs(document, above, block, said) and not is_source_line(*said):
        return None
    if document.blocks[above].role == "code" and said[0].startswith("👉"):
        return None  # "👉 [Run it](…)" shows the code, and not where a sentence is from
    above = _of_what(document, above, number, found)
    if above == number or is_card(document, above, number):
        return first_said(document, number + 1) if _is_prose(document, number + 1) else None
    role = document.blocks[above].role
    if role == "heading" and (below := _below(document, number)):
        return below
    return above if role in PROSE else None


def _signs(document: Document, above: int, block: Block, said: _Said) -> bool:
    """Whether a block only says whose words are beside it, and when: "Herald · 3 May · https://…".

    "— Roe, the board [2]" below a quotation, "— [Herald](…)" below whole sentences or a table.
    """
    before = document.blocks[above]
    if before.role == "quote":
        return is_signature(*said, inside=block.role == "quote")
    if block.role in _SENTENCES and is_dated_source(*said):
        return True
    if before.role != "row" and before.role not in _SENTENCES:
        return False
    linked = any(mention.anchor for mention in said[2])
    if not linked or not (is_only_names(*said) or is_signature(*said, inside=False)):
        return False
    ended = before.role == "row" or STOPPED.search(document.text, before.start, before.end)
    return bool(ended)


def _named(document: Document, number: int, found: Mapping[int, int]) -> int | None:
    """The same for a block without a link, which names the source of what stands above."""
    block = document.blocks[number]
    if block.end - block.start > LONGEST_NAMED:
        return None
    if not is_named_source(document.text[block.start : block.end]):
        return None
    above = _of_what(document, found.get(number - 1, number - 1), number, found)
    of = number + 1 if above == number else above
    return of if _is_prose(document, of) else None


def _of_what(document: Document, above: int, number: int, found: Mapping[int, int]) -> int:
    """The block that a line of sources is of, from the one above it on.

    It is the line itself where the one above it names the sources of what stands below.
    """
    while 0 < above < number and _is_passed_over(document, above):
        before = found.get(above - 1, above - 1)
        if before >= above:  # what the line above it is of, too
            break
        above = before
    return above


def _is_passed_over(document: Document, number: int) -> bool:
    """Whether sources below a block are of what stands above it.

    Code, "Verdict: true", or a line that only leads to further pages.
    """
    block = document.blocks[number]
    if block.role == "code" or _leads_on(document, number):
        return True
    short = block.end - block.start <= _LONGEST_LABEL and _is_prose(document, number - 1)
    return short and _JUDGES.match(document.text, block.start, block.end) is not None


def _leads_on(document: Document, number: int) -> bool:
    """Whether a block is a line with links that are all navigation."""
    block = document.blocks[number]
    if block.end - block.start > _LONGEST_LINE:
        return False
    begin = bisect_left(document.mentions, block.start, key=_AT)
    inside = document.mentions[begin : bisect_right(document.mentions, block.end, begin, key=_AT)]
    return bool(inside) and all(mention.form == "navigation" for mention in inside)


def _is_of_all(document: Document, found: Mapping[int, int]) -> bool:
    """Whether the line under the title says where all of a page is from: "> Source: [Herald](…)".

    No heading below has a line of its own, and more than one block follows.
    """
    blocks = document.blocks
    under_title = blocks[0].role == "heading" and found.get(1) == _BELOW_TITLE
    if not under_title or any(of > line > 1 for line, of in found.items()):
        return False
    return any(block.role in PROSE for block in blocks[_BELOW_TITLE + 1 :])


def _below(document: Document, number: int) -> int | None:
    """The block below a line under a heading; of a table the first row, below its columns.

    Of a card the item that says something: "- Date: 3 May" is passed over.
    """
    if _is_prose(document, number + 1):
        return first_said(document, number + 1)
    rows = document.blocks[number + 1 : number + 3]
    return number + 2 if [block.role for block in rows] == ["furniture", "row"] else None


def _is_prose(document: Document, number: int) -> bool:
    return number < len(document.blocks) and document.blocks[number].role in PROSE


def moved_up(document: Document, sourced: Mapping[int, int]) -> Iterator[Mention]:
    """The mentions, those of a line of sources as one run at the end of the block it is of."""
    begins = [block.start for block in document.blocks]
    runs: dict[int, int] = {}
    for mention in document.mentions:
        number = bisect_right(begins, mention.at) - 1
        if number in sourced:
            end = document.blocks[sourced[number]].end
            run = runs.setdefault(number, mention.run)
            mention = mention._replace(at=end, anchor=0, run=run)
        yield mention
