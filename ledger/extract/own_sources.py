"""Lines that number the sources of what is above them -> lines of sources without numbers.

"**Sources:** [1] Roe: https://… [2] Doe: https://…" stands below each of several questions, each
begins with 1, and no marker points to any. So each line has the sources of what it closes, and is
no list of the whole text.
"""

from ledger.extract.fences import fences
from ledger.extract.markers.place import SOURCE
from ledger.patterns import later

_LED = later(
    rf"\s{{0,8}}(?:[-*+]\s{{1,4}})?[*_]{{0,3}}(?:{SOURCE}|[Rr]eferences?)[*_]{{0,3}}\s?[:：][*_]{{0,3}}"
    r"\s{0,4}(?=\[1\]\s)"
)
_NUMBER = later(r"[\s,;·|]{0,8}\[([0-9]{1,2})\]\s{1,4}(?=\S)")
_MARKER = later(r"\[\^?[0-9]")
_FEWEST = 2


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
