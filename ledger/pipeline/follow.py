"""A cited page -> the address to fetch, so that it is recorded as that page."""

from ledger import urls
from ledger.inputs.receive import is_url
from ledger.pipeline.pages import source_url


def follow_address(cited: str, page: str) -> str | None:
    """Where to ask for a page that an article cites.

    As it is cited: the one spelling of an address may answer otherwise, for it leaves out what
    names no other page. But where an archive or a redirector is cited, the page itself is asked.

    Args:
        cited: The address as cited.
        page: `Source.url`.

    Returns:
        None for what nobody fetches: a file, a `urn:`.
    """
    if is_url(cited) and urls.unwrap(cited).wrapper is None and source_url(cited) == page:
        return cited
    return page if is_url(page) else None
