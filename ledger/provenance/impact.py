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

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypedDict

from ledger import outlets as registry
from ledger.provenance.because import because_of_loss, phrase
from ledger.provenance.copies import copies_of
from ledger.provenance.losses import Losses, Membership, as_they_stand, membership
from ledger.provenance.several import counts_of_outlets
from ledger.provenance.support import CURRENT, Member, members, support_tables
from ledger.reader import Reader, listed
from ledger.redacted import say_redacted

if TYPE_CHECKING:
    from ledger.model import Effect

EFFECTS: tuple["Effect", ...] = ("falls", "weakens", "unknown")
"""In the order in which people need them; the SQL below and `pattern` count them 0, 1, 2."""


class Impact(TypedDict):
    """What a loss does to one claim. Ids are full; `because` holds plain sentences."""

    claim: str
    article: str
    title: str | None
    exact: str
    section: list[str]
    effect: "Effect"
    because: list[str]


def impact(
    reader: Reader, losses: Losses, *, article: str | None = None, limit: int | None = None
) -> list[Impact]:
    """Which claims fall or weaken without `losses`, or may.

    A source of unknown outlet (or, for an owner, country or kind, an outlet without that fact; for
    a date, a page without one) may be among the losses or not. Where that changes the answer the
    effect is "unknown".

    Args:
        reader: An open ledger.
        losses: What is taken away; where it is empty only the unknown is left to list.
        article: Only claims of this article, by id, of its current version; None for all.
        limit: At most so many; None for all.

    Returns:
        Falls, then weakens, then unknown, each in reading order; untouched claims are left out.
    """
    stand = as_they_stand(reader, losses)
    lost = membership(stand)
    cut = "" if limit is None else " LIMIT :limit"
    found = reader.rows(
        f"""WITH {lost.tables}{_effect_tables(stand, lost, article)}
        SELECT m.id, m.article_id, a.title, m.exact, m.section, e.effect
        FROM (SELECT * FROM claim_effect f ORDER BY f.effect, f.place{cut}) e
        JOIN claim m ON m.id = e.claim_id
        JOIN article a ON a.id = m.article_id
        ORDER BY e.effect, e.place""",
        {**lost.params, "limit": limit, "article": article},
    )
    say_redacted(reader, found, "article_id", "title", "exact")
    sections = {text: reader.parsed(text) for text in {row["section"] for row in found}}
    groups = members(reader, [row["id"] for row in found], stand)
    lost_name = _named(reader, losses)
    copies = copies_of(reader, lost_pages(groups.values())) if stand.by_page else {}
    return [
        Impact(
            claim=row["id"],
            article=row["article_id"],
            title=row["title"],
            exact=row["exact"],
            section=[*sections[row["section"]]],
            effect=EFFECTS[row["effect"]],
            because=because_of_loss(
                EFFECTS[row["effect"]], groups[row["id"]], stand, lost_name, copies
            ),
        )
        for row in found
    ]


def lost_pages(claims: Iterable[list[list[Member]]]) -> Iterator[str]:
    """Ids of the pages that are lost and leave something of their group."""
    for group in (group for groups in claims for group in groups):
        if any(member["lost"] is False for member in group):
            yield from (one["source"] for one in group if one["lost"] and one["source"])


def touched(reader: Reader, losses: Losses, *, article: str | None = None) -> dict[str, str]:
    """The claims that `impact` lists to their articles, by ids, in no order."""
    stand = as_they_stand(reader, losses)
    lost = membership(stand)
    found = reader.rows(
        f"""WITH {lost.tables}{_effect_tables(stand, lost, article)}
        SELECT e.claim_id, c.article_id
        FROM claim_effect e
        JOIN claim_pattern c ON c.claim_id = e.claim_id""",
        {**lost.params, "article": article},
    )
    return {row["claim_id"]: row["article_id"] for row in found}


def touched_articles(reader: Reader, losses: Losses) -> int:
    """In how many articles some claim falls or weakens."""
    stand = as_they_stand(reader, losses)
    lost = membership(stand)
    (row,) = reader.rows(
        f"""WITH {lost.tables}{_effect_tables(stand, lost, None, sure=True)}
        SELECT COUNT(DISTINCT c.article_id) AS n
        FROM claim_effect e
        JOIN claim_pattern c ON c.claim_id = e.claim_id
        WHERE e.effect < 2""",
        lost.params,
    )
    return int(row["n"])


def impact_counts(
    reader: Reader, losses: Losses, *, article: str | None = None
) -> dict["Effect", int]:
    """Effect to the number of claims that have it, zero included; all else as in `impact`."""
    stand = as_they_stand(reader, losses)
    if stand.outlets and not stand.by_fact and not stand.by_page and article is None:
        return _counts(counts_of_outlets(reader, stand.outlets))
    lost = membership(stand)
    counted = "SUM(e.claims) AS n FROM pattern_effect e"
    if stand.by_page or article is not None:
        counted = "COUNT(*) AS n FROM claim_effect e"
    found = reader.rows(
        f"""WITH {lost.tables}{_effect_tables(stand, lost, article)}
        SELECT e.effect, {counted} WHERE e.effect < 3 GROUP BY e.effect""",
        {**lost.params, "article": article},
    )
    return _counts({row["effect"]: row["n"] for row in found})


def _counts(by_number: Mapping[int, int]) -> dict["Effect", int]:
    return {effect: by_number.get(number, 0) for number, effect in enumerate(EFFECTS)}


def _effect_tables(
    losses: Losses, lost: Membership, article: str | None, *, sure: bool = False
) -> str:
    """Common table expressions up to claim_effect(claim_id, place, effect), untouched left out.

    Where only outlets are asked about, by way of pattern_effect(pattern_id, claims, effect). With
    `sure`, claims of which it is not known may be missing: those that lose nothing for certain.
    """
    if losses.by_page:
        return _effect_of_claims(losses, lost, article)
    touched = [] if sure else ["SELECT id FROM pattern WHERE unsure = 1"]
    if losses.outlets:
        names, _ = listed("lost_outlet_", losses.outlets)
        touched.append(f"SELECT pattern_id FROM pattern_outlet WHERE outlet IN {names}")
    if losses.by_fact:
        touched.append(
            "SELECT o.pattern_id FROM lost_key x JOIN pattern_outlet o ON o.outlet = x.lost"
            f" WHERE x.rank >= {2 if sure else 1}"
        )
    return f"""
    touched(pattern_id) AS (
        {_within(" UNION ".join(touched), "pattern_id", article)}
    ),
    {_fate_of_patterns(lost)},
    claim_effect(claim_id, place, effect) AS (
        SELECT c.claim_id, c.place, e.effect
        FROM {_PATTERNS_FIRST if article is None else _ARTICLE_FIRST}
            AND e.effect < 3
    )"""


_PATTERNS_FIRST = "pattern_effect e JOIN claim_pattern c ON c.pattern_id = e.pattern_id"

_ARTICLE_FIRST = """claim_pattern c
        CROSS JOIN pattern_effect e
        WHERE c.article_id = :article AND e.pattern_id = c.pattern_id"""
"""An article has few claims, and a pattern may have a million."""


def _within(touched: str, column: str, article: str | None) -> str:
    """Of what is touched that which the article has; `column`: of `claim_pattern`."""
    if article is None:
        return touched
    return f"""SELECT x.id FROM ({touched}) x
        WHERE x.id IN (SELECT {column} FROM claim_pattern WHERE article_id = :article)"""


def _fate_of_patterns(lost: Membership) -> str:
    """From touched(pattern_id) to pattern_effect(pattern_id, claims, effect), 3 for untouched.

    CROSS JOIN keeps SQLite from reading every member of every pattern to find those touched.
    """
    return f"""
    weighed(pattern_id, grp, source_id, outlet, origin) AS (
        SELECT m.pattern_id, m.grp, CAST(NULL AS TEXT), m.outlet, m.origin
        FROM touched t
        CROSS JOIN pattern_member m
        WHERE m.pattern_id = t.pattern_id
    ),
    fate(pattern_id, lost, unsure, total) AS (
        SELECT k.pattern_id, {lost.sums}
        FROM weighed k
        {lost.join}
        GROUP BY k.pattern_id, k.grp
    ),
    pattern_effect(pattern_id, claims, effect) AS (
        SELECT f.pattern_id, p.claims, {_EFFECT}
        FROM fate f
        CROSS JOIN pattern p
        WHERE p.id = f.pattern_id
        GROUP BY f.pattern_id, p.claims
    )"""


def _effect_of_claims(losses: Losses, lost: Membership, article: str | None) -> str:
    """Claim by claim: what is lost page by page is not told by patterns.

    Of a claim that only leads nowhere, or names somebody nobody knows, it is not known, whatever is
    lost: that is said without a look at what else carries it.
    """
    sources = f"SELECT k.source_id FROM standing k {lost.join} WHERE {lost.rank} > 0"
    if losses.sources and not losses.by_outlet and not losses.by_date:  # they are at hand
        sources = "SELECT lost FROM lost_page"
    touched = """SELECT c.claim_id AS id
        FROM touched_source x
        JOIN citation c ON c.source_id = x.id"""
    if losses.by_outlet:
        touched += f"""
        UNION
        SELECT k.claim_id
        FROM (
            SELECT t.claim_id, CAST(NULL AS TEXT) AS source_id,
                COALESCE(n.standing, t.outlet) AS outlet, COALESCE(n.standing, t.outlet) AS origin
            FROM attribution t
            LEFT JOIN known_outlet n ON n.key = t.outlet
            WHERE t.outlet IS NOT NULL
        ) k
        {lost.join}
        WHERE {lost.rank} > 0"""
    doubtful = """SELECT z.claim_id AS id
        FROM current_citation z
        WHERE z.gap IS NOT NULL AND z.form NOT IN ('navigation', 'listed')
        UNION
        SELECT t.claim_id FROM attribution t WHERE t.outlet IS NULL"""
    return f"""
    touched_source(id) AS ({sources}),
    touched(claim_id) AS (
        {_within(touched, "claim_id", article)}
    ),
    doubtful(claim_id) AS (
        {_within(doubtful, "claim_id", article)}
        EXCEPT SELECT claim_id FROM touched
    ),
    {support_tables(_TOUCHED)},
    fate(claim_id, lost, unsure, total) AS (
        SELECT k.claim_id, {lost.sums}
        FROM carrier k
        {lost.join}
        GROUP BY k.claim_id, k.grp, k.named
    ),
    claim_effect(claim_id, place, effect) AS (
        SELECT e.claim_id, c.place, e.effect
        FROM (
            SELECT f.claim_id, {_EFFECT} AS effect FROM fate f GROUP BY f.claim_id
            UNION ALL
            SELECT d.claim_id, 2 FROM doubtful d
        ) e
        JOIN claim_pattern c ON c.claim_id = e.claim_id
        WHERE e.effect < 3
    )"""


_EFFECT = """CASE
            WHEN MAX(CASE WHEN f.lost = f.total THEN 1 ELSE 0 END) = 1 THEN 0
            WHEN MAX(CASE WHEN f.lost + f.unsure = f.total THEN 1 ELSE 0 END) = 1 THEN 2
            WHEN MAX(f.lost) > 0 THEN 1
            WHEN MAX(f.unsure) > 0 THEN 2
            ELSE 3 END"""

_TOUCHED = f"{{claim}} IN (SELECT claim_id FROM touched) AND {CURRENT}"


def _named(reader: Reader, losses: Losses) -> str:
    """X in words, outlets by name and sources by address.

    What nobody cites has the name that the registry knows.
    """
    keys = (*losses.outlets, *losses.kept)
    outlets = reader.rows_for(
        "SELECT key, COALESCE(name, key) AS name FROM known_outlet WHERE key IN :ids", keys
    )
    sources = reader.rows_for("SELECT s.id, s.url FROM source s WHERE s.id IN :ids", losses.sources)
    name = {row["key"]: row["name"] for row in outlets} | {s["id"]: s["url"] for s in sources}
    for key in keys:
        if key not in name and registry.is_listed(key):
            name[key] = registry.keyed(key).name
    lost = phrase(
        [
            *(name.get(key, key) for key in losses.outlets + losses.sources),
            *(f"owner {owner}" for owner in losses.owners),
            *(f"country {country}" for country in losses.countries),
            *(f"kind {kind}" for kind in losses.kinds),
            *(f"rating {rating.list}={rating.value}" for rating in losses.ratings),
            *([_days(losses)] if losses.by_date else []),
        ],
        "or",
    )
    kept = phrase([name.get(key, key) for key in losses.kept], "and")
    return f"{lost} except {kept}" if kept else lost


def _days(losses: Losses) -> str:
    if losses.dated_from is None:
        return f"a page published until {losses.dated_until}"
    if losses.dated_until is None:
        return f"a page published since {losses.dated_from}"
    return f"a page published from {losses.dated_from} to {losses.dated_until}"
