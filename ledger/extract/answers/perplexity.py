"""An entry of a thread of Perplexity -> its text with our markers.

One of its blocks has the answer, others what was found. Older entries have both as JSON in a text,
or in the last of a list of steps; the answer in there may be JSON once more.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.extract.answers.beside import pages_beside, renumbered
from ledger.extract.answers.weave import Sources, parsed, record, records, words


def read_entry(entry: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of such an entry; nothing for any other record."""
    blocks = list(records(entry.get("blocks")))
    texts = (words(record(block.get("markdown_block")).get("answer")) for block in blocks)
    text = next(filter(None, texts), None)
    found = [record(block.get("web_result_block")).get("web_results") for block in blocks]
    if text is None and "query_str" in entry:
        parts = list(_parts(entry.get("text")))
        text = next(filter(None, (words(part.get("answer")) for part in reversed(parts))), None)
        found = [part.get("web_results") for part in reversed(parts)]
        found = list(filter(None, found))[:1]
    pages = pages_beside({"results": [page for each in found for page in records(each)]})
    if text:
        yield renumbered(text, pages, sources) if pages else text


def _parts(said: object) -> Iterator[dict[str, Any]]:
    """The answers and findings in a text of JSON, in order; those inside an answer behind it."""
    value = parsed(said) if isinstance(said, str) else None
    for part in (value, *records(value)):
        inner = record(record(part).get("content")) or record(part)
        nested = inner.get("answer")
        whole = record(parsed(nested)) if isinstance(nested, str) and nested[:1] == "{" else {}
        yield {**inner, **whole}
