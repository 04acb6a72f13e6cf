"""Address -> the news agency whose story it is, as far as the address itself shows.

Portals and papers print what agencies write, and many say so in the path: /wires/reuters/...,
/agencia-efe/.... Counted by its host alone such a page looks like a voice of its own. Only a whole
segment counts, and not behind one that says what pages are about (/topic/reuters/).
"""

import re
from functools import cache, lru_cache
from itertools import pairwise
from urllib.parse import unquote

from ledger import outlets
from ledger.outlets import Publisher

_SEPARATORS = re.compile(r"[\s_.+-]+")
_PARTED = str.maketrans("_.+-/", "     ")
_LEADS_IN = frozenset("wire wires newswire agency agencies agencia agencias agence agenzia".split())
_TOPICS = frozenset(
    "topic topics tag tags subject subjects company companies organization organizations people "
    "person author authors search thema themen tema temas sujet tags".split()
)
"""Segments behind which a name is what the page is about."""
_AGENCY = "wire"
_PLATFORMS = ("platform", "platform-account")


@lru_cache(maxsize=4096)
def origin_of(url: str) -> Publisher | None:
    """The agency that the path of an address names; None where it names none, or its own outlet.

    Args:
        url: As `urls.normalise` gives it.

    Never raises.
    """
    path = url.partition("://")[2].partition("?")[0].partition("/")[2]
    path = (unquote(path) if "%" in path else path).lower()
    folders = path.strip("/").rpartition("/")[0]  # what is behind them is the story
    if _first_words().isdisjoint(folders.translate(_PARTED).split()):
        return None  # as most paths
    for above, segment in pairwise(["", *folders.split("/")]):
        found = None if above in _TOPICS else _agency(segment)
        if found is not None:
            return found if _passes_on(url, found) else None
    return None


@cache
def _first_words() -> frozenset[str]:
    """The folded words that names of agencies begin with."""
    return frozenset(outlets.first_words(_AGENCY))


def _passes_on(url: str, agency: Publisher) -> bool:
    """Whether somebody else publishes there; an account on a platform may be the agency's own."""
    publisher = outlets.outlet_of(url)
    return publisher is not None and publisher != agency and publisher.kind not in _PLATFORMS


def _agency(segment: str) -> Publisher | None:
    words = [word for word in _SEPARATORS.split(segment) if word]
    if words[:1] and words[0] in _LEADS_IN:
        words = words[1:]
    for phrase in outlets.phrases_of(words[0]) if words else ():
        if [*phrase.tokens] == words and phrase.key is not None and not phrase.ambiguous:
            return outlets.keyed(phrase.key) if outlets.kind_of(phrase.key) == _AGENCY else None
    return None
