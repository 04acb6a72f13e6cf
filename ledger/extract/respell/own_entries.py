"""Links from a paper to its own bibliography, as converters keep them -> their words.

"(Roe, [2020](https://a.example/p#bib.bib3))" becomes "(Roe, 2020)", and "[[3](…#bib.bib3)]" becomes
"[3]": the address is that of the paper itself, which cites the entry. Links to its own sections,
"Sec. [4](…#S4)", become words as well, and are no citations.
"""

import re
from collections import defaultdict

from ledger.letters import holds
from ledger.patterns import later

_TO = later(
    r"\[(?P<words>(?:\\.|[^\[\]\\\n]){1,200}+)\]"
    r"\(<?(?P<page>(?:https?://[^\s()<>#]{3,300}+)?)#(?P<kind>[A-Za-z_.:-]{1,40}+(?:[0-9]{5,9}[A-Za-z_.:-]{1,20}+)?)"
    r"0{0,3}(?P<number>[0-9]{0,4})(?P<rest>[\w.:-]{0,80})>?(?:\s\"[^\"\n]{0,300}\")?\)"
)
"""A link to a place of a page, whose name has a kind and a number: "#bib.bib3", "#B12-roads-03"."""
_HINT = later(r"\[[0-9]{1,3}\]\(<?https?://[^\s()<>#]{3,300}+#(?!:~:)[A-Za-z]")
_BIBLIOGRAPHY = later(r"[Bb]ib\.?(?:bib\.?)?")
_INSIDE = later(r"[\[(,;–-]\s?\Z")
"""What stands before a number that is in brackets already."""
_FEWEST, _FEWEST_UNNAMED = 2, 3
"""Entries that links lead to: of places that are called so, and of others."""


def without_own_links(text: str) -> str:
    """The text, its links into the page that it was made of as words. Never raises.

    It is left as it is where its links do not lead to a bibliography: most of the numbers that are
    links, each to the place of that number, and in brackets.
    """
    own = _own(text) if holds(text, "#bib") or _HINT.search(text) else None
    if own is None:
        return text
    page, kind = own

    def words(match: re.Match[str]) -> str:
        if match["page"] not in ("", page):
            return match[0]
        entry = match["kind"] == kind and match["number"] == match["words"]
        return f"[{match['words']}]" if entry and not _is_inside(match) else match["words"]

    return _TO.sub(words, text)


def _own(text: str) -> tuple[str, str] | None:
    """The page that the text was made of, and how the places of its entries are called."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    bracketed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for match in _TO.finditer(text):
        way = match["page"], match["kind"]
        if _BIBLIOGRAPHY.fullmatch(match["kind"]) and match["number"]:
            named[way].add(match["number"])
        elif match["number"] == match["words"] and match["page"] and _is_inside(match):
            bracketed[way].add(match["number"])
    for found, fewest in ((named, _FEWEST), (bracketed, _FEWEST_UNNAMED)):
        most, own = max(((len(found[each]), each) for each in found), default=(0, None))
        if most >= fewest:
            return own
    return None


def _is_inside(match: re.Match[str]) -> bool:
    at = match.start()
    return _INSIDE.search(match.string, max(0, at - 2), at) is not None
