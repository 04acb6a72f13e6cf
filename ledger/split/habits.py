"""Document -> how it is written: what its blocks need not be searched for, one after another."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.document import Document
from ledger.letters import WIDE_SPACES, beyond_ascii
from ledger.patterns import later
from ledger.split.abbreviations import begun_behind_letters
from ledger.split.coded import begun_by_code
from ledger.split.small_letters import begins_small
from ledger.split.speech import OF_SPEECH
from ledger.split.whole_words import behind_files, behind_whole_words

WIDE_STOPS = "。！？；｡។៕"
_WIDE_TAIL = f'[{WIDE_STOPS}]*+[”’」』）)"]*+'
"""They need no space behind them (Chinese, Japanese, Khmer); the semicolon parts whole clauses."""
_QUOTES = '"“”„«»「」『』‘‚‹›'
"""The library never ends a sentence inside quotation marks; a quotation has sentences, too."""
_BLANKED = _QUOTES + WIDE_SPACES
"""A wide space between a letter and a stop, "plan A .", ends the library: it goes back one byte."""
_BRACKETED = re.compile(
    r"\((?:(?<=^\()|(?<=[.!?…] \()|(?<=[.!?…]  \())"
    r"[^()\n]{10,2000}[.!?…][\"'”’»]{0,2}\)(?=\s+[^\W\d_a-z])"
)
"""A whole sentence in brackets: the library never ends one inside of them."""
_NOTED = re.compile(r"[.!?…][\"'”’»]{0,2}(?:\[[^\[\]\n]{1,40}\]){1,6}(?=\s+[^\W\d_a-z])")
"""Brackets that are no markers, glued behind a stop: "fell.[a] It", "fell.[citation needed] It"."""
_SIGNED = later(r"(?<=[.!?…”’\"])[*†‡]{1,3}(?=\s+[^\W\d_a-z])")
"""The sign of a note that is no marker, behind a stop: "consultants.* It"."""
_MAY = later(r"(?<![\w.])May\.[\"'”’»)]{0,2}(?=\s+[\"“‘(]?[^\W\d_a-z])")
"""A month that nobody shortens, although the library thinks so: "It rose in May. Wages fell."."""
_OPENERS = (
    "The|This|These|Those|That|It|They|He|She|We|You|There|In|On|At|By|But|And|For|If|When|While|As"
    "|Then|So|Now|After|Before|Many|Some|Most|However|Its|Their|His|Her|Our"
    "|Der|Die|Das|Es|Er|Sie|Wir|Dies|Diese|Il|Elle|Ils|Les|El|Los|Las"
)
"""Words with a capital letter that open sentences, and hardly names."""
_AND_SO_ON = later(
    r"\b(?:etc|v\.v|vb)\.[\"'”’»]{0,2}"
    rf"(?:(?=\s+[\"“«]?[^\W\d_a-zß-öø-ÿ])|\)[\"'”’»]{{0,2}}(?=\s+(?:{_OPENERS})\s))"
)
"""The last of a row, before a capital letter: "Peras, etc. El precio"; behind brackets that end so,
the sentence goes on but before such a word: "the mills (Roe, Doe etc.) API keys"."""
_ALSO = (
    ("May.", _MAY),
    ("etc.", _AND_SO_ON),
    ("v.v.", _AND_SO_ON),
    (" vb.", _AND_SO_ON),
    *((stop, re.compile(f"{stop}{_WIDE_TAIL}")) for stop in WIDE_STOPS),
    ("(", _BRACKETED),
    ("[", _NOTED),
    ("*", _SIGNED),
    ("†", _SIGNED),
    ("‡", _SIGNED),
)
"""Ends that the library does not see, each with a character that it cannot do without."""
_SIGNS = [sign for sign in (*_QUOTES, *(each[0] for each in _ALSO)) if sign.isascii()]


class Habits(NamedTuple):
    """How a document is written.

    Attributes:
        language: ISO 639-1; None when not known.
        small: Whether its sentences begin with small letters, too.
        spoken: Whether it has signs of which speech in brackets has one.
        blanked: What it has that the library gets as spaces: quotation marks, and wide spaces.
        also: The patterns of `_ALSO` that it may match.
        behind_letters: As `begun_behind_letters`, `behind_whole_words` and `behind_files` give
            them, in order, and where code begins sentences.
        code: As in `Document`.
    """

    language: str | None
    small: bool
    spoken: bool
    blanked: Sequence[str]
    also: Sequence[tuple[str, re.Pattern[str]]]
    behind_letters: Sequence[int]
    code: Sequence[tuple[int, int]]


def habits_of(document: Document) -> Habits:
    """How a document is written; linear in its text."""
    text = document.text
    signs = beyond_ascii(text) + "".join(sign for sign in _SIGNS if sign in text)
    return Habits(
        document.language,
        begins_small(document),
        not OF_SPEECH.isdisjoint(signs),
        [sign for sign in _BLANKED if sign in signs],
        [each for each in _ALSO if each[0] in signs],
        sorted(
            {
                *begun_behind_letters(text, document.language),
                *behind_whole_words(text, document.language),
                *behind_files(text),
                *begun_by_code(document),
            }
        ),
        document.code,
    )
