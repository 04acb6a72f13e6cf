import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from ledger.document import Document
from ledger.errors import ExtractError, LedgerError
from ledger.extract import read as extract
from ledger.inputs import Received
from ledger.inputs import ahead as ahead_module
from ledger.inputs.ahead import PER_READER, Arrived
from ledger.pipeline.ahead import read_ahead
from ledger.pipeline.parse import Extract
from ledger.pipeline.read import read

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
LOST = ExtractError("lost.md", "not-found", "no such file")
PATIENCE_S = 10.0


def arrived(*names: str, taken: list[str] | None = None) -> Iterator[Arrived]:
    for name in names:
        if taken is not None:
            taken.append(name)
        body = f"This is {name}, and it says so.".encode()
        got = Received(name, f"urn:{name}", f"urn:{name}", body, NOON, "text/markdown")
        yield name, LOST if name == "lost.md" else got


def text_of(got: Received | LedgerError, extracted: Extract) -> str:
    assert isinstance(got, Received)
    article = read(got, extract=extracted).article
    assert article is not None
    return article.text


@pytest.mark.parametrize("readers", [1, 2, 9])
@pytest.mark.parametrize("ready", [0, 2, 4])
def test_inputs_keep_their_order_and_their_text(readers: int, ready: int) -> None:
    names = ("a.md", "lost.md", "b.md", "c.md")
    found = list(read_ahead(arrived(*names), extract, readers=readers, ready=ready))
    assert [name for name, _, _ in found] == list(names)
    assert found[1][1] is LOST
    texts = [text_of(got, extracted) for name, got, extracted in found if name != "lost.md"]
    assert texts == [f"This is {name}, and it says so." for name in ("a.md", "b.md", "c.md")]


def test_the_next_inputs_are_read_while_one_is_finished_and_no_more_than_that() -> None:
    begun: list[str] = []
    both = threading.Semaphore(0)

    def slow(
        body: bytes,
        *,
        name: str,
        media_type: str | None,
        charset: str | None,
        known: Sequence[str] = (),
    ) -> tuple[Document, str, str | None]:
        begun.append(name)
        both.release()
        return extract(body, name=name, media_type=media_type, charset=charset, known=known)

    taken: list[str] = []
    names = tuple(f"{number}.md" for number in range(20))
    ahead = read_ahead(arrived(*names, taken=taken), slow, readers=2, ready=20)
    next(ahead)
    few = 2 * PER_READER + 1
    for _ in range(few):
        assert both.acquire(timeout=PATIENCE_S)
    assert taken == [*names[:few]]
    assert sorted(begun) == [*names[:few]]
    ahead.close()


def test_large_inputs_are_not_begun_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead_module, "ROOM", 40)
    taken: list[str] = []
    ahead = read_ahead(arrived("a.md", "b.md", "c.md", taken=taken), extract, readers=2, ready=3)
    assert next(ahead)[0] == "a.md"
    assert taken == ["a.md", "b.md"]
    assert [name for name, _, _ in ahead] == ["b.md", "c.md"]


def test_what_has_to_be_waited_for_is_not_asked_for_early() -> None:
    taken: list[str] = []
    names = ("a.md", "https://a.example/1", "https://a.example/2")
    ahead = read_ahead(arrived(*names, taken=taken), extract, readers=2, ready=1)
    assert next(ahead)[0] == "a.md"
    assert taken == ["a.md"]
    assert next(ahead)[0] == "https://a.example/1"
    assert taken == ["a.md", "https://a.example/1"]


def test_a_failure_waits_for_its_turn() -> None:
    def failing(body: bytes, *, name: str, **_: object) -> tuple[Document, str, str | None]:
        raise ExtractError(name, "binary", f"no article can be read from {len(body)} bytes")

    [(_, got, extracted)] = read_ahead(arrived("a.md"), failing, readers=1, ready=1)
    assert isinstance(got, Received)
    for _ in range(2):  # `ingest` may ask again
        with pytest.raises(ExtractError, match=r"a\.md: no article"):
            read(got, extract=extracted)


def test_another_body_than_the_one_read_ahead_is_read_when_it_is_asked_for() -> None:
    [(_, _, extracted)] = read_ahead(arrived("a.md"), extract, readers=1, ready=1)
    other = Received("a.md", "urn:a", "urn:a", b"What the ledger holds.", NOON, "text/markdown")
    assert text_of(other, extracted) == "What the ledger holds."
