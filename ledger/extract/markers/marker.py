"""One match of a dialect's pattern -> the marker it says, whatever the document is."""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ledger import urls
from ledger.extract.markers.authored import are_surely_works, named_works
from ledger.extract.markers.numbers import CIRCLED, CLOSE, NUMBERS, OPEN, SUPERS, expand, plausible
from ledger.patterns import later

_SUPERS = {**SUPERS, **str.maketrans("⁻˒‚", "-,,")}


class Marker(NamedTuple):
    """What one match says.

    Attributes:
        labels: Identifiers; empty for a link, and with `words` "" for what is to be cut silently.
        words: Linked words that stay in the text; None for none.
        url: The address at the marker; None for none.
        sure: Whether words with a year can be nothing but works, where the text cites works so, and
            numbers nothing but entries, by the places that they have.
        more: Others of the same brackets, where some lead to addresses of their own.
    """

    labels: tuple[str, ...]
    words: str | None = None
    url: str | None = None
    sure: bool = False
    more: tuple["Marker", ...] = ()


Reading = Callable[[str], Marker | None]
"""From all characters of a match to what they say; None where they are no marker after all."""
INLINE_NOTE = "^"
"""Label of a note that stands in the text; its number follows from its place."""
NOTHING = Marker((), words="")
"""Debris that is neither text nor a citation."""

OF_TURN = r"[0-9]{1,4}_[0-9]{1,3}"
"""The id of a note in a conversation: of which answer, and its number there."""
_OF_TURN = later(OF_TURN)
_INSIDE = re.compile(rf"\\?{OPEN}\s?({NUMBERS})\s?\\?{CLOSE}")
_CHIP = re.compile(
    r"(?!UTC\+|GMT\+)([\w .&'’!-]{2,40}\+[0-9]{1,2})(?:[^\W\d_][\w .&'’!-]{1,39}\+[0-9]{1,2}){0,7}"
    r"|([^\W\d_][\w .&'’-]{0,38}[^\W\d_] \+ [0-9]{1,2})"
)
"""The name of a source and how many more stand behind it, "Reuters+2"; a page that shows it in
motion leaves it several times."""
_ICON = later(r"!\[[^\[\]\n]{0,60}\]\([^()\s]{1,400}\)\s?")
_PARTED_LINKS = later(r"(?<=\))[,;，；]\s?(?=\[)")
_CALLED = later(
    r"(?:(?:[Ss]ource|[Rr]ef(?:erence)?|[Cc]itation|[Qq]uelle|[Ff]uente|[Ff]onte|[Bb]ron|[Źź]ródło"
    r"|[Ии]сточник)\s#?|(?:出典|来源|來源|출처|资料|資料|参考|參考)\s?)([0-9]{1,3})"
)
"""Linked words that call a source by its number: "Source 3"."""
_BETWEEN = re.compile(r"\\?\]\s?\\?\[")
_SUP = re.compile(r"</?sup>")
_TURN = later(r"turn[0-9]{1,7}[a-z]{2,12}[0-9]{1,3}")
_JOINED_TWICE = later(r"\s?[,;]\s?,")
_COUNTS_ENTRIES = frozenset(
    "citation cite ref reference source document chunk passage snippet result id".split()
)
"""Words before a number of the list; others count for themselves."""
_PREFIX = later(r"[\[{]{1,2}([a-z]+(?:_[a-z]+)*)([:_-])\s?([^\[\]{}]*)")
_EACH_PREFIXED = later(r"(?<=[\[,;\s])[a-z]{2,9}[:_][0-9]{1,4}(?=\s?[\],;])")
CROSS_TURN = later(r"\[cite:([0-9a-f]{6,12}-[0-9]{1,4})\]")  # no number has six digits
_HREF = later(r"\bhref\s?=\s?[\"']?([^\s\"'<>]{1,2000})", re.I)
RAISED_PLACE = r"\(pp?\.?\s?[0-9]{1,4}(?:[-–,][0-9]{1,4}){0,4}\)"
"""Where in a work, behind its number set high: "(p12)"."""
_RAISES = later(rf"</?sup[^<>]*>|[$^{{}}\[\]]|{RAISED_PLACE}")
"""What sets a number high, and what else it has around it."""
_APART = later(r"(?<=[0-9])\s(?=[0-9])")
_CARD = later(
    r"name=\"citation_id\">\s*([0-9]{1,4})\s*<|^<grok-card\s[^<>\n]{0,200}?data-id=\"([\w-]{1,60})\""
)
_TO_PEOPLE = ("mailto:", "tel:")
"""What numbers lead to that wikis set behind the names of editors."""


@lru_cache(maxsize=512)
def read_numbers(raw: str) -> Marker | None:
    """Entries 4, 5 and 6 for "[4-6]"; None where it is no list of numbers."""
    match = _INSIDE.fullmatch(raw)
    labels = expand(match[1]) if match else None
    return Marker(labels) if labels else None


def read_element(raw: str) -> Marker | None:
    """A link as HTML writes it in Markdown: words or a number, and the address."""
    begin = raw.index(">") + 1
    words = _SUP.sub("", raw[begin : raw.rindex("<")])
    found = _HREF.search(raw, 0, begin)  # none in "<a href>"
    url = html.unescape(found[1]) if found else ""
    if re.fullmatch(rf"\s?\[?{NUMBERS}\]?\s?", words):
        return read_numbered_link(f"[{words.strip(' []')}]({url})") if url else None
    return Marker((), words=words, url=url)


def address_of(raw: str) -> str:
    """The target of "[...](target "title")", without its wrapping."""
    target = raw[raw.rindex("](") + 2 : -1].strip()
    if target.startswith("<"):
        return urls.as_sent(target[1 : target.rindex(">")])
    return urls.as_sent(target.split(None, 1)[0])


def read_numbered_link(raw: str) -> Marker | None:
    """The entry and the page of "[3](https://…)"; of a year or "mailto:" only a link.

    Its page is None where it leads into the document.
    """
    words = _SUP.sub("", raw[: raw.rindex("](")]).strip("[]()\\^- ").translate(SUPERS)
    inside = _BETWEEN.sub(",", words)
    labels = expand(inside)
    url = address_of(raw)
    if _OF_TURN.fullmatch(inside):
        return Marker((inside,), url=url)
    if labels is None or not all(map(plausible, labels)):
        return Marker((), words=inside, url=url)  # "[2020](/tags/2020)"
    if url.startswith(_TO_PEOPLE):
        return Marker((), words="", url=url)
    return Marker(labels, url=None if url.startswith("#") else url)


def read_named_link(raw: str) -> Marker | None:
    """The page of "[Port Herald](https://…)" with its words; a label where they are a chip's."""
    words, _, _ = raw[1:].rpartition("](")
    named = _ICON.sub("", words, 1) if words[:2] == "![" else words
    if chip := _CHIP.fullmatch(named):
        return Marker((chip[1] or chip[2],), url=address_of(raw))
    if called := _CALLED.fullmatch(words):
        return Marker((called[1],), words=words, url=address_of(raw))
    return Marker((), words=words, url=address_of(raw))


def read_links_in_brackets(raw: str) -> Marker | None:
    """The pages of "[[Port Herald](https://…); [Roe](https://…)]", without their words."""
    first, *others = (
        Marker((), words="", url=address_of(link)) for link in _PARTED_LINKS.split(raw[1:-1])
    )
    return first._replace(more=tuple(others))


def read_reference_link(raw: str) -> Marker | None:
    """The label of "[the map][dams]", with the words before it."""
    words, _, label = raw[1:-1].rpartition("][")
    return Marker((label,), words=words)


def read_footnote(raw: str) -> Marker | None:
    """Note 4 for "[^4]"."""
    return Marker((raw.strip("\\[]^"),))


def read_footnotes(raw: str) -> Marker | None:
    """Notes 4 and 6 for "[^4, ^6]", "[^4 ^6]", "[^4,6]"; 4 to 6 for "[^4-^6]"."""
    numbers = raw.strip("\\[]^").replace(" ^", ",").replace("^", "")
    labels = expand(_JOINED_TWICE.sub(",", numbers))
    return Marker(labels) if labels else None


def read_two_numbers(raw: str) -> Marker | None:
    """Copilot's "[^2^][5]": the second number is the entry in its list of links."""
    return Marker((raw[raw.rindex("[") + 1 : -1],))


def read_all_of(pattern: re.Pattern[str]) -> Reading:
    """What reads every match of a pattern as a label; None where there is none."""

    def read(raw: str) -> Marker | None:
        labels = tuple(pattern.findall(raw))
        return Marker(labels) if labels else None

    return read


def read_turns(raw: str) -> Marker | None:
    """The ids "turn0search3" in what ChatGPT leaves; without one it is cut silently."""
    turns = tuple(_TURN.findall(raw))
    return Marker(turns) if turns else NOTHING


def read_leftover_link(raw: str) -> Marker | None:
    """The link of "[oai_citation:0‡Reuters](https://...)"; its number counts within one answer."""
    if "](" in raw:
        return Marker((), words="", url=address_of(raw))
    name = raw[1:-1].removeprefix("oai_citation:").lstrip("0123456789").lstrip("‡,: ")
    return Marker((name,)) if name else NOTHING


def read_called_link(raw: str) -> Marker | None:
    """The link of "[citation:Tides](https://…)"; "[citation:3](https://…)" has its number, too."""
    words = raw[len("[citation:") : raw.rindex("](")].strip()
    labels = expand(words)
    return Marker(labels or (), words=None if labels else words, url=address_of(raw))


def read_prefixed(raw: str) -> Marker | None:
    """Entry 3 for "[citation:3]"; "[web:12]" and "[cite:2598d0ab-1]" are ids of their own."""
    if turn := CROSS_TURN.fullmatch(raw):
        return Marker((turn[1],))
    if len(each := _EACH_PREFIXED.findall(raw)) > 1:
        read = [read_prefixed(f"[{one}]") for one in each]
        return Marker(tuple(label for marker in read if marker for label in marker.labels))
    match = _PREFIX.match(raw.replace("\\", "").lower())
    labels = expand(match[3]) if match else None
    if match is None or labels is None:
        return None
    kind = match[1]
    if match[2] == "-":
        return Marker((raw.strip("[]\\"),))  # "[src-001]" of the list has its zeros
    if kind in _COUNTS_ENTRIES:
        return Marker(labels)
    sign = "_" if match[2] == "_" else ":"
    return Marker(tuple(f"{kind}{sign}{label}" for label in labels))


def read_cite_element(raw: str) -> Marker | None:
    """The places behind the words they carry: document and sentence, "3-1"."""
    inside = raw[raw.index('"') + 1 :]
    labels = tuple(filter(None, (part.strip() for part in inside[: inside.index('"')].split(","))))
    return Marker(labels, words=raw[raw.index(">") + 1 : raw.rindex("<")])


def read_raised(raw: str) -> Marker | None:
    """Entries 1 and 2 for "<sup>1,2</sup>" or "^1 2^"; None where it holds anything else."""
    inside = _RAISES.sub("", raw).translate(_SUPERS)
    labels = expand(_APART.sub(",", inside.strip()))
    return Marker(labels) if labels else None


def read_circled(raw: str) -> Marker | None:
    """Entries 1 and 2 for "①②"."""
    return Marker(tuple(str(CIRCLED.index(char) + 1) for char in raw))


def read_card(raw: str) -> Marker | None:
    """The id of a citation card of Grok; a card of anything else is cut silently."""
    found = _CARD.search(raw)
    return Marker((found[1] or found[2],)) if found and "citation" in raw else NOTHING


def read_house(raw: str) -> Marker | None:
    """The ids of "[S1; S3]" or "(S1, S3)", as they stand."""
    return Marker(tuple(re.split(r"\s?[,;]\s?", raw[1:-1])))


@lru_cache(maxsize=4096)
def read_authored(raw: str) -> Marker | None:
    """The labels of "(Roe, 2021; Doe, 2019a)", as `named_works`; None when it is something else."""
    labels = named_works(raw[1:-1])
    return Marker(labels, sure=are_surely_works(raw)) if labels else None


def read_nothing(_: str) -> Marker | None:
    """For what is cut silently: it cites nothing and says nothing."""
    return NOTHING
