"""Blocks of an article that stand beside its body and cite: standfirsts, key points, verdicts.

They are too short to make what holds both the body of the page. A block without a source of its own
may be anything that surrounds articles, and stays out.
"""

from collections.abc import Iterator, Sequence

from ledger.extract.html.body import is_teaser
from ledger.extract.html.links import targets
from ledger.extract.html.names import WHOLES, is_furniture, named_furniture
from ledger.extract.html.navigation import is_own
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.passing_on import passes_on

_SENTENCES = frozenset(["p", "li", "blockquote"])
_SHORTEST, _LONGEST = 24, 4_000
"""Characters of a sentence at least, and of a block at most."""
_FEWEST_SAID = 8
"""Characters of a sentence beside its links: "Data are at https://…"."""
_MOST_ELEMENTS, _MOST_BLOCKS = 300, 20
"""Elements of a block, and blocks of a page: with more they are a part of the site, and none is
read. Chosen; the largest block measured has 125."""


def blocks_beside(
    survey: Survey, root: Element, known: Sequence[Element], own: str | None
) -> tuple[list[Element], list[Element]]:
    """Such blocks before and behind the body, in page order; none of a page without an article.

    `known` is what is read already of what stands above the body; `own` the host of the page, as in
    `navigation.is_navigation`.
    """
    above = [*root.above()]
    whole = next((each for each in reversed(above) if each.name in WHOLES), None)
    if whole is None:
        return [], []
    found: list[Element] = []
    node = root
    for parent in above:
        for other in parent.children:
            if isinstance(other, Element) and other is not node and _cites(survey, other, own):
                found.append(other)
        if parent is whole:
            break
        node = parent
    if len(found) > _MOST_BLOCKS:
        return [], []
    found = [each for each in found if not any(map(each.holds, known))]
    found.sort(key=lambda each: each.index)
    before = [each for each in found if each.index < root.index]
    return before, found[len(before) :]


def _cites(survey: Survey, block: Element, own: str | None) -> bool:
    facts = block.facts
    if facts.left_out or facts.listed or not _SHORTEST <= facts.text <= _LONGEST:
        return False
    if facts.linked * 4 > facts.text * 3 or block.end - block.index > _MOST_ELEMENTS:
        return False
    named = is_furniture(block) or named_furniture(block) or survey.is_beside(block)
    if named or is_teaser(block) or block.name in ("figure", "form", "table", "ul", "ol"):
        return False
    return any(_leads_out(sentence, survey, own) for sentence in _sentences(survey, block))


def _sentences(survey: Survey, block: Element) -> Iterator[Element]:
    for each in survey.elements[block.index : block.end]:
        facts = each.facts
        said = facts.text - facts.linked
        if each.name in _SENTENCES and not facts.left_out and said >= _FEWEST_SAID:
            yield each


def _leads_out(sentence: Element, survey: Survey, own: str | None) -> bool:
    """Whether a sentence has a link to another site that is there to prove something."""
    for link in survey.elements[sentence.index : sentence.end]:
        if link.name != "a":
            continue
        for target in targets(link):
            elsewhere = target.startswith("http") and not is_own(target, own)
            if elsewhere and not passes_on(target, text_of(link)):
                return True
    return False
