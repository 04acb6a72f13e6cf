"""Numbers of markers: the characters they are spelled with, and what a list of them says."""

from functools import lru_cache
from unicodedata import decimal

from ledger.patterns import later

OPENING = "[［【〔〖"
OPEN = rf"[\{OPENING}]"
CLOSE = r"[\]］】〕〗]"
DASH = r"-?[-‐‑–—−~～]"
"""Two hyphens are a dash where TeX or Pandoc sets the page: "[1--3]"."""
NUMBER = r"\d{1,4}"
"""In the digits of any script: [১], [๑], ［１］."""
NO_YEAR = r"(?!(?:1[5-9]|20)[0-9]{2}(?![0-9]))"
"""Stands before a number that counts an entry: no list is so long."""
NUMBERS = rf"{NUMBER}(?:\s{{0,2}}[\\-]?[,;，；、،؛\-‐‑–—−~～]\s{{0,2}}{NUMBER}){{0,60}}"

_DASHES = later(rf"\s*{DASH}\s*")
_COMMAS = later(r"\s*[,;，；、،؛]\s*")
_YEARS = range(1500, 2101)
LARGEST_UNLISTED = 999
"""A larger number is a citation only when the list has it: no list seen is longer."""
WIDEST_RANGE = 400
"""Numbers beyond the first that a range stands for. Chosen: "[1-999]" would be as many citations of
one claim."""
_MOST_DIGITS = 100
"""Beyond, a label from outside counts nothing; Python refuses to read thousands of digits."""
SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
"""Of 1 to 50, in their order."""
IN_CIRCLES = "①-⑳㉑-㉟㊱-㊿"
"""The same, within a set of a pattern."""


def plain_digits(text: str) -> str:
    """A text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(decimal(char)) if char.isdecimal() else char for char in text)


def number_in(label: str) -> int | None:
    """The number that a label is; None for any other label, also "²" and "①"."""
    return int(label) if label.isdecimal() and len(label) <= _MOST_DIGITS else None


def plausible(label: str) -> bool:
    """Whether a number may be a marker at all, without a list that has it."""
    number = int(label)
    return 0 < number <= LARGEST_UNLISTED and number not in _YEARS


@lru_cache(maxsize=512)
def expand(inside: str) -> tuple[str, ...] | None:
    """Identifiers of "2, 7", "4-6" or "1–3;9", ranges expanded, in order.

    None when it is no such list: other words, "1²", a range that runs backwards or is wider than
    any real one.
    """
    if inside.isdecimal():
        return (str(int(inside)),)
    if "\\" in inside:
        inside = inside.replace("\\", "")  # "2\~3", as a program writes what Markdown could take
    labels: list[str] = []
    for part in _COMMAS.split(plain_digits(inside).strip()):
        ends = _DASHES.split(part)
        if not all(map(str.isdecimal, ends)):
            return None
        if len(ends) == 1:
            labels.append(str(int(ends[0])))
            continue
        first, last = int(ends[0]), int(ends[-1])
        if len(ends) > 2 or not first < last <= first + WIDEST_RANGE:
            return None
        labels.extend(str(number) for number in range(first, last + 1))
    return tuple(labels)
