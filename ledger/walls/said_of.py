"""Phrase of a wall and page -> whether the page says it of itself."""

from ledger.patterns import later
from ledger.walls.page import Page

_FEWEST_OF_TITLE = 5
"""Words of a link beside what it says of access, from which on it may be the title."""
_SELLS = later(
    r"abonn|abbon|subscri|suscri|subscrev|assin|prenum|подпис|登録|会員|订阅|log-?in|sign-?(?:in|up)"
    r"|register|premium|offer|offre|angebot|account|compte|checkout|/abo|paywall"
    r"|javascript:|href\s?=\s?[\"']?#"
)


def says_of_itself(page: Page, phrase: str) -> bool:
    """Whether a page says a phrase of itself, and not of other articles that it leads to.

    Sites mark their links so: "Reserved for subscribers The risk of a broken dam".
    """
    labels = 0
    for words, attributes in {words: attributes for attributes, words in page.links}.items():
        rest = words.replace(phrase, "")
        if rest == words or len(rest.split()) < _FEWEST_OF_TITLE:
            continue
        if not (_SELLS.search(rest) or _SELLS.search(attributes)):
            labels += page.text.count(words)
    return page.text.count(phrase) > labels
