"""What a page calls itself -> its title, without the name of its site."""

import re

from ledger.extract.html.said import Said, key_of, words_in
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element

TITLE = "title element"
"""Where search engines look: it hardly ever says what the headline says."""
_HOME = re.compile(r"(?:(?:https?:)?//[^/?#]+/?|/)(?:index\.\w{2,5})?")
"""Where the name of a site leads: to its first page."""
_MOST, _LOWER, _SHORTEST = 3, ("h2", "h3"), 8


def headings_of(survey: Survey) -> list[Said]:
    """The headlines that a page shows: those of the first rank that are no name of the site.

    Where there is none, the title element says which of the next ranks is one.
    """
    first = [each for each in survey.named("h1")[:_MOST] if not _leads_home(survey, each)]
    if not first and (titles := survey.named("title")[:1]):
        whole = words_in(titles[0])
        lower = (each for name in _LOWER for each in survey.named(name)[:_MOST])
        first = [e for e in lower if e.facts.text >= _SHORTEST and words_in(e) in whole]
    return [Said(words_in(each), "headline") for each in first]


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
    """The title that is believed; the headline alone where the title element has it and a name."""
    first = next((said for said in (*titles, *headings) if said.value), None)
    if first is not None and first.origin == TITLE:
        inside = (said.value for said in headings if said.value and said.value in first.value)
        return next(inside, first.value)
    return first.value if first else None
