"""An AI service's answer as its API returns it -> Markdown with markers, and its references.

Each service says where a citation belongs in its own way: Perplexity writes the markers itself,
OpenAI gives offsets in UTF-16 code units, Gemini in bytes of UTF-8, Anthropic cuts the text into
pieces. Here all of them become "[3]" behind the words they belong to. Only what the service said
counts: prompts, thoughts and the calls of tools are no part of an answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from ledger.extract.answers import gemini, grok
from ledger.extract.answers.annotations import annotated, has_place
from ledger.extract.answers.beside import Page, name_of_text, pages_beside, read_beside, renumbered
from ledger.extract.answers.blocks import CITES, read_blocks
from ledger.extract.answers.brave import read_tokens, with_citations
from ledger.extract.answers.librechat import with_sources
from ledger.extract.answers.metadata import read_metadata
from ledger.extract.answers.perplexity import read_entry
from ledger.extract.answers.placed import read_noted, read_placed
from ledger.extract.answers.spans import read_parts, read_search, read_spans
from ledger.extract.answers.statements import read_statements
from ledger.extract.answers.streams import responses_in
from ledger.extract.answers.weave import (
    UTF_8,
    UTF_16,
    Answer,
    Sources,
    parsed,
    record,
    records,
    words,
)
from ledger.extract.answers.within import read_within, unwrapped

_MOST_ANSWERS = 1_000
"""Messages, choices or candidates of one file: a long chat has hundreds."""
_PARAGRAPH = "\n\n"
_SAID = ("message", "message.answer", "ai", "AIMessage", "AIMessageChunk")
"""What a message is called that says no role; the last three by LangChain."""
_SPEAKS = (None, "assistant", "bot")
_OF_STEPS = ("finishReason", "toolCalls", "stepNumber")
"""What Vercel's kit says of each step."""
_REPORTS = ("final_report", "report", "article", "final_answer")
"""What a program calls the text that it worked for; its messages only lead there."""


def read_answer(text: str) -> Answer | None:
    """Read the answer that some JSON is; None when it is no answer.

    Args:
        text: JSON of one response, or a list of responses or one on each line, which are read one
            after another; streams are put together first.
    """
    sources = Sources()
    found = responses_in(text)
    responses = found[:_MOST_ANSWERS]
    read = partial(_pieces, sources=sources)
    pieces = [piece for each in responses for piece in read_within(each, read)]
    pieces = pieces or list(_beside(responses, sources))
    left_out = len(found) - len(responses)
    return (
        Answer(_PARAGRAPH.join(pieces), sources.references, left_out=left_out) if pieces else None
    )


def _beside(responses: list[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """The texts of responses of no known service; those that cite show which the others are."""
    read = partial(read_beside, sources=sources)
    found = [list(read_within(each, read)) for each in responses]
    names = {name_of_text(each) for each, pieces in zip(responses, found, strict=True) if pieces}
    for each, pieces in zip(responses, found, strict=True):
        name = name_of_text(each)
        yield from pieces or ([each[name]] if name and name in names else [])


def _pieces(response: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The texts of one response, with markers."""
    for candidate in (*records(response.get("candidates")), *gemini.events(response)):
        yield from gemini.said(candidate, sources)
    items = (*records(response.get("output")), *records(response.get("outputs")))
    said = [item for item in items if item.get("type", "message") in (*_SAID, "message.output")]
    texts = [text for item in said for text in _message(item, sources)]
    pages = [] if any(map(_is_annotated, said)) else _found_pages(response, items)
    yield from [renumbered(_PARAGRAPH.join(texts), pages, sources)] if texts and pages else texts
    yield from _interaction(response, items, sources)
    inner = record(response.get("output"))
    around = {**response, **inner, **record(inner.get("search_info"))}
    for choice in records(around.get("choices")):
        yield from _completion(_one_message(choice), {**around, **choice}, sources)
    yield from read_spans(response, sources)
    yield from read_parts(response, sources)
    yield from read_search(response, sources)
    yield from gemini.replied(response, sources)
    yield from read_statements(response, sources)
    yield from read_placed(response, sources)
    if grok.is_answer(response) and (said_there := grok.said(response, sources)):
        yield said_there
    yield from read_tokens(response, sources)
    for entry in (response, *records(response.get("entries"))):
        yield from read_entry(entry, sources)
    report = response.get("messages") and any(words(response.get(name)) for name in _REPORTS)
    reported = list(read_beside(response, sources)) if report else []
    yield from reported
    messages = () if reported else map(unwrapped, records(response.get("messages")))
    for message in (response, record(inner.get("message")), *messages):
        is_said = (
            "assistant" in (message.get("role"), message.get("from"))
            or message.get("type") in _SAID
        )
        is_said |= message.get("isCreatedByUser") is False  # as LibreChat exports them
        if is_said or message.get("kind") == "response":  # as Pydantic AI calls it
            yield from _message(message, sources)


def _found_pages(response: dict[str, Any], items: Iterable[dict[str, Any]]) -> list[Page]:
    """The pages that Perplexity's and You.com's agents list beside their messages."""
    lists = [item for item in items if item.get("type") in ("search_results", "web_search.results")]
    found = [page for each in lists for page in records(each.get("results", each.get("content")))]
    return pages_beside({"results": found or response.get("search_results")})


def _is_annotated(message: dict[str, Any]) -> bool:
    return any(part.get("annotations") for part in records(message.get("content")))


def _interaction(
    response: dict[str, Any], items: Iterable[dict[str, Any]], sources: Sources
) -> Iterator[str]:
    """Gemini's interactions: steps of which some are said, or texts; offsets count bytes.

    Vercel's kit keeps what it said in each step, with the sources of that step.
    """
    for step in records(response.get("steps")):
        if step.get("type") == "model_output":
            yield from _message({"content": step.get("content")}, sources, UTF_8)
        elif "text" not in response and any(name in step for name in _OF_STEPS):
            said = step.get("content") or step.get("text")
            yield from _message({"content": said, "sources": step.get("sources")}, sources)
    texts = [each for each in items if each.get("type") == "text"]
    if texts:
        yield from _message({"content": texts}, sources, UTF_8)


def _message(message: dict[str, Any], sources: Sources, unit: str = UTF_16) -> Iterator[str]:
    """OpenAI's and Anthropic's messages: a text, or parts with their annotations or citations."""
    roles = (message.get("role"), record(message.get("from")).get("role"))
    if any(role not in _SPEAKS for role in roles):
        return
    message = with_sources(message, sources)
    cited = list(read_metadata(message, sources))
    if cited:
        yield from cited
        return
    content = message.get("content")
    chunks = message.get("contentChunks")  # of Mistral's chats: the same text, and what it cites
    if any(chunk.get("type") in CITES for chunk in records(chunks)):
        content = chunks
    if isinstance(content, str):
        notes = list(records(message.get("annotations")))
        pages = [] if notes else _pages_of(message)
        cited = [renumbered(content, pages, sources)] if pages and content.strip() else []
        yield from cited or annotated(content, notes, sources, unit)
        return
    text = message.get("text")
    if content is None and isinstance(text, str):
        pages = _pages_of(message)
        yield from [renumbered(text, pages, sources)] if pages else annotated(text, (), sources)
        return
    listed_there = any(part.get("type") == "source" for part in records(content))
    if content is None or listed_there:
        parts = content if listed_there else message.get("parts")
        yield from _of_parts(list(records(parts)), sources)
        return
    yield from _of_content(content, sources, unit)


def _of_content(content: object, sources: Sources, unit: str) -> Iterator[str]:
    """The parts of a message, in order, with what each of them cites."""
    run: list[dict[str, Any]] = []
    alone = sum(isinstance(part.get("text"), str) for part in records(content)) == 1
    for part in records(content):
        inner = record(part.get("text"))  # OpenAI's older threads nest the text once more
        piece = inner if inner else part
        notes = list(records(piece.get("annotations")))
        # A list of pages beside several paragraphs is no citation of the last one.
        is_whole = alone and _PARAGRAPH in str(piece.get("text")).strip()
        of_all = notes and not is_whole and not any(map(has_place, notes))
        if piece.get("annotations") is None or of_all:
            run.append({"citations": notes, **part})
            continue
        yield from read_blocks(run, sources)
        run = []
        said = piece.get("value", piece.get("text"))
        yield from annotated(said, notes, sources, unit)
    yield from read_blocks(run, sources)


def _pages_of(message: dict[str, Any]) -> list[Page]:
    """The pages beside a message of a chat, or beside the search that it names."""
    places = (message, *(record(message.get(name)) for name in ("search", "webSearch")))
    return next(filter(None, map(pages_beside, places)), [])


def _of_parts(parts: Sequence[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """A message of Vercel's kit: parts that are texts, and parts that are sources.

    A text may have beside it what the service noted on it; so Pydantic AI keeps it, too.
    """
    texts = [part for part in parts if "text" in (part.get("type"), part.get("part_kind"))]
    if any("part_kind" in part or any(_notes(part)) for part in texts):
        for part in texts:
            yield from annotated(part.get("text", part.get("content")), _notes(part), sources)
        return
    said = (words(part.get("text")) for part in texts)
    text = _PARAGRAPH.join(filter(None, said))
    pages = pages_beside({"sources": [part for part in parts if part.get("url")]})
    if text:
        yield renumbered(text, pages, sources) if pages else text


def _notes(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The annotations of a part, as the service that wrote it gave them."""
    details = (part.get("provider_details"), *record(part.get("providerMetadata")).values())
    yield from (each for one in details for each in records(record(one).get("annotations")))


def _one_message(choice: dict[str, Any]) -> dict[str, Any]:
    """The message of a choice; of several, as Azure had them, with what its tool found."""
    messages = list(records(choice.get("messages")))
    said = [each for each in messages if each.get("role") == "assistant"]
    found = [each.get("content") for each in messages if each.get("role") == "tool"]
    context = next((parsed(each) for each in found if isinstance(each, str)), None)
    return {"context": context, **said[-1]} if said else record(choice.get("message"))


def _completion(
    message: dict[str, Any], response: dict[str, Any], sources: Sources
) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, list):  # a stream that was put together, or parts
        parts = [{"text": each} if isinstance(each, str) else record(each) for each in content]
        if any(part.get("type") in CITES for part in parts):
            yield from _message({"content": parts}, sources)
            return
        texts = (part.get("text") for part in parts)
        content = "".join(text for text in texts if isinstance(text, str))
    if isinstance(content, str) and "<citation>" in content:
        content = with_citations(content, sources)
    beside = [*read_noted(content, message, sources)] or [
        *gemini.said_beside(content, {**response, **message}, sources)
    ]
    if beside:
        yield from beside
        return
    context = record(message.get("context"))  # where a search of one's own data puts them
    pages = pages_beside(response) or pages_beside(message) or pages_beside(context)
    if pages and isinstance(content, str) and content.strip():
        yield renumbered(content, pages, sources)
    else:
        yield from annotated(content, records(message.get("annotations")), sources)
