import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address, ip_network

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import (
    BLUNT,
    HASTY,
    SMALL,
    TRUSTING_TEST_AUTHORITY,
    Address,
    CountingBackend,
    fetcher,
    literal_or_loopback,
)

from ledger.errors import FetchError, RefusedError
from ledger.fetch import FetchSettings
from ledger.fetch.address import covering, is_public
from ledger.fetch.guard import GuardedBackend, World, system_addresses
from ledger.fetch.trip import Trip

# --- where it may go ----------------------------------------------------------------------------

SPELLINGS = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/",
    "http://0x7f.0x0.0x0.0x1/", "http://127.0.0.1./", "http://127.255.255.254/", "http://0/",
    "http://0.0.0.0/", "http://0x0/", "http://00000000/", "http://localhost/",
    "http://LOCALHOST/", "http://localhost./", "http://localhost.localdomain/",
    "http://foo.localhost/", "http://ip6-localhost/", "http://127.0.0.1.nip.io/",
    "http://localtest.me/", "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000::0001]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::]/",
    "http://[2001:0:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%251]/",
    "http://[fec0::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[5f00::1]/",
    "http://[3fff::1]/", "http://[2001:db8::1]/", "http://[ff02::1]/", "http://169.254.169.254/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/",
    "http://[::ffff:a9fe:a9fe]/", "http://metadata.google.internal/", "http://100.100.100.200/",
    "http://192.0.0.192/", "http://168.63.129.16/", "http://10.0.0.1/", "http://172.16.0.1/",
    "http://192.168.0.1/", "http://198.18.0.1/", "http://192.88.99.1/", "http://224.0.0.1/",
    "http://255.255.255.255/", r"http://evil.example\@127.0.0.1/",
    "http://evil.example@127.0.0.1/", r"http://127.0.0.1:80\@8.8.8.8/",
    "http://127.0.0.1#@8.8.8.8/", "http://127.0.0.1?@8.8.8.8/",
]  # fmt: skip


@pytest.mark.parametrize("url", SPELLINGS)
def test_no_spelling_of_a_private_address_is_connected_to(url: str) -> None:
    backend = CountingBackend()
    with pytest.raises(RefusedError):
        fetcher(FetchSettings(), backend=backend).fetch(url)
    assert backend.connected == []


def test_the_spellings_are_at_least_sixty() -> None:
    assert len(set(SPELLINGS)) >= 60


PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "99.255.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.1", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "198.17.255.255",
    "198.20.0.0", "223.255.255.255", "168.63.129.17",
    "2001:200::1", "2606:4700::1111", "2a00:1450:4001::1", "2620:0:2d0:200::7",
]  # fmt: skip
PRIVATE_NETWORKS = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32",
    "2001:2::/48", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
    "fec0::/10", "ff00::/8",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("network", PRIVATE_NETWORKS)
def test_both_ends_of_a_private_network_are_not_public(network: str) -> None:
    assert not is_public(ip_network(network)[0])
    assert not is_public(ip_network(network)[-1])


private_addresses = st.sampled_from(PRIVATE_NETWORKS).flatmap(
    lambda network: st.ip_addresses(network=network)
)
answers = st.lists(
    st.one_of(st.sampled_from(PUBLIC).map(ip_address), private_addresses), max_size=5
)


@settings(max_examples=300)
@given(answers)
@pytest.mark.no_cover
def test_one_private_address_in_an_answer_refuses_the_host(found: list[Address]) -> None:
    asked, backend = [], CountingBackend()

    def answer(host: str, port: int) -> Sequence[Address]:
        asked.append((host, port))
        return found

    public = [str(address) for address in found if str(address) in PUBLIC]
    expected = "name" if not found else "private-address" if len(public) < len(found) else None
    code = None
    try:
        fetcher(BLUNT, answers=answer, backend=backend).fetch("http://news.example/")
    except FetchError as error:
        code = error.code
    assert code == expected
    assert backend.connected == ([(public[0], 80)] if expected is None else [])
    assert asked == [("news.example", 80)]


def test_a_name_without_an_address_is_no_name() -> None:
    backend = CountingBackend()
    with pytest.raises(FetchError) as refused:
        fetcher(BLUNT, answers=lambda *_: [], backend=backend).fetch("http://news.example/")
    assert refused.value.code == "name"
    assert backend.connected == []


def test_a_name_that_changes_its_address_is_asked_once_for_each_connection() -> None:
    turns = iter(range(100))
    backend = CountingBackend()

    def flip(*_: object) -> Sequence[Address]:
        return [ip_address("8.8.8.8" if next(turns) % 2 == 0 else "127.0.0.1")]

    shared = fetcher(BLUNT, answers=flip, backend=backend)
    for turn in range(50):
        if turn % 2 == 0:
            assert shared.fetch("http://news.example/").body == b"hi"
        else:
            with pytest.raises(RefusedError):
                shared.fetch("http://news.example/")
    assert backend.connected == [("8.8.8.8", 80)] * 25


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    class Deaf(CountingBackend):
        def connect_tcp(self, host: str, port: int, *args: object) -> httpcore.NetworkStream:
            stream = super().connect_tcp(host, port, *args)
            if len(self.connected) == 1:
                raise httpcore.ConnectTimeout("no answer")
            if len(self.connected) == 2:
                raise httpcore.ConnectError("refused")
            return stream

    backend = Deaf()
    addresses = [ip_address(address) for address in ("2606:4700::1111", "1.1.1.1", "8.8.8.8")]
    response = fetcher(answers=lambda *_: addresses, backend=backend).fetch("http://news.example/")
    assert response.allowed_private is None
    assert [host for host, _ in backend.connected] == ["2606:4700::1111", "1.1.1.1", "8.8.8.8"]


@pytest.mark.parametrize(
    ("url", "limits", "code"),
    [
        ("http://news.example:8080/", BLUNT, "port"),
        ("http://news.example:8080/", replace(BLUNT, ports=frozenset({8080})), None),
        ("http://news.example/", replace(BLUNT, ports=frozenset({8080})), "port"),
        ("https://news.example/", BLUNT, None),
        (
            "http://news.example:8080/",
            replace(BLUNT, allow_private=(ip_network("8.8.8.0/24"),)),
            None,
        ),
        (
            "http://news.example:8080/",
            replace(BLUNT, allow_private=(ip_network("9.0.0.0/8"),)),
            "port",
        ),
    ],
)
def test_ports_other_than_those_named_are_for_allowed_networks(
    url: str, limits: FetchSettings, code: str | None
) -> None:
    backend = CountingBackend()
    shared = fetcher(limits, answers=lambda *_: [ip_address("8.8.8.8")], backend=backend)
    if code is None:
        allowed = "8.8.8.0/24" if limits.allow_private else None
        assert shared.fetch(url).allowed_private == allowed
    else:
        with pytest.raises(RefusedError) as caught:
            shared.fetch(url)
        assert caught.value.code == code
        assert backend.connected == []


def test_only_the_allowed_network_is_open() -> None:
    limits = replace(BLUNT, allow_private=(ip_network("10.1.0.0/16"), ip_network("fd00::/8")))
    backend = CountingBackend()
    shared = fetcher(limits, backend=backend)
    assert shared.fetch("http://10.1.2.3/").allowed_private == "10.1.0.0/16"
    assert shared.fetch("http://[fd00::1]:8080/").allowed_private == "fd00::/8"
    for url in ("http://10.2.0.1/", "http://127.0.0.1/", "http://[::ffff:10.1.2.3]/"):
        with pytest.raises(RefusedError):
            shared.fetch(url)
    assert len(backend.connected) == 2


def test_an_address_belongs_to_the_first_network_that_holds_it() -> None:
    networks = (ip_network("10.0.0.0/8"), ip_network("10.1.0.0/16"))
    assert covering(ip_address("10.1.0.1"), networks) == networks[0]
    assert covering(ip_address("::1"), networks) is None


@pytest.mark.parametrize("problem", [OSError("unknown"), UnicodeError("label too long")])
def test_a_name_that_is_not_known_is_said_so(problem: Exception) -> None:
    def unknown(*_: object) -> Sequence[Address]:
        raise problem

    with pytest.raises(FetchError, match=r"no address is known for 'news\.example'") as caught:
        fetcher(answers=unknown).fetch("http://news.example/")
    assert caught.value.code == "name"


def test_a_look_up_that_hangs_ends_in_time() -> None:
    release = threading.Event()

    def hang(*_: object) -> Sequence[Address]:
        release.wait(5)
        return []

    started = time.monotonic()
    try:
        with pytest.raises(FetchError) as caught:
            fetcher(replace(HASTY, total_time_s=0.2), answers=hang).fetch("http://news.example/")
    finally:
        release.set()
    assert caught.value.code == "timeout"
    assert time.monotonic() - started < 1


def test_the_system_resolver_reads_odd_numbers_as_addresses() -> None:
    assert system_addresses("127.1", 80) == [ip_address("127.0.0.1")]


def test_unix_sockets_are_refused() -> None:
    world = World(literal_or_loopback, CountingBackend(), TRUSTING_TEST_AUTHORITY)
    guard = GuardedBackend(Trip("http://news.example/", SMALL), world)
    with pytest.raises(RefusedError):
        guard.connect_unix_socket("/run/docker.sock")


# --- the shape of a URL -------------------------------------------------------------------------

MISSHAPEN = {
    "news.example/page": "scheme",
    "": "scheme",
    "//news.example/": "scheme",
    "file:///etc/passwd": "scheme",
    "data:text/plain,hello": "scheme",
    "mailto:desk@example.org": "scheme",
    "ws://news.example/": "scheme",
    "http://": "malformed",
    "http:news.example": "malformed",
    "http:///page": "malformed",
    "http://.news.example/": "malformed",
    "http://news.example:port/": "malformed",
    "http://news.example:70000/": "malformed",
    "http://[::1/": "malformed",
    "http://[::1%é]/": "malformed",
    "http://[fe80::1%25eth0]é]/": "malformed",
    "http://news..example/": "malformed",
    "http://straße-❤.example/": "malformed",
    "http://news.example/a b": "malformed",
    " http://news.example/": "malformed",
    "http://news.example/\n": "malformed",
    "http://news.example/\x00": "malformed",
    "http://news.example/\u00a0": "malformed",
    "http://news.example\\page": "malformed",
    f"http://news.example/{'a' * 70_000}": "malformed",
    "http://user:secret@news.example/": "credentials",
    "http://user@news.example/": "credentials",
    "http://@news.example/": "credentials",
    "https://user:secret@127.0.0.1:8080/": "credentials",
}


@pytest.mark.parametrize("url", MISSHAPEN)
def test_a_url_that_cannot_be_asked_is_refused_with_its_reason(url: str) -> None:
    backend = CountingBackend()
    with pytest.raises(RefusedError) as caught:
        fetcher(backend=backend).fetch(url)
    assert caught.value.code == MISSHAPEN[url]
    assert "secret" not in str(caught.value)
    assert backend.connected == []


@given(st.text(max_size=60))
def test_no_text_whatever_is_asked_or_raises_anything_else(text: str) -> None:
    backend = CountingBackend()
    with pytest.raises(RefusedError):
        fetcher(BLUNT, backend=backend).fetch(text)
    assert backend.connected == []


def test_an_emoji_domain_in_ascii_is_asked() -> None:
    answer = fetcher(answers=lambda *_: [ip_address("8.8.8.8")], backend=CountingBackend())
    assert answer.fetch("http://xn--i-7iq.example/").body == b"hi"


def test_a_name_in_another_script_is_asked_in_its_ascii_form() -> None:
    asked = []

    def answer(host: str, _: int) -> Sequence[Address]:
        asked.append(host)
        return [ip_address("8.8.8.8")]

    url = "http://zürich.example/straße?q=é"
    response = fetcher(answers=answer, backend=CountingBackend()).fetch(url)
    assert (asked, response.final_url) == (["xn--zrich-kva.example"], url)
