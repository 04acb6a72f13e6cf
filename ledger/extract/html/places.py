"""Links of a page -> the places in it that they lead to."""

import re
from urllib.parse import unquote

from ledger.extract.html.names import HEADINGS
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.patterns import later

_ELSEWHERE = later(r"https?:|//|mailto:", re.I)
_OUT = later(r"\s*(?:https?:)?//", re.I)
_ALSO_IDS = ("data-bib-id", "content-id", "data-content-id")
"""What names a place of a page whose script leads there."""
_ALSO_TARGETS = ("data-rid", "rid", "reveal-id", "data-open", "data-refid")
"""What names the place that a script leads a link to, which has no address of it."""
_NOWHERE = ("", "#", "javascript")
_BESIDE = 3
"""Elements among which a marker stands that a note leads back to."""


def _path_of(address: str) -> str:
    """The path of an address on its own host."""
    return "/" + address.partition("://")[2].partition("/")[2]


class Places:
    """The places of a page that links can lead to, by their ids and names."""

    def __init__(self, survey: Survey) -> None:
        self._ids: dict[str, Element] = {}
        scripted: list[tuple[str, Element]] = []
        for element in survey.elements:
            attrs = element.attrs
            if "id" in attrs:
                self._ids.setdefault(attrs["id"] or "", element)
            if "name" in attrs:
                self._ids.setdefault(attrs["name"] or "", element)
            scripted.extend((attrs[name] or "", element) for name in _ALSO_IDS if name in attrs)
        for name, element in scripted:
            self._ids.setdefault(name, element)
        self._backs: dict[str, list[Element]] = {}
        for link in survey.named("a"):
            if link.get("href")[:1] == "#":
                self._backs.setdefault(link.get("href")[1:], []).append(link)
        self._found_back: dict[str, Element] = {}
        self._own = self._own_addresses(survey)
        self._shorten(survey)

    def _own_addresses(self, survey: Survey) -> set[str]:
        """The addresses by which a page links to places in itself, as some tools write them whole.

        Two places at least, or the address that it names as its own, or the way back from where
        the place leads: what another page calls one of its places may be here by chance. A file
        beside it is itself where a heading leads to a place in that heading.
        """
        places: dict[str, set[str]] = {}
        for link in survey.named("a"):
            path, _, fragment = link.get("href").partition("#")
            if not (fragment and path):
                continue
            if not (_ELSEWHERE.match(path) or path[0] == "/"):
                if self._leads_to_own_heading(link, fragment):
                    places[path] = {fragment, ""}
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

    def _leads_to_own_heading(self, link: Element, fragment: str) -> bool:
        """Whether a link leads to a place of the heading in which it stands, by the page's file."""
        place, heading = self._ids.get(fragment), link.parent
        if place is None or heading is None or heading.name not in HEADINGS:
            return False
        return heading.holds(place)

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

    def may_lead(self, link: Element) -> bool:
        """Whether a link may lead to a place of a page, by its address or by a script."""
        return "#" in link.get("href") or _target_of(link) is not None

    def of(self, link: Element) -> tuple[Element | None, bool]:
        """The element that a link leads to, and whether it leads into this page and to nothing.

        None and False for a link to another page, or to none of its places.
        """
        path, _, fragment = link.get("href").partition("#")
        if scripted := _target_of(link):
            path, fragment = "", scripted
        if not fragment or (_ELSEWHERE.match(path) and path not in self._own):
            return None, False
        target = self._ids.get(fragment) or self._ids.get(unquote(fragment))
        if target is None and not path:
            target = self._leading_back(link, fragment)
        return target, target is None and (not path or path in self._own)

    def _leading_back(self, link: Element, fragment: str) -> Element | None:
        """What leads back to a link whose own place is nowhere: the number of its entry."""
        if fragment not in self._found_back:
            names = {link.get("id"), link.get("name")} - {""}
            found = {back for name in names for back in self._backs.get(name, ())} - {link}
            if len(found) != 1:
                return None
            self._found_back[fragment] = found.pop()
        return self._found_back[fragment]

    def leads_out(self, link: Element) -> bool:
        """Whether a link leads out of the page."""
        path = link.get("href").partition("#")[0]
        return _OUT.match(path) is not None and path not in self._own


def _target_of(link: Element) -> str | None:
    """The place that a script leads a link to; None for a link with an address, or for none."""
    if link.get("href").partition(":")[0].strip() not in _NOWHERE:
        return None
    return next((link.get(name) for name in _ALSO_TARGETS if link.get(name)), None)
