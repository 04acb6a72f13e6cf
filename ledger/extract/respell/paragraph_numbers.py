"""Numbers that count the paragraphs of a patent or a judgment: "[0001] The anode …"."""

from itertools import pairwise

from ledger.patterns import later

_NUMBER = later(r"(?:(?<=\n)|\A)\[(0[0-9]{3})\](?=\s)")
_FEWEST = 2
"""Numbers that rise: one alone, "[0001]", may be a citation."""


def without_paragraph_numbers(text: str) -> str:
    """The text without "[0001]" at the beginning of lines: two or more, rising, no other "[0"."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    rising = all(one < other for one, other in pairwise(numbers))
    if len(numbers) < _FEWEST or not rising or text.count("[0") != len(numbers):
        return text
    return _NUMBER.sub("", text)
