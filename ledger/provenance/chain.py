"""A claim -> the pages below its sources: what they lean on in turn, to where the chains end.

A cited page that was read is an article of the ledger, and its own citations go on from there.
Which of them? Where a sentence of the page says what the claim says, that sentence's; where none
does, all of the page's. Why: docs/decisions/chains-of-pages.md.

The walk goes level by level, one set of statements for each, and no page is gone through twice: so
circles end it, and it costs no more than the citations of the pages it meets.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from ledger.clusters import STORY
from ledger.forms import CARRIES
from ledger.provenance.asked import Asked, last_asked
from ledger.provenance.leaning import Leaning, Named, leanings
from ledger.provenance.rings import circling
from ledger.reader import Reader, Row

MAX_PAGES = 5_000
"""Most pages of one chain; more are no answer for a person, and would take seconds."""

End = (
    Literal["not-read", "set-aside", "says-so-itself"]
    | Literal["carries", "only-names", "leads-nowhere", "too-deep"]
)
"""Why a chain goes no further at a page.

not-read: the page is not in the ledger. set-aside: what was read of it counts nowhere, as a person
said. says-so-itself: it was read and leans on nobody for this. carries: as says-so-itself, but the
words are known to be another outlet's, the only one that it may name. only-names: it was read, and
names outlets in prose without a page. leads-nowhere: all that it cites are gaps. too-deep: it goes
on below the depth that was asked for.
"""


class Step(TypedDict):
    """A page on the way.

    Attributes:
        depth: How many citations lead here by the shortest way, from 1.
        source, url: The page.
        key, outlet, kind: `Outlet.key`, name and kind of the outlet as it stands; None when not
            known.
        voice: Name of the outlet whose words the page carries; None where they are its own, as far
            as is known, or those of a story of which nobody knows who wrote it.
        voice_key: Key of that outlet.
        asked: When the page was got last; None where it never was.
        article: Id of the article that was read from it; None when it was not read, or is set
            aside.
        claim: Id of the sentence there that says what the claim says; None where there is none,
            so that all that the page cites goes on.
        cites: Ids of the sources that it leans on for this, in reading order.
        names: The outlets that it names in prose for this, each once, in reading order.
        gaps: How many of its citations lead nowhere.
        back: It cites the claim's own page: the chain leads back to where it began.
        returns: Ids of the sources that it cites from which the chain led here: it goes round.
        end: None where the chain goes on.
        primary: An end that is where this was said first, as far as it is known: the page says
            so itself. Never one that was not read: where that has it from nobody knows.
    """

    depth: int
    source: str
    url: str
    key: str | None
    outlet: str | None
    kind: str | None
    voice: str | None
    voice_key: str | None
    asked: Asked | None
    article: str | None
    claim: str | None
    cites: list[str]
    names: list[Named]
    gaps: int
    back: bool
    returns: list[str]
    end: End | None
    primary: bool


class Ultimate(TypedDict):
    """An outlet where chains end.

    Attributes:
        key: `Outlet.key` as it stands; None when not known, and for a name that is no outlet we
            know.
        outlet: Its name; None when not known.
        pages: Addresses of its own pages at the ends.
        carried: Addresses of pages of other outlets at the ends, which carry its words.
        primary: Whether one of `pages` is where this was said first, as far as it is known.
    """

    key: str | None
    outlet: str | None
    pages: list[str]
    carried: list[str]
    primary: bool


class Chain(TypedDict):
    """All pages below one claim.

    Attributes:
        depth: As asked for.
        steps: Each page once, by depth, then in the order in which it was met.
        ultimate: Outlets of the ends, those whose words the ends carry, and outlets that are only
            named in prose at an end (without pages), in the order of `steps`.
        longest: Ids of the sources on the way to the primary source that is farthest away, each
            taken by its shortest way; empty when no chain reaches one.
        whole: False when there is more below than depth and `MAX_PAGES` let through.
    """

    depth: int
    steps: list[Step]
    ultimate: list[Ultimate]
    longest: list[str]
    whole: bool


def chain(reader: Reader, claim: str, depth: int) -> Chain:
    """The pages that a claim rests on, those that these rest on, and so on.

    Args:
        reader: An open ledger.
        claim: Id, of any version of its article; an unknown one has no pages.
        depth: How many citations to follow, at least 1.
    """
    asked = reader.row(
        """SELECT m.exact, a.source_id FROM claim m JOIN article a ON a.id = m.article_id
        WHERE m.id = :id""",
        {"id": claim},
    )
    if asked is None:
        return Chain(depth=depth, steps=[], ultimate=[], longest=[], whole=True)
    home, said = str(asked["source_id"]), str(asked["exact"])
    came_from: dict[str, str | None] = {}
    steps: list[Step] = []
    # The claim's own page is not gone through again: what leads there leads back.
    level = [page for page in _first(reader, claim) if page != home]
    whole = True
    for distance in range(1, depth + 1):
        came_from |= {page: came_from.get(page) for page in level}
        found = _steps(reader, level, said, distance, home)
        steps += found
        level = _next_level(found, came_from, home)
        if len(came_from) > MAX_PAGES:
            level, whole = level[: max(MAX_PAGES - len(steps), 0)], False
        if not level:
            break
    whole = whole and not level
    _close(steps, home)
    return Chain(
        depth=depth,
        steps=steps,
        ultimate=_ultimate(steps),
        longest=_longest(steps, came_from),
        whole=whole,
    )


def _next_level(steps: Iterable[Step], came_from: dict[str, str | None], home: str) -> list[str]:
    """The pages that the last steps cite and that are new; `came_from` learns who cites them."""
    level: list[str] = []
    for step in steps:
        for page in step["cites"]:
            if page not in came_from and page != home:
                came_from[page] = step["source"]
                level.append(page)
    return level


def _first(reader: Reader, claim: str) -> list[str]:
    rows = reader.rows(
        f"""SELECT c.source_id FROM current_citation c
        WHERE c.claim_id = :id AND c.source_id IS NOT NULL
            AND c.form {CARRIES}
        ORDER BY c."group", c.ordinal, c.alternative, c.id""",
        {"id": claim},
    )
    return list(dict.fromkeys(row["source_id"] for row in rows))


def _steps(reader: Reader, pages: Sequence[str], said: str, distance: int, home: str) -> list[Step]:
    facts = {
        row["id"]: row
        for row in reader.rows_for(
            """SELECT s.id, s.url, k.outlet AS "key", COALESCE(o.name, k.outlet) AS outlet, o.kind,
                CASE WHEN k.origin <> k.outlet AND k.origin NOT LIKE :story
                    THEN k.origin END AS voice_key,
                COALESCE(v.name, k.origin) AS voice,
                EXISTS (SELECT 1 FROM aside_source x WHERE x.source_id = s.id) AS aside
            FROM source s
            LEFT JOIN standing k ON k.source_id = s.id
            LEFT JOIN known_outlet o ON o.key = k.outlet
            LEFT JOIN known_outlet v ON v.key = k.origin AND k.origin <> k.outlet
            WHERE s.id IN :ids""",
            pages,
            {"story": STORY + "%"},
        )
    }
    below, asked = leanings(reader, pages, said), last_asked(reader, pages)
    return [_step(facts[p], below.get(p), asked.get(p), distance, home) for p in pages]


def _step(facts: Row, below: Leaning | None, asked: Asked | None, distance: int, home: str) -> Step:
    cites = below.cites if below else []
    return Step(
        depth=distance,
        source=facts["id"],
        url=facts["url"],
        key=facts["key"],
        outlet=facts["outlet"],
        kind=facts["kind"],
        voice=facts["voice"] if facts["voice_key"] else None,
        voice_key=facts["voice_key"],
        asked=asked,
        article=below.article if below else None,
        claim=below.claim if below else None,
        # A page that links to itself leans on itself for nothing.
        cites=[page for page in cites if page != facts["id"]],
        names=below.names if below else [],
        gaps=below.gaps if below else 0,
        back=home in cites,
        returns=[],
        end="set-aside" if facts["aside"] else None,
        primary=False,
    )


def _close(steps: list[Step], home: str) -> None:
    """Say of each page whether the chain ends there, and why, or where it leads back."""
    depth = {step["source"]: step["depth"] for step in steps}
    circle = {
        page: number
        for number, pages in enumerate(circling({step["source"]: step["cites"] for step in steps}))
        for page in pages
    }
    met = {home, *depth}
    for step in steps:
        step["end"] = step["end"] or _end(step, met)
        step["primary"] = step["end"] == "says-so-itself"
        # Every way round goes up, or to the side, once at least: that is where it leads back.
        step["returns"] = [
            page
            for page in step["cites"]
            if circle.get(page, -1) == circle.get(step["source"]) and depth[page] <= step["depth"]
        ]


def _end(step: Step, met: set[str]) -> End | None:
    if step["article"] is None:
        return "not-read"
    if step["cites"]:
        return "too-deep" if met.isdisjoint(step["cites"]) else None
    if step["gaps"]:
        return "leads-nowhere"
    if any(name["key"] is None or name["key"] != step["voice_key"] for name in step["names"]):
        return "only-names"
    return "carries" if step["voice_key"] else "says-so-itself"


def _ultimate(steps: Iterable[Step]) -> list[Ultimate]:
    found: dict[tuple[str | None, str | None], Ultimate] = {}
    for step in steps:
        if step["end"] in (None, "too-deep"):
            continue
        # What a page only names is where its chain ends, or whose words it is; else the page.
        only_names = step["end"] == "only-names"
        for key, name in (
            [(named["key"], named["name"]) for named in step["names"]]
            if only_names
            else [(step["voice_key"] or step["key"], step["voice"] or step["outlet"])]
        ):
            at = found.setdefault(
                (key, name), Ultimate(key=key, outlet=name, pages=[], carried=[], primary=False)
            )
            if not only_names:
                at["carried" if step["voice_key"] else "pages"].append(step["url"])
                at["primary"] = at["primary"] or step["primary"]
    return list(found.values())


def _longest(steps: Iterable[Step], came_from: dict[str, str | None]) -> list[str]:
    primary = [step for step in steps if step["primary"]]
    if not primary:
        return []
    page: str | None = max(primary, key=lambda step: step["depth"])["source"]
    way: list[str] = []
    while page is not None:
        way.append(page)
        page = came_from[page]
    return way[::-1]
