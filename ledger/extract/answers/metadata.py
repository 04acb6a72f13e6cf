"""A message of LangChain -> its text with markers, made of the citations in its metadata.

Where the citations of a service are not part of its content, LangChain keeps them in the metadata
as they came: those of Gemini, of Cohere and of Perplexity.
"""

from collections.abc import Iterator
from typing import Any

from ledger.extract.answers import gemini
from ledger.extract.answers.beside import pages_beside, renumbered
from ledger.extract.answers.spans import read_spans
from ledger.extract.answers.weave import Sources, record, records


def read_metadata(message: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of such a message; nothing where its metadata cites nothing."""
    said = {**record(message.get("additional_kwargs")), **record(message.get("response_metadata"))}
    content = message.get("content")
    parts = [{"text": content}] if isinstance(content, str) else list(records(content))
    texts = [part["text"] for part in parts if isinstance(part.get("text"), str)]
    text = "".join(texts)
    if not said or not text.strip():
        return
    if gemini.is_grounded(said):
        yield from gemini.said({**said, "content": {"parts": parts}}, sources)
        return
    spans = list(read_spans({**said, "text": text}, sources))
    pages = [] if spans else pages_beside(said)
    yield from spans or ([renumbered(text, pages, sources)] if pages else [])
