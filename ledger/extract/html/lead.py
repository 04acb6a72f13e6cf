"""The lead of an article, which stands between its headline and its text, in no element with it.

It is too short to make what holds both the body of the page; so it is found by where it stands.
"""

import re
from collections.abc import Iterator

from ledger.extract.about import LONGEST, About, about
from ledger.extract.html.body import is_teaser
from ledger.extract.html.facts import Facts
from ledger.extract.html.names import BLOCKS, is_furniture, named_furniture
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of

_SHORTEST, _SHORTEST_DENSE = 40, 16
"""Characters of a lead at least: a date and a byline have fewer, and end no sentence."""
_MOST = 4
"""Paragraphs of a lead at most; what has more is a list of something else."""
_DENSE = "\u2e80"
"""Where Chinese, Japanese and Korean begin."""
_STOPPED = re.compile(r"[.!?…。！？।؟۔][\"'”’»)\]」』]{0,3}\s*\Z")
_CREDIT = re.compile(r"\A\W*(?:photo|image|foto|bild|©|\(c\)|copyright|picture)", re.I)
_REACH = 200
"""Elements between a headline and a text at most."""


def lead_of(survey: Survey, root: Element) -> list[Element]:
    """The paragraphs between the headline of the body and the body; none where it has its own."""
    headline = _headline_above(survey, root)
    if headline is None or root.index - headline.end > _REACH:
        return []
    found = list(_paragraphs(survey, headline.end, root))
    return found if len(found) <= _MOST else []


def said_above(survey: Survey, root: Element) -> Iterator[About]:
    """What the lines between the headline of the body and the body say of who wrote it and when."""
    headline = _headline_above(survey, root)
    if headline is None or root.index - headline.end > _REACH:
        return
    place = headline.end
    while place < root.index:
        element = survey.elements[place]
        short = 0 < element.facts.text <= LONGEST and not element.facts.left_out
        found = about(text_of(element, shown=True)) if short else None
        if found:
            yield found
        place = element.end if found else place + 1


def _headline_above(survey: Survey, root: Element) -> Element | None:
    """The last headline before the body, in the article or the part of the page that holds it."""
    before = [each for each in survey.named("h1") if not each.facts.left_out]
    if len(before) != 1 or before[0].end > root.index:
        return None  # it is in the body, or nothing tells which of them is its own
    return before[0]


def _paragraphs(survey: Survey, place: int, root: Element) -> Iterator[Element]:
    """What ends a sentence there, without furniture and what shows pictures."""
    while place < root.index:
        element = survey.elements[place]
        facts = element.facts
        if element.holds(root):
            place += 1
        elif _is_aside(survey, element):
            place = element.end
        elif element.name in BLOCKS and _is_prose(element, facts):
            yield element
            place = element.end
        else:
            place += 1


def _is_aside(survey: Survey, element: Element) -> bool:
    facts = element.facts
    named = named_furniture(element) or survey.is_beside(element)
    return (
        facts.left_out
        or not facts.text
        or is_furniture(element)
        or (named and "teaser" not in element.words)
        or is_teaser(element)
        or facts.image
        or element.name in ("figure", "figcaption", "aside", "nav", "a", "ul", "ol", "form")
    )


def _is_prose(element: Element, facts: Facts) -> bool:
    dense = facts.first[:1] >= _DENSE
    shortest = _SHORTEST_DENSE if dense else _SHORTEST
    if facts.text < shortest or facts.direct * 2 < facts.text:
        return False
    if facts.text - facts.direct > facts.linked:
        return False
    text = text_of(element, shown=True)
    dated = sum(map(str.isdigit, text)) * 5 > len(text)  # "Nov. 20, 2019, 1:35 a.m."
    return bool(_STOPPED.search(text)) and not dated and not _CREDIT.match(text)
