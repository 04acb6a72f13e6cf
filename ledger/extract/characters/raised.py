"""What is set high and is no marker -> characters that are high themselves: 10⁹, m⁻², ¹⁴C.

Without its height an exponent is a false number: "10<sup>9</sup>" is not 109.
"""

import re

from ledger.patterns import later

_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_HAS_RAISED = later(r"(?=[^0-9]{0,12}[0-9n])[0-9+=()n−–-]{1,12}")
_DIGIT = re.compile(r"[0-9]")


def raised(text: str) -> str:
    """Text that was set high, readable without markup.

    In characters that are high where all of it has some; behind "^" where it has a digit and they
    do not do ("10^2k"); as it is for letters ("1er", "5th").
    """
    bare = text.strip()
    if _HAS_RAISED.fullmatch(bare):
        return bare.translate(_RAISED)
    if _DIGIT.search(bare) and " " not in bare:
        return f"^{bare}"
    return text


def is_raised(text: str) -> bool:
    """Whether all of a text has characters that are high."""
    return _HAS_RAISED.fullmatch(text) is not None


def raised_letter(text: str) -> str | None:
    """One small letter that was set high, as a character that is: "ᵃ"; None for anything else."""
    return _LETTERS.get(text)
