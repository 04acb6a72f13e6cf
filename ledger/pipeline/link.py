"""A person's decision -> the ledger: this marker leads to that page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ledger import outlets, urls
from ledger.entry import Entry
from ledger.errors import RefusedError, StoreError, UsageError
from ledger.model import Citation, Judgement
from ledger.outlets import Publisher
from ledger.pipeline.entries import outlets_of, sources_of
from ledger.pipeline.pages import Page, Pages
from ledger.resolve import lead_of

if TYPE_CHECKING:  # see `ingest`
    from ledger.store import Ledger

_IN_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""White space, control characters, and those that turn the direction of what is read."""

ATTEMPTS = 20
"""How often to look anew when others link the same marker at the same time."""


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
    """Where a marker leads now.

    Attributes:
        source: The page.
        outlet: Its outlet; None when it has no host.
        citations: How many citations were revised; 0 when all of them led there before.
        before: Where people had linked it until now: names of outlets, or addresses; each once.
    """

    source: Page
    outlet: Publisher | None
    citations: int
    before: tuple[str, ...] = ()


def link(ledger: "Ledger", decision: Decision, current: Callable[[], Sequence[Citation]]) -> Linked:
    """Record a decision, and a revision of each citation that it resolves.

    Args:
        ledger: Where to record.
        decision: What was decided.
        current: Looks up the current citations of the marker in the article, at least one; again
            when somebody else linked it meanwhile.

    Raises:
        RefusedError: The address carries a user name or password.
        StoreError: It could not be recorded.
        UsageError: The address is none, or the reference list of the article says otherwise.
    """
    for _ in range(ATTEMPTS):
        linked = _attempt(ledger, decision, current())
        if linked is not None:
            return linked
    raise StoreError(
        ledger.db,
        f"others keep linking [{decision.marker}]",
        remedy="Run the same command again when they are done",
    )


def _attempt(ledger: "Ledger", decision: Decision, current: Sequence[Citation]) -> Linked | None:
    """None when somebody revised one of `current` meanwhile."""
    url, pages, source = _page(decision.url)
    outlet = outlets.outlet_of(source.url)
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
                "url": url,
                "source_id": source.id,
                "gap": None,
                "revises": each.id,
                "because": judgement.id,
            }
        )
        for each in open_ones
    ]
    entries: list[Entry] = [*outlets_of(pages), *sources_of(pages), judgement, *revised]
    if ledger.append_entries(entries) is None:
        return None
    before = dict.fromkeys(_named(str(each.url)) for each in open_ones if each.because)
    return Linked(source, outlet, len(revised), tuple(before))


def _named(address: str) -> str:
    page = lead_of(address).source
    outlet = outlets.outlet_of(page) if page else None
    return outlet.name if outlet else address


def _spelled(character: str) -> str:
    return "space" if character == " " else f"character U+{ord(character):04X}"


def _page(address: str) -> tuple[str | None, Pages, Page]:
    """The address as mended, and the page it stands for."""
    if urls.redact(address) != address:
        raise RefusedError(
            urls.redact(address),
            "credentials",
            "the address carries a user name or password, which would be recorded for ever",
            remedy="Give it without them",
        )
    lead = lead_of(address)
    if lead.source is None:
        raise UsageError(address, "this is no address of a page", remedy="Give an http(s) address")
    hidden = _IN_NO_ADDRESS.search(address.strip())
    if hidden is not None:  # what is mended in a text is refused here: it would be recorded so
        raise UsageError(
            address,
            f"an address has no {_spelled(hidden[0])} in it",
            remedy="Give the address alone, as the browser shows it",
        )
    pages = Pages()
    return lead.url, pages, pages.source(lead.source)
