"""A JATS article as it was sent -> the same tree, with what one look at it as a whole settles.

Notes that stand in the sentence they are of go to the end, as in most files; a link to a work that
has no words gets the number of the work, as programs show it.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from ledger.extract.jats.page import named, words

_OF_NOTES = frozenset("fn-group table-wrap-foot author-notes".split())
_TO_NOTES = frozenset(("fn", "table-fn"))


def prepare(article: Element) -> None:
    """Settle the notes and links of an article, in the tree itself."""
    _move_notes(article)
    _number_links(article)


def _move_notes(article: Element) -> None:
    within = [
        (parent, place, child)
        for parent in article.iter()
        if named(parent) not in _OF_NOTES
        for place, child in enumerate(parent)
        if named(child) == "fn"
    ]
    if not within:
        return
    led = {
        id
        for each in article.iter()
        if named(each) == "xref" and each.get("ref-type") in _TO_NOTES
        for id in (each.get("rid") or "").split()
    }
    back = article.find("{*}back")
    group = SubElement(SubElement(article, "back") if back is None else back, "fn-group")
    for number, (parent, place, note) in enumerate(within, 1):
        id = note.get("id") or f"note-in-the-text-{number}"
        note.set("id", id)
        mark = Element("xref")
        if id not in led:
            mark = Element("xref", {"ref-type": "fn", "rid": id})
            mark.text = words(note.find("{*}label")) or str(number)
        parent[place] = mark
        mark.tail, note.tail = note.tail, None
        group.append(note)


def _number_links(article: Element) -> None:
    bare = [each for each in _links(article) if not words(each)]
    if not bare:
        return
    works = [each for each in article.iter() if named(each) == "ref"]
    numbers = {
        each.get("id"): words(each.find("{*}label")).strip("[]().") or str(place)
        for place, each in enumerate(works, 1)
    }
    for each in bare:
        each.text = numbers.get((each.get("rid") or "").partition(" ")[0])


def _links(article: Element) -> Iterator[Element]:
    yield from (
        each
        for each in article.iter()
        if named(each) == "xref" and each.get("ref-type") == "bibr" and each.get("rid")
    )
