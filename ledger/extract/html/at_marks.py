"""Notes that stand right behind their marks, or in them -> markers and notes.

A script or a style shows such a note aside, so nothing need link to it. What tells it from prose is
its class or role, or that it is hidden; what it is the note of, the mark before it. Where a list
at the end has it once more, the list is believed: what stands at the mark may be cut.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator
from typing import NamedTuple

from ledger.extract.html.copies import move_into_list
from ledger.extract.html.hints import NOTE
from ledger.extract.html.marks import LONGEST_LABEL, SURE, is_raised, label_of
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.siblings import Before
from ledger.extract.html.survey import Survey
from ledger.extract.html.targets import LONGEST_NOTE
from ledger.extract.html.tree import Element, text_of

_HOLDERS = frozenset("span div aside small section".split())
_MARKS = frozenset("a sup span b i label".split())
_ROLES = frozenset("tooltip note doc-footnote doc-endnote".split())
_NOTES = frozenset("footnote footnotes endnote sidenote".split())
_SIGNS = frozenset("⊕ ⊖ ⊗ ✻ ※".split())
"""What a narrow screen shows for a note without a number: the label that folds it out."""
_STOPS = frozenset('.!?…。！？”"’)')
_FRAMES = 3
"""Elements around a note that may hold it and nothing before it; chosen, as programs set one or
two."""
_OPENING = 240
"""Characters of a note in which its words are looked for: the pattern would otherwise try each of
its 6,000. Chosen, as four lines."""
_WORDS = re.compile(
    r"[^\W\d_]{3}.*\w\W+\w"
    r"|\A\W*(?:id|ibid|ibidem|idem|ebd|ebenda|op\. cit|loc\. cit|a\. ?a\. ?o)\b(?!\w)",
    re.S | re.I,
)
"""Words of a note; those of lawyers and historians may be but that it is the same again."""


class _Mark(NamedTuple):
    """A mark: its element, and its label; None for the next number that a style counts."""

    element: Element
    label: str | None


def add_notes_at_marks(survey: Survey, found: Notes) -> None:
    """Add the notes at marks to those that links lead to. Linear in the page."""
    finder = _Finder(survey, found.labels)
    known = sorted((note.begin, note.end) for note in found.notes)
    parts = Counter(note.label for note in found.notes)
    added: list[int] = []
    end = counted = 0
    for element in finder.holders():
        if _is_mark_again(element):
            element.facts.left_out = True
            end = element.end
        place = bisect_left(known, (element.index,)) - 1
        if place >= 0 and element.end <= known[place][1]:
            continue  # the words of a note behind its number
        mark = finder.mark_of(element) if element.index >= end else None
        if mark is None:
            continue
        end = element.end
        inside = range(mark.element.index, mark.element.end)
        linked = next((index for index in inside if index in found.labels), None)
        if linked in found.note_of:
            found.copies.add(element.index)
            continue
        counted += mark.label is None
        index = mark.element.index if linked is None else linked
        label = found.labels.setdefault(index, mark.label or str(counted))
        found.note_of[index] = len(found.notes)
        found.backs.update((*_repeated(element, label), *_folding(element)))
        element.facts.left_out = False  # it is read as a note, hidden or not
        added.append(len(found.notes))
        found.notes.append(Note(label, element, element.index, element.end, parts[label]))
        parts[label] += 1
    if added:
        move_into_list(survey, found, added)


def _is_mark_again(element: Element) -> bool:
    """Whether LaTeXML says a mark once more, as of one alone behind the name of an author."""
    above = element.parent
    return "outer" in element.words and above is not None and "footnotemark" in above.words


class _Finder:
    def __init__(self, survey: Survey, labels: Container[int]) -> None:
        self.survey = survey
        self.labels = labels
        self.before = Before()

    def holders(self) -> Iterator[Element]:
        """What may be a note by its class or role, or because nobody is shown it."""
        survey = self.survey
        named = survey.hinted(NOTE, survey.elements[0])
        called = (each for each in survey.called if each.get("role") in _ROLES)
        hidden = (each for each in survey.unseen if each.facts.linked)
        found = {each.index: each for each in (*named, *called, *hidden)}
        for _, element in sorted(found.items()):
            facts = element.facts
            if element.name in _HOLDERS and 0 < facts.text <= LONGEST_NOTE and not facts.heads:
                yield element

    def mark_of(self, note: Element) -> _Mark | None:
        """The mark that a note stands right behind, or in."""
        node, before = note, self.before.of(note)
        for _ in range(_FRAMES):
            if before is not None or node.parent is None:
                break
            node = node.parent
            before = self.before.of(node)
        if isinstance(before, str):
            mark = _around(node, before)
        else:
            mark = self._at(before, note) if before is not None else None
        return mark if mark and self._is_note(note, mark) else None

    def _is_note(self, note: Element, mark: _Mark) -> bool:
        """Whether what stands behind a mark is its note, as far as its words and name tell.

        A number set high behind a unit is an exponent; a mark without text shows something else
        before what is no note by its name.
        """
        words = text_of(note)
        if not _WORDS.search(words[:_OPENING]):
            return False
        plain = mark.label is None or (mark.element.name == "sup" and not mark.element.attrs)
        named = not _NOTES.isdisjoint(note.words)
        addressed = mark.label is not None and (note.facts.linked > 0 or "http" in words)
        return not plain or named or addressed

    def _at(self, element: Element, note: Element) -> _Mark | None:
        if element.name not in _MARKS or element.facts.text > LONGEST_LABEL:
            return None
        inside = self.survey.elements[element.index : element.end]
        if any(self._leads_elsewhere(each, note) for each in inside):
            return None
        if not element.facts.text:
            link = self.before.of(element)
            if isinstance(link, Element) and link.index in self.labels:
                return _Mark(link, label_of(link)[0])
            return _Mark(element, None)
        label, bracketed = label_of(element)
        if label in _SIGNS and element.name == "label" and note.hints & NOTE:
            return _Mark(element, label)
        named = not _NOTES.isdisjoint(element.words)
        high = bracketed or named or is_raised(element) or any(e.name == "sup" for e in inside)
        return _Mark(element, label) if high and label and SURE.fullmatch(label) else None

    def _leads_elsewhere(self, element: Element, note: Element) -> bool:
        """Whether a link leads to a source, or back from a note to its marker."""
        href = element.get("href")
        if href[1:] in ("", note.get("id")):
            return False
        return href[0] in "h/#" and element.index not in self.labels


def _around(note: Element, words: str) -> _Mark | None:
    """The element that holds nothing but a label, in these words, and its note."""
    above = note.parent
    first = above.children[0] if above is not None else None
    if above is None or above.name not in _MARKS or first != words:
        return None
    label = words.strip("[]() \n")
    high = above.name == "sup" or is_raised(above) or words.strip() == f"[{label}]"
    return _Mark(above, label) if high and SURE.fullmatch(label) else None


def _repeated(note: Element, label: str) -> Iterator[int]:
    """What a note opens with that only says its number again."""
    stack: list[Element | str] = [*reversed(note.children)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if node.strip():
                return
        elif node.facts.text > len(label) + len("[]."):
            stack.extend(reversed(node.children))
        elif node.facts.text:
            if label_of(node)[0] != label:
                return
            yield node.index


def _folding(note: Element) -> Iterator[int]:
    """What a note closes with that leads nowhere, and folds it away: "Hide Footnote"."""
    stack: list[Element | str] = [*note.children]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if node.strip():
                return
        elif node.name in ("a", "button"):
            if node.get("href") in ("", "#") and _folds(node, note):
                yield node.index
            return
        else:
            stack.extend(node.children)


def _folds(node: Element, note: Element) -> bool:
    """Whether what closes a note stands behind its last stop: "See [Roe]" goes on with a name."""
    words, said = text_of(node).strip(), text_of(note).strip()
    before = said.removesuffix(words).rstrip()[-1:]
    return node.name == "button" or (before in _STOPS and not any(map(str.isdigit, words)))
