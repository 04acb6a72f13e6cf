"""Questions, asked of ledgers written by hand."""

import resource
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from ledger_book import Book, Gap, Member, Nav, Prose

from ledger import queries
from ledger.errors import NotFoundError, StoreError
from ledger.inputs.files import MAX_FILE_BYTES
from ledger.queries import ClaimFilter
from ledger.queries.every_article import every_article
from ledger.reader import Reader
from ledger.schema import Place

REUTERS = "https://reuters.example/1"
REUTERS_TOO = "https://reuters.example/2"
BBC = "https://bbc.example/1"
HERE = "https://a.example/1"
THERE = "https://a.example/2"
FILE = "file:///paper.pdf"


@pytest.fixture
def book(db: Place) -> Iterator[Book]:
    book = Book(db)
    book.outlet("reuters.example", "Reuters", kind="wire", owner="Thomson Reuters", country="GB")
    book.outlet("bbc.example", "BBC News", kind="broadcaster", country="GB")
    book.outlet("a.example", "A Gazette")
    yield book
    book.close()


def ask(book: Book) -> Reader:
    book.close()
    return Reader(book.db)


def exacts(found: list[queries.ClaimItem]) -> list[str]:
    return [claim["exact"] for claim in found]


class TestClaims:
    def test_an_item_says_everything_that_scripts_rely_on(self, book: Book) -> None:
        article = book.article(HERE, title="Tensions Rise")
        claim = book.claim(
            article,
            "It is so.",
            [REUTERS, Gap("no-address")],
            [Nav(BBC)],
            named=[Prose("the Beeb", "bbc.example", 0), Prose("the Bugle", None)],
            section=["Part", "Chapter"],
        )
        source, nav = book.source(REUTERS), book.source(BBC)

        with ask(book) as reader:
            assert queries.claims(reader) == [
                {
                    "id": claim,
                    "article": article,
                    "title": "Tensions Rise",
                    "url": HERE,
                    "exact": "It is so.",
                    "kind": "cited",
                    "section": ["Part", "Chapter"],
                    "citations": [
                        {
                            "marker": "1",
                            "group": 0,
                            "at": 15,  # a claim begins where the book is, after 6 entries
                            "form": "marker",
                            "source": REUTERS,
                            "source_id": source,
                            "outlet": "Reuters",
                            "gap": None,
                            "origin": None,
                            "voice": None,
                        },
                        {
                            "marker": "2",
                            "group": 0,
                            "at": 15,  # a claim begins where the book is, after 6 entries
                            "form": "marker",
                            "source": None,
                            "source_id": None,
                            "outlet": None,
                            "gap": "no-address",
                            "origin": None,
                            "voice": None,
                        },
                        {
                            "marker": "3",
                            "group": 1,
                            "at": 15,  # a claim begins where the book is, after 6 entries
                            "form": "navigation",
                            "source": BBC,
                            "source_id": nav,
                            "outlet": "BBC News",
                            "gap": None,
                            "origin": None,
                            "voice": None,
                        },
                    ],
                    "attributions": [
                        {"name": "the Beeb", "outlet": "BBC News"},
                        {"name": "the Bugle", "outlet": None},
                    ],
                    "outlets": ["Reuters", "BBC News"],
                    "resilience": 1,
                }
            ]

    def test_an_outlet_that_nothing_is_known_of_is_called_by_its_key(self, book: Book) -> None:
        book.claim(book.article(HERE), "It is so.", ["https://unheard.example/1"])

        with ask(book) as reader:
            assert queries.claims(reader)[0]["outlets"] == ["unheard.example"]

    def test_what_was_learned_last_of_an_outlet_is_what_is_said(self, book: Book) -> None:
        book.claim(book.article(HERE), "It is so.", [BBC])
        book.outlet("bbc.example", "BBC")

        with ask(book) as reader:
            assert queries.claims(reader)[0]["outlets"] == ["BBC"]

    def test_order_is_that_of_recording_then_of_reading(self, book: Book) -> None:
        first, second = book.article(THERE), book.article(HERE)
        book.claim(second, "Second 1.")
        book.claim(first, "First 1.")
        book.claim(second, "Second 2.")

        with ask(book) as reader:
            assert exacts(queries.claims(reader)) == ["First 1.", "Second 1.", "Second 2."]

    def test_limit_and_offset_cut_a_page_and_the_count_stays(self, book: Book) -> None:
        article = book.article(HERE)
        for number in range(5):
            book.claim(article, f"{number}")

        with ask(book) as reader:
            assert exacts(queries.claims(reader, limit=2)) == ["0", "1"]
            assert exacts(queries.claims(reader, limit=2, offset=3)) == ["3", "4"]
            assert exacts(queries.claims(reader, offset=3)) == ["3", "4"]
            assert queries.claims(reader, limit=2, offset=5) == []
            assert queries.count_claims(reader) == 5

    def test_more_claims_than_one_chunk_keep_their_order_and_their_citations(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        for number in range(1201):
            book.claim(article, f"{number}", [REUTERS if number % 2 else BBC])

        with ask(book) as reader:
            found = queries.claims(reader)

        assert exacts(found) == [str(number) for number in range(1201)]
        assert [claim["outlets"] for claim in found[:3]] == [
            ["BBC News"],
            ["Reuters"],
            ["BBC News"],
        ]
        assert found[1200]["outlets"] == ["BBC News"]

    @pytest.mark.parametrize(
        ("which", "expected"),
        [
            (ClaimFilter(), ["alone", "beside", "gap", "prose", "bare", "carried question"]),
            (ClaimFilter(outlet="reuters.example"), ["alone", "beside", "prose"]),
            (ClaimFilter(outlet="bbc.example"), ["beside", "carried question"]),
            (ClaimFilter(outlet="unheard.example"), []),
            (ClaimFilter(only=("reuters.example",)), ["alone", "prose"]),
            (ClaimFilter(only=("reuters.example",), maybe_only=True), ["gap"]),
            (
                ClaimFilter(only=("reuters.example", "bbc.example"), outlet="bbc.example"),
                ["beside", "carried question"],
            ),
            (ClaimFilter(single_source=True), ["alone", "prose", "carried question"]),
            (ClaimFilter(uncited=True), ["bare"]),
            (ClaimFilter(gaps=True), ["gap"]),
            (ClaimFilter(kind="attributed"), ["prose"]),
            (ClaimFilter(kind="not-a-claim"), ["question", "carried question"]),
            (ClaimFilter(no_claims=True), ["carried question"]),
            (ClaimFilter(outlet="bbc.example", no_claims=True), ["carried question"]),
            (ClaimFilter(outlet="reuters.example", no_claims=True), []),
            (ClaimFilter(single_source=True, no_claims=True), ["carried question"]),
            (ClaimFilter(search="QUEST"), ["carried question"]),
            (ClaimFilter(search="carried  quest"), ["carried question"]),
            (ClaimFilter(search="carried. question"), []),
            (ClaimFilter(search="es"), []),
            (ClaimFilter(outlet="reuters.example", single_source=True), ["alone", "prose"]),
            (ClaimFilter(outlet="reuters.example", gaps=True), []),
        ],
    )
    def test_filters_narrow(self, book: Book, which: ClaimFilter, expected: list[str]) -> None:
        article = book.article(HERE)
        book.claim(article, "alone", [REUTERS])
        book.claim(article, "beside", [REUTERS, BBC])
        book.claim(article, "gap", [Gap(), Nav(BBC)])
        book.claim(article, "prose", named=[Prose("Reuters", "reuters.example")])
        book.claim(article, "bare")
        book.claim(article, "question", kind="not-a-claim")
        said = Prose("BBC", "bbc.example")
        book.claim(article, "carried question", named=[said], kind="not-a-claim")

        with ask(book) as reader:
            assert exacts(queries.claims(reader, which)) == expected
            assert queries.count_claims(reader, which) == len(expected)
            if which.search != "es":  # in an article words may begin within a word
                of_article = which._replace(article=article)
                assert exacts(queries.claims(reader, of_article)) == expected

    def test_a_source_is_one_page(self, book: Book) -> None:
        article = book.article(HERE)
        book.claim(article, "one", [REUTERS])
        book.claim(article, "other", [REUTERS_TOO])
        book.claim(article, "only passing by", [Nav(REUTERS)])
        which = ClaimFilter(sources=(book.source(REUTERS),))

        with ask(book) as reader:
            assert exacts(queries.claims(reader, which)) == ["one"]

    @pytest.mark.parametrize(
        ("words", "expected"),
        [("100 %", ["100 % of it"]), ("a_b", ["a_b"]), ("\\", ["back\\slash"]), ("zzz", [])],
    )
    def test_wild_cards_are_searched_as_they_are(
        self, book: Book, words: str, expected: list[str]
    ) -> None:
        article = book.article(HERE)
        for exact in ("100 % of it", "100 of it", "a_b", "acb", "back\\slash"):
            book.claim(article, exact)

        with ask(book) as reader:
            assert exacts(queries.claims(reader, ClaimFilter(search=words))) == expected

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            *((words, 2) for words in ("Garcia", "García", "Garci\u0301a", "GARCÍA")),
            *((words, 1) for words in ("García spoke.", "garcia spoke.")),
            *((words, 0) for words in ("García spoke!", "Garcío")),
            ("“García  spoke” [5][13].", 1),
        ],
    )
    def test_accents_of_latin_letters_make_no_difference(
        self, book: Book, words: str, expected: int
    ) -> None:
        article = book.article(HERE)
        book.claim(article, "Mr García spoke.")
        book.claim(article, "Mr. Garcia, they say, left.")
        wide, narrow = ClaimFilter(search=words), ClaimFilter(search=words, article=article)

        with ask(book) as reader:
            assert queries.count_claims(reader, wide) == expected
            assert queries.count_claims(reader, narrow) == expected
            if expected == 1:
                assert queries.claim_named(reader, words)

    def test_an_earlier_version_is_asked_about_only_by_its_id(self, book: Book) -> None:
        first = book.article(HERE)
        book.claim(first, "Old.", [REUTERS])
        second = book.article(HERE, revises=first)
        book.claim(second, "New.", [REUTERS, BBC])
        single = ClaimFilter(article=first, single_source=True)

        with ask(book) as reader:
            assert exacts(queries.claims(reader)) == ["New."]
            assert exacts(queries.claims(reader, ClaimFilter(article=first))) == ["Old."]
            assert exacts(queries.claims(reader, single)) == ["Old."]
            assert exacts(queries.claims(reader, ClaimFilter(single_source=True))) == []

    def test_a_closed_gap_is_a_citation_and_no_gap_any_more(self, book: Book) -> None:
        claim = book.claim(book.article(HERE), "It is so.")
        gap = book.citation(claim, Gap(), marker="5")
        book.citation(claim, BBC, marker="5", revises=gap)

        with ask(book) as reader:
            (found,) = queries.claims(reader)
            assert [citation["source"] for citation in found["citations"]] == [BBC]
            assert queries.claims(reader, ClaimFilter(gaps=True)) == []
            assert queries.gaps(reader) == []


class TestArticles:
    def test_an_article_is_listed_with_its_numbers(self, book: Book) -> None:
        article = book.article(HERE, title="Title", published="2025-05-23", language="en")
        book.claim(article, "cited", [REUTERS, BBC], [Gap()])
        book.claim(article, "again", [REUTERS_TOO, Nav("https://b.example/")])
        book.claim(article, "bare")
        book.claim(article, "question", kind="not-a-claim")
        double = book.claim(article, "two addresses of one reference")
        book.citation(double, REUTERS, marker="9")
        book.citation(double, BBC, marker="9", alternative=1)

        with ask(book) as reader:
            assert queries.articles(reader, queries.article_names(reader)) == [
                {
                    "id": article,
                    "title": "Title",
                    "url": HERE,
                    "outlet": "A Gazette",
                    "published": "2025-05-23",
                    "language": "en",
                    "captured_at": "2025-05-23T12:00:00Z",
                    "claims": 4,
                    "cited": 2,
                    "citations": 5,
                    "gaps": 1,
                    "outlets": 2,
                    "cited_by": 0,
                }
            ]

    def test_pages_that_others_cite_are_told_apart(self, book: Book) -> None:
        first, followed, other = book.article(HERE), book.article(THERE), book.article(REUTERS)
        book.claim(first, "cited", [THERE], [THERE, Nav(REUTERS)])
        book.claim(followed, "cites itself", [THERE])
        book.claim(other, "cited", [THERE])

        with ask(book) as reader:
            by = {
                article["id"]: article["cited_by"]
                for article in queries.articles(reader, queries.article_names(reader))
            }
            cited = [each["id"] for each in queries.article_names(reader, cited=True)]
            not_cited = every_article(reader, cited=False)
        assert by == {first: 0, followed: 2, other: 0}
        assert (cited, not_cited) == ([followed], [first, other])

    def test_a_few_of_them_have_the_numbers_that_they_have_among_all(
        self, book: Book, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number, url in enumerate((HERE, THERE, REUTERS)):
            article = book.article(url, title=f"Title {number}")
            book.claim(article, "cited", [THERE, REUTERS_TOO], named=[Prose("BBC", "bbc.com")])
            again: list[Sequence[Member]] = [[BBC], [Gap()]]
            book.claim(article, f"again {number}", *again[:number])
        with ask(book) as reader:
            names = queries.article_names(reader)
            few = queries.articles(reader, names[1:])
            monkeypatch.setattr(import_module("ledger.queries.articles"), "CHUNK", 0)
            assert few == queries.articles(reader, names)[1:] == queries.articles(reader, names[1:])
        assert [each["gaps"] for each in few] == [0, 1]

    def test_a_few_are_counted_without_a_walk_through_all_claims(self, book: Book) -> None:
        some = import_module("ledger.queries.articles")._SOME
        with ask(book) as reader:
            if reader.kind != "sqlite":
                pytest.skip("a plan of SQLite")
            plan = reader.rows_for(f"EXPLAIN QUERY PLAN {some}", ["a", "b", "c"])
        walked = [step["detail"].split()[1] for step in plan if step["detail"].startswith("SCAN")]
        assert not {"c", "l", "m"} & {*walked}
        assert any("ix_claim_pattern_article_id" in step["detail"] for step in plan)

    def test_an_article_without_claims_counts_none(self, book: Book) -> None:
        book.article(HERE)

        with ask(book) as reader:
            (found,) = queries.articles(reader, queries.article_names(reader))
        assert (found["claims"], found["citations"], found["outlets"]) == (0, 0, 0)

    def test_only_the_current_version_is_listed_in_the_order_of_recording(self, book: Book) -> None:
        first = book.article(HERE)
        other = book.article(THERE)
        second = book.article(HERE, revises=first)

        with ask(book) as reader:
            assert [
                article["id"] for article in queries.articles(reader, queries.article_names(reader))
            ] == [other, second]

    def test_one_article_comes_with_its_claims_and_its_neighbours_in_time(self, book: Book) -> None:
        finding = {"code": "no-reference-list", "detail": "It has none.", "at": None}
        first = book.article(HERE, byline=["A. Writer"], dateline="Seoul", findings=[finding])
        book.claim(first, "Old.", [REUTERS])
        second = book.article(HERE, revises=first)

        with ask(book) as reader:
            page = queries.article(reader, first)
            later = queries.article(reader, second)

        assert page["byline"] == ["A. Writer"]
        assert page["dateline"] == "Seoul"
        assert page["findings"] == [finding]
        assert page["counts"] == {"claims": 1, "cited": 1, "citations": 1, "gaps": 0, "outlets": 1}
        assert exacts(page["claims"]) == ["Old."]
        assert (page["revises"], page["revised_by"]) == (None, second)
        assert (later["revises"], later["revised_by"]) == (first, None)

    def test_an_unknown_id_is_not_found(self, book: Book) -> None:
        with ask(book) as reader, pytest.raises(NotFoundError):
            queries.article(reader, "0" * 64)


class TestOutlets:
    def test_outlets_are_counted_by_claims_that_lean_and_that_fall(self, book: Book) -> None:
        article = book.article(HERE)
        book.claim(article, "1", [REUTERS, REUTERS_TOO])
        book.claim(article, "2", [REUTERS, BBC], [REUTERS])
        book.claim(article, "3", [REUTERS, Gap()])
        book.claim(article, "4", [BBC], named=[Prose("Reuters", "reuters.example", 0)])
        book.claim(article, "5", [BBC, Nav("https://nav.example/")])

        with ask(book) as reader:
            assert queries.outlets(reader) == [
                {
                    "key": "reuters.example",
                    "name": "Reuters",
                    "domain": "reuters.example",
                    "kind": "wire",
                    "owner": "Thomson Reuters",
                    "country": "GB",
                    "claims": 4,
                    "sole_claims": 3,
                    "maybe_sole": 0,
                },
                {
                    "key": "bbc.example",
                    "name": "BBC News",
                    "domain": "bbc.example",
                    "kind": "broadcaster",
                    "owner": None,
                    "country": "GB",
                    "claims": 3,
                    "sole_claims": 2,
                    "maybe_sole": 0,
                },
            ]

    def test_the_claims_of_an_outlet_are_as_many_as_the_claims_that_lean_on_it(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        book.claim(article, "1", [REUTERS], named=[Prose("Reuters", "reuters.example", 0)])
        book.claim(article, "2", named=[Prose("Reuters", "reuters.example")])
        old = book.article(THERE)
        book.claim(old, "3", [REUTERS])
        book.article(THERE, revises=old)

        with ask(book) as reader:
            (outlet,) = queries.outlets(reader)
            leaning = queries.claims(reader, ClaimFilter(outlet="reuters.example"))
        assert outlet["claims"] == len(leaning) == 2

    def test_one_outlet_comes_with_its_pages_and_the_claims_it_carries_alone(
        self, book: Book
    ) -> None:
        article = book.article(HERE)
        book.claim(article, "1", [REUTERS, BBC])
        book.claim(article, "2", [REUTERS_TOO])
        book.claim(article, "3", [REUTERS])
        sources = {url: book.source(url) for url in (REUTERS, REUTERS_TOO)}

        with ask(book) as reader:
            page = queries.outlet(reader, "reuters.example")

        assert (page["name"], page["claims"], page["sole_claims"]) == ("Reuters", 3, 2)
        assert page["sources"] == [
            {"id": sources[REUTERS], "url": REUTERS, "claims": 2},
            {"id": sources[REUTERS_TOO], "url": REUTERS_TOO, "claims": 1},
        ]
        assert exacts(page["falls"]) == ["2", "3"]

    def test_an_outlet_that_nobody_cites_has_nothing(self, book: Book) -> None:
        with ask(book) as reader:
            page = queries.outlet(reader, "unheard.example")
        assert (page["name"], page["claims"], page["sole_claims"]) == ("unheard.example", 0, 0)
        assert (page["sources"], page["falls"]) == ([], [])


class TestSources:
    def test_sources_are_counted_by_claims_and_articles(self, book: Book) -> None:
        one, two = book.article(HERE), book.article(THERE)
        book.claim(one, "1", [REUTERS], [REUTERS])
        book.claim(one, "2", [REUTERS, THERE])
        book.claim(two, "3", [REUTERS, Nav(BBC)])
        reuters, there = book.source(REUTERS), book.source(THERE)

        with ask(book) as reader:
            assert queries.sources(reader) == [
                {
                    "id": reuters,
                    "url": REUTERS,
                    "outlet": "Reuters",
                    "claims": 3,
                    "articles": 2,
                    "read": None,
                },
                {
                    "id": there,
                    "url": THERE,
                    "outlet": "A Gazette",
                    "claims": 1,
                    "articles": 1,
                    "read": two,
                },
            ]
            only = queries.sources(reader, outlet="a.example")
        assert [source["url"] for source in only] == [THERE]

    def test_one_source_comes_with_the_claims_that_cite_it(self, book: Book) -> None:
        book.claim(book.article(HERE), "1", [REUTERS])
        reuters, bbc = book.source(REUTERS), book.source(BBC)

        with ask(book) as reader:
            page = queries.source(reader, reuters)
            uncited = queries.source(reader, bbc)

        assert (page["url"], page["outlet"], page["articles"]) == (REUTERS, "Reuters", 1)
        assert exacts(page["claims"]) == ["1"]
        assert (uncited["articles"], uncited["claims"]) == (0, [])

    def test_an_unknown_id_is_not_found(self, book: Book) -> None:
        with ask(book) as reader, pytest.raises(NotFoundError):
            queries.source(reader, "0" * 64)


class TestGaps:
    @pytest.fixture
    def gaps(self, book: Book) -> tuple[str, str]:
        one, two = book.article(HERE, title="One"), book.article(THERE)
        book.claim(two, "later", [Gap("no-address")])
        first = book.claim(one, "first", [REUTERS, Gap()], [Gap("no-address")])
        return one, first

    def test_gaps_are_listed_in_reading_order(self, book: Book, gaps: tuple[str, str]) -> None:
        article, claim = gaps

        with ask(book) as reader:
            found = queries.gaps(reader)

        assert found[0] == {
            "article": article,
            "title": "One",
            "url": HERE,
            "claim": claim,
            "exact": "first",
            "marker": "2",
            "raw": "[2]",
            "reason": "no-reference",
        }
        assert [(gap["exact"], gap["marker"]) for gap in found] == [
            ("first", "2"),
            ("first", "3"),
            ("later", "1"),
        ]

    def test_gaps_are_narrowed_by_article_and_reason(
        self, book: Book, gaps: tuple[str, str]
    ) -> None:
        with ask(book) as reader:
            of_article = queries.gaps(reader, article=gaps[0])
            for_reason = queries.gaps(reader, reason="no-address")
            both = queries.gaps(reader, article=gaps[0], reason="no-address")
        assert [gap["marker"] for gap in of_article] == ["2", "3"]
        assert [gap["exact"] for gap in for_reason] == ["first", "later"]
        assert [gap["marker"] for gap in both] == ["3"]


class TestTrace:
    def test_a_claim_is_followed_to_everything_it_rests_on(self, book: Book) -> None:
        article = book.article(HERE, title="Title", published="2025-05-23")
        claim = book.claim(
            article,
            "It is so.",
            [REUTERS, FILE],
            [Gap()],
            named=[Prose("the Beeb", "bbc.example", 0)],
            section=["Part"],
        )

        with ask(book) as reader:
            page = queries.trace(reader, claim)

        assert (page["publisher"], page["published"], page["current"]) == (
            "A Gazette",
            "2025-05-23",
            True,
        )
        assert page["end"] - page["start"] == len("It is so.")
        assert [
            [
                (member["group"], member["marker"], member["outlet"], member["gap"])
                for member in group
            ]
            for group in page["groups"]
        ] == [
            [(0, "1", "Reuters", None), (0, "2", None, None)],
            [(1, "3", None, "no-reference")],
            [(None, None, "BBC News", None)],
        ]
        assert page["groups"][2][0]["named"] == "the Beeb"
        assert page["resilience"] == 1
        assert page["because"] == ["named in prose: BBC News is its only outlet"]

    def test_a_claim_of_an_earlier_version_is_not_current(self, book: Book) -> None:
        first = book.article(HERE)
        claim = book.claim(first, "Old.", [REUTERS])
        book.article(HERE, revises=first)

        with ask(book) as reader:
            page = queries.trace(reader, claim)
        assert (page["current"], page["resilience"]) == (False, 1)

    def test_an_unknown_id_is_not_found(self, book: Book) -> None:
        with ask(book) as reader, pytest.raises(NotFoundError):
            queries.trace(reader, "0" * 64)


def told(caught: pytest.ExceptionInfo[NotFoundError]) -> tuple[str, ...]:
    """The short ids with which candidates begin; what they are comes behind."""
    return tuple(said.split("  ")[0] for said in caught.value.candidates)


class TestNames:
    def test_an_id_is_named_by_its_beginning(self, book: Book) -> None:
        article = book.article(HERE)
        claim = book.claim(article, "It is so.")
        source = book.source(REUTERS)

        with ask(book) as reader:
            assert queries.claim_named(reader, claim) == claim
            assert queries.claim_named(reader, f" {claim[:10].upper()}") == claim
            assert queries.article_named(reader, article[:8]) == article
            assert queries.source_named(reader, source[:8]) == source

    @pytest.mark.parametrize("name", ["abc", "ffff", "xyz", "", "0" * 65, "%", "____"])
    def test_what_names_no_claim_is_not_found(self, book: Book, name: str) -> None:
        with (
            ask(book) as reader,
            pytest.raises(NotFoundError, match=r"no claim has|too few characters"),
        ):
            queries.claim_named(reader, name)

    def test_an_ambiguous_beginning_lists_what_it_may_mean(self, book: Book) -> None:
        article = book.article(HERE)
        ids = sorted(book.claim(article, str(number)) for number in range(3000))
        twins = next(i for i, j in pairwise(ids) if i[:5] == j[:5])
        meant = [id for id in ids if id.startswith(twins[:5])]

        with ask(book) as reader:
            with pytest.raises(NotFoundError, match="have this name") as caught:
                queries.claim_named(reader, twins[:5])
            short = queries.short_ids(reader, "claim", ids)

        assert told(caught) == tuple(
            id[: len(said)] for id, said in zip(meant, told(caught), strict=True)
        )
        assert set(short) == set(ids)
        assert min(map(len, short.values())) == 8

    def test_short_ids_grow_until_they_name_one(self, empty_db: Path) -> None:
        ids = ["a" * 64, "a" * 11 + "b" * 53, "a" * 5 + "c" * 59, "b" * 64]
        connection = sqlite3.connect(empty_db)
        connection.executemany(
            "INSERT INTO source (id, url) VALUES (?, ?)", [(id, id) for id in ids]
        )
        connection.commit()
        connection.close()

        with Reader(empty_db) as reader:
            short = queries.short_ids(reader, "source", ids)
            with pytest.raises(NotFoundError) as caught:
                queries.source_named(reader, "aaaaaaaa")

        assert [short[id] for id in ids] == ["a" * 12, "a" * 11 + "b", "aaaaaccc", "bbbbbbbb"]
        assert told(caught) == ("a" * 12, "a" * 11 + "b")

    def test_of_many_candidates_a_few_are_listed(self, empty_db: Path) -> None:
        connection = sqlite3.connect(empty_db)
        ids = [f"aaaa{number:060x}" for number in range(9)]
        connection.executemany(
            "INSERT INTO source (id, url) VALUES (?, ?)", [(id, id) for id in ids]
        )
        connection.commit()
        connection.close()

        with (
            Reader(empty_db) as reader,
            pytest.raises(NotFoundError, match="more than 5") as caught,
        ):
            queries.source_named(reader, "aaaa")
        assert all(id.startswith(said) for id, said in zip(ids, told(caught), strict=False))
        assert len(told(caught)) == 5

    @pytest.mark.parametrize("name", [HERE, "http://www.a.example/1/#top", "a.example/1"])
    def test_articles_and_sources_are_named_by_address_in_any_spelling(
        self, book: Book, name: str
    ) -> None:
        first = book.article(HERE)
        current = book.article(HERE, revises=first)
        source = book.source(HERE)

        with ask(book) as reader:
            assert queries.article_named(reader, name) == current
            assert queries.source_named(reader, name) == source

    def test_articles_are_named_by_file(
        self, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "an article.md"
        article = book.article(path.resolve().as_uri())
        monkeypatch.chdir(tmp_path)

        with ask(book) as reader:
            for name in ("an article.md", "./an article.md", str(path), path.resolve().as_uri()):
                assert queries.article_named(reader, name) == article

    @pytest.mark.parametrize("beyond", [0, 1])
    def test_a_file_is_known_by_its_bytes_if_it_is_not_larger_than_any_that_is_read(
        self, book: Book, tmp_path: Path, beyond: int
    ) -> None:
        path = tmp_path / "renamed.md"
        with path.open("wb") as file:
            file.truncate(MAX_FILE_BYTES + beyond)
        digest = f"sha256:{sha256(path.read_bytes()).hexdigest()}"
        body = {"digest": digest, "body": b"its bytes"}
        book.execute("INSERT INTO payload VALUES (:digest, :body)", body)
        article = book.article(HERE, of=digest)

        with ask(book) as reader:
            if beyond:
                with pytest.raises(NotFoundError, match="no article"):
                    queries.article_named(reader, str(path))
            else:
                assert queries.article_named(reader, str(path)) == article

    @pytest.mark.parametrize("name", ["https://b.example/", "nothing.md", "a\0b", "~nobody/x", "/"])
    def test_what_names_no_article_is_not_found(self, book: Book, name: str) -> None:
        with ask(book) as reader:
            with pytest.raises(NotFoundError, match="no article"):
                queries.article_named(reader, name)
            with pytest.raises(NotFoundError, match="no source"):
                queries.source_named(reader, name)

    @pytest.mark.parametrize(
        "name",
        ["Über uns.md", "drafts\\Über uns.md", "über uns", "uber uns.md", "Bridge clos", "UNS.MD"],
    )
    def test_who_nearly_names_an_article_is_told_which_there_is(
        self, book: Book, name: str
    ) -> None:
        article = book.article("file:///drafts/%C3%9Cber%20uns.md", title="The bridge closes")
        book.article("file:///drafts/other.md", title="Elections")

        with ask(book) as reader:
            with pytest.raises(NotFoundError, match="Did you mean one of these") as caught:
                queries.article_named(reader, name)
            assert told(caught) == (article[:8],)
            with pytest.raises(NotFoundError, match="See: ledger articles") as caught:
                queries.article_named(reader, "nothing of this")
            assert not caught.value.candidates

    @pytest.mark.parametrize("name", ["https://b.example/firre", "b.example", "world/fire", "FIRE"])
    def test_who_nearly_names_a_source_is_told_which_there_is(self, book: Book, name: str) -> None:
        source = book.source("https://b.example/world/fire")
        book.source("https://c.example/harbour")

        with ask(book) as reader:
            with pytest.raises(NotFoundError, match="Did you mean one of these") as caught:
                queries.source_named(reader, name)
            assert told(caught) == (source[:8],)
            with pytest.raises(NotFoundError, match="See: ledger sources") as caught:
                queries.source_named(reader, "https://")
            assert not caught.value.candidates

    def test_an_address_that_goes_on_where_a_name_ends_is_likelier_than_one_that_ends_alike(
        self, book: Book
    ) -> None:
        book.source("https://c.example/fire")
        source = book.source("https://b.example/world/fire")

        with ask(book) as reader, pytest.raises(NotFoundError) as caught:
            queries.source_named(reader, "https://b.example/world/fir")
        assert told(caught) == (source[:8],)

    def test_two_current_articles_of_one_address_are_both_listed(self, book: Book) -> None:
        both = sorted([book.article(HERE), book.article(HERE)])

        with ask(book) as reader, pytest.raises(NotFoundError) as caught:
            queries.article_named(reader, HERE)
        assert told(caught) == tuple(id[:8] for id in both)
        assert all(said.endswith(HERE) for said in caught.value.candidates)

    @pytest.mark.parametrize(
        "name", ["reuters.example", "Reuters", "REUTERS", " reuters ", "Reuters.Example"]
    )
    def test_outlets_are_named_by_name_or_domain_in_any_case(self, book: Book, name: str) -> None:
        with ask(book) as reader:
            assert queries.outlet_named(reader, name) == "reuters.example"

    def test_a_platform_names_its_only_account(self, book: Book) -> None:
        book.outlet("tube.example/@dw", "DW on Tube")

        with ask(book) as reader:
            assert queries.outlet_named(reader, "tube.example") == "tube.example/@dw"

    def test_names_that_several_outlets_have_list_them(self, book: Book) -> None:
        book.outlet("times.example", "The Times")
        book.outlet("times.test", "The Times")
        book.outlet("tube.example/@a", "A")
        book.outlet("tube.example/@b", "B")

        with ask(book) as reader:
            with pytest.raises(NotFoundError, match="2 outlets") as by_name:
                queries.outlet_named(reader, "the times")
            with pytest.raises(NotFoundError, match="2 outlets") as by_domain:
                queries.outlet_named(reader, "tube.example")
        assert by_name.value.candidates == (
            "The Times (times.example)",
            "The Times (times.test)",
        )
        assert by_domain.value.candidates == ("A (tube.example/@a)", "B (tube.example/@b)")

    @pytest.mark.parametrize(
        "name", ["Reuters News Agency", "www.reuters.com", "https://www.reuters.com/world/x"]
    )
    def test_the_registry_knows_aliases_and_addresses(self, book: Book, name: str) -> None:
        with ask(book) as reader:
            assert queries.outlet_named(reader, name) == "reuters.com"

    def test_of_several_that_the_registry_knows_the_one_recorded_is_meant(self, book: Book) -> None:
        with Reader(book.db) as reader, pytest.raises(NotFoundError) as caught:
            queries.outlet_named(reader, "Guardian")
        book.outlet("guardian.ng", "The Guardian (Nigeria)")

        assert "The Guardian (theguardian.com)" in caught.value.candidates
        with ask(book) as reader:
            assert queries.outlet_named(reader, "Guardian") == "guardian.ng"

    def test_an_unknown_outlet_lists_what_may_have_been_meant(self, book: Book) -> None:
        with ask(book) as reader, pytest.raises(NotFoundError) as caught:
            queries.outlet_named(reader, "Reutres")
        assert caught.value.candidates[0] == "Reuters"

    def test_owners_are_named_as_recorded_in_any_case(self, book: Book) -> None:
        with ask(book) as reader:
            assert queries.owner_named(reader, "thomson reuters") == "Thomson Reuters"
            with pytest.raises(NotFoundError) as caught:
                queries.owner_named(reader, "thomson")
            with pytest.raises(NotFoundError) as nothing:
                queries.owner_named(reader, "")
        assert caught.value.candidates == ("Thomson Reuters",)
        assert nothing.value.candidates == ()


class TestCounts:
    def test_every_table_is_counted_with_all_versions(self, book: Book) -> None:
        first = book.article(HERE)
        book.claim(book.article(HERE, revises=first), "1", [REUTERS, Gap()])

        with ask(book) as reader:
            counts = queries.counts(reader)
        assert counts == {
            "outlet": 3,
            "source": 2,
            "capture": 2,
            "article": 2,
            "claim": 1,
            "citation": 2,
            "attribution": 0,
            "judgement": 0,
            "rating": 0,
            "journal": 12,
        }


class TestReader:
    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="there is no ledger here"):
            Reader(tmp_path / "none.db")

    def test_a_file_that_cannot_be_opened_is_said_to_be_so(self, empty_db: Path) -> None:
        few, many = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, many))
        try:
            with pytest.raises(StoreError, match="cannot be opened"):
                Reader(empty_db)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (few, many))

    def test_a_file_that_is_no_database_is_said_to_be_none(self, tmp_path: Path) -> None:
        path = tmp_path / "odd.db"
        path.write_bytes(b"not a database, but long enough to be read as a header of one" * 20)

        with pytest.raises(StoreError, match="not an SQLite database"), Reader(path) as reader:
            queries.articles(reader, queries.article_names(reader))

    def test_a_damaged_database_is_said_to_be_damaged(self, empty_db: Path) -> None:
        book = Book(empty_db)
        article = book.article(HERE)
        for number in range(300):
            book.claim(article, f"{number}", [REUTERS])
        book.close()
        body = bytearray(empty_db.read_bytes())
        body[4096:] = b"\xff" * (len(body) - 4096)
        empty_db.write_bytes(body)

        with pytest.raises(StoreError, match="damaged"), Reader(empty_db) as reader:
            queries.claims(reader)

    def test_a_damaged_list_is_said_to_be_damaged(self, book: Book) -> None:
        book.execute(
            "INSERT INTO claim VALUES ('id', :article, 0, 1, 'x', '[broken', 'cited', 'key')",
            {"article": book.article(HERE)},
        )

        with ask(book) as reader, pytest.raises(StoreError, match="damaged"):
            queries.claims(reader)

    def test_a_locked_database_is_said_to_be_locked(self, empty_db: Path) -> None:
        writer = sqlite3.connect(empty_db, isolation_level=None)
        writer.execute("BEGIN EXCLUSIVE")

        with (
            pytest.raises(StoreError, match="writing"),
            Reader(empty_db, busy_timeout_s=0) as reader,
        ):
            queries.articles(reader, queries.article_names(reader))
        writer.close()

    def test_nothing_is_written_through_a_reader(self, db: Place) -> None:
        with Reader(db) as reader, pytest.raises(StoreError, match="cannot be written to"):
            reader.rows("INSERT INTO source (id, url) VALUES ('a', 'b')")

    def test_rows_without_their_names_are_the_same_rows(self, db: Place) -> None:
        asked = "SELECT 1 AS one, 'a' AS word, NULL AS gap UNION SELECT 2, :word, NULL"
        with Reader(db) as reader:
            found = reader.tuples(asked, {"word": "b"})
            assert found == [(1, "a", None), (2, "b", None)]
            assert [dict(zip(("one", "word", "gap"), row, strict=True)) for row in found] == (
                reader.rows(asked, {"word": "b"})
            )

    def test_one_block_sees_one_state(self, db: Place) -> None:
        if isinstance(db, Path):  # where asking and writing do not wait for one another
            with closing(sqlite3.connect(db)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
        with Reader(db) as reader:
            assert queries.counts(reader)["source"] == 0
            with Book(db) as book:
                book.source(REUTERS)
            assert queries.counts(reader)["source"] == 0
        with Reader(db) as reader:
            assert queries.counts(reader)["source"] == 1

    def test_a_mistake_in_our_own_sql_is_not_blamed_on_the_database(self, db: Place) -> None:
        ours = (sqlite3.ProgrammingError, psycopg.ProgrammingError)
        with Reader(db) as reader, pytest.raises(ours):
            reader.rows("SELECT :missing")

    def test_a_path_with_signs_of_a_uri_is_opened(self, empty_db: Path, tmp_path: Path) -> None:
        odd = tmp_path / "a b?mode=memory#%41.db"
        odd.write_bytes(empty_db.read_bytes())

        with Reader(odd) as reader:
            assert queries.articles(reader, queries.article_names(reader)) == []

    def test_no_ids_give_no_rows(self, db: Place) -> None:
        with Reader(db) as reader:
            assert reader.rows_for("SELECT id FROM claim WHERE id IN :ids", []) == []


def test_answers_have_exactly_the_keys_that_their_types_name(book: Book) -> None:
    book.claim(book.article(HERE), "1", [REUTERS, Gap()])

    with ask(book) as reader:
        answers: list[tuple[object, type]] = [
            (queries.articles(reader, queries.article_names(reader))[0], queries.ArticleItem),
            (queries.claims(reader)[0], queries.ClaimItem),
            (queries.outlets(reader)[0], queries.OutletItem),
            (queries.outlet(reader, "reuters.example"), queries.OutletPage),
            (queries.sources(reader)[0], queries.SourceItem),
            (queries.gaps(reader)[0], queries.GapItem),
            (queries.outlet(reader, "reuters.example")["sources"][0], queries.CitedPage),
        ]
    for answer, kind in answers:
        assert isinstance(answer, dict)
        assert list(answer) == list(kind.__annotations__), kind
