"""What a link leads to -> the block that is the note."""

from itertools import islice

from ledger.extract.html.names import BLOCKS, HEADINGS
from ledger.extract.html.places import Places
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.patterns import later

LONGEST_NOTE = 6000
"""Characters: a target with more is a chapter, not a note."""
_FRAMES, _NUMBER = 4, 16
"""Elements around a part of an entry up to the item, and characters of a number that stands alone,
with its brackets and its way back. Chosen."""
_OF_NUMBERS = HEADINGS | {"p"}
_SMALL = frozenset(["h5", "h6"])
_IN_BRACKETS = later(r"(?:\[[0-9ivxl]{1,6}\]|\([0-9ivxl]{1,6}\))\.?\Z")
_COUNT = later(r"[(\[]?[0-9]{1,3}[)\].:]{0,2}\Z")
_PARTS = HEADINGS | {"body", "main", "article", "html"}


class Targets:
    """The notes of a page as elements."""

    def __init__(self, survey: Survey, places: Places) -> None:
        self.survey = survey
        self.places = places
        self._chapters: dict[int, bool] = {}
        self._leading: dict[int, bool] = {}

    def entry_of(self, link: Element, target: Element) -> Element | None:
        """The block that is the note a target stands in; None for what is no note.

        Where its block is more than a note, a link that leads out of the page is one by itself:
        the card of a source.
        """
        block = self._block_of(link, target)
        if block is None and target.facts.text and target.name == "a":
            return target if self.places.leads_out(target) else None
        return block

    def _block_of(self, link: Element, target: Element) -> Element | None:
        block = target
        while block.name not in BLOCKS and block.parent is not None:
            block = block.parent
        if block.holds(link):
            block = self._next_block(target) or block
        if block.name in ("td", "th") and block.parent is not None:
            block = block.parent
        block = self._item_of_a_list(block, link) or self._below_its_number(block, link) or block
        facts = self.survey[block]
        if block.holds(link) or not 0 < facts.text <= LONGEST_NOTE:
            return None
        if block.name in HEADINGS:
            return block if self._is_small_print(block, target) else None
        return None if self._is_part_of_page(block) else block

    def _item_of_a_list(self, block: Element, link: Element) -> Element | None:
        """The item of a reference list that a block is a part of: its title, its journal."""
        if _is_item(block):
            return None
        item = next(filter(_is_item, islice(block.above(), _FRAMES)), None)
        if item is None or item.holds(link) or not 0 < item.facts.text <= LONGEST_NOTE:
            return None
        return item if any(each.facts.is_list for each in islice(item.above(), _FRAMES)) else None

    def _below_its_number(self, block: Element, link: Element) -> Element | None:
        """The paragraph below a block that holds nothing but the number of a note, linked back.

        The number may be a heading, as in the manuals that Texinfo makes.
        """
        facts, above = block.facts, block.parent
        if block.name not in _OF_NUMBERS or above is None:
            return None
        if not 0 < facts.text <= _NUMBER or not self._leads(block):
            return None
        following = self.survey.elements[block.end : block.end + 1]
        beside = following and following[0].parent is above and not following[0].holds(link)
        return following[0] if beside and following[0].name == "p" else None

    def _leads(self, block: Element) -> bool:
        """Whether links are all of a block, or places that are numbers.

        "<h2><a name="notes">Notes</a>" is a mere place, and so is the number of a chapter.
        """
        known = self._leading.get(block.index)
        if known is None:
            inside = self.survey.elements[block.index : block.end]
            counts = _IN_BRACKETS if block.name in HEADINGS else _COUNT
            links = (
                each
                for each in inside
                if each.name == "a" and (each.get("href") or counts.match(each.facts.first))
            )
            known = sum(link.facts.text for link in links) == block.facts.text
            self._leading[block.index] = known
        return known

    def _is_part_of_page(self, block: Element) -> bool:
        """Whether a block has headings of its own: a chapter is no note."""
        known = self._chapters.get(block.index)
        if known is None:
            inside = self.survey.elements[block.index : block.end]
            known = any(e.name in _PARTS for e in inside)
            self._chapters[block.index] = known
        return known

    def _is_small_print(self, block: Element, target: Element) -> bool:
        """Whether a heading of the last ranks is a note, as writers set one for its small letters.

        It opens with a linked number in brackets, which those of parts have not, says more than
        that, and heads nothing: another one stands right beside it, or nothing follows.
        """
        number = target.facts.linked if _IN_BRACKETS.match(target.facts.first) else 0
        if block.name not in _SMALL or next(iter(block.children), None) is not target:
            return False
        before = self.survey.elements[block.index - 1]
        while before.parent not in (block.parent, None):
            before = before.parent
        behind = [*self.survey.elements[block.end : block.end + 1]]
        heads_nothing = not behind or behind[0].parent is not block.parent
        beside = any(each.name == block.name for each in (before, *behind))
        return (heads_nothing or beside) and 0 < number <= _NUMBER and number < block.facts.text

    def _next_block(self, target: Element) -> Element | None:
        """The block that an empty anchor stands before."""
        if self.survey[target].text:
            return None
        limit = target.parent.end if target.parent else target.end
        following = self.survey.elements[target.end : min(limit, target.end + 3)]
        return next((e for e in following if e.name in BLOCKS and self.survey[e].text), None)


def _is_item(element: Element) -> bool:
    return element.name == "li" or element.get("role") == "listitem"
