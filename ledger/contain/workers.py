"""Which page is read where, and what becomes of a page that kills its reader."""

import threading
from collections.abc import Callable, Sequence
from queue import LifoQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ledger.contain.limits import IMPORTED, READER, Limits
from ledger.contain.messages import Mistake, Refusal
from ledger.contain.process import Given, LostError, Process
from ledger.errors import ExtractError

if TYPE_CHECKING:
    from ledger.document import Document

_OWN = frozenset({"text/markdown", "text/x-markdown", "text/plain", "application/json"})
"""Media types that our own readers take, in time linear in their size and without recursion."""

_PARSERS = {
    "text/html": ("beautifulsoup4", "lxml"),
    "application/xhtml+xml": ("beautifulsoup4", "lxml"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("mammoth",),
    "text/x-wiki": ("mwparserfromhell",),
}
"""Distributions that parse a media type, for the message that says what died."""

_REMEDY = "Save its text as Markdown or plain text and read that; --debug shows where it stopped"


class Workers:
    """Child processes that read pages; used in a `with` block, from any number of threads.

    `read` is called like `extract.read` and gives what that gives; `ask` is for other readers.

    Attributes:
        count: As given.

    Args:
        count: How many children there may be at a time. Each is started when it is first needed,
            so pages that are read one after another use one.
        warm: How many to start at once, while the caller does something else.
        limits: For each page.
        reader: The function that children call, as "package.module:function": a `worker.Reader`.
        imported: Modules that a child imports before its first page, so that no page waits.
    """

    def __init__(
        self,
        count: int = 1,
        *,
        warm: int = 0,
        limits: Limits | None = None,
        reader: str = READER,
        imported: Sequence[str] = IMPORTED,
    ) -> None:
        self.count = count
        self._limits = limits or Limits()
        self._job = (reader, *imported)
        self._warm = warm
        self._lock = threading.Lock()
        self._closed = False
        self._living: set[Process] = set()
        # The last one used is the first one used again: it is warm, others need not exist.
        self._idle: LifoQueue[Process | None] = LifoQueue()
        for _ in range(count):
            self._idle.put(None)

    def __enter__(self) -> Self:
        for _ in range(self._warm):
            self._idle.get()
        for _ in range(self._warm):
            self._idle.put(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every child, whatever it does; threads that wait for one get an error."""
        with self._lock:
            self._closed = True
            living = tuple(self._living)
        for process in living:
            process.kill()
        # The others are in use: the threads that have them end them.
        for idle in [self._idle.get() for _ in range(self._idle.qsize())]:
            self._give_back(idle)

    def pids(self) -> tuple[int, ...]:
        """Process numbers of the children that live, in no order."""
        with self._lock:
            return tuple(process.pid for process in self._living)

    def read(
        self,
        body: bytes,
        *,
        name: str,
        media_type: str | None = None,
        charset: str | None = None,
        known: Sequence[str] = (),
    ) -> "tuple[Document, str, str | None]":
        """Read the article that some bytes hold; arguments and result as in `extract.read`.

        Raises:
            ExtractError: As `extract.read`, and with the codes "worker-timeout", "worker-memory"
                and "worker-died" for bytes that exceeded a limit or brought their reader down, and
                "internal" for a mistake of the reader. The notes of the last four say where.
        """
        from ledger.contain.documents import document_in
        from ledger.extract import read

        if self.needless(body, name=name, media_type=media_type):
            return read(body, name=name, media_type=media_type, charset=charset, known=known)
        arguments: dict[str, Any] = {"name": name, "media_type": media_type, "charset": charset}
        if known:
            arguments["known"] = list(known)
        return self.ask(body, arguments, document_in, name=name, media_type=media_type)

    def needless(self, body: bytes, *, name: str, media_type: str | None) -> bool:
        """Whether some bytes go through nothing but our own readers."""
        from ledger.extract.media import media_type_of

        return media_type_of(body, media_type, name) in _OWN or not body.strip()

    def ask(
        self,
        body: bytes,
        arguments: dict[str, Any],
        opened: Callable[[bytes], Given],
        *,
        name: str,
        media_type: str | None,
    ) -> Given:
        """What the reader of these workers gives for some bytes, whatever they are.

        Args:
            body: The bytes.
            arguments: The others of the reader, as JSON has them.
            opened: Gives what a message of the child holds; it raises ValueError for what cannot
                be one. The child may be under the command of a page that it read.
            name, media_type: What the bytes are called and declared as, for errors.

        Raises:
            ExtractError: As `read`.
        """
        try:
            answer = self._ask(arguments, body, opened)
        except LostError as lost:
            from ledger.extract.media import media_type_of

            reason = f"reading it {lost.reason}{_versions(media_type_of(body, media_type, name))}"
            raise _noted(
                ExtractError(name, lost.code, reason, remedy=_REMEDY), lost.trace
            ) from None
        if isinstance(answer, Refusal):
            raise ExtractError(answer.input, answer.code, answer.message, remedy=answer.remedy)
        if isinstance(answer, Mistake):
            raise _mistaken(name, answer)
        return answer

    def _ask(
        self, arguments: dict[str, Any], body: bytes, opened: Callable[[bytes], Given]
    ) -> Given | Refusal | Mistake:
        process = self._idle.get()
        try:
            if process is None or not process.usable():
                process = self._replace(process)
            try:
                return process.ask(arguments, body, opened)
            except LostError as lost:
                if process.asked < 2 or lost.code == "worker-timeout":
                    raise
            # What pages before it left behind must not decide about this one.
            process = self._replace(process)
            return process.ask(arguments, body, opened)
        except BaseException:
            # Also when the user interrupts: whatever it was doing, it is not idle.
            if process is not None:
                self._end(process)
                process = None
            raise
        finally:
            self._give_back(process)

    def _give_back(self, process: Process | None) -> None:
        if process is not None and self._closed:
            self._end(process)
            process = None
        self._idle.put(process)

    def _start(self) -> Process:
        with self._lock:
            if self._closed:
                raise LostError("worker-died", "was called off")
            process = Process(self._job, self._limits)
            self._living.add(process)
            return process

    def _replace(self, process: Process | None) -> Process:
        if process is not None:
            self._end(process)
        return self._start()

    def _end(self, process: Process) -> None:
        with self._lock:
            self._living.discard(process)
        process.end()


def _mistaken(name: str, mistake: Mistake) -> ExtractError:
    error = ExtractError(
        name,
        "internal",
        f"internal error while reading it ({mistake.kind})",
        remedy="Please report it; --debug shows where it arose",
    )
    return _noted(error, mistake.trace)


def _noted(error: ExtractError, trace: str) -> ExtractError:
    if trace.strip():
        error.add_note(trace.strip())
    return error


def _versions(media_type: str) -> str:
    """The libraries at work, in brackets."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for distribution in ("claim-ledger", *_PARSERS.get(media_type, ())):
        try:
            found.append(f"{distribution} {version(distribution)}")
        except PackageNotFoundError:  # an extra, or a checkout that is not installed
            continue
    return f" ({', '.join(found)})" if found else ""
