"""What Gemini said -> its text with markers of its sources.

Offsets count bytes of UTF-8 from the beginning of a part; names are in camelCase, or in the
snake_case of the libraries for Python.
"""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.beside import Page, renumbered
from ledger.extract.answers.spans import as_page, number_of, referred
from ledger.extract.answers.weave import (
    UTF_8,
    Edit,
    Sources,
    between,
    listed,
    record,
    records,
    weave,
    words,
)

_CAPITAL = re.compile(r"[A-Z]")
_MOST_SOUGHT = 300
"""Segments whose words are looked for in the whole text, since they are not where they should be:
more are no answer of a model, and the time would grow with the square of the text."""


def is_grounded(candidate: dict[str, Any]) -> bool:
    """Whether something says what a text of Gemini is grounded on."""
    return bool(record(_get(candidate, "groundingMetadata")))


def said(candidate: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of one candidate; nothing for one without."""
    content = record(candidate.get("content"))
    if content.get("role") == "user":
        return
    text, size, begins = "", 0, {}
    for index, part in enumerate(records(content.get("parts"))):
        if isinstance(part.get("text"), str) and not part.get("thought"):
            begins[index] = size
            text += part["text"]
            size += len(part["text"].encode(UTF_8, "replace"))
    if not text.strip():
        return
    places = _Places(text, begins)
    grounding = record(_get(candidate, "groundingMetadata"))
    chunks = [_chunk(chunk) for chunk in records(_get(grounding, "groundingChunks"))]
    edits: list[Edit] = []
    for support in records(_get(grounding, "groundingSupports")):
        end = places.end_of(record(support.get("segment")))
        edits += _edits(end, _get(support, "groundingChunkIndices"), chunks, sources)
    for chunk in () if edits else filter(any, chunks):  # it says of none what it supports
        sources.marker(*chunk)
    recited = record(_get(candidate, "citationMetadata"))
    for cited in records(_get(recited, "citationSources") or recited.get("citations")):
        end = places.end_of(cited)
        url = words(cited.get("uri"))
        marker = sources.marker(url, words(cited.get("title"))) if url else None
        if end is not None and marker:
            edits.append(Edit(end, marker))
    yield weave(text, edits, UTF_8)


def _edits(
    end: int | None, indices: object, pages: list[tuple[str | None, str | None]], sources: Sources
) -> Iterator[Edit]:
    """The markers of the pages that support what ends there."""
    for index in listed(indices):
        if end is not None and isinstance(index, int) and 0 <= index < len(pages):
            yield Edit(end, sources.marker(*pages[index]))


def replied(response: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of an answer of Gemini Enterprise, whose replies are its pieces; else nothing."""
    replies = records(record(response.get("answer")).get("replies"))
    grounded = [record(reply.get("groundedContent")) for reply in replies]
    contents = [record(each.get("content")) for each in grounded]
    said_there = (each.get("text") for each in contents if not each.get("thought"))
    text = "".join(piece for piece in said_there if isinstance(piece, str))
    if not text.strip():
        return
    pages: list[tuple[str | None, str | None]] = []
    edits: list[Edit] = []
    places = _Places(text, {})
    for grounding in (record(each.get("textGroundingMetadata")) for each in grounded):
        there = [referred(each) for each in records(grounding.get("references"))]
        pages += there
        for segment in records(grounding.get("segments")):
            offsets = {name: number_of(segment.get(name)) for name in ("startIndex", "endIndex")}
            end = places.end_of({**segment, **offsets})
            edits += _edits(end, segment.get("referenceIndices"), there, sources)
    if edits or not pages:
        yield weave(text, edits, UTF_8)
    else:
        yield renumbered(text, [Page(url, title, {}) for url, title in pages], sources)


def events(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a model said in a record of a chat or of an agent; not what was sent of it before."""
    if response.get("role") == "model":
        yield {**response, "content": response}
    elif record(response.get("content")).get("role") == "model" and not response.get("partial"):
        yield response


def said_beside(text: object, response: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a completion, grounded beside it as LiteLLM has it; nothing for any other."""
    grounding = next(records(response.get("vertex_ai_grounding_metadata")), None)
    if grounding and isinstance(text, str):
        content = {"parts": [{"text": text}]}
        yield from said({"content": content, "groundingMetadata": grounding}, sources)


def _chunk(chunk: dict[str, Any]) -> tuple[str | None, str | None]:
    """Address and title of a chunk: of the web, of a store of documents, of a map, of a picture."""
    inner = next((each for each in chunk.values() if isinstance(each, dict)), {})
    url = words(inner.get("uri")) or words(_get(inner, "sourceUri"))
    return as_page(url, words(inner.get("title")))


class _Places:
    """Where the segments of a text end, in bytes; its parts begin at the bytes of `begins`."""

    def __init__(self, text: str, begins: dict[int, int]) -> None:
        self._text = text
        self._begins = begins
        self._sought = 0

    def end_of(self, segment: dict[str, Any]) -> int | None:
        """Where a segment ends, in bytes of the whole text; None when it does not say.

        Where its own words stand elsewhere, and once only, they count more than its offsets.
        """
        end, start = _get(segment, "endIndex"), _get(segment, "startIndex")
        text_of = segment.get("text")
        said = text_of if isinstance(text_of, str) else ""
        if not isinstance(end, int):
            return self._behind(said)
        part = _get(segment, "partIndex")
        begin = self._begins.get(part, 0) if isinstance(part, int) else 0
        first = start if isinstance(start, int) else 0
        if not said or between(self._text, begin + first, begin + end, UTF_8) == said:
            return begin + end
        by_words = self._behind(said)
        return begin + end if by_words is None else by_words

    def _behind(self, said: str) -> int | None:
        """Where words end that the text has once; None where it has them never or again."""
        text, self._sought = self._text, self._sought + 1
        at = text.find(said) if said and self._sought <= _MOST_SOUGHT else -1
        if at < 0 or text.find(said, at + 1) >= 0:
            return None
        return len(text[: at + len(said)].encode(UTF_8, "replace"))


def _get(found: dict[str, Any], name: str) -> Any:
    """A value by its name in camelCase, or in the snake_case of the Python libraries."""
    if name in found:
        return found[name]
    return found.get(_CAPITAL.sub(lambda match: f"_{match[0].lower()}", name))
