"""One block -> where its sentences end.

A library knows the stops and most abbreviations; what citations say about sentence ends is added
here: a marker behind a stop ends the sentence before it, whatever follows.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from sentencex import segment

from ledger.document import Document
from ledger.letters import beyond_ascii, is_small
from ledger.patterns import later
from ledger.split.abbreviations import and_others, begun_behind_letters, goes_on_behind
from ledger.split.small_letters import begins_small
from ledger.split.speech import speech_in, undivided

STOPPED = re.compile(r"[.!?…。！？।؟۔։።။។៕][)\]\"'”“’»）】」』]*$")
_WIDE_STOPS = "。！？；｡។៕"
_WIDE_TAIL = f'[{_WIDE_STOPS}]*+[”’」』）)"]*+'
"""They need no space behind them (Chinese, Japanese, Khmer); the semicolon parts whole clauses."""
_QUOTES = '"“”„«»「」『』'
"""The library never ends a sentence inside quotation marks; a quotation has sentences, too."""
_ROUND_COUNTER = re.compile(r"\(([0-9]{1,3}|[A-Za-z]|[ivx]{2,4})\)(?=\s)")
"""Where a sentence begins with one, the library does not see its end; in one it sees ends that are
none: "The plan names (1) Costs, (2) Time"."""
_ASIDE_END = later(r"\(([^().!?\n]{1,80}\s[0-9]{1,3}|[^()\n]{2,80}\s[12][0-9]{3})\)(?=\s)")
"""Brackets that end with a number: "3 (children 2) euros", "(Roe et al., 2017)" count nothing."""
_BRACKETED = re.compile(
    r"\((?:(?<=^\()|(?<=[.!?…] \())[^()\n]{10,2000}[.!?…][\"'”’»]{0,2}\)(?=\s+[^\W\d_a-z])"
)
"""A whole sentence in brackets: the library never ends one inside of them."""
_STOPS = frozenset(".!?…")
_STOPS_BEHIND = later(r"(?P<stop>[.!?…][)\"'”’»“«]{0,2})(?P<space>\s*+)(?=[^\W\d_])")
"""A stop right behind a marker ends a sentence, behind a unit, too: "by 2 m [3]. It"."""
_NOTES = re.compile(r"(?:\[[^\[\]\n]{1,40}\]){1,6}(?=\s|$)")
"""Brackets that are no markers behind one: "fell.[2][note 1] It"."""
_NOTED = re.compile(r"[.!?…][\"'”’»]{0,2}(?:\[[^\[\]\n]{1,40}\]){1,6}(?=\s+[^\W\d_a-z])")
"""Brackets that are no markers, glued behind a stop: "fell.[a] It", "fell.[citation needed] It"."""
SURENESS = r"\b(?:confidence|confirmed|(?:un)?verified|likely|inferred|high|medium|low)\b"
RANK = rf"\[(?:(?-i:[A-Z][A-Z /_-]{{2,24}})|(?=[^\[\]\n]{{0,30}}{SURENESS})[^\[\]\n]{{1,40}})\]"
"""How sure a sentence is, or what kind of claim: "[HIGH]", "[FACT]", "[unverified]"."""
_RANKED = later(rf"[.!?…。！？][\"'”’»)]{{0,2}}\s{{0,3}}{RANK}\s?\Z", re.I)
"""What a marker behind such a remark closes, too: "It fell. [FACT] [1] Rents rose."."""
_WIDEST_RANK = 48
_SUBJECT = later(
    r"(?:(?<!\bet al)\.|[!?…])[\"'”’»)]{0,2}(?=\s(?P<said>\[[0-9]{1,4}\]"
    r"(?:(?:,\s?|\s)?(?:(?:and|or|&)\s)?\[[0-9]{1,4}\]){0,10}+\s)[a-z])"
    r"|[.!?…。！？](?=\s?\[[0-9]{1,4}\](?:によ(?:れば|ると)|では|에\s?(?:따르면|의하면)|['’]y?[ea]\sgöre))"
)
"""A stop before numbers that are words of the next sentence: "It fell. [3] says why.": the library
takes them for notes of the sentence before."""
_COUNTER_BEHIND = later(r"[.!?…][\"'”’»)]{0,2}(?=\s(?P<said>\[([0-9]{1,4})\]\s)[^\W\d_])")
"""A stop before a number that counts the next sentence: "[1] It fell. [2] It rose."."""
_SIGNED = later(r"(?<=[.!?…”’\"])[*†‡]{1,3}(?=\s+[^\W\d_a-z])")
"""The sign of a note that is no marker, behind a stop: "consultants.* It"."""
_MAY = later(r"(?<![\w.])May\.[\"'”’»)]{0,2}(?=\s+[\"“‘(]?[^\W\d_a-z])")
"""A month that nobody shortens, although the library thinks so: "It rose in May. Wages fell."."""
_AND_SO_ON = later(r"\b(?:etc|v\.v|vb)\.[\"'”’»)]{0,2}(?=\s+[\"“«]?[^\W\d_a-zß-öø-ÿ])")
"""The last of a row, before a capital letter: "Peras, etc. El precio"."""
_ALSO = (
    ("May.", _MAY),
    ("etc.", _AND_SO_ON),
    ("v.v.", _AND_SO_ON),
    (" vb.", _AND_SO_ON),
    *((stop, re.compile(f"{stop}{_WIDE_TAIL}")) for stop in _WIDE_STOPS),
    ("(", _BRACKETED),
    ("[", _NOTED),
    ("*", _SIGNED),
    ("†", _SIGNED),
    ("‡", _SIGNED),
)
"""Ends that the library does not see, each with a character that it cannot do without."""
_SIGNS = [sign for sign in (*_QUOTES, *(each[0] for each in _ALSO)) if sign.isascii()]
_SPOKEN = later(r"[?!.…][\"”’»“«]\s*$")
"""How speech ends in the middle of a sentence: '"Was it avoidable?" she asked'."""
_CLOSING = "\"'”’»“«」』"
_OWN_SPELLING = later(
    r"[a-z]{1,3}-?[A-Z0-9]|[a-z]{2,30}[A-Za-z_:-]{0,30}[0-9]{4}|[a-z0-9-]{2,63}\.[a-z]{2}"
)
"""Names that keep a small letter at the head of a sentence: "iPhone", "p53", "bbc.com"."""
_DEFAULT_LANGUAGE = "en"
_NEIGHBOURS = {"da": "no", "ca": "es"}
"""Languages for which the library takes 0.2 ms for each stop, a hundred times what it takes for
others, and another that ends sentences so; their abbreviations are known in `abbreviations`."""
_INERT = re.compile(
    r"[ \"-)+,\-/->@-~\u00a0-\u0233\u0370-\u0482\u048a-\u0556\u2010-\u201f\u2070-\u20bf"
    r"\u2190-\u22ff\u3001\u3005-\u3029\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff08-\uff0c\uff10-\uff1a]*+"
)
"""Characters of widespread scripts at which the library ends no sentence, nor anybody else here: no
stop, no bullet, no sign of a note. A bracket may close a counter."""
_OTHER_STOPS = frozenset(("el", "hy", "hyw", "pnt"))
"""Languages in which a colon or a semicolon ends sentences."""
_FAR = 1_000
_LONGEST_COUNTER = 24
_ROMAN = frozenset("ivxlcdmIVXLCDM")
_SOFT = re.compile(r"\s*+[a-zß-öø-ÿα-ωа-яёєіїґ,;:)\]%–—-]")
_LONGEST_QUOTE = 2_000
_STRETCH = 20_000
"""Characters the library gets at once: it needs quadratic time where no white space is."""


class Habits(NamedTuple):
    """How a document is written: what its blocks need not be searched for, one after another.

    Attributes:
        language: ISO 639-1; None when not known.
        small: Whether its sentences begin with small letters, too.
        spoken: As `speech_in` gives it.
        quotes: The quotation marks in it.
        also: The patterns of `_ALSO` that it may match.
        behind_letters: As `begun_behind_letters` gives them.
    """

    language: str | None
    small: bool
    spoken: Sequence[int]
    quotes: Sequence[str]
    also: Sequence[tuple[str, re.Pattern[str]]]
    behind_letters: Sequence[int]


def habits_of(document: Document) -> Habits:
    """How a document is written; linear in its text."""
    text = document.text
    signs = beyond_ascii(text) + "".join(sign for sign in _SIGNS if sign in text)
    return Habits(
        document.language,
        begins_small(document),
        list(speech_in(text)),
        [sign for sign in _QUOTES if sign in signs],
        [each for each in _ALSO if each[0] in signs],
        sorted(begun_behind_letters(text, document.language)),
    )


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
    library = _boundaries if len(prose) > _STRETCH else _ends
    for cut in library(_unquoted(prose, habits.quotes), habits.language or _DEFAULT_LANGUAGE):
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
            found.update([end - 1 if _begins_speech(prose, end) else end for end in ends])
    for subject in _subjects(prose) if "[" in prose else ():
        last = subject.end("said") if subject["said"] else prose.index("]", subject.end()) + 1
        found.difference_update(range(subject.end(), last + 2))  # with an apostrophe
        found.add(subject.end())
    found.update([end - offset for end in _within(habits.behind_letters, offset, prose)])
    found.update(_beside(markers, prose))
    if sources:
        found = _outside(found, sources)
    spoken = bool(_within(habits.spoken, offset, prose))
    found.difference_update(undivided(prose, found, spoken=spoken))
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


def is_one(prose: str, language: str | None, *, marked: bool) -> bool:
    """Whether a block has no stop but at its end, and no counter, as most items and cells.

    Args:
        prose: The block.
        language: As in `Habits`.
        marked: Whether it has markers or links: behind a stop they end a sentence anywhere.
    """
    last = len(prose) - 1
    if ")" in prose and _has_counter(prose):
        return False
    if prose.isascii():
        if "\n" in prose or "*" in prose:
            return False
        if prose.find("?", 0, last) >= 0 or prose.find("!", 0, last) >= 0:
            return False
        at = prose.find(".", 0, last)
    else:
        at = _inert_from(prose, 0)
        if language in _OTHER_STOPS:
            return False
    while 0 <= at < last:
        if marked or prose[at] != "." or not prose[at + 1].isalnum():
            return False
        at = prose.find(".", at + 1, last) if prose.isascii() else _inert_from(prose, at + 1)
    return True


def _inert_from(prose: str, at: int) -> int:
    """Where the characters end at which no sentence ends."""
    inert = _INERT.match(prose, at)
    return inert.end() if inert else at


def _has_counter(prose: str) -> bool:
    """Whether a bracket may close a counter: a number, a letter, or a Roman number."""
    if "\t" in prose:
        return True
    at = prose.find(")")
    while at >= 0:
        furthest = max(0, at - _LONGEST_COUNTER)
        word = prose[prose.rfind(" ", furthest, at) + 1 or furthest : at].removeprefix("(")
        if word.isdigit() or len(word) == 1 or _ROMAN.issuperset(word):
            return True
        at = prose.find(")", at + 1)
    return False


def _unquoted(bare: str, quotes: Sequence[str]) -> str:
    """A block as the library gets it, as long as it is: without quotes and rounded counters."""
    for sign in quotes:
        if sign in bare:
            bare = bare.replace(sign, " ")
    if "(" in bare:
        bare = _ASIDE_END.sub(r"X\1X", _ROUND_COUNTER.sub(r"X\1X", bare))
    return bare


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
    if end == cut and prose[cut - 1] in ".!?:" and not first.isspace():
        return True
    if end == cut and prose[cut - 1] in "'’" and is_small(first):
        return True  # the ending of a short word: "Öztürk vd.'nin"
    if end == cut and "가" <= first <= "힣" and _SPOKEN.search(prose, max(0, cut - 6), cut):
        return True  # '"비싸다."고 말했다': a particle says that it was said
    if (is_small(first) or first.isspace()) and _speaks_on(prose, cut):
        return True
    if is_small(first) and not habits.small and not _may_be_small(prose, cut, end, markers):
        return True
    return prose[end - 1] in ".)" and goes_on_behind(prose, cut, end, habits.language)


def _may_be_small(prose: str, cut: int, end: int, markers: Sequence[int]) -> bool:
    """Whether a sentence can begin with a small letter: behind a quotation, a marker or a line."""
    if prose[end - 1] in _CLOSING or "\n" in prose[end:cut] or _OWN_SPELLING.match(prose, cut):
        return True
    place = bisect_left(markers, end)
    marked = place < len(markers) and markers[place] <= cut
    return marked and not and_others(prose, end)


_MAY_OPEN = frozenset('“”«»「『„"')


def _begins_speech(prose: str, end: int) -> bool:
    """Whether a straight mark behind a wide stop opens what follows: so many stand before it."""
    if prose[end - 1] != '"' or len(prose) > _STRETCH:
        return False
    return prose.count('"', 0, end - 1) % 2 == 0


def _opens(prose: str, end: int) -> bool:
    """Whether the last character before `end` is a quotation mark that opens the next sentence."""
    last = prose[end - 1]
    if last == '"' and prose[end - 2 : end - 1] in _WIDE_STOPS:
        return _begins_speech(prose, end)
    if last == "“" and "„" in prose:  # "„So“" is closed by what opens elsewhere
        begin = max(0, end - _LONGEST_QUOTE)
        return prose.rfind("„", begin, end) <= prose.rfind("“", begin, end - 1)
    if last in '"”»':
        # Swedish, Finnish and German open with what others close by: a word follows right behind.
        glued = last == '"' or not prose[end].isspace()
        return glued and prose[max(0, end - 2)].isspace()
    if last == "«" and not prose[max(0, end - 2)].isspace():
        return False  # "»So.« Er": right behind a stop it closes
    return last in "“«「『„"


def _beside(markers: Sequence[int], prose: str) -> Iterator[int]:
    """Sentence ends that markers show: a stop right before one, or right behind one."""
    for at in markers:
        if not prose[at - 1 : at].isalnum() and _ends_here(prose, at):
            yield at
        stop = _STOPS_BEHIND.match(prose, at) if prose[at : at + 1] in _STOPS else None
        if stop and _begins(prose[stop.end()], apart=bool(stop["space"])):
            yield stop.end("stop")


def _begins(letter: str, *, apart: bool) -> bool:
    """Whether a sentence may begin so; without a space behind the stop, only with a capital."""
    return not is_small(letter) if apart else letter.isupper()


def _boundaries(prose: str, language: str) -> Iterator[int]:
    """Where the library ends sentences, but for the last.

    It gets a long block in stretches, cut at white space.
    """
    begin = 0
    while len(prose) - begin > _STRETCH:
        end = begin + _STRETCH
        end = max(prose.rfind(" ", begin, end), prose.rfind("\n", begin, end)) + 1 or end
        yield from (begin + cut for cut in _ends(prose[begin:end], language))
        if _is_stopped(prose[max(begin, end - 8) : end]):
            yield end
        begin = end
    yield from (begin + cut for cut in _ends(prose[begin:], language))


def _ends(prose: str, language: str) -> list[int]:
    """Where the library ends sentences of a block that is not long, but for the last."""
    neighbour = _NEIGHBOURS.get(language, language)
    return list(accumulate(map(len, segment(neighbour, prose)[:-1])))


def _is_stopped(text: str) -> bool:
    return bool(STOPPED.search(text.rstrip()))


def _ends_here(prose: str, at: int) -> bool:
    """Whether a marker at `at` stands behind a stop and before what can begin a sentence.

    Brackets that are no marker belong to the sentence before them.
    """
    ranked = prose[at - 1 : at] == "]" and _RANKED.search(prose, max(0, at - _WIDEST_RANK), at)
    if not ranked and not STOPPED.search(prose, max(0, at - 6), at):
        return False
    return not _SOFT.match(prose, at) and not _NOTES.match(prose, at)


def _speaks_on(prose: str, cut: int) -> bool:
    """Whether a cut parts speech from the words that say whose it is."""
    rest = prose[cut : cut + 4].lstrip()
    if _OWN_SPELLING.match(prose, cut):
        return False
    return is_small(rest[:1]) and bool(_SPOKEN.search(prose, max(0, cut - 6), cut))
