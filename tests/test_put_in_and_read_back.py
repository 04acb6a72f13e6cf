"""Markers put into clean prose in any dialect come back, each at its sentence and with its page."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.inputs import Received
from ledger.pipeline.read import read

NOW = datetime(2025, 1, 1, tzinfo=UTC)
NOUNS = ["The ferry", "A crane", "The quay", "One ministry", "The harbour board", "Every trawler"]
VERBS = [
    "left late",
    "came back on Monday",
    "was closed",
    "lost 40 percent",
    "sank off the U.S. coast",
]
PLACES = ["", " near the northern pier", ", officials said", " after Gen. Roe spoke", " (again)"]


def page(number: int) -> str:
    return f"https://page{number}.example/story"


def alone(template: str) -> Callable[[list[int]], str]:
    """Each number in a marker of its own."""
    return lambda numbers: "".join(template.format(n=n, url=page(n)) for n in numbers)


DIALECTS: dict[str, Callable[[list[int]], str]] = {
    "plain": alone("[{n}]"),
    "listed": lambda numbers: f"[{', '.join(map(str, numbers))}]",
    "full-width": alone("［{n}］"),
    "lenticular": alone("【{n}】"),
    "located": alone("【{n}†source】"),
    "linked twice": alone("[[{n}]]({url})"),
    "linked": alone("[{n}]({url})"),
    "escaped": alone("\\[{n}\\]"),
    "footnote": alone("[^{n}]"),
    "caret": alone("[^{n}^]"),
    "citation": alone("[citation:{n}]"),
    "cite": lambda numbers: f"[cite: {', '.join(map(str, numbers))}]",
    "raised": lambda numbers: f"<sup>{','.join(map(str, numbers))}</sup>",
    "carets": lambda numbers: f"^{','.join(map(str, numbers))}^",
    "circled": lambda numbers: "".join(chr(ord("①") + n - 1) for n in numbers),
}
FOOTNOTES = {"footnote"}

sentences = st.builds("{}{}{}".format, st.sampled_from(NOUNS), st.just(" "), st.sampled_from(VERBS))
placed = st.builds(
    lambda core, place, cited: (core + place, cited),
    sentences,
    st.sampled_from(PLACES),
    st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True),
)


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("behind", [False, True], ids=["before the stop", "behind the stop"])
@settings(max_examples=12)
@given(parts=st.lists(placed, min_size=2, max_size=6))
def test_what_is_put_in_is_read_back(
    name: str, behind: bool, parts: list[tuple[str, list[int]]]
) -> None:
    mark = DIALECTS[name]
    written = [
        f"{words}.{mark(cited)}" if behind else f"{words}{mark(cited)}." for words, cited in parts
    ]
    opening = "[^{}]: {}" if name in FOOTNOTES else "[{}] {}"
    entries = "\n".join(opening.format(n, page(n)) for n in range(1, 10))
    text = f"{' '.join(written)}\n\n## References\n\n{entries}\n"

    reading = read(Received("a.md", "file:///a.md", "file:///a.md", text.encode(), NOW))

    found: dict[str, tuple[str, list[tuple[str | None, str | None]]]] = {
        claim.id: (claim.exact, []) for claim in reading.claims
    }
    for citation in reading.citations:
        found[citation.claim_id][1].append((citation.marker, citation.url))
    assert list(found.values()) == [
        (f"{words}.", [(str(n), page(n)) for n in cited]) for words, cited in parts
    ]
