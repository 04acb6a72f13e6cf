"""Claims -> their groups, and how many outlets each claim rests on.

Two ways to the same groups: `support_tables` for questions that SQL answers over many claims,
`members` for the few that are shown.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypedDict

from ledger.forms import CARRIES
from ledger.provenance.bearers import bearers
from ledger.provenance.losses import Losses, as_they_stand, membership
from ledger.provenance.overruled import Place, read_otherwise
from ledger.provenance.pattern import Carrier, Groups, canonical_groups, is_outlet, weakest
from ledger.provenance.ratings import ratings_of
from ledger.reader import CHUNK, Reader, Row, listed
from ledger.redacted import say_redacted

Ask = Callable[[str, Mapping[str, object]], Iterable[Mapping[str, Any]]]
"""How to ask a ledger, for whoever holds it open: a statement and its values give rows by name."""

CURRENT = "EXISTS (SELECT 1 FROM claim_pattern kept WHERE kept.claim_id = {claim})"
"""Scope of questions about the ledger as it is now: claims of articles that nothing revises, and
that were not set aside. No others are kept there, so each is one look-up."""

THESE = "{claim} IN :ids"
"""Scope of questions about claims at hand, for `Reader.rows_for`; also of earlier versions."""

OUTLET = """LEFT JOIN known_outlet o ON o.key = (
        SELECT own.standing FROM known_outlet own WHERE own.key = {key}
    )"""
"""A join with what is known now of outlets, `{key}` being the column: of one that was merged into
another, what is known of that."""

PUBLISHER = """COALESCE(s.outlet,
        (SELECT led.outlet FROM standing led WHERE led.source_id = s.id))"""
"""Key of who publishes a source `s`: where its address does not show that, who publishes the page
that the address led on to."""

OUTLET_NAME = """COALESCE(CASE WHEN own.standing = own.key THEN own.name
        ELSE (SELECT o.name FROM known_outlet o WHERE o.key = own.standing) END, {key})"""
"""Its name alone, or the key itself, `own` being what is known of the column: for questions that
are asked most, since few outlets were merged and one look-up is enough for the others."""

NOTHING = Losses()


class Member(TypedDict):
    """One source of one group of one claim, or one unknown source.

    Attributes:
        group: Number of the citation group; None for an outlet named in prose.
        named: The words in prose; None in a citation group.
        bearers: Keys of the outlets that bear the name in prose, where it is nobody's because
            several do; else empty.
        marker: As cited; None for a link, and in prose.
        source, url: Id and address of the page, in the ledger's one spelling; None for a gap and
            in prose.
        cited: The address as cited, which a reader can open; None for a gap and in prose.
        gap: Why it leads nowhere; None when it leads somewhere.
        key, outlet: `Outlet.key` and name of the outlet as it stands; None when not known.
        owner, country, kind: Of the outlet; None when not known.
        origin, voice: Key and name of whose words the page carries, as in `standing`: mostly the
            outlet's own. None when not known, as of an account that is not; no name for a text of
            unknown origin.
        origin_owner, origin_country, origin_kind: Of the origin; None when not known.
        ratings, origin_ratings: List to value, of both; empty unless ratings are asked about.
        published: When the page says that it was published, if it was read itself; else None.
        lost: True in X, False not in X, None not known.
        linked_by, reason: Who said that the marker leads there, and why; None when the article
            itself says so, or no reason was given.
        read_as: Where the article's list leads the marker instead, addresses as cited; empty where
            it says the same or leaves it open, and where no person says anything.
    """

    group: int | None
    named: str | None
    bearers: list[str]
    marker: str | None
    source: str | None
    url: str | None
    cited: str | None
    gap: str | None
    key: str | None
    outlet: str | None
    owner: str | None
    country: str | None
    kind: str | None
    origin: str | None
    voice: str | None
    origin_owner: str | None
    origin_country: str | None
    origin_kind: str | None
    ratings: dict[str, str]
    origin_ratings: dict[str, str]
    published: str | None
    lost: bool | None
    linked_by: str | None
    reason: str | None
    read_as: list[str]


def support_tables(scope: str) -> str:
    """Common table expressions over some claims, to follow a `WITH`.

    cited: one row per source of a citation group: claim_id, grp (its number), via (the citation),
    source_id, outlet, origin (the last two as in `standing`). An unknown source has none of them.

    prose: one row per outlet of a group that attributions make: claim_id, named (which group), via
    (the attribution), outlet.

    carrier: both together: claim_id, grp, named, via, source_id, outlet, origin. A group is
    (claim_id, grp, named): in prose grp is -1 and named tells groups apart, else it is ''.

    Args:
        scope: A condition with `{claim}` where the id of a claim belongs.
    """
    return f"""
    cited(claim_id, grp, via, source_id, outlet, origin) AS (
        SELECT c.claim_id, c."group", c.id, c.source_id, s.outlet, s.origin
        FROM current_citation c
        LEFT JOIN standing s ON s.source_id = c.source_id
        WHERE c.form {CARRIES} AND {scope.format(claim="c.claim_id")}
    ),
    named_outlet(claim_id, id, outlet, grp, together) AS (
        SELECT t.claim_id, t.id, COALESCE(k.standing, t.outlet), t."group", t.together
        FROM attribution t
        LEFT JOIN known_outlet k ON k.key = t.outlet
        WHERE {scope.format(claim="t.claim_id")}
    ),
    adding(claim_id, id, outlet, together, adds) AS (
        SELECT t.claim_id, t.id, t.outlet, t.together, CASE WHEN EXISTS (
            SELECT 1
            FROM current_citation n
            JOIN standing p ON p.source_id = n.source_id
            WHERE n.claim_id = t.claim_id AND n."group" = t.grp
                AND n.form {CARRIES}
                AND (p.outlet = t.outlet OR p.origin = t.outlet)
        ) THEN 0 ELSE 1 END
        FROM named_outlet t
    ),
    prose(claim_id, named, via, outlet) AS (
        SELECT t.claim_id, MIN(t.id), MIN(t.id), t.outlet
        FROM adding t
        WHERE t.together IS NULL AND t.adds = 1
        GROUP BY t.claim_id, COALESCE(t.outlet, t.id), t.outlet
        UNION ALL
        SELECT t.claim_id, CAST(t.together AS TEXT), MIN(t.id), t.outlet
        FROM (
            SELECT j.*, MAX(j.adds) OVER (PARTITION BY j.claim_id, j.together) AS any_adds
            FROM adding j
            WHERE j.together IS NOT NULL
        ) t
        WHERE t.any_adds = 1
        GROUP BY t.claim_id, t.together, COALESCE(t.outlet, t.id), t.outlet
    ),
    carrier(claim_id, grp, named, via, source_id, outlet, origin) AS (
        SELECT claim_id, grp, '', via, source_id, outlet, origin FROM cited
        UNION ALL
        SELECT claim_id, -1, named, via, CAST(NULL AS TEXT), outlet, outlet FROM prose
    )"""


def groups_of(ask: Ask, scope: str, params: Mapping[str, object]) -> dict[str, Groups]:
    """Claim id to its groups, for every claim of the scope that has any.

    Args:
        ask: How to ask the ledger: a statement and its values give rows by column name.
        scope, params: As for `support_tables`, and the values it needs.
    """
    found: dict[str, dict[tuple[int, str], dict[str, Carrier]]] = {}
    rows = ask(
        f"""WITH {support_tables(scope)}
        SELECT claim_id, grp, named, COALESCE(source_id, via) AS one, outlet, origin
        FROM carrier""",
        params,
    )
    for row in rows:
        groups = found.setdefault(row["claim_id"], {})
        member = (row["outlet"], row["origin"])
        groups.setdefault((row["grp"], row["named"]), {})[row["one"]] = member
    return {
        claim: canonical_groups(group.values() for group in groups.values())
        for claim, groups in found.items()
    }


def resilience(reader: Reader, claims: Sequence[str]) -> dict[str, int | None]:
    """Claim id to the smallest number of outlets whose loss makes the claim fall.

    1 is single-sourced. None: not known, because an unknown source might make a group weaker
    than the weakest known one, or because nothing carries the claim at all.
    """
    found = reader.rows_for(
        "SELECT claim_id, resilience FROM claim_pattern WHERE claim_id IN :ids", claims
    )
    answer = {row["claim_id"]: row["resilience"] for row in found}
    # Only current claims are kept ready.
    for claim, groups in support(reader, [id for id in claims if id not in answer]).items():
        answer[claim] = weakest(groups).resilience
    return dict.fromkeys(claims) | answer


def support(reader: Reader, claims: Sequence[str]) -> dict[str, Groups]:
    """Claim id, also of earlier versions, to its groups; to none where nothing carries it."""
    found: dict[str, Groups] = dict.fromkeys(claims, ())
    for first in range(0, len(claims), CHUNK):
        names, bound = listed("claim", claims[first : first + CHUNK])
        found |= groups_of(reader.rows, f"{{claim}} IN {names}", bound)
    return found


def owner_of(reader: Reader, patterns: Iterable[Groups]) -> dict[str, str | None]:
    """Every outlet and origin in these groups to its owner; None where that is not known."""
    keys = {key for groups in patterns for group in groups for member in group for key in member}
    named = sorted(key for key in keys if key is not None)
    rows = reader.rows_for("SELECT key, owner FROM known_outlet WHERE key IN :ids", named)
    return {row["key"]: row["owner"] for row in rows}


def members(
    reader: Reader, claims: Sequence[str], losses: Losses = NOTHING
) -> dict[str, list[list[Member]]]:
    """Claim id to its groups, citation groups first in reading order, then those in prose.

    Args:
        reader: An open ledger.
        claims: Ids; every one is a key of the answer, with no groups when nothing carries it.
        losses: X, for `Member.lost`.
    """
    lost = membership(as_they_stand(reader, losses))
    found = reader.rows_for(
        f"""WITH {lost.tables}{support_tables(THESE)}
        SELECT k.claim_id, k.grp, k.named AS apart, t.name AS named,
            n.article_id AS named_in, c.marker, c.ordinal, c.url AS cited, c.gap,
            k.source_id AS source, s.url,
            k.outlet AS "key", o.name AS outlet,
            o.owner, o.country, o.kind, k.origin, v.name AS voice, v.owner AS origin_owner,
            v.country AS origin_country, v.kind AS origin_kind, (
                SELECT MIN(d.published) FROM current_article d WHERE d.source_id = k.source_id
            ) AS published,
            {lost.rank} AS lost, g."by" AS linked_by, g.reason
        FROM carrier k
        {lost.join}
        {OUTLET.format(key="k.outlet")}
        LEFT JOIN known_outlet v ON v.key = k.origin
        LEFT JOIN source s ON s.id = k.source_id
        LEFT JOIN citation c ON c.id = k.via
        LEFT JOIN attribution t ON t.id = k.via
        LEFT JOIN claim n ON n.id = t.claim_id
        LEFT JOIN judgement g ON g.id = c.because AND g.object <> 'as-read'
        ORDER BY k.claim_id, CASE WHEN k.grp < 0 THEN 1 ELSE 0 END, k.grp, t."start", k.named,
            c.ordinal, c.alternative, k.via""",
        claims,
        lost.params,
    )
    say_redacted(reader, [row for row in found if row["named"] == ""], "named_in", "named")
    answer: dict[str, list[list[Member]]] = {claim: [] for claim in claims}
    keys = [key for row in found for key in (row["key"], row["origin"]) if key]
    rated = ratings_of(reader, keys, losses.ratings) if losses.ratings else {}
    linked = list(dict.fromkeys(row["claim_id"] for row in found if row["linked_by"]))
    otherwise = read_otherwise(reader, linked)
    nobody = (row["named"] for row in found if row["named"] and row["key"] is None)
    borne = bearers(reader, nobody)
    for (claim, _, _), rows in groupby(found, lambda r: (r["claim_id"], r["grp"], r["apart"])):
        answer[claim].append([_member(row, rated, otherwise, borne) for row in rows])
    return answer


def _member(
    row: Row,
    rated: Mapping[str, dict[str, str]],
    otherwise: Mapping[Place, list[str]],
    borne: Mapping[str, list[str]],
) -> Member:
    place = (row["claim_id"], row["grp"], row["ordinal"])
    return Member(
        group=None if row["grp"] < 0 else row["grp"],
        named=row["named"],
        bearers=borne.get(row["named"], []) if row["key"] is None else [],
        marker=row["marker"],
        source=row["source"],
        url=row["url"],
        cited=row["cited"],
        gap=row["gap"],
        key=row["key"],
        outlet=row["outlet"] or row["key"],
        owner=row["owner"],
        country=row["country"],
        kind=row["kind"],
        origin=row["origin"],
        voice=row["voice"] or (row["origin"] if is_outlet(row["origin"]) else None),
        origin_owner=row["origin_owner"],
        origin_country=row["origin_country"],
        origin_kind=row["origin_kind"],
        ratings=rated.get(row["key"], {}),
        origin_ratings=rated.get(row["origin"], {}),
        published=row["published"],
        lost=(False, None, True)[row["lost"]],
        linked_by=row["linked_by"],
        reason=row["reason"],
        read_as=otherwise.get(place, []) if row["linked_by"] else [],
    )
