"""Articles -> who set them aside, so that their claims count nowhere.

That is a judgement "set-aside" about the page, as the view `aside_source` reads it: it holds for
every version, and nothing is deleted. Why so: docs/decisions/set-aside-is-a-judgement.md.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypedDict, cast

from ledger.reader import Reader
from ledger.redacted import say_redacted

Object = Literal["aside", "stands"]
"""`Judgement.object`: the article counts nowhere; it counts again."""


class Aside(NamedTuple):
    """Who set an article aside, when (ISO 8601, UTC) and why; `reason` is None when not said."""

    by: str
    at: str
    reason: str | None

    def said(self) -> str:
        """The same as a sentence."""
        why = f": {self.reason}" if self.reason else ""
        return f"set aside by {self.by} on {self.at[:10]}{why}; its claims are not counted"


class AsideItem(TypedDict):
    """An article that counts nowhere.

    Attributes:
        id, title, url: Of its last version; `title` is None when it has none, and says so where
            its words were erased.
        claims: Sentences of it that claim something.
        by, at, reason: As in `Aside`.
    """

    id: str
    title: str | None
    url: str
    claims: int
    by: str
    at: str
    reason: str | None


def aside(reader: Reader, articles: Iterable[str]) -> dict[str, Aside]:
    """Those of the articles with these ids, of any version, that were set aside."""
    rows = reader.rows_for(
        """SELECT a.id, g."by", g.at, g.reason
        FROM article a
        JOIN aside_source x ON x.source_id = a.source_id
        JOIN judgement g ON g.id = x.judgement_id
        WHERE a.id IN :ids""",
        list(articles),
    )
    return {row["id"]: Aside(row["by"], row["at"], row["reason"]) for row in rows}


def set_aside(reader: Reader) -> list[AsideItem]:
    """Every article that counts nowhere, those set aside first coming first."""
    rows = reader.rows(
        """SELECT a.id, a.title, s.url, g."by", g.at, g.reason,
            (SELECT COUNT(*) FROM claim m
                WHERE m.article_id = a.id AND m.kind <> 'not-a-claim') AS claims
        FROM aside_source x
        JOIN judgement g ON g.id = x.judgement_id
        JOIN source s ON s.id = x.source_id
        JOIN article a ON a.source_id = s.id
            AND NOT EXISTS (SELECT 1 FROM article later WHERE later.revises = a.id)
        ORDER BY g.at, a.id"""
    )
    say_redacted(reader, rows, "id", "title")
    return cast("list[AsideItem]", rows)
