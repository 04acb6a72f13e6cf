"""The schema of a ledger on a server: whatever is missing, changed or added is found and named."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from postgres_server import PostgresServer
from readings import a_reading, noon
from typer.testing import CliRunner

from ledger.commands import app
from ledger.errors import IntegrityError, StoreError
from ledger.proof import check_schema, verify_ledger
from ledger.schema import revision_of
from ledger.store import open_ledger

SWALLOWING = (
    "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
)
SWALLOWS = (
    f"{SWALLOWING}; CREATE TRIGGER zz BEFORE INSERT ON {{}} FOR EACH ROW EXECUTE FUNCTION swallow()"
)

LYING = (
    "CREATE FUNCTION lies(varchar, varchar) RETURNS boolean LANGUAGE sql"
    " AS $$ SELECT $1::text = $2::text AND $1::text <> 'bbc.com' $$"
)


def bent(url: str, sql: str) -> str:
    """What somebody with the owner's rights does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.encode())
    return url


def hidden(view: str, condition: str) -> str:
    """The view made anew, so that it leaves out what does not meet the condition."""
    return (
        "DO $do$ BEGIN EXECUTE 'CREATE OR REPLACE VIEW "
        f"{view} AS SELECT * FROM (' || rtrim(pg_get_viewdef('{view}'::regclass), ';')"
        f" || $q$) x WHERE {condition}$q$; END $do$"
    )


CHANGES = [
    (
        hidden("current_citation", "url NOT LIKE '%bbc.com%'"),
        "the view current_citation was changed",
    ),
    (hidden("merged_outlet", "false"), "the view merged_outlet was changed"),
    ("ALTER VIEW current_article SET (security_barrier)", "the view current_article was changed"),
    ("DROP VIEW current_rating", "the view current_rating is missing"),
    ("CREATE VIEW mine AS SELECT 1", "the view mine was added"),
    ("CREATE TABLE notes (words text)", "the table notes was added"),
    ("CREATE TABLE more () INHERITS (citation)", "the table citation was changed"),
    ("ALTER TABLE outlet ENABLE ROW LEVEL SECURITY", "the table outlet was changed"),
    ("ALTER TABLE voice SET UNLOGGED", "the table voice was changed"),
    ("ALTER TABLE standing ADD COLUMN rank int", "the column standing.rank was added"),
    ("ALTER TABLE capture ALTER size DROP NOT NULL", "the column capture.size was changed"),
    ("ALTER TABLE claim ALTER kind SET DEFAULT 'cited'", "the column claim.kind was changed"),
    ("ALTER TABLE pattern DROP COLUMN ends", "the column pattern.ends is missing"),
    (
        "ALTER TABLE citation DROP CONSTRAINT citation_leads_or_gap",
        "the constraint citation_leads_or_gap of citation is missing",
    ),
    (
        "ALTER TABLE claim DROP CONSTRAINT claim_article_id_fkey",
        "the constraint claim_article_id_fkey of claim is missing",
    ),
    (
        "ALTER TABLE journal DROP CONSTRAINT journal_entry_id_key",
        "the constraint journal_entry_id_key of journal is missing",
    ),
    (
        "ALTER TABLE claim ADD CHECK (kind <> 'cited') NOT VALID",
        "the constraint claim_kind_check of claim was added",
    ),
    (
        "ALTER TABLE capture DISABLE TRIGGER ALL",
        "the constraint article_capture_id_fkey of article was changed",
    ),
    ("DROP INDEX ix_citation_revises", "the index ix_citation_revises is missing"),
    (
        "DROP INDEX ix_claim_words; CREATE INDEX ix_claim_words ON claim (exact)",
        "the index ix_claim_words was changed",
    ),
    ("CREATE UNIQUE INDEX mine ON source (url)", "the index mine was added"),
    (SWALLOWS.format("judgement"), "the trigger zz was added"),
    (SWALLOWS.format("standing"), "the trigger zz was added"),
    ("DROP TRIGGER tree_no_change ON tree", "the trigger tree_no_change is missing"),
    ("ALTER TABLE tree DISABLE TRIGGER USER", "the trigger tree_no_change was changed"),
    (
        "CREATE OR REPLACE FUNCTION ledger_claim_redacted() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "the trigger claim_no_change was changed",
    ),
    (
        "CREATE SCHEMA other; CREATE FUNCTION other.ledger_append_only() RETURNS trigger LANGUAGE"
        " plpgsql AS 'BEGIN RETURN NEW; END'; DROP TRIGGER tree_no_change ON tree;"
        " CREATE TRIGGER tree_no_change BEFORE UPDATE OR DELETE ON tree"
        " FOR EACH ROW EXECUTE FUNCTION other.ledger_append_only()",
        "the trigger tree_no_change was changed",
    ),
    (
        "CREATE RULE quiet AS ON INSERT TO judgement DO INSTEAD NOTHING",
        "the rule quiet of judgement was added",
    ),
    ("CREATE POLICY few ON outlet USING (false)", "the policy few was added"),
    ("CREATE SEQUENCE mine", "the sequence mine was added"),
    (
        f"{LYING}; CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, PROCEDURE = lies)",
        "the operator = of character varying was added, which may be used instead of the server's"
        " own",
    ),
    (
        "CREATE FUNCTION lower(varchar) RETURNS varchar LANGUAGE sql AS 'SELECT NULL::varchar'",
        "the function lower was added, which may be used instead of the server's own",
    ),
]


@pytest.mark.parametrize(("sql", "message"), CHANGES)
def test_what_is_not_as_the_migrations_make_it_is_found_and_named(
    empty_url: str, sql: str, message: str
) -> None:
    with pytest.raises(IntegrityError) as caught:
        check_schema(bent(empty_url, sql))
    assert caught.value.message == message


def test_rules_that_no_session_obeys_are_none(empty_url: str) -> None:
    name = empty_url.partition("@/")[2].partition("?")[0]
    bent(empty_url, f"ALTER DATABASE {name} SET session_replication_role = replica")
    with pytest.raises(IntegrityError, match="every trigger and foreign key is switched off"):
        check_schema(empty_url)


def test_verifying_and_the_doctor_look_for_it(empty_url: str, tmp_path: Path) -> None:
    with open_ledger(empty_url, clock=noon) as ledger:
        ledger.append(a_reading())
    bent(empty_url, hidden("current_citation", "false"))
    with pytest.raises(IntegrityError, match="the view current_citation was changed"):
        verify_ledger(empty_url)
    env = {"LEDGER_DB": empty_url, "LEDGER_CONFIG": str(tmp_path)}
    for words in (["journal", "verify"], ["doctor"]):
        done = CliRunner().invoke(app, words, env=env)
        assert (done.exit_code, "current_citation was changed" in done.output) == (4, True)


def test_a_second_row_that_says_which_schema_it_is_is_refused(empty_url: str) -> None:
    bent(empty_url, "INSERT INTO alembic_version VALUES ('0001')")
    with pytest.raises(StoreError, match="two schemas: it was altered"):
        revision_of(empty_url)


@pytest.mark.parametrize(
    "sql",
    [
        "ANALYZE; VACUUM; REINDEX TABLE claim; COMMENT ON TABLE claim IS 'words'".split("; "),
        ["ALTER TABLE citation SET (autovacuum_enabled = off)"],
        ["ALTER TABLE claim ENABLE ALWAYS TRIGGER claim_no_change"],
        ["CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
        ["CREATE SCHEMA other", "CREATE TABLE other.claim (words text)"],
        ["CREATE TABLE t (a int)", "ALTER EXTENSION plpgsql ADD TABLE t"],
    ],
)
def test_what_administrators_do_beside_it_is_no_change(empty_url: str, sql: list[str]) -> None:
    for each in sql:
        bent(empty_url, each)
    assert check_schema(empty_url) is None


def test_an_operator_that_the_server_has_not_is_used_by_nobody_else(empty_url: str) -> None:
    operator = "CREATE OPERATOR === (LEFTARG = varchar, RIGHTARG = varchar, PROCEDURE = lies)"
    assert check_schema(bent(empty_url, f"{LYING}; {operator}")) is None


@pytest.mark.parametrize(
    "setting", ["standard_conforming_strings = off", "quote_all_identifiers = on"]
)
def test_what_the_database_is_set_to_is_no_change(empty_url: str, setting: str) -> None:
    name = empty_url.partition("@/")[2].partition("?")[0]
    bent(empty_url, f"ALTER DATABASE {name} SET {setting}")
    assert check_schema(empty_url) is None


def test_looking_leaves_nothing_behind(empty_url: str) -> None:
    asked = "SELECT COUNT(*) FROM pg_class"
    with psycopg.connect(empty_url, autocommit=True) as connection:
        before = connection.execute(asked).fetchone()
        check_schema(empty_url)
        assert connection.execute(asked).fetchone() == before


class TestUsers:
    """The user who may record and read, and nothing else, is told as much as the owner."""

    @pytest.fixture
    def worker(self, postgres: PostgresServer, empty_url: str) -> Iterator[str]:
        postgres.execute("CREATE ROLE recorder LOGIN")
        with open_ledger(empty_url, clock=noon) as ledger:
            ledger.grant("recorder")
        yield empty_url.replace("postgres@", "recorder@")
        bent(empty_url, "DROP OWNED BY recorder; DROP ROLE recorder")

    @pytest.fixture
    def narrow(self, worker: str, empty_url: str) -> str:
        """The same user, from whom temporary tables were taken."""
        name = empty_url.partition("@/")[2].partition("?")[0]
        bent(empty_url, f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
        return worker

    def test_a_user_who_only_records_compares_all_of_it(self, worker: str, empty_url: str) -> None:
        assert check_schema(worker) is None
        bent(empty_url, hidden("current_citation", "false"))
        with pytest.raises(IntegrityError, match="the view current_citation was changed"):
            check_schema(worker)

    def test_who_may_make_nothing_is_told_what_was_not_compared(
        self, narrow: str, tmp_path: Path
    ) -> None:
        said = check_schema(narrow)
        assert said is not None
        assert "this user may make no temporary tables on the server" in said
        env = {"LEDGER_DB": narrow, "LEDGER_CONFIG": str(tmp_path), "COLUMNS": "500"}
        with open_ledger(narrow, clock=noon) as ledger:
            ledger.append(a_reading())
        for words in (["journal", "verify"], ["doctor"]):
            done = CliRunner().invoke(app, words, env=env)
            assert (done.exit_code, said in done.output) == (0, True), done.output

    def test_who_may_make_nothing_finds_what_is_taken_for_the_servers_own(
        self, narrow: str, empty_url: str
    ) -> None:
        bent(empty_url, f"{LYING}; ALTER FUNCTION lies RENAME TO upper")
        with pytest.raises(IntegrityError, match="the function upper was added"):
            check_schema(narrow)

    def test_a_server_that_only_reads_is_compared_by_name(self, empty_url: str) -> None:
        url = f"{empty_url}&options=-c%20default_transaction_read_only%3Don"
        assert check_schema(url) is not None

    @pytest.mark.parametrize(
        ("sql", "message"),
        [
            ("DROP VIEW current_rating", "the view current_rating is missing"),
            ("CREATE TABLE notes (words text)", "the table notes was added"),
            ("DROP INDEX ix_citation_revises", "the index ix_citation_revises is missing"),
            ("DROP INDEX ix_claim_words", "the index ix_claim_words is missing"),
            ("CREATE INDEX mine ON source (url)", "the index mine was added"),
            ("DROP TABLE voice", "the table voice is missing"),
            (SWALLOWS.format("judgement"), "the trigger zz was added"),
            ("DROP TRIGGER tree_no_change ON tree", "the trigger tree_no_change is missing"),
            ("ALTER TABLE tree DISABLE TRIGGER USER", "the trigger tree_no_change is switched off"),
            (
                "CREATE OR REPLACE FUNCTION ledger_claim_redacted() RETURNS trigger LANGUAGE"
                " plpgsql AS 'BEGIN RETURN NEW; END'",
                "the trigger claim_no_change was changed",
            ),
            (
                "CREATE RULE quiet AS ON INSERT TO judgement DO INSTEAD NOTHING",
                "the rule quiet was added",
            ),
        ],
    )
    def test_and_all_that_is_missing_or_added_is_found_by_its_name(
        self, narrow: str, empty_url: str, sql: str, message: str
    ) -> None:
        bent(empty_url, sql)
        with pytest.raises(IntegrityError) as caught:
            check_schema(narrow)
        assert caught.value.message == message
