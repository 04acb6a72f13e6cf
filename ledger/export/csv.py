"""An audit -> one table, for spreadsheets: a row for each citation of each sentence.

A sentence without a citation has one row in which the columns of the citation are empty, so every
sentence of the record is in the table. What each of `COLUMNS` holds: docs/audit.md.

Text that a spreadsheet would calculate begins with an apostrophe: see `cells.csv_cell`.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from ledger.audit import Audit, AuditedCitation, AuditedClaim, AuditSet
from ledger.export.cells import csv_cell

COLUMNS = (
    "article",
    "article_url",
    "claim",
    "start",
    "end",
    "section",
    "kind",
    "exact",
    "group",
    "marker",
    "form",
    "url",
    "source",
    "outlet",
    "owner",
    "country",
    "gap",
    "resilience",
    "addresses",
    "outlets",
    "origins",
    "attributions",
    "linked_by",
    "read_as",
    "voice",
    "owner_resilience",
    "title",
    "carried",
    "withdrawn",
    "number",
)


def to_csv(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as CSV (RFC 4180, lines end with a line feed), headed by `COLUMNS`."""
    yield _lines([COLUMNS])
    for one in (audit,) if isinstance(audit, Audit) else audit:
        yield _lines(map(csv_cell, row) for row in _rows(one))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    table = StringIO()
    csv.writer(table, lineterminator="\n").writerows(rows)
    return table.getvalue()


def _rows(audit: Audit) -> Iterator[tuple[object, ...]]:
    gone: dict[str, str] = {}
    for one in audit.withdrawn:
        since = one.since or one.at
        gone |= {id: min(since, gone.get(id, since)) for id in one.claims}
    for claim in audit.claims:
        for citation in claim.citations or (None,):
            yield (*_row(audit, claim, citation), gone.get(claim.id), claim.number)


def _row(audit: Audit, claim: AuditedClaim, citation: AuditedCitation | None) -> tuple[object, ...]:
    """All but the last two columns."""
    cited = citation and (
        citation.group,
        citation.marker,
        citation.form,
        citation.url,
        citation.source,
        citation.outlet,
        citation.owner,
        citation.country,
        citation.gap,
    )
    return (
        audit.page.id,
        audit.page.url,
        claim.id,
        claim.start,
        claim.end,
        claim.section,
        claim.kind,
        claim.exact,
        *(cited or (None,) * 9),
        claim.resilience,
        claim.addresses,
        claim.outlets,
        claim.origins,
        tuple(named.name for named in claim.attributions),
        *((citation.linked_by, citation.read_as, citation.voice) if citation else (None,) * 3),
        claim.owner_resilience,
        audit.page.title,
        claim.carried,
    )
