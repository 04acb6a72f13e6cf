"""Parts of a longer report in braces, as summaries of assessments cite it: "{2.3, Figure SPM.2}".

They lead to what another document has, and so are gaps that name their place.
"""

from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.marker import Marker
from ledger.patterns import later

_NAMED = r"(?:[A-Z][A-Za-z0-9-]{0,20}\s){0,5}(?:(?:Box|Figure|Table|Section)\.)?"
_NUMBERED = r"(?:[A-Z]{1,4}\.)?[A-Z]?[0-9]{1,2}(?:\.[0-9]{1,3}){0,4}"
_PART = rf"{_NAMED}{_NUMBERED}"
OPENS_PART = r"[A-Z0-9][A-Za-z0-9 ,;-]{0,120}+\.[0-9]"
"""How such braces begin."""
PARTS = rf"\{{(?={OPENS_PART}){_PART}(?:[,;]\s{_PART}){{0,30}}\}}"
_BETWEEN = later(r"[,;]\s")
_ENDED = frozenset('.!?)]”"’')


def read_parts(raw: str) -> Marker:
    """Each part by the name it has in the report."""
    return Marker(tuple(_BETWEEN.split(raw[1:-1])))


def if_apart(marker: Marker, before: str, _: Evidence) -> bool:
    """Behind a sentence or a bracket; those that are more than numbers also behind a word."""
    if before[-1:] != " ":
        return False
    named = any(not label[0].isdecimal() for label in marker.labels)
    return named or before[-2:-1] in _ENDED
