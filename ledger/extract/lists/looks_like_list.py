"""The lines below a head -> whether they are a list rather than prose."""

import re
from collections.abc import Sequence

from ledger.extract.lists.entries import BRACKETED, OF_FILES
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.title import says_when_read
from ledger.extract.markers.in_brackets import in_brackets
from ledger.patterns import later

_GOES_ON = later(
    r"(?:\]\(https?://[^\s()]{3,1000}+\)|https?://[^\s()]{3,1000}+) "
    r"(?!(?:accessed|retrieved|archived|last|via|by|in|from|on|at|of|with|and|abgerufen|consulté)\b)"
    r"[a-zà-ÿ]{2,20} [a-zà-ÿ]{2,20} "
)
"""A sentence that goes on behind a link: "The [Herald](https://…) writes that rents rose."."""
_NAMES_SITE = later(r"\((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}\)\s*$")
"""How an entry ends that names the site of its page: "Dam falls (bbc.com)"."""
_NAMES_FILE = later(rf"[`*_]{{0,3}}\w[^/|\n]{{0,100}}?{OF_FILES}")
"""How an entry begins that names a file of one's own, and has no page."""
_OF_SOURCES = later(
    r"\b(?:sources?|references?|bibliograph|quellen|fuentes|referencias|fontes|referências|fonti|"
    r"références|bronnen|kilder|källor|źródła|zdroje|kaynak|источник|джерел|nguồn|sumber)"
    r"|来源|來源|参考|參考|出典|출처|참고|المصادر",
    re.I,
)
_LINKED_LAST = later(r"\(\[[^\[\]\n]{1,100}\]\(https?://[^\s()]{3,1000}+\)\)\.$")
_OF_NOTES = later(r"\b(?:not(?:es?|as?|en)|literature|anmerkungen)\b|注", re.I)
_HOST_LAST = later(
    r"((?<!\b[12][0-9]{3})[)`*_”\"]{0,3}[.!?。])? ?"
    r"\(\[(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,18}\]\(https?://[^\s()]{3,1000}+\)\)$"
)
"""The name of a host that stands last, and the end of a sentence before it; works end in a year."""
_CITED_LAST = later(r"[a-z)%](?:\.?\s?\[[0-9]{1,3}\]){1,6}\.?$")
"""How a sentence ends that cites."""
_SENTENCE = later(
    r"[^\W\d_a-z][\w’'-]{0,40}(?: [^\W\d_A-Z]{2,40}){1,2} [^\W\d_A-Z]{4,40}\. "
    r"[^\d\n]{0,200}(?:(?<=[^\W\d_A-Z] )[0-9]{4}\b|[0-9]{4} (?=[^\W\d_A-Z]))"
)
"""What begins like a body and is a sentence, with a year in one: "Water is dear. 2019 saw"."""


def looks_like_list(found: Sequence[OpenEntry]) -> bool:
    """A head is not enough ("Notes" heads prose, too): entries are numbered or carry addresses.

    Bullets of which half go on with their sentence behind a link are prose.
    """
    paged = [_has_page(opened) for opened in found]
    with_address = sum(paged)
    going_on = sum(any(map(_GOES_ON.search, opened.parts)) for opened in found if not opened.labels)
    if going_on and 2 * going_on >= with_address:
        return False
    known = [bool(each.labels) and not _SENTENCE.match(each.parts[0]) for each in found]
    either = sum(page or label for page, label in zip(paged, known, strict=True))
    return with_address * 2 >= len(found) > 0 or either * 2 > len(found)


def _has_page(opened: OpenEntry) -> bool:
    """Whether an entry has an address, names the site or the file, or says when it was read."""
    return (
        opened.addressed
        or says_when_read(opened.parts[-1].strip())
        or _NAMES_SITE.search(opened.parts[-1]) is not None
        or _NAMES_FILE.match(opened.parts[0]) is not None
    )


def is_of_sources(found: Sequence[OpenEntry], head: str) -> bool:
    """Whether short items without numbers, of which some have a page, are sources by their head.

    None of them is a sentence. Under "Notes" they are what somebody noted.
    """
    paged = sum(map(_has_page, found))
    if not paged or paged * 3 < len(found) or _OF_SOURCES.search(head) is None:
        return False
    return not any(opened.labels or opened.stopped for opened in found) and not any(
        _GOES_ON.search(part) for opened in found for part in opened.parts
    )


def is_cited_by_place(
    found: Sequence[OpenEntry], lines: Sequence[str], head: int, end: int
) -> bool:
    """Whether items without numbers or pages are a list that the text cites by their places.

    "- Reuters, Dam falls": they end the document, none is a sentence, and the text above, which has
    no list, cites each place in brackets and none beyond.

    Args:
        found: The items below a head.
        lines: Of the document.
        head: The number of the line of the head.
        end: The number of the line behind the last item.
    """
    alike = len({opened.indent for opened in found}) == 1 < len(found)
    if not alike or any(opened.labels or opened.stopped for opened in found):
        return False
    if any(line.strip() for line in lines[end:]):
        return False
    above = lines[:head]
    places = {str(place) for place in range(1, len(found) + 1)}
    return places == set(in_brackets("\n".join(above))) and not any(map(BRACKETED.match, above))


def _says(host: re.Match[str]) -> bool:
    """Whether a sentence ends before a host: most words are small, as in no name of a work."""
    words = host.string[: host.start()].split()
    return host[1][-1:] == "。" or 2 * sum(map(str.islower, words)) > len(words)


def are_claims(found: Sequence[OpenEntry], lines: Sequence[str], head: int, end: int) -> bool:
    """Whether items below a head are sentences that cite, as in a section on "Media sources".

    Most end in numbers in brackets, and a head of another list stands below; or they end in a link
    in brackets and a stop; or they are notes, and half of them end in a host in brackets.
    """
    last = [opened.parts[-1].rstrip() for opened in found]
    linked = sum(text[-3:] == "))." and _LINKED_LAST.search(text) is not None for text in last)
    hosts = [match for text in last if text[-2:] == "))" and (match := _HOST_LAST.search(text))]
    notes = 2 * len(hosts) >= len(found) and any(match[1] and _says(match) for match in hosts)
    notes = notes and _OF_NOTES.search(lines[head]) is not None
    if (notes or 2 * linked > len(found)) and not any(opened.labels for opened in found):
        return True
    cited = sum("]" in text[-2:] and _CITED_LAST.search(text) is not None for text in last)
    if 2 * cited <= len(found) or any(opened.addressed for opened in found):
        return False
    return any(map(is_head, lines[end:]))
