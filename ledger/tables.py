"""The schema: one append-only table per entry, the bodies of captures, the journal and its tree.

Columns carry the names of `ledger.model`'s fields. A tuple is a JSON text, a datetime an ISO 8601
text in UTC, so that one row reads the same on SQLite and PostgreSQL and in any table viewer.
Rows are not entries: SQLModel with `table=True` neither validates nor freezes. `row_of` bridges.
The tables are made by `migrations/`, which also makes the triggers; never by `create_all`.
Why entries and rows are two things: docs/decisions/entries-apart-from-rows.md.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_origin

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from ledger.entry import Entry
from ledger.ids import spell
from ledger.model import ENTRY_TYPES


def _present(table: str, column: str, *, unique: bool = False) -> Index:
    """An index over the rows that have `column`, for columns that are NULL in most rows."""
    condition = text(f"{column} IS NOT NULL")
    return Index(
        f"ix_{table}_{column}",
        column,
        unique=unique,
        sqlite_where=condition,
        postgresql_where=condition,
    )


class OutletRow(SQLModel, table=True):
    __tablename__ = "outlet"
    id: str = Field(primary_key=True)
    key: str = Field(index=True)
    name: str
    domain: str = Field(index=True)
    kind: str | None = None  # NULL: not known
    country: str | None = None  # NULL: not known
    owner: str | None = Field(default=None, index=True)  # NULL: not known
    since: str | None = None  # NULL: open
    until: str | None = None  # NULL: open
    aliases: str | None = None  # JSON list; NULL: none were told
    # judgement.id, recorded in the same transaction but after it, hence no foreign key
    because: str | None = None  # NULL: the registry


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
    robots: str | None = None  # NULL: robots.txt was asked, or there was none to ask


class ArticleRow(SQLModel, table=True):
    __tablename__ = "article"
    __table_args__ = (_present("article", "revises", unique=True),)
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
    revises: str | None = Field(default=None, foreign_key="article.id")


class ClaimRow(SQLModel, table=True):
    __tablename__ = "claim"
    __table_args__ = (CheckConstraint('0 <= start AND start <= "end"', name="claim_span"),)
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
    __table_args__ = (
        CheckConstraint("(gap IS NULL) <> (source_id IS NULL)", name="citation_leads_or_gap"),
        _present("citation", "gap"),
        _present("citation", "revises", unique=True),
    )
    id: str = Field(primary_key=True)
    claim_id: str = Field(foreign_key="claim.id", index=True)
    group: int
    ordinal: int
    alternative: int
    marker: str | None = None  # NULL: a link
    raw: str
    at: int
    form: str
    url: str | None = None  # NULL: a gap
    source_id: str | None = Field(default=None, foreign_key="source.id", index=True)
    gap: str | None = None  # NULL exactly when source_id is given
    revises: str | None = Field(default=None, foreign_key="citation.id")
    because: str | None = Field(default=None, foreign_key="judgement.id")


class AttributionRow(SQLModel, table=True):
    __tablename__ = "attribution"
    id: str = Field(primary_key=True)
    claim_id: str = Field(foreign_key="claim.id", index=True)
    name: str
    outlet: str | None = Field(default=None, index=True)  # outlet.key; NULL: not known
    start: int
    end: int
    group: int | None = None  # citation group next to it; NULL: none
    together: int | None = None  # start of the first name of its phrase; NULL: by itself


class JudgementRow(SQLModel, table=True):
    __tablename__ = "judgement"
    __table_args__ = (Index("ix_judgement_verb_subject", "verb", "subject"),)
    id: str = Field(primary_key=True)
    verb: str
    article_id: str | None = Field(default=None, foreign_key="article.id", index=True)
    subject: str
    object: str
    by: str
    at: str
    reason: str | None = None


class RatingRow(SQLModel, table=True):
    __tablename__ = "rating"
    id: str = Field(primary_key=True)
    because: str = Field(foreign_key="judgement.id", index=True)
    list: str
    outlet: str = Field(index=True)
    value: str


class JournalRow(SQLModel, table=True):
    """One row per appended entry, chained: see `ledger.journal`."""

    __tablename__ = "journal"
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: str = Field(unique=True)
    kind: str
    recorded_at: str
    content_digest: str  # SHA-256 of the canonical JSON of all that is not NULL
    previous: str  # digest of seq - 1; 64 zeros for the first
    digest: str


class TreeRow(SQLModel, table=True):
    """Complete subtrees of the Merkle tree over the journal: see `ledger.tree`. Derived."""

    __tablename__ = "tree"
    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    digest: str


class RedactionRow(SQLModel, table=True):
    """Bytes that were erased, and with them what was read from them: see `ledger.proof.redact`."""

    __tablename__ = "redaction"
    digest: str = Field(primary_key=True, foreign_key="payload.digest")
    judgement_id: str = Field(foreign_key="judgement.id", unique=True)
    note: str  # a signed note over both


ENTRY_TABLES: dict[str, type[SQLModel]] = {
    "outlet": OutletRow,
    "source": SourceRow,
    "capture": CaptureRow,
    "article": ArticleRow,
    "judgement": JudgementRow,
    "rating": RatingRow,
    "claim": ClaimRow,
    "citation": CitationRow,
    "attribution": AttributionRow,
}
"""Kind of entry to its table, in an order in which foreign keys are satisfied."""


_LISTS: dict[str, tuple[str, ...]] = {
    kind: tuple(
        name
        for name, field in entry.model_fields.items()
        if any(
            get_origin(each) is tuple for each in (field.annotation, *get_args(field.annotation))
        )
    )
    for kind, entry in ENTRY_TYPES.items()
}
# Kind of entry to its columns of JSON text.

_OBJECTS: dict[tuple[str, str], tuple[str, ...]] = {
    (kind, name): tuple(each.name for each in fields(item))
    for kind, entry in ENTRY_TYPES.items()
    for name, field in entry.model_fields.items()
    for item in get_args(field.annotation)
    if is_dataclass(item)
}
# Kind of entry and column to the names of the fields of the objects it lists.

_MAY_LACK: dict[str, frozenset[str]] = {
    kind: frozenset(
        name for name, field in entry.model_fields.items() if NoneType in get_args(field.annotation)
    )
    for kind, entry in ENTRY_TYPES.items()
}
# Kind of entry to its columns that may be NULL.


_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_of(kind: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `Entry.content` or `said` gives as column values: lists become compact JSON text."""
    if not _LISTS[kind]:
        return content
    row = dict(content)
    for name in _LISTS[kind]:
        value = row[name]
        if type(value) is tuple:
            row[name] = _texts(value)
        elif value is not None:
            row[name] = _listed(_in_order(value, _OBJECTS.get((kind, name), ())))
    return row


@lru_cache(maxsize=1024)
def _texts(values: tuple[str, ...]) -> str:
    """As `_listed`, of texts; many claims stand in one section."""
    return spell(values)


def _in_order(values: Any, names: tuple[str, ...]) -> Any:
    """Objects with their fields in one order: those of an export have another."""
    if not names:
        return values
    return [
        {name: each[name] for name in (*names, *each) if name in each}
        if isinstance(each, Mapping) and tuple(each) != names
        else each
        for each in values
    ]


def _listed(values: Any) -> str:
    if all(type(each) is str for each in values):
        return spell(values)  # the same, without an encoder of its own
    return _COMPACT.encode(values)


def content_of(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What `Entry.content` gave when `row` was recorded; the inverse of `row_of`.

    Raises:
        ValueError: A column that must hold JSON holds something else: the row was damaged.
    """
    content = dict(row)
    for name in _LISTS[kind]:
        if content.get(name) is None and name in _MAY_LACK[kind]:
            continue
        if not isinstance(content.get(name), str):
            raise ValueError(f"{kind}.{name} holds no text")
        try:
            content[name] = json.loads(content[name])
        except RecursionError as error:
            raise ValueError(f"{kind}.{name} is nested too deeply") from error
    return content


def entry_of(kind: str, row: Mapping[str, Any]) -> Entry:
    """The entry that a row of table `kind` was made from; the inverse of `row_of`.

    Raises:
        ValueError: The row was damaged: no entry has these values (`pydantic.ValidationError`
            is one).
    """
    return ENTRY_TYPES[kind].model_validate(content_of(kind, row))
