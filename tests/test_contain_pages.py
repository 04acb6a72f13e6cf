"""What users have, reader and limits, on pages made to break it: same result, or a reason."""

from collections.abc import Iterator

import pytest
from hostile_pages import SHAPES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.contain import Workers
from ledger.document import Document
from ledger.errors import ExtractError
from ledger.extract import read as extract

LOST = {"worker-timeout", "worker-memory", "worker-died"}
REFUSED = {"empty", "binary", "no-text", "unsupported-type"}

TAGS = "p b i a div span ul ol li table tr td th h1 h2 sup sub blockquote pre code script style svg"
PIECES = (
    *(f"<{tag}>" for tag in TAGS.split()),
    *(f"</{tag}>" for tag in TAGS.split()),
    *("<br>", "<hr/>", "<img src=x alt=y>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "<", ">"),
    *("<a href='https://a.example/b'>", '<a href="#cite_note-1">', "<a href=", "<li id=fn1>"),
    *("<table><tr><td colspan=99>", "<ol class=references>", "<select><option>", "<template>"),
    *("[1]", "[2][3]", "[4-6]", "[^1]", " said. ", "Kyiv fell silent", "References", "1. "),
    *("https://a.example/c ", "&amp;", "&#0;", "&#xD800;", "&nope;", "\0", "\u202e", "é", "中文。"),
    *("<meta charset=utf-16>", "<base href='//b.example'>", "<title>", "</title>", "\n\n", "\t"),
)
pages = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map(
    lambda pieces: ("<!doctype html>" + "".join(pieces)).encode("utf-8", "surrogatepass")
)
generated = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(warm=True) as workers:
        yield workers


def told(read: object, body: bytes) -> tuple[object, ...]:
    """What a reader returns or raises, as something to compare."""
    assert callable(read)
    try:
        return tuple(read(body, name="a.html", media_type=None, charset=None))
    except ExtractError as error:
        return (error.input, error.code, error.message, error.remedy)


@settings(generated, max_examples=200)
@given(pages)
@pytest.mark.no_cover
def test_a_page_reads_the_same_in_a_child(workers: Workers, body: bytes) -> None:
    assert told(workers.read, body) == told(extract, body)


@settings(generated, max_examples=3_000)
@given(pages)
@pytest.mark.no_cover
def test_no_generated_page_brings_a_child_down(workers: Workers, body: bytes) -> None:
    before = workers.pids()
    document, code, *_ = told(workers.read, body)

    assert isinstance(document, Document) or code in REFUSED
    assert workers.pids() == before


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_shape_is_read_or_fails_for_a_reason(workers: Workers, shape: str) -> None:
    document, code, message, *_ = told(workers.read, SHAPES[shape])

    if isinstance(document, Document):
        assert document.text
    else:
        assert code in LOST
        assert "lxml" in str(message), "with the versions of what read it"
    good = b"<!doctype html><p>Kyiv fell silent [1].</p>"
    assert told(workers.read, good) == told(extract, good)


@pytest.mark.no_cover
def test_a_flood_of_comments_is_read(workers: Workers) -> None:
    document, *_ = told(workers.read, SHAPES["comment flood"])

    assert isinstance(document, Document)
    assert "After it" in document.text
