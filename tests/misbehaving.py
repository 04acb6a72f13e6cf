"""A reader that does what its page says, for children of `contain`: each deed is a way to fail."""

import ctypes
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from ledger.commands.lines import STATEMENTS
from ledger.contain.documents import document_in, dumped
from ledger.document import Block, Document
from ledger.errors import ExtractError

_kept: list[object] = []


def read(body: bytes, *, name: str, media_type: str | None, charset: str | None) -> bytes:
    """Do the deed that the body names; any other body is its own text."""
    page = body.decode("utf-8")
    deed = DEEDS.get(page)
    text = deed() if deed else page
    if page == "<p>arguments":
        text = f"{name} {media_type} {charset}"
    if page == "<p>refuse this":
        raise ExtractError(name, "odd", "it is odd")
    block = Block(0, len(text), "paragraph")
    document = Document(extractor="test/1", text=text, blocks=(block,))
    return dumped((document, "text/html", "utf-8"))


def read_item(body: bytes, *, received: dict[str, Any], given: list[Any]) -> bytes:
    """As `read`, as `ledger parse` asks; the deed "pretend" is to speak of another input."""
    document, _, _ = document_in(read(body, name="", media_type=None, charset=None))
    item: dict[str, Any] = dict.fromkeys(STATEMENTS)
    lists: dict[str, Any] = {"claims": [], "references": [], "findings": []}
    lists["counts"] = dict.fromkeys(("claims", "citations", "gaps", "findings"), 0)
    assert not given
    name = "another.html" if document.text == "pretended" else received["name"]
    return json.dumps({**item, **lists, "input": name, "text": document.text}).encode()


def hang() -> str:
    time.sleep(60)
    return "awake"


def spin() -> str:
    while True:
        pass


def spin_in_c() -> str:
    """Seconds inside one call, where no signal handler written in Python would run."""
    return str(pow(7, 10**9) % 2)


def leave() -> str:
    sys.exit(3)


def vanish() -> str:
    os._exit(0)


def segfault() -> str:
    return ctypes.string_at(0).decode()


def abort() -> str:
    os.abort()


def hoard() -> str:
    return "x" * (3 << 30)


def hoard_slowly() -> str:
    while True:
        _kept.append(bytearray(1 << 24))


def keep_some() -> str:
    """Leave most of the memory taken for whoever comes next."""
    _kept.append(bytearray(40 << 20))
    return "kept"


def need_some() -> str:
    return str(len(bytearray(40 << 20)))


def chatter() -> str:
    for stream in (sys.stdout, sys.stderr):
        stream.write("nobody listens\n" * 20_000)
        stream.flush()
    return "said"


def listen() -> str:
    return sys.stdin.read() + "silence"


def the_channel() -> socket.socket:
    for number in range(3, 64):
        try:
            return socket.socket(fileno=os.dup(number))
        except OSError:
            continue
    raise AssertionError


def garble() -> str:
    the_channel().sendall(b"<p>no frame at all</p>" * 100)
    return "garbled"


def forge() -> str:
    """The right frame around what is no answer."""
    answer = b'{"number": 1, "given": {"document": {"text": 5}}}'
    the_channel().sendall(b"LDGR" + len(answer).to_bytes(8, "big") + answer)
    return "forged"


def announce() -> str:
    """A frame that is far too long, and never comes."""
    the_channel().sendall(b"LDGR" + (1 << 60).to_bytes(8, "big"))
    return "announced"


def speak_later() -> str:
    """Answer this page, and the next one before it is asked."""
    if os.fork() == 0:
        time.sleep(0.1)
        forge()
        os._exit(0)
    return "answered"


def die_later() -> str:
    if os.fork() == 0:
        time.sleep(0.1)
        os.kill(os.getppid(), 9)
        os._exit(0)
    return "answered"


def hold_open() -> str:
    """Die, and leave a grandchild that holds the channel open."""
    if os.fork() == 0:
        time.sleep(2)
    os._exit(1)


def write_file() -> str:
    with TemporaryFile() as file:
        file.truncate(1 << 30)
    return "written"


def environment() -> str:
    return " ".join(sorted(os.environ)) + " in " + str(Path.cwd())


def refuse() -> str:
    raise ExtractError("inner.html", "odd", "it is odd", remedy="Straighten it")


def lack_memory() -> str:
    """As Rust ends a program that is refused memory."""
    sys.stderr.write("memory allocation of 99 bytes failed\n")
    sys.stderr.flush()
    os.abort()


def ring() -> str:
    """As the kernel ends a child that outlives its limit."""
    os.kill(os.getpid(), signal.SIGALRM)
    return "awake"


def err() -> str:
    raise KeyError("no such key")


def surrogate() -> str:
    return "\ud800"


def pretend() -> str:
    return "pretended"


def huge() -> str:
    return "x" * (2 << 20)


DEEDS: dict[str, Callable[[], str]] = {
    f"<p>{deed.__name__}": deed
    for deed in (
        *(hang, spin, spin_in_c, leave, vanish, segfault, abort, hoard, hoard_slowly, keep_some),
        *(need_some, chatter, listen, garble, forge, announce, speak_later, die_later, hold_open),
        *(write_file, environment, refuse, err, ring, lack_memory, surrogate, huge, pretend),
    )
}
