"""Rows of articles that were just recorded -> their claims, as `carried` would find them.

Nothing of such an article is in the ledger but what was appended with it, so its claims are worked
out from the rows at hand: asking for them again was a quarter of the time of recording.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ledger.bulk import chunks
from ledger.derived import KnownOutletRow
from ledger.forms import IDLE
from ledger.provenance import Groups, canonical_groups
from ledger.summaries.carried import ROOM, Carried
from ledger.summaries.standing import Row

_TABLES = KnownOutletRow.metadata.tables
_JOURNAL = sa.table("journal", sa.column("entry_id"), sa.column("seq")).c
_ASIDE = sa.table("aside_source", sa.column("source_id")).c.source_id
_KNOWN = _TABLES["known_outlet"].c
_STANDING = _TABLES["standing"].c

_Member = tuple[str | None, str | None]
_UNKNOWN: _Member = (None, None)


class Fresh(NamedTuple):
    """Claims of articles that are current, in reading order, and the words of each."""

    claims: list[Carried]
    exact: dict[str, str]


def fresh(connection: sa.Connection, entries: Mapping[str, Sequence[Row]]) -> Fresh:
    """The claims of the articles among these entries.

    Args:
        connection: In the transaction of the append, after `standing.record`.
        entries: Kind to rows that were not recorded before: of a new article all there is.
    """
    rows = entries.get("article", ())
    revised = {row["revises"] for row in rows}
    aside = _aside(connection, {row["source_id"] for row in rows})
    current = [row for row in rows if row["id"] not in revised and row["source_id"] not in aside]
    place = _places(connection, [row["id"] for row in current])
    claims = [row for row in entries.get("claim", ()) if row["article_id"] in place]
    claims.sort(key=lambda row: (place[row["article_id"]], row["start"], row["id"]))
    groups = _groups(connection, entries, {row["id"] for row in claims})
    found: list[Carried] = []
    article, ordinal = None, 0
    for row in claims:
        ordinal = ordinal + 1 if row["article_id"] == article else 0
        article = row["article_id"]
        of_claim = groups.get(row["id"], ())
        says = int(row["kind"] != "not-a-claim" or bool(of_claim))
        found.append(Carried(place[article] + ordinal, row["id"], article, of_claim, says))
    return Fresh(found, {row["id"]: row["exact"] for row in claims})


def _aside(connection: sa.Connection, sources: Collection[str]) -> set[str]:
    """Those of these sources whose article was set aside."""
    found: set[str] = set()
    for some in chunks(sorted(sources)):
        found.update(connection.scalars(sa.select(_ASIDE).where(_ASIDE.in_(some))))
    return found


def _places(connection: sa.Connection, articles: Sequence[str]) -> dict[str, int]:
    """Article to the place of its first claim."""
    found: dict[str, int] = {}
    for some in chunks(articles):
        query = sa.select(_JOURNAL.entry_id, _JOURNAL.seq).where(_JOURNAL.entry_id.in_(some))
        found.update((id, seq * ROOM) for id, seq in connection.execute(query))
    return found


def _groups(
    connection: sa.Connection, entries: Mapping[str, Sequence[Row]], claims: Collection[str]
) -> dict[str, Groups]:
    """Claim to its groups, of those that have any: as `provenance.support_tables` says them."""
    citations = entries.get("citation", ())
    revised = {row["revises"] for row in citations}
    cited = [
        row
        for row in citations
        if row["claim_id"] in claims and row["form"] not in IDLE and row["id"] not in revised
    ]
    named = [row for row in entries.get("attribution", ()) if row["claim_id"] in claims]
    stands = _stands(connection, {row["source_id"] for row in cited})
    known = _known(connection, {row["outlet"] for row in named})
    found: dict[str, dict[Any, dict[str, _Member]]] = {}
    for row in cited:
        group = found.setdefault(row["claim_id"], {}).setdefault(row["group"], {})
        group[row["source_id"] or row["id"]] = stands.get(row["source_id"], _UNKNOWN)
    prose: dict[tuple[str, Any], dict[str | None, bool]] = {}  # apart: compared with what is cited
    for row in named:
        outlet = known.get(row["outlet"], row["outlet"])
        beside = found.get(row["claim_id"], {}).get(row["group"], {}).values()
        adds = outlet is None or not any(outlet in member for member in beside)
        alone = row["together"] is None
        if adds or not alone:
            which = (outlet or row["id"]) if alone else row["together"]
            members = prose.setdefault((row["claim_id"], which), {})
            members[outlet] = members.get(outlet, False) or adds
    for (claim, which), outlets in prose.items():
        if any(outlets.values()):
            groups = found.setdefault(claim, {})
            groups["prose", which] = {outlet or "": (outlet, outlet) for outlet in outlets}
    return _canonical(found)


def _canonical(found: Mapping[str, Mapping[Any, Mapping[str, _Member]]]) -> dict[str, Groups]:
    """Each claim with its groups as they are spelled; most claims of a page are carried alike."""
    spelled: dict[tuple[tuple[_Member, ...], ...], Groups] = {}
    answer: dict[str, Groups] = {}
    for claim, groups in found.items():
        as_found = tuple(tuple(group.values()) for group in groups.values())
        if as_found not in spelled:
            spelled[as_found] = canonical_groups(as_found)
        answer[claim] = spelled[as_found]
    return answer


def _stands(connection: sa.Connection, sources: Iterable[str | None]) -> dict[str | None, _Member]:
    """Source to outlet and origin, as they stand."""
    found: dict[str | None, _Member] = {}
    for some in chunks(sorted(source for source in sources if source is not None)):
        query = sa.select(_STANDING.source_id, _STANDING.outlet, _STANDING.origin)
        rows = connection.execute(query.where(_STANDING.source_id.in_(some)))
        found.update((source, (outlet, origin)) for source, outlet, origin in rows)
    return found


def _known(connection: sa.Connection, outlets: Iterable[str | None]) -> dict[str | None, str]:
    """Outlet to the one it counts as, of those that are known."""
    found: dict[str | None, str] = {}
    for some in chunks(sorted(outlet for outlet in outlets if outlet is not None)):
        query = sa.select(_KNOWN.key, _KNOWN.standing).where(_KNOWN.key.in_(some))
        found.update((key, standing) for key, standing in connection.execute(query))
    return found
