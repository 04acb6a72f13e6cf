"""An AI service's answer as its API returns it -> Markdown with markers, and its references.

Each service says where a citation belongs in its own way: Perplexity writes the markers itself,
OpenAI gives offsets in UTF-16 code units, Gemini in bytes of UTF-8, Anthropic cuts the text into
pieces. Here all of them become "[3]" behind the words they belong to, so that everything after
this reads one dialect.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.model import Reference

_MOST_ANSWERS = 1_000
"""Messages, choices or candidates of one file: a long chat has hundreds."""


class Answer(NamedTuple):
    """Text in Markdown with markers, and the entries they stand for, in order of their numbers."""

    text: str
    references: tuple[Reference, ...]


class _Sources:
    """Numbers for addresses, in order of first use."""

    def __init__(self) -> None:
        self.entries: dict[str, Reference] = {}

    def marker(self, url: str | None, title: str | None) -> str:
        """The marker "[n]" of a source; one without address is told apart by its title."""
        key = url or f"title:{title}"
        if key not in self.entries:
            number = str(len(self.entries) + 1)
            self.entries[key] = Reference(
                marker=number,
                raw=url or title or number,
                url=url,
                urls=(url,) if url else (),
                title=title,
            )
        return f"[{self.entries[key].marker}]"


def read_answer(text: str) -> Answer | None:
    """Read the answer that some JSON is; None when it is no answer of a service we know.

    Args:
        text: JSON of one response, or a list of responses, which are read one after another.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    sources = _Sources()
    responses = found if isinstance(found, list) else [found]
    pieces: list[str] = []
    for response in responses[:_MOST_ANSWERS]:
        if isinstance(response, dict):
            pieces.extend(_pieces(response, sources))
    return Answer("\n\n".join(pieces), tuple(sources.entries.values())) if pieces else None


def _pieces(response: dict[str, Any], sources: _Sources) -> Iterator[str]:
    """The texts of one response, with markers."""
    for candidate in _dicts(response.get("candidates")):
        yield from _gemini(candidate, sources)
    for item in _dicts(response.get("output")):
        for part in _dicts(item.get("content")):
            yield from _annotated(part.get("text"), _dicts(part.get("annotations")), sources)
    for choice in _dicts(response.get("choices")):
        message = choice.get("message")
        if isinstance(message, dict):
            listed = _listed(response, sources)
            annotations = () if listed else _dicts(message.get("annotations"))
            yield from _annotated(message.get("content"), annotations, sources)
    if response.get("type") == "message" or response.get("role") == "assistant":
        yield from _anthropic(_dicts(response.get("content")), sources)


def _listed(response: dict[str, Any], sources: _Sources) -> bool:
    """Whether the response lists the sources that its text numbers itself (Perplexity)."""
    results = list(_dicts(response.get("search_results")))
    titles = {str(result.get("url")): _text(result.get("title")) for result in results}
    cited = [url for url in _list(response.get("citations")) if isinstance(url, str)]
    for url in cited or [url for url in titles if url != "None"]:
        sources.marker(url, titles.get(url))
    return bool(cited or results)


def _annotated(
    text: object, annotations: Iterable[dict[str, Any]], sources: _Sources
) -> Iterator[str]:
    """OpenAI: offsets count UTF-16 code units, as JavaScript does."""
    if not isinstance(text, str) or not text.strip():
        return
    units = text.encode("utf-16-le")
    inserts: dict[int, list[str]] = {}
    for annotation in annotations:
        cited = annotation.get("url_citation")
        place = cited if isinstance(cited, dict) else annotation
        url, end = _text(place.get("url")), place.get("end_index")
        if url is None or not isinstance(end, int):
            continue
        start = place.get("start_index")
        words = units[2 * start : 2 * end] if isinstance(start, int) and start >= 0 else b""
        if url in words.decode("utf-16-le", "replace"):
            continue  # the text has the link itself
        inserts.setdefault(2 * end, []).append(sources.marker(url, _text(place.get("title"))))
    yield _with(units, inserts, "utf-16-le")


def _gemini(candidate: dict[str, Any], sources: _Sources) -> Iterator[str]:
    """Gemini: offsets count bytes of UTF-8 over all parts together."""
    content = candidate.get("content")
    parts = _dicts(content.get("parts")) if isinstance(content, dict) else ()
    text = "".join(part["text"] for part in parts if isinstance(part.get("text"), str))
    if not text.strip():
        return
    grounding = candidate.get("groundingMetadata")
    grounding = grounding if isinstance(grounding, dict) else {}
    chunks = list(_dicts(grounding.get("groundingChunks")))
    inserts: dict[int, list[str]] = {}
    for support in _dicts(grounding.get("groundingSupports")):
        segment = support.get("segment")
        end = segment.get("endIndex") if isinstance(segment, dict) else None
        for index in _list(support.get("groundingChunkIndices")):
            if isinstance(end, int) and isinstance(index, int) and 0 <= index < len(chunks):
                web = chunks[index].get("web")
                web = web if isinstance(web, dict) else {}
                marker = sources.marker(_text(web.get("uri")), _text(web.get("title")))
                inserts.setdefault(end, []).append(marker)
    yield _with(text.encode("utf-8"), inserts, "utf-8")


def _anthropic(blocks: Iterable[dict[str, Any]], sources: _Sources) -> Iterator[str]:
    """Anthropic: each piece of text carries the citations that belong to it."""
    pieces: list[str] = []
    for block in blocks:
        if not isinstance(block.get("text"), str):
            continue
        markers = [
            sources.marker(
                _text(cited.get("url")),
                _text(cited.get("title")) or _text(cited.get("document_title")),
            )
            for cited in _dicts(block.get("citations"))
        ]
        words = block["text"]
        kept = words.rstrip()
        pieces.append(kept + "".join(dict.fromkeys(markers)) + words[len(kept) :])
    text = "".join(pieces)
    if text.strip():
        yield text


def _with(encoded: bytes, inserts: dict[int, list[str]], encoding: str) -> str:
    """The text with markers put in at offsets of its encoded form; those beyond it go last."""
    pieces: list[str] = []
    begin = 0
    for offset in sorted(inserts):
        end = max(begin, min(offset, len(encoded)))
        pieces.append(encoded[begin:end].decode(encoding, "replace"))
        pieces.append("".join(dict.fromkeys(inserts[offset])))
        begin = end
    pieces.append(encoded[begin:].decode(encoding, "replace"))
    return "".join(pieces)


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    yield from (each for each in _list(value) if isinstance(each, dict))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
