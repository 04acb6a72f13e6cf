"""A record -> the answers inside it.

Batches add to an answer the request it belongs to, logs the time when it came; programs keep the
state around it, and LangChain the class of each message.
"""

from collections.abc import Callable, Iterator
from typing import Any

from ledger.extract.answers.streams import responses_in
from ledger.extract.answers.weave import record

_AROUND = (
    "response",
    "body",
    "result",
    "message",
    "messages",
    "state",
    "payload",
    "data",
    "output",
    "outputs",
    "kwargs",
    "generations",
    "new_items",
    "raw_item",
    "values",
    "answers",
    "init_parameters",
    "metadataEvent",
    "http_interactions",
    "interactions",
    "chats",
    "activities",
    "item",
    "modelResponse",
)
"""What holds an answer, or a list of them; what was asked, and what was found, has other names."""
_WRITTEN = ("body", "string")
"""What may hold an answer as it was sent, in one text."""
_DEEPEST = 8
"""Levels of wrapping below which no answer is looked for. Chosen: a hostile file may nest any."""
_KINDS = ("ai", "human", "system", "tool", "function", "chat")


def read_within(
    response: dict[str, Any],
    read: Callable[[dict[str, Any]], Iterator[str]],
    deepest: int = _DEEPEST,
) -> Iterator[str]:
    """The texts that `read` finds in a response; in what it holds where it finds none itself."""
    bare = unwrapped(response)
    pieces = list(read(bare))
    yield from pieces
    if pieces or not deepest:
        return
    for name in _AROUND:
        for inner in _records(bare.get(name)):
            yield from read_within(inner, read, deepest - 1)
    for name in _WRITTEN:
        sent = bare.get(name)
        for inner in responses_in(sent) if isinstance(sent, str) else ():
            yield from read_within(inner, read, deepest - 1)


def _records(value: object) -> Iterator[dict[str, Any]]:
    """An object, or those of a list, also of a list of lists."""
    for each in value if isinstance(value, list) else [value]:
        yield from (record(one) for one in (each if isinstance(each, list) else [each]) if one)


def unwrapped(found: dict[str, Any]) -> dict[str, Any]:
    """A message of LangChain without what its dumps have around it; anything else as it is."""
    kwargs, name = found.get("kwargs"), found.get("id")
    if "lc" in found and isinstance(kwargs, dict):
        kind = name[-1] if isinstance(name, list) and name else None
        return {**kwargs, "type": kwargs.get("type") or kind}
    if found.get("type") in _KINDS and isinstance(found.get("data"), dict):
        return {**found["data"], "type": found["type"]}
    return found
