"""The schema of what is derived from the entries, beside `ledger.tables`.

None of it is anybody's statement, so it is changed in place and has no triggers: `summaries` keeps
it in the transaction of each append, makes it anew, and compares it with the entries. Every table
holds what is current only: claims of articles that nothing revises.
Why patterns: docs/decisions/patterns-of-support.md.
"""

from typing import Any

from sqlalchemy import BigInteger, Index, Integer
from sqlmodel import Field, SQLModel

_BY_KEY = {"sqlite_with_rowid": False}
"""Rows lie in the order of the primary key: one look-up finds them, and there is no second tree."""


_NUMBER: Any = BigInteger().with_variant(Integer(), "sqlite")
"""Sixty-four bits. SQLite takes a primary key for its own row number only when it is an INTEGER."""


def _number() -> int:
    number: int = Field(
        primary_key=True, sa_type=_NUMBER, sa_column_kwargs={"autoincrement": False}
    )
    return number


def _small() -> int:
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    return number


class StandingRow(SQLModel, table=True):
    """One row per source: it is lost with its outlet, and with its origin."""

    __tablename__ = "standing"
    __table_args__ = _BY_KEY
    source_id: str = Field(primary_key=True)
    outlet: str | None = Field(default=None, index=True)  # after merges; NULL: not known
    origin: str | None = Field(default=None, index=True)  # whose words; NULL: not known


class KnownOutletRow(SQLModel, table=True):
    """One row per key that an outlet, a source or a name in prose has: what is known of it now."""

    __tablename__ = "known_outlet"
    __table_args__ = _BY_KEY
    key: str = Field(primary_key=True)
    standing: str  # the key it counts as: its own unless it was merged into another
    name: str | None = None  # NULL: no such outlet is recorded
    domain: str | None = None
    kind: str | None = None
    country: str | None = None
    owner: str | None = None


class PatternRow(SQLModel, table=True):
    """One way in which claims are carried; claims with equal groups share it."""

    __tablename__ = "pattern"
    id: int = _number()
    digest: str = Field(unique=True)  # SHA-256 of its groups
    resilience: int | None = None  # NULL: not known
    owner_resilience: int | None = None  # as resilience, the outlets of one owner being one
    unsure: int  # 1 where a source's outlet is not known, else 0
    claims: int  # current claims that have it
    ends: int | None = Field(default=None, sa_type=_NUMBER)  # these two: see provenance.bits
    doubts: int | None = Field(default=None, sa_type=_NUMBER)


class PatternGroupRow(SQLModel, table=True):
    """One group of a pattern, counted: what the loss of outlets does to it at a glance."""

    __tablename__ = "pattern_group"
    __table_args__ = _BY_KEY
    pattern_id: int = _number()
    grp: int = _small()
    members: int  # different sources, as far as outlet and origin tell them apart
    unsure: int  # those of unknown outlet; they count as one
    outlets: int  # different known outlets
    sole: str | None = None  # the outlet where there is one and nothing is unsure


class PatternMemberRow(SQLModel, table=True):
    """One member of a group of a pattern: outlet and origin that sources may have."""

    __tablename__ = "pattern_member"
    __table_args__ = _BY_KEY
    pattern_id: int = _number()
    grp: int = _small()
    ordinal: int = _small()
    outlet: str | None = None  # as in standing
    origin: str | None = None  # as in standing


class PatternOutletRow(SQLModel, table=True):
    """What the loss of this outlet (or origin) alone does to claims of this pattern."""

    __tablename__ = "pattern_outlet"
    __table_args__ = (
        Index("ix_pattern_outlet_outlet", "outlet", "pattern_id", "beside", "takes"),
        _BY_KEY,
    )
    pattern_id: int = _number()
    outlet: str = Field(primary_key=True)
    effect: int  # 0 falls, 1 weakens, 2 unknown
    beside: int = Field(sa_type=_NUMBER)  # pattern.signs of its other outlets
    takes: int = Field(sa_type=_NUMBER)  # of the members of the pattern: see provenance.bits


class ClaimPatternRow(SQLModel, table=True):
    """One row per current claim: where it stands, and how it is carried."""

    __tablename__ = "claim_pattern"
    __table_args__ = (
        Index("ix_claim_pattern_pattern_id", "pattern_id", "place"),
        Index("ix_claim_pattern_resilience", "resilience", "place"),
    )
    place: int = _number()  # reading order: articles as recorded, then within the article
    claim_id: str = Field(unique=True)
    article_id: str = Field(index=True)
    pattern_id: int | None = Field(default=None, sa_type=_NUMBER)  # NULL: nothing carries it
    resilience: int | None = None  # of the pattern
    says: int  # 0 for a heading, label, question or lead-in that nothing carries, else 1


class ClaimOutletRow(SQLModel, table=True):
    """Claims that lean on an outlet (or origin), in reading order."""

    __tablename__ = "claim_outlet"
    __table_args__ = _BY_KEY
    outlet: str = Field(primary_key=True)
    place: int = _number()
    effect: int  # as in pattern_outlet


class OutletTallyRow(SQLModel, table=True):
    """Counts over `claim_outlet`; `unsure` are those that are unknown whatever else is lost.

    `name` is that of `known_outlet`: a ranking of all outlets would look up every one of them.
    """

    __tablename__ = "outlet_tally"
    __table_args__ = _BY_KEY
    outlet: str = Field(primary_key=True)
    claims: int
    falls: int
    weakens: int
    unknown: int
    unsure: int
    name: str | None = None


class SupportTotalRow(SQLModel, table=True):
    """Counts over all current claims that have a pattern.

    ("resilience", n): of resilience n, 0 standing for not known. ("unsure", 1): with a source of
    unknown outlet.
    """

    __tablename__ = "support_total"
    __table_args__ = _BY_KEY
    what: str = Field(primary_key=True)
    number: int = _small()
    claims: int


DERIVED = (
    "standing",
    "known_outlet",
    "pattern",
    "pattern_group",
    "pattern_member",
    "pattern_outlet",
    "claim_pattern",
    "claim_outlet",
    "outlet_tally",
    "support_total",
)
"""Every derived table."""
