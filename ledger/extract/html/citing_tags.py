"""Buttons, and tags of a site's own, that cite -> the elements that others cite with.

What a page calls a citation may be a button or a span with the address in an attribute, a number
that a tag of its own sets high, or a button that unfolds the sources.
"""

import re

from selectolax.lexbor import LexborNode

from ledger.extract.html.hints import words_of
from ledger.extract.html.tree import Element
from ledger.patterns import later

_AROUND = frozenset(["span", "sup"])
"""What may hold the button of a note and nothing else."""
_MAY_UNFOLD = frozenset(["h2", "h3", "h4", "h5", "h6", "dt"])
_NUMBER = later(r"[\s\u200b\u2060\ufeff]*\[?[0-9]{1,3}\]?[\s\u200b\u2060\ufeff]*")
"""A number, maybe in brackets; what keeps it on the line of the word before it has no width."""
_BRACKETED = later(r"\s*\[[^\[\]]{1,120}\]\s*")
_FEWEST_WORDS = 3
"""Words of a sentence at least: "Likes", "View comments" are the names of what is counted."""
_UNFOLDS = later(
    r"\W{0,20}(?:(?:show|view|see|hide|all) )?(?:[0-9]{1,3} )?(?:sources?|references|citations"
    r"|works cited|footnotes|quellen|références|fuentes|referencias|fonti|fontes|bronnen"
    r"|источники|来源|來源|参考资料|参考文献|參考資料|出典|출처)(?:\s?[(（]?[0-9]{1,3}[)）]?)?\W{0,20}",
    re.I,
)
_EXPLAINS = ("aria-describedby", "popovertarget")
"""How a button names the note that it shows."""
_MAY_CITE = later(r"cit|ref|source", re.I)
_CITING = frozenset("cite cites citation citations source sources reference references".split())
_TARGETS = frozenset(
    ("data-url", "data-href", "data-source-url", "data-link", "data-pplx-citation-url")
)


def cited_in(
    name: str, node: LexborNode, attrs: dict[str, str | None]
) -> tuple[str, dict[str, str | None]]:
    """What a span, or a tag that a site made up, is besides: a chip, or a number set high.

    Args:
        name: The tag.
        node: The element.
        attrs: Its attributes.

    Returns:
        The tag and the attributes to read it by; as they were for what cites nothing.
    """
    if not _TARGETS.isdisjoint(attrs) and (chip := _chip(attrs)):
        return "a", chip
    return ("sup" if _is_number(name, node, attrs) else name), attrs


def shown_by(
    button: LexborNode, attrs: dict[str, str | None], parent: Element
) -> tuple[str, dict[str, str | None]]:
    """What a button is besides: a chip, a number, a head, or words of one; else a button.

    Args:
        button: The element.
        attrs: Its attributes.
        parent: The element it stands in, with what stands before it there.

    Returns:
        The tag and the attributes to read it by.
    """
    if chip := _chip(attrs):
        return "a", chip
    note = next((attrs[name] for name in _EXPLAINS if attrs.get(name)), None)
    if note and _NUMBER.fullmatch(button.text(deep=True)):
        return "a", {**attrs, "href": f"#{note}", "role": "doc-noteref"}
    if _is_number("button", button, attrs) or _counts_in_prose(button, parent):
        return "sup", attrs
    called = not _CITING.isdisjoint(words_of(attrs.get("class") or ""))
    if called and _BRACKETED.fullmatch(button.text(deep=True)):
        return "span", attrs
    if _UNFOLDS.fullmatch(button.text(deep=True)):
        return "summary", attrs  # it unfolds the list below it
    folds = parent.name in _MAY_UNFOLD and "aria-controls" in attrs
    return "span" if folds else "button", attrs


def _counts_in_prose(button: LexborNode, parent: Element) -> bool:
    """Whether a button is a number right behind words of a sentence, or behind another such one.

    It may be all of an element that sets it high or names it.
    """
    siblings = parent.children
    if not siblings and parent.name in _AROUND and parent.parent is not None:
        siblings = parent.parent.children[:-1]
    before = siblings[-1] if siblings else ""
    if isinstance(before, str):
        behind = len(before.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS
    else:
        behind = before.name == "sup"
    return behind and _NUMBER.fullmatch(button.text(deep=True)) is not None


def _chip(attrs: dict[str, str | None]) -> dict[str, str | None] | None:
    """The attributes of a link for a button or a span that a page calls a citation of an address.

    None for any other. Its words are the name of the source.
    """
    if _CITING.isdisjoint(words_of(attrs.get("class") or "")):
        return None
    found = (attrs[name] or "" for name in sorted(_TARGETS.intersection(attrs)))
    target = next((each for each in found if each.startswith(("https://", "http://"))), None)
    return {**attrs, "href": target, "class": f"{attrs['class']} chip"} if target else None


def _is_number(name: str, node: LexborNode, attrs: dict[str, str | None]) -> bool:
    """Whether an element that a page calls a citation shows a number and nothing else."""
    called = attrs.get("class") or ""
    called_so = _MAY_CITE.search(called) is not None and not _CITING.isdisjoint(words_of(called))
    if not called_so and name != "cite":
        return False
    return _NUMBER.fullmatch(node.text(deep=True)) is not None
