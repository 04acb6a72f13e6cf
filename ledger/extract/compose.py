"""Blocks of characters -> one clean text with positions.

Readers call `add` once per block in reading order; `document` gives the whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ledger.document import Block, Mention, Reference, Role
from ledger.extract.lines import Raw
from ledger.extract.markers.breaks import bullet_length, parted
from ledger.extract.markers.close_up import Inline, Mark
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.inline import Budget, clean
from ledger.extract.markers.pictures import is_marked_picture
from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.extract.source_cells import makes_claim, names_source, sources_among
from ledger.patterns import later

_BETWEEN_BLOCKS = "\n\n"
_BETWEEN_CELLS = " | "
_BETWEEN_LINES = " "
_CREDIT = later(rf"(?:!\[[^\n]{{0,600}}?\)\s?)?[*_(（\[]{{0,4}}{SOURCE_IN_WORDS}", re.I)
"""How the line below a picture begins that says where the picture is from."""
_LONGEST_PICTURE = 1_000
"""Characters of a block that is a picture, its address among them. Chosen; of the documents
measured none has more than 190, and prose behind a picture is longer."""
_LINKED_PICTURE = later(
    r"<a\s[^<>]{1,2500}>\s{0,20}<(?:img|picture)\b[^<>]{0,2500}>\s{0,20}</", re.I
)
_OPENS_PICTURE = frozenset("![")
_BADGE = later(
    r"\[!\[[^\[\]\n]{0,200}\]\([^\s()\n]{0,400}?(?:shields\.io|badge)[^()\n]{0,400}\)\]", re.I
)
"""A linked picture of a number or a word, as projects show them: stars, versions, checks."""
_LONGEST_NAME = 80
"""Characters of such a cell. Chosen: cells of prose are longer."""
_HAS_WORD = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")


class Composer:
    """Grows the text of a document and what stands in it; offsets always fit the text so far.

    Args:
        evidence: What the document says about its markers.
        budget: How much is read; what comes when it is spent is kept unread.

    Attributes:
        blocks, mentions, code, alone: As in `document.Document`.
        section: The headings above the next block, outermost first.
        unread: Where the text begins that was not read; None where all of it was.
    """

    def __init__(self, evidence: Evidence, budget: Budget) -> None:
        self.evidence = evidence
        self._in_heads = evidence._replace(heads=True)
        self.budget = budget
        self.blocks: list[Block] = []
        self.mentions: list[Mention] = []
        self.code: list[tuple[int, int]] = []
        self.alone: list[int] = []
        self._pieces: list[str] = []
        self._length = 0
        self._next = 0  # where the next block begins
        self._runs = 0
        self._pictured = False
        self._headings: list[tuple[int, str]] = []
        self._columns: Mapping[int, str] = {}
        self.section: tuple[str, ...] = ()
        self.unread: int | None = None

    @property
    def text(self) -> str:
        """Everything added so far, blocks separated by a blank line."""
        return _BETWEEN_BLOCKS.join(self._pieces)

    def add_unread(self, rest: str) -> None:
        """Append what is not read any more: it stays in the text and claims nothing."""
        start = self._append(rest, "furniture", ())
        self.unread = start if self.unread is None else self.unread

    def add(self, raw: Raw) -> None:
        """Append one block; one that is nothing but markers goes to what it closes."""
        self.budget.items -= len(raw.cells) or 1
        pictured = self._pictured
        self._pictured = raw.text[:1] in _OPENS_PICTURE and _is_picture(raw)
        if (pictured or self._pictured) and _CREDIT.match(raw.text):
            self._credit(clean(raw.text, self.evidence, self.budget))
            return
        if raw.cells:
            self._add_row(list(self._lines(raw.cells)), raw.level)
            return
        self._columns = {}
        if raw.role == "code":
            self._put("code", Inline(raw.text))
        elif raw.role == "furniture":
            self._credit(clean(raw.text, self.evidence, self.budget))
        elif raw.role == "heading":
            inline = clean(raw.text, self._in_heads, self.budget)
            if raw.level and self.blocks:
                self._enter(raw.level, inline.text)  # the first heading is the title, no section
            self._put("heading", inline)
        elif "<" in raw.text:
            self._add_parted(raw)
        else:
            role = _role_of(raw.text, raw.role) if raw.text[:1] == "!" else raw.role
            self._put(role, clean(raw.text, self.evidence, self.budget))

    def _add_parted(self, raw: Raw) -> None:
        """Append a block that may have breaks of lines in it, each line as a block of its own."""
        lines = parted(raw.text)
        for number, line in enumerate(lines):
            if number and self.budget.spent:
                self.add_unread(_BETWEEN_LINES.join(lines[number:]))
                break
            self.budget.items -= number > 0
            bullet = bullet_length(line) if line is not raw.text else 0
            own: Role = "item" if bullet else raw.role
            self._put(_role_of(line, own), clean(line[bullet:], self.evidence, self.budget))

    def _credit(self, inline: Inline) -> None:
        """Append what is no text, as where the picture above is from: no sentence rests on it."""
        marks = (mark if mark.labels else mark._replace(form="navigation") for mark in inline.marks)
        self._put("furniture", inline._replace(marks=tuple(marks)))

    def add_listed(self, entry: Reference) -> None:
        """Append an entry that no marker can point to, so that its pages are not lost."""
        if not entry.urls:
            return
        self._append(entry.title or entry.urls[0], "furniture", self.section)
        self._runs += 1
        for url in entry.urls:
            self.mentions.append(Mention(self._length, (), entry.raw, self._runs, "listed", url))

    def _enter(self, level: int, title: str) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        if title:
            self._headings.append((level, title))
        self.section = tuple([text for _, text in self._headings])

    def _put(self, role: Role, inline: Inline) -> None:
        text, marks, code = inline
        if not text[:1].isalpha() and not _HAS_WORD.search(text):
            end = self._end_of_text()
            self._place(marks, end, only=True)
            if marks:
                self.alone.append(end)
            return
        section = self.section[:-1] if role == "heading" and self.blocks else self.section
        start = self._append(text, role, section)
        if code:
            self._keep_code(inline, start)
        if marks:
            self._place(marks, start)

    def _lines(self, cells: Sequence[str]) -> Iterator[tuple[int, Inline]]:
        """The lines of a row that stand for themselves, one of a cell as a rule; whose they are."""
        for number, cell in enumerate(cells):
            for line in parted(cell):
                yield number, clean(line, self.evidence, self.budget)

    def _add_row(self, lines: Sequence[tuple[int, Inline]], header: int) -> None:
        worded = [(cell, line) for cell, line in lines if _HAS_WORD.search(line.text)]
        if not worded:
            for _, line in lines:
                self._place(line.marks, self._length, only=True)
            return
        own = any(
            mark.labels
            for cell, line in worded
            for mark in line.marks
            if not _only_names(line) and not names_source(line, self._columns.get(cell, ""))
        )
        own = own or sum(map(_is_cited_apart, worded)) > 1
        sections = self._sections(lines, header) if header or own else {}
        sources = sources_among(lines, self._columns) if own and not header else ()
        start = end = self._next
        pieces: list[str] = []
        last = 0
        for number, (cell, line) in enumerate(lines):
            if not _HAS_WORD.search(line.text) or (own and pieces and _only_names(line)):
                self._place(line.marks, end, only=True)
                continue
            joint = (_BETWEEN_CELLS if cell > last else _BETWEEN_LINES) if pieces else ""
            begin = end + len(joint)
            end = begin + len(line.text)
            is_source = number in sources
            if own and not header:
                said = begin + bullet_length(line.text)
                role: Role = "furniture" if is_source else "cell"
                self.blocks.append(Block(said, end, role, sections[cell]))
            self._keep_code(line, begin)
            if not is_source:
                self._place(line.marks, begin)
                for source in sources if sources and makes_claim(line) else ():
                    self._place(lines[source][1].marks, end, only=True)
            pieces += (joint, line.text)
            last = cell
        self._grow("".join(pieces), end)
        if header or not own:
            self.blocks.append(Block(start, end, "furniture" if header else "row", self.section))

    def _sections(
        self, lines: Sequence[tuple[int, Inline]], header: int
    ) -> Mapping[int, tuple[str, ...]]:
        """The headings above each cell: those of the row and of its column are the innermost."""
        named = {cell: line.text for cell, line in reversed(lines) if _names_others(line.text)}
        if header:
            self._columns = named
            return {}
        first = min(named, default=-1)
        row = named.get(first)
        return {
            cell: self.section
            if row is None or cell == first
            else (*self.section, row, *filter(None, [self._columns.get(cell)]))
            for cell, _ in lines
        }

    def _end_of_text(self) -> int:
        """Where the last block ends that is no code: a diagram carries no markers."""
        for block in reversed(self.blocks):
            if block.role != "code":
                return block.end
        return self._length

    def _grow(self, text: str, end: int) -> None:
        """Append characters that end there."""
        self._pieces.append(text)
        self._length = end
        self._next = end + len(_BETWEEN_BLOCKS)

    def _append(self, text: str, role: Role, section: tuple[str, ...]) -> int:
        """Append a block; returns where it begins."""
        start = self._next
        end = start + len(text)
        self._grow(text, end)
        self.blocks.append(tuple.__new__(Block, (start, end, role, section)))
        return start

    def _keep_code(self, inline: Inline, start: int) -> None:
        self.code.extend((start + begin, start + end) for begin, end in inline.code)

    def _place(self, marks: tuple[Mark, ...], start: int, *, only: bool = False) -> None:
        """Record a block's markers. With `only`, they stand where the text before them ends.

        Linked pictures that stand there carry no sentence of it, and badges never do.
        """
        for place, labels, raw, run, form, url, anchor in marks:
            at = start if only else start + place
            picture = form == "link" and (raw.startswith("[![") or _is_linked_picture(raw))
            if picture and (only or _BADGE.match(raw)):
                form = "navigation"
            mention = (at, labels, raw, self._runs + run, form, url, 0 if only else anchor, 0)
            self.mentions.append(tuple.__new__(Mention, mention))
        if marks:
            self._runs += marks[-1].run + 1


def _is_linked_picture(raw: str) -> bool:
    """Whether an element is a link around a picture."""
    return raw.startswith("<a") and _LINKED_PICTURE.match(raw) is not None


def _role_of(line: str, role: Role) -> Role:
    return "furniture" if is_marked_picture(line) else role


def _names_others(text: str) -> bool:
    """Whether a cell can be what others of its row or column are told under."""
    return len(text) <= _LONGEST_NAME and _LETTER.search(text) is not None


def _is_cited_apart(said: tuple[int, Inline]) -> bool:
    """Whether a cell says something, and behind it where that is from: "It rose ([Roe](…))"."""
    line = said[1]
    last = line.marks[-1] if line.marks else None
    return last is not None and last.at == len(line.text) and not last.anchor and bool(last.url)


def _only_names(line: Inline) -> bool:
    """Whether a line of a cell says nothing but linked names and markers: "[Roe](…), [2]"."""
    if not any(mark.anchor for mark in line.marks) or not any(mark.labels for mark in line.marks):
        return False
    text = line.text
    for mark in reversed(line.marks):
        text = text[: mark.at - mark.anchor] + text[mark.at :]
    return not _HAS_WORD.search(text)


def _is_picture(raw: Raw) -> bool:
    """Whether a block begins with a picture, and has at most a short caption behind it."""
    return raw.text.startswith(("![", "[![")) and len(raw.text) < _LONGEST_PICTURE
