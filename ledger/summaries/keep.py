"""Entries just appended -> the derived tables, updated in the same transaction.

Only what the append touches is looked at: the articles whose claims, citations or attributions are
new, those that a new version revises or a person set aside, and those that cite a source that
stands otherwise now.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ledger import bulk
from ledger.bulk import chunks
from ledger.derived import PatternRow
from ledger.summaries import standing
from ledger.summaries.carried import Carried, carried
from ledger.summaries.fresh import fresh
from ledger.summaries.patterns import pattern_ids, reweigh
from ledger.summaries.standing import Row
from ledger.summaries.words import forget_words, keep_words, words_of

_TABLES = PatternRow.metadata.tables
_PATTERN = _TABLES["pattern"]
_CLAIMS = _TABLES["claim_pattern"]
_LEANING = _TABLES["claim_outlet"]
_OF_PATTERN = _TABLES["pattern_outlet"]
_KNOWN = _TABLES["known_outlet"]
_TALLY = _TABLES["outlet_tally"]
_TOTAL = _TABLES["support_total"]
_CLAIM = sa.table("claim", sa.column("id"), sa.column("article_id"))
_ARTICLE = sa.table("article", sa.column("id"), sa.column("source_id"))
_SOURCE = sa.table("source", sa.column("id"), sa.column("url"))
_ATTRIBUTION = sa.table("attribution", sa.column("claim_id"), sa.column("outlet"))
_CITATION = sa.table("citation", sa.column("claim_id"), sa.column("source_id"))


_COUNTS = {"claims": 0, "falls": 0, "weakens": 0, "unknown": 0, "unsure": 0}


class _Placed(NamedTuple):
    """A row of claim_pattern, without its resilience."""

    place: int
    claim_id: str
    article_id: str
    pattern_id: int | None
    says: int


def refresh(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> None:
    """Update the derived tables after an append.

    Args:
        connection: In the transaction of the append, which holds the write lock.
        entries: Kind to rows that were not recorded before, in the order of the journal.
    """
    touched = note(connection, entries)
    _take_in(connection, entries)
    follow(connection, touched - {row["id"] for row in entries.get("article", ())})


def note(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> set[str]:
    """Update what is derived of sources and outlets, for whoever appends in many parts.

    Args: As for `refresh`.

    Returns:
        Ids of the articles whose claims `follow` has to bring to what they are, when all parts are
        there: the claims of an article, and what they cite, may come in different ones.
    """
    retold = standing.record(connection, entries)
    touched = _touched(connection, entries)
    if any(row["verb"] == "merge" for row in entries.get("judgement", ())):
        touched |= _merged(connection)
    if retold.owners:
        reweigh(connection, retold.owners)
    if retold.names:
        _rename(connection, retold.names)
    if retold.platforms:
        touched |= _restood(connection, standing.carriers(connection, retold.platforms))
    return touched


def follow(connection: sa.Connection, articles: Iterable[str]) -> None:
    """Bring the claims of these articles to what they are now.

    Args:
        connection: One that holds the write lock.
        articles: Ids.
    """
    for some in chunks(sorted(articles)):
        _follow(connection, some)


def restand(connection: sa.Connection, sources: Iterable[str]) -> None:
    """Follow a change in what is known of whose words the sources with these ids carry.

    Args:
        connection: One that holds the write lock.
        sources: Those that may stand otherwise now.
    """
    follow(connection, _restood(connection, sources))


def _restood(connection: sa.Connection, sources: Iterable[str]) -> set[str]:
    """Articles that cite those of these sources that stand otherwise now."""
    articles: set[str] = set()
    for some in chunks(sorted(standing.restand(connection, sources))):
        query = sa.select(_CLAIM.c.article_id).join(_CITATION, _CITATION.c.claim_id == _CLAIM.c.id)
        articles.update(connection.scalars(query.where(_CITATION.c.source_id.in_(some)).distinct()))
    return articles


def _merged(connection: sa.Connection) -> set[str]:
    """Follow the merges that stand. Returns the articles that lean on what they change."""
    changed = standing.merge(connection)
    outlets = {*changed, *changed.values()}
    articles = _restood(connection, standing.carriers(connection, outlets))
    for some in chunks(sorted(changed)):
        query = sa.select(_CLAIM.c.article_id).join(
            _ATTRIBUTION, _ATTRIBUTION.c.claim_id == _CLAIM.c.id
        )
        articles.update(connection.scalars(query.where(_ATTRIBUTION.c.outlet.in_(some)).distinct()))
    return articles


def _take_in(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> None:
    """Add the claims of new articles."""
    found = fresh(connection, entries)
    ids = pattern_ids(connection, {claim.groups for claim in found.claims})
    rows = [_placed(claim, ids) for claim in found.claims]
    _add(connection, rows)
    keep_words(connection, [(row.place, found.exact[row.claim_id]) for row in rows])
    moved = Counter(row.pattern_id for row in rows)
    _count(connection, {id: by for id, by in moved.items() if id is not None})


def _touched(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> set[str]:
    """Articles whose claims are other ones now, or are carried otherwise, and what is new."""
    articles = {row["revises"] for row in entries.get("article", ()) if row["revises"]}
    of_claim = {row["id"]: row["article_id"] for row in entries.get("claim", ())}
    leaning = (*entries.get("citation", ()), *entries.get("attribution", ()))
    elsewhere = {row["claim_id"] for row in leaning} - of_claim.keys()
    for some in chunks(sorted(elsewhere)):
        query = sa.select(_CLAIM.c.article_id).where(_CLAIM.c.id.in_(some))
        articles.update(connection.scalars(query.distinct()))
    return articles | _set_aside(connection, entries) | set(of_claim.values())


def _set_aside(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> set[str]:
    """Articles of the pages that a person set aside just now, or took back."""
    pages = {row["subject"] for row in entries.get("judgement", ()) if row["verb"] == "set-aside"}
    articles: set[str] = set()
    for some in chunks(sorted(pages)):
        query = sa.select(_ARTICLE.c.id).join(_SOURCE, _SOURCE.c.id == _ARTICLE.c.source_id)
        articles.update(connection.scalars(query.where(_SOURCE.c.url.in_(some))))
    return articles


def _follow(connection: sa.Connection, articles: Sequence[str]) -> None:
    """Bring the claims of these articles, at most `bulk.CHUNK`, to what they are now."""
    query = sa.select(*(_CLAIMS.c[name] for name in _Placed._fields)).where(
        _CLAIMS.c.article_id.in_(articles)
    )
    before = {_Placed(*row) for row in connection.execute(query)}
    claims = carried(bulk.asking(connection), articles)
    ids = pattern_ids(connection, {claim.groups for claim in claims})
    after = {_placed(claim, ids) for claim in claims}
    gone, new = before - after, after - before
    if before:
        forget_words(connection, words_of(connection, _texts(before) - _texts(after)))
        _remove(connection, gone)
    if new:
        _add(connection, new)
        keep_words(connection, words_of(connection, _texts(after) - _texts(before)))
    moved = Counter(row.pattern_id for row in new)
    moved.subtract(row.pattern_id for row in gone)
    _count(connection, {id: by for id, by in moved.items() if by and id is not None})


def _placed(claim: Carried, ids: Mapping[Any, int]) -> _Placed:
    pattern = ids.get(claim.groups)
    return _Placed(claim.place, claim.claim_id, claim.article_id, pattern, claim.says)


def _texts(rows: Collection[_Placed]) -> set[tuple[int, str]]:
    return {(row.place, row.claim_id) for row in rows}


def _patterns(rows: Iterable[_Placed]) -> set[int]:
    return {row.pattern_id for row in rows if row.pattern_id is not None}


def _remove(connection: sa.Connection, rows: Collection[_Placed]) -> None:
    leaning = _outlets_of(connection, _patterns(rows))
    where = sa.and_(
        _LEANING.c.outlet == sa.bindparam("of_outlet"), _LEANING.c.place == sa.bindparam("at_place")
    )
    places = [
        {"of_outlet": outlet, "at_place": row.place}
        for row in rows
        for outlet, _ in leaning.get(row.pattern_id or 0, ())
    ]
    if places:
        connection.execute(_LEANING.delete().where(where), places)
    if rows:
        connection.execute(
            _CLAIMS.delete().where(_CLAIMS.c.place == sa.bindparam("at_place")),
            [{"at_place": row.place} for row in rows],
        )


def _add(connection: sa.Connection, rows: Collection[_Placed]) -> None:
    patterns = _patterns(rows)
    leaning = _outlets_of(connection, patterns)
    resilience: dict[int, int | None] = {}
    for some in chunks(sorted(patterns)):
        query = sa.select(_PATTERN.c.id, _PATTERN.c.resilience).where(_PATTERN.c.id.in_(some))
        resilience.update((id, number) for id, number in connection.execute(query))
    ordered = sorted(rows)
    claims = [
        (place, claim, article, pattern, resilience.get(pattern or 0), says)
        for place, claim, article, pattern, says in ordered
    ]
    bulk.insert(connection, _CLAIMS, claims)  # its columns, in order
    places = [
        (outlet, row.place, effect)
        for row in ordered
        for outlet, effect in leaning.get(row.pattern_id or 0, ())
    ]
    bulk.insert(connection, _LEANING, places)  # its columns, in order


def _outlets_of(
    connection: sa.Connection, patterns: Iterable[int]
) -> dict[int, list[tuple[str, int]]]:
    """Pattern to the outlets it has, each with the effect of its loss."""
    found: dict[int, list[tuple[str, int]]] = {}
    for some in chunks(sorted(patterns)):
        query = sa.select(_OF_PATTERN.c.pattern_id, _OF_PATTERN.c.outlet, _OF_PATTERN.c.effect)
        query = query.where(_OF_PATTERN.c.pattern_id.in_(some))
        for id, outlet, effect in connection.execute(query):
            found.setdefault(id, []).append((outlet, effect))
    return found


def _count(connection: sa.Connection, moved: Mapping[int, int]) -> None:
    """Add to every count what so many claims more, or fewer, of these patterns make."""
    totals: Counter[tuple[str, int]] = Counter()
    tallies: dict[str, Counter[str]] = {}
    unsure: dict[int, int] = {}
    for some in chunks(sorted(moved)):
        query = sa.select(_PATTERN.c.id, _PATTERN.c.resilience, _PATTERN.c.unsure)
        for id, resilience, doubt in connection.execute(query.where(_PATTERN.c.id.in_(some))):
            totals["resilience", resilience or 0] += moved[id]
            totals["unsure", 1] += moved[id] * doubt
            unsure[id] = doubt
    for id, outlets in _outlets_of(connection, moved).items():
        for outlet, effect in outlets:
            tally = tallies.setdefault(outlet, Counter())
            tally["claims"] += moved[id]
            tally[("falls", "weakens", "unknown")[effect]] += moved[id]
            tally["unsure"] += moved[id] * unsure[id]
    if not moved:
        return
    connection.execute(
        _PATTERN.update()
        .where(_PATTERN.c.id == sa.bindparam("is"))
        .values(claims=_PATTERN.c.claims + sa.bindparam("more")),
        [{"is": id, "more": by} for id, by in moved.items()],
    )
    _add_up(
        connection,
        _TALLY,
        ("outlet",),
        [{"outlet": o, **_COUNTS, **t} for o, t in tallies.items()],
        {"name": "(SELECT k.name FROM known_outlet k WHERE k.key = CAST(:outlet AS VARCHAR))"},
    )
    rows = [{"what": what, "number": n, "claims": by} for (what, n), by in totals.items() if by]
    _add_up(connection, _TOTAL, ("what", "number"), rows)
    if min(moved.values()) < 0:
        _drop_empty(connection, moved)


def _add_up(
    connection: sa.Connection,
    table: sa.Table,
    keys: Sequence[str],
    rows: list[dict[str, Any]],
    looked_up: Mapping[str, str] | None = None,
) -> None:
    """Add to the counts of rows that are there, and make those that are not.

    Args:
        connection: That of the append.
        table, keys: The table, and its primary key.
        rows: Key and counts of each.
        looked_up: Further columns of those that are made, to the SQL that finds their values.
    """
    if not rows:
        return
    values = {name: f":{name}" for name in rows[0]} | dict(looked_up or {})
    counts = [name for name in rows[0] if name not in keys]
    said = ", ".join(f"{name} = {table.name}.{name} + excluded.{name}" for name in counts)
    connection.execute(
        sa.text(
            f"INSERT INTO {table.name} ({', '.join(values)})"
            f" VALUES ({', '.join(values.values())})"
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {said}"
        ),
        rows,
    )


def _rename(connection: sa.Connection, outlets: Collection[str]) -> None:
    """Bring the names beside the tallies of these outlets to what they are now."""
    name = sa.select(_KNOWN.c.name).where(_KNOWN.c.key == _TALLY.c.outlet).scalar_subquery()
    for some in chunks(sorted(outlets)):
        connection.execute(_TALLY.update().where(_TALLY.c.outlet.in_(some)).values(name=name))


def _drop_empty(connection: sa.Connection, patterns: Iterable[int]) -> None:
    """Remove patterns that no claim has any more, and counts that came to nothing."""
    for some in chunks(sorted(patterns)):
        query = sa.select(_PATTERN.c.id).where(_PATTERN.c.id.in_(some), _PATTERN.c.claims == 0)
        empty = connection.scalars(query).all()
        for name in ("pattern_group", "pattern_member", "pattern_outlet"):
            table = _TABLES[name]
            connection.execute(table.delete().where(table.c.pattern_id.in_(empty)))
        connection.execute(_PATTERN.delete().where(_PATTERN.c.id.in_(empty)))
    for table in (_TALLY, _TOTAL):
        connection.execute(table.delete().where(table.c.claims == 0))
