"""Who decides, and why: what every command asks that records a person's decision."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.pipeline.tell import By

LONGEST_REASON = 4_000
"""Characters: a page of a letter. More belongs into a document that the reason names."""

ReasonOption = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Your reason; it is recorded.")
]
ByOption = Annotated[
    str | None,
    typer.Option(
        envvar="LEDGER_USER",
        metavar="NAME",
        help="Your name, for the record. Default: your user name.",
    ),
]


def decided_by(by: str | None, reason: str | None) -> "By":
    """Who decides, now: as given, else the user who runs this.

    Raises:
        UsageError: What was typed is too long, or holds what cannot be printed: it would be
            recorded for ever.
    """
    from ledger.pipeline.facts import LONGEST
    from ledger.pipeline.tell import By

    who = _on_one_line("--by", by or "", LONGEST)
    why = _on_one_line("--reason", reason or "", LONGEST_REASON)
    return By(who or _user(), datetime.now(UTC), why or None)


def _on_one_line(option: str, typed: str, longest: int) -> str:
    from ledger.pipeline.facts import WrongFactError, text_of

    try:
        return text_of(option, typed, longest)
    except WrongFactError as error:
        raise UsageError(option, error.message, remedy=error.remedy) from error


def _user() -> str:
    """Who runs this; "unknown" where the system does not say.

    Raises:
        UsageError: The name cannot be recorded: it comes from the environment, where anything goes.
    """
    import getpass

    from ledger.pipeline.facts import LONGEST, WrongFactError, text_of

    try:
        return text_of("--by", getpass.getuser(), LONGEST) or "unknown"
    except (KeyError, OSError):  # no entry for this user id, as in containers
        return "unknown"
    except WrongFactError as error:
        raise UsageError(
            "your user name", error.message, remedy="Say who you are: --by NAME"
        ) from error
