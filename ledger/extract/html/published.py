"""A page -> when it was published, as it says."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ledger.extract import labels
from ledger.extract.front.authors import LONGEST
from ledger.extract.front.dates import date_in
from ledger.extract.html.hints import DATED
from ledger.extract.html.names import BLOCKS, PARAGRAPHS
from ledger.extract.html.said import Said, of_metas, words_in
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.patterns import later

PUBLISHED = (
    ("article:published_time", "Open Graph"),
    ("og:article:published_time", "Open Graph"),
    ("citation_publication_date", "meta"),
    ("citation_date", "meta"),
    ("citation_online_date", "meta"),
    ("datePublished", "meta"),
    ("date", "meta"),
    ("dc.date", "meta"),
    ("dcterms.date", "meta"),
    ("parsely-pub-date", "meta"),
    ("pubdate", "meta"),
)
_ALSO_PUBLISHED = tuple(
    (name, "meta")
    for name in (
        "article.published", "article_date_original", "dc.date.issued", "dcterms.issued",
        "dcterms.created", "publish_date", "publishdate", "publish-date", "publication_date",
        "publicationdate", "publication-date", "published_date", "published_time", "og:pubdate",
        "displaydate", "sailthru.date", "cxenseparse:recs:publishtime",
    )
)  # fmt: skip
"""Names that single systems give it; asked where no other says when, so that none contradicts."""
_ISO = re.compile(r"(?:1[5-9]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""A day in a year that a page can be of: "0001-01-01" is what programs write for none."""
_SLASHES = re.compile(r"^([0-9]{4})/([0-9]{2})/([0-9]{2})(?![0-9])")
"""A date as journals state it for Google Scholar."""
_YEAR_FIRST = re.compile(r"^([0-9]{4}) ([A-Z][a-z]{2,8})\.? ([0-9]{1,2})(?![0-9])")
"""A date as catalogues of medicine state it: "2023 Mar 14"."""
_OF_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)[0-9]{2})/(?P<month>[0-9]{1,2}|[a-z]{3})/(?P<day>[0-9]{1,2})/"
)
"""The day in the address of a story: "/2024/03/05/", "/2024/mar/05/"."""
_STOPS = (".", "!", "?", "。")
_CHANGES = frozenset(["updated", "modified"])
_FIRST = frozenset(["published", "entry", "pubdate"])
"""What programs call the time of the text itself, which they also call updated."""
_OTHERS = frozenset("bday dday dtstart dtend".split())
"""Dates of a person and of an event in microformats, which boxes of facts have above a text."""
_CHANGED = later(rf"(?:{labels.CHANGED})\b", re.I)
SHOWN = "time"
"""Whose word a date is that readers see: it may be that of the last change."""
_ABOVE, _NEAR, _LONGEST_DATE = 8, 40, 60
"""Elements from a date to its headline, from a headline to its date, characters of a date."""
_MOST_HEADINGS, _LONGEST_PATH = 3, 300
"""Headings that are looked at, as the first may be the name of the site; characters of a path."""


def shown(
    survey: Survey, metas: dict[str, list[str]], addresses: list[Said], *, found: bool
) -> Iterator[Said]:
    """What else of a page says when it was published, what is believed first.

    Args:
        survey: The page.
        metas: Every content of each name of a meta element.
        addresses: Those that the page gives as its own.
        found: Whether the page says it by names that all systems know.
    """
    told = [] if found else [*of_metas(metas, _ALSO_PUBLISHED)]
    told.extend(_times([*survey.named("time"), *survey.named("abbr")]))
    found = found or any(map(day_said, told))
    yield from told
    if not found:
        below = [*_at_headline(survey)]
        yield from below or _of_addresses(addresses)


def _times(elements: list[Element]) -> Iterator[Said]:
    """When elements say that something was; an abbreviation only of the article itself.

    One beside which it says that the page was changed then is none.
    """
    for element in elements:
        if _is_of_another(element) or _is_of_a_change(element) or _is_of_the_text(element):
            continue
        own = element.get("itemprop") == "datePublished"
        if stamp := element.get("datetime") or (element.get("title") if own else ""):
            yield Said(stamp, SHOWN)


def _is_of_another(element: Element) -> bool:
    """Whether a date is called that of a person or an event that the page tells of."""
    return not _OTHERS.isdisjoint(element.words)


def _is_of_the_text(element: Element) -> bool:
    """Whether a time is a word of a sentence, and not that of the page."""
    above = next((each for each in element.above() if each.name in BLOCKS), None)
    if above is None or above.name not in PARAGRAPHS or element.get("itemprop") == "datePublished":
        return False
    return above.facts.text > LONGEST or words_in(above)[-1:] in _STOPS


def _is_of_a_change(element: Element) -> bool:
    """Whether a time is called that of a change: by its name, or by words right before it."""
    above = element.parent
    words = element.words
    changed = not _CHANGES.isdisjoint(words) and _FIRST.isdisjoint(words)
    if element.get("itemprop") == "dateModified" or (changed and "pubdate" not in element.attrs):
        return True
    if above is None or above.facts.text > _LONGEST_DATE:
        return False
    return _CHANGED.match(words_in(above)) is not None


def _at_headline(survey: Survey) -> Iterator[Said]:
    """The date that stands right at the headline, in an element that is named for it."""
    dated = {*survey.hinted(DATED, survey.elements[0])}
    dated.update(each for each in survey.named("time") if not each.facts.left_out)
    own = (each for each in dated if not _is_of_another(each))
    ordered = sorted(own, key=lambda each: each.index)
    for heading in survey.named("h1")[:_MOST_HEADINGS]:
        for element in ordered:
            words = words_in(element) if _is_at(element, heading) else ""
            if date_in(words) and not _CHANGED.match(words) and not _is_of_the_text(element):
                yield Said(words, SHOWN)
                return


def _is_at(element: Element, heading: Element) -> bool:
    """Whether a date stands below a headline, or right above it in the same part of the page."""
    if element.facts.text > _LONGEST_DATE:
        return False
    if heading.end <= element.index < heading.end + _NEAR:
        return True
    above = element.parent and (element.parent.parent or element.parent)
    near = heading.index - _ABOVE <= element.index < heading.index
    return near and above is not None and above.name != "body" and heading.index < above.end


def _of_addresses(addresses: list[Said]) -> Iterator[Said]:
    """The day that the first address of a story has in it."""
    for address in addresses[:1]:
        if match := _OF_ADDRESS.search(urlsplit(address.value).path[:_LONGEST_PATH]):
            day, month, year = match["day"], match["month"], match["year"]
            named = month.isalpha()
            yield Said(f"{day} {month} {year}" if named else f"{year}.{month}.{day}", SHOWN)


def day_said(said: Said) -> str | None:
    """The date of a statement as ISO 8601, as the page has it when it is that; else None."""
    value = _SLASHES.sub(r"\1-\2-\3", said.value.strip())
    value = _YEAR_FIRST.sub(r"\3 \2 \1", value)
    found = value if _ISO.match(value) else date_in(value)
    return found if found and _ISO.match(found) else None
