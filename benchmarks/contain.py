"""What containment costs: pages read in a child process, beside the same pages read in this one.

    python benchmarks/contain.py [FOLDER_OF_HTML]

Ratios hold better than seconds: both sides take turns in one run, and the best round counts. One
child on one core; two children show what a second core adds. Without a folder it reads one page of
its own.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ledger.contain import Workers
from ledger.errors import ExtractError
from ledger.extract import read

ROUNDS = 5
PAGE = b"<!doctype html><title>T</title>" + b"<p>The dam broke [1]. <b>It held</b>.</p>" * 200
Page = tuple[str, bytes]


def tried(reader: Callable[..., object], page: Page) -> None:
    name, body = page
    with suppress(ExtractError):  # a page without prose costs time too
        reader(body, name=name, media_type="text/html")


def all_tried(reader: Callable[..., object], pages: Sequence[Page]) -> None:
    for each in pages:
        tried(reader, each)


def seconds(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def start_up() -> float:
    """Seconds from nothing to the first answer."""
    with Workers() as pages:
        return seconds(lambda: tried(pages.read, ("a.html", b"<p>The dam broke [1].</p>")))


def main(pages: list[Page]) -> None:
    inside, outside, both = [], [], []
    with Workers() as one, Workers(2) as two, ThreadPoolExecutor(2) as threads:
        all_tried(one.read, pages)
        list(threads.map(lambda each: tried(two.read, each), pages))
        for _ in range(ROUNDS):
            inside.append(seconds(lambda: all_tried(read, pages)))
            outside.append(seconds(lambda: all_tried(one.read, pages)))
            both.append(
                seconds(lambda: list(threads.map(lambda each: tried(two.read, each), pages)))
            )
    here, child, children = min(inside), min(outside), min(both)
    count = len(pages)
    print(f"{count} pages, {sum(len(body) for _, body in pages) / 1e6:.1f} MB")
    print(f"  in this process  {count / here:8.1f} pages/s")
    print(
        f"  in a child       {count / child:8.1f} pages/s  {here / child:.3f} x, "
        f"{(child - here) / count * 1e3:+.2f} ms a page"
    )
    print(f"  in two children  {count / children:8.1f} pages/s  {here / children:.3f} x")
    started = min(start_up() for _ in range(ROUNDS))
    print(f"  start-up of a child: {started:.2f} s; {os.cpu_count()} cores")


if __name__ == "__main__":
    folder = sys.argv[1:]
    files = sorted(Path(folder[0]).rglob("*.html")) if folder else []
    main([(path.name, path.read_bytes()) for path in files] or [("page.html", PAGE)])
