"""Address of a PostgreSQL server -> its parts, and how people and other programs are given it.

The driver is an extra and is imported only when an address of a server is used. A password in an
address is never shown.
"""

import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ledger.errors import StoreError

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
"""What an address of a server begins with; the last is SQLAlchemy's way of writing it."""

_NO_PORT = re.compile("[^0-9,]")


def is_server(db: str) -> bool:
    """Whether `db` is the address of a PostgreSQL server."""
    scheme, separator, _ = db.partition("://")
    return bool(separator) and scheme in SCHEMES


def shown(url: str, **instead: str) -> str:
    """The address as people may see it: user, host, port and database, and no more.

    Args:
        url: The address.
        instead: What to show of some of these parts, as libpq calls them, in their place.

    Raises:
        StoreError: It is no address, or the driver is not installed.
    """
    parts = {**parts_of(url), **instead}
    user = f"{quote(str(parts['user']), safe='')}@" if "user" in parts else ""
    host = str(parts.get("host", ""))
    port = f":{parts['port']}" if "port" in parts else ""
    name = f"/{quote(str(parts.get('dbname', '')), safe='')}"
    if host.startswith("/"):  # the folder of a local socket
        return f"postgresql://{user}{port}{name}?host={host}"
    return f"postgresql://{user}{host}{port}{name}"


def granting(url: str, user: str | None = None) -> str:
    """The command with which the owner creates the ledger and lets somebody record and read.

    Args:
        url: Of the ledger, as anybody writes it.
        user: Who that is; None for the user of `url`.
    """
    role = user or str(parts_of(url).get("user", "USER"))
    owners = shown(url, user="OWNER")
    return f"ledger --db {shlex.quote(owners)} db upgrade --grant {shlex.quote(role)}"


def putting_back(url: str, copy: Path) -> str:
    """Tell people how to restore a ledger from the backup `copy`.

    Its users may not exist on another server, so it goes without their rights, which follow.
    """
    new = shlex.quote(shown(url, user="OWNER", dbname="NEW"))
    return (
        "To put it back, as the owner, into an empty database: pg_restore --no-owner --no-acl "
        f"--single-transaction --dbname={new} {shlex.quote(str(copy))}; then for whoever "
        f"records: ledger --db {new} db upgrade --grant USER"
    )


def without_password(url: str) -> tuple[str, str | None]:
    """The address as libpq's programs take it, and apart from it the password, if it has one.

    Raises:
        StoreError: As `shown`.
    """
    parts = parts_of(url)
    password = parts.pop("password", None)
    from psycopg.conninfo import make_conninfo

    return make_conninfo(**parts), password


def parts_of(url: str) -> dict[str, Any]:
    """The parts of an address, as libpq calls them, the password among them.

    Raises:
        StoreError: It is no address, or the driver is not installed.
    """
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise StoreError(
            "postgresql://",
            "the driver for PostgreSQL is not installed",
            remedy="Install it: pip install 'claim-ledger[postgresql]'",
        ) from error
    _, _, rest = url.partition("://")
    try:
        parts = dict(conninfo_to_dict(f"postgresql://{rest}"))
    except ProgrammingError:
        # Not what libpq says of it, nor from it: that may hold the password.
        raise StoreError(
            "postgresql://",
            "this is not the address of a database",
            remedy="Write it as postgresql://USER@HOST/NAME",
        ) from None
    if _is_torn(rest, parts):
        raise StoreError(
            "postgresql://",
            (
                "this is not the address of a database: a password or name in it contains a "
                "special character"
            ),
            remedy=(
                "Write such characters as %40 (@), %2F (/), %3A (:), %3F (?), or set PGPASSWORD"
            ),
        )
    return parts


def _is_torn(rest: str, parts: Mapping[str, Any]) -> bool:
    """Whether a sign in a password was taken for its end, so that another part has the rest of it.

    Args:
        rest: The address behind `://`.
        parts: What libpq makes of it.
    """
    servers, _, name = rest.partition("?")[0].partition("/")
    host = str(parts.get("host", ""))
    return (
        servers.count("@") > 1
        or "@" in name
        or ("@" in host and not host.startswith("/"))  # the folder of a socket may have one
        or _NO_PORT.search(str(parts.get("port", ""))) is not None
    )
