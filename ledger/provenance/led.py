"""Pages -> where their addresses led on to, as far as a server was asked.

Two addresses of which one leads on to the other are one page. Which it is goes by the read that is
current: an address that led to a wall, to nothing or to a front page is no address of that page.
Why: docs/decisions/addresses-that-lead-on.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from ledger import urls
from ledger.credits import led_on
from ledger.reader import Reader, Row


class Led(TypedDict):
    """What answered in place of the page that was asked for.

    Attributes:
        url: The address that answered, as it stands there.
        through: The addresses in between, in order.
        at: When, ISO 8601, UTC.
    """

    url: str
    through: list[str]
    at: str


_GOT = 'SELECT p.captured_at AS "at", p.final_url, p.redirects, p.status, s.url'


def led_last(reader: Reader, page: str) -> Led | None:
    """Where the address of a page led when it was got last, whatever that gave."""
    row = reader.row(
        f"""{_GOT}
        FROM capture p
        JOIN source s ON s.id = p.source_id
        WHERE p.source_id = :id
        ORDER BY p.captured_at DESC, p.id LIMIT 1""",
        {"id": page},
    )
    return _led(reader, row)


def led_of(reader: Reader, article: str) -> Led | None:
    """Where the address of an article led when the bytes came of which this version was read."""
    row = reader.row(
        f"""{_GOT}
        FROM article a
        JOIN capture p ON p.id = a.capture_id
        JOIN source s ON s.id = a.source_id
        WHERE a.id = :id""",
        {"id": article},
    )
    return _led(reader, row)


def _led(reader: Reader, row: Mapping[str, Any] | None) -> Led | None:
    if row is None or row["status"] is None:
        return None
    final = row["final_url"]
    if urls.normalise(urls.unwrap(final).url or final) in (None, row["url"]):
        return None
    return Led(url=final, through=reader.parsed(row["redirects"]), at=row["at"])


_LEADING = """
    SELECT s.id, s.url, c.home, t.id AS home_id, p.final_url, p.status
    FROM compared c
    JOIN source s ON s.id = c.source_id
    LEFT JOIN source t ON t.url = c.home
    JOIN article a ON a.id = c.article_id
    JOIN capture p ON p.id = a.capture_id
    JOIN standing x ON x.source_id = s.id
    LEFT JOIN standing y ON y.source_id = t.id
    WHERE c.home IS NOT NULL AND (y.origin = x.origin OR NOT EXISTS (
        SELECT 1 FROM compared d WHERE d.source_id = t.id
        UNION ALL
        SELECT 1 FROM judgement g
        WHERE g.verb = 'apart' AND (g.subject = s.url AND g.object = t.url
            OR g.subject = t.url AND g.object = s.url)
        UNION ALL
        SELECT 1
        FROM judgement g CROSS JOIN source z CROSS JOIN compared e
        WHERE g.verb = 'apart' AND s.url IN (g.subject, g.object)
            AND z.url IN (g.subject, g.object) AND z.id <> s.id
            AND e.source_id = z.id AND e.home = c.home
    )) AND"""
"""Those that a person told apart have different origins. So have those of which one credits an
agency and the other was not read: these are one page all the same. (A CROSS JOIN keeps SQLite from
looking through all pages that lead there before it sees that nobody told any apart.)"""


def one_page(reader: Reader, pages: Iterable[str]) -> set[str]:
    """These pages, and all whose addresses lead on to one of them or that they lead on to; by ids.

    So are those that lead on to one page, also where that is not recorded. Whoever speaks of a page
    need not know under how many addresses it is cited.
    """
    pages = set(pages)
    asked = reader.rows_for("SELECT s.url FROM source s WHERE s.id IN :ids", sorted(pages))
    pairs = _pairs(reader, {row["url"] for row in asked})
    found = sorted(set().union(*pairs))
    rows = reader.rows_for("SELECT s.id FROM source s WHERE s.url IN :ids", found)
    return pages.union(row["id"] for row in rows)


def _pairs(reader: Reader, addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Of these addresses, and of all that such pairs lead to: which leads on to which."""
    found: set[tuple[str, str]] = set()
    asked: set[str] = set()
    rest = set(addresses)
    while rest:
        asked |= rest
        for end in ("s.url", "c.home"):
            rows = _led_on(reader.rows_for(f"{_LEADING} {end} IN :ids", sorted(rest)))
            found.update((row["url"], row["home"]) for row in rows)
        rest = set().union(*found) - asked
    return found


def same_pages(reader: Reader) -> dict[str, str]:
    """Every page that is recorded at several addresses -> the one where it is, by ids.

    That is the one that leads no further; of several the one of the smallest id.
    """
    rows = list(_led_on(reader.rows(f"{_LEADING} 1 = 1")))
    ids = {row["home"]: row["home_id"] for row in rows if row["home_id"]}
    ids |= {row["url"]: row["id"] for row in rows}
    leading = {row["id"] for row in rows}
    together = _together((row["url"], row["home"]) for row in rows)
    recorded = {
        url: [ids[each] for each in of_it if each in ids] for url, of_it in together.items()
    }
    return {
        ids[url]: min(of_it, key=lambda page: (page in leading, page))
        for url, of_it in recorded.items()
        if url in ids and len(of_it) > 1
    }


def _together(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Every address of these pairs, with all that are one page with it, itself among them."""
    together: dict[str, set[str]] = {}
    for pair in pairs:
        members = set[str]().union(*(together.get(page, {page}) for page in pair))
        together |= dict.fromkeys(members, members)
    return together


def _led_on(rows: Iterable[Row]) -> Iterator[Row]:
    """Of what `_LEADING` gives, those whose page still leads on to the other."""
    for row in rows:
        if led_on(row["url"], row["final_url"], row["status"]) == row["home"]:
            yield row


def other_addresses(reader: Reader, pages: Iterable[str]) -> dict[str, list[str]]:
    """Of pages by address, the other recorded addresses of each, in order; none without any.

    The page itself need not be recorded, but only an address that leads on to it.
    """
    pages = set(pages)
    together = _together(_pairs(reader, pages))
    every = sorted(set().union(*together.values()))
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.url IN :ids", every)
    recorded = {row["url"] for row in rows}
    found = {url: sorted((together.get(url, set()) & recorded) - {url}) for url in pages}
    return {url: others for url, others in found.items() if others}


def others_of(reader: Reader, pages: Sequence[str]) -> list[str]:
    """Addresses of those that `one_page` adds, in order."""
    more = one_page(reader, pages) - set(pages)
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.id IN :ids", sorted(more))
    return sorted(row["url"] for row in rows)
