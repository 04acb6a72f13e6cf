"""Words to search for -> a condition that finds claims by an index of their words.

Words are found as they stand beside each other; upper and lower case are one, and Latin letters
with and without accents. The last may be the beginning of a longer word. A word also begins and
ends where the script changes. Where signs are searched for too, the text must have them as they
are, quotation marks and dashes of any kind; else it may have any between the words. Quotation marks
and brackets around the whole are none of it, and no more are the markers of a sentence that was
pasted with them.

An index of words is of no use for a sign, nor for writing that has no spaces between words; there
the text itself is looked through, in which upper and lower case of ASCII letters are one.
"""

import re
import unicodedata
from typing import NamedTuple

from ledger.reader import BORDER, UNSPACED, lower, scripts_apart, unaccented

NO_SPACES = re.compile(f"[{UNSPACED}]")


def folded(text: str) -> str:
    """PostgreSQL's expression for a text without the accents of Latin letters, as in 0008."""
    bare = rf"regexp_replace(normalize({text}, NFD), '([A-Za-z])[\u0300-\u036f]+', '\1', 'g')"
    return f"normalize({bare}, NFC)"


SIGNS = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb"
    r"\u00bf\u00d7\u00f7\u2000-\u206f\ufeff]+"
)
"""Signs that PostgreSQL would take for a part of a word, "input/output", and others, as in 0011."""


def parted(text: str) -> str:
    """PostgreSQL's expression for a text as its index of words reads it, as in 0013.

    Folded, without signs, and with a space between two scripts.
    """
    bare = f"regexp_replace({folded(text)}, '{SIGNS}', ' ', 'g')"
    return rf"regexp_replace({bare}, '{BORDER}', '\& ', 'g')"


INDEXED = f"to_tsvector('simple', {parted('m.exact')})"
"""What PostgreSQL's index of words is over, for `claim m`."""


_AROUND = " \t\n\"'“”„«»‹›‘’*()[]{}<>,;:"
"""Signs at the edges of what is searched for that nobody searches for."""


_MARKERS = re.compile(r"(?:\s?\[\^?[0-9]{1,3}(?:[,;–-]\s?[0-9]{1,3}){0,20}\])+[\s.]{0,3}$")
_ALIKE = str.maketrans(dict.fromkeys("'’‘‛`´\"“”„‟«»-‐‑–—", "_"))
"""Marks that are typed as one and printed as another: for each, LIKE takes any sign."""


_ASKED_FOR = frozenset("%&@#§‰¶†‡")
"""Punctuation, by Unicode, that somebody may look for."""


class Found(NamedTuple):
    """How claims are found.

    Attributes:
        table: The index, one row per claim, in reading order; None where `claim m` itself is
            looked through.
        place: Its column that is `claim_pattern.place`.
        condition: Over that table, or over `claim m`.
        params: What it binds.
    """

    table: str | None
    place: str
    condition: str
    params: dict[str, object]


def found_by(kind: str, words: str) -> Found:
    """How claims with these words are found.

    Args:
        kind: Of the database, as `Reader.kind`.
        words: As a person typed them.
    """
    words = as_claims_have_them(words)
    if NO_SPACES.search(words) or not any(map(_indexed, words)):
        return Found(None, "c.place", _SAYS, {"like": like(lower(words))})
    begins = words[-1].isalnum()
    exactly = "1 = 1"
    bound: dict[str, object] = {}
    if not all(_indexed(sign) or sign.isspace() for sign in words):
        _, _, exactly, bound = in_text(kind, words)
    if kind == "sqlite":
        doubled = scripts_apart(words).replace('"', '""')
        phrase = f'"{doubled}"{" *" if begins else ""}'
        condition = f"claim_words MATCH :words AND {exactly}"
        return Found("claim_words", "claim_words.rowid", condition, {"words": phrase, **bound})
    query = f"CAST(phraseto_tsquery('simple', {parted('CAST(:words AS TEXT)')}) AS TEXT)"
    # Nothing is left of words that are all signs: then nothing is found.
    query = f"CAST(NULLIF({query}, '') || '{':*' if begins else ''}' AS tsquery)"
    condition = f"{INDEXED} @@ {query} AND {exactly}"
    return Found(None, "c.place", condition, {"words": words, **bound})


def as_claims_have_them(words: str) -> str:
    """Words as typed or pasted, without markers, surrounding signs and runs of spaces."""
    words = " ".join(unicodedata.normalize("NFC", words.replace("\0", " ")).split())
    words = _MARKERS.sub("", words) or words
    return words.strip(_AROUND) or words  # a sentence is pasted with its quotation marks


def is_wordless(words: str) -> bool:
    """Whether there is nothing to search for: only quotation marks, brackets and stops."""
    return all(
        sign not in _ASKED_FOR and (unicodedata.category(sign)[0] in "PZC" or ord(sign) in _ALIKE)
        for sign in as_claims_have_them(words)
    )


def _indexed(sign: str) -> bool:
    """Whether both databases take it for a part of a word: digits set high only SQLite does."""
    return sign.isalpha() or sign.isdecimal()


def in_text(kind: str, words: str) -> Found:
    """How claims are found that have these characters, with accents or without: of few claims."""
    text = "unaccented(m.exact)" if kind == "sqlite" else folded("m.exact")
    condition = f"LOWER({text}) LIKE :like ESCAPE '!'"
    return Found(None, "c.place", condition, {"like": like(lower(unaccented(words)))})


_SAYS = "LOWER(m.exact) LIKE :like ESCAPE '!'"


def like(words: str) -> str:
    """A pattern for LIKE with ESCAPE '!' that finds `words` anywhere.

    They are taken literally but for quotation marks and dashes, of which any kind is found.
    """
    return f"%{re.sub('[!%_]', lambda sign: '!' + sign[0], words).translate(_ALIKE)}%"
