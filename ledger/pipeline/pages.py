"""Addresses that one reading meets -> their sources and outlets."""

from collections.abc import Mapping

from ledger import outlets, urls
from ledger.model import Outlet, Source


class Pages:
    """The sources and outlets met in one reading, each made once.

    Args:
        behind: Addresses that hide a page, to the host of that page; None where nobody knows it.
    """

    def __init__(self, behind: Mapping[str, str | None] | None = None) -> None:
        self.behind = behind or {}
        self.sources: dict[str, Source] = {}
        self.outlets: dict[str, Outlet] = {}

    def source(self, url: str) -> Source:
        """The source of a normalised address."""
        found = self.sources.get(url)
        if found is None:
            outlet = self.publisher(url)
            found = Source.make(url=url, host=urls.host(url), outlet=outlet.key if outlet else None)
            self.sources[url] = found
        return found

    def publisher(self, url: str) -> Outlet | None:
        """The outlet of a normalised address; None where nobody knows whose it is."""
        if url in self.behind:
            host = self.behind[url]
            outlet = outlets.outlet_of(f"https://{host}/") if host else None
        else:
            outlet = outlets.outlet_of(url) if url.startswith("http") else None
        if outlet is not None:
            self.outlets[outlet.key] = outlet
        return outlet

    def named(self, outlet: Outlet) -> str:
        """The key of an outlet named in prose."""
        self.outlets.setdefault(outlet.key, outlet)
        return outlet.key


def source_url(url: str) -> str:
    """One spelling for the address of an input; `file:` and `urn:` stay as they are."""
    return urls.normalise(urls.unwrap(url).url or url) or url
