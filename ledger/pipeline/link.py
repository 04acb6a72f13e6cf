"""A person's decision -> the ledger: this marker leads to that page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.errors import UsageError
from ledger.model import Citation, Entry, Judgement, Outlet, Source
from ledger.pipeline.read import Pages
from ledger.resolve import lead_of
from ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided that `marker` of the article leads to `url`; `reason` is None when not said."""

    article_id: str
    marker: str
    url: str
    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Where the marker leads now, and how many citations were revised (0: it led there before)."""

    source: Source
    outlet: Outlet | None
    citations: int


def link(ledger: Ledger, decision: Decision, current: Sequence[Citation]) -> Linked:
    """Record a decision, and a revision of each citation that it resolves.

    Args:
        ledger: Where to record.
        decision: What was decided.
        current: The current citations of the marker in the article, at least one.

    Raises:
        UsageError: The address is none, or the reference list of the article says otherwise.
    """
    lead = lead_of(decision.url)
    if lead.source is None:
        raise UsageError(
            decision.url, "this is no address of a page", remedy="Give an http(s) address"
        )
    pages = Pages()
    source = pages.source(lead.source)
    outlet = next(iter(pages.outlets.values()), None)
    stated = next((each for each in current if each.gap is None and each.because is None), None)
    if stated is not None:
        raise UsageError(
            f"[{decision.marker}]",
            f"the article's own list says where it leads: {stated.url}",
            remedy="Only a citation that leads nowhere can be linked",
        )
    open_ones = [each for each in current if each.source_id != source.id]
    if not open_ones:
        return Linked(source, outlet, 0)
    judgement = Judgement.make(
        verb="link",
        article_id=decision.article_id,
        subject=decision.marker,
        object=source.url,
        by=decision.by,
        at=decision.at,
        reason=decision.reason,
    )
    revised = [
        Citation.make(
            **{
                **each.model_dump(exclude={"id"}),
                "url": lead.url,
                "source_id": source.id,
                "gap": None,
                "revises": each.id,
                "because": judgement.id,
            }
        )
        for each in open_ones
    ]
    entries: list[Entry] = [*pages.outlets.values(), source, judgement, *revised]
    ledger.append_entries(entries)
    return Linked(source, outlet, len(revised))
