"""A file of references -> references."""

from datetime import UTC, datetime

import pytest

from ledger.errors import UsageError
from ledger.extract.lists.given import read_references
from ledger.inputs import Received
from ledger.pipeline.read import read


def test_csv_with_a_header_line_is_read() -> None:
    found = read_references(
        "\ufeffMarker,URL,title\n5,https://a.example/1,Dam\n[7],,No address\n", "r.csv"
    )

    assert [(ref.marker, ref.url, ref.title) for ref in found] == [
        ("5", "https://a.example/1", "Dam"),
        ("7", None, "No address"),
    ]


def test_a_list_of_objects_is_read() -> None:
    found = read_references('[{"marker": 5, "url": "https://a.example/1"}]', "r.json")

    assert [(ref.marker, ref.url, ref.title) for ref in found] == [
        ("5", "https://a.example/1", None)
    ]


def test_an_object_of_markers_is_read() -> None:
    found = read_references('{"5": "https://a.example/1"}', "r.json")

    assert [(ref.marker, ref.url) for ref in found] == [("5", "https://a.example/1")]


@pytest.mark.parametrize(
    "text",
    [
        '{"marker": "5", "url": "https://a.example/1"}',
        '{"index": 5, "url": "https://a.example/1"}',
        '```json\n{"sources": [{"id": 5, "url": "https://a.example/1"}]}\n```\n',
        '{"references": [{"marker": "[^5]", "url": "https://a.example/1"}]}',
        '\ufeff{"5": "https://a.example/1"}',
        "marker;url;title\n^5;https://a.example/1;\n",
        "marker\turl\n[^5]\thttps://a.example/1\n",
        "Url;Marker\nhttps://a.example/1;5\n",
    ],
)
def test_the_usual_shapes_of_one_entry_are_the_same(text: str) -> None:
    found = read_references(text, "list")

    assert [(ref.marker, ref.url, ref.title) for ref in found] == [
        ("5", "https://a.example/1", None)
    ]


def test_a_marker_without_an_address_is_null_in_a_mapping() -> None:
    assert [(ref.marker, ref.url) for ref in read_references('{"5": null}', "r.json")] == [
        ("5", None)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "marker,address\n5,https://a.example\n",
            "the column url is missing; it has marker, address",
        ),
        (" \n", "it is empty. It needs the columns marker, url"),
        ("It fell.\n", "the columns marker and url are missing; it has it fell"),
        (f"{'a' * 99}," * 20, f"it has {', '.join(['a' * 40] * 8)}, …"),
        ("marker,url\n", "the file contains no references. It needs the columns marker, url"),
        ("marker,url\n,https://a.example\n", "row 2 has no marker"),
        ('marker,url\n5,"https://a.example\n', "line 2 is not CSV"),
        ('marker,url\n5,"https://a.example/\nb"\n6,"https://b.example"c\n', "line 4 is not CSV"),
        ("marker,url\n5,https://a.example,A\n", "line 2: 3 cells under 2 columns"),
        ("marker,url,url\n5,https://a.example,\n", "line 1: the column 'url' is there twice"),
        ('[{"marker": "5"}]', "entry 1 lacks marker or url"),
        ("[1, 2]", "entry 1 lacks marker or url"),
        ("[{", "this is not JSON"),
        ("[5] Reuters, https://a.example\n", "A reference list as printed is read only at the end"),
        ("[" * 100_000, "nested too deeply"),
        ('{"5": ["https://a.example"]}', "the value of '5' is no address"),
        ('{"5": {"url": "https://a.example"}}', "the value of '5' is no address"),
        ('[{"marker": "5", "url": {"href": "https://a.example"}}]', "row 1: the url is no text"),
        ('[{"marker": true, "url": null}]', "row 1: the marker is no text"),
        ("marker;address\n5;https://a.example\n", "the column url is missing"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_references(text, "refs.csv")

    assert message in str(caught.value)
    assert "refs.csv" in str(caught.value)


def test_cells_that_are_empty_or_missing_are_no_fault_of_a_list() -> None:
    listed = read_references(
        "marker,url,title,,\n1,https://a.example,A,,,\n2\n\n3,https://c.example\n", "r.csv"
    )

    assert [(each.marker, each.url, each.title) for each in listed] == [
        ("1", "https://a.example", "A"),
        ("2", None, None),
        ("3", "https://c.example", None),
    ]


@pytest.mark.parametrize("marker", ["²", "①", "1" * 5_000])
def test_a_marker_that_counts_nothing_ends_no_reading(marker: str) -> None:
    listed = read_references(
        f"marker,url\n{marker},https://a.example/1\n3,https://a.example/3\n", "r.csv"
    )
    text = "| No | Source |\n|---|---|\n| ² | https://b.example/ |\n| 3 | https://c.example/ |\n\n"
    text += "Dams fell [²] and [3]."
    at = datetime(2025, 1, 1, tzinfo=UTC)
    reading = read(Received("a.md", "file:///a.md", "file:///a.md", text.encode(), at), listed)

    assert "https://a.example/3" in {each.url for each in reading.citations if each.marker == "3"}
