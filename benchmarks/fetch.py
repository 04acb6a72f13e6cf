"""How fetching behaves: against resolvers and servers that mean ill, and among many hosts.

    python benchmarks/fetch.py [addresses] [hostile] [polite]

addresses: connections to an address that is not public, over random answers of a resolver.
hostile: how long each hostile behaviour keeps a fetch beyond its limit, what memory all of them
take, and whether the next fetch succeeds. The servers are those of the tests.
polite: wall time of `ledger ingest` for 200 pages of 20 hosts that take 100 ms for each answer,
over what one request at a time and a second between two of them demand of the longest host.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from loopback import SMALL, Address, CountingBackend, LoopbackServer, fetcher
from loopback_h2 import LoopbackH2Server
from test_fetch import CODED_OUTCOMES, HOSTILE
from test_fetch_guard import PRIVATE_NETWORKS, PUBLIC, SPELLINGS
from test_fetch_http2 import HOSTILE as HOSTILE_2

from ledger.errors import FetchError
from ledger.fetch import FetchSettings

ANSWERS = 10_000
HOSTS, PAGES, LATENCY_S, PAUSE_S = 20, 200, 0.1, 1.0
LIMIT_S = 1.0
SETTINGS = replace(
    SMALL,
    total_time_s=LIMIT_S,
    rate_window_s=0.3,
    max_raw_bytes=FetchSettings().max_raw_bytes,
    max_decoded_bytes=FetchSettings().max_decoded_bytes,
)
"""Hasty, but with the sizes that hold for users."""
PAGE = "<title>Page {0}</title><article><p>On day {0} it rained in the valley. [1]</p></article>"


def addresses() -> None:
    chance = random.Random(9309)
    public = [ip_address(address) for address in PUBLIC]

    def private() -> Address:
        network = ip_network(chance.choice(PRIVATE_NETWORKS))
        return network[chance.randrange(network.num_addresses)]

    asked = bad = good = 0

    def answer(*_: object) -> list[Address]:
        nonlocal asked
        asked += 1
        return [
            chance.choice(public) if chance.random() < 0.6 else private()
            for _ in range(chance.randrange(1, 5))
        ]

    while asked < ANSWERS:
        backend = CountingBackend()
        settings = FetchSettings(pause_s=0)
        with suppress(FetchError):
            fetcher(settings, answers=answer, backend=backend).fetch("http://news.example/")
        good += len(backend.connected)
        bad += sum(ip_address(host) not in public for host, _ in backend.connected)
    for url in SPELLINGS:
        backend = CountingBackend()
        with suppress(FetchError):
            fetcher(FetchSettings(), backend=backend).fetch(url)
        bad += len(backend.connected)
    print(
        f"addresses: {asked:,} answers of a resolver and {len(set(SPELLINGS))} spellings: "
        f"{good:,} connections to public addresses, {bad} to others"
    )


def hostile() -> None:
    with LoopbackServer() as server, LoopbackH2Server() as server_2:
        plan = {
            "paths": [server.url(path) for path in HOSTILE]
            + [server.url(f"/coded/{name}") for name in CODED_OUTCOMES]
            + [server.url(f"/to/302//coded/{name}") for name in CODED_OUTCOMES]
            + [server.url(path) for path in ("/self", "/ping", "/grow", "/redirect-bomb")]
            + [server_2.url(path) for path in HOSTILE_2],
            "next": server.url("/ok"),
        }
        # In a process of its own, because what the servers hold is not what a fetch holds.
        done = subprocess.run(
            [sys.executable, __file__, "--client"],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            check=True,
        )
    print(done.stdout.strip())


def client() -> None:
    plan = json.loads(sys.stdin.read())
    fetcher(SETTINGS).fetch(plan["next"])
    worst, beyond, succeeded = ("", 0.0), 0, 0
    for url in plan["paths"]:
        began = time.monotonic()
        with suppress(FetchError):
            fetcher(SETTINGS).fetch(url)
        took = time.monotonic() - began
        worst = max(worst, (url.split("/", 3)[3], took), key=lambda each: each[1])
        beyond += took > LIMIT_S + 1
        succeeded += fetcher(replace(SETTINGS, total_time_s=10)).fetch(plan["next"]).status == 200
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"hostile: {len(plan['paths'])} behaviours, limit {LIMIT_S:g} s: "
        f"{beyond} beyond limit + 1 s (longest {worst[1]:.2f} s, {worst[0]}), "
        f"peak memory {memory:.0f} MB, the next fetch succeeded {succeeded} times"
    )


class _Slow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(LATENCY_S)
        found = self.path != "/robots.txt"
        body = PAGE.format(self.path[1:]).encode() if found else b"there is none"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not on the terminal."""


def polite() -> None:
    with ExitStack() as stack:
        port, names = 0, []
        for host in (f"127.0.0.{number}" for number in range(2, 2 + HOSTS)):
            server = stack.enter_context(ThreadingHTTPServer((host, port), _Slow))
            port = server.server_address[1]
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            names += [f"http://{host}:{port}/{number}" for number in range(PAGES // HOSTS)]
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "names").write_text("\n".join(names), encoding="utf-8")
        ledger = [sys.executable, "-m", "ledger", "--db", str(folder / "ledger.db")]
        subprocess.run([*ledger, "outlets"], capture_output=True, check=False)  # makes it
        options = ["--from-file", str(folder / "names"), "--allow-private", "127.0.0.0/8"]
        began = time.monotonic()
        done = subprocess.run(
            [*ledger, "ingest", *options, "--format", "jsonl"], capture_output=True, check=True
        )
        took = time.monotonic() - began
    recorded = sum(json.loads(line)["new"] for line in done.stdout.splitlines())
    each = PAGES // HOSTS
    # robots.txt is a request like the others, and the first.
    demanded = (each + 1) * LATENCY_S + each * PAUSE_S
    print(
        f"polite: {recorded} pages of {HOSTS} hosts recorded in {took:.1f} s; politeness demands "
        f"{demanded:.1f} s: ratio {took / demanded:.2f}"
    )


PARTS: dict[str, Callable[[], None]] = {
    "addresses": addresses,
    "hostile": hostile,
    "polite": polite,
}

if __name__ == "__main__":
    if sys.argv[1:] == ["--client"]:
        client()
    else:
        for part in sys.argv[1:] or PARTS:
            PARTS[part]()
