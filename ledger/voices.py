"""Recorded pages -> which of them are one voice, kept in the tables of `ledger.comparisons`.

A page is compared once, when its current version has not been: its sketch goes into a table of
bands, the pages that share a band with it are measured, and what it says of whose it is is noted.
Then the voices of all that is tied to it are settled anew: see `ties` and `clusters`. Nothing here
is a statement of its own, so all of it can be made again from the entries, with the same outcome.

SQL is composed with SQLAlchemy and runs on both databases; the caller holds the transaction.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from ledger import outlets, summaries
from ledger.bulk import chunks
from ledger.clusters import STORY, Decision, Settled, settle
from ledger.comparisons import BandRow, ComparedRow, PairingRow, VoiceRow
from ledger.credits import agency_of, home_of
from ledger.derived import KnownOutletRow
from ledger.forms import IDLE
from ledger.likeness import METHOD, Shared, Text, bands, shared, text_of
from ledger.tables import ArticleRow, AttributionRow, CitationRow, ClaimRow, JournalRow, SourceRow
from ledger.ties import found_by, merged_into, pages_as_they_stand, tied_to, what_people_said

CANDIDATES = 200
"""Pages that one is measured against: those that share most bands. A story has fewer copies."""

_PROSE = ("paragraph", "item", "quote")
_REPEATED = 0.5
"""Of the claims of a page so many lean on one other page, and nothing on another, when it only
repeats that page."""

_TABLES = VoiceRow.metadata.tables
_COMPARED, _BAND = _TABLES[ComparedRow.__tablename__], _TABLES[BandRow.__tablename__]
_PAIRING, _VOICE = _TABLES[PairingRow.__tablename__], _TABLES[VoiceRow.__tablename__]
_ARTICLE, _SOURCE = _TABLES[ArticleRow.__tablename__], _TABLES[SourceRow.__tablename__]
_CLAIM, _CITATION = _TABLES[ClaimRow.__tablename__], _TABLES[CitationRow.__tablename__]
_ATTRIBUTION, _JOURNAL = _TABLES[AttributionRow.__tablename__], _TABLES[JournalRow.__tablename__]
_KNOWN = _TABLES[KnownOutletRow.__tablename__]
_ASIDE = sa.select(sa.table("aside_source", sa.column("source_id")).c.source_id)


@dataclass
class Changes:
    """What comparing or settling changed.

    Attributes:
        pages: How many pages were compared.
        pairs: How many pairs of pages with one text were found, both of known outlets: a file of
            nobody's, however like a page, is no second voice that could be counted.
        touched: Ids of the sources whose voice may be another now.
        outlets: Keys of the outlets with whose voice pages speak now, and of which nothing is
            recorded: what is known of others stays what it is.
        overruled: Decisions that later ones stand against.
    """

    pages: int = 0
    pairs: int = 0
    touched: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    overruled: list[Decision] = field(default_factory=list)


class _Read(NamedTuple):
    """A page with its text as it is compared."""

    source_id: str
    outlet: str | None
    text: Text


def waiting(connection: sa.Connection, among: Sequence[str] | None = None) -> list[str]:
    """Ids of the current articles that were not compared yet, in the order of recording.

    Only those of `among`, at most `bulk.CHUNK` ids, when that is given.
    """
    later = _ARTICLE.alias()
    done = sa.and_(_COMPARED.c.article_id == _ARTICLE.c.id, _COMPARED.c.method == METHOD)
    query = (
        sa.select(_ARTICLE.c.id)
        .join(_JOURNAL, _JOURNAL.c.entry_id == _ARTICLE.c.id)
        .outerjoin(_COMPARED, done)
        .where(
            _COMPARED.c.source_id.is_(None),
            ~sa.exists().where(later.c.revises == _ARTICLE.c.id),
            _ARTICLE.c.source_id.not_in(_ASIDE),
        )
        .order_by(_JOURNAL.c.seq)
    )
    if among is not None:
        query = query.where(_ARTICLE.c.id.in_(among))
    return list(connection.scalars(query))


def is_compared(connection: sa.Connection, article_id: str) -> bool:
    """Whether the voice of its page goes by this article, and not by another version or none."""
    query = sa.select(_COMPARED.c.source_id).where(_COMPARED.c.article_id == article_id)
    return connection.scalar(query) is not None


def forget(connection: sa.Connection) -> set[str]:
    """Empty every table of comparisons, so that every page is waiting.

    Returns:
        Ids of the sources that spoke with another voice, which must be settled anew.
    """
    spoke = set(connection.scalars(sa.select(_VOICE.c.source_id)))
    for table in (_VOICE, _PAIRING, _BAND, _COMPARED):
        connection.execute(table.delete())
    return spoke


def forget_aside(connection: sa.Connection) -> set[str]:
    """Remove what comparing found of pages that were set aside since; as `forget`."""
    page, named = _COMPARED.c.source_id, _COMPARED.alias()
    gone = connection.scalars(sa.select(page).where(page.in_(_ASIDE))).all()
    naming = sa.select(named.c.source_id).join(_SOURCE, _SOURCE.c.url == named.c.home)
    touched: set[str] = set()
    for some in chunks(gone):
        touched.update(connection.scalars(naming.where(_SOURCE.c.id.in_(some))))
    return touched.union(*(_forgotten(connection, each) for each in gone))


def decided(connection: sa.Connection) -> set[str]:
    """Ids of the sources of which people said that they are one voice, or are not."""
    return {page for each in what_people_said(connection) for page in (each.one, each.other)}


def compare(connection: sa.Connection, articles: Sequence[str]) -> Changes:
    """Compare some current articles with every page compared before, and settle the voices.

    Args:
        connection: In a transaction that writes.
        articles: Ids, each of another source.
    """
    changes = Changes(pages=len(articles))
    known: dict[str, _Read] = {}
    for article_id in articles:
        row = connection.execute(_article(_ARTICLE.c.id == article_id)).one()
        changes.touched |= _forgotten(connection, row.source_id)
        page = known[row.source_id] = _read(row)
        connection.execute(_COMPARED.insert(), _noted(connection, row, page.text))
        found = bands(page.text)
        if not found:
            continue
        connection.execute(
            _BAND.insert(),
            [{"number": n, "value": v, "source_id": page.source_id} for n, v in enumerate(found)],
        )
        pairs = list(_pairs(connection, page, known))
        changes.pairs += sum(
            known[pair["one"]].outlet is not None and known[pair["other"]].outlet is not None
            for pair in pairs
        )
        if pairs:
            connection.execute(_PAIRING.insert(), pairs)
    return _settled(connection, changes)


def resettle(connection: sa.Connection, sources: Iterable[str]) -> Changes:
    """Settle the voices of some sources anew, and of all that is tied to them."""
    return _settled(connection, Changes(touched=set(sources)))


def settle_merged(connection: sa.Connection, merged: Collection[str]) -> Changes:
    """Settle anew what a merge of outlets, just recorded, concerns.

    Args:
        connection: In the transaction of the merge, after the summaries followed it.
        merged: Keys of the outlets that were one before, and are now.
    """
    ends = {*merged, *merged_into(connection, merged).values()}
    keys = ends | set(found_by(connection, ends, sa.select(_KNOWN.c.key), _KNOWN.c.standing))
    for source_id, article_id, outlet in list(_naming(connection, keys)):
        repeats = {"repeats": _repeated(connection, article_id, outlet)}
        connection.execute(_COMPARED.update().where(_COMPARED.c.source_id == source_id), repeats)
    return resettle(connection, _concerned(connection, keys))


def _concerned(connection: sa.Connection, keys: Collection[str]) -> set[str]:
    """Compared pages that these outlets publish, or that say that they have their words."""
    page = _COMPARED.c.source_id
    own = sa.select(page).join(_SOURCE, _SOURCE.c.id == page)
    found = set(found_by(connection, keys, own, _SOURCE.c.outlet))
    found.update(found_by(connection, keys, sa.select(page), _COMPARED.c.agency))
    found.update(found_by(connection, keys, sa.select(_VOICE.c.source_id), _VOICE.c.origin))
    elsewhere = sa.select(page, _COMPARED.c.home).where(_COMPARED.c.home.is_not(None))
    for source_id, address in connection.execute(elsewhere):
        home = outlets.outlet_of(address)
        if home is not None and home.key in keys:
            found.add(source_id)
    return found | {source_id for source_id, _, _ in _naming(connection, keys)}


def _naming(connection: sa.Connection, keys: Collection[str]) -> Iterator[Any]:
    """Compared pages whose prose names one of these outlets: source, article and own outlet."""
    query = (
        sa.select(_COMPARED.c.source_id, _COMPARED.c.article_id, _SOURCE.c.outlet)
        .join(_SOURCE, _SOURCE.c.id == _COMPARED.c.source_id)
        .join(_CLAIM, _CLAIM.c.article_id == _COMPARED.c.article_id)
        .join(_ATTRIBUTION, _ATTRIBUTION.c.claim_id == _CLAIM.c.id)
        .distinct()
    )
    for some in chunks(sorted(keys)):
        yield from connection.execute(query.where(_ATTRIBUTION.c.outlet.in_(some)))


def _article(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = (_ARTICLE.c.id, _ARTICLE.c.source_id, _ARTICLE.c.text, _ARTICLE.c.blocks)
    said = (_ARTICLE.c.byline, _ARTICLE.c.findings, _SOURCE.c.url, _SOURCE.c.outlet)
    joined = _ARTICLE.join(_SOURCE, _SOURCE.c.id == _ARTICLE.c.source_id)
    return sa.select(*columns, *said).select_from(joined).where(condition)


def _paragraphs(row: sa.Row[Any]) -> list[str]:
    return [row.text[block[0] : block[1]] for block in json.loads(row.blocks) if block[2] in _PROSE]


def _read(row: sa.Row[Any]) -> _Read:
    said = [row.text[b[0] : b[1]] for b in json.loads(row.blocks) if b[2] in _PROSE[:2]]
    return _Read(row.source_id, row.outlet, text_of(said))


def _forgotten(connection: sa.Connection, source_id: str) -> set[str]:
    """Remove what comparing an earlier version found; the pages that it may concern."""
    touched = {source_id}
    for here, there in ((_PAIRING.c.one, _PAIRING.c.other), (_PAIRING.c.other, _PAIRING.c.one)):
        touched.update(connection.scalars(sa.select(there).where(here == source_id)))
        connection.execute(_PAIRING.delete().where(here == source_id))
    before = _COMPARED.c.source_id == source_id
    repeated = connection.scalar(sa.select(_COMPARED.c.repeats).where(before))
    touched |= {repeated} if repeated else set()
    home = sa.select(_SOURCE.c.id).join(_COMPARED, _COMPARED.c.home == _SOURCE.c.url).where(before)
    touched.update(connection.scalars(home))
    connection.execute(_BAND.delete().where(_BAND.c.source_id == source_id))
    connection.execute(_COMPARED.delete().where(before))
    return touched


def _noted(connection: sa.Connection, row: sa.Row[Any], text: Text) -> dict[str, Any]:
    findings = json.loads(row.findings)
    agency = agency_of(row.url, json.loads(row.byline), _paragraphs(row), findings)
    return {
        "source_id": row.source_id,
        "article_id": row.id,
        "method": METHOD,
        "shingles": len(text.shingles),
        "agency": agency.key if agency else None,
        "home": home_of(row.url, findings),
        "repeats": _repeated(connection, row.id, row.outlet),
    }


def _repeated(connection: sa.Connection, article_id: str, outlet: str | None) -> str | None:
    """The only page that an article leans on, of another outlet, with half of its claims at least.

    None where it cites a second page, names another outlet, has a gap, or has more of its own.
    Outlets that were merged are one.
    """
    of_article = _CLAIM.c.article_id == article_id
    leads = sa.select(_CITATION.c.source_id, _SOURCE.c.outlet).select_from(
        _CITATION.join(_CLAIM, _CLAIM.c.id == _CITATION.c.claim_id).outerjoin(
            _SOURCE, _SOURCE.c.id == _CITATION.c.source_id
        )
    )
    later = _CITATION.alias()
    current = ~sa.exists().where(later.c.revises == _CITATION.c.id)
    cited = connection.execute(
        leads.where(of_article, _CITATION.c.form.not_in(IDLE), current).distinct().limit(2)
    ).all()
    if len(cited) != 1 or cited[0].outlet in (None, outlet):
        return None
    named = sa.select(_ATTRIBUTION.c.outlet).join(_CLAIM, _CLAIM.c.id == _ATTRIBUTION.c.claim_id)
    keys = set(connection.scalars(named.where(of_article).distinct()))
    stands = merged_into(connection, {*keys, cited[0].outlet})
    if {stands.get(key, key) for key in keys} - {stands.get(cited[0].outlet, cited[0].outlet)}:
        return None
    carried = sa.case((_CLAIM.c.kind.in_(("cited", "covered", "attributed")), 1), else_=0)
    own = sa.select(sa.func.count(), sa.func.sum(carried)).select_from(_CLAIM)
    total, leaning = connection.execute(own.where(of_article, _CLAIM.c.kind != "not-a-claim")).one()
    return str(cited[0].source_id) if total and leaning >= total * _REPEATED else None


def _pairs(
    connection: sa.Connection, page: _Read, known: dict[str, _Read]
) -> Iterator[dict[str, Any]]:
    """Rows of `pairing` for a page whose bands are there; pages looked up are added to `known`."""
    mine = _BAND.alias()
    near = sa.and_(_BAND.c.number == mine.c.number, _BAND.c.value == mine.c.value)
    often = sa.func.count().label("often")
    query = (
        sa.select(_BAND.c.source_id, often)
        .join(mine, near)
        .where(mine.c.source_id == page.source_id, _BAND.c.source_id != page.source_id)
        .group_by(_BAND.c.source_id)
        .order_by(often.desc(), _BAND.c.source_id)
        .limit(CANDIDATES)
    )
    candidates = [row.source_id for row in connection.execute(query)]
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


def _settled(connection: sa.Connection, changes: Changes) -> Changes:
    """Write the voices of all that is tied to what was touched."""
    decisions = what_people_said(connection)
    pages, ties = tied_to(connection, changes.touched, decisions)
    settled = settle(
        list(pages_as_they_stand(connection, pages)),
        ties,
        [each for each in decisions if each.one in pages and each.other in pages],
    )
    for some in chunks(sorted(pages)):
        connection.execute(_VOICE.delete().where(_VOICE.c.source_id.in_(some)))
    if settled.voices:
        connection.execute(_VOICE.insert(), [voice._asdict() for voice in settled.voices])
    summaries.restand(connection, pages)
    changes.touched |= pages
    changes.outlets |= _without_names(connection, _keys(settled))
    changes.overruled += settled.overruled
    return changes


def _keys(settled: Settled) -> set[str]:
    return {voice.origin for voice in settled.voices if not voice.origin.startswith(STORY)}


def _without_names(connection: sa.Connection, keys: set[str]) -> set[str]:
    named = sa.select(_KNOWN.c.key).where(_KNOWN.c.name.is_not(None))
    for some in chunks(sorted(keys)):
        keys = keys.difference(connection.scalars(named.where(_KNOWN.c.key.in_(some))))
    return keys
