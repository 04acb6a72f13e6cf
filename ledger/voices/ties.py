"""Compared pages -> what ties them, as outlets stand after merges: all that settling needs.

What comparing noted of a page is what the page says; which outlets are one is looked up here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from ledger import outlets
from ledger.bulk import chunks
from ledger.clusters import Decision, Page, Tie
from ledger.credits import led_on
from ledger.derived import KnownOutletRow
from ledger.origins import origin_of
from ledger.tables import ArticleRow, CaptureRow, JournalRow, JudgementRow, SourceRow
from ledger.voices.comparisons import ComparedRow, PairingRow

_TABLES = SourceRow.metadata.tables
_COMPARED, _PAIRING = _TABLES[ComparedRow.__tablename__], _TABLES[PairingRow.__tablename__]
_SOURCE, _KNOWN = _TABLES[SourceRow.__tablename__], _TABLES[KnownOutletRow.__tablename__]
_ARTICLE, _CAPTURE = _TABLES[ArticleRow.__tablename__], _TABLES[CaptureRow.__tablename__]
_JUDGEMENT, _JOURNAL = _TABLES[JudgementRow.__tablename__], _TABLES[JournalRow.__tablename__]


def what_people_said(connection: sa.Connection) -> list[Decision]:
    """What people said of pairs of pages, in the order of recording; people say little."""
    one, other = _SOURCE.alias(), _SOURCE.alias()
    query = (
        sa.select(_JUDGEMENT.c.id, _JUDGEMENT.c.verb, one.c.id.label("a"), other.c.id.label("b"))
        .join(_JOURNAL, _JOURNAL.c.entry_id == _JUDGEMENT.c.id)
        .join(one, one.c.url == _JUDGEMENT.c.subject)
        .join(other, other.c.url == _JUDGEMENT.c.object)
        .where(_JUDGEMENT.c.verb.in_(("same", "apart")))
        .order_by(_JOURNAL.c.seq)
    )
    return [Decision(row.id, row.verb, row.a, row.b) for row in connection.execute(query)]


def tied_to(
    connection: sa.Connection, sources: Collection[str], decisions: Sequence[Decision]
) -> tuple[set[str], list[Tie]]:
    """Every page that some chain of ties or decisions leads to, and the ties between them."""
    reached: set[str] = set()
    ties: set[Tie] = set()
    rest = set(sources)
    while rest:
        reached |= rest
        found = set(_ties_of(connection, sorted(rest)))
        ties |= found
        beside = [(tie.one, tie.other) for tie in found]
        beside += [(each.one, each.other) for each in decisions]
        rest = {b for pair in beside for a, b in (pair, pair[::-1]) if a in reached} - reached
    return reached, sorted(ties)


def _ties_of(connection: sa.Connection, sources: Sequence[str]) -> Iterator[Tie]:
    """The ties at some pages."""
    there, read = _SOURCE.alias(), _COMPARED.alias()
    named = (
        sa.select(_COMPARED.c.source_id, there.c.id.label("there"))
        .join(there, there.c.url == _COMPARED.c.home)
        .join(read, read.c.source_id == there.c.id)
    )
    for some in chunks(sources):
        has = partial(_in, some=some)
        for row in connection.execute(
            sa.select(_PAIRING.c.one, _PAIRING.c.other, _PAIRING.c.part).where(
                sa.or_(has(_PAIRING.c.one), has(_PAIRING.c.other))
            )
        ):
            yield Tie(row.one, row.other, "text", row.part)
        for source, home in connection.execute(
            named.where(sa.or_(has(_COMPARED.c.source_id), has(there.c.id)))
        ):
            yield Tie(min(source, home), max(source, home), "home")
        for source, repeated in connection.execute(
            sa.select(_COMPARED.c.source_id, _COMPARED.c.repeats).where(
                _COMPARED.c.repeats.is_not(None),
                sa.or_(has(_COMPARED.c.source_id), has(_COMPARED.c.repeats)),
            )
        ):
            yield Tie(source, repeated, "repeats")


def _in(column: sa.ColumnElement[str], some: Sequence[str]) -> sa.ColumnElement[bool]:
    return column.in_(some)


def pages_as_they_stand(connection: sa.Connection, sources: Collection[str]) -> Iterator[Page]:
    """The sources with these ids, compared or not, and what is noted of each."""
    said = _SOURCE.alias()
    joined = (
        _SOURCE.outerjoin(_COMPARED, _COMPARED.c.source_id == _SOURCE.c.id)
        .outerjoin(said, said.c.id == _COMPARED.c.repeats)
        .outerjoin(_ARTICLE, _ARTICLE.c.id == _COMPARED.c.article_id)
        .outerjoin(_CAPTURE, _CAPTURE.c.id == _ARTICLE.c.capture_id)
    )
    page = (_SOURCE.c.id, _SOURCE.c.url, _SOURCE.c.outlet)
    noted = (_COMPARED.c.agency, _COMPARED.c.home, said.c.outlet.label("repeats"))
    columns = (*page, *noted, _CAPTURE.c.final_url, _CAPTURE.c.status)
    for some in chunks(sorted(sources)):
        query = sa.select(*columns).select_from(joined).where(_SOURCE.c.id.in_(some))
        pages = [_page(row) for row in connection.execute(query)]
        spoken = ((page.outlet, page.agency, page.home, page.repeats) for page in pages)
        stands = merged_into(connection, {key for keys in spoken for key in keys})
        yield from (_as_it_stands(page, stands) for page in pages) if stands else pages


def _page(row: Any) -> Page:
    by_address = origin_of(row.url)
    home = outlets.outlet_of(row.home) if row.home else None
    led = home is not None and home.key != row.outlet
    led = led and led_on(row.url, row.final_url, row.status) == row.home
    # Who publishes what is behind a short link is known once it has led on.
    behind = home if led and row.outlet is None else None
    publisher, outlet = behind or outlets.outlet_of(row.url), behind.key if behind else row.outlet
    agency = None if row.agency == outlet else row.agency
    return Page(
        id=row.id,
        outlet=outlet,
        agency=agency or (by_address.key if by_address else None),
        by="credit" if agency else "address" if by_address else None,
        home=None if home is None or home.key == outlet else home.key,
        is_agency=publisher is not None and publisher.kind == "wire",
        repeats=None if row.repeats == outlet else row.repeats,
        led=led,
        nameless=publisher is not None and publisher.kind == "platform",
    )


def _as_it_stands(page: Page, stands: Mapping[str, str]) -> Page:
    """The page after merges of outlets; what it says of its own outlet is as if it said nothing."""
    outlet, agency, home, repeats = (
        None if key is None else stands.get(key, key)
        for key in (page.outlet, page.agency, page.home, page.repeats)
    )
    publisher = outlets.outlet_of(f"https://{outlet}") if outlet != page.outlet else None
    own = outlet is not None and agency == outlet and page.agency != page.outlet
    return page._replace(
        outlet=outlet,
        agency=None if own else agency,
        by=None if own else page.by,
        home=None if home == outlet else home,
        is_agency=page.is_agency if publisher is None else publisher.kind == "wire",
        repeats=None if repeats == outlet else repeats,
        led=page.led and (page.home is None or home != outlet),
        nameless=page.nameless and outlet == page.outlet,
    )


def found_by(
    connection: sa.Connection,
    keys: Collection[str],
    query: sa.Select[Any],
    column: sa.Column[Any],
) -> Iterator[str]:
    """What a query of one column gives where `column` is one of these keys."""
    for some in chunks(sorted(keys)):
        yield from connection.scalars(query.where(column.in_(some)))


def merged_into(connection: sa.Connection, keys: Iterable[str | None]) -> dict[str, str]:
    """Outlet to the one that it was merged into in the end, of those that were."""
    found: dict[str, str] = {}
    query = sa.select(_KNOWN.c.key, _KNOWN.c.standing).where(_KNOWN.c.key != _KNOWN.c.standing)
    for some in chunks(sorted({key for key in keys if key is not None})):
        rows = connection.execute(query.where(_KNOWN.c.key.in_(some)))
        found.update((key, standing) for key, standing in rows)
    return found
