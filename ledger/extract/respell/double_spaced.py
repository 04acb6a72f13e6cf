"""A text with a blank line behind every line -> its lines without these, as they were printed.

Text recognition may end each printed line twice: then no paragraph is left, and no line is a whole
sentence. A text is taken for such where many long lines end within a sentence that continues in
small letters behind the blank line, some of them with a word that cannot end a phrase.
"""

from itertools import pairwise

from ledger.patterns import later

_FEWEST, _LONG = 12, 60
"""Lines of such a text at least, and characters of one that fills its page."""
_PARTED, _GOES_ON = 9 / 10, 1 / 5
"""Which part of the lines have a blank one behind them, and go on behind it."""
_FILLED = 5 / 6
"""Of the widest line but a few, what a line has at least that did not end its paragraph."""
_MOST_WIDE = 10
"""One in so many lines may be wider."""
_INNER, _FEWEST_INNER = later(r"[.!?][”\"’]?\s[A-ZÀ-ÞА-Я]"), 1 / 6
"""Where a sentence ends within a line, and for which part of those that go on: somebody who writes
in small letters, a thought to a line, ends none there."""
_OPEN_WORDS = frozenset(
    "a an the of and der die das dem den des ein eine einen und von im zum zur le la les de du un "
    "une et el los las del y en il lo gli di e и в на с не к из по за от для под над".split()
)
"""Articles and the like: lines of print end in them as often as in anything, a thought in none."""
_FEWEST_OPEN = 1 / 15
"""For which part of the lines that go on one ends so, or in a hyphen; of print twice as many do."""
_STOPS = frozenset('.!?:;…。！？”"»)]')
_BEGINS = later(
    r"\s{0,8}(?:#|[-*•+]\s|\[\^?[0-9]{1,4}\]|\(?(?:[0-9]{1,3}[.)]|[a-z]\))\s|\||```"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ. ]{1,30}:\s)"
)
"""How a line begins that goes on with none: an item, an entry, and who speaks, "ROE: No"."""


def single_spaced(text: str) -> str:
    """The text without such blank lines; as it is where nothing shows them. Never raises."""
    if text.count("\n\n") < _FEWEST:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    said = [line for line in lines if line]
    if len(lines) - len(said) < _PARTED * len(said):
        return text
    going_on = [line for line, below in pairwise(said) if _goes_on(line, below)]
    inner = sum(_INNER.search(line) is not None for line in said)
    if len(going_on) < _GOES_ON * len(said) or inner < _FEWEST_INNER * len(going_on):
        return text
    if sum(map(_is_open, going_on)) < _FEWEST_OPEN * len(going_on):
        return text
    widest = sorted(map(len, said))[-1 - len(said) // _MOST_WIDE]
    kept: list[str] = said[:1]
    for line, below in pairwise(said):
        kept += [below] if _is_one_paragraph(line, below, widest) else ["", below]
    return "\n".join(kept)


def _goes_on(line: str, below: str) -> bool:
    amid = len(line) >= _LONG and line[-1] not in _STOPS
    return amid and below.lstrip()[0].islower() and not _BEGINS.match(below)


def _is_open(line: str) -> bool:
    last = line[line.rfind(" ") + 1 :]
    return last in _OPEN_WORDS or last[-1] == "-"


def _is_one_paragraph(line: str, below: str, widest: int) -> bool:
    if _BEGINS.match(below):
        return False
    if below.lstrip()[0].islower():
        return True
    return len(line) >= _FILLED * widest
