"""What a page hides until a reader unfolds it, and is text of the article all the same.

The part below a heading that folds it, and what a tab shows. Menus, dialogs and copies for other
screens are hidden, too, and stay so.
"""

from collections.abc import Iterator, Sequence

from ledger.extract.html.names import HEADINGS, is_hidden
from ledger.extract.html.tree import Element

_UNFOLDING = frozenset(
    "accordion collapse collapsible expander faq toggle toggler disclosure".split()
)
"""What a control is named that unfolds a part of a text."""
_FOLDS = _UNFOLDING | {"tab", "question"}
_HEADS = HEADINGS | {"dt", "summary"}
_PANEL = "tabpanel"


def unfolded(elements: Sequence[Element]) -> frozenset[int]:
    """The indices of elements that are hidden until a reader unfolds them. Linear in the page."""
    hidden = [each for each in elements if each.attrs and is_hidden(each.attrs)]
    if not hidden:
        return frozenset()
    controlled = {
        each.get("aria-controls")
        for each in elements
        if "aria-controls" in each.attrs and _unfolds(each)
    }
    before = dict(_headed(hidden))
    return frozenset(
        each.index
        for each in hidden
        if each.get("role") == _PANEL or each.get("id") in controlled or before.get(each.index)
    )


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
