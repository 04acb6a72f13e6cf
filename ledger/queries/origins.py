"""Pages that speak with another voice than their own outlet's, and the evidence."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict, cast

from ledger.clusters import STORY
from ledger.provenance import OUTLET, PUBLISHER, copies_of
from ledger.reader import Reader, Row, listed

if TYPE_CHECKING:
    from ledger.clusters import Reason


class OriginItem(TypedDict):
    """One page that counts as another voice.

    Attributes:
        source, url: Id and address of the page.
        outlet: Name of who publishes it.
        origin: Key of the voice it counts as: an outlet's, or "story:" and a source id where it
            is only known to be one text with others.
        voice: Name of that outlet; None for a story.
        reason: See `clusters.Reason`.
        other, other_url: Id and address of the page that shows it; None where the page itself does.
        part, whole: How much of the shorter text stands in the other, and how much both have in
            common of all that they say, 0 to 1; None where texts are not the reason.
        because: The reason in a sentence.
    """

    source: str
    url: str
    outlet: str | None
    origin: str
    voice: str | None
    reason: "Reason"
    other: str | None
    other_url: str | None
    part: float | None
    whole: float | None
    because: str


class DecisionItem(TypedDict):
    """A person's word on two pages, by address; `at` is ISO 8601, `reason` None if not said."""

    id: str
    verb: str
    one: str
    other: str
    by: str
    at: str
    reason: str | None


def origins(reader: Reader, *, source: str | None = None) -> list[OriginItem]:
    """Every page that counts as another voice, those of one voice together.

    Args:
        reader: An open ledger.
        source: Only pages that are one voice with the page of this id, itself among them, or that
            carry its story; None for all.
    """
    copies, bound = listed("copy", sorted(copies_of(reader, [source])[source]) if source else ())
    only = f"""WHERE v.source_id IN {copies} OR v.origin IN
        (SELECT w.origin FROM voice w WHERE w.source_id = :source OR w.other = :source)"""
    rows = reader.rows(
        f"""SELECT v.source_id AS source, s.url, COALESCE(o.name, {PUBLISHER}) AS outlet, v.origin,
            v.reason, v.other, t.url AS other_url, p.part, p.whole, c.repeats
        FROM voice v
        JOIN source s ON s.id = v.source_id
        LEFT JOIN source t ON t.id = v.other
        LEFT JOIN compared c ON c.source_id = v.source_id
        LEFT JOIN pairing p ON v.reason = 'text'
            AND ((p.one = v.source_id AND p.other = v.other)
                OR (p.one = v.other AND p.other = v.source_id))
        {OUTLET.format(key=PUBLISHER)}
        {only if source else ""}
        ORDER BY v.origin, s.url""",
        {"source": source, **bound},
    )
    names = _names(reader, {row["origin"] for row in rows})
    repeating = _repeating(rows)
    for row in rows:
        row["voice"] = names.get(row["origin"])
        row["because"] = repeating.get(row["source"]) or _because(cast("OriginItem", row))
        del row["repeats"]
    return cast("list[OriginItem]", rows)


def publishers(reader: Reader, sources: Sequence[str]) -> list[Row]:
    """Key and name of the outlets that these sources count for, each once; None when not known."""
    return reader.rows_for(
        """SELECT DISTINCT s.outlet AS "key", o.name
        FROM standing s LEFT JOIN known_outlet o ON o.key = s.outlet
        WHERE s.source_id IN :ids""",
        sources,
    )


def nobodys(reader: Reader, sources: Sequence[str]) -> list[str]:
    """Addresses of those sources whose outlet is not known, in order."""
    rows = reader.rows_for(
        """SELECT x.url FROM source x LEFT JOIN standing s ON s.source_id = x.id
        WHERE x.id IN :ids AND s.outlet IS NULL""",
        sources,
    )
    return sorted(row["url"] for row in rows)


def decisions(reader: Reader) -> list[DecisionItem]:
    """What people said of pairs of pages, in the order of recording."""
    rows = reader.rows(
        """SELECT g.id, g.verb, g.subject AS one, g.object AS other, g."by", g.at, g.reason
        FROM judgement g JOIN journal j ON j.entry_id = g.id
        WHERE g.verb IN ('same', 'apart') ORDER BY j.seq"""
    )
    return cast("list[DecisionItem]", rows)


def compared(reader: Reader) -> tuple[int, int]:
    """How many current articles were compared with the others, and how many there are."""
    row = reader.row(
        """SELECT COUNT(c.source_id) AS done, COUNT(*) AS of_all
        FROM current_article a LEFT JOIN compared c ON c.article_id = a.id AND c.method <> ''"""
    )
    return (row["done"], row["of_all"]) if row else (0, 0)


def _names(reader: Reader, keys: set[str]) -> dict[str, str]:
    known = sorted(key for key in keys if not key.startswith(STORY))
    rows = reader.rows_for("SELECT o.key, o.name FROM current_outlet o WHERE o.key IN :ids", known)
    return {key: key for key in known} | {row["key"]: row["name"] for row in rows}


def _repeating(rows: Sequence[Row]) -> dict[str, str]:
    """Which of two pages repeats the other, in a sentence, for each that is here because of it."""
    repeats = {row["source"]: row["repeats"] for row in rows}
    url = {row["source"]: row["url"] for row in rows}
    circling = _circling(repeats)
    found: dict[str, str] = {}
    for row in (row for row in rows if row["reason"] == "repeats"):
        page, after = row["source"], row["repeats"]
        if page in circling:
            found[page] = (
                f"all that it cites is {url[after]}, which leads back to it: in a circle nobody is "
                "known to have said it first"
            )
        else:
            found[page] = f"all that it cites is {row['other_url']}"
    return found


def _circling(repeats: Mapping[str, str | None]) -> set[str]:
    """Those of these pages from which repeating leads back to them; each repeats one at most."""
    found: set[str] = set()
    seen: set[str] = set()
    for start in repeats:
        way: dict[str, int] = {}
        page: str | None = start
        while page is not None and page not in seen:
            seen.add(page)
            way[page] = len(way)
            page = repeats.get(page)
        if page in way:
            found.update(list(way)[way[page] :])
    return found


def _because(item: OriginItem) -> str:
    whose = item["voice"] or "another outlet"
    if item["reason"] == "credit":
        return f"it credits {whose} with its text"
    if item["reason"] == "address":
        return f"its address says that the story is of {whose}"
    if item["reason"] == "redirect":
        return f"its address led on to {item['other_url'] or f'a page of {whose}'}"
    if item["reason"] == "home":
        return f"it names {item['other_url'] or f'a page of {whose}'} as its own address"
    if item["reason"] == "judged":
        return f"a person says that it is one with {item['other_url']}"
    share = f"{item['part']:.0%} of the shorter text" if item["part"] is not None else "its text"
    return f"{share} stands in {item['other_url']}"
