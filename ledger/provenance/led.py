"""Pages -> where their addresses led on to, as far as a server was asked.

Two addresses of which one leads on to the other are one page. Which it is goes by the read that is
current: an address that led to a wall, to nothing or to a front page is no address of that page.
Why: docs/decisions/addresses-that-lead-on.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypedDict

from ledger import urls
from ledger.credits import led_on
from ledger.reader import Reader


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


_BESIDE = """
    SELECT s.id AS one, s.url, t.id AS other, t.url AS home, p.final_url, p.status
    FROM compared c
    JOIN source s ON s.id = c.source_id
    JOIN source t ON t.url = c.home
    JOIN article a ON a.id = c.article_id
    JOIN capture p ON p.id = a.capture_id
    JOIN standing x ON x.source_id = s.id
    JOIN standing y ON y.source_id = t.id
    WHERE (y.origin = x.origin OR NOT EXISTS (
        SELECT 1 FROM compared d WHERE d.source_id = t.id
        UNION ALL
        SELECT 1 FROM judgement g
        WHERE g.verb = 'apart' AND (g.subject = s.url AND g.object = t.url
            OR g.subject = t.url AND g.object = s.url)
    )) AND"""
"""Those that a person told apart have different origins. So have those of which one credits an
agency and the other was not read: these are one page all the same."""


def one_page(reader: Reader, pages: Iterable[str]) -> set[str]:
    """These pages, and all whose addresses lead on to one of them or that they lead on to; by ids.

    So whoever speaks of a page need not know under how many addresses it is cited.
    """
    pages = set(pages)
    return pages.union(*_pairs(reader, pages))


def _pairs(reader: Reader, pages: Iterable[str]) -> set[tuple[str, str]]:
    """Of these pages, and of all that such pairs lead to: which leads on to which."""
    found: set[tuple[str, str]] = set()
    asked: set[str] = set()
    rest = set(pages)
    while rest:
        asked |= rest
        for end in ("s.id", "t.id"):
            found.update(_led_on(reader.rows_for(f"{_BESIDE} {end} IN :ids", sorted(rest))))
        rest = set().union(*found) - asked
    return found


def same_pages(reader: Reader) -> dict[str, str]:
    """Every page that is recorded at several addresses -> the one where it is, by ids.

    That is the one that leads no further; of several the one of the smallest id.
    """
    pairs = list(_led_on(reader.rows(f"{_BESIDE} 1 = 1")))
    leading = {one for one, _ in pairs}
    return {
        page: min(members, key=lambda each: (each in leading, each))
        for page, members in _together(pairs).items()
    }


def _together(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Every page of these pairs, with all that are one page with it, itself among them."""
    together: dict[str, set[str]] = {}
    for pair in pairs:
        members = set[str]().union(*(together.get(page, {page}) for page in pair))
        together |= dict.fromkeys(members, members)
    return together


def _led_on(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Of what `_BESIDE` gives, the pages of which the first leads on to the other."""
    for row in rows:
        if led_on(row["url"], row["final_url"], row["status"]) == row["home"]:
            yield row["one"], row["other"]


def other_addresses(reader: Reader, urls: Iterable[str]) -> dict[str, list[str]]:
    """Of pages by address, the other addresses of each, in order; those without any left out."""
    rows = reader.rows_for("SELECT s.id, s.url FROM source s WHERE s.url IN :ids", sorted(urls))
    together = _together(_pairs(reader, [row["id"] for row in rows]))
    every = sorted(set().union(*together.values()))
    found = reader.rows_for("SELECT s.id, s.url FROM source s WHERE s.id IN :ids", every)
    url_of = {row["id"]: row["url"] for row in found}
    return {
        row["url"]: sorted(url_of[page] for page in together[row["id"]] - {row["id"]})
        for row in rows
        if row["id"] in together
    }


def others_of(reader: Reader, pages: Sequence[str]) -> list[str]:
    """Addresses of those that `one_page` adds, in order."""
    more = one_page(reader, pages) - set(pages)
    rows = reader.rows_for("SELECT s.url FROM source s WHERE s.id IN :ids", sorted(more))
    return sorted(row["url"] for row in rows)
