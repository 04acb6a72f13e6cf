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
    WITH apart AS (
        SELECT g.subject AS one, g.object AS other
        FROM judgement g
        JOIN journal i ON i.entry_id = g.id
        WHERE g.verb = 'apart' AND NOT EXISTS (
            SELECT 1
            FROM judgement l
            JOIN journal j ON j.entry_id = l.id
            WHERE l.verb = 'same' AND j.seq > i.seq
                AND l.subject IN (g.subject, g.object) AND l.object IN (g.subject, g.object)
        )
    ), told (url, home) AS (
        SELECT one, other FROM apart
        UNION ALL SELECT other, one FROM apart
        UNION ALL
        SELECT CASE n.first WHEN 1 THEN g.one ELSE g.other END, e.home
        FROM apart g
        JOIN source v ON v.url = g.one
        JOIN source w ON w.url = g.other
        JOIN compared e ON e.source_id = v.id
        JOIN compared f ON f.source_id = w.id AND f.home = e.home
        CROSS JOIN (SELECT 1 AS first UNION ALL SELECT 2) n
    )
    SELECT s.id, s.url, c.home, t.id AS home_id, p.final_url, p.status
    FROM compared c
    JOIN source s ON s.id = c.source_id
    LEFT JOIN source t ON t.url = c.home
    JOIN article a ON a.id = c.article_id
    JOIN capture p ON p.id = a.capture_id
    JOIN standing x ON x.source_id = s.id
    LEFT JOIN standing y ON y.source_id = t.id
    WHERE c.home IS NOT NULL AND (y.origin = x.origin OR (
        NOT EXISTS (SELECT 1 FROM compared d WHERE d.source_id = t.id)
        AND (s.url, c.home) NOT IN (SELECT url, home FROM told)
    )) AND"""
"""Those that a person told apart, and nobody the same since, have different origins. So have those
of which one credits an agency and the other was not read: these are one page all the same. Of two
that were told apart and lead to one page that was not read, neither is that page."""


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
    """Of these addresses, and of all that such pairs lead to: which leads on to which.

    So does one that was recorded before `urls.unwrap` knew what it leads to.
    """
    found: set[tuple[str, str]] = set()
    asked: set[str] = set()
    rest = set(addresses)
    while rest:
        asked |= rest
        found.update((url, page) for url in rest if (page := urls.unwrap(url).url or url) != url)
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
    found: dict[str, str] = {}
    for together in _together((row["url"], row["home"]) for row in rows):
        recorded = [ids[url] for url in together if url in ids]
        if len(recorded) > 1:
            first = min(recorded, key=lambda page: (page in leading, page))
            found |= dict.fromkeys(recorded, first)
    return found


def _together(pairs: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The addresses of these pairs, those together that are one page."""
    beside: dict[str, list[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    while beside:
        together, rest = [], [next(iter(beside))]
        while rest:
            url = rest.pop()
            if url in beside:
                together.append(url)
                rest += beside.pop(url)
        yield together


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
    pairs = _pairs(reader, pages)
    every = sorted(set().union(*pairs))
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.url IN :ids", every)
    recorded = {row["url"] for row in rows}
    found: dict[str, list[str]] = {}
    for together in _together(pairs):
        known = sorted(recorded.intersection(together))
        for url in pages.intersection(together):
            if others := [each for each in known if each != url]:
                found[url] = others
    return found


def others_of(reader: Reader, pages: Sequence[str]) -> list[str]:
    """Addresses of those that `one_page` adds, in order."""
    more = one_page(reader, pages) - set(pages)
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.id IN :ids", sorted(more))
    return sorted(row["url"] for row in rows)
