"""Brave's answers -> the same with our markers: their citations are tags that hold JSON."""

import re

from ledger.extract.answers.weave import Sources, parsed, record, words

_CITATION = re.compile(r"<citation>(\{[^<>]{1,4000}\})</citation>")
_OTHER = re.compile(r"<(usage|enum_item|progress)>\{[^<>]{1,8000}\}</\1>")
"""What counts the words, or shows a thing: no part of the answer."""


def with_citations(text: str, sources: Sources) -> str:
    """The text, a marker for each tag that names a page; a tag of any other kind stays."""

    def cited(match: re.Match[str]) -> str:
        said = record(parsed(match[1]))
        url, number = words(said.get("url")), said.get("number")
        wanted = number if isinstance(number, int) and number > 0 else None
        return sources.marker(url, words(said.get("title")), wanted) if url else match[0]

    return _OTHER.sub("", _CITATION.sub(cited, text))
