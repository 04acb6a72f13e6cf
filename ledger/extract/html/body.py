"""Survey -> the element that holds the article, and what in it is no part of the article."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ledger.extract.html.facts import Facts
from ledger.extract.html.names import (
    HEADINGS,
    PARAGRAPHS,
    is_furniture,
    may_head,
    named_furniture,
    named_image,
)
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of

_LABEL = 80
"""Characters of a paragraph that count nothing: captions and teasers are hardly longer."""
_FIRST_DENSE, _DENSE = "\u2e80", 2.5
"""Where Chinese, Japanese and Korean begin, and how many letters one of their characters says."""
_DECAY = 0.6
"""What a paragraph gives to each further element above it, of what it gives to the last."""
_REACH = 5
_BESIDE = 0.12
"""Share of its own prose from which on what stands beside the core belongs to the body, too."""
_TEASER = 700
"""Characters of a teaser at most: a heading, a summary, a date."""
_CAPTION = 300
_LINES = frozenset(["p", "div", "ul", "ol", "section"])
_PEOPLE = frozenset("authors affiliation affiliations aff affs contributors contribs".split())
_LONGEST_AUTHORS = 3_000
_AUTHOR_NAME = frozenset(["author", "name"])
_MOST_BESIDE = 500
_FEWEST_LINES, _LONGEST_LINE = 4, 1_500
"""How many containers side by side that hold no block are paragraphs, and how long one is."""
_OF_ENTRIES = frozenset("ol ul dl table tbody".split())
_SAID = frozenset("callout admonition note tip info warning".split())
"""What a figure is called that is used as a box around words of the text."""
_COUNTS = frozenset("paranumber paranum parnum pnum linenumber linenum".split())
_COUNT = frozenset(["paragraph", "number"])
_LONGEST_COUNT = 6
_TEASERS = frozenset(["div", "li", "section", "article"])
_STOP = re.compile(r"[.!?…。！？।؟۔](?:(?<=[。！？।؟۔])|[\"'”’»)\]]{0,4}(?:\s|$))")
_WHOLES = frozenset(["article", "main"])
_MOST_PARTS = 20
"""An article is not twenty times as long as the block of it that has most text."""
_SHORTEST_BLOCK, _MOST_INSIDE = 40, 200
_CONTAINERS = frozenset("div section ul ol dl table aside details form article header".split())
"""What may be left out for its name or for being nothing but links."""


def body_of(survey: Survey, markers: Iterable[int]) -> Element:
    """The element that holds the article: its paragraphs stand close together.

    Each paragraph gives its length, less that of a label, to the elements above it, ever less the
    farther they are. The element with most is the core; what stands beside it and holds a
    considerable part of the prose belongs to it, and so does what holds half of the markers.

    Args:
        survey: The page.
        markers: Indices of the links that lead to notes.
    """
    weight, score = _weighed(survey)
    best = max(score)
    if not best:
        return _anything(survey)
    core = survey.elements[score.index(best)]
    while core.name in _OF_ENTRIES and core.parent is not None:
        core = core.parent  # a long list of sources is no article, and stands in one
    node = core
    for above in core.above():
        if above.name == "html":
            break
        if weight[above.index] - weight[node.index] > _BESIDE * weight[core.index]:
            core = above
        node = above
    return _with_markers(_with_blocks_alike(survey, core), sorted(markers))


def _with_blocks_alike(survey: Survey, core: Element) -> Element:
    """The body with the blocks beside it that are made as it is: a system may part an article.

    They are named and classed alike, hold sentences, and are parts of one article.
    """
    article = next((each for each in core.above() if each.name in _WHOLES), None)
    if article is None or core.facts.text * _MOST_PARTS < article.facts.text:
        return core
    for node in (core, *core.above()):
        above = node.parent
        if node is article or above is None:
            break
        for other in above.children:
            if not isinstance(other, Element) or other is node or other.name != node.name:
                continue
            if other.get("class") == node.get("class") and _is_prose_block(survey, other):
                core = above
                break
    return core


def _is_prose_block(survey: Survey, element: Element) -> bool:
    """Whether a block holds a paragraph that ends a sentence, and is no furniture."""
    facts = element.facts
    if facts.left_out or facts.linked * 2 > facts.text or facts.text < _SHORTEST_BLOCK:
        return False
    if is_furniture(element) or named_furniture(element) or survey.is_beside(element):
        return False
    if is_teaser(element) or facts.image:
        return False
    inside = survey.elements[element.index : element.end]
    return any(
        each.name == "p" and not each.facts.left_out and _STOP.search(text_of(each).strip())
        for each in inside[:_MOST_INSIDE]
    )


def _with_markers(core: Element, markers: Sequence[int]) -> Element:
    for node in (core, *core.above()):
        inside = bisect_left(markers, node.end) - bisect_left(markers, node.index)
        if inside * 2 >= len(markers):
            return node
    return core


def _weighed(survey: Survey) -> tuple[list[float], list[float]]:
    """By index of each element: the prose in it, and what the paragraphs in it give it."""
    elements = survey.elements
    weight = [0.0] * len(elements)
    score = [0.0] * len(elements)
    lines: dict[int, bool] = {}
    for element in _near(survey):
        if element.name in HEADINGS:
            continue  # a long one is the lead of what follows
        length = survey.own_prose(element) * _density(element.facts) - _LABEL
        if length <= 0:
            continue
        weight[element.index] += length
        given = float(length)
        node = element.parent if element.name in PARAGRAPHS else _line_above(element, lines)
        for _ in range(_REACH):
            if node is None:
                break
            score[node.index] += given
            given *= _DECAY
            node = node.parent
    for place in range(len(elements) - 1, 0, -1):
        above = elements[place].parent
        if weight[place] and above is not None:
            weight[above.index] += weight[place]
    return weight, score


def _line_above(element: Element, lines: dict[int, bool]) -> Element | None:
    """The element itself, or what holds it where it is used as a paragraph, among its like.

    Args:
        element: With prose, and no paragraph by its name.
        lines: By index of an element above, whether it holds such lines; asked once for each.
    """
    if element.name != "div" or not _is_unparted(element):
        return element
    line = element
    for _ in range(_REACH):
        above = line.parent
        if above is None or above.name != "div" or above.facts.text > element.facts.text:
            break
        line = above  # nothing but a frame around it
    above = line.parent
    if above is None:
        return element
    if above.index not in lines:
        like = [one for one in above.children if isinstance(one, Element) and one.name == "div"]
        prose = sum(one.facts.linked < one.facts.text <= _LONGEST_LINE for one in like)
        lines[above.index] = prose >= _FEWEST_LINES and prose * 4 > len(like) * 3
    return above if lines[above.index] else element


def _is_unparted(element: Element) -> bool:
    facts = element.facts
    return 0 < facts.text <= _LONGEST_LINE and facts.direct >= facts.text - facts.linked


def _near(survey: Survey) -> Iterator[Element]:
    """The elements with more text than a label, without furniture and what nobody is shown."""
    place = 0
    while place < len(survey.elements):
        element = survey.elements[place]
        facts = element.facts
        aside = (
            facts.text * _density(facts) <= _LABEL
            or facts.left_out
            or element.name == "a"
            or survey.is_beside(element)
            or is_teaser(element)
        )
        if aside:
            place = element.end
        else:
            yield element
            place += 1


def _density(facts: Facts) -> float:
    return _DENSE if facts.first[:1] >= _FIRST_DENSE else 1.0


def is_teaser(element: Element) -> bool:
    """Whether an element announces another page: a linked heading, and a few lines at most."""
    facts = element.facts
    if element.name not in _TEASERS or facts.heads != 1 or facts.text > _TEASER:
        return False
    return facts.linked_head


def _anything(survey: Survey) -> Element:
    """The body of a page without a paragraph worth the name: by its tag, if that holds half."""
    body = next((e for e in survey.elements if e.name == "body"), survey.elements[0])
    for kind in ("article", "main"):
        named = [e for e in survey.elements if kind in (e.name, e.get("role"))]
        best = max(named, key=lambda element: survey[element].prose, default=body)
        if 0 < survey[best].prose * 2 >= survey[body].prose:
            return best
    return body


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
        return not facts.listed and self._stands_around(element, facts)

    def _stands_around(self, element: Element, facts: Facts) -> bool:
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
            return element.words >= _AUTHOR_NAME
        if element.name not in _LINES or element.facts.text > _LONGEST_AUTHORS:
            return False
        if _PEOPLE.isdisjoint(element.words):
            return False
        inside = self.survey.elements[element.index : element.end]
        return any(each.name == "sup" and each.facts.first.isdigit() for each in inside)

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
    """Whether an element holds the number of the paragraph that it opens, as it is printed."""
    if element.facts.text > _LONGEST_COUNT or not element.facts.first.strip("[]().§").isdigit():
        return False
    return not _COUNTS.isdisjoint(element.words) or element.words >= _COUNT


def _stopped(survey: Survey, root: Element) -> Iterator[int]:
    """The elements of a body with text of their own in which a sentence ends, in page order."""
    place = root.index
    while place < root.end:
        element = survey.elements[place]
        if survey[element].left_out and element is not root:
            place = element.end
            continue
        texts = (child for child in element.children if isinstance(child, str))
        if element.name != "script" and any(_STOP.search(text.strip()) for text in texts):
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
        return list(_section(survey, element, body))
    return []


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
