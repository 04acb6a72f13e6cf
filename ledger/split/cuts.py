"""One block -> where its sentences end.

A library knows the stops and most abbreviations; what citations say about sentence ends is added
here: a marker behind a stop ends the sentence before it, whatever follows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from ledger.letters import SAYS_WIDE, is_small
from ledger.patterns import later
from ledger.split.abbreviations import and_others, goes_on_behind
from ledger.split.boundaries import STOPPED, STRETCH, boundaries
from ledger.split.cases import cites_case
from ledger.split.coded import outside_code
from ledger.split.habits import WIDE_STOPS, Habits
from ledger.split.speakers import with_speakers
from ledger.split.speech import may_have_speech, undivided

_STOPS, _PLAIN_STOPS = frozenset(".!?…"), frozenset(".。")
_STOPS_BEHIND = later(r"(?P<stop>[.!?…][)\"'”’»“«]{0,2})(?P<space>\s*+)(?=[^\W\d_])")
"""A stop right behind a marker ends a sentence, behind a unit, too: "by 2 m [3]. It"."""
_NOTES = re.compile(r"(?:\[[^\[\]\n]{1,40}\]){1,6}(?=\s|$)")
"""Brackets that are no markers behind one: "fell.[2][note 1] It"."""
SURENESS = r"\b(?:confidence|confirmed|(?:un)?verified|likely|inferred|high|medium|low)\b"
RANK = (
    r"\[(?:(?-i:[A-Z][A-Z /_-]{2,24})|fact|inference|assumption"
    r"|confidence:\s[^\[\]\n]{1,120}"
    rf"|(?=[^\[\]\n]{{0,30}}{SURENESS})[^\[\]\n]{{1,40}})\]"
)
"""How sure a sentence is, or what kind of claim: "[HIGH]", "[fact]", "[unverified]"."""
_RANKED = later(rf"[.!?…。！？][\"'”’»)]{{0,2}}\s{{0,3}}{RANK}\s?\Z", re.I)
"""What a marker behind such a remark closes, too: "It fell. [FACT] [1] Rents rose."."""
_WIDEST_RANK = 140
"""Characters before a marker in which such a remark stands, with the stop before it."""
_SUBJECT = later(
    r"[.!?…。！？](?:(?<=[.!?…])(?<!\bet al\.)(?<!\b[Rr]ef\.)(?<!\b[Rr]efs\.)[\"'”’»)]{0,2}"
    r"(?=\s(?P<said>\[[0-9]{1,4}\]"
    r"(?:(?:,\s?|\s)?(?:(?:and|or|&)\s)?\[[0-9]{1,4}\]){0,10}+\s)[a-z])"
    r"|(?=\s?\[[0-9]{1,4}\](?:によ(?:れば|ると)|では|에\s?(?:따르면|의하면)|['’]y?[ea]\sgöre"
    rf"|{SAYS_WIDE})))"
)
"""A stop before numbers that are words of the next sentence: "It fell. [3] says why.": the library
takes them for notes of the sentence before."""
_REFERENCE = later(r"\b[Rr]efs?\.(?:\s?\[[0-9,;\s–-]{1,40}\])?\Z")
_NUMBER = later(r"\s?\[?[0-9]")
"""A word that a number follows, and both: "in Ref. [3] (see also Refs. [4,5]) it is"."""
_WIDEST_REFERENCE = 48
"""Characters before a cut in which that word stands, with numbers behind it: by the pattern."""
_COUNTER_BEHIND = later(
    r"[.!?…](?<!\b[Rr]ef\.)(?<!\b[Rr]efs\.)[\"'”’»)]{0,2}(?=\s(?P<said>\[([0-9]{1,4})\]\s)[^\W\d_])"
)
"""A stop before a number that counts the next sentence: "[1] It fell. [2] It rose."."""
_SPOKEN = later(r"[?!.…][\"'”’»“«]\s*$")
"""How speech ends in the middle of a sentence: '"Was it avoidable?" she asked'."""
_CLOSING = "\"'”’»“«」』"
_OWN_SPELLING = later(
    r"[a-z]{1,3}-?[A-Z0-9]|[a-z]{2,30}[A-Za-z_:-]{0,30}[0-9]{4}|[a-z0-9-]{2,63}\.[a-z]{2}"
)
"""Names that keep a small letter at the head of a sentence: "iPhone", "p53", "bbc.com"."""
_DASHES = frozenset("—–")
_ASIDE_WITHIN = re.compile(r"\([^().!?\n]{1,40}\)\s(?:[+&]\s)?(?=[a-zß-öø-ÿα-ωа-яёєіїґ])")
"""Brackets behind a quotation, amid a sentence: '"Was it safe?" (Yes/No) and the year'."""
_FAR = 1_000
"""Characters from one counted sentence to the next in a block. Chosen; without a bound each would
look through all before it."""
_SOFT = re.compile(r"\s*+[a-zß-öø-ÿα-ωа-яёєіїґ,;:)\]%–—-]")
_LONGEST_QUOTE = 2_000
"""Characters of a quotation, from its end back to what opened it. Chosen, for the time; longer ones
are taken for closed."""


def cuts(
    prose: str,
    offset: int,
    markers: Sequence[int],
    sources: Sequence[tuple[int, int]],
    habits: Habits,
    most: int,
) -> set[int]:
    """Where sentences end, but for the last.

    Args:
        prose: A block that is more than `is_one` can say, or has sources.
        offset: Where it begins in the text.
        markers: Where its markers stand, links left out.
        sources: As `asides` gives them.
        habits: How the document is written.
        most: How many are looked for; beyond, some may be missing.
    """
    found: set[int] = set()
    for cut in boundaries(prose, habits):
        if len(found) > most:
            break
        end = cut
        while prose[end - 1].isspace():
            end -= 1
        if not _goes_on(prose, cut, end, markers, habits):
            found.add(end - 1 if prose[end - 1] in _MAY_OPEN and _opens(prose, end) else cut)
    for sign, pattern in habits.also:
        if sign in prose:
            ends = (match.end() for match in pattern.finditer(prose))
            found.update(
                [end - (prose[end - 1] == '"' and _begins_speech(prose, end)) for end in ends]
            )
    for subject in _subjects(prose) if "[" in prose else ():
        last = subject.end("said") if subject["said"] else prose.index("]", subject.end()) + 1
        found.difference_update(range(subject.end(), last + 2))  # with an apostrophe
        found.add(subject.end())
    found.update([end - offset for end in _within(habits.behind_letters, offset, prose)])
    found.update(_beside(markers, prose, habits.language))
    if habits.code:
        found = outside_code(found, offset, habits.code)
    if sources:
        found = _outside(found, sources)
    spoken = habits.spoken and may_have_speech(prose)
    found.difference_update(undivided(prose, found, spoken=spoken))
    found.difference_update(list(with_speakers(prose, found)))
    found.discard(len(prose))
    return found


def _subjects(prose: str) -> Iterator[re.Match[str]]:
    """Stops before numbers in brackets that are words of the next sentence, or count it."""
    yield from _SUBJECT.finditer(prose)
    for counter in _COUNTER_BEHIND.finditer(prose):
        if (
            prose.find(f"[{int(counter[2]) - 1}] ", max(0, counter.start() - _FAR), counter.start())
            >= 0
        ):
            yield counter


def _within(places: Sequence[int], offset: int, prose: str) -> Sequence[int]:
    """Those of the places of a text, in order, that are in a block or at its end."""
    if not places:
        return places
    begin = bisect_left(places, offset)
    return places[begin : bisect_right(places, offset + len(prose), begin)]


def _outside(found: set[int], sources: Sequence[tuple[int, int]]) -> set[int]:
    """The ends that are in no source, and where the sources end."""
    ordered = sorted(sources)
    starts = [start for start, _ in ordered]
    furthest = list(accumulate((end for _, end in ordered), max))
    kept = set()
    for cut in found:
        number = bisect_right(starts, cut)
        if not number or cut >= furthest[number - 1]:
            kept.add(cut)
    return kept | {end for _, end in ordered}


def _goes_on(prose: str, cut: int, end: int, markers: Sequence[int], habits: Habits) -> bool:
    """Whether a sentence goes on where the library cuts; its last character is before `end`."""
    first = prose[cut]
    small = is_small(first)
    if end == cut:
        last = prose[cut - 1]
        if first in ",;:" or (last in ".!?:" and not first.isspace()):
            return True
        if first in _DASHES and is_small(prose[cut + 1 : cut + 2]):
            return True  # '"It fell."—unless it rose'
        if small and last in "'’":
            return True  # the ending of a short word: "Öztürk vd.'nin"
        if "가" <= first <= "힣" and _SPOKEN.search(prose, max(0, cut - 6), cut):
            return True  # '"비싸다."고 말했다': a particle says that it was said
    if (small or first.isspace()) and _speaks_on(prose, cut):
        return True
    if first == "(" and prose[end - 1] in _CLOSING and _ASIDE_WITHIN.match(prose, cut):
        return True
    if small and not habits.small and not _may_be_small(prose, cut, end, markers):
        return True
    last = prose[end - 1]
    if _names_reference(prose, end) or (last == "." and cites_case(prose, cut, end)):
        return True
    return last in ".)" and goes_on_behind(prose, cut, end, habits.language)


def _names_reference(prose: str, end: int) -> bool:
    """Whether a word for a reference ends there before its number, or the number that it governs.

    "He blamed the ref. The crowd booed" is of a game.
    """
    last = prose[end - 1]
    if last not in ".]" or (last == "." and prose[end - 2] not in "fs"):
        return False  # most stops
    begin = max(0, end - _WIDEST_REFERENCE)
    if last == "." and not (
        prose.endswith(("ef.", "efs."), begin, end) and _NUMBER.match(prose, end)
    ):
        return False
    found = prose.find("ef", begin, end) >= 0
    return found and _REFERENCE.search(prose, begin, end) is not None


def _may_be_small(prose: str, cut: int, end: int, markers: Sequence[int]) -> bool:
    """Whether a sentence can begin with a small letter: behind a quotation, a marker or a line."""
    if prose[end - 1] in _CLOSING or "\n" in prose[end:cut] or _OWN_SPELLING.match(prose, cut):
        return True
    place = bisect_left(markers, end)
    marked = place < len(markers) and markers[place] <= cut
    return marked and not and_others(prose, end)


_MAY_OPEN = frozenset("""“”«»「『„"'‘’‚‹›""")
_LOW = {"“": "„", "‘": "‚"}
"""What opens a quotation that this mark closes, where a text has it."""


def _begins_speech(prose: str, end: int) -> bool:
    """Whether a straight mark before `end`, behind a wide stop, opens what follows.

    So it does where an even number stands before it.
    """
    return len(prose) <= STRETCH and prose.count('"', 0, end - 1) % 2 == 0


def _opens(prose: str, end: int) -> bool:
    """Whether the last character before `end` is a quotation mark that opens the next sentence."""
    last = prose[end - 1]
    if last == '"' and prose[end - 2 : end - 1] in WIDE_STOPS:
        return _begins_speech(prose, end)
    low = _LOW.get(last)
    if low and low in prose:  # "„So“" is closed by what opens elsewhere
        begin = max(0, end - _LONGEST_QUOTE)
        return prose.rfind(low, begin, end) <= prose.rfind(last, begin, end - 1)
    if last in """\"”»›'’""":
        # Swedish, Finnish and German open with what others close by: a word follows right behind.
        glued = last == '"' or not prose[end].isspace()
        return glued and prose[max(0, end - 2)].isspace()
    if last in "«‹" and not prose[max(0, end - 2)].isspace():
        return False  # "»So.« Er": right behind a stop it closes
    return last in "“«「『„‘‚‹"


def _beside(markers: Sequence[int], prose: str, language: str | None) -> Iterator[int]:
    """Sentence ends that markers show: a stop right before one, or right behind one."""
    for at in markers:
        if not prose[at - 1 : at].isalnum() and _ends_here(prose, at, language):
            yield at
        stop = _STOPS_BEHIND.match(prose, at) if prose[at : at + 1] in _STOPS else None
        if stop and _begins(prose, stop.end(), apart=bool(stop["space"])):
            yield stop.end("stop")


def _begins(prose: str, at: int, *, apart: bool) -> bool:
    """Whether a sentence may begin so; without a space behind the stop, only with a capital."""
    letter = prose[at]
    if apart and is_small(letter):
        return prose.startswith("doi:10.", at) or _OWN_SPELLING.match(prose, at) is not None
    return apart or letter.isupper()


def _ends_here(prose: str, at: int, language: str | None) -> bool:
    """Whether a marker at `at` stands behind a stop and before what can begin a sentence.

    Brackets that are no marker belong to the sentence before them.
    """
    last = prose[at - 1 : at]
    if last not in _PLAIN_STOPS:
        ranked = last == "]" and _RANKED.search(prose, max(0, at - _WIDEST_RANK), at)
        if not ranked and not STOPPED.search(prose, max(0, at - 6), at):
            return False
    if _names_reference(prose, at):
        return False
    if at >= len(prose):
        return True
    soft = _SOFT.match(prose, at)
    named = soft and prose[at].isspace() and _OWN_SPELLING.match(prose, soft.end() - 1)
    if soft and (not named or _is_short(prose, soft.end() - 1, at, language)):
        return False
    return prose[at] != "[" or not _NOTES.match(prose, at)


def _is_short(prose: str, cut: int, end: int, language: str | None) -> bool:
    """Whether the stop before a marker is of an abbreviation: "approx. [3] mRNA copies"."""
    return and_others(prose, end) or goes_on_behind(prose, cut, end, language)


def _speaks_on(prose: str, cut: int) -> bool:
    """Whether a cut parts speech from the words that say whose it is."""
    rest = prose[cut : cut + 4].lstrip()
    if _OWN_SPELLING.match(prose, cut):
        return False
    return is_small(rest[:1]) and bool(_SPOKEN.search(prose, max(0, cut - 6), cut))
