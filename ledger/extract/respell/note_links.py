"""Links to other notes of a vault, or to pages of a wiki -> the words that they show."""

import re
from itertools import islice

from ledger.extract.doubts import DOUBTS
from ledger.patterns import later

_NOTE_LINK = later(
    r"(?<![!\[\\A-Za-z0-9_])\[\["
    r"(?=[^\W\d_]|(?:[\d_]|[^\w\[\]|\n]){1,60}+[^\W\d_][^\[\]|\n]{0,160}+\|[^\W\d_])"
    r"(?:(?P<page>[^\[\]|#^\d\n]{0,200}[^\W\d_]\)?)"
    r"|(?![a-z]{2,8}://)[^\[\]|\n]{1,200}\|(?P<shown>[^\[\]|\n]{1,200}))\]\](?![(:]|\[(?!\^))"
)
"""A link to another note, or page of a wiki: "[[Sand of the north|sand]]"; not "rents[[row]]".

One whose name begins with a figure has words of its own to show: "[[36 - Sand/_index|sand]]".
"""


def without_note_links(text: str) -> str:
    """The text with what it shows for links to other notes; one alone may tell how they look.

    A remark of an editor is none: "[[source needed]]".
    """
    if sum(1 for _ in islice(_NOTE_LINK.finditer(text), 2)) < 2:
        return text
    return _NOTE_LINK.sub(_shown, text)


def _shown(link: re.Match[str]) -> str:
    remark = link["page"] and link["page"].casefold() in DOUBTS
    return link[0] if remark else link["shown"] or link["page"]
