"""Pages that were touched -> the voices of all that is tied to them, settled anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from ledger import summaries
from ledger.bulk import chunks
from ledger.clusters import STORY, Decision, Settled, settle
from ledger.derived import KnownOutletRow
from ledger.voices.comparisons import VoiceRow
from ledger.voices.ties import pages_as_they_stand, tied_to, what_people_said

_TABLES = VoiceRow.metadata.tables
_VOICE, _KNOWN = _TABLES[VoiceRow.__tablename__], _TABLES[KnownOutletRow.__tablename__]


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


def decided(connection: sa.Connection) -> set[str]:
    """Ids of the sources of which people said that they are one voice, or are not."""
    return {page for each in what_people_said(connection) for page in (each.one, each.other)}


def resettle(connection: sa.Connection, sources: Iterable[str]) -> Changes:
    """Settle the voices of some sources anew, and of all that is tied to them."""
    return settled(connection, Changes(touched=set(sources)))


def settled(connection: sa.Connection, changes: Changes) -> Changes:
    """Write the voices of all that is tied to what was touched."""
    decisions = what_people_said(connection)
    pages, ties = tied_to(connection, changes.touched, decisions)
    standing = list(pages_as_they_stand(connection, pages))
    found = settle(
        standing,
        ties,
        [each for each in decisions if each.one in pages and each.other in pages],
    )
    for some in chunks(sorted(pages)):
        connection.execute(_VOICE.delete().where(_VOICE.c.source_id.in_(some)))
    if found.voices:
        connection.execute(_VOICE.insert(), [voice._asdict() for voice in found.voices])
    summaries.restand(connection, pages)
    changes.touched |= pages
    keys = _keys(found) | {page.outlet for page in standing if page.led and page.outlet}
    changes.outlets |= _without_names(connection, keys)
    changes.overruled += found.overruled
    return changes


def _keys(settled: Settled) -> set[str]:
    return {voice.origin for voice in settled.voices if not voice.origin.startswith(STORY)}


def _without_names(connection: sa.Connection, keys: set[str]) -> set[str]:
    named = sa.select(_KNOWN.c.key).where(_KNOWN.c.name.is_not(None))
    for some in chunks(sorted(keys)):
        keys = keys.difference(connection.scalars(named.where(_KNOWN.c.key.in_(some))))
    return keys
