"""A text -> the numbers that it has set high, and whether they can be markers."""

import re
from collections.abc import Iterator

from ledger.extract.markers.carried import NO_EQUATION, NO_NAME, can_carry, is_power
from ledger.extract.markers.numbers import CIRCLED, IN_CIRCLES, NUMBERS, SUPERS, expand
from ledger.letters import beyond_ascii, holds
from ledger.patterns import later

_FLATTENED = {**SUPERS, **str.maketrans("˒‚⁻", ",,-")}
_BEHIND_CIRCLE = later(r"[\s\W]|$")
"""What follows a circled number that is a marker; one that begins an item has its text there."""
_HIGH = (
    ("<sup", later(rf"<sup[^<>\n]{{0,100}}>\[?([0-9]{{1,4}})\b(?:</sup>)?+{NO_EQUATION}")),
    ("^", later(r"\^(?<!\[\^)\[?([0-9]{1,4})\b")),
    ("$^", later(r"\$\^\{?\[?([0-9]{1,4})\b")),
)
_HIGH_DIGITS = later(rf"([⁰¹²³⁴-⁹][⁰¹²³⁴-⁹]{{0,3}}+){NO_EQUATION}{NO_NAME}(?![⁺⁻](?![¹²³⁴-⁹]))")
_HIGH_SIGN = later(f"[⁰¹²³⁴-⁹{IN_CIRCLES}]")
_SETS_HIGH = later(rf"<sup|[⁰¹²³⁴-⁹{IN_CIRCLES}]|\^\[?[0-9]{{1,4}}\]?\^|\$\^")
_LONGEST_BASE = 24
"""Characters before a digit set high that tell an exponent."""
_RAISED = later(
    r"(?:<sup[^<>\n]{0,100}>\s?(?:<a\s[^<>\n]{1,200}>)?"
    rf"\[?(?P<tagged>{NUMBERS})\]?(?:</a>)?\s?</sup>"
    rf"|(?:\^\[?|\$\^\{{)(?P<carets>{NUMBERS})(?:\]?\^|\}}\$)|(?P<digits>[¹²³⁴-⁹][⁰¹²³⁴-⁹˒‚⁻,]{{0,20}})"
    rf"|(?P<circled>[{IN_CIRCLES}]{{1,10}}))(?![^\W_]|[⁺⁻])"
)


def numbers_high(text: str) -> Iterator[str]:
    """The numbers that a text has set high, without the powers among them."""
    for sign, pattern in _HIGH:
        yield from pattern.findall(text) if holds(text, sign) else ()
    if _HIGH_SIGN.search(beyond_ascii(text)):
        for match in _HIGH_DIGITS.finditer(text):
            number = match[0].translate(SUPERS)
            if not is_power((number,), text[max(0, match.start() - _LONGEST_BASE) : match.start()]):
                yield number


def every_high(text: str) -> Iterator[str]:
    """The numbers that a text has set high, each as often as it has it, powers among them."""
    for match in _RAISED.finditer(text) if has_high(text) else ():
        if not match["circled"]:
            yield from filter(None, _high_labels(match))


def only_carets(text: str) -> bool:
    """Whether what is set high in a text is so by a caret before it: "fell.^1"."""
    return not _SETS_HIGH.search(text)


def has_high(text: str) -> bool:
    """Whether something may be set high in a text; most have nothing."""
    if "^" in text or holds(text, "<sup"):
        return True
    return _HIGH_SIGN.search(beyond_ascii(text)) is not None


def counted_high(text: str) -> frozenset[str]:
    """Numbers set high that are markers without a list: they count from 1 without a gap.

    Behind words and stops, that is, where exponents do not stand.
    """
    seen: set[str] = set()
    for match in _RAISED.finditer(text):
        if not can_carry(text[max(0, match.start() - 20) : match.start()]):
            continue
        for label in _high_labels(match):
            if label not in seen and label != str(len(seen) + 1):
                return frozenset()
            seen.add(label)
    return frozenset(seen)


def _high_labels(match: re.Match[str]) -> tuple[str, ...]:
    """The numbers set high in one place; a single "", which counts nothing, for what is no marker.

    `match` is of `_RAISED`.
    """
    if circled := match["circled"]:
        behind = _BEHIND_CIRCLE.match(match.string, match.end())
        return tuple(str(CIRCLED.index(char) + 1) for char in circled) if behind else ("",)
    raw = match["tagged"] or match["carets"] or match["digits"].translate(_FLATTENED)
    return expand(raw.strip(",-")) or ("",)
