"""Markdown that a program wrapped -> the same, unwrapped where a line could be misread.

At the beginning of a line, a marker looks like an entry, a number in the words of a link looks like
an item, the end of a formula like a paragraph, and so does the second line of an entry.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_BEHIND_FORMULA = later(
    r"\$\$[ \t]{0,4}\n[ \t]{0,4}\n?(?=\.[0-9]{1,3}(?:, ?[0-9]{1,3}){0,5}[ \t]{0,4}$)", re.M
)
"""Between a formula that became a paragraph and the stop of its sentence: "$$E = m$$", ".33"."""
_HARD_END = "\\\n"
"""How Pandoc ends a line that is to be one."""
_FEWEST_HARD = 2
"""Such ends that show a habit, in a text and in a paragraph of it: one may be a mistake."""
_BEGINS_BLOCK = later(
    r"[ \t]{0,12}(?:[-*+•>|#]|[0-9]{1,4}[.)][ \t]|\[\^[^\[\]\s]{1,40}\]:|```|~~~|\\begin|\\end|$)"
)
_NUMBER_IN_LINK = later(
    r"(\[[^\[\]\n]{1,200})\n[ \t]{0,8}(?=[0-9]{1,4}[.)])([^\[\]\n]{1,200}\]\(https?://)"
)
_ITEM = r"[ \t]{0,8}(?:[-*+][ \t]{1,3})?"
_NUMBER = r"\\?\[[0-9]{1,4}\\?\]"
_SMALL = r"[ \t]{0,3}[^\W\d_A-Z]"
_MARKERS_BELOW = later(
    rf"^({_ITEM}[^\W\d_][^\n]{{30,300}}[\w,])\n[ \t]{{0,8}}((?:{_NUMBER}){{1,6}}:)"
    rf"(?=[ \t]{{0,3}}\n[ \t]{{0,8}}(?:\n|[-*+•|])|{_SMALL})[ \t]{{0,3}}",
    re.M,
)
"""Prose that a colon ends, its markers on a line of their own: "changes in the town / [1][2]:"."""
_BELOW = later(rf"\n(?<=[\w,]\n)[ \t]{{0,8}}(?:{_NUMBER}){{1,6}}:")
"""How such a line begins behind the end of the line above: few texts have one."""
_LABEL = later(r"\[([0-9]{1,4})")
_ENTRY = later(
    rf"^{_ITEM}(?={_NUMBER}(?!:?[ \t]{{0,3}}$|[\[\\]|:{_SMALL}(?!ttps?:|ww\.))"
    r"|[0-9]{1,4}[.)][ \t])\\?\[?([0-9]{1,4})",
    re.M,
)
"""A line that begins an entry, and no sentence behind such a colon."""


def with_soft_ends(text: str) -> str:
    """The text; lines that a program broke so that one looks like an item or an entry are joined.

    Linear in the text; never raises.
    """
    if holds(text, "$$"):
        text = _BEHIND_FORMULA.sub("$$", text)
    if holds(text, _HARD_END) and text.count(_HARD_END) >= _FEWEST_HARD:
        text = _with_hard_ends(text)
    if holds(text, "]("):
        text = _NUMBER_IN_LINK.sub(r"\1 \2", text)
    if holds(text, "]:") and _BELOW.search(text):
        listed = set(_ENTRY.findall(text))
        text = _MARKERS_BELOW.sub(lambda match: _joined(match, listed), text)
    return text


def _joined(match: re.Match[str], listed: set[str]) -> str:
    """Prose with its markers, where the entries of all of them stand elsewhere."""
    cited = listed.issuperset(_LABEL.findall(match[2]))
    return f"{match[1]} {match[2]}\n" if cited else match[0]


def _with_hard_ends(text: str) -> str:
    """Paragraphs in which some lines end in a stroke back, their other lines joined."""
    return "\n\n".join(
        _with_hard_lines(part) if part.count(_HARD_END) >= _FEWEST_HARD else part
        for part in text.split("\n\n")
    )


def _with_hard_lines(part: str) -> str:
    lines = part.split("\n")
    pieces = lines[:1]
    for line in lines[1:]:
        above = pieces[-1]
        ended = not above or above.endswith("\\") or above.startswith("#")
        parted = ended or _BEGINS_BLOCK.match(line)
        pieces += ("\n", line) if parted else (" ", line.lstrip())
    is_code = any(line.endswith("\\\\") for line in lines) or "```" in part
    return part if is_code else "".join(pieces)
