"""The schema: one append-only table per entry, the bodies of captures, and the journal.

Columns carry the names of `ledger.model`'s fields. A tuple is a JSON text, a datetime an ISO 8601
text in UTC, so that one row reads the same on SQLite and PostgreSQL and in any table viewer.
Rows are not entries: SQLModel with `table=True` neither validates nor freezes. `row_of` bridges.
The tables are made by `migrations/`, which also makes the triggers; never by `create_all`.
"""

import json
from typing import Any

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from ledger.model import Entry


class OutletRow(SQLModel, table=True):
    __tablename__ = "outlet"
    id: str = Field(primary_key=True)
    key: str = Field(index=True)
    name: str
    domain: str = Field(index=True)
    kind: str | None = None  # NULL: not known
    country: str | None = None  # NULL: not known
    owner: str | None = Field(default=None, index=True)  # NULL: not known, or none


class SourceRow(SQLModel, table=True):
    __tablename__ = "source"
    id: str = Field(primary_key=True)
    url: str = Field(index=True)
    host: str | None = None  # NULL: an input without an address
    outlet: str | None = Field(default=None, index=True)  # outlet.key; NULL: no host


class PayloadRow(SQLModel, table=True):
    """The bytes of captures, zlib-compressed. Not an entry: its digest is in the capture."""

    __tablename__ = "payload"
    digest: str = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)


class CaptureRow(SQLModel, table=True):
    __tablename__ = "capture"
    id: str = Field(primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True)
    captured_at: str
    requested_url: str
    final_url: str
    redirects: str  # JSON list
    status: int | None = None  # NULL: not from HTTP
    headers: str  # JSON list of pairs
    media_type: str | None = None
    charset: str | None = None  # NULL: binary, or not decided
    payload_digest: str = Field(foreign_key="payload.digest")
    size: int
    allowed_private: str | None = None  # NULL: a public address, or no network


class ArticleRow(SQLModel, table=True):
    __tablename__ = "article"
    id: str = Field(primary_key=True)
    capture_id: str = Field(foreign_key="capture.id", index=True)
    source_id: str = Field(foreign_key="source.id", index=True)
    extractor: str
    references_digest: str | None = None  # NULL: no list was given from outside
    title: str | None = None
    byline: str  # JSON list
    published: str | None = None
    dateline: str | None = None
    language: str | None = None
    text: str
    blocks: str  # JSON list of [start, end, role, section]
    references: str  # JSON list
    findings: str  # JSON list
    revises: str | None = Field(default=None, foreign_key="article.id", index=True)


class ClaimRow(SQLModel, table=True):
    __tablename__ = "claim"
    id: str = Field(primary_key=True)
    article_id: str = Field(foreign_key="article.id", index=True)
    start: int
    end: int
    exact: str
    section: str  # JSON list
    kind: str = Field(index=True)
    key: str = Field(index=True)


class CitationRow(SQLModel, table=True):
    __tablename__ = "citation"
    id: str = Field(primary_key=True)
    claim_id: str = Field(foreign_key="claim.id", index=True)
    group: int
    ordinal: int
    marker: str | None = None  # NULL: a link
    raw: str
    at: int
    form: str
    url: str | None = None  # NULL: a gap
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    gap: str | None = Field(default=None, index=True)  # NULL exactly when source_id is given
    revises: str | None = Field(default=None, foreign_key="citation.id", index=True)
    because: str | None = Field(default=None, foreign_key="judgement.id")


class AttributionRow(SQLModel, table=True):
    __tablename__ = "attribution"
    id: str = Field(primary_key=True)
    claim_id: str = Field(foreign_key="claim.id", index=True)
    name: str
    outlet: str | None = Field(default=None, index=True)  # outlet.key; NULL: not known
    start: int
    end: int
    group: int | None = None  # citation group next to it; NULL: none follows


class JudgementRow(SQLModel, table=True):
    __tablename__ = "judgement"
    id: str = Field(primary_key=True)
    verb: str
    article_id: str | None = Field(default=None, foreign_key="article.id", index=True)
    subject: str
    object: str
    by: str
    at: str
    reason: str | None = None


class JournalRow(SQLModel, table=True):
    """One row per appended entry, chained: see `ledger.journal`."""

    __tablename__ = "journal"
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: str = Field(unique=True)
    kind: str
    recorded_at: str
    content_digest: str  # SHA-256 of the entry's canonical JSON
    previous: str  # digest of seq - 1; 64 zeros for the first
    digest: str


ENTRY_TABLES: dict[str, type[SQLModel]] = {
    "outlet": OutletRow,
    "source": SourceRow,
    "capture": CaptureRow,
    "article": ArticleRow,
    "judgement": JudgementRow,
    "claim": ClaimRow,
    "citation": CitationRow,
    "attribution": AttributionRow,
}
"""Kind of entry to its table, in an order in which foreign keys are satisfied."""


def row_of(entry: Entry) -> dict[str, Any]:
    """An entry as column values: lists become compact JSON text, everything else stays."""
    return {
        name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if isinstance(value, list)
        else value
        for name, value in entry.content().items()
    }
