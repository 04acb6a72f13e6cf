"""Marks of forums, wikis and blogs in a text -> the same as Markdown has them.

What was copied from elsewhere keeps the marks of where it was written: notes of a wiki
("<ref>…</ref>", "((…))"), tags of a forum ("[url=…]", "[sup]"), notes with stars ("である*1"),
brackets written as entities. Each is undone only where it is what it looks like.
"""

import re

from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.extract.respell.respelled import respelled
from ledger.extract.respell.spellings import LINKS, MARKS
from ledger.letters import holds
from ledger.patterns import begins_line, later

_ENTITY = later(
    r"&(?:#91|#x5[bB]|lsqb|lbrack);(\^?[0-9]{1,4}(?:[,;–-]\s?[0-9]{1,4}){0,8})"
    r"&(?:#93|#x5[dD]|rsqb|rbrack);"
)
_TWICE = later(r"\[(?<!\w\[)([0-9]{1,4})\]\[\1\]")
"""A number linked to its own definition: "[1][1]"."""
_FORUM_LINK = later(
    r"\[url=[\"']?(https?://[^\]\s\"']{3,2000})[\"']?\]((?:[^\[\n]|\[(?!/?url)){1,400}+)\[/url\]",
    re.I,
)
_FORUM_ADDRESS = later(r"\[url\](https?://[^\[\]\s]{3,2000})\[/url\]", re.I)
_FORUM_RAISED = later(r"\[sup\]([^\[\]\n]{1,40})\[/sup\]", re.I)
_FORUM_STRESS = later(
    r"\[/?(?:b|i|u|s|size|color|center|quote|list|font)(?:=[^\[\]\n]{1,60})?\]", re.I
)
_FORUM_ITEM = later(r"[ \t]{0,8}\[\*\][ \t]{0,8}")
_FORUM_SIGNS = ("[/url]", "[/sup]", "[/URL]")
_PAGES_NAMED = later(
    rf"[(\[]{SOURCE_IN_WORDS}(?:[^()\[\]\n]|\[\[[^\[\]\n]{{1,200}}\]\]){{2,600}}+[)\]]"
)
"""Sources in brackets that are links to pages of the same vault: "(Source: [[Minutes]], p. 2)"."""
_PAGE_NAMED = later(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,100}))?\]\]")
_STARRED_ENTRY = later(r"^[ \t]{0,3}[*＊]([0-9]{1,3})[ \t]?[:：][ \t]{0,4}(?=\S)", re.M)
_STARRED = later(
    r"(?:(?<=[^\W\d_]{2})|(?<=[^\x00-\x7f])|(?<=[.,;:!?)\]\"']))[*＊]([0-9]{1,3})(?![0-9*＊=])"
)
"""Where a note with a star is cited: "である*1"; no product, "a*1", "3*1"."""
_REF = later(
    r"<ref(?:\s+name\s?=\s?[\"']?(?P<name>[^\"'<>/\n]{1,80})[\"']?)?\s?"
    r"(?:/>|>(?P<note>(?:[^<]|<(?!/?ref\b)){1,2000}+)</ref>)"
)
_WIKI_LINK = later(r"\[(https?://[^\s\[\]]{3,2000}) ([^\[\]\n]{1,300})\]")
_NO_LABEL = later(r"[^A-Za-z0-9_.:-]")
_TEMPLATE = later(r"\{\{\s?[Cc]it[^{}]{1,2000}\}\}")
_FIELD = later(r"\|\s?(url|title|work|publisher|website)\s?=\s?([^|{}]{1,600})", re.I)


def without_foreign_marks(text: str) -> str:
    """The text, its foreign marks as Markdown has them. Linear in it; never raises."""
    if "&" in text and holds(text, "&#", "sqb;", "brack;"):
        text = _ENTITY.sub(r"[\1]", text)
    text = respelled(text, (*MARKS, *LINKS))
    if holds(text, "[1][1]") and "\n[1]: " in text:
        text = _TWICE.sub(r"[\1]", text)
    if holds(text, "[/") and any(sign in text for sign in _FORUM_SIGNS):
        text = _FORUM_LINK.sub(r"[\2](\1)", _FORUM_ADDRESS.sub(r"\1", text))
        text = _FORUM_ITEM.sub("\n- ", text) if "[*]" in text else text
        text = _FORUM_STRESS.sub("", _FORUM_RAISED.sub(r"<sup>\1</sup>", text))
    if holds(text, ": [["):
        text = _PAGES_NAMED.sub(_by_name, text)
    if holds(text, "*1", "＊1"):
        text = _with_starred_notes(text)
    return _with_notes_of_wikis(text) if holds(text, "<ref") else text


def _by_name(match: re.Match[str]) -> str:
    """Names of pages as words, those side by side parted as several sources are."""
    return _PAGE_NAMED.sub(r"\1", match[0].replace("]], [[", "]]; [["))


def _with_starred_notes(text: str) -> str:
    """The text, notes with stars and numbers as numbers in brackets, where each is defined once."""
    numbers = _STARRED_ENTRY.findall(text) if begins_line(_STARRED_ENTRY, text) else []
    if "1" not in numbers or len(set(numbers)) < len(numbers) or "[1]" in text:
        return text
    known = frozenset(numbers)
    text = _STARRED_ENTRY.sub(r"[\1]: ", text)
    return _STARRED.sub(lambda match: f"[{match[1]}]" if match[1] in known else match[0], text)


def _with_notes_of_wikis(text: str) -> str:
    """The text, notes in tags as footnotes, which are defined at its end."""
    notes: dict[str, str] = {}

    def mark(match: re.Match[str]) -> str:
        said = match["note"]
        label = f"ref-{match['name'].strip()}" if match["name"] else f"ref-{len(notes) + 1}"
        label = _NO_LABEL.sub("-", label)
        if said and not notes.get(label):
            notes[label] = _TEMPLATE.sub(
                _cited, _WIKI_LINK.sub(r"[\2](\1)", " ".join(said.split()))
            )
        return f"[^{label}]"

    text = _REF.sub(mark, text)
    listed = "".join(f"\n\n[^{label}]: {note}" for label, note in notes.items())
    return f"{text}{listed}\n" if listed else text


def _cited(template: re.Match[str]) -> str:
    """What a template of a wiki says of a source, as words."""
    fields = {match[1].lower(): match[2].strip() for match in _FIELD.finditer(template[0])}
    work = fields.get("work") or fields.get("website")
    said = (fields.get("title"), work, fields.get("publisher"), fields.get("url"))
    return ", ".join(filter(None, said)) or template[0]
