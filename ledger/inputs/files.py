"""A file -> its bytes, and the reference list that lies beside it."""

from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import ExtractError, UsageError, unreadable

if TYPE_CHECKING:
    from ledger.document import Reference

SIDECARS = (
    ".url_to_info.json",
    ".references.json",
    ".references.csv",
    ".references.bib",
    ".references.ris",
    ".csl.json",
    ".sources.json",
)
"""Endings of files beside an article that hold its reference list; the first one counts.

A plain "story.bib" is none: it may be somebody's whole library."""
MAX_FILE_BYTES = 20 << 20
"""A file may be as large as a page from the network: `FetchSettings.max_decoded_bytes`."""


def sidecar_of(path: Path) -> str | None:
    """The file with references that another program wrote next to an article; None for none."""
    stem = str(path.with_suffix(""))  # strings: seven paths take longer than all else here
    there = (f"{stem}{ending}" for ending in SIDECARS if isfile(f"{stem}{ending}"))  # noqa: PTH113 - see above
    return next((each for each in there if Path(each).stat().st_size <= MAX_FILE_BYTES), None)


def references_beside(path: Path) -> "tuple[Reference, ...]":
    """The list beside an article, empty where there is none. Raises ExtractError."""
    sidecar = sidecar_of(path)
    if sidecar is None:
        return ()
    from ledger.extract.lists.given import read_references

    try:
        return read_references(Path(sidecar).read_text(encoding="utf-8"), sidecar)
    except (UsageError, OSError, UnicodeDecodeError) as error:
        raise ExtractError(
            str(path),
            "bad-references",
            f"the reference list beside it cannot be read: {error}",
            remedy="Mend or rename that file",
        ) from error


def bytes_of(name: str, path: Path) -> bytes:
    """What is in a file, called `name` in messages. Raises ExtractError as `receive` does."""
    try:
        if not path.is_file():
            remedy = "Give a file, a folder, - or an http(s) address"
            if not path.exists():
                raise unreadable(name, FileNotFoundError(), remedy=remedy)
            raise ExtractError(name, "not-a-file", "this is not a file", remedy=remedy)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise ExtractError(
                name,
                "too-large",
                f"it has {size / 1e6:,.0f} MB, the limit is {MAX_FILE_BYTES / 1e6:,.0f} MB",
                remedy="Split it into articles",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(name, error) from error
