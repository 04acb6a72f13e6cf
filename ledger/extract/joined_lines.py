"""Lines of one block -> its characters: what stands between two of them, or nothing."""

from collections.abc import Iterator, Sequence

from ledger.patterns import later

_NARROWEST_COLUMN = 28
"""Characters of a line of Chinese or Japanese that may be broken for its width; chosen, as columns
have thirty and more, and labels up to twenty."""
_UNSPACED = r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff65]"
_UNSPACED_END = later(r"[，、\u3040-\u30ff\u3400-\u9fff](?:\[[0-9,–-]{1,20}\])?\Z")
_UNSPACED_BEGIN = later(rf"(?:\[[0-9,–-]{{1,20}}\])?{_UNSPACED}")
_BROKEN, _REST = (
    later(r"[^\W\d_A-Z]-\Z"),
    later(r"(?!(?:and|or|und|oder|bis|to|et|ou|y|o|e|en|of)\b)[a-zà-öø-ÿ]"),
)
"""How a line ends in a broken word and the next one goes on; "pre- and post-war" is none."""


def joined(lines: Sequence[str]) -> str:
    """The characters of a block: a space between its lines, and none behind a broken word.

    The hyphen stays, since nobody can say which words have one: "low-", "income". Nor does a space
    stand between lines of Chinese and Japanese.
    """
    text = " ".join(lines)
    if len(lines) > 1 and ("- " in text or not text.isascii()):
        return "".join(_joined(lines))
    return text


def breaks_word(line: str, below: str) -> bool:
    """Whether a line ends in the first part of a word, and the next begins with the rest."""
    return bool(_BROKEN.search(line[-3:]) and _REST.match(below))


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines and what stands between them."""
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        yield line
        if below and not (breaks_word(line, below) or _breaks_unspaced(line, below)):
            yield " "


def _breaks_unspaced(line: str, below: str) -> bool:
    """Whether a line of Chinese or Japanese is broken for its width; a short one is a label."""
    long = len(line) >= _NARROWEST_COLUMN
    return bool(long and _UNSPACED_END.search(line[-24:]) and _UNSPACED_BEGIN.match(below))
