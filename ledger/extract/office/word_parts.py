"""The parts of a Word file -> the same, spelled as mammoth knows it, with its numbers written out.

mammoth passes over what it does not know, text and all, in silence; and it forgets which number a
list begins with, or goes on with behind a heading.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

DOCUMENT, NUMBERING, STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"

_OTHER = re.compile(rb"(</?)(w:(?:bdo|dir|rubyBase|ruby|rt|cr|ptab)|m:[A-Za-z]{1,40})(?=[\s/>])")
_SAME = {
    b"w:rt": b"w:del",  # how a word is said, above it
    b"w:cr": b"w:br",
    b"w:ptab": b"w:tab",
    b"m:r": b"w:r",
    b"m:t": b"w:t",
}
"""What mammoth calls what it does not know; all else is a bracket around text: of a direction, of a
formula."""
_BRACKET = b"w:smartTag"
_SIMPLE = re.compile(rb"<w:fldSimple\b[^<>]{0,200}?\sw:instr=(\"[^\"<>]*\")[^<>]*>|</w:fldSimple>")
_RAISED = re.compile(rb"<w:position w:val=\"(?:[4-9]|[1-9][0-9])\"/>")
"""Half points above the line: four are as high as the least superscript."""

_OWN_MARK = re.compile(
    rb"(<w:(?:foot|end)noteReference\b[^<>]{0,80} w:customMarkFollows=\"(?:1|true|on)\""
    rb"[^<>]{0,80}/>)"
    rb"<w:t(?: [^<>]{0,80})?>[^<]{0,20}</w:t>"
)
"""A note that is known by a sign of its own: mammoth counts it with the others."""

_NEW_PAGE = re.compile(rb"<w:br w:type=\"(?:page|column)\"(?: [^<>]{0,80})?/>")
"""mammoth passes over it, and the words before and behind it would be one."""
_FIRST_LETTER = re.compile(
    rb"<w:p(?: [^<>]{0,300})?>\s{0,99}<w:pPr>(?:[^<]|<(?!/w:pPr>|w:framePr |w:p[ >]))*+"
    rb"<w:framePr [^<>]{0,300}?w:dropCap=\"(?:drop|margin)\"(?:[^<]|<(?!/w:pPr>|w:p[ >]))*+</w:pPr>"
    rb"((?:[^<]|<(?!/?w:p[ >]))*+)</w:p>\s{0,99}(<w:p(?: [^<>]{0,300})?>\s{0,99}"
    rb"(?:<w:pPr>(?:[^<]|<(?!/w:pPr>|w:p[ >]))*+</w:pPr>)?)"
)
"""A first letter over several lines stands in a paragraph of its own, before its word."""

_ALTERNATIVE = re.compile(
    rb"<mc:AlternateContent[ >](?:[^<]|<(?!/?mc:AlternateContent[ >]))*+</mc:AlternateContent>"
)
_DRAWING = re.compile(rb"<w:drawing[ >](?:[^<]|<(?!/?w:drawing[ >]))*+</w:drawing>")
_BOX = re.compile(rb"<w:txbxContent[ >](?:[^<]|<(?!/?w:txbxContent[ >]))*+</w:txbxContent>")
_NAMESPACE = re.compile(rb"\sxmlns:([A-Za-z0-9]{1,20})=(\"[^\"<>]{0,200}\")")
"""A text box is drawn in two ways, and mammoth reads the older one: some programs, such as Google
Docs, have none or a mere picture there."""

_HIDDEN = re.compile(
    rb"<w:r(?: [^<>]*)?>\s*<w:rPr>(?:[^<]|<(?!/w:rPr>|w:vanish/>|w:r[ >]))*+<w:vanish/>"
    rb"(?:[^<]|<(?!/w:r>))*+"
)
_WORDS = re.compile(rb"(<w:t(?: [^<>]*)?>)[^<]+")
_PARAGRAPH = re.compile(
    rb"(<w:p(?: [^<>]*)?>\s*<w:pPr>)((?:[^<]|<(?!/w:pPr>|w:p[ >]))*+)(</w:pPr>)"
)
_NUMBER = re.compile(rb"<w:numId w:val=\"([0-9]{1,9})\"")
_LEVEL = re.compile(rb"<w:ilvl w:val=\"([0-9]{1,2})\"")
_STYLE = re.compile(rb"<w:pStyle w:val=\"([^\"<>]{1,200})\"")
_IN_NUMBERS = re.compile("(<ol>|</li>)<li>\ufdd0([0-9]{1,9})\ufdd1")
_WRITTEN = re.compile("<li>\ufdd0[0-9]{1,9}\ufdd1</li>|\ufdd0[0-9]{1,9}\ufdd1")
_MOST_STYLES = 20
"""Styles that a style is based on, one on the other."""


def respelled(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts by their names, as mammoth reads all of them.

    Numbers stand in front of what they count, between U+FDD0 and U+FDD1.
    """
    known = {name: _respell(text) for name, text in parts.items()}
    if DOCUMENT in known and NUMBERING in known:
        counted = _lists(known[NUMBERING])
        by_style = _styles(known.get(STYLES, b"")) if counted else {}
        if counted:
            known[DOCUMENT] = _PARAGRAPH.sub(_counter(counted, by_style), known[DOCUMENT])
    return known


def without_hidden(text: bytes) -> bytes:
    """A part without words that Word shows nobody."""
    if b"<w:vanish/>" not in text:
        return text
    return _HIDDEN.sub(lambda match: _WORDS.sub(rb"\1", match[0]), text)


def with_numbers(html: str) -> str:
    """The page that mammoth made, each list with the number that it begins with."""
    last = 0

    def number(match: re.Match[str]) -> str:
        nonlocal last
        goes_on = match[1] == "</li>" and int(match[2]) == last + 1
        last = int(match[2])
        if goes_on or (match[1] == "<ol>" and last == 1):
            return f"{match[1]}<li>"
        return f'{"</li></ol>" if match[1] == "</li>" else ""}<ol start="{last}"><li>'

    whole = _WRITTEN.sub(lambda match: "" if match[0][0] == "<" else match[0], html)
    return _WRITTEN.sub("", _IN_NUMBERS.sub(number, whole))


def _respell(text: bytes) -> bytes:
    text = _OWN_MARK.sub(rb"\1", text)
    text = _OTHER.sub(lambda match: match[1] + _SAME.get(match[2], _BRACKET), text)
    text = _NEW_PAGE.sub(b"<w:br/>", text)
    if b"<w:txbxContent" in text:
        text = _DRAWING.sub(_boxes, _ALTERNATIVE.sub(_boxes, text))
    if b" w:dropCap=" in text:
        text = _FIRST_LETTER.sub(rb"\2\1", text)
    return _RAISED.sub(b'<w:vertAlign w:val="superscript"/>', _SIMPLE.sub(_field, text))


def _boxes(match: re.Match[bytes]) -> bytes:
    """The text boxes of a drawing alone, where what mammoth reads of it has none."""
    new, _, old = match[0].partition(b"<mc:Fallback")
    boxes = [] if b"<w:txbxContent" in old else _BOX.findall(new)
    if not boxes:
        return match[0]
    known = b"".join(b" xmlns:%s=%s" % each for each in dict(_NAMESPACE.findall(new)).items())
    return b"<w:pict%s>%s</w:pict>" % (known, b"".join(boxes))


def _field(match: re.Match[bytes]) -> bytes:
    """A field in one element, spelled as one whose parts are told by marks."""
    mark = b'<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    if match[1] is None:
        return mark % b"end"
    if match[0].endswith(b"/>"):
        return b""
    said = b'<w:r><w:instrText xml:space="preserve">%s</w:instrText></w:r>' % match[1].strip(b'"')
    return mark % b"begin" + said + mark % b"separate"


class _List(NamedTuple):
    """A counted list.

    Attributes:
        shared: What it counts on with: lists of one kind have one count.
        begin: The number that it begins with.
        anew: Whether it begins there again, whatever was counted before it.
    """

    shared: str
    begin: int
    anew: bool


def _lists(numbering: bytes) -> dict[bytes, _List]:
    """The counted lists by their ids (ECMA-376, 17.9: `num`, `abstractNum`, `startOverride`)."""
    root, value = _tree(numbering)
    starts: dict[str, int] = {}
    for abstract in root.findall("{*}abstractNum"):
        level = abstract.find("{*}lvl")
        kind = "" if level is None else value(level.find("{*}numFmt"), "val")
        if level is not None and kind not in ("", "bullet", "none"):
            starts[value(abstract, "abstractNumId")] = _number(value(level.find("{*}start"), "val"))
    found: dict[bytes, _List] = {}
    for each in root.findall("{*}num"):
        own, abstract_id = value(each, "numId"), value(each.find("{*}abstractNumId"), "val")
        first = next((one for one in each if value(one, "ilvl") == "0"), None)
        begin = None if first is None else first.find("{*}startOverride")
        if abstract_id in starts and begin is not None:
            found[own.encode()] = _List(abstract_id, _number(value(begin, "val")), anew=True)
        elif abstract_id in starts:
            found[own.encode()] = _List(abstract_id, starts[abstract_id], anew=False)
    return found


def _styles(styles: bytes) -> dict[bytes, bytes]:
    """The list that paragraphs of a style are in, by its id; styles that are in none are not."""
    root, value = _tree(styles)
    own = {value(each, "styleId"): each for each in root.findall("{*}style")}
    found: dict[bytes, bytes] = {}
    for name in own:
        key, number = name, ""
        for _ in range(_MOST_STYLES):
            if key not in own or number:
                break
            number = value(own[key].find("{*}pPr/{*}numPr/{*}numId"), "val")
            key = value(own[key].find("{*}basedOn"), "val")
        if number:
            found[name.encode()] = number.encode()
    return found


def _tree(text: bytes) -> tuple[Element, Callable[[Element | None, str], str]]:
    """A part, and what gives the value of an attribute of an element; "" for none."""
    try:
        root = fromstring(text)  # noqa: S314 - document types are refused before
    except (ParseError, ValueError, LookupError):  # mammoth says what is wrong with it
        root = Element("none")
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""

    def value(element: Element | None, name: str) -> str:
        return "" if element is None else element.get(f"{space}{name}", "")

    return root, value


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else 1


def _counter(
    lists: Mapping[bytes, _List], by_style: Mapping[bytes, bytes]
) -> Callable[[re.Match[bytes]], bytes]:
    """What puts its number in front of each paragraph that a list counts."""
    counts: dict[str, int] = {}
    begun: set[bytes] = set()

    def count(match: re.Match[bytes]) -> bytes:
        about = match[2]
        own, level, style = _NUMBER.search(about), _LEVEL.search(about), _STYLE.search(about)
        of_style = by_style.get(style[1], b"") if style else b""
        chosen = own[1] if own else of_style
        if chosen not in lists or (level and int(level[1])) or b"<w:pPrChange" in about:
            return match[0]
        one = lists[chosen]
        if one.shared not in counts or (one.anew and chosen not in begun):
            counts[one.shared] = one.begin - 1
        begun.add(chosen)
        counts[one.shared] = number = counts[one.shared] + 1
        if not own:
            about += b'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%s"/></w:numPr>' % chosen
        mark = f"<w:r><w:t>\ufdd0{number}\ufdd1</w:t></w:r>".encode()
        return match[1] + about + match[3] + mark

    return count
