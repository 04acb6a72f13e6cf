"""Clean text -> findings: what an editor would circle in red before looking at any source."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest

from ledger.document import Block, Finding, Mention
from ledger.extract.doubts import DOUBTS
from ledger.extract.markers.authored import are_surely_works, works_in_brackets
from ledger.extract.markers.code_spans import CODE
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.keys import dated_keys_in, is_key
from ledger.extract.markers.numbers import CLOSE, NUMBERS, OPEN
from ledger.extract.markers.place import PLACE, SOURCE
from ledger.extract.markers.rounded import counted_rounded
from ledger.extract.mixed_scripts import mixed_scripts
from ledger.letters import WIDE, beyond_ascii
from ledger.patterns import later

_EMPTY = r"(?<!\w.)(?<![=:({[\]].)(?<![=:] .)[ ,;]{0,3}[\]］】〕](?=[\s.,;:!?)。，；]|$)"
_LOST = (
    (" .", re.compile(r" \.(?<=[^\W_] \.)(?=\s|$)")),
    (" ,", later(r" ,(?<=[^\W_] ,)(?=\s|$)")),
    *((sign, re.compile(rf"\{sign}{_EMPTY}")) for sign in "[［【〔"),
    ("(", re.compile(r"\((?<![\w\])>*]\() ?\)")),
)
"""A space before a stop, a pair of empty brackets that is no call and no empty list of a program;
apart, since each alone is searched faster, and only where its sign is."""
_OF_FORMULA = later(
    r"(?:(?<![^\W_])(?:[^\W\d_]|(?!in|it|an|at|am|an|on|en|un|up|im|em|um|ai|i[ijkmnpt])[^\W\d_][ijkmnpt]"
    r"|[^\W\d_]\s?[0-9]|[^\W_]{0,3}[\u0391-\u03c9][^\W_]{0,3})[′’']?"
    r"|[=∼≈≤≥<>|{}+−∈∞\u0300-\u036f]\s?[^\W_]{0,4}|[\[(]\s?[-−]?[0-9.]{1,10})\Z"
)
"""A variable or a number of a formula, which is set apart from the sign behind it: "τ 2 ."."""
_LEADERS = " ."
"""Dots that lead to the number of a page."""
_REMARK = later(r"\[([A-Za-z][A-Za-z ?-]{2,40})\]")
_STOPPED = later(r"[.!?…:;。！？：；।؟۔][)\]\"'”’“‘»«）】」』]*$")
_STOPS = frozenset(".!?…:;。！？：；।؟۔")
_FORMULA_ENDS = frozenset(("$$", "\\]"))
_ENVIRONMENT = 24
"""Characters before the end of a paragraph in which its environment of LaTeX is closed:
"\\end{displaymath*}"."""
_ASIDE = later(
    r"(?:\s|(?<=[.!?。！？])|(?<=[。！？][\"”」』]))"
    r"(?:\([^()\n]{1,200}\)|（[^（）\n]{1,200}）|\[[^\[\]\n]{1,200}\])$"
)
"""Cited names in brackets, behind the stop."""
_IN_BRACKETS = later(rf"{OPEN}{NUMBERS}{PLACE}?{CLOSE}")
_NAME_AND_YEAR = later(r"[,，]\s?(?:1[5-9]|20)[0-9]{2}")
_SURNAME = (
    rf"(?:{WIDE}{{2,4}}等?|[^\W\d_a-z][^\W\d_A-Z]{{2,24}}(?:[-'’][^\W\d_a-z][^\W\d_A-Z]{{1,24}})?)"
)
_AUTHOR_AND_YEAR = later(
    rf"[(（;；]\s?{_SURNAME}(?:(?:\s(?:&|and|und|et|y|e)|,)\s{_SURNAME}){{0,3}}(?:\set\sal\.?)?"
    r"[,，]\s?(?:1[5-9]|20)[0-9]{2}"
)
"""The same of what may be an author: not "(MLOps, 2023)", "(project, 2025)" or "(US, 2024)"."""
_CASE = later(
    r"(?<![\w.])[0-9]{1,4}\s(?:U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:[234](?:d|th)|Supp\.(?:\s?[23]d)?)"
    r"|[A-Z][A-Za-z.]{0,6}\.\s?[234](?:d|th))\s[0-9]{1,5}(?![\w])"
    r"|\[(?:1[89]|20)[0-9]{2}\]\s(?:[0-9]{1,2}\s)?[A-Z]{2,6}(?:\s[A-Z][a-z]{1,4})?\s[0-9]{1,5}(?![\w])"
)
"""A case by where it is printed: "123 F.3d 456", "[1932] AC 562"."""
_CASE_SIGNS = (" U.S. ", " U. S. ", " S. Ct. ", " F. Supp. ", "d ", "th ", "] ")
_FEWEST_CASES = 2
"""Cases of which a finding tells: one may be named in passing."""
_SHOWN = 5
"""Of the things that a finding counts, so many are shown."""
_HIDES = later(r"[^+]\s?\+\s?[0-9]{1,2}\Z")
"""How the words of a link end that count further sources."""
_FEWEST_WORKS = 3
"""A film or a treaty has its year in brackets now and then."""
_FEWEST_KEYS = 2
"""Different keys of which a finding tells, where none is listed: one may be a remark."""
_MOST_WORKS = 500
"""That are counted; no text without a list has as many."""
_NAMES_SOURCES = later(rf"(?:[Dd]ata |[Kk]ey |[Mm]ain |[Pp]rimary )?{SOURCE}\s?[:：]")
"""A line of sources, which ends with a name: "Sources: https://…; Dam Board"."""
_PARTED, _LONGEST_NAME = later(r"[;,:：]"), 8
"""What parts such names, and how many words one has: else a sentence breaks off there."""
_SENTENCE_LENGTH = 60
"""A paragraph shorter than this may be a caption or a name: only longer ones must end."""


def notice(
    text: str,
    blocks: Sequence[Block],
    mentions: Sequence[Mention],
    code: Sequence[tuple[int, int]] = (),
) -> tuple[Finding, ...]:
    """Findings about the text itself, in reading order. Never raises.

    `code` is where code within its sentences is, in order: "`[]` is a list" has lost nothing.
    """
    prose = [b for b in blocks if b.role not in ("code", "heading", "furniture")]
    found = [
        *_lost_citations(text, prose, mentions, [begin for begin, _ in code]),
        *_unterminated(text, blocks, {mention.at for mention in mentions}),
        *_doubts(text),
    ]
    found.extend(mixed_scripts(text, prose))
    return tuple(sorted(found, key=lambda finding: finding.at or 0))


def _lost_citations(
    text: str, prose: Sequence[Block], mentions: Sequence[Mention], code: Container[int]
) -> Iterator[Finding]:
    """A space or bracket left where a marker was stripped; only texts that cite can lose one."""
    if not mentions:
        return
    starts = [block.start for block in prose]
    places = {mention.at for mention in mentions}
    beyond = beyond_ascii(text)
    for sign, pattern in _LOST:
        for match in pattern.finditer(text) if sign in (text if sign.isascii() else beyond) else ():
            number = bisect_right(starts, match.start()) - 1
            if number < 0 or match.start() >= prose[number].end:
                continue
            if text.startswith(_LEADERS, match.end()) or match.start() in code:
                continue
            if sign[0] == " " and not places.isdisjoint((match.start(), match.end())):
                continue  # the one that stands there
            if sign[0] == " " and _OF_FORMULA.search(
                text, max(0, match.start() - 16), match.start()
            ):
                continue
            around = text[max(starts[number], match.start() - 40) : match.end()]
            yield Finding(
                code="citation-lost",
                detail=f"a citation seems to have been stripped here: “…{around}”",
                at=match.start(),
            )


def _doubts(text: str) -> Iterator[Finding]:
    """Remarks of editors that were copied along with their article.

    One word alone is none: "[fact]" says what kind of claim it is, "[who]" what was left out.
    """
    for match in _REMARK.finditer(text):
        code = DOUBTS.get(match[1].casefold())
        if code is not None and not (match[1].isalpha() and match[1] != "dubious"):
            detail = f"the text itself remarks here: {match[0]}"
            yield Finding(code=code, detail=detail, at=match.start())


def _numbers_in(text: str, source: Sequence[str]) -> list[str]:
    """Numbers in brackets in a text, but for those of code within its lines."""
    numbers = _IN_BRACKETS.findall(text)
    ticked = "\n".join(line for line in source if "`" in line) if numbers else ""
    in_code = Counter(chain(*(_IN_BRACKETS.findall(code[2]) for code in CODE.finditer(ticked))))
    found = []
    for number in numbers:
        if in_code[number]:
            in_code[number] -= 1
        else:
            found.append(number)
    return found


def kept_as_words(
    text: str, evidence: Evidence, mentions: Sequence[Mention], source: Sequence[str] = ()
) -> Iterator[Finding]:
    """That what may be citations was read as words, since no list has anything like it.

    Args:
        text, evidence, mentions: As they were read.
        source: The lines as they were written, where code is marked: its numbers count places.
    """
    numbers = [] if evidence.placed else _numbers_in(text, source)
    marked = any(mention.labels for mention in mentions)
    if not (numbers or marked or evidence.listed):
        numbers = [f"({label})" for label in counted_rounded(text)]
    if numbers:
        yield Finding(
            code="numbers-kept", detail=_kept("number in brackets", "numbers in brackets", numbers)
        )
    linked = [mention.at for mention in mentions if mention.anchor]
    marked_at = {mention.at for mention in mentions if mention.labels}
    works = [
        found[0]
        for found in islice(works_in_brackets(text), _MOST_WORKS)
        if bisect_right(linked, found.start()) == bisect_right(linked, found.end())
        and found.end() not in marked_at  # "(Roe, 2019)[1]": the marker cites it
    ]
    many = len(works) >= _FEWEST_WORKS and any(map(are_surely_works, works))
    if evidence.authored:  # "(May 2021)" is a day in any text
        works = [work for work in works if _NAME_AND_YEAR.search(work)]
    elif not many:
        works = [work for work in works if _AUTHOR_AND_YEAR.search(work)]
    if many or (works and evidence.listed):
        yield Finding(
            code="works-kept",
            detail=_kept("name with a year in brackets", "names with years in brackets", works),
        )
    # Where it has markers, its notes have the cases.
    signed = not marked and any(map(text.__contains__, _CASE_SIGNS))
    cases = _cases_in(text, linked) if signed else []
    if len(cases) >= _FEWEST_CASES:
        yield Finding(code="cases-kept", detail=_kept("case of a court", "cases of courts", cases))
    keys = [*islice(dated_keys_in(text), _MOST_WORKS)] if "[" in text else []
    if len(set(keys)) >= _FEWEST_KEYS or (keys and any(map(is_key, evidence.listed))):
        yield Finding(code="keys-kept", detail=_kept("key in brackets", "keys in brackets", keys))


def hidden_sources(chips: Iterable[str]) -> Iterator[Finding]:
    """That what shows one source hides others, whose pages the text does not have: "Herald+2".

    Args:
        chips: The words of links in the text.
    """
    hiding = [chip for chip in chips if _HIDES.search(chip)]
    if not hiding:
        return
    count = sum(int(chip.rpartition("+")[2]) for chip in hiding)
    some = ", ".join(dict.fromkeys(hiding[:_SHOWN]))
    more = " …" if len(hiding) > _SHOWN else ""
    what = f"sources hidden behind others: {count:,} ({some}{more})"
    yield Finding(code="text-left-out", detail=what)


def without_code(text: str, blocks: Sequence[Block]) -> str:
    """A text of the same length in which blocks of code are blank."""
    if not any(block.role == "code" for block in blocks):
        return text
    kept: list[str] = []
    at = 0
    for block in blocks:
        if block.role == "code":
            kept += (text[at : block.start], " " * (block.end - block.start))
            at = block.end
    return "".join((*kept, text[at:]))


def _cases_in(text: str, linked: Sequence[int]) -> list[str]:
    """The cases that a text names by where they are printed, but for those that are links."""
    return [
        found[0]
        for found in islice(_CASE.finditer(text), _MOST_WORKS)
        if bisect_right(linked, found.start()) == bisect_right(linked, found.end())
    ]


def _kept(one: str, several: str, kept: Sequence[str]) -> str:
    some = ", ".join(dict.fromkeys(kept[:_SHOWN]))
    more = " …" if len(kept) > _SHOWN else ""
    count = f"{len(kept)} or more" if len(kept) == _MOST_WORKS else len(kept)
    what = f"{one} was" if len(kept) == 1 else f"{several} were"
    return f"{count} {what} read as words: {some}{more}"


def _unterminated(
    text: str, blocks: Sequence[Block], cited_at: Container[int]
) -> Iterator[Finding]:
    """Paragraphs that break off; one whose last words are its source, or cited, is whole."""
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.role != "paragraph" or block.end - block.start < _SENTENCE_LENGTH:
            continue
        if text[block.end - 1] in _STOPS or "\u0e00" <= text[block.end - 1] < "\u0f00":
            continue  # no stop ends a sentence in Thai and Lao
        if block.end in cited_at or _ends_with_a_formula(text, block):
            continue
        if _is_picture(text[block.end - 1]):
            continue
        if following is not None and following.role in ("item", "row", "cell", "code"):
            continue
        ending = text[max(block.start, block.end - 240) : block.end]
        if _NAMES_SOURCES.match(text, block.start, block.end):
            last = _PARTED.split(text[block.start : block.end])[-1]
            if len(last.split()) <= _LONGEST_NAME:
                continue
        if not any(_STOPPED.search(end[-12:]) for end in (ending, _ASIDE.sub("", ending))):
            ending = text[max(block.start, block.end - 40) : block.end]
            yield Finding(
                code="unterminated-sentence",
                detail=f"the paragraph ends without a stop, text may be missing: “…{ending}”",
                at=block.end,
            )


def _ends_with_a_formula(text: str, block: Block) -> bool:
    """Whether a paragraph ends with a formula: at "$$", or as an environment that is all of it."""
    if text[block.end - 2 : block.end] in _FORMULA_ENDS:
        return True
    ending = text[max(block.start, block.end - _ENVIRONMENT) : block.end]
    return text.startswith("\\begin{", block.start) and "\\end{" in ending


def _is_picture(char: str) -> bool:
    """Whether a character is a picture, which some set behind their last stop: "They fell. 🚀"."""
    return "\u2600" <= char <= "\u27bf" or char in "\u2b50\ufe0f" or char >= "\U0001f000"
