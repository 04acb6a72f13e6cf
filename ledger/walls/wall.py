"""What a wall is."""

from typing import Literal, NamedTuple

Kind = Literal[
    "bot-check",
    "consent",
    "login",
    "paywall",
    "soft-404",
    "js-shell",
    "redirect-home",
    "thin",
]
"""Why a page that answered is not the article.

bot-check: it asks whether a person is there, or turns programs away. consent: it asks for consent
to cookies first. login: it asks who is there. paywall: it asks for money. soft-404: it says that
there is no such page, with a status that says there is. js-shell: an empty page that scripts would
fill. redirect-home: the address led to a home page. thin: next to no prose, for no reason known.
"""

NAMES: dict[Kind, str] = {
    "bot-check": "a bot check",
    "consent": "a consent wall",
    "login": "a login page",
    "paywall": "a paywall",
    "soft-404": "a page that says the article is not there",
    "js-shell": "an empty page that JavaScript would fill",
    "redirect-home": "a home page that the address led to",
    "thin": "a page with next to no prose",
}


class Wall(NamedTuple):
    """A wall that was recognised.

    Attributes:
        kind: As `Kind`.
        reasons: The evidence, strongest first, in words for people; at least one.
        partly: Some of the article stands before the wall and can be read.
    """

    kind: Kind
    reasons: tuple[str, ...]
    partly: bool = False
