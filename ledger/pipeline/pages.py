"""Addresses that one reading meets -> their pages and outlets; `entries` records them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ledger import outlets, urls
from ledger.errors import RefusedError
from ledger.ids import source_id
from ledger.origins import origin_of

if TYPE_CHECKING:
    from ledger.model import Outlet


class Page(NamedTuple):
    """A page that can be cited; fields as in `model.Source`."""

    url: str
    host: str | None
    outlet: str | None

    @property
    def id(self) -> str:
        """`Source.id`."""
        return source_id(self.url)


class Pages:
    """The pages met in one reading, and the outlets that publish or wrote them, each made once.

    Attributes:
        sources: The pages by their addresses, in the order in which they were met.
        outlets: By their keys, in that order.

    Args:
        behind: Addresses that hide a page, to the host of that page, where it is known.
    """

    def __init__(self, behind: Mapping[str, str] | None = None) -> None:
        self.behind = behind or {}
        self.sources: dict[str, Page] = {}
        self.outlets: dict[str, outlets.Publisher | Outlet] = {}

    def source(self, url: str) -> Page:
        """The page with a normalised address."""
        found = self.sources.get(url)
        if found is None:
            outlet = self.publisher(url)
            agency = origin_of(url)
            if agency is not None:  # it is asked for by name, whether anybody cites its own pages
                self.outlets.setdefault(agency.key, agency)
            found = Page(url, urls.host(url), outlet.key if outlet else None)
            self.sources[url] = found
        return found

    def publisher(self, url: str) -> outlets.Publisher | None:
        """The outlet of a normalised address; None where nobody knows whose it is."""
        if url in self.behind:
            outlet = outlets.outlet_of(f"https://{self.behind[url]}/")
        elif url.startswith("http") and urls.unwrap(url).hidden is None:
            outlet = outlets.outlet_of(url)
        else:
            outlet = None
        if outlet is not None:
            self.outlets[outlet.key] = outlet
        return outlet

    def named(self, outlet: "outlets.Publisher | Outlet") -> str:
        """The key of an outlet named in prose."""
        self.outlets.setdefault(outlet.key, outlet)
        return outlet.key


def source_url(url: str) -> str:
    """One spelling for the address of an input; `file:` and `urn:` stay as they are."""
    return urls.normalise(urls.unwrap(url).url or url) or url


def refuse_credentials(address: str) -> None:
    """Do nothing with an address that may be recorded.

    Raises:
        RefusedError: It carries a user name or password.
    """
    if urls.redact(address) != address:
        raise RefusedError(
            urls.redact(address),
            "credentials",
            "the address contains a user name or password, which would be recorded for ever",
            remedy="Give it without them",
        )
