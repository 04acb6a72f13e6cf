"""The child: reads one page after another until its parent hangs up.

It runs `main`, started by `process` in an interpreter without the parent's environment.
"""

import faulthandler
import gc
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ledger.contain.frames import receive, send
from ledger.contain.messages import Answer, Mistake, Refusal, Request, request_in
from ledger.errors import ExtractError

GRACE_S = 1.0
"""After its limit of wall time a child ends itself, should its parent not be there to end it."""
MAX_TRACE = 20_000
"""Characters of a traceback that are sent, its end: that of a recursion has thousands of lines."""
NOISE_BYTES = 16 << 20
"""How much a child may write to a file; the one it has takes what libraries print on stderr."""
OPEN_FILES = 64
"""How many files a child may have open: far more than reading takes."""
GARBAGE = 50_000
"""Objects made and not freed before the collector looks for circles: some 20 pages, or 20 MB."""

Reader = Callable[..., bytes]
"""Called with a body and the arguments of a request; gives what is sent, or raises ExtractError."""


def main(seconds: str, waits: str, memory_bytes: str, reader: str, *imported: str) -> None:
    """Serve the parent at the other end of standard input.

    Args:
        seconds, memory_bytes: As in `Limits`.
        waits: Wall time, in seconds, that the parent waits for an answer.
        reader, imported: As in `Workers`.
    """
    channel = _channel()
    faulthandler.enable(all_threads=False)
    if sys.platform != "win32":
        # Then the signal ends it, as it would by itself.
        faulthandler.register(signal.SIGPROF, all_threads=False, chain=True)
    place, _, name = reader.partition(":")
    read: Reader = getattr(import_module(place), name)
    for module in imported:
        import_module(module)
    # What was imported lives as long as the child, and a page is gone when it has been answered:
    # looking through either of them at every 700 objects takes a tenth of the time.
    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()
    confine(int(memory_bytes))
    serve(channel, read, float(seconds), float(waits))


def _channel() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    channel = socket.socket(fileno=os.dup(0))
    # Nothing that a library reads from standard input may come from the channel.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return channel


def confine(memory_bytes: int) -> None:
    """Give up, for good, what reading a page does not need; as far as the platform can."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_FSIZE: NOISE_BYTES,
    }
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory_bytes
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lower, lower))


def serve(channel: socket.socket, read: Reader, seconds: float, waits: float) -> None:
    """Say that the child is ready, then answer requests until the parent hangs up."""
    try:
        send(channel, Answer(number=0).dumped())
        while True:
            request = request_in(receive(channel, sys.maxsize))
            body = receive(channel, sys.maxsize)
            _end_after(seconds, waits + GRACE_S)
            messages = answer_to(request, body, read)
            _end_after(0, 0)
            send(channel, *messages)
    except (EOFError, OSError):
        return


def _end_after(seconds: float, waits: float) -> None:
    """Have the kernel end this process after that processor or wall time; 0 calls it off.

    No handler is set: one in Python would wait for the very library that hangs.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, waits)


def answer_to(request: Request, body: bytes, read: Reader) -> tuple[bytes, ...]:
    """What reading one page gives: an `Answer`, and behind it what there is."""
    unread: Refusal | Mistake
    try:
        given = read(body, **request.arguments)
        return Answer(request.number).dumped(), given
    except ExtractError as error:
        unread = Refusal(error.input, error.code, error.message, error.remedy)
    except Exception as error:  # noqa: BLE001 - it is told to the parent, which raises
        unread = Mistake(type(error).__name__, traceback.format_exc()[-MAX_TRACE:])
    return (Answer(request.number, unread).dumped(),)
