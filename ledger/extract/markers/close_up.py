"""Text with a stand-in for each marker -> the text without them, and where each one stood.

With the stand-ins goes the space, or the pair of brackets, that only served them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ledger.extract.markers.joined import join
from ledger.extract.markers.place import AND, LEAD, SOURCE
from ledger.extract.markers.worded import SOURCE_IN_WORDS
from ledger.forms import Form
from ledger.letters import POINTS_TO_SOURCES, WIDE
from ledger.patterns import later

CUT, LINK = "\ufdd0", "\ufdd1"
"""Stand-ins: for a marker, and for a link whose words stay before it. Two Unicode noncharacters:
never legal in text, so they can stand in for what is cut out."""
_AND_OR = rf"(?:{AND}|or|oder|ou|o|eller|или|або|lub|veya)"
_CUTS = (
    rf"(?:[\s,;，；、·•]{{0,4}}{CUT}|[)\]](?:\s?[,;])?\s?[(\[]{CUT}(?=[)\]])"
    rf"|\s{{0,2}}(?:{_AND_OR}|[/+])\s{{0,2}}{CUT}"
    rf"(?=(?:\s{{1,2}}{_AND_OR}\s{{1,2}}{CUT}){{0,9}}(?:\s{{0,2}}(?:[.,;:!?)…。，；]|$)|\s{{1,2}}[^\W\d_a-z]|{WIDE})))*"
    r"(?P<tail>\s{0,8})(?P<close>(?:\.(?=[)）]))?[)）\]〕]?)"
)
_RUN = later(rf"[{CUT}{LINK}](?:(?<={LINK})|{_CUTS})")
_RUN_UNLINKED = later(CUT + _CUTS)
"""The same in a text without links: one character is found faster than one of two."""
_CHECKED = (
    r"(?i:(?:source[- ])?(?:verified|confirmed|cited)|verificad[oa]|confirmad[oa]|verifiziert"
    r"|bestätigt|belegt|vérifiée?|confirmée?|verificat[oa]|confermat[oa]|подтверждено|проверено)"
    r"|已验证|已核实|已证实|已驗證|已證實|확인됨?|검증됨?"
)
"""What says that somebody looked at the source behind it."""
_CALLS = rf"(?:{SOURCE}|[Ee]vidence|[Rr]efs?\.?|[Cc]itations?|[Rr]eferences?|{_CHECKED})\s?[:：]"
_SAID = (
    "reported|shown|seen|described|discussed|noted|stated|suggested|argued|demonstrated|proposed"
    "|documented|explained|defined|given|cited|found"
)
_OPENED = later(
    rf"[(（\[〔]\s{{0,2}}(?:{LEAD}|{_CALLS}|(?:[Pp]er|[Vv]ia|[Ff]rom)\b"
    rf"|(?:as\s)?(?:{_SAID})\s(?:by|in|at)|(?:参见|參見|详见|詳見|参照|參照|参考|見|见)\s?[:：]?)?\s{{0,2}}\Z"
)
"""A bracket, and words that only lead to its markers: "(see [5])", "(per [5])", "(Source: [5])"."""
_CALLED = later(
    rf"(?:(?<=[.!?…\"”])\s{{1,4}}|(?<=[。！？])\s{{0,4}})(?P<open>[(（])?"
    rf"(?:{POINTS_TO_SOURCES}\s{{0,2}})?(?:[Kk]ey\s|[Mm]ain\s|[Pp]rimary\s)?{_CALLS}\s{{0,4}}\Z"
)
"""Words behind a sentence that only lead to its markers: "It rose. Evidence: [1][2]."."""
_REMARK = later(
    rf"(?:\s?\([^(){CUT}{LINK}]{{1,40}}\)|\s?\[[^\[\]{CUT}{LINK}]{{1,40}}\]"
    r"|,\s(?:pp?|S)\.\s?[0-9]{1,4}(?:[–-][0-9]{1,4})?)\s?[.。]?\s*\Z"
)
"""What may stand behind such markers at the end of a block: "Evidence: [1] (the second page)."."""
_CALLED_LAST = later(
    rf"(?:\s?(?P<parts>[|·])\s{{1,2}}|\s?[;,–—]\s{{1,2}}|[；，])\s?{_CALLS}\s{{0,4}}\Z"
)
"""The same behind other words of a bracket: "(confidence: high; sources: [1])".

Behind what parts a line, in none, too: "Confidence: high | Sources: [1]".
"""
_SEE = (
    r"(?:[Ff]or\s(?:(?:an?|the|more|further)\s)?(?:details?|examples?|instance|more|reviews?|overviews?),?\s)?"
    r"(?:[Ss]ee(?:\salso)?|e\.\s?g\.|[Cc]f\.|[Vv]gl\.(?:\sauch)?|[Ss]iehe(?:\sauch)?|[Vv]oir(?:\saussi)?"
    r"|[Vv]éase(?:\stambién)?|[Ss]i\sveda|[Zz]ie(?:\sook)?|[Zz]ob\.|[Ss]rov\.|[Bb]kz\."
    r"|[Сс]м\.(?:\sтакже)?|[Дд]ив\.(?:\sтакож)?|参见|參見|参照|參照|详见|詳見)"
    r"(?:,?\s(?:e\.\s?g\.|for\s(?:example|instance)),?)?"
)
_POINTED = later(
    rf"(?:(?<=[.!?…])\s{{1,4}}|(?<=[。！？])|\s?[,;，；–—]\s{{0,2}}|^){_SEE}[:：]?\s{{0,4}}\Z"
)
"""Words at the end of a sentence that only point to its markers: "It rose, see also [2]."."""
_POINTS_LAST = frozenset(
    "see also cf. vgl. auch siehe voir aussi véase también veda zie ook zob. srov. bkz. см. также "
    "див. також e.g. e.g., example example, instance instance,".split()
)
"""The last of these words, but for those of Chinese."""
_POINTS_LAST_WIDE = frozenset("见見照")
_ENDS = frozenset(".。;；)）")
_WIDEST_OPENING, _WIDEST_CALL, _WIDEST_POINT = 24, 32, 60
"""Characters before a marker: of a bracket with the words that lead to a source, of what calls the
marker a source, and of a sentence that does nothing else. Chosen; the last is as
wide as its pattern."""
_WIDEST_LEAD = 8
"""White space before a run of markers that goes with it."""
_TOUCHED = frozenset("(（:：,;见見照")
"""What may go with a run of markers right behind it."""
_STOPS = frozenset(".。")
_QUOTES = frozenset('"”’»')
_ONE_STOP = later(r"\.(?!\.)|。")
_OPENS_NAMES = later(rf"[(（](?:{SOURCE_IN_WORDS})?\Z")
"""What stands before linked names in brackets: "(", "(Sources: "."""
_LONGEST_GLUED = 40
"""Characters of linked words that may be the name of a source, and not its headline."""
_NAMES_PARTED = later(r"(?:[,;/&，；、]\s?|\)\s?\()?")
_CLOSES = frozenset(".,;:!?%)]}”’\"'»。，、；：！？）】」』…،؛؟۔।॥")
_DANGLING = frozenset((" —", " –", " -"))
_HEADED = frozenset((": ", "— ", "– ", "- "))
"""What a marker leaves that heads its block: "[3]: wages fell"."""
_MAY_OPEN = frozenset("\"'”»")
"""Of those, what may open a quotation as well: before a word, behind white space."""
_DASHES = frozenset("—–")
_WIDE_BRACKETS = frozenset("（「『《")
_SPACED = frozenset(":;?!»")
"""Signs before which French sets a space."""
_UNSPACED = later(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Letters and signs between which no space stands but what a marker brought."""
_WIDE = later(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


class Mark(NamedTuple):
    """A marker or link at an offset into one block's clean text.

    Attributes:
        at: Characters of that text before it.
        run: The number, from 0, of its run of adjacent markers in the block.
        labels, raw, form, url, anchor: As in `document.Mention`.
    """

    at: int
    labels: tuple[str, ...]
    raw: str
    run: int
    form: Form = "marker"
    url: str | None = None
    anchor: int = 0


class Inline(NamedTuple):
    """One block, cleaned.

    Attributes:
        text: Without markers and markup.
        marks: Its markers and links, in reading order.
        code: From where to where code is in the text, as `coded` says.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    code: tuple[tuple[int, int], ...] = ()


def close_up(text: str, marks: list[Mark]) -> Inline:
    """The clean text, and its marks with their places and runs.

    Args:
        text: With stand-ins.
        marks: One for each stand-in, in their order; their `at` and `run` are not known yet.
    """
    text = text.strip()
    if not marks:
        return tuple.__new__(Inline, (text, (), ()))
    pieces: list[str] = []
    placed: list[Mark] = []
    length = begin = before = 0
    last = kept = ""
    linked = False
    runs = _RUN if LINK in text else _RUN_UNLINKED
    for run, match in enumerate(runs.finditer(text)):
        piece, gap, end = _cut(text, begin, before, match)
        before = match.end()
        cuts = match[0].count(CUT)
        if kept and not piece and cuts:  # "old [1] (see [2])." has one gap for both
            pieces[-1] = pieces[-1].removesuffix(kept)
            length -= len(kept)
            gap = gap or kept
        kept = ""
        length += len(piece)
        last = piece[-1:] or last
        for _ in range(cuts or 1):
            _, labels, raw, _, form, url, anchor = marks[len(placed)]
            linked = linked or anchor > 0
            mark = (length, labels, raw, run, form, url, min(anchor, length))
            placed.append(tuple.__new__(Mark, mark))
        if cuts:
            kept = gap = _own_space(text, match) or _gap(
                last, text[end : end + 4].lstrip(CUT)[:2], gap
            )
            length += len(gap)
            ends = last in _STOPS or (last in _QUOTES and piece[-2:-1] in _STOPS)
            if ends and _ONE_STOP.match(text, end):
                end += 1  # "by Roe et al. [5]." has one stop for both
            piece += gap
        pieces.append(piece)
        begin = end
    pieces.append(text[begin:])
    cleaned = "".join(pieces)
    spaced = cleaned[:1].isspace() or cleaned[-1:].isspace()
    headed = cleaned[:2] in _HEADED and placed[0].at == 0
    if spaced or headed or (begin == len(text) and cleaned[-2:] in _DANGLING):
        cleaned, placed = _trimmed(cleaned, placed)
    marked = tuple(_with_named_lists(cleaned, placed) if linked else placed)
    return tuple.__new__(Inline, (cleaned, marked, ()))


def _trimmed(text: str, marks: list[Mark]) -> tuple[str, list[Mark]]:
    """The text without what markers leave at its ends: "(see [1]) It rose.", "It broke — [1]"."""
    bare = text.lstrip()
    if bare[:2] in _HEADED and not marks[0].at:
        bare = bare[2:].lstrip()
    lead = len(text) - len(bare)
    bare = bare.rstrip()
    if marks[-1].at == len(text) and text[-2:] in _DANGLING:
        bare = bare[:-2].rstrip()
    places = [max(0, min(mark.at - lead, len(bare))) for mark in marks]
    moved = zip(marks, places, strict=True)
    return bare, [mark._replace(at=at, anchor=min(mark.anchor, at)) for mark, at in moved]


def _with_named_lists(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """The marks, names linked in one pair of brackets as one run: "fell ([Reuters](…), [BBC](…))".

    So are short links beside each other, and newsrooms that a phrase joins. Elsewhere
    linked words are parts of the sentence, and each link is a run of its own.
    """
    before: Mark | None = None
    glued: Mark | None = None
    named: Mark | None = None
    for mark in marks:
        start = mark.at - mark.anchor
        link = mark.form == "link" or mark.anchor > 0
        beside = before is not None and link and before.at <= start
        if before and beside and _NAMES_PARTED.fullmatch(text, before.at, start):
            mark = mark._replace(run=before.run)
        elif glued and link and mark.anchor <= _LONGEST_GLUED and _are_glued(text, glued.at, start):
            mark = mark._replace(run=glued.run)
        elif named and mark.anchor > 0 and join(text, _words(named), _words(mark)):
            mark = mark._replace(run=named.run)
        listed = before is not None and mark.run == before.run
        opened = link and _OPENS_NAMES.search(text, max(0, start - _WIDEST_OPENING), start)
        before = mark if opened or listed else None
        glued = mark if link and 0 < mark.anchor <= _LONGEST_GLUED else None
        named = mark if mark.anchor > 0 else None
        yield mark


def _are_glued(text: str, end: int, start: int) -> bool:
    """Whether nothing stands between linked words that end and begin so.

    Or but a space, where each stands in brackets: "[(Roe, 2017)](…) [(Doe, 2018)](…)".
    """
    return end == start or text[max(0, end - 1) : start + 1] in (") (", "] [")


def _words(mark: Mark) -> tuple[int, int]:
    """From where to where the words of a link stand."""
    return mark.at - mark.anchor, mark.at


def _cut(text: str, begin: int, before: int, match: re.Match[str]) -> tuple[str, str, int]:
    """Text kept before a stand-in, the white space cut around it, and where to go on.

    Args:
        text: With stand-ins.
        begin: Up to where it is kept already.
        before: Where the run of stand-ins before this one ended, with what belongs to it.
        match: Of `_RUN`.
    """
    at = match.start()
    if text[at] == LINK:
        return text[begin:at], "", match.end()
    tail, close = match.groups()
    above = text[at - 1 : at]
    if not (tail or close or above in _TOUCHED or above.isspace()):
        return text[begin:at], "", match.end()  # as most
    around = text[max(before, at - _WIDEST_LEAD - 1) : at]
    bare = around.rstrip()
    lead = around[-min(_WIDEST_LEAD, len(around) - len(bare)) :] if bare != around else ""
    opened = close and _OPENED.search(text, max(begin, before, at - _WIDEST_OPENING), at)
    if opened:
        piece = text[begin : opened.start()]
        kept = piece.rstrip()
        return kept, piece[len(kept) :] + lead + tail, match.end()
    last, end = at - len(lead), match.end() - len(close)
    behind = text[end : end + 1]
    calls = bare[-1:] in (":", "：")
    remark = _REMARK.match(text, end) if calls and behind else None
    closes = calls and (not behind or behind in ".。)）" or remark)
    if closes and (called := _called(text, max(begin, before, at - _WIDEST_CALL), at, close)):
        kept_to, white, gone = called
        return text[begin:kept_to], white, remark.end() if remark else end + gone
    word = (
        bare[bare.rfind(" ") + 1 :].rstrip(":：").lower() if not behind or behind in _ENDS else ""
    )
    if word in _POINTS_LAST or word[-1:] in _POINTS_LAST_WIDE:
        pointed = _POINTED.search(text, max(begin, before, at - _WIDEST_POINT), at)
        if pointed and not pointed.start():  # a sentence that says nothing else opens the block
            end = len(text) - len(text[end:].lstrip(" .。"))
        if pointed:
            return text[begin : pointed.start()], " ", end
    if bare[-1:] in ("(", "（") and text[end : end + 1] in (",", ";"):
        return text[begin:last], "", end + 1 + text[end + 1 : end + 2].isspace()
    parted = bare[-1:] in (",", ";") and last > begin
    if parted and (close or end == len(text) or text[end] == bare[-1]):
        last -= 1  # "(Reuters, ▪)", "Reuters, ▪", "fell, ▪, and"
    return text[begin:last], lead + tail, end


def _called(text: str, begin: int, at: int, close: str) -> tuple[int, str, int] | None:
    """Where the word begins that calls what stands at `at` sources, and what goes with it.

    What stands instead, and how many characters behind the markers. None without such a word.
    """
    if called := _CALLED.search(text, begin, at):
        return called.start(), " ", int(called["open"] is not None)
    inside = _CALLED_LAST.search(text, begin, at)
    return (inside.start(), "", 0) if inside and (close or inside["parts"]) else None


def _own_space(text: str, match: re.Match[str]) -> str:
    """The space before a sign that no marker brought, which is glued: "toute la nuit[1] : le"."""
    at, end = match.start(), match.end()
    if not match["tail"] or match["close"] or text[end : end + 1] not in _SPACED or not at:
        return ""
    return "" if text[at - 1].isspace() else match["tail"]


def _gap(left: str, behind: str, cut: str) -> str:
    """What remains between the characters on both sides of a run of markers."""
    right = behind[:1]
    wide = _UNSPACED.match(left) is not None
    opens = bool(cut) and right in _MAY_OPEN and behind[1:].isalnum() and not wide
    if not left or not right or right.isspace() or (right in _CLOSES and not opens):
        return ""
    if cut:
        joined = right in _DASHES and behind[1:].isalnum()  # "grants [1]—but"
        joined = joined or right in _WIDE_BRACKETS or (wide and _UNSPACED.match(right) is not None)
        return "" if joined else " "
    glued = right.isalnum() and left not in "([（“‘" and not _WIDE.match(left)
    return " " if glued and not _WIDE.match(right) else ""
