"""`ledger parse`: what is in documents, without recording it."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger.commands.fetching import (
    ContactOption,
    Manners,
    MaxBytesOption,
    PatienceOption,
    PauseOption,
    PrivateOption,
    RenderOption,
    RobotsOption,
    TimeoutOption,
    TriesOption,
    WorkersOption,
    in_order,
    renderer_of,
)
from ledger.commands.inputs import (
    FromFileOption,
    InputsArgument,
    ReferencesOption,
    UrlOption,
    all_inputs,
    and_then,
    arrivals,
    early,
    failed_status,
    given_references,
    harmless,
    page_readers,
    progress,
    receiver,
)
from ledger.commands.settings import settings_of
from ledger.commands.words import complain
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.model import Citation, Claim, Reading, Reference, Source
    from ledger.pipeline import Received
    from ledger.pipeline.read import Extract

app = typer.Typer()


@app.command("parse")
def parse(
    ctx: typer.Context,
    inputs: InputsArgument = None,
    references: ReferencesOption = None,
    url: UrlOption = None,
    from_file: FromFileOption = None,
    pretty: Annotated[bool, typer.Option(help="Print for people, indented.")] = False,
    allow_private: PrivateOption = None,
    render: RenderOption = None,
    contact: ContactOption = None,
    ignore_robots: RobotsOption = False,
    timeout: TimeoutOption = None,
    max_bytes: MaxBytesOption = None,
    pause: PauseOption = None,
    patience: PatienceOption = None,
    tries: TriesOption = None,
    workers: WorkersOption = 8,
) -> None:
    """Show what is in documents, without recording it.

    Prints one JSON object per input, in input order: clean text, claims with their citations,
    references, findings. An input that cannot be read gives an object with "error", and exit
    status 3 at the end; 6 when policy forbade every one that failed.
    """
    readers = ctx.with_resource(page_readers(inputs, from_file))  # they start while this imports
    from ledger.commands.safe import json_text
    from ledger.pipeline import read

    settings = settings_of(ctx)
    found = all_inputs(inputs, from_file, settings)
    given = given_references(references, found.names)
    fetcher = Manners(
        allow_private, contact, ignore_robots, timeout, max_bytes, pause, patience, tries
    ).fetcher()
    renderer = renderer_of(render)
    receive = receiver(found.names, url, fetcher, renderer=renderer)
    host_rules = None if renderer else fetcher
    errors: list[LedgerError] = []

    def items() -> "Iterator[tuple[str, dict[str, Any] | LedgerError]]":
        with closing(arrivals(found.names, receive, host_rules, workers, settings)) as arrived:
            for name, got, extract in early(found.names, arrived, readers):
                yield name, and_then(name, got, parser(name, extract), settings)

    def parser(name: str, extract: "Extract") -> "Callable[[Received], dict[str, Any]]":
        return lambda received: _item(name, read(received, given, extract=extract))

    def put(item: dict[str, Any]) -> None:
        sys.stdout.write(f"{json_text(item, indent=2 if pretty else None)}\n")

    def fail(name: str, error: LedgerError) -> None:
        errors.append(error)
        put(_failure(name, error))
        complain(f"failed  {error}")

    with progress(len(found.names), settings) as step:
        for name, done in in_order(found.names, items()):
            step(name, isinstance(done, LedgerError))
            if isinstance(done, LedgerError):
                fail(name, done)
            else:
                put(done)
    for error in found.unreadable:
        fail(error.input, error)
    if errors:
        sys.stdout.flush()
        raise typer.Exit(failed_status(errors))


def _failure(name: str, error: LedgerError) -> dict[str, Any]:
    code = getattr(error, "code", "unreadable")
    return {"input": harmless(name), "error": {"code": code, "message": str(error)}}


def _item(name: str, reading: "Reading") -> dict[str, Any]:
    article = reading.article
    if article is None:
        return {"input": name, "error": {"code": "no-text", "message": "it holds no prose"}}
    pages = _Pages(reading)
    source = next(each for each in reading.sources if each.id == article.source_id)
    return {
        "input": name,
        "url": source.url if source.host else None,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "dateline": article.dateline,
        "language": article.language,
        "text": article.text,
        "claims": pages.claims(),
        "references": [pages.reference(entry) for entry in article.references],
        "findings": [finding.model_dump() for finding in article.findings],
        "error": None,
    }


def _add_clauses(claim: "Claim", cited: list[dict[str, Any]]) -> None:
    """Say of each citation which words it stands behind, where a claim has several groups."""
    places = {each["group"]: each["at"] for each in reversed(cited)}
    if len(places) < 2:
        return
    from ledger.clauses import clauses

    order = sorted(places)
    found = clauses(claim.exact, [places[group] - claim.start for group in order])
    scopes = dict(zip(order, found, strict=True))
    for each in cited:
        start, end = scopes[each["group"]]
        each["clause"] = {"start": claim.start + start, "end": claim.start + end}


class _Pages:
    """A reading as the parse contract prints it."""

    def __init__(self, reading: "Reading") -> None:
        self.reading = reading
        self.sources = {source.id: source for source in reading.sources}
        self.names = {outlet.key: outlet.name for outlet in reading.outlets}
        self.outlet_names = {
            source.url: self.names.get(source.outlet or "") for source in reading.sources
        }

    def claims(self) -> list[dict[str, Any]]:
        cited: dict[str, list[dict[str, Any]]] = {}
        for citation in self.reading.citations:
            items = cited.setdefault(citation.claim_id, [])
            if citation.alternative:
                items[-1].setdefault("urls", [items[-1]["url"]]).append(citation.url)
            else:
                items.append(self.citation(citation))
        named: dict[str, list[dict[str, Any]]] = {}
        for each in self.reading.attributions:
            named.setdefault(each.claim_id, []).append(
                {
                    "name": each.name,
                    "outlet": self.names.get(each.outlet or ""),
                    "start": each.start,
                    "end": each.end,
                }
            )
        for claim in self.reading.claims:
            _add_clauses(claim, cited.get(claim.id, []))
        return [
            {
                "id": claim.id,
                "start": claim.start,
                "end": claim.end,
                "exact": claim.exact,
                "section": claim.section,
                "kind": claim.kind,
                "citations": cited.get(claim.id, []),
                "attributions": named.get(claim.id, []),
            }
            for claim in self.reading.claims
        ]

    def citation(self, citation: "Citation") -> dict[str, Any]:
        from ledger.urls import text_fragment

        source = self.sources.get(citation.source_id or "")
        return {
            "marker": citation.marker,
            "raw": citation.raw,
            "at": citation.at,
            "group": citation.group,
            "form": citation.form,
            "url": citation.url,
            "source": source.url if source else None,
            "outlet": self.names.get(source.outlet or "") if source else None,
            "gap": citation.gap,
            "clause": None,
            "hint": text_fragment(citation.url) if citation.url else None,
            "origin": self.origin(source) if source else None,
        }

    def origin(self, source: "Source") -> str | None:
        """Name of the agency whose story the address says it is."""
        from ledger.origins import origin_of

        found = origin_of(source.url)
        return found.name if found else None

    def reference(self, entry: "Reference") -> dict[str, Any]:
        from ledger.resolve import lead_of

        source = lead_of(entry.url).source if entry.url else None
        name = self.outlet_names[source] if source in self.outlet_names else _publisher(source)
        return {
            "marker": entry.marker,
            "raw": entry.raw,
            "url": entry.url,
            "urls": entry.urls,
            "source": source,
            "title": entry.title,
            "outlet": name,
        }


def _publisher(source: str | None) -> str | None:
    """Name of the outlet of a page that is listed and not cited."""
    from ledger.outlets import outlet_of

    outlet = outlet_of(source) if source else None
    return outlet.name if outlet else None
