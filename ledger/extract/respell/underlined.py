"""Headings that are underlined, or lack the blank behind "##" -> headings as Markdown has them.

A line of "=" below a title makes it a heading. A line of "-" is a rule in most answers, and one of
"~" or backticks is a fence; such a line makes a heading only where it is as long as the title, in
characters or in columns. One of "~" may also be longer, where nothing follows it and the text has
no such fence. "##Dams" is a heading, too; "#Dams" is one only in the first line, and only where
others of the text are written as "##Dams" is.
"""

from collections.abc import Sequence
from unicodedata import east_asian_width

from ledger.extract.fences import fences
from ledger.letters import holds
from ledger.patterns import later

_LINE = later(r"\s{0,3}(?P<sign>[=~^`-])(?P=sign){1,159}\s*$")
_TITLED = r"(?=[^\W_]|[*“\"（【《「])"
_GLUED = later(rf"(?P<mark>#{{1,6}}){_TITLED}(?P<title>[^#\n]{{1,160}})$")
_DEEP = later(rf"##{_TITLED}")
_FEWEST_EQUAL, _FEWEST_DASHES, _FEWEST_BACKTICKS = 2, 4, 5
"""Signs of a line below a title: CommonMark asks for one, but "--" and "---" are also rules, and
"````" opens code."""
_SURELY_DRAWN = 5
"""Of "~", so many that it may be longer than its title and is yet no fence of code."""
_LONGEST = 160
"""Characters of such a title, and of what is drawn under it, as in `_LINE`."""
_OPENS_NO_TITLE = frozenset("#|>-=+*•\t")
_STOPS = frozenset(".,;。；，")
_DRAWS = frozenset("=-~^`")


def with_headings(text: str, lines: list[str]) -> list[str]:
    """The lines of a text, such headings as "# Dams"; an underlined one has an empty line below."""
    if _DEEP.search(text):
        lines = _with_blanks(lines)
    return _marked(lines) if holds(text, "\n==", "\n----", "\n~~~~", "\n^^^^", "\n`````") else lines


def _with_blanks(lines: list[str]) -> list[str]:
    """The lines, headings that are glued to their mark with a blank behind it."""
    glued = {
        number: match
        for number, line in enumerate(lines)
        if line[:1] == "#" and (match := _GLUED.match(line))
    }
    deep = {number for number, match in glued.items() if len(match["mark"]) > 1}
    if not deep:
        return lines
    first = next(number for number, line in enumerate(lines) if line.strip())
    code, found = fences(lines), list(lines)
    for number in (deep | (glued.keys() & {first})) - set(code):
        found[number] = f"{glued[number]['mark']} {glued[number]['title']}"
    return found


def _marked(lines: Sequence[str]) -> list[str]:
    """The lines, those that are underlined marked as headings, and what is drawn gone."""
    found = list(lines)
    unfenced = _is_unfenced(lines)
    for number in range(1, len(lines)):
        line = lines[number]
        if line.lstrip()[:1] not in _DRAWS or not (match := _LINE.match(line)):
            continue
        title, drawn = lines[number - 1].strip(), len(line.strip())
        if not _is_title(lines, number - 1, title):
            continue
        if match["sign"] == "=" and drawn >= _FEWEST_EQUAL:
            found[number - 1], found[number] = f"# {title}", ""
            continue
        fewest = _FEWEST_BACKTICKS if match["sign"] == "`" else _FEWEST_DASHES
        if drawn >= fewest and _is_drawn_under(title, lines, number, longer=unfenced):
            level = "##" if match["sign"] == "-" else "###"
            found[number - 1], found[number] = f"{level} {title}", ""
    return found


def _is_unfenced(lines: Sequence[str]) -> bool:
    """Whether each line of "~" stands below a title: of the two of a fence, one hardly does."""
    drawn = (number for number, line in enumerate(lines) if line.lstrip().startswith("~~~"))
    return all(at and _is_title(lines, at - 1, lines[at - 1].strip()) for at in drawn)


def _is_drawn_under(title: str, lines: Sequence[str], number: int, *, longer: bool) -> bool:
    drawn = lines[number].strip()
    if min(abs(len(drawn) - len(title)), abs(len(drawn) - _width(title))) <= 1:
        return True
    if not longer or drawn[0] != "~" or len(drawn) <= max(len(title), _SURELY_DRAWN):
        return False
    return not "".join(lines[number + 1 : number + 2]).strip()


def _width(title: str) -> int:
    """Columns that a title takes where characters are of one width: those of Chinese take two."""
    return len(title) + sum(east_asian_width(char) in "WF" for char in title)


def _is_title(lines: Sequence[str], number: int, title: str) -> bool:
    """Whether a line stands alone above what is drawn, and is no row, item or sentence."""
    alone = number == 0 or not lines[number - 1].strip()
    if not alone or not title or len(title) > _LONGEST or title[0] in _OPENS_NO_TITLE:
        return False
    return title[-1] not in _STOPS and any(map(str.isalpha, title))
