"""Endnotes with Roman numerals or letters, as in word processors -> footnotes: "[^ii]: Roe".

They are notes where they count from "[i]" or "[a]" without a gap, and the text above cites each.
"""

from collections.abc import Sequence

from ledger.patterns import later

_ENTRY = later(
    r"\s{0,8}(?:\\?\[([ivxl]{1,8}|[a-z])\\?\]|([ivxl]{1,8}|[a-z])\\?[.)](?=\s))"
    r"\s{0,4}(?=[^\s.,;:(\[])(.*)$"
)
_CITED = later(r"(?<=\S)\s?\\?\[([ivxl]{1,8}|[a-z])\\?\]")
_BEGINS = frozenset("[\\abcdefghijklmnopqrstuvwxyz")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")
_NUMERALS = tuple(f"{tens}{units}" for tens in _TENS for units in _UNITS)[1:]
_FEWEST, _FURTHEST = 2, 12
"""Notes, and lines from one to the next."""


def with_lettered_notes(lines: Sequence[str]) -> Sequence[str]:
    """The lines; endnotes "[ii] Roe" become footnotes "[^ii]: Roe". The same without any."""
    found = {
        number: (match[1] or match[2], match[3])
        for number, line in enumerate(lines)
        if line.lstrip()[:1] in _BEGINS and (match := _ENTRY.match(line))
    }
    answer = list(lines)
    for labels in (_NUMERALS, _LETTERS):
        run = _run({number: label for number, (label, _) in found.items()}, labels)
        if len(run) < _FEWEST:
            continue
        cited = set(_CITED.findall("\n".join(lines[: run[0]])))
        if cited.issuperset(labels[: len(run)]):
            for number in run:
                label, text = found[number]
                answer[number] = f"[^{label}]: {text}"
    return answer


def _run(found: dict[int, str], labels: Sequence[str]) -> list[int]:
    """The last lines whose labels count on from the first, each near the one before."""
    run: list[int] = []
    for number, label in found.items():
        if label == labels[0]:
            run = []
        near = not run or number - run[-1] <= _FURTHEST
        if near and len(run) < len(labels) and label == labels[len(run)]:
            run.append(number)
    return run
