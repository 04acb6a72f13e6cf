"""A list of sentences, each with what it cites -> one text with markers.

The tracks of TREC require such answers, and programs ask models for them. Each sentence becomes a
paragraph, so that the markers of one do not seem to cover the sentence before it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.extract.answers.beside import address_of, title_of
from ledger.extract.answers.weave import Sources, listed, record, records, words

_LISTS = ("answer", "responses", "sentences", "statements", "claims")
_TEXTS = ("text", "sentence", "statement", "claim")
_CITED = ("citations", "sources", "references", "urls")
_Page = tuple[str | None, str | None]
"""Address and title."""


def read_statements(response: Mapping[str, Any], sources: Sources) -> Iterator[str]:
    """The text of such a list; nothing for what is none."""
    given = listed(response.get("references")) or listed(response.get("sources"))
    pages = [*map(_page, given)]
    for rows in (list(records(response.get(name))) for name in _LISTS):
        said = [_first(row, _TEXTS) for row in rows]
        cites = any(isinstance(row.get(name), list | dict) for row in rows for name in _CITED)
        if rows and cites and all(words(each) for each in said):
            yield "\n\n".join(
                f"{str(text).strip()}{''.join(dict.fromkeys(_markers(row, pages, sources)))}"
                for text, row in zip(said, rows, strict=True)
            )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((row[name] for name in names if row.get(name)), None)


def _markers(row: Mapping[str, Any], pages: list[_Page], sources: Sources) -> Iterator[str]:
    """The markers of what a sentence cites: places in the list, from 0, or sources themselves."""
    for each in listed(_first(row, _CITED)) or record(_first(row, _CITED)):
        if isinstance(each, int) and not 0 <= each < len(pages):
            yield sources.unlisted()
            continue
        url, title = pages[each] if isinstance(each, int) else _page(each)
        if url or title:
            yield sources.marker(url, title)


def _page(said: Any) -> _Page:
    if isinstance(said, dict):
        return address_of(said), title_of(said)
    name = words(said)
    return (name, None) if name and "://" in name else (None, name)
