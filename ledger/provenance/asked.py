"""Pages -> when each was got last, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

from ledger.provenance.walled import walls_in
from ledger.reader import Reader, Row
from ledger.urls import normalise

ERRORS = 400
"""The first HTTP status of those that say that no page comes (RFC 9110)."""


class Asked(TypedDict):
    """What came when a page was got last.

    Attributes:
        at: When, ISO 8601, UTC.
        url: The address that was asked: a page may be cited at another, such as an archive's.
        status: Of HTTP; None for a file.
        unread: A server answered without an error, and no article was ever read of the page.
        wall: What it gave in place of the article, in words; None where that is not known.
    """

    at: str
    url: str
    status: int | None
    unread: bool
    wall: str | None


_LAST = """
    SELECT p.id, p.source_id, p.captured_at AS at, p.requested_url AS url, p.status,
        CASE WHEN p.status < :errors AND NOT EXISTS (
            SELECT 1 FROM article a WHERE a.source_id = p.source_id
        ) THEN 1 ELSE 0 END AS unread
    FROM capture p
    WHERE NOT EXISTS (
        SELECT 1 FROM capture later WHERE later.source_id = p.source_id
            AND (later.captured_at > p.captured_at
                OR (later.captured_at = p.captured_at AND later.id < p.id))
    ) AND p.source_id IN :ids"""


def last_asked(reader: Reader, pages: Sequence[str]) -> dict[str, Asked]:
    """By the ids of those that were got at all, whatever they gave; of several times the last."""
    return _by_page(reader, reader.rows_for(_LAST, pages, {"errors": ERRORS}))


def refused_last(reader: Reader, pages: Sequence[str]) -> dict[str, Asked]:
    """Those that gave no page when they were asked for last, by their ids.

    Their servers answered with an error, or with something of which no article was read.
    """
    sql = f"SELECT * FROM ({_LAST}) l WHERE l.unread = 1 OR l.status >= :errors"  # noqa: S608 - our own
    return _by_page(reader, reader.rows_for(sql, pages, {"errors": ERRORS}))


Opened = Literal["read", "no-article", "not-served", "never-fetched"]
"""What this ledger has of a cited page.

read: an article, at whatever address of it. no-article: what came when it was asked for last was no
error, and no article was ever read of it. not-served: its server answered with an error.
never-fetched: nothing, as it was not asked for or no answer came.
"""


def opened(
    reader: Reader, pages: Sequence[str], refused: Mapping[str, Asked], same: Mapping[str, str]
) -> dict[str, Opened]:
    """What there is of each of these pages, by id.

    Args:
        reader: An open ledger.
        pages: Ids.
        refused: As `refused_last` gives them of these pages.
        same: As `led.same_pages` gives them.
    """
    asked = {same.get(page, page) for page in pages}
    beside = [other for other, page in same.items() if page in asked]
    rows = reader.rows_for(
        """SELECT DISTINCT p.source_id, CASE WHEN a.id IS NULL THEN 0 ELSE 1 END AS "read"
        FROM capture p LEFT JOIN article a ON a.capture_id = p.id
        WHERE p.source_id IN :ids""",
        list(dict.fromkeys([*pages, *beside])),
    )
    got = {row["source_id"] for row in rows}
    read = {same.get(row["source_id"], row["source_id"]) for row in rows if row["read"]}

    def of(page: str) -> Opened:
        if same.get(page, page) in read:
            return "read"
        if page in refused and not refused[page]["unread"]:
            return "not-served"
        return "no-article" if page in got else "never-fetched"

    return {page: of(page) for page in pages}


def _by_page(reader: Reader, rows: Sequence[Row]) -> dict[str, Asked]:
    walls = walls_in(reader, sorted(row["id"] for row in rows if row["unread"]))
    return {
        row["source_id"]: Asked(
            at=row["at"],
            url=row["url"],
            status=row["status"],
            unread=row["unread"] == 1,
            wall=walls.get(row["id"]),
        )
        for row in rows
    }


def refusal(asked: Asked | None, cited: str | None = None) -> str | None:
    """That a page was not got, in words; None where it was.

    Args:
        asked: What came of it.
        cited: The address before these words: they name the one that was asked, if it is another.
    """
    if asked is None:
        return None
    elsewhere = cited is not None and normalise(cited) != normalise(asked["url"])
    day = asked["at"][:10]
    if asked["unread"]:
        where = f" at {asked['url']}" if elsewhere else ""
        return f"asked for on {day}{where}, it gave {gave(asked)}"
    if asked["status"] is None or asked["status"] < ERRORS:
        return None
    where = f"asked for at {asked['url']}, " if elsewhere else ""
    return f"{where}the server answered {asked['status']} on {day}"


def gave(asked: Asked) -> str:
    """What came in place of the article of an `unread` page."""
    return (
        f"{asked['wall']}, not the article"
        if asked["wall"]
        else "nothing that could be read as an article"
    )
