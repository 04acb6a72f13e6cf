"""Lines that begin with a bar, by which reStructuredText keeps line ends -> lines of Markdown.

A line that was wrapped continues below, indented. A row of a table has a bar inside as well.
"""

import re

from ledger.patterns import later

_LINE = (
    r"[ \t]{0,8}\| (?=\S)(?:[^|\\\n]|\\.){1,2000}+(?:\n[ \t]{1,8}(?![|\s])[^|\n]{1,2000}+){0,12}+"
)
LINE_BLOCK = later(rf"^{_LINE}(?:\n{_LINE})++(?P<ends>(?!\n[ \t]{{0,8}}\|)(?=\n|\Z))?", re.M)
"""What a row of a table follows is passed over as a whole: none of its lines begins a block."""
_EACH = later(r"^[ \t]{0,8}\| ", re.M)


def as_lines(block: re.Match[str]) -> str:
    """Each line whole, and kept apart from the next as Markdown does it, by two blanks."""
    if block["ends"] is None:
        return block[0]
    _, *lines = _EACH.split(block[0])
    return "".join(f"{' '.join(line.split())}  \n" for line in lines).replace("\\|", "|")
