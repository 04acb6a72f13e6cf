"""A copied page of an encyclopedia -> lines with plain headings and notes.

The page has a button behind the name of each section ("History[edit]"), and the browser numbers its
lists. A copy keeps the links back to the text ("^ a b Roe. Dams.", "↑ Roe.") or nothing of them,
and loses the letters of lettered notes. The markers in the text tell how they were counted.
"""

import re
from collections.abc import Iterator, Sequence

from ledger.extract.lists.heads import is_head
from ledger.letters import holds
from ledger.patterns import later

_WORDS = (
    "edit|Bearbeiten|modifier|editar|modifica|bewerken|edytuj|editovat|redigera|rediger|muokkaa|"
    "szerkesztés|değiştir|править|ред\\.|редагувати|编辑|編輯|編集|편집|sửa|sunting|تعديل|ویرایش|עריכה"
)
_SECOND = r"(?:\s?[|/]\s?[^\[\]\n|]{2,40})?"
_CONTROL = later(rf"\s?\\?\[(?:{_WORDS})(?: source)?{_SECOND}\\?\]\s*$")
_LINK = rf"\[(?:{_WORDS})[^\[\]\n]{{0,40}}\]\([^()\s]{{1,500}}(?:\s\"[^\"\n]{{0,200}}\")?\)"
_LINKED_CONTROL = later(rf"\s?\\?\[{_LINK}(?:\s?\|\s?{_LINK})?\\?\]\s*$")
_HINT = later(rf"\[(?:{_WORDS})")
_LONGEST_NAME, _LONGEST_LINE = 100, 1_200
"""Characters of the name of a section, and of a line that ends in a control, with its links.
Chosen."""
_REMARKS = "Комментарии"
"""The head of a Russian page's notes; elsewhere of what readers say."""
_FEWEST = 2
"""Controls that a copy has; one that stands behind the name of a list is enough."""
_FEWEST_LAST = 5
"""Numbers that count up to the last line of a list, where those before them are not there: a copy
without the box beside the text. Chosen."""
_NUMBER = later(r"\[([0-9]{1,3})\]")
_OF_WORK = later(
    r"https?://|www\.|(?<![0-9])(?<![Ii]n )(?<!from )(?<!since )(?<!until )(?<!by )(?<!of )"
    r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
)
"""An address, or the year of a work; no year that a sentence tells of: "It was made in 2001."."""
_COUNTS_ITSELF = later(r"\s{0,8}[^\W\d_]{1,12}\.?[\s#-]?([0-9]{1,3})(?![0-9])")
"""A line that has a word and a number before its source: "Source 1: Roe", "S1 Roe"."""
_FEWEST_UNHINTED, _QUOTES = 3, frozenset("\"“”„«'‘《「『")
"""Lines of a list in a text without such hints, of which half have an address or a year, and with
which signs they may begin. Chosen."""
_NAMED = r"(?:[Nn]ota|Anm\.|[ANKК]|комм\.|прим\.|注|註|注釈|注釋|注释)\s?[0-9]{1,2}"
_LETTER = later(rf"\[([a-z]|(?:[Nn]ote|nb) [0-9]{{1,2}}|{_NAMED})\](?![a-z])")
"""No letter of a quotation that was changed, "[t]he"."""
_NAMED_NOTE = later(rf"\[({_NAMED})\](?!\()")
"""Notes beside the sources, as wikis of other languages call them: "[A 1]", "[комм. 2]"."""
_BACK = later(
    r"[\^↑]\s+(?:(?:Jump up to|Hochspringen nach|Volver arriba a|Saltar a|Ir para|Skocz do"
    r"|Revenir plus haut en|Перейти обратно|Omhoog gaan naar)\s?:?\s+)?"
    r"(?:(?:[a-z](?:,?\s+(?:et\s+)?[a-z]){0,25}|[0-9](?:\s+[0-9]){1,25})\s+(?=[^\sa-z0-9]))?"
)
_RECOUNTED = later(r"\s{0,8}(?:[0-9]{1,3}|[a-z])[.)]\s{1,4}(?=[\^↑]\s)")
"""An entry that a converter counts, whatever the page showed before it: "1. ^ By radar"."""
_POINTS_BACK = later(r"(?:\s{0,8}(?:[0-9]{1,3}|[a-z])[.)]\s{1,4})?[\^↑]\s")
_COUNTED = later(r"\s{0,8}(?:[0-9]{1,3}[.)]\s|\[|[-*+•]\s)")
_HEADING = later(r"\s{0,3}#{1,6}\s")

_BLANK = "\u200b"
_MARKED = later(
    rf"(?:(?<=[.;:»”])|(?<=[a-zà-ÿ]{{3}}))((?:[0-9]{{1,3}}{_BLANK}\s?){{1,12}})(?![0-9])"
)
"""Numbers of notes without brackets, a blank of no width behind each: how es.wikipedia has them.
A typesetter of formulas sets such blanks, too, behind single letters and their indexes."""
_FEWEST_MARKED = 3
"""Such numbers, and blanks, of a text: fewer are of something else."""


def with_marks_before_blanks(text: str) -> str:
    """The text; numbers before a blank of no width get brackets. As it is where it has few."""
    if text.count(_BLANK) < _FEWEST_MARKED or len(_MARKED.findall(text)) < _FEWEST_MARKED:
        return text
    return _MARKED.sub(_in_brackets, text)


def _in_brackets(match: re.Match[str]) -> str:
    numbers = "".join([f"[{number.strip()}]" for number in match[1].split(_BLANK)[:-1]])
    return f"{numbers} " if match[1][-1:].isspace() else numbers


def plain_sections(text: str, lines: Sequence[str]) -> list[str]:
    """The lines, as many as before: names of sections as headings, notes with their labels.

    Args:
        text: What the lines are of; where nothing in it hints at such a page they stay, but for
            lists of which the text cites each line.
        lines: Its lines.

    Entries without a number get one only where a list has as many as the text above it cites.
    """
    points_back = holds(text, "^ ") or holds(text, "↑ ")
    points_back = points_back and any(map(_POINTS_BACK.match, lines))
    names: dict[int, str] = {}
    if _HINT.search(text):
        names = {n: name for n, line in enumerate(lines) if (name := _name_of(line)) is not None}
    if len(names) < _FEWEST and not any(map(is_head, names.values())):
        names = {}
    hinted = bool(names) or points_back
    if not hinted and not holds(text, "]"):
        return list(lines)
    found = [names.get(number, line) for number, line in enumerate(lines)]
    given: set[str] = set()
    letters: dict[str, None] = {}
    numbers: set[int] = set()
    seen = 0
    for begin, end in _lists(found):
        above, seen = "\n".join(found[seen:begin]), begin
        letters.update(dict.fromkeys(_LETTER.findall(above)) if hinted else ())
        numbers.update(map(int, _NUMBER.findall(above)))
        own = [number for number in range(begin + 1, end) if found[number].strip()]
        labels = _labels([found[n] for n in own], list(letters), numbers)
        if labels and not hinted and not _are_works([found[number] for number in own]):
            continue
        if given.isdisjoint(labels):
            given.update(labels)
            for number, label in zip(own, labels, strict=False):
                entry = _RECOUNTED.sub("", found[number], count=1).strip()
                found[number] = f"[{label}] {_BACK.sub('', entry, count=1)}"
    if not any(map(_NAMED_NOTE.fullmatch, (f"[{label}]" for label in given))):
        return found
    own_lines = {n for n, line in enumerate(found) if line != lines[n]}
    return [_with_footnotes(line, given, entry=n in own_lines) for n, line in enumerate(found)]


def _with_footnotes(line: str, given: set[str], *, entry: bool) -> str:
    """A line with the marks of named notes as footnotes: "[A 1]" as "[^A1]", "[注 2]" "[^n2]"."""

    def footnote(match: re.Match[str]) -> str:
        if match[1] not in given:
            return match[0]
        name = "".join(match[1].split())
        name = name if name.isascii() else f"n{''.join(filter(str.isdecimal, name))}"
        return f"[^{name}]{':' if entry and not match.start() else ''}"

    return _NAMED_NOTE.sub(footnote, line) if "[" in line else line


def _name_of(line: str) -> str | None:
    """A section's name without its control, as a heading of Markdown; None for other lines.

    A sentence or a number in brackets is no name: "It has a mill.[2] [edit]".
    """
    if line.rstrip()[-1:] != "]" or len(line) > _LONGEST_LINE:
        return None
    control = _LINKED_CONTROL.search(line) or _CONTROL.search(line)
    name = line[: control.start()].strip() if control else ""
    if not control or len(name) > _LONGEST_NAME or name.endswith((".", "]")):
        return None
    return name if not name or _HEADING.match(line) else f"## {name}"


def _lists(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lists begin, with their heads, and end: at the next heading or head."""
    heads = [n for n, line in enumerate(lines) if _HEADING.match(line) or _is_head(line)]
    for place, number in enumerate(heads):
        if _is_head(lines[number]):
            yield number, heads[place + 1] if place + 1 < len(heads) else len(lines)


def _is_head(line: str) -> bool:
    return is_head(line) or line.strip("# \t") == _REMARKS


def _labels(entries: Sequence[str], letters: list[str], numbers: set[int]) -> list[str]:
    """The labels of entries that have none, as the text above counts them; empty without proof.

    Args:
        entries: Lines of a list.
        letters, numbers: What the text above has in brackets, letters as they come first.
    """
    recounted = all(map(_RECOUNTED.match, entries))
    if not entries or (any(map(_COUNTED.match, entries)) and not recounted):
        return []
    if len(letters) == len(entries) and letters == sorted(letters, key=_order):
        return letters
    if recounted:
        return []
    last = len(entries)
    first = 1 if last < _FEWEST_LAST else min(1 + last - _FEWEST_LAST, min(numbers, default=1))
    counted = map(str, range(1, last + 1))
    return list(counted) if numbers == set(range(first, last + 1)) else []


def _are_works(entries: Sequence[str]) -> bool:
    """Whether lines that nothing marks as those of such a page look like sources."""
    begins = (entry.lstrip()[:1] for entry in entries)
    if not all(first in _QUOTES or (first.isalnum() and not first.isdigit()) for first in begins):
        return False
    counts = [match[1] for entry in entries if (match := _COUNTS_ITSELF.match(entry))]
    if counts == [str(place) for place in range(1, len(entries) + 1)]:
        return False
    said = sum(_OF_WORK.search(entry) is not None for entry in entries)
    return len(entries) >= _FEWEST_UNHINTED and 2 * said >= len(entries)


def _order(letter: str) -> tuple[str, int]:
    name = letter.rstrip("0123456789")
    return name.strip().lower(), int(letter[len(name) :] or 0)
