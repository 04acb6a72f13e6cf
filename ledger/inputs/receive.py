"""An input as a person names it -> Received: the bytes, and where they came from."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ledger.errors import ExtractError, LedgerError, RefusedError, UsageError
from ledger.inputs.exports import EXPORTED, conversations_of, named_conversation
from ledger.inputs.saved import saved_from
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.document import Reference
    from ledger.fetch import Fetcher
    from ledger.latest import LatestCapture

READABLE = frozenset(
    {".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml"}
    | {".docx", ".wiki", ".mediawiki", ".wikitext", ".eml", ".mht", ".mhtml"}
)
"""Endings of the files that a folder is searched for; a file named by itself may have any."""

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

OTHER_SCHEME = later(r"[a-z][a-z0-9+-]{1,30}:(?!\d)", re.I | re.A)
"""How the name of an address begins that is not fetched. With digits after it, it is a port."""

STDIN = "-"
MAX_FILE_BYTES = 20 << 20
"""A file may be as large as a page from the network: `FetchSettings.max_decoded_bytes`."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes, and where they came from.

    Attributes:
        name: The input as the user gave it, for messages.
        url: Address of the page: http(s), `file:` for a file, `urn:` for standard input.
        final_url: Address that answered; the same without redirects.
        body: After content decoding.
        received_at: UTC.
        media_type, charset: As declared; None when nothing was declared.
        status, headers, redirects, allowed_private, robots: As in `model.Capture`.
        recorded: The `payload_digest` of a recorded capture that still holds, as the server says;
            then `body` is empty, and `ingest` takes the bytes from the ledger. None when the body
            came.
        given: The reference list of a file beside it, such as `story.url_to_info.json` for
            `story.txt`; empty when there is none.
    """

    name: str
    url: str
    final_url: str
    body: bytes
    received_at: datetime
    media_type: str | None = None
    charset: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[str, ...] = ()
    allowed_private: str | None = None
    given: "tuple[Reference, ...]" = ()
    robots: Literal["ignored"] | None = None
    recorded: str | None = None

    @property
    def answered(self) -> bool:
        """Whether this is what an address gave, and so evidence, also where it is no article."""
        return self.status is not None or bool(self.headers)


class Renders(Protocol):
    """What gets addresses instead of a fetcher, such as `pipeline.render.Renderer`."""

    def render(self, url: str, clock: Callable[[], datetime]) -> Received:
        """The page of an address; raises FetchError."""


def is_url(name: str) -> bool:
    """Whether an input names something to fetch, not a file."""
    return name.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for inputs found.

    Attributes:
        names: Inputs, each once, in order; every folder stands as its readable files.
        unreadable: Folders that could not be looked into, and why.
        passed_over: Ending in lower case ("" for none) to the number of files with it that a
            folder has and nothing here reads. Hidden ones do not count.
    """

    names: tuple[str, ...]
    unreadable: tuple[ExtractError, ...]
    passed_over: Mapping[str, int]


def find_inputs(names: Iterable[str]) -> Found:
    """Inputs with every folder replaced by its readable files, in order of their names.

    A folder without any is unreadable. A chat export stands as its conversations. Hidden files
    and folders are left out, and so are lists of references that lie beside an article. Links to
    folders are not followed.

    Raises:
        UsageError: A name is empty.
    """
    found: dict[str, None] = {}
    unreadable: list[ExtractError] = []
    passed_over: Counter[str] = Counter()

    def failed(error: OSError) -> None:
        message = f"this folder cannot be read: {error.strerror}"
        unreadable.append(ExtractError(str(error.filename), "unreadable", message))

    for name in names:
        if name == STDIN or is_url(name) or not _is_folder(name):
            found.update(dict.fromkeys(_inputs_of(name) or (name,)))
            continue
        inside: dict[str, None] = {}
        for folder, folders, files in os.walk(name, onerror=failed):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for file in sorted(each for each in files if not each.startswith(".")):
                inputs = _readable(Path(folder, file))
                inside.update(dict.fromkeys(inputs))
                if not (inputs or file.endswith(SIDECARS)):
                    passed_over[Path(file).suffix.lower()] += 1
        found.update(inside)
        if not inside and not any(each.input == name for each in unreadable):
            message = "there is no file in this folder that can be read"
            unreadable.append(ExtractError(name, "unreadable", message))
    return Found(tuple(found), tuple(unreadable), passed_over)


def _readable(path: Path) -> list[str]:
    """What is to be read of a file in a folder: itself, or its conversations; empty for nothing."""
    if path.suffix.lower() in READABLE:
        return [str(path)]
    if EXPORTED.fullmatch(path.name):
        return _inputs_of(str(path)) or [str(path)]
    return _inputs_of(str(path)) if path.suffix.lower() == ".zip" else []


def _inputs_of(name: str) -> list[str]:
    """The conversations of a chat export as inputs; empty for what is none."""
    if name == STDIN or is_url(name):
        return []
    try:
        conversations = conversations_of(Path(name))
    except (OSError, ValueError):  # `receive` says what is wrong with it
        return []
    return [f"{name}#{chosen}" for chosen in conversations or ()]


def _is_folder(name: str) -> bool:
    if not name:  # Path("") is the folder one stands in
        raise UsageError("INPUT", "it is empty", remedy="Name a file, a folder or an address")
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL: `receive` says so
        return False


def receive(
    name: str,
    *,
    clock: Callable[[], datetime],
    fetcher: "Fetcher | None" = None,
    stdin: bytes = b"",
    url: str | None = None,
    renderer: Renders | None = None,
    earlier: "LatestCapture | None" = None,
) -> Received:
    """Get the bytes of one input.

    Args:
        name: http(s) address, path of a file, "-", or "path#id" for a conversation of an export.
        clock: Gives the time in UTC.
        fetcher: For addresses; None makes one with the default limits.
        stdin: What "-" stands for.
        url: Address of the page that a file or standard input holds; None for the one that a
            saved page says it is from, or none.
        renderer: A browser command that gets addresses instead of `fetcher`; None for none.
        earlier: What is recorded of an address, so that its server can say that it still holds.

    Raises:
        FetchError: No response; `RefusedError` where policy forbids asking, and for `file:` and
            other addresses that are not http(s).
        ExtractError: No such file, or one that cannot be read. Codes "not-found", "not-a-file",
            "unreadable", "too-large".
    """
    if is_url(name) and renderer is not None:
        return renderer.render(name, clock)
    if is_url(name):
        return _fetched(name, fetcher, earlier)
    if name == STDIN:
        import hashlib  # what has a name needs none

        digest = hashlib.sha256(stdin).hexdigest()
        place = url or saved_from(stdin) or f"urn:sha256:{digest}"
        return Received(name, place, place, stdin, clock())
    chosen = named_conversation(name)
    if chosen is not None:
        return _conversation(name, *chosen, now=clock(), url=url)
    path = Path(name)
    try:
        body = _file(name, path)
    except ExtractError as error:
        if error.code == "not-found":
            raise _meant(name) or error from None
        raise
    place = url or saved_from(body) or path.resolve().as_uri()
    return Received(name, place, place, body, clock(), given=_beside(path))


def _meant(name: str) -> LedgerError | None:
    """What a name that is no file is instead; None when it looks like a file."""
    from ledger import urls

    said = urls.redact(name)
    address = urls.normalise(name.strip())
    if OTHER_SCHEME.match(name.strip()) and not address:
        return RefusedError(
            said,
            "scheme",
            f"{name.strip().partition(':')[0].lower()} addresses are not read",
            remedy="Give the path of a file, or an http(s) address",
        )
    if address is None:
        return None
    bare = said.strip() if is_url(said.strip()) else f"https://{said.strip().lstrip('/')}"
    return ExtractError(said, "not-found", "there is no such file", remedy=f"Did you mean {bare}")


def _conversation(
    name: str, path: Path, chosen: str, *, now: datetime, url: str | None
) -> Received:
    """One conversation of a chat export; its address is that of the file with its id."""
    try:
        conversations = conversations_of(path) or {}
    except OSError as error:
        raise ExtractError(name, "unreadable", f"it cannot be read: {error.strerror}") from error
    if chosen not in conversations:
        raise ExtractError(name, "not-found", f"{path.name} has no conversation {chosen}")
    body = conversations[chosen]
    if body is None:
        raise ExtractError(
            name, "unreadable", "it cannot be unpacked", remedy="Get the export again"
        )
    place = url or f"{path.resolve().as_uri()}#{chosen}"
    return Received(name, place, place, body, now, media_type="application/json")


def sidecar_of(path: Path) -> str | None:
    """The file with references that another program wrote next to an article; None for none."""
    stem = str(path.with_suffix(""))  # strings: seven paths take longer than all else here
    there = (f"{stem}{ending}" for ending in SIDECARS if isfile(f"{stem}{ending}"))  # noqa: PTH113 - see above
    return next((each for each in there if Path(each).stat().st_size <= MAX_FILE_BYTES), None)


def _beside(path: Path) -> "tuple[Reference, ...]":
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


def _fetched(url: str, fetcher: "Fetcher | None", earlier: "LatestCapture | None") -> Received:
    from ledger.fetch import Fetcher, FetchSettings, Validators

    fetcher = fetcher or Fetcher(FetchSettings())
    unless = Validators.of(earlier.final_url, earlier.headers) if earlier else None
    response = fetcher.fetch(url, unless)
    recorded = None
    if earlier and unless and response.status == 304 and unless.sent_to(response.final_url):
        # Media type and charset are those of then: a 304 need not repeat them.
        recorded = earlier.payload_digest
        response = replace(response, status=200, headers=earlier.headers, body=b"")
    return Received(
        name=url,
        url=response.requested_url,
        final_url=response.final_url,
        body=response.body,
        received_at=response.fetched_at,
        media_type=response.media_type,
        charset=response.charset,
        status=response.status,
        headers=response.headers,
        redirects=response.redirects,
        allowed_private=response.allowed_private,
        robots=response.robots,
        recorded=recorded,
    )


def _file(name: str, path: Path) -> bytes:
    try:
        if not path.is_file():
            code = "not-a-file" if path.exists() else "not-found"
            message = "this is no file" if path.exists() else "there is no such file"
            raise ExtractError(
                name, code, message, remedy="Give a file, a folder, - or an http(s) address"
            )
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
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExtractError(name, "unreadable", f"it cannot be read: {reason}") from error
