"""Notes that a text has as elements of HTML, with links to them -> notes of Markdown.

"rose.<sup><a href="#fn1">1</a></sup>", and below it "<p id="fn1">Roe, Dams.</p>" or an item of a
list. The link tells what is a note, whatever its name.
"""

import re
from collections.abc import Iterator

from ledger.patterns import later

_MARKER = later(
    r"(?:<sup[^<>\n]{0,60}>)?\[?"
    r"<a\s[^<>\n]{0,200}?\bhref=[\"']#(?P<id>[\w:.-]{1,80})[\"'][^<>\n]{0,200}>\s?"
    r"(?:<sup[^<>\n]{0,60}>)?\[?(?P<label>[0-9]{1,3}|[a-z]|[ivx]{1,5}|[*†‡])\]?(?:</sup>)?"
    r"\s?</a>\]?(?:</sup>)?"
)
_NOTE = later(
    r"^[ \t]{0,12}(?:<(?:ol|ul|section|div|footer|aside)[^<>\n]{0,100}>\s{0,20})?"
    r"<(?P<tag>p|li|div|small|aside|dd)\b[^<>\n]{0,100}?\bid=[\"'](?P<id>[\w:.-]{1,80})[\"']"
    r"[^<>\n]{0,100}>(?:\s{0,20}<p>)?"
    r"(?P<said>(?:[^<\n]|\n(?!\s*\n)|<(?!/?(?:p|li|div|small|aside|dd|ol|ul)\b)){1,3000}+)"
    r"(?:</p>\s{0,20})?(?:</(?P=tag)>|(?=<li\b))(?:\s{0,20}</(?:ol|ul|section|div|footer|aside)>)?",
    re.M,
)
_OWN_LABEL = later(
    r"\s*(?:<sup[^<>\n]{0,60}>|\[|\()?\s?(?:[0-9]{1,3}|[a-z]|[*†‡])(?:</sup>|\]|\)|\.)\s*"
)
_WAY_BACK = later(
    r"<a\s[^<>\n]{0,200}?\bhref=[\"']#[\w:.-]{1,80}[\"'][^<>\n]{0,200}>[^<>\w\n]{0,8}</a>"
)
_LIST = later(r"^[ \t]{0,12}</?(?:ol|ul)\b[^<>\n]{0,100}>[ \t]*$", re.M)


def with_element_notes(text: str) -> str:
    """The text with such notes as "[^1]: Roe, Dams." and their markers as "[^1]"."""
    labels = {match["id"]: match["label"] for match in _MARKER.finditer(text) if _cites(match)}
    notes = {match["id"] for match in _NOTE.finditer(text)} & labels.keys() if labels else ()
    if not notes or len({labels[note] for note in notes}) < len(notes):
        return text

    def note(match: re.Match[str]) -> str:
        if match["id"] not in notes:
            return match[0]
        own = _OWN_LABEL.match(match["said"])
        said = _WAY_BACK.sub("", match["said"][own.end() if own else 0 :])
        return f"\n[^{labels[match['id']]}]: {' '.join(said.split())}\n"

    text = _NOTE.sub(note, text)
    text = _MARKER.sub(
        lambda m: f"[^{m['label']}]" if m["id"] in notes and _cites(m) else m[0], text
    )
    return _LIST.sub("", text)


def _cites(match: re.Match[str]) -> bool:
    """Whether a link is set high or glued behind what it is of; a table of contents has others."""
    before = match.string[match.start() - 1 : match.start()]
    return "<sup" in match[0] or bool(before.strip(" \t\n|[(>•·"))


def element_markers(text: str) -> Iterator[tuple[str, str]]:
    """Such markers as they are read, and as the text has them."""
    for match in _MARKER.finditer(text):
        yield f"[^{match['label']}]", match[0]
