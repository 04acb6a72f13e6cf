"""Stand-ins: what the tree knows about a marker, carried through the reader of inline text.

A marker of the tree is written as a footnote whose identifier is a place in `Stands.table`; a
footnote is a marker whatever the document's evidence says. Once the text is composed, `settle`
replaces each by what it stands for.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ledger.document import Finding, Mention
from ledger.extract.doubts import DOUBTS
from ledger.extract.html.links import escaped
from ledger.extract.html.marks import is_raised
from ledger.extract.html.note import Notes
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.markers.authored import named_works
from ledger.extract.markers.meaning import is_part_of_sentence
from ledger.extract.markers.numbers import WIDEST_RANGE
from ledger.extract.markers.place import PLACE
from ledger.extract.markers.spoken import is_said
from ledger.patterns import later

_TEMPLATES = frozenset(["template", "inline"])
_REMARK = later(r"\[\s*([^\[\]]{3,60}?)\s*\]")
_SUFFIX = later(r":\s?(?:pp?\.?\s?)?[0-9IVXLCivxlc][0-9IVXLCivxlc\s,–-]{0,30}")
"""The page within a source, which MediaWiki sets high behind the marker: ":45", ":p. 7"."""
_RULES = later(r"/wiki/(?:Wikipedia|WP|Project|Aide|Help|Hilfe|Ayuda|Aiuto|Ajuda|Pomoc)(?::|%3A)")
"""Addresses of the pages on which a wiki keeps the rules for its editors."""
_PLACED = rf"(STAND){PLACE}(?=\s?[\])]|;\s?STAND)"
"""Where in a source, behind a marker in brackets: "[<a>1</a>, p. 5; <a>2</a>]"."""
_APART = r"(STAND\s?)\)(\s?[,;–-]\s?)\((?=\s?STAND)"
"""Between markers that are in parentheses one by one: "(<a>1</a>), (<a>2</a>)"."""
_AROUND = r"\[\s{0,2}((?:STAND[\s,;–-]{0,3}){1,60})\]"
_BETWEEN = r"(STAND)\s{0,2}[–-]\s{0,2}(STAND)"
_GROUP = r"\(((?:[^()\[\]]|STAND){1,400}+)\)"
_YEARS = later(r"\s*(?:1[5-9]|20)[0-9]{2}[a-z]?(?:[,;]\s?(?:(?:1[5-9]|20)[0-9]{2})?[a-z]?){0,5}\s*")
_LONGEST, _REACH = 80, 20
"""Characters of the words of a marker, up to which they are its `raw`, and before it that show
whether it is a word of its sentence. Chosen; the longest marker seen has 28."""
_NUMBER = re.compile(r"\[?[0-9]{1,4}\]?")
_DIGIT = re.compile(r"[0-9]")
"""Its first one spelled in another way, a number is no marker."""


@lru_cache(maxsize=4)
def _patterns(prefix: str) -> tuple[re.Pattern[str], ...]:
    """The patterns in which stand-ins have this prefix, and the one of a stand-in itself."""
    stand = rf"\[\^{prefix}:[0-9]{{1,9}}\]"
    placed, apart, around, between, group = (
        later(pattern.replace("STAND", stand))
        for pattern in (_PLACED, _APART, _AROUND, _BETWEEN, _GROUP)
    )
    numbers = later(f"{_AROUND.replace('STAND', stand)}|{stand}")
    any_of = re.compile(rf"\[\^{prefix}:([0-9]{{1,9}})\]")
    return placed, apart, around, between, group, any_of, numbers


class Stand(NamedTuple):
    """What a stand-in stands for.

    Attributes:
        labels: Of a marker; empty for a remark or a page.
        raw: The characters as they stood.
        note: Place of its note in `Notes.notes`; None when it has none.
        remark: What editors say about the citations here; "" for none.
        named: Whether its words stand in the text before it.
        high: Whether it is set high, so that no sentence says it.
    """

    labels: tuple[str, ...]
    raw: str
    note: int | None = None
    remark: str = ""
    named: bool = False
    high: bool = False


class Stands:
    """The stand-ins of one page: what stands in a line for a marker, until its block was read.

    Args:
        survey: The page.
        notes: Its markers.
        page: The page in UTF-8, which holds no stand-in of ours.

    Attributes:
        table: What each stands for, by the number in it.
        may_be_high: Whether what is set high may be a marker although no link says so.
        listed: The labels of the notes.
        prefix: What the label of each begins with.
        any: The pattern of one; its group 1 is the number.
    """

    def __init__(self, survey: Survey, notes: Notes, page: bytes) -> None:
        self.survey = survey
        self.notes = notes
        self.table: list[Stand] = []
        # A page that links its markers links nearly all: most others set high are exponents there.
        self.may_be_high = not notes.note_of
        self.listed = frozenset(note.label for note in notes.notes if note.label)
        prefix = "at_n"  # as no house counts its own markers, see `odd_markers`
        behind = page.split(b"^")[1:]  # one byte is found ten times as fast as several
        while any(piece.startswith(f"{prefix}:".encode()) for piece in behind):
            prefix += "x"
        self.prefix = prefix
        patterns = _patterns(prefix)
        self._placed, self._apart, self._around, self._between, self._group = patterns[:5]
        self.any, self._numbers = patterns[5:]

    def of(self, element: Element) -> str | None:
        """The stand-in for an element; None for one that is not to be replaced."""
        label = self.notes.labels.get(element.index)
        if label is not None:
            note = self.notes.note_of.get(element.index)
            named = element.index in self.notes.named
            words = (text_of(element, shown=True) or text_of(element)).strip()
            raw = words if 0 < len(words) <= _LONGEST else label  # it may hold its note
            high = is_raised(element)
            stand = self._add(Stand((label,), raw, note, named=named, high=high))
            if further := self.notes.further.get(element.index):
                stand += self._add(Stand(further, "–"))
            return escaped(" ".join(words.split())) + stand if named else stand
        if element.index in self.notes.backs:
            return ""
        if element.index in self.notes.parts:
            words = escaped(text_of(element, shown=True) or text_of(element))
            return _DIGIT.sub(_spelled, words, count=1)
        if element.name != "sup" or self.survey[element].text > _LONGEST:
            return None
        if _SUFFIX.fullmatch(words := " ".join(text_of(element).split())):
            return self._add(Stand((), words))
        if (match := _REMARK.fullmatch(words)) and self._is_remark(element, match[1]):
            return self._add(Stand((), words, remark=match[1]))
        return None

    def leads_nowhere(self, element: Element) -> str | None:
        """The label of a marker whose note is not on this page; None for any other element."""
        lost = element.index not in self.notes.note_of
        return self.notes.labels.get(element.index) if lost else None

    def _is_remark(self, element: Element, words: str) -> bool:
        """Whether editors speak: by the class, by known words, or by a page of their rules."""
        if element.words >= _TEMPLATES or words.casefold() in DOUBTS:
            return True
        inside = self.survey.elements[element.index : element.end]
        return any(_RULES.search(link.get("href")) for link in inside if link.name == "a")

    def _add(self, stand: Stand) -> str:
        self.table.append(stand)
        return f"[^{self.prefix}:{len(self.table) - 1}]"

    def tidied(self, line: str) -> str:
        """A line whose stand-ins have lost the brackets around them, ranges filled in."""
        if "[^" not in line:
            return line
        if self.notes.named:
            line = self._group.sub(self._works, line)
        line = self._apart.sub(r"\1\2", self._placed.sub(r"\1", line))
        line = self._around.sub(r"\1", self._spoken(line))
        return self.any.sub(self._said, self._between.sub(self._range, line))

    def _said(self, match: re.Match[str]) -> str:
        """A stand-in, with the name that it stands for where that is a word of the sentence."""
        stand = self.table[int(match[1])]
        name = stand.raw.strip("[]")
        if stand.named or stand.labels != (name,):
            return match[0]
        before = match.string[max(0, match.start() - _REACH) : match.start()]
        said = is_part_of_sentence(match, before, stand.labels)
        return escaped(name) + match[0] if said else match[0]

    def _spoken(self, line: str) -> str:
        """A line in which numbers that are words of a sentence stand before their stand-ins."""
        shown = ""
        numbers: list[tuple[int, int, re.Match[str]]] = []
        begin = 0
        for match in self._numbers.finditer(line):
            stands = [self.table[int(stand[1])] for stand in self.any.finditer(match[0])]
            if all(_NUMBER.fullmatch(stand.raw) and not stand.high for stand in stands):
                bare = self.any.sub(
                    lambda stand: self.table[int(stand[1])].raw.strip("[]"), match[0]
                )
                shown += line[begin : match.start()]
                said = bare if match[0][:2] != "[^" else stands[0].raw
                numbers.append((len(shown), len(shown) + len(said), match))
                shown += said
                begin = match.end()
        if not numbers:
            return line
        shown += line[begin:]
        pieces: list[str] = []
        begin = 0
        for first, last, match in numbers:
            words = shown[first:last] if is_said(shown, first, last) else ""
            pieces += (line[begin : match.start()], _DIGIT.sub(_spelled, words), match[0])
            begin = match.end()
        return "".join([*pieces, line[begin:]])

    def _works(self, match: re.Match[str]) -> str:
        """Only the stand-ins of brackets that hold nothing but names of works, or their years."""
        stands = [*self.any.finditer(match[1])]
        if not any(self.table[int(stand[1])].named for stand in stands):
            return match[0]
        apart = " ".join(self.any.sub(" ", match[1]).split())  # a name and its year, each linked
        for words in (self.any.sub("", match[1]), apart):
            if _YEARS.fullmatch(words) or named_works(words):
                each = {self.table[int(stand[1])].labels: stand[0] for stand in reversed(stands)}
                return "".join(reversed(each.values()))
        return match[0]

    def _range(self, match: re.Match[str]) -> str:
        first, last = (self.table[int(self.any.fullmatch(match[n])[1])] for n in (1, 2))  # type: ignore[index]
        if not (first.labels and last.labels):
            return match[0]
        low, high = first.labels[-1], last.labels[0]
        if not (
            low.isdecimal() and high.isdecimal() and int(low) < int(high) <= int(low) + WIDEST_RANGE
        ):
            return match[0]
        between = tuple(map(str, range(int(low) + 1, int(high))))
        return match[1] + (self._add(Stand(between, "–")) if between else "") + match[2]

    def settle(
        self, mentions: list[Mention], *, apart: bool = False
    ) -> tuple[list[Mention], list[Finding]]:
        """Mentions with what the stand-ins stand for, and the remarks as findings.

        Labels begin with "^" where notes are counted apart from the entries of another list.
        """
        settled: list[Mention] = []
        findings: list[Finding] = []
        for mention in mentions:
            label = mention.labels[0] if len(mention.labels) == 1 else ""
            if (
                not label.startswith(f"{self.prefix}:")
                or not label[len(self.prefix) + 1 :].isdecimal()
            ):
                settled.append(mention)
                continue
            stand = self.table[int(label[len(self.prefix) + 1 :])]
            if stand.labels:
                part = self.notes.notes[stand.note].part if stand.note is not None else 0
                labels = tuple(f"^{label}" for label in stand.labels) if apart else stand.labels
                settled.append(mention._replace(labels=labels, raw=stand.raw, part=part))
            elif stand.remark:
                doubt = DOUBTS.get(stand.remark.strip("[] ").casefold())
                found = Finding(
                    code="editors-remark",
                    detail=f"the page itself remarks here: {stand.remark}",
                    at=mention.at,
                )
                findings.append(replace(found, code=doubt) if doubt else found)
            elif settled and settled[-1].labels and settled[-1].run == mention.run:
                settled[-1] = settled[-1]._replace(raw=settled[-1].raw + stand.raw)
        return settled, findings


def _spelled(digit: re.Match[str]) -> str:
    return f"&#{ord(digit[0])};"
