"""Lines of a plain text with an indented body -> the same, with headings of Markdown.

Standards that are kept as text are printed so: "1.  Introduction" at the left edge, all sentences
three columns in, the title in the middle, and a small "o" before each item.
"""

from collections.abc import Sequence

from ledger.patterns import later

_ITEM = later(r"([ \t]{2,40})o {2,3}(?=[^\s])")
_SET_IN, _MIDDLE, _LONGEST = 2, 8, 80
"""Columns of the margin of sentences, those of a title, and characters of a heading."""
_FEWEST, _SHARE = 12, 0.6
"""Lines that are set in, and of all lines that say something."""
_STOPS = frozenset(".,;:")


def with_headings_at_edge(lines: list[str]) -> list[str]:
    """The lines, those alone at the edge of such a text as headings, and its title as one."""
    said = [number for number, line in enumerate(lines) if line.strip()]
    inside = sum(lines[number][:_SET_IN].isspace() for number in said)
    if inside < _FEWEST or inside < _SHARE * len(said):
        return lines
    heads = [number for number in said if _is_head(lines, number)]
    if len(heads) < _SET_IN:
        return lines
    found = [_ITEM.sub(r"\1- ", line) if "o  " in line else line for line in lines]
    for number in heads:
        found[number] = f"## {lines[number].strip()}"
    title = next((n for n in said if n < heads[0] and _is_in_middle(lines, n)), None)
    if title is not None:
        found[title] = f"# {lines[title].strip()}"
    return found


def _is_head(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    if line[:1].isspace() or len(line) > _LONGEST or line[:1] in "#|>-*+":
        return False
    above = lines[number - 1].strip() if number else ""
    below = lines[number + 1].strip() if number + 1 < len(lines) else ""
    apart = not above and not below and "   " not in line.strip()
    return apart and line.rstrip()[-1] not in _STOPS and any(map(str.isalpha, line))


def _is_in_middle(lines: Sequence[str], number: int) -> bool:
    line = lines[number]
    above = lines[number - 1].strip() if number else ""
    bare = line.strip()
    return not above and line[:_MIDDLE].isspace() and "   " not in bare and len(bare) > _MIDDLE
