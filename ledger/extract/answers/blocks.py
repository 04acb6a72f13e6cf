"""Blocks of an answer, as Anthropic, Bedrock and Mistral send it -> their text with markers."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.extract.answers.weave import Sources, listed, record, records, words

_PARAGRAPH = "\n\n"
CITES = ("tool_reference", "reference")
"""Blocks that stand for a citation, as Mistral sends them."""


def read_blocks(blocks: Iterable[dict[str, Any]], sources: Sources) -> Iterator[str]:
    """Anthropic: each piece of text carries the citations that belong to it.

    Mistral sets what it cites between the pieces. What stands between the uses of tools is said
    one after another, in paragraphs of its own.
    """
    pieces: list[str] = []
    blocks = list(blocks)
    fetched = dict(filter(None, map(_fetched, blocks)))
    for block in blocks:
        block = _flat(block)
        said = block.get("text")
        kind = str(block.get("type", "text"))
        if kind in CITES:
            pieces.extend(_cited_between(block, sources))
        elif not isinstance(said, str) or kind not in ("text", "output_text"):
            pieces.append(_PARAGRAPH if any(map(str.strip, pieces)) else "")
        else:
            places = (location_of(each) for each in records(block.get("citations")))
            cited = [sources.marker(url or fetched.get(title), title) for url, title in places]
            kept = said.rstrip()
            pieces.append(kept + "".join(dict.fromkeys(cited)) + said[len(kept) :])
    text = "".join(pieces)
    if text.strip():
        yield text


def _fetched(block: dict[str, Any]) -> tuple[str | None, str] | None:
    """Title and address of a page that was fetched: citations of it name its title only."""
    page = record(block.get("content")) if block.get("type") == "web_fetch_tool_result" else {}
    title, url = words(record(page.get("content")).get("title")), words(page.get("url"))
    return (title, url) if title and url else None


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
    pages = [*records(block.get("references"))]
    for page in pages:
        yield sources.marker(words(page.get("url")), words(page.get("title")))
    ids = block.get("reference_ids", block.get("referenceIds"))
    for each in () if pages or block.get("url") else listed(ids):
        yield sources.marker(None, f"reference {each}")


def location_of(cited: dict[str, Any]) -> tuple[str | None, str | None]:
    """Address and title of what a citation points into: a page, a search result, a document.

    None for what it does not say; a document without a title is called by its number, from 1 on.
    """
    source = words(cited.get("source"))
    web = record(record(cited.get("location")).get("web"))
    url = words(cited.get("url")) or words(web.get("url"))
    url = url or (source if source and "://" in source else None)
    title = words(cited.get("title")) or words(cited.get("document_title")) or source
    index = cited.get("document_index")
    if title is None and url is None and isinstance(index, int):
        title = f"document {index + 1}"
    return url, title
