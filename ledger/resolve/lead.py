"""An address as cited -> the page that it leads to, or why it leads nowhere."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from ledger import urls
from ledger.forms import Form

if TYPE_CHECKING:
    from ledger.model import Gap

_WHOLE = re.compile(r"\s{0,20}(?:https?://|www\.)", re.I)
"""How an address begins that starts from no page; prose and careless links leave the scheme out."""
_OWN_FILE = re.compile(r"\s{0,20}/[^/?#]{1,200}(?:[?#]|$)")
"""A file of the site of its page, "/list.do?page=2", and no host without its scheme."""
IDENTIFIER = re.compile(r"\s*(?:arxiv|doi):", re.I)


class Lead(NamedTuple):
    """Where one citation leads.

    Attributes:
        url: As cited, repaired; None with a gap.
        source: `url` in the one spelling of `urls.normalise`; None with a gap.
        gap: Why it leads nowhere; None when it leads to `source`.
        form: As `model.Form`.
    """

    url: str | None
    source: str | None
    gap: "Gap | None" = None
    form: Form = "marker"


def lead_of(address: str, base: str | None = None) -> Lead:
    """Where an address leads: freed of what stands around it, and of archives and redirectors.

    Args:
        address: As written.
        base: Address of the page it stands on, for a relative one; None when it has none.
    """
    whole = _absolute(address, base)
    return _led(whole) if len(whole) <= urls.LONGEST_REMEMBERED else _led.__wrapped__(whole)


@lru_cache(maxsize=32_768)  # each stage asks of all addresses of a document: so many a megabyte has
def _led(whole: str) -> Lead:
    repaired = None if _OWN_FILE.match(whole) else urls.repair(whole)
    source = urls.unwrap(repaired).url if repaired else None
    if source is None:
        return Lead(None, None, "unusable-address")
    # "arXiv:2305.12773" is what was cited; the page it stands for is the source.
    return Lead(whole.strip() if IDENTIFIER.match(whole) else repaired, source)


def _absolute(address: str, base: str | None) -> str:
    if base is None or _WHOLE.match(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[": no address at all, which `repair` will say
        return address


def hides_its_page(address: str) -> bool:
    """Whether an address does not say which page it leads to: a redirect, a short link, a code."""
    return urls.unwrap(address).hidden is not None
