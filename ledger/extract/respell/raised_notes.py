"""Notes with raised numbers, several on one line -> each on a line of its own."""

import re

from ledger.patterns import later

RAISED_NOTES = later(
    r"^(?:[*_]{0,3}(?:[Ss]ources?|[Rr]eferences?)[*_]{0,3}:[*_]{0,3} )?"
    r"¹ [^\n]{2,600}? ² [^\n]{2,2000}$",
    re.M,
)
"""Notes that follow one another on one line: "¹ Roe, Dams. ² Doe, Quays."."""


def each_on_its_line(match: re.Match[str]) -> str:
    """The notes of a match of `RAISED_NOTES`, a line for each as far as they count on."""
    text = match[0].replace(" ¹ ", "\n¹ ", 1)
    for sign in "²³⁴⁵⁶⁷⁸⁹":
        if f" {sign} " not in text:
            break
        text = text.replace(f" · {sign} ", f" {sign} ", 1).replace(f" {sign} ", f"\n{sign} ", 1)
    return text
