"""What a JATS file leaves to whoever shows it -> said in the tree itself.

Works without labels have the numbers that lead to them, marks without words say the label of their
work, ranges lead to both ends, notes within the text stand at its end with a mark in their place,
and a paragraph that only repeats the DOI of what it stands in goes.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from xml.etree.ElementTree import Element, SubElement

from ledger.extract.jats.element import XLINK, named, words
from ledger.extract.jats.page import NUMBERS

_MOST = 60
"""Elements in a mark or a label."""
_LONGEST = 200
"""Characters of a label."""
_TO_NOTES = frozenset(("fn", "table-fn"))
_IN_A_LINE = frozenset("p title td th italic bold sup named-content styled-content".split())


def prepare(article: Element) -> None:
    """Change an article so that all of it can be read in its order."""
    _count_works(article)
    labels = {each.get("id", ""): _label(each) for each in article.iterfind(".//{*}ref")}
    ids = {label: id for id, label in reversed(labels.items())}
    for each in [each for each in article.iter() if named(each) == "xref"]:
        works = [id for id in (each.get("rid") or "").split() if labels.get(id)]
        if works and each.get("ref-type") == "bibr":
            _complete(each, works, labels, ids)
    _move_notes(article)
    _empty_own_dois(article)


def _count_works(article: Element) -> None:
    """Give works without labels the numbers that marks have for them, where those are their places.

    Else the works within a range, "[7-12]", would be known by nothing: no mark leads to them.
    """
    works = [*article.iterfind(".//{*}ref")]
    if any(each.find("{*}label") is not None for each in works):
        return
    places = {each.get("id", ""): str(place) for place, each in enumerate(works, 1)}
    marks = (
        (_few_words(each).strip("[]()"), each.get("rid", ""))
        for each in article.iter()
        if named(each) == "xref" and each.get("ref-type") == "bibr"
    )
    numbers = [(said, id) for said, id in marks if said.isdecimal()]
    if numbers and all(places.get(id) == said for said, id in numbers):
        for place, each in enumerate(works, 1):
            label = Element("label")
            label.text = str(place)
            each.insert(0, label)


def _complete(mark: Element, works: list[str], labels: dict[str, str], ids: dict[str, str]) -> None:
    """Let a mark have words, and an end of a range that only names its beginning."""
    said = _few_words(mark)
    numbers = re.findall("[0-9]+", said) if NUMBERS.fullmatch(said) else []
    meant = [ids.get(number, "") for number in numbers]
    if len(works) < len(numbers) and works[0] == meant[0] and all(meant):
        mark.set("rid", " ".join(meant))
    if said or len(mark):
        return
    mark.text = ""
    for id in works:
        each = SubElement(mark, mark.tag, {"ref-type": "bibr", "rid": id})
        each.text, each.tail = labels[id], "; "
    mark[-1].tail = ""
    mark.tag = "named-content"  # what holds several marks is none itself


def _few_words(element: Element) -> str:
    """The words of an element with few others in it; of any other, those before the first of them.

    Elements of a kind may stand in one another without end, and each is looked at.
    """
    many = sum(1 for _ in islice(element.iter(), _MOST + 1)) > _MOST
    return (element.text or "").strip() if many else words(element)


def _label(ref: Element) -> str:
    """What cites it; BibTeX styles put all authors after the year: "Roe et al.(2010)Roe, Poe"."""
    found = ref.find("{*}label")
    label = "" if found is None else _few_words(found).strip("[].")
    if len(label) > _LONGEST:  # it may be cited often
        return ""
    year = label.find("(")
    return label if year <= 0 else f"{label[:year].strip()} {label[year:].partition(')')[0]})"


def _texts(article: Element) -> Iterator[Element]:
    inside = (article.iterfind("{*}body"), article.iterfind("{*}floats-group"))
    for part in chain.from_iterable(inside):
        yield from part.iter()


def _move_notes(article: Element) -> None:
    found = [
        each
        for parent in _texts(article)
        if named(parent) in _IN_A_LINE
        for each in parent
        if named(each) == "fn"
    ]
    if not found:
        return
    back = article.find("{*}back")
    if back is None:
        back = SubElement(article, "back")
    group = SubElement(back, "fn-group")
    led = {
        id
        for each in article.iter()
        if named(each) == "xref" and each.get("ref-type") in _TO_NOTES
        for id in (each.get("rid") or "").split()
    }
    for number, note in enumerate(found, 1):
        id = note.get("id") or f"note-within-the-text-{number}"
        moved = SubElement(group, "fn", {"id": id})
        moved.text = note.text
        moved.extend(list(note))
        label, tail = words(note.find("{*}label")) or str(number), note.tail
        note.clear()
        note.tag, note.tail = "xref", tail
        if id not in led:  # else its mark stands there already
            note.text = label
            note.attrib.update({"ref-type": "fn", "rid": id})


def _empty_own_dois(article: Element) -> None:
    own = {_few_words(each) for each in article.iter() if named(each) == "object-id"}
    for each in article.iter() if own else ():
        if named(each) == "p" and len(each) and each[-1].get(XLINK) in own:
            said, link = _few_words(each), _few_words(each[-1])
            if said.removesuffix(link).strip(" :").upper() in ("", "DOI"):
                each.clear()
