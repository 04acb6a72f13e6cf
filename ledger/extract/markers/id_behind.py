"""Identifiers that close brackets behind words -> brackets of their own, which are markers.

"(1 in 99; PMID 35900011)" is "(1 in 99) (PMID 35900011)". Behind the name and year of a work that
the list lacks, they are what is cited: "(Roe et al., 2020; PMID 35900011)" is "(PMID 35900011)".
"""

import re

from ledger.extract.markers.authored import named_works
from ledger.extract.markers.identifiers import IDENTIFIERS
from ledger.letters import holds
from ledger.patterns import later

_SIGNS = ("PMID", "PMC", "doi:", "DOI:", "doi.", "doi 10.", "DOI 10.", "rXiv:", "rxiv:")
_INSIDE = r"(?:[^()（）\n]|[(（][^()（）\n]{0,100}[)）])"
_BEHIND_WORDS = later(
    r"\[(?:[^\[\]\n]|\[[^\[\]\n]{0,60}\]){1,200}+\](?:\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}+\)|\[)"
    rf"|(?P<open>(?<![A-Za-z0-9_])\(|（)(?P<words>(?!{IDENTIFIERS}){_INSIDE}{{1,300}}?)"
    rf"[;,；，]\s{{0,2}}(?P<items>{IDENTIFIERS})(?P<close>[)）])"
)
"""Links are passed over: in their words and titles such brackets are words."""


def closes_brackets(text: str) -> bool:
    """Whether a text has identifiers of works in brackets behind words."""
    return holds(text, *_SIGNS) and any(m["items"] for m in _BEHIND_WORDS.finditer(text))


def with_identifiers_apart(raw: str) -> str:
    """The characters of a block with such identifiers in brackets of their own."""
    return _BEHIND_WORDS.sub(_apart, raw)


def _apart(match: re.Match[str]) -> str:
    if not match["items"]:
        return match[0]
    own = f"{match['open']}{match['items']}{match['close']}"
    works = named_works(match["words"])
    if works and len(works) == 1:
        return own
    between = "" if match["open"] == "（" else " "
    return f"{match['open']}{match['words']}{match['close']}{between}{own}"
