"""Outlets that were merged -> the voices that this affects, settled again."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from ledger import outlets
from ledger.bulk import chunks
from ledger.derived import KnownOutletRow
from ledger.tables import AttributionRow, ClaimRow, SourceRow
from ledger.voices.comparisons import ComparedRow, VoiceRow
from ledger.voices.settle import Changes, resettle
from ledger.voices.ties import found_by, merged_into
from ledger.voices.whose import WHERE_IT_LED, repeated

_TABLES = VoiceRow.metadata.tables
_COMPARED, _VOICE = _TABLES[ComparedRow.__tablename__], _TABLES[VoiceRow.__tablename__]
_SOURCE, _KNOWN = _TABLES[SourceRow.__tablename__], _TABLES[KnownOutletRow.__tablename__]
_CLAIM = _TABLES[ClaimRow.__tablename__]
_ATTRIBUTION = _TABLES[AttributionRow.__tablename__]


def settle_merged(connection: sa.Connection, merged: Collection[str]) -> Changes:
    """Settle again the voices that a merge of outlets, just recorded, affects.

    Args:
        connection: In the transaction of the merge, after the summaries followed it.
        merged: Keys of the outlets that were one before, and are now.
    """
    ends = {*merged, *merged_into(connection, merged).values()}
    keys = ends | set(found_by(connection, ends, sa.select(_KNOWN.c.key), _KNOWN.c.standing))
    for source_id, article_id, outlet in list(_naming(connection, keys)):
        repeats = {"repeats": repeated(connection, article_id, outlet)}
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
        .where(_COMPARED.c.method != WHERE_IT_LED)
        .distinct()
    )
    for some in chunks(sorted(keys)):
        yield from connection.execute(query.where(_ATTRIBUTION.c.outlet.in_(some)))
