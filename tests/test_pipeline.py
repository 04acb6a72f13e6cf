"""The whole walk: inputs -> ledger, on a real SQLite file."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ledger import queries
from ledger.errors import ExtractError, RefusedError, StoreError, UsageError
from ledger.extract.lists.given import read_references
from ledger.fetch import FetchSettings
from ledger.inputs import Received, find_inputs, receive
from ledger.inputs.files import MAX_FILE_BYTES
from ledger.model import Citation, Reading
from ledger.pipeline.ingest import ingest
from ledger.pipeline.link import Decision, link
from ledger.pipeline.read import read
from ledger.pipeline.tell import By
from ledger.provenance import covering, overruled
from ledger.queries import marked
from ledger.reader import Reader
from ledger.schema import Place
from ledger.store import Ledger, open_ledger
from ledger.tables import entry_of

NOON = datetime(2025, 3, 4, 12, tzinfo=UTC)
BODY = b"The dam broke [1][2]. It held before [1].\n\n[1]: https://www.reuters.com/a\n"
URL = "https://daily.example/dam"


def page(body: bytes = BODY, *, minutes: int = 0, status: int | None = 200) -> Received:
    at = NOON + timedelta(minutes=minutes)
    return Received(URL, URL, URL, body, at, media_type="text/markdown", status=status)


SOURCE = read(page()).capture.source_id


@pytest.fixture
def ledger(db: Place) -> Iterator[Ledger]:
    with open_ledger(str(db), clock=lambda: NOON) as opened:
        yield opened


def test_an_article_is_recorded_once(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    again = ingest(ledger, page(minutes=5))

    assert (first.new, first.claims, first.citations, first.gaps) == (True, 2, 3, 1)
    assert (again.new, again.article, again.revises) == (False, first.article, None)


def test_other_bytes_at_one_address_are_another_version(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    second = ingest(ledger, page(BODY.replace(b"held", b"leaked"), minutes=5))
    back = ingest(ledger, page(minutes=10))

    assert second.new
    assert second.revises == first.article
    assert back.new
    assert back.revises == second.article


def test_references_from_outside_are_another_reading_of_the_same_bytes(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    given = read_references("marker,url\n2,https://apnews.com/b\n", "refs.csv")
    second = ingest(ledger, page(minutes=5), given)

    assert second.new
    assert second.gaps == 0
    assert second.revises == first.article


LIST_1 = read_references("marker,url\n2,https://apnews.com/b\n", "refs.csv")
LIST_2 = read_references("marker,url\n2,https://www.dw.com/c\n", "refs.csv")


def test_going_back_to_an_earlier_list_is_another_version(ledger: Ledger) -> None:
    steps = [
        ingest(ledger, page(minutes=n), given) for n, given in enumerate([LIST_1, LIST_2, LIST_1])
    ]

    assert [step.new for step in steps] == [True, True, True]
    assert steps[2].revises == steps[1].article
    assert steps[2].article != steps[0].article
    assert cited(ledger, steps[2].article, "2") == ["https://apnews.com/b"]


def test_the_list_in_the_record_stands_when_none_is_given(ledger: Ledger) -> None:
    ingest(ledger, page())
    listed = ingest(ledger, page(minutes=1), LIST_1)
    again = ingest(ledger, page(minutes=2))

    assert (again.new, again.article, again.gaps) == (False, listed.article, 0)


def test_a_list_that_contradicts_the_articles_own_is_a_gap(ledger: Ledger) -> None:
    both = read_references("marker,url\n1,https://www.dw.com/c\n2,https://apnews.com/b\n", "r.csv")
    outcome = ingest(ledger, page(), both)

    assert outcome.gaps == 2
    with Reader(ledger.db) as reader:
        gaps = [row["gap"] for row in marked(reader, outcome.article, "1")]
    assert gaps == ["conflicting-references"] * 2
    same = read_references("marker,url\n1,https://reuters.com/a?utm_source=x\n", "r.csv")
    assert [each.gap for each in read(page(), same).citations] == [None, "no-reference", None]


def test_counts_of_what_is_unchanged_are_those_of_the_record(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    linked(ledger, first.article, "2", "https://apnews.com/b")

    assert (first.gaps, ingest(ledger, page(minutes=5)).gaps) == (1, 0)


def test_several_addresses_of_one_reference_count_once(ledger: Ledger) -> None:
    outcome = ingest(
        ledger, page(b"It broke [1].\n\n[1] https://a.example/1 ; https://b.example/2\n")
    )

    assert (outcome.citations, outcome.gaps) == (1, 0)


def captures(ledger: Ledger) -> list[tuple[int, str]]:
    with Reader(ledger.db) as reader:
        rows = reader.rows("SELECT status, final_url FROM capture ORDER BY captured_at")
    return [(row["status"], row["final_url"]) for row in rows]


def test_another_status_with_the_same_bytes_is_another_capture(ledger: Ledger) -> None:
    ingest(ledger, page())
    for minutes in (1, 2):
        with pytest.raises(ExtractError):
            ingest(ledger, page(minutes=minutes, status=404))
    back = ingest(ledger, page(minutes=3))

    assert captures(ledger) == [(200, URL), (404, URL)]
    assert not back.new


def test_an_article_after_an_error_page_of_the_same_bytes_hangs_on_its_own_capture(
    ledger: Ledger,
) -> None:
    with pytest.raises(ExtractError):
        ingest(ledger, page(status=404))
    outcome = ingest(ledger, page(minutes=1))

    with Reader(ledger.db) as reader:
        row = reader.row(
            "SELECT status FROM capture c JOIN article a ON a.capture_id = c.id WHERE a.id = :id",
            {"id": outcome.article},
        )
    assert row == {"status": 200}


@pytest.mark.parametrize("change", [{"final_url": f"{URL}/2"}, {"redirects": (f"{URL}/r",)}])
def test_another_way_to_the_same_bytes_is_another_capture(
    ledger: Ledger, change: dict[str, Any]
) -> None:
    first = ingest(ledger, page())
    second = ingest(ledger, replace(page(minutes=1), **change))

    assert (second.new, second.revises) == (True, first.article)
    assert len(captures(ledger)) == 2


WAYS = [
    (URL.replace("//", "//www."), {}),
    (URL.replace("https", "http"), {}),
    (f"{URL}/?utm_source=mail#top", {}),
    (URL, {"final_url": URL.replace("//", "//www.")}),
    (
        URL.replace("https", "http"),
        {"redirects": (URL,), "final_url": URL.replace("//", "//www.")},
    ),
]


@pytest.mark.parametrize(("url", "way"), WAYS)
def test_another_spelling_of_the_address_is_no_other_way(
    ledger: Ledger, url: str, way: dict[str, Any]
) -> None:
    first = ingest(ledger, page())
    same = Received(url, url, url, BODY, NOON + timedelta(minutes=1), media_type="text/markdown")
    again = ingest(ledger, replace(same, status=200, **way))

    assert (again.new, again.article) == (False, first.article)
    assert len(captures(ledger)) == 1


def test_a_redirect_to_another_page_is_the_same_way_from_any_spelling(ledger: Ledger) -> None:
    moved = replace(page(), final_url=f"{URL}/2")
    first = ingest(ledger, moved)
    from_http = replace(moved, url=URL.replace("https", "http"), redirects=(URL,))

    assert ingest(ledger, from_http).article == first.article
    other = replace(page(minutes=1), final_url=f"{URL}/2", redirects=(f"{URL}/r",))
    assert ingest(ledger, other).revises == first.article


def test_the_same_article_after_a_failure_of_the_server_is_unchanged(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    with pytest.raises(ExtractError):
        ingest(ledger, page(b"Sorry", minutes=1, status=500))
    back = ingest(ledger, page(minutes=2))

    assert (back.new, back.article) == (False, first.article)


def test_a_version_recorded_meanwhile_is_what_the_next_one_revises(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = iter([page(), page(BODY.replace(b"held", b"leaked"), minutes=1)])

    def overtaken(*args: Any, **options: Any) -> Reading:
        reading = read(*args, **options)
        for other in others:
            monkeypatch.undo()
            ingest(ledger, other)
            monkeypatch.setattr(module, "read", overtaken)
            break
        return reading

    module = import_module("ledger.pipeline.ingest")
    monkeypatch.setattr(module, "read", overtaken)
    last = ingest(ledger, page(BODY.replace(b"held", b"burst"), minutes=2))

    with Reader(ledger.db) as reader:
        assert len(reader.rows("SELECT id FROM article")) == 3
        assert reader.rows("SELECT id FROM current_article") == [{"id": last.article}]


def test_the_same_input_recorded_meanwhile_is_unchanged(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("ledger.pipeline.ingest")

    def overtaken(*args: Any, **options: Any) -> Reading:
        monkeypatch.undo()
        ingest(ledger, page(minutes=1))
        return read(*args, **options)

    monkeypatch.setattr(module, "read", overtaken)
    assert not ingest(ledger, page()).new
    assert len(captures(ledger)) == 1


def test_whoever_is_always_overtaken_gives_up(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "append_together", lambda _, versions: [None] * len(versions))
    monkeypatch.setattr(Ledger, "append_entries", lambda *_: None)
    for received in (page(), page(status=404)):
        with pytest.raises(StoreError, match="other programs keep recording"):
            ingest(ledger, received)
    monkeypatch.undo()
    article = ingest(ledger, page()).article
    monkeypatch.setattr(Ledger, "append_entries", lambda *_: None)
    with pytest.raises(StoreError, match=r"others keep linking \[2\]"):
        linked(ledger, article, "2", "https://apnews.com/b")


def test_links_are_kept_where_the_same_words_still_cite_the_marker(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    linked(ledger, first.article, "2", "https://apnews.com/b")
    second = ingest(ledger, page(BODY + b"\nIt leaked [2].\n", minutes=1))

    assert (second.new, second.gaps, second.carried, second.lost) == (True, 0, 2, ())
    assert cited(ledger, second.article, "2") == ["https://apnews.com/b"] * 2
    with Reader(ledger.db) as reader:
        because = {row["because"] for row in reader.rows("SELECT because FROM citation")}
        assert reader.rows("SELECT id FROM judgement") == [{"id": key} for key in because if key]
    third = ingest(ledger, page(BODY, minutes=2), LIST_2[:0])
    assert (third.new, third.gaps, third.carried) == (True, 0, 1)


def test_a_persons_word_stands_against_a_list_that_is_read_later(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    linked(ledger, first.article, "2", "https://apnews.com/b")
    same = ingest(ledger, page(minutes=1), LIST_1)
    other = ingest(ledger, page(minutes=2), LIST_2)

    assert (same.carried, same.contradicted) == (1, ())
    assert other.contradicted == (("2", "https://apnews.com/b", ("https://www.dw.com/c",)),)
    assert (other.gaps, other.carried, other.lost) == (0, 1, ())
    assert cited(ledger, other.article, "2") == ["https://apnews.com/b"]
    with Reader(ledger.db) as reader:
        (said,) = overruled(reader, [same.article, other.article])[other.article]
        assert said[:4] == ("2", "jo", "https://apnews.com/b", ("https://www.dw.com/c",))
        assert overruled(reader, [same.article]) == {}
    # Whoever finds the list to be right corrects the link, and nothing contradicts it any more.
    assert linked(ledger, other.article, "2", "https://www.dw.com/c") == 1
    with Reader(ledger.db) as reader:
        assert overruled(reader, [other.article]) == {}


def test_a_persons_word_stands_alone_where_the_list_has_several_pages(ledger: Ledger) -> None:
    body = b"It broke [1]. It held [2].\n\n[1]: https://www.reuters.com/a\n"
    listed = body + b"[2]: https://a.example/1 ; https://apnews.com/b\n"
    first = ingest(ledger, page(body))
    linked(ledger, first.article, "2", "https://apnews.com/b")
    second = ingest(ledger, page(listed, minutes=1))
    third = ingest(ledger, page(listed + b"\nMore.\n", minutes=2))

    for each in (second, third):
        assert each.contradicted == (("2", "https://apnews.com/b", ("https://a.example/1",)),)
        assert (each.citations, each.gaps, each.carried) == (2, 0, 1)
        assert cited(ledger, each.article, "2") == ["https://apnews.com/b"]
    with Reader(ledger.db) as reader:
        claim = next(each for each in queries.claims(reader) if each["exact"] == "It held.")
    assert [(each["form"], each["source"]) for each in claim["citations"]] == [
        ("marker", "https://apnews.com/b"),
        ("listed", "https://apnews.com/b"),
    ]
    assert claim["outlets"] == ["Associated Press"]


def test_a_list_of_another_part_is_not_what_a_person_spoke_of(ledger: Ledger) -> None:
    first = ingest(ledger, page(b"It broke [1]. It held [2].\n\n[1]: https://a.example/1\n"))
    linked(ledger, first.article, "2", "https://apnews.com/b")
    parts = (
        b"# One\n\nIt broke [1]. It held [2].\n\n## Sources\n\n[1] https://a.example/1\n"
        b"[2] https://www.dw.com/c\n\n# Two\n\nIt rained [1]. It snowed [2].\n\n"
        b"## Sources\n\n[1] https://a.example/3\n[2] https://a.example/4\n"
    )
    second = ingest(ledger, page(parts, minutes=1))

    assert [each.read for each in second.contradicted] == [("https://www.dw.com/c",)]
    assert cited(ledger, second.article, "2") == ["https://apnews.com/b", "https://a.example/4"]


def test_a_link_is_lost_aloud_where_a_list_leads_other_words_elsewhere(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    linked(ledger, first.article, "2", "https://apnews.com/b")
    body = BODY.replace(b"broke", b"burst")

    assert ingest(ledger, page(body, minutes=1), LIST_2).lost == ("2",)


def test_links_whose_words_are_gone_are_named(ledger: Ledger) -> None:
    first = ingest(ledger, page())
    linked(ledger, first.article, "2", "https://apnews.com/b")
    second = ingest(ledger, page(BODY.replace(b"broke", b"burst"), minutes=1))

    assert (second.gaps, second.carried, second.lost) == (1, 0, ("2",))


def test_an_error_page_is_evidence_and_no_article(ledger: Ledger) -> None:
    with pytest.raises(ExtractError) as caught:
        ingest(ledger, page(b"Not found", status=404))

    assert caught.value.code == "http-404"
    source = SOURCE
    assert ledger.latest(source).capture is not None
    assert ledger.latest(source).article is None
    with pytest.raises(ExtractError, match="the server answered 404"):
        read(page(status=404))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"[1]\n", "no-text"),
    ],
)
def test_a_page_without_article_is_captured_all_the_same(
    ledger: Ledger, body: bytes, code: str
) -> None:
    with pytest.raises(ExtractError) as caught:
        ingest(ledger, page(body))

    assert caught.value.code == code
    assert ledger.latest(SOURCE).capture is not None


def test_a_file_without_article_is_not_recorded(ledger: Ledger, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.touch()
    received = receive(str(empty), clock=lambda: NOON)
    with pytest.raises(ExtractError):
        ingest(ledger, received)

    with Reader(ledger.db) as reader:
        assert reader.rows("SELECT * FROM journal") == []


def cited(ledger: Ledger, article: str, marker: str) -> list[str]:
    with Reader(ledger.db) as reader:
        return [row["url"] for row in marked(reader, article, marker)]


def current(ledger: Ledger, article: str, marker: str) -> list[Citation]:
    with Reader(ledger.db) as reader:
        found = [entry_of("citation", row) for row in marked(reader, article, marker)]
    return [each for each in found if isinstance(each, Citation)]


def linked(ledger: Ledger, article: str, marker: str, url: str) -> int:
    decision = Decision(article, marker, url, By("jo", NOON, "seen on the page"))
    return link(ledger, decision, lambda: current(ledger, article, marker)).citations


def test_of_two_links_at_once_the_later_revises_the_earlier(ledger: Ledger) -> None:
    article = ingest(ledger, page()).article
    stale = [current(ledger, article, "2")]
    linked(ledger, article, "2", "https://apnews.com/b")
    later = link(
        ledger,
        Decision(article, "2", "https://www.dw.com/c", By("flo", NOON)),
        lambda: stale.pop() if stale else current(ledger, article, "2"),
    )

    assert (later.citations, later.before) == (1, ("Associated Press",))
    assert cited(ledger, article, "2") == ["https://www.dw.com/c"]


def test_an_address_with_a_password_is_not_recorded_and_not_repeated(ledger: Ledger) -> None:
    article = ingest(ledger, page()).article
    with pytest.raises(RefusedError) as caught:
        linked(ledger, article, "2", "https://jo:secret@apnews.com/b")

    assert "secret" not in str(caught.value)
    assert cited(ledger, article, "2") == [None]


def test_a_person_closes_a_gap(ledger: Ledger) -> None:
    article = ingest(ledger, page()).article
    assert linked(ledger, article, "2", "https://apnews.com/b?utm_source=x") == 1

    with Reader(ledger.db) as reader:
        (row,) = marked(reader, article, "2")
        assert (row["gap"], row["url"]) == (None, "https://apnews.com/b?utm_source=x")
        assert reader.rows("SELECT url FROM source WHERE id = :id", {"id": row["source_id"]}) == [
            {"url": "https://apnews.com/b"}
        ]
        assert len(reader.rows("SELECT * FROM citation WHERE gap IS NOT NULL")) == 1
    assert linked(ledger, article, "2", "https://apnews.com/b") == 0
    assert linked(ledger, article, "2", "https://www.afp.com/c") == 1


@pytest.mark.parametrize(
    ("marker", "url", "message"),
    [
        ("2", "no address", "this is not the address of a page"),
        ("2", "javascript:alert(1)", "this is not the address of a page"),
        ("1", "https://apnews.com/b", "the article itself says where it leads"),
    ],
)
def test_what_cannot_be_linked_is_refused(
    ledger: Ledger, marker: str, url: str, message: str
) -> None:
    article = ingest(ledger, page()).article
    with pytest.raises(UsageError) as caught:
        linked(ledger, article, marker, url)

    assert message in str(caught.value)


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.html", "d.png", ".hidden.md", "sub/e.md", ".git/f.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    (tmp_path / "a.references.csv").touch()
    (tmp_path / "Makefile").touch()
    found = find_inputs([str(tmp_path), str(tmp_path / "b.md")])
    names = [Path(name).relative_to(tmp_path).as_posix() for name in found.names]
    assert names == ["a.txt", "b.md", "c.html", "sub/e.md"]
    assert found.passed_over == {".png": 1, "": 1}


@pytest.mark.parametrize(
    "name",
    "a.mdown a.org a.rst a.tex a.adoc a.typ a.Rmd a.eml a.webarchive a.docx a.docm a.pdf".split(),
)
def test_what_is_read_by_its_name_is_read_in_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert find_inputs([str(tmp_path)]).names == (str(tmp_path / name),)


def test_of_the_xml_in_a_folder_the_articles_are_read(tmp_path: Path) -> None:
    jats = '<?xml version="1.0"?>\n<article><front><journal-meta>'
    (tmp_path / "paper.xml").write_text(jats)
    (tmp_path / "catalogue.xml").write_text('<?xml version="1.0"?><catalogue/>')
    found = find_inputs([str(tmp_path)])
    assert found.names == (str(tmp_path / "paper.xml"),)
    assert found.passed_over == {".xml": 1}
    assert found.unreadable == ()


def test_of_the_json_in_a_folder_the_answers_are_read(tmp_path: Path) -> None:
    said = {"role": "assistant", "content": "Rents rose [1]."}
    answer = {"choices": [{"message": said}], "citations": ["https://a.example/1"]}
    (tmp_path / "answer.json").write_text(json.dumps(answer))
    (tmp_path / "answers.jsonl").write_text(json.dumps(answer) + "\n")
    (tmp_path / "answer.sources.json").write_text('[{"index": 1, "url": "https://a.example/1"}]')
    (tmp_path / "package.json").write_text('{"name": "dams", "version": "1"}')
    (tmp_path / "cut.json").write_text("[" * 100_000)
    found = find_inputs([str(tmp_path)])
    assert [Path(name).name for name in found.names] == ["answer.json", "answers.jsonl"]
    assert found.passed_over == {}
    (why,) = found.refused
    assert why == "it is not the answer of an AI service, is incomplete, or has more than 16 MiB"
    assert [Path(name).name for name in found.refused[why]] == ["cut.json", "package.json"]


def test_a_link_to_a_file_that_is_gone_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "story.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(ExtractError, match="it is a link to a file that is not there"):
        receive(str(tmp_path / "story.md"), clock=lambda: NOON)


def test_names_that_are_no_folders_stay_as_they_are() -> None:
    odd = ["-", URL, "missing.md", "x" * 5000, "nul\0"]
    assert find_inputs(odd).names == tuple(odd)


def test_a_folder_that_cannot_be_looked_into_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(
        top: str, onerror: Callable[[OSError], None]
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", f"{top}/closed"))
        yield top, [], ["a.md"]

    monkeypatch.setattr(os, "walk", walk)
    found = find_inputs([str(tmp_path)])

    (error,) = found.unreadable
    assert str(error) == f"{tmp_path}/closed: this folder cannot be read: Permission denied"
    assert found.names == (str(tmp_path / "a.md"),)


def test_nothing_is_looked_for_in_pipes(tmp_path: Path) -> None:
    """To open one waits for whoever writes to it, maybe for ever."""
    (tmp_path / "a.md").write_text("# A\n")
    for name in ("answer.json", "conversations.json", "article.xml", "export.zip", "b.warc"):
        os.mkfifo(tmp_path / name)
    found = find_inputs([str(tmp_path)], archives=True)
    assert found.names == (str(tmp_path / "a.md"),)
    (pipe,) = find_inputs([str(tmp_path / "answer.json")]).names
    with pytest.raises(ExtractError, match="this is not a file"):
        receive(pipe, clock=lambda: NOON)


@pytest.mark.parametrize("name", ["file:///etc/passwd", "FTP://jo:secret@a.example/x"])
def test_addresses_of_other_schemes_are_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="addresses are not read") as caught:
        receive(name, clock=lambda: NOON)

    assert caught.value.code == "scheme"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"# Title\n\nIt broke.\n",
        b"It broke [so](https://a.example/1).\n",
        b"It **broke**.\n",
        b"| A | B |\n|---|---|\n| It broke. | It held. |\n",
        b"It broke.[^1]\n\n[^1]: https://a.example/1\n",
        b"- [It broke](/a)\n",
    ],
)
def test_text_without_a_telling_name_is_markdown_when_it_looks_so(body: bytes) -> None:
    stdin = receive("-", clock=lambda: NOON, stdin=body)
    served = Received(URL, URL, URL, body, NOON, media_type="text/plain", status=200)
    named = replace(served, name="a.txt", status=None)

    assert read(stdin).capture.media_type == "text/markdown"
    assert read(served).capture.media_type == "text/markdown"
    assert read(named).capture.media_type == "text/plain"
    assert (
        read(replace(stdin, body=b"It broke - so it is #1.\n")).capture.media_type == "text/plain"
    )


def test_a_file_is_a_page_at_its_own_address(tmp_path: Path) -> None:
    path = tmp_path / "a b.md"
    path.write_bytes(BODY)
    received = receive(str(path), clock=lambda: NOON)

    assert received.url == path.resolve().as_uri()
    assert receive(str(path), clock=lambda: NOON, url=URL).url == URL
    assert receive("-", clock=lambda: NOON, stdin=BODY).url.startswith("urn:sha256:")


@pytest.mark.parametrize("code", ["not-found", "not-a-file", "too-large", "unreadable"])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, code: str) -> None:
    long = "x" * 300
    names = {"not-found": "gone.md", "not-a-file": "", "too-large": "big.md", "unreadable": long}
    with (tmp_path / "big.md").open("wb") as big:
        big.truncate(MAX_FILE_BYTES + 1)
    assert FetchSettings().max_decoded_bytes == MAX_FILE_BYTES, "as large as a page may be"
    with pytest.raises(ExtractError) as caught:
        receive(str(tmp_path / names[code]), clock=lambda: NOON)

    assert caught.value.code == code
    assert caught.value.input in str(caught.value)


def test_reading_twice_gives_the_same_entries() -> None:
    assert read(page()) == read(page())


def test_several_addresses_of_one_reference_are_alternatives_of_one_marker() -> None:
    reading = read(page(b"It broke [1].\n\n[1] https://a.example/1 ; https://b.example/2\n"))

    places = [(each.group, each.ordinal, each.alternative, each.url) for each in reading.citations]
    assert places == [(0, 0, 0, "https://a.example/1"), (0, 0, 1, "https://b.example/2")]


def test_a_line_below_a_claim_says_from_whom_it_is() -> None:
    reading = read(page(b"It rained.\n\nThe dam broke.\n\n*Source: Reuters, 4 March 2025*\n"))

    (told,) = reading.attributions
    claims = {claim.id: claim.exact for claim in reading.claims}
    assert claims[told.claim_id] == "The dam broke."
    assert (told.name, told.outlet, told.group) == ("Reuters", "reuters.com", None)
    assert len(claims) == 2


def test_an_attribution_knows_the_group_next_to_it() -> None:
    reading = read(page(b"It broke, according to Reuters [1]. It held [1], the BBC reported.\n"))

    assert [(each.outlet, each.group) for each in reading.attributions] == [
        ("reuters.com", 0),
        ("bbc.com", 0),
    ]
    assert [claim.kind for claim in reading.claims] == ["cited", "cited"]


def test_links_to_places_in_the_page_are_no_citations() -> None:
    reading = read(page(b"See [above](#top) or [mail us](mailto:a@b.example). It broke.\n"))

    assert reading.citations == ()
    assert {claim.kind for claim in reading.claims} == {"uncited"}


@pytest.mark.parametrize(
    ("sidecar", "text"),
    [
        ("story.sources.json", '{"sources": [{"id": 1, "url": "https://a.example/1"}]}'),
        ("story.csl.json", '[{"id": "1", "type": "webpage", "URL": "https://a.example/1"}]'),
        ("story.references.ris", "TY  - NEWS\nUR  - https://a.example/1\nER  - \n"),
        ("story.references.bib", "@misc{1, url={https://a.example/1}}"),
    ],
)
def test_a_list_beside_an_article_is_its_list(tmp_path: Path, sidecar: str, text: str) -> None:
    (tmp_path / "story.md").write_text("The dam broke [1].")
    (tmp_path / sidecar).write_text(text)
    (tmp_path / "story.bib").write_text("@misc{stray")  # somebody's library, and a broken one

    found = find_inputs([str(tmp_path)])
    reading = read(receive(found.names[0], clock=lambda: datetime(2024, 5, 1, tzinfo=UTC)))

    assert found.names == (str(tmp_path / "story.md"),)
    assert [citation.url for citation in reading.citations] == ["https://a.example/1"]


def leads(head: str, url: str) -> list[tuple[str | None, str | None]]:
    """Address and gap of each link of a page."""
    words = '<p>The report <a href="report">names who knew of it</a>.'
    body = f"<!doctype html><html><head>{head}</head><body><article>{words}".encode()
    found = read(Received("a.html", url, url, body, NOON, media_type="text/html")).citations
    return [(each.url, each.gap) for each in found]


CANONICAL = '<link rel="canonical" href="https://news.example/2024/dam/">'


@pytest.mark.parametrize(
    ("head", "url", "leads_to"),
    [
        ("", "https://daily.example/a/b", "https://daily.example/a/report"),
        ("", "file:///a/b.html", None),
        (CANONICAL, "file:///a/b.html", "https://news.example/2024/dam/report"),
        (CANONICAL, "https://daily.example/a/b", "https://daily.example/a/report"),
        ('<base href="/x/">' + CANONICAL, "file:///a.html", "https://news.example/x/report"),
        ('<base href="/x/">', "https://daily.example/a/b", "https://daily.example/x/report"),
        ('<base href="https://c.example/d/">', "file:///a.html", "https://c.example/d/report"),
        (
            '<base href="https://c.example/"><base href="/e/">',
            "file:///a",
            "https://c.example/report",
        ),
        ('<base href="javascript:alert(1)">', "https://d.example/a", "https://d.example/report"),
        ('<base href="http://[">', "https://d.example/a", "https://d.example/report"),
        ('<base href="/x/">', "file:///a.html", None),
        ('<link rel="canonical" href="/dam">', "file:///a.html", None),
        (
            '<meta property="og:url" content="https://news.example/dam">',
            "urn:sha256:00",
            "https://news.example/report",
        ),
    ],
)
def test_relative_links_start_from_where_the_page_says(
    head: str, url: str, leads_to: str | None
) -> None:
    gap = None if leads_to else "unusable-address"
    assert leads(head, url) == [(leads_to, gap)]


def test_a_host_without_a_scheme_starts_from_no_page() -> None:
    words = "<p>See www.dams.example and <a href='www.rivers.example/map'>the river map</a>."
    body = f"<!doctype html>{CANONICAL}{words}".encode()
    for url in ("file:///a.html", "https://daily.example/a/b"):
        found = read(Received("a.html", url, url, body, NOON, media_type="text/html")).citations
        assert [each.url for each in found] == [
            "https://www.dams.example",
            "https://www.rivers.example/map",
        ]


def test_what_a_page_says_of_its_address_is_not_its_identity() -> None:
    body = f"<!doctype html>{CANONICAL}<p>The dam broke after a week of rain.".encode()
    got = Received("a.html", "file:///a.html", "file:///a.html", body, NOON, media_type="text/html")
    assert [source.url for source in read(got).sources] == ["file:///a.html"]


def test_a_link_that_carries_nothing_covers_nothing() -> None:
    linked = b"# Gauges\n\nA logger. It is used in [ports](https://ports.example/gauges).\n\n"
    picture = b"[![](https://cdn.example/small.jpg)](https://cdn.example/large.jpg)\n"
    got = Received("a.md", "file:///a.md", "file:///a.md", linked + picture, NOON)
    reading = read(got)

    assert [each.form for each in reading.citations] == ["link", "navigation"]
    assert "covered" not in {each.kind for each in reading.claims}


def test_a_covered_claim_names_the_one_that_closes_its_paragraph(empty_db: Path) -> None:
    text = (
        b"# Quay\n\nThe quay opened in May. Ships came at once [1]. Two cranes stood idle. "
        b"Repairs took a month [2].\n\nAnother paragraph has a word of its own [1].\n\n"
        b"## Sources\n\n[1] https://a.example/quay\n[2] https://b.example/cranes\n"
    )
    with open_ledger(str(empty_db), clock=lambda: datetime.now(UTC)) as ledger:
        ingest(ledger, receive("-", clock=lambda: datetime.now(UTC), stdin=text))
    with Reader(empty_db) as reader:
        said = {item["exact"]: item for item in queries.claims(reader)}
        closing = said["Repairs took a month."]
        covered = said["Two cranes stood idle."]
        assert covered["kind"] == "covered"
        assert queries.trace(reader, covered["id"])["covered_by"] == closing["id"]
        assert queries.trace(reader, closing["id"])["covered_by"] is None
        covered_by = covering(reader, [closing["article"]])
        assert covered_by == {
            said["The quay opened in May."]["id"]: closing["id"],
            covered["id"]: closing["id"],
        }
