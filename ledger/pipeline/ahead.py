"""Inputs one after another -> the same, with the bytes of the next ones being read meanwhile.

Reading bytes happens in child processes (`contain`), so that a page is read on one processor while
the one before it is split, resolved and printed on another. Nothing else is done ahead.
"""

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple

from ledger.errors import LedgerError
from ledger.model import Document
from ledger.pipeline.read import Extract, extracted
from ledger.pipeline.receive import Received

Arrived = tuple[str, Received | LedgerError]
_Extracted = tuple[Document, str, str | None]


class _Begun(NamedTuple):
    """An `Extract` that has begun with one body; any other is read when it is asked for."""

    body: bytes
    reading: "Future[_Extracted]"
    extract: Extract

    def __call__(
        self, body: bytes, *, name: str, media_type: str | None, charset: str | None
    ) -> _Extracted:
        if body is self.body:
            return self.reading.result()
        return self.extract(body, name=name, media_type=media_type, charset=charset)


def read_ahead(
    arrived: Iterator[Arrived], extract: Extract, *, readers: int, ready: int
) -> Generator[tuple[str, Received | LedgerError, Extract], None, None]:
    """Begin reading inputs before their turn.

    Args:
        arrived: Names, and what came of each or why nothing did.
        extract: Called in other threads, at most `readers` at a time.
        readers: How many inputs are read ahead at most, at least 1.
        ready: How many of the first can be had without waiting for anybody, such as files; only
            they are read ahead.

    Yields:
        As it came and in the same order, each with the function that `pipeline.read` and `ingest`
        take as `extract`. Closing the iterator begins nothing new.
    """
    first, begun = islice(arrived, ready), deque[tuple[str, Received | LedgerError, Extract]]()
    threads = ThreadPoolExecutor(readers, thread_name_prefix="ahead")

    def begin(name: str, got: Received | LedgerError) -> None:
        if isinstance(got, LedgerError) or not got.body:
            begun.append((name, got, extract))
            return
        reading = threads.submit(extracted, got, extract)
        begun.append((name, got, _Begun(got.body, reading, extract)))

    try:
        for name, got in first:
            begin(name, got)
            if len(begun) > readers:
                yield begun.popleft()
        while begun:
            yield begun.popleft()
    except BaseException:  # also when it is closed
        threads.shutdown(wait=False, cancel_futures=True)
        raise
    threads.shutdown(wait=False)
    for name, got in arrived:
        yield name, got, extract
