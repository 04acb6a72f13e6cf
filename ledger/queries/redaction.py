"""Some bytes -> what would lose its words if they were redacted, and what would not."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import NamedTuple, TypedDict, cast

from ledger.reader import Reader
from ledger.redacted import say_redacted


class Bearer(TypedDict):
    """A capture, and an article that was read from it.

    Attributes:
        capture, captured_at: Of the capture.
        article, title: Of the article; None where the capture holds none, or it has no title.
        url: Of the page.
    """

    capture: str
    captured_at: str
    article: str | None
    title: str | None
    url: str


class Bearers(NamedTuple):
    """Whom the redaction of some bytes is about, each list by date.

    Attributes:
        losing: Everything that has these very bytes, under whatever address.
        keeping: Other captures of the same pages, whose words are there and stay.
        done: The bytes were redacted already.
    """

    losing: list[Bearer]
    keeping: list[Bearer]
    done: bool


_BEARERS = """
    SELECT p.id AS capture, p.captured_at, a.id AS article, a.title, s.url
    FROM capture p
    LEFT JOIN article a ON a.capture_id = p.id
    JOIN source s ON s.id = COALESCE(a.source_id, p.source_id)
    WHERE """

_LOSING = f"{_BEARERS} p.payload_digest = :digest ORDER BY p.captured_at, p.id, a.id"

_PAGES = """
    SELECT c.source_id FROM capture c WHERE c.payload_digest = :digest
    UNION SELECT b.source_id FROM article b JOIN capture c ON c.id = b.capture_id
    WHERE c.payload_digest = :digest"""

_KEEPING = f"""{_BEARERS} p.payload_digest <> :digest
    AND (p.source_id IN ({_PAGES}) OR a.source_id IN ({_PAGES}))
    AND NOT EXISTS (SELECT 1 FROM redaction r WHERE r.digest = p.payload_digest)
    ORDER BY p.captured_at, p.id, a.id"""


def bearers(reader: Reader, digest: str) -> Bearers:
    """Which captures and articles have these bytes, and which others of their pages do not.

    Args:
        reader: An open ledger.
        digest: `Capture.payload_digest`.
    """
    asked = {"digest": digest}
    done = reader.row("SELECT judgement_id FROM redaction WHERE digest = :digest", asked)
    losing = reader.rows(_LOSING, asked)
    say_redacted(reader, [row for row in losing if row["article"]], "article", "title")
    keeping = reader.rows(_KEEPING, asked)
    return Bearers(
        losing=cast("list[Bearer]", losing),
        keeping=cast("list[Bearer]", keeping),
        done=done is not None,
    )
