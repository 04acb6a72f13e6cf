"""Links of a page -> the places in it that they lead to."""

import re
from urllib.parse import unquote

from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.patterns import later

_ELSEWHERE = later(r"https?:|//|mailto:", re.I)
_OUT = later(r"\s*(?:https?:)?//", re.I)
_BESIDE = 3
"""Elements among which a marker stands that a note leads back to."""


def _path_of(address: str) -> str:
    """The path of an address on its own host."""
    return "/" + address.partition("://")[2].partition("/")[2]


class Places:
    """The places of a page that links can lead to, by their ids and names."""

    def __init__(self, survey: Survey) -> None:
        self._ids: dict[str, Element] = {}
        for element in survey.elements:
            attrs = element.attrs
            if "id" in attrs:
                self._ids.setdefault(attrs["id"] or "", element)
            if "name" in attrs:
                self._ids.setdefault(attrs["name"] or "", element)
        self._own = self._own_addresses(survey)
        self._shorten(survey)

    def _own_addresses(self, survey: Survey) -> set[str]:
        """The addresses by which a page links to places in itself, as some tools write them whole.

        Two places at least, or the address that it names as its own, or the way back from where
        the place leads: what another page calls one of its places may be here by chance.
        """
        places: dict[str, set[str]] = {}
        for link in survey.named("a"):
            path, _, fragment = link.get("href").partition("#")
            if not (fragment and path and (_ELSEWHERE.match(path) or path[0] == "/")):
                continue
            places.setdefault(path, set())
            if fragment in self._ids:
                places.setdefault(path, set()).add(fragment)
                if self._leads_to(survey, self._ids[fragment], link):
                    places[path].add("")
        named = {
            address
            for each in (survey.named("link") if places else ())
            if each.get("rel").lower() == "canonical"
            for address in (each.get("href"), _path_of(each.get("href")))
        }
        return {path for path, found in places.items() if len(found) > 1 or path in named}

    def _shorten(self, survey: Survey) -> None:
        """Spell links to places in the page as such, "#Fig1": they lead to no other page."""
        for link in survey.named("a") if self._own else ():
            path, _, fragment = link.get("href").partition("#")
            if path in self._own and fragment in self._ids:
                link.attrs = {**link.attrs, "href": f"#{fragment}"}

    def _leads_to(self, survey: Survey, place: Element, link: Element) -> bool:
        """Whether a link at a place leads to what holds another link."""
        for element in survey.elements[place.index : place.index + _BESIDE]:
            fragment = element.get("href").partition("#")[2]
            if element.name == "a" and fragment and fragment in self._ids:
                return self._ids[fragment].holds(link)
        return False

    def of(self, link: Element) -> tuple[Element | None, bool]:
        """The element that a link leads to, and whether it leads into this page and to nothing."""
        path, _, fragment = link.get("href").partition("#")
        if not fragment or (_ELSEWHERE.match(path) and path not in self._own):
            return None, False
        target = self._ids.get(fragment) or self._ids.get(unquote(fragment))
        return target, target is None and (not path or path in self._own)

    def leads_out(self, link: Element) -> bool:
        """Whether a link leads out of the page."""
        path = link.get("href").partition("#")[0]
        return _OUT.match(path) is not None and path not in self._own
