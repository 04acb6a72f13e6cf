"""The structure that a tagged PDF says it has (ISO 32000-1, 14.7 and 14.8) -> its elements."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.extract.pdf.fonts import entry
from ledger.extract.pdf.line import LINK, Element

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_ELEMENTS, DEEPEST = 50_000, 100
"""What is read in the time that a page has: pypdf takes most of it, some 0.1 ms for an element."""
HEADS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
CELLS = frozenset({"TH", "TD"})
OF_TEXT = CELLS | HEADS | frozenset({"P", "LI", "LBody", "Lbl", "Caption", "H", "Title", "TOCI"})
"""Elements whose own words are one text."""
WORDS = "Words"
"""Those that stand in another element, such as a part of the document, between its elements."""
_WITHIN_LINES = frozenset(
    "Span Strong Em NonStruct Code Quote Reference Annot Sub Private StyleSpan Formula BibEntry "
    "Ruby RB RT RP Warichu WT WP".split()
)
"""What says nothing of where a text begins and ends: as if it were not there."""
_NOTES = frozenset({"Note", "FENote"})
"""Which number calls which of them is found by their places, as in a PDF without tags."""
_MOST_NAMES = 8
"""Own names that lead to one another before the standard one: a file may have a circle."""


@dataclass(slots=True)
class Structure:
    """The elements of a PDF.

    Attributes:
        root: That in which all stand.
        marks: By page and number of a mark the element of which it is.
        linked: The fields of links that elements have, by the numbers of their objects.
    """

    root: Element
    marks: dict[tuple[int, int], Element]
    linked: set[int]


def structure_of(reader: "PdfReader") -> Structure | None:
    """The structure of a PDF; None where it has none, or one that cannot be gone by."""
    top = entry(reader.trailer["/Root"], "/StructTreeRoot")
    if not isinstance(top, dict):
        return None
    names = entry(top, "/RoleMap")
    found = Structure(Element("Document"), {}, set())
    seen: set[int] = set()
    # Each: what a part of the structure is, the element in which it stands, and its page.
    todo: list[tuple[Any, Element, int]] = [(top.get("/K"), found.root, 0)]
    while todo:
        kid, element, page = todo.pop()
        number = getattr(kid, "idnum", 0)
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if number and isinstance(kid, (list, dict)):
            if number in seen or len(seen) >= MOST_ELEMENTS:
                return None
            seen.add(number)
        if isinstance(kid, list):
            todo += [(each, element, page) for each in reversed(kid)]
        elif isinstance(kid, int):
            _marked(found, element, (page, kid))
        elif isinstance(kid, dict):
            page = _number(kid, "/Pg") or page
            if "/MCID" in kid or kid.get("/Type") == "/OBJR":
                _referred(found, element, page, kid)
                continue
            role = _role(kid.get("/S"), names)
            if role in _NOTES or element.depth > DEEPEST:
                return None
            inside = element if _is_within_lines(role, element) else _made(role, element, kid)
            todo.append((kid.get("/K"), inside, page))
    return found


def _is_within_lines(role: str, around: Element) -> bool:
    """The number of a heading or a caption is a word of it; that of an item is its label."""
    numbers = role == "Lbl" and around.role in OF_TEXT and around.role != "LI"
    return numbers or role in _WITHIN_LINES


def _made(role: str, around: Element, kid: Any) -> Element:
    around = _of_words(around) if role == LINK else around
    made = Element(role, around, around.depth + 1, spans=_spans(kid))
    if role != LINK:
        around.block().parts.append(made)
    return made


def _of_words(element: Element) -> Element:
    """The element that has the words which stand in this one.

    Words behind an element that stands amid those of a text are apart from the ones before it.
    """
    last = element.parts[-1] if element.parts else None
    of_text = element.role in OF_TEXT and not (element.has_words and last)
    if of_text or element.role in (LINK, WORDS):
        return element
    if last and last.role == WORDS and last.parts == [None]:
        return last
    words = Element(WORDS, element, element.depth + 1, [None], has_words=True)
    element.parts.append(words)
    return words


def _marked(found: Structure, element: Element, place: tuple[int, int]) -> None:
    found.marks[place] = element = _of_words(element)
    block = element.block()
    if not block.has_words:
        block.has_words = True
        block.parts.append(None)


def _referred(found: Structure, element: Element, page: int, kid: Any) -> None:
    """A mark of another page, or the field of a link."""
    mark = kid.get("/MCID")
    if isinstance(mark, int) and "/Stm" not in kid:
        _marked(found, element, (page, mark))
    url = "".join(str(entry(entry(entry(kid, "/Obj"), "/A"), "/URI") or "").split())
    if url and element.role == LINK and element.url in ("", url):
        element.url = url
        if number := _number(kid, "/Obj"):
            found.linked.add(number)


def _number(holder: Any, key: str) -> int:
    """That of the object which a dictionary names there; 0 for none."""
    return getattr(holder.raw_get(key), "idnum", 0) if key in holder else 0


def _role(name: Any, names: Any) -> str:
    """The standard name of what an element is; a file may have names of its own for them."""
    for _ in range(_MOST_NAMES):
        other = entry(names, name)
        if not isinstance(other, str) or other == name:
            break
        name = other
    return str(name).removeprefix("/")


def _spans(kid: Any) -> tuple[int, int]:
    said = entry(kid, "/A")
    spans = [1, 1]
    for each in said if isinstance(said, list) else [said]:
        for at, key in enumerate(("/ColSpan", "/RowSpan")):
            if isinstance(span := entry(each.get_object(), key) if each else 0, int) and span > 1:
                spans[at] = min(span, 100)
    return spans[0], spans[1]
