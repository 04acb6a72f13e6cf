"""Inputs in order -> the same, while the bytes of the next ones are read.

A page is read on one processor while the one before it is split, resolved and recorded on another.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

from ledger.document import Document
from ledger.errors import LedgerError
from ledger.inputs.ahead import Arrived, work_ahead
from ledger.inputs.receive import Received
from ledger.pipeline.parse import Extract, extracted

_Extracted = tuple[Document, str, str | None]


class _Begun(NamedTuple):
    """An `Extract` that has begun with one body; any other is read when it is asked for."""

    body: bytes
    reading: Callable[[], _Extracted]
    extract: Extract

    def __call__(
        self,
        body: bytes,
        *,
        name: str,
        media_type: str | None,
        charset: str | None,
        known: Sequence[str] = (),
    ) -> _Extracted:
        if body is self.body and not known:
            return self.reading()
        return self.extract(body, name=name, media_type=media_type, charset=charset, known=known)


def read_ahead(
    arrived: Iterator[Arrived],
    extract: Extract,
    *,
    readers: int,
    ready: int,
    needs: Callable[[Received], bool] = lambda _got: True,
) -> Generator[tuple[str, Received | LedgerError, Extract], None, None]:
    """Begin reading inputs before their turn.

    Arguments as those of `inputs.work_ahead`, and `extract`, which is called in other threads.

    Yields:
        As it came and in the same order, each with the function that `pipeline.read` and `ingest`
        take as `extract`. Closing the iterator begins nothing new.
    """
    reading = partial(extracted, extract=extract)
    ahead = work_ahead(arrived, reading, readers=readers, ready=ready, needs=needs)
    with closing(ahead) as begun:
        for name, got, done in begun:
            if isinstance(got, LedgerError):
                yield name, got, extract
            else:
                yield name, got, _Begun(got.body, done, extract)
