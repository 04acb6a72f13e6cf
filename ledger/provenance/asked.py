"""Pages -> when each was got last, and what its server answered."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from ledger.reader import Reader, Row

ERRORS = 400
"""The first HTTP status of those that say that no page comes (RFC 9110)."""


class Asked(TypedDict):
    """When a page was got (ISO 8601, UTC), and the HTTP status; None for a file."""

    at: str
    status: int | None


_LAST = """
    SELECT p.source_id, p.captured_at AS at, p.status FROM capture p
    WHERE NOT EXISTS (
        SELECT 1 FROM capture later WHERE later.source_id = p.source_id
            AND (later.captured_at > p.captured_at
                OR (later.captured_at = p.captured_at AND later.id < p.id))
    )"""


def last_asked(reader: Reader, pages: Sequence[str]) -> dict[str, Asked]:
    """By the ids of those that were got at all, whatever they gave; of several times the last."""
    return _by_page(reader.rows_for(f"{_LAST} AND p.source_id IN :ids", pages))


def refused_last(reader: Reader, pages: Sequence[str]) -> dict[str, Asked]:
    """Those whose servers answered with an error when they were asked last, by their ids."""
    sql = f"{_LAST} AND p.source_id IN :ids AND p.status >= :errors"
    return _by_page(reader.rows_for(sql, pages, {"errors": ERRORS}))


def _by_page(rows: Iterable[Row]) -> dict[str, Asked]:
    return {row["source_id"]: Asked(at=row["at"], status=row["status"]) for row in rows}


def refusal(asked: Asked | None) -> str | None:
    """That the server of a page answered with an error, in words; None where it did not."""
    if asked is None or asked["status"] is None or asked["status"] < ERRORS:
        return None
    return f"the server answered {asked['status']} on {asked['at'][:10]}"
