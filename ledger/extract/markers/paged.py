"""Author and page as a citation, as the MLA has it: "(Roe 23)" where one work of the list is Roe's.

Where a sentence names the author itself, the page is alone behind what it quotes: 'Roe calls it
"a wall" (23)'. Names stand with numbers for many reasons ("(Act 3)"), so nothing but the list makes
them works.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from ledger.extract.markers.place import AND
from ledger.patterns import later

_NAME = r"[^\W\d_a-z][\w'’.-]{1,40}"
_PLACE = r"[0-9]{1,4}(?:[-–][0-9]{1,4})?"
_ONE = later(
    rf"(?:qtd\. in |see )?(?P<name>{_NAME}(?:\s{_NAME}){{0,3}}?)"
    rf"(?:(?:,? {AND}\s|,\s){_NAME}(?:\s{_NAME}){{0,2}}?){{0,3}}(?:,? et al\.)?,?\s"
    rf"(?P<place>{_PLACE})(?:,\s?{_PLACE}){{0,4}}"
)
_GROUP = later(r"\((?=[^()\n]{3,160}\))[^()\n]{2,159}[0-9]\)")
_ALONE = later(rf"(?<=[\"”’»] )\((?P<place>{_PLACE})\)")
_STOP, _NAMED, _LONGEST_SENTENCE = later(r"[.!?]\s(?=[^\W\d_a-z])"), later(_NAME), 300
"""The end of a sentence, a name in it, and characters of it before a page that are looked at.
Chosen."""
_POSSESSIVE = later(r"['’]s?$|[.-]+$")
_YEAR = later(r"(?:1[5-9]|20)[0-9]{2}")
_WORK = later(r"(.+) ((?:1[5-9]|20)[0-9]{2}[a-z]?)")


def with_years(raw: str, listed: frozenset[str]) -> str:
    """The text with the year of the only work of an author for a page: "(Roe, 2021, p. 23)"."""
    works = _only_works(listed) if "(" in raw else {}
    if not works:
        return raw
    return _ALONE.sub(_by_the_named(works), _GROUP.sub(_dated(works), raw))


def _by_the_named(works: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """A page alone as a citation of the only author of the list that its sentence names."""

    def dated(match: re.Match[str]) -> str:
        before = match.string[max(0, match.start() - _LONGEST_SENTENCE) : match.start()]
        sentence = _STOP.split(before)[-1].rpartition("\n\n")[2]
        names = {_POSSESSIVE.sub("", name) for name in _NAMED.findall(sentence)}
        found = names & works.keys()
        if len(found) != 1 or _YEAR.fullmatch(match["place"]):
            return match[0]
        name = found.pop()
        return f"({name}, {works[name]}, p. {match['place']})"

    return dated


def _dated(works: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def dated(match: re.Match[str]) -> str:
        found = []
        for part in match[0][1:-1].split(";"):
            one = _ONE.fullmatch(part.strip())
            year = works.get(one["name"]) if one else None
            if one is None or year is None or _YEAR.fullmatch(one["place"]):
                found.append(part.strip())
            else:
                found.append(f"{one['name']}, {year}, p. {one['place']}")
        return f"({'; '.join(found)})"

    return dated


@lru_cache(maxsize=8)
def _only_works(listed: frozenset[str]) -> dict[str, str]:
    """Author to year, of those that have one work in a list."""
    years: dict[str, list[str]] = {}
    for label in listed:
        if work := _WORK.fullmatch(label):
            years.setdefault(work[1], []).append(work[2])
    return {author: found[0] for author, found in years.items() if len(found) == 1}
