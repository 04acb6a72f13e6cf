"""Endnotes with Roman numerals, as word processors have them -> footnotes: "[^ii]: Roe".

What proves them: they follow one another from "[i]" on, and the text above cites each of them.
"""

from collections.abc import Sequence

from ledger.patterns import later

_ENTRY = later(r"\s{0,8}\\?\[([ivxl]{1,8})\\?\]\s{0,4}(?=[^\s.,;:(\[])(.*)$")
_CITED = later(r"(?<=\S)\s?\\?\[([ivxl]{1,8})\\?\]")
_FEWEST, _FURTHEST = 2, 12
"""Notes, and lines from one to the next."""


def with_roman_notes(lines: Sequence[str]) -> Sequence[str]:
    """The lines with such notes as footnotes; the same where there are none."""
    run: list[tuple[int, str, str]] = []
    for number, line in enumerate(lines):
        match = _ENTRY.match(line) if "[" in line else None
        if match and match[1] == "i":
            run = []
        near = not run or number - run[-1][0] <= _FURTHEST
        if match and near and match[1] == _roman(len(run) + 1):
            run.append((number, match[1], match[2]))
    if len(run) < _FEWEST:
        return lines
    cited = set(_CITED.findall("\n".join(lines[: run[0][0]])))
    if not cited.issuperset(label for _, label, _ in run):
        return lines
    answer = list(lines)
    for number, label, text in run:
        answer[number] = f"[^{label}]: {text}"
    return answer


def _roman(number: int) -> str:
    """A number from 1 to 89 as a Roman numeral in small letters."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[min(number // 10, 8)]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
