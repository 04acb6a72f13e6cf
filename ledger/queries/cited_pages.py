"""Articles -> the pages they cite, and which of these were read: what a walk goes on to.

And the way back: articles -> how many others cite their page.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from typing import TypedDict, cast

from ledger.forms import CARRIES
from ledger.reader import Reader


class CitedAddress(TypedDict):
    """A page that an article cites.

    Attributes:
        source, url: Of the page, normalised.
        cited: Its address as it is cited first.
        article: Id of the current article that was read from it; None when it was not read.
        tried: Whether it ever gave an answer: 1 or 0.
    """

    source: str
    url: str
    cited: str
    article: str | None
    tried: int


def cited_pages(reader: Reader, articles: Sequence[str]) -> list[CitedAddress]:
    """The pages that these articles cite, each once, articles as given, then in reading order."""
    rows = reader.rows_for(
        f"""SELECT m.article_id AS citing, s.id AS source, s.url, c.url AS cited,
            (SELECT MIN(r.id) FROM current_article r WHERE r.source_id = s.id) AS article,
            CASE WHEN EXISTS (SELECT 1 FROM capture p WHERE p.source_id = s.id)
                THEN 1 ELSE 0 END AS tried
        FROM claim m
        JOIN current_citation c ON c.claim_id = m.id
        JOIN source s ON s.id = c.source_id
        WHERE m.article_id IN :ids AND c.form {CARRIES}
        ORDER BY m.article_id, m."start", c."group", c.ordinal, c.alternative, c.id""",
        articles,
    )
    place = {article: at for at, article in enumerate(articles)}
    rows.sort(key=lambda row: place[row.pop("citing")])  # keeps the order within an article
    each_once = {row["source"]: row for row in reversed(rows)}
    return cast("list[CitedAddress]", list(reversed(each_once.values())))


def cited_by(reader: Reader) -> dict[str, int]:
    """Current article to how many other current articles cite its page; those of none left out.

    Pages that were followed from an article are among these, and so are articles that were read
    for their own sake, where another cites them.
    """
    rows = reader.rows(
        f"""SELECT a.id, COUNT(DISTINCT p.article_id) AS n
        FROM current_article a
        JOIN current_citation c ON c.source_id = a.source_id
        JOIN claim_pattern p ON p.claim_id = c.claim_id
        WHERE c.form {CARRIES} AND p.article_id <> a.id
        GROUP BY a.id"""
    )
    return {str(row["id"]): int(row["n"]) for row in rows}
