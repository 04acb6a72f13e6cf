"""A loss -> the claims that fall, weaken, or may: see `fate`."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from ledger import outlets as registry
from ledger.provenance.because import because_of_loss, phrase
from ledger.provenance.copies import copies_of
from ledger.provenance.fate import effect_tables
from ledger.provenance.losses import Losses, as_they_stand, membership
from ledger.provenance.several import counts_of_outlets
from ledger.provenance.support import Member, members
from ledger.reader import Reader, Row
from ledger.redacted import say_redacted

if TYPE_CHECKING:
    from ledger.model import Effect

EFFECTS: tuple["Effect", ...] = ("falls", "weakens", "unknown")
"""In the order in which people need them; `fate` and `pattern` count them 0, 1, 2."""

PART = 5_000
"""Claims whose groups are held at once: they take ten times the room of what is said of them."""


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
    return _impacts(reader, losses, _listed(reader, losses, article, limit))


class Totals(NamedTuple):
    """Over all claims that a loss touches, also where only some are listed.

    Attributes:
        effects: Effect to the number of claims that have it, zero included.
        articles: In how many articles some claim falls or weakens; None where it was not asked.
    """

    effects: dict["Effect", int]
    articles: int | None


def impact_with_totals(
    reader: Reader,
    losses: Losses,
    *,
    article: str | None = None,
    limit: int | None = None,
    in_articles: bool = False,
) -> tuple[list[Impact], Totals]:
    """What `impact` gives, and its totals: claims that must be weighed are so only once."""
    stand = as_they_stand(reader, losses)
    if not (stand.by_page or stand.by_fact):  # of outlets alone the counts are kept
        found = _listed(reader, losses, article, limit)
        counts = impact_counts(reader, losses, article=article)
        totals = Totals(counts, _touched_articles(reader, stand) if in_articles else None)
    else:
        articles = ("articles",) if in_articles else ()
        found = _listed(reader, losses, article, limit, totals=(*EFFECTS, *articles))
        first = found[0] if found else dict.fromkeys((*EFFECTS, *articles), 0)
        effects: dict[Effect, int] = {effect: first[effect] for effect in EFFECTS}
        totals = Totals(effects, first["articles"] if in_articles else None)
    return _impacts(reader, losses, found), totals


_HURT = """(SELECT COUNT(DISTINCT c.article_id)
            FROM claim_effect h
            JOIN claim_pattern c ON c.place = h.place
            WHERE h.effect < 2)"""

_TOTALS: dict[str, str] = {
    **{
        effect: f"COUNT(CASE WHEN f.effect = {number} THEN 1 END) OVER ()"
        for number, effect in enumerate(EFFECTS)
    },
    "articles": _HURT,
}
"""What is said of all claims in each row, and how."""


def _listed(
    reader: Reader,
    losses: Losses,
    article: str | None,
    limit: int | None,
    *,
    totals: Sequence[str] = (),
) -> list[Row]:
    """Claims by effect, in reading order, each with those of `_TOTALS` that are named."""
    stand = as_they_stand(reader, losses)
    lost = membership(stand)
    cut = "" if limit is None else " LIMIT :limit"
    names = "".join(f", e.{name}" for name in totals)
    values = "".join(f", {_TOTALS[name]} AS {name}" for name in totals)
    return reader.rows(
        f"""WITH {lost.tables}{effect_tables(stand, lost, article)}
        SELECT m.id, m.article_id, a.title, m.exact, m.section, e.effect{names}
        FROM (
            SELECT f.place, f.effect{values} FROM claim_effect f ORDER BY f.effect, f.place{cut}
        ) e
        JOIN claim_pattern c ON c.place = e.place
        JOIN claim m ON m.id = c.claim_id
        JOIN article a ON a.id = m.article_id
        ORDER BY e.effect, e.place""",
        {**lost.params, "limit": limit, "article": article},
    )


def _impacts(reader: Reader, losses: Losses, found: list[Row]) -> list[Impact]:
    stand = as_they_stand(reader, losses)
    lost_name = _named(reader, losses)
    impacts: list[Impact] = []
    for first in range(0, len(found), PART):
        impacts += _explained(reader, found[first : first + PART], stand, lost_name)
    return impacts


def _explained(reader: Reader, found: list[Row], stand: Losses, lost_name: str) -> Iterator[Impact]:
    """Claims with why the losses, as they stand, do to them what they do."""
    say_redacted(reader, found, "article_id", "title", "exact")
    sections = {text: reader.parsed(text) for text in {row["section"] for row in found}}
    groups = members(reader, [row["id"] for row in found], stand)
    copies = copies_of(reader, lost_pages(groups.values())) if stand.by_page else {}
    for row in found:
        effect = EFFECTS[row["effect"]]
        yield Impact(
            claim=row["id"],
            article=row["article_id"],
            title=row["title"],
            exact=row["exact"],
            section=[*sections[row["section"]]],
            effect=effect,
            because=because_of_loss(effect, groups[row["id"]], stand, lost_name, copies),
        )


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
        f"""WITH {lost.tables}{effect_tables(stand, lost, article)}
        SELECT c.claim_id, c.article_id
        FROM claim_effect e
        JOIN claim_pattern c ON c.place = e.place""",
        {**lost.params, "article": article},
    )
    return {row["claim_id"]: row["article_id"] for row in found}


def _touched_articles(reader: Reader, stand: Losses) -> int:
    """In how many articles some claim falls or weakens without outlets, as they stand."""
    lost = membership(stand)
    tables = effect_tables(stand, lost, None, sure=True)
    (row,) = reader.rows(f"WITH {lost.tables}{tables} SELECT {_HURT} AS n", lost.params)
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
        f"""WITH {lost.tables}{effect_tables(stand, lost, article)}
        SELECT e.effect, {counted} WHERE e.effect < 3 GROUP BY e.effect""",
        {**lost.params, "article": article},
    )
    return _counts({row["effect"]: row["n"] for row in found})


def _counts(by_number: Mapping[int, int]) -> dict["Effect", int]:
    return {effect: by_number.get(number, 0) for number, effect in enumerate(EFFECTS)}


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
