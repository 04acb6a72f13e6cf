"""How to ask the web, as a person says it -> the fetcher of one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ledger.commands.options import not_too_many
from ledger.commands.words import complain
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.fetch import Fetcher, FetchSettings
    from ledger.pipeline.render import Renderer

Item = TypeVar("Item")

PANEL = "Fetching"
_option = partial(typer.Option, rich_help_panel=PANEL)

LONGEST_S = 86_400
"""Seconds that may be asked for: a day. Beyond some years no clock of the system can wait."""

MOST_TRIES = 100
"""Beyond that somebody meant another option: the waits between them double up to half a minute."""


def _seconds(param: typer.CallbackParam, value: float | None) -> float | None:
    """A callback.

    Raises:
        UsageError: It is more than `LONGEST_S`, or no number at all ("nan").
    """
    if value is not None and not value <= LONGEST_S:
        raise UsageError(
            f"{param.opts[0]} {value:g}",
            "nothing waits that long",
            remedy=f"Give at most {LONGEST_S:,} seconds (one day)",
        )
    return value


PrivateOption = Annotated[
    list[str] | None,
    _option(
        metavar="CIDR",
        help="Allow requests to this private network, such as 10.1.0.0/16. Repeatable.",
    ),
]
RenderOption = Annotated[
    str | None,
    _option(
        "--render",
        metavar="COMMAND",
        help="Fetch pages with a browser command of your own: it is run with the address as "
        "its last argument and prints the page. It may reach private networks.",
    ),
]
ContactOption = Annotated[
    str | None,
    _option(
        envvar="LEDGER_CONTACT",
        metavar="WHO",
        help="Your e-mail address or web page, sent to the sites with each request.",
    ),
]
RobotsOption = Annotated[
    bool, _option("--ignore-robots", help="Ignore robots.txt. Each capture records that you did.")
]
TimeoutOption = Annotated[
    float | None,
    _option(
        min=0.1,
        metavar="SECONDS",
        callback=_seconds,
        help="Longest time for one attempt at an address. Default: 30.",
    ),
]
MaxBytesOption = Annotated[
    int | None,
    _option(
        metavar="N",
        min=1,
        callback=not_too_many,
        help="Largest page. Default: 10 MiB as sent, 20 MiB unpacked.",
    ),
]
PauseOption = Annotated[
    float | None,
    _option(
        min=0,
        metavar="SECONDS",
        callback=_seconds,
        help="Pause between two requests to one host; longer if the site asks for it. Default: 1.",
    ),
]
PatienceOption = Annotated[
    float | None,
    _option(
        min=0,
        metavar="SECONDS",
        callback=_seconds,
        help="Longest wait when a site asks to be left alone for a while. Default: 60.",
    ),
]
TriesOption = Annotated[
    int | None,
    _option(
        metavar="N",
        min=1,
        max=MOST_TRIES,
        help="Attempts at an address, when trying again may help. Default: 3.",
    ),
]
WorkersOption = Annotated[
    int,
    _option(
        metavar="N",
        min=1,
        max=64,
        help="How many hosts to ask at once; each host gets one request at a time.",
    ),
]


@dataclass(frozen=True, slots=True)
class Manners:
    """The options of fetching, as given; None where the default of `FetchSettings` holds."""

    allow_private: Sequence[str] | None = None
    contact: str | None = None
    ignore_robots: bool = False
    timeout: float | None = None
    max_bytes: int | None = None
    pause: float | None = None
    patience: float | None = None
    tries: int | None = None

    def fetcher(self) -> "Fetcher":
        """A fetcher that keeps them; raises as `limits`."""
        from ledger.fetch import Fetcher

        return Fetcher(self.limits())

    def limits(self) -> "FetchSettings":
        """The settings that they make.

        Raises:
            UsageError: A network is none, or the contact cannot stand in a header.
        """
        from ledger.fetch import FetchSettings

        given = {
            "total_time_s": self.timeout,
            "max_raw_bytes": self.max_bytes,
            "max_decoded_bytes": self.max_bytes,
            "pause_s": self.pause,
            "patience_s": self.patience,
            "tries": self.tries,
        }
        return FetchSettings(
            allow_private=tuple(map(_network, self.allow_private or ())),
            contact=self.contact or None,
            obey_robots=not self.ignore_robots,
            **{name: value for name, value in given.items() if value is not None},  # type: ignore[arg-type] # each has the type of its field
        )


def renderer_of(command: str | None) -> "Renderer | None":
    """The browser command of --render, after a warning; None without one.

    Raises:
        UsageError: The command is none.
    """
    if command is None:
        return None
    from ledger.pipeline.render import Renderer

    complain(
        "warning: --render runs your command for every address. It uses the network on its "
        "own: private networks, limits, pauses and robots.txt are not checked"
    )
    return Renderer.of(command)


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise UsageError(
            "--allow-private",
            f"{text}: {error}",
            remedy="Write an address or a network: 127.0.0.1, 10.1.0.0/16",
        ) from error


def in_order(
    names: Sequence[str], arrived: Iterator[tuple[str, Item]]
) -> Iterator[tuple[str, Item]]:
    """What arrives for each of `names`, in their order: what is early is kept until its turn."""
    early: dict[str, Item] = {}
    for name in names:
        while name not in early:
            other, item = next(arrived)
            early[other] = item
        yield name, early.pop(name)
