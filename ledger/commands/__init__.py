"""The command line: what a person types -> an answer, and an exit status.

Typer and rich are imported only in this folder. A module is imported when one of its commands
runs: `group.COMMANDS` knows the module and the help of each, so that `ledger --help` starts fast.

To add a command: a module `ledger/commands/NOUN.py` with `app = typer.Typer()` and a function
under `@app.command("NAME")`, and a row in `COMMANDS` that repeats the first line of its docstring.

1. Before any command: `group` finds it and turns errors into exit statuses, `settings` are the
   global options, `options` those of many commands, `nothing` refuses empty ones. `opening` opens
   the ledger.
2. `ingest` and `parse`: `inputs` and `archives` are what was named, `listings` what feeds announce,
   `fetching` how the web is asked; `arriving` gets the bytes (by `attempts`, so that one that fails
   leaves the others), `readers` are the children that read. `run` records what arrives, `outcomes`
   says it, `follow` goes on to cited pages; `lines` is what `parse` prints. `progress` and
   `counting` are bars.
3. Questions: `claims` by the options of `narrowing`, as the rows of `passages` (`in_parts` where
   there are many), with `affected` and `notes`; `trace` with `descent`; `impact` of the `losses`
   named, as `effects` or as a `ranking`; `articles` with `left_out`, `outlets`, `sources`,
   `origins`, `gaps`, `circular`, `diff` with `changed`; `audit` of what is `audited`.
4. Decisions, by who is `deciding`: `link`, `withdraw` (in words: `withdrawals`), `set_aside`
   (`counting_as` is what follows); of outlets `knowledge`, `outlet_lists` and `outlet_update`, with
   `known_outlets` and `contradictions`.
5. Keeping: `db` with `backups` and `exchange`; `journal` with `verify`, `checkpoint`, `prove` (as
   `proven` shows it) and `redact`, by `issuing`, `pinning` and `stamping`; `doctor`.
6. Printing: `output` for data, made `safe`; `words` for people on stderr; `whole_file` for files.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands.group import INTERRUPTED, USAGE, Ledger, reader_left, stdout_failed
from ledger.commands.settings import Settings
from ledger.commands.words import complain
from ledger.waiting import telling

_EPILOG = (
    "Data goes to stdout, messages to stderr. Exit status: 0 success; 1 findings, or nothing "
    "matched; 2 wrong usage, or the output cannot be written; 3 some inputs could not be "
    "read; 4 the record was altered; 5 the database cannot be used; 6 refused by policy; 70 "
    "an error in this program; 130 interrupted."
)

app = typer.Typer(
    cls=Ledger,
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if not asked:
        return
    import platform
    import sqlite3
    from importlib.metadata import version

    sys.stdout.write(
        f"ledger {version('claim-ledger')} "
        f"(Python {platform.python_version()}, SQLite {sqlite3.sqlite_version})\n"
    )
    raise typer.Exit


@app.callback()
def ledger(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            envvar="LEDGER_DB",
            metavar="PATH_OR_URL",
            help="The database. Without it: a file in your data folder (see: ledger db info).",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only errors on stderr.")
    ] = False,
    no_color: Annotated[
        bool, typer.Option("--no-color", help="Print without colours or bold type.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an error arose.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show versions.")
    ] = False,
) -> None:
    """Who carries each claim of a cited text, and what falls if that outlet is wrong."""
    source = ctx.get_parameter_source("db")
    typed = source is not None and source.name == "COMMANDLINE"
    ctx.obj = Settings(db=db, quiet=quiet, color=not no_color, debug=debug, db_typed=typed)
    if not quiet:
        ctx.with_resource(telling(_waits))


def _waits(db: str) -> None:
    complain(f"{db}: another program is writing to it. Waiting for up to half a minute ...")


MISTAKE = 70
"""Exit status when the program itself is wrong; `sysexits.h` calls it EX_SOFTWARE."""

COLLECT_AFTER = (100_000, 50, 50)
"""Thresholds of the garbage collector: what is read are trees, and looking for circles in them
takes a tenth of the time."""


def _run() -> None:
    try:
        app(prog_name="ledger")
    except SystemExit as done:
        if reader_left(done):
            sys.exit(0)
        raise
    finally:
        sys.stdout.flush()  # help and versions are printed before any command runs
        # At its end Python looks for circles in all that lives, a tenth of a short command.
        gc.freeze()


def main() -> None:
    """The console script `ledger`."""
    # We have no plugins; looking for some reads the metadata of all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if sys.stderr is None:  # closed by whoever started the program
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdin is None:  # so is this: nothing comes from it
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdout is None:
        # The next file to be opened, the database, would take its place and be written over.
        complain("ledger: standard output is closed. Send it somewhere, such as to a file")
        sys.exit(USAGE)
    gc.set_threshold(*COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        _run()
    except OSError as error:
        sys.exit(stdout_failed(error))
    except KeyboardInterrupt:
        complain("Interrupted. Run the same command again.")
        sys.exit(INTERRUPTED)
    except Exception as error:
        # The boundary of the program: a mistake of ours, or a ledger that somebody altered, which
        # can break any reader.
        if "--debug" in sys.argv:
            raise
        complain(
            f"ledger: internal error ({type(error).__name__}). Please report it; ledger "
            "--debug shows where it arose. To check whether the ledger was altered: ledger "
            "journal verify"
        )
        sys.exit(MISTAKE)
