"""A time stamp says by when bytes existed; whatever else comes instead of one is a sentence."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpcore
import pytest
from asn1crypto import tsp
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import example, given
from hypothesis import strategies as st
from loopback import HASTY, SMALL, TRUSTING_TEST_AUTHORITY, LoopbackServer, literal_or_loopback
from loopback_h2 import BEHAVIOURS, LoopbackH2Server
from stamping import FIVE_PAST, NAME, YEAR, Signer, authority, refusal, root, serving, stamp

from ledger.errors import ExtractError, FetchError, LedgerError, RefusedError, TimeStampError
from ledger.fetch.guard import World
from ledger.timestamp import TimeStamp, ask, certificates, verify

GOLDEN = Path(__file__).parent.parent / "fixtures" / "time-stamps"
"""Stamped by an authority of `openssl ts` (RSA, an intermediate, SHA-384, fractions of seconds)."""

DATA = b"desk.example/ledger\n25\n"
ROOTS = (root().certificate,)
AT = FIVE_PAST + timedelta(seconds=1)
"""The library cuts off fractions of a second."""


def query(data: bytes = DATA) -> bytes:
    asked: bytes = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": imprint(data),
            "nonce": 2**62 + 1,
            "cert_req": True,
        }
    ).dump()
    return asked


def imprint(data: bytes) -> dict[str, Any]:
    return {
        "hash_algorithm": {"algorithm": "sha512"},
        "hashed_message": hashlib.sha512(data).digest(),
    }


class TestAsking:
    def test_only_a_digest_is_sent_with_a_nonce_and_for_a_certificate(self) -> None:
        asked: list[bytes] = []

        def answer(query: bytes) -> bytes:
            asked.append(query)
            return stamp(query)

        with serving(answer) as server:
            for _ in range(2):
                token, said = ask(server.url("/tsa"), DATA, SMALL)
        assert verify(token, DATA, ROOTS) == said == TimeStamp(AT, NAME)
        first, second = (tsp.TimeStampReq.load(each).native for each in asked)
        assert first["message_imprint"]["hash_algorithm"]["algorithm"] == "sha512"
        assert first["message_imprint"]["hashed_message"] == hashlib.sha512(DATA).digest()
        assert first["cert_req"] is True
        assert first["nonce"] != second["nonce"]
        head = server.requests[0].partition(b"\r\n\r\n")[0].decode().lower()
        assert head.startswith("post /tsa http/1.1\r\n")
        assert "content-type: application/timestamp-query\r\n" in head
        assert "user-agent: claim-ledger/" in head
        assert DATA not in server.requests[0]

    @pytest.mark.parametrize(
        ("answer", "code", "words"),
        [
            (
                partial(stamp, message_imprint=imprint(b"other")),
                "no-time-stamp",
                "cannot be used: it belongs to other bytes",
            ),
            (partial(stamp, nonce=1), "no-time-stamp", "another request (the nonce differs)"),
            (partial(stamp, nonce=None), "no-time-stamp", "another request (the nonce differs)"),
            (partial(stamp, certificates=[]), "no-time-stamp", "with no certificates of who"),
            (partial(stamp, accuracy={"seconds": 2**60}), "no-time-stamp", "is not a time stamp"),
            (
                lambda _: refusal("granted"),
                "no-time-stamp",
                ("this is not a time stamp (RFC 3161)"),
            ),
            (lambda _: b"", "no-time-stamp", "this is not a time stamp (RFC 3161)"),
            (lambda _: b"0\x80\x00\x00", "no-time-stamp", "this is not a time stamp (RFC 3161)"),
            (
                lambda query: stamp(query)[:-9],
                "no-time-stamp",
                ("this is not a time stamp (RFC 3161)"),
            ),
            (lambda query: stamp(query) + b"0", "no-time-stamp", "this is not a time stamp"),
            (
                lambda _: refusal("rejection", "no\x1b[31m", " time\nleft", because={"bad_alg"}),
                "rejected",
                "grants no time stamp (status 2): no\x1b[31m; time left. Try again",
            ),
            (lambda _: refusal("waiting"), "rejected", "grants no time stamp (status 3). Try"),
            (lambda _: bytes(300_000), "too-large", "more than 262,144 bytes of body"),
        ],
    )
    def test_an_answer_that_is_no_answer_is_a_sentence(
        self, answer: Callable[[bytes], bytes], code: str, words: str
    ) -> None:
        with serving(answer) as server, pytest.raises(FetchError) as caught:
            ask(server.url("/tsa"), DATA, SMALL)
        assert caught.value.code == code
        assert str(caught.value).startswith(f"{server.url('/tsa')}: ")
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        ("media_type", "words"),
        [
            (
                "text/html; charset=utf-8",
                "answers with text/html, not with a time stamp. Check",
            ),
            ("", "answers with bytes of no kind, not with a time stamp. Check"),
        ],
    )
    def test_a_page_is_no_time_stamp(self, media_type: str, words: str) -> None:
        page = b"<!doctype html><title>Sign in</title>"
        with serving(lambda _: page, media_type) as server, pytest.raises(FetchError) as caught:
            ask(server.url("/tsa"), DATA, SMALL)
        assert words in str(caught.value)

    @pytest.mark.parametrize(
        ("path", "code", "words"),
        [
            ("/status/503", "status", "answers with status 503"),
            ("/status/204", "status", "answers with status 204"),
            ("/to/302/https://b.example/tsa", "redirect", "to https://b.example/tsa, which is not"),
            ("/endless", "too-large", "bytes of body"),
            ("/endless-head", "too-large", "bytes of headers"),
            ("/cut-chunk", "incomplete", "during the answer"),
        ],
    )
    def test_a_bad_server_is_a_sentence(self, path: str, code: str, words: str) -> None:
        with LoopbackServer() as server, pytest.raises(FetchError) as caught:
            ask(server.url(path), DATA, SMALL)
        assert caught.value.code == code
        assert words in str(caught.value)
        assert len(server.requests) == 1

    def test_an_answer_that_does_not_come_is_not_waited_for(self) -> None:
        with LoopbackServer() as server, pytest.raises(FetchError) as caught:
            ask(server.url("/silent"), DATA, HASTY)
        assert caught.value.code == "timeout"

    def test_over_tls_the_certificate_of_the_server_counts(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world = World(literal_or_loopback, httpcore.SyncBackend(), TRUSTING_TEST_AUTHORITY)
        media_type = ("content-type", "application/timestamp-reply")
        monkeypatch.setitem(BEHAVIOURS, "tsa", lambda talk: talk.page(stamp(talk.body), media_type))
        with LoopbackH2Server() as server:
            token, said = ask(server.url("/tsa"), DATA, SMALL, world)
            assert verify(token, DATA, ROOTS) == said
            (request,) = server.requests
            assert (request[":method"], "connection" in request) == ("POST", False)
            with pytest.raises(FetchError) as caught:
                ask(server.url("/tsa").replace("news.example", "localhost"), DATA, SMALL)
        assert caught.value.code == "tls"

    def test_an_authority_of_another_network_is_refused_unless_allowed(self) -> None:
        """Its name may come to stand for a machine of ours."""
        with serving() as server, pytest.raises(RefusedError) as caught:
            ask(server.url("/tsa"), DATA, replace(SMALL, allow_private=()))
        assert caught.value.code == "private-address"
        assert server.requests == []


class TestVerifying:
    @pytest.mark.parametrize(
        ("accuracy", "seconds"),
        [(None, 1), ({"millis": 5}, 2), ({"seconds": 1}, 2), ({"seconds": 1, "micros": 1}, 3)],
    )
    def test_the_inaccuracy_that_is_admitted_counts(
        self, accuracy: dict[str, int] | None, seconds: int
    ) -> None:
        said = verify(stamp(query(), accuracy=accuracy), DATA, ROOTS)
        assert said.existed_by == FIVE_PAST + timedelta(seconds=seconds)

    def test_what_another_program_stamped_is_verified(self) -> None:
        """Its certificates are not in the order of DER, as those of most authorities are not."""
        token = (GOLDEN / "checkpoint.txt.tsr").read_bytes()
        data = (GOLDEN / "checkpoint.txt").read_bytes()
        roots = certificates((GOLDEN / "root.pem").read_bytes(), "root.pem")
        said = verify(token, data, roots)
        assert said.authority == "Golden Time Stamps 1"
        assert said.existed_by.isoformat() == "2026-11-26T20:47:49+00:00"
        with pytest.raises(TimeStampError, match="it belongs to other bytes"):
            verify(token, data + b"\n", roots)
        with pytest.raises(TimeStampError, match="no authority that you trust signed it"):
            verify(token, data, ROOTS)

    def test_certificates_in_between_may_come_in_any_order_or_be_given(self) -> None:
        between = Signer("Desk Issuer", root(), issues=True)
        signer = Signer(NAME, between)
        for sent in ([signer, between, root()], [root(), between, signer], [between, signer]):
            token = stamp(query(), signer=signer, certificates=sent)
            assert verify(token, DATA, ROOTS).authority == NAME
        alone = stamp(query(), signer=signer)
        with pytest.raises(TimeStampError, match="no authority that you trust"):
            verify(alone, DATA, ROOTS)
        assert verify(alone, DATA, (*ROOTS, between.certificate)).authority == NAME
        with pytest.raises(TimeStampError, match="no authority that you trust"):
            verify(alone, DATA, (between.certificate,))

    def test_a_certificate_that_ended_since_still_shows_when_it_signed(self) -> None:
        signer = Signer(NAME, root(), ends=FIVE_PAST + timedelta(days=1))
        assert verify(stamp(query(), signer=signer), DATA, ROOTS).existed_by == AT
        late = stamp(query(), signer=signer, at=FIVE_PAST + timedelta(days=2))
        with pytest.raises(TimeStampError, match="when it signed: certificate has expired"):
            verify(late, DATA, ROOTS)
        early = stamp(query(), signer=signer, at=FIVE_PAST - 2 * YEAR)
        with pytest.raises(TimeStampError, match="when it signed: certificate is not yet valid"):
            verify(early, DATA, ROOTS)

    @pytest.mark.parametrize(
        "usage",
        [None, ExtendedKeyUsageOID.CODE_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION],
    )
    def test_a_certificate_for_something_else_shows_no_time(self, usage: Any) -> None:
        signer = Signer("Somebody", root(), usage=usage)
        with pytest.raises(TimeStampError, match="unsuitable certificate purpose"):
            verify(stamp(query(), signer=signer), DATA, ROOTS)

    @pytest.mark.parametrize("name", ["Desk Root", "Another Root"])
    def test_another_root_is_not_trusted_whatever_it_is_called(self, name: str) -> None:
        with pytest.raises(TimeStampError, match="no authority that you trust signed it"):
            verify(stamp(query()), DATA, (Signer(name).certificate,))
        forged = Signer(NAME, Signer("Desk Root"))
        with pytest.raises(TimeStampError, match="no authority that you trust signed it"):
            verify(stamp(query(), signer=forged), DATA, ROOTS)

    def test_a_certificate_that_came_along_lends_nobody_its_name(self) -> None:
        number = authority().certificate.serial_number
        twin = Signer("A Better Name", Signer("Desk Root"), serial=number)
        token = stamp(query(), certificates=[authority(), twin])
        with pytest.raises(ExtractError, match="with 2 certificates of who signed it"):
            verify(token, DATA, ROOTS)

    def test_a_time_that_was_altered_is_found(self) -> None:
        token = stamp(query())
        assert token.count(b"20260102120500Z") == 1
        with pytest.raises(TimeStampError, match="its signature is wrong"):
            verify(token.replace(b"20260102120500Z", b"20250102120500Z"), DATA, ROOTS)

    def test_a_certificate_that_no_certificate_may_be_is_none(self) -> None:
        token = stamp(query())
        number = authority().asn1["tbs_certificate"]["serial_number"].dump()
        assert token.count(number) == 2, "of the certificate and of who signed"
        negative = number[:2] + b"\xff" + number[3:]
        with pytest.raises(ExtractError, match="this is not a time stamp"):
            verify(token.replace(number, negative), DATA, ROOTS)
        version = b"\xa0\x03\x02\x01\x02" + number
        assert token.count(version) == 1
        with pytest.raises(ExtractError, match="this is not a time stamp"):
            verify(token.replace(version, b"\xa0\x03\x02\x01\x63" + number), DATA, ROOTS)

    def test_what_is_far_too_long_is_no_time_stamp(self) -> None:
        with pytest.raises(ExtractError, match="not a time stamp"):
            verify(bytes(300_000), DATA, ROOTS)


@cache
def genuine() -> bytes:
    """One time stamp with a chain, for all mutations."""
    between = Signer("Desk Issuer", root(), issues=True)
    signer = Signer(NAME, between)
    return stamp(query(), signer=signer, certificates=[signer, between], accuracy={"seconds": 1})


@given(
    changes=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4),
    kept=st.none() | st.integers(0),
)
@example(changes=[(0, 0x30)], kept=None)
def test_no_mutation_says_anything_else(changes: list[tuple[int, int]], kept: int | None) -> None:
    """It is refused with a sentence, or what was changed carries no meaning."""
    token = bytearray(genuine())
    for place, value in changes:
        token[place % len(token)] = value
    try:
        said = verify(bytes(token[: kept and kept % len(token)]), DATA, ROOTS)
    except (ExtractError, TimeStampError):
        return
    assert said == TimeStamp(AT + timedelta(seconds=1), NAME)


@given(st.binary(max_size=200))
def test_bytes_are_no_time_stamp(token: bytes) -> None:
    with pytest.raises(LedgerError):
        verify(token, DATA, ROOTS)
