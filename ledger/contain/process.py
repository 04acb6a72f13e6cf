"""One child, as its parent sees it: start it, ask it, find out what it died of, end it."""

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.contain.frames import FrameError, receive, send
from ledger.contain.limits import Limits
from ledger.contain.messages import Answer, Mistake, Refusal, Request, answer_in

if TYPE_CHECKING:
    import subprocess

Given = TypeVar("Given")

_BOOT = (
    "import gc; gc.disable(); "  # until all is imported, see `worker.main`
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from ledger.contain.worker import main; main(*sys.argv[2:])"
)
_HERE = str(Path(__file__).resolve().parents[2])
"""Where this program lies, which an editable installation may have on no path."""
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""Variables without which an interpreter may not start; no other is handed on."""
_GIVEN = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""No plugin may run there; and looking for them reads the metadata of all that is installed."""
_LAST_WORDS = 16 * 1024
"""Bytes of what a child wrote on stderr that are kept: the end of a trace says what it was."""
_ABORT_SECONDS = 0.5
"""How long a child that is out of time may take to write down where it was."""


class LostError(Exception):
    """A child gave no answer that counts.

    Attributes:
        code: "worker-timeout", "worker-memory" or "worker-died".
        reason: What happened, after "reading it".
        trace: What the child wrote on stderr; "" for nothing.
    """

    def __init__(self, code: str, reason: str, trace: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason
        self.trace = trace


class Process:
    """A child that reads one page at a time.

    It gets ready on its own while the parent does something else; `ask` waits for it.
    """

    def __init__(self, job: Sequence[str], limits: Limits) -> None:
        """Start it. `job` is the reader and what it imports, as in `Workers`."""
        import tempfile  # no child needs what starting one does: this and subprocess

        self._limits = limits
        self._waits = limits.seconds if sys.platform == "win32" else limits.stalled_seconds
        self.asked = 0
        self._ready = False
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._child = _started(
                [*map(str, (limits.seconds, self._waits, limits.memory_bytes)), *job],
                theirs,
                self._stderr.fileno(),
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._child.pid

    def usable(self) -> bool:
        """Whether it can be asked: it is alive and has sent nothing that was not asked for."""
        if not self._ready:
            return True  # `ask` will see
        self._channel.settimeout(0)
        try:
            self._channel.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            pass
        return False

    def ask(
        self, arguments: dict[str, Any], body: bytes, opened: Callable[[bytes], Given]
    ) -> Given | Refusal | Mistake:
        """Have one page read.

        Args:
            arguments: Of the reader, as JSON has them.
            body: The page.
            opened: Gives what the child's message holds; ValueError for one that holds no such
                thing. It is called at once and for as long as it takes.

        Raises:
            LostError: There is no answer; the child is of no use any more and must be ended.
        """
        self._wait_until_ready()
        self.asked += 1
        self._stderr.seek(0)  # the child shares the place: what it said before is gone
        self._stderr.truncate()
        head = Request(self.asked, arguments).dumped()
        deadline = time.monotonic() + self._waits
        try:
            send(self._channel, head, body, deadline=deadline)
            unread = self._answer(self._limits.answer_bytes, deadline).unread
            message = b""
            if unread is None:
                message = receive(self._channel, self._limits.answer_bytes, deadline)
        except TimeoutError:
            raise self._out_of_time() from None
        except FrameError as error:
            raise self._too_much(error.size) from None
        except (EOFError, OSError):
            raise self._death() from None
        if isinstance(unread, Mistake) and unread.kind == "MemoryError":
            raise self._out_of_memory(unread.trace)
        return unread if unread is not None else _sense(opened, message)

    def kill(self) -> None:
        """Kill it if it is alive; a call of `ask` that is waiting then raises LostError."""
        self._child.kill()
        self._child.wait()

    def end(self) -> None:
        """Kill it and leave nothing of it behind; nobody may be in `ask`. Twice is harmless."""
        self.kill()
        self._channel.close()
        self._stderr.close()

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        try:
            self._answer(_LAST_WORDS, time.monotonic() + self._limits.start_seconds)
        except (EOFError, OSError, FrameError):
            self.kill()
            raise LostError("worker-died", "could not begin", self._last_words()) from None
        self._ready = True

    def _answer(self, most: int, deadline: float) -> Answer:
        answer = _sense(answer_in, receive(self._channel, most, deadline))
        if answer.number != self.asked:
            raise LostError("worker-died", "answered something else")
        return answer

    def _out_of_time(self) -> LostError:
        if sys.platform != "win32":
            # Aborting makes the child write down where it was.
            self._child.send_signal(signal.SIGABRT)
            from subprocess import TimeoutExpired

            try:
                self._child.wait(_ABORT_SECONDS)
            except TimeoutExpired:
                self._child.kill()
        return LostError("worker-timeout", f"took more than {self._waits:g} s", self._last_words())

    def _out_of_memory(self, trace: str) -> LostError:
        megabytes = self._limits.memory_bytes >> 20
        return LostError("worker-memory", f"took more than {megabytes:,} MB of memory", trace)

    def _too_much(self, size: int | None) -> LostError:
        if size is None:
            return LostError(
                "worker-died", "gave an answer that makes no sense", self._last_words()
            )
        most = self._limits.answer_bytes
        return LostError("worker-memory", f"gave {size:,} bytes, the limit is {most:,}")

    def _death(self) -> LostError:
        """Why the channel is closed."""
        from subprocess import TimeoutExpired

        try:
            status = self._child.wait(_ABORT_SECONDS)
        except TimeoutExpired:
            return LostError("worker-died", "ended without an answer", self._last_words())
        words = self._last_words()
        if sys.platform != "win32" and status == -signal.SIGPROF:
            took = f"took more than {self._limits.seconds:g} s of processor time"
            return LostError("worker-timeout", took, words)
        if sys.platform != "win32" and status == -signal.SIGALRM:
            return self._out_of_time()  # it was faster to notice
        # What C++, glib and Rust say when they are refused memory and abort.
        if "memory allocation of" in words or "bad_alloc" in words:
            return self._out_of_memory(words)
        return LostError("worker-died", f"ended it by {_cause(status)}", words)

    def _last_words(self) -> str:
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - _LAST_WORDS))
        return self._stderr.read().decode("utf-8", "replace")


def _started(arguments: list[str], theirs: socket.socket, stderr: int) -> "subprocess.Popen[bytes]":
    import subprocess

    # Relative entries of the path would mean another folder in the child. It is told the whole of
    # it and need not look for it (-S), which takes a third of the start of an interpreter.
    path = [os.path.abspath(entry) for entry in (*sys.path, _HERE)]  # noqa: PTH100 - strings
    command = [sys.executable, "-IS", "-X", "utf8", "-c", _BOOT, json.dumps(path), *arguments]
    windows = sys.platform == "win32"
    child = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        command,
        stdin=subprocess.PIPE if windows else theirs.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        env={key: os.environ[key] for key in _KEPT if key in os.environ} | _GIVEN,
        start_new_session=True,  # Ctrl-C and Ctrl-Z are for the parent
        cwd=os.path.abspath(os.sep),  # noqa: PTH100 - the root, whatever the drive
    )
    if sys.platform == "win32" and child.stdin is not None:
        # A socket is no standard input there, but can be handed to a process that is known.
        child.stdin.write(theirs.share(child.pid))
        child.stdin.close()
    return child


def _sense(opened: Callable[[bytes], Given], message: bytes) -> Given:
    """What a message of the child holds."""
    try:
        return opened(message)
    except ValueError as error:
        raise LostError("worker-died", "gave an answer that makes no sense", str(error)) from None


def _cause(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
