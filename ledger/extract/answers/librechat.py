"""A message of LibreChat with a search of the web -> its parts with our markers.

The answer cites by turn, kind and place, "turn0search2". The results of each search are attached to
the message, in one list for each kind.
"""

import re
from collections.abc import Iterator
from typing import Any

from ledger.extract.answers.beside import address_of, title_of
from ledger.extract.answers.weave import Sources, record, records

_LISTS = {"search": "organic", "news": "topStories", "ref": "references", "image": "images"}
_SIGN = r"(?:[\ue200-\ue206]|\\ue20[0-6])"
_CITED = re.compile(
    rf" ?{_SIGN}{{1,3}}turn(?P<turn>[0-9]{{1,3}})(?P<kind>[a-z]{{2,6}})(?P<place>[0-9]{{1,3}})"
    rf"(?:{_SIGN}(?!turn|{_SIGN}))?"
)
"""A citation with the signs around it, which may be written out; so may be several in a row."""


def with_sources(message: dict[str, Any], sources: Sources) -> dict[str, Any]:
    """The message, its texts with markers for what its searches found."""
    pages = dict(_pages(message))
    if not pages:
        return message

    def cited(match: re.Match[str]) -> str:
        page = pages.get((match["turn"], match["kind"], int(match["place"])))
        return sources.marker(address_of(page), title_of(page)) if page else match[0]

    def marked(part: dict[str, Any]) -> dict[str, Any]:
        text = part.get("text")
        return {**part, "text": _CITED.sub(cited, text)} if isinstance(text, str) else part

    content = [marked(part) for part in records(message.get("content"))]
    return {**marked(message), **({"content": content} if content else {})}


def _pages(message: dict[str, Any]) -> Iterator[tuple[tuple[str, str, int], dict[str, Any]]]:
    for attached in records(message.get("attachments")):
        search = record(attached.get("web_search"))
        for kind, name in _LISTS.items():
            for place, page in enumerate(records(search.get(name))):
                if address_of(page):
                    yield (str(search.get("turn", 0)), kind, place), page
