"""A bibliography from outside, and a text that cites author and year."""

import json
from datetime import UTC, datetime

import pytest

from ledger.document import Reference
from ledger.extract.lists.by_author import as_cited
from ledger.extract.lists.given import read_references
from ledger.inputs.receive import Received
from ledger.pipeline.item import spelled
from ledger.pipeline.parse import parse

BIBTEX = """
@article{smith2019, author={Smith, Jane}, title={Rents}, year={2019}, url={https://a.example/1}}
@article{roe2018, author={A. Roe and Doe, B.}, title={Ohio}, year=2018, url={https://a.example/2}}
@book{who, author={{World Health Organization}}, title={Air}, date={2021-03-04},
  url={https://a.example/3}}
@misc{untold, title={No author}, url={https://a.example/4}}
"""
CSL = """[
 {"id": "s", "type": "book", "author": [{"family": "Smith", "given": "Jane"}],
  "issued": {"date-parts": [[2019, 1]]}, "URL": "https://a.example/1"},
 {"id": "r", "type": "book", "author": [{"family": "Roe"}, {"family": "Doe"}],
  "issued": {"raw": "May 2018"}, "URL": "https://a.example/2"},
 {"id": "w", "type": "book", "author": [{"literal": "World Health Organization"}],
  "issued": {"date-parts": [["2021"]]}, "URL": "https://a.example/3"},
 {"id": "u", "type": "book", "author": [], "issued": null, "URL": "https://a.example/4"}
]"""
RIS = """TY  - BOOK
ID  - s
AU  - Smith, Jane
PY  - 2019/03//
UR  - https://a.example/1
ER  - 
TY  - BOOK
ID  - r
A1  - Roe, A.
PY  - 2018
UR  - https://a.example/2
ER  - 
TY  - BOOK
ID  - w
AU  - World Health Organization
PY  - 2021
UR  - https://a.example/3
ER  - 
TY  - BOOK
ID  - u
UR  - https://a.example/4
ER  - 
"""  # noqa: W291 - a record of RIS ends with a space
TEXT = (
    "Rents rose (Smith, 2019). They fell in Ohio (Roe & Doe, 2018, p. 4). "
    "The WHO (2021) says so. The accord (Paris, 2015) held."
)
LISTS = pytest.mark.parametrize(
    ("name", "text"), [("a.bib", BIBTEX), ("a.json", CSL), ("a.ris", RIS)]
)


def page(name: str, body: str, media_type: str) -> Received:
    at = f"file:///{name}"
    return Received(name, at, at, body.encode(), datetime(2025, 1, 1, tzinfo=UTC), media_type)


@LISTS
@pytest.mark.parametrize("html", [False, True])
def test_a_text_that_cites_author_and_year_leads_into_a_bibliography(
    name: str, text: str, html: bool
) -> None:
    given = read_references(text, name)
    body, kind = (
        (f"<article><p>{TEXT}</p></article>", "text/html") if html else (TEXT, "text/plain")
    )

    item = json.loads(spelled("a", parse(page("a", body, kind), given)))

    cited = [[(c["marker"], c["url"]) for c in claim["citations"]] for claim in item["claims"]]
    assert cited == [
        [("Smith 2019", "https://a.example/1")],
        [("Roe 2018", "https://a.example/2")],
        [("WHO 2021", "https://a.example/3")],
        [],
    ]
    assert item["claims"][0]["exact"] == "Rents rose."


@LISTS
def test_entries_that_the_text_does_not_name_keep_their_keys(name: str, text: str) -> None:
    given = read_references(text, name)

    assert as_cited(given, "Nothing is cited here (Smith, 2004).") == given


def test_a_letter_that_the_bibliography_lacks_leads_nowhere_and_is_said() -> None:
    given = read_references(
        "@misc{a, author={Lee, B.}, year={2020}, url={https://a.example/1}}\n"
        "@misc{b, author={Lee, B.}, year={2020}, url={https://a.example/2}}\n"
        '@misc{c, author={M{\\"u}ller, Karl}, year={2019}, url={https://a.example/3}}\n',
        "a.bib",
    )
    body = "It rose (Müller, 2019). It fell (Lee, 2020a). Nobody knows (Brown, 2017)."

    item = json.loads(spelled("a", parse(page("a.md", body, "text/markdown"), given)))

    assert [[(c["marker"], c["gap"]) for c in claim["citations"]] for claim in item["claims"]] == [
        [("Müller 2019", None)],
        [("Lee 2020a", "no-reference")],
        [],
    ]
    kept = [each["detail"] for each in item["findings"] if each["code"] == "works-kept"]
    assert kept == ["1 name with a year in brackets was read as words: (Brown, 2017)"]


def test_a_text_that_cites_by_keys_and_by_names_is_led_by_both() -> None:
    given = read_references(BIBTEX, "a.bib")
    body = "Rents rose [@smith2019]. They fell (Smith, 2019)."

    item = json.loads(spelled("a", parse(page("a.md", body, "text/markdown"), given)))

    assert [[c["marker"] for c in claim["citations"]] for claim in item["claims"]] == [
        ["smith2019"],
        ["Smith 2019"],
    ]


@pytest.mark.parametrize("html", [False, True])
def test_keys_in_brackets_that_the_bibliography_has_are_citations(html: bool) -> None:
    given = read_references(BIBTEX, "a.bib")
    body = "Rents rose [smith2019]. They fell [roe2018; smith2019]. A well [well-known] one stands."
    body, kind = (
        (f"<article><p>{body}</p></article>", "text/html") if html else (body, "text/plain")
    )

    item = json.loads(spelled("a", parse(page("a", body, kind), given)))

    assert [[c["url"] for c in claim["citations"]] for claim in item["claims"]] == [
        ["https://a.example/1"],
        ["https://a.example/2", "https://a.example/1"],
        [],
    ]


@pytest.mark.parametrize("raw", ["@", "@article{", "{", "[]", '{"author": {"family": 7}}', "", "x"])
def test_an_entry_that_says_no_author_stays(raw: str) -> None:
    entry = Reference(marker="a", raw=raw, url=None)

    assert as_cited([entry], TEXT) == (entry,)


def test_entries_from_outside_are_not_compared_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[object] = []
    equal = Reference.__eq__

    def noted(one: Reference, other: object) -> bool:
        compared.append(other)
        return equal(one, other)

    monkeypatch.setattr(Reference, "__eq__", noted)
    entries = [Reference(str(n), f"Dams {n}", f"https://a.example/{n}") for n in range(200)]
    address = "file:///a.md"
    body, now = b"It rose [1].", datetime(2025, 1, 1, tzinfo=UTC)
    parse(Received("a.md", address, address, body, now, "text/markdown"), entries)
    assert len(compared) < 2 * len(entries)
