"""The limits of one fetch, and the manners between several.

Every limit is a setting and every breach is an error with a code. Importing this is cheap: the
HTTP client is loaded by the first fetch.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.errors import UsageError

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

MEBIBYTE = 1024 * 1024
AGENT = "claim-ledger"
"""Product token: begins the user agent, and is the name to which a robots.txt speaks."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What one fetch may cost and where it may go.

    Attributes:
        total_time_s: For one attempt at one URL over all its hops, from name look-up to last byte.
            Waiting out of politeness does not count. The client's own timeouts are per operation:
            a byte each half second would keep it for ever.
        min_rate: Bytes per second, averaged over `rate_window_s` and counted from the first byte of
            an answer, so that a server may think before it speaks (slow loris).
        rate_window_s: Length of the stretches over which `min_rate` is averaged.
        max_header_bytes: For the status line and all headers of one hop, interim (1xx) answers
            included. The client itself refuses above 100 KiB.
        max_raw_bytes: Body as it was sent.
        max_decoded_bytes: Body after content decoding.
        max_ratio: Decoded to raw, once more than `ratio_free_bytes` came out. Deflate reaches 1032;
            pages stay below 30.
        ratio_free_bytes: Decoded bytes for which no ratio is asked.
        max_redirects: Hops after the first.
        ports: Ports that may be asked on a public address.
        allow_private: Networks that are not public and may be asked all the same, at any port.
        contact: Address or page of who runs this, shown in the user agent; None shows none.
        http2: Speak HTTP/2 over TLS to servers that offer it; under the same limits.
        obey_robots: Ask each host for its robots.txt (RFC 9309) first, and obey it.
        max_robots_bytes: As much of a robots.txt is read; RFC 9309 asks for at least 500 KiB.
        robots_age_s: How long a robots.txt that was read is taken for true.
        pause_s: Between the end of one request to a host and the beginning of the next; there is
            never more than one at a time. A Crawl-delay can only make it longer.
        max_pause_s: The longest Crawl-delay or Retry-After that is believed.
        tries: Attempts at one URL, the first included, where another one may help.
        backoff_s: Wait before the second attempt; doubled for each further one, plus chance.
        patience_s: The longest single wait for a host that asks for one (Retry-After, Crawl-delay):
            who asks for more is not asked again meanwhile.
    """

    total_time_s: float = 30.0
    min_rate: int = 1024
    rate_window_s: float = 10.0
    max_header_bytes: int = 100 * 1024
    max_raw_bytes: int = 10 * MEBIBYTE
    max_decoded_bytes: int = 20 * MEBIBYTE
    max_ratio: int = 100
    ratio_free_bytes: int = MEBIBYTE
    max_redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    allow_private: "tuple[IPv4Network | IPv6Network, ...]" = ()
    contact: str | None = None
    http2: bool = True
    obey_robots: bool = True
    max_robots_bytes: int = 500 * 1024
    robots_age_s: float = 24 * 3600.0
    pause_s: float = 1.0
    max_pause_s: float = 3600.0
    tries: int = 3
    backoff_s: float = 1.0
    patience_s: float = 60.0

    def __post_init__(self) -> None:
        """Refuse a contact that could not stand in a header line.

        Raises:
            UsageError: `contact` has characters beyond printable ASCII, or brackets.
        """
        contact = self.contact or ""
        if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()"):
            raise UsageError(
                "--contact",
                (
                    "it becomes part of the user agent, so it must be printable ASCII without "
                    "brackets"
                ),
                remedy="Give an e-mail address or the address of a page",
            )


def agent(contact: str | None) -> str:
    """The user agent: product, version and, where one is given, whom to turn to."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("claim-ledger")
    except PackageNotFoundError:  # a checkout that is not installed
        number = "0"
    return f"{AGENT}/{number}" + (f" (+{contact})" if contact else "")
