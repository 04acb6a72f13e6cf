"""Lines -> runs of lines that are counted in the same way and follow one another.

A run need not be a list of references: the steps of a recipe are counted as well.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from ledger import urls
from ledger.extract.lists.addresses import ADDRESS, LINK
from ledger.extract.lists.broken_address import has_rest
from ledger.extract.lists.counted import BEGINS, Counted, counted
from ledger.extract.lists.entries import CITED, WIDEST_STEP, indent
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.markers.bare import HOST
from ledger.extract.markers.files import IS_FILE
from ledger.extract.markers.identifiers import pages_of
from ledger.extract.markers.numbers import OPEN
from ledger.patterns import later

HEADING_OR_BOLD = later(r"\s{0,3}#{1,6}\s|\s{0,8}(\*\*|__)[^*_\n]{1,80}\1\s*[:：]?\s*$")
_RULE = later(r"\s{0,3}(?:[-*_=](?:\s?[-*_=]){2,100}|--)\s*$")
"""A line drawn across, and the one that a mail has above its signature."""
_BULLETS = frozenset(("- ", "* ", "+ "))
_BRACKET = later(rf"[^\w]{{0,12}}{OPEN}")
_PAGE = later(rf"(?<!\]\()(?<!\]\(<){ADDRESS.pattern}")
"""An address written out, which is no target of linked words."""
_ENDS_IN_ADDRESS = later(
    r"(?:^|[\s<])(?:https?://|www\.)[^\s<>()]{3,2000}+>?(?:\s?[(\[][^()\[\]\n]{1,60}[)\]])?\.?\s*$"
)
"""Behind it at most when it was read: "https://a.example/b (accessed 5 May 2024)."."""
_BARE_PAGE = later(rf"({HOST})(/\S{{0,500}})?")
"""A page without its scheme: "bbc.com/news/dam"; the site alone may be meant, too."""
_ARCHIVED = later(r"\[(?:https?://)?perma\.cc/[A-Z0-9]{2,4}-[A-Z0-9]{2,4}\]")
"""A copy of the page above, as law reviews set it: "[perma.cc/XS5C-FS5T]."."""
_EMPTY = later(r"\s{0,8}([0-9]{1,4})\.\s*$")
"""What a copy keeps of an entry whose words it lost: "6."."""
_LOOK_AHEAD = 4
"""Lines from the one behind a sentence on in which an entry's address or the next entry is."""


class Run:
    """Counted lines that follow one another, and what belongs to them."""

    def __init__(self, number: int, first: Counted) -> None:
        self.way = first.way
        self.entries: list[OpenEntry] = []
        self.closed = False  # whether the document or its part ends with it
        self.ends = False  # whether the document does
        self.lost = 0  # numbers behind its last entry that stand without words
        self.add(number, first)

    @property
    def labels(self) -> tuple[str, ...]:
        """Those of all entries, in their order."""
        return tuple(label for opened in self.entries for label in opened.labels)

    def add(self, number: int, entry: Counted) -> None:
        """One more entry, which begins on the line of that number."""
        self.lost = 0
        self.entries.append(OpenEntry(entry.labels, number, entry.rest, entry.indent))

    @property
    def start(self) -> int:
        """The number of its first line."""
        return self.entries[0].lines[0]

    @property
    def end(self) -> int:
        """The number of its last line."""
        return self.entries[-1].lines[-1]

    @property
    def last(self) -> int:
        """The number of its last entry, or of what was lost behind it."""
        return int(self.entries[-1].labels[0]) + self.lost

    @cached_property
    def paged(self) -> int:
        """How many of its entries name a page. Asked for when all are there."""
        return sum(names_page(" ".join(each.parts).strip(), self.way) for each in self.entries)

    def counts_on(self, entry: Counted, below: str) -> bool:
        """Whether an entry is counted in the way of the run, and as one that follows its last.

        Args:
            entry: The entry.
            below: The line below it, on which its page may stand.
        """
        step = int(entry.labels[0]) - self.last
        if entry.way != self.way or not 1 <= step <= WIDEST_STEP:
            return False
        # Where entries of one page are folded into one, or those that nothing cites are left out.
        if step == 1 or self.way == "bracketed":
            return True
        more = "" if counted(below) else below.strip()
        return names_page(f"{entry.rest} {more}".rstrip(), self.way)

    def continues(self, number: int, lines: Sequence[str]) -> bool:
        """Whether a line that counts nothing belongs to the entry before it."""
        last, line = self.entries[-1], lines[number]
        text = line.strip()
        if self.way == "row":
            return False
        if number > last.lines[-1] + 1:
            return not last.addressed and bool(ADDRESS.match(text) or LINK.fullmatch(text))
        if indent(line) > last.indent or ADDRESS.match(text) or has_rest(last.parts, text):
            return True
        if _ARCHIVED.match(text):
            return True
        if last.addressed or CITED.search(text):
            return False
        return not last.stopped or self._leads_on(lines[number : number + _LOOK_AHEAD])

    def loses(self, number: int, line: str) -> bool:
        """Whether a line has the next number alone, which is no entry; it is counted."""
        match = _EMPTY.match(line) if self.way == "stopped" else None
        if match is None or int(match[1]) != self.last + 1:
            return False
        self.lost += 1
        self.entries[-1].add(number, "")
        return True

    def _leads_on(self, below: Sequence[str]) -> bool:
        """Whether an address or the next entry is near below, behind a sentence that ended."""
        for line, more in zip(below, [*below[1:], ""], strict=True):
            entry = counted(line)
            if ADDRESS.search(line) or (entry is not None and self.counts_on(entry, more)):
                return True
        return False


def runs(lines: Sequence[str], most: int, *, bracketed: bool) -> Iterator[Run]:
    """The runs of some lines, in their order.

    Args:
        lines: Of a document.
        most: Not many more entries are read.
        bracketed: Whether only numbers in brackets count.
    """
    run: Run | None = None
    read = 0
    for number, line in enumerate(lines):
        first = line[2 * (line[:2] in _BULLETS) :][:1]
        if run is None and first not in BEGINS and not first.isdecimal():
            continue  # most lines
        if not line.strip() or (run and run.loses(number, line)):
            continue
        entry = counted(line) if not bracketed or _BRACKET.match(line) else None
        if entry and CITED.search(entry.rest):
            entry = None  # an item of prose: it cites a list
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if entry and run and run.counts_on(entry, below):
            run.add(number, entry)
            read += 1
        elif run and run.continues(number, lines) and not (entry and entry.labels == ("1",)):
            run.entries[-1].add(number, line.strip())
        else:
            if run:
                run.closed = bool(HEADING_OR_BOLD.match(line) or _RULE.match(line) or is_head(line))
                yield run
            run = Run(number, entry) if entry else None
            read += 1
        if read > most:
            break
    if run:
        run.closed = run.ends = True
        yield run


def names_page(text: str, way: str) -> bool:
    """Whether an entry writes an address or a DOI out, or begins or ends with linked words.

    Or with a page that lacks its scheme.

    A row of a table may link any of its words, and has cells behind its page; what has its number
    in brackets may be nothing but a file. Prose links words inside its sentences, or in brackets
    at their ends.
    """
    if way == "row" and LINK.search(text):
        return True
    if way == "bracketed" and "." in text[-6:] and IS_FILE.fullmatch(text):
        return True
    if LINK.match(text.lstrip(' *_"“')) or _PAGE.search(text) or any(pages_of(text)):
        return True
    if any(match.end() == len(text) for match in LINK.finditer(text)):
        return True
    if "." not in text:
        return False
    words = text.split()
    edges = words if way == "row" else (words[0], words[-1])
    return any(_is_bare_page(word, text) for word in edges)


def _is_bare_page(word: str, text: str) -> bool:
    """Whether a word of an entry is a page that lacks its scheme, or a site that is all of it."""
    match = _BARE_PAGE.fullmatch(word.strip("<>(),.;"))
    if match is None or not (match[2] or word == text) or urls.repair(match[0]) is None:
        return False
    from ledger import outlets  # few lists have such entries, and it is slow to load

    return outlets.is_site(match[1])


def is_page(text: str) -> bool:
    """Whether an entry begins with its address or ends with one written out; prose links words."""
    if ADDRESS.match(text) or LINK.match(text) or _ENDS_IN_ADDRESS.search(text):
        return True
    return _is_bare_page(text, text)
