"""Claims -> their groups, and how many outlets each claim rests on.

Two ways to the same groups: `support_tables` for questions that SQL answers over many claims,
`members` for the few that are shown.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from itertools import groupby
from typing import TypedDict

from ledger.provenance.losses import Losses, membership
from ledger.reader import Reader, Row

CURRENT = """{claim} NOT IN (
        SELECT old.id FROM claim old JOIN article later ON later.revises = old.article_id
    )"""
"""Scope of questions about the ledger as it is now: claims of articles that nothing revises.

Said as what is left out, which is little and often nothing: a join of every citation with its claim
and article took three times as long."""

THESE = "{claim} IN :ids"
"""Scope of questions about claims at hand, for `Reader.rows_for`; also of earlier versions."""

OUTLET = "LEFT JOIN outlet o ON o.id = (SELECT q.id FROM current_outlet q WHERE q.key = {key})"
"""A join of few rows with what is known now of their outlets, `{key}` being the column.

For few: SQLite works out `current_outlet` for all outlets there are before it joins the view."""

NOTHING = Losses()


class Member(TypedDict):
    """One source of one group of one claim, or one unknown source.

    Attributes:
        group: Number of the citation group; None for an outlet named in prose.
        named: The words in prose; None in a citation group.
        marker: As cited; None for a link, and in prose.
        source, url: Id and address; None for a gap and in prose.
        gap: Why it leads nowhere; None when it leads somewhere.
        key, outlet: `Outlet.key` and name; None when not known.
        owner, country, kind: Of the outlet; None when not known.
        lost: True in X, False not in X, None not known.
        linked_by, reason: Who said that the marker leads there, and why; None when the article
            itself says so, or no reason was given.
    """

    group: int | None
    named: str | None
    marker: str | None
    source: str | None
    url: str | None
    gap: str | None
    key: str | None
    outlet: str | None
    owner: str | None
    country: str | None
    kind: str | None
    lost: bool | None
    linked_by: str | None
    reason: str | None


def support_tables(scope: str) -> str:
    """Common table expressions over some claims, to follow a `WITH`.

    cited: one row per source of a citation group: claim_id, grp (its number), via (the citation),
    source_id, outlet. An unknown source has neither source_id nor outlet.

    prose: one row per group that an attribution makes: claim_id, via (the attribution), outlet.

    carrier: both together: claim_id, grp, named, via, source_id, outlet. A group is (claim_id,
    grp, named): in prose grp is -1 and named tells groups apart, else it is ''.

    backing: one row per group: claim_id, known (distinct outlets), unsure (sources of unknown
    outlet), one (the outlet where known is 1).

    resilience: one row per claim that has a group: the smallest number of outlets whose loss makes
    it fall, NULL when not known.

    Args:
        scope: A condition with `{claim}` where the id of a claim belongs.
    """
    return f"""
    cited(claim_id, grp, via, source_id, outlet) AS (
        SELECT c.claim_id, c."group", c.id, c.source_id, s.outlet
        FROM current_citation c
        LEFT JOIN source s ON s.id = c.source_id
        WHERE c.form NOT IN ('navigation', 'listed') AND {scope.format(claim="c.claim_id")}
    ),
    prose(claim_id, via, outlet) AS (
        SELECT t.claim_id, MIN(t.id), t.outlet
        FROM attribution t
        WHERE {scope.format(claim="t.claim_id")} AND NOT EXISTS (
            SELECT 1
            FROM current_citation n
            JOIN source p ON p.id = n.source_id
            WHERE n.claim_id = t.claim_id AND n."group" = t."group"
                AND n.form NOT IN ('navigation', 'listed') AND p.outlet = t.outlet
        )
        GROUP BY t.claim_id, COALESCE(t.outlet, t.id), t.outlet
    ),
    carrier(claim_id, grp, named, via, source_id, outlet) AS (
        SELECT claim_id, grp, '', via, source_id, outlet FROM cited
        UNION ALL
        SELECT claim_id, -1, via, via, NULL, outlet FROM prose
    ),
    backing(claim_id, known, unsure, one) AS (
        SELECT claim_id, COUNT(DISTINCT outlet), COUNT(*) - COUNT(outlet), MIN(outlet)
        FROM cited
        GROUP BY claim_id, grp
        UNION ALL
        SELECT claim_id, CASE WHEN outlet IS NULL THEN 0 ELSE 1 END,
            CASE WHEN outlet IS NULL THEN 1 ELSE 0 END, outlet
        FROM prose
    ),
    resilience(claim_id, resilience) AS (
        SELECT claim_id, CASE
            WHEN MIN(CASE WHEN unsure = 0 THEN known END)
                <= MIN(CASE WHEN known = 0 THEN 1 ELSE known END)
            THEN MIN(CASE WHEN unsure = 0 THEN known END)
        END
        FROM backing
        GROUP BY claim_id
    )"""


def resilience(reader: Reader, claims: Sequence[str]) -> dict[str, int | None]:
    """Claim id to the smallest number of outlets whose loss makes the claim fall.

    1 is single-sourced. None: not known, because an unknown source might make a group weaker
    than the weakest known one, or because nothing carries the claim at all.
    """
    found = reader.rows_for(
        f"WITH {support_tables(THESE)} SELECT claim_id, resilience FROM resilience", claims
    )
    return dict.fromkeys(claims) | {row["claim_id"]: row["resilience"] for row in found}


def members(
    reader: Reader, claims: Sequence[str], losses: Losses = NOTHING
) -> dict[str, list[list[Member]]]:
    """Claim id to its groups, citation groups first in reading order, then those in prose.

    Args:
        reader: An open ledger.
        claims: Ids; every one is a key of the answer, with no groups when nothing carries it.
        losses: X, for `Member.lost`.
    """
    lost = membership(losses)
    found = reader.rows_for(
        f"""WITH {support_tables(THESE)}
        SELECT k.claim_id, k.grp, k.named AS apart, t.name AS named, c.marker, c.gap,
            k.source_id AS source, s.url, k.outlet AS "key", o.name AS outlet,
            o.owner, o.country, o.kind, {lost.rank} AS lost, g."by" AS linked_by, g.reason
        FROM carrier k
        {OUTLET.format(key="k.outlet")}
        LEFT JOIN source s ON s.id = k.source_id
        LEFT JOIN citation c ON c.id = k.via
        LEFT JOIN attribution t ON t.id = k.via
        LEFT JOIN judgement g ON g.id = c.because
        ORDER BY k.claim_id, CASE WHEN k.grp < 0 THEN 1 ELSE 0 END, k.grp, t."start", k.named,
            c.ordinal, c.alternative, k.via""",
        claims,
        lost.params,
    )
    answer: dict[str, list[list[Member]]] = {claim: [] for claim in claims}
    for (claim, _, _), rows in groupby(found, lambda r: (r["claim_id"], r["grp"], r["apart"])):
        answer[claim].append([_member(row) for row in rows])
    return answer


def _member(row: Row) -> Member:
    return Member(
        group=None if row["grp"] < 0 else row["grp"],
        named=row["named"],
        marker=row["marker"],
        source=row["source"],
        url=row["url"],
        gap=row["gap"],
        key=row["key"],
        outlet=row["outlet"] or row["key"],
        owner=row["owner"],
        country=row["country"],
        kind=row["kind"],
        lost=(False, None, True)[row["lost"]],
        linked_by=row["linked_by"],
        reason=row["reason"],
    )
