"""The schema of what comparing pages found, beside `ledger.tables`.

None of it is anybody's statement: `voices` makes it from the pages recorded and from what people
decided, changes it in place, and can make it anew. So it has no triggers.
"""

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

_BY_KEY = {"sqlite_with_rowid": False}


class ComparedRow(SQLModel, table=True):
    """One row per page that was compared with the others, and what it says of whose it is."""

    __tablename__ = "compared"
    __table_args__ = _BY_KEY
    source_id: str = Field(primary_key=True)
    article_id: str = Field(index=True)  # the version that was compared
    method: str  # likeness.METHOD at that time; "": it is to be compared again
    shingles: int  # of its text
    agency: str | None = None  # outlet.key of the agency that it credits; NULL: none
    home: str | None = Field(default=None, index=True)  # other address it has or names; NULL: none
    repeats: str | None = Field(default=None, index=True)  # page that it only repeats; NULL: none


class BandRow(SQLModel, table=True):
    """The sketches of compared pages, by band: whoever shares a value is looked at."""

    __tablename__ = "band"
    __table_args__ = _BY_KEY
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    source_id: str = Field(primary_key=True, index=True)


class PairingRow(SQLModel, table=True):
    """Two pages of different outlets whose texts are one; `one` is the smaller id."""

    __tablename__ = "pairing"
    __table_args__ = _BY_KEY
    one: str = Field(primary_key=True)
    other: str = Field(primary_key=True, index=True)
    shingles: int  # that stand in both
    part: float  # of the shorter text's
    whole: float  # of those of both together


class VoiceRow(SQLModel, table=True):
    """A page that speaks with a voice other than its outlet's own."""

    __tablename__ = "voice"
    __table_args__ = _BY_KEY
    source_id: str = Field(primary_key=True)
    origin: str = Field(index=True)  # outlet.key, or "story:" and a source id
    reason: str  # clusters.Reason
    other: str | None = None  # the page that shows it; NULL: the page itself does


COMPARISONS = ("compared", "band", "pairing", "voice")
"""Every table of this module."""
