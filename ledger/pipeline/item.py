"""What a document says -> the object that `ledger parse` prints.

No entries are made for it: ids are made as those that `ledger ingest` records, of a capture that
has no time.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ledger.clauses import clauses
from ledger.document import Reference
from ledger.forms import IDLE
from ledger.ids import claim_ids
from ledger.inputs import Received
from ledger.origins import origin_of
from ledger.outlets import outlet_of
from ledger.pipeline.claims import Cited, Told
from ledger.pipeline.pages import Pages
from ledger.pipeline.parse import Parsed, parse
from ledger.resolve import lead_of
from ledger.urls import text_fragment

Item = dict[str, Any]

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_MUCH = 4_000_000
"""Characters of JSON from which on it pays to load what spells it in a third of the time."""
UNRECORDED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for the time of the capture, which ids follow from, where nothing is recorded: so the same
bytes under the same name give the same object whenever they are read."""


def read_item(
    body: bytes, *, received: Mapping[str, Any], given: Sequence[Mapping[str, Any]]
) -> bytes:
    """The object of one input as JSON on one line: what children of `contain` are asked for.

    Args:
        body: What was received.
        received: The other fields of `Received`, as JSON has them.
        given: As in `pipeline.read`.

    Raises:
        ExtractError: As `pipeline.read`.
    """
    said = {
        **received,
        "received_at": datetime.fromisoformat(received["received_at"]),
        "headers": tuple((name, value) for name, value in received["headers"]),
        "redirects": tuple(received["redirects"]),
        "given": _references(received["given"]),
    }
    return dumped(parsed_item(Received(body=body, **said), _references(given)))


def _references(given: Sequence[Mapping[str, Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(**{**entry, "urls": tuple(entry["urls"])}) for entry in given)


def parsed_item(received: Received, given: Sequence[Reference]) -> Item:
    """The object of one input; arguments and errors as those of `pipeline.parse`."""
    read_anew = replace(received, received_at=UNRECORDED)
    return item_of(received.name, parse(read_anew, given))


class Speller:
    """Spells objects as JSON on one line; half characters, as names of files may have, stay.

    `pydantic_core` does so much faster, and takes as long to load as it saves in `_MUCH`: a command
    that reads a few documents does without it.

    Args:
        much: Characters of JSON from which on it is loaded.
    """

    def __init__(self, much: int = _MUCH) -> None:
        self._much = much
        self._done = 0

    def __call__(self, item: Item) -> str:
        """The JSON of an object, the same whoever spells it."""
        if self._done > self._much:
            from pydantic_core import PydanticSerializationError, to_json

            try:
                return to_json(item).decode()
            except PydanticSerializationError:
                pass  # half a character, which it refuses
        line = _JSON.encode(item)
        self._done += len(line)
        return line


spelled = Speller()
"""An object as JSON on one line."""


def dumped(item: Item) -> bytes:
    """The same as a child sends it."""
    return spelled(item).encode("utf-8", "surrogatepass")


def item_of(name: str, parsed: Parsed) -> Item:
    """The object of one input, as the parse contract has it.

    Args:
        name: As the input was given.
        parsed: What was read in it.
    """
    article, source = parsed.document, parsed.source
    cited = _Cites(parsed)
    claims = list(cited.claims())
    return {
        "input": name,
        "url": source.url if source.host else None,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "dateline": article.dateline,
        "language": article.language,
        "text": article.text,
        "claims": claims,
        "references": [cited.reference(entry) for entry in article.references],
        "findings": [
            {"code": each.code, "detail": each.detail, "at": each.at} for each in article.findings
        ],
        "counts": _counts(claims, len(article.findings)),
        "error": None,
    }


def _counts(claims: Sequence[Item], findings: int) -> dict[str, int]:
    """How many there are, as `ledger ingest` counts them: `claims` has headings and links, too."""
    cited = [each for claim in claims for each in claim["citations"] if each["form"] not in IDLE]
    return {
        "claims": sum(claim["kind"] != "not-a-claim" for claim in claims),
        "citations": len(cited),
        "gaps": sum(each["gap"] is not None for each in cited),
        "findings": findings,
    }


class _Cites:
    """The claims and references of one article; whose each page is, is asked once."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.names = _outlet_names(parsed.claims, parsed.pages)
        self.origins: dict[str, str | None] = {}

    def claims(self) -> Iterator[Item]:
        id_of = claim_ids(self.parsed.article_id)
        names = {outlet.key: outlet.name for outlet in self.parsed.pages.outlets.values()}
        for told in self.parsed.claims:
            sentence = told.sentence
            yield {
                "id": id_of(sentence.start, told.exact),
                "start": sentence.start,
                "end": sentence.end,
                "exact": told.exact,
                "section": sentence.section,
                "kind": told.kind,
                "citations": self.citations(told) if told.cited else [],
                "attributions": self.attributions(told, names) if told.named else [],
            }

    @staticmethod
    def attributions(told: Told, names: Mapping[str, str]) -> list[Item]:
        return [
            {
                "name": each.name,
                "outlet": names[each.outlet.key] if each.outlet else None,
                "start": each.start,
                "end": each.end,
            }
            for each in told.named
        ]

    def citations(self, told: Told) -> list[Item]:
        """One object for each marker, with all the addresses that it leads to."""
        items: list[Item] = []
        for each in told.cited:
            if each.alternative:
                items[-1].setdefault("urls", [items[-1]["url"]]).append(each.lead.url)
            else:
                items.append(self.citation(each))
        if items and items[0]["group"] != items[-1]["group"]:
            _add_clauses(told, items)
        return items

    def citation(self, cited: Cited) -> Item:
        mention, (url, source, gap, form) = cited.mention, cited.lead
        return {
            "marker": cited.marker,
            "raw": mention.raw,
            "at": mention.at,
            "group": cited.group,
            "form": form,
            "url": url,
            "source": source,
            "outlet": self.names[source] if source else None,
            "gap": gap,
            "clause": None,
            "hint": text_fragment(url) if url and ":~:" in url else None,
            "origin": self.origin(source) if source else None,
        }

    def origin(self, source: str) -> str | None:
        """Name of the agency whose story the address says it is."""
        if source not in self.origins:
            found = origin_of(source)
            self.origins[source] = found.name if found else None
        return self.origins[source]

    def reference(self, entry: Reference) -> Item:
        source = lead_of(entry.url).source if entry.url else None
        name = self.names[source] if source in self.names else _publisher(source)
        return {
            "marker": entry.marker,
            "raw": entry.raw,
            "url": entry.url,
            "urls": entry.urls,
            "source": source,
            "title": entry.title,
            "outlet": name,
        }


def _outlet_names(claims: list[Told], pages: Pages) -> dict[str | None, str | None]:
    """Cited pages to the names of their outlets; those of outlets in prose are known then, too."""
    keys: dict[str, str | None] = {url: source.outlet for url, source in pages.sources.items()}
    for told in claims:
        for each in told.cited:
            source = each.lead.source
            if source and source not in keys:
                outlet = pages.publisher(source)
                keys[source] = outlet.key if outlet else None
        for named in told.named:
            if named.outlet:
                pages.named(named.outlet)
    return {url: pages.outlets[key].name if key else None for url, key in keys.items()}


def _add_clauses(told: Told, items: list[Item]) -> None:
    """Say of each citation which words it stands behind, where a claim has several groups."""
    begin = told.sentence.start
    places = {each["group"]: each["at"] for each in reversed(items)}
    markers = {each["group"]: each["marker"] for each in reversed(items)}
    order = sorted(places)
    at = [places[group] - begin for group in order]
    found = clauses(told.exact, at, [markers[group] for group in order])
    scopes = dict(zip(order, found, strict=True))
    for each in items:
        start, end = scopes[each["group"]]
        each["clause"] = {"start": begin + start, "end": begin + end}


def _publisher(source: str | None) -> str | None:
    """Name of the outlet of a page that is listed and not cited."""
    outlet = outlet_of(source) if source else None
    return outlet.name if outlet else None
