"""What lacks its scheme, in brackets of its own: "(example.org/a)", "(reuters.com, apnews.com)"."""

import re

from ledger import urls
from ledger.extract.markers.marker import Marker

HOST = r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,18}"
"""A host in small letters: "St.Petersburg/Russia" is none."""
HOST_OF_PAGE = rf"{HOST}/"
OPENS_BARE = rf"{HOST}[/),;]"
"""How they begin in brackets."""
_REST = r"/[^\s()<>\[\]]{1,500}"
BARE_PAGE = HOST + _REST
BARE_ADDRESS = rf"\({HOST}{_REST}\)|\[{HOST}{_REST}\](?![(\[:])"
_HOSTS = rf"{HOST}(?:[,;]\s?{HOST}){{0,5}}"
_CLOSES = r"(?=\s{0,2}(?:[.,;:!?…。，\[(（【]|$))"
BARE_HOSTS = (
    rf"\({_HOSTS}\){_CLOSES}|\[{_HOSTS}\](?![(\[:]){_CLOSES}"
    rf"|(?<=[.!?…”\"]\s)\({_HOSTS}\)(?=\s)"
)
"""Hosts alone, where a sentence ends: before its stop, or between it and the next."""
_COMMON = (".com", ".org", ".net", ".gov", ".edu", ".mil", ".int", ".info")
"""Endings by which anybody knows a host. Others end the names of files and of fields, too."""


def read_bare_address(raw: str, *, called: bool = False) -> Marker | None:
    """The page of "(reuters.com/a)"; None where nobody knows such a host: "(created.at/updated)".

    Where it is called a source, a host of three names is one, too: "[Source: docs.a.dev/b]".
    """
    address = urls.repair(raw[1:-1])
    if address is None:
        return None
    host = raw[1:].partition("/")[0]
    named = called and host.count(".") > 1 and host.rpartition(".")[2] not in urls.FILE_ENDINGS
    if not named and not host.endswith(_COMMON) and not _is_known(address):
        return None
    return Marker((), words="", url=address)


def read_hosts(raw: str) -> Marker | None:
    """The sites of "(reuters.com, bbc.com)"; None unless all are of outlets that everybody knows.

    "(acme.com)" tells where a company is found.
    """
    found = [f"https://{host}" for host in re.split(r"[,;]\s?", raw[1:-1])]
    if not all(map(_is_known, found)):
        return None
    first, *more = (Marker((), words="", url=address) for address in found)
    return first._replace(more=tuple(more))


def _is_known(address: str) -> bool:
    from ledger import outlets  # it is rarely needed, and slow to load

    outlet = outlets.outlet_of(address)
    return outlet is not None and outlet.kind is not None
