"""What a page says of itself, with who in the page says so, and where they differ.

JSON-LD is written for machines to cite, Open Graph for machines to show, meta elements for
anybody, and the page itself for readers; that is the order in which they are believed.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from ledger import urls
from ledger.document import Finding
from ledger.extract.html.hints import BYLINE
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, is_data, text_of
from ledger.extract.metadata import date_in

_TITLES = (("og:title", "Open Graph"), ("twitter:title", "meta"), ("citation_title", "meta"))
_PUBLISHED = (
    ("article:published_time", "Open Graph"),
    ("citation_publication_date", "meta"),
    ("datePublished", "meta"),
    ("date", "meta"),
    ("dc.date", "meta"),
    ("dcterms.date", "meta"),
    ("parsely-pub-date", "meta"),
    ("pubdate", "meta"),
)
_MODIFIED = (
    ("article:modified_time", "Open Graph"),
    ("og:updated_time", "Open Graph"),
    ("dateModified", "meta"),
    ("lastmod", "meta"),
)
_AUTHORS = (
    ("author", "meta"),
    ("citation_author", "meta"),
    ("parsely-author", "meta"),
    ("article:author", "Open Graph"),
    ("dc.creator", "meta"),
    ("byl", "meta"),
)
_SITES = (("og:site_name", "Open Graph"), ("dc.publisher", "meta"))
_ARTICLES = re.compile(
    r"(?:News|Blog|Opinion|Report|Scholarly|Review)?.{0,20}(?:Article|Posting)|Report|Review"
)
_ISO = re.compile(r"(?:1[5-9]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""A day in a year that a page can be of: "0001-01-01" is what programs write for none."""
_BY = re.compile(r"(?:by|von|par|por|di|door|av|od)\s+(?=\S)", re.I)
_AND = re.compile(r"\s*(?:,|;|\band\b|\bund\b|\bet\b|\by\b|&)\s*")
_NAME = re.compile(r"[^\W\d_][^\d_<>@|]{1,60}")
_TITLE = "title element"
"""Where search engines look: it hardly ever says what the headline says."""
_LONGEST_BYLINE = 200
_AUTHOR = "author"
_SCRIPTS, _ITEMS = 10, 50
"""How many scripts of JSON-LD are read, and how many items of each: pages have one or two."""
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
_SPACE = re.compile(r"\s+")


_SLASHES = re.compile(r"^([0-9]{4})/([0-9]{2})/([0-9]{2})(?![0-9])")
"""A date as journals state it for Google Scholar."""


class Said(NamedTuple):
    """One statement of a page about itself; `names` when it lists people one by one."""

    value: str
    origin: str
    names: tuple[str, ...] = ()


class PageData(NamedTuple):
    """What a page says of itself; None or empty where it says nothing.

    Attributes:
        title, published, language: As in `document.Document`.
        byline: Names, in order.
        headlines: Every title the page declares, for knowing its headline when it comes.
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
    metas = _metas(survey.named("meta"))
    items = [item for item in _json_ld(survey.named("script")) if _is_article(item)]
    headings = [Said(_words(e), "headline") for e in survey.named("h1")[:3]]
    titles = [*_of_items(_headed(items, headings), "headline", "name"), *_of_metas(metas, _TITLES)]
    for document_title in survey.named("title")[:1]:
        if words := _words(document_title):
            titles.append(Said(words, _TITLE))
    published = [*_of_items(items, "datePublished"), *_of_metas(metas, _PUBLISHED)]
    published.extend(_times(survey.named("time")))
    modified = [*_of_items(items, "dateModified"), *_of_metas(metas, _MODIFIED)]
    authors = [*_authors(items), *_of_metas(metas, _AUTHORS), *_bylines(survey)]
    authors = [said for said in authors if "://" not in said.value]  # a profile is no name
    addresses = [*_canonical(survey.named("link")), *_of_metas(metas, (("og:url", "Open Graph"),))]
    sites = [*_publishers(items), *_of_metas(metas, _SITES)]
    return PageData(
        title=_title(_of_the_page(titles, headings, sites), headings),
        byline=_names(authors),
        published=next(filter(None, map(_date, published)), None),
        language=_language(survey.elements[0], metas),
        canonical=addresses[0].value if addresses else None,
        base=next(_bases(survey.named("base")), None),
        headlines=tuple(said.value for said in titles),
        findings=tuple(_findings(titles, published, modified, authors, sites, addresses, items)),
    )


def _findings(
    titles: list[Said],
    published: list[Said],
    modified: list[Said],
    authors: list[Said],
    sites: list[Said],
    addresses: list[Said],
    items: list[dict[str, Any]],
) -> Iterator[Finding]:
    yield from _conflict("title", [s for s in titles if s.origin != _TITLE], _same_words)
    yield from _conflict("published", [s for s in published if s.origin != "time"], _same_day)
    yield from _conflict("author", authors, _share_a_name)
    yield from _conflict("outlet", sites, _same_words)
    yield from _conflict("address", addresses, _same_page)
    changed = next(filter(None, map(_date, modified)), None)
    first = next(filter(None, map(_date, published)), None)
    if changed and first and changed[:10] > first[:10]:
        yield Finding(
            code="modified-later",
            detail=f"published {first[:10]}, and changed on {changed[:10]} as the page says",
        )
    for item in items:
        for agency in _named(item.get("sourceOrganization")) + _named(item.get("provider")):
            yield Finding(code="wire-credit", detail=f"the page credits {agency[:80]} (JSON-LD)")


def _of_the_page(titles: list[Said], headings: list[Said], sites: list[Said]) -> list[Said]:
    """The titles without those that only name the site.

    It is named as such, or stands in the title element beside the headline: "Headline | Site".
    """
    names = {_key(said.value) for said in sites}
    for whole in (said for said in titles if said.origin == _TITLE):
        for headline in filter(None, (_key(said.value) for said in headings)):
            names.update(filter(None, (_key(whole.value).removeprefix(headline),)))
    names.difference_update(_key(said.value) for said in headings)
    kept = [said for said in titles if said.origin == _TITLE or _key(said.value) not in names]
    return kept if kept or headings else titles


def _title(titles: list[Said], headings: list[Said]) -> str | None:
    """The title that is believed; the headline alone where the title element has it and a name."""
    first = next((said for said in (*titles, *headings) if said.value), None)
    if first is not None and first.origin == _TITLE:
        inside = (said.value for said in headings if said.value and said.value in first.value)
        return next(inside, first.value)
    return first.value if first else None


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


def _key(value: str) -> str:
    return "".join(filter(str.isalnum, value.casefold()))


def _same_words(one: str, other: str) -> bool:
    a, b = _key(one), _key(other)
    return a in b or b in a


def _same_page(one: str, other: str) -> bool:
    """Whether two addresses are one page; a relative one says too little."""
    a, b = urls.normalise(one), urls.normalise(other)
    return a is None or b is None or a.rstrip("/") == b.rstrip("/")


def _same_day(one: str, other: str) -> bool:
    a, b = _date(Said(one, "")), _date(Said(other, ""))
    return a is None or b is None or a[:10] == b[:10]


def _share_a_name(one: str, other: str) -> bool:
    a, b = (set(re.findall(r"[^\W\d_]{3,}", value.casefold())) for value in (one, other))
    return not a.isdisjoint(b) or _same_words(one, other)


def _metas(elements: list[Element]) -> dict[str, list[str]]:
    """Every content of each name that meta elements have, in page order."""
    found: dict[str, list[str]] = {}
    for element in elements:
        content = _SPACE.sub(" ", element.get("content")).strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name, []).append(content)
                found.setdefault(name.lower(), found[name])
    return found


def _of_metas(metas: dict[str, list[str]], names: Iterable[tuple[str, str]]) -> Iterator[Said]:
    for name, origin in names:
        if name == "citation_author" and name in metas:
            turned = tuple(map(_turned, dict.fromkeys(metas[name])))
            yield Said(", ".join(turned), origin, turned)
        elif values := metas.get(name):
            joined = ", ".join(dict.fromkeys(values)) if "author" in name else values[0]
            yield Said(joined, origin)


def _turned(name: str) -> str:
    """A name with the given name first: "Roe, Ann" is "Ann Roe"; there is one in each element."""
    family, _, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if given.strip() and "," not in given else name


def _json_ld(elements: list[Element]) -> Iterator[dict[str, Any]]:
    for script in islice(filter(is_data, elements), _SCRIPTS):
        try:
            found = json.loads(text_of(script), strict=False)
        except (ValueError, RecursionError):
            continue  # a broken script says nothing about the article
        for item in (found if isinstance(found, list) else [found])[:_ITEMS]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (node for node in graph[:_ITEMS] if isinstance(node, dict))


def _is_article(item: dict[str, Any]) -> bool:
    """Whether an item speaks of an article: by its type, or by a headline of its own."""
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    typed = any(isinstance(name, str) and _ARTICLES.fullmatch(name) for name in names)
    return typed or isinstance(item.get("headline"), str)


def _of_items(items: list[dict[str, Any]], *names: str) -> Iterator[Said]:
    for item in items:
        for name in names:
            value = item.get(name)
            if isinstance(value, str) and value.strip():
                yield Said(_tidy(value), "JSON-LD")
                break


def _headed(items: list[dict[str, Any]], headings: list[Said]) -> list[dict[str, Any]]:
    """The items, without a headline where the page is headed by the name: it describes there."""
    keys = {_key(said.value) for said in headings if said.value}
    return [
        {**item, "headline": None} if _key(str(item.get("name") or "")) in keys else item
        for item in items
    ]


def _named(value: object) -> list[str]:
    """The names of people or organisations, however JSON-LD wraps them."""
    people = value if isinstance(value, list) else [value]
    names = [p.get("name") if isinstance(p, dict) else p for p in people[:_ITEMS]]
    flat = [n[0] if isinstance(n, list) and n else n for n in names]
    return [_tidy(n) for n in flat if isinstance(n, str) and n.strip()]


def _tidy(value: str) -> str:
    """A string of JSON-LD, in which many programs leave the entities of HTML."""
    return _SPACE.sub(" ", unescape(value)).strip()


def _authors(items: list[dict[str, Any]]) -> Iterator[Said]:
    for item in items:
        if names := _named(item.get("author")) or _named(item.get("creator")):
            yield Said(", ".join(names), "JSON-LD", tuple(names))


def _publishers(items: list[dict[str, Any]]) -> Iterator[Said]:
    for item in items:
        if names := _named(item.get("publisher")):
            yield Said(names[0], "JSON-LD")


def _bylines(survey: Survey) -> Iterator[Said]:
    """Names that the page shows as its authors'."""
    marked = {each for each in survey.called if _AUTHOR in (each.get("rel"), each.get("itemprop"))}
    hinted = survey.hinted(BYLINE, survey.elements[0])
    for element in sorted({*marked, *hinted}, key=lambda each: each.index):
        if element.facts.text > _LONGEST_BYLINE:
            continue
        words = _words(element)
        if element not in marked and not _BY.match(words):
            continue
        words = _BY.sub("", words, count=1) if _BY.match(words) else words
        if _NAME.fullmatch(words):
            yield Said(words, "byline")
            return


def _names(authors: list[Said]) -> tuple[str, ...]:
    """The names of the first statement about the authors."""
    if not authors:
        return ()
    first = authors[0]
    names = (_BY.sub("", name, count=1) for name in first.names or (first.value,))
    if len(first.names) < 2:
        names = (part for name in names for part in _AND.split(name))
    return tuple(dict.fromkeys(name for part in names if (name := part.strip())))


def _times(elements: list[Element]) -> Iterator[Said]:
    for element in elements:
        if stamp := element.get("datetime"):
            yield Said(stamp, "time")


def _date(said: Said) -> str | None:
    """A date as ISO 8601, as the page has it when it is that already."""
    value = _SLASHES.sub(r"\1-\2-\3", said.value.strip())
    found = value if _ISO.match(value) else date_in(value)
    return found if found and _ISO.match(found) else None


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


def _words(element: Element) -> str:
    return _SPACE.sub(" ", text_of(element)).strip()
