import multiprocessing
import os
import sqlite3
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from ledger_book import Book
from postgres_server import PostgresServer
from readings import NOON, a_link, a_reading, append_some, noon

from ledger import waiting
from ledger.errors import AppendError, StoreError
from ledger.latest import Latest, LatestArticle, LatestCapture
from ledger.model import Article, Capture, Citation, Judgement, Outlet, Reading, Source
from ledger.proof import verify_ledger
from ledger.reader import Reader
from ledger.schema import HEAD, Place, revision_of
from ledger.store import Appended, Ledger, open_ledger
from ledger.summaries import differences
from ledger.tables import ENTRY_TABLES

EVERY_TABLE = (*ENTRY_TABLES, "payload", "journal")


@pytest.fixture
def ledger(db: Place) -> Iterator[Ledger]:
    with open_ledger(str(db), clock=noon, busy_timeout_s=0.1) as ledger:
        yield ledger


def rows(db: Place, sql: str) -> list[tuple[object, ...]]:
    with Reader(db) as reader:
        return [tuple(row.values()) for row in reader.rows(sql)]


def counts(db: Place) -> dict[str, object]:
    return {table: rows(db, f"SELECT count(*) FROM {table}")[0][0] for table in EVERY_TABLE}


def test_a_reading_is_recorded_whole(ledger: Ledger, db: Place) -> None:
    reading = a_reading(claims=2)
    assert reading.article is not None
    assert ledger.append(reading) == Appended(article_id=reading.article.id, new=True, entries=13)
    found = ("marker-without-reference",)
    assert ledger.tallies([reading.article.id])[reading.article.id] == (
        *(2, 4, 2, found, "Title", False),
    )
    assert counts(db) == {
        "outlet": 1,
        "source": 2,
        "payload": 1,
        "capture": 1,
        "article": 1,
        "judgement": 0,
        "rating": 0,
        "claim": 2,
        "citation": 4,
        "attribution": 2,
        "journal": 13,
    }


def test_the_same_reading_twice_adds_nothing(ledger: Ledger, db: Place) -> None:
    ledger.append(a_reading())
    before = verify_ledger(db)
    again = ledger.append(a_reading())
    assert (again.new, again.entries) == (False, 0)
    assert verify_ledger(db) == before


def test_several_readings_are_recorded_as_one_unit(ledger: Ledger, db: Place) -> None:
    readings = [a_reading(number) for number in (1, 2, 1)]
    appended = ledger.append_all(readings)
    assert [(each.new, each.entries) for each in appended] == [(True, 13), (True, 13), (True, 13)]
    assert counts(db)["journal"] == 25
    stray = a_reading(3).model_copy(update={"sources": ()})
    with pytest.raises(AppendError):
        ledger.append_all([a_reading(4), stray])
    assert verify_ledger(db).entries == 25


def test_an_outlet_known_already_is_not_recorded_again(ledger: Ledger, db: Place) -> None:
    assert ledger.append(a_reading(1)).entries == 13
    assert ledger.append(a_reading(2)).entries == 12
    assert counts(db)["outlet"] == 1


def test_an_outlet_of_which_more_is_known_is_recorded_beside_it(ledger: Ledger, db: Place) -> None:
    ledger.append(a_reading())
    more = Outlet.make(
        key="a.example", name="A Gazette", domain="a.example", kind="newspaper", country="GB"
    )
    assert ledger.append_entries([more]) == 1
    assert counts(db)["outlet"] == 2


def test_a_capture_without_an_article_is_recorded(ledger: Ledger, db: Place) -> None:
    whole = a_reading()
    bare = Reading(
        capture=whole.capture, payload=whole.payload, sources=whole.sources, outlets=whole.outlets
    )
    assert ledger.append(bare) == Appended(None, new=True, entries=4)
    assert ledger.append(bare).new is False
    assert ledger.append(whole).new is True
    assert counts(db)["payload"] == 1


def test_an_entry_given_twice_is_recorded_once(ledger: Ledger, db: Place) -> None:
    source = Source.make(url="https://a.example/")
    assert ledger.append_entries([source, source]) == 1
    assert counts(db)["source"] == 1


def test_many_entries_are_looked_up_in_several_questions(ledger: Ledger) -> None:
    sources = [Source.make(url=f"https://a.example/{number}") for number in range(1201)]
    assert ledger.append_entries(sources[:700]) == 700
    assert ledger.append_entries(sources) == 501
    assert ledger.append_entries(sources) == 0


@pytest.mark.parametrize("body", [b"", b"\x00\xff" * 10, b"a" * 100_000])
def test_the_bytes_are_kept_compressed_under_their_digest(
    ledger: Ledger, db: Place, body: bytes
) -> None:
    reading = a_reading(body=body)
    ledger.append(reading)
    ((digest, kept),) = rows(db, "SELECT digest, body FROM payload")
    assert digest == reading.capture.payload_digest
    assert isinstance(kept, bytes)
    assert zlib.decompress(kept) == body
    assert len(kept) < 1000


def test_the_journal_numbers_without_gaps_and_keeps_the_time_in_utc(db: Place) -> None:
    tokyo = timezone(timedelta(hours=9))

    def clock() -> datetime:
        return datetime(2025, 5, 23, 21, 0, 0, 1999, tzinfo=tokyo)

    with open_ledger(str(db), clock=clock) as ledger:
        ledger.append(a_reading(1))
        ledger.append(a_reading(1))
        ledger.append(a_reading(2))
    journal = rows(db, "SELECT seq, recorded_at FROM journal ORDER BY seq")
    assert journal == [(seq, "2025-05-23T12:00:00.001Z") for seq in range(1, 26)]


def test_entries_come_after_what_they_name(ledger: Ledger, db: Place) -> None:
    reading = a_reading(claims=1)
    ledger.append(reading)
    judgement, citation = a_link(reading)
    assert ledger.append_entries([citation, judgement]) == 2
    kinds = " ".join(str(kind) for (kind,) in rows(db, "SELECT kind FROM journal"))
    assert kinds == (
        "outlet source source capture article claim citation citation attribution"
        " judgement citation"
    )


@pytest.mark.parametrize(
    "change",
    [{"payload": b"other"}, {"capture": a_reading().capture.model_copy(update={"size": 1})}],
)
def test_bytes_that_are_not_those_of_the_capture_are_refused(
    ledger: Ledger, db: Place, change: dict[str, object]
) -> None:
    reading = a_reading().model_copy(update=change)
    with pytest.raises(AppendError, match="the bytes are not those of the capture") as caught:
        ledger.append(reading)
    assert caught.value.entry_id == reading.capture.id
    assert set(counts(db).values()) == {0}


def test_a_reading_that_names_what_is_not_recorded_is_refused_whole(
    ledger: Ledger, db: Place
) -> None:
    good = a_reading(claims=3)
    stray = Citation.make(
        claim_id=good.claims[0].id, group=9, marker="9", raw="", at=0, url="u", source_id="nowhere"
    )
    citations = (*good.citations[:2], stray, *good.citations[2:])
    with pytest.raises(AppendError, match="it names an entry that is not recorded") as caught:
        ledger.append(good.model_copy(update={"citations": citations}))
    assert caught.value.entry_id == stray.id
    assert set(counts(db).values()) == {0}
    assert ledger.append(good).new is True


def test_a_citation_with_a_source_and_a_gap_is_refused(ledger: Ledger) -> None:
    reading = a_reading()
    both = Citation.make(
        claim_id=reading.claims[0].id,
        group=9,
        marker="9",
        raw="",
        at=0,
        source_id=reading.sources[0].id,
        gap="no-reference",
    )
    ledger.append(reading)
    with pytest.raises(AppendError, match="citation_leads_or_gap") as caught:
        ledger.append_entries([both])
    assert caught.value.entry_id == both.id


def test_what_is_no_character_is_refused(ledger: Ledger) -> None:
    with pytest.raises(AppendError, match="NUL"):
        ledger.append_entries([Source(id="f" * 64, url="https://a.example/\0")])


def test_half_a_character_is_refused(ledger: Ledger) -> None:
    half = Source(id="f" * 64, url="https://a.example/\ud800")
    with pytest.raises(AppendError, match="half a character"):
        ledger.append_entries([half])


def test_an_entry_put_in_beside_the_journal_is_not_taken_for_recorded(
    ledger: Ledger, db: Place
) -> None:
    one, other = (Source.make(url=f"https://a.example/{number}") for number in (1, 2))
    with Book(db) as book:
        book.execute("INSERT INTO source VALUES (:id, :url, NULL, NULL)", one.content())
    with pytest.raises(AppendError, match="its id is taken") as caught:
        ledger.append_entries([other, one])
    assert caught.value.entry_id == one.id
    assert counts(db)["journal"] == 0


def test_the_latest_capture_and_article_are_those_recorded_last(ledger: Ledger) -> None:
    first = a_reading(body=b"first")
    page = first.sources[0]
    assert ledger.latest(page.id) == Latest()

    ledger.append(first)
    ledger.append(a_reading(7))
    # The clock of the machine went back; the order of recording did not.
    earlier = Capture.make(
        **first.capture.model_dump(exclude={"id", "captured_at"}),
        captured_at=NOON - timedelta(days=1),
    )
    ledger.append_entries([earlier])
    seen = ledger.latest(page.id)

    def taken(capture: Capture) -> LatestCapture:
        return LatestCapture(
            capture.id,
            capture.captured_at,
            capture.payload_digest,
            200,
            "https://a.example/0",
            ("https://a.example/r",),
            (("content-type", "text/html"),),
        )

    assert first.article is not None
    assert seen == Latest(
        taken(earlier), LatestArticle(first.article.id, "test/1", None), taken(first.capture)
    )


def test_what_people_decided_is_part_of_what_is_latest(ledger: Ledger) -> None:
    reading = a_reading()
    ledger.append(reading)
    _, citation = entries = a_link(reading)
    ledger.append_entries(entries)

    (link,) = ledger.latest(reading.sources[0].id).links
    said = ("2", citation.url, citation.source_id, citation.because)
    assert link == (reading.claims[0].key, *said, None)  # it was read to lead nowhere
    assert reading.article is not None
    assert ledger.tallies([reading.article.id])[reading.article.id].gaps == 1


def test_a_reading_built_on_what_is_no_longer_latest_is_not_recorded(
    ledger: Ledger, db: Place
) -> None:
    reading = a_reading()
    source = reading.sources[0].id
    seen = ledger.latest(source)
    appended = ledger.append_after(seen, reading)
    assert appended is not None
    assert appended.new

    before = counts(db)
    assert ledger.append_after(seen, a_reading(body=b"other")) is None
    unlinked = ledger.latest(source)
    ledger.append_entries(a_link(reading))
    assert ledger.append_after(unlinked, a_reading(body=b"other")) is None
    assert counts(db)["capture"] == before["capture"] == 1


def test_two_decisions_on_one_citation_do_not_both_stand(ledger: Ledger, db: Place) -> None:
    reading = a_reading()
    ledger.append(reading)
    judgement, citation = a_link(reading)
    other = Judgement.make(**{**judgement.model_dump(exclude={"id"}), "by": "somebody"})
    rival = Citation.make(**{**citation.model_dump(exclude={"id"}), "because": other.id})

    assert ledger.append_entries([judgement, citation]) == 2
    assert ledger.append_entries([judgement, citation]) == 0
    assert ledger.append_entries([other, rival]) is None
    assert counts(db)["judgement"] == 1


def test_a_citation_and_an_article_have_one_successor_whoever_writes(
    ledger: Ledger, db: Place
) -> None:
    reading = a_reading()
    ledger.append(reading)
    ledger.append_entries(a_link(reading))
    assert reading.article is not None
    fields = reading.article.model_dump(exclude={"id"}) | {"revises": reading.article.id}
    ledger.append_entries([Article.make(**{**fields, "extractor": "test/2"})])

    with pytest.raises(AppendError, match="what it revises is revised already"):
        ledger.append_entries([Article.make(**{**fields, "extractor": "test/3"})])
    if isinstance(db, Path):  # where the trigger answers before the index
        indexes = rows(
            db,
            "SELECT name FROM pragma_index_list('citation') WHERE \"unique\" AND partial"
            " UNION ALL SELECT name FROM pragma_index_list('article')"
            ' WHERE "unique" AND partial',
        )
        assert indexes == [("ix_citation_revises",), ("ix_article_revises",)]


def test_a_ledger_and_its_folder_are_made_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "ledger" / "new.db"
    open_ledger(str(path), clock=noon).close()
    assert revision_of(path) == HEAD
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_ledger(f"sqlite:///{tmp_path / 'new.db'}", clock=noon).close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_ledger_is_found_again_under_a_name_full_of_signs(tmp_path: Path) -> None:
    db = str(tmp_path / "50% of ?mode=memory&a#b ü" / "ledger.db")
    with open_ledger(db, clock=noon) as ledger:
        ledger.append(a_reading())
    with open_ledger(db, clock=noon) as ledger:
        assert ledger.append(a_reading()).entries == 0
    assert Path(db).exists()


def test_closing_twice_is_harmless(db: Place) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.close()


def test_a_newer_ledger_is_refused_and_left_as_it_is(empty_db: Path) -> None:
    connection = sqlite3.connect(empty_db)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.commit()
    connection.close()
    before = empty_db.read_bytes()
    with pytest.raises(StoreError, match=f"its schema is 0999, newer than {HEAD}.*Upgrade"):
        open_ledger(str(empty_db), clock=noon)
    assert empty_db.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary. " * 500, b"SQLite format 3\x00" + bytes(5000)])
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "some.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"not an SQLite database|damaged") as caught:
        open_ledger(str(path), clock=noon)
    assert caught.value.remedy
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visits (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_ledger(str(path), clock=noon)
    assert path.read_bytes() == before


def test_a_ledger_damaged_inside_says_so(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading())
    roots = rows(
        empty_db, "SELECT rootpage FROM sqlite_master WHERE name IN ('journal', 'article')"
    )
    ((size,),) = rows(empty_db, "PRAGMA page_size")
    assert isinstance(size, int)
    with empty_db.open("r+b") as file:
        for (root,) in roots:
            assert isinstance(root, int)
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
    with open_ledger(str(empty_db), clock=noon) as ledger:
        with pytest.raises(StoreError, match="the database is damaged"):
            ledger.append(a_reading(1))
        with pytest.raises(StoreError, match="the database is damaged"):
            ledger.latest(a_reading().sources[0].id)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="this is a folder"):
        open_ledger(str(tmp_path), clock=noon)


def test_a_device_is_no_place_for_a_ledger() -> None:
    with pytest.raises(StoreError, match="this is not a file"):
        open_ledger(os.devnull, clock=noon)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/ledger\.db: it cannot be made"):
        open_ledger(str(tmp_path / "file" / "ledger.db"), clock=noon)


@contextmanager
def without_privileges() -> Iterator[None]:
    """The superuser may write everything: let the test run as nobody."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def shared_db(empty_db: Path) -> Iterator[Path]:
    """A ledger in a folder that everyone may enter, unlike those of `tmp_path`."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "ledger.db"
        path.write_bytes(empty_db.read_bytes())
        path.chmod(0o666)
        yield path
        Path(folder).chmod(0o777)


def test_a_read_only_file_is_refused_at_once(shared_db: Path) -> None:
    shared_db.chmod(0o444)
    with without_privileges(), pytest.raises(StoreError, match="the file cannot be written to"):
        open_ledger(str(shared_db), clock=noon)


@pytest.mark.parametrize("name", ["ledger.db", "new.db"])
def test_a_read_only_folder_is_refused_at_once(shared_db: Path, name: str) -> None:
    shared_db.parent.chmod(0o555)
    with without_privileges(), pytest.raises(StoreError, match="its folder cannot be written to"):
        open_ledger(str(shared_db.with_name(name)), clock=noon)


def test_a_folder_of_somebody_else_is_refused(shared_db: Path) -> None:
    shared_db.parent.chmod(0o700)
    with without_privileges(), pytest.raises(StoreError, match=r"may not|cannot be made"):
        open_ledger(str(shared_db.parent / "deeper" / "new.db"), clock=noon)


def test_a_folder_that_became_read_only_loses_nothing(shared_db: Path) -> None:
    with open_ledger(str(shared_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    with without_privileges():
        ledger = open_ledger(str(shared_db), clock=noon)
    shared_db.parent.chmod(0o555)
    with without_privileges(), ledger, pytest.raises(StoreError, match="permissions"):
        ledger.append(a_reading(2))
    assert verify_ledger(shared_db).entries == 13


def test_a_ledger_that_somebody_else_writes_is_refused_after_the_wait(
    ledger: Ledger, db: Place
) -> None:
    with (
        open_ledger(str(db), clock=noon) as other,
        other.writing(),
        pytest.raises(StoreError, match="another program is writing to it"),
    ):
        ledger.append(a_reading())
    assert ledger.append(a_reading()).entries == 13


def test_who_waits_for_another_writer_is_told_once(
    db: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "AFTER_S", 0.02)
    told: list[str] = []
    with (
        open_ledger(str(db), clock=noon, busy_timeout_s=0.5) as ledger,
        open_ledger(str(db), clock=noon) as other,
        other.writing(),
        waiting.telling(told.append),
    ):
        for _ in range(2):
            with pytest.raises(StoreError, match="another program is writing to it"):
                ledger.append(a_reading())
    assert told == [other.db]


@pytest.mark.usefixtures("rollback_journal")
def test_a_commit_that_fails_records_nothing(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon, busy_timeout_s=0.1) as ledger:
        ledger.append(a_reading(1))
        reader = sqlite3.connect(empty_db, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM journal").fetchall()
        with pytest.raises(StoreError, match="another program"):
            ledger.append(a_reading(2))  # SQLite takes all of it, and fails at COMMIT
        reader.close()
        assert counts(empty_db)["journal"] == 13
        assert ledger.append(a_reading(2)).entries == 12


@pytest.mark.usefixtures("write_ahead_log")
def test_with_a_write_ahead_log_nobody_waits_for_who_reads(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon, busy_timeout_s=0.1) as ledger:
        ledger.append(a_reading(1))
        with Reader(empty_db) as reader:
            assert len(reader.rows("SELECT id FROM article")) == 1
            ledger.append(a_reading(2))
            assert len(reader.rows("SELECT id FROM article")) == 1
            reader.look_anew()
            assert len(reader.rows("SELECT id FROM article")) == 2


@pytest.mark.usefixtures("write_ahead_log")
def test_a_log_is_gone_when_the_last_one_closes_who_reads(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
        reader = Reader(empty_db)
        assert len(reader.rows("SELECT id FROM article")) == 1
    reader.close()
    assert [path.name for path in empty_db.parent.iterdir()] == ["ledger.db"]


@pytest.mark.usefixtures("write_ahead_log")
def test_an_empty_log_that_was_left_is_in_nobodys_way(empty_db: Path) -> None:
    with sqlite3.connect(empty_db) as killed:
        killed.execute("SELECT * FROM journal").fetchall()
        left = {ending: Path(f"{empty_db}{ending}").read_bytes() for ending in ("-wal", "-shm")}
    assert left["-wal"] == b"" != left["-shm"]
    killed.close()
    empty_db.unlink()
    for ending, held in left.items():
        Path(f"{empty_db}{ending}").write_bytes(held)
    with open_ledger(str(empty_db), clock=noon) as ledger:
        ledger.append(a_reading(1))
    assert verify_ledger(empty_db).entries == 13
    assert [path.name for path in empty_db.parent.iterdir()] == ["ledger.db"]


class TestAServerThatIsLostAtCommit:
    """What happened is asked of the journal, before anything is said to be recorded."""

    def test_what_was_committed_is_acknowledged(
        self, empty_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with open_ledger(empty_url, clock=noon) as ledger:
            monkeypatch.setattr(psycopg.Connection, "commit", commits_and_is_lost)
            assert ledger.append(a_reading(1)).entries == 13
            monkeypatch.undo()
        assert counts(empty_url)["journal"] == 13

    def test_what_was_not_committed_is_not_acknowledged(
        self, empty_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with open_ledger(empty_url, clock=noon) as ledger:
            monkeypatch.setattr(psycopg.Connection, "commit", is_lost)
            with pytest.raises(StoreError, match="the server closed the connection"):
                ledger.append(a_reading(1))
            monkeypatch.undo()
            assert counts(empty_url)["journal"] == 0
            assert ledger.append(a_reading(1)).entries == 13

    def test_what_cannot_be_asked_is_said_to_be_unknown(
        self, empty_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with open_ledger(empty_url, clock=noon) as ledger:

            def is_lost_for_good(connection: psycopg.Connection) -> None:
                monkeypatch.setattr(psycopg, "connect", refuses)
                is_lost(connection)

            monkeypatch.setattr(psycopg.Connection, "commit", is_lost_for_good)
            with pytest.raises(StoreError, match="it is not known whether") as caught:
                ledger.append(a_reading(1))
        assert str(caught.value.remedy).startswith("Run the same command again")


_commit = psycopg.Connection.commit


def commits_and_is_lost(connection: "psycopg.Connection[object]") -> None:
    _commit(connection)
    is_lost(connection)


def is_lost(connection: "psycopg.Connection[object]") -> None:
    connection.close()
    raise psycopg.OperationalError("server closed the connection unexpectedly")


def refuses(*_: object, **__: object) -> None:
    raise psycopg.OperationalError("connection failed: Connection refused")


def test_a_server_that_closed_an_idle_connection_is_asked_anew(
    postgres: PostgresServer, empty_url: str
) -> None:
    with open_ledger(empty_url, clock=noon) as ledger:
        ledger.append(a_reading(1))
        postgres.disconnect(empty_url)
        assert ledger.append(a_reading(2)).new


def test_a_server_that_closes_the_connection_within_a_batch_records_nothing_of_it(
    postgres: PostgresServer, empty_url: str
) -> None:
    to_disconnect: list[str] = []

    def noon_perhaps_without_a_server() -> datetime:
        while to_disconnect:
            postgres.disconnect(to_disconnect.pop())
        return noon()

    with open_ledger(empty_url, clock=noon_perhaps_without_a_server) as ledger:
        to_disconnect.append(empty_url)
        with pytest.raises(StoreError, match="the server closed the connection"):
            ledger.append(a_reading(1))
        assert counts(empty_url)["payload"] == 0
        assert ledger.append(a_reading(1)).new


def test_a_full_disk_loses_nothing_that_was_recorded(empty_db: Path) -> None:
    pages = empty_db.stat().st_size // 4096

    def small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 40}")

    done, refusal = 0, ""
    sa.event.listen(sa.pool.Pool, "connect", small)
    try:
        with open_ledger(str(empty_db), clock=noon) as ledger:
            for number in range(1000):
                try:
                    ledger.append(a_reading(number, body=os.urandom(3000)))
                except StoreError as error:
                    refusal = str(error)
                    break
                done += 1
            with suppress(StoreError):  # and the ledger can still be used
                done += ledger.append(a_reading(2000)).new
    finally:
        sa.event.remove(sa.pool.Pool, "connect", small)
    assert "the disk is full. Make room" in refusal
    assert done > 3
    assert counts(empty_db)["article"] == done
    assert verify_ledger(empty_db).entries == 12 * done + 1
    with open_ledger(str(empty_db), clock=noon) as ledger:
        assert ledger.append(a_reading(3000)).new


WRITERS, EACH = (int(n) for n in os.environ.get("LEDGER_HAMMER", "4x25").split("x"))
"""Processes, and readings that each appends; `make hammer` asks for many."""


@pytest.fixture(params=["sqlite", "postgresql"])
def no_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a ledger may be made."""
    if request.param == "sqlite":
        return tmp_path / "new.db"
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.url(postgres.made())


def test_several_processes_make_one_ledger_and_write_into_it_at_once(no_ledger: Place) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=append_some, args=(str(no_ledger), 1 + EACH * number, EACH))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    readings = WRITERS * EACH + 1
    assert counts(no_ledger)["article"] == readings
    verified = verify_ledger(no_ledger)  # no fork: one chain over all of it
    assert verified.entries == readings * 12 + 1
    last = rows(no_ledger, "SELECT MAX(seq) AS last, COUNT(*) AS n FROM journal")
    assert last == [(verified.entries, verified.entries)]


def test_the_bytes_of_a_capture_are_those_that_came(db: Place) -> None:
    with open_ledger(str(db), clock=noon) as ledger:
        reading = a_reading()
        ledger.append(reading)
        assert ledger.payload(reading.capture.payload_digest) == reading.payload
        with pytest.raises(StoreError, match="are missing or damaged"):
            ledger.payload("sha256:0")


def test_bytes_that_somebody_exchanged_are_not_read_again(empty_db: Path) -> None:
    with open_ledger(str(empty_db), clock=noon) as ledger:
        reading = a_reading()
        ledger.append(reading)
    with closing(sqlite3.connect(empty_db)) as connection, connection:
        connection.execute("DROP TRIGGER payload_no_update")
        connection.execute("UPDATE payload SET body = ?", (zlib.compress(b"another page"),))
    with (
        open_ledger(str(empty_db), clock=noon) as ledger,
        pytest.raises(StoreError, match="are missing or damaged"),
    ):
        ledger.payload(reading.capture.payload_digest)


@pytest.mark.parametrize("claims", [31, 32, 33, 511, 545])
def test_rows_that_go_in_together_are_all_there(db: Place, claims: int) -> None:
    readings = [a_reading(number, claims=claims) for number in range(2)]
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_all(readings)
    assert counts(db)["claim"] == counts(db)["attribution"] == 2 * claims
    assert verify_ledger(db).entries == 1 + 2 * (4 + 4 * claims)
    with Reader(db) as reader:
        assert list(differences(reader)) == []
        asked = "SELECT COUNT(*) AS n FROM claim_pattern"
        assert reader.row(asked) == {"n": 2 * claims}
    # One among many that its table does not take: it is named, and none of them is there.
    further = a_reading(3, claims=claims)
    wrong = further.citations[-1].model_copy(update={"source_id": "0" * 64, "gap": None})
    spoilt = further.model_copy(update={"citations": (*further.citations[:-1], wrong)})
    with (
        open_ledger(str(db), clock=noon) as ledger,
        pytest.raises(AppendError, match="citation") as error,
    ):
        ledger.append(spoilt)
    assert error.value.entry_id == wrong.id
    assert counts(db)["claim"] == 2 * claims


def test_who_opened_it_before_another_version_upgraded_it_records_no_more(db: Place) -> None:
    with open_ledger(str(db), clock=noon) as older, open_ledger(str(db), clock=noon) as newer:
        older.append(a_reading(1))
        with newer.writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError, match="meanwhile its schema became 9999"):
            older.append(a_reading(2))
        with newer.writing(bringing_up=True) as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        assert older.append(a_reading(2)).new
