"""Sources and outlets -> which losses take each source away.

A source is lost when its outlet is, or its origin: the voice whose words it carries. Both are
derived, from what the address says, from what is recorded of outlets and from what people decided,
and kept in two tables of `ledger.derived`, `known_outlet` and `standing`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ledger import bulk
from ledger.bulk import chunks
from ledger.clusters import STORY
from ledger.derived import KnownOutletRow, StandingRow
from ledger.origins import origin_of
from ledger.outlets import outlet_of

Row = Mapping[str, Any] | sa.RowMapping
_T = TypeVar("_T")

PAGE = 20_000
"""Rows worked on at once when everything is made anew: some ten megabytes."""

PLATFORM = "platform"
"""The kind that stands for accounts that are not known, in `outlets.KINDS`."""

FACTS = ("name", "domain", "kind", "country", "owner")
"""What is known of an outlet, as in `model.Outlet`."""

_TABLES = KnownOutletRow.metadata.tables
_KNOWN = _TABLES[str(KnownOutletRow.__tablename__)]
_STANDING = _TABLES[str(StandingRow.__tablename__)]
_VOICE = sa.table("voice", sa.column("source_id"), sa.column("origin"))
_COMPARED = sa.table("compared", sa.column("source_id"), sa.column("home"))
_CURRENT = sa.table("current_outlet", *map(sa.column, ("key", *FACTS)))
_SOURCE = sa.table("source", sa.column("id"), sa.column("url"), sa.column("outlet"))


class Voiced(NamedTuple):
    """What comparing pages found of one: whose voice it is, and the address it has elsewhere."""

    origin: str
    home: str | None


class Outlets(NamedTuple):
    """What must be known of outlets to say how sources stand.

    Attributes:
        standing: Outlet to the one it counts as, where that is another; of others that may be told.
        platforms: Those that stand for accounts that are not known, by their kind.
    """

    standing: dict[str, str]
    platforms: set[str]


class Stands(NamedTuple):
    """How one source stands; see `derived.StandingRow`."""

    source_id: str
    outlet: str | None
    origin: str | None


def how_they_stand(
    sources: Iterable[Row], known: Outlets, voices: Mapping[str, Voiced]
) -> Iterator[Stands]:
    """How sources stand, in their order.

    Here everything comes together that tells whose words a page carries. On a platform it is not
    known where the account is not.

    Args:
        sources: With `id`, `url` and `outlet` as in `model.Source`.
        known: Of every outlet that these and the voices name.
        voices: Source id to what comparing pages found: see `ledger.voices`. Where it says anything
            of a page of unknown outlet, it is of that which its address led on to.
    """
    for row in sources:
        voiced = voices.get(row["id"])
        outlet: Any = row["outlet"] or _led_to(voiced)
        agency = origin_of(row["url"])
        origin = voiced.origin if voiced else outlet if agency is None else agency.key
        stands = known.standing.get(outlet, outlet)
        voice = None if origin is None else known.standing.get(origin, origin)
        nameless = voice == stands and voice in known.platforms
        yield Stands(row["id"], stands, None if nameless else voice)


def _led_to(voiced: Voiced | None) -> str | None:
    publisher = outlet_of(voiced.home) if voiced and voiced.home else None
    return publisher.key if publisher else None


class Retold(NamedTuple):
    """Outlets of which another owner or name is known than before, or if they are platforms."""

    owners: set[str]
    names: set[str]
    platforms: set[str]


def record(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> Retold:
    """Update both tables after an append, in the same transaction.

    Args:
        connection: That of the append.
        entries: Kind to rows that were not recorded before, in the order of the journal.
    """
    outlets = {row["key"]: row for row in entries.get("outlet", ())}
    sources = entries.get("source", ())
    keys = _named_by(sources, entries.get("attribution", ())) | set(outlets)
    known = _known(connection, keys)
    told = {row["key"] for row in entries.get("outlet", ()) if row["because"] is not None}
    outlets |= _current(connection, told | (outlets.keys() & known.keys()))
    rows = [_known_row(key, outlets.get(key)) for key in sorted(keys - known.keys())]
    bulk.insert(connection, _KNOWN, bulk.rows(_KNOWN, rows))
    again = [{"is": key, **_facts(row)} for key, row in outlets.items() if key in known]
    if again:
        update = _KNOWN.update().where(_KNOWN.c.key == sa.bindparam("is"))
        connection.execute(update.values({name: sa.bindparam(name) for name in FACTS}), again)
    # A source that is new was compared with nothing yet.
    fresh = list(how_they_stand(sources, _outlets(connection, keys), {}))
    bulk.insert(connection, _STANDING, fresh)  # its columns are their fields
    return Retold(
        owners={row["is"] for row in again if known[row["is"]].owner != row["owner"]},
        names={row["is"] for row in again if known[row["is"]].name != row["name"]},
        platforms={
            row["is"]
            for row in again
            if (known[row["is"]].kind == PLATFORM) != (row["kind"] == PLATFORM)
        },
    )


def merge(connection: sa.Connection) -> dict[str, str]:
    """Follow the merges that stand.

    Returns:
        Outlets that count as another than before, each with the one it counted as.
    """
    wanted = _merged(connection)
    _add_keys(connection, {*wanted, *wanted.values()})
    query = sa.select(_KNOWN.c.key, _KNOWN.c.standing).where(_KNOWN.c.standing != _KNOWN.c.key)
    before = {row.key: row.standing for row in connection.execute(query)}
    changed = {
        key: before.get(key, key)
        for key in sorted(wanted.keys() | before.keys())
        if wanted.get(key, key) != before.get(key, key)
    }
    if changed:
        connection.execute(
            _KNOWN.update()
            .where(_KNOWN.c.key == sa.bindparam("is"))
            .values(standing=sa.bindparam("standing")),
            [{"is": key, "standing": wanted.get(key, key)} for key in changed],
        )
    return changed


def carriers(connection: sa.Connection, outlets: Iterable[str]) -> set[str]:
    """Ids of the sources that stand as pages of these outlets, or as those that have their words.

    Asked of how they stand: to which outlet an address led on is not said of its source.
    """
    found: set[str] = set()
    for some in chunks(sorted(outlets)):
        for column in (_STANDING.c.outlet, _STANDING.c.origin):
            found.update(
                connection.scalars(sa.select(_STANDING.c.source_id).where(column.in_(some)))
            )
    return found


def restand(connection: sa.Connection, sources: Iterable[str]) -> set[str]:
    """Recompute how the sources with these ids stand, and return those that changed."""
    changed: set[str] = set()
    for ids in chunks(sorted(set(sources))):
        rows = connection.execute(sa.select(_SOURCE).where(_SOURCE.c.id.in_(ids))).mappings().all()
        voices = _voices(connection, ids)
        keys = _named_by(rows, ()) | _outlets_of(voices)
        _add_keys(connection, keys)
        query = sa.select(_STANDING).where(_STANDING.c.source_id.in_(ids))
        before = {Stands(*row) for row in connection.execute(query)}
        wanted = set(how_they_stand(rows, _outlets(connection, keys), voices))
        other = sorted(wanted - before, key=lambda stands: stands.source_id)
        if other:
            update = _STANDING.update().where(_STANDING.c.source_id == sa.bindparam("is"))
            connection.execute(
                update.values(outlet=sa.bindparam("outlet"), origin=sa.bindparam("origin")),
                [
                    {"is": row.source_id, "outlet": row.outlet, "origin": row.origin}
                    for row in other
                ],
            )
        changed |= {stands.source_id for stands in other}
    return changed


def make_anew(connection: sa.Connection) -> None:
    """Fill both tables from the entries."""
    connection.execute(_KNOWN.delete())
    connection.execute(_STANDING.delete())
    for rows in _in_pages(connection, sa.text("SELECT * FROM current_outlet ORDER BY key")):
        connection.execute(_KNOWN.insert(), [_known_row(row["key"], row) for row in rows])
    named = sa.text("SELECT DISTINCT outlet FROM attribution WHERE outlet IS NOT NULL")
    _add_keys(connection, set(connection.scalars(named)))
    merge(connection)
    for rows in _in_pages(connection, sa.select(_SOURCE).order_by(_SOURCE.c.id)):
        voices = _voices(connection, [row["id"] for row in rows])
        keys = _named_by(rows, ()) | _outlets_of(voices)
        _add_keys(connection, keys)
        found = how_they_stand(rows, _outlets(connection, keys), voices)
        fresh = [stands._asdict() for stands in found]
        connection.execute(_STANDING.insert(), fresh)


def _in_pages(connection: sa.Connection, query: sa.Executable) -> Iterator[Sequence[sa.RowMapping]]:
    # All at once: some drivers do not write while a query of theirs is being read.
    rows = connection.execute(query).mappings().all()
    for first in range(0, len(rows), PAGE):
        yield rows[first : first + PAGE]


def _add_keys(connection: sa.Connection, keys: set[str]) -> None:
    fresh = [_known_row(key, None) for key in sorted(keys - _known(connection, keys).keys())]
    if fresh:
        connection.execute(_KNOWN.insert(), fresh)


def _current(connection: sa.Connection, keys: Iterable[str]) -> dict[str, Row]:
    """What is known of these outlets now: by what people said, and else by the registry."""
    found: dict[str, Row] = {}
    for some in chunks(sorted(keys)):
        query = sa.select(_CURRENT).where(_CURRENT.c.key.in_(some))
        found |= {row["key"]: row for row in connection.execute(query).mappings()}
    return found


def _merged(connection: sa.Connection) -> dict[str, str]:
    """Outlets that are another one, and which they are in the end."""
    rows = connection.execute(sa.text('SELECT "key", "into" FROM merged_outlet'))
    return {row.key: row.into for row in rows}


def _known(connection: sa.Connection, keys: Iterable[str]) -> dict[str, sa.Row[Any]]:
    found: dict[str, sa.Row[Any]] = {}
    for some in chunks(sorted(keys)):
        for row in connection.execute(sa.select(_KNOWN).where(_KNOWN.c.key.in_(some))):
            found[row.key] = row
    return found


def _outlets(connection: sa.Connection, keys: set[str]) -> Outlets:
    """What is known of these outlets, all of which are recorded."""
    counts_as = _KNOWN.alias()
    query = sa.select(_KNOWN.c.key, counts_as.c.key.label("standing"), counts_as.c.kind)
    query = query.join_from(_KNOWN, counts_as, counts_as.c.key == _KNOWN.c.standing)
    found = Outlets({}, set())
    for some in chunks(sorted(keys)):
        for key, standing, kind in connection.execute(query.where(_KNOWN.c.key.in_(some))):
            found.standing[key] = standing
            if kind == PLATFORM:
                found.platforms.add(standing)
    return found


def _voices(connection: sa.Connection, sources: Sequence[str]) -> dict[str, Voiced]:
    """Source id to what comparing pages found, of those for which it found anything."""
    found: dict[str, Voiced] = {}
    page = _VOICE.c.source_id
    noted = _VOICE.outerjoin(_COMPARED, _COMPARED.c.source_id == page)
    query = sa.select(page, _VOICE.c.origin, _COMPARED.c.home).select_from(noted)
    for some in chunks(sources):
        for source, origin, home in connection.execute(query.where(page.in_(some))):
            found[source] = Voiced(origin, home)
    return found


def _outlets_of(voices: Mapping[str, Voiced]) -> set[str]:
    origins = {each.origin for each in voices.values() if not each.origin.startswith(STORY)}
    return origins | set(filter(None, map(_led_to, voices.values())))


def _named_by(sources: Iterable[Row], attributions: Iterable[Row]) -> set[str]:
    """Every outlet that these name, as what publishes a page, whose words it has, or in prose."""
    keys = {row["outlet"] for row in (*sources, *attributions) if row["outlet"] is not None}
    agencies = (origin_of(row["url"]) for row in sources)
    return keys | {agency.key for agency in agencies if agency is not None}


def _known_row(key: str, outlet: Row | None) -> dict[str, str | None]:
    return {"key": key, "standing": key, **_facts(outlet or dict.fromkeys(FACTS))}


def _facts(outlet: Row) -> dict[str, str | None]:
    return {name: outlet[name] for name in FACTS}
