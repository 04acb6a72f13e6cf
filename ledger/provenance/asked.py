"""Pages -> when each was got last, and what came of it."""

from collections.abc import Sequence
from typing import TypedDict

from ledger.provenance.walled import walls_in
from ledger.reader import Reader, Row

ERRORS = 400
"""The first HTTP status of those that say that no page comes (RFC 9110)."""


class Asked(TypedDict):
    """What came when a page was got last.

    Attributes:
        at: When, ISO 8601, UTC.
        status: Of HTTP; None for a file.
        unread: A server answered without an error, and no article was ever read of the page.
        wall: What it gave in place of the article, in words; None where that is not known.
    """

    at: str
    status: int | None
    unread: bool
    wall: str | None


_LAST = """
    SELECT p.id, p.source_id, p.captured_at AS at, p.status,
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


def _by_page(reader: Reader, rows: Sequence[Row]) -> dict[str, Asked]:
    walls = walls_in(reader, sorted(row["id"] for row in rows if row["unread"]))
    return {
        row["source_id"]: Asked(
            at=row["at"],
            status=row["status"],
            unread=row["unread"] == 1,
            wall=walls.get(row["id"]),
        )
        for row in rows
    }


def refusal(asked: Asked | None) -> str | None:
    """That a page was not got, in words; None where it was."""
    if asked is None:
        return None
    if asked["unread"]:
        return f"asked for on {asked['at'][:10]}, it gave {gave(asked)}"
    if asked["status"] is None or asked["status"] < ERRORS:
        return None
    return f"the server answered {asked['status']} on {asked['at'][:10]}"


def gave(asked: Asked) -> str:
    """What came in place of the article of an `unread` page."""
    return (
        f"{asked['wall']}, not the article"
        if asked["wall"]
        else "nothing that could be read as an article"
    )
