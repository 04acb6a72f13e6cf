"""Every single loss there is -> what it would do: which one hurts most.

By outlet the counts are kept ready. By owner, country or kind a loss is that of several outlets at
once, so each is weighed over the patterns that have one of them, all in one statement.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypedDict, cast, overload

from ledger.clusters import STORY
from ledger.reader import Reader

By = Literal["outlet", "owner", "country", "kind"]
"""What is lost: one outlet, or all outlets of one owner, country or kind."""


class Damage(TypedDict):
    """What one loss would do to how many claims; the effects are those of `impact`.

    Attributes:
        key: `Outlet.key`; the owner, country or kind itself.
        name: As shown.
        falls, weakens, unknown: Claims of each effect.
    """

    key: str
    name: str
    falls: int
    weakens: int
    unknown: int


def ranking(
    reader: Reader, by: By, *, limit: int | None = None, article: str | None = None
) -> Sequence[Damage]:
    """What each single loss would do, the worst first: by falls, then weakens, then the key.

    A story of which nobody knows who wrote it is nobody's to lose, and is not among them.

    Args:
        reader: An open ledger.
        by: What is lost.
        limit: At most so many; None for all.
        article: Id of a current article, whose claims alone are counted; None for all.

    Returns:
        Rows by place; no list, and equal to none: a row may be made only when it is looked at.
    """
    bound: dict[str, object] = {"limit": limit, "story": STORY + "%", "article": article}
    if by == "outlet" and limit is None and article is None:
        return _all_outlets(reader, bound)
    weighed = _weighed(article)
    if by != "outlet":
        asked = f"WITH {weighed}, {_facts(by)}"
    else:
        outlets = _OUTLETS if article is None else f"WITH {weighed} {_OUTLETS_OF_ONE}"
        asked = f'{outlets} ORDER BY falls DESC, weakens DESC, "key"'
    cut = "" if limit is None else " LIMIT :limit"
    return cast("list[Damage]", reader.rows(asked + cut, bound))


def _all_outlets(reader: Reader, bound: Mapping[str, object]) -> "_Ranking":
    columns = reader.columns(_OUTLETS, ("key", "name"), ("falls", "weakens", "unknown"), bound)
    keys, _, falls, weakens, _ = columns
    # By one column after the other, each sort keeping the order of the one before: SQL takes
    # longer, for it carries the names along.
    places = sorted(range(len(keys)), key=keys.__getitem__)
    places.sort(key=weakens.__getitem__, reverse=True)
    places.sort(key=falls.__getitem__, reverse=True)
    return _Ranking(columns, places)


class _Ranking(Sequence[Damage]):
    """Rows that are kept as columns, each put together when it is looked at.

    Args:
        columns: Those of `Damage`, in any order of the rows.
        places: Where in them each row of the ranking is, the first row's first.
    """

    def __init__(self, columns: Sequence[Sequence[Any]], places: Sequence[int]) -> None:
        self._columns = columns
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Damage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Damage]: ...
    def __getitem__(self, at: int | slice) -> Damage | list[Damage]:
        if isinstance(at, slice):
            return list(self._rows(self._places[at]))
        return next(self._rows([self._places[at]]))

    def __iter__(self) -> Iterator[Damage]:
        return self._rows(self._places)

    def _rows(self, places: Iterable[int]) -> Iterator[Damage]:
        key, name, falls, weakens, unknown = self._columns
        for at in places:
            yield {
                "key": key[at],
                "name": name[at],
                "falls": falls[at],
                "weakens": weakens[at],
                "unknown": unknown[at],
            }


def count_ranked(reader: Reader, by: By, *, article: str | None = None) -> int:
    """How many losses there are to rank; `article` as in `ranking`."""
    leaning = _leaning(article)
    sql = f"SELECT COUNT(*) AS n FROM {leaning} t WHERE t.outlet NOT LIKE :story"
    if by != "outlet":
        sql = f"""SELECT COUNT(DISTINCT f.{by}) AS n FROM known_outlet f
            JOIN {leaning} t ON t.outlet = f.key"""
    row = reader.row(sql, {"story": STORY + "%", "article": article})
    return int(row["n"]) if row else 0


def _leaning(article: str | None) -> str:
    """The outlets that claims lean on, as a table."""
    if article is None:
        return "outlet_tally"
    return """(
        SELECT DISTINCT l.outlet
        FROM claim_pattern c JOIN pattern_outlet l ON l.pattern_id = c.pattern_id
        WHERE c.article_id = :article
    )"""


def _weighed(article: str | None) -> str:
    """A table of the patterns, and of how many claims each is to be counted for."""
    if article is None:
        return "weighed(id, claims, unsure) AS (SELECT p.id, p.claims, p.unsure FROM pattern p)"
    return """weighed(id, claims, unsure) AS (
        SELECT p.id, COUNT(*), p.unsure
        FROM claim_pattern c JOIN pattern p ON p.id = c.pattern_id
        WHERE c.article_id = :article
        GROUP BY p.id, p.unsure
    )"""


class Unranked(TypedDict):
    """What a ranking by owner, country or kind leaves out.

    Attributes:
        outlets: Outlets that claims lean on, and of which that is not known.
        of: All outlets that claims lean on.
        claims: Claims that lean on one of `outlets`.
    """

    outlets: int
    of: int
    claims: int


def unranked(reader: Reader, by: By, *, article: str | None = None) -> Unranked:
    """What `ranking` has no row for. By outlet nothing is left out."""
    if by == "outlet":
        return Unranked(outlets=0, of=count_ranked(reader, by, article=article), claims=0)
    sql = _UNRANKED.format(by=by, leaning=_leaning(article), weighed=_weighed(article))
    row = reader.row(sql, {"story": STORY + "%", "article": article})
    return cast("Unranked", row)


_UNRANKED = """
    WITH {weighed}
    SELECT COUNT(*) AS "of",
        COALESCE(SUM(CASE WHEN f.{by} IS NULL THEN 1 ELSE 0 END), 0) AS outlets,
        (SELECT COALESCE(SUM(w.claims), 0) FROM weighed w WHERE w.id IN (
            SELECT o.pattern_id
            FROM pattern_outlet o
            LEFT JOIN known_outlet g ON g.key = o.outlet
            WHERE g.{by} IS NULL AND o.outlet NOT LIKE :story
        )) AS claims
    FROM {leaning} t
    LEFT JOIN known_outlet f ON f.key = t.outlet
    WHERE t.outlet NOT LIKE :story"""

_OUTLETS = """
    SELECT outlet AS "key", COALESCE(name, outlet) AS name, falls, weakens,
        unknown - unsure + COALESCE((
            SELECT claims FROM support_total WHERE what = 'unsure'
        ), 0) AS unknown
    FROM outlet_tally
    WHERE outlet NOT LIKE :story """


_OUTLETS_OF_ONE = """
    SELECT o.outlet AS "key", COALESCE(k.name, o.outlet) AS name,
        SUM(CASE WHEN o.effect = 0 THEN w.claims ELSE 0 END) AS falls,
        SUM(CASE WHEN o.effect = 1 THEN w.claims ELSE 0 END) AS weakens,
        SUM(CASE WHEN o.effect = 2 THEN w.claims ELSE 0 END) - SUM(w.claims * w.unsure) + (
            SELECT COALESCE(SUM(d.claims * d.unsure), 0) FROM weighed d
        ) AS unknown
    FROM weighed w
    JOIN pattern_outlet o ON o.pattern_id = w.id
    LEFT JOIN known_outlet k ON k.key = o.outlet
    WHERE o.outlet NOT LIKE :story
    GROUP BY o.outlet, k.name"""
"""The same of one article, for which no counts are kept ready."""


def _facts(by: By) -> str:
    """A question: what losing all outlets of each owner (or country, or kind) would do.

    Begins with what follows `_weighed`. `member` has those facts of its outlet (`one`) and of its
    origin (`other`), `hit` each loss that takes it, `struck` what that does to one group: all of it
    is lost, or may be. `fate` brings the groups of a pattern together, as `pattern.effects` does
    for one outlet. A pattern in doubt that a loss does not strike is "unknown" to it all the same:
    so the claims of all such are counted for each, and those taken off that it does strike.
    """
    # A member of unknown outlet, or of one whose fact is not known, is in doubt for every loss
    # but that by which it is lost for certain, by way of its outlet or of its origin.
    return f"""
    member(pattern_id, grp, ordinal, one, other, doubt) AS (
        SELECT m.pattern_id, m.grp, m.ordinal, o.{by}, v.{by}, CASE
            WHEN m.outlet IS NULL OR o.{by} IS NULL THEN 1
            WHEN v.{by} IS NULL AND m.origin NOT LIKE :story THEN 1
            ELSE 0 END
        FROM weighed w
        JOIN pattern_member m ON m.pattern_id = w.id
        LEFT JOIN known_outlet o ON o.key = m.outlet
        LEFT JOIN known_outlet v ON v.key = m.origin
    ),
    of_group(pattern_id, grp, total, doubt) AS (
        SELECT pattern_id, grp, COUNT(*), SUM(doubt) FROM member GROUP BY pattern_id, grp
    ),
    doubtful(pattern_id, doubt, blind) AS (
        SELECT pattern_id, MAX(CASE WHEN doubt > 0 THEN 1 ELSE 0 END),
            MAX(CASE WHEN doubt = total THEN 1 ELSE 0 END)
        FROM of_group
        GROUP BY pattern_id
    ),
    hit(pattern_id, grp, ordinal, lost, doubt) AS (
        SELECT pattern_id, grp, ordinal, one, doubt FROM member WHERE one IS NOT NULL
        UNION
        SELECT pattern_id, grp, ordinal, other, doubt FROM member WHERE other IS NOT NULL
    ),
    struck(pattern_id, lost, falls, may) AS (
        SELECT h.pattern_id, h.lost, CASE WHEN COUNT(*) = g.total THEN 1 ELSE 0 END,
            CASE WHEN COUNT(*) + g.doubt - SUM(h.doubt) = g.total THEN 1 ELSE 0 END
        FROM hit h
        JOIN of_group g ON g.pattern_id = h.pattern_id AND g.grp = h.grp
        GROUP BY h.pattern_id, h.grp, h.lost, g.total, g.doubt
    ),
    fate(lost, claims, effect, doubt) AS (
        SELECT s.lost, p.claims, CASE
            WHEN MAX(s.falls) = 1 THEN 0
            WHEN MAX(s.may) = 1 OR d.blind = 1 THEN 2
            ELSE 1 END, d.doubt
        FROM struck s
        JOIN doubtful d ON d.pattern_id = s.pattern_id
        JOIN weighed p ON p.id = s.pattern_id
        GROUP BY s.pattern_id, s.lost, p.claims, d.blind, d.doubt
    )
    SELECT lost AS "key", lost AS name,
        SUM(CASE WHEN effect = 0 THEN claims ELSE 0 END) AS falls,
        SUM(CASE WHEN effect = 1 THEN claims ELSE 0 END) AS weakens,
        SUM(CASE WHEN effect = 2 THEN claims ELSE 0 END) - SUM(claims * doubt) + (
            SELECT COALESCE(SUM(p.claims * d.doubt), 0)
            FROM doubtful d
            JOIN weighed p ON p.id = d.pattern_id
        ) AS unknown
    FROM fate
    GROUP BY lost
    ORDER BY falls DESC, weakens DESC, lost """
