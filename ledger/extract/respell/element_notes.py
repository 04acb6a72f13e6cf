"""Notes in HTML elements, with links to them -> notes of Markdown.

"rose.<sup><a href="#fn1">1</a></sup>" links to "<p id="fn1">Roe, Dams.</p>" below, to an item of a
list, or to "<a id="fn1">1</a>" before the words of the note. What is linked so is a note, whatever
its id.
"""

import re
from collections.abc import Collection

from ledger.letters import holds
from ledger.patterns import later

_MARKER = later(
    r"(?:<sup[^<>\n]{0,60}>)?\[?"
    r"<a\s[^<>\n]{0,200}?\bhref=[\"']#(?P<id>[\w:.-]{1,80})[\"'][^<>\n]{0,200}>\s?"
    r"(?:<sup[^<>\n]{0,60}>)?\[?(?P<label>[0-9]{1,3}|[a-z]|[ivx]{1,5}|[†‡])\]?(?:</sup>)?"
    r"\s?</a>\]?(?:</sup>)?"
)
_LINKED = later(
    r"<sup[^<>\n]{0,60}>\s?\\?\[?\[\^?(?P<label>[0-9]{1,3}|[a-z])\^?\]"
    r"\(#(?P<id>[\w:.-]{1,80})\)\\?\]?\s?</sup>"
)
"""A marker whose link is one of Markdown: "rose.<sup>[1](#note-1)</sup>"."""
_NOTE = later(
    r"^[ \t]{0,12}(?:<(?:ol|ul|section|div|footer|aside)[^<>\n]{0,100}>\s{0,20})?"
    r"<(?P<tag>p|li|div|small|aside|dd|sup(?=[^<>\n]{0,120}>[0-9]{1,3}[.:)\s]))\b"
    r"[^<>\n]{0,100}?\bid=[\"'](?P<id>[\w:.-]{1,80})[\"']"
    r"[^<>\n]{0,100}>(?:\s{0,20}<p(?:\s[^<>\n]{1,80})?>)?"
    r"(?P<said>(?:[^<\n]|\n(?!\s*\n)|<(?!/?(?:p|li|div|small|aside|dd|ol|ul)\b|/(?P=tag)>)){1,3000}+)"
    r"(?:</p>\s{0,20})?(?:</(?P=tag)>|(?=<li\b))(?:\s{0,20}</(?:ol|ul|section|div|footer|aside)>)?",
    re.M,
)
_NUMBERED = later(
    r"^[ \t]{0,12}(?:<div\b[^<>\n]{0,200}>\s{0,20}|<sup>)?"
    r"<a\s(?P<names>(?=[^<>\n]{0,300}?\b(?:id|name)=[\"'](?P<id>[\w:.-]{1,80})[\"'])[^<>\n]{1,400})>"
    r"\s?(?P<label>[0-9]{1,3}|[a-z])\s?</a>(?:</sup>)?[:.)]?\s{0,20}"
    r"(?:<div\b[^<>\n]{0,200}>(?P<inside>(?:[^<]|<(?!/?div\b)){1,3000}+)</div>\s{0,20}</div>"
    r"|(?P<line>[^\s<>][^\n]{2,2000}))",
    re.M,
)
"""A note whose number is the place that links lead to, as newsletters and README files have it."""
_COUNTED = later(
    r"^[ \t]{0,3}[0-9]{1,4}\.[ \t]{1,4}(<div id=\"[\w:.-]{1,80}\">)\s{1,60}"
    r"((?:[^<]|<(?!/?div\b)){1,4000}+)</div>",
    re.M,
)
"""A note that is an item of Markdown with the place in it, as Pandoc writes a page's."""
_OWN_LABEL = later(
    r"\s*(?:<sup[^<>\n]{0,60}>|\[|\()?\s?"
    r"(?:(?:[0-9]{1,3}|[a-z])(?:</sup>|\]|\)|\.)|[†‡](?:</sup>|\]|\)|\.)?)\s*"
)
_SIGNS = frozenset("†‡")
_LEADS = later(r"\]\(#([\w:.-]{1,80})\)")
_WAY_BACK = later(
    r"<a\s[^<>\n]{0,200}?\bhref=[\"']#[\w:.-]{1,80}[\"'][^<>\n]{0,200}>[^<>\w\n]{0,8}</a>"
)


def with_element_notes(text: str) -> str:
    """The text, notes that are elements as "[^1]: Roe, Dams."; their markers stay as they are.

    Only a sign is set high without its link: no marker is a link with a sign for its words.
    """
    if holds(text, '. <div id="', '.  <div id="'):
        text = _COUNTED.sub(lambda match: f"{match[1]}{' '.join(match[2].split())}</div>", text)
    text = _with_numbered(text)
    markers = (match for pattern in (_LINKED, _MARKER) for match in pattern.finditer(text))
    labels = {match["id"]: match["label"] for match in markers if _cites(match)}
    notes = {match["id"] for match in _NOTE.finditer(text)} & labels.keys() if labels else ()
    if not notes or len({labels[note] for note in notes}) < len(notes):
        return text

    def note(match: re.Match[str]) -> str:
        if match["id"] not in notes:
            return match[0]
        own = _OWN_LABEL.match(match["said"])
        return _spelled(labels[match["id"]], match["said"][own.end() if own else 0 :])

    text = _NOTE.sub(note, text)
    return _MARKER.sub(lambda match: _sign(match, notes), text) if holds(text, "†", "‡") else text


def _sign(marker: re.Match[str], notes: Collection[str]) -> str:
    label = marker["label"]
    return f"<sup>{label}</sup>" if label in _SIGNS and marker["id"] in notes else marker[0]


def _with_numbered(text: str) -> str:
    """The text with notes whose numbers are places of links, where links lead there."""
    found = {match["id"]: match for match in _NUMBERED.finditer(text)}
    if not found:
        return text
    linked = {match["id"] for match in _MARKER.finditer(text)}
    known = found.keys() & linked.union(_LEADS.findall(text))
    if not known or len({found[name]["label"] for name in known}) < len(known):
        return text
    places = {found[name].start() for name in known}

    def note(match: re.Match[str]) -> str:
        if match.start() not in places:
            return match[0]
        return _spelled(match["label"], match["inside"] or match["line"])

    return _NUMBERED.sub(note, text)


def _spelled(label: str, said: str) -> str:
    label = label.lstrip("0") or label  # "01" is read as 1
    return f"\n[^{label}]: {' '.join(_WAY_BACK.sub('', said).split())}\n"


def _cites(match: re.Match[str]) -> bool:
    """Whether a link is set high or glued behind what it is of; a table of contents has others."""
    before = match.string[match.start() - 1 : match.start()]
    return "<sup" in match[0] or bool(before.strip(" \t\n|[(>•·"))
