"""Elements of Distill's pages -> the markers and notes that a browser shows for them.

A script numbers `<d-footnote>` and `<d-cite key="roe2020">` and writes the list; the page as it is
fetched has the notes as words of the sentence, and the citations as nothing. The first pages of the
kind have `<dt-fn>` and `<dt-cite>`. The works stand in a script, in BibTeX.
"""

import re
from collections.abc import Iterator, Set
from html import escape
from itertools import count

from ledger.errors import UsageError
from ledger.extract.lists.bibliography import read_bibtex
from ledger.patterns import later

ELEMENTS = ("<d-footnote", "<d-cite", "<dt-fn", "<dt-cite")
"""How the elements begin that this reads."""
_NOTE = later(r"<(?:d-footnote|dt-fn)(?:\s[^<>]{0,200})?>|</(?:d-footnote|dt-fn)>", re.I)
_CITED = later(
    r"<(?P<name>dt?-cite)\s(?:[^<>\"]{0,60}\s)?(?:bibtex-)?key=\"(?P<keys>[^\"<>]{1,400})\"[^<>]{0,100}>"
    r"\s{0,20}</(?P=name)>",
    re.I,
)
_ENTRY = later(r"<li\s[^<>]{0,60}?\bid=\"(?P<key>[^\"<>]{1,100})\"[^<>]{0,60}>", re.I)
_WORKS = later(
    r"<script\s[^<>]{0,100}type=\"text/bib(?:tex|liography)\"[^<>]{0,100}>"
    r"(?P<works>[^<]{1,200000}+(?:<(?!/script)[^<]{0,20000}+){0,100}+)</script>",
    re.I,
)
_MOST_SCRIPTS = 10
_END = re.compile(r"</body>", re.I)


def with_marks_of_distill(page: str) -> str:
    """The page with numbered marks before its notes, and a marker for each work that it cites."""
    numbers = count(1)

    def note(match: re.Match[str]) -> str:
        if match[0][1] == "/":
            return "</span>"
        return f'<sup>[{next(numbers)}]</sup><span class="footnote">'

    listed = {match["key"] for match in _ENTRY.finditer(page)}
    cited = {key for match in _CITED.finditer(page) for key in _keys(match)}
    if works := [*_works(page, cited - listed)]:
        listed.update(key for key, _ in works)
        items = "".join(f'<li id="{escape(key)}">{words}</li>' for key, words in works)
        whole = f'<h3>References</h3><ol class="references">{items}</ol>'
        end = next(_END.finditer(page), None)
        place = end.start() if end else len(page)
        page = f"{page[:place]}{whole}{page[place:]}"
    return _CITED.sub(lambda match: _marker(_keys(match), listed), _NOTE.sub(note, page))


def _keys(cited: re.Match[str]) -> list[str]:
    return [key.strip() for key in cited["keys"].split(",") if key.strip()]


def _works(page: str, keys: Set[str]) -> Iterator[tuple[str, str]]:
    """Key and words of the works that a page cites and has in its scripts, in their order."""
    found: set[str] = set()
    for script, _ in zip(_WORKS.finditer(page) if keys else (), range(_MOST_SCRIPTS), strict=False):
        try:
            works = read_bibtex(script["works"], "script")
        except UsageError:
            continue  # what cannot be read lists nothing
        for work in works:
            key = work.marker
            if key is not None and key in keys and key not in found:
                found.add(key)
                links = (f'<a href="{escape(url)}">{escape(url)}</a>' for url in work.urls)
                yield key, " ".join((escape(work.title or key) + ".", *links))


def _marker(keys: list[str], listed: Set[str]) -> str:
    """A link to each entry of the page's own list, or the keys where it has not all of them."""
    if listed >= set(keys):
        return "".join(f'<sup><a href="#{key}">[{key}]</a></sup>' for key in keys)
    return f"[{'; '.join(f'@{key}' for key in keys)}]"
