"""Survey -> the element that holds the article."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from ledger.extract.html.facts import Facts
from ledger.extract.html.names import (
    HEADINGS,
    PARAGRAPHS,
    WHOLES,
    is_furniture,
    named_furniture,
)
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, is_headed_section, text_of

_LABEL = 80
"""Characters of a paragraph that count nothing: captions and teasers are hardly longer."""
_FIRST_DENSE, _DENSE = "\u2e80", 2.5
"""Where Chinese, Japanese and Korean begin, and how many letters one of their characters says."""
_DECAY = 0.6
"""What a paragraph gives to each further element above it, of what it gives to the last."""
_REACH = 5
"""Elements above a paragraph that it gives to, and containers around a line: by then a paragraph
gives an eighth (`_DECAY`)."""
_BESIDE = 0.12
"""Share of its own prose from which on what stands beside the core belongs to the body, too."""
_TEASER = 700
"""Characters of a teaser at most: a heading, a summary, a date."""
_FEWEST_LINES, _LONGEST_LINE = 4, 1_500
"""How many containers side by side that hold no block are paragraphs, and how long one is."""
_OF_ENTRIES = frozenset("ol ul li dl table tbody".split())
_TEASERS = frozenset(["div", "li", "section", "article"])
STOP = re.compile(r"[.!?…。！？।؟۔](?:(?<=[。！？।؟۔])|[\"'”’»)\]]{0,4}(?:\s|$))")
"""Where a sentence ends."""
_MOST_PARTS = 20
"""An article is not twenty times as long as the block of it that has most text."""
_SHORTEST_BLOCK, _MOST_INSIDE = 40, 200
"""Characters of a block that stands beside the core and is prose: half a line, as of a lead. And
elements of it that are looked at. Chosen, both."""


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


def whole_body(survey: Survey) -> Element:
    """The body of a page, whatever stands in it; the page itself where there is none."""
    return next(iter(survey.named("body")), survey.elements[0])


def _with_blocks_alike(survey: Survey, core: Element) -> Element:
    """The body with the blocks beside it that are made as it is: a system may part an article.

    They are named and classed alike, hold sentences, and are parts of one article.
    """
    article = next((each for each in core.above() if each.name in WHOLES), None)
    if article is None and is_headed_section(core):
        article = whole_body(survey)
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
        each.name == "p" and not each.facts.left_out and STOP.search(text_of(each).strip())
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
            or (element.name == "pre" and _is_code(element))
        )
        if aside:
            place = element.end
        else:
            yield element
            place += 1


def _is_code(element: Element) -> bool:
    """Whether preformatted text says that it is code, or each word of it has its own colour."""
    plain = 0
    for child in element.children:
        if isinstance(child, str):
            plain += len(child.strip())
        elif child.name == "code":
            return True
    return plain * 2 < element.facts.text


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
    body = whole_body(survey)
    for kind in ("article", "main"):
        named = [e for e in survey.elements if kind in (e.name, e.get("role"))]
        best = max(named, key=lambda element: survey[element].prose, default=body)
        if 0 < survey[best].prose * 2 >= survey[body].prose:
            return best
    return body
