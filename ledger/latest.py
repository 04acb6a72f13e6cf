"""Source -> what is recorded of it so far: on this a new reading is built.

For `ledger.store`, which asks before a reading is made and once more inside the transaction that
records it: only when both answers are equal is the new version what its maker took it for.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ledger.bulk import chunks
from ledger.forms import IDLE
from ledger.model import AS_READ
from ledger.tables import JournalRow

_TABLES = JournalRow.metadata.tables
_JOURNAL = _TABLES["journal"].c
_ARTICLE = _TABLES["article"].c
_CAPTURE = _TABLES["capture"].c
_CLAIM = _TABLES["claim"].c
_SOURCE = _TABLES["source"].c
_CITATION = _TABLES["citation"].c
_ATTRIBUTION = _TABLES["attribution"].c
_JUDGEMENT = _TABLES["judgement"].c
_SOMEBODY_LINKED = sa.select(_JUDGEMENT.id).where(_JUDGEMENT.verb == "link").limit(1)
_ASIDE = sa.table("aside_source", sa.column("source_id")).c


class LatestCapture(NamedTuple):
    """A capture of a source; fields as in `model.Capture`."""

    capture_id: str
    captured_at: datetime
    payload_digest: str
    status: int | None
    final_url: str
    redirects: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]


class LatestArticle(NamedTuple):
    """The article of a source that was recorded last; fields as in `model.Article`."""

    article_id: str
    extractor: str
    references_digest: str | None


class LatestLink(NamedTuple):
    """A current citation of that article that a person decided; fields as in `model.Citation`.

    `key` is the `model.Claim.key` of its claim, `read` the source to which it was read to lead;
    None where that was nowhere.
    """

    key: str
    marker: str | None
    url: str | None
    source_id: str | None
    because: str
    read: str | None


class Latest(NamedTuple):
    """What is recorded of a source.

    Attributes:
        capture: The one recorded last; None when there is none.
        article: The one recorded last; None when there is none.
        read_from: The capture of `article`.
        links: What people decided about `article`, in order of their citations' ids.
        partly: Of the markers in `links` those that nobody led in other places of `article`, where
            they lead nowhere, or to what was read where somebody did. In their order.
    """

    capture: LatestCapture | None = None
    article: LatestArticle | None = None
    read_from: LatestCapture | None = None
    links: tuple[LatestLink, ...] = ()
    partly: tuple[str, ...] = ()


class Tally(NamedTuple):
    """What is current of one article, as `ledger articles` counts it.

    Attributes:
        claims: Without headings, labels, questions and lead-ins.
        citations: Without navigation; one where a reference gives several addresses.
        gaps: Those that lead nowhere.
        findings: Codes of the article's findings, in their order.
        title: None when it has none.
        aside: Whether it was set aside: then nothing of it counts.
    """

    claims: int
    citations: int
    gaps: int
    findings: tuple[str, ...]
    title: str | None
    aside: bool


def latest(connection: sa.Connection, source_id: str) -> Latest:
    """What is recorded of the source with this id; everything empty when there is nothing."""
    capture = connection.execute(
        _last(_captures(), _CAPTURE.id, _CAPTURE.source_id == source_id)
    ).first()
    columns = (_ARTICLE.id, _ARTICLE.extractor, _ARTICLE.references_digest, _ARTICLE.capture_id)
    article = connection.execute(
        _last(sa.select(*columns), _ARTICLE.id, _ARTICLE.source_id == source_id)
    ).first()
    if article is None:
        return Latest(_taken(capture) if capture else None)
    read_from = connection.execute(_captures().where(_CAPTURE.id == article.capture_id)).one()
    links = _links(connection, article.id)
    return Latest(
        _taken(capture) if capture else None,
        LatestArticle(article.id, article.extractor, article.references_digest),
        _taken(read_from),
        links,
        _partly(connection, article.id, links),
    )


def tally(connection: sa.Connection, article_id: str) -> Tally:
    """What is current of the article with this id, which must be recorded."""
    left_out = sa.exists().where(_ASIDE.source_id == _ARTICLE.source_id)
    article = connection.execute(
        sa.select(_ARTICLE.title, _ARTICLE.findings, left_out.label("aside")).where(
            _ARTICLE.id == article_id
        )
    ).one()
    claims = connection.scalar(
        sa.select(sa.func.count()).where(
            _CLAIM.article_id == article_id, _CLAIM.kind != "not-a-claim"
        )
    )
    citations, gaps = connection.execute(
        sa.select(sa.func.count(), sa.func.count(_CITATION.gap))
        .join(_TABLES["claim"], _CLAIM.id == _CITATION.claim_id)
        .where(
            _CLAIM.article_id == article_id,
            _CITATION.alternative == 0,
            _CITATION.form.not_in(IDLE),
            _current(),
        )
    ).one()
    findings = tuple(finding["code"] for finding in json.loads(article.findings))
    return Tally(claims or 0, citations, gaps, findings, article.title, bool(article.aside))


def read_before(connection: sa.Connection, capture_id: str) -> str | None:
    """The id of the article that was read last from this capture; None when none was."""
    query = _last(sa.select(_ARTICLE.id), _ARTICLE.id, _ARTICLE.capture_id == capture_id)
    found: str | None = connection.scalar(query)
    return found


def captured_last(connection: sa.Connection, sources: Sequence[str]) -> dict[str, datetime]:
    """When the capture was made that the last article of a source was read from, by source id.

    Sources of which no article is recorded are left out.
    """
    found: dict[str, datetime] = {}
    for some in chunks(sources):
        query = (
            sa.select(_ARTICLE.source_id, _CAPTURE.captured_at)
            .join(_TABLES["capture"], _CAPTURE.id == _ARTICLE.capture_id)
            .join(_TABLES["journal"], _JOURNAL.entry_id == _ARTICLE.id)
            .where(_ARTICLE.source_id.in_(some))
            .order_by(_JOURNAL.seq)
        )
        rows = connection.execute(query)
        found.update((source, datetime.fromisoformat(at)) for source, at in rows)
    return found


def pages_of(connection: sa.Connection, digests: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Who gave these bytes: digest to ids and `Source.url`s of sources, in order of recording.

    Without what was set aside. No index has them by digest: to be asked only of bytes that more
    than one page gave.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    query = (
        sa.select(_CAPTURE.payload_digest, _CAPTURE.source_id, _SOURCE.url)
        .join(_TABLES["source"], _SOURCE.id == _CAPTURE.source_id)
        .join(_TABLES["journal"], _JOURNAL.entry_id == _CAPTURE.id)
        .where(
            _CAPTURE.payload_digest.in_(digests),
            _CAPTURE.source_id.not_in(sa.select(_ASIDE.source_id)),
        )
        .order_by(_JOURNAL.seq)
    )
    for digest, source, url in connection.execute(query):
        found.setdefault(digest, []).append((source, url))
    return found


def named_in(connection: sa.Connection, article_id: str) -> frozenset[tuple[int, str | None]]:
    """Where the claims of an article name outlets, and the key of each; None where not known."""
    query = (
        sa.select(_ATTRIBUTION.start, _ATTRIBUTION.outlet)
        .join(_TABLES["claim"], _CLAIM.id == _ATTRIBUTION.claim_id)
        .where(_CLAIM.article_id == article_id)
    )
    return frozenset((start, outlet) for start, outlet in connection.execute(query))


def revised(connection: sa.Connection, citation_id: str) -> bool:
    """Whether a recorded citation revises this one."""
    query = sa.select(_CITATION.id).where(_CITATION.revises == citation_id).limit(1)
    return connection.scalar(query) is not None


def _captures() -> sa.Select[Any]:
    return sa.select(*(_CAPTURE[name] for name in ("id", *LatestCapture._fields[1:])))


def _last(
    query: sa.Select[Any], entry_id: sa.Column[Any], condition: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    return (
        query.join(_TABLES["journal"], _JOURNAL.entry_id == entry_id)
        .where(condition)
        .order_by(_JOURNAL.seq.desc())
        .limit(1)
    )


def _taken(row: sa.Row[Any]) -> LatestCapture:
    return LatestCapture(
        row.id,
        datetime.fromisoformat(row.captured_at),
        row.payload_digest,
        row.status,
        row.final_url,
        tuple(json.loads(row.redirects)),
        tuple((name, value) for name, value in json.loads(row.headers)),
    )


def _links(connection: sa.Connection, article_id: str) -> tuple[LatestLink, ...]:
    if connection.scalar(_SOMEBODY_LINKED) is None:  # as in most ledgers
        return ()
    columns = (_CITATION.marker, _CITATION.url, _CITATION.source_id, _CITATION.because)
    read = _TABLES["citation"].alias()
    there = sa.and_(
        read.c.claim_id == _CITATION.claim_id,
        read.c.group == _CITATION.group,
        read.c.ordinal == _CITATION.ordinal,
        read.c.alternative == _CITATION.alternative,
        read.c.because.is_(None),
    )
    query = (
        sa.select(_CLAIM.key, *columns, read.c.source_id)
        .join(_TABLES["claim"], _CLAIM.id == _CITATION.claim_id)
        .join(_TABLES["judgement"], _JUDGEMENT.id == _CITATION.because)
        .join(read, there)
        .where(
            _CLAIM.article_id == article_id,
            _JUDGEMENT.object != AS_READ,
            _CITATION.form.not_in(IDLE),
            _current(),
        )
        .order_by(_CITATION.id)
    )
    return tuple(LatestLink._make(row) for row in connection.execute(query))


def _partly(
    connection: sa.Connection, article_id: str, links: Sequence[LatestLink]
) -> tuple[str, ...]:
    asked = {link.marker for link in links if link.marker is not None}
    if not asked:
        return ()
    query = (
        sa.select(_CITATION.marker, _CITATION.source_id)
        .distinct()
        .join(_TABLES["claim"], _CLAIM.id == _CITATION.claim_id)
        .outerjoin(_TABLES["judgement"], _JUDGEMENT.id == _CITATION.because)
        .where(
            _CLAIM.article_id == article_id,
            sa.func.coalesce(_JUDGEMENT.object, AS_READ) == AS_READ,
            _CITATION.form.not_in(IDLE),
            _CITATION.marker.in_(asked),
            _current(),
        )
    )
    instead = {(link.marker, link.read) for link in links}
    read = connection.execute(query)
    return tuple(sorted({name for name, to in read if to is None or (name, to) in instead}))


def _current() -> sa.ColumnElement[bool]:
    """No citation revises this one: as the view `current_citation` says."""
    later = _TABLES["citation"].alias()
    return ~sa.exists().where(later.c.revises == _CITATION.id)
