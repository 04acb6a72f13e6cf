"""A filter -> the ids of the claims that pass it, in reading order.

Claims that are current are found by the tables that are kept ready for it; those of one article,
of any version, are few, and are looked through.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.forms import CARRIES
from ledger.provenance import Conditions, Rating, by_rating, owner_of, support, weakest
from ledger.queries.only import are_only_on, only_on, standing
from ledger.queries.words import as_claims_have_them, found_by, in_text
from ledger.reader import Reader, listed

if TYPE_CHECKING:
    from ledger.model import ClaimKind


class ClaimFilter(NamedTuple):
    """Which claims; everything named must hold.

    Attributes:
        outlet: Key of an outlet that a citation leads to, or whose words it leads to, or that the
            prose names.
        only: Keys of outlets on which it shall stand, on some of them and on no other.
        maybe_only: Instead of those only claims of which it is not known; with `only`.
        sources: Ids of cited sources: it cites one of them.
        article: Id of the article, of any version; None: of every current article.
        single_source: Only claims of resilience 1.
        resilience: Only claims of this resilience; not with `single_source`.
        by_owner: Resilience counts the outlets of one owner as one.
        unsure: Instead of those of a resilience only claims of which it is not known.
        uncited: Only claims that nothing carries: no marker, no outlet named, not covered.
        gaps: Only claims with a citation that leads nowhere.
        kind: Only this kind. None: claims, and those sentences that claim nothing but name an
            outlet.
        no_claims: Of these only those that claim nothing; with no `kind`.
        rating: Only claims that lean on an outlet of which a list says this.
        unrated: Of that list those instead of which it is not known: they lean on an outlet that
            the list does not name, or on one that is not known, and on none of that rating.
        search: Words that stand so in the claim; see `words`. In an article every claim is
            looked through, so there they may also begin within a word.
    """

    outlet: str | None = None
    only: tuple[str, ...] = ()
    maybe_only: bool = False
    sources: tuple[str, ...] = ()
    article: str | None = None
    single_source: bool = False
    resilience: int | None = None
    by_owner: bool = False
    unsure: bool = False
    uncited: bool = False
    gaps: bool = False
    kind: "ClaimKind | None" = None
    no_claims: bool = False
    search: str | None = None
    rating: Rating | None = None
    unrated: bool = False

    @property
    def strength(self) -> int | None:
        """The resilience that is asked for; None when any will do."""
        return 1 if self.single_source else self.resilience


class _Selection(NamedTuple):
    """What follows FROM, its condition and order, and the values of all of it."""

    tables: str
    condition: str
    order: str
    params: dict[str, object]


def chosen(
    reader: Reader, which: ClaimFilter, limit: int | None = None, offset: int = 0
) -> list[str]:
    """Ids of the claims that pass, articles in the order of recording, then reading order.

    Args:
        reader: An open ledger.
        which: The filter.
        limit: At most so many; None for all.
        offset: So many are passed over first.
    """
    if which.article:
        found = _of_article(reader, which)[offset:]
        return found if limit is None else found[:limit]
    selection = _selection(reader, which)
    cut = "" if limit is None else " LIMIT :limit OFFSET :offset"
    rows = reader.rows(
        f"""SELECT c.claim_id AS id FROM {selection.tables}
        WHERE {selection.condition} ORDER BY {selection.order}{cut}""",
        {**selection.params, "limit": limit, "offset": offset},
    )
    ids = [str(row["id"]) for row in rows]
    return ids if limit is not None else ids[offset:]


def count_claims(reader: Reader, which: ClaimFilter | None = None) -> int:
    """How many claims pass the filter; None for all claims."""
    asked = which or ClaimFilter()
    if asked.article:
        return len(_of_article(reader, asked))
    # Two questions have their answer ready.
    if asked.outlet and asked == ClaimFilter(outlet=asked.outlet):
        sql = f"SELECT SUM(claims) AS n FROM outlet_tally WHERE outlet = {_STANDS}"
        params: dict[str, object] = {"outlet": asked.outlet}
    elif asked.strength and asked._replace(single_source=False, resilience=None) == ClaimFilter():
        sql = "SELECT SUM(claims) AS n FROM support_total WHERE what = :what AND number = :number"
        params = {"what": "resilience", "number": asked.strength}
    else:
        selection = _selection(reader, asked, ordered=False)
        sql = f"SELECT COUNT(*) AS n FROM {selection.tables} WHERE {selection.condition}"
        params = selection.params
    row = reader.row(sql, params)
    return int(row["n"] or 0) if row else 0


def claiming_nothing(reader: Reader, claims: Sequence[str]) -> int:
    """How many of these claim nothing: they are counted because they name an outlet."""
    rows = reader.rows_for(
        "SELECT m.id FROM claim m WHERE m.kind = 'not-a-claim' AND m.id IN :ids", claims
    )
    return len(rows)


_STANDS = "COALESCE((SELECT k.standing FROM known_outlet k WHERE k.key = :outlet), :outlet)"
"""The outlet that :outlet was merged into, or itself."""


def _selection(reader: Reader, which: ClaimFilter, *, ordered: bool = True) -> _Selection:
    """Of current claims. What narrows most, and is in reading order, comes first.

    CROSS JOIN keeps it first in SQLite, which would begin with another table here and there and
    then have to put a million rows in order. Only to count them, claims of a kind come first.
    """
    tables, order = ["claim_pattern c"], "c.place"
    conditions = _conditions(which, claim="c.claim_id")
    params = _params(which)
    found = found_by(reader.kind, which.search) if which.search else None
    if found:
        conditions.append(found.condition)
        params |= found.params
    if found and found.table:
        tables.insert(0, found.table)
        conditions.append(f"c.place = {found.place}")
        order = found.place
    if which.outlet and len(tables) == 1:
        tables.insert(0, "claim_outlet l")
        conditions += [f"l.outlet = {_STANDS}", "c.place = l.place"]
        order = "l.place"
    elif which.outlet:
        conditions.append(
            f"c.place IN (SELECT l.place FROM claim_outlet l WHERE l.outlet = {_STANDS})"
        )
    if which.only:
        condition, bound = only_on(reader, which.only, unsure=which.maybe_only)
        conditions.append(condition)
        params |= bound
    if which.unsure or (which.by_owner and which.strength):
        tables.append("pattern p")
        resilience = "p.owner_resilience" if which.by_owner else "p.resilience"
        asked = "IS NULL" if which.unsure else "= :strength"
        conditions += ["p.id = c.pattern_id", f"{resilience} {asked}"]
    elif which.strength:
        conditions.append("c.resilience = :strength")
    conditions += ["c.says = 1"] * (which.kind is None) + [_ONLY_NAMES] * which.no_claims
    if any("m." in condition for condition in conditions):
        by_kind = not ordered and which._replace(kind=None, uncited=False) == ClaimFilter()
        tables.insert(0 if by_kind else len(tables), "claim m")
        conditions.append("m.id = c.claim_id")
    return _Selection(" CROSS JOIN ".join(tables), " AND ".join(conditions), order, params)


def _of_article(reader: Reader, which: ClaimFilter) -> list[str]:
    conditions = _conditions(which, claim="m.id")
    params = _params(which)
    if which.search:
        found = in_text(reader.kind, as_claims_have_them(which.search))
        conditions.append(found.condition)
        params |= found.params
    if which.outlet:
        conditions.append(_LEANS_ON_OUTLET.format(stands=_STANDS))
    if which.kind is None:
        conditions.append(_SAYS_OR_CITES)
    if which.no_claims:
        conditions.append("m.kind = 'not-a-claim'")
    rows = reader.rows(
        f"""SELECT m.id FROM claim m
        WHERE {" AND ".join(["m.article_id = :article", *conditions])}
        ORDER BY m."start", m.id""",
        params,
    )
    ids = [str(row["id"]) for row in rows]
    if which.strength is None and not which.unsure and not which.only:
        return ids
    groups = support(reader, ids)
    if which.only:
        outlets = standing(reader, which.only)
        ids = [id for id in ids if are_only_on(groups[id], outlets, unsure=which.maybe_only)]
    if which.strength is None and not which.unsure:
        return ids
    owner = owner_of(reader, groups.values()) if which.by_owner else None
    wanted = None if which.unsure else which.strength
    return [id for id in ids if groups[id] and weakest(groups[id], owner).resilience == wanted]


def _conditions(which: ClaimFilter, claim: str) -> list[str]:
    asked = (
        (which.sources, _CITES_SOURCE.format(claim=claim, sources=_listed(which)[0])),
        (which.gaps, _HAS_GAP.format(claim=claim)),
        (which.uncited, "m.kind = 'uncited'"),
        (which.kind, "m.kind = :kind"),
    )
    return [condition for value, condition in asked if value] + _rated(which, claim)


def _rated(which: ClaimFilter, claim: str) -> list[str]:
    if which.rating is None:
        return []
    inside = _LEANS_ON_SUCH.format(claim=claim, such=" OR ".join(_by_rating(which).inside))
    if not which.unrated:
        return [inside]
    unsure = " OR ".join([*_by_rating(which).unsure, "x.outlet IS NULL"])
    return [f"NOT {inside}", _LEANS_ON_SUCH.format(claim=claim, such=unsure)]


def _by_rating(which: ClaimFilter) -> Conditions:
    return by_rating([which.rating] if which.rating else [], "x.outlet")


def _params(which: ClaimFilter) -> dict[str, object]:
    return {
        "outlet": which.outlet,
        "article": which.article,
        "kind": which.kind,
        "strength": which.strength,
        **_by_rating(which).params,
        **(_listed(which)[1] if which.sources else {}),
    }


def _listed(which: ClaimFilter) -> tuple[str, dict[str, object]]:
    return listed("source_", which.sources)


_CITES_SOURCE = f"""{{claim}} IN (
        SELECT z.claim_id FROM current_citation z
        WHERE z.source_id IN {{sources}} AND z.form {CARRIES}
    )"""

_HAS_GAP = f"""{{claim}} IN (
        SELECT z.claim_id FROM current_citation z
        WHERE z.gap IS NOT NULL AND z.form {CARRIES}
    )"""

_LEANS_ON_OUTLET = f"""(m.id IN (
        SELECT z.claim_id
        FROM standing s
        JOIN current_citation z ON z.source_id = s.source_id
        WHERE (s.outlet = {{stands}} OR s.origin = {{stands}})
            AND z.form {CARRIES}
    ) OR m.id IN (
        SELECT t.claim_id
        FROM attribution t
        LEFT JOIN known_outlet n ON n.key = t.outlet
        WHERE COALESCE(n.standing, t.outlet) = {{stands}}
    ))"""

_LEANS_ON_SUCH = f"""{{claim}} IN (
        SELECT x.claim_id
        FROM (
            SELECT z.claim_id, s.outlet
            FROM current_citation z
            LEFT JOIN standing s ON s.source_id = z.source_id
            WHERE z.form {CARRIES}
            UNION ALL
            SELECT z.claim_id, s.origin
            FROM current_citation z
            JOIN standing s ON s.source_id = z.source_id
            WHERE z.form {CARRIES}
            UNION ALL
            SELECT t.claim_id, COALESCE(n.standing, t.outlet)
            FROM attribution t
            LEFT JOIN known_outlet n ON n.key = t.outlet
        ) x
        WHERE {{such}}
    )"""
"""A claim that leans on an outlet or origin `x.outlet`, NULL where it is not known, of a kind."""

_ONLY_NAMES = """c.claim_id IN (
        SELECT t.claim_id FROM attribution t CROSS JOIN claim n
        WHERE n.id = t.claim_id AND n.kind = 'not-a-claim'
    )"""
"""What claims nothing but is listed: it names an outlet, for what cites a page is a claim. It is
looked for by names, as fewer sentences name an outlet than claim nothing."""

_SAYS_OR_CITES = f"""(m.kind <> 'not-a-claim'
        OR EXISTS (SELECT 1 FROM citation z
            WHERE z.claim_id = m.id AND z.form {CARRIES})
        OR EXISTS (SELECT 1 FROM attribution t WHERE t.claim_id = m.id))"""
