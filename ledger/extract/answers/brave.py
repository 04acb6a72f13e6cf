"""Answers of Brave -> the same with our markers.

Their citations are tags that hold JSON; in summaries they are tokens between the tokens of the
text.
"""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.weave import Sources, parsed, record, records, words

_CITATION = re.compile(r"<citation>(\{[^<>]{1,4000}\})</citation>")
_OTHER = re.compile(r"<(usage|enum_item|progress)>\{[^<>]{1,8000}\}</\1>")
"""What counts the words, or shows a thing: no part of the answer."""


def with_citations(text: str, sources: Sources) -> str:
    """The text, a marker for each tag that names a page; a tag of any other kind stays."""

    def cited(match: re.Match[str]) -> str:
        said = record(parsed(match[1]))
        url, number = words(said.get("url")), said.get("number")
        return sources.marker(url, words(said.get("title")), number or None) if url else match[0]

    return _OTHER.sub("", _CITATION.sub(cited, text))


def read_tokens(response: dict[str, Any], sources: Sources) -> Iterator[str]:
    """The text of a summary; nothing for any other response."""
    context = records(record(response.get("enrichments")).get("context"))
    titles = {words(page.get("url")): words(page.get("title")) for page in context}
    pieces: list[str] = []
    for token in records(response.get("summary")):
        data, kind = token.get("data"), token.get("type")
        if kind == "token" and isinstance(data, str):
            pieces.append(data)
        elif kind == "inline_reference" and (url := words(record(data).get("url"))):
            pieces.append(sources.marker(url, titles.get(url)))
    text = "".join(pieces)
    if text.strip():
        yield text
