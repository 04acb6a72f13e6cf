"""A ledger of a given size, skewed as real ones are, recorded as every ledger is.

    python benchmarks/large_ledger.py PLACE [CLAIMS [plain]]

PLACE is a file that is made anew, or the address of an empty database of PostgreSQL. With "plain"
no claim names an outlet and no article is read again: so questions.py can ask DuckDB the same.

Articles of fifty claims each choose thirty pages, of outlets by Zipf's law, and cite them again
and again; a fifth of the claims cite nothing, most others one page, some two to six, in one group
or several; one citation in thirty leads nowhere, and one claim in ten names an outlet. Some cited
pages are articles here themselves, so that chains arise, and one article in twenty is read again
later, when a sentence in ten is another one.
"""

import random
import sys
import time
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from ledger import engine
from ledger.document import Block, Reference
from ledger.model import Article, Attribution, Capture, Citation, Claim, Outlet, Reading, Source
from ledger.store import open_ledger

OUTLETS = 20_000
CLAIMS_PER_ARTICLE = 50
PAGES_PER_ARTICLE = 30
PARAGRAPH = 5
"""Claims in one."""
ZIPF = 1.05
WORDS = 8_000
KINDS = ("newspaper", "wire", "broadcaster", "magazine", None)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)

TOGETHER = 500
CACHE_KIB = 4 << 20
"""More articles in a transaction, and more memory for it, than `ledger ingest` takes: where a file
is large, a batch changes most pages of its indexes over ids, and each is written once for all."""

CITATIONS = ((0, 0.20), (1, 0.40), (2, 0.22), (3, 0.10), (4, 0.05), (5, 0.02), (6, 0.01))
"""How many pages a claim cites, and how often: one and a half for each claim."""


class Zipf:
    """Numbers from 0 on, the n-th as often as 1 / n to the power `s`."""

    def __init__(self, count: int, s: float, dice: random.Random) -> None:
        self._sums = list(accumulate(1 / n**s for n in range(1, count + 1)))
        self._dice = dice

    def draw(self) -> int:
        return bisect(self._sums, self._dice.random() * self._sums[-1])


def make(place: str, claims: int, *, plain: bool = False) -> float:
    """Make the ledger; the seconds that recording took, without the making of what is recorded."""
    engine.CACHE_KIB = CACHE_KIB
    took = 0.0
    readings = Made(claims, plain=plain).readings()
    with open_ledger(place, clock=lambda: datetime.now(UTC)) as ledger:
        while batch := [reading for _, reading in zip(range(TOGETHER), readings, strict=False)]:
            begun = time.perf_counter()
            ledger.append_all(batch)
            took += time.perf_counter() - begun
        ledger.count_anew()
    return took


class _Said(NamedTuple):
    """A sentence of an article; where each of its citations leads, None for nowhere, by groups."""

    words: str
    leads: tuple[tuple[int, Source | None], ...]
    named: Outlet | None


class Made:
    """Readings of as many claims, always the same for one number."""

    def __init__(self, claims: int, *, plain: bool = False, seed: int = 7) -> None:
        self._plain = plain
        self._dice = random.Random(seed)
        self._articles = max(1, claims // CLAIMS_PER_ARTICLE)
        self._zipf = Zipf(OUTLETS, ZIPF, self._dice)
        self._word = Zipf(WORDS, 1.0, self._dice)
        self._words = [_syllables(number) for number in range(WORDS)]
        self._outlets = [self._outlet(number) for number in range(OUTLETS)]
        self._pages = max(3, self._articles * 40 // OUTLETS)
        self._own = [self._source(self._zipf.draw(), f"own-{n}") for n in range(self._articles)]
        self._cited: dict[tuple[int, int], Source] = {}

    def readings(self) -> Iterator[Reading]:
        """In the order of recording; the second version of an article follows a batch later."""
        again: list[Reading] = []
        for number in range(self._articles):
            said = [self._said(pool) for pool in [self._pool()] for _ in range(CLAIMS_PER_ARTICLE)]
            first = self._reading(number, said)
            yield first
            if number % 20 == 10 and not self._plain:
                for at in range(0, CLAIMS_PER_ARTICLE, 10):
                    said[at] = said[at]._replace(words=self._sentence())
                again.append(self._reading(number, said, revises=first.article))
            if number % TOGETHER == TOGETHER - 1 or number == self._articles - 1:
                yield from again
                again.clear()

    def _outlet(self, number: int) -> Outlet:
        dice = self._dice
        key = f"outlet{number}.example"
        return Outlet.make(
            key=key,
            name=f"Outlet {number}",
            domain=key,
            kind=KINDS[number % len(KINDS)],
            country=f"{chr(65 + number % 7)}{chr(65 + number % 9)}"
            if dice.random() < 0.7
            else None,
            owner=f"Owner {int(dice.paretovariate(0.6)) % 2000}" if dice.random() < 0.6 else None,
        )

    def _source(self, outlet: int, page: str) -> Source:
        host = f"outlet{outlet}.example"
        return Source.make(url=f"https://{host}/{page}", host=host, outlet=host)

    def _pool(self) -> list[Source]:
        """The pages that one article cites."""
        dice = self._dice
        return [
            dice.choice(self._own) if dice.random() < 0.05 else self._page(self._zipf.draw())
            for _ in range(PAGES_PER_ARTICLE)
        ]

    def _page(self, outlet: int) -> Source:
        page = self._dice.randrange(max(1, self._pages * 400 // (outlet + 20)))
        found = self._cited.get((outlet, page))
        if found is None:
            found = self._cited[outlet, page] = self._source(outlet, str(page))
        return found

    def _said(self, pool: list[Source]) -> _Said:
        dice = self._dice
        [count] = dice.choices(*zip(*CITATIONS, strict=True))
        leads: list[tuple[int, Source | None]] = []
        for ordinal in range(count):
            group = leads[-1][0] + (dice.random() < 0.4) if ordinal else 0
            source = pool[int(dice.triangular(0, len(pool), 0))]
            leads.append((group, None if dice.random() < 0.033 else source))
        names = dice.random() < 0.1 and not self._plain
        named = self._outlets[self._zipf.draw()] if names else None
        return _Said(self._sentence(), tuple(leads), named)

    def _sentence(self) -> str:
        words = [self._words[self._word.draw()] for _ in range(self._dice.randrange(10, 28))]
        return f"{' '.join(words).capitalize()}."

    def _reading(self, number: int, said: list[_Said], revises: Article | None = None) -> Reading:
        page = self._own[number]
        cited = {lead.id: lead for each in said for _, lead in each.leads if lead}
        text, spans, blocks = _composed(said)
        payload = text.encode()
        later = timedelta(days=1 if revises else 0)
        capture = Capture.of_own(
            source_id=page.id,
            captured_at=BEGIN + timedelta(minutes=number) + later,
            requested_url=page.url,
            final_url=page.url,
            status=200,
            media_type="text/html",
            charset="utf-8",
            payload_digest=f"sha256:{sha256(payload).hexdigest()}",
            size=len(payload),
        )
        article = Article.of_own(
            capture_id=capture.id,
            source_id=page.id,
            extractor="benchmark/1",
            title=f"Article {number} on {self._words[number % WORDS]}",
            published=f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
            language="en",
            text=text,
            blocks=blocks,
            references=tuple(
                Reference(str(at), f"[{at}] {source.url}", source.url, (source.url,))
                for at, source in enumerate(cited.values(), 1)
            ),
            revises=revises.id if revises else None,
        )
        keys = {page.outlet, *(source.outlet for source in cited.values())}
        named = [each.named for each in said if each.named]
        outlets = {key: self._outlets[int(key[6:-8])] for key in sorted(filter(None, keys))}
        claims, citations, attributions = _claimed(page, article, said, spans, list(cited))
        return Reading(
            capture=capture,
            payload=payload,
            sources=(page, *(source for id, source in cited.items() if id != page.id)),
            outlets=tuple(dict.fromkeys((*outlets.values(), *named))),
            article=article,
            claims=claims,
            citations=citations,
            attributions=attributions,
        )


def _composed(
    said: list[_Said],
) -> tuple[str, list[tuple[int, int]], tuple[Block, ...]]:
    """The text of an article, where its claims stand, and its paragraphs."""
    spans: list[tuple[int, int]] = []
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for number, each in enumerate(said):
        spans.append((at, at + len(each.words)))
        if number % PARAGRAPH == 0:
            blocks.append(Block(at, at, "paragraph", (f"Part {number // PARAGRAPH // 3}",)))
        blocks[-1] = blocks[-1]._replace(end=spans[-1][1])
        parts.append(each.words + ("\n\n" if number % PARAGRAPH == PARAGRAPH - 1 else " "))
        at += len(parts[-1])
    return "".join(parts).rstrip(), spans, tuple(blocks)


def _claimed(
    page: Source,
    article: Article,
    said: list[_Said],
    spans: list[tuple[int, int]],
    cited: list[str],
) -> tuple[tuple[Claim, ...], tuple[Citation, ...], tuple[Attribution, ...]]:
    """What an article says, and on what it leans."""
    claims: list[Claim] = []
    citations: list[Citation] = []
    attributions: list[Attribution] = []
    marker = {id: str(at) for at, id in enumerate(cited, 1)}
    for number, (each, (start, end)) in enumerate(zip(said, spans, strict=True)):
        claim = Claim.of_own(
            article_id=article.id,
            start=start,
            end=end,
            exact=each.words,
            section=(f"Part {number // PARAGRAPH // 3}",),
            kind="cited" if each.leads else "attributed" if each.named else "uncited",
            key=sha256(f"{page.id} {each.words}".encode()).hexdigest(),
        )
        claims.append(claim)
        for ordinal, (group, lead) in enumerate(each.leads):
            sign = marker[lead.id] if lead else "99"
            citations.append(
                Citation.of_own(
                    claim_id=claim.id,
                    group=group,
                    ordinal=ordinal,
                    marker=sign,
                    raw=f"[{sign}]",
                    at=end,
                    url=lead.url if lead else None,
                    source_id=lead.id if lead else None,
                    gap=None if lead else "no-reference",
                )
            )
        if each.named:
            name = each.named.name
            attributions.append(
                Attribution.of_own(
                    claim_id=claim.id,
                    name=name,
                    outlet=each.named.key,
                    start=start,
                    end=start + len(name),
                    group=0 if each.leads else None,
                )
            )
    return tuple(claims), tuple(citations), tuple(attributions)


def _syllables(number: int) -> str:
    parts = []
    number += 30
    while number:
        number, rest = divmod(number, 60)
        parts.append("bcdfghklmnprstvz"[rest % 16] + "aeio"[rest // 16])
    return "".join(parts)


def main() -> None:
    place = sys.argv[1]
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    if "://" not in place:
        Path(place).unlink(missing_ok=True)
    begun = time.perf_counter()
    took = make(place, claims, plain="plain" in sys.argv)
    print(f"{time.perf_counter() - begun:.0f} s, of them {took:.0f} s of recording")
    if "://" not in place:
        print(f"{Path(place).stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
