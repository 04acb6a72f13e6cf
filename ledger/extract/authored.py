"""Author and year as a citation: the entries of a list, and the markers that name them.

"(Roe et al., 2021; Doe, 2019a, p. 4)" is a citation where the list has an entry that begins with
that name and has that year; the label of both is "Roe 2021". Without such an entry the words stay
prose: people are named with years for many reasons.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ledger.model import Reference

_NAME = r"[^\W\d_][\w'’.-]{1,40}"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}[a-z]?"
_ENTRY = re.compile(
    rf"(?:[-*+•]\s+)?(?P<name>{_NAME}(?:\s{_NAME}){{0,3}}?)"
    r"(?:,|\.|\s\(|\s&|\sand\s|\set\sal|\s[A-Z]{1,3}[,.;])"
    rf"[^\n]{{0,400}}?(?<![/\w-])(?P<year>{_YEAR})(?![\w/-])"
)
_ONE = re.compile(
    rf"(?:see(?: also)?|e\.g\.,?|cf\.|vgl\.|siehe|voir)?\s{{0,2}}"
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{0,3}}?)"
    rf"(?:(?:,? (?:&|and|und|et|y|e)\s|,\s)(?!et al){_NAME}(?:\s{_NAME}){{0,2}}?){{0,4}}"
    rf"(?:,? et al\.?)?,?\s(?P<years>{_YEAR}(?:,\s?(?:{_YEAR}|[a-z])){{0,5}})"
    rf"(?:[,:]\s?(?:pp?\.|S\.|ch\.|§|para\.)?\s?[0-9]{{1,4}}(?:[-–][0-9]{{1,4}})?)?\s{{0,2}}"
)
GROUP = rf"\((?=[^()\n]{{3,300}}\))(?=[^()\n]{{0,296}}{_YEAR})[^()\n]{{3,300}}\)"
"""Round brackets that may name works."""


_GROUP = re.compile(GROUP)
_LONGEST_NAMES = 160
_WHOLE_NAME = rf"{_NAME}+"  # possessive: most places where a name may begin lead to no year
_NAME_BEFORE = re.compile(
    rf"(?P<name>{_WHOLE_NAME}(?:\s{_WHOLE_NAME}){{0,3}})"
    rf"(?:,? (?:&|and|und|et|y|e) {_WHOLE_NAME}|,? et al\.?){{0,3}}[’']?s?\s$"
)
_YEARS_ALONE = re.compile(
    rf"\((?P<years>{_YEAR}(?:,\s?(?:{_YEAR}|[a-z])){{0,5}})"
    r"(?:[,:]\s?(?:pp?\.|S\.)?\s?[0-9]{1,4}(?:[-–][0-9]{1,4})?)?\)"
)
_CITES = re.compile(r"\[\^?[0-9]{1,4}\]")
_LABEL = re.compile(rf"\s{_YEAR}$")


def authored(line: str) -> str | None:
    """The label of an entry that begins with an author and has a year; None for another line."""
    match = None if _CITES.search(line) else _ENTRY.match(line.strip())
    return label(match["name"], match["year"]) if match else None


def label(name: str, year: str) -> str:
    """How a work is named: "Roe 2021"."""
    return f"{name.strip(' .,')} {year}"


def are_authored(labels: Iterable[str]) -> bool:
    """Whether some labels of a list name works by author and year."""
    return any(_LABEL.search(label) for label in labels)


def without_uncited(references: Sequence[Reference], lines: Sequence[str]) -> list[Reference]:
    """The entries, those known by author and year without label where the text cites no such one.

    A list that nothing points into has no labels, even if its entries begin with a name.
    """
    labels = {entry.marker for entry in references if _LABEL.search(entry.marker or "")}
    if not labels:
        return list(references)
    listed = frozenset(filter(None, labels))
    text = "\n".join(lines)
    for match in _GROUP.finditer(with_names_inside(text, listed)):
        if not labels.isdisjoint(named_works(match[0][1:-1]) or ()):
            return list(references)
    return [
        entry.model_copy(update={"marker": None}) if entry.marker in labels else entry
        for entry in references
    ]


def named_works(inside: str) -> tuple[str, ...] | None:
    """The labels of "Roe et al., 2021; Doe, 2019a, b"; None when it is something else."""
    labels: list[str] = []
    for part in inside.split(";"):
        match = _ONE.fullmatch(part.strip())
        if match is None:
            return None
        labels.extend(label(match["name"], year) for year in _years(match["years"]))
    return tuple(labels)


def with_names_inside(raw: str, listed: frozenset[str]) -> str:
    """The text with a name written into the brackets of its years: "Roe (Roe, 2021) found".

    Only where the list has that work: "the war (2022)" stays.
    """

    def named(match: re.Match[str]) -> str:
        # A name may stand at the end of the line above, and no further up.
        above = raw.rfind("\n", 0, max(0, raw.rfind("\n", 0, match.start())))
        first_place = max(above + 1, match.start() - _LONGEST_NAMES)
        before = _NAME_BEFORE.search(raw, first_place, match.start())
        years = list(_years(match["years"]))
        words = before["name"].split() if before else []
        for first in range(len(words)):
            name = " ".join(words[first:])
            if any(label(name, year) in listed for year in years):
                return f"({name}, {match[0][1:]}"
        return match[0]

    return _YEARS_ALONE.sub(named, raw)


def _years(text: str) -> Iterator[str]:
    """The years of "2019a, b, 2021"."""
    last = ""
    for year in re.split(r",\s?", text):
        if len(year) == 1:
            yield last[:4] + year
        else:
            last = year
            yield year
