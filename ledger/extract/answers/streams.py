"""Events of answers that were sent piece by piece -> the answers as they would come in one.

A stream is recorded as a list of events, as JSON Lines, or as server-sent events ("data: {...}").
What belongs together says so itself: by an id, or by the place in a list of blocks.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.extract.answers.beside import LISTS
from ledger.extract.answers.weave import listed, parsed, record, records, words

_MOST_EVENTS = 200_000
_DONE = ("response.completed", "response.incomplete", "response.failed")


def responses_in(text: str) -> list[dict[str, Any]]:
    """The responses that some text holds, streams put together; empty when it is no JSON.

    Args:
        text: One response, a list of responses or events, or one of them on each line.
    """
    found = parsed(text)
    if found is None:
        found = list(_lines(text))
    events = found if isinstance(found, list) else [found]
    return list(_joined(record(event) for event in events[:_MOST_EVENTS]))


def _lines(text: str) -> Iterator[Any]:
    """The JSON on each line; nothing at all when a line is something else."""
    found: list[Any] = []
    for line in text.splitlines():
        body = line.strip().removeprefix("data:").strip()
        if not body or body == "[DONE]" or line.startswith(("event:", "id:", ":")):
            continue
        value = parsed(body)
        if value is None:
            return
        found.append(value)
    yield from found


def _joined(events: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Responses in order of their first event."""
    found: dict[str, dict[str, Any]] = {}
    blocks = 0
    for number, event in enumerate(events):
        kind = str(event.get("type"))
        if kind in _DONE and record(event.get("response")):
            found[f"event:{number}"] = record(event["response"])
        elif kind == "message_start":
            blocks = number
            found[f"blocks:{blocks}"] = {"type": "message", "role": "assistant", "content": []}
        elif kind.startswith("content_block_") and f"blocks:{blocks}" in found:
            _add_block(found[f"blocks:{blocks}"]["content"], event)
        elif any("delta" in choice for choice in records(event.get("choices"))):
            _add_choices(found.setdefault(f"chat:{event.get('id')}", {"choices": []}), event)
        elif words(event.get("responseId")) and event.get("candidates"):
            _add_candidates(found, f"gemini:{event['responseId']}", event)
        else:
            found[f"event:{number}"] = event
    return iter(found.values())


def _add_block(content: list[Any], event: dict[str, Any]) -> None:
    """Anthropic: blocks begin, and grow by deltas of text and of citations."""
    if event.get("type") == "content_block_start":
        content.append({"citations": [], **record(event.get("content_block"))})
        return
    delta = record(event.get("delta"))
    if not content:
        return
    block = content[-1]
    if isinstance(delta.get("text"), str):
        block["text"] = str(block.get("text") or "") + delta["text"]
    if isinstance(delta.get("citation"), dict):
        block["citations"] = [*listed(block.get("citations")), delta["citation"]]


def _add_choices(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """Chat completions: each choice grows by its delta; what the last event lists counts."""
    for choice in records(event.get("choices")):
        place = choice.get("index")
        index = place if isinstance(place, int) else 0
        while len(whole["choices"]) <= min(max(index, 0), 100):
            whole["choices"].append(
                {"message": {"role": "assistant", "content": [], "annotations": []}}
            )
        message = whole["choices"][min(max(index, 0), 100)]["message"]
        delta = record(choice.get("delta"))
        if isinstance(delta.get("content"), str):
            message["content"].append(delta["content"])
        message["annotations"].extend(listed(delta.get("annotations")))
    for key in LISTS:
        if event.get(key):
            whole[key] = event[key]


def _add_candidates(found: dict[str, dict[str, Any]], key: str, event: dict[str, Any]) -> None:
    """Gemini: parts follow one another; chunks are numbered over all of them."""
    if key not in found:
        found[key] = event
        return
    for whole, more in zip(
        records(found[key]["candidates"]), records(event["candidates"]), strict=False
    ):
        content = whole.setdefault("content", {})
        if isinstance(content, dict):
            parts = record(more.get("content")).get("parts")
            content["parts"] = [*listed(content.get("parts")), *listed(parts)]
        grounding = record(whole.get("groundingMetadata"))
        for name, value in record(more.get("groundingMetadata")).items():
            both = isinstance(value, list) and isinstance(grounding.get(name), list)
            grounding[name] = [*grounding[name], *value] if both else value
        whole["groundingMetadata"] = grounding
