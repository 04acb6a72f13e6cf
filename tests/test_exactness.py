"""Every answer about support against every possible world, on small random ledgers.

The ledgers are recorded as a user's are: articles, then what people decided (links, merges of
outlets, lists of ratings, articles that are set aside, and what is taken back of it), new versions
and new knowledge of outlets, so what is maintained along the way is measured too. Of each ledger
every set of outlets is asked about. The short form runs always; LEDGER_EXACT=5000 runs as many
ledgers.
"""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from ledger_of import Named, Nav, Said, Text, linking, reading_of
from memory import in_memory
from readings import NOON, noon
from worlds import Facts, Lost, Page, effect, effects_of_sets, resilience, smallest_sets

from ledger.audit import audit
from ledger.errors import UsageError
from ledger.model import Citation, ClaimKind, Outlet, Reading
from ledger.pipeline.facts import Facts as OutletFacts
from ledger.pipeline.set_aside import set_aside
from ledger.pipeline.tell import By, Known, merge, rate, tell
from ledger.pipeline.unlink import Led, unlink
from ledger.pipeline.withdraw import WithdrawalDecision, withdraw
from ledger.provenance import By as Ranked
from ledger.provenance import (
    Losses,
    Rating,
    count_ranked,
    covered_impact,
    impact,
    impact_counts,
    impact_with_totals,
    owner_of,
    ranking,
    still_counting,
    support,
    touched,
    unranked,
    weakest,
)
from ledger.provenance.aside import Object
from ledger.queries import ClaimFilter, claims, count_claims, led, outlets
from ledger.reader import Reader
from ledger.store import Ledger, open_ledger
from ledger.summaries import differences

ROOM = 2**25
"""Bytes that a ledger takes at most."""

LEDGERS = int(os.environ.get("LEDGER_EXACT", "40"))

KEYS = ("a.example", "b.example", "c.example", "d.example", "e.example", "f.example",
        "reuters.com", "apnews.com")  # fmt: skip
OWN = ("https://a.example/own", "https://b.example/own", "https://c.example/own")
WIRES = {"reuters": "reuters.com", "ap": "apnews.com"}
FILE = "file:///paper.pdf"
PAGES = (
    *(f"https://{key}/{number}" for key in KEYS for number in (1, 2)),
    *(f"https://{key}/wires/{wire}/1" for key in KEYS[:5] for wire in WIRES),
    *OWN,
)
OWNERS = ("Owner 1", "Owner 2")
PUBLISHED = {
    None: None,
    "2024": ("2024-01-01", "2024-12-31"),
    "2024-03": ("2024-03-01", "2024-03-31"),
    "2024-03-05": ("2024-03-05", "2024-03-05"),
    "2024-03-20T10:00:00+02:00": ("2024-03-20", "2024-03-20"),
    "soon": None,
}
DAYS = ("2024-03-01", "2024-03-05", "2024-03-31", "2024-12-31")

a_cited: st.SearchStrategy[str | Nav] = st.sampled_from(
    [*PAGES, *PAGES, "gap", "file", Nav(PAGES[0])]
)
a_named = st.builds(
    Named,
    st.just("so-and-so"),
    st.sampled_from([*KEYS, None]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, 0, 0, 1]),
)
a_said = st.tuples(
    st.lists(st.lists(a_cited, min_size=1, max_size=4), max_size=3).filter(
        lambda groups: sum(group.count("gap") + group.count("file") for group in groups) <= 2
    ),
    st.lists(a_named, max_size=2, unique_by=lambda named: named.key)
    | st.lists(a_named, max_size=4),
)
an_article = st.lists(a_said | st.just(([], [])), min_size=1, max_size=13)
some_facts = st.fixed_dictionaries(
    {
        "owner": st.sampled_from([*OWNERS, None]),
        "country": st.sampled_from(["AA", "BB", None]),
        "kind": st.sampled_from(["wire", "newspaper", None]),
    }
)
few_keys = st.frozensets(st.sampled_from(KEYS), max_size=3)
RATINGS = ("low", "high")


class Merge(NamedTuple):
    """Somebody says that `outlet` is `into`; where both are one, that it is no other."""

    outlet: str
    into: str


class Rates(NamedTuple):
    """Somebody brings a list: outlet to value."""

    name: str
    values: dict[str, str]


class Tells(NamedTuple):
    """Somebody says what an outlet is, or with `until` what it was."""

    outlet: str
    facts: dict[str, str | None]
    until: str | None


some_tells = st.builds(
    Tells,
    st.sampled_from(KEYS),
    st.fixed_dictionaries(
        {},
        optional={
            "owner": st.sampled_from([*OWNERS, None]),
            "country": st.sampled_from(["AA", "BB", None]),
        },
    ).filter(bool),
    st.sampled_from([None, None, "2020"]),
)
a_merge = st.builds(Merge, st.sampled_from(KEYS), st.sampled_from(KEYS))
some_rates = st.builds(
    Rates,
    st.sampled_from(["ours", "theirs"]),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(RATINGS), min_size=1, max_size=6),
)
no_decisions: st.SearchStrategy[list[Merge | Rates | Tells]] = st.just([])
some_decisions = no_decisions | st.lists(a_merge | some_rates | some_tells, min_size=1, max_size=3)
some_lost = st.builds(
    Lost,
    outlets=few_keys,
    facts=st.fixed_dictionaries(
        {},
        optional={
            "owner": st.frozensets(st.sampled_from(OWNERS), max_size=1),
            "country": st.just(frozenset({"AA"})),
            "kind": st.just(frozenset({"wire"})),
        },
    ),
    urls=st.just(frozenset()) | st.frozensets(st.sampled_from([*PAGES, FILE]), max_size=2),
    days=st.none() | st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
    kept=st.just(frozenset()) | few_keys,
    ratings=st.just({})
    | st.dictionaries(
        st.sampled_from(["ours", "theirs"]), st.frozensets(st.sampled_from(RATINGS), min_size=1)
    ),
)


def told(said: Sequence[tuple[list[list[str | Nav]], list[Named]]], article: int) -> list[Said]:
    """Sentences of their own words; a gap and a file get markers that say so."""
    sentences = []
    for number, (groups, named) in enumerate(said):
        marked = [
            [
                {"gap": f"gap{number}-{g}-{place}", "file": "file"}.get(str(one), one)
                for place, one in enumerate(group)
            ]
            for g, group in enumerate(groups)
        ]
        kind: ClaimKind | None = None if groups or named else "covered"
        sentences.append(Said(f"Claim {article}.{number}.", marked, named, kind))
    return sentences


class Desk:
    """What is recorded, and what the definition makes of it."""

    def __init__(self) -> None:
        self.facts: dict[str, dict[str, str | None]] = {}
        self.articles: dict[str, tuple[Text, Reading]] = {}
        self.links: dict[tuple[str, str], str] = {}
        self.aside: set[str] = set()
        self.merged: dict[str, str] = {}
        self.rated: dict[str, dict[str, str]] = {}
        self.told: dict[str, list[Outlet]] = {}
        self.said_withdrawn: dict[str, bool] = {}
        self.decisions = 0

    def stands(self, key: str) -> str:
        """The outlet that this one is, after all."""
        while key in self.merged:
            key = self.merged[key]
        return key

    @property
    def withdrawn(self) -> set[str]:
        """Outlets as they stand, and pages, of which it was said last that they were withdrawn."""
        said = {self.stands(subject): gone for subject, gone in self.said_withdrawn.items()}
        return {subject for subject, gone in said.items() if gone}

    def known(self) -> Facts:
        """What is known of the outlets that stand."""
        found: dict[str, dict[str, Any]] = {
            key: {**self.facts.get(key, {})} for key in map(self.stands, KEYS)
        }
        for name, values in self.rated.items():
            for key, value in values.items():
                of_outlet = found[self.stands(key)]
                of_outlet[name] = of_outlet.get(name, frozenset()) | {value}
        return found

    def meant(self, lost: Lost) -> Lost:
        """The loss by the outlets that those named are."""
        return replace(
            lost,
            outlets=frozenset(map(self.stands, lost.outlets)),
            kept=frozenset(map(self.stands, lost.kept)),
        )

    def groups(self) -> dict[str, list[list[Page]]]:
        """Claim id to its groups, for every current claim."""
        found = {}
        for url, (text, reading) in self.articles.items():
            if url in self.aside:
                continue
            for said, claim in zip(text.said, reading.claims, strict=True):
                found[claim.id] = self._groups(said, claim.id, text.url)
        return found

    def covered(self) -> dict[str, tuple[str, list[list[Page]]]]:
        """Covered claim to the last of its article that cites, and the groups of its citations."""
        found: dict[str, tuple[str, list[list[Page]]]] = {}
        for url, (text, reading) in self.articles.items():
            closing: tuple[str, list[list[Page]]] | None = None
            for said, claim in reversed(list(zip(text.said, reading.claims, strict=True))):
                if url in self.aside:
                    continue
                if claim.kind == "cited" and closing is None:
                    closing = claim.id, list(filter(None, self._cited(said, claim.id, url)))
                elif claim.kind == "covered" and closing is not None:
                    found[claim.id] = closing
        return found

    def _cited(self, said: Said, claim: str, url: str) -> list[list[Page]]:
        return [
            [
                self._page(str(one), f"{claim} {g} {place}", url)
                for place, one in enumerate(group)
                if not isinstance(one, Nav)
            ]
            for g, group in enumerate(said.groups)
        ]

    def _groups(self, said: Said, claim: str, url: str) -> list[list[Page]]:
        cited = self._cited(said, claim, url)
        groups = [group for group in cited if group]
        phrases: dict[object, list[tuple[Page, bool]]] = {}
        for number, named in enumerate(said.named):
            beside = (
                cited[named.group] if named.group is not None and named.group < len(cited) else []
            )
            key = None if named.key is None else self.stands(named.key)
            adds = key is None or not any(key in (page.outlet, page.origin) for page in beside)
            phrase = f"alone {number}" if named.together is None else named.together
            page = Page(None, key, key, f"{claim} named {number}")
            phrases.setdefault(phrase, []).append((page, adds))
        for names in phrases.values():
            if any(adds for _, adds in names):
                groups.append([page for page, _ in names])
        return groups

    def _page(self, one: str, own: str, url: str) -> Page:
        cited = self.links.get((url, one), one)
        if cited.startswith("gap"):
            return Page(None, None, None, own)
        if cited == "file":
            return Page(FILE, None, None, own)
        host = cited.split("/")[2]
        origin = host
        if "/wires/" in cited:
            wire = WIRES[cited.split("/")[4]]
            origin = wire
        published = None
        if cited in self.articles and cited not in self.aside:
            fields = self.articles[cited][0].fields or {}
            published = PUBLISHED[fields.get("published")]
        return Page(cited, self.stands(host), self.stands(origin), own, published)


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=in_memory(ROOM)) as folder:
        yield Path(folder)


def recorded(db: Path, data: st.DataObject) -> Desk:
    """Record a random ledger, step by step."""
    desk = Desk()
    with open_ledger(str(db), clock=noon) as ledger:
        some = data.draw(st.lists(st.sampled_from(KEYS), unique=True))
        # Comparing pages records agencies, with what the registry knows: here they are there.
        for key in dict.fromkeys([*some, *WIRES.values()]):
            desk.facts[key] = data.draw(some_facts)
            ledger.append_entries([_outlet(key, desk.facts[key])])
        _decide(ledger, desk, data)
        for number in range(data.draw(st.integers(1, 3))):
            text = _text(data, number, OWN[number])
            desk.articles[text.url] = (text, reading_of(text))
            ledger.append(desk.articles[text.url][1])
        for url, (_, reading) in list(desk.articles.items()):
            for marker in sorted(
                {c.marker for c in reading.citations if c.gap and c.marker is not None}
            ):
                if data.draw(st.booleans()):
                    page = data.draw(st.sampled_from(PAGES))
                    desk.links[url, marker] = page
                    ledger.append_entries(linking(reading, marker, page))
            _take_links_back(ledger, db, desk, data, reading)
            _set_aside(ledger, desk, data)
            if data.draw(st.integers(0, 3)) == 0:
                assert reading.article is not None
                again = replace(_text(data, 7, url), revises=reading.article.id)
                desk.articles[url] = (again, reading_of(again))
                desk.links = {k: v for k, v in desk.links.items() if k[0] != url}
                ledger.append(desk.articles[url][1])
                event("a new version")
        _withdraw(ledger, desk, data)
        _decide(ledger, desk, data)
        _set_aside(ledger, desk, data)
        _withdraw(ledger, desk, data)
        some = data.draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=3))
        for key in dict.fromkeys([*some, *desk.told]):
            facts = data.draw(some_facts)
            if facts != desk.facts.get(key):
                if any(each.until is None for each in desk.told.get(key, ())):
                    event("the registry against a person")
                else:
                    desk.facts[key] = facts
                ledger.append_entries([_outlet(key, facts)])
    return desk


def _take_links_back(
    ledger: Ledger, db: Path, desk: Desk, data: st.DataObject, reading: Reading
) -> None:
    """People take some of their links back."""
    assert reading.article is not None
    article = reading.article.id
    for url, marker in [each for each in desk.links if each[0] == reading.capture.requested_url]:
        if data.draw(st.integers(0, 3)) == 0:
            with Reader(db) as reader:
                rows = led(reader, article, marker)
            found = [Led(now, Citation.model_validate(read)) for now, read in rows]
            assert unlink(ledger, article, marker, _next(desk), partial(list, found))
            del desk.links[url, marker]
            event("a link taken back")


def _set_aside(ledger: Ledger, desk: Desk, data: st.DataObject) -> None:
    """People set articles aside, or count them again."""
    pages = st.sampled_from(sorted(desk.articles))
    for url in data.draw(st.just([]) | st.lists(pages, max_size=3)):
        said: Object = "stands" if url in desk.aside else "aside"
        set_aside(ledger, [url], said, _next(desk))
        desk.aside ^= {url}
        event(f"set aside: {said}")


def _withdraw(ledger: Ledger, desk: Desk, data: st.DataObject) -> None:
    """People say that outlets and pages were withdrawn, or that one was not."""
    for subject in data.draw(st.just([]) | st.lists(st.sampled_from([*KEYS, *PAGES]), max_size=4)):
        since = None if desk.stands(subject) in desk.withdrawn else NOON.date()
        withdraw(ledger, WithdrawalDecision(subject, since, _next(desk)))
        desk.said_withdrawn.pop(subject, None)  # what was said last is last
        desk.said_withdrawn[subject] = since is not None
        event("withdrawn" if since else "a withdrawal taken back")


def _next(desk: Desk) -> By:
    """Somebody who decides later than all before."""
    desk.decisions += 1
    return By("anna", NOON + timedelta(minutes=desk.decisions))


def _decide(ledger: Ledger, desk: Desk, data: st.DataObject) -> None:
    """People merge outlets, take that back, bring lists, and say what outlets are."""
    for said in data.draw(some_decisions):
        by = _next(desk)
        if isinstance(said, Tells):
            _tell(ledger, desk, said, by)
            continue
        if isinstance(said, Rates):
            ledger.append_entries(rate(said.name, said.values, by, desk.rated.get(said.name, {})))
            desk.rated[said.name] = said.values
            event("a list")
            continue
        for key in said:
            desk.facts.setdefault(key, dict.fromkeys(("owner", "country", "kind")))
        one, other = (_outlet(key, desk.facts[key]) for key in said)
        try:
            ledger.append_entries(merge(one, other, by, desk.merged))
        except UsageError:  # it would be a circle
            continue
        desk.merged.pop(said.outlet, None)
        if said.outlet != said.into:
            desk.merged[said.outlet] = said.into
        event("a merge" if said.outlet != said.into else "a merge taken back")


def _tell(ledger: Ledger, desk: Desk, said: Tells, by: By) -> None:
    """What somebody says stands over the registry; what is over says nothing of now."""
    current = {key: _outlet(key, facts) for key, facts in desk.facts.items()}
    current |= {key: each for key, of in desk.told.items() for each in of if each.until is None}
    facts = OutletFacts(said.outlet, said.facts, until=said.until)
    telling = tell([facts], by, Known(current, desk.told))
    ledger.append_entries(telling.entries)
    last = telling.entries[-1] if telling.entries else None
    if isinstance(last, Outlet):
        desk.told.setdefault(said.outlet, []).append(last)
    known = desk.facts.setdefault(said.outlet, dict.fromkeys(("owner", "country", "kind")))
    if said.until is None:
        desk.facts[said.outlet] = {**known, **said.facts}
    event("what an outlet was" if said.until else "what an outlet is")


def _text(data: st.DataObject, number: int, url: str) -> Text:
    published = data.draw(st.sampled_from([*PUBLISHED]))
    fields = {} if published is None else {"published": published}
    drawn = data.draw(an_article)
    cited = {str(one) for groups, _ in drawn for group in groups for one in group if one in PAGES}
    if len(cited) < 2:
        # It might only repeat that page, whatever it is linked to later: see test_one_voice.
        drawn = [([[PAGES[0]], [PAGES[2]]], []), *drawn]
    said = told(drawn, number)
    return Text(url, said, {"file": FILE}, fields=fields)


def _outlet(key: str, facts: dict[str, str | None]) -> Outlet:
    return Outlet.make(key=key, name=key, domain=key, **facts)


def losses_of(lost: Lost, reader: Reader) -> Losses:
    ids = {row["url"]: row["id"] for row in reader.rows("SELECT id, url FROM source")}
    return Losses(
        outlets=tuple(sorted(lost.outlets)),
        owners=tuple(sorted(lost.facts.get("owner", ()))),
        countries=tuple(sorted(lost.facts.get("country", ()))),
        kinds=tuple(sorted(lost.facts.get("kind", ()))),
        sources=tuple(ids.get(url, url) for url in sorted(lost.urls)),
        dated_from=lost.days[0] if lost.days else None,
        dated_until=lost.days[1] if lost.days else None,
        kept=tuple(sorted(lost.kept)),
        ratings=tuple(
            Rating(name, value) for name in sorted(lost.ratings) for value in lost.ratings[name]
        ),
    )


@settings(
    max_examples=LEDGERS,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.large_base_example],
    report_multiple_bugs=False,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a ledger says enough unshrunk
)  # fmt: skip
@given(st.data())
@pytest.mark.no_cover
def test_every_answer_is_that_of_every_possible_world(
    migrated_db: Path, shelf: Path, data: st.DataObject
) -> None:
    db = Path(shutil.copy(migrated_db, shelf / "ledger.db"))
    desk = recorded(db, data)
    asked = [
        *data.draw(st.lists(some_lost, min_size=3, max_size=3)),
        *(Lost(outlets=keys) for keys in data.draw(st.lists(st.frozensets(
            st.sampled_from(KEYS), min_size=1), min_size=8, max_size=8))),
        Lost(),
    ]  # fmt: skip
    each_list = data.draw(st.integers(0, 15)) == 15  # it takes as long as all the rest
    with Reader(db) as reader:
        assert list(differences(reader)) == []
        groups = desk.groups()
        assert {c["id"] for c in claims(reader, ClaimFilter(kind="cited"))} <= groups.keys()
        facts = desk.known()
        for lost in asked:
            _check_loss(reader, lost, desk.meant(lost), groups, facts)
            _check_beside(reader, lost, desk, groups)
        _check_audits(reader, desk, groups)
        _check_every_set(reader, desk, groups, listed=each_list)
        _check_rankings(reader, groups, facts)
        _check_merged(reader, desk)
        _check_strength(reader, groups, facts)


def _check_loss(
    reader: Reader, lost: Lost, meant: Lost, groups: dict[str, list[list[Page]]], facts: Facts
) -> None:
    wanted = {claim: effect(of_claim, meant, facts) for claim, of_claim in groups.items()}
    losses = losses_of(lost, reader)
    found = {item["claim"]: item["effect"] for item in impact(reader, losses)}
    assert found == {claim: e for claim, e in wanted.items() if e != "untouched"}, lost
    counts = Counter(wanted.values())
    counted = {e: counts[e] for e in ("falls", "weakens", "unknown")}
    assert impact_counts(reader, losses) == counted, lost
    first, totals = impact_with_totals(reader, losses, limit=1)
    assert ([item["claim"] for item in first], totals) == ([*found][:1], (counted, None)), lost


def _check_beside(
    reader: Reader, lost: Lost, desk: Desk, groups: dict[str, list[list[Page]]]
) -> None:
    """What is told beside a loss: covered claims, articles, and what counts though withdrawn."""
    losses, meant, facts = losses_of(lost, reader), desk.meant(lost), desk.known()
    effects = {claim: effect(of_claim, meant, facts) for claim, of_claim in groups.items()}
    fates = {"falls": "may fall", "weakens": "may weaken"}
    wanted, unknown = {}, 0
    for claim, (closing, cited) in desk.covered().items():
        done = effect(cited, meant, facts)
        unknown += done == "unknown"
        if done in fates:
            wanted[claim] = (fates[done], closing)
    found, of_these = covered_impact(reader, losses, touched(reader, losses))
    assert of_these == unknown, lost
    assert {item["claim"]: (item["effect"], item["covered_by"]) for item in found} == wanted, lost
    assert len(found) == len(wanted)
    articles = {claim.id: url for url, (_, r) in desk.articles.items() for claim in r.claims}
    hurt = {articles[claim] for claim, fate in effects.items() if fate in fates}
    _, totals = impact_with_totals(reader, losses, limit=1, in_articles=True)
    assert totals.articles == len(hurt), lost
    left = {
        name
        for claim, of_claim in groups.items()
        if effects[claim] != "untouched"
        for group in of_claim
        for page in group
        if effect([[page]], meant, facts) != "falls"
        for name in (page.url, page.outlet, page.origin)
    }
    counting = {each["key"] or each["subject"] for each in still_counting(reader, losses)}
    assert counting == desk.withdrawn & left, lost


def _check_audits(reader: Reader, desk: Desk, groups: dict[str, list[list[Page]]]) -> None:
    """What an audit says of all that was withdrawn: what falls, and what weakens."""
    for url, (_, reading) in desk.articles.items():
        if url in desk.aside or reading.article is None:
            continue
        found = audit(reader, reading.article.id)
        own = {claim.id: groups[claim.id] for claim in reading.claims}
        for gone in found.withdrawn:
            assert (gone.falls, gone.weakens) == _fates(own, {gone.key or gone.subject}), gone
        of_all = tuple(map(len, _fates(own, desk.withdrawn)))
        assert (found.numbers.withdrawn_falls, found.numbers.withdrawn_weakens) == of_all
        carried = {
            name
            for of_claim in own.values()
            for group in of_claim
            for page in group
            for name in (page.url, page.outlet, page.origin)
        }
        told = {each.key or each.subject for each in found.withdrawn}
        assert desk.withdrawn & carried <= told <= desk.withdrawn


def _fates(
    groups: dict[str, list[list[Page]]], subjects: set[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the claims that fall without these outlets and pages, and that weaken."""
    pages = frozenset(each for each in subjects if "://" in each)
    lost = Lost(frozenset(subjects) - pages, urls=pages)
    effects = {claim: effect(of_claim, lost, {}) for claim, of_claim in groups.items()}
    falls, weakens = (
        tuple(claim for claim, fate in effects.items() if fate == asked)
        for asked in ("falls", "weakens")
    )
    return falls, weakens


def _check_every_set(
    reader: Reader, desk: Desk, groups: dict[str, list[list[Page]]], *, listed: bool
) -> None:
    """Each set of outlets there is: how many claims have which effect; of some ledgers which."""
    standing = sorted(set(map(desk.stands, KEYS)))
    wanted = {claim: effects_of_sets(of_claim, standing) for claim, of_claim in groups.items()}
    for number in range(1, 1 << len(KEYS)):
        lost = [key for place, key in enumerate(KEYS) if number >> place & 1]
        meant = set(map(desk.stands, lost))
        at = sum(1 << place for place, key in enumerate(standing) if key in meant)
        counted = Counter(of_claim[at] for of_claim in wanted.values())
        losses = Losses(outlets=tuple(lost))
        assert impact_counts(reader, losses) == {
            e: counted[e] for e in ("falls", "weakens", "unknown")
        }, lost
        if listed:
            found = {item["claim"]: item["effect"] for item in impact(reader, losses)}
            effects = {claim: of_claim[at] for claim, of_claim in wanted.items()}
            assert found == {claim: e for claim, e in effects.items() if e != "untouched"}, lost


def _check_merged(reader: Reader, desk: Desk) -> None:
    """An outlet that is another one has the claims of that."""
    for key in desk.merged:
        one, other = ClaimFilter(outlet=key), ClaimFilter(outlet=desk.stands(key))
        assert claims(reader, one) == claims(reader, other)
        assert count_claims(reader, one) == count_claims(reader, other)


def _check_rankings(reader: Reader, groups: dict[str, list[list[Page]]], facts: Facts) -> None:
    _check_ranking(reader, groups, facts, None)
    by_article: dict[str, dict[str, list[list[Page]]]] = {}
    for row in reader.rows("SELECT id, article_id FROM claim"):
        if row["id"] in groups:
            by_article.setdefault(row["article_id"], {})[row["id"]] = groups[row["id"]]
    for article, of_article in sorted(by_article.items()):
        _check_ranking(reader, of_article, facts, article)
    pages = [page for of_claim in groups.values() for group in of_claim for page in group]
    keys = {key for page in pages for key in (page.outlet, page.origin)} - {None}
    leaning = {
        key: sum(
            any(key in (page.outlet, page.origin) for group in of_claim for page in group)
            for of_claim in groups.values()
        )
        for key in keys
    }
    assert {item["key"]: item["claims"] for item in outlets(reader)} == leaning
    for key in sorted(filter(None, keys)):
        listed = claims(reader, ClaimFilter(outlet=key))
        assert len(listed) == count_claims(reader, ClaimFilter(outlet=key)) == leaning[key]


_RANKED: tuple[Ranked, ...] = ("owner", "country", "kind")


def _check_ranking(
    reader: Reader, groups: dict[str, list[list[Page]]], facts: Facts, article: str | None
) -> None:
    """The ranking of all claims, or of those of one article."""
    pages = [page for of_claim in groups.values() for group in of_claim for page in group]
    keys = {key for page in pages for key in (page.outlet, page.origin)} - {None}
    single: dict[Ranked, dict[str, Lost]] = {"outlet": {k: Lost(frozenset({k})) for k in keys if k}}
    for fact in _RANKED:
        values = {facts.get(key or "", {}).get(fact) for key in keys} - {None}
        single[fact] = {v: Lost(facts={fact: frozenset({v})}) for v in values if v}
    for by, each in single.items():
        wanted = {}
        for name, lost in each.items():
            counted = Counter(effect(of_claim, lost, facts) for of_claim in groups.values())
            wanted[name] = (counted["falls"], counted["weakens"], counted["unknown"])
        rows = ranking(reader, by, article=article)
        found = {row["key"]: (row["falls"], row["weakens"], row["unknown"]) for row in rows}
        assert found == wanted, by
        order = sorted(found, key=lambda key: (-found[key][0], -found[key][1], key))
        assert [row["key"] for row in rows] == order
        limited = ranking(reader, by, limit=2, article=article)
        assert limited == rows[:2]
        assert count_ranked(reader, by, article=article) == len(rows)
        known = {key for key in keys if by == "outlet" or facts.get(key or "", {}).get(by)}
        left_out = unranked(reader, by, article=article)
        assert (left_out["of"], left_out["outlets"]) == (len(keys), len(keys - known))
        assert left_out["claims"] == sum(
            any({page.outlet, page.origin} - {None} - known for group in each for page in group)
            for each in groups.values()
        )


def _check_strength(reader: Reader, groups: dict[str, list[list[Page]]], facts: Facts) -> None:
    carried = support(reader, list(groups))
    owner = {key: of_outlet.get("owner") for key, of_outlet in facts.items()}
    known_owner = owner_of(reader, carried.values())
    numbers: Counter[int | None] = Counter()
    by_owner: Counter[int | None] = Counter()
    for claim, of_claim in groups.items():
        found = weakest(carried[claim])
        sets = smallest_sets(of_claim, KEYS)
        assert found.sets == sets[: len(found.sets)], of_claim
        assert found.complete == (len(found.sets) == len(sets))
        number = resilience(of_claim, KEYS)
        assert found.resilience == number, of_claim
        numbers[number if of_claim else -1] += 1
        voices = {key: owner.get(key) for key in KEYS}
        doubtful = [
            key
            for key in {k for g in of_claim for p in g for k in (p.outlet, p.origin) if k}
            if voices[key] is None
        ]
        blank = sum(page.outlet is None for group in of_claim for page in group)
        if len(doubtful) + blank <= 2:  # else the worlds are too many to walk through
            owned = resilience(of_claim, KEYS, voices)
            assert weakest(carried[claim], known_owner).resilience == owned, of_claim
            by_owner[owned] += 1
        else:
            by_owner[weakest(carried[claim], known_owner).resilience if of_claim else -1] += 1
    for number in (1, 2, 3):
        which = ClaimFilter(resilience=number)
        assert count_claims(reader, which) == len(claims(reader, which)) == numbers[number]
        owners = ClaimFilter(resilience=number, by_owner=True)
        assert count_claims(reader, owners) == by_owner[number]
