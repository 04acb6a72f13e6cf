"""HTML -> the features by which walls are recognised, from cheap linear scans.

Not a reading of the page: the reader in `extract` makes that. What it leaves out as furniture
(overlays, forms, notes to browsers without scripts) is what tells a wall from an article. Markup is
searched as bytes, which takes half the time; what people read is text.
"""

import html as entities
from collections.abc import Callable, Iterable
from functools import cached_property

from ledger.letters import WIDE
from ledger.patterns import later

SCANNED = 2_000_000
"""Bytes of a page that are looked at; a wall is small."""
SHOWN = 12_000
"""Characters of its visible text in which phrases are searched."""
TRIED, TRIED_LENGTH = 12, 1000
"""How many headings are looked for, and how long one may be."""

_SKIPPED = later(rb"<(?:(script|style|template|svg|noscript|textarea)\b|(!--))")
_TAG = later(rb"<[/!a-z?][^<>]{0,4000}>")
_TITLE = later(rb"<title\b[^<>]{0,500}>([^<]{0,1000})")
_HEADING = later(rb"<(h[12])\b[^<>]{0,1000}>")
_META = later(rb"<(?:meta|link)\b([^<>]{1,2000})>")
_ATTRIBUTE = later(
    rb"""([a-z][a-z:_-]{0,30})\s{0,4}=\s{0,4}(?:"([^"]*+)"?|'([^']*+)'?|([^\s"'<>=]++))"""
)
_FREE = later(rb"""isaccessibleforfree\\?["']\s{0,9}:\s{0,9}\\?["']?\s{0,9}(true|false)""")
_FREE_ATTRIBUTE = later(
    rb"""itemprop\s?=\s?["']?isaccessibleforfree["']?\s{1,9}content\s?=\s?["']?(true|false)"""
)
_EMPTY = later(
    rb"<(div|main|section|[a-z]{1,30}(?:-[a-z]{1,30}){1,3})\b([^<>]{0,1000})>\s{0,200}</\1>"
)
_LINK = later(rb"<a\b([^<>]{1,2000})>")
_LONGEST_LINK = 2000
"""Bytes between a link and its end: what is longer is an element that nobody closed."""
_SCRIPT_FILE = later(rb"<script\b[^<>]{0,2000}\bsrc\s?=")
_PASSWORD = later(rb"""<input\b[^<>]{0,1000}\btype\s?=\s?["']?password\b""")
_ASKED = (b"article:content_tier", b"canonical", b"og:url", b"prerender-status-code", b"robots")
"""The statements of a page about itself that somebody asks for."""
_ARTICLE_MARKS = ("<article", "article:published_time", "articlebody", " datetime=")
_ARTICLE_DATA = later(
    rb""""@type"\s{0,9}:\s{0,9}(?:\[\s{0,9})?"[a-z]{0,20}(?:article|blogposting)\""""
)


class Page:
    """One page as it came; every look at it is taken once, when it is asked for.

    Attributes:
        requested, final: The address asked for and the one that answered; None when not known.
        status: HTTP status; None for a file.

    Args:
        html: Its markup, or what gives it: most pages are judged by what was read from them. Bytes
            are UTF-8.
    """

    def __init__(
        self,
        html: str | Callable[[], str | bytes],
        *,
        requested: str | None = None,
        final: str | None = None,
        status: int | None = None,
    ) -> None:
        self._html = html
        self.requested = requested
        self.final = final
        self.status = status

    @cached_property
    def html(self) -> bytes:
        """Its markup with the letters of ASCII in lower case, at most `SCANNED` bytes of it.

        Words of people are put in lower case by `plain`: all of a page would take ten times longer.
        """
        html = self._html if isinstance(self._html, str) else self._html()
        encoded = html if isinstance(html, bytes) else html[:SCANNED].encode("utf-8", "replace")
        return encoded[:SCANNED].lower()

    def first_of(self, words: Iterable[str]) -> str | None:
        """The first of some words that stands in its markup; None when none does."""
        html = self.html
        return next((word for word in words if word.encode() in html), None)

    @cached_property
    def _parts(self) -> tuple[str, str, int]:
        """The visible text, the text for browsers without scripts, and the bytes of scripts."""
        shown: list[bytes] = []
        without_scripts: list[bytes] = []
        scripts = 0
        at = 0
        while opened := _SKIPPED.search(self.html, at):
            shown.append(self.html[at : opened.start()])
            name = opened[1] or b""
            close = b"-->" if opened[2] else b"</" + name
            end = self.html.find(close, opened.end())
            end = end if end >= 0 else len(self.html)
            inside = self.html[opened.end() : end]
            if name == b"noscript":
                without_scripts.append(inside)
            elif name == b"script":
                scripts += len(inside)
            at = end
        shown.append(self.html[at:])
        return _text(b"".join(shown)), _text(b" ".join(without_scripts))[:SHOWN], scripts

    @cached_property
    def all_words(self) -> int:
        """How many words a reader would see, furniture included."""
        return word_count(self._parts[0])

    @cached_property
    def text(self) -> str:
        """The beginning and end of what a reader would see, in lower case, without the title."""
        text = self._parts[0]
        if len(text) > SHOWN:
            text = f"{text[: SHOWN // 2]} {text[-SHOWN // 2 :]}"
        return plain(text)

    @cached_property
    def words(self) -> frozenset[str]:
        """What stands between the spaces of `text`."""
        return frozenset(self.text.split(" "))

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """The attributes and the words of each link in its markup, in lower case."""
        found = []
        for each in _LINK.finditer(self.html):
            end = self.html.find(b"</a", each.end(), each.end() + _LONGEST_LINK)
            if end >= 0:
                attributes = each[1].decode(errors="replace")
                found.append((attributes, plain(_text(self.html[each.end() : end]))))
        return found

    @cached_property
    def noscript(self) -> str:
        """What a reader without scripts would see besides, in lower case."""
        return plain(self._parts[1])

    @property
    def script_length(self) -> int:
        """Bytes of scripts in the page itself."""
        return self._parts[2]

    @cached_property
    def script_files(self) -> int:
        """How many scripts the page loads."""
        return len(_SCRIPT_FILE.findall(self.html))

    @cached_property
    def title(self) -> str:
        found = _TITLE.search(self.html)
        return plain(_text(found[1])) if found else ""

    @cached_property
    def heading(self) -> str:
        """The first heading of the highest rank that has words, in lower case; "" for none.

        Not any heading: overlays that wait for their hour have theirs, of a lower rank.
        """
        found: dict[bytes, str] = {}
        for _, opened in zip(range(TRIED), _HEADING.finditer(self.html), strict=False):
            end = self.html.find(b"</" + opened[1], opened.end(), opened.end() + TRIED_LENGTH)
            words = plain(_text(self.html[opened.end() : end])) if end >= 0 else ""
            if words:
                found.setdefault(opened[1], words)
        return found.get(b"h1") or found.get(b"h2") or ""

    @cached_property
    def metas(self) -> dict[str, str]:
        """Name, property or relation of each `meta` and `link` to its content, in lower case.

        Only of those that are `_ASKED` for.
        """
        stated: dict[str, str] = {}
        for each in _META.finditer(self.html):
            if not any(asked in each[1] for asked in _ASKED):
                continue
            said = {
                found[1].decode(): (found[2] or found[3] or found[4] or b"").decode(
                    errors="replace"
                )
                for found in _ATTRIBUTE.finditer(each[1])
            }
            name = next((said[key] for key in ("name", "property", "rel") if key in said), None)
            if name:
                stated.setdefault(name, said.get("content") or said.get("href") or "")
        return stated

    @cached_property
    def free(self) -> bool | None:
        """Whether its schema.org data says that it is free to read; None if it says nothing."""
        if not self.first_of(["isaccessibleforfree"]):
            return None
        found = [*_FREE.findall(self.html), *_FREE_ATTRIBUTE.findall(self.html)]
        return all(word == b"true" for word in found) if found else None

    @cached_property
    def mount(self) -> bool:
        """Whether it has an empty element with a name, for scripts to fill."""
        return any(b"-" in found[1] or b" id" in found[2] for found in _EMPTY.finditer(self.html))

    @cached_property
    def asks_password(self) -> bool:
        return bool(self.first_of(["password"])) and _PASSWORD.search(self.html) is not None

    @cached_property
    def calls_itself_article(self) -> bool:
        """Whether its markup says that it is an article, or has a date."""
        if self.first_of(_ARTICLE_MARKS):
            return True
        return bool(self.first_of(['"@type"'])) and _ARTICLE_DATA.search(self.html) is not None


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces: as the phrases are spelled."""
    return " ".join(text.lower().replace("’", "'").split())


_WIDE = later(WIDE)


def word_count(text: str) -> int:
    """Words of a text; where no spaces part them, two characters make one."""
    words = len(text.split())
    return words if text.isascii() else words + len(_WIDE.findall(text)) // 2


def _text(markup: bytes) -> str:
    words = _TAG.sub(b" ", markup).decode(errors="replace")
    return " ".join(entities.unescape(words).split())
