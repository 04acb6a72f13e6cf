"""One input of many -> what came of it, or why nothing did: the others go on."""

import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from ledger.commands.settings import Settings
from ledger.commands.words import complain_whole
from ledger.errors import ExtractError, FetchError, LedgerError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable


Done = TypeVar("Done")
Got = TypeVar("Got")

UNREADABLE, REFUSED = 3, 6
"""Exit statuses when inputs failed: some for other reasons, or all of them by policy."""


def attempt(name: str, work: "Callable[[], Done]", settings: Settings) -> "Done | LedgerError":
    """What `work` gives for one input, or why there is nothing: later inputs go on.

    Raises:
        LedgerError: Of a kind that concerns the whole run, such as a database that is full.
    """
    try:
        return work()
    except (ExtractError, FetchError) as error:
        for note in getattr(error, "__notes__", ()) if settings.debug else ():
            complain_whole(note)  # where the child process was that read it
        return error
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of one input, see below
        # Pages come from strangers. One that finds a mistake in a reader must not take the other
        # thousand of its batch with it, so any mistake is a failure of this input, and said.
        if settings.debug:
            complain_whole(traceback.format_exc())
        return ExtractError(
            name,
            "internal",
            f"internal error while reading it ({type(error).__name__})",
            remedy="Please report it; --debug shows where it arose",
        )


def and_then(
    name: str, got: "Got | LedgerError", work: "Callable[[Got], Done]", settings: Settings
) -> "Done | LedgerError":
    """As `attempt`, with what an earlier attempt gave; its failure stays."""
    return got if isinstance(got, LedgerError) else attempt(name, lambda: work(got), settings)


def harmless(name: str) -> str:
    """An input that failed, as it is shown: an address without user name and password."""
    from ledger.urls import redact

    return redact(name) if "://" in name else name


REDACTED = "redacted"
"""The code of what is refused because somebody erased it here."""


def failed_status(errors: "Sequence[LedgerError]", inputs: int) -> int:
    """The exit status after so many inputs, of which these failed.

    What is no address at all is refused by no policy: it was mistyped. What was redacted stays
    away for good, as somebody decided: it makes no run fail, unless nothing else was asked for.
    """
    errors = [
        each
        for each in errors
        if inputs == len(errors) or not (isinstance(each, RefusedError) and each.code == REDACTED)
    ]
    if not errors:
        return 0
    refused = (isinstance(each, RefusedError) and each.code != "malformed" for each in errors)
    return REFUSED if all(refused) else UNREADABLE
