"""What is taken away -> whether a source is among it, in SQL.

Membership is three-valued. An unknown source may be anyone; an outlet whose owner is not known
may belong to anyone; a page of unknown date may be of any day. Taken over all the ways the unknown
could turn out, a loss can only grow, so the two ends (all of them outside, all of them inside)
decide: see `fate`.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import NamedTuple

from ledger.provenance.ratings import Rating, by_rating
from ledger.reader import Reader, listed


class Losses(NamedTuple):
    """The set X that is taken away: the union of all that is named here, without `kept`.

    Attributes:
        outlets: `Outlet.key`s, or origins as in `standing`.
        owners, countries, kinds: As recorded of outlets, in the same spelling.
        sources: `Source.id`s.
        dated_from, dated_until: Pages published on these days or between, each an ISO date that
            is included; None where that side is open. Both None: no pages by date.
        kept: `Outlet.key`s that are not lost, with their pages, whatever else is named.
        ratings: What lists of the user's own say of outlets.
    """

    outlets: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dated_from: str | None = None
    dated_until: str | None = None
    kept: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def by_fact(self) -> bool:
        """Whether something about outlets is asked that may not be known of them."""
        return bool(self.owners or self.countries or self.kinds or self.ratings)

    @property
    def by_outlet(self) -> bool:
        """Whether outlets are lost, and with them all their pages."""
        return bool(self.outlets) or self.by_fact

    @property
    def by_date(self) -> bool:
        """Whether pages are lost by their date."""
        return self.dated_from is not None or self.dated_until is not None

    @property
    def takes_nothing(self) -> bool:
        """Whether outlets are all that is named, and `kept` names each of them."""
        others = self._replace(outlets=(), kept=())
        return others == Losses() and set(self.outlets) <= set(self.kept)

    @property
    def by_page(self) -> bool:
        """Whether each page must be looked at: one of an outlet may be lost and others not."""
        return bool(self.sources) or self.by_date or not self.by_outlet


class Membership(NamedTuple):
    """How SQL asks whether a source is in X.

    `tables` are common table expressions, each followed by a comma, and `params` their values.
    `join` brings them to a source `k` (source_id, outlet, origin; none of them for an unknown one).
    `lost` and `unsure` are conditions over both; where the first holds the second does not count.
    """

    tables: str
    params: dict[str, object]
    join: str
    lost: str
    unsure: str

    @property
    def rank(self) -> str:
        """An expression: 2 in X, 1 not known, 0 not in X."""
        return f"CASE WHEN {self.lost} THEN 2 WHEN {self.unsure} THEN 1 ELSE 0 END"

    @property
    def sums(self) -> str:
        """Over a group: lost, unsure and total, how many are in X, not known, and all."""
        # Written out: SQLite takes seven times as long over sums of what `rank` gives.
        return f"""COUNT(CASE WHEN {self.lost} THEN 1 END) AS lost,
            COUNT(CASE WHEN {self.lost} THEN NULL WHEN {self.unsure} THEN 1 END) AS unsure,
            COUNT(*) AS total"""


def as_they_stand(reader: Reader, losses: Losses) -> Losses:
    """The same losses, outlets that were merged into others being those."""
    named = (*losses.outlets, *losses.kept)
    rows = reader.rows_for("SELECT key, standing FROM known_outlet WHERE key IN :ids", named)
    into = {row["key"]: row["standing"] for row in rows}
    kept = dict.fromkeys(into.get(key, key) for key in losses.kept)
    outlets = dict.fromkeys(into.get(key, key) for key in losses.outlets)
    return losses._replace(
        outlets=tuple(key for key in outlets if key not in kept), kept=tuple(kept)
    )


def membership(losses: Losses) -> Membership:
    """X as tables and an expression; `losses` must be `as_they_stand`.

    A known outlet named in prose is no page, so it is lost by no source and no date. A name that
    stands for no known outlet stays unknown, whatever X is: nothing is guessed.
    """
    kept, params = listed("kept_", losses.kept)
    named, bound = listed("lost_outlet_", losses.outlets)
    params |= bound
    lost: list[str] = []
    tables: list[str] = []
    joins: list[str] = []
    unsure = ["(k.source_id IS NULL AND k.outlet IS NULL AND k.origin IS NULL)"]
    if losses.outlets:
        lost += [f"k.outlet IN {named}", f"k.origin IN {named}"]
    if losses.by_fact:
        keys, bound = _lost_keys(losses)
        params |= bound
        tables.append(keys)
        joins += [
            "LEFT JOIN lost_key lost_o ON lost_o.lost = k.outlet",
            "LEFT JOIN lost_key lost_v ON lost_v.lost = k.origin",
        ]
        lost += ["lost_o.rank = 2", "lost_v.rank = 2"]
        unsure += ["lost_o.rank = 1", "lost_v.rank = 1"]
    if losses.by_outlet:
        unsure.append("k.outlet IS NULL")
    if losses.sources or losses.by_date:
        pages, bound = _lost_pages(losses)
        params |= bound
        tables.append(pages)
        joins.append("LEFT JOIN lost_page lost_p ON lost_p.lost = k.source_id")
        page = "COALESCE(lost_p.rank, 0)"
        if losses.by_date:
            page = "CASE WHEN k.source_id IS NULL THEN 0 ELSE COALESCE(lost_p.rank, 1) END"
        if losses.kept:
            page = f"""CASE WHEN k.outlet IN {kept} THEN 0
                WHEN k.outlet IS NULL AND {page} = 2 THEN 1 ELSE {page} END"""
        lost.append(f"{page} = 2")
        unsure.append(f"{page} = 1")
    return Membership(
        tables="".join(f"{table}, " for table in tables),
        params=params,
        join=" ".join(joins),
        lost=" OR ".join(lost) or "1 = 0",
        unsure=" OR ".join(unsure),
    )


def _lost_keys(losses: Losses) -> tuple[str, dict[str, object]]:
    """lost_key(lost, rank), and what it binds: outlets by their facts, 2 in X, 1 not known."""
    inside, unsure, params = by_rating(losses.ratings, "f.key")
    for fact, values in (
        ("owner", losses.owners),
        ("country", losses.countries),
        ("kind", losses.kinds),
    ):
        if values:
            names, bound = listed(f"lost_{fact}_", values)
            inside.append(f"f.{fact} IN {names}")
            unsure.append(f"f.{fact} IS NULL")
            params |= bound
    # Neither what is lost by name already, nor what is kept.
    others, _ = listed("lost_outlet_", losses.outlets)
    kept, _ = listed("kept_", losses.kept)
    by_fact = " OR ".join(inside)
    return (
        f"""lost_key(lost, rank) AS (
        SELECT f.key, CASE WHEN {by_fact} THEN 2 ELSE 1 END
        FROM known_outlet f
        WHERE ({by_fact} OR {" OR ".join(unsure)})
            {f"AND f.key NOT IN {others}" if losses.outlets else ""}
            {f"AND f.key NOT IN {kept}" if losses.kept else ""}
    )""",
        params,
    )


def _lost_pages(losses: Losses) -> tuple[str, dict[str, object]]:
    """lost_page(lost, rank): sources, 2 in X, 1 not known, 0 outside; and what it binds.

    By date those that are not there are not known: nobody read them, or they say no day.
    """
    named, params = _values(losses.sources)
    if not losses.by_date:
        return f"lost_page(lost, rank) AS ({named})", params
    params |= {
        "dated_from": losses.dated_from or "0000-00-00",
        "dated_until": losses.dated_until or "9999-99-99",
    }
    return (
        f"""named_page(lost, rank) AS ({named}),
    lost_page(lost, rank) AS (
        SELECT lost, MAX(rank)
        FROM (
            SELECT lost, rank FROM named_page
            UNION ALL
            SELECT d.source_id, CASE
                WHEN d.latest < :dated_from OR d.earliest > :dated_until THEN 0
                WHEN d.earliest >= :dated_from AND d.latest <= :dated_until THEN 2
                ELSE 1 END
            FROM ({_DATED}) d
        ) pages
        GROUP BY lost
    )""",
        params,
    )


def _digits(*places: int) -> str:
    return " AND ".join(f"SUBSTR(a.published, {at}, 1) BETWEEN '0' AND '9'" for at in places)


_YEAR, _MONTH, _DAY = _digits(1, 2, 3, 4), _digits(6, 7), _digits(9, 10)

_DATED = f"""
                SELECT a.source_id, MIN(CASE LENGTH(a.published)
                        WHEN 4 THEN a.published || '-01-01'
                        WHEN 7 THEN a.published || '-01'
                        ELSE SUBSTR(a.published, 1, 10) END) AS earliest,
                    MAX(CASE LENGTH(a.published)
                        WHEN 4 THEN a.published || '-12-31'
                        WHEN 7 THEN a.published || '-31'
                        ELSE SUBSTR(a.published, 1, 10) END) AS latest
                FROM current_article a
                WHERE {_YEAR} AND (
                    LENGTH(a.published) = 4
                    OR a.published LIKE '____-__' AND {_MONTH}
                    OR a.published LIKE '____-__-__%' AND {_MONTH} AND {_DAY}
                )
                GROUP BY a.source_id"""
"""Cited pages that are read themselves and say when they were published: between which days."""


def _values(sources: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """Rows (value, 2), and what they bind."""
    bound: dict[str, object] = {f"lost_source_{n}": source for n, source in enumerate(sources)}
    if not bound:
        return "SELECT CAST(NULL AS TEXT), 2 WHERE 1 = 0", bound
    rows = ", ".join(f"(CAST(:{key} AS TEXT), 2)" for key in bound)
    return f"VALUES {rows}", bound
