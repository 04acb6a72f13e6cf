"""What parent and child say to each other, and that nothing else is believed."""

import socket
import sys
import threading
import time
from collections.abc import Iterator

import misbehaving
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.contain.documents import document_in, dumped
from ledger.contain.frames import FrameError, receive, send
from ledger.contain.messages import Answer, Mistake, Refusal, Request, answer_in
from ledger.contain.worker import serve
from ledger.document import Block, Document, Finding, Mention, Reference
from ledger.extract import read as extract

AN_HOUR = 3600.0
Pair = tuple[socket.socket, socket.socket]

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
offsets = st.integers(0, 10**9)
sections = st.lists(words, max_size=3).map(tuple)
documents = st.builds(
    Document,
    extractor=words,
    text=words,
    blocks=st.lists(
        st.builds(Block, offsets, offsets, st.sampled_from(["heading", "cell"]), sections)
    ).map(tuple),
    mentions=st.lists(
        st.builds(Mention, offsets, sections, words, offsets, url=st.none() | words)
    ).map(tuple),
    references=st.lists(
        st.builds(Reference, marker=st.none() | words, raw=words, urls=sections)
    ).map(tuple),
    findings=st.lists(st.builds(Finding, code=words, detail=words, at=st.none() | offsets)).map(
        tuple
    ),
    title=st.none() | words,
    byline=sections,
)


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@given(documents, words)
@pytest.mark.no_cover
def test_a_document_comes_out_as_it_went_in(document: Document, charset: str) -> None:
    found = (document, "text/html", charset)

    assert document_in(dumped(found)) == found


anything = st.text(max_size=20)


@given(
    st.none()
    | st.builds(Refusal, anything, anything, anything, st.none() | anything)
    | st.builds(Mistake, anything, anything),
    st.integers(0, 10**9),
)
def test_an_answer_comes_out_as_it_went_in(unread: Refusal | Mistake | None, number: int) -> None:
    assert answer_in(Answer(number, unread).dumped()) == Answer(number, unread)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x80\x04\x95",  # the beginning of a pickle
        b"[]",
        b'{"number": "one"}',
        b'{"number": 1}',
        b'{"number": 1, "given": 5}',
        b'{"number": 1, "refusal": ["a", 5, "c", null]}',
        b'{"number": 1, "mistake": ["a"]}',
        b'{"number": 1, "mistake": ' + b"[" * 100_000,
    ],
)
def test_what_does_not_fit_the_types_is_no_answer(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        answer_in(said)


@pytest.mark.parametrize("said", [b"", b"[]", b'[{"text": "a"}, "text/html", "utf-8"]'])
def test_what_does_not_fit_its_types_is_no_document(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        document_in(said)


def test_messages_come_one_after_another(pair: Pair) -> None:
    send(pair[0], b"one", b"", b"three")

    assert [receive(pair[1], 5) for _ in range(3)] == [b"one", b"", b"three"]


@pytest.mark.parametrize(
    ("sent", "size"), [(b"LDGR" + (6).to_bytes(8, "big"), 6), (b"GET / HTTP/1.1", None)]
)
def test_nothing_is_read_beyond_the_limit(pair: Pair, sent: bytes, size: int | None) -> None:
    pair[0].sendall(sent)

    with pytest.raises(FrameError) as caught:
        receive(pair[1], 5)
    assert caught.value.size == size


def test_a_message_that_ends_early_is_none(pair: Pair) -> None:
    pair[0].sendall(b"LDGR" + (6).to_bytes(8, "big") + b"five!")
    pair[0].shutdown(socket.SHUT_WR)

    with pytest.raises(EOFError):
        receive(pair[1], 6)


def test_waiting_has_an_end(pair: Pair) -> None:
    with pytest.raises(TimeoutError):
        receive(pair[1], 5, time.monotonic() + 0.01)
    with pytest.raises(TimeoutError):
        send(pair[0], b"x" * 20_000_000, deadline=time.monotonic() + 0.01)


def test_what_is_there_is_taken_after_the_deadline_too(pair: Pair) -> None:
    late = time.monotonic() - 1
    send(pair[0], b"there", deadline=late)

    assert receive(pair[1], 5, late) == b"there"
    with pytest.raises(TimeoutError):
        receive(pair[1], 5, late)


def ask(channel: socket.socket, number: int, body: bytes) -> Answer:
    arguments = {"name": "a.html", "media_type": "text/html", "charset": None}
    send(channel, Request(number, arguments).dumped(), body)
    return answer_in(receive(channel, sys.maxsize))


def test_a_child_answers_one_request_after_another_until_nobody_asks(pair: Pair) -> None:
    ours, theirs = pair
    ours.settimeout(60)  # a child that fails says nothing
    child = threading.Thread(target=serve, args=(theirs, misbehaving.read, AN_HOUR, AN_HOUR))
    child.start()
    ready = answer_in(receive(ours, sys.maxsize))
    read = ask(ours, 1, b"text")
    found = document_in(receive(ours, sys.maxsize))
    refused, wrong = ask(ours, 2, b"<p>refuse"), ask(ours, 3, b"<p>err")
    ours.close()
    child.join()

    assert ready == Answer(0)
    assert read == Answer(1)
    assert found[0].text == "text"
    assert isinstance(refused.unread, Refusal)
    assert (refused.number, refused.unread.code) == (2, "odd")
    assert isinstance(wrong.unread, Mistake)
    assert wrong.unread.kind == "KeyError"
    assert "no such key" in wrong.unread.trace


def test_what_the_real_reader_finds_can_be_said() -> None:
    body = b"<!doctype html><h1>T</h1><p>Kyiv fell [1].</p><ol class=references><li>a.example</ol>"
    found = extract(body, name="a.html")

    assert document_in(dumped(found)) == found
