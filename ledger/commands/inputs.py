"""What a person names on the command line -> the inputs, each once, and their list."""

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeGuard

import typer

from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted, say
from ledger.errors import ExtractError, UsageError, unreadable

if TYPE_CHECKING:
    from ledger.document import Reference
    from ledger.inputs import Found

STDIN = "-"
SHOWN_ENDINGS, SHOWN_FILES = 8, 3
"""What a note on one line names of endings and of files; of more it says how many."""

InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Web addresses; files (Markdown, plain text, HTML, MHTML, e-mail, Word, "
        "OpenDocument, EPUB, notebooks, JATS, wikitext, AI answers and chat exports as "
        "JSON, and, with the extra pdf, PDF); folders with such files; or - for standard "
        "input.",
    ),
]
FromFileOption = Annotated[
    Path | None,
    typer.Option(
        allow_dash=True,
        metavar="FILE",
        help="A file with one input per line, or CSV with a column url; - for standard input. "
        "# begins a comment at the start of a line or after two spaces.",
    ),
]
ReferencesOption = Annotated[
    Path | None,
    typer.Option(
        allow_dash=True,
        metavar="FILE",
        help="The reference list of an article that comes without one: CSV or JSON with "
        "marker, url and title, or CSL-JSON, RIS or BibTeX; - for standard input. It "
        "replaces a list given before.",
    ),
]
UrlOption = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="The web address of the page, for an input that is a saved copy of it."
    ),
]


def all_inputs(
    inputs: Sequence[str] | None,
    from_file: Path | None,
    settings: Settings,
    *,
    optional: bool = False,
    archives: bool = False,
) -> "Found":
    """Every input, folders replaced by their files, each once, in order.

    What a folder holds besides is said on stderr. With `optional` there may be none: something
    else is to be read. With `archives` WARC files of folders are among them.

    Raises:
        UsageError: There is none, or the list cannot be read.
    """
    from ledger.inputs import find_inputs
    from ledger.inputs.listed import listed

    named = list(inputs or ())
    for name in named:
        _refuse_table(name)
    if from_file is not None:
        if str(from_file) == STDIN and STDIN in named:
            raise UsageError("--from-file", "standard input cannot be both a list and an input")
        if str(from_file) == STDIN:
            _ask_for("list", settings)
        named += listed(read_option(from_file, "--from-file"))
    if not named and not optional:
        raise _nothing(from_file)
    if STDIN in named:
        _ask_for("text", settings)
    found = find_inputs(named, archives=archives)
    if not settings.quiet:
        _say_what_is_left(found, settings)
    return found


def _say_what_is_left(found: "Found", settings: Settings) -> None:
    """Say which files of folders are not read, and what can be done about them."""
    for why, files in found.refused.items():
        more = f" and {len(files) - SHOWN_FILES:,} more" if len(files) > SHOWN_FILES else ""
        complain(f"note: not read: {', '.join(files[:SHOWN_FILES])}{more} ({why})")
    if found.passed_over:
        total = counted(sum(found.passed_over.values()), "file")
        endings = sorted(found.passed_over)
        endings_shown = ", ".join(ending or "no extension" for ending in endings[:SHOWN_ENDINGS])
        more = ", …" if len(endings) > SHOWN_ENDINGS else ""
        say(
            f"note: {total} passed over ({endings_shown}{more}). A text file that is named "
            "itself is read whatever its extension.",
            settings,
        )


def is_own_audit(come: object, name: str, inside: Collection[str]) -> TypeGuard[ExtractError]:
    """Whether an input failed as it is an audit of this program, and nobody named it."""
    return isinstance(come, ExtractError) and come.code == "own-audit" and name in inside


def say_passed_over(error: ExtractError, settings: Settings) -> None:
    """Say of a file in a folder why it is not read; it is no failure."""
    if not settings.quiet:
        complain(f"note: passed over {error.input}: {error.message}")


def _nothing(from_file: Path | None) -> UsageError:
    if from_file is not None:
        what, remedy = "the list is empty", "Write one file or address per line"
        return UsageError("--from-file", what, remedy=remedy)
    remedy = "Name a file, a folder or an address, or - for standard input"
    return UsageError("INPUT", "nothing to read", remedy=remedy)


def _ask_for(what: str, settings: Settings) -> None:
    """Whoever sits at a terminal is told what is waited for there."""
    if sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        say(f"Paste the {what}, then {end} on a line of its own", settings)


def _refuse_table(name: str) -> None:
    """Keep a list of addresses from being recorded as an article of as many claims.

    Raises:
        UsageError: It is one.
    """
    from ledger.inputs.listed import column_of

    if not name.lower().endswith((".csv", ".tsv")) or not Path(name).is_file():
        return
    with Path(name).open(encoding="utf-8-sig", errors="replace") as file:
        column, _ = column_of(file.readline(_FIRST_LINE))
    if column is not None:
        raise UsageError(
            name,
            "it is a table of addresses, not an article",
            remedy=f"To read the pages it lists: --from-file {name}. If it is the reference "
            f"list of an article: --references {name}",
        )


_FIRST_LINE = 10_000
"""Characters: heads of columns are shorter."""


UNCITED = (
    "the text cites none of the entries of the reference list you gave. If the list belongs "
    "to another article, give the right one: --references FILE"
)
"""What is said of a list of which nothing comes."""


def given_references(
    path: Path | None, inputs: Sequence[str], from_file: Path | None, settings: Settings
) -> "tuple[Reference, ...]":
    """The references of --references; empty without it. That they were counted is said.

    Raises:
        ExtractError: The file cannot be read, or is no such list.
        UsageError: There are several inputs to which it could belong, or standard input is to be an
            input as well.
    """
    if path is None:
        return ()
    from ledger.extract.lists.given import are_counted, read_references

    if len(inputs) != 1:
        raise UsageError(
            "--references",
            f"one reference list cannot belong to {len(inputs):,} inputs",
            remedy="Name one input",
        )
    if str(path) == STDIN and STDIN in (*inputs, str(from_file)):
        raise UsageError(
            "--references",
            "standard input cannot be both a list and an input",
            remedy="Save one of them as a file",
        )
    text = read_option(path, "--references")
    try:
        found = read_references(text, shown(path))
    except UsageError as error:  # it is an input, as the article is
        what, remedy = error.message, error.remedy
        raise ExtractError(error.subject, "unreadable", what, remedy=remedy) from error
    if are_counted(text, shown(path), found):
        say(
            f"note: {shown(path)}: its entries have no ids: they were numbered by their place, "
            f"1 to {len(found):,}",
            settings,
        )
    return found


def read_option(path: Path, option: str) -> str:
    """The text of a file that an option names, or of standard input.

    Raises:
        ExtractError: It cannot be read, or is no text.
    """
    try:
        body = sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()
        return body.decode("utf-8-sig")
    except OSError as error:
        raise unreadable(f"{option} {path}", error) from error
    except UnicodeDecodeError as error:
        what = f"{shown(path)} is not UTF-8"
        raise ExtractError(option, "unreadable", what, remedy="Save it as UTF-8") from error


def shown(path: Path) -> str:
    """A file as messages name it."""
    return "standard input" if str(path) == STDIN else str(path)
