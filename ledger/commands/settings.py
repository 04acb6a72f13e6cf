"""What holds for every command of one run: the global options, before the command."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options.

    Attributes:
        db: As given by --db or LEDGER_DB; None for the place of the platform.
        db_typed: Whether --db gave it, so that a command to be typed next needs it too.
        quiet: Print only errors on stderr.
        color: False with --no-color: no bold type either. NO_COLOR is rich's own business, which
            takes it at its word: colours go, bold type stays (no-color.org).
        debug: Show where in the program an error arose.
    """

    db: str | None = None
    quiet: bool = False
    color: bool = True
    debug: bool = False
    db_typed: bool = False


def settings_of(ctx: Any) -> Settings:
    """The settings of a Typer context; the defaults before they are read."""
    return ctx.obj if isinstance(ctx.obj, Settings) else Settings()
