"""The limits of one fetch.

Every limit is a setting and every breach is an error with a code. Importing this is cheap: the
HTTP client is loaded by the first fetch.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.errors import UsageError

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What one fetch may cost and where it may go.

    Attributes:
        total_time_s: For one URL over all its hops, from name look-up to last byte. The client's
            own timeouts are per operation: a byte each half second would keep it for ever.
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

    def __post_init__(self) -> None:
        """Refuse a contact that could not stand in a header line.

        Raises:
            UsageError: `contact` has characters beyond printable ASCII, or brackets.
        """
        contact = self.contact or ""
        if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()"):
            raise UsageError(
                "contact",
                "stands in the user agent and must be printable ASCII without brackets",
                remedy="Give an e-mail address or the address of a page",
            )
