"""CSL-JSON, RIS and BibTeX -> references, one case per folder of `fixtures/references/`."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ExtractError, UsageError
from ledger.extract import read
from ledger.extract.lists.given import read_references

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "references").iterdir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_list_is_read(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    path = next(folder.glob("list.*"))

    found = read_references(path.read_text(encoding="utf-8"), path.name)

    assert [[each.marker, list(each.urls), each.title] for each in found] == expected
    assert all(each.url == (each.urls[0] if each.urls else None) for each in found)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ris", "TY  - NEWS\nTI  - Dam\n", "1 record begins in this RIS file, and 0"),
        ("a.ris", "TY  - NEWS\nTY  - NEWS\nER  - \n", "2 records begin"),
        ("a.ris", "TY - NEWS\nTI - Dam\nER - \n", "has two spaces before each -"),
        ("a.ris", "TY  - NEWS\nTI  - " + "on\n" * 2000 + "ER  - \n", "goes on for over 1000 lines"),
        ("a.ris", "no record\n", "no references. Export it again with its works: each begins with"),
        ("list", "@misc{a, title = {Dam\n", "line 1 is not valid BibTeX: Unexpectedly reached end"),
        ("a.bib", "\n@misc{a, url={b}, url={c}}\n", "line 2 is not valid BibTeX: Duplicate field"),
        ("a.bib", "@misc{a, title={x}}\n@misc{b, title={x}\n", "the entry at line 2"),
        ("a.bib", "% nothing\n", "no references. Export it again with its works: each begins like"),
        ("a.bib", "@a{b,}\n" * 20_000, "more entries than a list of its length can have. Take the"),
        ("a.csl.json", "[]", "no references. Write a list of objects"),
        ("list", '[{"type": "book", "URL": "https://a.example"}]', "no citation-number and no id"),
    ],
)
def test_what_is_wrong_with_a_bibliography_is_said(name: str, text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_references(text, name)

    assert message in str(caught.value)
    assert name in str(caught.value)


def test_a_library_that_warns_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError):
        read_references("@misc{" * 50, "a.bib")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "opening",
    ["@misc{k, title = {", "TY  - NEWS\nTI  - ", '[{"id": "k", "type": "book", "title": "'],
)
@given(text=st.text(alphabet=st.sampled_from('{}@"\\,=%#TYER-  \n$x1'), max_size=60))
def test_any_text_whatever_is_read_or_refused(opening: str, text: str) -> None:
    try:
        found = read_references(opening + text, "list")
    except UsageError:
        return
    assert found


markers = st.text("abcdefghij0123456789", min_size=1, max_size=8)
hosts = st.sampled_from(["a.example", "b.example", "c.example"])


@given(st.dictionaries(markers, hosts, min_size=1, max_size=6))
def test_every_format_gives_the_same_list_back(entries: dict[str, str]) -> None:
    expected = [(marker, f"https://{host}/p_1") for marker, host in entries.items()]
    bib = "".join(f"@misc{{{key},\n url = {{{url}}},\n}}\n" for key, url in expected)
    ris = "".join(f"TY  - ELEC\nID  - {key}\nUR  - {url}\nER  - \n\n" for key, url in expected)
    csl = json.dumps([{"id": key, "type": "webpage", "URL": url} for key, url in expected])

    for text in (bib, ris, csl):
        found = read_references(text, "list")
        assert [(each.marker, each.url) for each in found] == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.bib", "@misc{a, title={The dam}, url={https://a.example/1}}\n"),
        ("mine.RIS", "TY  - NEWS\nTI  - The dam\nUR  - https://a.example/1\nER  - \n"),
        ("mine.json", '[{"id": "a", "type": "book", "title": "Dam", "URL": "https://a.example"}]'),
        ("mine.json", '[{"marker": "1", "url": "https://a.example"}]'),
    ],
)
def test_a_bibliography_is_no_article(name: str, text: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(text.encode(), name=name)

    assert caught.value.code == "reference-list"
    assert str(caught.value).endswith(f"reference list of an article: --references {name}")


def test_what_one_title_says_of_itself_is_not_said_of_the_next() -> None:
    text = "@book{a, title={\\title{Dams} A \\'e}}\n@book{b, title={\\maketitle{} B}}"

    first, second = read_references(text, "a.bib")

    assert first.title == "A é"
    assert "Dams" not in str(second.title)
