"""An address that lacks its scheme, in brackets of its own: "(example.org/a)"."""

from ledger import urls
from ledger.extract.markers.marker import Marker

BARE_ADDRESS = r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}[a-z]{2,18}/"
"""How one begins. Small letters only: "St.Petersburg/Russia" is none."""
_COMMON = (".com", ".org", ".net", ".gov", ".edu", ".mil", ".int", ".info")
"""Endings by which anybody knows a host. Others end the names of files and of fields, too."""


def read_bare_address(raw: str, *, called: bool = False) -> Marker | None:
    """None where nobody knows a host of that name, as for "(created.at/updated)".

    Where it is called a source, a host of three names is one, too: "[Source: docs.a.dev/b]".
    """
    address = urls.repair(raw[1:-1])
    if address is None:
        return None
    host = raw[1:].partition("/")[0]
    named = called and host.count(".") > 1 and host.rpartition(".")[2] not in urls.FILE_ENDINGS
    if not named and not host.endswith(_COMMON):
        from ledger import outlets  # it is rarely needed, and slow to load

        outlet = outlets.outlet_of(address)
        if outlet is None or outlet.kind is None:
            return None
    return Marker((), words="", url=address)
