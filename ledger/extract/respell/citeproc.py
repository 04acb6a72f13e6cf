"""What citeproc leaves in Markdown: lists of works in HTML elements, and links to the entries.

Each entry is put on a line of its own, and numbers that link to entries become plain numbers.
"""

import re

from ledger.patterns import later

_WITHIN = later(
    r"</?span\b[^<>]{0,100}>|<a id=\"[^\"<>\n]{1,100}\"></a>|^[ \t]{0,3}>(?: >){0,3}", re.M
)
"""What stands around the parts of an entry and before it, and before its lines in a quotation."""
_OF_LINK = later(r"\[|\]\(#[^\s()]{1,80}\)")
_UNDERLINES = ("===", "---")


def with_head(match: re.Match[str]) -> str:
    """Where the list begins: a head of its own, unless a heading stands right above it."""
    above = match.string[: match.start()].rstrip("> \t\n").rpartition("\n")[2].lstrip("> \t")
    return "" if above.startswith("#") or above.endswith(_UNDERLINES) else "\n## References\n"


def as_one_line(match: re.Match[str]) -> str:
    """One entry, the group `said` of a match, on one line without the elements around it."""
    return f"\n{' '.join(_WITHIN.sub('', match['said']).split())}\n"


def without_places(match: re.Match[str]) -> str:
    """Numbers in the brackets or as high as their links: "[1–3]", "<sup>1,2</sup>"."""
    numbers = _OF_LINK.sub("", match[2])
    return f"[{numbers}]" if match[1] == "\\[" else f"{match[1]}{numbers}{match[3]}"
