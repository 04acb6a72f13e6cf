"""What is known of an article -> its findings, in the order in which they are told."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ledger.audit.claims import AuditedClaim, carriers
from ledger.audit.parts import AuditedFinding
from ledger.audit.served import in_circles, not_served, retracted_by_title
from ledger.finding_words import said_by
from ledger.provenance import Withdrawal, addresses
from ledger.queries.audited import AuditRows
from ledger.reader import Row

_NAMED = 3
"""Other articles of the same words that are named."""


def findings_of(
    rows: AuditRows, claims: Sequence[AuditedClaim], gone: Sequence[Withdrawal]
) -> Iterator[AuditedFinding]:
    """First why it may not count at all, then what was found when it was read, then later.

    Args:
        rows: All there is of the article.
        claims: Its claims, in reading order.
        gone: What stands withdrawn: pages among it are not told of because their titles say so.
    """
    title = rows.article["title"]
    if rows.aside is not None:
        yield AuditedFinding(code="set-aside", detail=rows.aside.said(), at=None, claim=None)
    if rows.redacted is not None:
        title = None
        yield AuditedFinding(code="redacted", detail=rows.redacted, at=None, claim=None)
    yield from _same_words(rows.again)
    yield from _recorded(rows.article["findings"], claims)
    for one in rows.overruled:
        yield AuditedFinding(code="link-against-list", detail=one.said(), at=None, claim=None)
    yield from not_served(claims, rows.refused)
    done = {name for each in gone for name in addresses(each)}
    yield from retracted_by_title(title, claims, rows.retracted, done)
    yield from in_circles(claims, rows.circles)


def _same_words(others: Sequence[str]) -> Iterator[AuditedFinding]:
    if others:
        more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
        said = f"it has the words of {' and '.join(others[:_NAMED])}{more}, or nearly"
        yield AuditedFinding(code="same-words", detail=said, at=None, claim=None)


def _recorded(recorded: Iterable[Row], claims: Sequence[AuditedClaim]) -> Iterator[AuditedFinding]:
    """What was found in it, each with the claim at its place, and settled if a person did so."""
    starts = [claim.start for claim in claims]

    def place(at: int | None) -> str | None:
        if at is None or not claims:
            return None
        return claims[max(bisect_right(starts, at) - 1, 0)].id

    cited = [each for claim in claims for each in carriers(claim)]
    linked = {each.marker: each.linked_by for each in cited if each.linked_by is not None}
    nowhere = {each.marker for each in cited if each.gap is not None}

    def told(one: Row) -> AuditedFinding:
        found = AuditedFinding(one["code"], str(one["detail"]), one["at"], place(one["at"]))
        marker = said_by(one) if found.code == "marker-without-reference" else None
        by = linked.get(marker)
        if marker is None or by is None:
            return found
        # What was read stays what it was; who reads the audit wants to know that it is mended.
        said = f"{found.detail}; {by} has since said where it leads"
        return replace(found, detail=said, settled_by=None if marker in nowhere else by)

    return map(told, recorded)
