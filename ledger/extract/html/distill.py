"""Elements of Distill's pages -> the markers and notes that a browser shows for them.

A script numbers `<d-footnote>` and `<d-cite key="roe2020">` and writes the list; the page as it is
fetched has the notes as words of the sentence, and the citations as nothing.
"""

import re
from itertools import count

from ledger.patterns import later

_NOTE = later(r"<d-footnote(?:\s[^<>]{0,200})?>|</d-footnote>", re.I)
_CITED = later(
    r"<d-cite\s(?:[^<>\"]{0,60}\s)?(?:bibtex-)?key=\"(?P<keys>[^\"<>]{1,400})\"[^<>]{0,100}>\s{0,20}"
    r"</d-cite>",
    re.I,
)
_ENTRY = later(r"<li\s[^<>]{0,60}?\bid=\"(?P<key>[^\"<>]{1,100})\"[^<>]{0,60}>", re.I)


def with_marks_of_distill(page: str) -> str:
    """The page with numbered marks before its notes, and a marker for each work that it cites."""
    numbers = count(1)

    def note(match: re.Match[str]) -> str:
        if match[0][1] == "/":
            return "</span>"
        return f'<sup>[{next(numbers)}]</sup><span class="footnote">'

    listed = frozenset(match["key"] for match in _ENTRY.finditer(page))
    return _CITED.sub(lambda match: _marker(match["keys"], listed), _NOTE.sub(note, page))


def _marker(keys: str, listed: frozenset[str]) -> str:
    """A link to each entry of the page's own list, or the keys where it has not all of them."""
    every = [key.strip() for key in keys.split(",") if key.strip()]
    if listed.issuperset(every):
        return "".join(f' [<a href="#{key}">{key}</a>]' for key in every)
    return f"[{'; '.join(f'@{key}' for key in every)}]"
