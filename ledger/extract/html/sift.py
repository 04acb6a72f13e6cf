"""Parts -> the parts that are the article, where no element sets apart what is not.

The headline above the text is the document's title; a date line above it and a line of topics
below it are no part of it either. Other single lines were tried (links between paragraphs, lines
without a stop): that took more from the articles than from what stands around them, so they stay.
A part with a marker always stays. What the date line says of day and author is kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from ledger.extract.front.about import About, about
from ledger.extract.html.links import LINK
from ledger.extract.html.part import Part
from ledger.extract.html.stands import Stands
from ledger.extract.interface import is_interface, may_be_interface
from ledger.extract.lists.heads import is_head
from ledger.letters import WIDE, key_of
from ledger.patterns import later

_STOP = re.compile(
    r"[.!?…。！？।؟][\"'”’»)\]]{0,4}"
    r"(?:\s{0,2}(?:\[\^?[\w:]{1,20}\]|<https?://[^<>\s]{1,2000}>)){0,20}\s*$"
)
"""The end of a sentence, with the markers and links without words that close it."""
_STAMP = later(
    r"\b[0-9]{1,2}:[0-9]{2}\b|\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}\b|\b20[0-9]{2}\b"
    r"|\b[0-9]{1,2} (?:minute|hour|day)s? ago\b"
)
_MARKER = re.compile(r"\[\^?[0-9]{1,4}\]")
_WIDE = later(WIDE)
_PROSE = 80
"""Characters from which on a part with a stop is a paragraph of the article."""
_LINE = 100
"""Characters of a line about the article: its date, its author, its section."""
_ABOVE, _LONGEST_LINKED = 40, 1_000
"""Parts above the text that may say who wrote it, and characters of one, with addresses in it."""
_ESCAPE = later(r"\\([^\w\s])")
_BACK = ("←", "‹", "⟵", "«")
"""What a link opens with that leads back to where a reader came from."""
_SAYS = re.compile(r"[\d:：]|\]\(|https?:")
_LONGEST_KICKER, _MOST_WORDS = 32, 4
"""Characters and words of a kicker, the topic above a headline. Chosen: more are more
often a sentence that has lost its stop."""
_FEWEST_SAID = 7
"""Words with a small letter from which on a line says something: "Half of all moved in 2024"."""
_TOPICS = 3
"""Links of such a line: two joined by a word are a sentence without a stop."""
_DATELINE = later(r"(?:[A-Z][\w.'’,-]{1,20}\s){0,5}\(?[A-Z]{2,6}\)?\s?(?:—|–|--)")
_YEAR = later(r"\b(?:19|20)[0-9]{2}\b")
_CITE_AS = later(
    r"(?=[cfhprstzкд引本])"  # most lines begin otherwise
    r"(?:(?:for attribution[\w\s]{0,30}, )?(?:please )?cite (?:this|the) \w{2,20}(?: as)?"
    r"|(?:how )?to cite (?:this|the) \w{2,20}|(?:please )?cite as"
    r"|(?:suggested|recommended|preferred) citation"
    r"|pour citer (?:ce|cet|cette) \w{2,20}|référence (?:électronique|papier)"
    r"|zitier(?:vorschlag|hinweis|weise)|(?:c[oó]mo )?citar este \w{2,20}"
    r"|come citare(?: questo \w{2,20})?|как цитировать|для цитирования"
    r"|引用本文|本文引用格式|引用格式)\s?[:：]?",
    re.I,
)
_SAID_BELOW = (
    r"(?:comments?|commentaires?|kommentare?|comentarios?|comentários?|commenti|reacties"
    r"|komentarz[ey]|комментари\w{1,2}|коментар\w{1,2}|yorum|条评论|則留言|件のコメント)"
)
_COMMENTS = later(rf"[0-9]{{1,5}} ?{_SAID_BELOW}|{_SAID_BELOW}\s?\([0-9]{{1,5}}\)", re.I)
_SECTION = later(r"([0-9]{1,5})[.)]?\s")
_OWN_IDS = later(r"(?:(?:PMCID|PMID|DOI|doi|ISSN|ISBN)\s?:\s?[^\s:]{3,80}[\s,;|·]{0,3}){1,5}")
"""The numbers under which a paper is kept: "PMCID: PMC99123 PMID: 123"."""
_TARGET = later(r"\]\(<([^<>]{0,2000})>\)")
_ELSEWHERE = later(r"(?:[a-z][a-z0-9+.-]{1,20}:|//|#)", re.I)
_TOKEN = later(r"[^\W_]+")
_TURNS = frozenset(
    "page pages next previous prev first last older newer of seite seiten weiter zurück página "
    "páginas siguiente anterior suivant suivante précédent précédente pagina pagine avanti "
    "indietro страница страницы далее назад 页 上一页 下一页 首页 末页 尾页 次へ 前へ".split()
)
"""Words beside the numbers of an article's further pages."""
_CALLED = later(r"/?(?:(?:comments?|share|print)/?)?(?:[?#].*)?")
"""What the address of a page has behind it where it is shared, printed or talked about."""


class Sifted(NamedTuple):
    """The parts of an article, and what its lines say of it.

    Attributes:
        parts: In order; some of them furniture now.
        said: What lines above the text, and below it, say of who wrote it and when.
    """

    parts: list[Part]
    said: list[About]


def sift(
    parts: Sequence[Part], stands: Stands, headlines: Iterable[str], own: str | None
) -> Sifted:
    """Take from the parts of a page what is no article. Linear in the parts.

    Args:
        headlines: The titles that the page gives itself, the names of its authors and its site.
        own: Its address as it says; None when it does not.
    """
    own = own.partition("?")[0].rstrip("/") if own and own.startswith("http") else None
    titles = {key for title in headlines if (key := key_of(title))}
    prose = [place for place, part in enumerate(parts) if _is_prose(part)]
    below = (
        place
        for place, part in enumerate(parts)
        if part.role != "heading"
        and not _is_title(part, text := " ".join(part.lines), titles)
        and not _said_by(part, text)
    )
    first = prose[0] if prose else next(below, 0)
    last = prose[-1] if prose else len(parts)
    parts = _without_comments(parts, first, stands)
    kept: list[Part] = []
    said: list[About] = []
    for place, part in enumerate(parts):
        text = " ".join(part.lines)
        if (own and own in text and _is_a_call(text, own)) or _turns_pages(text):
            continue
        if not stands.any.search(text) and not _MARKER.search(text):
            if first - _ABOVE <= place < first and (found := _said_by(part, text)):
                said.append(found)
                if found.labelled or part.role == "item":
                    continue
            if place < first and (_is_title(part, text, titles) or _is_stamp(part, text)):
                continue
            if place > last and _is_topics(part, text) and not _is_under_head(parts, place):
                continue
            if _is_interface(part, text) or _is_kicker(parts, place, text):
                part = replace(part, role="furniture")
            elif place > first and (found := _signs(part, text)):
                said.append(found)
                part = replace(part, role="furniture")
        _put(kept, part, above=place <= first)
    return Sifted(kept, said)


def _put(kept: list[Part], part: Part, *, above: bool) -> None:
    """Put a part behind those kept, as the one before it says what it is.

    Args:
        above: Whether it stands above the text, or opens it.
    """
    if kept and above and part.role == "paragraph" and _is_dateline(kept[-1]):
        part = replace(part, lines=[f"{kept.pop().lines[0]} {part.lines[0]}", *part.lines[1:]])
    elif kept and _asks_to_cite(kept[-1]) and _is_entry(part):
        part = replace(part, role="code")  # the article's own entry, and no claim of it
    kept.append(part)


def _without_comments(parts: Sequence[Part], first: int, stands: Stands) -> Sequence[Part]:
    """The parts, as furniture what stands below a head that counts what readers say.

    A head that counts sections is none ("1 Methods", "2 Comments"), nor one above text that cites.

    Args:
        first: The part with which the text begins.
    """
    heads = (place for place in range(first + 1, len(parts)) if _counts_comments(parts[place]))
    if (begin := next(heads, None)) is None or _counts_sections(parts, begin):
        return parts
    if any(stands.any.search(line) for part in parts[begin:] for line in part.lines):
        return parts
    return [*parts[:begin], *(replace(part, role="furniture") for part in parts[begin:])]


def _counts_comments(part: Part) -> bool:
    """Whether a part is the head of what readers say below a text: "27 comments"."""
    return part.role == "heading" and _COMMENTS.fullmatch(part.lines[0]) is not None


def _counts_sections(parts: Sequence[Part], head: int) -> bool:
    """Whether a head with a number has the one before it, or behind it, among the other heads."""
    own = _SECTION.match(parts[head].lines[0])
    others = (_SECTION.match(part.lines[0]) for part in parts if part.role == "heading")
    numbers = {int(other[1]) for other in others if other}
    return own is not None and not numbers.isdisjoint((int(own[1]) - 1, int(own[1]) + 1))


def _is_dateline(part: Part) -> bool:
    """Whether a part is the place and the agency that a report opens with: "Oslo NTB —"."""
    return (
        part.role == "paragraph"
        and len(part.lines) == 1
        and _DATELINE.fullmatch(part.lines[0]) is not None
    )


def _is_entry(part: Part) -> bool:
    """Whether a part may be an entry of a reference list: short, with a year and no marker."""
    text = " ".join(part.lines)
    if part.role not in ("paragraph", "item") or len(text) > _LONGEST_LINKED:
        return False
    return _YEAR.search(text) is not None and not _MARKER.search(text)


def _asks_to_cite(part: Part) -> bool:
    """Whether a part is the head of the entry by which others are to cite the article."""
    line = part.lines[-1]
    return len(line) <= _LINE and _CITE_AS.fullmatch(line) is not None


def _is_a_call(text: str, own: str) -> bool:
    """Whether a part is nothing but a link to its own page: to share it, or to say something."""
    link = LINK.fullmatch(text)
    target = text[text.rfind("](<") + 3 : -2] if link else ""
    return target.startswith(own) and _CALLED.fullmatch(target, len(own)) is not None


def _turns_pages(text: str) -> bool:
    """Whether a part is the numbers of an article's pages: "Page 1 [2] [3] Next", on its site."""
    targets = _TARGET.findall(text) if text.count("](<") > 1 and len(text) < _LONGEST_LINKED else ()
    if not targets or any(map(_ELSEWHERE.match, targets)):
        return False
    words = _TOKEN.findall(unescape(LINK.sub(r"\1", text)).casefold())
    turns = [word for word in words if not word.isdecimal()]
    return 0 < len(turns) < len(words) - 1 and _TURNS.issuperset(turns)


def _is_under_head(parts: Sequence[Part], place: int) -> bool:
    """Whether the part above is the head of a reference list: links below it are its entries."""
    above = parts[place - 1] if place else None
    return above is not None and above.role == "heading" and is_head(above.lines[0])


def _is_prose(part: Part) -> bool:
    if part.role not in ("paragraph", "quote", "item"):
        return False
    if sum(map(_width, part.lines)) < _PROSE or not _STOP.search(part.lines[-1]):
        return False
    return not may_be_interface(part.lines[0]) or not _is_interface(part, " ".join(part.lines))


def _width(line: str) -> int:
    """Characters of a line; one of Chinese says as much as three others."""
    return len(line) if line.isascii() else len(line) + 2 * len(_WIDE.findall(line))


def _is_title(part: Part, text: str, titles: set[str]) -> bool:
    """Whether a line says what a title says: "The dam" for "The dam | The Daily"."""
    key = key_of(LINK.sub(r"\1", text) if "](" in text else text)
    if part.role == "heading":
        return bool(key) and any(key in title for title in titles)
    return key in titles


def _said_by(part: Part, text: str) -> About | None:
    """What a line above the text says of who wrote it and when."""
    if part.role not in ("paragraph", "item") or len(text) > _LONGEST_LINKED:
        return None
    words = LINK.sub(r"\1", text)
    return about(_ESCAPE.sub(r"\1", unescape(words) if "&#" in words else words))


def _is_kicker(parts: Sequence[Part], place: int, text: str) -> bool:
    """Whether a part is the short line above a heading that says what kind of part begins.

    Below another heading it is all that stands there; with a link or a colon it may name a source.
    """
    part = parts[place]
    if part.role != "paragraph" or place + 1 >= len(parts) or parts[place + 1].role != "heading":
        return False
    if place and parts[place - 1].role == "heading":
        return False
    short = len(text) <= _LONGEST_KICKER and len(text.split()) <= _MOST_WORDS
    return short and not _STOP.search(text) and not _SAYS.search(text)


def _signs(part: Part, text: str) -> About | None:
    """What a line says that names in words who wrote the text it closes, or whose text it is."""
    if part.role != "paragraph" or len(text) > _LINE or _STOP.search(text):
        return None
    found = _said_by(part, text)
    return found if found and found.labelled and (found.names or found.source) else None


def _is_interface(part: Part, text: str) -> bool:
    """Whether a part is a line that pages show around their texts, linked or not."""
    if part.role not in ("paragraph", "item"):
        return False
    if text[1:2] in _BACK and LINK.fullmatch(text):
        return True
    if len(text) > _LONGEST_LINKED or not may_be_interface(text):
        return False
    words = LINK.sub(r"\1", text) if "](" in text else text
    return is_interface(_ESCAPE.sub(r"\1", words))


def _is_stamp(part: Part, text: str) -> bool:
    """Whether a line above the text is the date of the article, with who wrote it and where."""
    words = LINK.sub(r"\1", text)
    if part.role != "paragraph" or len(words) > _LINE or _STOP.search(text):
        return False
    if _OWN_IDS.fullmatch(words):
        return True
    small = sum(map(str.islower, (word[0] for word in words.split())))
    return small < _FEWEST_SAID and bool(_STAMP.search(text))


def _is_topics(part: Part, text: str) -> bool:
    """Whether a line below the text is links to topics with hardly a word between them."""
    if part.role not in ("paragraph", "item") or _STOP.search(text):
        return False
    links = len(LINK.findall(text))
    outside = sum(map(str.isalnum, LINK.sub("", text)))
    return links >= _TOPICS and outside <= 10 * links
