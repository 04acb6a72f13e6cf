"""An audit -> one table, for spreadsheets: a row for each page that each citation leads to.

A citation that leads nowhere has one row. A sentence without a citation has one row in which the
columns of the citation are empty, so every sentence of the record is in the table. What each of
`COLUMNS` holds: docs/audit.md.

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
    "alternative",
)


def to_csv(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as CSV (RFC 4180, lines end with a line feed), headed by `COLUMNS`."""
    yield _lines([COLUMNS])
    for one in (audit,) if isinstance(audit, Audit) else audit:
        yield _lines(_rows(one))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    table = StringIO()
    csv.writer(table, lineterminator="\n").writerows(rows)
    return table.getvalue()


def _rows(audit: Audit) -> Iterator[tuple[str, ...]]:
    gone: dict[str, str] = {}
    for one in audit.withdrawn:
        since = one.since or one.at
        gone |= {id: min(since, gone.get(id, since)) for id in one.claims}
    page = _cells(audit.page.id, audit.page.url)
    title = csv_cell(audit.page.title)
    for claim in audit.claims:
        sentence, strength = _sentence(claim), _strength(claim)
        rest = _cells(claim.carried, gone.get(claim.id), claim.number)
        owners = csv_cell(claim.owner_resilience)
        for citation in claim.citations or (None,):
            leads, said = (_leads(citation), _said(citation)) if citation else (_NOWHERE, _NOBODY)
            which = csv_cell(citation and citation.alternative)
            yield (*page, *sentence, *leads, *strength, *said, owners, title, *rest, which)


def _cells(*values: object) -> tuple[str, ...]:
    return tuple(map(csv_cell, values))


def _sentence(claim: AuditedClaim) -> tuple[str, ...]:
    words = (claim.section, claim.kind, claim.exact)
    return _cells(claim.id, claim.start, claim.end, *words)


def _leads(citation: AuditedCitation) -> tuple[str, ...]:
    """From its group to its gap."""
    return _cells(
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


def _strength(claim: AuditedClaim) -> tuple[str, ...]:
    """From its resilience to its attributions."""
    names = tuple(named.name for named in claim.attributions)
    return _cells(claim.resilience, claim.addresses, claim.outlets, claim.origins, names)


def _said(citation: AuditedCitation) -> tuple[str, ...]:
    return _cells(citation.linked_by, citation.read_as, citation.voice)


_NOWHERE, _NOBODY = ("",) * 9, ("",) * 3
"""What `_leads` and `_said` give of a sentence without a citation."""
