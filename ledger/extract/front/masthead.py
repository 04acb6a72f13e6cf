"""First lines of a text -> title, byline and date: what stands above an article.

Known by a line that says who wrote it, or when: a short first line alone may be anything.
"""

import re
from collections.abc import Mapping, Sequence

from ledger.extract.front.about import About, about, day_of
from ledger.extract.front.authors import is_numbered_place
from ledger.extract.front.metadata import Metadata
from ledger.patterns import later

_MOST_LINES = 12
"""Lines with text in which all of it stands: rubric, headlines, byline, date, version, readers."""
_FIRST, _SEARCHED = 60, 400
"""Lines that are looked at for it, and for further days that would be heads of a chronicle."""
_LONGEST_TITLE = 160
"""Characters of a title: a longer line is text. Chosen; four fifths of headlines have under 90."""
_CONTROL = later(
    r"(?:previous|next|back|home|menu|print|share|search|skip to (?:main )?content|log ?in"
    r"|sign (?:in|up)|subscribe|zurück|weiter|drucken|teilen|précédent|suivant|imprimer|partager"
    r"|anterior|siguiente|imprimir|compartir|precedente|successivo|stampa|condividi)",
    re.I,
)
_KIND = later(
    r"(?:for immediate release|(?:press|news|media) release|pressemitteilung|medienmitteilung"
    r"|communiqué de presse|comunicado de (?:prensa|imprensa)|nota de prensa|comunicato stampa"
    r"|persbericht|pressmeddelande|pressemelding|pressemeddelelse|tisková zpráva|basın bülteni"
    r"|informacja prasowa|пресс-релиз|прес-реліз|新闻稿|新聞稿|プレスリリース|보도자료)\s?[:.]?",
    re.I,
)
"""What a text is called above its title, which is none itself."""
_STOPPED = later(r"[.…:;,。][\"”’»)]{0,3}[¹²³⁰-⁹]{0,4}\s*$")
_MARKED = later(r"\[[\^\w]")


def read_masthead(lines: Sequence[str]) -> tuple[Metadata, list[str]]:
    """What the first lines say of the article, and all lines: those that said it are empty.

    The title stays, marked as a heading. Without a word of who or when nothing is changed.
    """
    above = _above(lines)
    said = {number: found for number, found in above.items() if found}
    first = next(iter(above), None)
    if first in said and not said[first].labelled and not _is_written_so(said, first):
        del said[first]  # "Weekly Assessment, January 9, 2023" may be the title
    said = _without_heads(said, lines)
    if not said:
        return Metadata(), list(lines)
    left = list(lines)
    for number in said:
        left[number] = ""
    kinds = [number for number in above if _KIND.fullmatch(lines[number].strip(" *_#"))]
    may_be = (n for n in above if left[n] and n not in kinds and not (kinds and ": " in left[n]))
    title = next(may_be, None)
    if title is not None and (kinds or title < max(said)):
        left[title] = f"# {lines[title].strip().lstrip('# ')}"
    names = next((each.names for each in said.values() if each.names), ())
    source = next((each.source for each in said.values() if each.source), None)
    return Metadata(None, names, day_of(said.values()), source=source), left


def _is_written_so(said: Mapping[int, About], first: int) -> bool:
    """Whether two names above all else are of who wrote it: a line below says more of the text."""
    below = any(each.labelled for number, each in said.items() if number != first)
    return bool(said[first].names) and below


def _above(lines: Sequence[str]) -> dict[int, About | None]:
    """The lines above the text, by their numbers: up to the first that is prose, or cites."""
    found: dict[int, About | None] = {}
    numbered = False
    for number, line in enumerate(lines[:_FIRST]):
        text = line.strip()
        if not text.strip("-*_= "):
            continue
        if text.startswith("```"):
            break
        headed = line.startswith("#")
        several = headed and len(found) > 1 and any(lines[n].startswith("#") for n in found)
        if len(found) == _MOST_LINES or several:
            break
        said = about(line)
        if not said and numbered and is_numbered_place(text):
            said = About(labelled=True)
        if not said and not headed and _is_text(text):
            break
        numbered = numbered or bool(said and said.names and "1" in text)
        found[number] = said
    return found


def _is_text(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or _MARKED.search(line):
        return True
    return _STOPPED.search(line) is not None


def _without_heads(said: Mapping[int, About], lines: Sequence[str]) -> dict[int, About]:
    """Without bare days, where several head the parts of a chronicle, or nothing else is said."""
    bare = [number for number, each in said.items() if each.day and not each.labelled]
    if not bare:
        return dict(said)
    days = (found for line in lines[:_SEARCHED] if line and (found := about(line)))
    if len(bare) > 1 or sum(bool(each.day) and not each.labelled for each in days) > 1:
        return {number: each for number, each in said.items() if each.labelled}
    return dict(said)


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
