"""Numbers that were set high and lost their height -> numbers set high again.

A copy of a page, or a report exported as plain text, glues them behind the stop: "inheritance.15
This", "低い。3". They count only where the reference list has them.
"""

import re
from collections.abc import Collection, Iterator

from ledger.extract.markers.carried_glued import GOES_ON, OPENS, REACH, carries
from ledger.extract.markers.closing_cells import closing_cells, raise_closing
from ledger.extract.markers.dense import COUNTED_WIDE, dense
from ledger.extract.markers.doubtful import (
    COUNTS,
    DOUBTFUL,
    NUMBERS,
    ROWS,
    is_in_item,
    numbers_of,
)
from ledger.extract.markers.numbers import expand
from ledger.extract.markers.place import SOURCE
from ledger.extract.markers.turns import Turns, turns_of
from ledger.extract.markers.wide_amid import amid_numbers, raise_amid
from ledger.extract.markers.wide_counts import counts_next, stand_before
from ledger.letters import WIDE
from ledger.patterns import begun_with, later

_CLOSES = r"\"”“’»」』）)*"
_NUMBERED = (
    rf"(?=[{_CLOSES}0-9])[{_CLOSES}]{{0,3}})(?P<numbers>{NUMBERS})"
    rf"(?P<upto>[-–‑][0-9]{{1,3}})?(?=\*{{0,2}}(?:\s|$|\||[“「『《〈（]|{WIDE}"
    r"|(?<=[。！？][0-9])[A-Za-z]|(?<=[。！？][0-9][0-9])[A-Za-z]))(?!\s?[月日年号號个個家位名次倍种種项項亿億万萬千百点點时時分秒元美座台条條])"
)
_GLUED = later(rf"(?P<stop>[.!?…。！？।,;，；、]{_NUMBERED}")
_LAST_STOPS = ".!?…。！？।"
_GLUED_LAST = later(rf"(?P<stop>[{_LAST_STOPS}]{_NUMBERED}")
"""The same behind what ends a sentence alone: a third of a text's stops."""
_BEHIND_LAST = f"[{_CLOSES}]{{0,3}}[0-9]"
"""What is behind that stop in each of them, and behind few stops of a text."""
_COMMAS = frozenset(",;，；、")
_APART = later(
    r"((?<![A-Za-zÀ-ÖØ-öø-ž])[A-Za-zÀ-ÖØ-öø-ž)\]\"”’%*-]{3,24}|(?<![0-9])(?:19|20)[0-9]{2})"
    r" ([0-9]{1,3}(?:, ?[0-9]{1,3}){0,11})"
    r"(?=[,;](?:\s|$)|\)[.,;:]?(?:\s|$)|\s(?:and|or|but|while|whereas|which|where|because|although|though|including|"
    r"such|is|are|was|were|can|may|makes?|has|have|to)\b)"
)
_WIDE_APART = later(  # the figure first: few spaces have one behind them
    rf" (?=[0-9])(?:(?<={WIDE} )|(?<=[）」』”%] )|(?<={WIDE}\*\* )|(?<={WIDE}  ))"
    rf"(?P<numbers>{NUMBERS})"
    r"(?=[。，、；！？]|\.(?:\s|$))"
)
"""How exports in Chinese, Japanese and Korean set them: "關閉 1。", where no figure stands so.

Two spaces are what a formula that the export lost stood between."""
_CAPTION = later(r"(?:^|[\s*(（])(?:표|그림|図|表|图|圖)\Z", re.M)
"""What counts tables and pictures in these languages: "표 1. 결과"."""
_BEHIND_ASIDE = later(
    rf" (?<=[A-Za-z%][)\]”»\"] )(?P<numbers>{NUMBERS})(?=[,;](?:\s|$)|\)?\.(?:\s|$)|\s*$"
    r"|\s(?:and|or|is|are|y|o|e|ou|et|ed|und|oder|para|pour|für|per|que|qui|che|se|es|est|ist|no"
    r"|como|com|con|avec|mit|i|oraz|lub|ve|ile)\s(?![0-9]))",
    re.M,
)
"""What closes is followed by a figure only amid a sentence: "over a long time) 20", "(the quay) 3
and"; which numbers are figures there is told as where none closes: "“Toy Boats” 3 is"."""
_OPENERS, _LONGEST_ASIDE = {")": "(", "]": "[", "”": "“", "»": "«", '"': '"'}, 80
"""What opens what these close, and characters from one to the other. Chosen."""
_BEHIND_SOURCE = later(
    rf"^(?P<called>[*_(]{{0,3}}{SOURCE} ?[:：][*_]{{0,3}} ?)(?P<numbers>{NUMBERS})"
    r"(?=[*_).]{0,3}\s*$)",
    re.M,
)
"""A line of numbers that are called sources, below a table: "Sources: 11, 12"."""
_DECIMAL_COMMA = later(r"[0-9],[0-9]{1,2}\s?(?:%|‰|°|€|M(?:rd|io)\b|ml[nd]\b|мл[нр]|mil[jl]|mia)")
_MAY_BE_DECIMAL = later(r" [0-9]{1,3},[0-9]{1,2}\Z")
"""What is a figure where decimals have commas: "le PIB 2,3, selon"."""
_FIGURES = later("[0-9]+")
_FIRST = later(r"[.!?…。！？][\"”’»)]{0,2}1(?=[\s,])")
"""The first number behind a stop."""
_FEWEST_ALONE = 4
"""Numbers glued behind stops that are markers without a list; fewer may be versions."""
_LONGEST_CAPTION = 4
"""Characters of what counts tables or pictures, with the sign before it."""
_NONE: frozenset[str] = frozenset()
_NEAR = 80
"""Characters around a word with a number within which it counts others: "valley 2 … valley 3"."""
_FEWEST_IN_TURN, _HARDLY_MISSED = 5, 4 / 5
"""Entries of a list, and the share of them that a text cites in turn, that prove that it does."""
_FEWEST_IN_ROWS = 3
"""Sources that a text cites before wide stops, and different words at the ends of cells."""
_MOSTLY = 10
"""One in so many numbers that stand densely may be out of its turn."""


def behind_last_stops(text: str) -> Iterator[tuple[int, list[str]]]:
    """Where what ends a sentence has numbers glued behind it, and which."""
    for match in begun_with(_LAST_STOPS, _GLUED_LAST, text, _BEHIND_LAST):
        if _ends_sentence(match) and carries(match):
            yield match.start(), _all_labels(match)


def glued_numbers(text: str) -> Iterator[str]:
    """The numbers glued behind what ends a sentence, or apart before a wide stop."""
    for _, labels in behind_last_stops(text):
        yield from labels
    for match in wide_apart(text):
        yield from _labels(match["numbers"])


def counted_alone(text: str) -> frozenset[str]:
    """Numbers glued behind stops that are markers although the text has no list.

    Four at least, behind different words, that count from 1 without a gap as they first come; some
    of them may stand behind commas: "asked for help,2 and".
    """
    if not _FIRST.search(text):
        return _NONE
    seen: dict[str, None] = {}
    words: set[str] = set()
    for match in _GLUED.finditer(text):
        due = match["stop"][0] in _COMMAS and match["numbers"] == str(len(seen) + 1)
        if (due or _ends_sentence(match)) and carries(match):
            words.add(text[max(0, match.start() - REACH) : match.start()].split()[-1])
            seen.update(dict.fromkeys(_all_labels(match)))
    in_order = list(seen) == [str(number) for number in range(1, len(seen) + 1)]
    return frozenset(seen) if in_order and min(len(seen), len(words)) >= _FEWEST_ALONE else _NONE


def _ends_sentence(match: re.Match[str]) -> bool:
    closes = match["stop"][0] not in _COMMAS
    return closes and OPENS.match(match.string, match.end()) is not None


def turns(text: str, listed: frozenset[str]) -> Turns:
    """What the order of its first citations says of the doubtful numbers of a text."""
    glued = [match for match in _GLUED.finditer(text) if carries(match)]
    wide = wide_apart(text)
    full = dense(text, listed, few=not glued)
    before = stand_before(text, glued, len(wide), full)
    glued = [match for match in glued if not counts_next(match, before=before)]
    found = sorted([*glued, *wide], key=re.Match.start)
    sure = [(match.start(), _all_labels(match)) for match in found]
    apart = [(match.start(), match[0], _labels(match[2])) for match in _APART.finditer(text)]
    asides = filter(_is_amid, _BEHIND_ASIDE.finditer(text))
    apart += [(match.start(), _aside(match), _labels(match["numbers"])) for match in asides]
    apart.sort()
    found_turns = turns_of(text, sure, apart, listed)._replace(bold=bool(wide), before=before)
    if full:
        in_order = _MOSTLY * len(full - found_turns.due) <= len(full)
        found_turns = found_turns._replace(
            due=full | (found_turns.due if in_order else frozenset())
        )
    if cells := closing_cells(text, {label for _, labels in sure for label in labels}, listed):
        found_turns = found_turns._replace(due=found_turns.due | cells)
    if wide and (rows := _in_rows(text, wide, listed)):
        found_turns = found_turns._replace(due=found_turns.due | rows)
    if wide and amid_numbers(text, listed):
        found_turns = found_turns._replace(amid=True)
    if _DECIMAL_COMMA.search(text):
        decimals = {words for _, words, _ in apart if _MAY_BE_DECIMAL.search(words)}
        found_turns = found_turns._replace(ahead=found_turns.ahead | decimals)
    return found_turns


def due_numbers(text: str, listed: frozenset[str]) -> set[str]:
    """The numbers that are markers only because they come in their turn: "needed4.", "sales 5,"."""
    due = turns(text, listed).due
    found = (match for match in DOUBTFUL.finditer(text) if match[0] in due) if due else ()
    return {label for match in found for label in _labels(numbers_of(match))}


def cites_in_turn(text: str, listed: frozenset[str]) -> bool:
    """Whether a text cites its list by numbers that only their order shows, and hardly misses one.

    A list of fewer than five is no proof.
    """
    numbers = {label for label in listed if label.isdecimal()}
    if len(numbers) < _FEWEST_IN_TURN:
        return False
    if dense(text, listed, few=True):
        return True
    fewest = _HARDLY_MISSED * len(numbers)
    figures = set(_FIGURES.findall(text))
    written = {figure[-length:] for figure in figures for length in (1, 2, 3)}
    # Most texts without markers lack the numbers of their list: then none is looked for.
    return len(numbers & written) >= fewest and len(due_numbers(text, listed)) >= fewest


def raise_behind_stops(raw: str, listed: frozenset[str], *, before: bool = False) -> str:
    """The text with the numbers of a list set high, in tags, where they are glued behind stops.

    Args:
        raw: The characters of a block.
        listed: The identifiers of the list.
        before: As `Turns` has it.
    """

    def glued(match: re.Match[str]) -> str:
        known = listed.issuperset(_all_labels(match)) and carries(match)
        if counts_next(match, before=before):
            return match[0]
        opens = match["stop"][0] in ",;" or OPENS.match(match.string, match.end())
        if match["upto"] and not opens:
            return match[0]  # "between No.3-5 and"
        return f"{match['stop']}<sup>{match[0][len(match['stop']) :]}</sup>" if known else match[0]

    return _GLUED.sub(glued, raw)


def raise_glued(raw: str, listed: frozenset[str], turns: Turns) -> str:
    """As `raise_behind_stops`, and where they stand apart from the word before: "flooded 2, which".

    Args:
        raw: The characters of a block.
        listed: The identifiers of the list.
        turns: As `turns` gives it.
    """

    def apart(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match[2])) and match[1].lower() not in COUNTS
        if not known or match[0] in turns.ahead or _counts(match):
            return match[0]
        return f"{match[1]} <sup>{match[2]}</sup>"

    def aside(match: re.Match[str]) -> str:
        ahead = _is_amid(match) and _aside(match) in turns.ahead
        return match[0] if ahead else wide(match)

    def wide(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match["numbers"])) and not _counts_tables(match)
        known = known and (turns.bold or not _is_behind_bold(match))
        return f" <sup>{match['numbers']}</sup>" if known else match[0]

    def source(match: re.Match[str]) -> str:
        known = listed.issuperset(_labels(match["numbers"]))
        return f"{match['called']}<sup>{match['numbers']}</sup>" if known else match[0]

    def due(match: re.Match[str]) -> str:
        if match[0] not in turns.due:
            return match[0]
        numbers = numbers_of(match)
        return f"{match[0].removesuffix(numbers)}<sup>{numbers}</sup>"

    if turns.due:
        raw = raise_closing(DOUBTFUL.sub(due, raw), turns.due)
    raw = raise_behind_stops(_BEHIND_SOURCE.sub(source, raw), listed, before=turns.before)
    raw = _BEHIND_ASIDE.sub(aside, raw)
    if turns.amid:
        raw = raise_amid(raw)
    return _WIDE_APART.sub(wide, _APART.sub(apart, raw))


def _counts(match: re.Match[str]) -> bool:
    """Whether a number apart goes on as a list of numbers, or its word has another one near by."""
    text, at, end = match.string, match.start(), match.end()
    if GOES_ON.match(text, end):
        return True
    word = re.escape(match[1])
    other = re.compile(rf"(?<![^\W\d_]){word} (?!{re.escape(match[2])}\b)[0-9]{{1,3}}\b")
    return bool(other.search(text, end, end + _NEAR) or other.search(text, max(0, at - _NEAR), at))


def _is_amid(match: re.Match[str]) -> bool:
    """Whether a number behind what closes stands amid a sentence, as counts may: "(Lima) 3 and"."""
    return match.string[match.end() : match.end() + 1] not in {".", ")", "\n", ""}


def _aside(match: re.Match[str]) -> str:
    """A number with what it stands behind: “Toy Boats” 3, or brackets and the word before them."""
    text, at = match.string, match.start()
    nearest = max(0, at - _LONGEST_ASIDE)
    begin = max(nearest, text.rfind(_OPENERS[text[at - 1]], nearest, at - 1))
    if text[begin] in "([":
        begin = text.rfind(" ", max(0, begin - REACH), max(0, begin - 1)) + 1 or begin
    return text[begin : match.end()].lstrip('*"“«')


def wide_apart(text: str) -> list[re.Match[str]]:
    """Numbers apart behind Chinese, Japanese and Korean; if all are behind bold words, counts."""
    found = [match for match in _WIDE_APART.finditer(text) if not _counts_tables(match)]
    return [] if all(map(_is_behind_bold, found)) else found


def _in_rows(text: str, wide: Collection[re.Match[str]], listed: frozenset[str]) -> frozenset[str]:
    """The numbers at the ends of cells and items of a text that cites so before wide stops.

    Different words have them, nearly all are of the list, and those of what counts go: "方案 1".
    """
    if len({label for match in wide for label in _labels(match["numbers"])}) < _FEWEST_IN_ROWS:
        return _NONE
    found = [match for match in ROWS.finditer(text) if is_in_item(text, match.start())]
    of_words: dict[str, set[int]] = {}
    for match in found:
        of_words.setdefault(match[0][:2], set()).update(map(int, _labels(match["r"])))
    counts = {words for words, each in of_words.items() if {1, 2} <= each}
    surely = [m for m in found if m[0][:2] not in counts and m[0][1] not in COUNTED_WIDE]
    rows = {match[0] for match in surely if listed.issuperset(_labels(match["r"]))}
    strange = len({match[0] for match in surely}) - len(rows)
    several = len({words[:2] for words in rows}) >= _FEWEST_IN_ROWS
    return frozenset(rows) if several and _MOSTLY * strange <= len(rows) else _NONE


def _is_behind_bold(match: re.Match[str]) -> bool:
    return match.string[match.start() - 1] == "*"


def _counts_tables(match: re.Match[str]) -> bool:
    at = match.start()
    return _CAPTION.search(match.string, max(0, at - _LONGEST_CAPTION), at) is not None


def _labels(numbers: str) -> list[str]:
    return numbers.replace(",", " ").split()


def _all_labels(match: re.Match[str]) -> list[str]:
    """The labels of a glued number, and those up to the end of its range: "days.3-5"."""
    upto = match.groupdict().get("upto")
    return list(expand(match["numbers"] + upto) or ()) if upto else _labels(match["numbers"])
