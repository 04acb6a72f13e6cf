"""First lines of a text -> title, byline and date: what stands above an article.

Known by its byline ("By Jane Roe"): a short first line alone may be anything.
"""

from collections.abc import Sequence

from ledger.extract.metadata import Metadata, date_in
from ledger.patterns import later

_MOST_LINES = 8
"""Lines with text in which all of it stands: rubric, headline, second headline, byline, date."""
_LONGEST_TITLE, _LONGEST_BYLINE, _LONGEST_DATE = 160, 100, 50
_NAME = (
    r"[^\W\d_a-z][\w.'’-]*(?:\s(?:[^\W\d_a-z][\w.'’-]*|van|von|de|der|da|di|del|la|bin|al)){1,4}"
)
_BYLINE = later(
    r"(?:By|BY|Von|Par|Por|Di|Af|Av|Door|Text:|Authors?:|Autor(?:in|es)?:|Auteurs?\s?:|Автор:?)\s+"
    rf"(?P<names>{_NAME}(?:(?:,\s|,?\s(?:and|und|et|y|e|og|och|en|и)\s|\s?&\s?){_NAME}){{0,8}})"
    r"(?:,\s(?P<more>[^\n.]{2,40}))?\s*"
)
_EDGES = " \t*_"
"""White space, and the signs of emphasis of Markdown."""
_BETWEEN = later(r",?\s(?:and|und|et|y|e|og|och|en|и)\s|\s?&\s?|,\s")
_STOPPED = later(r"[.:;,。][\"”’)]*\s*$")


def read_masthead(lines: Sequence[str]) -> tuple[Metadata, list[str]]:
    """What the first lines say of the article, and all lines: those that said it are empty.

    The title stays, marked as a heading. Without a byline nothing is said and nothing changed.
    """
    filled = [number for number, line in enumerate(lines[:60]) if line.strip()][:_MOST_LINES]
    found = next((n for n in filled if _is_byline(lines[n])), None)
    if found is None:
        return Metadata(), list(lines)
    above = filled[: filled.index(found)]
    if any(len(lines[n]) > _LONGEST_TITLE or _STOPPED.search(lines[n]) for n in above):
        return Metadata(), list(lines)
    left = list(lines)
    match = _BYLINE.fullmatch(lines[found].strip(_EDGES))
    byline = tuple(_BETWEEN.split(match["names"])) if match else ()
    left[found] = ""
    published = date_in(match["more"]) if match and match["more"] else None
    beside = filled[max(0, filled.index(found) - 1) : filled.index(found) + 3]
    for number in beside:
        line = lines[number].strip(_EDGES)
        if number != found and len(line) <= _LONGEST_DATE and (day := date_in(line)):
            published = published or day
            left[number] = ""
    title = next((n for n in above if left[n]), None)
    if title is None:
        return Metadata(None, byline, published), left
    left[title] = f"# {lines[title].strip().lstrip('# ')}"
    return Metadata(None, byline, published), left


def _is_byline(line: str) -> bool:
    return len(line) <= _LONGEST_BYLINE and _BYLINE.fullmatch(line.strip(_EDGES)) is not None
