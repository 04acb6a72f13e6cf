"""Articles of which not all may have been read."""

from ledger.doubts import DOUBTS
from ledger.reader import Reader


def doubted(reader: Reader, *, article: str | None = None) -> dict[str, int]:
    """Code of a doubt to how many articles have it, the largest loss first; none left out at 0.

    Args:
        reader: An open ledger.
        article: Only this one, of any version; None for every current article.
    """
    scope = "id IN (SELECT id FROM current_article)" if article is None else "id = :article"
    # Findings are JSON of our own making; a quotation mark in a detail is escaped there.
    counted = ", ".join(
        f"SUM(CASE WHEN findings LIKE :is{number} THEN 1 ELSE 0 END) AS n{number}"
        for number, _ in enumerate(DOUBTS)
    )
    wanted = {f"is{number}": f'%"code":"{code}"%' for number, code in enumerate(DOUBTS)}
    [row] = reader.rows(
        f"SELECT {counted} FROM article WHERE findings <> '[]' AND {scope}",  # noqa: S608 - of our own words
        {"article": article, **wanted},
    )
    return {code: number for code, number in zip(DOUBTS, row.values(), strict=True) if number}
