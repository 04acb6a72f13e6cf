"""Answers as the services' APIs return them -> Markdown with markers, and references."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.extract.answers import read_answer


def read(response: Any) -> tuple[str, list[tuple[str | None, str | None, str | None]]]:
    answer = read_answer(json.dumps(response))
    assert answer is not None
    return answer.text, [(ref.marker, ref.url, ref.title) for ref in answer.references]


def test_perplexity_numbers_its_sources_itself() -> None:
    response = {
        "choices": [{"message": {"role": "assistant", "content": "The dam broke [1][2]."}}],
        "citations": ["https://a.example/1", "https://b.example/2"],
        "search_results": [{"url": "https://a.example/1", "title": "Dam"}],
    }

    assert read(response) == (
        "The dam broke [1][2].",
        [("1", "https://a.example/1", "Dam"), ("2", "https://b.example/2", None)],
    )


def test_openai_offsets_count_utf_16_units() -> None:
    text = "🌊 The dam broke. It was old."
    end = len("🌊 The dam broke.".encode("utf-16-le")) // 2
    annotation = {
        "type": "url_citation",
        "start_index": 0,
        "end_index": end,
        "url": "https://a.example/1",
        "title": "Dam",
    }
    responses = {
        "output": [
            {"content": [{"type": "output_text", "text": text, "annotations": [annotation]}]}
        ]
    }
    chat = {
        "choices": [
            {
                "message": {
                    "content": text,
                    "annotations": [{"type": "url_citation", "url_citation": annotation}],
                }
            }
        ]
    }

    expected = ("🌊 The dam broke.[1] It was old.", [("1", "https://a.example/1", "Dam")])
    assert read(responses) == expected
    assert read(chat) == expected


def test_a_link_that_openai_wrote_into_the_text_is_not_doubled() -> None:
    text = "It broke ([a.example](https://a.example/1))."
    annotation = {"start_index": 9, "end_index": len(text) - 1, "url": "https://a.example/1"}

    assert read({"choices": [{"message": {"content": text, "annotations": [annotation]}}]}) == (
        text,
        [],
    )


def test_gemini_offsets_count_bytes() -> None:
    text = "Der Dämm brach. Er war alt."
    response = {
        "candidates": [
            {
                "content": {"parts": [{"text": text[:5]}, {"text": text[5:]}]},
                "groundingMetadata": {
                    "groundingChunks": [
                        {"web": {"uri": "https://a.example/1", "title": "a.example"}},
                        {"web": {"uri": "https://b.example/2"}},
                    ],
                    "groundingSupports": [
                        {
                            "segment": {"endIndex": len("Der Dämm brach.".encode())},
                            "groundingChunkIndices": [0, 1, 7],
                        }
                    ],
                },
            }
        ]
    }

    assert read(response) == (
        "Der Dämm brach.[1][2] Er war alt.",
        [("1", "https://a.example/1", "a.example"), ("2", "https://b.example/2", None)],
    )


def test_anthropic_cites_piece_by_piece() -> None:
    cited = {"type": "web_search_result_location", "url": "https://a.example/1", "title": "Dam"}
    document = {"type": "char_location", "document_title": "Report.pdf", "cited_text": "old"}
    response = {
        "type": "message",
        "role": "assistant",
        "content": [
            {"type": "server_tool_use", "name": "web_search"},
            {"type": "text", "text": "The dam broke. ", "citations": [cited, cited]},
            {"type": "text", "text": "It was old.", "citations": [document]},
            {"type": "text", "text": " Nobody knew."},
        ],
    }

    assert read(response) == (
        "The dam broke.[1] It was old.[2] Nobody knew.",
        [("1", "https://a.example/1", "Dam"), ("2", None, "Report.pdf")],
    )


def test_several_responses_share_one_numbering() -> None:
    def one(text: str, url: str) -> dict[str, Any]:
        annotation = {"end_index": len(text), "url": url}
        return {"choices": [{"message": {"content": text, "annotations": [annotation]}}]}

    text, references = read([one("A.", "https://a.example/1"), one("B.", "https://a.example/1")])
    assert text == "A.[1]\n\nB.[1]"
    assert len(references) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "3", '{"choices": [{"message": {"content": " "}}]}']
)
def test_other_json_is_no_answer(text: str) -> None:
    assert read_answer(text) is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            [
                "choices", "message", "content", "annotations", "url", "end_index", "start_index",
                "candidates", "parts", "text", "groundingMetadata", "groundingChunks", "web",
                "groundingSupports", "segment", "endIndex", "groundingChunkIndices", "citations",
                "output", "type", "role", "search_results", "url_citation",
            ]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(json_values)
def test_any_json_whatever_is_read_or_refused(value: Any) -> None:
    answer = read_answer(json.dumps(value))

    assert answer is None or answer.text.strip()
