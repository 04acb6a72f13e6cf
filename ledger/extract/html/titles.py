"""What a page calls itself -> its title, without the name of its site."""

from ledger.extract.html.said import Said, key_of

TITLE = "title element"
"""Where search engines look: it hardly ever says what the headline says."""


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
