"""A work in the list of a JATS article -> the inside of an item of a page's list.

A work is a text with punctuation ("mixed") or parts without any ("element"): these are put
together in the order of most styles, so that it reads as an entry and is taken apart as one.
"""

from collections.abc import Callable, Iterator
from html import escape
from itertools import chain
from xml.etree.ElementTree import Element

from ledger.extract.jats.element import link_of, named, words

_WORKS = frozenset("mixed-citation element-citation citation nlm-citation".split())
_IDS = ("doi", "pmcid", "arxiv", "pmid")
"""By which a work is found, the surest first; the other ones are further addresses of it."""

Inside = Callable[[Element, int, tuple[str, ...]], str]
"""What is in an element of a depth, as in a page, without the children of these names."""


def work(ref: Element, depth: int, inside: Inside) -> str:
    """The works under one label, one after the other, with where each is found.

    `depth` is that of the label in what is read.
    """
    works, one = _works(ref), [_works(each) for each in ref.iterfind("{*}citation-alternatives")]
    told = _told(works) + [each for forms in one for each in _told(forms)[:1]]
    if not told:  # a note among the works
        return inside(ref, depth, ("label",))
    said = [_one(each, depth + 1, inside) for each in told]
    if not any(_leads(each) for each in said):
        found = (_address(each) for each in chain(works, *one))
        said += [_shown(each) for each in found if each][:1]
    said += [inside(each, depth + 1, ()) for each in ref if named(each) == "note"]
    return " ".join(said)


def _works(parent: Element) -> list[Element]:
    return [each for each in parent if named(each) in _WORKS]


def _told(works: list[Element]) -> list[Element]:
    """The works without those that say in parts what others say as a text."""
    return [each for each in works if named(each) == "mixed-citation"] or works


def _one(citation: Element, depth: int, inside: Inside) -> str:
    running = any(char.isalnum() or char in ".,:;" for char in _between(citation))
    said = inside(citation, depth, ()) if running else _put_together(citation, depth, inside)
    said = said.strip()
    address = "" if _leads(said) else _address(citation)
    return f"{said} {_shown(address)}" if address else said


def _leads(said: str) -> bool:
    return "<a " in said or "doi.org/10." in said or "doi:10." in said


def _shown(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _between(citation: Element) -> str:
    """What stands between its parts."""
    return (citation.text or "") + "".join(each.tail or "" for each in citation)


def _address(citation: Element) -> str:
    named_ids = (each for each in citation.iter() if named(each) in ("pub-id", "object-id"))
    ids = {each.get("pub-id-type"): each for each in named_ids}
    found = (link_of(ids[kind]) for kind in _IDS if kind in ids)
    return next((each for each in found if each), "")


def _put_together(citation: Element, depth: int, inside: Inside) -> str:
    """Authors (year). Title. Source volume(issue): pages. Publisher. Links."""
    said = {named(each): inside(each, depth + 1, ()).strip() for each in reversed(list(citation))}
    authors = ", ".join(_authors(citation))
    year = said.get("year", "")
    begin = f"{escape(authors)} ({year})" if authors and year else escape(authors) or year
    pages = "–".join(part for part in (said.get("fpage"), said.get("lpage")) if part)
    pages = pages or said.get("elocation-id", "")
    issue = f"({said['issue']})" if said.get("issue") else ""
    number = f"{said.get('volume', '')}{issue}{f':{pages}' if pages else ''}"
    parts = (
        begin,
        said.get("article-title", "") or said.get("data-title", ""),
        said.get("chapter-title", ""),
        " ".join(part for part in (said.get("source"), number) if part),
        *(said.get(name, "") for name in ("conf-name", "patent", "publisher-name")),
        *(inside(each, depth + 1, ()) for each in citation if named(each) == "comment"),
        *(_linked(citation)),
    )
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())


def _authors(citation: Element) -> Iterator[str]:
    groups = [each for each in citation if named(each) == "person-group"]
    authors = [each for each in groups if each.get("person-group-type", "author") == "author"]
    alone = [each for each in citation if named(each) in ("name", "string-name", "collab")]
    for each in chain.from_iterable(
        each.iter() for each in authors or alone or groups or [citation]
    ):
        if named(each) in ("name", "string-name"):
            parts = (words(each.find(f"{{*}}{part}")) for part in ("surname", "given-names"))
            yield " ".join(part for part in parts if part) or words(each)
        elif named(each) == "collab":
            yield words(each)
        elif named(each) == "etal":
            yield "et al."


def _linked(citation: Element) -> Iterator[str]:
    for each in citation:
        if named(each) in ("ext-link", "uri") and (address := link_of(each)):
            yield _shown(address)
