"""Links inside the page -> markers and the notes they lead to.

Word, Google Docs, Substack, WordPress, Org, GitHub, Medium, Pandoc and MediaWiki spell footnotes
in many ways and all mean one thing: a short label in the text links forward to an element of the
same page, which is the note. That is the rule; no dialect needs one of its own. A link back from
the note to its marker is furniture of the note.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from ledger.extract.html.fragment import in_attribute
from ledger.extract.html.names import BLOCKS, HEADINGS
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.works import authored
from ledger.extract.markers.authored import label as named_label
from ledger.extract.markers.authored import named_works
from ledger.patterns import later

_SURE = later(
    r"\d{1,4}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7}|[*†‡§¶‖#]{1,3}|\*\d{1,3}"
    r"|[^\W\d_]{1,14}(?:[ .-][^\W\d_]{1,14})?[ .-]{0,2}(?:\d{1,4}|[a-z]{1,2})"
)
"""Labels of notes where brackets or height say that they are labels: 3, b, iv, *, note 2."""
_BARE = re.compile(r"\d{1,4}")
_ELSEWHERE = later(r"https?:|//|mailto:", re.I)
_OUT = later(r"\s*(?:https?:)?//", re.I)
_YEAR = later(r"(?:1[5-9]|20)[0-9]{2}[a-z]?")
"""A number that no list counts up to: linked, it names a work."""
_NAME = later(r"\W{0,4}([^\W\d_][\w'’-]{1,40})")
_BRACKETS = re.compile(r"[\[(［【〔]\s*(.{0,40}?)\s*[\])］】〕][.:]?")
_AGAIN = re.compile(r"(?<=\d):\d{1,3}$")
"""What the second marker of a note has behind its number: "[2:1]"."""
_RAISED_WORDS = frozenset("footnote footnotes noteref fnref fn reference endnote sup ref".split())
_LONGEST_NOTE = 6000
"""Characters: a target with more is a chapter, not a note."""
_LONGEST_LABEL = 60
_ENTRIES = frozenset("li p div dd dt tr".split())
_MAY_KEEP = ("a", "sup", "span")
_PARTS = HEADINGS | {"body", "main", "article", "html"}
_MOST_RETURNS = 50
_BESIDE = 2
"""Elements between a marker and the anchor beside it that the note leads back to."""


class Note(NamedTuple):
    """One entry of a list: the elements from `begin` up to `end`, as numbered in the page.

    `label` is None for an entry that no marker leads to; `part` as in `document.Reference`: where
    one label stands for several notes, each is of a part of its own. `fragment` is the markup of
    a note that an attribute of its marker holds; it stands nowhere in the page.
    """

    label: str | None
    element: Element
    begin: int
    end: int
    part: int = 0
    fragment: str | None = None

    def blocks(self, elements: Sequence[Element]) -> list[Element]:
        """The element, and the ones behind it that go on with the note, of those of the page."""
        found = [self.element]
        while (end := found[-1].end) < self.end:
            found.append(elements[end])
        return found


@dataclass(slots=True)
class Notes:
    """What links inside the page say.

    Attributes:
        labels: By the index of a link that is a marker: its label.
        note_of: By the index of such a link: the note it leads to, as a place in `notes`. A marker
            that leads nowhere on this page has none.
        backs: Indices of links from a note back to its marker.
        notes: In page order.
        named: Indices of markers that are words of their sentence: "Roe (2021)".
    """

    labels: dict[int, str] = field(default_factory=dict)
    note_of: dict[int, int] = field(default_factory=dict)
    backs: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    named: set[int] = field(default_factory=set)


def find_notes(survey: Survey) -> Notes:
    """Read the links of a page that lead to places in it. Linear in the page."""
    return _Finder(survey).find()


class _Finder:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.ids: dict[str, Element] = {}
        for element in survey.elements:
            attrs = element.attrs
            if "id" in attrs:
                self.ids.setdefault(attrs["id"] or "", element)
            if "name" in attrs:
                self.ids.setdefault(attrs["name"] or "", element)
        self.own = self._own_addresses()
        self.found = Notes()
        self.targets: dict[int, Element] = {}
        self.chapters: dict[int, bool] = {}
        self.returns: dict[int, list[Element]] = {}
        self.marked: list[int] = []
        self.in_brackets: dict[int, set[int]] = {}
        heads = (head for name in HEADINGS for head in survey.named(name) if head.facts.text)
        self.heads = sorted(heads, key=lambda head: head.index)
        self.head_places = [head.index for head in self.heads]
        self.listed: dict[int, bool] = {}

    def find(self) -> Notes:
        inner = [e for e in self.survey.named("a") if "#" in e.get("href")]
        places = [(link, *self._place(link)) for link in inner]
        backs = {link.index: target for link, target, _ in places if target and _back(link, target)}
        forward = [(link, target, lost) for link, target, lost in places if link.index not in backs]
        for link, target, lost in forward:
            self._mark(link, target, lost=lost, backs=backs)
        self._collect()
        self._add_fragments()
        entries = sorted((note.begin, note.end) for note in self.found.notes)
        begins = [begin for begin, _ in entries]
        for index in backs:
            number = bisect_right(begins, index) - 1
            if number >= 0 and index < entries[number][1]:
                self.found.backs.add(index)
        return self.found

    def _own_addresses(self) -> set[str]:
        """The addresses by which a page links to places in itself, as some tools write them whole.

        Two places at least, or the address that it names as its own: what another page calls one
        of its places may be here by chance.
        """
        places: dict[str, set[str]] = {}
        for link in self.survey.named("a"):
            path, _, fragment = link.get("href").partition("#")
            if fragment and path and fragment in self.ids and _ELSEWHERE.match(path):
                places.setdefault(path, set()).add(fragment)
        named = {
            each.get("href")
            for each in (self.survey.named("link") if places else ())
            if each.get("rel").lower() == "canonical"
        }
        return {path for path, found in places.items() if len(found) > 1 or path in named}

    def _place(self, link: Element) -> tuple[Element | None, bool]:
        """The element that a link leads to, and whether it leads into this page and to nothing."""
        path, _, fragment = link.get("href").partition("#")
        if not fragment or (_ELSEWHERE.match(path) and path not in self.own):
            return None, False
        target = self.ids.get(fragment) or self.ids.get(unquote(fragment))
        return target, target is None and not path

    def _mark(
        self, link: Element, target: Element | None, *, lost: bool, backs: dict[int, Element]
    ) -> None:
        facts = self.survey[link]
        if facts.text > _LONGEST_LABEL or not facts.text or not (target or lost):
            return
        words = " ".join(text_of(link).split())
        label, bracketed = _label(words)
        sure = bracketed or _is_raised(link) or self._is_in_brackets(link)
        counts = label is not None and bool((_SURE if sure else _BARE).fullmatch(label))
        if target is None:
            if counts and sure and label is not None and label[:1].isdigit():
                self.found.labels[link.index] = label
            return
        entry = self._entry(link, target)
        if entry is None:
            return
        if not counts or label is None or _YEAR.fullmatch(label):
            label = self._named(link, entry, words) or (label if counts else None)
        elif not (sure or self._leads_back(entry, link, backs) or self._cites(link, entry)):
            return
        if label is not None:
            self.found.labels[link.index] = label
            self.targets[link.index] = target

    def _named(self, link: Element, entry: Element, words: str) -> str | None:
        """The label of an entry that a link names in words; None where it is no entry of a list."""
        if not self._cites(link, entry):
            return None
        self.found.named.add(link.index)
        opening = self.survey.opening(entry)
        work = authored(opening) or next(iter(named_works(words.strip("()[] ")) or ()), None)
        name, year = _NAME.match(opening), _YEAR.search(words) or _YEAR.search(opening)
        if work is None and name and year and year[0] in opening:
            work = named_label(name[1], year[0])
        return work or words

    def _cites(self, link: Element, entry: Element) -> bool:
        """Whether a link of the text leads to one entry of a reference list."""
        if entry.name not in _ENTRIES or entry.facts.is_list or self._is_listed(link):
            return False
        inside = self.survey.elements[entry.index + 1 : entry.end]
        return self._is_listed(entry) and not any(each.name == "li" for each in inside)

    def _is_listed(self, element: Element) -> bool:
        """Whether an element stands in a reference list: one by its name, or below such a head."""
        block = element if element.name in BLOCKS else element.parent or element
        known = self.listed.get(block.index)
        if known is None:
            known = block.facts.is_list or any(above.facts.is_list for above in block.above())
            if not known and (place := bisect_right(self.head_places, block.index)):
                known = is_head(self.survey.opening(self.heads[place - 1]))
            self.listed[block.index] = known
        return known

    def _is_in_brackets(self, link: Element) -> bool:
        above = link.parent
        if above is None:
            return False
        found = self.in_brackets.get(above.index)
        if found is None:
            found = self.in_brackets[above.index] = _in_brackets(above)
        return link.index in found

    def _entry(self, link: Element, target: Element) -> Element | None:
        """The block that is the note a target stands in; None for what is no note.

        Where its block is more than a note, a link that leads out of the page is one by itself:
        the card of a source.
        """
        block = self._block_of(link, target)
        if block is None and target.facts.text and target.name == "a":
            path = target.get("href").partition("#")[0]
            return target if _OUT.match(path) and path not in self.own else None
        return block

    def _block_of(self, link: Element, target: Element) -> Element | None:
        block = target
        while block.name not in BLOCKS and block.parent is not None:
            block = block.parent
        if block.holds(link):
            block = self._next_block(target) or block
        if block.name in ("td", "th") and block.parent is not None:
            block = block.parent
        facts = self.survey[block]
        if block.holds(link) or block.name in HEADINGS or not 0 < facts.text <= _LONGEST_NOTE:
            return None
        return None if self._is_part_of_page(block) else block

    def _is_part_of_page(self, block: Element) -> bool:
        """Whether a block has headings of its own: a chapter is no note."""
        known = self.chapters.get(block.index)
        if known is None:
            inside = self.survey.elements[block.index : block.end]
            known = any(e.name in _PARTS for e in inside)
            self.chapters[block.index] = known
        return known

    def _next_block(self, target: Element) -> Element | None:
        """The block that an empty anchor stands before."""
        if self.survey[target].text:
            return None
        limit = target.parent.end if target.parent else target.end
        following = self.survey.elements[target.end : min(limit, target.end + 3)]
        return next((e for e in following if e.name in BLOCKS and self.survey[e].text), None)

    def _leads_back(self, entry: Element, link: Element, backs: dict[int, Element]) -> bool:
        """Whether a link in the note leads to its marker, or to what stands around it."""
        goals = self.returns.get(entry.index)
        if goals is None:
            inside = range(entry.index, entry.end)
            goals = [backs[index] for index in inside if index in backs][:_MOST_RETURNS]
            self.returns[entry.index] = goals
        return any(
            goal.holds(link) or link.holds(goal) or abs(goal.index - link.index) <= _BESIDE
            for goal in goals
        )

    def _collect(self) -> None:
        """The notes that markers lead to, each once, several in one block parted at its anchors."""
        spans: dict[int, tuple[Element, Element, list[int]]] = {}
        for index, target in self.targets.items():
            entry = self._entry(self.survey.elements[index], target)
            if entry is not None:
                spans.setdefault(target.index, (target, entry, []))[2].append(index)
        starts = sorted(spans)
        self.marked = sorted(self.targets)
        shared: dict[int, list[int]] = {}
        for start in starts:
            shared.setdefault(spans[start][1].index, []).append(start)
        parts_of: Counter[str] = Counter()
        for start in starts:
            target, entry, links = spans[start]
            begin, end = entry.index, entry.end
            parts = shared[entry.index]
            if len(parts) > 1:
                place = parts.index(start)
                begin = start if place else entry.index
                end = parts[place + 1] if place + 1 < len(parts) else entry.end
            else:
                entry = self._whole(entry, starts)
                begin, end = entry.index, _end_of(entry, self.survey.elements)
            for label in dict.fromkeys(self.found.labels[index] for index in links):
                for index in links:
                    if self.found.labels[index] == label:
                        self.found.note_of[index] = len(self.found.notes)
                self.found.notes.append(Note(label, entry, begin, end, parts_of[label]))
                parts_of[label] += 1
        self._add_uncited()

    def _add_fragments(self) -> None:
        """Notes that attributes of their markers hold, where no element of the page is the note."""
        known = {note.label for note in self.found.notes}
        for element, fragment in sorted(self._keepers(), key=lambda keeper: keeper[0].index):
            if element.index in self.found.note_of:
                continue
            label, bracketed = _label(" ".join(text_of(element).split()))
            sure = bracketed or element.name == "sup" or _is_raised(element)
            if label is None or not sure or not _BARE.fullmatch(label) or label in known:
                continue
            if any(index in self.found.note_of for index in range(element.index, element.end)):
                continue
            known.add(label)
            self.found.labels[element.index] = label
            self.found.note_of[element.index] = len(self.found.notes)
            self.found.notes.append(
                Note(label, element, element.index, element.end, fragment=fragment)
            )

    def _keepers(self) -> Iterator[tuple[Element, str]]:
        """The elements that may be markers, and the fragment that each keeps."""
        for element in chain.from_iterable(map(self.survey.named, _MAY_KEEP)):
            facts = element.facts
            if element.attrs and 0 < facts.text <= _LONGEST_LABEL and not facts.first[0].isalpha():
                fragment = in_attribute(element)
                if fragment:
                    yield element, fragment

    def _whole(self, entry: Element, starts: list[int]) -> Element:
        """The note with all its paragraphs: what begins with it and holds no other note."""
        while (above := entry.parent) is not None and above.name in ("li", "div", "dd", "aside"):
            first = bisect_right(starts, above.index - 1)
            alone = bisect_right(starts, above.end - 1) - first <= 1
            same = self.survey.opening(above).startswith(self.survey.opening(entry))
            if not (alone and same) or self.survey[above].text > _LONGEST_NOTE:
                break
            if bisect_right(self.marked, above.index) < bisect_right(self.marked, above.end - 1):
                break
            entry = above
        return entry

    def _add_uncited(self) -> None:
        """Items of a list most of whose items are notes are notes, too, numbered as they stand."""
        cited = {note.element.index for note in self.found.notes}
        lists: dict[int, Element] = {}
        for note in self.found.notes:
            above = note.element.parent
            if note.element.name == "li" and above is not None and above.name == "ol":
                lists[above.index] = above
        taken = {note.label for note in self.found.notes}
        for above in lists.values():
            items = [c for c in above.children if isinstance(c, Element) and c.name == "li"]
            known = sum(item.index in cited for item in items)
            if known * 2 < len(items):
                continue
            for number, item in enumerate(items, 1):
                if item.index not in cited and self.survey[item].text:
                    work = authored(self.survey.opening(item)) if self.found.named else None
                    label = work or (None if str(number) in taken else str(number))
                    self.found.notes.append(Note(label, item, item.index, item.end))


def _end_of(entry: Element, elements: Sequence[Element]) -> int:
    """Where a note ends: that of a term (`dt`) with the last definition behind it."""
    end = entry.end
    while entry.name == "dt" and end < len(elements):
        behind = elements[end]
        if behind.name != "dd" or behind.parent is not entry.parent:
            break
        end = behind.end
    return end


def _in_brackets(element: Element) -> set[int]:
    """Indices of its links that stand between square brackets: "[<a>1</a>, <a>2</a>]"."""
    found: set[int] = set()
    inside = False
    for child in element.children:
        if isinstance(child, str):
            opened, closed = child.rfind("["), child.rfind("]")
            inside = opened > closed if (opened, closed) != (-1, -1) else inside
        elif inside and child.name == "a":
            found.add(child.index)
    return found


def _label(words: str) -> tuple[str | None, bool]:
    """The label that linked words are, without brackets; whether it had some."""
    match = _BRACKETS.fullmatch(words)
    label = match[1] if match else words.rstrip("." if "(" in words else ".)")
    return _AGAIN.sub("", label) or None, match is not None


def _is_raised(link: Element) -> bool:
    """Whether a link is set high, or its classes call it a note's."""
    if not _RAISED_WORDS.isdisjoint(link.words) or link.get("epub:type") == "noteref":
        return True
    inside = [child for child in link.children if isinstance(child, Element)]
    if len(inside) == 1 and inside[0].name == "sup":
        return True
    node: Element | None = link.parent
    for _ in range(3):
        if node is None or node.name in BLOCKS:
            return False
        if node.name == "sup" or not _RAISED_WORDS.isdisjoint(node.words):
            return True
        if "super" in node.get("style"):
            return True
        node = node.parent
    return False


def _back(link: Element, target: Element) -> bool:
    """Whether a link leads to where it stands, or to something before it."""
    return target.index <= link.index
