"""A person's decision -> the ledger: an outlet or a page was withdrawn, or is not any more."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from ledger.errors import UsageError
from ledger.model import Judgement
from ledger.pipeline.pages import refuse_credentials, source_url
from ledger.pipeline.tell import By
from ledger.provenance.withdrawn import STANDS

if TYPE_CHECKING:  # see `ingest`
    from ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class WithdrawalDecision:
    """Who says that `subject`, an `Outlet.key` or a `Source.url`, is withdrawn since a day.

    `since` is None where a withdrawal is taken back.
    """

    subject: str
    since: date | None
    who: By


def withdraw(ledger: "Ledger", decision: WithdrawalDecision) -> Judgement:
    """Record a decision; returns the judgement. Nothing that was recorded before is changed.

    Raises:
        StoreError: It could not be recorded.
        UsageError: The day has not come yet anywhere on earth.
    """
    # A day begins first where clocks are 14 hours ahead of UTC.
    begun = (decision.who.at.astimezone(UTC) + timedelta(hours=14)).date()
    if decision.since is not None and decision.since > begun:
        raise UsageError(
            f"--date {decision.since}",
            "this day is in the future",
            remedy="Give the day on which it was withdrawn",
        )
    judgement = Judgement.make(
        verb="withdraw",
        subject=decision.subject,
        object=STANDS if decision.since is None else decision.since.isoformat(),
        **decision.who._asdict(),
    )
    ledger.append_entries([judgement])
    return judgement


def page_of(address: str) -> str | None:
    """The `Source.url` of an address with a path; None for anything else, such as a bare host.

    Raises:
        RefusedError: The address carries a user name or password.
    """
    if "://" not in address:
        return None
    refuse_credentials(address)
    page = source_url(address)
    return page if page.partition("://")[2].strip("/").count("/") or "?" in page else None
