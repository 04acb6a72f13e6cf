"""Typst -> the text with its headings, notes, links and keys as Markdown has them.

"@roe2020" is a citation there, unless the text has a label of that name, "<roe2020>".
"""

import re

from ledger.extract.respell.inline import as_link, as_note
from ledger.letters import holds
from ledger.patterns import later

_NOTE = later(r"\s?#footnote\[(?P<said>(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,300}\]){1,2000}+)\]")
_LINK = later(
    r"#link\(\"(?P<target>https?://[^\"\s]{3,1000}+)\"\)(?:\[(?P<words>[^\[\]\n]{1,300})\])?"
)
_HEADING = later(r"^(={1,6})(?= \S)", re.M)
_LABEL = later(r"<([A-Za-z][\w:.-]{0,80})>")
_SETTING = later(r"^#(?:set|show|import|include|bibliography|pagebreak|outline|let)\b[^\n]*$", re.M)
_KEY = later(
    r"(?P<before>(?:(?<=\s)|(?<=[(~]))(?:(?:in|by|of|from|to|see|with|per|than|and|or|like|as) )?)"
    r"@(?P<key>[A-Za-z][\w:.-]{0,79}\w)(?:\[(?P<place>[^\[\]\n]{1,80})\])?(?=\s?[.,;:)]|\s*$|\s@)",
    re.M,
)
"""A key where nothing follows of its sentence; behind a word that governs it, it is a word."""


def is_typst(text: str) -> bool:
    """Whether a text has what nothing but Typst has: its bibliography, a citation or a note."""
    return holds(text, "#bibliography(", "#footnote[", "#cite(<")


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    labels = frozenset(_LABEL.findall(text))

    def cited(match: re.Match[str]) -> str:
        if match["before"] or match["key"] in labels:
            return match[0]
        place = f", {match['place']}" if match["place"] else ""
        return f"[@{match['key']}{place}]"

    text = _KEY.sub(cited, _SETTING.sub("", text))
    text = _LINK.sub(as_link, _NOTE.sub(as_note, text))
    return _HEADING.sub(lambda match: "#" * len(match[1]), text)
