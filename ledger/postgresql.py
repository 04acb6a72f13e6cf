"""Address of a PostgreSQL server -> connection, and what the server's refusals mean.

The driver is imported only when an address of a server is used. Passwords are taken from the
address, PGPASSWORD or ~/.pgpass, as libpq does, and are never shown.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from ledger.errors import StoreError
from ledger.server_address import granting, parts_of, shown

if TYPE_CHECKING:
    import psycopg

_T = TypeVar("_T")

TWO_SCHEMAS = "it says of itself that it has two schemas: it was altered"

CONNECT_TIMEOUT_S = 10
"""How long to wait for a server to answer at all."""

WRITTEN = "another program is writing to it"
WAIT = (
    "Wait until it is done, or end it if it hangs, and run the same command again: what was "
    "recorded before is safe"
)
"""For whoever waited in vain; of a file it may also be a program that shows databases."""

SETTLED = (
    "SELECT set_config('search_path', quote_ident(CAST(current_schema() AS text)) || ', pg_temp',"
    " true), set_config('standard_conforming_strings', 'on', true),"
    " set_config('quote_all_identifiers', 'off', true)"
)
"""First words of a transaction: what names and texts mean in it, whatever this user is set to.

Names are looked for in the schema of the ledger, and among temporary tables only behind it: who
shares a session through a pooler may have left some."""

_AGAIN = "Run the same command again: what was recorded before is safe"

_STATES = {
    **dict.fromkeys(
        ("26000", "42P05"),
        (
            "a pooler between here and the server changes sessions in the middle of one",
            "Let it pool by session, or connect to the server itself",
        ),
    ),
    "28P01": ("the password is wrong or missing", "Check it, or set PGPASSWORD"),
    "28000": (
        "the server does not let this user in",
        "Check the user and the server's pg_hba.conf",
    ),
    "25P03": (
        "the server closed the connection because it waited for this program for too long",
        f"Raise idle_in_transaction_session_timeout. {_AGAIN}",
    ),
    "3D000": ("there is no database with this name", "Make it: createdb NAME"),
    "3F000": (
        "there is no schema in which names are looked for",
        "Check the search_path of this user and of the database",
    ),
    "42501": (
        "this user may not do that",
        "Ask the owner of the ledger to run: {granting}",
    ),
    "25006": ("the database cannot be written to", "Use a server that is not a read-only copy"),
    "53100": ("the disk of the server is full", f"Make room. {_AGAIN}"),
    "53200": ("the server is out of memory", _AGAIN),
    "53300": ("the server has too many connections", "Try again later"),
    "55P03": (WRITTEN, WAIT),
    "57014": ("the server stopped the query because it took too long", "Raise statement_timeout"),
    "57P01": ("the server closed the connection", _AGAIN),
    "57P02": ("the server closed the connection", _AGAIN),
    "57P03": ("the server is starting or stopping", "Try again later"),
    "58030": ("the disk of the server failed", "Check the disk of the server"),
    "XX001": ("the database is damaged", "Restore a backup"),
    "XX002": ("an index of the database is damaged", "Rebuild it: REINDEX DATABASE"),
}
"""SQLSTATE (appendix A of PostgreSQL's manual): what happened, what to try.

`{granting}` stands for a command of the owner that lets this user record and read.
"""

_BEFORE_A_STATE = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("pg_hba.conf", "28000"),
    ('role "', "28000"),
    ("authentication failed", "28000"),
    ("is not permitted to log in", "28000"),
    ('database "', "3D000"),
    ("permission denied for database", "42501"),
    ("too many connections", "53300"),
    ("remaining connection slots", "53300"),
    ("the database system is", "57P03"),
)
"""What libpq says of a connection that did not come to be, for which it keeps no SQLSTATE."""

_UNREACHABLE = ("the server cannot be reached", "Check its name and port, and that it runs")

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""What no recorded text holds, and PostgreSQL takes in none: texts are cleaned before."""

_TRUTH = {b"t": 1, b"f": 0}
"""Booleans as PostgreSQL writes them -> as SQLite gives them."""

_STRING = "'(?:[^']|'')*+'"
_QUOTED = '"(?:[^"]|"")*+"'
_TOKEN = re.compile(rf"({_STRING}|{_QUOTED}|--[^\n]*+|::)|:([A-Za-z_][A-Za-z0-9_]*+)|(%)")


def connect(url: str) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection to the server, on which nothing was asked yet.

    Raises:
        StoreError: `url` is no address, the driver is not installed, or the server lets us not in.
    """
    parts = {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "ledger", **parts_of(url)}
    import psycopg

    try:
        return psycopg.connect(**parts, client_encoding="utf-8")
    except psycopg.Error as error:
        raise server_error(shown(url), error) from error


def reading(url: str) -> "psycopg.Connection[dict[str, Any]]":
    """A connection that only reads, and sees one state from its first question on.

    Its rows are dicts; booleans and sums are whole numbers, as they are on SQLite.

    Raises:
        StoreError: As `connect`.
    """
    connection = connect(url)
    import psycopg
    from psycopg.adapt import Loader
    from psycopg.rows import dict_row
    from psycopg.types.string import StrDumper

    class Whole(Loader):
        def load(self, data: Any) -> int | float:
            text = bytes(data)
            return _TRUTH[text] if text in _TRUTH else float(text) if b"." in text else int(text)

    class Words(StrDumper):  # of type text also where the statement does not say so
        def dump(self, obj: str) -> Any:
            return super().dump(_NO_TEXT.sub("\ufffd", obj))

    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.adapters.register_dumper(str, Words)
    connection.adapters.register_loader("bool", Whole)
    connection.adapters.register_loader("numeric", Whole)
    connection.row_factory = dict_row  # type: ignore[assignment] # the type is of the made one
    return connection  # type: ignore[return-value]


def rows(
    connection: "psycopg.Connection[dict[str, Any]]",
    db: str,
    sql: str,
    params: Mapping[str, object],
) -> list[dict[str, Any]]:
    """Every row that `sql`, with `:name` parameters, answers; `db` is as shown to people.

    Raises:
        StoreError: The database could not answer.
    """
    return _asked(connection.cursor(), db, sql, params)


def tuples(
    connection: "psycopg.Connection[dict[str, Any]]",
    db: str,
    sql: str,
    params: Mapping[str, object],
) -> list[tuple[Any, ...]]:
    """As `rows`, only the values, also where several columns have one name. Raises as `rows`."""
    from psycopg.rows import tuple_row

    return _asked(connection.cursor(row_factory=tuple_row), db, sql, params)


def _asked(
    cursor: "psycopg.Cursor[_T]", db: str, sql: str, params: Mapping[str, object]
) -> list[_T]:
    import psycopg

    try:
        return cursor.execute(translated(sql), params).fetchall()
    except psycopg.Error as error:
        if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
            raise  # our own mistake, not the database's
        raise server_error(db, error) from error


def end(connection: "psycopg.Connection[dict[str, Any]]", db: str) -> None:
    """Let go of the state that is seen; the next question sees a new one. Raises as `rows`."""
    import psycopg

    try:
        connection.rollback()
    except psycopg.Error as error:
        raise server_error(db, error) from error


_HELD = """
    SELECT current_setting('server_encoding'), current_schema(),
        (SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'v')),
        (SELECT COUNT(*) = 2 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relname IN ('alembic_version', 'journal')),
        to_regclass('journal') IS NOT NULL AND to_regclass('alembic_version') IS NOT NULL
"""


def revision_of(url: str) -> str | None:
    """The schema that the database holds; None when it holds nothing.

    Raises:
        StoreError: It cannot be asked, it is another program's, or it does not keep UTF-8.
    """
    name = shown(url)
    import psycopg

    try:
        with connect(url) as connection:
            encoding, schema, tables, ours, seen = _only(connection, _HELD)
            if encoding != "UTF8":
                raise StoreError(
                    name,
                    f"the database keeps its text as {encoding}",
                    remedy="Make one that keeps UTF-8: createdb -E UTF8 -T template0 NAME",
                )
            if seen and not ours:
                raise StoreError(
                    name,
                    f"the schema {schema} hides the ledger, which is in another",
                    remedy="Check whose it is, and remove it or change the search_path",
                )
            if tables and not ours:
                raise StoreError(
                    name, "this database belongs to another program", remedy="Use another one"
                )
            if not tables:
                return None
            found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except psycopg.Error as error:
        raise server_error(name, error) from error
    if len(found) > 1:
        raise StoreError(name, TWO_SCHEMAS, remedy="Restore a backup")
    return str(found[0][0]) if found else None


def server_error(db: str, error: BaseException) -> StoreError:
    """What an error of the driver means to the reader.

    Args:
        db: As shown to people.
        error: A `psycopg.Error`.
    """
    said = " ".join(str(error).split())
    state = getattr(error, "sqlstate", None)
    if state is None:
        found = [state for words, state in _BEFORE_A_STATE if words in said]
        state = found[0] if found else None
    if state in _STATES:
        message, remedy = _STATES[state]
        if "{granting}" in remedy:
            remedy = remedy.format(granting=granting(db))
        return StoreError(db, message, remedy=remedy)
    if state is None and said.startswith(("connection", "failed to resolve")):
        message, remedy = _UNREACHABLE
        return StoreError(db, message, remedy=remedy)
    if state is None and ("closed" in said or "lost" in said or "terminat" in said):
        message, remedy = _STATES["57P01"]
        return StoreError(db, message, remedy=remedy)
    return StoreError(db, f"the database refused: {said}")


@lru_cache(maxsize=512)
def translated(sql: str) -> bytes:
    """A statement with `:name` parameters in the driver's way of writing them, `%(name)s`.

    What stands in quotes or a comment is left alone.
    """
    return _TOKEN.sub(_translation, sql).encode()


def _translation(token: re.Match[str]) -> str:
    verbatim, name, _ = token.groups()
    if name:
        return f"%({name})s"
    return verbatim.replace("%", "%%") if verbatim else "%%"


def _only(connection: "psycopg.Connection[tuple[Any, ...]]", sql: str) -> tuple[Any, ...]:
    found = connection.execute(sql.encode()).fetchone()
    if found is None:
        raise AssertionError("a question for one row had none")
    return found
