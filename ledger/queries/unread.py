"""Articles of which some part may not have been read."""

from ledger.reader import Reader
from ledger.unread import UNREAD


def unread(reader: Reader, *, article: str | None = None) -> dict[str, int]:
    """Code of such a finding to how many articles have it, the largest loss first.

    Those that no article has are left out.

    Args:
        reader: An open ledger.
        article: Only this one, of any version; None for every current article.
    """
    scope = "id IN (SELECT id FROM current_article)" if article is None else "id = :article"
    # Findings are JSON of our own making; a quotation mark in a detail is escaped there.
    counted = ", ".join(
        f"SUM(CASE WHEN findings LIKE :is{number} THEN 1 ELSE 0 END) AS n{number}"
        for number, _ in enumerate(UNREAD)
    )
    wanted = {f"is{number}": f'%"code":"{code}"%' for number, code in enumerate(UNREAD)}
    [row] = reader.rows(
        f"SELECT {counted} FROM article WHERE findings <> '[]' AND {scope}",  # noqa: S608 - of our own words
        {"article": article, **wanted},
    )
    return {code: number for code, number in zip(UNREAD, row.values(), strict=True) if number}
