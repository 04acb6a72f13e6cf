"""Stops that end no sentence although the library takes them for its end.

An abbreviation is known by what it stands before: a name, a figure, or a word with a small letter.
"""

import re

_BEFORE_NAMES = frozenset(
    """
    Gen M MM Mme Lt Col Maj Capt Sgt Adm Brig Gov Sen Rep Rev Hon Dr Mr Mrs Ms Prof St Mt Ft
    Hr Dhr Mw Sr Sra Srta Dra Lic Ing Univ им ул TP Jl al ed eds cf vs viz vgl inkl esim jf
    approx mevr TS PGS
    """.split()
)
"""Before whatever follows: titles, and words for "and others", "compare", "nearly"."""
_BEFORE_NAMES_IN = {
    language: frozenset(words.split())
    for language, words in {
        "de": "Dipl hab Frhr Gebr",
        "el": "κ κα κκ καθ δρ κος",
        "es": "Fco Ma Gral Dña lic ing prof dr sr",
        "fr": "Me Mgr Pr Vve",
        "it": "on sen dep sig dott avv ing prof mons gen arch geom cav",
        "pl": "prof dr hab inż mgr gen płk mjr ks abp bp św im ul al red",
        "pt": "prof eng arq exmo dr sr",
        "ru": "акад проф доц ген полк гр",
        "sv": "dir prof",
        "uk": "акад проф доц ген",
    }.items()
}
"""Titles that are words, or ends of words, elsewhere: only in texts of their language."""
_BEFORE_FIGURES = frozenset(
    """
    vol vols min max wys no nos nr nrs n p pp fig figs eq eqs ch sec secs art arts para paras ca abs
    rn abb tab kap ziff bd st ст п ч рис табл ust odst poz pkt č čl núm pág cap inc alin lit
    """.split()
)
"""Small letters; before a number, a paragraph sign or a bracket: "Abs. 3", "ст. 27"."""
_BEFORE_SMALL = frozenset(
    """
    тыс чел млн млрд руб г гг т е др пр tys zł proc godz mln mld milj pct r p resp bl
    """.split()
)
"""Before a word with a small letter, which begins no sentence: "5 тыс. человек"."""
_FIGURE = re.compile(r"[0-9(§$€£¥₽~±<>+-]|[IVXLC]{2,6}\b")
_SHORT_WORD = re.compile(r"\b[^\W\d_]{1,6}(?=\.\Z)")
_INITIAL_BEHIND = re.compile(r"\b[^\W\d_]{1,6}\.(?:\s|-|\s-)([^\W\d_])\.\Z")
"""An initial behind what ends in a stop itself: "prof. A.", "A.-K.", "И. И."."""
_DANDA = frozenset(["hi"])
"""Languages whose sentences end in a sign of their own: a stop is of an abbreviation."""
_SHORT_ABROAD = 5
_COUNTER = re.compile(r"(?:^|[:;]\s)\(?[0-9]{1,2}[.)]\Z")
"""An inline counter ("...: 1. First"), after which the library ends a sentence, too."""
_ORDINAL = re.compile(
    r"\b(?:im|am|der|die|das|den|dem|des|zum|vom|beim|bis|seit|ab)\s[0-9]{1,2}\.\Z", re.I
)
"""German numbers its centuries and floors so: "im 19. Jahrhundert"."""
_GERMAN_DAY = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]{0,7}\b")
_HOUR = re.compile(r"\b[ap]\.\s?m\.\Z")
_BEHIND_HOUR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:E[SD]?|C[SD]?|M[SD]?|P[SD]?)T\b|GMT|UTC"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
)
_REACH = 12
"""Characters before a cut in which all those stand, with their bracket and space."""


def goes_on_behind(prose: str, cut: int, end: int, language: str) -> bool:
    """Whether the stop before `end` ends no sentence, where the next word begins at `cut`."""
    last = prose[end - 1]
    if last not in ".)":
        return False
    begin = max(0, cut - _REACH)
    word = _SHORT_WORD.search(prose, begin, end) if last == "." else None
    if word:
        return (
            _abbreviates(word[0], prose, cut, language)
            or _is_initial(prose, begin, end)
            or (
                word[0] == "m"
                and bool(_HOUR.search(prose, begin, end))
                and (prose[cut].islower() or bool(_BEHIND_HOUR.match(prose, cut)))
            )
        )
    if language in _DANDA and last == ".":
        return True
    if not prose[end - 2 : end - 1].isdigit():
        return False
    if _ORDINAL.search(prose, begin, end) and (language == "de" or _GERMAN_DAY.match(prose, cut)):
        return True
    return bool(_COUNTER.search(prose, begin, end))


def _abbreviates(word: str, prose: str, cut: int, language: str) -> bool:
    if word in _BEFORE_NAMES or word in _BEFORE_NAMES_IN.get(language, ()) or language in _DANDA:
        return True
    if prose[cut].islower() and len(word) <= (1 if language == "en" else _SHORT_ABROAD):
        return True
    if word.lower() in _BEFORE_FIGURES and _FIGURE.match(prose, cut):
        return True
    return word in _BEFORE_SMALL and prose[cut].islower()


def _is_initial(prose: str, begin: int, end: int) -> bool:
    initial = _INITIAL_BEHIND.search(prose, begin, end)
    return initial is not None and initial[1].isupper()
