"""A page -> who wrote it, as it says."""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.html.hints import BYLINE
from ledger.extract.html.json_ld import named
from ledger.extract.html.said import Said, words_in
from ledger.extract.html.survey import Survey

_METAS = (
    ("author", "meta"),
    ("citation_author", "meta"),
    ("parsely-author", "meta"),
    ("article:author", "Open Graph"),
    ("dc.creator", "meta"),
    ("byl", "meta"),
)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|od)\s+(?=\S)", re.I)
_AND = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bet\b|\by\b|&)\s*")
_NAME = re.compile(r"[^\W\d_][^\d_<>@|]{1,60}")
_LONGEST_BYLINE = 200
_AUTHOR = "author"


def authors(survey: Survey, items: list[dict[str, Any]], metas: dict[str, list[str]]) -> list[Said]:
    """What a page says of its authors, what is believed first."""
    found = [*_of_items(items), *_of_metas(metas), *_bylines(survey)]
    return [said for said in found if "://" not in said.value]  # a profile is no name


def _of_items(items: list[dict[str, Any]]) -> Iterator[Said]:
    for item in items:
        if names := named(item.get("author")) or named(item.get("creator")):
            yield Said(", ".join(names), "JSON-LD", tuple(names))


def _bylines(survey: Survey) -> Iterator[Said]:
    """Names that the page shows as its authors'."""
    marked = {each for each in survey.called if _AUTHOR in (each.get("rel"), each.get("itemprop"))}
    hinted = survey.hinted(BYLINE, survey.elements[0])
    for element in sorted({*marked, *hinted}, key=lambda each: each.index):
        if element.facts.text > _LONGEST_BYLINE:
            continue
        words = words_in(element)
        if element not in marked and not _BY.match(words):
            continue
        words = _BY.sub("", words, count=1) if _BY.match(words) else words
        if _NAME.fullmatch(words):
            yield Said(words, "byline")
            return


def names(said: list[Said]) -> tuple[str, ...]:
    """The names of the first statement about the authors."""
    if not said:
        return ()
    first = said[0]
    names = (_BY.sub("", name, count=1) for name in first.names or (first.value,))
    if len(first.names) < 2:
        names = (part for name in names for part in _AND.split(name))
    return tuple(dict.fromkeys(name for part in names if (name := part.strip())))


def _of_metas(metas: dict[str, list[str]]) -> Iterator[Said]:
    for name, origin in _METAS:
        if name not in metas:
            continue
        people = tuple(dict.fromkeys(metas[name]))
        if name == "citation_author":
            people = tuple(map(_turned, people))
            yield Said(", ".join(people), origin, people)
        else:
            yield Said(", ".join(people) if "author" in name else people[0], origin)


def _turned(name: str) -> str:
    """A name with the given name first: "Roe, Ann" is "Ann Roe"; there is one in each element."""
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if given.strip() and "," not in given else name
