"""Answers as the services' APIs return them -> Markdown with markers, and references."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import extract
from ledger.errors import ExtractError
from ledger.extract.answers import gemini
from ledger.extract.answers.answer import read_answer


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
                "output", "type", "role", "search_results", "url_citation", "answer", "sources",
                "outputs", "start", "end", "documents", "document_ids", "retrievedReferences",
                "generatedResponsePart", "textResponsePart", "location", "search_info", "index",
                "steps", "data", "kwargs", "lc", "id", "messages", "response_metadata",
                "additional_kwargs", "grounding_metadata", "context", "metadata", "final_report",
                "event", "event_type", "delta", "item", "output_index", "annotation", "message_id",
                "replies", "groundedContent", "textGroundingMetadata", "references", "segments",
                "referenceIndices", "attributions", "attributionType", "modelResponse", "sender",
                "cardAttachmentsJson",
            ]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.parametrize(
    "response",
    [
        {"name": "ledger", "version": "1.0", "links": ["https://a.example/1"]},
        {"text": "The dam broke on Monday night.", "lang": "en"},
        {
            "role": "user",
            "content": "Did the dam break at all? [1]",
            "links": ["https://a.example"],
        },
        {"type": "response.output_text.delta", "text": "Of a dam ([a](https://a.example/1))."},
        {"query": "Did the dam break at all?", "results": [{"url": "https://a.example/1"}]},
    ],
)
def test_a_text_that_cites_nothing_and_a_list_without_a_text_are_no_answer(response: Any) -> None:
    assert read_answer(json.dumps(response)) is None


@pytest.mark.parametrize(
    "around",
    [
        {
            "sources": [
                {"id": 2, "url": "https://b.example/2"},
                {"id": 1, "link": "https://a.example/1"},
            ]
        },
        {"references": {"2": {"uri": "https://b.example/2"}, "1": {"href": "https://a.example/1"}}},
        {"urls": ["https://a.example/1", "https://b.example/2"]},
        {
            "web": {
                "search_results": [{"url": "https://a.example/1"}, {"url": "https://b.example/2"}]
            }
        },
    ],
)
def test_a_list_beside_a_text_is_cited_by_its_labels_or_by_place(around: Any) -> None:
    expected = (
        "The old dam broke [1]. It was old [2].",
        [("1", "https://a.example/1", None), ("2", "https://b.example/2", None)],
    )

    assert read({"answer": expected[0], **around}) == expected
    assert read({"data": {"result": {"report": expected[0]}, **around}}) == expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("The old dam broke [ref_3].", "ref_3", "The old dam broke [3]."),
        ("The old dam broke [S1, S2].", "S1", "The old dam broke [S1, S2]."),
        ("The old dam broke [S1].", "S1", "The old dam broke [1]."),
        ("The old dam broke [0].", 0, "The old dam broke [0]."),
    ],
)
def test_labels_that_are_no_numbers_become_some(text: str, label: Any, expected: str) -> None:
    response = {"answer": text, "sources": [{"id": label, "url": "https://a.example/1"}]}

    assert read(response)[0] == expected


@given(json_values)
@pytest.mark.no_cover
def test_any_json_whatever_is_read_or_refused(value: Any) -> None:
    answer = read_answer(json.dumps(value))

    assert answer is None or answer.text.strip()


@pytest.mark.parametrize("speaker", [{"role": {"a": 1}}, {"from": {"role": ["bot"]}}])
def test_a_role_that_is_no_word_is_nobody_s(speaker: dict[str, Any]) -> None:
    said = {"type": "message", **speaker, "text": "The dam broke."}

    assert read_answer(json.dumps({"activities": [said]})) is None


def test_perplexity_answers_of_a_list_have_one_numbering() -> None:
    def one(text: str, *urls: str) -> dict[str, Any]:
        return {"choices": [{"message": {"content": text}}], "citations": list(urls)}

    text, references = read(
        [
            one("A [1]. B [2].", "https://a.example/1", "https://b.example/2"),
            one("C [1][2]. D [9].", "https://b.example/2", "https://c.example/3"),
        ]
    )

    assert text == "A [1]. B [2].\n\nC [2][3]. D [4]."  # nothing is listed for the last
    assert [ref[:2] for ref in references] == [
        ("1", "https://a.example/1"),
        ("2", "https://b.example/2"),
        ("3", "https://c.example/3"),
    ]


def test_an_address_listed_twice_has_one_number_and_the_others_keep_theirs() -> None:
    urls = ["https://a.example/1", "https://a.example/1", "https://b.example/2"]
    message = {"message": {"content": "A [2]. B [3]."}}

    assert read({"choices": [message], "citations": urls})[0] == "A [1]. B [3]."


def test_search_results_alone_are_a_list() -> None:
    results = [{"url": "https://a.example/1", "title": "Dam", "date": "2025-05-01"}]
    message = {"message": {"role": "assistant", "content": "A [1]."}}

    assert read({"choices": [message], "search_results": results}) == (
        "A [1].",
        [("1", "https://a.example/1", "Dam")],
    )


def test_files_that_openai_cites_have_no_address() -> None:
    text = "The dam broke. It was old."
    annotations = [
        {"type": "file_citation", "index": 14, "file_id": "file-1", "filename": "dams.pdf"},
        {"type": "file_citation", "index": 1, "file_id": "file-2", "filename": "old.pdf"},
        {
            "type": "container_file_citation",
            "filename": "plan.csv",
            "start_index": 0,
            "end_index": 7,
        },
        {"type": "file_path", "file_id": "file-3", "index": 3},
    ]
    output = [
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "I think."}]},
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "output_text", "text": text, "annotations": annotations}],
        },
    ]

    assert read({"output": output}) == (
        "The dam[3] broke.[1] It was old.[2]",  # no file is cited in the middle of a word
        [("1", None, "dams.pdf"), ("2", None, "old.pdf"), ("3", None, "plan.csv")],
    )


def test_a_mark_in_the_text_gives_way_to_its_source() -> None:
    text = "The dam broke【4:0†source】."
    place = {"start_index": 13, "end_index": 25, "file_citation": {"file_id": "file-1"}}
    message = {
        "role": "assistant",
        "content": [{"type": "text", "text": {"value": text, "annotations": [place]}}],
    }

    assert read(message) == ("The dam broke[1].", [("1", None, "file-1")])


def test_prompts_and_thoughts_are_no_answers() -> None:
    messages = [
        {"role": "user", "content": "Did the dam break? [1]"},
        {"role": "assistant", "content": "It did."},
        {"role": "user", "content": [{"type": "text", "text": "Really?"}]},
        {"role": "assistant", "content": [{"type": "thinking", "text": "Hm."}]},
    ]
    parts = [{"text": "Hm. ", "thought": True}, {"text": "It did."}]
    segment = {"partIndex": 1, "endIndex": 7}
    candidate = {
        "content": {"role": "model", "parts": parts},
        "grounding_metadata": {
            "grounding_chunks": [{"maps": {"uri": "https://a.example/1", "title": "Dam"}}],
            "grounding_supports": [{"segment": segment, "grounding_chunk_indices": [0]}],
        },
    }

    assert read(messages) == ("It did.", [])
    assert read({"messages": messages}) == ("It did.", [])
    assert read({"candidates": [candidate]}) == (
        "It did.[1]",
        [("1", "https://a.example/1", "Dam")],
    )


def test_the_words_of_a_segment_count_more_than_its_offsets() -> None:
    candidate = {
        "content": {"parts": [{"text": "Der Dämm brach. Er war alt."}]},
        "groundingMetadata": {
            "groundingChunks": [{"retrievedContext": {"uri": "gs://store/a", "title": "a.pdf"}}],
            "groundingSupports": [
                {
                    "segment": {"endIndex": 15, "text": "Der Dämm brach."},  # code points
                    "groundingChunkIndices": [0],
                }
            ],
        },
    }

    assert read({"candidates": [candidate]})[0] == "Der Dämm brach.[1] Er war alt."


def test_a_search_result_and_a_nameless_document_are_told_apart() -> None:
    content = [
        {
            "type": "text",
            "text": "A.",
            "citations": [
                {"type": "search_result_location", "source": "https://a.example/1", "title": "Dam"},
                {"type": "page_location", "document_index": 0, "document_title": None},
                {"type": "content_block_location", "document_index": 1},
            ],
        }
    ]

    assert read({"role": "assistant", "type": "message", "content": content}) == (
        "A.[1][2][3]",
        [("1", "https://a.example/1", "Dam"), ("2", None, "document 1"), ("3", None, "document 2")],
    )


ANTHROPIC_EVENTS = [
    {"type": "message_start", "message": {"role": "assistant", "content": []}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "The dam "}},
    {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "broke."}},
    {
        "type": "content_block_delta",
        "delta": {"type": "citations_delta", "citation": {"url": "https://a.example/1"}},
    },
    {"type": "content_block_stop", "index": 0},
    {"type": "message_stop"},
]
CHAT_EVENTS = [
    {"id": "c", "choices": [{"index": 0, "delta": {"role": "assistant", "content": "The dam "}}]},
    {
        "id": "c",
        "choices": [{"index": 0, "delta": {"content": "broke.[1]"}, "message": {"content": "The"}}],
        "citations": ["https://a.example/1"],
    },
]
GEMINI_EVENTS = [
    {"responseId": "g", "candidates": [{"content": {"parts": [{"text": "The dam "}]}}]},
    {
        "responseId": "g",
        "candidates": [
            {
                "content": {"parts": [{"text": "broke."}]},
                "groundingMetadata": {
                    "groundingChunks": [{"web": {"uri": "https://a.example/1"}}],
                    "groundingSupports": [
                        {"segment": {"endIndex": 14}, "groundingChunkIndices": [0]}
                    ],
                },
            }
        ],
    },
]
DONE = {
    "output": [
        {
            "content": [
                {
                    "text": "The dam broke.",
                    "annotations": [{"url": "https://a.example/1", "end_index": 14}],
                }
            ]
        }
    ]
}
RESPONSE_EVENTS = [
    {"type": "response.created", "response": {"output": []}},
    {"type": "response.output_text.delta", "delta": "The dam"},
    {"type": "response.completed", "response": DONE},
]


CITED = {"type": "url_citation", "url": "https://a.example/1", "start_index": 0, "end_index": 14}
CUT_OFF_EVENTS = [
    {"type": "response.created", "response": {"output": []}},
    {"type": "response.output_text.delta", "output_index": 1, "delta": "The dam "},
    {"type": "response.output_text.delta", "output_index": 1, "delta": "broke."},
    {"type": "response.output_text.annotation.added", "output_index": 1, "annotation": CITED},
]
DONE_EVENTS = [
    *CUT_OFF_EVENTS,
    {
        "type": "response.output_item.done",
        "output_index": 1,
        "item": {
            "type": "message",
            "content": [{"type": "output_text", "text": "The dam broke.", "annotations": [CITED]}],
        },
    },
    {"type": "response.completed", "response": {"output": []}},
]
STEP_EVENTS = [
    {"event_type": "interaction.created", "interaction": {"id": "i"}},
    {"event_type": "step.start", "index": 0, "step": {"type": "thought"}},
    {"event_type": "step.delta", "index": 0, "delta": {"type": "text", "text": "Hm."}},
    {"event_type": "step.start", "index": 1, "step": {"type": "model_output"}},
    {"event_type": "step.delta", "index": 1, "delta": {"type": "text", "text": "The dam "}},
    {"event_type": "step.delta", "index": 1, "delta": {"type": "text", "text": "broke."}},
    {
        "event_type": "step.delta",
        "index": 1,
        "delta": {"type": "text_annotation_delta", "annotations": [CITED]},
    },
    {"event_type": "interaction.completed", "interaction": {"id": "i", "status": "completed"}},
]
COHERE_EVENTS = [
    {"type": "message-start", "delta": {"message": {"role": "assistant"}}},
    {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "The dam "}}}},
    {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "broke."}}}},
    {
        "type": "citation-start",
        "index": 0,
        "delta": {
            "message": {
                "citations": {
                    "start": 0,
                    "end": 14,
                    "text": "The dam broke.",
                    "sources": [{"document": {"url": "https://a.example/1"}}],
                }
            }
        },
    },
    {"type": "message-end"},
]
DIFY_EVENTS = [
    {"event": "message", "message_id": "m", "answer": "The dam "},
    {"event": "message", "message_id": "m", "answer": "broke.[1]"},
    {
        "event": "message_end",
        "message_id": "m",
        "metadata": {"retriever_resources": [{"position": 1, "url": "https://a.example/1"}]},
    },
]


def in_snake_case(value: Any) -> Any:
    if isinstance(value, list):
        return [in_snake_case(each) for each in value]
    if isinstance(value, dict):
        return {
            re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", key): in_snake_case(each)
            for key, each in value.items()
        }
    return value


NAMELESS_EVENTS = [{"candidates": event["candidates"]} for event in GEMINI_EVENTS]
EVENTS = [
    ANTHROPIC_EVENTS,
    CHAT_EVENTS,
    GEMINI_EVENTS,
    in_snake_case(GEMINI_EVENTS),
    NAMELESS_EVENTS,
    RESPONSE_EVENTS,
    CUT_OFF_EVENTS,
    DONE_EVENTS,
    STEP_EVENTS,
    COHERE_EVENTS,
    DIFY_EVENTS,
]


@pytest.mark.parametrize("events", EVENTS)
@pytest.mark.parametrize("form", ["list", "lines", "server-sent"])
def test_a_stream_is_put_together(events: list[Any], form: str) -> None:
    lines = [json.dumps(event) for event in events]
    text = {
        "list": f"[{','.join(lines)}]",
        "lines": "\n".join(lines),
        "server-sent": "".join(f"event: e\ndata: {line}\n\n" for line in lines) + "data: [DONE]\n",
    }[form]

    answer = read_answer(text)

    assert answer is not None
    assert answer.text == "The dam broke.[1]"
    assert [ref.url for ref in answer.references] == ["https://a.example/1"]


@given(st.lists(st.sampled_from([event for events in EVENTS for event in events])))
def test_a_stream_that_lost_events_is_read_or_refused(events: list[Any]) -> None:
    answer = read_answer(json.dumps(events))

    assert answer is None or answer.text.strip()


def test_answers_of_gemini_that_are_whole_are_not_put_together() -> None:
    def one(text: str) -> dict[str, Any]:
        return {"candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}]}

    assert read([one("The dam broke."), one("It was old.")])[0] == "The dam broke.\n\nIt was old."


@pytest.mark.parametrize("end", [0, -1, -(10**30), None, "3"])
def test_a_citation_that_stands_nowhere_is_only_listed(end: Any) -> None:
    places = {"start_index": 0, "end_index": end, "url": "https://a.example/1"}
    message = {"role": "assistant", "content": "The dam broke.", "annotations": [places]}

    assert read(message) == ("The dam broke.", [("1", "https://a.example/1", None)])


def test_pieces_of_a_text_with_citations_of_their_own_stay_one_text() -> None:
    content = [
        {"type": "text", "text": "The dam ", "annotations": [{"url": "https://a.example/1"}]},
        {"type": "text", "text": "broke."},
    ]

    assert read({"type": "ai", "content": content})[0] == "The dam[1] broke."


def test_answers_beyond_a_thousand_are_counted() -> None:
    answer = read_answer(json.dumps([{"role": "assistant", "content": "It broke."}] * 1002))

    assert answer is not None
    assert answer.left_out == 2


def test_what_is_wrapped_too_deep_is_no_answer() -> None:
    assert read_answer('{"response":' * 500 + "{}" + "}" * 500) is None


def test_what_a_search_found_is_no_answer() -> None:
    found = {"url": "https://a.example/1", "content": "It broke, see [here](https://b.example/2)."}
    assert read_answer(json.dumps({"query": "dams", "answer": None, "results": [found]})) is None


@pytest.mark.parametrize(
    "text",
    [
        'data: {"event": "cmpl", "text": "The dam"}\n\ndata: {"event": "cmpl", "text": "!"}\n',
        'event: ready\ndata: {"p": "content", "v": "The dam broke [1]."}\n',
    ],
)
def test_events_of_a_service_that_is_not_known_are_no_words(text: str) -> None:
    with pytest.raises(ExtractError, match="is not the answer of an AI service"):
        extract.read(text.encode(), name="answer.txt")


@pytest.mark.parametrize(
    "text",
    [
        '{"dam"} is what the list calls it. It broke.',
        '{"dam": "It broke."}\n{"dam": "It was old."}\n',
        '{"day": 3}\n\nSo says the list. It broke.\n',
        'data: {"day": 3}\n\nis what the list sends. It broke.\n',
    ],
)
def test_words_behind_what_begins_like_data_and_lines_of_json_are_read(text: str) -> None:
    document, kind, _ = extract.read(text.encode(), name="answer.txt")
    assert (document.text.split(), kind) == (text.split(), "text/plain")


def test_names_of_files_keep_their_blanks_and_addresses_get_none() -> None:
    pages = ["Old dams.pdf", "https://a.example/old dams"]
    answer = read_answer(json.dumps({"answer": "It broke [1]. It fell [2].", "citations": pages}))
    assert answer is not None
    raws = [entry.raw for entry in answer.references]
    assert raws == ["Old dams.pdf", "https://a.example/old%20dams"]


def test_long_numbers_beyond_a_list_are_words() -> None:
    said = "It broke [doc1]. So says Roe [ID 45123], and the law [source 2024]. It fell [doc2]."
    pages = [{"url": "https://a.example/1"}]
    answer = read_answer(json.dumps({"answer": said, "citations": pages}))
    assert answer is not None
    assert answer.text == (
        "It broke [1]. So says Roe [ID 45123], and the law [source 2024]. It fell [2]."
    )


def test_long_numbers_of_a_list_are_cited_by_their_names() -> None:
    pages = [{"id": "2024", "url": "https://a.example/1"}]
    answer = read_answer(json.dumps({"answer": "It broke [doc 2024].", "sources": pages}))
    assert answer is not None
    assert answer.text == "It broke [2024]."


def test_words_of_gemini_are_sought_for_as_many_segments_as_a_model_gives() -> None:
    most = gemini._MOST_SOUGHT
    said = [f"w{number}." for number in range(1000, 1000 + most + 1)]
    supports = [
        {"segment": {"endIndex": 1, "text": each}, "groundingChunkIndices": [0]} for each in said
    ]
    response = {
        "candidates": [
            {
                "content": {"parts": [{"text": " ".join(said)}]},
                "groundingMetadata": {
                    "groundingChunks": [{"web": {"uri": "https://a.example"}}],
                    "groundingSupports": supports,
                },
            }
        ]
    }

    text, _ = read(response)

    assert f"w{999 + most}.[1]" in text
    assert text.endswith(f"w{1000 + most}."), "what is not sought stands where its offset says"


def test_code_of_an_answer_has_no_labels() -> None:
    code = "`users[id1]` and\n\n```\ncache[id9] = users[id1]\n```\n\n"
    response = {
        "answer": f"The dam broke [id1], says {code}It was old `[id1]`.",
        "sources": [{"id": "id1", "url": "https://a.example/1"}],
    }

    text, _ = read(response)

    assert text == f"The dam broke [1], says {code}It was old `[1]`."


def test_a_chunk_of_gemini_that_names_nothing_is_not_listed() -> None:
    chunks = [{"retrievedContext": {"text": "x"}}, {"web": {"uri": "https://a.example/1"}}]
    said = {
        "content": {"role": "model", "parts": [{"text": "The old dam broke."}]},
        "groundingMetadata": {"groundingChunks": chunks},
    }
    answer = read_answer(json.dumps({"candidates": [said]}))
    assert answer is not None
    assert [entry.url for entry in answer.references] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("about", "words", "title"),
    [
        ({"id": "chunk-1", "title": "The dam"}, "x", "The dam"),
        ({"id": "chunk-1"}, "x", "chunk-1"),
        ({"page": 3}, "The dam\n\n[2]: broke", "The dam [2]: broke"),
    ],
)
def test_a_passage_of_bedrock_that_is_nowhere_has_one_line_as_its_title(
    about: dict[str, object], words: str, title: str
) -> None:
    part = {"textResponsePart": {"text": "It broke.", "span": {"start": 0, "end": 8}}}
    found = [{"content": {"text": words}, "metadata": about}]
    cited = [{"generatedResponsePart": part, "retrievedReferences": found}]
    answer = read_answer(json.dumps({"output": {"text": "It broke."}, "citations": cited}))
    assert answer is not None
    assert [entry.title for entry in answer.references] == [title]


def test_passages_that_azure_hands_out_without_an_answer_are_none() -> None:
    found = [{"ref_id": "0", "title": "Dams", "content": "The old dam broke in May."}]
    page = {"id": "0", "activitySource": 1, "sourceData": {"url": "https://a.example/1"}}
    response = {
        "response": [{"content": [{"type": "text", "text": json.dumps(found)}]}],
        "references": [{"type": "searchIndex", **page}],
    }

    assert read_answer(json.dumps(response)) is None


def test_prompts_inside_a_record_are_no_answers() -> None:
    asked = {"content": "See the [list](https://a.example/1) of the old dams.", "type": "human"}
    dumped = {"lc": 1, "id": ["langchain", "HumanMessage"], "kwargs": {**asked, "type": None}}
    logged = {"type": "user", "message": {"role": "user", "content": asked["content"]}}
    for record in (asked, {"data": asked}, dumped, {"messages": [dumped]}, logged):
        assert read_answer(json.dumps(record)) is None


LONG = "1" * 5_000  # more digits than Python reads


@pytest.mark.parametrize(
    "response",
    [
        {
            "answer": "The dam broke in May [1].",
            "sources": [
                {"id": "1", "url": "https://a.example/1"},
                {"id": LONG, "url": "https://a.example/2"},
            ],
        },
        {"choices": [{"message": {"content": [{"type": ["reference"], "text": "It broke [1]."}]}}]},
    ],
)
def test_labels_of_thousands_of_digits_and_kinds_that_are_none_hurt_nobody(response: Any) -> None:
    answer = read_answer(json.dumps(response))

    assert answer is not None
    assert "broke" in answer.text
    assert LONG not in answer.text


@pytest.mark.no_cover
def test_one_long_address_that_is_cited_often_is_read_once() -> None:
    # What is quadratic does not come back; benchmarks/parse.py has the timings.
    address = f" https://a.example/{'a' * 300_000} "
    said = {"text": "The dam broke.", "citations": [0] * 100_000}

    text, references = read({"references": [address], "answer": [said]})

    assert text == "The dam broke.[1]"
    assert references == [("1", address.strip(), None)]


@pytest.mark.parametrize("between", ["null\n", "1 ", "{}\n"])
def test_values_that_say_nothing_hide_no_answer_unless_they_are_many(between: str) -> None:
    answer = json.dumps({"choices": [{"message": {"content": "The dam broke."}}]})

    found = read_answer(between * 3 + answer)
    assert found is not None
    assert found.text == "The dam broke."
    assert read_answer(between * 300_000) is None
