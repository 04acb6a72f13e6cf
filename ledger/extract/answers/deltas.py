"""The events of a stream, one after another -> the answer as it would come in one response.

The pieces of a text are kept in lists, which `settled` joins at the end: a text that grows word by
word would be copied each time.
"""

from typing import Any

from ledger.extract.answers.weave import listed, record, records

_MOST_ITEMS = 2_000
"""Places of a list up to which a stream may set an item: 10^9 would be as many empty ones. Chosen;
answers have some dozens."""

_MOST_OPEN = 200
"""The last parts of a message, among which the one is that grows."""


def add_to_items(whole: dict[str, Any], kind: str, event: dict[str, Any]) -> None:
    """OpenAI's responses have items, Gemini's interactions steps: both have parts that grow."""
    steps = not kind.startswith("response.")
    items = whole.setdefault("steps" if steps else "output", [])
    place = event.get("index" if steps else "output_index")
    item, delta = _item(items, place), event.get("delta")
    if kind in ("response.output_item.added", "response.output_item.done", "step.start"):
        item.update(record(event.get("step" if steps else "item")))
    elif kind == "response.reasoning.search_results":  # of Perplexity
        whole.setdefault("search_results", []).extend(records(event.get("results")))
    elif kind == "content.start" and record(event.get("content")).get("type") != "text":
        item["type"] = "thought"
    elif kind == "response.output_text.delta":
        _add(item, event.get("content_index"), delta)
    elif kind == "response.output_text.annotation.added":
        _add(item, event.get("content_index"), None, [event.get("annotation")])
    elif isinstance(delta, dict) and delta.get("type") in _SAID:
        item.setdefault("type", "model_output")
        _add(item, 0, delta.get("text"), listed(delta.get("annotations")))


_SAID = ("text", "text_delta", "text_annotation", "text_annotation_delta")


def add_to_block(message: dict[str, Any], event: dict[str, Any]) -> None:
    """Anthropic and Bedrock: blocks grow by deltas of text and of citations."""
    block = _item(message["content"], event.get("index"))
    block.update(record(event.get("content_block")))
    delta = record(event.get("delta"))
    if isinstance(delta.get("text"), str):
        grow(block, "text", delta["text"])
    if isinstance(delta.get("citation"), dict):
        grow(block, "citations", delta["citation"])


def add_to_entry(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """Mistral: entries of a conversation grow by text and by what it cites, in order."""
    entry = _item(whole.setdefault("outputs", []), event.get("output_index"))
    entry["type"] = "message.output"
    content = entry.setdefault("content", [])
    more = event.get("content")
    if isinstance(more, dict):
        content.append(dict(more))
    elif isinstance(more, str):
        if not content or content[-1].get("type") != "text":
            content.append({"type": "text"})
        grow(content[-1], "text", more)


def add_to_parts(whole: dict[str, Any], kind: str, event: dict[str, Any]) -> None:
    """Vercel's kit: a message has parts that are texts, and parts that are sources."""
    parts = whole.setdefault("parts", [])
    if kind != "text-delta":
        parts.append(event)
        return
    name = event.get("id")
    last = parts[: -_MOST_OPEN - 1 : -1]
    part = next((each for each in last if each.get("id") == name and "text" in each), None)
    if part is None:
        parts.append(part := {"type": "text", "id": name, "text": []})
    said = event.get("delta", event.get("text", event.get("textDelta")))
    part["text"].extend([said] if isinstance(said, str) else [])


def add_to_thread(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """OpenAI's threads: parts whose texts are nested once more grow by text and annotations."""
    content = whole.setdefault("content", [])
    for piece in records(record(event.get("delta")).get("content")):
        part, more = _item(content, piece.get("index")), record(piece.get("text"))
        text = part.setdefault("text", {"value": [], "annotations": []})
        text["value"].extend([more["value"]] if isinstance(more.get("value"), str) else [])
        text["annotations"].extend(records(more.get("annotations")))


def add_to_retrieved(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """Bedrock: the text of an answer, and what parts of it were retrieved from."""
    text = record(event.get("output")).get("text")
    if isinstance(text, str):
        grow(whole.setdefault("output", {}), "text", text)
    if cited := record(event.get("citation")):
        grow(whole, "citations", record(cited.get("citation")) or cited)


def _item(items: list[Any], place: object) -> dict[str, Any]:
    """The item at a place of a list, which is made long enough."""
    at = min(max(place, 0), _MOST_ITEMS) if isinstance(place, int) else 0
    items.extend({} for _ in range(len(items), at + 1))
    return record(items[at])


def _add(item: dict[str, Any], place: object, said: object, notes: list[Any] | None = None) -> None:
    content = listed(item.get("content"))
    item["content"] = content
    part = _item(content, place)
    if isinstance(said, str):
        grow(part, "text", said)
    for note in notes or ():
        grow(part, "annotations", note)


def grow(holder: dict[str, Any], name: str, more: Any) -> None:
    """Put something behind what a list has; behind a text it makes a list of both."""
    there = holder.get(name)
    if not isinstance(there, list):
        holder[name] = there = [there] if isinstance(there, str) else []
    there.append(more)


def add_to_message(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """Cohere: a message grows by text and by citations."""
    message = whole.setdefault("message", {"role": "assistant", "citations": []})
    said = record(record(event.get("delta")).get("message"))
    _add(message, event.get("index"), record(said.get("content")).get("text"))
    cited = said.get("citations")
    message["citations"].extend(cited if isinstance(cited, list) else [cited])


def add_to_agent(whole: dict[str, Any], event: dict[str, Any]) -> None:
    """Dify: an answer grows, and what was retrieved comes at its end."""
    if isinstance(event.get("answer"), str):
        grow(whole, "answer", event["answer"])
    whole.update(record(event.get("metadata")))


_GROWING = frozenset("answer text value message content parts output outputs steps".split())
"""What grows in an answer, or holds what does."""


def settled(whole: dict[str, Any]) -> dict[str, Any]:
    """An answer whose texts are whole."""
    if _GROWING.isdisjoint(whole):
        return whole
    lists = (records(whole.get(name)) for name in ("output", "outputs", "steps"))
    items = (whole, record(whole.get("message")), *(item for each in lists for item in each))
    parts = [part for item in items for part in records(item.get("content"))]
    holders = (whole, record(whole.get("output")), *records(whole.get("parts")), *parts)
    for holder in (*holders, *(record(part.get("text")) for part in parts)):
        for name in ("answer", "text", "value"):
            pieces = holder.get(name)
            if isinstance(pieces, list) and all(isinstance(piece, str) for piece in pieces):
                holder[name] = "".join(pieces)
    return whole
