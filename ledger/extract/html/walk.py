"""Elements -> parts: the blocks of a page in order, as lines of inline Markdown.

A walk without recursion. Links become inline Markdown; a link that is a marker of a note becomes a
stand-in, as does what is a citation or a remark on one by its class; `read` puts back what each
stands for when the text is composed.
"""

import re
from collections.abc import Callable, Container, Iterable, Sequence

from ledger.document import Role
from ledger.extract.bold_lines import ends_as_sentence
from ledger.extract.classify import LEAST_HEADING
from ledger.extract.html.anchors import COUNT, Anchor, is_of_links, write_link
from ledger.extract.html.card import MAY_BE_CARDS, card_of
from ledger.extract.html.cells import is_data, is_first_above_more, is_first_in_bold, is_in_bold
from ledger.extract.html.chips import with_chips
from ledger.extract.html.counted import Counted, items_of
from ledger.extract.html.counts import LISTS, Counts
from ledger.extract.html.high import set_high
from ledger.extract.html.itemised import ends_of_lines, itemised
from ledger.extract.html.links import quoted_from, targets
from ledger.extract.html.names import BLOCKS, HEADINGS
from ledger.extract.html.part import Part
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.extract.html.typed import Typed
from ledger.extract.html.written import is_coded, spaced, written
from ledger.patterns import later

_WORD = re.compile(r"[^\W_]")
_BULLET = re.compile(r"·\s+(?=\S)")
"""The bullet that an office program writes as a character, in a paragraph of its own."""
_FEWEST_PIECES = 2
"""Parts of a link that make it a block where it stands among links: a picture and a title."""
_BREAK = "<br>"
"""What parts the lines of a cell, as in Markdown: it may part sentences."""
_GLUED_NUMBER = later(r"[0-9]{1,3}(?=\[[^\W\d_])")
"""The number of an entry in an element of its own, before the link that the entry is."""
_LONGEST_HEADLINE = 160
"""A line all in bold of more characters heads nothing. Before a line of more bytes was read, one
may say who wrote the page, or when."""


class Walk:
    """One walk over some elements.

    Args:
        survey: The page.
        stands: What becomes a stand-in.
        left_out: Whether an element is no part of what is read.
        elsewhere: Indices of elements that are read elsewhere, as notes are.
        into_list: Whether what is read is a reference list: links inside the site are words there.
        numbered: Whether a number that leads to another site may be a marker wherever it stands.
        span: Only text behind one of these elements and before the next one is read; None for all.
    """

    def __init__(
        self,
        survey: Survey,
        stands: Stands,
        left_out: Callable[[Element], bool],
        *,
        elsewhere: Container[int] = (),
        into_list: bool = False,
        numbered: bool = False,
        span: range | None = None,
    ) -> None:
        self.survey = survey
        self.stands = stands
        self.left_out = left_out
        self.elsewhere = elsewhere
        self.into_list = into_list
        self.numbered = numbered
        self.span = span
        self.at = 0  # the last element that was entered
        self.parts: list[Part] = []
        self.current: list[str] = []
        self.lines: list[str] = []
        self.block: Element | None = None
        self.mark = ""
        self.level = 0
        self.quotes = 0
        self.in_text = False  # whether a line of prose was read
        self.counts = Counts()
        self.row: list[str] | None = None
        self.counted = Counted()
        self.typed = Typed()
        self.coded = 0  # how many elements of code are open
        self.anchor: Anchor | None = None
        self.ends: tuple[int, re.Pattern[str] | None] = (-1, None)  # of the last block asked for it
        self.cards = (-1, False)  # the last element that was asked whether its links are blocks

    def read(self, roots: Iterable[Element]) -> list[Part]:
        """The parts of some elements. Each element is left again after all that is in it."""
        stack: list[tuple[Element | str, bool]] = [(root, False) for root in reversed([*roots])]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, str):
                if self.span is None or self.at in self.span:
                    self._put(node)
                continue
            if leaving:
                self._leave(node)
                continue
            self.at = node.index
            if node.facts.left_out:
                continue
            if node.index in self.elsewhere:
                self._pass_over(node)
            elif card := self._card(node):
                self._finish()
                self.parts.append(Part("furniture", 0, [card], node))
            elif self.left_out(node):
                self._pass_over(node)
            elif not self._stands(node):
                self._enter(node)
                stack.append((node, True))
                stack.extend([(child, False) for child in reversed(node.children)])
        self._finish()
        return self.parts

    def _card(self, element: Element) -> str | None:
        """What shows another page, in a text; an entry of a list may look like that."""
        if element.name not in MAY_BE_CARDS or self.into_list or self.typed.depth:
            return None
        return card_of(element)

    def _pass_over(self, element: Element) -> None:
        """What is read elsewhere is counted all the same: a note that is an item of a list."""
        if element.name == "li":
            self.counts.item()

    def _put(self, text: str) -> None:
        if self.typed.depth:
            self.typed.pieces.append(text)
            return
        if "\n" in text and self.anchor is None and (ends := self._ends_of_lines()):
            text, *below = ends.split(text)
            for line in below:
                self._words(text)
                self._end_lines()
                text = line
        self._words(text)

    def _ends_of_lines(self) -> re.Pattern[str] | None:
        """Where the typed lines of the block are parted, asked once of all its characters."""
        if self.block is not None and self.ends[0] != self.block.index:
            self.ends = (self.block.index, ends_of_lines(self.block))
        return self.ends[1]

    def _words(self, text: str) -> None:
        self.current.extend(written(text, coded=self.coded > 0))

    def _stands(self, element: Element) -> bool:
        """Put a stand-in for an element, or what it stands for, without walking into it."""
        name = element.name
        if name not in ("a", "sup", "span", "b", "i", "label") or self.typed.depth:
            return False
        stand = self.stands.of(element)
        if stand is not None:
            label = self.stands.leads_nowhere(element)
            if label and not self.lines and not "".join(self.current).strip():
                stand = f"[{label}] "  # an entry opens so, whose way back is lost
            self.current.append(stand)
            return True
        high = set_high(element, self.current, self.stands, begun=bool(self.lines))
        if high is not None:
            self.current.append(high)
        return high is not None

    def _enter(self, element: Element) -> None:
        name = element.name
        self.coded += is_coded(element)
        if self.typed.depth:
            self.typed.enter(element)
        elif name == "pre":
            self._finish()
            self.typed.enter(element)
        elif name == "br":
            self._break()
        elif name == "q":
            self.current.append("“")
        elif name == "a":
            addresses = targets(element)
            if self.into_list:
                addresses = [a for a in addresses if a[:4].lower() == "http" or a[:2] == "//"]
            self.anchor = Anchor(element, addresses, len(self.current))
        elif name in ("td", "th") and self.row is not None:
            self._end_lines()
        elif name in BLOCKS:
            if self.mark != "- " or not self._counts_its_item():
                self._finish()
            self._open(element)

    def _counts_its_item(self) -> bool:
        """Take a number as that of its item, where it stands alone before the blocks in it.

        The items are counted from 1: years of events, and numbers of boats, are words of theirs.
        """
        words = "".join(self.current)
        block = self.block
        if self.lines or block is None or block.name != "li" or not COUNT.fullmatch(words):
            return False
        if not self.counts.typed(int(words)):
            return False
        self.mark, self.current = f"{words.strip()}. ", []
        return True

    def _open(self, element: Element) -> None:
        """What a block does to the parts in it."""
        name = element.name
        if self.row is None:
            self.block = element
        if name == "tr":
            self.row = [] if is_data(element) or element in self.counted else None
        elif name in LISTS:
            self.counts.open(element)
        elif name == "li":
            self.mark = self.counts.item()
        elif name in HEADINGS:
            self.level = int(name[1])
        elif name == "blockquote":
            self.quotes += 1

    def _leave(self, element: Element) -> None:
        name = element.name
        self.coded -= is_coded(element)
        if self.typed.depth:
            self.parts.extend(self.typed.leave(element))
        elif name == "a":
            self._end_link(element)
        elif name == "span" and not self.lines and len(self.current) == 1:
            self._set_apart(element)
        elif name == "q":
            self.current.append("”")
            self.current.extend(f" <{address}>" for address in quoted_from(element))
        elif name in ("td", "th") and self.row is not None:
            self._end_lines()
            self.row.append(_BREAK.join(self.lines))
            self.lines = []
        elif name == "tr" and self.row is not None:
            self._end_row(element)
        elif name in BLOCKS:
            self._finish()
            self._close(element)

    def _set_apart(self, count: Element) -> None:
        """Put a space behind a number that opens a block, which the page's style sets apart."""
        above = count.parent
        if above is None or not COUNT.fullmatch(self.current[0]):
            return
        place = next(n for n, child in enumerate(above.children) if child is count)
        if any(isinstance(child, Element) for child in above.children[place + 1 : place + 2]):
            self.current.append(" ")

    def _close(self, element: Element) -> None:
        name = element.name
        if name == "li":
            self.mark = ""
        elif name in HEADINGS:
            self.level = 0
        elif name in LISTS:
            self.counts.close()
        elif name == "blockquote":
            self.quotes -= 1
            self._end_quotation(element)
        if self.row is None:
            self.block = element.parent

    def _end_quotation(self, element: Element) -> None:
        """Put the address that a quotation gives as its source behind its last words."""
        last = self.parts[-1] if self.parts else None
        if last is None or last.role != "quote" or not element.holds(last.element):
            return
        for address in quoted_from(element):
            if not any(address in line for line in last.lines):
                last.lines[-1] += f" <{address}>"

    def _end_row(self, element: Element) -> None:
        cells, self.row = tuple(self.row or ()), None
        if element in self.counted and (items := items_of(element, cells, _BREAK)):
            self.parts.extend(items)
        elif any(cells):
            header = not self.survey[element].cells or is_first_in_bold(element)
            header = header or is_first_above_more(element)
            line = f"| {' | '.join(cells)} |".replace(_BREAK, " ")
            self.parts.append(Part("row", int(header), [line], element, cells))
        self.current, self.lines = [], []

    def _end_link(self, element: Element) -> None:
        """A link of several elements that stands among nothing but links is a block."""
        self._link()
        self.anchor = None
        above = element.parent
        if above is None or len(element.children) < _FEWEST_PIECES:
            return
        if self.cards[0] != above.index:  # asked once of all its links
            self.cards = (above.index, is_of_links(above))
        if self.cards[1] and all(isinstance(child, Element) for child in element.children):
            self._finish()

    def _link(self) -> None:
        """Make the words since the open anchor a link; a link over several blocks is several."""
        if self.anchor is not None:
            write_link(
                self.current,
                self.anchor,
                self.lines[:1],
                into_list=self.into_list,
                numbered=self.numbered,
                in_heading=self.level > 0,
                may_be_high=self.stands.may_be_high,
            )

    def _break(self) -> None:
        """A line break; a second one ends the paragraph."""
        if self.row is None and not "".join(self.current).strip() and self.lines:
            self._finish()
        else:
            self._end_lines()

    def _end_lines(self) -> None:
        self._link()
        line = with_chips(spaced("".join(self.current)).strip())
        self.current = []
        if line:
            if line[0].isdecimal() and (number := _GLUED_NUMBER.match(line)):
                line = f"{number[0]} {line[number.end() :]}"
            self.lines.append(line)

    def _finish(self) -> None:
        """End a part."""
        self._end_lines()
        if self.row is not None or not self.lines:
            return
        lines, self.lines = self.lines, []
        if not any(map(_WORD.search, lines)):
            return
        if not self.level and (bullet := _BULLET.match(lines[0])):
            lines[0], self.mark = lines[0][bullet.end() :], self.mark or "- "
        role: Role = "heading" if self.level else "item" if self.mark else "paragraph"
        if role == "paragraph" and self.quotes:
            role = "quote"
        block, level = self.block or self.survey.elements[0], self.level
        if role == "paragraph" and self.in_text and _is_headline(block, lines):
            role, level = "heading", LEAST_HEADING
        if role != "heading" and len(lines[0].encode()) > _LONGEST_HEADLINE:
            self.in_text = True
        part = Part(role, level, lines, block, (), self.mark, quoted=self.quotes > 0)
        self.parts.extend(itemised(part) if len(lines) > 1 else [part])
        self.mark = ""


def _is_headline(block: Element, lines: Sequence[str]) -> bool:
    """Whether a paragraph is one line, all in bold, and no sentence and no citation."""
    if block.name != "p" or len(lines) > 1 or len(lines[0]) > _LONGEST_HEADLINE:
        return False
    return "[" not in lines[0] and is_in_bold(block) and not ends_as_sentence(lines[0])
