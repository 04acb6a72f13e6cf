"""A person's decision -> the ledger: of where this marker leads, what was read stands again."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import StoreError
from ledger.model import AS_READ, Citation, Judgement
from ledger.pipeline.link import ATTEMPTS
from ledger.pipeline.tell import By

if TYPE_CHECKING:  # see `ingest`
    from ledger.store import Ledger


class Led(NamedTuple):
    """A citation that a person led somewhere, by its id, and what was read in its place."""

    current: str
    read: Citation


def unlink(
    ledger: "Ledger",
    article_id: str,
    marker: str,
    who: By,
    led: Callable[[], Sequence[Led]],
) -> list[Citation]:
    """Record that what was read of a marker stands again, and a revision of each citation.

    Args:
        ledger: Where to record.
        article_id: Of the current version.
        marker: As cited.
        who: Who says so.
        led: Looks up the citations that people led; again when somebody linked meanwhile.

    Returns:
        The citations as they stand now; none when nobody leads the marker.

    Raises:
        StoreError: It could not be recorded.
    """
    for _ in range(ATTEMPTS):
        there = led()
        if not there:
            return []
        judgement = Judgement.make(
            verb="link",
            article_id=article_id,
            subject=marker,
            object=AS_READ,
            **who._asdict(),
        )
        revised = [
            Citation.make(
                **{
                    **each.read.model_dump(exclude={"id"}),
                    "revises": each.current,
                    "because": judgement.id,
                }
            )
            for each in there
        ]
        if ledger.append_entries([judgement, *revised]) is not None:
            return revised
    raise StoreError(
        ledger.db,
        f"others keep linking [{marker}]",
        remedy="Run the same command again when they are done",
    )
