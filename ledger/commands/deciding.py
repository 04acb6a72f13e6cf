"""Who decides, and why: what every command asks that records a person's decision."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ledger.pipeline.tell import By

ReasonOption = Annotated[
    str | None, typer.Option(help="Why you say so; it is recorded.", show_default=False)
]
ByOption = Annotated[
    str | None,
    typer.Option(envvar="LEDGER_USER", help="Who says so. Default: your user name."),
]


def decided_by(by: str | None, reason: str | None) -> "By":
    """Who decides, now: as given, else the user who runs this."""
    from ledger.pipeline.tell import By

    return By((by or "").strip() or _user(), datetime.now(UTC), (reason or "").strip() or None)


def _user() -> str:
    """Who runs this; "unknown" where the system does not say."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry for this user id, as in containers
        return "unknown"
