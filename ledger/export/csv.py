"""An audit -> one table, for spreadsheets: a row for each citation of each sentence.

A sentence without a citation has one row in which the columns of the citation are empty, so every
sentence of the record is in the table. Columns:

    article, article_url    id and address of the article
    claim                   id of the sentence
    start, end              its place in the article's text: code points, end exclusive
    section                 the headings above it, outermost first, between "; "
    kind                    cited, covered, attributed, uncited, not-a-claim
    exact                   its words
    group                   number of the citation group in the sentence, from 0
    marker                  as cited; empty for a link, and where it was redacted
    form                    marker, link, or what carries nothing: navigation, listed
    url                     the address as cited; empty for a gap
    source                  the page it leads to, in the ledger's one spelling; empty for a gap
    outlet, owner, country  who publishes the page; empty when not known
    gap                     why it leads nowhere; empty when it leads somewhere
    resilience              how many outlets must be lost before the sentence falls; empty when not
                            known, or when nothing carries it
    addresses, outlets,     different pages behind the sentence, their outlets (and those named in
    origins                 prose), and whose words they are
    attributions            the outlets that the sentence names, as written, between "; "
    linked_by               who said that the marker leads there; empty when it was read
    read_as                 where the reference list leads it instead, between "; "
    voice                   the other outlet whose words the page carries; empty where it has its
                            own, or a story that nobody is known to have written
    owner_resilience        as resilience, the outlets of one owner being one; empty also where an
                            owner that matters is not known

Text that a spreadsheet would calculate begins with an apostrophe: see `cells.csv_cell`.
"""

import csv
from collections.abc import Iterator
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
)


def to_csv(audit: Audit | AuditSet) -> str:
    """The audit as CSV (RFC 4180, lines end with a line feed), headed by `COLUMNS`."""
    audits = (audit,) if isinstance(audit, Audit) else audit.audits
    table = StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in audits:
        writer.writerows(map(csv_cell, row) for row in _rows(one))
    return table.getvalue()


def _rows(audit: Audit) -> Iterator[tuple[object, ...]]:
    for claim in audit.claims:
        for citation in claim.citations or (None,):
            yield _row(audit, claim, citation)


def _row(audit: Audit, claim: AuditedClaim, citation: AuditedCitation | None) -> tuple[object, ...]:
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
    )
