"""Numbers in brackets that no list explains -> whether they stand where citations stand.

Only their places say what they are. Citations stand behind what they prove, at the end of a
sentence or of a part of it. Seeds of a draw, scenes, options, rows of a plan and members of a set
stand anywhere; so do characters that a pattern or an array has in brackets.
"""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from ledger.extract.markers.numbers import DASH, NUMBERS, expand, plausible
from ledger.extract.markers.place import SOURCE
from ledger.patterns import later

_RUN = re.compile(
    rf"[\[【](?<!>\[)\^?(?P<inside>{NUMBERS})[\]】]"
    rf"(?:(?:[ ,]{{0,2}}|\s?{DASH}\s?)[\[【]\^?{NUMBERS}[\]】]){{0,40}}+(?!\()"
)
"""Brackets side by side, or one up to another, that say one thing; no links, none set high."""
_ID = r"\[[A-Z]{1,3}-?[0-9]{1,4}(?:\s?[,;]\s?[A-Z]{1,3}-?[0-9]{1,4}){0,20}\]"
_ID_RUN = later(rf"{_ID}(?:[ ,]{{0,2}}{_ID}){{0,40}}+(?!\()")
_CODE = later(
    r"^(```|~~~).*?^\1|`[^`\n]{1,200}`|^[ \t]{0,12}>>> [^\n]*(?:\n[ \t]{0,12}[^\s][^\n]*){0,40}",
    re.M | re.S,
)
"""Code, and what somebody typed into a program, with its answer: ">>> a[1:]"."""
_BAR = "|"
_COLUMN = later(
    rf"\|\s{{0,8}}[*_]{{0,2}}(?:{SOURCE}|[Rr]ef(?:erence)?s?|[Cc]it(?:e|ation)s?)\b[^|\n]{{0,40}}\|"
)
"""The head of a column of sources."""
_LED = later(rf"[(（]{SOURCE}\s?[:：]\s{{0,2}}\Z")
"""What says in brackets that sources follow."""
_MARKS = " \t*_"
"""What may stand between a citation and its words: white space and signs of emphasis."""
_ANYTHING = later(r"[ \t*_]{0,200}(.)", re.S)
_REACH = 4
"""Characters before and behind brackets in which the next sign that says something stands, with
spaces and signs of emphasis between: "** [1]"."""
_POINTS = later(
    r"\b(?:and|or|but|the|at|e\.\s?g\.|i\.\s?e\.|cf\.|such as"
    r"|(?P<thing>(?:item|step|line|room|point|option|question|number|bar|page|seat|row|column|scene"
    r"|verse|track|slide|task|player|lane|platform|floor|level|phase)s?|no\.?))"
    r"\s\Z",
    re.I,
)
"""Words that a number belongs to, or joins: "item [2]?"; "as shown in [4]" cites."""
_LONGEST_WORD = 12
"""Characters before brackets in which such a word stands: 10 at most, by the pattern, and the one
before it."""
_IN_CODE = later(
    r"(?:[A-Za-z_]\(|[\"']:\s{0,8}|[A-Za-z_]\w{0,30}[_.:][\w-]{1,30}|(?<![A-Z])[a-z]{2,20}[0-9]{1,4})\Z"
)
"""What a number is code behind: "array([1, 2])", '"ports": [80]', "a.argv[1]", "sha1[20]"."""
_LONGEST_TOKEN = 64
"""Characters before brackets in which code or what leads to sources stands: 62 at most, by the
patterns."""
_BEFORE_INDEX = ("_", "-", "(")
_FEWEST_PARTS = 3
"""Numbers that count parts: fewer, one after another, are citations."""
_DIGITS = re.compile(r"[0-9]+")
_LATEST_FIRST, _LATEST_ALONE, _WIDEST_GAPS = 2, 9, 4
"""The first of several numbers that are citations without a list, the number of one alone, and how
many numbers there are to each that is cited. Chosen: "[3]" alone is one, "[120]" is not."""
_SAYS = later(
    r"\s(?:(?:also|both|further)\s)?(?:says?|said|states?|stated|reports?|reported|notes?|noted|shows?"
    r"|showed|finds?|found|argues?|argued|confirms?|confirmed|suggests?|adds?|describes?|claims?)\s"
)
"""What sources do: "[S1] says that rents rose"."""
_ACCORDING = ("ccording to ", "Laut ", "laut ", "Selon ", "selon ", "Según ", "según ")
_MOST = 2_000
"""Places that are looked at; no answer seen has more."""
_CARRIES_NONE = frozenset(":,;=<>+-−–*/{[|\n")
"""What no citation stands behind: signs, and what begins a list or goes on with one."""
_BEGINS_LINE = ("", "\n")
_OPENS_LINE = _ENDS_LINE = ("", "\n", "|")
_ENDS = frozenset('.!?。！？…”"»')
_STOPS = frozenset(".!?。！？…")
_CLOSES = frozenset('.,;:!?)\n”"»。，；、）|')


def stand_as_citations(text: str) -> bool:
    """Whether more than two in five bracketed numbers of a text stand as citations do.

    On some 400 answers without a list whose citations are known it held for all but two, and in
    nine of ten all of them stood so. True when there are none. Numbers that no count of sources
    would leave ("[38], [55], [61]" and none below) all have to end a sentence. Those that count
    the parts of a text, as verses are counted, are none; nor are those that fill the cells of
    tables, unless a column is headed "Source".
    """
    if "\\[" in text:  # as programs write Markdown: "\\[2\\]"
        text = text.replace("\\[", "[").replace("\\]", "]")
    prose = _without_code(text)
    found = islice(_RUN.finditer(prose), _MOST)
    runs = [run for run in found if _is_plausible(run["inside"])]
    if not runs and prose is not text:
        return not _RUN.search(text)  # what is only in code is code
    if _count_parts(prose, runs):
        return False
    if _is_scattered(runs):
        told = [(run, cited) for run in runs if (cited := _is_cited(prose, run)) is not None]
        if told:
            return all(cited and _ends_sentence(prose, run) for run, cited in told)
    return _most_stand(prose, runs)


def ids_stand_as_citations(text: str) -> bool:
    """The same for ids in brackets, "[S3]": keys "[F5]" and cells "[A1]" stand anywhere."""
    prose = _without_code(text)
    return _most_stand(prose, list(islice(_ID_RUN.finditer(prose), _MOST)))


def _without_code(text: str) -> str:
    return _CODE.sub("", text) if "`" in text or "~~~" in text or ">>> " in text else text


def _most_stand(prose: str, runs: Sequence[re.Match[str]]) -> bool:
    """Whether more than two in five of them stand as citations, or all in a column of sources."""
    places = (_is_cited(prose, run) for run in runs)
    told = [place for place in places if place is not None]
    if not told:
        cells = runs and all(_is_in_row(prose, run) for run in runs)
        return not cells or bool(_COLUMN.search(prose))
    return 5 * sum(told) > 2 * len(told)


def _is_in_row(prose: str, run: re.Match[str]) -> bool:
    return prose.startswith(_BAR, prose.rfind("\n", 0, run.start()) + 1)


def astray(text: str, numbers: frozenset[str]) -> frozenset[str]:
    """Which of some numbers in brackets stand nowhere in a text as citations do."""
    cited: set[str] = set()
    for run in islice(_RUN.finditer(text), _MOST):
        own = numbers.intersection(_DIGITS.findall(run[0]))
        if own and _is_cited(text, run) is not False:
            cited |= own
    return numbers - cited


def _is_plausible(inside: str) -> bool:
    return all(map(plausible, expand(inside) or ("0",)))


def _count_parts(prose: str, runs: list[re.Match[str]]) -> bool:
    """Whether numbers stand before what they count, each once and in order: "[2] And it was so".

    One begins a line, or the first stands behind a colon, and none ends one, where the last of so
    many citations would.
    """
    numbers = [int(run["inside"]) for run in runs if run["inside"].isdecimal()]
    if len(runs) < _FEWEST_PARTS or len(numbers) < len(runs):
        return False
    if any(after not in (before + 1, 1) for before, after in pairwise(numbers)):
        return False
    if any(_ends_line(prose, run) for run in runs):
        return False
    begins = any(_before(prose, run) in _BEGINS_LINE for run in runs)
    return (begins and len(runs) > _FEWEST_PARTS) or _before(prose, runs[0]) == ":"


def _before(prose: str, run: re.Match[str]) -> str:
    return prose[max(0, run.start() - _REACH) : run.start()].rstrip(_MARKS)[-1:]


def _ends_line(prose: str, run: re.Match[str]) -> bool:
    behind = prose[run.end() : run.end() + _REACH].lstrip(_MARKS + "".join(_ENDS))
    return behind[:1] in _ENDS_LINE


def _behind(prose: str, run: re.Match[str]) -> str:
    """The character behind a run, and behind white space; nothing at the end."""
    found = _ANYTHING.match(prose, run.end())
    return found[1] if found else ""


def _is_scattered(runs: list[re.Match[str]]) -> bool:
    """Whether numbers begin late and have wide gaps."""
    numbers = {int(number) for run in runs for number in _DIGITS.findall(run[0])}
    late = min(numbers, default=0) > (_LATEST_FIRST if len(numbers) > 1 else _LATEST_ALONE)
    return late and _WIDEST_GAPS * len(numbers) < max(numbers)


def _ends_sentence(prose: str, run: re.Match[str]) -> bool:
    before = _before(prose, run)
    behind = _behind(prose, run)
    return before in _ENDS or behind in _ENDS_LINE or behind in _STOPS


def _is_in_code(prose: str, at: int, before: str) -> bool:
    """Whether code stands right before a place; `before` is the last character but for spaces."""
    close = prose[at - 1 : at]
    if not (before == ":" or close in _BEFORE_INDEX or close.isalnum()):
        return False  # as before most citations
    return _IN_CODE.search(prose, max(0, at - _LONGEST_TOKEN), at) is not None


def _is_cited(prose: str, run: re.Match[str]) -> bool | None:
    """Whether brackets stand as a citation; None for a line or a cell of their own."""
    before = _before(prose, run)
    behind = _behind(prose, run)
    if before in _OPENS_LINE and behind in _ENDS_LINE:
        return None
    if _is_in_code(prose, run.start(), before):
        return False
    if before == ":":  # "Reference: [1]", "(source: [1] Storage chart)"
        begin = max(0, run.start() - _LONGEST_TOKEN)
        return behind in _ENDS_LINE or bool(_LED.search(prose, begin, run.start()))
    if not before or before in _CARRIES_NONE or before == behind == '"':
        return bool(before != '"' and _SAYS.match(prose, run.end()))
    if _SAYS.match(prose, run.end()) or prose.endswith(_ACCORDING, 0, run.start()):
        return True
    if pointed := _POINTS.search(prose, max(0, run.start() - _LONGEST_WORD), run.start()):
        return pointed["thing"] is not None and behind == "."
    return not behind or behind in _CLOSES or before in _ENDS
