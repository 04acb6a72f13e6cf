"""A user's own browser command and a URL -> Received: the page as its scripts made it.

The command asks the network by itself: no address guard, no limits of a fetch, no robots.txt. So it
is off unless asked for, and what it gave says in its headers that it was rendered, and by what.
"""

import os
import shlex
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread, Timer
from typing import IO, Self

from ledger.errors import FetchError, UsageError
from ledger.extract.media import HTML
from ledger.fetch import FetchSettings
from ledger.fetch.address import check_shape
from ledger.fetch.trip import Trip
from ledger.inputs.receive import Received

RENDERED_BY = "x-ledger-rendered-by"
"""Name of the header that the capture of a rendered page has, and no other: the program's name."""
BLOCK = 64 * 1024
SHOWN_ERRORS = 300
"""Characters of what a browser command complained of that an error repeats: the last ones."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """A command and its limits.

    Attributes:
        words: Program and arguments; the URL becomes the last one. No shell is in between.
        timeout_s: After so many seconds it is ended, with all that it started.
        max_bytes: Most that it may print.
    """

    words: tuple[str, ...]
    timeout_s: float = 60.0
    max_bytes: int = FetchSettings().max_decoded_bytes

    @classmethod
    def of(cls, command: str) -> "Renderer":
        """The renderer that a command line stands for, split as a shell does.

        Raises:
            UsageError: It is empty, or its quotes do not close.
        """
        try:
            words = tuple(shlex.split(command))
        except ValueError as error:
            raise UsageError("--render", f"the command cannot be split: {error}") from error
        if not words:
            raise UsageError("--render", "the command is empty")
        return cls(words)

    def render(self, url: str, clock: Callable[[], datetime]) -> Received:
        """Run the command for one page; what it prints is the page.

        Args:
            url: http or https, without credentials.
            clock: Gives the time in UTC.

        Raises:
            RefusedError: As `fetch.address.check_shape`; nothing is run.
            FetchError: Code "render": it cannot be started, fails, prints nothing or too much, or
                takes too long.
        """
        check_shape(url, Trip(url, FetchSettings()))
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own command, and no shell
                [*self.words, url],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise self._failed(url, f"cannot be started: {reason}") from error
        body, errors, why = self._gather(process)
        if why is None and process.returncode != 0:
            said = errors.decode("utf-8", "replace").strip()[-SHOWN_ERRORS:]
            why = f"ended with status {process.returncode}" + (f": {said}" if said else "")
        if why is None and not body.strip():
            why = "printed nothing"
        if why is not None:
            raise self._failed(url, why)
        headers = ((RENDERED_BY, Path(self.words[0]).name),)
        return Received(url, url, url, body, clock(), media_type=HTML, headers=headers)

    def _gather(self, process: "subprocess.Popen[bytes]") -> tuple[bytes, bytes, str | None]:
        """What it printed on both streams, and why it was ended; None when it ended by itself."""
        overdue = Timer(self.timeout_s, _end, [process])
        overdue.start()
        try:
            with process, _Tail(process.stderr) as tail:
                body = _at_most(process.stdout, self.max_bytes + 1)
                if len(body) > self.max_bytes:
                    _end(process)
                process.wait()
        finally:
            _end(process)  # also what it left running
            alive = overdue.is_alive()
            overdue.cancel()
        if len(body) > self.max_bytes:
            return body, b"", f"printed more than {self.max_bytes:,} bytes"
        return body, tail.kept, None if alive else f"took more than {self.timeout_s:g} seconds"

    def _failed(self, url: str, why: str) -> FetchError:
        return FetchError(
            url,
            "render",
            f"the command {Path(self.words[0]).name} {why}",
            remedy="Try the command on its own: it must print the page's HTML",
        )


class _Tail:
    """The last bytes of a stream, read beside another one so that neither blocks the process."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self.kept = b""
        self._stream = stream
        self._thread = Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join()

    def _read(self) -> None:
        while self._stream and (piece := self._stream.read(BLOCK)):
            self.kept = (self.kept + piece)[-4 * SHOWN_ERRORS :]


def _at_most(stream: IO[bytes] | None, limit: int) -> bytes:
    pieces, size = [], 0
    while stream and size < limit and (piece := stream.read(min(BLOCK, limit - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a command with all that it started: it leads a process group of its own."""
    with suppress(ProcessLookupError, PermissionError):  # it is gone already
        os.killpg(process.pid, signal.SIGKILL)
