"""One ledger in SQLite, in PostgreSQL and in SQLite again: every question has the same answer."""

import itertools
import json
import shlex
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest
from postgres_server import PostgresServer
from typer.testing import CliRunner

from ledger import queries
from ledger.commands import app
from ledger.commands.group import COMMANDS
from ledger.proof import verify_ledger
from ledger.provenance import count_ranked
from ledger.reader import Reader
from ledger.schema import Place

HUB = "https://hub.example/report"
WIRE = "https://apnews.com/article/storm"
PARAGRAPH = (
    "The council said on Tuesday that the old bridge over the river would stay closed until the "
    "end of next year, because the engineers had found cracks in two of its four pillars and "
    "wanted to wait for the results of further tests before any decision was made about repairs. "
    "Shopkeepers on both banks said that they had lost a third of their customers since spring."
)

PAGES: dict[str, str] = {
    "https://daily.example/bridge": (
        "# The bridge\n\nPublished 2025-03-04\n\nThe bridge is closed [1][2]. "
        "It opened in 1930 [3]. Traffic fell by half [4]. According to Reuters, repairs "
        "cost 3 million. Who pays?\n\n"
        f"{PARAGRAPH} [2]\n\n"
        f"[1]: {HUB}\n[2]: {WIRE}\n[3]: https://www.reuters.com/world/a\n"
    ),
    HUB: (
        "# A report\n\nThe bridge is closed [1]. Cracks were found [2].\n\n"
        "[1]: https://daily.example/bridge\n[2]: https://www.bbc.co.uk/news/1\n"
    ),
    "https://north.example/copy": f"# Copied\n\n{PARAGRAPH} {PARAGRAPH[:200]} [1]\n\n[1]: {WIRE}\n",
    "https://south.example/copy": f"# Also\n\n{PARAGRAPH} {PARAGRAPH[:200]} [1]\n\n[1]: {WIRE}\n",
    "https://aside.example/draft": f"# Draft\n\nThe bridge fell [1].\n\n[1]: {HUB}\n",
    "https://bare.example/none": "# Nothing\n\nNobody knows [7]. Ünïcode “Größe” says café [8].\n",
    "https://erased.example/page": (
        "# Erased\n\nRoe says so [Roe 2021]. And so do we [1].\n\n"
        "[1]: https://www.dw.com/en/a\n[Roe 2021]: https://roe.example/b\n"
    ),
}
AGAIN = (
    "# The bridge\n\nThe bridge is closed [1][2]. It opened in 1931 [3]. Traffic fell by half [4]. "
    f"A new one is planned [5].\n\n[1]: {HUB}\n[2]: {WIRE}\n[3]: https://www.reuters.com/world/a\n"
    "[5]: https://www.bbc.co.uk/news/2\n"
)

TOLD: Sequence[Sequence[str]] = (
    ("link", "https://daily.example/bridge", "4", "https://www.dw.com/en/b", "--by", "anna"),
    ("outlets", "add", "hub.example", "--owner", "Hub Group", "--country", "DE", "--kind", "ngo"),
    ("outlets", "add", "north.example", "--owner", "Hub Group"),
    ("outlets", "merge", "south.example", "north.example", "--reason", "one house"),
    (
        "origins",
        "same",
        "https://www.dw.com/en/b",
        "https://www.bbc.co.uk/news/1",
        "--reason",
        "read",
    ),
    ("withdraw", "https://www.reuters.com/world/a", "--date", "2025-01-01", "--reason", "wrong"),
    ("set-aside", "https://aside.example/draft", "--reason", "a draft"),
    ("journal", "redact", "https://erased.example/page", "--reason", "a court", "--yes"),
)

QUESTIONS = {
    name
    for name, row in COMMANDS.items()
    if row.panel in (COMMANDS["claims"].panel, COMMANDS["audit"].panel)
}
"""Every command that only asks."""

ALL_FORMATS = ("table", "tsv", "csv", "json", "jsonl")


class Desk:
    """Somebody with a settings folder, who asks ledgers."""

    def __init__(self, folder: Path) -> None:
        self._env = {
            "LEDGER_CONFIG": str(folder / "config"),
            "COLUMNS": "160",
            "LEDGER_USER": "anna",
        }

    def ask(self, db: Place, *words: str) -> tuple[int, bytes, bytes]:
        done = CliRunner().invoke(app, ["--db", str(db), *words], env=self._env)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout_bytes, done.stderr_bytes

    def do(self, db: Place, *words: str) -> None:
        status, _, said = self.ask(db, *words)
        assert status == 0, (words, said)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def three(
    desk: Desk, postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> list[Place]:
    """The ledger as it was recorded, moved to a server, and moved from there to a file."""
    folder = tmp_path_factory.mktemp("three")
    first, server, last = folder / "first.db", postgres.url(postgres.made()), folder / "last.db"
    for number, (url, text) in enumerate([*PAGES.items(), ("https://daily.example/bridge", AGAIN)]):
        page = folder / f"{number}.md"
        page.write_text(text, encoding="utf-8")
        desk.do(first, "ingest", str(page), "--url", url)
    ratings = folder / "ratings.csv"
    ratings.write_text("outlet,value\nhub.example,low\nreuters.com,high\nbbc.co.uk,high\n")
    for words in (*TOLD, ("outlets", "import", str(ratings), "--rating", "ours")):
        desk.do(first, *words)
    places: list[Place] = [first, server, last]
    for there, here in itertools.pairwise(places):
        desk.do(there, "db", "export", "-o", str(folder / "moved.jsonl"), "--force")
        desk.do(here, "db", "import", str(folder / "moved.jsonl"))
    return places


def questions(db: Path) -> Iterator[tuple[str, ...]]:
    """Every question that can be asked, with each of its conditions and of what is recorded."""
    with Reader(db) as reader:
        claims = [row["id"] for row in reader.rows("SELECT id FROM claim ORDER BY id")]
        sources = [row["id"] for row in reader.rows("SELECT id FROM source ORDER BY id")]
        articles = [row["id"] for row in reader.rows("SELECT id FROM article ORDER BY id")]
        outlets = [row["key"] for row in reader.rows("SELECT key FROM known_outlet ORDER BY key")]
    kinds = ("cited", "covered", "attributed", "uncited", "not-a-claim")
    yield from (("claims", "--kind", kind) for kind in kinds)
    yield from (("claims", "--outlet", key) for key in outlets)
    yield from (("claims", "--source", id) for id in sources)
    yield from (("claims", "--article", id) for id in articles)
    yield from (("claims", "--resilience", number) for number in ("1", "2", "3"))
    words = (
        "bridge",
        "closed",
        "the bridge",
        "café",
        "CAFE",
        "cafe\u0301",
        "says cafe",
        "“Große” says cafe",
        "“Groẞe” says café",
        "Größe",
        "unicod",
        "grosse",
        "GRÖSS",
        "nowhere",
        "council river",
    )
    yield from (("claims", "--search", each) for each in words)
    yield from (("claims", "--article", id, "--search", "CAFE") for id in articles)
    yield ("trace", "unicode “große” says cafe")
    yield ("claims",)
    for flags in ("--single-source", "--uncited", "--gaps", "--affected", "--by-owner"):
        yield ("claims", flags)
    yield ("claims", "--resilience", "1", "--by-owner")
    yield ("claims", "--rating", "ours=high")
    yield ("claims", "--limit", "3", "--offset", "2")
    for id in claims:
        yield ("trace", id)
        yield ("trace", id, "--depth", "3", "--spread")
    yield from (("trace", each) for each in ("cracks", "bridge is closed", "zzz"))
    for key in outlets:
        yield ("outlet", key)
        yield ("impact", "--outlet", key)
        yield ("sources", "--outlet", key)
    yield ("impact", "--owner", "Hub Group")
    yield ("impact", "--country", "DE")
    yield ("impact", "--kind", "ngo")
    yield ("impact", "--rating", "ours=low")
    yield ("impact", "--country", "GB", "--except", "bbc.co.uk")
    yield ("impact", "--outlet", "apnews.com", "--since", "2024-01-01", "--until", "2026-01-01")
    yield from (("impact", "--by", by) for by in ("outlet", "owner", "country", "kind"))
    for id in sources:
        yield ("source", id)
        yield ("impact", "--source", id)
        yield ("origins", "--page", id)
    for id in articles:
        yield ("article", id)
        yield ("gaps", "--article", id)
    reasons = ("no-reference-list", "no-reference", "no-address", "conflicting-references")
    yield from (("gaps", "--reason", reason) for reason in reasons)
    yield ("diff", "https://daily.example/bridge")
    yield ("diff", "--all")
    yield ("diff", "https://daily.example/bridge", "--from", "2", "--to", "1")
    for asked in ("articles", "outlets", "sources", "gaps", "circular", "origins"):
        yield (asked,)
    yield ("articles", "--aside")
    yield ("outlets", "--rating", "ours=high")
    yield ("sources", "--rating", "ours=high")


def audits(db: Path) -> Iterator[tuple[str, ...]]:
    with Reader(db) as reader:
        rows = reader.rows("SELECT id FROM article ORDER BY id")
    for form in ("md", "json", "csv"):
        yield from (("audit", row["id"], "--format", form) for row in rows)
        yield ("audit", "--all", "--format", form)
        yield ("audit", "--all", "--format", form, "--rating", "ours=low")


def test_a_ledger_is_the_same_wherever_it_is(three: list[Place]) -> None:
    first, server, last = map(verify_ledger, three)
    assert first.redacted > 0
    assert first == server == last


def test_the_outlets_of_an_article_are_those_that_its_claims_lean_on(
    three: list[Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for db in three:
        with Reader(db) as reader:
            names = queries.article_names(reader)
            some = [each["outlets"] for each in queries.articles(reader, names)]
            monkeypatch.setattr(import_module("ledger.queries.articles"), "CHUNK", 0)
            every = [each["outlets"] for each in queries.articles(reader, names)]
            monkeypatch.undo()
            ranked = [count_ranked(reader, "outlet", article=name["id"]) for name in names]
            walked = [queries.article(reader, name["id"])["counts"]["outlets"] for name in names]
            assert some == every == ranked == walked
            told.append({name["url"]: number for name, number in zip(names, some, strict=True)})
    assert told[0] == told[1] == told[2]
    assert len({*told[0].values()}) > 2


@pytest.mark.no_cover
def test_every_question_has_the_same_answer_wherever_it_is_asked(
    desk: Desk, three: list[Place]
) -> None:
    first = three[0]
    assert isinstance(first, Path)
    asked = list(questions(first))
    full = 0
    for words, form in zip(asked, itertools.cycle(ALL_FORMATS), strict=False):
        for each in dict.fromkeys((form, "json")):
            said = [answer(desk, db, *words, "--format", each) for db in three]
            assert said[0] == said[1] == said[2], (words, each)
        full += bool(json.loads(said[0][1] or b"{}").get("items"))
    assert full > len(asked) / 2
    assert {words[0] for words in asked} | {"audit"} == QUESTIONS


def test_every_audit_is_the_same_wherever_it_is_made(desk: Desk, three: list[Place]) -> None:
    first = three[0]
    assert isinstance(first, Path)
    for words in audits(first):
        said = [answer(desk, db, *words) for db in three]
        assert said[0] == said[1] == said[2], words
        assert said[0][1], words


def answer(desk: Desk, db: Place, *words: str) -> tuple[int, bytes, bytes]:
    """Exit status and what was said, but for where the ledger is."""
    status, said, aside = desk.ask(db, *words)
    for spelled in (shlex.quote(str(db)), str(db)):
        aside = aside.replace(spelled.encode(), b"HERE")
    return status, said, aside
