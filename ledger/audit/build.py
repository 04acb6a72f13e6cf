"""Recorded rows -> an Audit, built once and never asked again.

The same ledger gives the same audit: every order is fixed, and the only time that is not recorded
is `made_at`, which the caller gives.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from ledger.audit.claims import AuditedAttribution, AuditedCitation, AuditedClaim, carriers
from ledger.audit.findings import findings_of
from ledger.audit.listed import listed_references
from ledger.audit.numbers import numbers
from ledger.audit.parts import (
    Audit,
    Journal,
    MissingLead,
    Page,
    Weight,
    open_of,
)
from ledger.audit.several import AuditSet
from ledger.audit.sole import single_source
from ledger.audit.withdrawn import copies, withdrawn, without
from ledger.provenance import Withdrawal, withdrawals
from ledger.queries.audited import AuditRows, audit_rows, last_link
from ledger.reader import Reader, Row

if TYPE_CHECKING:
    from ledger.model import Gap


def audit(reader: Reader, article: str, *, made_at: str | None = None) -> Audit:
    """Give the audit of one article, in any version, with a fixed number of statements.

    Args:
        reader: An open ledger.
        article: Id.
        made_at: When the audit is made, ISO 8601; None leaves it unsaid.

    Raises:
        NotFoundError: No article has this id.
    """
    return next(_audits(reader, [article], made_at))


def audit_set(reader: Reader, articles: Iterable[str], *, made_at: str | None = None) -> AuditSet:
    """Give the audits of several articles, in this order and each once; otherwise like `audit`.

    They are read while they are gone through.
    """
    ids = list(dict.fromkeys(articles))
    return AuditSet(_journal(last_link(reader)), made_at, len(ids), _audits(reader, ids, made_at))


def _audits(reader: Reader, articles: Sequence[str], made_at: str | None) -> Iterator[Audit]:
    gone = withdrawals(reader)
    for rows in audit_rows(reader, articles):
        yield _audit(reader, rows, gone, made_at)
    reader.look_anew()  # however long it takes to render them, nobody who writes is kept waiting


def _audit(
    reader: Reader, rows: AuditRows, gone: Sequence[Withdrawal], made_at: str | None
) -> Audit:
    claims = _claims(rows)
    weights = tuple(Weight(**row) for row in rows.weights)
    findings = tuple(findings_of(rows, claims, gone))
    references = None
    if rows.redacted is None:
        references = listed_references(rows.article["references"], claims)
    lost = tuple(withdrawn(reader, claims, gone, rows.voices))
    subjects = [name for each in lost for name in (each.key or each.subject, *each.also_at)]
    fates = without(claims, subjects, rows.voices) if subjects else {}
    return Audit(
        page=_page(rows.article),
        journal=_journal(rows.journal),
        made_at=made_at,
        numbers=numbers(
            claims, weights, references, len(open_of(findings)), fates, rows.opened, rows.same
        ),
        findings=findings,
        gaps=_gaps(claims),
        single_source=tuple(single_source(claims, rows.voices)),
        outlets=weights,
        claims=claims,
        references=references,
        withdrawn=lost,
        copies=tuple(copies(reader, claims, gone)),
    )


def _page(row: Row) -> Page:
    values = {field.name: row[field.name] for field in fields(Page)}
    return Page(**{**values, "byline": tuple(row["byline"])})


def _journal(row: Row | None) -> Journal:
    return Journal(row["seq"], row["root"], row["digest"]) if row else Journal(0, None, None)


def _claims(rows: AuditRows) -> tuple[AuditedClaim, ...]:
    cited, named = _cited(rows), _named(rows)
    claims: list[AuditedClaim] = []
    number = 0
    for row in rows.claims:
        asserts = row["kind"] != "not-a-claim"
        number += asserts
        behind = rows.independence.get(row["id"])
        claims.append(
            AuditedClaim(
                id=row["id"],
                number=number if asserts else None,
                start=row["start"],
                end=row["end"],
                exact=row["exact"],
                section=tuple(row["section"]),
                kind=row["kind"],
                covered_by=rows.covered.get(row["id"]),
                carried=row["carried"] == 1,
                resilience=row["resilience"],
                owner_resilience=row["owner_resilience"],
                addresses=behind["addresses"] if behind else 0,
                outlets=behind["outlets"] if behind else 0,
                origins=behind["origins"] if behind else 0,
                unknown=behind["unknown"] if behind else 0,
                shared=tuple(behind["because"]) if behind else (),
                citations=tuple(cited[row["id"]]),
                attributions=tuple(named[row["id"]]),
            )
        )
    return tuple(claims)


def _cited(rows: AuditRows) -> dict[str, list[AuditedCitation]]:
    """The citations of each claim, by its id."""
    read_as = {place: one.read_as for one in rows.overruled for place in one.places}
    cited: dict[str, list[AuditedCitation]] = {row["id"]: [] for row in rows.claims}
    for row in rows.citations:
        claim = row.pop("claim_id")
        decided = row["linked_by"] is not None
        otherwise = read_as.get((claim, row["group"], row["ordinal"]), ()) if decided else ()
        cited[claim].append(AuditedCitation(**row, read_as=otherwise))
    return cited


def _named(rows: AuditRows) -> dict[str, list[AuditedAttribution]]:
    """The outlets that the prose of each claim names, by its id."""
    named: dict[str, list[AuditedAttribution]] = {row["id"]: [] for row in rows.claims}
    for row in rows.attributions:
        carries = row.pop("carries") == 1
        borne = tuple(rows.bearers.get(row["name"], ())) if row["key"] is None else ()
        named[row.pop("claim_id")].append(AuditedAttribution(**row, carries=carries, bearers=borne))
    return named


def _gaps(claims: Sequence[AuditedClaim]) -> tuple[MissingLead, ...]:
    where: dict[tuple[Gap, str | None, str], list[str]] = {}
    for claim in claims:
        for citation in carriers(claim):
            if citation.gap is not None:
                # A marker is one lead however it was written; links have only their own words.
                shown = citation.raw if citation.marker is None else f"[{citation.marker}]"
                where.setdefault((citation.gap, citation.marker, shown), []).append(claim.id)
    leads = [
        MissingLead(reason, marker, shown, len(ids), tuple(dict.fromkeys(ids)))
        for (reason, marker, shown), ids in where.items()
    ]
    often: Counter[Gap] = Counter()
    for lead in leads:
        often[lead.reason] += lead.citations
    order = {reason: rank for rank, (reason, _) in enumerate(often.most_common())}
    return tuple(sorted(leads, key=lambda lead: order[lead.reason]))
