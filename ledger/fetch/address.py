"""URLs and network addresses -> whether they may be asked.

Where a connection goes is never judged by reading a URL, because readers disagree about odd ones:
the shape is judged here only to say clearly what is wrong, and to keep out characters that make
readers disagree. `guard.GuardedBackend` judges the address that is about to be connected to.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ledger.fetch.trip import Trip

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\\]")

NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        # IANA IPv4 Special-Purpose Address Registry. Own list, because ipaddress.is_global is
        # wrong for several of these before Python 3.11.10 (CVE-2024-4032).
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata service of most clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",  # looks public, answers as the host of every Azure machine
    )
)
UNICAST_6 = IPv6Network("2000::/3")
"""All of IPv6 that IANA has opened for public unicast. Everything else is refused unnamed:
mapped (::ffff:0:0/96), compatible, NAT64 (64:ff9b::/96), unique and link local, multicast."""
NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "3fff::/20",  # documentation
    )
)


def check_shape(url: str, trip: "Trip") -> None:
    """Refuse a URL that cannot be asked, saying which part of it is wrong.

    Raises:
        RefusedError: scheme (none, or not http and https), malformed (spaces, control characters,
            backslashes, no host, bad port), credentials.
    """
    if UNPRINTABLE.search(url):
        raise trip.refused(
            "malformed",
            "the address contains a space, a backslash or a control character",
            "Write a space as %20",
        )
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise trip.refused("malformed", "the host or port of the address is not valid") from error
    if parts.scheme not in ("http", "https"):
        said = (
            f"addresses of the scheme {parts.scheme!r} are not fetched"
            if parts.scheme
            else "has no scheme"
        )
        raise trip.refused("scheme", said, "Give an address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise trip.refused(
            "credentials",
            "the address contains a user name or password",
            "Save the page and give the file",
        )
    if not host or host.startswith(".") or ".." in host:
        raise trip.refused("malformed", "the address names a host that cannot exist")


def is_public(address: Address) -> bool:
    """True when `address` is ordinary unicast of the public internet, by own list and Python's."""
    if isinstance(address, IPv4Address):
        listed = any(address in network for network in NOT_PUBLIC_4)
    else:
        listed = address not in UNICAST_6 or any(address in network for network in NOT_PUBLIC_6)
    return address.is_global and not listed


def covering(address: Address, networks: tuple[Network, ...]) -> Network | None:
    """The first of `networks` that holds `address`; None when none does."""
    return next((network for network in networks if address in network), None)
