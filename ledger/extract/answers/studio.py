"""What a model said in a chat saved by AI Studio -> its text with markers of its sources.

The chat is a list of chunks, each a turn or a thought; offsets count bytes of UTF-8 and say where a
footnote stands.
"""

from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.weave import UTF_8, Edit, Sources, record, records, weave, words


def is_conversation(found: dict[str, Any]) -> bool:
    """Whether it is one chat as AI Studio saves it."""
    return isinstance(record(found.get("chunkedPrompt")).get("chunks"), list)


def answers(conversation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the model said, in order, without its thoughts."""
    for chunk in records(conversation["chunkedPrompt"]["chunks"]):
        if chunk.get("role") == "model" and not chunk.get("isThought"):
            yield chunk


def said(chunk: dict[str, Any], sources: Sources) -> str:
    """One answer; as it stands where it is not grounded."""
    text = chunk.get("text")
    if not isinstance(text, str):
        return ""
    grounding = record(chunk.get("grounding"))
    listed_there = list(records(grounding.get("groundingSources")))
    titles = {words(each.get("uri")): words(each.get("title")) for each in listed_there}
    edits = []
    for segment in records(grounding.get("corroborationSegments")):
        end, url, number = (segment.get(name) for name in ("index", "uri", "footnoteNumber"))
        if isinstance(end, int) and end > 0 and (url := words(url)):
            edits.append(Edit(end, sources.marker(url, titles.get(url), number or None)))
    return weave(text, edits, UTF_8)
