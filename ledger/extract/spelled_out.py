"""A text as programs export it -> the same, its links and lists as Markdown has them.

What many programs write, each in its own way, and what only a whole text shows: links broken into
two lines, sources linked twice, lists on the line of their paragraph, notes of AsciiDoc and of
office programs.
"""

import re
from collections.abc import Callable

from ledger.extract.asciidoc import as_markdown, is_asciidoc
from ledger.extract.own_notes import with_office_links
from ledger.patterns import later

_BROKEN_LINK = later(
    r"\]\(\s?(https?://[^\s()<>]{1,1000})\n[ \t>]{0,8}([^\s()<>]{1,1000})\)(?![^\W_])"
)
"""A link whose address was broken into two lines."""
_LIST_BEHIND = later(
    r"(?<=[.!?…\])\"”])[ \t]{1,4}(?=[*_]{0,2}(?:sources?|references?|citations?|links?|quellen|"
    r"fuentes|fontes|fonti|bronnen|источники):[*_]{0,2} \[1\] https?://)",
    re.I,
)
"""What stands between a paragraph and the list of its sources on the same line."""
_LINKED_TWICE = later(
    r"\[(?P<words>\[[^\[\]\n]{1,200}\])(?P<target>\([^\s()]{1,2000}\))\](?P<label>\[[^\[\]\s]{1,20}\])"
)
"""A source's name that links to its page, and to its entry in the list: "[[Roe](https://…)][1]"."""


def spelled_out(text: str) -> str:
    """The text, spelled so that each line says what it is. Never raises."""
    if is_asciidoc(text):
        text = as_markdown(text)
    if "](" in text:
        text = _BROKEN_LINK.sub(r"](\1\2)", text)
    if ")][" in text:
        text = _LINKED_TWICE.sub(_linked_once(text), text)
    if "<a " in text:
        text = with_office_links(text)
    if "[1] http" in text:
        text = _LIST_BEHIND.sub("\n", text)
    return text


def _linked_once(text: str) -> Callable[[re.Match[str]], str]:
    """What a name linked twice is: a link to its entry if the text has that, else to its page."""

    def once(match: re.Match[str]) -> str:
        listed = f"\n{match['label']}:" in text
        return match["words"] + (match["label"] if listed else match["target"])

    return once
