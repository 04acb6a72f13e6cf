"""Groups -> the pattern that stands for them, recorded when it is new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ledger import bulk
from ledger.bulk import chunks
from ledger.derived import PatternRow
from ledger.provenance import Groups, beside, digest_of_groups, effects, in_bits, is_unsure, weakest

_TABLES = PatternRow.metadata.tables
_PATTERN = _TABLES["pattern"]
_KNOWN = _TABLES["known_outlet"]

Digests = dict[Groups, str]


def pattern_rows(
    id: int, digest: str, groups: Groups, owner: Mapping[str, str | None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and row for everything that is recorded of one pattern that no claim has yet."""
    found = weakest(groups)
    alone = effects(groups)
    bits = in_bits(groups, alone)
    yield (
        "pattern",
        {
            "id": id,
            "digest": digest,
            "resilience": found.resilience,
            "owner_resilience": weakest(groups, owner).resilience,
            "unsure": int(is_unsure(groups)),
            "claims": 0,
            "ends": bits.ends,
            "doubts": bits.doubts,
        },
    )
    for grp, group in enumerate(groups):
        yield from _group_rows(id, grp, group)
    others = beside(alone)
    for outlet, effect in alone.items():
        yield (
            "pattern_outlet",
            {
                "pattern_id": id,
                "outlet": outlet,
                "effect": effect,
                "beside": others[outlet],
                "takes": bits.takes[outlet],
            },
        )


def _group_rows(
    id: int, grp: int, group: Sequence[tuple[str | None, str | None]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    outlets = {outlet for outlet, _ in group} - {None}
    unsure = sum(1 for outlet, _ in group if outlet is None)
    sole = next(iter(outlets)) if len(outlets) == 1 and not unsure else None
    yield (
        "pattern_group",
        {
            "pattern_id": id,
            "grp": grp,
            "members": len(group),
            "unsure": unsure,
            "outlets": len(outlets),
            "sole": sole,
        },
    )
    for ordinal, (outlet, origin) in enumerate(group):
        place = {"pattern_id": id, "grp": grp, "ordinal": ordinal}
        yield "pattern_member", {**place, "outlet": outlet, "origin": origin}


def pattern_ids(
    connection: sa.Connection, wanted: Iterable[Groups], known: dict[Groups, int] | None = None
) -> dict[Groups, int]:
    """Groups to the id of their pattern; those that are not recorded yet are recorded.

    Args:
        connection: One that holds the write lock.
        wanted: Canonical groups; empty ones have no pattern and are left out.
        known: What was answered before, where nobody else wrote since; it is added to.
    """
    ids = {} if known is None else known
    digests = {
        groups: digest_of_groups(groups) for groups in wanted if groups and groups not in ids
    }
    found: dict[str, int] = {}
    for some in chunks(sorted(digests.values())):
        query = sa.select(_PATTERN.c.digest, _PATTERN.c.id).where(_PATTERN.c.digest.in_(some))
        found.update((key, value) for key, value in connection.execute(query))
    fresh = {groups: digest for groups, digest in digests.items() if digest not in found}
    if fresh:
        found.update(_record(connection, fresh))
    ids.update((groups, found[digest]) for groups, digest in digests.items())
    return ids


def reweigh(connection: sa.Connection, outlets: Iterable[str]) -> None:
    """Count anew by owner the patterns that have one of these outlets, whose owner is another."""
    ids: set[int] = set()
    members = _TABLES["pattern_outlet"].c
    for some in chunks(sorted(outlets)):
        query = sa.select(members.pattern_id).where(members.outlet.in_(some))
        ids.update(connection.scalars(query))
    update = _PATTERN.update().where(_PATTERN.c.id == sa.bindparam("is"))
    update = update.values(owner_resilience=sa.bindparam("owner_resilience"))
    for page in chunks(sorted(ids)):
        groups = groups_of_patterns(connection, page)
        owner = owners(connection, groups.values())
        rows = [
            {"is": id, "owner_resilience": weakest(each, owner).resilience}
            for id, each in groups.items()
        ]
        connection.execute(update, rows)


def owners(connection: sa.Connection, patterns: Iterable[Groups]) -> dict[str, str | None]:
    """Every outlet in these groups to its owner; None where that is not known."""
    keys = {key for groups in patterns for group in groups for member in group for key in member}
    found: dict[str, str | None] = {}
    for some in chunks(sorted(key for key in keys if key is not None)):
        query = sa.select(_KNOWN.c.key, _KNOWN.c.owner).where(_KNOWN.c.key.in_(some))
        found.update((key, value) for key, value in connection.execute(query))
    return found


def groups_of_patterns(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Groups]:
    """Pattern to its groups, as they are recorded."""
    member = _TABLES["pattern_member"].c
    query = sa.select(member.pattern_id, member.grp, member.outlet, member.origin)
    query = query.where(member.pattern_id.in_(list(ids)))
    found: dict[int, dict[int, list[tuple[str | None, str | None]]]] = {}
    order = (member.pattern_id, member.grp, member.ordinal)
    for id, grp, outlet, origin in connection.execute(query.order_by(*order)):
        found.setdefault(id, {}).setdefault(grp, []).append((outlet, origin))
    return {id: tuple(map(tuple, groups.values())) for id, groups in found.items()}


def _record(connection: sa.Connection, fresh: Digests) -> dict[str, int]:
    last = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(_PATTERN.c.id), 0))) or 0
    owner = owners(connection, fresh)
    rows: dict[str, list[Mapping[str, Any]]] = {}
    ids: dict[str, int] = {}
    for id, (groups, digest) in enumerate(fresh.items(), last + 1):
        ids[digest] = id
        for table, row in pattern_rows(id, digest, groups, owner):
            rows.setdefault(table, []).append(row)
    for table, of_table in rows.items():
        bulk.insert(connection, _TABLES[table], bulk.rows(_TABLES[table], of_table))
    return ids
