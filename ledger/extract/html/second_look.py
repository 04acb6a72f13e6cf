"""Where the markers of a page lead nowhere: the lists that a first look leaves alone.

A table of data counts as a list of sources does, and what a page hides may be of another page. So
these are read only if the page then leads more of its markers to an entry.
"""

from collections.abc import Iterator

from ledger import urls
from ledger.document import Document
from ledger.extract.html.hidden import counted_lists, hidden_lists, labelled_lists
from ledger.extract.html.listing import Listing
from ledger.extract.html.look import Page
from ledger.extract.html.navigation import host_of
from ledger.extract.html.note import Note
from ledger.extract.html.rows import counted_rows
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.markers.rounded import rounded_in

_LONGEST_NUMBER, _LONGEST_ROUNDED = len("[999]"), len("2026")


def second_look(page: Page, first: Document) -> Document:
    """The document that leads most markers to an entry: the first one, where that is enough."""
    if any(reference.url for reference in first.references if reference.marker):
        return first
    cited = _cited(page.survey, first)
    if not cited:
        return first
    looks = []
    if rows := _rows(page, cited):
        looks.append(page.look(rows=rows, apart=_heads_of_columns(page.survey, rows)))
    if hidden := hidden_lists(page.survey):
        looks.append(page.look(hidden=hidden))
    labelled = labelled_lists(page.survey, cited)
    if labelled := [one for one in labelled if _leads_out(page, one.index, one.end)]:
        looks.append(page.look(hidden=labelled))
    if counted := _counted(page, cited):
        looks.append(page.look(hidden=[counted]))
    return max([first, *looks], key=_led)


def _led(document: Document) -> tuple[int, int]:
    """How many markers lead to an address, and how many to an entry."""
    listed = {each.marker for each in document.references}
    addressed = {each.marker for each in document.references if each.url}
    labels = [label for mention in document.mentions for label in mention.labels]
    return sum(label in addressed for label in labels), sum(label in listed for label in labels)


def _cited(survey: Survey, document: Document) -> set[str]:
    """What a page may cite: its markers, the numbers that it raises, else those in brackets."""
    cited = {label for mention in document.mentions for label in mention.labels}
    for element in survey.named("sup"):
        if 0 < element.facts.text <= _LONGEST_NUMBER and not element.facts.left_out:
            words = text_of(element).strip(" \n[]()")
            if words.isdecimal():
                cited.add(words)
    return cited or {label for label in rounded_in(document.text) if len(label) < _LONGEST_ROUNDED}


def _rows(page: Page, cited: set[str]) -> list[Note]:
    """The rows that are entries: below the head of a list, or all that is cited, and half of it.

    A site ranks its own stories so, too.
    """
    listing = Listing(page.survey)
    found: list[Note] = []
    for run in counted_rows(page.survey):
        fits = _are_cited(len(run), cited) and _leads_out(page, run[0].begin, run[-1].end)
        if listing.holds(run[0].element) or fits:
            found.extend(run)
    return sorted(found, key=lambda row: row.begin)


def _counted(page: Page, cited: set[str]) -> Element | None:
    """The one list that counts what the text cites; None where several may be it.

    A list of links, or one that has links, of which the text cites each entry and no other.
    """
    found = _counting(page, cited, of_links=True)
    exact = [one for count, one in found if str(count) in cited]
    if len(exact) == 1:
        return exact[0]
    if not found:
        numbers = set(filter(str.isdecimal, cited))
        found = _counting(page, cited, of_links=False)
        found = [each for each in found if each[0] == len(numbers) > 1]
    return found[0][1] if len(found) == 1 else None


def _counting(page: Page, cited: set[str], *, of_links: bool) -> list[tuple[int, Element]]:
    """The lists that may be what a text cites, with how many entries each has."""
    found: list[tuple[int, Element]] = []
    for one in counted_lists(page.survey, of_links=of_links):
        count = sum(isinstance(each, Element) and each.name == "li" for each in one.children)
        if _are_cited(count, cited) and _leads_out(page, one.index, one.end):
            found.append((count, one))
    return found


def _are_cited(count: int, cited: set[str]) -> bool:
    """Whether all numbers that a page cites count so many entries, and half of them are cited."""
    numbers = set(filter(str.isdecimal, cited))
    return len(numbers) * 2 >= count and all(0 < int(number) <= count for number in numbers)


def _leads_out(page: Page, begin: int, end: int) -> bool:
    """Whether what elements hold leads to another host than the page's, or to several."""
    inside = page.survey.elements[begin:end]
    links = (each.get("href") for each in inside if each.name == "a")
    hosts = {urls.host(link) for link in links if link.startswith("http")}
    own = host_of(page.own)
    others = {host for host in hosts if host and not f".{host}".endswith(f".{own}")}
    return len(others) > (own is None)


def _heads_of_columns(survey: Survey, rows: list[Note]) -> Iterator[int]:
    """The rows of a table above its first entry."""
    for row in rows:
        if row.element.name == "tr" and row.label == "1":
            tables = (above.index for above in row.element.above() if above.name == "table")
            above = survey.elements[next(tables, row.begin) : row.begin]
            yield from (each.index for each in above if each.name == "tr")
