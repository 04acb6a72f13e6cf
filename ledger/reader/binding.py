"""Many values -> the list of an `IN`, and what it binds."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

CHUNK = 500
"""Values bound in one `IN (...)`: below 999, the most that SQLite before 3.32 takes."""


def listed(name: str, values: Sequence[object]) -> tuple[str, dict[str, object]]:
    """`(:name0, :name1)` and what it binds; no values give `(NULL)`, which nothing is in."""
    keys, sql = _numbered(name, len(values))
    return sql, dict(zip(keys, values, strict=True))


def by_name(
    sql: str, ids: Sequence[str], params: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    """A statement with the word `:ids`, and what it binds: a name for each of the ids."""
    names, values = listed("id", ids)
    return sql.replace(":ids", names), {**values, **params}


def by_place(
    sql: str, ids: Sequence[str], params: Mapping[str, object]
) -> tuple[str, Mapping[str, object] | Sequence[object]]:
    """The same by place, as SQLite looks for each name among all before it.

    By name where other values are named.
    """
    if params:
        return by_name(sql, ids, params)
    return sql.replace(":ids", f"({', '.join('?' * len(ids))})"), [*ids] * sql.count(":ids")


@lru_cache(maxsize=1024)
def _numbered(name: str, count: int) -> tuple[list[str], str]:
    keys = [f"{name}{number}" for number in range(count)]
    return keys, f"({', '.join(f':{key}' for key in keys) or 'NULL'})"
