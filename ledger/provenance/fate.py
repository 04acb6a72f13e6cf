"""What is taken away -> what becomes of each claim, in SQL.

Over all possible worlds (each source of unknown membership in X or not) a claim's effect grows
with X, so the world with all of them outside and the world with all of them inside bound every
other. Where both give one effect, that is the answer; else it is "unknown". By counts per group:

    some group has lost = total                      falls
    else some group has lost + unsure = total        unknown    (stands or weakens, or falls)
    else some group has lost > 0                     weakens
    else some group has unsure > 0                   unknown    (stands or weakens)
    else                                             untouched, not listed

In SQL the effects are the numbers of `pattern` (0 falls, 1 weakens, 2 unknown), and 3 is untouched.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from ledger.forms import CARRIES
from ledger.provenance.losses import Losses, Membership
from ledger.provenance.support import CURRENT, support_tables
from ledger.reader import listed


def effect_tables(
    losses: Losses, lost: Membership, article: str | None, *, sure: bool = False
) -> str:
    """Common table expressions up to claim_effect(place, effect), untouched left out.

    Where only outlets are asked about, by way of pattern_effect(pattern_id, claims, effect). With
    `sure`, which is only for outlets by name, those that lose nothing for certain may be missing.
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
            " WHERE x.rank >= 1"
        )
    return f"""
    touched(pattern_id) AS (
        {_within(" UNION ".join(touched), article)}
    ),
    {_fate_of_patterns(lost)},
    claim_effect(place, effect) AS (
        SELECT c.place, e.effect
        FROM {_PATTERNS_FIRST if article is None else _ARTICLE_FIRST}
            AND e.effect < 3
    )"""


_PATTERNS_FIRST = "pattern_effect e JOIN claim_pattern c ON c.pattern_id = e.pattern_id"

_ARTICLE_FIRST = """claim_pattern c
        CROSS JOIN pattern_effect e
        WHERE c.article_id = :article AND e.pattern_id = c.pattern_id"""
"""An article has few claims, and a pattern may have a million."""


def _within(patterns: str, article: str | None) -> str:
    """Of these patterns those that claims of the article have."""
    if article is None:
        return patterns
    return f"""SELECT x.id FROM ({patterns}) x
        WHERE x.id IN (SELECT pattern_id FROM claim_pattern WHERE article_id = :article)"""


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

    An article has few claims: each is weighed. Else those that lean on something of what is lost.
    """
    if article is not None:
        tables, touched, doubtful = "", _OF_ARTICLE, ""
    else:
        tables = _touched_claims(losses, lost) + _doubtful_claims(losses, lost)
        touched, doubtful = _TOUCHED, "UNION ALL SELECT place, 2 FROM doubtful"
    return f"""
    {tables}
    {support_tables(touched)},
    fate(claim_id, lost, unsure, total) AS (
        SELECT k.claim_id, {lost.sums}
        FROM carrier k
        {lost.join}
        GROUP BY k.claim_id, k.grp, k.named
    ),
    claim_effect(place, effect) AS (
        SELECT e.place, MIN(e.effect)
        FROM (
            SELECT c.place, w.effect
            FROM (SELECT f.claim_id, {_EFFECT} AS effect FROM fate f GROUP BY f.claim_id) w
            JOIN claim_pattern c ON c.claim_id = w.claim_id
            {doubtful}
        ) e
        WHERE e.effect < 3
        GROUP BY e.place
    )"""


def _touched_claims(losses: Losses, lost: Membership) -> str:
    """touched(claim_id), followed by a comma: claims with something that is lost for certain."""
    sources = f"SELECT k.source_id FROM standing k {lost.join} WHERE {lost.lost}"
    if losses.sources and not losses.by_outlet and not losses.by_date:  # they are at hand
        sources = "SELECT lost FROM lost_page"
    named = f"UNION {_named_claims(lost, 2)}" if losses.by_outlet else ""
    return f"""
    touched_source(id) AS ({sources}),
    touched(claim_id) AS (
        SELECT c.claim_id
        FROM touched_source x
        JOIN citation c ON c.source_id = x.id
        {named}
    ),"""


def _doubtful_claims(losses: Losses, lost: Membership) -> str:
    """doubtful(place), followed by a comma: claims with something that may be lost.

    Where nothing of theirs is lost for certain it is not known, whatever else carries them: so
    they are not weighed. Those that are touched may be among them, and some several times.
    """
    cited, named = _HAS_GAP, "SELECT t.claim_id FROM attribution t WHERE t.outlet IS NULL"
    if losses.by_outlet:
        named = _named_claims(lost, 1)
    if losses.by_outlet or losses.by_date:
        # Claim by claim: so many pages may be lost that nearly every claim cites some.
        cited = f"""
        SELECT p.place
        FROM claim_pattern p
        WHERE p.pattern_id IS NOT NULL AND EXISTS (
            SELECT 1
            FROM current_citation z
            LEFT JOIN standing k ON k.source_id = z.source_id
            {lost.join}
            WHERE z.claim_id = p.claim_id AND {lost.rank} = 1
                AND z.form {CARRIES}
        )"""
    return f"""
    doubtful(place) AS (
        {cited}
        UNION ALL
        SELECT p.place FROM ({named}) t JOIN claim_pattern p ON p.claim_id = t.claim_id
    ),"""


_HAS_GAP = f"""
        SELECT p.place
        FROM current_citation z
        JOIN claim_pattern p ON p.claim_id = z.claim_id
        WHERE z.gap IS NOT NULL AND z.form {CARRIES}"""


def _named_claims(lost: Membership, rank: int) -> str:
    """Claims that name an outlet of this rank in prose."""
    return f"""
        SELECT k.claim_id
        FROM (
            SELECT t.claim_id, CAST(NULL AS TEXT) AS source_id,
                COALESCE(n.standing, t.outlet) AS outlet, COALESCE(n.standing, t.outlet) AS origin
            FROM attribution t
            LEFT JOIN known_outlet n ON n.key = t.outlet
        ) k
        {lost.join}
        WHERE {lost.rank} = {rank}"""


_EFFECT = """CASE
            WHEN MAX(CASE WHEN f.lost = f.total THEN 1 ELSE 0 END) = 1 THEN 0
            WHEN MAX(CASE WHEN f.lost + f.unsure = f.total THEN 1 ELSE 0 END) = 1 THEN 2
            WHEN MAX(f.lost) > 0 THEN 1
            WHEN MAX(f.unsure) > 0 THEN 2
            ELSE 3 END"""

_TOUCHED = f"{{claim}} IN (SELECT claim_id FROM touched) AND {CURRENT}"

_OF_ARTICLE = "{claim} IN (SELECT claim_id FROM claim_pattern WHERE article_id = :article)"
