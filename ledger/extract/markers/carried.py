"""The characters before a number set high -> whether a marker stands there, or an exponent."""

from ledger.patterns import later

_CARRIES_MARKER = later(
    r"(?:[^\W\d_]{2}|[.!?…。！？,;:，；：\]\"”’»*_%]|</sup>|(?P<sure>[^\W\d_]{2}\)|[.%]\)|\b20[0-9]{2}))$"
)
"""What a marker set high stands behind where no list confirms it: a word, a stop, its like.
`sure`: what no exponent stands behind although it ends like one's base, "(IMF)" or "2024"."""
_LONGEST_CARRIER = len("</sup>")
_YEAR_BEFORE = later(r"(?:^|[^\w.,])(?:19|20)[0-9]{2}\)?$")
_OLD_YEAR_BEFORE = later(r"(?:^|[^\w.,^])1(?!000|024)[0-9]{3}\)?$")
"""The year of long ago, which nobody raises beyond the ninth power: "in 1050^44^"."""
_NOT_IN_A_WORD = "(?<![A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff])"
_OF_BASE = (
    r"(?:[0-9]|(?<![^\W\d_]{3})(?<=[A-Za-zα-ω0-9])\)"
    rf"|{_NOT_IN_A_WORD}(?:R|r|χ|chi|x|y|z|n|E|mc|sq))$"
)
_OF_UNIT = (
    rf"{_NOT_IN_A_WORD}(?:(?:[cdkmnμµ]?m|[Å\u212b]|ft|mi|in|yd|(?<!['’])s|sec|h|hr|[дскм]?м)$"
    r"|(?<![0-9.,'’-])[a-zα-ω]$)"
)
_LONGEST_BASE = 4
"""Characters of a base or a unit, with what may stand before it."""
_BASE = later(_OF_BASE)
"""What may be raised to any power."""
_UNIT = later(_OF_UNIT)
_MAY_BE_RAISED = later(f"{_OF_BASE}|{_OF_UNIT}")
_TWO_DIGITS = 2
"""Digits of a number that is a power no more behind a year of long ago."""
_POWERS = frozenset("234")
"""What a unit or a variable is raised to; behind "9 kΩ·μm" a 7 is no power."""
_ASIDE_BEFORE = later(
    r"(?:(?:^|\s)\([A-ZÀ-ÞА-ЯЄІЇ]{2,8}|[(,]\s?(?:19|20)[0-9]{2}[a-z]?|[0-9]\s?%|\bdB\([A-C]"
    r"|[$€£¥₹]\s?[0-9][0-9.,]{0,8}(?:bn|[kmMB])|[A-Z]{2,6}-[0-9]{1,3}"
    r"|(?:[=<>≈~]|[^\W\d_]{4})[^()]{1,16}[0-9])\)$"
)
"""Brackets that nobody raises: "(EU)", "(2023)", "(5 %)", "dB(A)", "(€5m)", "(IL-6)", "(OR ~2)"."""
_FIGURE_BEFORE = later(
    r"(?:[$€£¥₹]\s?[0-9][0-9.,]{0,11}|(?<![0-9,])[0-9]{1,3}(?:,[0-9]{3}){1,4}|\b[0-9]{1,2}:[0-9]{2}"
    r"|(?<![^\W\d_])[A-ZÀ-Þ][a-zà-ÿ]{2,11}\s[0-9]{1,2}|\b[a-z]?[A-Z][A-Za-z]{1,9}\s?-?[0-9]{1,2}"
    r"|\b[QH][1-4])\Z"
)
"""Figures that nobody raises: sums, times, days, names: "$18", "10:30", "October 14", "GPT-4"."""


_SQUARES = (r"[²³⁴]", r"<sup>[234]</sup>", r"\^[234]\^")
_OF_A_LETTER = "|".join(rf"(?<=\W[^\W\d_]{power})|(?<=\W[^\W\d_]\*{power})" for power in _SQUARES)
NO_EQUATION = rf"(?!(?=\s?[=<>≈≤≥])(?:{_OF_A_LETTER}))"
"""Behind a number set high: it is no power of a lone letter, equal to something: "I² = 35%".

At the end of a pattern, because one that begins with it is tried at every place of a text.
"""
NO_NAME = r"(?!(?<=[A-Za-z][²³])[A-Z](?![a-z]))"
"""Behind a number set high: it is within no name: "I²C", "un²CLIP"."""


def can_carry(before: str) -> bool:
    """Whether a number can be a marker behind some text, whatever the reference list says."""
    if before.endswith(" "):  # known at once, and most that counts nothing stands behind one
        return False
    carries = _CARRIES_MARKER.search(before, max(0, len(before) - _LONGEST_CARRIER))
    if carries is None or _MAY_BE_RAISED.search(before, max(0, len(before) - _LONGEST_BASE)):
        return carries is not None and bool(carries["sure"])
    return True


def is_year(before: str) -> bool:
    """Whether a text ends with a year; nobody raises one to a power."""
    return _YEAR_BEFORE.search(before) is not None


def is_power(labels: tuple[str, ...], before: str) -> bool:
    """Whether a number set high is an exponent, given the text before it."""
    end = max(0, len(before) - _LONGEST_BASE)
    if _BASE.search(before, end):
        if is_year(before) or _ASIDE_BEFORE.search(before) or _FIGURE_BEFORE.search(before):
            return False
        return len(labels[0]) < _TWO_DIGITS or _OLD_YEAR_BEFORE.search(before) is None
    return len(labels) == 1 and labels[0] in _POWERS and _UNIT.search(before, end) is not None
