"""Articles -> which other pages have the same text.

A page is compared once, when its current version has not been: its sketch goes into a table of
bands, the pages that share a band with it are measured, and what it says of whose it is is noted.
Of a page that was set aside only that is noted to which its address led on: that is no word of it.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ledger import bulk
from ledger.bulk import chunks
from ledger.tables import ArticleRow, CaptureRow, JournalRow, SourceRow
from ledger.voices.comparisons import BandRow, ComparedRow, PairingRow, VoiceRow
from ledger.voices.likeness import METHOD, Shared, Text, bands, shared, text_of
from ledger.voices.settle import Changes, settled
from ledger.voices.whose import PROSE, WHERE_IT_LED, led_only, noted

CANDIDATES = 200
"""Pages that one is measured against: those that share most bands. A story has fewer copies."""

_TABLES = VoiceRow.metadata.tables
_COMPARED, _BAND = _TABLES[ComparedRow.__tablename__], _TABLES[BandRow.__tablename__]
_PAIRING, _VOICE = _TABLES[PairingRow.__tablename__], _TABLES[VoiceRow.__tablename__]
_ARTICLE, _SOURCE = _TABLES[ArticleRow.__tablename__], _TABLES[SourceRow.__tablename__]
_CAPTURE, _JOURNAL = _TABLES[CaptureRow.__tablename__], _TABLES[JournalRow.__tablename__]
_ASIDE = sa.select(sa.table("aside_source", sa.column("source_id")).c.source_id)
_REDACTION = sa.table("redaction", sa.column("digest"))
_ERASED = sa.select(_CAPTURE.c.id).join(
    _REDACTION, _REDACTION.c.digest == _CAPTURE.c.payload_digest
)
_ERASED_PAGE = (
    sa.select(_COMPARED.c.source_id)
    .join(_ARTICLE, _ARTICLE.c.id == _COMPARED.c.article_id)
    .where(_ARTICLE.c.capture_id.in_(_ERASED))
)
"""Pages whose compared words were erased since: what was found of them cannot be found again."""
_HOW = sa.case((_ARTICLE.c.source_id.in_(_ASIDE), WHERE_IT_LED), else_=METHOD)
"""How an article is compared."""


class _Read(NamedTuple):
    """A page with its text as it is compared."""

    source_id: str
    outlet: str | None
    text: Text


def waiting(connection: sa.Connection, among: Sequence[str] | None = None) -> list[str]:
    """Ids of the last versions that are to be compared, or compared anew, as they were recorded.

    Only those of `among`, at most `bulk.CHUNK` ids, when that is given. What was noted of words
    that were erased since stays: they cannot be read again.
    """
    later, before = _ARTICLE.alias(), _COMPARED.alias()
    legible = sa.or_(
        _ARTICLE.c.capture_id.not_in(_ERASED),
        ~sa.exists().where(before.c.article_id == _ARTICLE.c.id),
        _ARTICLE.c.source_id.in_(_ASIDE),
    )
    done = sa.and_(_COMPARED.c.article_id == _ARTICLE.c.id, _COMPARED.c.method == _HOW)
    query = (
        sa.select(_ARTICLE.c.id)
        .join(_JOURNAL, _JOURNAL.c.entry_id == _ARTICLE.c.id)
        .outerjoin(_COMPARED, done)
        .where(
            _COMPARED.c.source_id.is_(None),
            ~sa.exists().where(later.c.revises == _ARTICLE.c.id),
            legible,
        )
        .order_by(_JOURNAL.c.seq)
    )
    if among is not None:
        query = query.where(_ARTICLE.c.id.in_(among))
    return list(connection.scalars(query))


def is_compared(connection: sa.Connection, article_id: str) -> bool:
    """Whether the voice of the page was settled from this version of its article."""
    query = sa.select(_COMPARED.c.source_id).where(_COMPARED.c.article_id == article_id)
    return connection.scalar(query) is not None


def forget(connection: sa.Connection) -> set[str]:
    """Let every page wait to be compared, and forget what comparing found.

    What was found of a page stays if its words were erased since.

    Returns:
        Ids of the sources that spoke with another voice, which must be settled anew.
    """
    spoke = set(connection.scalars(sa.select(_VOICE.c.source_id)))
    connection.execute(_VOICE.delete())
    legible = _PAIRING.c.one.not_in(_ERASED_PAGE), _PAIRING.c.other.not_in(_ERASED_PAGE)
    connection.execute(_PAIRING.delete().where(*legible))
    connection.execute(_BAND.delete().where(_BAND.c.source_id.not_in(_ERASED_PAGE)))
    waits = _COMPARED.update().where(_COMPARED.c.source_id.not_in(_ERASED_PAGE))
    connection.execute(waits.values(method=""))
    return spoke


def compare(connection: sa.Connection, articles: Sequence[str]) -> Changes:
    """Compare some articles with every page compared before, and settle the voices.

    Args:
        connection: In a transaction that writes.
        articles: Ids of last versions, each of another source.
    """
    changes = Changes()
    known: dict[str, _Read] = {}
    rows: dict[str, sa.Row[Any]] = {}
    for some in chunks(articles):
        rows |= {row.id: row for row in connection.execute(_article(_ARTICLE.c.id.in_(some)))}
    changes.touched |= _forgotten(connection, list(rows.values()))
    for row in map(rows.__getitem__, articles):
        if row.how == WHERE_IT_LED:
            connection.execute(_COMPARED.insert(), led_only(row))
            continue
        changes.pages += 1
        page = known[row.source_id] = _read(row)
        connection.execute(_COMPARED.insert(), noted(connection, row, page.text))
        found = bands(page.text)
        if not found:
            continue
        bulk.insert(connection, _BAND, [(n, v, page.source_id) for n, v in enumerate(found)])
        pairs = list(_pairs(connection, page, known))
        changes.pairs += sum(
            known[pair["one"]].outlet is not None and known[pair["other"]].outlet is not None
            for pair in pairs
        )
        if pairs:
            connection.execute(_PAIRING.insert(), pairs)
    return settled(connection, changes)


def count_anew(connection: sa.Connection) -> None:
    """Let a server count what comparing wrote; see `bulk.count_anew`."""
    bulk.count_anew(connection, only=(_BAND, _COMPARED, _PAIRING))


def _article(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = (_ARTICLE.c.id, _ARTICLE.c.source_id, _ARTICLE.c.text, _ARTICLE.c.blocks)
    said = (_ARTICLE.c.byline, _ARTICLE.c.findings, _SOURCE.c.url, _SOURCE.c.outlet)
    got = (_CAPTURE.c.final_url, _CAPTURE.c.status, _HOW.label("how"))
    joined = _ARTICLE.join(_SOURCE, _SOURCE.c.id == _ARTICLE.c.source_id)
    joined = joined.join(_CAPTURE, _CAPTURE.c.id == _ARTICLE.c.capture_id)
    return sa.select(*columns, *said, *got).select_from(joined).where(condition)


def _read(row: sa.Row[Any]) -> _Read:
    said = [row.text[b[0] : b[1]] for b in json.loads(row.blocks) if b[2] in PROSE[:2]]
    return _Read(row.source_id, row.outlet, text_of(said))


def _forgotten(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> set[str]:
    """Remove what comparing them, or earlier versions, found; the pages that it may concern.

    That one has the text of a page whose words were erased since stands as long as it is the
    version of which that was found.
    """
    touched = {row.source_id for row in rows}
    whole = {row.id for row in rows if row.how != WHERE_IT_LED}
    for some in chunks(sorted(touched)):
        before = _COMPARED.c.source_id.in_(some)
        compared = connection.execute(
            sa.select(_COMPARED.c.source_id, _COMPARED.c.article_id).where(before)
        )
        same = [source for source, article in compared if article in whole]
        for here, there in ((_PAIRING.c.one, _PAIRING.c.other), (_PAIRING.c.other, _PAIRING.c.one)):
            touched.update(connection.scalars(sa.select(there).where(here.in_(some))))
            stands = sa.and_(here.in_(same), there.in_(_ERASED_PAGE))
            connection.execute(_PAIRING.delete().where(here.in_(some), sa.not_(stands)))
        repeated = sa.select(_COMPARED.c.repeats).where(before, _COMPARED.c.repeats.is_not(None))
        home = sa.select(_SOURCE.c.id).join(_COMPARED, _COMPARED.c.home == _SOURCE.c.url)
        touched.update(connection.scalars(repeated))
        touched.update(connection.scalars(home.where(before)))
        connection.execute(_BAND.delete().where(_BAND.c.source_id.in_(some)))
        connection.execute(_COMPARED.delete().where(before))
    return touched


_MINE = _BAND.alias()
_OFTEN = sa.func.count().label("often")
_TO = sa.bindparam("to", type_=sa.String)
_NEAR = (
    sa.select(_BAND.c.source_id, _OFTEN)
    .join(_MINE, sa.and_(_BAND.c.number == _MINE.c.number, _BAND.c.value == _MINE.c.value))
    .where(_MINE.c.source_id == _TO, _BAND.c.source_id != _TO)
    .group_by(_BAND.c.source_id)
    .order_by(_OFTEN.desc(), _BAND.c.source_id)
    .limit(CANDIDATES)
)
# Composed once: for each page, that took longer than asking.


def _pairs(
    connection: sa.Connection, page: _Read, known: dict[str, _Read]
) -> Iterator[dict[str, Any]]:
    """Rows of `pairing` for a page whose bands are there; pages looked up are added to `known`."""
    near = connection.execute(_NEAR, {"to": page.source_id})
    candidates = [row.source_id for row in near]
    missing = [candidate for candidate in candidates if candidate not in known]
    for some in chunks(missing):
        compared = sa.select(_COMPARED.c.article_id).where(_COMPARED.c.source_id.in_(some))
        for row in connection.execute(_article(_ARTICLE.c.id.in_(compared))):
            known[row.source_id] = _read(row)
    for candidate in sorted(candidates):
        other = known[candidate]
        # Pages of one outlet are one voice already, and share what stands on all of them.
        if page.outlet is not None and page.outlet == other.outlet:
            continue
        found = shared(page.text, other.text)
        if found.is_one_story:
            yield _pairing(page.source_id, candidate, found)


def _pairing(one: str, other: str, found: Shared) -> dict[str, Any]:
    one, other = sorted((one, other))
    measures = {"shingles": found.shingles, "part": found.part, "whole": found.whole}
    return {"one": one, "other": other, **measures}
