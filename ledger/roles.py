"""An owner's connection -> what another user of the PostgreSQL server may do with the ledger.

The owner of tables may always drop their triggers. So the program should work as somebody else,
who may add to the record and read it, and nothing more.
"""

import sqlalchemy as sa

from ledger.errors import UsageError

_RELATIONS = sa.text(
    """
    SELECT c.relname, c.relkind IN ('v', 'm') AS view, EXISTS (
        SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE t.tgrelid = c.oid AND p.proname = 'ledger_append_only'
    ) AS guarded
    FROM pg_class c
    WHERE c.relnamespace = CAST(CAST(current_schema() AS text) AS regnamespace)
    AND c.relkind IN ('r', 'p', 'v', 'm')
    ORDER BY c.relname
    """
)

_WORKERS = sa.text(
    """
    SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a, pg_roles r
    WHERE c.oid = to_regclass('journal') AND r.oid = a.grantee
    AND NOT pg_has_role(r.oid, c.relowner, 'MEMBER') AND a.privilege_type = 'INSERT'
    ORDER BY r.rolname
    """
)

_OWNER_WE_ARE_NOT = sa.text(
    """
    SELECT pg_get_userbyid(relowner) FROM pg_class
    WHERE oid = to_regclass('journal') AND NOT pg_has_role(relowner, 'USAGE')
    """
)


def no_users(place: str) -> UsageError:
    """The error to raise where a ledger that is a file shall have a user."""
    return UsageError(place, "a file has no users", remedy="Set its permissions: chmod, chown")


def grant(connection: sa.Connection, role: str) -> None:
    """Let `role` record and read, and neither change nor remove what is recorded.

    What the program derives from the record, such as summaries, it may write anew.

    Args:
        connection: Of the owner of the ledger, in a transaction.
        role: A user or a group of the server.

    Raises:
        UsageError: There is no such role, it may do whatever the owner may, or the connection is
            not the owner's: then the server would only warn, and grant nothing.
    """
    owner = connection.scalar(_OWNER_WE_ARE_NOT)
    if owner is not None:
        raise UsageError(
            role,
            f"only the owner of the ledger can grant this, the user {owner}",
            remedy="Connect as that user",
        )
    mighty = connection.scalar(
        sa.text(
            "SELECT pg_has_role(r.oid, j.relowner, 'MEMBER') FROM pg_roles r, pg_class j"
            " WHERE r.rolname = :role AND j.oid = to_regclass('journal')"
        ),
        {"role": role},
    )
    if mighty is None:
        raise UsageError(
            role, "the server has no user with this name", remedy=f"Make it: createuser {role}"
        )
    if mighty:
        raise UsageError(
            role,
            "this user owns the ledger, or may do whatever its owner may",
            remedy="Name a user that is neither a superuser nor a member of the owner",
        )
    quote = connection.dialect.identifier_preparer.quote_identifier
    to, schema = quote(role), quote(str(connection.scalar(sa.text("SELECT current_schema()"))))
    # A function that somebody adds there may be taken for one of the server's, by its owner too.
    said = [f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {to}"]
    said.append(f"GRANT USAGE ON SCHEMA {schema} TO {to}")
    for relation in connection.execute(_RELATIONS):
        name = f"{schema}.{quote(relation.relname)}"
        said.append(f"REVOKE ALL ON {name} FROM PUBLIC, {to}")
        said.append(f"GRANT {_rights(relation)} ON {name} TO {to}")
    said.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {to}")
    for sentence in said:
        connection.exec_driver_sql(sentence)


def grant_again(connection: sa.Connection) -> None:
    """The same for everybody who may record already: an upgrade may have made tables."""
    for role in connection.scalars(_WORKERS).all():
        grant(connection, role)


def _rights(relation: sa.Row[tuple[str, bool, bool]]) -> str:
    if relation.view or relation.relname == "alembic_version":
        return "SELECT"
    return "SELECT, INSERT" if relation.guarded else "SELECT, INSERT, UPDATE, DELETE"
