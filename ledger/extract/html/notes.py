"""Links inside the page -> markers and the notes they lead to.

Word, Google Docs, Substack, WordPress, Org, GitHub, Medium, Pandoc and MediaWiki spell footnotes
in many ways and all mean one thing: a short label in the text links forward to an element of the
same page, which is the note. That is the rule; no dialect needs one of its own. A link back from
the note to its marker is furniture of the note.
"""

import re
from bisect import bisect_right
from collections import Counter

from ledger.extract.html.at_marks import add_notes_at_marks
from ledger.extract.html.copies import add_copies
from ledger.extract.html.indexed import add_indexed_notes
from ledger.extract.html.kept import add_kept_notes
from ledger.extract.html.listing import YEAR, Listing
from ledger.extract.html.marks import (
    BARE,
    LONGEST_LABEL,
    SEVERAL,
    SHORT,
    SIGN,
    SURE,
    is_raised,
    label_of,
    links_in_brackets,
)
from ledger.extract.html.note import Note, Notes, end_of
from ledger.extract.html.places import Places
from ledger.extract.html.returns import Returns
from ledger.extract.html.survey import Survey
from ledger.extract.html.targets import LONGEST_NOTE, Targets
from ledger.extract.html.tree import Element, text_of
from ledger.extract.html.uncited import add_uncited
from ledger.extract.lists.title import leads_only
from ledger.extract.markers.numbers import expand
from ledger.patterns import later

_OF_A_PART = later(
    r"\b(?:sections?|secs?\.|figures?|figs?\.|tables?|tab\.|equations?|eqs?\.|appendix|app\.|chapters?|ch\."
    r"|abschnitt|abb\.|abbildung|tabelle|kapitel|tableau|tabla|cuadro|figura|раздел|рис\.|табл\.)\s{0,3}[\[(]?\Z|§\s?[\[(]?\Z",
    re.I,
)
_BRACKETED = later(r"\[([A-Za-z][\w.:-]{1,30})\]")
"""A label as specifications have it: "[FETCH]"."""
_NUMBER = re.compile(r"[0-9]{1,4}(?![0-9])")
_OF_PEOPLE = later(r"(?:aff(?:il\w*)?[-_]?[0-9a-z]|corresp|auth-|institution)", re.I)
"""How ids of authors and of where they work begin."""
_CLOSING = frozenset(".,;:!?…\"'”’»)]")
_LONGEST_PART, _MOST_BESIDE = 16, 500
"""Characters of such a word, and of what is looked at beside a link."""


def find_notes(survey: Survey) -> Notes:
    """Read the links of a page that lead to places in it. Linear in the page."""
    return _Finder(survey).find()


class _Finder:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        places = Places(survey)
        inner = filter(places.may_lead, survey.named("a"))
        self.led = [(link, *places.of(link)) for link in inner]
        self.returns = Returns((link, target) for link, target, _ in self.led)
        self.targets = Targets(survey, places)
        self.listing = Listing(survey)
        self.found = Notes()
        self.marked: dict[int, Element] = {}  # by the index of a marker: what it leads to
        self.in_brackets: dict[int, set[int]] = {}

    def find(self) -> Notes:
        for link, target, lost in self.led:
            if target is not None and _OF_PEOPLE.match(target.get("id")) and is_raised(link):
                self.found.backs.add(link.index)  # where an author works
            elif link not in self.returns:
                self._mark(link, target, lost=lost)
        self._collect()
        add_uncited(self.survey, self.found)
        add_notes_at_marks(self.survey, self.found)
        add_kept_notes(self.survey, self.found)
        add_indexed_notes(self.survey, self.found)
        add_copies(self.survey, self.found)
        self.found.backs.update(self.returns.inside(self.found.notes))
        self._lead_on()
        return self.found

    def _mark(self, link: Element, target: Element | None, *, lost: bool) -> None:
        """Take a link as a marker, if it is one; `lost` says that its target is not on the page."""
        facts = self.survey[link]
        if not (target or lost) or facts.left_out or not 0 < facts.text <= LONGEST_LABEL:
            return
        label, bracketed = label_of(link)
        if label is not None and SHORT.fullmatch(label) and self.listing.holds(link):
            return  # a short note, which leads on to its work
        raised = is_raised(link)
        sure = bracketed or raised or self._is_in_brackets(link)
        sure = sure or (label is not None and SIGN.fullmatch(label) is not None)
        label = self._first_of(link, label, sure=sure)
        counts = label is not None and bool((SURE if sure else BARE).fullmatch(label))
        if counts and not raised and _points_to_a_part(link) and not self._is_note(link, target):
            self.found.parts.add(link.index)
            return
        if target is None:
            if counts and sure and label is not None and label[:1].isdecimal():
                self.found.labels[link.index] = label
            return
        target = _item_counted(target, label)
        entry = self.targets.entry_of(link, target)
        if entry is None:
            return
        if not counts or label is None or YEAR.fullmatch(label):
            label = self._named(link, entry) or (label if counts else None)
        elif not (
            sure
            or self.returns.lead_back(entry, link)
            or self.listing.cites(link, entry)
            or (_is_glued(link) and self._opens_with(entry, label))
        ):
            return
        if label is not None:
            self._add(link, label, target, entry)

    def _first_of(self, link: Element, label: str | None, *, sure: bool) -> str | None:
        """The first of several labels, "1–3", which its link leads to; the others are kept."""
        several = expand(label) if sure and label and SEVERAL.fullmatch(label) else None
        if not several:
            return label
        self.found.further[link.index] = several[1:]
        return several[0]

    def _add(self, link: Element, label: str, target: Element, entry: Element) -> None:
        """Take a link as a marker, and what it leads to as a place in its note."""
        self.found.labels[link.index] = label
        self.marked[link.index] = target
        if target.name == "a" and target.facts.text and not entry.holds(target):
            self.found.backs.add(target.index)  # its number, above it

    def _is_note(self, link: Element, target: Element | None) -> bool:
        """Whether what a link leads to is an entry of a list, or leads back to it."""
        if target is None:
            return False
        return self.listing.holds(target) or self.returns.lead_back(target, link)

    def _opens_with(self, entry: Element, number: str) -> bool:
        """Whether a block begins with a number, be it written with a nought: "01 Roe"."""
        opening = _NUMBER.match(self.survey.opening(entry))
        return opening is not None and int(opening[0]) == int(number)

    def _named(self, link: Element, entry: Element) -> str | None:
        """The label of an entry that a link names in words; None where it is no entry of a list."""
        if not self.listing.cites(link, entry):
            return None
        words = " ".join((text_of(link, shown=True) or text_of(link)).split())
        bracketed = _BRACKETED.fullmatch(words)
        label = bracketed[1] if bracketed else self.listing.work(link, entry, words)
        if label and not (bracketed and (_is_behind_stop(link) or is_raised(link))):
            self.found.named.add(link.index)
        return label

    def _is_in_brackets(self, link: Element) -> bool:
        above = link.parent
        if above is not None and above.name == "cite" and len(above.children) == 1:
            link, above = above, above.parent
        if above is None:
            return False
        found = self.in_brackets.get(above.index)
        if found is None:
            found = self.in_brackets[above.index] = links_in_brackets(above)
        return link.index in found

    def _collect(self) -> None:
        """The notes that markers lead to, each once, several in one block parted at its anchors."""
        spans: dict[int, tuple[Element, Element, list[int]]] = {}
        for index, target in self.marked.items():
            entry = self.targets.entry_of(self.survey.elements[index], target)
            if entry is not None:
                spans.setdefault(target.index, (target, entry, []))[2].append(index)
        starts = sorted(spans)
        shared: dict[int, list[int]] = {}
        for start in starts:
            shared.setdefault(spans[start][1].index, []).append(start)
        markers = sorted(self.marked)
        parts_of: Counter[str] = Counter()
        for start in starts:
            _, entry, links = spans[start]
            parts = shared[entry.index]
            if len(parts) > 1:
                place = parts.index(start)
                begin = start if place else entry.index
                end = parts[place + 1] if place + 1 < len(parts) else entry.end
            else:
                entry = self._whole(entry, starts, markers)
                begin = entry.index
                end = self._behind_links(entry, end_of(entry, self.survey.elements), starts)
            for label in dict.fromkeys(self.found.labels[index] for index in links):
                for index in links:
                    if self.found.labels[index] == label:
                        self.found.note_of[index] = len(self.found.notes)
                self.found.notes.append(Note(label, entry, begin, end, parts_of[label]))
                parts_of[label] += 1

    def _behind_links(self, entry: Element, end: int, starts: list[int]) -> int:
        """Where a note ends with the links below it, by which journals lead to its work."""
        below = self.survey.elements[end] if end < len(self.survey.elements) else entry
        if below.parent is not entry.parent or below.name != entry.name or not below.facts.linked:
            return end
        free = bisect_right(starts, below.index - 1) == bisect_right(starts, below.end - 1)
        short = below.facts.text <= LONGEST_LABEL
        return below.end if free and short and leads_only(text_of(below)) else end

    def _lead_on(self) -> None:
        """What links in notes lead on to: "Roe 2015, p. 12" to its work, "See note 3" to that."""
        notes = sorted((note.begin, note.end, n) for n, note in enumerate(self.found.notes))
        begins = [begin for begin, _, _ in notes]
        known = {note.element.index for note in self.found.notes}
        for link, target, _ in self.led:
            place = bisect_right(begins, link.index) - 1
            if target is None or place < 0 or link.index in self.found.backs:
                continue
            begin, end, note = notes[place]
            block = self.targets.entry_of(link, target) if link.index < end else None
            if block is None or begin <= block.index < end:
                continue
            if block.index in known or self.listing.holds(block):
                self.found.works.setdefault(note, []).append(block)

    def _whole(self, entry: Element, starts: list[int], markers: list[int]) -> Element:
        """The note with all its paragraphs: what begins with it and holds no other note."""
        while (above := entry.parent) is not None and above.name in ("li", "div", "dd", "aside"):
            first = bisect_right(starts, above.index - 1)
            alone = bisect_right(starts, above.end - 1) - first <= 1
            same = self.survey.opening(above).startswith(self.survey.opening(entry))
            if not (alone and same) or self.survey[above].text > LONGEST_NOTE:
                break
            if bisect_right(markers, above.index) < bisect_right(markers, above.end - 1):
                break
            if _lists(above, entry):
                break
            entry = above
        return entry


def _lists(above: Element, entry: Element) -> bool:
    """Whether an element holds another entry beside one: of its name, with an id of its own."""
    return bool(entry.get("id")) and any(
        isinstance(each, Element)
        and each is not entry
        and each.name == entry.name
        and each.get("id")
        and each.get("class") == entry.get("class")
        for each in above.children
    )


def _item_counted(target: Element, label: str | None) -> Element:
    """What a marker leads to: of a list to which every marker leads, the item that it counts."""
    if target.name != "ol" or not label or not label.isdecimal():
        return target
    items = [each for each in target.children if isinstance(each, Element) and each.name == "li"]
    return items[int(label) - 1] if 0 < int(label) <= len(items) else target


def _is_behind_stop(link: Element) -> bool:
    """Whether a link stands behind a sentence, and is no word of one."""
    return _before(link).rstrip()[-1:] in (".", "!", "?", "…")


def _is_glued(link: Element) -> bool:
    """Whether a link stands right behind a word or what closes a sentence."""
    before = _before(link)[-1:]
    return before.isalpha() or before in _CLOSING


def _before(link: Element) -> str:
    """The last characters before a link in its element; "" where another element is there."""
    beside = link.parent.children if link.parent else []
    place = beside.index(link) if len(beside) <= _MOST_BESIDE and link in beside else 0
    before = beside[place - 1] if place else ""
    return before[-_LONGEST_PART:] if isinstance(before, str) else ""


def _points_to_a_part(link: Element) -> bool:
    """Whether the words before a link say that it leads to a part: "see Section [2](#S9)"."""
    return _OF_A_PART.search(_before(link)) is not None
