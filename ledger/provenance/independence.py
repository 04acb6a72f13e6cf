"""Claims -> how many addresses, outlets and origins stand behind each, and what counts once.

A page is lost with its outlet, and with the origin of its words. So two pages are one voice where
one loss takes both, and there are as many voices as losses that it takes until nothing is left:
never more than outlets, nor than origins. Outlets that prose names count without an address. How
many of all these have no known outlet is told beside.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypedDict

from ledger.clusters import STORY
from ledger.counting import counted
from ledger.provenance.because import phrase
from ledger.provenance.cover import smallest_covers
from ledger.provenance.pattern import is_nameless, on_platform
from ledger.provenance.support import THESE, support_tables
from ledger.reader import Reader, Row


class Independence(TypedDict):
    """How independent what is cited for one claim is.

    Attributes:
        addresses: Different pages.
        outlets: Different outlets, of pages and named in prose; those not known are left out.
        origins: Voices, as above.
        unknown: Pages, gaps and names whose outlet is not known: each may be another, or the same.
            So may each page of a platform whose account is not known, but for the first where no
            other is of that platform: that is one voice.
        because: What counts once and why, in sentences; empty where nothing does.
    """

    addresses: int
    outlets: int
    origins: int
    unknown: int
    because: list[str]


def behind_in_words(addresses: int, outlets: int, voices: int, unknown: int) -> str:
    """The four numbers, voices first: "only one voice (2 addresses, 2 outlets)".

    What is not known stands apart, for it may be another voice or one of these: "one voice (1
    address, 1 outlet), and one source whose voice is not known".
    """
    several = max(addresses, outlets) > 1 and not unknown
    said = counted(voices, "voice") if voices > 1 else "only one voice" if several else "one voice"
    pages = counted(addresses, "address", "addresses") if addresses else ""
    whose = counted(outlets, "outlet") if outlets else ""
    named = ", ".join(filter(None, (pages, whose)))
    known = f"{said if voices else 'no known voice'}{f' ({named})' if named else ''}"
    if not unknown:
        return known
    further = "one source" if unknown == 1 else f"{unknown:,} sources"
    return f"{known}, and {further} whose voice is not known"


def independence(reader: Reader, claims: Sequence[str]) -> dict[str, Independence]:
    """Claim id to its numbers; every one of `claims` is a key of the answer."""
    by_claim = _by_claim(reader.rows_for(_behind(THESE), claims))
    return {claim: _independence(by_claim.get(claim, [])) for claim in claims}


def independence_in(reader: Reader, articles: Sequence[str]) -> dict[str, Independence]:
    """The same for the claims of some articles that anything stands behind."""
    within = "{claim} IN (SELECT x.id FROM claim x WHERE x.article_id IN :ids)"
    by_claim = _by_claim(reader.rows_for(_behind(within), articles))
    return {claim: _independence(rows) for claim, rows in by_claim.items()}


def _behind(scope: str) -> str:
    """A question: a row for each page and named outlet behind each claim, and why it counts so.

    `doubt` only keeps apart those whose outlet is not known: each may be another.
    """
    return f"""WITH {support_tables(scope)},
        behind(claim_id, source_id, outlet, origin, doubt) AS (
            SELECT DISTINCT claim_id, source_id, outlet, origin,
                CASE WHEN outlet IS NULL THEN COALESCE(source_id, via) END
            FROM carrier
        )
        SELECT b.claim_id, b.source_id, s.url, b.outlet AS "key", o.name AS outlet,
            b.origin, w.name AS voice, v.other,
            COALESCE(v.reason, CASE WHEN b.origin <> b.outlet THEN 'address' END) AS reason
        FROM behind b
        LEFT JOIN source s ON s.id = b.source_id
        LEFT JOIN voice v ON v.source_id = b.source_id
        LEFT JOIN known_outlet o ON o.key = b.outlet
        LEFT JOIN known_outlet w ON w.key = b.origin
        ORDER BY b.claim_id, s.url, b.outlet, b.doubt"""


def _by_claim(rows: Sequence[Row]) -> dict[str, list[Row]]:
    return {claim: list(of_claim) for claim, of_claim in groupby(rows, lambda r: r["claim_id"])}


def _independence(rows: Sequence[Row]) -> Independence:
    pages = [row for row in rows if row["source_id"] is not None]
    nameless = _nameless(rows)
    return Independence(
        addresses=len({row["source_id"] for row in pages}),
        outlets=len({row["key"] for row in rows} - {None} - {p.key for p in nameless if p.beside}),
        origins=_voices(rows, nameless),
        unknown=sum(1 for row in rows if row["key"] is None) + sum(each.doubt for each in nameless),
        because=list(_because(pages)),
    )


class _Nameless(NamedTuple):
    """Pages of a platform whose accounts are not known: how many, and whether it has others."""

    key: str
    pages: int
    beside: bool

    @property
    def doubt(self) -> int:
        """How many of these pages may be one voice with others, or another."""
        return self.pages if self.beside else self.pages - 1


def _nameless(rows: Sequence[Row]) -> list[_Nameless]:
    """Of which platforms there are any."""
    found = [row for row in rows if is_nameless(row["key"], row["origin"])]
    keys = {row["key"] for row in rows}
    return [
        _Nameless(key, pages, any(on_platform(other, key) for other in keys))
        for key, pages in Counter(row["key"] for row in found).items()
    ]


def _voices(rows: Sequence[Row], nameless: Sequence[_Nameless]) -> int:
    """How many losses, each of an outlet or of an origin, it takes until none of these is left."""
    pairs = {
        (row["key"], row["origin"])
        for row in rows
        if row["key"] is not None and row["origin"] is not None
    } | {(each.key, each.key) for each in nameless if not each.beside}
    found = smallest_covers(pairs, most=0)
    # Beyond that bound: without their outlets all are lost, and without their origins.
    return found.size if found else min(len(set(keys)) for keys in zip(*pairs, strict=True))


def _because(pages: Sequence[Row]) -> Iterator[str]:
    ordered = sorted(pages, key=lambda page: (page["origin"] or "", page["url"]))
    for origin, same in groupby(ordered, key=lambda page: page["origin"] or ""):
        voiced = list(same)
        if not origin or (len(voiced) == 1 and voiced[0]["reason"] is None):
            continue
        names = list(dict.fromkeys(page["outlet"] or page["key"] for page in voiced))
        of_all = f"{len(voiced)} of {len(pages)} pages"
        if all(page["reason"] is None for page in voiced):
            yield f"{of_all} are of {names[0]}"
        elif len(voiced) == 1:
            yield f"the page of {names[0]} carries {_story(voiced[0])}: {_reasons(voiced)}"
        else:
            what = _same(voiced[0]) if _is_one(voiced) else _stories(voiced[0])
            yield f"{of_all} carry {what} ({phrase(names)}): {_reasons(voiced)}"
    yield from _of_one_outlet(pages)


def _of_one_outlet(pages: Sequence[Row]) -> Iterator[str]:
    """Of which outlet several pages are that have the words of several."""
    for _, published in groupby(sorted(pages, key=_publisher), key=_publisher):
        of_one = [page for page in published if not is_nameless(page["key"], page["origin"])]
        if of_one and of_one[0]["key"] is not None and len({page["origin"] for page in of_one}) > 1:
            name = of_one[0]["outlet"] or of_one[0]["key"]
            yield f"{len(of_one)} of {len(pages)} pages are of {name}, whosever words they have"


def _publisher(page: Row) -> str:
    return page["key"] or ""


def _is_one(pages: Sequence[Row]) -> bool:
    """Whether what is known of these pages joins all of them; else they may be several stories."""
    if pages[0]["origin"].startswith(STORY):
        return True
    joined = {pages[0]["source_id"]}
    for _ in pages:
        for page in pages:
            if page["source_id"] in joined or page["other"] in joined:
                joined |= {page["source_id"], page["other"]}
    return joined >= {page["source_id"] for page in pages}


def _same(page: Row) -> str:
    if page["origin"].startswith(STORY):
        return "the same story"
    return f"the same {page['voice'] or page['origin']} story"


def _stories(page: Row) -> str:
    return f"stories of {page['voice'] or page['origin']}"


def _story(page: Row) -> str:
    if page["origin"].startswith(STORY):
        return "a story that other outlets print, too"
    return f"a story of {page['voice'] or page['origin']}"


_REASONS = {
    "credit": "credited in the page",
    "address": "named by the address",
    "redirect": "the address led on to it",
    "home": "named as the page's own address",
    "judged": "a person says so",
    "text": "equal text",
    "repeats": "one is all that another cites",
}


def _reasons(pages: Sequence[Row]) -> str:
    known = {page["reason"] for page in pages}
    return ", ".join(words for reason, words in _REASONS.items() if reason in known)
