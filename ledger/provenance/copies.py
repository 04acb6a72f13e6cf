"""Pages -> the other pages that carry the same story, and which of these were withdrawn.

A page carries another's story where the ledger counts both as one voice and something ties the two:
an equal text, an address that led on to the other, a page that names, repeats or credits it, or a
person's word. A chain of such ties is one story; two stories of one agency are not. A copy of a
page that was withdrawn was not withdrawn itself: nobody said so. It is no support that stands by
itself, either, so it is told.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypedDict

from ledger.provenance.withdrawn import Withdrawal, addresses
from ledger.reader import Reader

_TIED = """SELECT t.one, t.other
    FROM (
        SELECT one, other FROM pairing WHERE one IN :ids
        UNION SELECT other, one FROM pairing WHERE other IN :ids
        UNION SELECT source_id, other FROM voice WHERE source_id IN :ids
        UNION SELECT other, source_id FROM voice WHERE other IN :ids
        UNION SELECT c.source_id, h.id
            FROM compared c JOIN source h ON h.url = c.home
            WHERE c.source_id IN :ids
        UNION SELECT h.id, c.source_id
            FROM source h JOIN compared c ON c.home = h.url
            WHERE h.id IN :ids
        UNION SELECT a.id, b.id
            FROM source a
            JOIN judgement g ON g.subject = a.url
            JOIN source b ON b.url = g.object
            WHERE g.verb = 'same' AND a.id IN :ids
        UNION SELECT b.id, a.id
            FROM source b
            JOIN judgement g ON g.object = b.url
            JOIN source a ON a.url = g.subject
            WHERE g.verb = 'same' AND b.id IN :ids
    ) t
    JOIN standing x ON x.source_id = t.one
    JOIN standing y ON y.source_id = t.other AND y.origin = x.origin
    ORDER BY t.one, t.other"""
"""Pages beside these, of one voice with them; a page told apart has another voice."""


class Copied(TypedDict):
    """A page that carries the story of one that was withdrawn, and was not withdrawn itself.

    Attributes:
        source, url: Id and address of the page.
        gone: What is said of the page whose story it carries.
    """

    source: str
    url: str
    gone: Withdrawal


def copies_of(reader: Reader, sources: Iterable[str]) -> dict[str, set[str]]:
    """Ids of pages, each with those of all others that carry the same story, none where none is."""
    wanted = set(sources)
    beside: dict[str, set[str]] = {}
    rest = wanted
    while rest:
        beside |= {source: set() for source in rest}
        for row in reader.rows_for(_TIED, sorted(rest)):
            beside[row["one"]].add(row["other"])
        rest = set().union(*(beside[source] for source in rest)) - beside.keys()
    story: dict[str, set[str]] = {}
    for source in wanted:
        if source not in story:
            of_one = _reached(source, beside)
            story |= dict.fromkeys(of_one, of_one)
    return {source: story[source] - {source} for source in wanted}


def _reached(start: str, beside: Mapping[str, set[str]]) -> set[str]:
    reached, rest = {start}, {start}
    while rest:
        rest = set().union(*(beside[source] for source in rest)) - reached
        reached |= rest
    return reached


def copies_of_withdrawn(
    reader: Reader,
    standing: Iterable[Withdrawal],
    *,
    of: str | None = None,
    among: Collection[str] | None = None,
) -> list[Copied]:
    """Pages that carry the story of a page that stands withdrawn: by that page, then by address.

    A page that was withdrawn too, or of an outlet that was, is left out: that is said of it itself.
    So is another address of the page that was withdrawn.

    Args:
        reader: An open ledger.
        standing: All that stands withdrawn.
        of: Only copies of this `Withdrawal.subject`; None for all.
        among: Only copies that are among the sources with these ids; None for all.
    """
    standing = list(standing)
    pages = [each for each in standing if each["kind"] == "page" and of in (None, each["subject"])]
    if not pages:
        return []
    rows = reader.rows_for(
        "SELECT s.id, s.url FROM source s WHERE s.url IN :ids",
        [url for each in pages for url in addresses(each)],
    )
    id_of = {row["url"]: row["id"] for row in rows}
    of_page = copies_of(reader, id_of.values())
    wanted = set().union(*of_page.values())
    if among is not None:
        wanted &= set(among)
    told = {name for each in standing for name in addresses(each)}
    copies = reader.rows_for(
        """SELECT s.id, s.url, p.outlet
        FROM source s
        JOIN standing p ON p.source_id = s.id
        WHERE s.id IN :ids""",
        sorted(wanted),
    )
    copies.sort(key=lambda row: row["url"])
    return [
        Copied(source=row["id"], url=row["url"], gone=page)
        for page in pages
        for row in copies
        if any(row["id"] in of_page.get(id_of.get(url, ""), ()) for url in addresses(page))
        and not told & {row["url"], row["outlet"]}
    ]
