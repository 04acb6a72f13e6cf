"""What only PostgreSQL has: addresses, passwords, users, and the order of text."""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from postgres_server import PostgresServer
from readings import a_link, a_reading, noon
from typer.testing import CliRunner, Result

from ledger.commands import app
from ledger.errors import StoreError, UsageError
from ledger.postgresql import translated
from ledger.proof import verify_ledger
from ledger.proof.server_rules import GUARDED
from ledger.reader import Reader, lower
from ledger.schema import HEAD, Place, revision_of
from ledger.server_address import is_server, shown, without_password
from ledger.store import Ledger, open_ledger
from ledger.tables import ENTRY_TABLES


def run(db: str, *words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"LEDGER_DB": db})


class TestAddresses:
    @pytest.mark.parametrize(
        ("db", "expected"),
        [
            ("postgresql://host/name", True),
            ("postgres://host/name", True),
            ("postgresql+psycopg://host/name", True),
            ("sqlite:///ledger.db", False),
            ("postgresql", False),
            ("ledger.db", False),
        ],
    )
    def test_an_address_of_a_server_is_told_from_a_file(self, db: str, expected: bool) -> None:
        assert is_server(db) is expected

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("postgresql://me:secret@host:5433/name", "postgresql://me@host:5433/name"),
            ("postgres://host/name?password=secret", "postgresql://host/name"),
            ("postgresql+psycopg://me@host", "postgresql://me@host/"),
            ("postgresql://me:se%40cret@/n?host=/run/pg", "postgresql://me@/n?host=/run/pg"),
            ("postgresql://me@host/n?sslpassword=secret&sslmode=require", "postgresql://me@host/n"),
            ("postgresql://me%40desk:se?cr#et@host/n%40b", "postgresql://me%40desk@host/n%40b"),
            ("postgresql://me:secret@/n?host=/run/pg@1", "postgresql://me@/n?host=/run/pg@1"),
            ("postgresql://me@h1:1,h2:2/n", "postgresql://me@h1,h2:1,2/n"),
        ],
    )
    def test_an_address_is_shown_without_its_passwords(self, url: str, expected: str) -> None:
        assert shown(url) == expected

    def test_a_password_is_told_apart_for_other_programs(self) -> None:
        address, password = without_password("postgresql://me:se%20cret@host/name")
        assert (address, password) == ("user=me dbname=name host=host", "se cret")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT :a, :b_2", "SELECT %(a)s, %(b_2)s"),
        ("SELECT a::text, b % 2", "SELECT a::text, b %% 2"),
        ("LIKE ':no' || :yes || '100%'", "LIKE ':no' || %(yes)s || '100%%'"),
        ("""':''no' "a:b" :c""", """':''no' "a:b" %(c)s"""),
        ("x -- :no\n:yes", "x -- :no\n%(yes)s"),
        ("12:30", "12:30"),
    ],
)
def test_parameters_are_translated_and_nothing_else_is(sql: str, expected: str) -> None:
    assert translated(sql).decode() == expected


def test_without_its_driver_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    result = run("postgresql://me:secret@host/name", "articles")
    assert result.exit_code == 5
    assert "pip install 'claim-ledger[postgresql]'" in result.stderr
    assert "secret" not in result.output


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
def test_lower_changes_ascii_alone(text: str) -> None:
    assert lower(text) == "".join(c.lower() if c.isascii() else c for c in text)


@pytest.fixture(scope="module")
def guarded(postgres: PostgresServer) -> str:
    """The name of a user who needs a password, which is "secret"."""
    postgres.execute("CREATE ROLE guarded LOGIN PASSWORD 'secret'")
    return "guarded"


class TestRefusals:
    """Each is one sentence, exit status 5, and shows no password."""

    def refused(self, url: str, said: str, *words: str) -> None:
        for command in (words,) if words else (("articles",), ("db", "upgrade"), ("db", "info")):
            result = run(url, *command)
            assert result.exit_code == 5, result.output
            assert said in " ".join(result.stderr.split())
            assert "secret" not in result.output
            assert "Traceback" not in result.stderr

    def test_a_wrong_password(self, postgres: PostgresServer, guarded: str) -> None:
        url = postgres.url(user=f"{guarded}:notsecret")
        self.refused(url, "the password is wrong or missing")

    def test_no_password(self, postgres: PostgresServer, guarded: str) -> None:
        self.refused(postgres.url(user=guarded), "the password is wrong or missing")

    def test_a_server_that_is_not_there(self) -> None:
        self.refused("postgresql://me:secret@127.0.0.1:1/name", "the server cannot be reached")

    def test_a_name_that_is_none(self) -> None:
        self.refused("postgresql://me:secret@no.invalid/name", "the server cannot be reached")

    def test_a_missing_database(self, postgres: PostgresServer) -> None:
        self.refused(postgres.url("nowhere"), "there is no database with this name")

    def test_an_address_that_is_none(self) -> None:
        self.refused("postgresql://me:secret@[host/name", ("this is not the address of a database"))

    @pytest.mark.parametrize(
        "address",
        [
            "me:sec@ret@127.0.0.1:1/name",
            "me:secret@@127.0.0.1:1/name",
            "me:sec/ret@127.0.0.1:1/name",
            "me:12/secret@127.0.0.1:1/name",
            "me:s?ecr@et@127.0.0.1:1/name",
            "me:secret/127.0.0.1",
        ],
    )
    def test_no_part_of_a_password_is_shown_that_a_sign_in_it_cuts(self, address: str) -> None:
        self.refused(f"postgresql://{address}", "this is not the address of a database")
        result = run(f"postgresql://{address}", "articles")
        assert not re.search("sec|ret", result.output.replace("database", ""))
        assert "%40" in result.stderr or "USER@HOST" in result.stderr

    def test_a_user_who_is_not_let_in(self, empty_url: str) -> None:
        self.refused(
            empty_url.replace("postgres@", "nobody@"), ("the server does not let this user in")
        )

    def test_a_newer_schema(self, empty_url: str) -> None:
        with psycopg.connect(empty_url) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
        self.refused(empty_url, f"its schema is 0999, newer than {HEAD}", "articles")
        self.refused(empty_url, f"its schema is 0999, newer than {HEAD}", "db", "upgrade")

    def test_another_programs_database(self, postgres: PostgresServer) -> None:
        url = postgres.url(postgres.made())
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE visits (url text)")
        self.refused(url, "this database belongs to another program")

    def test_another_programs_database_with_migrations(self, postgres: PostgresServer) -> None:
        url = postgres.url(postgres.made())
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE alembic_version (version_num text)")
        self.refused(url, "this database belongs to another program")

    def test_a_database_that_keeps_another_coding(self, postgres: PostgresServer) -> None:
        name = postgres.made(options="ENCODING 'LATIN1' LOCALE 'C'")
        self.refused(postgres.url(name), "the database keeps its text as LATIN1")

    def test_a_user_without_rights(self, postgres: PostgresServer, empty_url: str) -> None:
        postgres.execute("CREATE ROLE stranger LOGIN")
        url = empty_url.replace("postgres@", "stranger@")
        self.refused(url, "this user may not do that", "articles")

    def test_a_database_that_only_reads(self, empty_url: str) -> None:
        url = f"{empty_url}&options=-c%20default_transaction_read_only%3Don"
        assert run(url, "articles").exit_code == 0
        with (
            open_ledger(url, clock=noon) as ledger,
            pytest.raises(StoreError, match="the database cannot be written to"),
        ):
            ledger.append(a_reading())


class TestUsers:
    @pytest.fixture
    def worker(self, empty_url: str) -> Iterator[str]:
        """The address of the ledger for a user to whom its owner granted what the program needs."""
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute('CREATE ROLE "the worker\'s" LOGIN')
        assert run(empty_url, "db", "upgrade", "--grant", "the worker's").exit_code == 0
        yield empty_url.replace("postgres@", "the%20worker's@")
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute('DROP OWNED BY "the worker\'s"; DROP ROLE "the worker\'s"')

    def test_whoever_asks_a_new_server_is_sent_to_its_owner(self, postgres: PostgresServer) -> None:
        name = postgres.made()
        for command in (
            ["articles"],
            ["audit", "--all"],
            ["doctor"],
            ["db", "info", "--format", "table"],
        ):
            said = run(postgres.url(name), *command)
            assert said.exit_code in (0, 1, 5)
            owners = postgres.url(name, "OWNER")
            mend = f"by its owner: ledger --db '{owners}' db upgrade --grant USER"
            assert mend in said.stdout + said.stderr
            assert "ledger ingest" not in said.stdout + said.stderr

    def test_a_user_who_was_granted_it_records_and_asks(self, worker: str) -> None:
        with open_ledger(worker, clock=noon) as ledger:
            reading = a_reading(claims=40)
            assert ledger.append(reading).new
            assert ledger.append_entries(a_link(reading)) == 2
        assert verify_ledger(worker).entries == 167
        assert reading.article is not None
        article, marker = reading.article.id, reading.citations[-1].marker
        for words in (
            ("claims",),
            ("link", article, marker, "https://wire.example/1"),
            ("link", article, marker, "--undo"),
            ("set-aside", article),
            ("articles", "--aside"),
            ("set-aside", article, "--undo"),
            ("outlets", "update"),
            ("impact", "--by", "outlet", "--article", article),
            ("journal", "verify"),
        ):
            said = run(worker, *map(str, words))
            assert said.exit_code == 0, (words, said.output)

    def test_a_user_who_may_not_count_the_tables_imports(
        self, worker: str, empty_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ledger.store.replay.COUNTED_AT", 1)
        with open_ledger(str(empty_db), clock=noon) as ledger:
            ledger.append(a_reading())
        file = str(tmp_path / "moved.jsonl")
        assert run(str(empty_db), "db", "export", "-o", file).exit_code == 0
        said = run(worker, "db", "import", file)
        assert said.exit_code == 0, said.output
        assert verify_ledger(worker).head == verify_ledger(empty_db).head

    def test_a_user_who_may_only_read_asks(self, worker: str, empty_url: str) -> None:
        with open_ledger(worker, clock=noon) as ledger:
            reading = a_reading()
            assert reading.article is not None
            ledger.append(reading)
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE visitor LOGIN")
            connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO visitor")
        visitor = empty_url.replace("postgres@", "visitor@")
        article = reading.article.id
        for words in (
            ("articles",),
            ("claims",),
            ("impact", "--by", "outlet"),
            ("impact", "--since", "2020-01-01"),
            ("audit", article),
            ("journal", "verify"),
            ("db", "info"),
            ("db", "export"),
        ):
            said = run(visitor, *words)
            assert said.exit_code == 0, (words, said.output)
        refused = run(visitor, "set-aside", article)
        assert refused.exit_code == 5
        assert "this user may not do that" in refused.stderr
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute("DROP OWNED BY visitor; DROP ROLE visitor")

    def test_only_the_owner_redacts_and_a_user_hears_so_before_being_asked(
        self, worker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LEDGER_CONFIG", str(tmp_path))
        reading = a_reading()
        with open_ledger(worker, clock=noon) as ledger:
            ledger.append(reading)
        redact = ("journal", "redact", reading.capture.id, "--reason", "order of a court")
        refused = run(worker, *redact)
        assert refused.exit_code == 5
        assert "only the owner of the ledger may redact: postgres" in refused.stderr
        assert run(worker.replace("the%20worker's@", "postgres@"), *redact, "-y").exit_code == 0

    @pytest.mark.parametrize("table", GUARDED)
    @pytest.mark.parametrize(
        "sql", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}"]
    )
    def test_a_user_may_not_change_or_remove_what_is_recorded(
        self, worker: str, table: str, sql: str
    ) -> None:
        column = "id" if table in ENTRY_TABLES else "digest"
        with (
            psycopg.connect(worker) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(sql.format(table, column).encode())

    def test_a_user_may_not_switch_the_rules_off(self, worker: str) -> None:
        for sql in (
            "ALTER TABLE journal DISABLE TRIGGER ALL",
            "DROP TRIGGER journal_no_change ON journal",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'",
            "CREATE TABLE mine (a int)",
            "UPDATE alembic_version SET version_num = '0999'",
        ):
            with (
                psycopg.connect(worker) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(sql.encode())

    def test_what_was_granted_holds_after_an_upgrade(self, empty_url: str, worker: str) -> None:
        with psycopg.connect(empty_url) as connection:
            connection.execute('REVOKE ALL ON source FROM "the worker\'s"')
            # As if the migrations since had not been: what they made is made again.
            connection.execute("DROP TABLE compared, band, pairing, voice")
            connection.execute("ALTER TABLE pattern DROP COLUMN ends, DROP COLUMN doubts")
            connection.execute("ALTER TABLE outlet_tally DROP COLUMN name")
            connection.execute("ALTER TABLE attribution DROP COLUMN together")
            connection.execute("DROP VIEW aside_source CASCADE")
            connection.execute("UPDATE alembic_version SET version_num = '0005'")
        refused = run(worker, "articles")
        assert refused.exit_code == 5
        owners, role = empty_url.replace("postgres@", "OWNER@"), shlex.quote("the worker's")
        assert f"to run: ledger --db '{owners}' db upgrade --grant {role}" in refused.stderr
        upgraded = run(empty_url, "db", "upgrade")
        assert upgraded.exit_code == 0, upgraded.stderr
        with open_ledger(worker, clock=noon) as ledger:
            assert ledger.append(a_reading()).new
        assert run(worker, "articles").exit_code == 0
        assert run(worker, "origins").exit_code == 0
        with (
            psycopg.connect(worker) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("DELETE FROM source")

    def test_who_was_made_a_member_of_the_owner_stops_no_upgrade(
        self, empty_url: str, worker: str
    ) -> None:
        with psycopg.connect(empty_url) as connection:
            connection.execute('GRANT postgres TO "the worker\'s"')
            connection.execute("UPDATE alembic_version SET version_num = '0013'")
        upgraded = run(empty_url, "db", "upgrade")
        assert upgraded.exit_code == 0, upgraded.stderr
        assert revision_of(worker) == HEAD

    def test_who_owns_the_schema_is_told_where_the_owner_of_the_ledger_can_take_nothing_away(
        self, postgres: PostgresServer
    ) -> None:
        name = postgres.made()  # as servers before 15 make them, and upgrades keep them
        postgres.execute("CREATE ROLE dba; CREATE ROLE desk LOGIN")
        postgres.execute("ALTER SCHEMA public OWNER TO dba", name)
        postgres.execute("GRANT CREATE ON SCHEMA public TO PUBLIC", name)
        desk = postgres.url(name, "desk")
        with open_ledger(desk, clock=noon) as ledger:
            assert ledger.append(a_reading()).new
        assert (
            "As the user dba: REVOKE CREATE ON SCHEMA public FROM PUBLIC"
            in run(desk, "doctor").stdout
        )
        postgres.drop(name)
        postgres.execute("DROP ROLE dba; DROP ROLE desk")

    def test_a_transaction_that_writes_is_set_and_locked_at_once(self, empty_url: str) -> None:
        said: list[str] = []

        @sa.event.listens_for(sa.Engine, "before_cursor_execute")
        def told(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        try:
            with open_ledger(empty_url, clock=noon) as ledger, ledger.writing():
                pass
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", told)
        first, second = said
        assert "search_path" in first
        assert "pg_advisory_xact_lock" in first
        assert "alembic_version" in second

    def test_whose_functions_may_run_in_the_name_of_others_is_told_and_ends_with_a_grant(
        self, worker: str, empty_url: str
    ) -> None:
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE mallory; GRANT CREATE ON SCHEMA public TO mallory")
            connection.execute('GRANT CREATE ON SCHEMA public TO PUBLIC, "the worker\'s"')
        told = run(worker, "doctor").stdout
        assert '"the worker\'s" and every user and mallory can add functions to the sch' in told
        remedy = 'REVOKE CREATE ON SCHEMA public FROM "the worker\'s", PUBLIC, mallory'
        assert remedy in told
        granted = run(empty_url, "db", "upgrade", "--grant", "the worker's", "--format", "table")
        assert "Other users can no longer make functions or tables in its schema" in granted.stdout
        assert "mallory can add functions" in run(worker, "doctor").stdout
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute("REVOKE CREATE ON SCHEMA public FROM mallory; DROP ROLE mallory")
        assert "can add functions" not in run(worker, "doctor").stdout

    @pytest.mark.parametrize("table", ["", "judgement", "journal"])
    def test_a_schema_before_that_of_the_ledger_is_not_taken_for_it(
        self, worker: str, empty_url: str, table: str
    ) -> None:
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute('CREATE SCHEMA "the worker\'s"')  # the first that is looked into
            connection.execute('GRANT USAGE ON SCHEMA "the worker\'s" TO PUBLIC')
            if table:
                connection.execute(f'CREATE TABLE "the worker\'s".{table} (a int)'.encode())
        for words in (("articles",), ("db", "info"), ("journal", "verify")):
            refused = run(worker, *words)
            assert refused.exit_code == 5
            assert "the schema the worker's hides the ledger, which is in another" in refused.stderr

    def test_what_a_session_left_in_it_for_a_while_hides_nothing(self, empty_url: str) -> None:
        with open_ledger(empty_url, clock=noon) as ledger:
            ledger.append(a_reading())
            with ledger.writing() as connection:
                connection.exec_driver_sql("CREATE TEMPORARY TABLE journal (seq int, digest text)")
            reading = a_reading(claims=2)
            ledger.append(reading)  # by the same session
        assert verify_ledger(empty_url).entries > 0

    def test_a_pooler_that_gives_each_transaction_another_session_is_named(
        self, empty_url: str
    ) -> None:
        forget = "DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$"  # what another session never knew

        def append(ledger: Ledger) -> None:
            for number in range(12):
                ledger.append(a_reading(number))
                with ledger.writing() as connection:
                    connection.exec_driver_sql(forget)

        with (
            open_ledger(empty_url, clock=noon) as ledger,
            pytest.raises(StoreError, match="a pooler between here and the server"),
        ):
            append(ledger)
        assert verify_ledger(empty_url).entries > 0

    def test_nobody_is_granted_what_the_owner_has(self, empty_url: str) -> None:
        result = run(empty_url, "db", "upgrade", "--grant", "postgres")
        assert result.exit_code == 2
        assert "owns the ledger" in result.stderr

    def test_only_the_owner_grants(self, empty_url: str, worker: str) -> None:
        with psycopg.connect(empty_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE apprentice LOGIN")
        try:
            result = run(worker, "db", "upgrade", "--grant", "apprentice")
            assert result.exit_code == 2
            told = "apprentice: only the owner of the ledger can grant this, the user postgres."
            assert told in result.stderr
            assert "may record" not in result.stdout + result.stderr
        finally:
            with psycopg.connect(empty_url, autocommit=True) as connection:
                connection.execute("DROP ROLE apprentice")

    def test_a_user_who_is_not_there_is_granted_nothing(self, empty_url: str) -> None:
        result = run(empty_url, "db", "upgrade", "--grant", "nobody")
        assert result.exit_code == 2
        assert "createuser nobody" in result.stderr

    def test_a_file_has_no_users(self, empty_db: Path) -> None:
        with open_ledger(str(empty_db), clock=noon) as ledger, pytest.raises(UsageError):
            ledger.grant("somebody")


class TestText:
    def test_every_text_is_ordered_by_its_bytes(self, empty_url: str) -> None:
        with Reader(empty_url) as reader:
            other = reader.rows(
                """SELECT c.relname, a.attname FROM pg_attribute a
                JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation n ON n.oid = a.attcollation
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
                AND a.attnum > 0 AND n.collname <> 'C' AND c.relname <> 'alembic_version'"""
            )
        assert other == []

    @pytest.mark.parametrize("word", ["Ärger", "ÄRGER", "ärger", "a\0b", "half \ud800"])
    def test_a_word_is_found_or_not_on_both_alike(self, db: Place, word: str) -> None:
        with open_ledger(str(db), clock=noon) as ledger:
            ledger.append(a_reading())
        with Reader(db) as reader:
            rows = reader.rows(
                "SELECT :word AS given FROM claim WHERE LOWER(exact) = :low",
                {"word": "x", "low": lower(word.replace("\ud800", ""))},
            )
        assert rows == []


def test_a_new_database_is_made_a_ledger(postgres: PostgresServer) -> None:
    url = postgres.url(postgres.made())
    assert revision_of(url) is None
    assert run(url, "db", "info").exit_code == 1
    made = run(url, "db", "upgrade")
    assert made.exit_code == 0
    assert revision_of(url) == HEAD
    info = run(url, "db", "info", "--format", "json")
    assert '"postgresql": "' in info.stdout
