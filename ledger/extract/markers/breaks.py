"""Characters with breaks of HTML -> the lines that stand for themselves: `<br>` in cells and items.

A cell of Markdown has no lines of its own, so its items stand side by side: "It rose [1]<br>It fell
[2]", "• It rose<br>• It fell". Any other break is only where a line was too long.
"""

from ledger.letters import is_small
from ledger.patterns import later

_BREAK = later(r"(?:[ \t]{0,8}<[Bb][Rr]\s?/?>){1,9}[ \t]{0,8}")
_TAG = later("<[Bb][Rr]")
_BULLET = later(r"(?:[•●○▪■◦‣·]\s{0,4}|[*-]\s{1,4})(?![\d\s])")
_LINK_END = later(r"\]\([^\s()]{1,2000}\)\Z")
_WIDEST_LINK = 2_010
_WIDEST_END = 2_050
"""Characters at the end of a line in which the address of a link stands, which has 2,000 at most;
and the same with a marker and a stop behind it."""
_MARKER_ENDS = ("]", "】", "</sup>", *"⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEHIND_MARKER = ".!?…。！？*_"
_BEFORE_WORDS = "*_\"“”„«»'‘(（「『"


def parted(text: str) -> list[str]:
    """The text cut at breaks behind a marker, where an item begins or a sentence.

    Items without markers stay with the next that has one: it may be for all of them.

    Returns:
        The text in order, without the breaks it was cut at; as it is where none parts it.
    """
    lines = [""]
    begin = 0
    for match in _BREAK.finditer(text) if _TAG.search(text) else ():
        # Only the end of the line is looked at: breaks that part nothing leave it growing.
        end = text[max(begin, match.start() - _WIDEST_END) : match.start()]
        if _is_closed(end) and (_BULLET.match(text, match.end()) or _opens(text, match.end())):
            lines[-1] = text[begin : match.start()]
            lines.append("")
            begin = match.end()
    lines[-1] = text[begin:]
    return lines


def bullet_length(line: str) -> int:
    """Characters of the bullet that a line begins with; 0 for none."""
    bullet = _BULLET.match(line)
    return bullet.end() if bullet else 0


def _is_closed(line: str) -> bool:
    """Whether a marker or a link closes a line."""
    bare = line.rstrip(_BEHIND_MARKER)
    if bare.endswith(")"):
        return _LINK_END.search(bare, max(0, len(bare) - _WIDEST_LINK)) is not None
    return bare.endswith(_MARKER_ENDS)


def _opens(text: str, at: int) -> bool:
    """Whether a sentence may begin there."""
    first = text[at : at + len(_BEFORE_WORDS)].lstrip(_BEFORE_WORDS)[:1]
    return first.isalnum() and not is_small(first)
