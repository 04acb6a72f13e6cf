"""Characters that a rule may need, and most texts have few of: marks, and what is no ASCII."""

from functools import lru_cache

WIDE = r"[^\W\d_\0-\u303f]"
"""A letter of Chinese, Japanese or Korean, or one beyond them: a class of a regular expression. It
says what is none of them, since a class takes time to compile for each character of its ranges."""
WIDE_SPACES = "\x85\xa0\u1680{}\u2028\u2029\u202f\u205f\u3000".format(
    "".join(map(chr, range(0x2000, 0x200B)))
)
"""White space that is no ASCII."""
_ASCII = bytes(range(0x80))
_NO_MARKS = bytes(
    code for code in range(0x100) if code > 0x7F or code <= 0x20 or chr(code).isalnum()
)


@lru_cache(maxsize=4)
def beyond_ascii(text: str) -> str:
    """The characters of a text that are no ASCII, in order.

    To look for one of them here is ten times as fast as in the text. The last texts are
    remembered: a document is asked about as it was read and as it is when it is clean.
    """
    if text.isascii():
        return ""
    kept = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return kept.decode("utf-8", "surrogatepass")


@lru_cache(maxsize=4)
def marks_of(text: str) -> str:
    """The marks of ASCII in a text, such as brackets and stops, in order.

    What stands side by side in the text does so here. To look for "^[" here is some ten times as
    fast as in the text, and what is missing here is missing there. Remembered as `beyond_ascii`.
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _NO_MARKS).decode("ascii")


def key_of(words: str) -> str:
    """The letters and digits of some words in one case, by which two spellings are compared."""
    return "".join(filter(str.isalnum, words.casefold()))


def is_small(letter: str) -> bool:
    """Whether a letter is a small one, and might have been a capital: Georgian prose has none.

    `letter` is one character, or empty.
    """
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"
