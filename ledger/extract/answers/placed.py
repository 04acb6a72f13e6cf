"""Sources that say where they are cited -> the text with markers there.

Amazon Q lists sources, each with the stretches of text that it supports; Pinecone lists places,
each with its sources; LiteLLM repeats the words that each citation of Anthropic supports.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.extract.answers.beside import address_of, title_of
from ledger.extract.answers.blocks import location_of
from ledger.extract.answers.weave import (
    CODE_POINTS,
    Edit,
    Sources,
    listed,
    record,
    records,
    weave,
    words,
)

_MOST_MISSED = 100
"""Words that a text has not, after which none are looked for: each is looked for in all of it."""


def read_placed(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a response of Amazon Q or of Pinecone; nothing for any other."""
    names = (response.get(name) for name in ("systemMessage", "finalTextMessage"))
    said = next(filter(None, names), record(response.get("message")).get("content"))
    edits = [*_of_segments(response, sources), *_of_positions(response, sources)]
    if isinstance(said, str) and said.strip() and edits:
        yield weave(said, edits, CODE_POINTS)


def _of_segments(response: Mapping[str, Any], sources: Sources) -> Iterator[Edit]:
    for source in records(response.get("sourceAttributions")):
        for segment in records(source.get("textMessageSegments")):
            end, number = segment.get("endOffset"), source.get("citationNumber") or None
            if isinstance(end, int) and end > 0:
                yield Edit(end, sources.marker(address_of(source), title_of(source), number))


def _of_positions(response: Mapping[str, Any], sources: Sources) -> Iterator[Edit]:
    for citation in records(response.get("citations")):
        place = citation.get("position")
        for reference in records(citation.get("references")):
            file = record(reference.get("file"))
            url, title = words(file.get("signed_url")), title_of(file)
            if isinstance(place, int) and place > 0 and (url or title):
                yield Edit(place, sources.marker(url, title))


def read_noted(text: object, message: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a message whose citations repeat its words; nothing for any other."""
    if not isinstance(text, str):
        return
    noted = record(message.get("provider_specific_fields")).get("citations")
    edits: list[Edit] = []
    at = missed = 0
    for citation in (each for group in listed(noted) for each in records(group)):
        said = words(citation.get("supported_text"))
        found = text.find(said, max(0, at - len(said))) if said and missed < _MOST_MISSED else -1
        missed += found < 0
        url, title = location_of(citation)
        if said and found >= 0 and (url or title):
            at = found + len(said)
            edits.append(Edit(at, sources.marker(url, title)))
    if edits:
        yield weave(text, edits, CODE_POINTS)
