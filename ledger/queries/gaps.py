"""Citations that lead nowhere, and why."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from typing import TYPE_CHECKING, TypedDict, cast

from ledger.forms import CARRIES
from ledger.provenance import CURRENT
from ledger.reader import Reader
from ledger.redacted import say_redacted

if TYPE_CHECKING:
    from ledger.model import Gap


class GapItem(TypedDict):
    """One citation without a source.

    `article` and `claim` are ids; `marker` is None for a link; `raw` is the citation as it stood.
    """

    article: str
    title: str | None
    url: str
    claim: str
    exact: str
    marker: str | None
    raw: str
    reason: "Gap"


def gaps(
    reader: Reader, *, article: str | None = None, reason: "Gap | None" = None
) -> list[GapItem]:
    """Every gap of the current articles, in their order of recording, then reading order.

    Args:
        reader: An open ledger.
        article: Only this article's, of any version; None for every current article.
        reason: Only for this reason; None for all.
    """
    scope = CURRENT.format(claim="m.id") if article is None else "m.article_id = :article"
    because = "" if reason is None else " AND c.gap = :reason"
    rows = reader.rows(
        f"""SELECT a.id AS article, a.title, s.url, m.id AS claim, m.exact, c.marker, c.raw,
            c.gap AS reason
        FROM current_citation c
        JOIN claim m ON m.id = c.claim_id
        JOIN article a ON a.id = m.article_id
        JOIN source s ON s.id = a.source_id
        LEFT JOIN journal j ON j.entry_id = a.id
        WHERE c.gap IS NOT NULL AND c.form {CARRIES} AND {scope}{because}
        ORDER BY j.seq, a.id, m."start", m.id, c."group", c.ordinal, c.id""",
        {"article": article, "reason": reason},
    )
    say_redacted(reader, rows, "article", "title", "exact", "raw")
    return cast("list[GapItem]", rows)
