"""Identifiers of works in brackets beside words -> brackets of their own, which are markers.

"(1 in 99; PMID 35900011)" is "(1 in 99) (PMID 35900011)". Behind a work that the list lacks, they
are what is cited: "(Roe et al., 2020; PMID 35900011)" is "(PMID 35900011)".
"""

import re

from ledger.extract.markers.authored import NAME, OTHERS, named_works
from ledger.extract.markers.identifiers import IDENTIFIERS
from ledger.extract.markers.place import LEAD
from ledger.letters import holds
from ledger.patterns import later

_SIGNS = ("PMID", "PMC", "doi:", "DOI:", "doi.", "doi 10.", "DOI 10.", "rXiv:", "rxiv:")
_INSIDE = r"(?:[^()（）\n]|[(（][^()（）\n]{0,100}[)）])"
_BESIDE_WORDS = later(
    r"\[(?:[^\[\]\n]|\[[^\[\]\n]{0,60}\]){1,200}+\](?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}+\)|\[)"
    rf"|(?P<open>(?<![A-Za-z0-9_])\(|（)(?:(?P<words>(?!{IDENTIFIERS}){_INSIDE}{{1,300}}?)"
    rf"[;,；，]\s{{0,2}})?(?P<items>{IDENTIFIERS})"
    rf"(?:(?P<rest>[;；]\s?{_INSIDE}{{1,300}}+)|(?<!\())(?P<close>[)）])"
)
"""Links are passed over: in their words and titles such brackets are words."""
_PUBLISHED = later(
    rf"(?:{LEAD})?{NAME}(?:\s{NAME}){{0,3}}{OTHERS},?\s[^;()\d]{{0,80}}(?:19|20)[0-9]{{2}}[a-z]?"
    r"(?:[;:,]\s?[0-9][0-9():–-]{0,30}){0,3}"
)
"""A work with what it was published in: "Roe et al., *J Moths* 2020;4:1-9"."""


def stand_beside_words(text: str) -> bool:
    """Whether a text has identifiers of works in brackets beside words."""
    return holds(text, *_SIGNS) and any(map(_words_of, _BESIDE_WORDS.finditer(text)))


def with_identifiers_apart(raw: str) -> str:
    """The characters of a block with such identifiers in brackets of their own."""
    return _BESIDE_WORDS.sub(_apart, raw)


def _words_of(match: re.Match[str]) -> str:
    """What brackets say beside their identifiers and the work that these name."""
    words, rest = match["words"] or "", match["rest"] or ""
    if words and (_PUBLISHED.fullmatch(words) or len(named_works(words) or ()) == 1):
        return rest.lstrip(";； ") or " "
    return f"{words}{rest}" if words else rest.lstrip(";； ")


def _apart(match: re.Match[str]) -> str:
    words = _words_of(match)
    if not words:
        return match[0]
    own = f"{match['open']}{match['items']}{match['close']}"
    between = "" if match["open"] == "（" else " "
    said = f"{match['open']}{words}{match['close']}" if words.strip() else ""
    return f"{with_identifiers_apart(said)}{between if said else ''}{own}"
