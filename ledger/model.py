"""The entries: what the ledger records, frozen, with ids derived from their content.

Names follow WARC (capture), Memento, PROV (revises = wasRevisionOf), the W3C Web Annotation
model (`start`, `end`, `exact`: code points, end exclusive) and CSL. docs/glossary.md has each.
"""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from ledger.document import Block, Finding, Reference
from ledger.entry import Entry, Moment
from ledger.forms import Form

ClaimKind = Literal["cited", "covered", "attributed", "uncited", "not-a-claim"]
"""What carries a sentence, if it asserts anything: docs/glossary.md has each word."""

Effect = Literal["falls", "weakens", "unknown"]
"""What a loss does to a claim: see `provenance.fate`. What it leaves untouched has none."""

Gap = Literal[
    "no-reference-list",
    "no-reference",
    "no-address",
    "conflicting-references",
    "unusable-address",
]
"""Why a citation leads to no source.

no-reference-list: the article has no list at all. no-reference: it has one, without this marker.
no-address: the reference names no address. conflicting-references: two references under one
marker lead to different pages. unusable-address: an address that is none (scheme, host, shape).
"""


Verb = Literal[
    "link", "outlet", "merge", "rate", "same", "apart", "withdraw", "redact", "set-aside"
]
"""What a person can decide.

link: marker `subject` of the article leads to the address `object`, or no further than was read of
it where that is `AS_READ`.
outlet: these facts of the outlet with key `subject` hold; `object` is a JSON object of what was
said, and no more.
merge: the outlet with key `subject` is the one with key `object`; itself, when it is no other's.
rate: the list `subject` says what the ratings say that name this judgement; `object` is
"sha256:" and the digest of outlets and values.
same, apart: the pages `subject` and `object` are one voice, or are not.
withdraw: `subject`, an outlet or a page, was withdrawn.
redact: the bytes `subject` are gone; `object` is a JSON object with the `capture` that was named,
and `remains`, the digest of what is left of all that was read from them. Before schema 0008 it was
the id of the capture alone.
set-aside: the article of the page `subject`, a `Source.url`, counts nowhere, in any version, where
`object` is "aside"; it counts again where it is "stands".
"""


AS_READ = "as-read"
"""`object` of a judgement that takes a link back."""


class Outlet(Entry):
    """Who publishes: what is known of one publisher, keyed by a domain or a platform account.

    A change of knowledge is another entry with the same `key`. What a person said last of an open
    period is current, else the latest recorded one.

    Attributes:
        key: Main domain ("reuters.com"), or platform account ("youtube.com/@dwnews").
        name: As shown to people. An unknown host's outlet is named by its registrable domain.
        domain: Host part of `key`.
        kind: A word of `outlets.KINDS`; None when not known.
        country: ISO 3166-1 alpha-2, upper case; None when not known.
        owner: Name of who owns it in the end; its own `name` where it is nobody else's, None when
            not known.
        since, until: The first day on which these facts hold, and the first on which they do not:
            "2019", "2019-05" or "2019-05-31"; None where the period is open.
        aliases: Further names that people told the ledger, in any script; None when none were.
        because: The Judgement of the person who said so; None for the registry's knowledge.
    """

    kind_of_entry: ClassVar[str] = "outlet"
    key_fields: ClassVar[tuple[str, ...]] = ("key", "name", "domain", "kind", "country", "owner")
    late_key_fields: ClassVar[tuple[str, ...]] = ("because",)
    key: str
    name: str
    domain: str
    kind: str | None = None
    country: str | None = None
    owner: str | None = None
    since: str | None = None
    until: str | None = None
    aliases: tuple[str, ...] | None = None
    because: str | None = None


class Source(Entry):
    """A page that can be cited, by one spelling of its address (Memento URI-R).

    Attributes:
        url: Normalised by `urls.normalise`; `file:` or `urn:` for an input without address.
        host: Lower-case host; None for an input without one.
        outlet: `Outlet.key` of its publisher; None when it has no host.
    """

    kind_of_entry: ClassVar[str] = "source"
    key_fields: ClassVar[tuple[str, ...]] = ("url",)
    url: str
    host: str | None = None
    outlet: str | None = None


class Capture(Entry):
    """What one URL gave at one time (a WARC response record without its bytes).

    Attributes:
        source_id: The page asked for.
        captured_at: When the response ended, UTC.
        requested_url: As asked, without credentials.
        final_url: After redirects.
        redirects: Every address in between, in order.
        status: HTTP status; None for a file or standard input.
        headers: The response headers that matter as evidence, in order, names lower case.
        media_type: As decided (header, then bytes), without parameters.
        charset: As decided from BOM, header, meta and the bytes; None for binary.
        payload_digest: "sha256:" and hex over the body after content decoding.
        size: Bytes of that body.
        allowed_private: Non-public network (CIDR) that the user allowed and this capture used.
        robots: "ignored" when the user had robots.txt left aside; None when it was asked, for a
            file, and for what was recorded before it was asked at all.
    """

    kind_of_entry: ClassVar[str] = "capture"
    key_fields: ClassVar[tuple[str, ...]] = ("source_id", "captured_at", "payload_digest")
    source_id: str
    captured_at: Moment
    requested_url: str
    final_url: str
    redirects: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str | None = None
    charset: str | None = None
    payload_digest: str
    size: int
    allowed_private: str | None = None
    robots: Literal["ignored"] | None = None


class Article(Entry):
    """What a capture says: clean prose and standoff positions into it.

    Attributes:
        capture_id: The bytes it was read from.
        source_id: The page.
        extractor: Name and version of the reader, for example "ledger-markdown/1".
        references_digest: SHA-256 of a reference list given from outside; None when there was none.
        title, byline, published, dateline, language: None or empty when not known. `published` is
            an ISO date or datetime as far as the page gives it.
        text: Prose without markers, NFC, blocks separated by a blank line.
        blocks: In text order, not overlapping, covering every non-blank character of `text`.
        references: In list order.
        findings: In reading order as far as they have a place.
        revises: The previous article of the same source; None for the first.
    """

    kind_of_entry: ClassVar[str] = "article"
    key_fields: ClassVar[tuple[str, ...]] = (
        "capture_id",
        "extractor",
        "references_digest",
        "revises",
    )
    capture_id: str
    source_id: str
    extractor: str
    references_digest: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    language: str | None = None
    text: str
    blocks: tuple[Block, ...] = ()
    references: tuple[Reference, ...] = ()
    findings: tuple[Finding, ...] = ()
    revises: str | None = None


class Claim(Entry):
    """One asserted sentence of an article.

    Attributes:
        start, end: Code points of `Article.text`, end exclusive.
        exact: `text[start:end]`.
        section: Headings above it, outermost first.
        kind: cited; covered (no marker of its own, but its paragraph closes with one: weaker);
            attributed (only an outlet named in prose); uncited; not-a-claim (heading, question,
            label, lead-in).
        key: The same for the same words of the same source in every version of the article.
    """

    kind_of_entry: ClassVar[str] = "claim"
    key_fields: ClassVar[tuple[str, ...]] = ("article_id", "start", "exact")
    article_id: str
    start: int
    end: int
    exact: str
    section: tuple[str, ...] = ()
    kind: ClaimKind
    key: str


class Citation(Entry):
    """In this claim, at this place, a marker of group `group` leads to a source, or to a gap.

    Attributes:
        group: Number of the group within the claim, from 0 in reading order.
        ordinal: Place within the group, from 0; two equal markers in one group stay two rows.
        alternative: Place among the addresses of the marker's reference, from 0; each is a source.
        marker: Identifier as cited; None for a hyperlink.
        raw: The characters as they stood.
        at: Offset into the article's text.
        form: As `Mention.form`; those of `IDLE` carry nothing.
        url: Address as cited, repaired; None with a gap.
        source_id: None exactly when `gap` is given.
        gap: Why it leads nowhere; None when it leads to `source_id`.
        revises: The citation entry that this one replaces; None for the first.
        because: The Judgement that made this revision; None when it was read from the page. One
            that took a link back made it what was read.
    """

    kind_of_entry: ClassVar[str] = "citation"
    key_fields: ClassVar[tuple[str, ...]] = (
        "claim_id",
        "group",
        "ordinal",
        "alternative",
        "marker",
        "because",
    )
    claim_id: str
    group: int
    ordinal: int = 0
    alternative: int = 0
    marker: str | None
    raw: str
    at: int
    form: Form = "marker"
    url: str | None = None
    source_id: str | None = None
    gap: Gap | None = None
    revises: str | None = None
    because: str | None = None


class Attribution(Entry):
    """The claim names an outlet as its origin in prose.

    Attributes:
        name: As written.
        outlet: `Outlet.key`; None when the name is not known as an outlet.
        start, end: Code points of the article's text.
        group: The citation group next to it, the nearest in its claim; None when it has none.
            Where the named outlet is already among that group's sources the attribution adds
            nothing; else it is a further group whose only source is that outlet.
        together: Where the first name begins of those that one phrase joins ("Reuters and the BBC
            reported"): these are one group, any of them carries what is said, and it adds nothing
            only where all of them are among the sources of the citation group. None for a name
            by itself.
    """

    kind_of_entry: ClassVar[str] = "attribution"
    key_fields: ClassVar[tuple[str, ...]] = ("claim_id", "start", "end")
    claim_id: str
    name: str
    outlet: str | None
    start: int
    end: int
    group: int | None = None
    together: int | None = None


class Judgement(Entry):
    """A person's decision.

    Attributes:
        verb: What was decided; see `Verb`.
        article_id: Where it applies; None when everywhere.
        subject, object: What is judged, and as what.
        by: Who decided.
        at: When, UTC.
        reason: Why; None when not said.
    """

    kind_of_entry: ClassVar[str] = "judgement"
    key_fields: ClassVar[tuple[str, ...]] = ("verb", "article_id", "subject", "object", "by", "at")
    verb: Verb
    article_id: str | None = None
    subject: str
    object: str
    by: str
    at: Moment
    reason: str | None = None


class Rating(Entry):
    """What a list of a user's own says of one outlet.

    The list as imported last, whole, is current: see the view `current_rating`.

    Attributes:
        because: The Judgement that brought the list; its `subject` is the list's name.
        list: That name.
        outlet: `Outlet.key`.
        value: What the list says, in its own words.
    """

    kind_of_entry: ClassVar[str] = "rating"
    key_fields: ClassVar[tuple[str, ...]] = ("because", "outlet")
    because: str
    list: str
    outlet: str
    value: str


ENTRY_TYPES: dict[str, type[Entry]] = {
    entry.kind_of_entry: entry
    for entry in (Outlet, Source, Capture, Article, Judgement, Rating, Claim, Citation, Attribution)
}
"""Kind of entry to its type, in an order in which nothing is named before it exists; but for what a
person said of an outlet, which stands with the outlets."""


class Reading(BaseModel):
    """Everything one capture gave: what `pipeline.read` returns and `store` appends as one unit.

    `payload` is the body after content decoding, kept beside the entries under its digest.
    `article` is None when the capture holds no article (an error page, an empty body).
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )
    capture: Capture
    payload: bytes
    sources: tuple[Source, ...]
    outlets: tuple[Outlet, ...]
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
