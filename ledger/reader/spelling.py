"""Texts as SQL compares them, on every database."""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

_ACCENTED = re.compile("([A-Za-z])[\u0300-\u036f]+")
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def unaccented(text: str) -> str:
    """A text without the accents of Latin letters, as PostgreSQL's index of words has it.

    Letters that are more than a letter and an accent, such as "ø", stay.
    """
    if text.isascii():
        return text
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def lower(text: str) -> str:
    """What SQL's LOWER gives of a recorded text on both databases: only A to Z are changed.

    For a value that is compared with one. LOWER of a parameter goes by the server's language.
    """
    return text.translate(_LOWER)
