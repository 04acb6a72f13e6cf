"""What a page hides until a reader unfolds it, and is text of the article all the same.

The part below a heading that folds it, what a tab shows, and what only a class hides until a script
shows it, if there are paragraphs in it. Menus, dialogs and copies for other screens are hidden,
too, and stay so.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ledger.extract.html.names import HEADINGS, is_called_hidden, is_hidden
from ledger.extract.html.tree import Element

_UNFOLDING = frozenset(
    "accordion collapse collapsible expander faq toggle toggler disclosure".split()
)
"""What a control is named that unfolds a part of a text."""
_FOLDS = _UNFOLDING | {"tab", "question"}
_HEADS = HEADINGS | {"dt", "summary"}
_PANEL = "tabpanel"
_PARAGRAPHS = 3


def unfolded(elements: Sequence[Element]) -> frozenset[int]:
    """The indices of such elements. Linear in the page."""
    hidden = [each for each in elements if each.attrs and is_hidden(each.attrs)]
    if not hidden:
        return frozenset()
    controlled = {
        each.get("aria-controls")
        for each in elements
        if "aria-controls" in each.attrs and _unfolds(each)
    }
    before = dict(_headed(hidden))
    paragraphs = [each.index for each in elements if each.name == "p"]
    return frozenset(
        each.index
        for each in hidden
        if each.get("role") == _PANEL
        or each.get("id") in controlled
        or before.get(each.index)
        or (is_called_hidden(each.attrs) and _are_held(paragraphs, each))
    )


def _are_held(paragraphs: Sequence[int], element: Element) -> bool:
    """Whether as many of some paragraphs stand in an element as make a text."""
    begin, end = bisect_left(paragraphs, element.index), bisect_left(paragraphs, element.end)
    return end - begin >= _PARAGRAPHS


def _unfolds(control: Element) -> bool:
    """Whether a control is a tab, stands in a heading, or is named for what it does."""
    if control.get("role") == "tab" or not _UNFOLDING.isdisjoint(control.words):
        return True
    above = control.parent
    return control.name in _HEADS or (above is not None and above.name in _HEADS)


def _heads(element: Element) -> bool:
    """Whether an element heads what is folded below it: a heading, or named for it."""
    return element.name in _HEADS or not _FOLDS.isdisjoint(element.words)


def _headed(hidden: Sequence[Element]) -> Iterator[tuple[int, bool]]:
    """Of hidden elements, whether a heading stands right before them; each parent is read once."""
    seen: set[int] = set()
    for element in hidden:
        above = element.parent
        if above is None or above.index in seen:
            continue
        seen.add(above.index)
        last: Element | None = None
        for child in above.children:
            if isinstance(child, Element):
                yield child.index, last is not None and _heads(last)
                last = child
            elif child.strip():
                last = None
