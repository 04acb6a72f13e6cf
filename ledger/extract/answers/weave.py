"""A text and what cites it, kept apart -> the text with markers in it.

Services say where a citation belongs in units of their own: code points, UTF-16 code units, bytes
of UTF-8. `weave` takes any of them, so that everything after it reads one dialect, "[3]".
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from ledger.document import Reference
from ledger.extract.characters.loaded import loaded

MARK = re.compile(r"\s{0,4}(?:【[^【】]{1,100}】|\ue200[^\ue200\ue201]{1,300}\ue201)")
"""What a service leaves in the text where a citation stands, for its own pages to show."""
_LAST_SPACED = "\u06ff"
"""Scripts whose letters do not lie beyond it set a space between words."""
_LONGEST_WORD = 160
"""Bytes, in any of the encodings."""
UTF_8, UTF_16, CODE_POINTS = "utf-8", "utf-16-le", "utf-32-le"
UNIT = {UTF_8: 1, UTF_16: 2, CODE_POINTS: 4}
"""Bytes of one unit of each encoding that offsets are counted in."""


class Answer(NamedTuple):
    """Text in Markdown with markers, and the entries they stand for, in order of their numbers.

    `title` and `published` (ISO date) are None when the answer does not say them; `left_out` is
    how many answers of the same file are not read.
    """

    text: str
    references: tuple[Reference, ...]
    title: str | None = None
    published: str | None = None
    left_out: int = 0


class Edit(NamedTuple):
    """Put `marker` behind `end`; with a `start`, in place of what stands from there to `end`."""

    end: int
    marker: str
    start: int | None = None


class Sources:
    """Numbers for addresses: those they are cited by, or in order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._markers: dict[tuple[str | None, str | None], str] = {}
        self._entries: list[Reference] = []
        self._given: set[int] = set()
        self._count = 0

    @property
    def references(self) -> tuple[Reference, ...]:
        """The entries so far, in order of their numbers."""
        return tuple(sorted(self._entries, key=lambda entry: int(entry.marker or 0)))

    def marker(self, url: str | None, title: str | None, wanted: object = None) -> str:
        """The marker "[n]" of a source, the same each time that it is asked for.

        Args:
            url: Its address; None for one without, which is told apart by its title.
            title: Its title; None where it is not known.
            wanted: What the answer cites it by: its number, if it is one and no other has it.
        """
        # An address may be as long as a book and cited as often: it is read once.
        if (url, title) not in self._markers:
            self._markers[url, title] = f"[{self._number(url, title, wanted)}]"
        return self._markers[url, title]

    def _number(self, url: str | None, title: str | None, wanted: object) -> int:
        if url and url.startswith("http"):
            url = url.replace(" ", "%20")  # some of Google's own have blanks
        key = url or f"title:{title}"
        if key not in self._numbers:
            self._numbers[key] = given = self._next(wanted)
            number = str(given)
            self._entries.append(
                Reference(
                    marker=number,
                    raw=url or title or number,
                    url=url,
                    urls=(url,) if url else (),
                    title=title,
                )
            )
        return self._numbers[key]

    def unlisted(self) -> str:
        """A marker that no entry stands for: the answer cites what it does not list."""
        return f"[{self._next()}]"

    def _next(self, wanted: object = None) -> int:
        number = wanted if type(wanted) is int and wanted >= 0 else None
        given = self._count + 1 if number is None or number in self._given else number
        self._given.add(given)
        self._count = max(self._count, given)
        return given


def weave(text: str, edits: Iterable[Edit], unit: str) -> str:
    """The text with markers put in; those beyond its end go last, equal ones at a place once.

    One that would cut a word in two stands behind it: some services count otherwise than they say.

    Args:
        text: Any text.
        edits: In any order; where two replace the same stretch, only the first does.
        unit: What their offsets count, a key of `UNIT`.
    """
    encoded, size = text.encode(unit, "replace"), UNIT[unit]
    pieces: list[str] = []
    begin = 0
    last: tuple[int, set[str]] = (-1, set())
    for edit in sorted(edits, key=lambda each: (each.end, each.start is None)):
        end = max(begin, min(size * edit.end, len(encoded)))
        keep = end
        if edit.start is not None and begin <= size * edit.start <= end:
            keep = size * edit.start
        elif begin < end < len(encoded):
            keep = end = end + _rest_of_word(encoded, end, unit)
        pieces.append(encoded[begin:keep].decode(unit, "replace"))
        if last[0] != end or keep < end:
            last = (end, set())
        if edit.marker not in last[1]:
            pieces.append(edit.marker)
            last[1].add(edit.marker)
        begin = end
    pieces.append(encoded[begin:].decode(unit, "replace"))
    return "".join(pieces)


def _rest_of_word(encoded: bytes, at: int, unit: str) -> int:
    """How many bytes of the word in which a place lies stand behind it; 0 between words."""
    before = encoded[max(0, at - UNIT[CODE_POINTS]) : at].decode(unit, "ignore")[-1:]
    behind = encoded[at : at + _LONGEST_WORD].decode(unit, "ignore")
    rest = "".join(takewhile(_is_spaced, behind)) if before and _is_spaced(before) else ""
    return len(rest.encode(unit))


def _is_spaced(char: str) -> bool:
    return char <= _LAST_SPACED and char.isalnum()


def between(text: str, start: object, end: object, unit: str) -> str:
    """What stands from `start` to `end`, counted in `unit`; "" when they are no offsets."""
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end:
        return ""
    size = UNIT[unit]
    return _encoded(text, unit)[size * start : size * end].decode(unit, "replace")


@lru_cache(maxsize=1)
def _encoded(text: str, unit: str) -> bytes:
    """Kept for the last text, because each of its citations asks for it again."""
    return text.encode(unit, "replace")


def parsed(text: str) -> Any:
    """The value of some JSON; None for JSON that says `null`, and for what is none."""
    try:
        return loaded(text)
    except (ValueError, RecursionError):
        return None


def record(value: object) -> dict[str, Any]:
    """An object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a list of JSON; none for anything else."""
    yield from (each for each in listed(value) if isinstance(each, dict))


def listed(value: object) -> list[Any]:
    """A list of JSON; an empty one for anything else."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """A text of JSON that says something; None for anything else."""
    return value.strip() or None if isinstance(value, str) else None
