"""Lines -> the same, headings that are underlined marked as Markdown marks them.

A line of "=" under a title makes it one. A line of "-" is a rule in most answers: it makes a
heading only where it is drawn as long as the title.
"""

from collections.abc import Sequence

from ledger.letters import holds
from ledger.patterns import later

_LINE = later(r"\s{0,3}(?P<sign>[=-])(?P=sign){1,159}\s*$")
_FEWEST_EQUAL, _FEWEST_DASHES = 2, 4
_LONGEST = 160
_OPENS_NO_TITLE = frozenset("#|>-=+*•\t")
_STOPS = frozenset(".,;。；，")


def may_be_underlined(text: str) -> bool:
    """Whether a text has a line that could be drawn under a heading."""
    return holds(text, "\n==", "\n----")


def with_headings(lines: Sequence[str]) -> list[str]:
    """The lines, such headings as "# Dams" with an empty line below."""
    found = list(lines)
    for number in range(1, len(lines)):
        line = lines[number]
        if line.lstrip()[:1] not in ("=", "-") or not (match := _LINE.match(line)):
            continue
        title, drawn = lines[number - 1].strip(), len(line.strip())
        if not _is_title(lines, number - 1, title):
            continue
        if match["sign"] == "=" and drawn >= _FEWEST_EQUAL:
            found[number - 1], found[number] = f"# {title}", ""
        elif drawn >= _FEWEST_DASHES and abs(drawn - len(title)) <= 1:
            found[number - 1], found[number] = f"## {title}", ""
    return found


def _is_title(lines: Sequence[str], number: int, title: str) -> bool:
    """Whether a line stands alone above what is drawn, and is no row, item or sentence."""
    alone = number == 0 or not lines[number - 1].strip()
    if not alone or not title or len(title) > _LONGEST or title[0] in _OPENS_NO_TITLE:
        return False
    return title[-1] not in _STOPS and any(map(str.isalpha, title))
