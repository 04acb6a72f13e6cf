"""Links side by side -> where they end, and whether their words are names of sources."""

import re
from collections.abc import Sequence

from ledger import outlets
from ledger.document import Mention
from ledger.letters import is_small
from ledger.patterns import later

STOPS_INSIDE = later(r"[.!?…][\"”’)]{0,2}\s{1,4}[^\W\d_a-z]|[。！？].")
"""Another sentence behind the first: then a line says more than its sources."""
LONGEST_LINE = 300
"""Characters of a line that says nothing but its sources."""
STOPS = frozenset(".!?…。！？")
LONGEST_NAME = 5
"""Words of the name of a source."""
YEAR = r"(?:,?\s(?:1[5-9]|20)[0-9]{2}[a-z]?)?"
_BETWEEN = later(
    rf"{YEAR}\]?\s{{0,3}}(?:[,;|/&·•，；、]|and\b|und\b|et\b|y\b|и\b)?\s{{0,3}}\[?", re.I
)
_GENERIC = frozenset(
    "source sources link url article original here quelle fuente enlace fonte lien источник ссылка "
    "来源 出典 原文 链接 原文链接 阅读原文 元記事 記事 リンク 출처 원문 링크 기사".split()
)
ADDRESS = later(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}", re.I)


def links_of(offset: int, mentions: Sequence[Mention]) -> dict[int, int]:
    """Where the words of each link of a block begin and end, in the block, in order.

    Args:
        offset: Where the block begins in the text.
        mentions: Those of the block; addresses alone, which have no words, are left out.
    """
    return {m.at - m.anchor - offset: m.at - offset for m in mentions if m.anchor}


def run(prose: str, begin: int, links: dict[int, int]) -> tuple[int, bool]:
    """Where the words of the last of links side by side end, and whether each names a source.

    Offsets are those of the block; `begin` itself, and True, where no link begins there.
    """
    end, named = begin, True
    while begin in links:
        end = links[begin]
        named = named and _names_source(prose[begin:end])
        begin = after(prose, end)
    return end, named


def after(prose: str, end: int) -> int:
    """Where what joins a link that ends at `end` to the next ends; `end` where nothing does."""
    between = _BETWEEN.match(prose, end)
    return between.end() if between else end


def _names_source(words: str) -> bool:
    """Whether the words of a link name an outlet, a page, or nothing but "source"."""
    name = words.strip(" []()*_")
    if name.casefold() in _GENERIC or ADDRESS.fullmatch(name):
        return True
    return is_outlet(name)


def is_outlet(name: str) -> bool:
    """Whether this is all of a name of an outlet that everybody knows."""
    tokens = outlets.words(name)
    known = outlets.phrases_of(tokens[0]) if tokens else ()
    return any(phrase.tokens == tokens for phrase in known)


def is_like_a_name(words: str) -> bool:
    """Whether the words of a link are few, begin with no small letter, and end no sentence."""
    name = words.strip(" []()*_")
    return (
        len(words) <= LONGEST_LINE
        and len(name.split()) <= LONGEST_NAME
        and not is_small(name[:1])
        and any(map(str.isalpha, name))
        and name[-1:] not in STOPS
        and not STOPS_INSIDE.search(name)
    )
