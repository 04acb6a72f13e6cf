"""Notebooks -> documents: their Markdown, what their code shows as Markdown, and nothing else."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ExtractError
from ledger.extract import read
from ledger.extract.versions import NOTEBOOK

REPORT = ["# Ports\n", "\n", "Ports grew by half [1].\n"]
LIST = "## Sources\n\n[1] Ships https://ships.example/late\n"


def cell(kind: str, source: Any, outputs: Any = ()) -> dict[str, Any]:
    found = {"cell_type": kind, "metadata": {}, "source": source}
    return {**found, "outputs": list(outputs)} if kind == "code" else found


def notebook(*cells: Any, **more: Any) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, **more}).encode()


def test_cells_of_markdown_are_one_text_and_code_is_none() -> None:
    body = notebook(
        cell("markdown", REPORT),
        cell("code", "x[1] = y[2]"),
        cell("raw", "raw"),
        cell("markdown", LIST),
    )
    found, media_type, _ = read(body, name="a.ipynb")
    assert (found.extractor, found.title, media_type) == (NOTEBOOK, "Ports", "application/json")
    assert [mention.labels for mention in found.mentions] == [("1",)]
    assert [each.urls for each in found.references] == [("https://ships.example/late",)]
    assert "x[1]" not in found.text
    assert not found.findings


def test_what_code_shows_as_markdown_is_read_and_what_it_prints_is_told() -> None:
    shown = {"output_type": "display_data", "data": {"text/markdown": REPORT, "text/plain": "<M>"}}
    log = {"output_type": "stream", "name": "stdout", "text": ["word "] * 30}
    short = {"output_type": "execute_result", "data": {"text/plain": "(3, 4)"}}
    body = notebook(
        cell("code", "show()", [shown]), cell("code", "log()", [log]), cell("code", "s", [short])
    )
    found = read(body, name="a.ipynb")[0]
    assert "Ports grew by half." in found.text
    told = {each.code: each.detail for each in found.findings}
    assert told["text-left-out"] == "what the code of 1 cell printed is not read"


@pytest.mark.parametrize("kind", ["text/html", "text/latex", "text/plain"])
def test_what_code_shows_in_another_form_is_told(kind: str) -> None:
    shown = {"output_type": "display_data", "data": {kind: "<p>" + "word " * 30 + "</p>"}}
    styled = {"output_type": "display_data", "data": {kind: f"<style>{'p {} ' * 30}</style><p>9"}}
    body = notebook(cell("markdown", REPORT), cell("code", "a", [shown]))
    assert "text-left-out" in {each.code for each in read(body, name="a.ipynb")[0].findings}
    if kind == "text/html":
        body = notebook(cell("markdown", REPORT), cell("code", "a", [styled]))
        assert "text-left-out" not in {e.code for e in read(body, name="a.ipynb")[0].findings}


def test_raw_cells_are_told_but_for_what_they_say_of_the_notebook() -> None:
    text, about = "word " * 30, "---\n" + "title: dams\n" * 30 + "---\n"
    raw = cell("raw", text) | {"metadata": {"raw_mimetype": "text/restructuredtext"}}
    own = cell("raw", "It was old.") | {"metadata": {"raw_mimetype": "text/markdown"}}
    found = read(notebook(cell("raw", about), cell("markdown", REPORT), raw, own), name="a.ipynb")
    told = {each.code: each.detail for each in found[0].findings}
    assert told["text-left-out"] == "raw cells, which are for programs: 1"
    assert found[0].text.endswith("It was old.")


def test_headings_may_be_cells_of_their_own() -> None:
    heading = cell("heading", ["The\n", "dam"]) | {"level": 2}
    found = read(
        notebook(cell("markdown", REPORT), heading, cell("markdown", "It fell.")), name="a"
    )
    assert [block.section for block in found[0].blocks][-1] == ("The dam",)


def test_the_sheets_of_an_old_notebook_are_read() -> None:
    sheets = [{"cells": [cell("markdown", "".join(REPORT))]}]
    body = json.dumps({"worksheets": sheets, "nbformat": 3}).encode()
    assert "Ports grew by half." in read(body, name="a.ipynb")[0].text


@pytest.mark.parametrize("body", [notebook(), notebook(cell("code", "x"))])
def test_a_notebook_without_a_text_says_so(body: bytes) -> None:
    with pytest.raises(ExtractError) as raised:
        read(body, name="a.ipynb")
    assert raised.value.code == "no-text"
    assert "this notebook has no Markdown" in str(raised.value)


def test_what_only_has_the_key_of_one_is_no_notebook() -> None:
    with pytest.raises(ExtractError) as raised:
        read(b'{"nbformat": "four"}', name="a.ipynb")
    assert raised.value.code == "unsupported-type"


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("cells", "source", "outputs", "data", "text", "cell_type", "text/markdown")
            ),
            inside,
            max_size=4,
        )
    ),
)


@given(_JSON)
def test_no_notebook_is_too_strange(cells: Any) -> None:
    body = json.dumps({"cells": cells, "nbformat": 4, "worksheets": cells}).encode()
    with contextlib.suppress(ExtractError):
        read(body, name="a.ipynb")
