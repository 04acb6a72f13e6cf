"""What was read and recorded -> what came of it, as a person is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from ledger.credits import led_on
from ledger.forms import IDLE
from ledger.model import Capture, Citation, Reading
from ledger.pipeline.carry import Contradicted
from ledger.pipeline.pages import source_url
from ledger.unread import unread_of

if TYPE_CHECKING:  # what only reads must not wait for the object mapper
    from ledger.latest import Latest, Tally
    from ledger.store import Appended, Ledger, Version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input. Counts are those of what is current in the record.

    Attributes:
        article: Id of the article, recorded now or before.
        title: Its title; None when it has none.
        new: Whether this run recorded it.
        revises: Id of the version before it; None for the first version and when nothing is new.
        claims, citations, gaps, findings: How many the article has, counted as `ledger articles`
            does. Headings, labels, questions and lead-ins are no claims; gaps are among the
            citations.
        unread: Codes of those findings that say that not all may have been read, as `unread_of`.
        carried: How many citations keep a link of the version before it.
        lost: Markers whose link does not apply to it any more.
        contradicted: Links that stand, and that its list contradicts.
        same_bytes: As in `store.Appended`.
        led: The page that its address led on to; None where nothing has the very same bytes.
        aside: Whether a person set the article aside: then it counts nowhere.
        given_list: Of a version before that had a list from outside, where none was given now:
            "kept", as nothing else changed; or "missing", as a new version has no such list.
            "uncited" where one was given, and the new version cites none of its entries. None
            where there is nothing to say.
        newer_before: When the version before it was captured, in UTC, where that was later than
            the capture of this one, as of a page out of an archive; None elsewhere.
    """

    article: str
    title: str | None
    new: bool
    revises: str | None
    claims: int
    citations: int
    gaps: int
    findings: int
    unread: tuple[str, ...] = ()
    carried: int = 0
    lost: tuple[str, ...] = ()
    contradicted: tuple[Contradicted, ...] = ()
    same_bytes: str | None = None
    led: str | None = None
    aside: bool = False
    given_list: Literal["kept", "missing", "uncited"] | None = None
    newer_before: datetime | None = None


class Prepared(NamedTuple):
    """A version that is to be recorded, if it is still built on what is.

    Attributes:
        seen: What was recorded of its source.
        reading: The version.
        further: Citations that keep the links of the version before.
        lost, contradicted: As in `Outcome`.
        uncited: Whether it cites no entry of the list that was given for it.
    """

    seen: "Latest"
    reading: Reading
    further: tuple[Citation, ...]
    lost: tuple[str, ...]
    contradicted: tuple[Contradicted, ...]
    uncited: bool = False

    @property
    def version(self) -> "Version":
        """As the store takes it."""
        return self.seen, self.reading, self.further


def tallied(
    ledger: "Ledger", prepared: Sequence[Prepared], appended: "Sequence[Appended | None]"
) -> list[Outcome | None]:
    """What came of versions, given what came of recording them; None where nothing did."""
    articles = [each.article_id for each in appended if each and each.article_id]
    tallies = ledger.tallies(articles)
    return [
        replace(
            _outcome(tallies[str(new.article_id)], str(new.article_id), each, new=new.new),
            same_bytes=new.same_bytes,
            led=_led(each.reading.capture) if new.same_bytes else None,
        )
        if new
        else None
        for each, new in zip(prepared, appended, strict=True)
    ]


def _led(capture: Capture) -> str | None:
    """The page that an address led on to, as in `led_on`."""
    return led_on(source_url(capture.requested_url), capture.final_url, capture.status)


def recorded_of(ledger: "Ledger", prepared: Prepared) -> Outcome | None:
    """What came of a version of which it is not known whether it was recorded; None if not."""
    reading = prepared.reading
    last = ledger.latest(reading.capture.source_id).article
    if reading.article is None or last is None or last.article_id != reading.article.id:
        return None
    tally = ledger.tallies([last.article_id])[last.article_id]
    return _outcome(tally, last.article_id, prepared, new=True)


def as_recorded(ledger: "Ledger", article_id: str, seen: "Latest", listed: str | None) -> Outcome:
    """What comes of a page that is recorded as it is."""
    same = unchanged(ledger, article_id)
    return replace(same, given_list="kept") if _has_list(seen) and not listed else same


def unchanged(ledger: "Ledger", article_id: str) -> Outcome:
    """What comes of an input that is this article, and records nothing."""
    return _counted(ledger.tallies([article_id])[article_id], article_id)


def _outcome(tally: "Tally", article_id: str, prepared: Prepared, *, new: bool) -> Outcome:
    seen = prepared.seen
    return replace(
        _counted(tally, article_id),
        new=new,
        revises=seen.article.article_id if seen.article else None,
        carried=sum(each.form not in IDLE for each in prepared.further),
        lost=prepared.lost,
        contradicted=prepared.contradicted,
        given_list=_of_list(prepared),
        newer_before=_newer_before(prepared),
    )


def _counted(tally: "Tally", article_id: str) -> Outcome:
    return Outcome(
        article=article_id,
        title=tally.title,
        new=False,
        revises=None,
        claims=tally.claims,
        citations=tally.citations,
        gaps=tally.gaps,
        findings=len(tally.findings),
        unread=unread_of(tally.findings),
        aside=tally.aside,
    )


def _of_list(prepared: Prepared) -> Literal["missing", "uncited"] | None:
    """What is to say of the list from outside of a new version."""
    if prepared.uncited:
        return "uncited"
    return "missing" if _has_list(prepared.seen) and not _has_list(prepared.reading) else None


def _newer_before(prepared: Prepared) -> datetime | None:
    before = prepared.seen.read_from
    own = prepared.reading.capture.captured_at
    return before.captured_at if before is not None and before.captured_at > own else None


def _has_list(version: "Latest | Reading") -> bool:
    """Whether a version of an article has a list from outside."""
    return version.article is not None and version.article.references_digest is not None
