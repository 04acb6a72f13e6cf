"""Texts as SQL compares them, on every database."""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

_ACCENTED = re.compile("([A-Za-z])[\u0300-\u036f]+")
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

UNSPACED = (
    r"\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Chinese and Japanese (unicode.org/charts), as a range."""

_LATIN = r"0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
_OTHER = (
    r"\u0370-\u0dff\u10a0-\u177f\u1800-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff"
    r"\ua640-\ua69f\uac00-\ud7ff\ufb13-\ufdff\ufe70-\ufefc"
)
"""Letters of scripts with spaces between words that are not Latin: Greek, Russian, Korean ..."""

_ACCENTS = r"[\u0300-\u036f]{0,9}"

BORDER = "|".join(
    f"[{script}]{_ACCENTS}(?=[{others}])"
    for script, others in (
        (UNSPACED, _LATIN + _OTHER),
        (_LATIN, UNSPACED + _OTHER),
        (_OTHER, UNSPACED + _LATIN),
    )
)
"""The last letter of a run of one script before one of another, as in 0013; for PostgreSQL, too."""

_BORDER = re.compile(BORDER)
_NOT_LATIN = re.compile(f"[{UNSPACED}{_OTHER}]")


def unaccented(text: str) -> str:
    """A text without the accents of Latin letters, as PostgreSQL's index of words has it.

    Letters that are more than a letter and an accent, such as "ø", stay.
    """
    if text.isascii():
        return text
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def scripts_apart(text: str) -> str:
    """A text with a space where the script changes: "与OpenAI的" has three words."""
    if text.isascii() or not _NOT_LATIN.search(text):  # one script: most texts
        return text
    return _BORDER.sub(r"\g<0> ", text)


def lower(text: str) -> str:
    """What SQL's LOWER gives of a recorded text on both databases: only A to Z are changed.

    For a value that is compared with one. LOWER of a parameter goes by the server's language.
    """
    return text.translate(_LOWER)
