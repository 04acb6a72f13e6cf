"""Lines of a list in an unknown notation -> definitions: "### [2] Title", "#2 Title".

Asked only where a text cites numbers and no list has them. The lines are a list where their numbers
rise from 1, stand in the same place of each line between the same signs, each line has an address,
and the text above cites half of the numbers at least.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ledger.extract.lists.addresses import has_address
from ledger.extract.lists.cited_numbers import Above
from ledger.extract.lists.entries import WIDEST_STEP
from ledger.extract.lists.heads import is_head
from ledger.extract.markers.glued import glued_numbers
from ledger.extract.markers.numbers import CIRCLED, IN_CIRCLES, SUPERS
from ledger.patterns import later

_TAG = later(r"</?(?:a|p|li|span|div|sup|b|strong)\b[^<>\n]{0,200}>")
_CALLED = (
    r"[Ss]ource|[Ss]rc|[Rr]ef(?:erence)?|[Cc]it(?:e|ation)|[Dd]oc(?:ument)?|[Nn]ote|[Ll]ink|[Uu]rl|"
    r"[Qq]uelle|[Ff]uente|[Ff]onte|[Ии]сточник|N[or]|[A-Z]|[№#]"
)
"""What an entry may be called before its number."""
_OPENING = later(
    rf"\s{{0,8}}(?P<before>(?:#{{1,6}}\s|[-*+•>]\s)?[^\w\s]{{0,6}}(?:(?:{_CALLED})[-. ]{{0,2}})?)"
    rf"(?P<number>[0-9]{{1,3}}|[{IN_CIRCLES}])(?P<behind>[^\w\s]{{0,6}}\s?)(?=\S)(?P<rest>.*)$"
)
"""A number at the head of a line, with what is around it."""
_KNOWN = later(
    r"\s{0,8}(?:[-*+•>]\s)?(?:\*\*)?"
    r"(?:\\?\[[0-9]{1,3}\\?\]:?|\([0-9]{1,3}\)|[0-9]{1,3}\\?[.):]?)(?:\*\*)?\s?"
)
"""Ways that other readers know: where they found no list, these lines are none."""
_CLOSING = later(
    r"\s{0,8}(?P<rest>\S.*?)\s{1,4}(?P<before>[\[(])(?P<number>[0-9]{1,3})(?P<behind>[\])])\s*$"
)
"""The same at its end: "https://… [2]"."""
_INSIDE = later(
    r"\s{0,8}(?P<rest>[^\[\]\n]{3,300})(?P<before>\[)(?P<number>[0-9]{1,3})(?P<behind>\])\s"
    r"(?P<more>.*)$"
)
"""The same between title and address: "Roe, Water [2] https://…"."""
_CITED = later(
    r"[\[【(（^⟨{⟦](?:\^|[#№]\s?|[Ss]ource\s|(?:src|ref)=?)?([0-9]{1,3})(?=[\]】)）⟩}^,;–-]|\b)"
)
_CITED_ANYHOW = later(r"(?:[^\w\s.]|_|[A-Za-z]\s?|[^\w\s] )([0-9]{1,3})(?![0-9])")
_LOOK_ABOVE = 4
"""Lines above a list in which its head stands: below one, the text may cite in any way."""
_LINKED_NUMBER = later(r"\[\[[0-9]{1,3}\]\]\(")
"""Prose whose markers are links; an entry cites nothing."""
_LONE = later(r"\s{0,3}\[1\]\(<?https?://[^\s<>()]{4,2000}>?\)\s*$")
_CITES_LONE = later(r"\[1\](?!\()")
"""The only source of an answer, below it, "[1](https://…)"; and how the answer cites it."""
_FEWEST = 2
"""Entries of a list: one alone must be the only source of an answer."""
_MOST_BETWEEN, _FURTHEST = 3, 8
"""Lines that go on with an entry; lines to the next one, blank ones included."""
_MOST_RUNS, _MOST_LINES = 3, 4_000
"""Candidates that are looked at, the last of a document first, and lines from its end."""
_GOES_ON = " " * 4


class _Line(NamedTuple):
    """A line that may be an entry: which pattern it fits, the signs around its number, the rest."""

    way: tuple[int, str, str]
    number: int
    rest: str


def with_odd_list(lines: Sequence[str]) -> Sequence[str] | None:
    """The lines, entries of a list in an unknown way as "[2]: Title"; None without such a list.

    Linear in the text.
    """
    for run in _runs(lines):
        first, last = run[0][0], run[-1][0]
        ends = [number for number, _ in run[1:]] + [_end(lines, last)]
        spans = [range(start, end) for (start, _), end in zip(run, ends, strict=True)]
        texts = ["\n".join(lines[number] for number in span) for span in spans]
        if not all(map(has_address, texts)) or any(map(_LINKED_NUMBER.search, texts)):
            continue
        if not _is_cited([entry.number for _, entry in run], lines[:first]):
            continue
        answer = list(lines)
        for (start, entry), span in zip(run, spans, strict=True):
            answer[start] = f"[{entry.number}]: {entry.rest}"
            for further in span[1:]:
                text = lines[further].strip()
                answer[further] = f"{_GOES_ON}{text}" if text else ""
        return answer
    return None


def _is_cited(numbers: Sequence[int], above: Sequence[str]) -> bool:
    """Whether half of the numbers of a list are cited above; in any way, below a known head."""
    text = "\n".join(above)
    known = Above()
    known.read(text)
    cited = set(known.surely())
    text = text.translate(SUPERS)
    headed = any(map(is_head, above[-_LOOK_ABOVE:]))
    cited.update((_CITED_ANYHOW if headed else _CITED).findall(text))
    if headed:
        cited.update(glued_numbers(text))
    return 2 * sum(str(number) in cited for number in numbers) >= len(numbers)


def _runs(lines: Sequence[str]) -> Iterator[list[tuple[int, _Line]]]:
    """Lines that count from 1 in one way, a few others between them, the last of them first.

    Entries that nothing cites may be left out.
    """
    open_runs: dict[tuple[int, str, str], list[tuple[int, _Line]]] = {}
    found: list[list[tuple[int, _Line]]] = []
    for place in range(max(0, len(lines) - _MOST_LINES), len(lines)):
        for entry in _entries(lines[place]):
            run = open_runs.get(entry.way, [])
            if run and _counts_on(lines, run[-1], (place, entry)):
                run.append((place, entry))
            elif entry.number == 1:
                open_runs[entry.way] = [(place, entry)]
                found.append(open_runs[entry.way])
    runs = (run for run in reversed(found) if len(run) >= _FEWEST or _is_lone(lines, run[0][0]))
    yield from islice(runs, _MOST_RUNS)


def _is_lone(lines: Sequence[str], place: int) -> bool:
    """Whether a line is the only source of an answer: it closes it, and stands apart."""
    if not _LONE.match(lines[place]) or (place and lines[place - 1].strip()):
        return False
    closes = not any(map(str.strip, lines[place + 1 :]))
    return closes and any(map(_CITES_LONE.search, lines[:place]))


def _counts_on(lines: Sequence[str], last: tuple[int, _Line], due: tuple[int, _Line]) -> bool:
    """Whether a counted line follows another one: near it, by 1 or with an address of its own."""
    (above, before), (place, entry) = last, due
    step = entry.number - before.number
    addressed = step > 1 and has_address("\n".join(lines[place : place + 1 + _MOST_BETWEEN]))
    return (step == 1 or (addressed and step <= WIDEST_STEP)) and _is_near(lines, above, place)


def _is_near(lines: Sequence[str], above: int, below: int) -> bool:
    """Whether so little stands between two counted lines that it may all be of the first."""
    if below - above > _FURTHEST:
        return False
    return sum(bool(line.strip()) for line in lines[above + 1 : below]) <= _MOST_BETWEEN


def _entries(line: str) -> Iterator[_Line]:
    plain = _TAG.sub("", line) if "<" in line else line
    may_close = plain.rstrip()[-1:] in ("]", ")")
    ways = ((_OPENING, True), (_CLOSING, may_close), (_INSIDE, "[" in plain))
    for place, (pattern, may_be) in enumerate(ways):
        match = pattern.match(plain) if may_be else None
        if match is None or (plain == line and _KNOWN.fullmatch(line, 0, match.start("rest"))):
            continue
        said = match["number"]
        rest = match["rest"]
        if pattern is _INSIDE:
            if not any(map(str.isalnum, rest)):
                continue  # "### [2] Title": the signs of a heading are no title
            rest = f"{rest} {match['more']}"
        before, behind = match["before"], match["behind"].strip()
        if before.count("[") > behind.count("]"):
            rest = f"[{rest}"  # the number stands in the words of a link
        way = (place, before, behind)
        yield _Line(way, CIRCLED.find(said) + 1 or int(said), rest)


def _end(lines: Sequence[str], last: int) -> int:
    """Where the last entry ends: before a blank line that no address follows, or a heading."""
    for place in range(last + 1, min(len(lines), last + 1 + _MOST_BETWEEN)):
        line = lines[place].strip()
        if line.startswith("#") or not (line or has_address("\n".join(lines[place : place + 2]))):
            return place
    return min(len(lines), last + 1 + _MOST_BETWEEN)
