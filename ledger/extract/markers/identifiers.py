"""Identifiers of works -> the pages they stand for: "PMID:24086459", "doi:10.1093/x".

In brackets of their own they are citations, and say where they lead: "[PMID:10601854; PMC99123]".
"""

import re
from collections.abc import Iterator

from ledger import urls
from ledger.extract.markers.marker import Marker
from ledger.extract.markers.place import LEAD, PLACE
from ledger.patterns import later

_ARXIV = (
    r"arxiv\s?:\s?(?:[a-z-]{2,17}(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?"
)
_IN_PROSE = later(
    rf"[aAdDpP1](?i:(?<=\ba){_ARXIV[1:]}"
    r"|(?:(?<=\bd)oi\s?:?\s?\b1|(?<=\b1))0\.[0-9]{4,9}/[^\s\"<>\[\]{}（），；。、]{2,200}"
    r"|(?<=\bp)(?:MID\s?:?\s?(?P<pmid>[0-9]{4,9})|(?P<pmc>MC[0-9]{4,9}))\b)"
)
_DOI = r"10\.[0-9]{4,9}/(?:[^\s\"<>\[\]{}(),;（），；。、]|\([^\s()]{1,40}\)){2,200}+"
ONE = (
    rf"(?:PMIDs?\s?:?\s?[0-9]{{4,9}}|(?:PMC(?:ID)?\s?:?\s?)?PMC[0-9]{{4,9}}|(?:doi|DOI)\s?:?\s?{_DOI}"
    rf"|[Aa](?i:{_ARXIV[1:]})|file:[\w.-]{{1,80}}(?:/[\w.-]{{1,80}}){{1,12}}\.[a-z]{{1,5}})"
)
_REMARK = rf"(?:,?\s[\"“][^\"”\[\]\n]{{1,400}}[\"”]|{PLACE})?"
"""Where in the work, or its words: "[PMID:10601854, \"activity was lost\"]"."""
_NEXT = rf"\s?[;,；，/]\s?(?:and\s)?(?:{ONE}|[0-9]{{5,9}}){_REMARK}"
IDENTIFIERS = rf"(?!\d)(?:{LEAD})?{ONE}{_REMARK}(?:{_NEXT}){{0,30}}"
IDENTIFIED = rf"(?:\[{IDENTIFIERS}\](?![(\[:])|[(（]{IDENTIFIERS}[)）])"
"""Nothing but identifiers in brackets; numbers behind a PMID are of the same kind."""
OPENS_IDENTIFIED = r"(?:PM(?:ID|C)|(?:doi|DOI)[\s:]|[Aa]r[Xx]iv\s?:|file:)"
"""What may stand behind "(" there."""
_WORD_ALONE = later(r"\ADOI\s(?!:)", re.I)
"""As publishers have it: "DOI 10.1007/x"."""
_WORDS = later(r"[\"“][^\"”]{1,400}[\"”]")
_EACH = later(rf"{ONE}|(?<=[;,；，\s])[0-9]{{5,9}}(?=[\s;,；，)\]）])")
_IDENTIFIER = later(rf"{ONE}|{_DOI}")


def is_identifier(words: str) -> bool:
    """Whether words are an identifier and nothing else."""
    return _IDENTIFIER.fullmatch(words) is not None


def pages_of(text: str) -> Iterator[str]:
    """The addresses that identifiers of works stand for; arXiv ids and DOIs as they are cited."""
    for match in _IN_PROSE.finditer(text):
        if match["pmid"]:
            yield f"https://pubmed.ncbi.nlm.nih.gov/{match['pmid']}/"
        elif match["pmc"]:
            yield f"https://pmc.ncbi.nlm.nih.gov/articles/{match[0].upper()}/"
        elif urls.repair(match[0]):
            yield _WORD_ALONE.sub("doi:", match[0]).rstrip(".,;)")


def read_identified(raw: str) -> Marker | None:
    """A link for each identifier of "[PMID 7; doi:10.1/x]"; a file by its name. None without."""
    found = [_each(identifier) for identifier in _EACH.findall(_WORDS.sub("", raw))]
    return found[0]._replace(more=tuple(found[1:])) if found else None


def _each(identifier: str) -> Marker:
    if identifier.startswith("file:"):
        return Marker((identifier.removeprefix("file:"),))
    if identifier.isdecimal() or identifier.startswith("PMIDs"):
        identifier = f"PMID:{identifier.removeprefix('PMIDs').strip(' :')}"
    if identifier.startswith(("doi", "DOI")):
        identifier = f"doi:{identifier[3:].strip(' :')}"
    return Marker((), words="", url=next(pages_of(identifier), identifier))
