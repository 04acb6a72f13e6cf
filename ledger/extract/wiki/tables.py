"""Tables of wikitext -> marks in its text; and text with these marks -> rows of Markdown.

The parser makes an object of each cell, which takes several times as long as all else that is done
with a page. Where cells begin is seen in one pass over the text, whose marks are balanced; the
parser then takes the marks for text, and the writer makes rows of what it wrote between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.extract.wiki.marks import RAW
from ledger.extract.wiki.spell import TABLE_MARKS

_OPEN, _ROW, _CELL, _HEAD, _CAPTION, _CLOSE = TABLE_MARKS
_SPLIT = re.compile(f"([{''.join(TABLE_MARKS)}])")
_EMPTY_ROW = re.compile(r"[|\s]*")
_TOKEN = re.compile(
    rf"(?P<comment><!--)|<(?P<raw>{RAW})(?:\s[^<>]{{0,1000}})?(?<!/)>"
    r"|(?P<inner>\{\{|\[\[|<ref(?:\s[^<>]{0,2000})?(?<!/)>)"
    r"|(?P<outer>\}\}|\]\]|</ref\s{0,9}>)|(?P<tag></?[a-z][^<>]{0,2000}>)"
    r"|(?<![^\n])[ \t:*#]{0,9}(?P<open>\{\|)[^\n]*"
    r"|(?<![^\n])[ \t]{0,9}(?:(?P<close>\|\})(?!\})|(?P<row>\|-)[^\n]*|(?P<caption>\|\+)"
    r"|(?P<cell>[|!]))"
    r"|(?P<next>\|\||!!)|(?P<bar>\|)|(?P<end>\n)",
    re.I,
)


_CLOSED_BY = {"{{": "}}", "[[": "]]"}


@dataclass(slots=True)
class _Table:
    """A table that is read.

    Attributes:
        line: The mark that began the line, by which others on it are known; "" for none.
        cell: Where in the pieces the cell begins, as long as what was read of it may be attributes;
            None when it may not.
    """

    line: str = ""
    cell: int | None = None


class _Reading:
    """One pass over a page. What was written since the outermost table began can be taken back."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.done = 0
        self.inside: list[str] = []  # what closes the templates, links and notes around a place
        self.tables: list[_Table] = []
        self.begun = (0, 0)

    def mark(self, mark: str, match: re.Match[str]) -> None:
        self.pieces += (self.text[self.done : match.start()], mark)
        self.done = match.end()

    def leave(self, end: str) -> None:
        """Close what is open up to the last that ends so; where nothing does, it is text."""
        if end in self.inside:
            while self.inside.pop() != end:
                pass

    def open(self, match: re.Match[str]) -> None:
        if self.tables:
            self.tables[-1].cell = None
        else:
            self.begun = (len(self.pieces), self.done)
        self.tables.append(_Table())
        self.mark(_OPEN, match)

    def begin(self, mark: str, match: re.Match[str]) -> None:
        """Begin a row, a cell or a caption."""
        self.mark(mark, match)
        table = self.tables[-1]
        table.line = "" if mark == _ROW else mark
        table.cell = len(self.pieces) if table.line else None

    def without_attributes(self, match: re.Match[str]) -> None:
        """Drop what stands in a cell before the first bar in it, which only says how it looks."""
        table = self.tables[-1]
        if table.cell is not None:
            del self.pieces[table.cell :]
            table.cell, self.done = None, match.end()
        # Another bar is a character of the cell.

    def written(self) -> str:
        if self.tables:  # one that nothing closes is no table
            count, self.done = self.begun
            del self.pieces[count:]
        return "".join(self.pieces) + self.text[self.done :]


def marked(text: str) -> str:
    """The page with marks for its tables, but for those in templates. Linear in the text.

    Args:
        text: As `balanced` gives it.
    """
    reading = _Reading(text)
    at = 0
    while match := _TOKEN.search(text, at):
        at = _step(reading, match)
    return reading.written()


def _step(reading: _Reading, match: re.Match[str]) -> int:
    """Read one token; returns where to go on."""
    kind = match.lastgroup
    if kind in ("comment", "raw"):
        end = "-->" if kind == "comment" else f"</{match['raw']}>"
        after = reading.text.find(end, match.end())
        return after + len(end) if after >= 0 else match.end()
    if kind == "inner":
        reading.inside.append(_CLOSED_BY.get(match[0], "</ref"))
        if reading.tables and match[0] == "[[":
            reading.tables[-1].cell = None  # no attribute has a link
    elif kind == "outer":
        reading.leave(match[0][:2] if match[0][0] != "<" else "</ref")
    elif kind != "tag" and not reading.inside:
        _in_table(reading, match)
    return match.end()


def _in_table(reading: _Reading, match: re.Match[str]) -> None:
    kind = match.lastgroup
    if kind == "open":
        reading.open(match)
    elif not reading.tables:
        return
    elif kind == "close":
        reading.mark(_CLOSE, match)
        reading.tables.pop()
    elif kind == "row":
        reading.begin(_ROW, match)
    elif kind == "caption":
        reading.begin(_CAPTION, match)
    elif kind == "cell":
        reading.begin(_CELL if match["cell"] == "|" else _HEAD, match)
    elif kind == "end":
        reading.tables[-1].line, reading.tables[-1].cell = "", None
    elif kind == "next":
        line = reading.tables[-1].line
        if line == _HEAD or (line == _CELL and match[0] == "||"):
            reading.begin(line, match)
    else:
        reading.without_attributes(match)


@dataclass(slots=True)
class _Written:
    """A table as far as it was written.

    Attributes:
        caption: Its pieces.
        lines: Its rows, and what stands outside of cells, such as a template that shows rows.
        row: The cells of the row that is written: the mark of each, and its pieces.
        cell: The pieces of the cell or caption that is written; None outside of both.
    """

    caption: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    row: list[tuple[str, list[str]]] = field(default_factory=list)
    cell: list[str] | None = None

    def begin(self, mark: str) -> None:
        self.cell = None
        if mark == _ROW:
            self.end_row()
        elif mark == _CAPTION and not (self.row or self.lines):
            self.cell = self.caption
        else:
            self.cell = ["+"] if mark == _CAPTION else []  # below a row it is a figure: "|+1"
            self.row.append((mark, self.cell))

    def say(self, piece: str) -> None:
        if self.cell is not None:
            self.cell.append(piece)
        elif piece.strip():
            self.end_row()
            self.lines.append(piece.strip("\n"))

    def end_row(self) -> None:
        if row := row_of([(mark == _HEAD, "".join(pieces)) for mark, pieces in self.row]):
            self.lines.append(row)
        self.row = []

    def markdown(self) -> str:
        self.end_row()
        caption = "".join(self.caption).strip()
        rows = "\n".join(self.lines)
        return f"\n\n{caption}\n\n{rows}\n\n"


def with_rows(text: str) -> str:
    """What was written of a page, rows of Markdown in place of the marks of its tables."""
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    tables: list[_Written] = []
    for piece in _SPLIT.split(text):
        if piece == _OPEN:
            tables.append(_Written())
            continue
        if piece == _CLOSE:
            piece = tables.pop().markdown() if tables else ""
        elif piece in TABLE_MARKS:
            if tables:
                tables[-1].begin(piece)
            continue
        if tables:
            tables[-1].say(piece)
        else:
            yield piece
    for table in tables:
        yield table.markdown()


def row_of(cells: list[tuple[bool, str]]) -> str:
    """A row of Markdown: for each cell whether it heads a column or a row, and what it says."""
    row = f"| {' | '.join(' '.join(text.split()) for _, text in cells)} |"
    if not cells or _EMPTY_ROW.fullmatch(row):
        return ""
    return f"{row}\n| --- |" if all(heads for heads, _ in cells) else row
