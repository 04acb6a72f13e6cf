"""The list of commands -> the one that was asked for, and errors -> exit statuses."""

import errno
import os
import sys
import traceback
from importlib import import_module
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from ledger.commands.nothing import refuse_nothing
from ledger.commands.settings import settings_of
from ledger.commands.words import complain, complain_whole, hinted
from ledger.errors import (
    ExtractError,
    FetchError,
    IntegrityError,
    LedgerError,
    NotFoundError,
    RefusedError,
    StoreError,
    TimeStampError,
    UsageError,
)

STATUS: tuple[tuple[type[LedgerError], int], ...] = (
    (NotFoundError, 1),
    (TimeStampError, 1),  # a finding: 4 is for the ledger alone
    (UsageError, 2),
    (RefusedError, 6),  # before FetchError, whose kind it is
    (FetchError, 3),
    (ExtractError, 3),
    (IntegrityError, 4),
    (StoreError, 5),
)
"""Kind of error to exit status, the first that fits; 130 is Ctrl-C."""


USAGE, INTERRUPTED = 2, 130
"""Exit codes: that of `UsageError`, and what shells give for Ctrl-C, 128 + SIGINT."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What writing to a full or closed stdout gives."""


class Row(NamedTuple):
    """One command: the help panel and the module it is in, and the first line of its docstring."""

    panel: str
    module: str
    help: str


_READ = "Read and record"
_ASK = "Ask"
_AUDIT = "Audit"
_KEEP = "Keep"

COMMANDS: dict[str, Row] = {
    "parse": Row(_READ, "parse", "Show what is read of documents, without recording anything."),
    "ingest": Row(_READ, "ingest", "Read documents and record them."),
    "link": Row(_READ, "link", "Say where a citation leads, when it leads nowhere."),
    "withdraw": Row(_READ, "withdraw", "Record that an outlet or a page was withdrawn."),
    "set-aside": Row(
        _READ, "set_aside", "Leave articles that were recorded by mistake out of all answers."
    ),
    "articles": Row(_ASK, "articles", "List the recorded articles."),
    "article": Row(_ASK, "articles", "Show one article and its claims."),
    "claims": Row(_ASK, "claims", "List claims, and what each one leans on."),
    "trace": Row(
        _ASK, "trace", "Show everything behind one claim: citations, sources and outlets."
    ),
    "outlets": Row(
        _ASK, "outlets", "List the outlets that are cited, and how many claims lean on each."
    ),
    "outlet": Row(
        _ASK, "outlets", "Show one outlet: its cited pages, and the claims it carries alone."
    ),
    "sources": Row(_ASK, "sources", "List the cited pages, and how many claims cite each."),
    "source": Row(_ASK, "sources", "Show one cited page, and the claims that cite it."),
    "origins": Row(_ASK, "origins", "List the pages that speak with one voice, and why."),
    "gaps": Row(_ASK, "gaps", "List the citations that lead nowhere, and why."),
    "impact": Row(
        _ASK, "impact", "Show which claims fall or weaken without certain outlets or pages."
    ),
    "circular": Row(_ASK, "circular", "Find citations that lead back to where they started."),
    "diff": Row(_ASK, "diff", "Compare two versions of an article, claim by claim."),
    "audit": Row(_AUDIT, "audit", "Write a citation audit of articles, to read or to hand on."),
    "journal": Row(_KEEP, "journal", "Prove that nothing recorded was altered."),
    "db": Row(_KEEP, "db", "Look after the database: where it is, backups, moving it."),
    "doctor": Row(
        _KEEP, "doctor", "Check for anything that could harm the ledger, and say what to do."
    ),
}
"""Every command in the order in which a user walks; a test compares it with the modules."""


class Ledger(TyperGroup):
    """A group that shows every command and imports only the one that runs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {
            name: TyperCommand(name, help=row.help, rich_help_panel=row.panel)
            for name, row in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Typer's own, but with the real command for the one that only holds its place."""
        if args[0] == "help":
            of = "".join(f"{word} " for word in args[1:2] if word in COMMANDS)
            what = "no such command"
            raise UsageError("help", what, remedy=f"Write: ledger {of}--help")
        if args[0] not in COMMANDS and ("://" in args[0] or os.path.lexists(args[0])):
            from shlex import quote

            remedy = f"To read it: ledger ingest {quote(args[0])}"
            raise UsageError(args[0], "this is not a command", remedy=remedy)
        name, place, rest = super().resolve_command(ctx, args)
        command = place and load(str(name))
        if command:
            _refuse_words_alone(str(name), command, rest)
            _refuse_misplaced(self, command, f"ledger {{}} {name}", rest)
            _refuse_names_like_options(command, rest)
            _refuse_twice(command, rest)
        return name, command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error of ours becomes a line on stderr and an exit status."""
        try:
            _refuse_half_characters(sys.argv[1:])
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except LedgerError as error:
            if settings_of(ctx).debug:
                complain_whole(traceback.format_exc())
            complain(hinted(f"ledger: {error}", settings_of(ctx)))
            for candidate in getattr(error, "candidates", ()):
                complain(f"  {candidate}")
            raise typer.Exit(status_of(error)) from error
        except OSError as error:
            raise typer.Exit(stdout_failed(error)) from error
        except KeyboardInterrupt as error:
            # Commands that record as they go on say themselves what is kept.
            complain("Interrupted. Run the same command again.")
            raise typer.Exit(INTERRUPTED) from error
        return answer


_MEANT = {
    "impact": "impact --outlet",
    "claims": "claims --search",
    "articles": "article",
    "outlets": "outlet",
    "sources": "sources --outlet",
    "origins": "origins --page",
    "gaps": "gaps --article",
}
"""How to ask for what is first thought of when a word stands behind a command that takes none."""
_VERBS = frozenset("show list get view find search".split())
"""What other tools have between a command and its word: "articles show 7"."""


def _refuse_words_alone(name: str, command: Any, rest: list[str]) -> None:
    """Whoever leaves out an option, or names two files to compare, is told how it is written.

    Raises:
        UsageError: The command takes no word there.
    """
    words = list(takewhile(lambda word: not word.startswith("-"), rest))
    if words and name in _MEANT and not _is_below(command, words[0]):
        from shlex import quote

        asked = words[1:] if words[0] in _VERBS else words
        meant = f"{_MEANT[name]} {quote(asked[0])}" if asked else name
        raise UsageError(
            words[0],
            "it is not clear what this word stands for",
            remedy=f"Write: ledger {meant}",
        )
    if len(words) > 1 and name == "diff":
        raise UsageError(
            words[1],
            "diff compares versions of one article, so only one name is needed",
            remedy="Record each version under the address of the page (ledger ingest FILE "
            "--url URL), then: ledger diff URL",
        )


def _is_below(group: Any, word: str) -> bool:
    """Whether a group has a command of this name, or one that may be meant, which Click names."""
    below = getattr(group, "commands", {})
    if not below:
        return False
    from difflib import get_close_matches

    return bool(get_close_matches(word, below))


def _refuse_misplaced(group: TyperGroup, command: Any, shown: str, rest: list[str]) -> None:
    """Options of all commands stand before the command, and who writes them behind is told so.

    Raises:
        UsageError: One is among the command's words, and no option of its own.
    """
    own = _options(command)
    general = {option: param for param in group.params for option in param.opts}
    for word in _up_to_dashes(rest):
        option = word.partition("=")[0]
        if option in general and option not in own:
            value = "" if getattr(general[option], "is_flag", False) else " ..."
            raise UsageError(
                option,
                "it goes before the command",
                remedy=f"Write: {shown.format(option + value)} ...",
            )


def _refuse_names_like_options(command: Any, rest: list[str]) -> None:
    """Whoever gives a file whose name begins with "-" is told how to write it.

    Raises:
        UsageError: One is among the command's words, and neither an option nor the value of one.
    """
    own = _options(command)
    for before, word in pairwise(["", *_up_to_dashes(rest)]):
        is_value = before in own and not getattr(own[before], "is_flag", False)
        is_name = word[:1] == "-" != word and word.partition("=")[0] not in own and not is_value
        if is_name and os.path.lexists(word):
            what = "a name that begins with - looks like an option"
            raise UsageError(word, what, remedy=f"Write: ./{word}")


def _refuse_twice(command: Any, rest: list[str]) -> None:
    """Of an option that takes one value the last would count, and the others be lost silently.

    Raises:
        UsageError: One is given twice.
    """
    own = _options(command)
    single = {
        option: param.name
        for option, param in own.items()
        if not (getattr(param, "is_flag", False) or getattr(param, "multiple", False))
    }
    given: set[str] = set()
    for before, word in pairwise(["", *_up_to_dashes(rest)]):
        option = word.partition("=")[0]
        is_value = before in own and not getattr(own[before], "is_flag", False)
        if is_value or option[:1] != "-" or option not in single:
            continue
        if single[option] in given:
            raise UsageError(
                option, "it takes one value but was given twice", remedy="Give it once"
            )
        given.add(single[option])


def _options(command: Any) -> dict[str, Any]:
    """The options of a command, and of those below it, by how each is written."""
    within = [command, *getattr(command, "commands", {}).values()]
    return {option: param for each in within for param in each.params for option in param.opts}


def _up_to_dashes(rest: list[str]) -> list[str]:
    """The words of a command, of which those behind "--" are no options."""
    return rest[: rest.index("--") if "--" in rest else None]


def _refuse_half_characters(arguments: list[str]) -> None:
    """Bytes that are no UTF-8 arrive as halves of characters, which no ledger and no name has.

    So does every character that is not ASCII where the locale knows no other.

    Raises:
        UsageError: An argument has some.
    """
    for argument in arguments:
        if not any("\ud800" <= sign <= "\udfff" for sign in argument):
            continue
        try:
            meant = argument.encode("utf-8", "surrogateescape").decode()
        except UnicodeError:
            shown = argument.encode("utf-8", "backslashreplace").decode()
            raise UsageError(
                shown,
                "this is not UTF-8",
                remedy="Type it again; if a file has this name, rename it",
            ) from None
        raise UsageError(
            meant,
            "it is UTF-8, but the locale of this system is not (LC_ALL, LC_CTYPE or LANG)",
            remedy="Run it with PYTHONUTF8=1, or in a UTF-8 locale such as LC_ALL=C.UTF-8",
        )


def stdout_failed(error: OSError) -> int:
    """The exit status when stdout takes no more; said on stderr unless its reader just left.

    Raises:
        OSError: It is about something else.
    """
    if not isinstance(error, BrokenPipeError) and error.errno not in _NO_ROOM:
        raise error
    # Nothing more may be written, not even at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0  # the reader has seen enough
    complain(f"ledger: standard output cannot be written: {error.strerror}. Send it somewhere else")
    return USAGE


def reader_left(done: SystemExit) -> bool:
    """Whether the program ends only because nobody reads its help or its version any more.

    Typer and Rich print these, and give status 1 to what `stdout_failed` calls a success.
    """
    error = done.__context__
    return isinstance(error, BrokenPipeError) and error.__context__ is None


_NUMBERS = {"int range": "whole number", "float range": "number"}
"""What Typer calls a type when it says that a value is not valid, and what people call it."""


def load(name: str) -> Any:
    """The command itself, from the module that holds it; no argument and no path of it is empty."""
    module = import_module(f"ledger.commands.{COMMANDS[name].module}")
    command = typer.main.get_group(module.app).commands[name]
    refuse_nothing(command)
    for param in _options(command).values():
        param.type.name = _NUMBERS.get(param.type.name, param.type.name)
    return command


def status_of(error: LedgerError) -> int:
    """The exit status for an error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))
