"""The element that holds an article -> what in it is none, and the reference lists beside it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ledger.extract.html.body import STOP, is_teaser
from ledger.extract.html.facts import Facts
from ledger.extract.html.names import (
    AUTHOR_NAME,
    HEADINGS,
    WHOLES,
    is_furniture,
    may_head,
    named_furniture,
    named_image,
)
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.extract.lists.heads import is_beside

_CAPTION = 300
"""Characters of a caption, and of a paragraph that may be left out for its name."""
_LINES = frozenset(["p", "div", "ul", "ol", "section"])
_PEOPLE = frozenset("authors affiliation affiliations aff affs contributors contribs".split())
_LONGEST_AUTHORS = 3_000
"""Characters of a block of authors with where they work; chosen, for some thirty of them. What is
named so and has more is a page of people."""
_MOST_BESIDE = 500
"""Elements beside a caption among which the table is looked for, since each caption asks again.
Chosen; the most measured are 18."""
_SAID = frozenset("callout admonition note tip info warning".split())
"""What a figure is called that is used as a box around words of the text."""
_COUNTS = frozenset("paranumber paranum parnum pnum linenumber linenum".split())
_COUNT = (frozenset(["paragraph", "number"]), frozenset(["ltx", "tag", "item"]))
_LONGEST_COUNT = 6
"""Characters of the number of a paragraph, with its brackets: "[1234]"."""
_LONGEST_OF_MENU = 24
"""Characters of a link of a menu: a word or three. Entries of lists have longer ones; chosen
between the two."""
_CONTAINERS = frozenset("div section ul ol dl table aside details form article header".split())
"""What may be left out for its name or for being nothing but links."""


class Body:
    """What of a page is its article.

    Args:
        survey: The page.
        root: The element that holds the article.

    Attributes:
        set_aside: Furniture that was left out and holds a reference list.
    """

    def __init__(self, survey: Survey, root: Element) -> None:
        self.survey = survey
        self.root = root
        self.set_aside: list[Element] = []
        self._stopped: list[int] | None = None  # where in the body sentences end; few ask for it
        self._listed = bytearray(len(survey.elements))
        end = 0
        for element in survey.listed:
            if element.index < end:
                continue
            for one in _list_at(survey, element, root):
                self._listed[one.index : one.end] = b"\1" * (one.end - one.index)
                end = one.end

    def left_out(self, element: Element) -> bool:
        """Whether an element is no part of the article.

        What cites or holds a reference list never is, nor what holds half of the page.
        """
        facts = self.survey[element]
        if element is self.root or facts.cites or self._listed[element.index]:
            return False
        if is_furniture(element) or (element.name == "header" and self.root.name == "body"):
            if facts.listed:
                self.set_aside.append(element)
            return True
        if self._names_authors(element):
            return True
        listed = facts.listed and not _is_address_of_a_figure(element, facts)
        return not listed and self._stands_around(element, facts)

    def _stands_around(self, element: Element, facts: Facts) -> bool:
        """Whether an element is beside the text, by its name or because it is hardly but links."""
        name = element.name
        if name in ("figure", "figcaption"):
            if name == "figcaption" and _signs_quotation(element):
                return False
            if not facts.image and not _SAID.isdisjoint(element.words):
                return False
            return not facts.figure and (facts.image or facts.text <= _CAPTION)
        if "caption" in element.words and _is_of_a_table(element):
            return False
        if name == "p":
            return facts.text <= _CAPTION and named_furniture(element)
        if name == "span":
            return "editsection" in element.words or _counts_paragraphs(element)
        if name not in _CONTAINERS or facts.text * 2 > self.survey[self.root].text:
            return False
        named = named_furniture(element) and not _is_lead(element)
        if name == "form" or named or is_teaser(element):
            return True
        if facts.image and facts.text <= _CAPTION and named_image(element):
            return True
        return name != "table" and facts.linked * 3 > facts.text * 2 and not self._stops(element)

    def _names_authors(self, element: Element) -> bool:
        """Whether an element is named for an author's name, or names authors with numbers.

        Those join them with where they work.
        """
        if element.name in HEADINGS:
            return element.words >= AUTHOR_NAME
        if element.name not in _LINES or element.facts.text > _LONGEST_AUTHORS:
            return False
        if _PEOPLE.isdisjoint(element.words):
            return False
        inside = self.survey.elements[element.index : element.end]
        return any(each.name == "sup" and each.facts.first.isdecimal() for each in inside)

    def _stops(self, element: Element) -> bool:
        """Whether a sentence ends in an element."""
        if self._stopped is None:
            self._stopped = [*_stopped(self.survey, self.root)]
        place = bisect_left(self._stopped, element.index)
        return place < len(self._stopped) and self._stopped[place] < element.end

    def lists_beside(self) -> Iterator[list[Element]]:
        """What may be a reference list and was not read with the body, in page order."""
        end = 0
        for element in self.survey.listed:
            if element.index < end or element.holds(self.root):
                continue
            aside = any(one.holds(element) for one in self.set_aside)
            if self.root.holds(element) and not aside:
                continue
            if part := _list_at(self.survey, element, self.root):
                end = part[-1].end
                yield part


def _signs_quotation(element: Element) -> bool:
    """Whether a caption is that of a quotation, and says whose it is."""
    figure = element.parent
    return figure is not None and any(
        isinstance(child, Element) and child.name == "blockquote" for child in figure.children
    )


def _is_address_of_a_figure(element: Element, facts: Facts) -> bool:
    """Whether an element is named a caption and is nothing but a link: no entry of a list."""
    return "caption" in element.words and facts.linked == facts.text


def _is_lead(element: Element) -> bool:
    """Whether what is named a teaser stands right below the headline, and leads to no page."""
    if "teaser" not in element.words or element.facts.heads or element.parent is None:
        return False
    if element.facts.linked * 2 > element.facts.text:
        return False
    above: Element | None = None
    for each in element.parent.children:
        if each is element:
            break
        above = each if isinstance(each, Element) else above
    return above is not None and above.name == "h1"


def _is_of_a_table(caption: Element) -> bool:
    """Whether what is named a caption stands beside a table, and not below a picture."""
    if caption.parent is None:
        return False
    beside = [each for each in caption.parent.children if isinstance(each, Element)]
    if len(beside) > _MOST_BESIDE:
        return False
    place = beside.index(caption)
    near = [*beside[max(0, place - 1) : place], *beside[place + 1 : place + 2]]
    return any(each.name == "table" or _frames_a_table(each) for each in near)


def _frames_a_table(element: Element) -> bool:
    inside = [each for each in element.children if isinstance(each, Element)]
    return len(inside) == 1 and inside[0].name == "table"


def _counts_paragraphs(element: Element) -> bool:
    """Whether an element holds the number of the paragraph or item that it opens, as printed."""
    if element.facts.text > _LONGEST_COUNT or not element.facts.first.strip("[]().§").isdecimal():
        return False
    called = element.words
    return not _COUNTS.isdisjoint(called) or any(called >= words for words in _COUNT)


def _stopped(survey: Survey, root: Element) -> Iterator[int]:
    """The elements of a body with text of their own in which a sentence ends, in page order."""
    place = root.index
    while place < root.end:
        element = survey.elements[place]
        if survey[element].left_out and element is not root:
            place = element.end
            continue
        texts = (child for child in element.children if isinstance(child, str))
        if element.name != "script" and any(STOP.search(text.strip()) for text in texts):
            yield place
        place += 1


def _list_at(survey: Survey, element: Element, body: Element) -> list[Element]:
    """What may be a reference list: a container that is one by its name, or a head and on."""
    facts = survey[element]
    if facts.left_out or not facts.listed:
        return []
    if facts.is_list:
        return [element]
    if may_head(element) and facts.head:
        found = list(_section(survey, element, body))
        return [] if _is_menu(survey, found) else found
    return []


def _is_menu(survey: Survey, section: Sequence[Element]) -> bool:
    """Whether what a head in the foot of a site stands above is nothing but links of few words.

    "Links: Our company, Careers, Contact" is a menu; what is counted is a list, and so is what is
    called sources, or stands in the foot of an article.
    """
    head, *rest = section
    if not rest or rest[0].facts.linked < rest[0].facts.text:
        return False
    if not is_beside(survey.opening(head)) or any(each.name in WHOLES for each in head.above()):
        return False
    if not any(each.name == "footer" or "footer" in each.words for each in head.above()):
        return False
    inside = survey.elements[rest[0].index : rest[0].end]
    short = all(each.facts.text <= _LONGEST_OF_MENU for each in inside if each.name == "a")
    return short and all(each.name != "ol" for each in inside)


def _section(survey: Survey, head: Element, body: Element) -> Iterator[Element]:
    """A head and what follows it up to the next heading, or up to the body."""
    node = head
    while (above := node.parent) is not None and not above.holds(body):
        if survey[above].text > survey[node].text:
            break
        node = above
    yield node
    if above is None:
        return
    place = node.end
    while place < above.end:
        sibling = survey.elements[place]
        is_next = may_head(sibling) and survey[sibling].head
        if is_next or sibling.name in HEADINGS or sibling.holds(body):
            return
        if sibling.facts.is_list or not named_furniture(sibling):
            yield sibling
        place = sibling.end
