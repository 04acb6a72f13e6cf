"""A page -> what it says of whose it is, as it is noted when the page is compared."""

import json
from typing import Any

import sqlalchemy as sa

from ledger import outlets
from ledger.credits import agency_of, home_of, led_on
from ledger.forms import IDLE
from ledger.tables import AttributionRow, CitationRow, ClaimRow, SourceRow
from ledger.voices.likeness import METHOD, Text
from ledger.voices.ties import merged_into

PROSE = ("paragraph", "item", "quote")
"""Roles of blocks in which a page may say whose it is. `compare` leaves out the last one: a quote
is of somebody else."""
WHERE_IT_LED = "address"
"""The method of comparing what was set aside: see `led_only`."""

_REPEATED = 0.5
"""Of the claims of a page so many lean on one other page, and nothing on another, when it only
repeats that page."""

_TABLES = SourceRow.metadata.tables
_SOURCE, _CLAIM = _TABLES[SourceRow.__tablename__], _TABLES[ClaimRow.__tablename__]
_CITATION = _TABLES[CitationRow.__tablename__]
_ATTRIBUTION = _TABLES[AttributionRow.__tablename__]


# Composed once: for each page, that took as long as asking.
_LATER = _CITATION.alias()
_OF_ARTICLE = _CLAIM.c.article_id == sa.bindparam("of", type_=sa.String)
# Without LIMIT 2: for that, PostgreSQL walks the citations of all articles in their order.
_CITED = (
    sa.select(_CITATION.c.source_id, _SOURCE.c.outlet)
    .select_from(
        _CITATION.join(_CLAIM, _CLAIM.c.id == _CITATION.c.claim_id).outerjoin(
            _SOURCE, _SOURCE.c.id == _CITATION.c.source_id
        )
    )
    .where(
        _OF_ARTICLE,
        _CITATION.c.form.not_in(IDLE),
        ~sa.exists().where(_LATER.c.revises == _CITATION.c.id),
    )
    .distinct()
)
_NAMED = (
    sa.select(_ATTRIBUTION.c.outlet)
    .join(_CLAIM, _CLAIM.c.id == _ATTRIBUTION.c.claim_id)
    .where(_OF_ARTICLE)
    .distinct()
)
_CARRIED = sa.case((_CLAIM.c.kind.in_(("cited", "covered", "attributed")), 1), else_=0)
_LEANING = (
    sa.select(sa.func.count(), sa.func.sum(_CARRIED))
    .select_from(_CLAIM)
    .where(_OF_ARTICLE, _CLAIM.c.kind != "not-a-claim")
)


def noted(connection: sa.Connection, row: sa.Row[Any], text: Text) -> dict[str, Any]:
    """The row of `compared` for an article, as `compare` looks it up."""
    findings = json.loads(row.findings)
    agency = agency_of(row.url, json.loads(row.byline), _paragraphs(row), findings)
    return {
        "source_id": row.source_id,
        "article_id": row.id,
        "method": METHOD,
        "shingles": len(text.shingles),
        "agency": agency.key if agency else None,
        # Of another outlet's page a finding says that it is this one; of erased words none does.
        "home": home_of(row.url, findings) or _led(row, elsewhere=not row.text),
        "repeats": repeated(connection, row.id, row.outlet),
    }


def led_only(row: sa.Row[Any]) -> dict[str, Any]:
    """The same for an article that was set aside: where its address led, and no more.

    That is what a server answered, and not what the page says. Who sets an article aside says that
    its text is not to count, not that whoever cites the address has one more voice than before.
    """
    return {
        "source_id": row.source_id,
        "article_id": row.id,
        "method": WHERE_IT_LED,
        "shingles": 0,
        "agency": None,
        "home": _led(row, elsewhere=True),
        "repeats": None,
    }


def _led(row: sa.Row[Any], *, elsewhere: bool) -> str | None:
    """The page that an address led on to: of its own outlet, or with `elsewhere` of any."""
    page = led_on(row.url, row.final_url, row.status)
    there = outlets.outlet_of(page) if page else None
    return page if there is not None and (elsewhere or there.key == row.outlet) else None


def repeated(connection: sa.Connection, article_id: str, outlet: str | None) -> str | None:
    """The only page that an article leans on, of another outlet, with half of its claims at least.

    None where it cites a second page, names another outlet, has a gap, or has more of its own.
    Outlets that were merged are one.
    """
    cited = connection.execute(_CITED, {"of": article_id}).all()
    if len(cited) != 1 or cited[0].outlet in (None, outlet):
        return None
    keys = set(connection.scalars(_NAMED, {"of": article_id}))
    stands = merged_into(connection, {*keys, cited[0].outlet})
    if {stands.get(key, key) for key in keys} - {stands.get(cited[0].outlet, cited[0].outlet)}:
        return None
    total, leaning = connection.execute(_LEANING, {"of": article_id}).one()
    return str(cited[0].source_id) if total and leaning >= total * _REPEATED else None


def _paragraphs(row: sa.Row[Any]) -> list[str]:
    return [row.text[block[0] : block[1]] for block in json.loads(row.blocks) if block[2] in PROSE]
