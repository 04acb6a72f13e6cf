"""The nouns of an audit: frozen values that every export renders and none changes.

What they count is said here once; `build` counts it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.audit.claims import AuditedCitation, AuditedClaim
from ledger.queries.said_of import OutletSaid

if TYPE_CHECKING:
    from ledger.model import Gap
    from ledger.provenance.withdrawn import Withdrawable


@dataclass(frozen=True, slots=True)
class Page:
    """What was audited; the fields are those of the article and its capture.

    Attributes:
        id, url, title, byline, published, dateline, language, extractor: As in `model.Article`.
        outlet: Name of who published it; None when not known.
        references_digest: Of a reference list given from outside; None when there was none.
        captured_at, requested_url, final_url, status, media_type, payload_digest, size: As in
            `model.Capture`; `captured_at` is ISO 8601 in UTC.
        version, versions: This is version number `version` of `versions` that are recorded.
        revises, revised_by: Ids of the version before and after; None when there is none.
    """

    id: str
    url: str
    title: str | None
    byline: tuple[str, ...]
    published: str | None
    dateline: str | None
    language: str | None
    outlet: str | None
    extractor: str
    references_digest: str | None
    captured_at: str
    requested_url: str
    final_url: str
    status: int | None
    media_type: str | None
    payload_digest: str
    size: int
    version: int
    versions: int
    revises: str | None
    revised_by: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """The state of the ledger, as a checkpoint names it.

    Attributes:
        entries: How many it had: the size.
        root: Of the Merkle tree over them, hex; None without entries. Whoever has a checkpoint of
            this size can compare.
        digest: Of the last one in the journal; None without entries.
    """

    entries: int
    root: str | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every count of an audit; what each is a part of comes first in its group.

    Attributes:
        claims: Sentences that claim something: cited + covered + attributed + uncited.
        not_claims: Headings, labels, questions and lead-ins; beside the claims, not among them.
        citations: Markers and links that may carry something: resolved + gaps. A marker counts
            once, also where its reference has several addresses.
        linked: Those that a person resolved; among the resolved.
        navigation: Links to a site's own pages and sources that are only listed; beside the
            citations, not among them.
        carried: Sentences with a citation or an outlet named in prose:
            one_outlet + two_outlets + more_outlets (how many must be lost before it falls)
            + not_known (that depends on an unknown source).
        one_owner, owner_not_known: As one_outlet and not_known, the outlets of one owner being one;
            not known is also what depends on an owner that is not.
        carried_not_claims: Headings, labels, questions and lead-ins among `carried`.
        sources: Different pages cited, each once at however many addresses: sources_read
            + sources_no_article + sources_not_served + sources_never_fetched, see
            `provenance.Opened`.
        several_unread: Of two_outlets + more_outlets those that cite a page that was not read:
            whether it repeats another one is not known.
        outlets: Different outlets cited, named in prose, or with their words on a cited page.
        outlets_only_named: Those that no citation leads to: named in prose, or with their words on
            the page of another.
        references: Entries of the reference list: references_cited (a sentence cites it, or may)
            + references_never_cited; all three None where the list was redacted, since how many it
            had is not known then.
        findings: Of all codes, those that nobody has settled.
        withdrawn_falls, withdrawn_weakens: Sentences that fall, and that weaken, without all that
            was withdrawn.
    """

    claims: int
    cited: int
    covered: int
    attributed: int
    uncited: int
    not_claims: int
    citations: int
    resolved: int
    gaps: int
    linked: int
    navigation: int
    carried: int
    one_outlet: int
    two_outlets: int
    more_outlets: int
    not_known: int
    one_owner: int
    owner_not_known: int
    carried_not_claims: int
    sources: int
    sources_read: int
    sources_no_article: int
    sources_not_served: int
    sources_never_fetched: int
    several_unread: int
    outlets: int
    outlets_only_named: int
    references: int | None
    references_cited: int | None
    references_never_cited: int | None
    findings: int
    withdrawn_falls: int
    withdrawn_weakens: int


@dataclass(frozen=True, slots=True)
class Weight:
    """One outlet, and what its loss would do; the counts are those of `provenance.impact`.

    Attributes:
        key, name, kind, owner, country: As in `model.Outlet`; None when not known.
        claims: Sentences that cite it or name it in prose.
        falls, weakens: Of these, how many fall without it, and how many lose a source.
        unknown: Sentences of which it is not known, whether they lean on it or not, because a
            source of theirs is unknown and may be this outlet.
        told: What people said by which it stands for other outlets, or is what is shown.
    """

    key: str
    name: str
    kind: str | None
    owner: str | None
    country: str | None
    claims: int
    falls: int
    weakens: int
    unknown: int
    told: tuple[OutletSaid, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditedFinding:
    """As `document.Finding`; `claim` is the id of the sentence at or before `at`, None for none.

    `settled_by`: who has done since what it asks for, so that it is no longer open; else None.
    """

    code: str
    detail: str
    at: int | None
    claim: str | None
    settled_by: str | None = None


def open_of(findings: Iterable[AuditedFinding]) -> list[AuditedFinding]:
    """The findings that no person has settled."""
    return [finding for finding in findings if finding.settled_by is None]


@dataclass(frozen=True, slots=True)
class MissingLead:
    """Citations that lead nowhere for one reason: one marker, or one link as it stood (`raw`).

    `claims` are ids in reading order, each once; `citations` is how often it is cited.
    """

    reason: "Gap"
    marker: str | None
    raw: str
    citations: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoleSupport:
    """A group that makes a sentence rest on a single outlet, or on a single story.

    Attributes:
        claim: Its id.
        key, outlet: The outlet, and its name; of a story that nobody is known to have written the
            key of the story, and None.
        carried_by: Names of the outlets whose pages carry its words; none where the outlet itself
            publishes every page, or is only named in prose.
        citations: All citations of the group; none where the outlet is only named in prose.
        words_of: Name of another outlet whose words all its pages carry: the group is lost with
            that one, too. None where there is none.
    """

    claim: str
    key: str
    outlet: str | None
    carried_by: tuple[str, ...]
    citations: tuple[AuditedCitation, ...]
    words_of: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An outlet or a page that was withdrawn; see also `provenance.Withdrawal`.

    `said_of`: name of the outlet it was said of, where that was merged into this one; else None.

    `claims`: ids of the sentences that cite it or name it, or cite a page with its words, in
    reading order, one at least.

    `falls`, `weakens`: ids of those that fall, and that weaken, without it alone; what becomes of
    the others is not known, or nothing.

    `also_at`: of a page, its other addresses at which the article cites it.
    """

    subject: str
    kind: "Withdrawable"
    name: str
    since: str
    by: str
    at: str
    reason: str | None
    claims: tuple[str, ...]
    said_of: str | None = None
    key: str | None = None
    falls: tuple[str, ...] = ()
    weakens: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnStory:
    """A cited page that was not withdrawn, and carries the same story as one that was.

    Attributes:
        url: Of the page that is cited.
        subject, name, since, by, at, reason: Of the page that was withdrawn, as in `Withdrawn`.
        claims: Ids of the sentences that cite `url`, in reading order, one at least.
    """

    url: str
    subject: str
    name: str
    since: str
    by: str
    at: str
    reason: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedReference:
    """An entry of the reference list, as in `document.Reference`.

    `claims`: ids of the sentences whose citation leads to it, in reading order; none when it is
    never cited. An entry without a marker is cited by whoever cites its address, and one whose
    marker nobody uses by whoever links to it.

    `doubtful`: ids of those that cite its number and may mean it or another entry of that number:
    entries that lead to different pages share it, or several without an address do.
    """

    marker: str | None
    raw: str
    title: str | None
    urls: tuple[str, ...]
    claims: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit of one article.

    Attributes:
        made_at: When the audit was made, as the caller says; None for not said.
        findings: As recorded: in reading order as far as they have a place.
        gaps: By reason, the most frequent first, then in order of first appearance.
        single_source: In reading order.
        outlets: The most leaned on first.
        claims: Every sentence of the record in reading order, also those that are no claims.
        references: In list order; None where the list was redacted.
        withdrawn: What the article leans on and was withdrawn, the earliest first.
        copies: Pages that it cites which carry the story of one that was withdrawn, in that order.
    """

    page: Page
    journal: Journal
    made_at: str | None
    numbers: Numbers
    findings: tuple[AuditedFinding, ...]
    gaps: tuple[MissingLead, ...]
    single_source: tuple[SoleSupport, ...]
    outlets: tuple[Weight, ...]
    claims: tuple[AuditedClaim, ...]
    references: tuple[ListedReference, ...] | None
    withdrawn: tuple[Withdrawn, ...] = ()
    copies: tuple[WithdrawnStory, ...] = ()
