"""The abstract of a paper, which stands above its text in an element of its own.

It is too short to make what holds both the body of the page; so it is found by what it is called.
"""

import re
from collections.abc import Iterator

from ledger.extract.html.hints import ABSTRACT
from ledger.extract.html.names import HEADINGS, is_furniture
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element

_HEADS = frozenset(
    "abstract summary zusammenfassung kurzfassung résumé resumen resumo riassunto sommario "
    "samenvatting sammanfattning sammendrag streszczenie abstrakt özet аннотация реферат резюме "
    "摘要 要旨 抄録 초록 ملخص".split()
)
_WORD = re.compile(r"\w+")
_SHORTEST = 80
"""Characters of prose in an abstract at least."""
_LONGEST_HEAD = 20
"""Characters of its heading: the longest of these words has 15, with a number or a colon."""


def abstract_of(survey: Survey, root: Element) -> Element | None:
    """The element above the body that holds the abstract; None when there is none."""
    for element in _candidates(survey):
        if element.index >= root.index or survey.is_beside(element):
            continue
        for node in (element, *element.above()):
            if node.holds(root) or node.facts.left_out or is_furniture(node):
                break
            if node.facts.prose >= _SHORTEST:
                return node
    return None


def _candidates(survey: Survey) -> Iterator[Element]:
    """What is called an abstract and says so, and the headings that say that one follows."""
    for named in survey.hinted(ABSTRACT, survey.elements[0]):
        word = _WORD.match(survey.opening(named))
        if word and word[0].casefold() in _HEADS:
            yield named
    for heading in (each for name in sorted(HEADINGS) for each in survey.named(name)):
        short = 0 < heading.facts.text <= _LONGEST_HEAD
        if short and survey.opening(heading).strip(" :.").casefold() in _HEADS:
            yield heading
