"""Small readings for tests that record: one article, some claims, a citation and a gap each."""

from datetime import UTC, datetime
from hashlib import sha256

from ledger.document import Block, Finding, Reference
from ledger.model import (
    Article,
    Attribution,
    Capture,
    Citation,
    Claim,
    Judgement,
    Outlet,
    Rating,
    Reading,
    Source,
)
from ledger.store import open_ledger

NOON = datetime(2025, 5, 23, 12, 0, 0, tzinfo=UTC)


def noon() -> datetime:
    return NOON


def a_reading(number: int = 0, *, claims: int = 2, body: bytes | None = None) -> Reading:
    """Reading `number`, of a page of its own; equal numbers give equal entries.

    It makes 1 outlet, 2 sources, 1 capture, 1 article, and for each claim 1 claim, 1 citation,
    1 gap and 1 attribution: 5 + 4 * claims entries, 1 outlet of them shared by all readings.
    """
    payload = b"<p>page %d</p>" % number if body is None else body
    outlet = Outlet.make(key="a.example", name="A Gazette", domain="a.example", kind="newspaper")
    page = Source.make(url=f"https://a.example/{number}", host="a.example", outlet="a.example")
    cited = Source.make(url=f"https://b.example/{number}", host="b.example")
    capture = Capture.make(
        source_id=page.id,
        captured_at=NOON,
        requested_url=page.url,
        final_url=page.url,
        redirects=("https://a.example/r",),
        status=200,
        headers=(("content-type", "text/html"),),
        media_type="text/html",
        charset="utf-8",
        payload_digest=f"sha256:{sha256(payload).hexdigest()}",
        size=len(payload),
    )
    sentences = [f"Claim {number}.{n} — “so” they said." for n in range(claims)]
    spans = [(n * 40, n * 40 + len(sentence)) for n, sentence in enumerate(sentences)]
    article = Article.make(
        capture_id=capture.id,
        source_id=page.id,
        extractor="test/1",
        title="Title",
        byline=("A. Writer",),
        text="".join(sentence.ljust(40) for sentence in sentences),
        blocks=tuple(Block(start, end, "paragraph", ("Head",)) for start, end in spans),
        references=(Reference(marker="1", raw="[1] b", url=cited.url, urls=(cited.url,)),),
        findings=(Finding(code="marker-without-reference", detail="[2]", at=3),),
    )
    claimed = tuple(
        Claim.make(
            article_id=article.id,
            start=start,
            end=end,
            exact=sentence,
            section=("Head",),
            kind="cited",
            key=sha256(sentence.encode()).hexdigest(),
        )
        for sentence, (start, end) in zip(sentences, spans, strict=True)
    )
    leads = tuple(
        Citation.make(
            claim_id=claim.id,
            group=0,
            marker="1",
            raw="[1]",
            at=claim.end,
            url=cited.url,
            source_id=cited.id,
        )
        for claim in claimed
    )
    gaps = tuple(
        Citation.make(
            claim_id=claim.id,
            group=0,
            ordinal=1,
            marker="2",
            raw="[2]",
            at=claim.end,
            gap="no-reference",
        )
        for claim in claimed
    )
    named = tuple(
        Attribution.make(
            claim_id=claim.id, name="A Gazette", outlet="a.example", start=0, end=9, group=0
        )
        for claim in claimed
    )
    return Reading(
        capture=capture,
        payload=payload,
        sources=(page, cited),
        outlets=(outlet,),
        article=article,
        claims=claimed,
        citations=leads + gaps,
        attributions=named,
    )


def a_link(reading: Reading, reason: str | None = None) -> tuple[Judgement, Citation]:
    """A person's decision that the reading's first gap leads to its cited page."""
    assert reading.article is not None
    gap = next(citation for citation in reading.citations if citation.gap)
    judgement = Judgement.make(
        verb="link",
        article_id=reading.article.id,
        subject="2",
        object=reading.sources[1].url,
        by="editor",
        at=NOON,
        reason=reason,
    )
    citation = Citation.make(
        claim_id=gap.claim_id,
        group=gap.group,
        ordinal=gap.ordinal,
        marker=gap.marker,
        raw=gap.raw,
        at=gap.at,
        url=reading.sources[1].url,
        source_id=reading.sources[1].id,
        revises=gap.id,
        because=judgement.id,
    )
    return judgement, citation


def a_rating() -> tuple[Judgement, Rating]:
    """A list of one outlet that somebody brought."""
    judgement = Judgement.make(verb="rate", subject="ours", object="sha256:0", by="editor", at=NOON)
    return judgement, Rating.make(
        because=judgement.id, list="ours", outlet="b.example", value="high"
    )


def append_some(db: str, first: int, count: int) -> None:
    """What a process does that writes beside others; here because a process imports its file."""
    with open_ledger(db, clock=lambda: datetime.now(UTC)) as ledger:
        ledger.append(a_reading(0))  # one that all of them have
        for number in range(first, first + count):
            assert ledger.append(a_reading(number)).new
