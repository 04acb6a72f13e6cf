"""Sources behind a stop that are only named: they are of the sentence before.

"It fell. (Source: Reuters) It rose", "It fell. Source: Reuters, 5 May.", "It fell. (Reuters, BBC)".
Without brackets they are known outlets, or have a year, a page or a file: "Sources: milk, eggs" has
none of these.
"""

from collections.abc import Iterator

from ledger.letters import is_small
from ledger.patterns import later
from ledger.split.leads import SOURCES
from ledger.split.named_links import STOPS_INSIDE, is_outlet

_LEAD = rf"(?i:{SOURCES}\s?[:：]\s{{0,2}})"
_STOP = r"(?P<stop>[.!?…。！？][\"'”’»」』]{0,2})"
_MAY_LEAD = later(
    r"[.!?…。！？][\"'”’»」』]{0,2}\s{0,4}(?:[—–―-]{1,2}\s{0,2})?[(\[（【]?[^\s:：.,;!?]{2,14}\s?[:：]"
)
"""A word and a colon behind a stop: few blocks have that."""
_LED_BRACKET = later(
    rf"{_STOP}\s{{0,4}}[(\[（【]{_LEAD}(?P<names>[^()\[\]（）【】\n]{{2,160}})[)\]）】]\.?"
)
_LED = later(
    rf"{_STOP}\s{{0,4}}(?:[—–―]\s{{0,2}}|--\s)?{_LEAD}"
    r"(?P<names>[^\W\d_a-z](?:[^.!?。！？\n()]|\.(?=[^\s.])){1,100})(?:[.。](?=\s|$|[^\x00-\x7f])|$)"
)
_NAMED = later(rf"{_STOP}\s{{1,4}}\((?P<names>[A-Z][^()\n]{{1,80}})\)(?=\s|$)(?!\s{{1,3}}[—–-])\.?")
_SURE = later(
    rf"{_STOP}\s{{1,4}}(?:[(\[](?i:(?:very\s)?(?:high|medium|moderate|low)\s(?:confidence|certainty)"
    r"|(?:confidence|certainty)(?:\slevel|\sscore)?\s?[:=]\s?[^()\[\]\n]{1,30})[)\]]\.?"
    r"|(?i:(?:confidence|certainty)(?:\slevel)?\s?:\s?(?:very\s)?(?:high|medium|moderate|low)"
    r"(?:\s?[-–/]\s?(?:high|medium|low))?)(?:\.(?=\s|$)|$))"
)
"""How sure the author is of what stands before: "It rose. (Confidence: high)"."""
_EXACT = later(
    r"(?<!\d)(?:1[89]|20)[0-9]{2}(?!\d)|\b(?:pp?|S)\.\s?[0-9]|[“«„]"
    r"|\.(?:pdf|docx?|xlsx?|csv|md|txt)\b"
)
"""A year, a page, a title or a file."""
_ALONE = later(rf"[(（]?{_LEAD}(?P<names>[^\W\d_a-z][^\n]{{1,100}}?)[.)）]{{0,2}}$")
"""Not in square brackets: there it is the caption of a picture."""
_WHEN = later(
    r"(?:[^\W\d_]{3,12}\.? )?[0-9]{1,4}(?: [^\W\d_]{3,12}\.?)?(?: [0-9]{4})?|[0-9-]{8,10}"
)
_MOST_WORDS = 9
"""Words of the names of sources on such a line. Chosen: more are a sentence."""
_PARTS = later(r"\s?[,;/&]\s|\s(?:and|und|et|y)\s|[、，；]")
LONGEST_NAMED = 120
"""Characters of a line that says nothing else."""


def may_name_sources(prose: str) -> bool:
    """Whether `named_sources` may find any, as of most blocks it does not."""
    return ":" in prose or ". (" in prose or "：" in prose or "” (" in prose


def named_sources(prose: str) -> Iterator[tuple[int, int]]:
    """Where the stop before such sources ends, and where they end; as `asides`, of a block."""
    colon = max(prose.rfind(":"), prose.rfind("："))
    if colon > 0 and _MAY_LEAD.search(prose, 0, colon + 1):
        for match in _LED_BRACKET.finditer(prose):
            if not STOPS_INSIDE.search(match["names"]):
                yield match.end("stop"), match.end()
        for match in _LED.finditer(prose):
            if _are_sources(match["names"]):
                yield match.end("stop"), match.end()
    if "onfidence" in prose or "ertainty" in prose:
        yield from ((match.end("stop"), match.end()) for match in _SURE.finditer(prose))
    if ". (" in prose or "” (" in prose:
        for match in _NAMED.finditer(prose):
            goes_on = is_small(prose[match.end() : match.end() + 4].lstrip()[:1])
            if not goes_on and all(map(is_outlet, _PARTS.split(match["names"]))):
                yield match.end("stop"), match.end()


def is_named_source(prose: str) -> bool:
    """Whether a block says nothing but "Source:" and known outlets: "Source: Reuters, 5 May 2020".

    Of others nobody could say that they carry the words above, and the line stays what it is.
    """
    if len(prose) > LONGEST_NAMED or not (":" in prose or "：" in prose):
        return False
    match = _ALONE.match(prose)
    if match is None or STOPS_INSIDE.search(match["names"]):
        return False
    names = [part for part in _PARTS.split(match["names"]) if not _WHEN.fullmatch(part)]
    return bool(names) and all(map(is_outlet, names))


def _are_sources(names: str) -> bool:
    if len(names.split()) > _MOST_WORDS:
        return False
    return bool(_EXACT.search(names)) or any(map(is_outlet, _PARTS.split(names)))
