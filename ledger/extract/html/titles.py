"""What a page calls itself -> its title, without the name of its site."""

import re
from collections.abc import Iterator

from ledger.extract.html.names import is_furniture, named_furniture
from ledger.extract.html.said import Said, words_in
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element
from ledger.extract.lists.heads import is_head
from ledger.letters import key_of

TITLE = "title element"
"""Where search engines look: it hardly ever says what the headline says."""
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]+/?|/)(?:index\.\w{2,5})?")
"""Where the name of a site leads: to its first page."""
_PERMALINK = " ¶#§🔗⚓"
"""What stands behind a heading to link to it."""
_PARTED = re.compile(r"\s?[|·•»—–]\s|\s[-:]{1,2}\s|：")
_PARTED_BEFORE = re.compile(r"\s?(?:[|·•«»—–:-]|::)\s?\Z")
_STROKE_BEHIND = re.compile(r"\s(?:[|·•»«—–/-]|::)\s\Z")
_STROKES = ("|", "·", "•", "»", "—", "–")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST_NAME = 4
"""Words of four letters and more in the name of a site; chosen, as "The Daily Herald of Northern
Quays" has four."""
_TITLE_STYLES = frozenset(["title", "msotitle"])
"""Google Docs and Word name their style for titles so."""
_MOST, _LOWER, _SHORTEST = 3, ("h2", "h3"), 8
"""Headings of a rank that are looked at; the ranks below the first, and characters of a headline of
those at least, since "News" stands in many titles. Chosen."""


def headings_of(survey: Survey) -> list[Said]:
    """The headlines that a page shows: those of the first rank that are no name of the site.

    Where there is none, the title element says which of the next ranks is one.
    """
    first = [each for each in survey.named("h1")[:_MOST] if not _leads_home(survey, each)]
    first = [each for each in first if not _is_head_below(survey, each)]
    first = [_below_its_site(survey, each) or each for each in first]
    if not first and (titles := survey.named("title")[:1]):
        whole = words_in(titles[0])
        lower = (each for name in _LOWER for each in survey.named(name)[:_MOST])
        first = [e for e in lower if e.facts.text >= _SHORTEST and words_in(e) in whole]
    return [Said(_words(each), "headline") for each in first]


def _below_its_site(survey: Survey, heading: Element) -> Element | None:
    """The headline below a heading that names the site, as the title element has both.

    "Headline - Site" is the title, and "Site" stands in the head of the page.
    """
    titles = survey.named("title")[:1]
    around = (heading, *heading.above())
    if not titles or not any(map(_is_head_of_page, around)):
        return None
    whole, site = key_of(words_in(titles[0])), key_of(words_in(heading))
    if not site or whole == site or not whole.endswith(site):
        return None
    headings = (each for name in ("h1", "h2") for each in survey.named(name))
    below = (each for each in headings if each.index > heading.index and each.facts.text)
    named = (each for each in below if f"{key_of(_words(each))}{site}" == whole)
    return next(named, None)


def _is_head_of_page(element: Element) -> bool:
    """Whether an element stands around articles, or is the header of something that is none."""
    if element.name == "header":
        return all(above.name not in ("article", "main") for above in element.above())
    return is_furniture(element) or named_furniture(element)


def _words(heading: Element) -> str:
    return words_in(heading).rstrip(_PERMALINK)


def styled_title(survey: Survey) -> Iterator[Said]:
    """What an office program has set as the title: a paragraph before all others, by its class."""
    first = next((each for each in survey.named("p") if each.facts.text), None)
    if first is not None and not _TITLE_STYLES.isdisjoint(first.get("class").lower().split()):
        yield Said(words_in(first), "headline")


def _is_head_below(survey: Survey, heading: Element) -> bool:
    """Whether it is the head of the list of references, below the text that cites them."""
    above = survey.named("p")[:1]
    return bool(above) and above[0].index < heading.index and is_head(f"# {words_in(heading)}")


def _leads_home(survey: Survey, heading: Element) -> bool:
    links = [each for each in heading.above() if each.name == "a"]
    if heading.facts.linked == heading.facts.text:
        links.extend(e for e in survey.elements[heading.index : heading.end] if e.name == "a")
    return any(_HOME.fullmatch(link.get("href").strip()) for link in links)


def of_the_page(titles: list[Said], headings: list[Said], sites: list[Said]) -> list[Said]:
    """The titles without those that only name the site.

    It is named as such, or stands in the title element beside the headline: "Headline | Site".
    """
    names = {key_of(said.value) for said in sites}
    for whole in (said for said in titles if said.origin == TITLE):
        for headline in filter(None, (key_of(said.value) for said in headings)):
            names.update(filter(None, (key_of(whole.value).removeprefix(headline),)))
    names.difference_update(key_of(said.value) for said in headings)
    kept = [said for said in titles if said.origin == TITLE or key_of(said.value) not in names]
    return kept if kept or headings else titles


def title_of(titles: list[Said], headings: list[Said]) -> str | None:
    """The title that is believed; the headline alone where that has it and a name. None without.

    Where there is one headline, a title element without a word of it is not believed.
    """
    first = next((said for said in (*titles, *headings) if said.value), None)
    if first is None:
        return None
    shown = [said.value for said in headings if said.value]
    for headline in shown:
        if headline in first.value and first.origin == TITLE:
            return _without_name(first.value, headline)
        if first.origin == TITLE and _opens_with(first.value, headline):
            return headline
        if first.value.startswith(headline) and _PARTED.match(first.value, len(headline)):
            return headline
        before = first.value.removesuffix(headline).rstrip()
        if len(before) < len(headline) and before.endswith(_STROKES):
            return headline  # "Lenne Post | Dam breaks"
    if first.origin == TITLE and len(shown) == 1 and _has_no_word_of(first.value, shown[0]):
        return shown[0]
    return first.value


def without_site(title: str | None, sites: list[Said]) -> str | None:
    """A title without the name that the page gives its site, behind a stroke: "Dams - The Post".

    None stays None.
    """
    for name in (said.value for said in sites if title and said.value):
        bare = (title or "").removesuffix(name)
        if bare != title and (stroke := _STROKE_BEHIND.search(bare)) and stroke.start():
            return bare[: stroke.start()]
    return title


def _opens_with(title: str, headline: str) -> bool:
    """Whether the headline, in capitals of its own, stands before the name of the site."""
    key = key_of(headline)
    parts = _PARTED.finditer(title) if key and key_of(title).startswith(key) else ()
    return any(key_of(title[: part.start()]) == key for part in parts)


def _without_name(title: str, headline: str) -> str:
    """The headline, or what stands before it where it is the name of a site: "TIL … : today"."""
    before = _PARTED_BEFORE.sub("", title.removesuffix(headline))
    named = title.endswith(headline) and before != title.removesuffix(headline)
    return before if named and len(before) > len(headline) else headline


def _has_no_word_of(title: str, headline: str) -> bool:
    """Whether a few words in the title element are not those of a longer headline: of its site."""
    said, named = (_WORD.findall(words.lower()) for words in (headline, title))
    return 0 < len(named) <= min(_LONGEST_NAME, len(said)) and set(said).isdisjoint(named)
