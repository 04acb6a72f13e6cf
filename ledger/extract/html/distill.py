"""Elements of Distill's pages -> the markers and notes that a browser shows for them.

A script numbers `<d-footnote>` and `<d-cite key="roe2020">` and writes the list; the page as it is
fetched has the notes as words of the sentence, and the citations as nothing. The first pages of the
kind have `<dt-fn>` and `<dt-cite>`. The works stand in a script, in BibTeX.
"""

import re
from collections.abc import Iterator, Set
from html import escape
from itertools import count, islice

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
_WORK = later(r"@[A-Za-z]{1,40}\s{0,4}\{\s{0,10}(?P<key>[^\s,{}]{1,100}),")
_MOST_SCRIPTS, _MOST_WORKS, _LONGEST = 10, 500, 3_000
"""Scripts of works, works that are kept of them, and characters of one, of which an abstract may be
the most. Chosen, far above any paper."""
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
    if works := [each for each in _works(page, cited - listed) if each[1]]:
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
    scripts = _WORKS.finditer(page) if keys else ()
    for script in islice(scripts, _MOST_SCRIPTS):
        text = script["works"]
        begins = [*_WORK.finditer(text)]
        ends = (*(each.start() for each in begins[1:]), len(text))
        for begin, end in zip(begins, ends, strict=False):
            key = begin["key"]
            if key not in keys or key in found or len(found) == _MOST_WORKS:
                continue
            found.add(key)
            yield key, _words_of(text[begin.start() : min(end, begin.start() + _LONGEST)])


def _words_of(work: str) -> str:
    """The title and the addresses of a work, as a line of a list; "" where it cannot be read."""
    try:
        (read, *_) = read_bibtex(work, "script")
    except (UsageError, ValueError):
        return ""
    links = (f'<a href="{escape(url)}">{escape(url)}</a>' for url in read.urls)
    return " ".join((f"{escape(read.title or '')}.", *links))


def _marker(keys: list[str], listed: Set[str]) -> str:
    """A link to each entry of the page's own list, or the keys where it has not all of them."""
    if listed >= set(keys):
        return "".join(
            f'<sup><a role="doc-biblioref" href="#{key}">[{key}]</a></sup>' for key in keys
        )
    return f"[{'; '.join(f'@{key}' for key in keys)}]"
