"""A bibliography from outside -> its entries under the names by which a text cites them.

A file of references knows its entries by keys ("roe2019"), and most prose cites author and year:
"(Roe & Doe, 2019)". Author and year are read from the entry as it was given.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ledger.document import Reference
from ledger.extract.lists.bibliography import fields_of_bibtex, untexed
from ledger.extract.lists.works import settled
from ledger.extract.markers.authored import label, may_name_works, without_letter
from ledger.extract.markers.names_inside import works_in

_YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_AND = re.compile(r"\s+and\s+")
_AUTHORS = ("author", "first_authors", "authors", "editor", "editors", "publisher")
"""As the three formats call them, who wrote before who brought out."""
_YEARS = ("issued", "date", "year", "publication_year")


def as_cited(given: Sequence[Reference], text: str) -> tuple[Reference, ...]:
    """The entries, those that the text names by author and year under that name.

    Args:
        given: A list from outside, in its order.
        text: Of the article, as prose.

    Returns:
        Entries in the same order; those that the text does not name as they were.
    """
    if not may_name_works(text):
        return tuple(given)
    works = {
        number: stand_in
        for number, entry in enumerate(given)
        if (stand_in := _as_an_entry(entry.raw)) is not None
    }
    if not works:
        return tuple(given)
    named = dict(zip(works, settled([*works.values()], text.split("\n"), set()), strict=True))
    labels = frozenset(entry.marker for entry in named.values() if entry.marker)
    works_cited = set(works_in(text, labels))
    cited = labels & (works_cited | set(map(without_letter, works_cited)))
    return tuple(
        replace(entry, marker=named[number].marker)
        if number in named and named[number].marker in cited
        else entry
        for number, entry in enumerate(given)
    )


def _as_an_entry(raw: str) -> Reference | None:
    """As a printed list has it: "Roe, Jane (2019)"; None without an author or a year."""
    fields = _fields(raw)
    author = next(filter(None, map(_first_author, map(fields.get, _AUTHORS))), None)
    year = next(filter(None, map(_year, map(fields.get, _YEARS))), None)
    if author is None or year is None:
        return None
    family = author.partition(",")[0]
    return Reference(marker=label(family, year), raw=f"{author} ({year})", url=None)


def _fields(raw: str) -> Mapping[str, Any]:
    """What an entry of CSL-JSON, RIS or BibTeX says; nothing for any other."""
    if raw.startswith("@"):
        fields: dict[str, Any] = {**fields_of_bibtex(raw)}
        return fields | {key: _in_bibtex(fields[key]) for key in fields.keys() & _AUTHORS}
    try:
        found = json.loads(raw) if raw.startswith("{") else None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _in_bibtex(names: str) -> str:
    """The first of the names "Jane Roe and {A Company}", the family name in front of a comma."""
    first = _AND.split(names.strip())[0]
    if "," not in first and not first.startswith("{"):
        before, _, family = first.rpartition(" ")
        first = f"{family}, {before}" if before else family
    return untexed(first)


def _first_author(said: object) -> str | None:
    """The first of some authors, the family name in front of a comma; None when there is none."""
    if isinstance(said, list):
        said = said[0] if said else None
    if isinstance(said, dict):
        names = [
            said.get("family") or said.get("literal"),
            said.get("family") and said.get("given"),
        ]
        said = ", ".join(name for name in names if isinstance(name, str))
    return said.strip() or None if isinstance(said, str) else None


def _year(said: object) -> str | None:
    """The first year in a date, however it is written; None when there is none."""
    match = _YEAR.search(said if isinstance(said, str) else json.dumps(said))
    return match[0] if match else None
