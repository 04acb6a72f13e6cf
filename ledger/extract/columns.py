"""Lines -> how long they are where paragraphs are broken into lines of one width."""

from collections.abc import Sequence
from itertools import islice

from ledger.extract.classify import is_closed, is_prose
from ledger.patterns import later

_WIDEST_COLUMN, _WIDE_COLUMN, _FEWEST_WRAPPED, _SHOW_HABIT = 120, 100, 3, 2_000
"""Characters of the widest column that editors wrap at, and of one that shows it by more, and lines
that show such a habit: the fewest, and the most that are looked at."""
_NEARLY_FULL = 0.85
"""The part of a wide column that its lines fill: lines that differ more are none of one."""
_SHORTEST_LINE, _FEWEST_PRINTED, _MOST_PRINTED = 50, 20, 5_000
"""Characters of a line that a page is as wide as, broken lines that show a text in print, and lines
that are looked at."""
_HANGUL = later("[\uac00-\ud7a3]")
"""A letter that takes two columns, in a script that parts its words."""
_ENDS_IN_KOREAN = later(
    r"[\uac00-\ud7a3](?:니다|니까|어요|아요|세요|해요|이다|했다|었다|았다|죠)\s*\Z"
)
"""How a sentence of Korean ends, with or without its stop, as in chats and verse."""
_BEGINS = frozenset(["", *"-*+#|>"])
"""How a line begins that goes on with nothing, or none."""
_NARROWEST, _FEWEST_BROKEN = 28, 5
"""Characters of the narrowest column of a printed page, and broken lines that show one."""


def hard_wrapped(lines: Sequence[str], taken: frozenset[int]) -> int:
    """The usual length of lines where paragraphs are broken into lines of one width; else 0.

    E-mail, man pages, LaTeX and printed pages are. Of the lines that another line follows, most end
    in mid-sentence, and none is longer than 120 characters, the widest column that editors wrap at.
    Where some are longer, those of sentences are about as long as each other. The first of them
    show the habit.

    Args:
        lines: Of the document.
        taken: Numbers of lines that are of a list.
    """
    followed = (n for n in range(len(lines) - 1) if lines[n + 1] and lines[n] and n not in taken)
    first = islice(followed, _SHOW_HABIT)
    inner = [lines[n].rstrip() for n in first if not (lines[n + 1].isspace() or lines[n].isspace())]
    if any(len(line) > _WIDEST_COLUMN and is_prose(line) for line in inner):
        return _of_one_width(lines, taken)
    inner = [line for line in inner if is_prose(line)]
    if len(inner) < _FEWEST_WRAPPED:
        return 0
    open_ended = sorted(
        len(line) for line in inner if _width(line) >= _SHORTEST_LINE and not _is_closed(line)
    )
    if len(open_ended) * 2 > len(inner):
        usual, widest = open_ended[len(open_ended) // 2], max(map(len, inner))
        if widest <= _WIDE_COLUMN or usual > _NEARLY_FULL * widest:
            return usual
    return _of_one_width(lines, taken) if open_ended else _narrow_column(lines, taken)


def _is_closed(line: str) -> bool:
    return is_closed(line) or _ENDS_IN_KOREAN.search(line[-8:]) is not None


def _width(line: str) -> int:
    """The columns of a line."""
    return len(line) if line.isascii() else len(line) + len(_HANGUL.findall(line))


def _of_one_width(lines: Sequence[str], taken: frozenset[int]) -> int:
    """The same for the text of printed pages, among whose lines are those of formulas; else 0.

    Of its long lines three in four are broken, most of those are about as long as each other, and
    the lines below them go on with small letters.
    """
    followed = [
        n
        for n in range(min(len(lines) - 1, _MOST_PRINTED))
        if len(lines[n]) >= _SHORTEST_LINE and lines[n + 1][:1] not in _BEGINS and n not in taken
    ]
    narrow = sum(len(lines[n]) * 5 <= _WIDEST_COLUMN * 6 for n in followed)
    if len(followed) < _FEWEST_PRINTED or narrow * 3 < _FEWEST_PRINTED * 2:
        return 0
    whole = 0
    broken: list[tuple[int, bool]] = []
    for n in followed:
        line = lines[n].rstrip()
        if len(line) < _SHORTEST_LINE or not lines[n + 1].strip():
            continue
        if is_prose(line):
            whole += 1
            if not is_closed(line):
                broken.append((len(line), lines[n + 1].lstrip()[:1].islower()))
    if len(broken) < _FEWEST_PRINTED or len(broken) * 4 < whole * 3:
        return 0
    usual = sorted(length for length, _ in broken)[len(broken) // 2]
    alike = sum(usual * 4 <= length * 5 and length * 5 <= usual * 6 for length, _ in broken)
    going_on = sum(small for _, small in broken)
    fits = usual <= _WIDEST_COLUMN and alike * 3 >= len(broken) * 2
    return usual if fits and going_on * 5 >= len(broken) * 2 else 0


def _narrow_column(lines: Sequence[str], taken: frozenset[int]) -> int:
    """The same for a column of a printed page, where verses are as short; else 0.

    Lines of verse begin with capitals and differ in length: sentences that are broken do not.
    """
    pairs = [
        (lines[n].rstrip(), lines[n + 1].lstrip())
        for n in range(min(len(lines) - 1, _SHOW_HABIT))
        if n not in taken and lines[n].strip() and lines[n + 1].strip() and is_prose(lines[n])
    ]
    broken = [(len(above), below) for above, below in pairs if not is_closed(above)]
    if len(broken) < _FEWEST_BROKEN or len(broken) * 2 < len(pairs):
        return 0
    widest = max(length for length, _ in broken)
    even = sum(length * 4 >= widest * 3 for length, _ in broken)
    going_on = sum(not below[:1].isupper() for _, below in broken)
    if widest < _NARROWEST or even * 4 < len(broken) * 3 or going_on * 2 < len(broken):
        return 0
    return sorted(length for length, _ in broken)[len(broken) // 2]
