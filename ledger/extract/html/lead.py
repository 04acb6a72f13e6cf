"""The lead of an article, which stands between its headline and its text, in no element with it.

It is too short to make what holds both the body of the page; so it is found by where it stands.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.extract.front.about import About, about
from ledger.extract.front.authors import LONGEST
from ledger.extract.html.body import is_teaser
from ledger.extract.html.facts import Facts
from ledger.extract.html.names import BLOCKS, PARAGRAPHS, is_furniture, named_furniture
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
_REACH, _NEAR = 200, 40
"""Elements between a headline and a text at most, and from a headline to its byline in a body."""


def lead_of(survey: Survey, root: Element) -> list[Element]:
    """The paragraphs between the headline of the body and the body; none where it has its own."""
    headline = _headline_above(survey, root)
    if headline is None or root.index - headline.end > _REACH:
        return []
    found = list(_paragraphs(survey, headline.end, root))
    return found if len(found) <= _MOST else []


def said_above(survey: Survey, root: Element) -> Iterator[About]:
    """What the lines between headline and text say of who wrote the text and when.

    Where the headline is in the body, those near it, which the body may leave out for their names.
    """
    headline = _headline(survey)
    if headline is None:
        return
    place, end = headline.end, root.index
    inside = root.holds(headline)
    if inside:
        end = min(place + _NEAR, root.end)
    elif end < place or end - place > _REACH:
        return
    while place < end:
        element = survey.elements[place]
        if (fact := _fact(element)) is not None:
            yield from fact
            place = element.end
            continue
        short = 0 < element.facts.text <= LONGEST and not element.facts.left_out
        lines = _lines(survey, element) if short else []
        found = [*filter(None, map(about, lines))]
        if inside and not found and element.name in PARAGRAPHS:
            if not short or _STOPPED.search(text_of(element, shown=True)):
                return  # the text begins
            place = element.end
            continue
        yield from found
        place = element.end if found else place + 1


def _fact(element: Element) -> Sequence[About] | None:
    """What a row of a table tells that says first what it is of; None for any other element.

    Only what its label says of the article: "Author | Ann Roe", and not "Born | 3 May 1952".
    """
    cells = [each for each in element.children if isinstance(each, Element)]
    if element.name != "tr" or not cells or cells[0].name != "th":
        return None
    said = about(": ".join(" ".join(text_of(cell, shown=True).split()) for cell in cells[:2]))
    return [said] if said is not None and said.labelled else []


def _lines(survey: Survey, element: Element) -> list[str]:
    """What an element says, line by line; none where blocks in it part its text."""
    inside = survey.elements[element.index + 1 : element.end]
    if any(each.name in BLOCKS and 0 < each.facts.text < element.facts.text for each in inside):
        return []
    if not any(each.name == "br" for each in inside):
        return [text_of(element, shown=True)]
    lines = text_of(element, shown=True, at_break="\0").split("\0")  # no page has this character
    return [" ".join(line.split()) for line in lines if line.strip()]


def _headline(survey: Survey) -> Element | None:
    """The headline of a page; None where it has none or several, and nothing tells its own."""
    found = [each for each in survey.named("h1") if not each.facts.left_out]
    return found[0] if len(found) == 1 else None


def _headline_above(survey: Survey, root: Element) -> Element | None:
    """The headline that stands before the body; None where it is in the body."""
    headline = _headline(survey)
    return headline if headline and headline.end <= root.index else None


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
    dated = sum(map(str.isdecimal, text)) * 5 > len(text)  # "Nov. 20, 2019, 1:35 a.m."
    return bool(_STOPPED.search(text)) and not dated and not _CREDIT.match(text)
