"""An input as a person names it -> Received: the bytes, and where they came from."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from ledger.errors import ExtractError, LedgerError, RefusedError, unreadable
from ledger.inputs.exports import conversations_of, named_conversation
from ledger.inputs.files import bytes_of, references_beside
from ledger.inputs.near_file import near_file
from ledger.inputs.saved import saved_from
from ledger.patterns import later

if TYPE_CHECKING:
    from ledger.document import Reference
    from ledger.fetch import Fetcher
    from ledger.latest import LatestCapture


_OTHER_SCHEME = later(r"[a-z][a-z0-9+-]{1,30}:(?!\d)", re.I | re.A)
"""How the name of an address begins that is not fetched. With digits after it, it is a port."""

STDIN = "-"


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
    """A replacement for the fetcher, such as `pipeline.render.Renderer`."""

    def render(self, url: str, clock: Callable[[], datetime]) -> Received:
        """The page of an address; raises FetchError."""


def is_url(name: str) -> bool:
    """Whether an input names something to fetch, not a file."""
    return name.lower().startswith(("http://", "https://"))


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
        body = bytes_of(name, path)
    except ExtractError as error:
        if error.code == "not-found":
            raise _not_there(name, path, error) from None
        raise
    place = url or saved_from(body) or path.resolve().as_uri()
    return Received(name, place, place, body, clock(), given=references_beside(path))


def _not_there(name: str, path: Path, error: ExtractError) -> LedgerError:
    """The error of a file that is not there, with what may have been meant."""
    if path.is_symlink():
        return ExtractError(name, error.code, "it is a link to a file that is not there")
    near = near_file(path)
    if near is not None:
        return ExtractError(name, error.code, error.message, remedy=f"Did you mean {near}?")
    return _meant(name) or error


def _meant(name: str) -> LedgerError | None:
    """What a name that is no file is instead; None when it looks like a file."""
    from ledger import urls

    said = urls.redact(name)
    address = urls.normalise(name.strip())
    if _OTHER_SCHEME.match(name.strip()) and not address:
        return RefusedError(
            said,
            "scheme",
            f"{name.strip().partition(':')[0].lower()} addresses are not read",
            remedy="Give the path of a file, or an http(s) address",
        )
    if address is None:
        return None
    bare = said.strip() if is_url(said.strip()) else f"https://{said.strip().lstrip('/')}"
    return ExtractError(said, "not-found", "no such file", remedy=f"Did you mean {bare}?")


def _conversation(
    name: str, path: Path, chosen: str, *, now: datetime, url: str | None
) -> Received:
    """One conversation of a chat export; its address is that of the file with its id."""
    try:
        conversations = conversations_of(path) or {}
    except OSError as error:
        raise unreadable(name, error) from error
    if chosen not in conversations:
        raise ExtractError(name, "not-found", f"{path.name} has no conversation {chosen}")
    body = conversations[chosen]
    if body is None:
        raise ExtractError(
            name, "unreadable", "it cannot be unpacked", remedy="Get the export again"
        )
    place = url or f"{path.resolve().as_uri()}#{chosen}"
    return Received(name, place, place, body, now, media_type="application/json")


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
