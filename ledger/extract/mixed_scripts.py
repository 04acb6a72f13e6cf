"""Words of several scripts -> findings: what was garbled, and no symbols of science."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ledger.document import Block, Finding
from ledger.letters import WIDE, beyond_ascii
from ledger.patterns import later

_WORD = later(r"[^\W_]+(?:['’-][^\W_]+)*")
_PIECE = later(rf"(?:(?!{WIDE})[^\W_])+")
"""Letters and digits that are written together: scripts without spaces stand beside any other."""
_LETTERS_BEYOND_LATIN = later(r"[\u0370-\u052f\u1f00-\u1fff]")
_ONE_SCRIPT = later(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+|[\u0400-\u0481\u048a-\u052f]+"
)
"""Most words that are not all ASCII: letters of Latin alone, or of Cyrillic alone."""
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝАВЕКМНОРСТУХІЈЅαορτνι", "aeopcyxijsdhlqwABEKMHOPCTYXIJSaoptvi"
)
"""Cyrillic and Greek letters that look like Latin ones (a subset of Unicode's confusables)."""
_GREEK = later(r"[\u0370-\u03ff\u1f00-\u1fff]+")
_SYMBOLS = later("[ΓΔΘΛΞΠΣΦΨΩα-ιλμνξπρστυφχψωκϑϕϵϰϱϖ]{1,2}")
"""Greek letters that stand for a size, a unit or a kind: "ΔV", "15μm", "NF-κB", "γδT"."""
_DOUBTFUL = frozenset("αρτνι")
"""Of these, what can stand for a Latin letter inside a word."""
_SYMBOL = 3
"""Letters of a symbol of science with a Greek one in it: "δ18O", "Δt"."""


def mixed_scripts(text: str, prose: Sequence[Block]) -> Iterator[Finding]:
    """Words of several scripts, and words of a foreign script grown together with digits.

    Args:
        text: Of the whole document.
        prose: The blocks that are looked at.
    """
    if not _LETTERS_BEYOND_LATIN.search(beyond_ascii(text)):
        return
    spelled: set[str] = set()
    for block in prose:
        if not _LETTERS_BEYOND_LATIN.search(text, block.start, block.end):
            continue
        if not any(map(_is_odd, _WORD.findall(text, block.start, block.end))):
            continue
        words = list(_WORD.finditer(text, block.start, block.end))
        latin = _is_latin(text[block.start : block.end])
        for number, match in enumerate(words):
            if not _is_odd(match[0]):
                continue
            found, foreign = _broken(match)
            yield from map(_lookalike, found)
            if foreign and latin:
                spelled = spelled or set(map(str.casefold, _WORD.findall(text)))
                yield _intruder(text, words, number, spelled)


def _broken(word: re.Match[str]) -> tuple[list[re.Match[str]], bool]:
    """The pieces of a word that are of several scripts, and whether one is as `_intrudes` says."""
    mixed: list[re.Match[str]] = []
    foreign = False
    for piece in _PIECE.finditer(word.string, word.start(), word.end()):
        scripts = _scripts(piece[0])
        if "GREEK" in scripts and _is_symbolic(piece[0]):
            continue
        if len(scripts) > 1:
            mixed.append(piece)
        else:
            foreign = foreign or _intrudes(piece[0], scripts)
    return mixed, foreign


@lru_cache(4096)
def _script(char: str) -> str | None:
    """LATIN, CYRILLIC or GREEK; None for what no one mistakes for another."""
    name = unicodedata.name(char, "").split(" ", 1)[0]
    return name if name in ("LATIN", "CYRILLIC", "GREEK") else None


def _is_odd(word: str) -> bool:
    """Whether it may be of several scripts, or more than letters: hardly a word is."""
    return not word.isascii() and len(word) > 1 and not _ONE_SCRIPT.fullmatch(word)


def _scripts(word: str) -> set[str]:
    return {script for char in word if char.isalpha() and (script := _script(char))}


def _is_symbolic(piece: str) -> bool:
    """Whether all Greek letters of a piece are symbols: "δ18O", "ΔCoVaR", "1β"; not "dαm broke".

    One that looks like a Latin letter is none between two of those.
    """
    if sum(map(str.isalpha, piece)) <= _SYMBOL:
        return True
    for found in _GREEK.finditer(piece):
        if not _SYMBOLS.fullmatch(found[0]):
            return False
        around = (
            piece[max(0, found.start() - 1) : found.start()],
            piece[found.end() : found.end() + 1],
        )
        if _DOUBTFUL.issuperset(found[0]) and all(map(str.islower, around)):
            return False
    return True


def _intrudes(piece: str, scripts: set[str]) -> bool:
    """Whether a piece is of another script and grown together with digits."""
    return bool(scripts) and scripts <= {"CYRILLIC", "GREEK"} and not piece.isalpha()


def _is_latin(text: str) -> bool:
    """Whether most letters of a text are Latin."""
    return len(_LETTERS_BEYOND_LATIN.findall(text)) * 2 < sum(map(str.isalpha, text))


def _lookalike(match: re.Match[str]) -> Finding:
    meant = match[0].translate(_LOOKALIKES)
    guess = f"; “{meant}” was probably meant" if meant.isascii() else ""
    return Finding(
        code="mixed-script",
        detail=f"“{match[0]}” mixes letters of several scripts{guess}",
        at=match.start(),
    )


def _intruder(text: str, words: Sequence[re.Match[str]], number: int, spelled: set[str]) -> Finding:
    """A foreign word inside a broken one: the pieces on both sides may make a word of this text."""
    word = words[number]
    before = words[number - 1][0] if number else ""
    after = words[number + 1][0] if number + 1 < len(words) else ""
    begin = words[number - 1].start() if number else word.start()
    end = words[number + 1].end() if number + 1 < len(words) else word.end()
    detail = f"“{text[begin:end]}” holds letters of another script"
    if meant := _joined(before, after, spelled):
        detail += f"; “{meant}”, which this text has elsewhere, was probably meant"
    if digits := "".join(filter(str.isdecimal, word[0])):
        detail += f"; the digits {digits} may be what is left of a citation"
    return Finding(code="mixed-script", detail=detail, at=word.start())


def _joined(before: str, after: str, spelled: set[str]) -> str | None:
    """The word of the text that the two pieces make, sharing up to two letters; None if none."""
    for shared in range(3):
        if shared <= len(after) and before.endswith(after[:shared]):
            word = before + after[shared:]
            if word.casefold() in spelled:
                return word
    return None
