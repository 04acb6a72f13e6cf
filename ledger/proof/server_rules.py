"""PostgreSQL ledger -> the triggers hold by which what is recorded stays as it is.

For users who may not make what `proof` compares all of the schema with.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from ledger.errors import IntegrityError
from ledger.reader import Reader, Row
from ledger.tables import ENTRY_TABLES

GUARDED = (*ENTRY_TABLES, "payload", "journal", "tree", "redaction")
"""Tables to which rows are only ever added."""


def check_server_rules(reader: Reader) -> None:
    """Do nothing when the triggers are there that refuse changes, as the migrations made them.

    Raises:
        IntegrityError: One is missing, switched off or changed.
    """
    check_firing(reader)
    found = {
        row["tgname"]: row
        for row in reader.rows(
            """SELECT t.tgname, t.tgenabled, t.tgtype, c.relname, p.prosrc
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal
            AND c.relnamespace = CAST(CAST(current_schema() AS text) AS regnamespace)"""
        )
    }
    _check_trigger(found, "redaction_judged", "redaction", _EACH_NEW_ROW, _JUDGED)
    for table in GUARDED:
        changing = _REDACTED.get(table, _APPEND_ONLY)
        _check_trigger(found, f"{table}_no_change", table, _EACH_ROW, changing)
        _check_trigger(found, f"{table}_no_truncate", table, _TRUNCATE, _APPEND_ONLY)


def check_firing(reader: Reader) -> None:
    """Do nothing when triggers and foreign keys are obeyed, and functions are those of the server.

    Raises:
        IntegrityError: They are switched off for this user, this database or the server; or
            something was added that the server takes for its own.
    """
    for added in reader.rows(_SHADOWING):
        raise IntegrityError(
            f"the {added['name']} was added, which may be used instead of the server's own",
            remedy="Find out who made it; drop it, or move it to another schema, and verify again",
        )
    row = reader.row("SELECT current_setting('session_replication_role') AS role")
    if row is not None and row["role"] == "replica":
        raise IntegrityError(
            "every trigger and foreign key is switched off: session_replication_role is replica",
            remedy="Set it back to origin, for the user, the database and the server",
        )


class Say(NamedTuple):
    """Somebody who may add functions to the schema of a ledger, and who can take that away.

    `schema` and `role`: quoted for SQL, "PUBLIC" for every role; `owner`: of the schema, which need
    not be that of the ledger.
    """

    schema: str
    role: str
    owner: str


def others_with_a_say(reader: Reader) -> list[Say]:
    """Who else may add functions to the schema of the ledger, which run in its owner's name."""
    return [Say(**row) for row in reader.rows(_MAY_ADD)]


_SHADOWING = """
    SELECT concat('operator ', p.oprname, ' of ', CAST(p.oprright AS regtype)) AS name
    FROM pg_operator p JOIN pg_namespace n ON n.oid = p.oprnamespace
    WHERE n.nspname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_depend e
        WHERE e.classid = CAST('pg_operator' AS regclass) AND e.objid = p.oid AND e.deptype = 'e')
    AND EXISTS (SELECT 1 FROM pg_operator q JOIN pg_namespace m ON m.oid = q.oprnamespace
        WHERE m.nspname = 'pg_catalog' AND q.oprname = p.oprname)
    UNION ALL
    SELECT concat('function ', p.proname)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_depend e
        WHERE e.classid = CAST('pg_proc' AS regclass) AND e.objid = p.oid AND e.deptype = 'e')
    AND EXISTS (SELECT 1 FROM pg_proc q JOIN pg_namespace m ON m.oid = q.pronamespace
        WHERE m.nspname = 'pg_catalog' AND q.proname = p.proname)
    ORDER BY name
"""
# The server prefers what fits the types of our columns, `varchar`, to its own for `text`. What an
# extension brings is no such thing.

_MAY_ADD = """
    SELECT DISTINCT quote_ident(CAST(n.nspname AS text)) AS schema,
        COALESCE(quote_ident(CAST(r.rolname AS text)), 'PUBLIC') AS role,
        (SELECT pg_get_userbyid(CASE WHEN o.rolname = 'pg_database_owner' THEN d.datdba ELSE o.oid
            END) FROM pg_roles o, pg_database d
            WHERE o.oid = n.nspowner AND d.datname = current_database()) AS owner
    FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
    JOIN pg_class j ON j.relnamespace = n.oid AND j.relname = 'journal'
    LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.nspname = current_schema() AND a.privilege_type = 'CREATE'
    AND a.grantee NOT IN (n.nspowner, j.relowner) AND NOT COALESCE(r.rolsuper, false)
    ORDER BY role
"""


def _check_trigger(found: Mapping[str, Row], name: str, table: str, when: int, body: str) -> None:
    row = found.get(name)
    if row is None or row["relname"] != table:
        raise IntegrityError(f"the trigger {name} is missing")
    if row["tgenabled"] not in ("O", "A"):
        raise IntegrityError(f"the trigger {name} is switched off")
    if row["tgtype"] != when or _digest(row["prosrc"]) != body:
        raise IntegrityError(f"the trigger {name} was changed")


def _digest(body: str) -> str:
    """SHA-256 of a function's text, whatever its spaces."""
    return hashlib.sha256(" ".join(body.split()).encode()).hexdigest()


_APPEND_ONLY = "e21301d896575e89c60c2a0ef013fcad349106c3d80cb48d667c37756f150278"
"""Of the function that all other guards call, as migration 0001 made it."""

_REDACTED = {
    "payload": "0ac8b6ea70089d3b0db4ecfdcbe91617804281165b8e2c3de0d184201e370f9d",
    "article": "c7cf42c69410a26759768a8af4670cfcf829ba418a891d588fc776258bbf4ba1",
    "claim": "796209075e5c589ccae4a3f8a3451a4740646c5a1a78bec8441477d04904448e",
    "citation": "64e30f308716b1fb63243f7a8ff86a284c824257760460a49db3ccac90a76f42",
    "attribution": "88c43bd8e092c4525d7b0c5a3688a88a5772909d71e978c13c7d9221b602768c",
}
"""Of the functions that let the words of five tables be emptied, as migration 0004 made them, 0008
that of citations, and 0010 that of attributions."""

_JUDGED = "5b0600738f594044549301dcf53b0a9be7c97887ffad55f02359e07fa564e238"
"""Of the function that lets only what a person decided be redacted."""

_EACH_NEW_ROW = 1 | 2 | 4
"""Bits as below: for each row, before, on insert."""

_EACH_ROW = 1 | 2 | 8 | 16
"""Bits of `pg_trigger.tgtype`: for each row, before, on delete, on update."""

_TRUNCATE = 2 | 32
"""Before, on truncate."""
