"""Articles -> the ids of all of them, or of those that lean on rated outlets."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from ledger.provenance import Rating, by_rating
from ledger.queries.cited_pages import cited_by
from ledger.reader import Reader


def every_article(
    reader: Reader, rating: Rating | None = None, *, cited: bool | None = None
) -> list[str]:
    """Ids of the current version of every article, in the order of recording.

    With `rating` of those with a claim that leans on an outlet of which the list says so; `cited`
    as for `articles`.
    """
    rows = reader.rows(
        """SELECT a.id FROM current_article a LEFT JOIN journal j ON j.entry_id = a.id
        ORDER BY j.seq, a.id"""
    )
    ids = [row["id"] for row in rows]
    if cited is not None:
        citing = cited_by(reader)
        ids = [id for id in ids if (id in citing) == cited]
    if rating is None:
        return ids
    rated = by_rating([rating], "l.outlet")
    leaning = reader.rows(
        f"""SELECT DISTINCT c.article_id
        FROM claim_outlet l JOIN claim_pattern c ON c.place = l.place
        WHERE {rated.inside[0]}""",
        rated.params,
    )
    wanted = {row["article_id"] for row in leaning}
    return [id for id in ids if id in wanted]
