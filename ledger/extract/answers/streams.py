"""Events of answers that were sent piece by piece -> the answers as each would come in one piece.

A stream is recorded as a list of events, as JSON Lines, or as server-sent events ("data: {...}").
Events name the answer that they belong to by an id, or by the place in a list of blocks.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from json import JSONDecoder
from typing import Any

from ledger.extract.answers.beside import LISTS
from ledger.extract.answers.deltas import (
    add_to_agent,
    add_to_block,
    add_to_entry,
    add_to_items,
    add_to_message,
    add_to_parts,
    add_to_retrieved,
    add_to_thread,
    grow,
    settled,
)
from ledger.extract.answers.weave import listed, parsed, record, records, words

_MOST_EVENTS = 200_000
"""Objects of a stream that are put together, each in time that its answer does not lengthen.
Chosen: the longest answers come in some ten thousand."""
_MOST_OTHERS = 1_000
"""Values between the objects that are none, as the ends of streams: of more it is no answer."""
_DECODER, _BETWEEN = JSONDecoder(), re.compile(r"[\s,]*+")
_BEGINS = (
    "response.created interaction.created interaction.start message_start message-start "
    "conversation.response.started start".split()
)
_DONE = (
    "response.completed response.incomplete response.failed "
    "interaction.completed interaction.complete".split()
)
_AGENT = ("message", "agent_message", "message_end")
"""Events of Dify."""
_GROUNDING = ("groundingMetadata", "grounding_metadata")
_PARTS = ("text-delta", "source-url", "source-document")
"""Events of Vercel's kit."""
_OF_BEDROCK = {
    "messageStart": "message_start",
    "contentBlockStart": "content_block_start",
    "contentBlockDelta": "content_block_delta",
}
"""Events that are called by a name of their own, and how Anthropic calls the same."""
_ITEMS = ("response.", "step.", "content.", "interaction.")
"""Events of OpenAI's responses and of Gemini's interactions."""


def responses_in(text: str) -> list[dict[str, Any]]:
    """The responses that some text holds, streams put together; empty when it is no JSON.

    Args:
        text: One response, a list of responses or events, one of them on each line, or one after
            another, each over several lines.
    """
    found = parsed(text)
    if found is None:
        found = list(_lines(text)) or list(_in_a_row(text))
    events = found if isinstance(found, list) else [found]
    return list(_joined(islice(filter(None, records(events)), _MOST_EVENTS)))


def _lines(text: str) -> Iterator[Any]:
    """The objects on the lines; nothing at all when a line is no JSON, or many are no objects."""
    found, others = [], 0
    for line in text.splitlines():
        body = line.strip().removeprefix("data:").strip()
        if not body or body == "[DONE]" or line.startswith(("event:", "id:", ":")):
            continue
        value = parsed(body)
        others += not isinstance(value, dict)
        if value is None or others > _MOST_OTHERS:
            return
        found.append(value)
    yield from found


def _in_a_row(text: str) -> Iterator[Any]:
    """Objects of JSON one after another; nothing at all when something else is between them."""
    found, others = [], 0
    at = 0
    while (next_one := _BETWEEN.match(text, at)) and (at := next_one.end()) < len(text):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        others += not isinstance(value, dict)
        if others > _MOST_OTHERS:
            return
        found.append(parsed(text[at:end]))
        at = end
    yield from found


def _joined(events: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Responses in order of their first event."""
    found: dict[str, dict[str, Any]] = {}
    begun, unfinished = 0, ""
    for number, each in enumerate(events):
        event = _named(each)
        kind = str(event.get("event_type") or event.get("type"))
        if kind in _BEGINS:
            begun = number
        if _add_named(found, kind, begun, event) or _add_bare(found, begun, event):
            continue
        if event.get("event") in _AGENT and words(event.get("message_id")):
            add_to_agent(found.setdefault(f"agent:{event['message_id']}", {}), event)
        elif any("delta" in choice for choice in records(event.get("choices"))):
            _add_choices(found.setdefault(f"chat:{event.get('id')}", {"choices": []}), event)
        elif event.get("candidates"):
            name = words(event.get("responseId", event.get("response_id")))
            key = name or unfinished or str(number)
            _add_candidates(found, f"gemini:{key}", event)
            unfinished = "" if name or _is_finished(event) else key
        else:
            found[f"event:{number}"] = event
    return map(settled, found.values())


def _named(event: dict[str, Any]) -> dict[str, Any]:
    """An event with its name as its type, as all others have it."""
    name = next(filter(event.__contains__, _OF_BEDROCK), None)
    if name is None:
        return event
    inner = record(event[name])
    return {**inner, "type": _OF_BEDROCK[name], "index": inner.get("contentBlockIndex")}


def _add_named(
    found: dict[str, dict[str, Any]], kind: str, begun: int, event: dict[str, Any]
) -> bool:
    """Add an event that says of what kind it is to the answer that begun with that number.

    Returns:
        Whether it is of a known kind.
    """
    whole = record(event.get("response")) or record(event.get("interaction"))
    if kind in _DONE and any(whole.get(name) for name in ("output", "steps", "outputs")):
        found[f"items:{begun}"] = whole
    elif kind.startswith(_ITEMS):
        add_to_items(found.setdefault(f"items:{begun}", {}), kind, event)
    elif kind == "message_start":
        found[f"blocks:{begun}"] = _said()
    elif kind in ("content_block_start", "content_block_delta"):
        add_to_block(found.setdefault(f"blocks:{begun}", _said()), event)
    elif kind == "message.output.delta":
        add_to_entry(found.setdefault(f"entries:{begun}", {}), event)
    elif kind in _PARTS:
        add_to_parts(found.setdefault(f"parts:{begun}", {"role": "assistant"}), kind, event)
    elif kind in ("content-delta", "citation-start"):
        add_to_message(found.setdefault(f"message:{begun}", {}), event)
    else:
        return False
    return True


def _said() -> dict[str, Any]:
    return {"type": "message", "role": "assistant", "content": []}


def _add_bare(found: dict[str, dict[str, Any]], begun: int, event: dict[str, Any]) -> bool:
    """Add an event that is known by what it holds; whether it is one.

    OpenAI's threads send a message in pieces and then whole, Bedrock the text of an answer and then
    what it was retrieved from.
    """
    kind, name = event.get("object"), f"thread:{event.get('id')}"
    if kind == "thread.message.delta":
        add_to_thread(found.setdefault(name, {"role": "assistant"}), event)
    elif kind == "thread.message" and name in found and event.get("content"):
        found[name] = event
    elif list(event) == ["output"] and words(record(event["output"]).get("text")):
        add_to_retrieved(found.setdefault(f"retrieved:{begun}", {}), event)
    elif list(event) == ["citation"] and f"retrieved:{begun}" in found:
        add_to_retrieved(found[f"retrieved:{begun}"], event)
    elif isinstance(record(event.get("answer")).get("replies"), list):
        whole = found.setdefault(f"assist:{begun}", {"answer": {"replies": []}})
        whole["answer"]["replies"] += event["answer"]["replies"]
    else:
        return False
    return True


def _is_finished(event: dict[str, Any]) -> bool:
    """Whether an event of Gemini is the last of its answer, or the whole."""
    names = ("finishReason", "finish_reason", "groundingMetadata", "grounding_metadata")
    candidates = records(event.get("candidates"))
    return any(candidate.get(name) for candidate in candidates for name in names)


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
        said = delta.get("content")
        if not said and not message["content"]:  # Perplexity sends what was said so far, too
            said = words(record(choice.get("message")).get("content"))
        message["content"].extend([said] if isinstance(said, str) else records(said))
        message["annotations"].extend(listed(delta.get("annotations")))
        message.update({key: delta[key] for key in (*LISTS, "context") if delta.get(key)})
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
            for part in listed(parts):
                grow(content, "parts", part)
        name = next(filter(more.__contains__, _GROUNDING), _GROUNDING[0])
        grounding = record(whole.get(name))
        for key_of, value in record(more.get(name)).items():
            if isinstance(value, list):
                for each in value:
                    grow(grounding, key_of, each)
            else:
                grounding[key_of] = value
        whole[name] = grounding
