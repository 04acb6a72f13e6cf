"""The pages and outlets that one reading met -> the entries that record them."""

from functools import lru_cache

from ledger.model import Outlet, Source
from ledger.outlets import Publisher
from ledger.pipeline.pages import Page, Pages


def sources_of(pages: Pages) -> tuple[Source, ...]:
    """An entry for each page, in the order in which they were met."""
    return tuple(map(source_entry, pages.sources.values()))


def outlets_of(pages: Pages) -> tuple[Outlet, ...]:
    """An entry for each outlet, in the order they were met; what people said is left alone."""
    return tuple(
        outlet_entry(each) if isinstance(each, Publisher) else each
        for each in pages.outlets.values()
    )


def source_entry(page: Page) -> Source:
    """The entry of one page."""
    return Source.make(**page._asdict())


@lru_cache(maxsize=65_536)
def outlet_entry(publisher: Publisher) -> Outlet:
    """The entry of what the registry knows of one outlet, or of what follows from a key."""
    return Outlet.make(**publisher._asdict())
