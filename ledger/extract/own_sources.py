"""Lines that number the sources of what is above them -> lines of sources without numbers.

"**Sources:** [1] Roe: https://… [2] Doe: https://…" stands below each of several questions, each
begins with 1, and no marker points to any. So each line has the sources of what it closes, and is
no list of the whole text. "Source: report.pdf, page 4" below a sentence is of that sentence.
"""

import re

from ledger.extract.fences import fences
from ledger.extract.markers.files import ONLY_FILES
from ledger.extract.markers.place import SOURCE
from ledger.patterns import later

_LED = later(
    rf"\s{{0,8}}(?:[-*+]\s{{1,4}})?[*_]{{0,3}}(?:{SOURCE}|[Rr]eferences?)[*_]{{0,3}}\s?[:：][*_]{{0,3}}"
    r"\s{0,4}(?=\[1\]\s)"
)
_NUMBER = later(r"[\s,;·|]{0,8}\[([0-9]{1,2})\]\s{1,4}(?=\S)")
_MARKER = later(r"\[\^?[0-9]")
_FEWEST = 2
_FILES = later(
    rf"[ \t]{{0,3}}[*_]{{0,3}}{SOURCE}[*_]{{0,3}}\s?[:：][*_]{{0,3}}\s{{0,4}}"
    rf"(?P<files>{ONLY_FILES})[*_.\s]{{0,4}}"
)
_MAY = later(
    rf"^[ \t]{{0,3}}[*_]{{0,3}}{SOURCE}[*_]{{0,3}}\s?[:：][^\n]{{2,200}}?\.[a-z]{{2,4}}", re.M
)
_NEXT_FILE = later(r"[;,]\s{1,3}(?=[^\s,;]{1,80}\.[a-z])")
_ENDS_SENTENCE = later(r"[.!?…。][\"”’»)*_]{0,4}\s*$")
_OPENS_NO_PROSE = frozenset("#|`")


def with_files_of_sources(text: str) -> str:
    """The text, lines that only name files as sources in brackets behind the sentence above."""
    if not _MAY.search(text):
        return text
    lines = text.split("\n")
    named = {n: found for n, line in enumerate(lines) if n and (found := _FILES.fullmatch(line))}
    code = fences(lines) if named else ()
    for number, found in named.items():
        above = number - 1 if lines[number - 1].strip() else number - 2
        sentence = lines[above].rstrip() if above >= 0 else ""
        prose = _ENDS_SENTENCE.search(sentence) and sentence.lstrip()[:1] not in _OPENS_NO_PROSE
        if prose and number not in code:
            files = "; ".join(_NEXT_FILE.split(found["files"]))
            lines[above], lines[number] = f"{sentence} [Source: {files}]", ""
    return "\n".join(lines)


def with_own_sources(text: str) -> str:
    """The text, such lines without their numbers and with semicolons between their sources."""
    if text.count("[1]") < _FEWEST or "://" not in text:
        return text
    lines = text.split("\n")
    own = {number: led.end() for number, line in enumerate(lines) if (led := _LED.match(line))}
    if len(own) < _FEWEST or not all("://" in lines[number] for number in own):
        return text
    code = fences(lines)
    if any(
        number not in own and number not in code and "[" in line and _MARKER.search(line)
        for number, line in enumerate(lines)
    ):
        return text
    for number, begin in own.items():
        sources = _NUMBER.sub("; ", lines[number][begin:]).removeprefix("; ")
        lines[number] = lines[number][:begin] + sources
    return "\n".join(lines)
