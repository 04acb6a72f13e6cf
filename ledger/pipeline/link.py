"""A person's decision -> the ledger: this marker leads to that page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger import outlets, urls
from ledger.document import Reference
from ledger.entry import Entry
from ledger.errors import StoreError, UsageError
from ledger.model import Citation, Judgement
from ledger.outlets import Publisher
from ledger.pipeline.entries import outlets_of, sources_of
from ledger.pipeline.meanings import meanings
from ledger.pipeline.pages import Page, Pages, refuse_credentials
from ledger.pipeline.tell import By
from ledger.resolve import hides_its_page, lead_of

if TYPE_CHECKING:  # see `ingest`
    from ledger.store import Ledger

_IN_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""White space, control characters, and those that turn the direction of what is read."""

MOST_SHOWN = 60
"""Characters of a work in a message."""
ATTEMPTS = 20
"""How often to look anew when others link the same marker at the same time."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided that `marker` of the article leads to `url`.

    `claims`: Ids of the claims in which it does; empty for all that cite it.
    """

    article_id: str
    marker: str
    url: str
    who: By
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a marker leads now.

    Attributes:
        source: The page.
        outlet: Its outlet; None when it has no host.
        citations: How many citations were revised, one where a reference gives several pages; 0
            when all of them led there before.
        before: Where people had linked it until now: names of other outlets, or addresses; each
            once.
    """

    source: Page
    outlet: Publisher | None
    citations: int
    before: tuple[str, ...] = ()


def link(
    ledger: "Ledger",
    decision: Decision,
    current: Callable[[], Sequence[Citation]],
    references: Sequence[Reference] = (),
) -> Linked:
    """Record a decision, and a revision of each citation that it resolves.

    Those are the ones that lead nowhere, that a person led, or whose address hides its page. What
    else was read, from the list of another part for instance, is left as it is.

    Args:
        ledger: Where to record.
        decision: What was decided.
        current: Looks up the current citations of the marker in the article, at least one; again
            when somebody else linked it meanwhile.
        references: The article's list.

    Raises:
        RefusedError: The address carries a user name or password.
        StoreError: It could not be recorded.
        UsageError: The address is none; what was read says where each of the citations leads; or
            the marker stands for different works, and it is not said in which claim.
    """
    for _ in range(ATTEMPTS):
        linked = _attempt(ledger, decision, current(), references)
        if linked is not None:
            return linked
    raise StoreError(
        ledger.db,
        f"others keep linking [{decision.marker}]",
        remedy="Run the same command again when they are done",
    )


def _attempt(
    ledger: "Ledger",
    decision: Decision,
    current: Sequence[Citation],
    references: Sequence[Reference],
) -> Linked | None:
    """None when somebody revised one of `current` meanwhile."""
    url, pages, source = _page(decision.url)
    outlet = outlets.outlet_of(source.url)
    spoken_of = _spoken_of(decision, current, references)
    open_ones = [each for each in spoken_of if each.source_id != source.id]
    if not open_ones:
        return Linked(source, outlet, 0)
    judgement = Judgement.make(
        verb="link",
        article_id=decision.article_id,
        subject=decision.marker,
        object=source.url,
        **decision.who._asdict(),
    )
    led: dict[str, Any] = {"url": url, "source_id": source.id, "gap": None}
    # Of several pages of one reference the first gives way; the others are listed beside, no more.
    beside: dict[str, Any] = {"form": "listed"}
    there = {_place(each) for each in current if each.source_id == source.id}
    revised = []
    for each in open_ones:
        now = beside if _place(each) in there else led
        there.add(_place(each))
        content = {**each.model_dump(exclude={"id"}), **now, "revises": each.id}
        revised.append(Citation.make(**{**content, "because": judgement.id}))
    entries: list[Entry] = [*outlets_of(pages), *sources_of(pages), judgement, *revised]
    if ledger.append_entries(entries) is None:
        return None
    was = [each.url for each in open_ones if each.because and each.url]
    before = dict.fromkeys(
        address if outlet and _named(address) == outlet.name else _named(address) for address in was
    )
    return Linked(source, outlet, len(set(map(_place, revised))), tuple(before))


def _place(citation: Citation) -> tuple[str, int, int]:
    """Where it stands; the pages of one reference stand at one place."""
    return citation.claim_id, citation.group, citation.ordinal


def _spoken_of(
    decision: Decision, current: Sequence[Citation], references: Sequence[Reference]
) -> list[Citation]:
    """Those of `current` that the decision is about, at least one."""
    asked = [each for each in current if not decision.claims or each.claim_id in decision.claims]
    found = [each for each in asked if _may_be_led(each)]
    if not found:
        raise UsageError(
            f"[{decision.marker}]",
            f"the article itself says where it leads: {asked[0].url}",
            remedy="You can link only a marker that leads nowhere, or to an address that "
            "hides its page. If a reference list was wrong, replace it: ledger ingest "
            "--references FILE",
        )
    works = meanings(references, decision.marker)
    if len(works) > 1 and not decision.claims and len({each.claim_id for each in found}) > 1:
        shown = "; ".join(urls.redact(work)[:MOST_SHOWN] for work in works[:4])
        raise UsageError(
            f"[{decision.marker}]",
            f"it may stand for different works ({shown}), and several claims cite it",
            remedy="Say in which claims it leads there: --claim ID. Their ids: ledger gaps",
        )
    return found


def _may_be_led(citation: Citation) -> bool:
    unread = citation.gap is not None or citation.because is not None
    return unread or (citation.url is not None and hides_its_page(citation.url))


def _named(address: str) -> str:
    page = lead_of(address).source
    outlet = outlets.outlet_of(page) if page else None
    return outlet.name if outlet else address


def _spelled(character: str) -> str:
    return "a space" if character == " " else f"the character U+{ord(character):04X}"


def _page(address: str) -> tuple[str | None, Pages, Page]:
    """The address as mended, and the page it stands for."""
    refuse_credentials(address)
    lead = lead_of(address)
    if lead.source is None:
        raise UsageError(
            address, "this is not the address of a page", remedy="Give an http(s) address"
        )
    hidden = _IN_NO_ADDRESS.search(address.strip())
    if hidden is not None:  # what is mended in a text is refused here: it would be recorded so
        raise UsageError(
            address,
            f"an address cannot contain {_spelled(hidden[0])}",
            remedy="Give the address alone, as the browser shows it",
        )
    pages = Pages()
    return lead.url, pages, pages.source(lead.source)
