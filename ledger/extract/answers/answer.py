"""An AI service's answer as its API returns it -> Markdown with markers, and its references.

Each service says where a citation belongs in its own way: Perplexity writes the markers itself,
OpenAI gives offsets in UTF-16 code units, Gemini in bytes of UTF-8, Anthropic cuts the text into
pieces. Here all of them become "[3]" behind the words they belong to. Only what the service said
counts: prompts, thoughts and the calls of tools are no part of an answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ledger.extract.answers import gemini
from ledger.extract.answers.beside import pages_beside, read_beside, renumbered
from ledger.extract.answers.brave import with_citations
from ledger.extract.answers.spans import read_parts, read_search, read_spans
from ledger.extract.answers.streams import responses_in
from ledger.extract.answers.weave import (
    MARK,
    UTF_16,
    Answer,
    Edit,
    Sources,
    between,
    listed,
    record,
    records,
    weave,
    words,
)

_MOST_ANSWERS = 1_000
"""Messages, choices or candidates of one file: a long chat has hundreds."""
_PARAGRAPH = "\n\n"
_SAID = ("message", "ai", "AIMessage")
"""What a message is called that says no role; the last two by LangChain."""
_CITES = frozenset(["tool_reference", "reference"])
"""Blocks that stand for a citation, as Mistral sends them."""


def read_answer(text: str) -> Answer | None:
    """Read the answer that some JSON is; None when it is no answer.

    Args:
        text: JSON of one response, or a list of responses or one on each line, which are read one
            after another; streams are put together first.
    """
    sources = Sources()
    pieces: list[str] = []
    responses = responses_in(text)
    for response in responses[:_MOST_ANSWERS]:
        pieces.extend(_pieces(response, sources))
    if not pieces:
        for response in responses[:_MOST_ANSWERS]:
            pieces.extend(read_beside(response, sources))
    return Answer("\n\n".join(pieces), sources.references) if pieces else None


def _pieces(response: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The texts of one response, with markers."""
    for candidate in records(response.get("candidates")):
        yield from gemini.said(candidate, sources)
    for item in (*records(response.get("output")), *records(response.get("outputs"))):
        if item.get("type", "message") in ("message", "message.output"):
            yield from _message(item, sources)
    inner = record(response.get("output"))
    around = {**response, **inner, **record(inner.get("search_info"))}
    for choice in records(around.get("choices")):
        yield from _completion(record(choice.get("message")), around, sources)
    yield from read_spans(response, sources)
    yield from read_parts(response, sources)
    yield from read_search(response, sources)
    for entry in (response, *records(response.get("entries"))):
        yield from _of_blocks(list(records(entry.get("blocks"))), sources)
    for message in (response, record(inner.get("message")), *records(response.get("messages"))):
        said = message.get("role") == "assistant" or message.get("type") in _SAID
        if said or message.get("isCreatedByUser") is False:  # as LibreChat exports them
            yield from _message(message, sources)


def _message(message: dict[str, Any], sources: Sources) -> Iterator[str]:
    """OpenAI's and Anthropic's messages: a text, or parts with their annotations or citations."""
    if message.get("role") not in (None, "assistant"):
        return
    content = message.get("content")
    if isinstance(content, str):
        yield from _annotated(content, records(message.get("annotations")), sources)
        return
    if content is None and isinstance(message.get("text"), str):
        yield from _annotated(message["text"], (), sources)
        return
    if content is None:
        yield from _of_parts(list(records(message.get("parts"))), sources)
        return
    run: list[dict[str, Any]] = []
    for part in records(content):
        inner = record(part.get("text"))  # OpenAI's older threads nest the text once more
        annotated = inner if inner else part
        if annotated.get("annotations") is None:
            run.append(part)
            continue
        yield from _anthropic(run, sources)
        run = []
        said = annotated.get("value", annotated.get("text"))
        yield from _annotated(said, records(annotated["annotations"]), sources)
    yield from _anthropic(run, sources)


def _of_blocks(blocks: Sequence[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """An entry of a thread of Perplexity: a block with the answer, others with what was found."""
    texts = (words(record(block.get("markdown_block")).get("answer")) for block in blocks)
    text = next(filter(None, texts), None)
    found = (record(block.get("web_result_block")).get("web_results") for block in blocks)
    pages = pages_beside({"sources": [page for each in found for page in records(each)]})
    if text:
        yield renumbered(text, pages, sources) if pages else text


def _of_parts(parts: Sequence[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """A message of Vercel's kit: parts that are texts, and parts that are sources."""
    said = (words(part.get("text")) for part in parts if part.get("type") == "text")
    text = _PARAGRAPH.join(filter(None, said))
    pages = pages_beside({"sources": [part for part in parts if part.get("url")]})
    if text:
        yield renumbered(text, pages, sources) if pages else text


def _completion(
    message: dict[str, Any], response: dict[str, Any], sources: Sources
) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, list):  # a stream that was put together, or parts
        parts = (each if isinstance(each, str) else record(each).get("text") for each in content)
        content = "".join(part for part in parts if isinstance(part, str))
    if isinstance(content, str) and "<citation>" in content:
        content = with_citations(content, sources)
    context = record(message.get("context"))  # where a search of one's own data puts them
    pages = pages_beside(response) or pages_beside(message) or pages_beside(context)
    if pages and isinstance(content, str) and content.strip():
        yield renumbered(content, pages, sources)
    else:
        yield from _annotated(content, records(message.get("annotations")), sources)


def _annotated(
    text: object, annotations: Iterable[dict[str, Any]], sources: Sources
) -> Iterator[str]:
    """OpenAI: offsets count UTF-16 code units, as JavaScript does."""
    if not isinstance(text, str) or not text.strip():
        return
    edits: list[Edit] = []
    for annotation in annotations:
        if annotation.get("type") == "file_path":
            continue  # a file that the service made
        nested = record(annotation.get("url_citation")) or record(annotation.get("file_citation"))
        edit = _edit(text, {**annotation, **nested}, sources)
        if edit is not None:
            edits.append(edit)
    yield weave(text, edits, UTF_16)


def _edit(text: str, place: dict[str, Any], sources: Sources) -> Edit | None:
    """What an annotation does to the text; None when the text has the link itself."""
    url = words(place.get("url"))
    name = words(place.get("title")) or words(place.get("filename")) or words(place.get("file_id"))
    if url is None and name is None:
        return None
    start, end = place.get("start_index"), place.get("end_index")
    if url and end is None and place.get("index") is None and url in text:
        return None
    span = between(text, start, end, UTF_16)
    if (url and url in span) or "sandbox:/" in span:
        return None
    if not isinstance(end, int):
        start, end = None, _place_of(text, place.get("index"))
    marker = sources.marker(url, name)
    return Edit(end, marker, start if span and MARK.fullmatch(span) else None)


def _place_of(text: str, index: object) -> int:
    """Where a citation of a file stands that gives one number: behind a word, else at the end.

    The documentation calls it the place in a list of files; what comes is a place in the text.
    """
    units = len(text.encode(UTF_16, "replace")) // 2
    if isinstance(index, int) and 0 < index < units:
        around = between(text, index - 1, index + 1, UTF_16)
        if not around.isalnum():
            return index
    return units


def _anthropic(blocks: Iterable[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """Anthropic: each piece of text carries the citations that belong to it.

    Mistral sets what it cites between the pieces. What stands between the uses of tools is said
    one after another, in paragraphs of its own.
    """
    pieces: list[str] = []
    for block in blocks:
        block = _flat(block)
        said = block.get("text")
        kind = str(block.get("type", "text"))
        if kind in _CITES:
            pieces.extend(_cited_between(block, sources))
        elif not isinstance(said, str) or kind not in ("text", "output_text"):
            pieces.append(_PARAGRAPH if any(map(str.strip, pieces)) else "")
        else:
            cited = [sources.marker(*_location(each)) for each in records(block.get("citations"))]
            kept = said.rstrip()
            pieces.append(kept + "".join(dict.fromkeys(cited)) + said[len(kept) :])
    text = "".join(pieces)
    if text.strip():
        yield text


def _flat(block: dict[str, Any]) -> dict[str, Any]:
    """A block; one of Bedrock's that cites with its pieces put together."""
    inner = record(block.get("citationsContent"))
    if not inner:
        return block
    said = (each.get("text") for each in records(inner.get("content")))
    text = "".join(piece for piece in said if isinstance(piece, str))
    return {"text": text, "citations": inner.get("citations")}


def _cited_between(block: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The markers of a block that cites; sources that it only counts are named by their numbers."""
    if words(block.get("url")) or words(block.get("title")):
        yield sources.marker(words(block.get("url")), words(block.get("title")))
    for each in listed(block.get("reference_ids")):
        yield sources.marker(None, f"reference {each}")


def _location(cited: dict[str, Any]) -> tuple[str | None, str | None]:
    """Address and title of what a citation points into: a page, a search result, a document."""
    source = words(cited.get("source"))
    web = record(record(cited.get("location")).get("web"))
    url = words(cited.get("url")) or words(web.get("url"))
    url = url or (source if source and "://" in source else None)
    title = words(cited.get("title")) or words(cited.get("document_title")) or source
    index = cited.get("document_index")
    if title is None and url is None and isinstance(index, int):
        title = f"document {index + 1}"
    return url, title
