"""A small web of pages that cite one another, served on the loopback."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from loopback import BEHAVIOURS, Connection, LoopbackServer

OPEN = ("--allow-private", "127.0.0.0/8", "--allow-private", "::1/128", "--pause", "0")


@contextmanager
def web(pages: Mapping[str, Sequence[str]]) -> Iterator[LoopbackServer]:
    """Serve /web/NAME for each name; a page cites the names (or addresses) that it is mapped to.

    A name that nothing is mapped to is not found.
    """
    with LoopbackServer() as server:

        def answer(connection: Connection) -> None:
            name = connection.rest.partition("?")[0]
            if name not in pages:
                connection.answer(b"gone", status="404 Not Found")
                return
            body = page_text(name, pages[name], server)
            connection.answer(body.encode(), "Content-Type: text/markdown; charset=utf-8")

        BEHAVIOURS["web"] = answer
        yield server


def page_text(name: str, cited: Sequence[str], server: LoopbackServer) -> str:
    lines = [f"# The page {name}", ""]
    lines += [f"It says the thing number {at} [{at}]." for at, _ in enumerate(cited, 1)]
    lines += [] if cited else ["It says so by itself."]
    lines += ["", "## References", ""]
    addresses = (each if "://" in each else server.url(f"/web/{each}") for each in cited)
    lines += [f"[{at}]: {address}" for at, address in enumerate(addresses, 1)]
    return "\n\n".join(lines) + "\n"
