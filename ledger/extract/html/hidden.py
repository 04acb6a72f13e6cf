"""Reference lists that nobody is shown until they click, or that nothing names as such.

Other parts of a page are hidden, too: next stories, copies for other screens, drafts; and what is
most read is counted. So these lists are read only where a page shows no other.
"""

import re
from collections.abc import Iterator, Set

from ledger.extract.html.facts import Facts
from ledger.extract.html.names import NEVER
from ledger.extract.html.siblings import Before
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.lists.heads import is_head

_MAY_LIST = ("ul", "ol", "div", "section", "aside", "footer")
_NUMBERED = re.compile(r"\s*\[([0-9]{1,4})\]")
_LONGEST_HEAD = 80
"""Characters of a head, as many as `is_head` takes, and as many elements in it at most."""
_FRAMES = 3
"""Elements around a list that may stand between it and its head. Chosen."""
_FEWEST = 2
"""Items with labels that the page cites: one is chance."""
_MOST = 20
"""A list may be folded by its parts; a page that hides more hides something else."""


def hidden_lists(survey: Survey) -> list[Element]:
    """The hidden elements that may be reference lists: by what is in them, or the head above.

    An empty list where they are many.
    """
    before = Before()
    found = [element for element in _hidden(survey) if _is_list(element, before)]
    return found if len(found) <= _MOST else []


def counted_lists(survey: Survey, *, of_links: bool) -> list[Element]:
    """The lists that count, beside a text or below it; none where they are many.

    Args:
        survey: The page.
        of_links: Whether links are most of what they say; else they have links.
    """
    fits = _is_of_links if of_links else _has_links
    found = [each for each in survey.named("ol") if fits(each.facts)]
    return found if len(found) <= _MOST else []


def labelled_lists(survey: Survey, cited: Set[str]) -> list[Element]:
    """The lists of which most items open with labels that a page cites, "S1" or "Source 1".

    Blocks in one element are such a list, too, where they open with numbers in brackets, "[1]". An
    empty list where they are many.
    """
    found: list[Element] = []
    for element in (each for name in _MAY_LIST for each in survey.named(name)):
        items = [each for each in element.children if isinstance(each, Element)]
        if len(items) < _FEWEST:
            continue
        if element.name in ("ul", "ol"):
            opening = [each.facts.first.strip("[]().: ").rpartition(" ")[2] for each in items]
        else:
            opening = [number[1] for each in items if (number := _NUMBERED.match(each.facts.first))]
        labelled = sum(label in cited for label in opening)
        if labelled >= _FEWEST and labelled * 2 >= len(items) and not element.facts.left_out:
            found.append(element)
    return found if len(found) <= _MOST else []


def _is_of_links(facts: Facts) -> bool:
    return not facts.left_out and 0 < facts.text < facts.linked * 2


def _has_links(facts: Facts) -> bool:
    return not facts.left_out and facts.linked > 0


def _hidden(survey: Survey) -> Iterator[Element]:
    """The hidden elements with text, the outermost, in page order."""
    end = 0
    for element in survey.unseen:
        if element.index >= end and element.facts.text and element.name not in NEVER:
            end = element.end
            yield element


def _is_list(element: Element, before: Before) -> bool:
    if element.facts.listed:
        return True
    node = element
    for _ in range(_FRAMES):
        head = before.of(node)
        if isinstance(head, Element):
            short = head.end - head.index <= _LONGEST_HEAD and head.facts.text <= _LONGEST_HEAD
            return short and is_head(" ".join(text_of(head).split()))
        if head is not None or node.parent is None:
            return False
        node = node.parent
    return False
