"""What a document says -> the JSON that `ledger parse` prints, on one line.

No entries are made for it: ids are made as those that `ledger ingest` records, of a capture that
has no time. Claims and citations, which are most of it, are spelled here and not by a library: the
parts that many of them share, as the headings above them and the page they cite, only once.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from ledger.attribute import Named
from ledger.clauses import clauses
from ledger.document import Reference
from ledger.forms import IDLE
from ledger.ids import claim_ids, spell_string
from ledger.inputs import Received
from ledger.origins import origin_of
from ledger.outlets import outlet_of
from ledger.pipeline.claims import Cited, ParsedClaim
from ledger.pipeline.parse import Parsed, parse
from ledger.resolve import Lead, lead_of
from ledger.urls import text_fragment

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
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
    line = parsed_line(Received(body=body, **said), _references(given))
    return line.encode("utf-8", "surrogatepass")  # names of files may have half characters


def _references(given: Sequence[Mapping[str, Any]]) -> tuple[Reference, ...]:
    return tuple(Reference(**{**entry, "urls": tuple(entry["urls"])}) for entry in given)


def parsed_line(received: Received, given: Sequence[Reference]) -> str:
    """The object of one input as JSON; arguments and errors as those of `pipeline.parse`."""
    read_anew = replace(received, received_at=UNRECORDED)
    return spelled(received.name, parse(read_anew, given))


def spelled(name: str, parsed: Parsed) -> str:
    """The object of one input as JSON on one line, as the parse contract has it.

    Args:
        name: As the input was given.
        parsed: What was read in it.
    """
    article, source = parsed.document, parsed.source
    said = _Said(parsed)
    head = {
        "input": name,
        "url": source.url if source.host else None,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "dateline": article.dateline,
        "language": article.language,
    }
    claims = ",".join(map(said.claim, parsed.claims))
    references = ",".join(map(said.reference, article.references))  # behind what cites them
    tail = {
        "findings": [
            {"code": each.code, "detail": each.detail, "at": each.at} for each in article.findings
        ],
        "counts": _counts(parsed),
        "error": None,
    }
    return (
        f'{_JSON.encode(head)[:-1]},"text":{spell_string(article.text)},"claims":[{claims}],'
        f'"references":[{references}],{_JSON.encode(tail)[1:]}'
    )


def _counts(parsed: Parsed) -> dict[str, int]:
    """How many there are, as `ledger ingest` counts them: `claims` has headings and links, too."""
    cited = [
        each.lead
        for stated in parsed.claims
        for each in stated.cited
        if not each.alternative and each.lead.form not in IDLE
    ]
    return {
        "claims": sum(stated.kind != "not-a-claim" for stated in parsed.claims),
        "citations": len(cited),
        "gaps": sum(lead.gap is not None for lead in cited),
        "findings": len(parsed.document.findings),
    }


class _Said:
    """The claims and references of one article; whose each page is, is asked once."""

    def __init__(self, parsed: Parsed) -> None:
        self.id_of = claim_ids(parsed.article_id)
        self.pages = parsed.pages
        outlets = parsed.pages.outlets
        self.outlets = {
            url: outlets[page.outlet].name if page.outlet else None
            for url, page in parsed.pages.sources.items()
        }
        self.sections: dict[tuple[str, ...], str] = {}
        self.leads: dict[Lead, tuple[str, str]] = {}

    def claim(self, stated: ParsedClaim) -> str:
        """A claim as JSON."""
        start, end, section = stated.sentence[:3]
        exact = spell_string(stated.exact)
        above = self.sections.get(section)
        if above is None:
            above = self.sections[section] = _texts(section)
        citations = self.citations(stated) if stated.cited else ""
        named = ",".join(map(_attribution, stated.named)) if stated.named else ""
        return (
            f'{{"id":"{self.id_of(start, exact)}","start":{start},"end":{end},"exact":{exact},'
            f'"section":{above},"kind":"{stated.kind}","citations":[{citations}],'
            f'"attributions":[{named}]}}'
        )

    def citations(self, stated: ParsedClaim) -> str:
        """An object for each marker as JSON, with all the addresses that it leads to."""
        cited = stated.cited
        behind = _clauses(stated) if cited[0].group != cited[-1].group else {}
        items: list[str] = []
        for number, each in enumerate(cited):
            if not each.alternative:
                several = number + 1 < len(cited) and cited[number + 1].alternative
                urls = f',"urls":{_urls(cited, number)}' if several else ""
                items.append(self.citation(each, behind.get(each.group, "null"), urls))
        return ",".join(items)

    def citation(self, cited: Cited, clause: str, urls: str) -> str:
        """A citation as JSON; `clause` and `urls` are spelled already."""
        mention = cited.mention
        lead = self.leads.get(cited.lead)
        if lead is None:
            lead = self.leads[cited.lead] = self.lead(cited.lead)
        page, hint = lead
        return (
            f'{{"marker":{_text(cited.marker)},"raw":{spell_string(mention.raw)},"at":{mention.at},'
            f'"group":{cited.group},{page},"clause":{clause},{hint}{urls}}}'
        )

    def lead(self, lead: Lead) -> tuple[str, str]:
        """What all citations of a page say of it, as JSON: before their clause, and behind it."""
        url, source, gap, form = lead
        if source and source not in self.outlets:
            publisher = self.pages.publisher(source)
            self.outlets[source] = publisher.name if publisher else None
        outlet = self.outlets[source] if source else None
        agency = origin_of(source) if source else None  # whose story the address says it is
        hint = text_fragment(url) if url and ":~:" in url else None
        return (
            f'"form":"{form}","url":{_text(url)},"source":{_text(source)},'
            f'"outlet":{_text(outlet)},"gap":{_text(gap)}',
            f'"hint":{_text(hint)},"origin":{_text(agency.name if agency else None)}',
        )

    def reference(self, entry: Reference) -> str:
        """An entry of the list as JSON."""
        source = lead_of(entry.url).source if entry.url else None
        outlet = self.outlets[source] if source in self.outlets else _publisher(source)
        return (
            f'{{"marker":{_text(entry.marker)},"raw":{spell_string(entry.raw)},'
            f'"url":{_text(entry.url)},"urls":{_texts(entry.urls)},"source":{_text(source)},'
            f'"title":{_text(entry.title)},"outlet":{_text(outlet)}}}'
        )


def _text(value: str | None) -> str:
    """A text as JSON."""
    return "null" if value is None else spell_string(value)


def _texts(values: Iterable[str]) -> str:
    """Some texts as JSON."""
    return f"[{','.join(map(spell_string, values))}]"


def _attribution(named: Named) -> str:
    """A name in prose as JSON."""
    outlet = _text(named.outlet.name if named.outlet else None)
    return (
        f'{{"name":{spell_string(named.name)},"outlet":{outlet},"start":{named.start},'
        f'"end":{named.end}}}'
    )


def _urls(cited: Sequence[Cited], number: int) -> str:
    """The addresses of a marker that has several, of which this one is the first, as JSON."""
    behind = takewhile(lambda each: each.alternative, cited[number + 1 :])
    return f"[{','.join([_text(each.lead.url) for each in (cited[number], *behind)])}]"


def _clauses(stated: ParsedClaim) -> dict[int, str]:
    """Which words each group of a claim stands behind, as JSON, where it has several."""
    begin = stated.sentence.start
    first = {each.group: each for each in reversed(stated.cited)}
    order = sorted(first)
    places = [first[group].mention.at - begin for group in order]
    found = clauses(stated.exact, places, [first[group].marker for group in order])
    return {
        group: f'{{"start":{begin + start},"end":{begin + end}}}'
        for group, (start, end) in zip(order, found, strict=True)
    }


def _publisher(source: str | None) -> str | None:
    """Name of the outlet of a page that is listed and not cited."""
    outlet = outlet_of(source) if source else None
    return outlet.name if outlet else None
