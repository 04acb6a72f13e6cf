"""Links -> the entries of a reference list that they name in words: "Roe (2021)"."""

import re
from bisect import bisect_right

from ledger.extract.html.names import BLOCKS, HEADINGS
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import label as named_label
from ledger.extract.markers.authored import named_works
from ledger.patterns import later

YEAR = later(r"(?:1[5-9]|20)[0-9]{2}[a-z]?")
"""A number that no list counts up to: linked, it names a work."""
_NAME = later(r"\W{0,4}([^\W\d_][\w'’-]{1,40})")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w{3,40}")
_CITING = "doc-biblioref"
"""What a link says that it is, as the rules of readers for the blind have it."""
_TO_SOURCE = later(r"[^#]{0,2000}#(?:ref|cite|bib|fn|foot|note|source|src)", re.I)
"""The place of a source, by its name: "#ref-roe"."""
_AUTHORS = frozenset(["auth", "author", "authors", "contributors"])
_ENTRIES = frozenset("li p div dd dt tr".split())


class Listing:
    """The reference lists of a page, as its heads and names say where they are."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        heads = (head for name in HEADINGS for head in survey.named(name) if head.facts.text)
        self._heads = sorted(heads, key=lambda head: head.index)
        self._places = [head.index for head in self._heads]
        self._listed: dict[int, bool] = {}

    def holds(self, element: Element) -> bool:
        """Whether an element stands in a reference list: one by its name, or below such a head."""
        block = element if element.name in BLOCKS else element.parent or element
        known = self._listed.get(block.index)
        if known is None:
            known = block.facts.is_list or any(above.facts.is_list for above in block.above())
            if not known and (place := bisect_right(self._places, block.index)):
                known = is_head(self.survey.opening(self._heads[place - 1]))
            self._listed[block.index] = known
        return known

    def cites(self, link: Element, entry: Element) -> bool:
        """Whether a link of the text leads to one entry of a reference list."""
        if link.get("role") == _CITING:
            return entry.name in _ENTRIES
        if entry.name not in _ENTRIES or self.holds(link) or _is_whole_list(entry):
            return False
        inside = self.survey.elements[entry.index + 1 : entry.end]
        nested = (each for each in inside if each.name == "li")
        return self.holds(entry) and all(_is_an_author(e) or _leads_on(e) for e in nested)

    def work(self, link: Element, entry: Element, words: str) -> str | None:
        """The label of an entry that a link of the text names in these words.

        None where the entry is no work by its author, has none of the words, and is no source by
        the name of its place: "click here".
        """
        opening = self.survey.opening(entry)
        works = named_works(words.strip("()[] ").replace(" (", ", "))
        named = next(iter(works or ()), None)
        work = authored(opening) or named
        if work and named and work.partition(" ")[0].casefold() not in words.casefold():
            work = named  # the entry opens with its title
        name, year = _NAME.match(opening), YEAR.search(words) or YEAR.search(opening)
        if work is None and name and year and year[0] in opening:
            work = named_label(name[1], year[0])
        cites = link.get("role") == _CITING or _TO_SOURCE.match(link.get("href") or "")
        if work or cites:
            return work or words
        said = set(_WORD.findall(text_of(entry).casefold()))
        return None if said.isdisjoint(_WORD.findall(words.casefold())) else words


def _is_whole_list(entry: Element) -> bool:
    """Whether a list is no part of another: one inside of a list holds what is of one entry."""
    return entry.facts.is_list and not any(above.facts.is_list for above in entry.above())


def _leads_on(item: Element) -> bool:
    """Whether an item is a link to where an entry's work is found."""
    return item.facts.text == item.facts.linked


def _is_an_author(item: Element) -> bool:
    """Whether an item is of a list of authors, which an entry may have inside."""
    above = item.parent
    return above is not None and not _AUTHORS.isdisjoint(above.words)
