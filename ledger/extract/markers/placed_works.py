"""Works with their pages in square brackets, as essays cite: "[Ann Roe, Dams of the North, p. 12]".

No year says that they are works, and few such texts have a list: what does is the place.
"""

from ledger.extract.markers.marker import Marker
from ledger.extract.markers.place import LEAD, YEARS
from ledger.patterns import later

_OWN_PART = (
    r"(?:Table|Fig(?:ure|\.)|Appendix|Annex|Section|Chapter|Box|Exhibit|Part|Anhang|Tabelle|Abschnitt"
    r"|Annexe|Tableau|Anexo|Tabla)\b[^\[\],;\n]{0,8},\s"
)
"""What stands before a page of the text itself: "[Appendix B, p. 5]"."""
_OPENS = rf"\*{{0,3}}[\"“‘']?(?!{_OWN_PART})[^\W\d_a-z]"
_PAGE = r"(?:[0-9]{1,5}|[ivxl]{1,7}\b)"
_PAGES = rf"pp?\.\s?{_PAGE}(?:\s?[-–]\s?{_PAGE})?(?:\s?ff?\b\.?|\s?f?n\b\.?)?"
_ONE = rf"{_OPENS}[^\[\]{{}}<>\n;|]{{1,150}}?,\s{_PAGES}(?:(?:,\s|,?\s(?:and|&)\s){_PAGES}){{0,6}}"
PLACED_WORKS = (
    rf"\[(?=[^\[\]\n]{{3,300}}\bpp?\.\s?[0-9ivxl])(?![^\[\]\n]{{0,300}}\b{YEARS}\b)"
    rf"(?:{LEAD})?{_ONE}(?:;\s{_ONE}){{0,6}}\](?![(\[]|:(?!\s{{0,3}}$))"
)
PLACED_WORD = rf"\[{_OPENS}[^\[\]{{}}<>\n;|,§]{{1,60}},\s{_PAGES}\](?![(\[]|:(?!\s{{0,3}}$))"
"""One work in one word; it stands before the labels of a list, which look the same."""
_PLACE = later(rf"(?:,\s|,?\s(?:and|&)\s){_PAGES}")
_SEPARATES, _LEAD = later(r";\s"), later(LEAD)


def read_placed_works(raw: str) -> Marker | None:
    """The works by their authors and titles, without what stresses them and their places."""
    works = _SEPARATES.split(_LEAD.sub("", raw[1:-1].replace("*", ""), count=1))
    return Marker(tuple(" ".join(_PLACE.sub("", work).split()) for work in works))
