"""What a PostgreSQL ledger's schema is, beside what the migrations make on the same server.

The server words both, so that its version makes no difference. What the migrations make is made for
this session alone, as temporary tables in a transaction that is taken back: whoever may record may
do that, unless somebody took that right away or the server only reads.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

import re
from collections.abc import Iterable

import sqlalchemy as sa

from ledger.engine import server_engine
from ledger.errors import IntegrityError
from ledger.proof.server_rules import GUARDED
from ledger.reader import Reader
from ledger.schema import BUSY_TIMEOUT_S, shown, store_error
from ledger.upgrade import upgrade

Schema = dict[tuple[str, str, str], str]
"""Kind, name and table of everything to how it was made, kind by kind."""

_NOT_ALLOWED = ("42501", "25006")
"""SQLSTATE: the user has not the right to make temporary tables, or the server only reads."""

_HERE = "SELECT oid FROM pg_namespace WHERE nspname = current_schema()"

_PLAIN = "'r', 'p', 'f'"
"""Relations that hold rows; the kinds are letters in `pg_class.relkind`."""

_ASKED = {
    "table": f"""
        SELECT c.relname AS name, '' AS of, concat_ws(' ', c.relkind,
            c.relpersistence = 'u', c.relrowsecurity, c.relforcerowsecurity,
            EXISTS (SELECT 1 FROM pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid))) AS made
        FROM pg_class c WHERE c.relnamespace = :schema AND c.relkind IN ({_PLAIN})
        AND {{ours}}""",
    "view": """
        SELECT c.relname AS name, '' AS of, concat_ws(' ', c.relkind, c.reloptions,
            pg_get_viewdef(c.oid)) AS made
        FROM pg_class c WHERE c.relnamespace = :schema AND c.relkind IN ('v', 'm') AND {ours}""",
    "sequence": """
        SELECT c.relname AS name, '' AS of, '' AS made
        FROM pg_class c WHERE c.relnamespace = :schema AND c.relkind = 'S' AND {ours}""",
    "column": f"""
        SELECT c.relname || '.' || a.attname AS name, '' AS of, concat_ws(' ',
            row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
            format_type(a.atttypid, a.atttypmod), a.attnotnull, l.collname, a.attidentity,
            a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) AS made
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        WHERE c.relnamespace = :schema AND c.relkind IN ({_PLAIN}) AND a.attnum > 0
        AND NOT a.attisdropped AND {{ours}}""",
    "constraint": """
        SELECT o.conname AS name, c.relname AS of, concat_ws(' ', pg_get_constraintdef(o.oid, true),
            EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgconstraint = o.oid
                AND t.tgenabled NOT IN ('O', 'A'))) AS made
        FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
        WHERE c.relnamespace = :schema AND {ours}""",
    "index": """
        SELECT x.relname AS name, c.relname AS of, concat_ws(' ',
            pg_get_indexdef(i.indexrelid, 0, true), i.indisvalid, i.indisready, i.indislive) AS made
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = :schema AND {ours}""",
    "trigger": """
        SELECT t.tgname AS name, c.relname AS of, concat_ws(' ', pg_get_triggerdef(t.oid, true),
            t.tgenabled IN ('O', 'A'), l.lanname, p.prosecdef, p.proconfig, p.prosrc) AS made
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        JOIN pg_language l ON l.oid = p.prolang
        WHERE c.relnamespace = :schema AND NOT t.tgisinternal AND {ours}""",
    "rule": """
        SELECT r.rulename AS name, c.relname AS of, pg_get_ruledef(r.oid, true) AS made
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
        WHERE c.relnamespace = :schema AND r.rulename <> '_RETURN' AND {ours}""",
    "policy": """
        SELECT p.polname AS name, c.relname AS of, '' AS made
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = :schema AND {ours}""",
}
"""Kind to the question for all of that kind in the schema `:schema`; `c` is the relation."""

_RANKS = {kind: rank for rank, kind in enumerate(_ASKED)}

_OURS = (
    "NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = CAST('pg_class' AS regclass)"
    " AND e.objid = c.oid AND e.deptype = 'e')"
)
"""What an extension of the server has made beside the ledger is no part of it."""


def found_schema(reader: Reader) -> Schema:
    """The schema of an open ledger."""
    [[schema]] = reader.tuples(_HERE)
    return {
        (kind, row["name"], row["of"]): row["made"]
        for kind, question in _questions()
        for row in reader.rows(question, {"schema": schema})
    }


def made_schema(db: str) -> Schema | None:
    """What the migrations make on the server at `db`; None where the user may make nothing there.

    Raises:
        StoreError: The server could not be asked.
    """
    engine = server_engine(db, BUSY_TIMEOUT_S)
    sa.event.listen(engine, "before_cursor_execute", _with_functions, retval=True)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            connection.exec_driver_sql("SET LOCAL search_path = pg_temp")
            upgrade(connection, shown(db))
            mine = {"schema": connection.scalar(sa.text("SELECT pg_my_temp_schema()"))}
            made = {
                (kind, row.name, row.of): row.made.replace("pg_temp.", "")
                for kind, question in _questions()
                for row in connection.execute(sa.text(question), mine)
            }
            transaction.rollback()
            return made
    except sa.exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _NOT_ALLOWED:
            return None
        raise store_error(shown(db), error.orig or error) from error
    finally:
        engine.dispose()


def compare_schemas(found: Schema, made: Schema) -> None:
    """Do nothing when they are the same.

    Raises:
        IntegrityError: Something is missing, changed or added.
    """
    differing = [key for key in made.keys() | found.keys() if found.get(key) != made.get(key)]
    for kind, name, of in sorted(differing, key=lambda key: (_RANKS[key[0]], key in found, key)):
        key = kind, name, of
        known = f"{kind} {name} of {of}" if kind in ("constraint", "rule") else f"{kind} {name}"
        if key not in found:
            raise IntegrityError(f"the {known} is missing")
        raise IntegrityError(f"the {known} was {'changed' if key in made else 'added'}")


def compare_names(found: Schema, made: Iterable[str]) -> None:
    """Do nothing when a ledger has what a file has, by name; for who may make nothing there.

    Args:
        found: The ledger on the server.
        made: Kind and name of everything in a new SQLite file.

    Raises:
        IntegrityError: Something is missing or added.
    """
    wanted = {name for name in made if not name.startswith("trigger ") and not _ONLY_IN_FILES(name)}
    wanted |= {"index ix_claim_words", "trigger redaction_judged"}
    wanted |= {f"trigger {table}_no_{what}" for table in GUARDED for what in ("change", "truncate")}
    constraints = {name for kind, name, _ in found if kind == "constraint"}
    there = {
        f"{kind} {name}"
        for kind, name, _ in found
        if kind not in ("column", "constraint") and not (kind == "index" and name in constraints)
    }
    for name in sorted(wanted ^ there, key=lambda name: (_RANKS[name.partition(" ")[0]], name)):
        raise IntegrityError(f"the {name} {'is missing' if name in wanted else 'was added'}")


_ONLY_IN_FILES = re.compile(r"index sqlite_|table claim_words|view claim_text").match
# SQLite keeps full text in tables of its own, and makes an index for each constraint.


def _questions() -> list[tuple[str, str]]:
    return [(kind, question.format(ours=_OURS)) for kind, question in _ASKED.items()]


def _with_functions(
    _connection: object, _cursor: object, statement: str, params: object, *_more: object
) -> tuple[str, object]:
    """PostgreSQL looks for no function among what is temporary, unless the name says so."""
    return statement.replace("EXECUTE FUNCTION ", "EXECUTE FUNCTION pg_temp."), params
