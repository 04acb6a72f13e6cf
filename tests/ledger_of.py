"""A recorded ledger in a few lines: articles as a test says them, made of real entries.

Through `store`, so ids, journal and bytes are true; for questions over many random ledgers
`ledger_book` is faster.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from readings import NOON, noon

from ledger.document import Block, Finding, Reference
from ledger.entry import Entry
from ledger.ids import entry_id
from ledger.model import (
    Article,
    Attribution,
    Capture,
    Citation,
    Claim,
    ClaimKind,
    Gap,
    Judgement,
    Outlet,
    Reading,
    Source,
)
from ledger.schema import Place
from ledger.store import open_ledger


class Named(NamedTuple):
    """An outlet named in prose: `key` None where the name is not known.

    Names of equal `together` are joined by one phrase.
    """

    name: str
    key: str | None = None
    group: int | None = None
    together: int | None = None


class Nav(NamedTuple):
    """A link of form "navigation"."""

    url: str


@dataclass(frozen=True)
class Said:
    """One sentence. In `groups`, "5" is a marker, "https://..." a link, `Nav` a navigation link."""

    exact: str
    groups: Sequence[Sequence[str | Nav]] = ()
    named: Sequence[Named] = ()
    kind: ClaimKind | None = None
    section: tuple[str, ...] = ()

    def kind_of_claim(self) -> ClaimKind:
        if self.kind is not None:
            return self.kind
        return "cited" if self.groups else "attributed" if self.named else "uncited"


@dataclass(frozen=True)
class Text:
    """One article. `pages`: marker to its addresses, or to why it leads nowhere."""

    url: str
    said: Sequence[Said]
    pages: Mapping[str, str | tuple[str, ...]]
    references: Sequence[Reference] = ()
    findings: Sequence[Finding] = ()
    fields: Mapping[str, Any] | None = None
    captured_at: datetime = NOON
    revises: str | None = None


GAPS: tuple[Gap, ...] = (
    "no-reference-list",
    "no-reference",
    "no-address",
    "conflicting-references",
    "unusable-address",
)


def record(
    db: Place,
    texts: Sequence[Text],
    outlets: Sequence[Outlet] = (),
    later: Callable[[Sequence[Reading]], Sequence[Entry]] = lambda _: (),
) -> list[str]:
    """Append outlets, then the articles, then what `later` makes of them; the articles' ids."""
    readings = [reading_of(text) for text in texts]
    with open_ledger(str(db), clock=noon) as ledger:
        ledger.append_entries(outlets)
        for reading in readings:
            ledger.append(reading)
        ledger.append_entries(later(readings))
    return [reading.article.id for reading in readings if reading.article]


def reading_of(text: Text) -> Reading:
    payload = "\n".join(said.exact for said in text.said).encode("utf-8", "replace")
    sources: dict[str, Source] = {}

    def source(url: str) -> str:
        if url not in sources:
            host = url.split("/")[2] if url.startswith("http") else None
            sources[url] = Source.make(url=url, host=host, outlet=host)
        return sources[url].id

    capture = Capture.make(
        source_id=source(text.url),
        captured_at=text.captured_at,
        requested_url=text.url,
        final_url=text.url,
        payload_digest=f"sha256:{sha256(payload).hexdigest()}",
        size=len(payload),
    )
    whole = "\n\n".join(said.exact for said in text.said)
    article = Article.make(
        capture_id=capture.id,
        source_id=capture.source_id,
        extractor="test/1",
        text=whole,
        blocks=(Block(0, len(whole), "paragraph"),),
        references=tuple(text.references),
        findings=tuple(text.findings),
        revises=text.revises,
        **(text.fields or {}),
    )
    claims: list[Claim] = []
    citations: list[Citation] = []
    attributions: list[Attribution] = []
    start = 0
    for said in text.said:
        claim = Claim.make(
            article_id=article.id,
            start=start,
            end=start + len(said.exact),
            exact=said.exact,
            section=said.section,
            kind=said.kind_of_claim(),
            key=entry_id("claim-key", text.url, said.exact, start),
        )
        start = claim.end + 2
        claims.append(claim)
        for group, cited in enumerate(said.groups):
            for ordinal, one in enumerate(cited):
                citations += _citations(claim, text.pages, (group, ordinal), one, source)
        attributions += [
            Attribution.make(
                claim_id=claim.id,
                name=named.name,
                outlet=named.key,
                start=claim.start + place,
                end=claim.start + place + 1,
                group=named.group,
                together=named.together,
            )
            for place, named in enumerate(said.named)
        ]
    return Reading(
        capture=capture,
        payload=payload,
        sources=tuple(sources.values()),
        outlets=(),
        article=article,
        claims=tuple(claims),
        citations=tuple(citations),
        attributions=tuple(attributions),
    )


def _citations(
    claim: Claim,
    pages: Mapping[str, str | tuple[str, ...]],
    place: tuple[int, int],
    cited: str | Nav,
    source: Callable[[str], str],
) -> list[Citation]:
    group, ordinal = place
    common: dict[str, Any] = {
        "claim_id": claim.id,
        "group": group,
        "ordinal": ordinal,
        "at": claim.end,
    }
    if isinstance(cited, Nav) or cited.startswith("http"):
        url = cited.url if isinstance(cited, Nav) else cited
        form = "navigation" if isinstance(cited, Nav) else "link"
        return [
            Citation.make(
                **common,
                marker=None,
                raw=f"[x]({url})",
                form=form,
                url=url,
                source_id=source(url),
            )
        ]
    leads = pages.get(cited, "no-reference")
    if leads in GAPS:
        return [Citation.make(**common, marker=cited, raw=f"[{cited}]", gap=leads)]
    addresses = (leads,) if isinstance(leads, str) else leads
    return [
        Citation.make(
            **common,
            alternative=alternative,
            marker=cited,
            raw=f"[{cited}]",
            url=url,
            source_id=source(url),
        )
        for alternative, url in enumerate(addresses)
    ]


def linking(reading: Reading, marker: str, url: str, reason: str | None = None) -> list[Entry]:
    """A person's decision that the marker's gaps in the article lead to `url`, all its entries."""
    assert reading.article is not None
    host = url.split("/")[2]
    page = Source.make(url=url, host=host, outlet=host)
    decided = Judgement.make(
        verb="link",
        article_id=reading.article.id,
        subject=marker,
        object=url,
        by="desk@a.example",
        at=NOON,
        reason=reason,
    )
    revised = [
        Citation.make(
            **gap.model_dump(exclude={"id", "url", "source_id", "gap", "revises", "because"}),
            url=url,
            source_id=page.id,
            revises=gap.id,
            because=decided.id,
        )
        for gap in reading.citations
        if gap.marker == marker and gap.gap
    ]
    return [page, decided, *revised]
