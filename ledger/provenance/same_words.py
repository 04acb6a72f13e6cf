"""Articles -> other articles of the same words, whose claims are counted beside theirs.

That is one text recorded twice: as a page and as a file, or as two files. Two outlets that print
one story are two pages, and one voice: see `copies`.
"""

from collections.abc import Iterable
from typing import TypedDict

from ledger.reader import Reader

ALIKE = 0.9
"""Of the runs of words of both together so many are in both: an edited sentence leaves them so."""

_PAIRED = """SELECT a.id AS article, t.id AS other, s.url,
        CASE WHEN k.seq < j.seq THEN 1 ELSE 0 END AS "first"
    FROM (
        SELECT one, other FROM pairing
            WHERE whole >= :alike AND one IN (SELECT source_id FROM article WHERE id IN :ids)
        UNION ALL SELECT other, one FROM pairing
            WHERE whole >= :alike AND other IN (SELECT source_id FROM article WHERE id IN :ids)
    ) p
    JOIN current_article a ON a.source_id = p.one
    JOIN current_article t ON t.source_id = p.other
    JOIN source s ON s.id = t.source_id
    JOIN journal j ON j.entry_id = a.id
    JOIN journal k ON k.entry_id = t.id
    LEFT JOIN standing x ON x.source_id = p.one
    LEFT JOIN standing y ON y.source_id = p.other
    WHERE a.id IN :ids AND (x.outlet IS NULL OR y.outlet IS NULL)
    ORDER BY k.seq, s.url"""


class SameWords(TypedDict):
    """Another current article of the same words, or nearly.

    Attributes:
        other, url: Id and address of it.
        first: Whether it was recorded before.
    """

    other: str
    url: str
    first: bool


def same_words(reader: Reader, articles: Iterable[str]) -> dict[str, list[SameWords]]:
    """By the ids of those current articles that have any, in the order of recording."""
    found: dict[str, list[SameWords]] = {}
    for row in reader.rows_for(_PAIRED, list(articles), {"alike": ALIKE}):
        other = SameWords(other=row["other"], url=row["url"], first=row["first"] == 1)
        found.setdefault(row["article"], []).append(other)
    return found
