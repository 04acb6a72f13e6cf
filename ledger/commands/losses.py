"""What a person says is taken away -> the losses of one question."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from ledger import queries
from ledger.commands.options import day_of, filled
from ledger.errors import UsageError
from ledger.provenance import Losses, one_page
from ledger.reader import Reader

Names = list[str] | None

OutletsOption = Annotated[
    Names,
    typer.Option(
        "--outlet", help="An outlet: name, alias or domain.", metavar="NAME", callback=filled
    ),
]
OwnersOption = Annotated[
    Names,
    typer.Option("--owner", help="Every outlet of this owner.", metavar="NAME", callback=filled),
]
CountriesOption = Annotated[
    Names,
    typer.Option(
        "--country",
        help="Every outlet of this country: two letters.",
        metavar="CC",
        callback=filled,
    ),
]
KindsOption = Annotated[
    Names,
    typer.Option("--kind", help="Every outlet of this kind.", metavar="KIND", callback=filled),
]
PagesOption = Annotated[
    Names,
    typer.Option(
        "--source", help="A cited page: id or address.", metavar="ID_OR_URL", callback=filled
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        help="Pages published on this day or later, such as 2024-02-01.",
        metavar="DATE",
        callback=filled,
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(help="Pages published on this day or earlier.", metavar="DATE", callback=filled),
]
KeptOption = Annotated[
    Names,
    typer.Option(
        "--except",
        help="An outlet to keep, although another option names it.",
        metavar="NAME",
        callback=filled,
    ),
]
RatingsOption = Annotated[
    Names,
    typer.Option(
        "--rating",
        help="Every outlet with this rating in a list of your own.",
        metavar="NAME=VALUE",
        callback=filled,
    ),
]


class Taken(NamedTuple):
    """The options as given: what is taken away, and what is `kept` of it."""

    outlets: Names = None
    owners: Names = None
    countries: Names = None
    kinds: Names = None
    pages: Names = None
    since: str | None = None
    until: str | None = None
    ratings: Names = None
    kept: Names = None

    @property
    def something(self) -> bool:
        """Whether anything is taken away."""
        return any(self._replace(kept=None))

    def options(self) -> dict[str, list[str]]:
        """Those that were given, as they are typed, and the values of each."""
        names = "outlet owner country kind source since until rating except".split()
        return {
            f"--{name}": [values] if isinstance(values, str) else values
            for name, values in zip(names, self, strict=True)
            if values
        }

    def typed(self) -> str:
        """The options as words of a command line, to ask further."""
        from shlex import quote

        given = self.options().items()
        return " ".join(f"{option} {quote(value)}" for option, values in given for value in values)


def losses_of(reader: Reader, taken: Taken, days: tuple[str | None, str | None]) -> Losses:
    """What the names stand for in this ledger; `days` as `days_of` gives them.

    Raises:
        NotFoundError: A name stands for nothing here, or for several things.
        UsageError: A country or kind is none, or nothing is left to lose.
    """
    pages = [queries.source_named(reader, name) for name in _all(taken.pages)]
    losses = Losses(
        outlets=tuple(queries.outlet_named(reader, name) for name in _all(taken.outlets)),
        owners=tuple(queries.owner_named(reader, name) for name in _all(taken.owners)),
        countries=tuple(_country(code) for code in _all(taken.countries)),
        kinds=tuple(_kind(word) for word in _all(taken.kinds)),
        sources=(*pages, *sorted(one_page(reader, pages) - set(pages))),
        dated_from=days[0],
        dated_until=days[1],
        kept=tuple(queries.outlet_named(reader, name) for name in _all(taken.kept)),
        ratings=tuple(queries.rating_named(reader, text) for text in _all(taken.ratings)),
    )
    if losses.takes_nothing:
        raise UsageError(
            "--except",
            "it names everything that is taken away, so nothing is lost",
            remedy="Name another outlet, or leave out --except",
        )
    return losses


def days_of(taken: Taken) -> tuple[str | None, str | None]:
    """The first and the last day of --since and --until; None where it is not given.

    Raises:
        UsageError: One is no day, or none is in between.
    """
    since = None if taken.since is None else day_of("--since", taken.since).isoformat()
    until = None if taken.until is None else day_of("--until", taken.until).isoformat()
    if since and until and since > until:
        raise UsageError(
            f"--since {taken.since} --until {taken.until}",
            "no day is in between",
            remedy="Swap them",
        )
    return since, until


def _all(names: Names) -> Sequence[str]:
    return names or ()


def _country(code: str) -> str:
    from ledger.pipeline.facts import COUNTRIES  # only this question needs them

    if code.upper() not in COUNTRIES:
        raise UsageError(
            f"--country {code}",
            "this is not a country code",
            remedy="Give two letters: US, GB (not UK), JP",
        )
    return code.upper()


def _kind(word: str) -> str:
    from ledger.outlets import KINDS  # the registry is slow to load and rarely asked

    kind = word.strip().lower()
    if kind not in KINDS:
        raise UsageError(
            f"--kind {word}", "this is not a kind of outlet", remedy=f"Kinds: {', '.join(KINDS)}"
        )
    return kind
