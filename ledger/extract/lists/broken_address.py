"""Two lines -> whether the second goes on with the address that the first breaks off."""

import re
from collections.abc import Sequence

from ledger.patterns import STOPS_OF_OTHERS, later

_BEGUN = rf"(?:https?://|www\.)[^\s<>()\[\]\"“”，。；、{STOPS_OF_OTHERS}]{{3,2000}}"
_BROKEN_OFF = later(rf"{_BEGUN}[/_=%-]$|https?://www\.$")
_OPENED, _CLOSED = later(r"<https?://[^\s<>]{3,2000}\Z"), later(r"[^\s<>]{1,2000}>")
"""An address in angle brackets, where its line ends before them, and its rest."""
_LONGEST_BEGUN = 240
"""Characters before the end of a line in which its DOI begins: 222 at most, by the pattern."""
_DOI_BEGUN, _LONGEST_DOI = later(r"(?:doi\.org/|doi:\s?)10\.[0-9]{4,9}/\Z", re.I), 60
"""A DOI of which only the registrant stands on a line: it never ends so; and characters in which it
stands at the end of one."""
_DOI_BROKEN = later(r"doi\.org/(?P<begun>10\.[0-9]{4,9}/[^\s]{0,200}[./_-])?\Z", re.I)
_DOI_WHOLE = later(r"10\.[0-9]{4,9}/[^\s]{1,200}")
_DOI_REST = later(r"(?=[^0-9]{0,200}[0-9])[A-Za-z0-9();:._/-]{2,200}")
_TAIL = later(r"[A-Za-z0-9%~_#?&=+./-]{2,2000}[A-Za-z0-9/=_-]\.?$")
_TAIL_OF_ALL = later(
    r"[A-Za-z0-9%~_#?&=+./@:!$'-](?:[A-Za-z0-9%~_#?&=+./@:!$'-]|\([\w.%-]{1,40}\)){0,2000}"
    r"[),.;]{0,2}$"
)
_MIXED = later(r"[A-Za-z][0-9]|[0-9][A-Za-z]")
_PATH = later(
    r"/[A-Za-z0-9%~_][A-Za-z0-9%~_#?&=+./@:!$'-]{1,2000}[\]),.;]{0,3}"
    r"(?:(?<=[\]),.;])(?=\s)|(?=\s[^\Wa-z]|\s[\[(“\"]|\s*$)"
    r"|(?=\s(?:last|accessed|visited|retrieved|archived|abgerufen|consulté)\b))"
)
"""The rest of an address that was broken before a stroke; no word begins so.

A path may: "/etc/hosts has it", and then its sentence goes on.
"""
_FILLS = later(rf"{_BEGUN}$")
_BEGINS, _FEWEST_SLASHES = ("http", "www."), 2
"""How addresses begin; and slashes of a word at the end of one whose points are spelled out."""
_ENDS = frozenset("/.,;:")
"""Signs before which no stroke of a path stands."""
_BREAKS_OFF = frozenset("/_=-.%")
_NEVER_LAST = frozenset("-_=%")
BREAKS = tuple("/_=-?&%#~+.")
"""Signs behind which an address is broken."""
_INNER = later(r"[A-Za-z0-9][./_=%&?#~+-]+[A-Za-z0-9]")
"""A sign that no word and no number alone has inside."""

_FULL_LINE = 66
"""Characters of a line of an address that it fills, at least."""
_REST = later(r"(?=[^A-Za-z\n]{0,200}[A-Za-z])[A-Za-z0-9%~_#?&=+./@:!$'-]{1,2000}")
_OF_ADDRESS = later(
    r"\A[-_/%?&=]|[a-z0-9][-_/=%][A-Za-z0-9]|[a-z]/\Z|\.(?:html?|pdf|aspx|php|md)\Z"
)
"""What the rest of an address has, and no name of a site: "nment/", "user-guide", "map.pdf"."""


def goes_on(line: str, below: str) -> bool:
    """Whether an address that ends a line is broken there, and the line below is its tail.

    Args:
        line: Any line or part of an entry.
        below: The line below it, without its indent.

    The evidence is sure only where angle brackets are around both; where the address ends in a sign
    that parts its words and the whole line below is one word with such a sign inside; or in a sign
    that no address ends in.
    """
    broken = line.rstrip()
    if ">" in below and _CLOSED.match(below) and _OPENED.search(broken[-2100:]):
        return True
    if below[:1] == "/" and broken[-1:] not in _ENDS and _PATH.match(below):
        return _FILLS.search(broken[max(broken.rfind(" "), -2100) + 1 :]) is not None
    if not below or broken[-1:] not in _BREAKS_OFF:
        return False
    if broken[-1] in _NEVER_LAST and (words := below.split(maxsplit=1)):
        first = words[0]
        inside = _TAIL_OF_ALL.fullmatch(first) and (not first[0].isupper() or _INNER.search(first))
        last_word = broken[max(broken.rfind(" "), -2100) + 1 :]
        if inside and any(map(str.isalnum, first)) and _BROKEN_OFF.fullmatch(last_word):
            return True
    tail = below.strip()
    if " " in tail:
        return False
    if doi := _DOI_BROKEN.search(broken[-_LONGEST_BEGUN:]):
        return (_DOI_REST if doi["begun"] else _DOI_WHOLE).fullmatch(tail) is not None
    if _DOI_BEGUN.search(line[-_LONGEST_DOI:].rstrip()) and any(map(str.isdecimal, tail)):
        return True
    if not _TAIL.fullmatch(tail) or not _INNER.search(tail) or tail.startswith(("http", "www.")):
        return False
    return bool(_BROKEN_OFF.fullmatch(broken[max(broken.rfind(" "), -2100) + 1 :]))


def runs_over(line: str, below: str) -> bool:
    """Whether an address that fills its line to the end goes on with the first word below.

    As printed: an address is broken anywhere, and other words may stand behind its end. The first
    word must look like the inside of an address, or be all there is below and no word of prose.
    """
    last = line.rstrip()[-2100:].rpartition(" ")[2]
    begun = _FILLS.search(last) is not None
    hyphened = last[-1:] in _NEVER_LAST and (begun or last.count("/") >= _FEWEST_SLASHES)
    tail = below.split(maxsplit=1)[0] if below.strip() else ""
    if not (begun or hyphened) or not _TAIL_OF_ALL.match(tail) or tail.startswith(_BEGINS):
        return False
    if _INNER.search(tail) or _MIXED.search(tail):
        return True
    if hyphened and tail.rstrip(",;.)").endswith("/"):
        return True
    return tail == below.strip() and (last[-1] in BREAKS or tail.rstrip("./").islower())


def has_rest(parts: Sequence[str], below: str) -> bool:
    """Whether a line goes on with the address in which the parts of an entry break off."""
    if goes_on(parts[-1], below):
        return True
    if below and " " in parts[-1]:
        return False  # no address fills it
    return len(parts[-1]) >= _FULL_LINE and joined([*parts, below]) == joined(parts) + below


def joined(parts: Sequence[str]) -> str:
    """The parts of an entry as one line, with the addresses whole that were broken."""
    if len(parts) == 1:
        return parts[0].strip()
    pieces: list[str] = []
    above = ""
    for part in filter(None, parts):
        if pieces and (goes_on(above, part) or _was_cut(pieces[-1], above, part)):
            pieces[-1] += part
        else:
            pieces.append(part)
        above = part
    return " ".join(pieces).strip()


def _was_cut(address: str, line: str, below: str) -> bool:
    """Whether a line that an address fills was cut anywhere, and the line below it is the rest.

    A whole line of an address is as long as those of prose; a name below it has no such sign.
    """
    long = len(line) >= _FULL_LINE and _FILLS.fullmatch(address)
    if not long or not _REST.fullmatch(below) or below.startswith(_BEGINS):
        return False
    return line[-1] in _NEVER_LAST or _OF_ADDRESS.search(below) is not None
