"""A link, a note or a linked picture of another language of marks -> that of Markdown."""

import re

from ledger.extract.respell.respelled import Spelling
from ledger.patterns import later

_SHOWN = later(r"\bsrc\s?=\s?[\"']([^\"'<>\s()]{1,2000})", re.I)
_SAID = later(r"\balt\s?=\s?\"([^\"<>\n\[\]:]{0,200})\"", re.I)
"""Its words, which may be no address."""


def as_link(match: re.Match[str]) -> str:
    """What a match links, with the groups `target` and `words`; the address alone without words."""
    words = " ".join((match["words"] or "").split())
    return f"[{words}]({match['target']})" if words else match["target"]


def as_note(match: re.Match[str]) -> str:
    """A note in the text, on one line; `match` has what it says as the group `said`."""
    return f"^[{' '.join(match['said'].split())}]"


def _as_linked_picture(match: re.Match[str]) -> str:
    """A picture that is a link, with the groups `target` and `picture`; as it is without a file."""
    shown, said = _SHOWN.search(match["picture"]), _SAID.search(match["picture"])
    return f"[![{said[1] if said else ''}]({shown[1]})]({match['target']})" if shown else match[0]


LINKED_PICTURES: tuple[Spelling, ...] = (
    (
        "<img",
        later(
            r"<a\s[^<>\n]{0,300}?\bhref=[\"'](?P<target>https?://[^\s\"'<>()]{1,2000})[\"'][^<>\n]{0,300}>"
            r"\s{0,40}(?P<picture><img\s[^<>]{1,1500}>)\s{0,40}</a>",
            re.I,
        ),
        _as_linked_picture,
    ),
    (
        "[<img ",
        later(r"\[(?P<picture><img\s[^<>]{1,1500}>)\]\((?P<target>[^\s()]{1,2000})\)"),
        _as_linked_picture,
    ),
)
"""As elements: '<a href="https://…"><img src="ci.svg"></a>', "[<img src='ci.svg'>](https://…)"."""
