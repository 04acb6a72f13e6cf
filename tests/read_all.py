"""Pages by their paragraphs -> a ledger that has read them, as by `ledger ingest`, in no child."""

from collections.abc import Sequence
from pathlib import Path

from readings import NOON, noon

from ledger.inputs import Received, receive
from ledger.pipeline.ingest import ingest
from ledger.pipeline.voices import compare_new
from ledger.schema import Place
from ledger.store import open_ledger


def read_all(db: Place, text: Path | None, *pages: tuple[str, Sequence[str]]) -> None:
    """Read pages, each by its address and its paragraphs, then the file `text`."""
    with open_ledger(str(db), clock=noon) as ledger:
        for url, prose in pages:
            body = "".join(f"<p>{paragraph}</p>" for paragraph in prose)
            html = f"<html><body><article><h1>Fire</h1>{body}</article></body></html>".encode()
            ingest(ledger, Received(url, url, url, html, NOON, media_type="text/html"))
        if text is not None:
            ingest(ledger, receive(str(text), clock=noon))
        compare_new(ledger)
