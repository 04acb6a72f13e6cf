"""What a page says of itself, with who in the page says so, and where they differ.

JSON-LD is written for machines to cite, Open Graph for machines to show, meta elements for
anybody, and the page itself for readers; that is the order in which they are believed.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger import urls
from ledger.document import Finding
from ledger.extract.html.json_ld import (
    is_article,
    json_ld,
    named,
    names_by_id,
    of_items,
    without_descriptions,
)
from ledger.extract.html.people import authors, names
from ledger.extract.html.published import PUBLISHED, SHOWN, day_said, shown
from ledger.extract.html.said import Said, of_metas, words_in
from ledger.extract.html.said import metas as metas_of
from ledger.extract.html.survey import Survey
from ledger.extract.html.titles import (
    TITLE,
    headings_of,
    of_the_page,
    styled_title,
    title_of,
    without_site,
)
from ledger.extract.html.tree import Element
from ledger.finding_words import crediting
from ledger.letters import key_of

_TITLES = (("og:title", "Open Graph"), ("twitter:title", "meta"), ("citation_title", "meta"))
_MODIFIED = (
    ("article:modified_time", "Open Graph"),
    ("og:updated_time", "Open Graph"),
    ("dateModified", "meta"),
    ("lastmod", "meta"),
)
_SITES = (("og:site_name", "Open Graph"), ("dc.publisher", "meta"))
_CREDITED = re.compile(
    r"(?:^|[\s(])(?P<mark>\((?P<round>Reuters|AP|AFP|UPI|dpa|DPA|ANSA|EFE|TASS|Xinhua|Bloomberg|"
    r"PTI|ANI|IANS|CNN|Kyodo|Yonhap|Interfax|AAP|PA|Anadolu)\)\s*(?:[-–—]|$)"
    r"|^(?P<plain>AP|AFP|REUTERS|Reuters|dpa|UPI)\s*[-–—]\s)"
)
_AGENCIES = {
    "AP": "Associated Press", "AFP": "Agence France-Presse", "UPI": "United Press International",
    "dpa": "dpa", "DPA": "dpa", "PA": "PA Media", "AAP": "Australian Associated Press",
    "PTI": "Press Trust of India", "REUTERS": "Reuters",
}  # fmt: skip


class PageData(NamedTuple):
    """What a page says of itself; None or empty where it says nothing.

    Attributes:
        title, published, language: As in `document.Document`.
        byline: Names, in order.
        headlines: Every title the page declares and its site, for knowing these lines as they come.
        canonical: The page's own address as it says, absolute or not; None when it does not.
        base: As `document.Document.base`.
        findings: What a reader must know: who else says otherwise, who is credited.
    """

    title: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    canonical: str | None = None
    base: str | None = None
    headlines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def page_data(survey: Survey) -> PageData:
    """Read what a page says of itself. Linear in the page; broken scripts say nothing."""
    metas = metas_of(survey.named("meta"))
    told = [*json_ld(survey.named("script"))]
    items = [item for item in told if is_article(item)]
    headings = headings_of(survey)
    titles = [
        *of_items(without_descriptions(items, headings), "headline", "name"),
        *of_metas(metas, _TITLES),
    ]
    for document_title in survey.named("title")[:1]:
        if words := words_in(document_title):
            titles.append(Said(words, TITLE))
    if not titles:
        titles.extend(styled_title(survey))
    published = [*of_items(items, "datePublished"), *of_metas(metas, PUBLISHED)]
    modified = [*of_items(items, "dateModified"), *of_metas(metas, _MODIFIED)]
    writers = authors(survey, items, names_by_id(told), metas)
    addresses = [*_canonical(survey.named("link")), *of_metas(metas, (("og:url", "Open Graph"),))]
    published.extend(shown(survey, metas, addresses, found=any(map(day_said, published))))
    sites = [*_publishers(items), *of_metas(metas, _SITES)]
    return PageData(
        title=without_site(title_of(of_the_page(titles, headings, sites), headings), sites),
        byline=names(writers),
        published=next(filter(None, map(day_said, published)), None),
        language=_language(survey.elements[0], metas),
        canonical=addresses[0].value if addresses else None,
        base=next(_bases(survey.named("base")), None),
        headlines=tuple(said.value for said in (*titles, *sites)),
        findings=(
            *_conflicts(titles, published, writers, sites, addresses),
            *_remarks(published, modified, items),
        ),
    )


def _conflicts(
    titles: list[Said],
    published: list[Said],
    writers: list[Said],
    sites: list[Said],
    addresses: list[Said],
) -> Iterator[Finding]:
    """What a page says of itself in two ways."""
    yield from _conflict("title", [s for s in titles if s.origin != TITLE], _same_words)
    yield from _conflict("published", [s for s in published if s.origin != SHOWN], _same_day)
    yield from _conflict("author", writers, _share_a_name)
    yield from _conflict("outlet", sites, _same_words)
    yield from _conflict("address", addresses, _same_page)


def _remarks(
    published: list[Said], modified: list[Said], items: list[dict[str, Any]]
) -> Iterator[Finding]:
    """That a page was changed later, and which agencies it credits."""
    changed = next(filter(None, map(day_said, modified)), None)
    first = next(filter(None, map(day_said, published)), None)
    if changed and first and changed[:10] > first[:10]:
        yield Finding(
            code="modified-later",
            detail=f"published {first[:10]}, and changed on {changed[:10]} as the page says",
        )
    for item in items:
        for agency in named(item.get("sourceOrganization")) + named(item.get("provider")):
            yield Finding(code="wire-credit", detail=crediting(agency, "data"))


def _conflict(what: str, said: list[Said], same: Any) -> Iterator[Finding]:
    """The first statement that differs from the one that is believed."""
    for other in said[1:]:
        if not same(said[0].value, other.value):
            yield Finding(
                code="metadata-conflict",
                detail=f"{what}: “{_short(said[0].value)}” ({said[0].origin}), "
                f"“{_short(other.value)}” ({other.origin})",
            )
            return


def credited(opening: str) -> str | None:
    """The news agency that the opening of a text credits, as in "ROME (AP) -"; None for none."""
    match = _CREDITED.search(opening[:200])
    if match is None:
        return None
    name = match["round"] or match["plain"]
    return _AGENCIES.get(name, name)


def _short(value: str) -> str:
    return value if len(value) <= 80 else f"{value[:79]}…"


def _same_words(one: str, other: str) -> bool:
    a, b = key_of(one), key_of(other)
    return a in b or b in a


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses are one page; a relative one says too little."""
    a, b = urls.normalise(one), urls.normalise(other)
    return a is None or b is None or a.rstrip("/") == b.rstrip("/")


def _same_day(one: str, other: str) -> bool:
    a, b = day_said(Said(one, "")), day_said(Said(other, ""))
    return a is None or b is None or a[:10] == b[:10]


def _share_a_name(one: str, other: str) -> bool:
    a, b = (set(re.findall(r"[^\W\d_]{3,}", value.casefold())) for value in (one, other))
    return not a.isdisjoint(b) or _same_words(one, other)


def _publishers(items: list[dict[str, Any]]) -> Iterator[Said]:
    for item in items:
        if names := named(item.get("publisher")):
            yield Said(names[0], "JSON-LD")


def _canonical(elements: list[Element]) -> Iterator[Said]:
    for element in elements:
        is_it = "canonical" in element.get("rel").lower().split()
        if is_it and (address := element.get("href").strip()):
            yield Said(address, "canonical link")
            return


def _bases(elements: list[Element]) -> Iterator[str]:
    """Where relative links start from; browsers take the first."""
    for element in elements:
        if address := element.get("href").strip():
            yield address


def _language(root: Element, metas: dict[str, list[str]]) -> str | None:
    """ISO 639-1, as the page says; None when it does not."""
    said = [root.get("lang"), root.get("xml:lang"), *metas.get("og:locale", ())]
    said.extend(metas.get("content-language", ()))
    for code in said:
        if match := re.match(r"[A-Za-z]{2}(?![A-Za-z])", code):
            return match[0].lower()
    return None
