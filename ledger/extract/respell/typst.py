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
_BLOCK = later(
    r"^#(?:set|show|let|import)\b[^\n]{0,400}[(\[{]\n"
    r"(?P<said>(?:(?:(?![)\]}#])[^\n]{0,2000}|[)\]}][^\n]{0,200}[(\[{])\n){0,400}+)"
    r"[)\]}][^\n]{0,200}$",
    re.M,
)
"""A setting over several lines, up to the one that closes it; those of a paper have its title."""
_FIGURE = later(r"^#figure\(\n(?P<said>(?:(?![)#])[^\n]{0,2000}\n){0,400}+)\)[^\n]{0,200}$", re.M)
_CAPTION = later(
    r"^(?P<in>[ \t]+)caption: ?\[(?: ?(?P<said>[^\n]{1,1000}?) ?\],?[ \t]*$"
    r"|[ \t]*\n(?P<lines>(?:(?!(?P=in)\])[^\n]{0,2000}\n){1,40}+)(?P=in)\])",
    re.M,
)
_CELL = later(r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,600}+)\],?")
_TITLE = later(
    r"^[ \t]+title: ?(?:\[ ?(?P<said>[^\n]{1,300}?) ?\]|\"(?P<named>[^\"\n]{1,300})\"),?$", re.M
)
_ABSTRACT = later(
    r"^(?P<in>[ \t]+)abstract: ?\[(?:\n"
    r"(?P<said>(?:(?!(?P=in)(?:\]|abstract:))[^\n]{0,2000}\n){1,200}+)(?P=in)\]"
    r"|(?P<line>[^\n]{1,4000})\],?$)",
    re.M,
)
_COMMENT = later(r"^[ \t]{0,20}//[^\n]*$", re.M)
_KEY = later(
    r"(?P<before>(?:(?<=\s)|(?<=[(~]))(?:(?:in|by|of|from|to|see|with|per|than|and|or|like|as) )?)"
    r"@(?P<key>[A-Za-z](?:[\w-]|[:.](?=\w)){0,79}+)(?:\[(?P<place>[^\[\]\n]{1,80})\])?(?=\s?[.,;:)]|\s*$|\s@)",
    re.M,
)
"""A key where nothing follows of its sentence; behind a word that governs it, it is a word."""
_GLUED = later(r"(?<=[\w\"”’)\].])@(?P<key>[A-Za-z](?:[\w-]|:(?=\w)){0,79}+)(?!\.\w)")
"""A key right behind a word, which is no address of a mail."""


def is_typst(text: str) -> bool:
    """Whether a text has what nothing but Typst has: a package, a bibliography, a note, a key."""
    if holds(text, "#bibliography(", "#footnote[", "#cite(<"):
        return True
    above, package, _ = text.partition('#import "@preview/')
    return bool(package) and "```" not in above  # else one that a text about Typst shows


def as_markdown(text: str) -> str:
    """The text, for a reader of Markdown. Never raises."""
    whole, labels = text, frozenset(_LABEL.findall(text))

    def cited(match: re.Match[str]) -> str:
        if match["before"] or match["key"] in labels:
            return match[0]
        place = f", {match['place']}" if match["place"] else ""
        return f"[@{match['key']}{place}]"

    def glued(match: re.Match[str]) -> str:
        return match[0] if match["key"] in labels else f"[@{match['key']}]"

    if "\n//" in text:
        text = _COMMENT.sub("", text)
    text = _KEY.sub(cited, _SETTING.sub("", _BLOCK.sub(_head, _FIGURE.sub(_figure, text))))
    if "bibliography(" in whole:
        text = _GLUED.sub(glued, text)
    text = _LINK.sub(as_link, _NOTE.sub(as_note, text))
    return _HEADING.sub(lambda match: "#" * len(match[1]), text)


def _head(match: re.Match[str]) -> str:
    """What a setting shows: the title of a paper, and what it says in short."""
    title, short = _TITLE.search(match["said"]), _ABSTRACT.search(match["said"])
    named = f"= {title['said'] or title['named']}\n" if title else ""
    said = (short["said"] or short["line"]) if short else ""
    lines = "\n".join(line.strip() for line in said.splitlines())
    return f"{named}\n{lines}\n"


def _figure(match: re.Match[str]) -> str:
    """What a figure says: its caption, and those of its lines that cite."""
    said = match["said"]
    caption = _CAPTION.search(said)
    named = (caption["said"] or caption["lines"]) if caption else ""
    lines = map(str.strip, _CAPTION.sub("", said).splitlines())
    rows = [_CELL.sub(r"\1 ", line) for line in lines if holds(line, "@", "#cite(", "#footnote[")]
    return "\n\n".join(["\n".join(map(str.strip, named.splitlines())), *rows])
