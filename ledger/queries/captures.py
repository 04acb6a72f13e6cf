"""Captures: every response and file that was recorded, with its bytes."""

from typing import TypedDict, cast

from ledger.errors import StoreError
from ledger.packing import unpacked
from ledger.reader import Reader


class CaptureItem(TypedDict):
    """One capture; fields as in `model.Capture`."""

    id: str
    captured_at: str
    requested_url: str
    final_url: str
    redirects: list[str]
    status: int | None
    headers: list[list[str]]
    media_type: str | None
    charset: str | None
    payload_digest: str
    size: int
    allowed_private: str | None
    redacted: bool


def captures(reader: Reader, article: str | None = None) -> list[CaptureItem]:
    """Every capture in the order of recording; only that of one article version when it is named.

    Args:
        reader: The ledger.
        article: Id of the article; None for all captures, also those that hold no article.
    """
    rows = reader.rows(
        """SELECT p.id, p.captured_at, p.requested_url, p.final_url, p.redirects, p.status,
            p.headers, p.media_type, p.charset, p.payload_digest, p.size, p.allowed_private,
            EXISTS (SELECT 1 FROM redaction r WHERE r.digest = p.payload_digest) AS redacted
        FROM capture p JOIN journal j ON j.entry_id = p.id
        WHERE :article IS NULL OR p.id = (SELECT capture_id FROM article WHERE id = :article)
        ORDER BY j.seq""",
        {"article": article},
    )
    for row in rows:
        row["redirects"] = reader.parsed(row["redirects"])
        row["headers"] = reader.parsed(row["headers"])
        row["redacted"] = bool(row["redacted"])
    return cast("list[CaptureItem]", rows)


def payload(reader: Reader, capture: CaptureItem) -> bytes:
    """The bytes of a capture.

    Raises:
        StoreError: They are not there, or are not those that were recorded.
    """
    row = reader.row(
        "SELECT body FROM payload WHERE digest = :digest", {"digest": capture["payload_digest"]}
    )
    body = unpacked(row and row["body"], capture["payload_digest"], capture["size"])
    if body is None:
        raise StoreError(
            reader.db,
            f"the bytes of {capture['requested_url']} are not those that were recorded",
            remedy="Run: ledger journal verify. Keep the damaged file aside and restore a backup",
        )
    return body
