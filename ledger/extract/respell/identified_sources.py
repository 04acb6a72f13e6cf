"""Identifiers of works, and addresses without a scheme, behind the word "Source" -> links.

"Source: arXiv:2405.03453 (2024)", "(source: doi:10.1038/x)", "Sources: a.example.com/b; PMC123".
"""

import re

from ledger.extract.markers.bare import BARE_PAGE, read_bare_address
from ledger.extract.markers.identifiers import ONE, read_identified
from ledger.letters import holds
from ledger.patterns import later

_ENDS = r"(?=\s{0,2}(?:[;,()\]·|—–*_]|\.(?:\s|$)|\n|$))"
_ITEM = rf"(?:{ONE}|(?!www\.){BARE_PAGE}){_ENDS}"
_CALLED = later(
    r"ource(?<=[Ss]ource)(?<![\w-][Ss]ource)(?<![Oo]pen source)"
    r"s?[*_]{0,2}\s?[:：][*_]{0,2}\s{0,2}"
    rf"(?P<items>{_ITEM}(?:\s?[;,]\s{{1,2}}(?:and\s)?{_ITEM}){{0,30}}+)"
)
_SIGNS = ("doi:", "DOI", "rxiv:", "rXiv:", "PM")
"""How identifiers begin, one of which a text with any has."""
_EACH, _IDENTIFIER = later(_ITEM), later(ONE + _ENDS)
_CALLED_IN_BRACKETS = later(
    rf"[(\[](?<!\]\()[Ss]ources?:\s{{1,2}}(?=[AaDdP])(?={ONE}(?:[;,]\s{{1,2}}{ONE}){{0,30}}+[)\]])"
)
"""What stands before identifiers that brackets hold, which are markers without it."""


def with_identified_sources(text: str) -> str:
    """The text, identifiers that it calls its sources as links. Linear in it; never raises."""
    if not holds(text, "ource:", "ources:", "ource*", "ources*", "ource：", "ources："):
        return text
    if holds(text, "ource: ", "ources: ") and any(sign in text for sign in _SIGNS):
        text = _CALLED_IN_BRACKETS.sub(lambda called: called[0][0], text)
    return _CALLED.sub(_linked, text)


def _linked(called: re.Match[str]) -> str:
    text, begin = called.string, called.start()
    if text[max(0, begin - 2) : begin - 1] in ("(", "["):  # which addresses need no link to be
        link = _IDENTIFIER.sub(_link, called["items"])
    else:
        link = _EACH.sub(_link, called["items"])
    return text[begin : called.start("items")] + link


def _link(item: re.Match[str]) -> str:
    named = read_identified(f"({item[0]})") or read_bare_address(f"({item[0]})", called=True)
    if named is None or named.url is None:
        return item[0]
    page = named.url
    for scheme, site in (("doi:", "https://doi.org/"), ("arxiv:", "https://arxiv.org/abs/")):
        if page.lower().startswith(scheme):
            page = site + page[len(scheme) :].strip()
    return f"[{item[0]}](<{page}>)"
