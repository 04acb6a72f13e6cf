"""A loss -> the claims that fall, weaken, or may.

Over all possible worlds (each source of unknown membership in X or not) a claim's effect grows
with X, so the world with all of them outside and the world with all of them inside bound every
other. Where both give one effect, that is the answer; else it is "unknown". By counts per group:

    some group has lost = total                      falls
    else some group has lost + unsure = total        unknown    (stands or weakens, or falls)
    else some group has lost > 0                     weakens
    else some group has unsure > 0                   unknown    (stands or weakens)
    else                                             untouched, not listed
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TYPE_CHECKING, TypedDict

from ledger.provenance.because import because_of_loss, phrase
from ledger.provenance.losses import Losses, Membership, membership
from ledger.provenance.support import CURRENT, members, support_tables
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.model import Effect

_EFFECTS: tuple["Effect", ...] = ("falls", "weakens", "unknown")
"""In the order in which people need them; the SQL below counts them 0, 1, 2."""


class Impact(TypedDict):
    """What a loss does to one claim. Ids are full; `because` holds plain sentences."""

    claim: str
    article: str
    title: str | None
    exact: str
    effect: "Effect"
    because: list[str]


def impact(reader: Reader, losses: Losses, *, limit: int | None = None) -> list[Impact]:
    """Which claims fall or weaken without `losses`, or may.

    A source of unknown outlet (or, for an owner, country or kind, an outlet without that fact)
    may be among the losses or not. Where that changes the answer the effect is "unknown".

    Args:
        reader: An open ledger.
        losses: What is taken away; where it is empty only the unknown is left to list.
        limit: At most so many; None for all.

    Returns:
        Falls, then weakens, then unknown, each in reading order; untouched claims are left out.
    """
    lost = membership(losses)
    cut = "" if limit is None else " LIMIT :limit"
    found = reader.rows(
        f"""WITH {_effect_tables(lost)}
        SELECT m.id, m.article_id, a.title, m.exact, e.effect
        FROM effect e
        JOIN claim m ON m.id = e.claim_id
        JOIN article a ON a.id = m.article_id
        LEFT JOIN journal j ON j.entry_id = a.id
        WHERE e.effect < 3
        ORDER BY e.effect, j.seq, m."start", m.id{cut}""",
        {**lost.params, "limit": limit},
    )
    groups = members(reader, [row["id"] for row in found], losses)
    lost_name = _named(reader, losses)
    return [
        Impact(
            claim=row["id"],
            article=row["article_id"],
            title=row["title"],
            exact=row["exact"],
            effect=_EFFECTS[row["effect"]],
            because=because_of_loss(_EFFECTS[row["effect"]], groups[row["id"]], losses, lost_name),
        )
        for row in found
    ]


def impact_counts(reader: Reader, losses: Losses) -> dict["Effect", int]:
    """Effect to the number of claims that have it, zero included; effects as in `impact`."""
    lost = membership(losses)
    found = reader.rows(
        f"WITH {_effect_tables(lost)} SELECT effect, COUNT(*) AS n FROM effect GROUP BY effect",
        lost.params,
    )
    counted = {row["effect"]: row["n"] for row in found}
    return {effect: counted.get(rank, 0) for rank, effect in enumerate(_EFFECTS)}


def _effect_tables(lost: Membership) -> str:
    """Common table expressions up to effect(claim_id, effect), 3 for untouched.

    Only claims that have a source in X, or one that may be, are weighed: the others are untouched.
    """
    return f"""
    touched_source(id) AS (
        SELECT k.source_id
        FROM (SELECT id AS source_id, outlet FROM source) k
        {lost.join}
        WHERE {lost.inside} OR {lost.unsure}
    ),
    touched(claim_id) AS (
        SELECT c.claim_id FROM touched_source x JOIN citation c ON c.source_id = x.id
        UNION
        SELECT claim_id FROM citation WHERE gap IS NOT NULL
        UNION
        SELECT k.claim_id
        FROM (SELECT claim_id, CAST(NULL AS TEXT) AS source_id, outlet FROM attribution) k
        {lost.join}
        WHERE {lost.inside} OR {lost.unsure}
    ),
    {support_tables(_TOUCHED)},
    fate(claim_id, lost, unsure, total) AS (
        SELECT k.claim_id,
            SUM(CASE WHEN {lost.rank} = 2 THEN 1 ELSE 0 END),
            SUM(CASE WHEN {lost.rank} = 1 THEN 1 ELSE 0 END),
            COUNT(*)
        FROM carrier k
        {lost.join}
        GROUP BY k.claim_id, k.grp, k.named
    ),
    effect(claim_id, effect) AS (
        SELECT claim_id, CASE
            WHEN MAX(CASE WHEN lost = total THEN 1 ELSE 0 END) = 1 THEN 0
            WHEN MAX(CASE WHEN lost + unsure = total THEN 1 ELSE 0 END) = 1 THEN 2
            WHEN MAX(lost) > 0 THEN 1
            WHEN MAX(unsure) > 0 THEN 2
            ELSE 3
        END
        FROM fate
        GROUP BY claim_id
    )"""


_TOUCHED = f"{{claim}} IN (SELECT claim_id FROM touched) AND {CURRENT}"


def _named(reader: Reader, losses: Losses) -> str:
    """X in words, outlets by name and sources by address."""
    outlets = reader.rows_for(
        "SELECT o.key, o.name FROM current_outlet o WHERE o.key IN :ids", losses.outlets
    )
    sources = reader.rows_for("SELECT s.id, s.url FROM source s WHERE s.id IN :ids", losses.sources)
    name = {row["key"]: row["name"] for row in outlets} | {s["id"]: s["url"] for s in sources}
    return phrase(
        [
            *(name.get(key, key) for key in losses.outlets + losses.sources),
            *(f"owner {owner}" for owner in losses.owners),
            *(f"country {country}" for country in losses.countries),
            *(f"kind {kind}" for kind in losses.kinds),
        ],
        "or",
    )
