"""A sentence -> every figure in it, in order."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from ledger.figures import wide
from ledger.figures.numeral import Part, numeral
from ledger.figures.units import unit_of
from ledger.figures.words import Word, folded, words

_VULGAR = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")
_WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(
    rf"(?P<word>[^\W\d_{_WIDE}]+)"
    r"|(?P<part>(?<![\d/.,-])\d{1,2}[/\u2044]\d{1,2}(?![\d/]|[.,]\d))"
    r"|(?P<number>(?<![\d.,])\d{1,3}(?: \d{3}){1,5}(?![\d ]\d)(?:[.,]\d{1,9})?(?!\d)"
    r"|\d[\d.,:]{0,30})"
    rf"|(?P<divisor>[{wide.NUMERALS}]{{1,9}})分之(?P<above>[{wide.NUMERALS}]{{1,9}}|\d{{1,9}})"
    rf"|(?P<wide>[{wide.NUMERALS}]{{1,30}})"
)
"""A fraction, a number, numerals of Chinese, or a word."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3})+(?:\.\d+)?|(?:\.\d{3}){2,}(?:,\d+)?)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""Nobody can say whether its dot parts thousands: it is what is written."""
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_MONEY = re.compile(r"[$€£¥₽]\s?\Z")
_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9}
"""What multiplies an amount of money when it is glued to it: "$3.2m"."""
_HALF_OF_MORE = re.compile(
    r"\b(?:first|second|latter|other|top|bottom|better|ersten?|zweiten?|première|seconde|primera"
    r"|segunda|prima|seconda|primeira|eerste|tweede|первой|первую|второй|вторую)[ -]\Z"
)
"""Before a half that is a time or a place, and no figure: "in the first half"."""
_NEAR = 12
"""Characters before a word that are looked at: before a half the longest has nine with its space,
and an amount with a letter glued to it ("$3.2m") is written short."""
_MOST = 2_000
"""Words and numbers of one sentence that are looked at."""


class Figure(NamedTuple):
    """One figure.

    Attributes:
        worth: The same for all that are worth the same, however they are written.
        sure: Whether it is one for sure: "one" and "second" only may be.
        unit: What it is an amount of, see `units.unit_of`; None where that is not known.
    """

    worth: str
    sure: bool
    unit: str | None = None


def found(text: str) -> Iterator[Figure]:
    """Every figure of a sentence, in order. Never raises."""
    plain = folded(unicodedata.normalize("NFKC", _VULGAR.sub(" ", text)))
    parts = list(islice(_parts(plain), _MOST))
    at = 0
    while at < len(parts):
        until, worth, sure = numeral(plain, parts, at)
        if worth is not None:
            yield Figure(worth, sure, unit_of(plain, parts[at].start, parts[until - 1].end))
        at = until


def _parts(plain: str) -> Iterator[Part]:
    """What figures may be made of, in order."""
    known = words()
    for match in _TOKEN.finditer(plain):
        begin, end = match.span()
        if written := match["word"]:
            word = known.get(written) or _short(plain, written, begin)
            if word is not None:
                yield Part(_less_sure(plain, word, begin, end), written, begin, end)
        elif match["wide"]:
            yield from _in_wide(plain, match["wide"], begin)
        elif match["divisor"]:
            ratio = wide.ratio_of(match["above"], match["divisor"])
            if ratio is not None:
                yield Part(Word("whole", ratio), match[0], begin, end)
        else:
            yield _in_digits(match)


def _in_digits(match: re.Match[str]) -> Part:
    begin, end = match.span()
    if match["part"]:
        above, below = re.split("[/\u2044]", match[0])
        if int(below):
            return Part(Word("whole", Fraction(int(above), int(below))), match[0], begin, end)
        return Part(Word("raw", Fraction(0)), match[0], begin, end)
    written = match[0].rstrip(".,:")
    end = begin + len(written)
    bare = written.replace(" ", "")
    if _THOUSANDS.fullmatch(bare):
        return Part(Word("raw", Fraction(bare)), bare, begin, end)
    if _GROUPED.fullmatch(bare):
        last = bare.rpartition(",")[2] if bare.count(".") > 1 and "," in bare else ""
        bare = bare.replace(",", "") if bare.count(".") < 2 else bare.split(",")[0].replace(".", "")
        bare += f".{last}" if last else ""
    if _DECIMAL.fullmatch(bare):
        return Part(Word("number", Fraction(bare.replace(",", "."))), written, begin, end)
    return Part(Word("raw", Fraction(0)), written, begin, end)


def _in_wide(plain: str, run: str, begin: int) -> Iterator[Part]:
    before, end = plain[max(0, begin - 1) : begin], begin + len(run)
    if before.isdecimal() and run[0] in wide.SCALES:
        if run[-1] == "千" and plain[end : end + 1] in wide.UNITS:
            run = run[:-1]
        scales = run[: len(run) - len(run.lstrip(wide.SCALES))]
        worth = wide.value_of(scales) if scales else Fraction(1)
        yield Part(Word("scale", worth or Fraction(1)), scales, begin, begin + len(scales))
        run, begin = run[len(scales) :], begin + len(scales)
    worth_of_run = wide.value_of(run) if run else None
    if worth_of_run is None:
        return
    if before in "数數几幾" and before and run[0] in f"十{wide.SCALES}":
        yield Part(Word("scale", worth_of_run, many=True), run, begin, end)
        return
    sure = before != "第" and wide.is_sure(run, plain[end : end + 1])
    yield Part(Word("whole", worth_of_run, sure), run, begin, end)


def _short(plain: str, written: str, begin: int) -> Word | None:
    """The multiplier that a letter is which is glued to an amount of money."""
    if written not in _SHORT or not plain[begin - 1 : begin].isdecimal():
        return None
    at = begin
    while at and (plain[at - 1].isdecimal() or plain[at - 1] in ".,"):
        at -= 1
    if begin - at > _NEAR or not _MONEY.search(plain, max(0, at - 2), at):
        return None
    return Word("scale", Fraction(_SHORT[written]))


def _less_sure(plain: str, word: Word, begin: int, end: int) -> Word:
    """A half that is part of another word, or of a time, only may be a figure."""
    if word.kind == "half":
        inside = plain[end : end + 1] == "-" or plain[begin - 1 : begin] == "-"
        if inside or _HALF_OF_MORE.search(plain, max(0, begin - _NEAR), begin):
            return word._replace(sure=False)
    return word
