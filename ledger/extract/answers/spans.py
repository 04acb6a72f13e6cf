"""Stretches of a text and the documents they are taken from -> the text with markers behind them.

Cohere counts code points from the beginning of the text, and gives the documents or their ids.
Bedrock repeats the words of each stretch, and its offsets include the last character.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.extract.answers.beside import address_of, title_of
from ledger.extract.answers.weave import (
    CODE_POINTS,
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

_LONGEST_NUMBER, _LONGEST_NAME = 12, 80
"""One more than the digits of a number, and characters of a passage that is called by its opening,
having no other name. Chosen: no text has 10^11 characters."""
_ORIGIN = "x-amz-bedrock-kb-source-uri"
_INNER = ("document", "tool_output", "data", "metadata")
"""What holds the address of a document that does not give it itself."""


def read_spans(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a response that cites so; nothing for any other."""
    message = record(response.get("message")) or response
    parts = message.get("text"), *(part.get("text") for part in records(message.get("content")))
    text = "".join(part for part in parts if isinstance(part, str))
    cited = [each for each in records(message.get("citations")) if _has_place(each)]
    if text.strip() and cited:
        documents = {str(each.get("id")): each for each in records(response.get("documents"))}
        edits = [edit for each in cited for edit in _edits(text, each, documents, sources)]
        yield weave(text, edits, CODE_POINTS)


def _has_place(citation: Mapping[str, Any]) -> bool:
    return isinstance(citation.get("start"), int) and isinstance(citation.get("end"), int)


def _edits(
    text: str,
    citation: Mapping[str, Any],
    documents: Mapping[str, Mapping[str, Any]],
    sources: Sources,
) -> Iterator[Edit]:
    end, said = citation["end"], citation.get("text")
    if isinstance(said, str) and between(text, citation["start"], end, CODE_POINTS) != said:
        at = text.find(said)
        end = at + len(said) if said and at >= 0 else end
    named = [
        documents.get(str(each), {"id": each}) for each in listed(citation.get("document_ids"))
    ]
    for document in (*named, *records(citation.get("sources"))):
        yield Edit(max(0, end), sources.marker(*_page(document)))


def _page(document: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Address and title of a document; one that says neither is known by its id."""
    places = [document, *(record(document.get(name)) for name in _INNER)]
    url = next(filter(None, map(address_of, places)), None)
    title = next(filter(None, map(title_of, places)), None)
    return as_page(url, title or words(str(document.get("id") or "document")))


def as_page(url: str | None, title: str | None) -> tuple[str | None, str | None]:
    """An address that a browser opens, None for any other, and a title, or that other address."""
    return (url, title) if url is None or url.startswith("http") else (None, title or url)


def read_parts(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a response of Bedrock; nothing for any other."""
    text = words(record(response.get("output")).get("text"))
    if text is None:
        return
    edits: list[Edit] = []
    at = 0
    for citation in records(response.get("citations")):
        part = record(record(citation.get("generatedResponsePart")).get("textResponsePart"))
        said, last = words(part.get("text")), record(part.get("span")).get("end")
        found = text.find(said, at) if said else -1
        if said and found >= 0:
            at = found + len(said)
        elif isinstance(last, int):
            at = max(at, min(last + 1, len(text)))
        for reference in records(citation.get("retrievedReferences")):
            edits.append(Edit(at, sources.marker(*_location(reference))))
    if edits:
        yield weave(text, edits, CODE_POINTS)


def _location(reference: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Where a passage was retrieved: a page, a file of a store, a document of a service.

    One that is nowhere is told apart from others by its words.
    """
    about = record(reference.get("metadata"))
    places = [*map(record, record(reference.get("location")).values())]
    urls = [*filter(None, (*map(address_of, (*places, about)), words(about.get(_ORIGIN))))]
    url = next((each for each in urls if each.startswith("http")), next(iter(urls), None))
    own_id = next(filter(None, (words(each.get("id")) for each in places)), None)
    said = words(record(reference.get("content")).get("text")) or ""
    name = own_id or title_of(about) or words(about.get("id"))
    return as_page(url, None if url else name or " ".join(said[:_LONGEST_NAME].split()) or None)


def read_search(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The answer of Google's search over one's own data; nothing for any other response.

    Its offsets count bytes of UTF-8, as texts of digits; references are known by their places.
    """
    answer = record(response.get("answer"))
    text = words(answer.get("answerText", answer.get("answer_text")))
    if text is None:
        return
    listed_there = list(records(answer.get("references")))
    edits: list[Edit] = []
    for citation in records(answer.get("citations")):
        end = number_of(citation.get("endIndex", citation.get("end_index")))
        for source in records(citation.get("sources")):
            place = number_of(source.get("referenceId", source.get("reference_id")))
            if end is not None and place is not None and place < len(listed_there):
                edits.append(Edit(end, sources.marker(*referred(listed_there[place]))))
    yield weave(text, edits, UTF_8)


def number_of(said: object) -> int | None:
    """A number of JSON, which may be a text of digits; None for anything else, and below 0."""
    if isinstance(said, str) and said.isdecimal() and len(said) < _LONGEST_NUMBER:
        return int(said)
    return said if isinstance(said, int) and said >= 0 else None


def referred(reference: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Address, or None, and title of what a reference is a passage of; else "document"."""
    inner = [each for each in reference.values() if isinstance(each, dict)]
    places = [*inner, *(record(each.get("documentMetadata")) for each in inner)]
    url = next(filter(None, map(address_of, places)), None)
    title = next(filter(None, map(title_of, places)), None)
    return as_page(url, title or "document")
