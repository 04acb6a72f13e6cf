"""WARC files: what is read, what is passed over, what is damaged; and what is written."""

import gzip
import io
import json
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readings import NOON
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ledger.commands import app
from ledger.errors import ExtractError, StoreError
from ledger.export.warc import write_warc
from ledger.inputs import Received
from ledger.pipeline.ingest import ingest
from ledger.pipeline.warc import PassedOver, read_warc
from ledger.pipeline.warc_stream import HEAD_BYTES
from ledger.queries import CaptureItem, captures, payload
from ledger.reader import Reader
from ledger.store import open_ledger

URL = "https://daily.example/dam"
PAGE = (
    b"<html><title>The dam</title><h1>The dam</h1><p>The dam at the head of the valley broke "
    b"in the night of Tuesday [1], the water board said, and three villages were left without "
    b"power until noon.</p><p>Nobody was hurt, because the sirens had been tested the day "
    b"before [1].</p><ol><li>[1] https://www.reuters.com/a</li></ol></html>"
)
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Server", "s"), ("Set-Cookie", "secret")]


class Archive:
    """A WARC file in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=path.suffix == ".gz", warc_version="1.1")

    def response(
        self,
        url: str = URL,
        body: bytes = PAGE,
        headers: Any = HTML,
        status: str = "200 OK",
        kind: str = "response",
        **fields: str,
    ) -> "Archive":
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        named = {"WARC-Date": "2025-03-04T12:00:00.25Z"}
        named.update({f"WARC-{key.replace('_', '-')}": value for key, value in fields.items()})
        record = self.writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict=named,
        )
        self.writer.write_record(record)
        return self

    def resource(self, url: str, body: bytes, media_type: str) -> "Archive":
        record = self.writer.create_warc_record(
            url,
            "resource",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type=media_type,
        )
        self.writer.write_record(record)
        return self

    def close(self) -> Path:
        self.path.write_bytes(self.out.getvalue())
        return self.path


@pytest.fixture(params=["a.warc", "a.warc.gz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path / request.param)


def only(path: Path) -> Any:
    (found,) = read_warc(path)
    return found


def run(db: Path, *args: object) -> Any:
    return CliRunner().invoke(app, ["--db", str(db), *map(str, args)], env={"COLUMNS": "200"})


def rows(db: Path, sql: str) -> list[dict[str, Any]]:
    with Reader(db) as reader:
        return reader.rows(sql)


def test_a_response_is_received_as_it_was_captured(archive: Archive) -> None:
    found = only(archive.response().close())

    assert found.body == PAGE
    assert (found.url, found.final_url, found.status) == (URL, URL, 200)
    assert (found.media_type, found.charset) == ("text/html", "utf-8")
    assert found.received_at.isoformat() == "2025-03-04T12:00:00.250000+00:00"
    assert found.headers == (("content-type", "text/html; charset=utf-8"), ("server", "s"))
    assert found.name == f"{archive.path}#{URL}"


def test_credentials_of_an_address_are_not_shown(archive: Archive) -> None:
    archive.response("https://alice:s3cret@daily.example/gone", status="404 Not Found")
    archive.response("https://alice:s3cret@daily.example/dam", headers=[("Date", "now")])
    passed, kept = read_warc(archive.close())
    assert isinstance(passed, PassedOver)
    assert passed.url == "https://daily.example/gone"
    assert isinstance(kept, Received)
    assert kept.name == f"{archive.path}#https://daily.example/dam"


@pytest.mark.parametrize(
    "date", ["2025-03-04T12:00:00", "0001-01-01T00:00:00+02:00", "9999-12-31T23:00:00-05:00", "?"]
)
def test_a_record_without_a_time_is_bad(archive: Archive, date: str) -> None:
    found = only(archive.response(Date=date).close())
    assert isinstance(found, ExtractError)
    assert found.code == "bad-record"


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:])
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "coded"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
        ({"Content-Encoding": "deflate"}, zlib.compress(PAGE)),
        ({"Transfer-Encoding": "chunked"}, chunked(PAGE)),
        (
            {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"},
            chunked(gzip.compress(PAGE)),
        ),
        ({"Content-Encoding": "gzip"}, PAGE),  # decoded by the crawler, the header left
        ({"Content-Encoding": "br"}, PAGE),
        ({"Transfer-Encoding": "chunked"}, PAGE),
        ({"X-Archive-Orig-Content-Encoding": "br"}, PAGE),
    ],
    ids=["gzip", "deflate", "chunked", "both", "not-gzip", "not-br", "not-chunked", "original"],
)
def test_codings_are_undone(archive: Archive, headers: dict[str, str], coded: bytes) -> None:
    found = only(archive.response(body=coded, headers=[*HTML, *headers.items()]).close())
    assert found.body == PAGE


def test_what_holds_no_article_is_passed_over(archive: Archive) -> None:
    archive.response(kind="request", status="GET /dam HTTP/1.1", body=b"")
    archive.response(status="301 Moved", body=b"")
    archive.response("https://daily.example/gone", status="404 Not Found")
    archive.response("https://daily.example/a.png", headers=[("Content-Type", "image/png")])
    archive.response("https://daily.example/robots.txt", headers=[("Content-Type", "text/plain")])
    archive.response(kind="revisit", body=b"")
    archive.resource("dns:daily.example", b"10.0.0.1", "text/dns")
    archive.response()
    found = list(read_warc(archive.close()))

    assert [each.sort for each in found if isinstance(each, PassedOver)] == [
        "request",
        "status 301",
        "status 404",
        "image/png",
        "robots.txt",
        "revisit",
        "resource without address",
    ]
    assert isinstance(found[-1], Received)


def test_a_resource_is_a_file(archive: Archive) -> None:
    found = only(archive.resource("file:///story.md", b"It broke [1].", "text/markdown").close())
    assert (found.url, found.status, found.media_type) == (
        "file:///story.md",
        None,
        "text/markdown",
    )


def test_wikitext_is_read(archive: Archive) -> None:
    archive.resource("file:///dam.wiki", b"The dam held.", "text/x-wiki")

    received = only(archive.close())

    assert (received.body, received.media_type) == (b"The dam held.", "text/x-wiki")


def test_a_digest_that_is_not_of_the_bytes_is_an_error(archive: Archive) -> None:
    archive.response(Payload_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    archive.response(Block_Digest="sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    archive.response(Payload_Digest="sha1:abc")
    archive.response()
    found = list(read_warc(archive.close()))

    assert [getattr(each, "code", None) for each in found] == [
        "digest",
        "digest",
        "bad-record",
        None,
    ]


def test_a_digest_of_the_payload_without_its_codings_holds(archive: Archive) -> None:
    import hashlib

    headers = [*HTML, ("Transfer-Encoding", "chunked")]
    digest = hashlib.sha256(PAGE).hexdigest()
    archive.response(body=chunked(PAGE), headers=headers, Payload_Digest=f"sha256:{digest}")
    archive.response(Payload_Digest="blake9:abc")
    found = list(read_warc(archive.close()))

    assert all(isinstance(each, Received) for each in found)


def test_a_record_that_is_wrong_is_named_and_the_next_is_read(archive: Archive) -> None:
    bomb = gzip.compress(b"<p>" + bytes(40_000_000))
    archive.response(Date="yesterday")
    archive.response(Date="2025-03-04T12:00:00")
    archive.response(body=bomb, headers=[*HTML, ("Content-Encoding", "gzip")])
    archive.response(body=gzip.compress(PAGE)[:-20], headers=[*HTML, ("Content-Encoding", "gzip")])
    archive.response(body=b"\x8b\x02\x80\xff", headers=[*HTML, ("Content-Encoding", "br")])
    archive.response(body=b"<p>" + bytes(11_000_000))
    archive.response()
    found = list(read_warc(archive.close()))

    assert [getattr(each, "code", None) for each in found] == [
        "bad-record",
        "bad-record",
        "undecodable",
        "undecodable",
        "undecodable",
        "too-large",
        None,
    ]


@pytest.mark.parametrize("url", ["http://[::1", "http://[x]/", "http://a\u2100b/"])
def test_an_address_that_is_none_takes_nothing_else_along(archive: Archive, url: str) -> None:
    archive.response(url)
    archive.response()
    first, second = read_warc(archive.close())

    assert isinstance(first, Received)
    assert first.url == url
    assert isinstance(second, Received)


@pytest.mark.parametrize("cut", [0.35, 0.62, 0.68, 0.93, 0.99])
def test_of_a_file_that_is_cut_off_what_is_whole_is_read(archive: Archive, cut: float) -> None:
    for number in range(10):
        archive.response(f"{URL}/{number}")
    path = archive.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    found = list(read_warc(path))
    read = [each for each in found if isinstance(each, Received)]

    assert len(read) in (int(cut * 10), int(cut * 10) - 1)
    assert all(each.body == PAGE for each in read)
    assert isinstance(found[-1], ExtractError)
    assert found[-1].code == "cut-off"
    assert str(path) in str(found[-1])


@pytest.mark.parametrize(
    "body",
    [b"", b"Once upon a time.\n\nThere was none.", gzip.compress(b"x")],
    ids=["empty", "text", "compressed"],
)
def test_what_is_no_warc_is_said(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(body)
    found = only(path)
    assert isinstance(found, ExtractError)
    assert found.code == "not-warc"
    assert "ArchiveLoadFailed" not in str(found)  # the parser's own names say nothing to people


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as caught:
        list(read_warc(tmp_path / "none.warc"))
    assert caught.value.code == "not-found"


def test_endless_headers_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.1\r\nWARC-Type: " + b"a" * (HEAD_BYTES + 100_000))
    found = list(read_warc(path))[-1]
    assert isinstance(found, ExtractError)
    assert "bytes of headers" in found.message


@pytest.mark.parametrize(("records", "read"), [(1, "1 record"), (2, "2 records")])
def test_a_file_that_breaks_off_says_how_many_records_were_read(
    tmp_path: Path, records: int, read: str
) -> None:
    archive = Archive(tmp_path / "a.warc")
    for number in range(records):
        archive.response(f"{URL}/{number}")
    path = archive.close()
    path.write_bytes(path.read_bytes() + b"junk")
    last = list(read_warc(path))[-1]
    assert isinstance(last, ExtractError)
    assert f"it cannot be read further after {read} (" in last.message


def test_a_record_that_the_library_stumbles_over_is_called_damaged(tmp_path: Path) -> None:
    path = Archive(tmp_path / "a.warc").response().close()
    path.write_bytes(path.read_bytes() + b"WARC/1.1\r\nWARC-Type: response\r\n\r\n")
    last = list(read_warc(path))[-1]
    assert isinstance(last, ExtractError)
    assert last.message == "it cannot be read further after 1 record (a record is damaged)"


HEAD = b"WARC/1.1\r\nWARC-Target-URI: http://a/\r\nWARC-Type: "


@pytest.mark.parametrize(
    "record",
    [
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nHTTP/\r\n\r\n",
        HEAD + b"response\r\nContent-Length: 2\r\n\r\n\r\n\r\n\r\n",
        HEAD + b"response\r\n\r\n",
        HEAD + b"resource\r\nContent-Length: -4\r\n\r\n",
        HEAD + b"resource\r\nContent-Length: 2\r\n\r\nlonger than it says\r\n\r\n",
    ],
    ids=["no-address", "no-http", "no-length", "negative", "longer"],
)
def test_a_malformed_record_is_never_silent(
    tmp_path: Path, record: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Archive(tmp_path / "a.warc").response().close()
    path.write_bytes(path.read_bytes() + record)
    found = list(read_warc(path))

    assert isinstance(found[0], Received)
    assert all(isinstance(each, ExtractError | PassedOver) for each in found[1:])
    assert found[1:]
    assert capsys.readouterr().err == ""


@pytest.fixture(scope="module")
def two_records(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Name of a file to its bytes, plain and compressed; made once, for record ids are random."""
    folder = tmp_path_factory.mktemp("two")
    names = ("a.warc", "a.warc.gz")
    return {
        name: Archive(folder / name).response().response(f"{URL}/2").close().read_bytes()
        for name in names
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a.warc", "a.warc.gz"]),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6),
    kept=st.floats(0, 1),
)
def test_no_damage_whatever_raises(
    tmp_path: Path,
    two_records: dict[str, bytes],
    name: str,
    changes: list[tuple[float, int]],
    kept: float,
) -> None:
    body = bytearray(two_records[name])
    for place, value in changes:
        body[int(place * len(body))] = value
    path = tmp_path / name
    path.write_bytes(bytes(body[: int(kept * len(body))]))

    for found in read_warc(path):
        assert isinstance(found, Received | PassedOver | ExtractError)


def test_the_command_reads_counts_and_names(empty_db: Path, archive: Archive) -> None:
    archive.response(kind="request", status="GET /dam HTTP/1.1", body=b"")
    archive.response(status="404 Not Found")
    path = archive.response().close()
    result = run(empty_db, "ingest", "--warc", path)

    assert result.exit_code == 0
    assert f"{path}#{URL}\t" in result.stdout
    note = f"note: {path}: 2 records passed over: 1 request ({URL}); 1 status 404 ({URL})"
    assert note in result.stderr
    assert rows(empty_db, "SELECT url FROM source ORDER BY url")[0]["url"] == URL


def test_a_warc_file_is_known_by_its_name(empty_db: Path, archive: Archive) -> None:
    path = archive.response().close()
    assert run(empty_db, "ingest", path).exit_code == 0
    again = json.loads(run(empty_db, "ingest", "--warc", path, path, "--json").stdout)["items"]
    assert [item["new"] for item in again] == [False]


def test_a_cut_off_file_ends_with_status_3(empty_db: Path, archive: Archive) -> None:
    path = archive.response().response(f"{URL}/2").close()
    path.write_bytes(path.read_bytes()[:-40])
    result = run(empty_db, "ingest", "--warc", path)

    assert result.exit_code == 3
    assert "The complete records were read" in result.stderr
    assert len(rows(empty_db, "SELECT id FROM article")) == 1


def test_a_reference_list_belongs_to_no_warc(empty_db: Path, archive: Archive) -> None:
    path = archive.response().close()
    result = run(empty_db, "ingest", "--warc", path, "--references", "list.csv")
    assert result.exit_code == 2


def test_an_archive_read_again_changes_nothing(empty_db: Path, archive: Archive) -> None:
    archive.response()
    archive.response(body=PAGE.replace(b"noon", b"night"), Date="2025-03-05T12:00:00Z")
    path = archive.close()
    first = run(empty_db, "ingest", "--warc", path, "--json")
    before = rows(empty_db, "SELECT count(*) AS n FROM journal")
    second = run(empty_db, "ingest", "--warc", path, "--json")

    assert [item["new"] for item in json.loads(first.stdout)["items"]] == [True, True]
    assert [item["new"] for item in json.loads(second.stdout)["items"]] == [False, False]
    assert rows(empty_db, "SELECT count(*) AS n FROM journal") == before


@pytest.fixture
def full(empty_db: Path) -> Path:
    """Two versions of a page behind a redirect, an error page, a file, and odd headers."""
    with open_ledger(str(empty_db), clock=lambda: NOON) as ledger:
        for body in (PAGE, PAGE.replace(b"noon", b"night")):
            ingest(
                ledger,
                Received(
                    name=URL,
                    url="https://daily.example/short",
                    final_url=URL,
                    body=body,
                    received_at=NOON,
                    media_type="text/html",
                    charset="utf-8",
                    status=200,
                    headers=(
                        ("content-type", "text/html; charset=utf-8"),
                        ("content-encoding", "gzip"),
                        ("content-length", "99"),
                        ("server", "caf\u00e9 \x01"),
                    ),
                    redirects=("https://daily.example/r1", "https://daily.example/r2"),
                    allowed_private="10.0.0.0/8",
                ),
            )
        with pytest.raises(ExtractError):
            ingest(ledger, Received("e", URL + "/e", URL + "/e", b"Gone", NOON, status=299 + 700))
        note = Received("n.md", "file:///n.md", "file:///n.md", b"It broke [1].\n", NOON)
        ingest(ledger, note)
    return empty_db


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz"])
def test_what_is_written_reads_back_as_it_was(
    full: Path, tmp_path: Path, migrated_db: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert run(full, "articles", "--warc", out).stderr == f"4 captures written to {out}\n"
    checker = Checker(SimpleNamespace(inputs=[str(out)], verbose=True))
    assert checker.process_all() == 0
    assert capsys.readouterr().out.count("digest pass") == 5
    assert out.read_bytes().startswith(b"\x1f\x8b" if name.endswith("gz") else b"WARC/1.1\r\n")

    fresh = tmp_path / "fresh.db"
    fresh.write_bytes(migrated_db.read_bytes())
    read = run(fresh, "ingest", "--warc", out, "--json")
    assert read.exit_code == 0
    named = [item["input"].removeprefix(f"{out}#") for item in json.loads(read.stdout)["items"]]
    assert named == ["https://daily.example/short"] * 2 + ["file:///n.md"]
    for table in ("claim", "citation", "article", "attribution"):
        query = f"SELECT * FROM {table} ORDER BY id"
        assert rows(fresh, query) == rows(full, query)
    fields = (
        "id, final_url, requested_url, redirects, status, allowed_private, payload_digest, size"
    )
    query = f"SELECT {fields} FROM capture WHERE status IS NOT 999 ORDER BY id"
    assert rows(fresh, query) == rows(full, query)


HOSTILE = "a\r\nX-Evil: 1\r\n\r\nWARC/1.1\r\nX-Evil: 2\r\n"


@pytest.mark.parametrize("status", [None, 200])
@pytest.mark.parametrize(
    "said",
    [
        {"final_url": HOSTILE},
        {"requested_url": HOSTILE},
        {"redirects": [HOSTILE]},
        {"allowed_private": HOSTILE},
        {"media_type": HOSTILE},
        {"charset": HOSTILE},
        {"headers": [[HOSTILE, "v"], ["n\u0142", "v"], ["n", HOSTILE]]},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_a_capture_says_ends_no_line(said: dict[str, Any], status: int | None) -> None:
    def captured(id: str, **said: Any) -> tuple[CaptureItem, bytes]:
        known: dict[str, Any] = {
            "captured_at": "2025-03-04T12:00:00Z",
            "payload_digest": f"sha256:{'0' * 64}",
        }
        known |= {"requested_url": URL, "final_url": URL, "redirects": [], "allowed_private": None}
        known |= {"status": status, "headers": [], "media_type": None, "charset": None}
        item = {"id": id, **known, "size": 3, "redacted": False, **said}
        return cast("CaptureItem", item), b"<p>"

    out = io.BytesIO()
    write_warc([captured("1", **said), captured("2")], out, compressed=False, software="s", at=NOON)

    assert not [line for line in out.getvalue().splitlines() if line.startswith(b"X-Evil")]
    out.seek(0)
    assert len(list(ArchiveIterator(out))) == 3


def test_one_article_is_written_alone(full: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.warc"
    result = run(full, "article", "file:///n.md", "--warc", out)
    assert result.stderr == f"1 capture written to {out}\n"
    assert only_article(out) == ["file:///n.md"]


def only_article(path: Path) -> list[str]:
    return [each.url for each in read_warc(path) if isinstance(each, Received)]


def test_a_file_is_never_written_over_unasked(full: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.warc"
    out.write_text("mine")
    assert run(full, "articles", "--warc", out).exit_code == 2
    assert out.read_text() == "mine"
    assert run(full, "articles", "--warc", out, "--force").exit_code == 0
    assert out.read_bytes().startswith(b"WARC/1.1")
    assert sorted(path.name for path in tmp_path.glob(".ledger-*")) == []


@pytest.mark.parametrize(
    "body",
    [zlib.compress(PAGE[:-1]), b"none", zlib.compress(bytes(30_000_000)), "text", None],
    ids=["other", "none", "bomb", "text", "missing"],
)
def test_bytes_that_are_not_those_recorded_are_never_written(full: Path, body: Any) -> None:
    with Reader(full) as reader:
        first = captures(reader)[0]
        assert payload(reader, first) == PAGE
    damaged: Any = SimpleNamespace(db="x.db", row=lambda *_: {"body": body} if body else None)
    with pytest.raises(StoreError):
        payload(damaged, first)


def test_a_copy_older_than_the_version_before_it_is_said_to_be_current(
    archive: Archive, empty_db: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.html"
    newer.write_bytes(PAGE.replace(b"noon", b"evening"))
    run(empty_db, "ingest", newer, "--url", URL)

    done = run(empty_db, "ingest", "--warc", archive.response().close(), "--format", "jsonl")

    assert "this copy is older than the version recorded before it, of 20" in done.stderr
    captured = max(row["captured_at"] for row in rows(empty_db, "SELECT * FROM capture"))
    assert json.loads(done.stdout.splitlines()[0])["newer_before"] == captured
    assert "or ingest its file with --url" in done.stderr
    again = run(empty_db, "ingest", newer, "--url", URL, "--format", "jsonl")
    assert "this copy is older" not in again.stderr
    assert json.loads(again.stdout.splitlines()[0])["new"]


def test_an_older_copy_of_a_page_that_was_set_aside_is_not_said_to_be_current(
    archive: Archive, empty_db: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.html"
    newer.write_bytes(PAGE.replace(b"noon", b"evening"))
    run(empty_db, "ingest", newer, "--url", URL)
    run(empty_db, "set-aside", URL)

    done = run(empty_db, "ingest", "--warc", archive.response().close())

    assert "it is set aside and not counted" in done.stderr
    assert "this copy is older" not in done.stderr
