"""First lines of a text -> title, byline and date: what stands above an article.

Known by its byline ("By Jane Roe"): a short first line alone may be anything.
"""

import re
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
    r"(?:(?:,\s|\s[|·•]\s)(?P<more>[^\n.]{2,40}))?\s*"
    r"|(?:作者|文|저자|글|著者|執筆者?)\s?[:：]\s{0,4}(?P<wide>[^\s\d,.;:，。；：]{2,12}(?:[、，,]\s?[^\s\d,.;:，。；：]{2,12}){0,5})"
)
_CONTROL = later(
    r"(?:previous|next|back|home|menu|print|share|search|skip to (?:main )?content|log ?in"
    r"|sign (?:in|up)|subscribe|zurück|weiter|drucken|teilen|précédent|suivant|imprimer|partager"
    r"|anterior|siguiente|imprimir|compartir|precedente|successivo|stampa|condividi)",
    re.I,
)
_STRESS = later(r"\*\*|__")
_DATE_LABEL = later(
    r"\A(?:Date|Published|Updated|Datum|Stand|Fecha|Data|Дата|日期|发布日期|날짜)"
    r"\s?[:：]\s{0,4}"
)
_EDGES = " \t*_"
"""White space, and the signs of emphasis of Markdown."""
_BETWEEN = later(r",?\s(?:and|und|et|y|e|og|och|en|и)\s|\s?&\s?|,\s")
_WIDE_COMMA = later(r"[、，,]\s?")
_STOPPED = later(r"[.:;,。][\"”’)]*\s*$")


def read_masthead(lines: Sequence[str]) -> tuple[Metadata, list[str]]:
    """What the first lines say of the article, and all lines: those that said it are empty.

    The title stays, marked as a heading. Without a byline nothing is said and nothing changed.
    """
    filled = [number for number, line in enumerate(lines[:60]) if line.strip()][:_MOST_LINES]
    found = next((n for n in filled if is_byline(lines[n])), None)
    if found is None:
        return Metadata(), list(lines)
    above = filled[: filled.index(found)]
    if any(len(lines[n]) > _LONGEST_TITLE or _STOPPED.search(lines[n]) for n in above):
        return Metadata(), list(lines)
    left = list(lines)
    match = _BYLINE.fullmatch(_plain(lines[found]))
    byline = _names(match) if match else ()
    left[found] = ""
    published = date_in(match["more"]) if match and match["more"] else None
    beside = filled[max(0, filled.index(found) - 1) : filled.index(found) + 3]
    for number in beside:
        line = _DATE_LABEL.sub("", _plain(lines[number]))
        if number != found and len(line) <= _LONGEST_DATE and (day := date_in(line)):
            published = published or day
            left[number] = ""
    title = next((n for n in above if left[n]), None)
    if title is None:
        return Metadata(None, byline, published), left
    left[title] = f"# {lines[title].strip().lstrip('# ')}"
    return Metadata(None, byline, published), left


def without_controls(lines: list[str]) -> list[str]:
    """The lines; controls of a page above its text ("Previous", "Next") are emptied.

    What stands right below them is the title, and marked as a heading.
    """
    filled = [number for number, line in enumerate(lines[:60]) if line.strip()]
    first = next((n for n in filled if not _CONTROL.fullmatch(lines[n].strip())), None)
    if first is None or first == filled[0]:
        return lines
    title = lines[first].strip()
    headed = len(title) <= _LONGEST_TITLE and title[0].isalpha() and not _STOPPED.search(title)
    return [
        *("" for _ in lines[:first]),
        f"# {title}" if headed else lines[first],
        *lines[first + 1 :],
    ]


def is_byline(line: str) -> bool:
    """Whether a line says who wrote what is below it, and nothing else: "By Jane Roe"."""
    return len(line) <= _LONGEST_BYLINE and _BYLINE.fullmatch(_plain(line)) is not None


def _plain(line: str) -> str:
    """A line without signs of emphasis at its edges and around its label: "**Author:** Jane"."""
    return _STRESS.sub("", line).strip(_EDGES)


def _names(match: re.Match[str]) -> tuple[str, ...]:
    if match["wide"]:
        return tuple(_WIDE_COMMA.split(match["wide"]))
    return tuple(_BETWEEN.split(match["names"]))
