"""Stops that end no sentence although the library takes them for its end, and the other way round.

An abbreviation is known by what it stands before: anything, a figure, a currency. That no sentence
begins with a small letter is known elsewhere.
"""

import re
from collections.abc import Iterator
from functools import cache

from ledger.patterns import later
from ledger.split.short_words import (
    ALSO_WORDS,
    AMOUNTS,
    ANY,
    BEFORE_FIGURES,
    BEFORE_WHAT_THEY_COUNT,
    CODES,
    FIRMS,
    MONTHS,
    NEVER_LAST,
    OPENERS,
    ORDINALS,
)

_ANY_NEVER_LAST = frozenset().union(*NEVER_LAST.values()) - {"on"}
_ANY_FIGURES = frozenset().union(*BEFORE_FIGURES.values())
"""For a text of no known language: it is short, and in most languages these are no words."""
_FIGURE = later(r"[0-9(§$€£¥₽~±<>+-]|[IVXLC]{2,6}\b|[LRDA]\.\s?[0-9]")
_CENTURY = later(r"[IVX]\b")
_CURRENCY = later(
    r"(?:Euro|Dollar|Franken|Pfund|Rubel|Yen|Lira|Kč|Kc|Ft|Kr|EUR|USD|GBP|CHF|CZK|PLN|SEK|DKK|NOK|"
    r"RON|HUF|TRY|US|США)(?![^\W\d_]{3})"
)
_LEGAL_FORM = later(
    r"(?:Ltda?|Inc|LLC|LLP|PLC|GmbH|KGa?A?|AG|SE|SAS?|SpA|Srl|Oyj?|NV|BV|A\.[ŞSG]|[NB]\.V|"
    r"S\.\s?(?:A|L|R\.L|p\.A|r\.l))(?![^\W\d_])"
)
_LEGAL = later(
    r"(?:Gen|Civ|Crim|Penal|Fam|Lab|Rev|Ann|Jur|Prac|Rem|Const|Admin|Bus|Elec|Appl|Publ|No)\."
    r"|(?:Code|Laws)\b"
)
"""How the name of an American code goes on."""
_REMARK = later(r"\((?=[a-zà-öø-ÿа-яёєіїґ])[^()\n]{1,120}\)[.,;:]")
"""Brackets inside a sentence, that ends behind them: "9 млн барр. (на 3 %)."."""
_OTHERS = later(
    r"\b(?:et\.? al|et coll|[ey] cols?|i in|a (?:kol|spol)|m\.\s?fl|[ue]\.\s?a|o\.\s?a"
    r"|vd|v\.d|dkk|mtsai|i sur|и др|и соавт|и сотр|та ін|і ін|й ін|κ\.\s?ά|κ\.\s?α)\.\Z"
)
"""Words for the other authors of a work: "Иванов и др. [1] показали"."""
_YEAR_ASIDE = later(
    r"\((?:ca\.\s)?(?:1[5-9]|20)[0-9]{2}(?:\s?[-–]\s?[0-9]{2,4})?\)(?=,?\s[a-zà-ÿа-я]|[.,;:])"
)
"""A year in brackets, behind which a sentence goes on: "5000 Einw. (2019), und"."""
_YEAR_LAST = later(r"(?:1[5-9]|20)[0-9]{2}[a-z]?[)）]")
"""A year that ends brackets, and is no sentence in them: "(9th Cir. 2020)"."""
_OF_YEAR = later(r"\((?:1[5-9]|20)[0-9]{2}")
_PLURAL = later(r"([A-Z])\1\.")
"""Spanish doubles the letters of a plural: "las FF. AA."."""
_OPENING_YEAR = later(
    r"(?:\A|[.!?…\]]\s)(?:[^\W\d_]{1,12}\s){1,2}(?:[0-9]{4}|[IVX]{1,5})\s[rw]\.\Z"
)
"""A year that cannot end the sentence that has only begun: "W 2020 r. Sejm"."""
_OF_WORDS = r"\0-\u303f\ufff0-\U0010ffff"
"""All but Chinese and Japanese, which part no words: for a class, as `letters.WIDE`."""
_SHORT_WORD, _SHORT = (
    later(rf"(?:\b|(?<=[^{_OF_WORDS}]))[^\W\d_\u3040-\uffef]{{1,8}}(?=\.\Z)"),
    9,
)
"""A word that may be an abbreviation, and characters of it with its stop, by the pattern."""
_BEHIND_WIDE = later(rf"[^{_OF_WORDS}](?=[{_OF_WORDS}]{{1,8}}\Z)")
"""Before a word: "方法由Prof. Lund提出"."""
_DOTTED = later(r"(?<![\w.])(?:[^\W\d_]{1,4}\.\s?){1,4}[^\W\d_]{1,5}(?=\.\Z)")
_WORD = later(r"[^\W\d_]+")
_THAI, _LONGEST_OF_LETTERS = later("[\u0e01-\u0e7f]"), 3
"""What stands before no word of Thai, and the letters of a short one."""
_HYPHENS = ("-", "‐", "‑", "–")
"""Behind one the library knows no abbreviation: "post-Aug. 2, 2024"."""
_BEFORE_INITIAL = " \n\u00a0.-‐‑'’\"“„«(["
_ARABIC = later("[\u0620-\u064a]")
_COUNTER = later(r"(?:^|[:;]\s)\(?[0-9]{1,2}[.)]\Z")
"""An inline counter ("...: 1. First"), after which the library ends a sentence, too."""
_PART, _LONGEST_PART = later(r"(?:[IVX]{1,5}|[ivx]{2,5}|[A-Za-z])\.\Z"), 6
"""What counts a part or a paragraph: "II. Discussion", "A. The owner pays"."""
_LABEL = later(r"\W{0,3}[^\W\d_]{1,14}\.?\s?[0-9]{1,3}(?:[.-][0-9]{1,3})?[a-z]?\.")
_LONGEST_LABEL = 28
"""A word and its number at the head of a paragraph are a label: "Table 1. Costs", "Step 2. Go"."""
_ORDINAL = later(
    r"\b(?:im|am|v\.|der|die|das|den|dem|des|zum|vom|beim|bis|seit|ab)\s[0-9]{1,2}\.\Z", re.I
)
"""German numbers its centuries and floors so: "im 19. Jahrhundert"."""
_COUNTS_TITLE = later(r"(?<![^\s(])[“«„‘‹「『\"'][0-9]{1,3}\.\Z")
"""The number of a title that is quoted: "in “7. The Quay” it says"."""
_LONGEST_COUNT = 6
"""Characters before a cut in which that stands: 5 by the pattern, and the one before it."""
_YEAR = later(r"(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_MONTH = later(
    rf"(?:\b[0-9]{{1,2}}(?:\.|er)?[\s\u00a0]|[^\W\d_]{{3,5}}\.?\s?[–-]\s?)(?:{'|'.join(sorted(MONTHS))})\.\Z",
    re.I,
)
_MONTH_ALONE = later(rf"(?:\A|[\s(\u00a0])(?P<name>{'|'.join(sorted(MONTHS))})\.\Z", re.I)
_GERMAN_DAY = later(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]{0,7}\b")
_WHOLE = r"(?<![0-9][.,])(?<![%$€£₺₩¥+−-])"
"""What stands before no number that counts: the whole part of another, a sign, a currency."""
_DAY = later(rf"{_WHOLE}\b[0-9]{{1,2}}\.\Z")
_IN_DATE = later(r"[0-9]{1,4}(?![0-9%])")
_COUNTED = later(rf"{_WHOLE}\b(?:[0-9]{{1,4}}|[IVX]{{1,6}})\.\Z")
_HOUR = later(r"\b[ap]\.\s?m\.\Z")
_BEHIND_HOUR = later(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:E[SD]?|C[SD]?|M[SD]?|P[SD]?)T\b|GMT|UTC"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
    r"|(?:Eastern|Central|Mountain|Pacific|London|Greenwich)(?:[.,;:)]|$|\s(?:[Tt]ime|Standard|Day))"
)
_LONE_LETTER = later(
    r"\.(?<= [^\W\d_]\.)(?<![.:] .\.)(?<! v\.)(?= {1,2}(?=([^\W\d_a-z][^\W\d_]{0,9})\b))"
)
_AMOUNT = later(
    r"\.(?<=\s(?:M[ir][od]|B[io]o|Tsd|mln|mld|mrd|mio)\.)(?<=[0-9]\s...\.)"
    r"(?= {1,2}(?=([^\W\d_a-z][^\W\d_]{0,9})\b))"
)
_UNIT, _LONGEST_UNIT = (
    later(
        r"[0-9]\s?(?:m|km|cm|mm|kg|g|ha|ml|kW|MW|GW|kWh|MWh|GWh|TWh|Hz|kHz|MHz|GHz|км|кг|см|мм)\.\Z"
        r"|\b(?:руб|грн|долл)\.\Z"
    ),
    6,
)
"""Units have no stop of their own: "at 2.1 m. The law"; sums end in one: "5 млрд руб. Это"."""
_MAY_BE_UNIT = later(
    r"\.(?<=[aghlmWzгмблн]\.)(?=\s{1,2}(?!США\b)[^\W\d_a-zà-öø-ÿа-яёєіїґ]['’]?[^\W\d_])"
)
"""The stop behind one, by its last letter: a stop is found sooner than a figure."""
_ARTICLE = later(r"\b[Aa]rt(?:icles?|\.)\s[LRDA]\.\Z")
"""Parts of French codes: "art. L. 2213-4"."""
_OWN_SIGN = frozenset(["hi", "ne", "bn", "as"])
"""Languages whose sentences end in a sign of their own, "।", and never in a point."""
_OPENING = 40
"""Characters before a stop in which a year opens its sentence: 36 at most, by the pattern."""
_REACH = 24
"""Characters before a cut in which all those stand, with their bracket and space."""


def goes_on_behind(prose: str, cut: int, end: int, language: str | None) -> bool:
    """Whether the stop or bracket before `end` ends no sentence; the next word begins at `cut`.

    Offsets are those of the block `prose`; `language` as in `Habits`.
    """
    last = prose[end - 1]
    if last == "." and language in _OWN_SIGN:
        return True  # its sentences end in a sign of their own
    if last == "." and _counts_part(prose, end):
        return True
    if prose[cut] in "&(" and _begins_nothing(prose, cut, end):
        return True
    begin = max(0, cut - _REACH)
    if last == "." and prose[cut] in "12" and _awaits_year(prose, begin, end, cut, language):
        return True
    space = prose.rfind(" ", begin, end)
    if last == "." and space >= 0 and _is_plain(prose[space + 1 : end - 1], language):
        return False
    if prose[cut].isdigit() and _ARTICLE.search(prose, begin, end):
        return True
    word = _SHORT_WORD.search(prose, max(begin, end - _SHORT), end) if last == "." else None
    if word:
        return (
            _abbreviates(word, prose, cut, language)
            or _is_initial(word, prose, cut, language)
            or (word[0] == "m" and _is_hour(prose, begin, end, cut))
            or (language in BEFORE_WHAT_THEY_COUNT and bool(_COUNTED.search(prose, begin, end)))
        )
    if not prose[end - 2 : end - 1].isdigit():
        return False
    if end <= _LONGEST_LABEL and _LABEL.fullmatch(prose, 0, end):
        return True
    return _counts(prose, begin, end, cut, language)


def _begins_nothing(prose: str, cut: int, end: int) -> bool:
    """Whether a sign or a bracket at `cut` begins no sentence: "& Sons", "et al. (2018)"."""
    if prose[cut] == "&" or _REMARK.match(prose, cut) or _YEAR_ASIDE.match(prose, cut):
        return True
    return _OF_YEAR.match(prose, cut) is not None and and_others(prose, end)


def and_others(prose: str, end: int) -> bool:
    """Whether the stop before `end` is of a word for the other authors of a work."""
    return prose[end - 1] == "." and _OTHERS.search(prose, max(0, end - _REACH), end) is not None


def _awaits_year(prose: str, begin: int, end: int, cut: int, language: str | None) -> bool:
    """Whether a year follows that begins no sentence: "31 déc. 2022", "(9th Cir. 2020)"."""
    if _YEAR_LAST.match(prose, cut):
        return True
    if not _YEAR.match(prose, cut):
        return False
    if _MONTH.search(prose, begin, end):
        return True
    alone = _MONTH_ALONE.search(prose, begin, end)
    return alone is not None and (language != "en" or alone["name"].lower() not in ALSO_WORDS)


def begun_behind_letters(text: str, language: str | None) -> Iterator[int]:
    """Where a sentence ends in a unit, an amount, or a letter that is no initial: "layer l. We".

    Offsets of the text, behind the stop; those of each kind in order. `language` as in `Habits`.
    """
    for match in _MAY_BE_UNIT.finditer(text):
        end = match.end()
        if _UNIT.search(text, max(0, end - _LONGEST_UNIT), end):
            yield end
    openers = OPENERS.get(language or "", ())
    amounts = () if language == "en" else (_AMOUNT,)  # in English they have no stop
    for pattern in (_LONE_LETTER, *amounts) if openers else ():
        for match in pattern.finditer(text):
            mister = language == "fr" and text[match.start() - 1] == "M"
            if match[1] in openers and not mister:  # "M. Le Gall"
                yield match.end()


def _abbreviates(word: re.Match[str], prose: str, cut: int, language: str | None) -> bool:
    begin, name = word.start(), word[0]
    if name.lower() in AMOUNTS and _CURRENCY.match(prose, cut):
        return True
    if name.lower() in FIRMS and _LEGAL_FORM.match(prose, cut):
        return True
    if name.lower() in CODES and name[0].isupper() and _LEGAL.match(prose, cut):
        return True
    if prose[cut].isdigit() and _is_month_behind_hyphen(name, prose[begin - 1 : begin]):
        return True
    if _goes_on_in(language, name, prose, begin, cut):
        return True
    names = {name, name[0].lower() + name[1:]}
    if "." in prose[max(0, begin - 2) : begin]:
        run = _DOTTED.search(prose, max(0, begin - _REACH), word.end() + 1)
        whole = re.sub(r"[.\s]+", ".", run[0]) if run else name
        names |= {whole, whole[0].lower() + whole[1:]}
    elif prose[begin - 1 : begin] in ("'", "’"):
        names.add("'" + name)
    if not names.isdisjoint(_never_last(language)) and not _behind_figure(prose, begin):
        return True
    figures = _before_figures(language)
    if names.isdisjoint(figures) and name.lower() not in figures:
        return False
    return bool(_FIGURE.match(prose, cut) or (language != "en" and _CENTURY.match(prose, cut)))


def _goes_on_in(language: str | None, name: str, prose: str, begin: int, cut: int) -> bool:
    """What only one language has: a doubled plural, a year before "r.", letters before a stop."""
    if language == "es":
        return bool(_PLURAL.match(prose, begin) and _PLURAL.match(prose, cut))
    if language == "th":  # it ends no sentence with a stop: "12.00 น.", "นาย ว.", "ม.ค."
        return len(name) <= _LONGEST_OF_LETTERS and not _THAI.match(prose[begin - 1 : begin])
    end = begin + len(name) + 1
    return language == "pl" and name in "rw" and _is_of_year(prose, end, cut)


def _is_month_behind_hyphen(name: str, before: str) -> bool:
    return before in _HYPHENS and name[0].isupper() and name.lower() in MONTHS - ALSO_WORDS


def _is_of_year(prose: str, end: int, cut: int) -> bool:
    """Whether a year before "r." opens its sentence, or names an act: "2017 r. – Prawo wodne"."""
    return prose[cut] in "–—" or bool(_OPENING_YEAR.search(prose, max(0, end - _OPENING), end))


def _counts_part(prose: str, end: int) -> bool:
    """Whether the stop before `end` is that of a part's number, or of a title's that is quoted."""
    if end <= _LONGEST_PART and _PART.match(prose, 0, end):
        return True
    counted = prose[end - 2 : end - 1].isdigit()
    return counted and _COUNTS_TITLE.search(prose, max(0, end - _LONGEST_COUNT), end) is not None


def _is_plain(word: str, language: str | None) -> bool:
    """Whether what stands before a stop is a word, and a part of no abbreviation: most are."""
    if not word[1:] or word[1:] == word[:1]:  # an initial, or a plural of two
        return False
    if not word.isalpha() or language in BEFORE_WHAT_THEY_COUNT:
        return False
    if not word.isascii() and (wide := _BEHIND_WIDE.search(word)):
        word = word[wide.end() :]
    return word.lower() not in _short_words(language)


def is_never_last(word: str, language: str | None) -> bool:
    """Whether a stop behind this word, written as it is, ends no sentence: "GS", "TP".

    `language` as in `Habits`.
    """
    return word in _never_last(language)


def may_be_short(word: str, language: str | None) -> bool:
    """Whether a stop behind this word may end no sentence of a language, as in `Habits`."""
    return len(word) == 1 or word.lower() in _short_words(language)


@cache
def _short_words(language: str | None) -> frozenset[str]:
    """The words, in small letters, behind which a stop may end no sentence."""
    words = AMOUNTS | CODES | FIRMS | _never_last(language) | _before_figures(language)
    return frozenset(map(str.lower, words))


def _never_last(language: str | None) -> frozenset[str]:
    return NEVER_LAST.get(language, NEVER_LAST[ANY]) if language else _ANY_NEVER_LAST


def _before_figures(language: str | None) -> frozenset[str]:
    return BEFORE_FIGURES.get(language, BEFORE_FIGURES[ANY]) if language else _ANY_FIGURES


def _behind_figure(prose: str, begin: int) -> bool:
    """Whether a word is a unit: "9 mm.", "2020 г."."""
    return prose[max(0, begin - 2) : begin].strip().isdigit()


def _is_initial(word: re.Match[str], prose: str, cut: int, language: str | None) -> bool:
    """Whether a stop is of an initial: "A. Moss", "S. Francesco", "د. أحمد"; no unit's."""
    letter = word[0]
    begin = word.start()
    if len(letter) > 1 or (begin and prose[begin - 1] not in _BEFORE_INITIAL):
        return False
    if _behind_figure(prose, begin):
        return False
    if _ARABIC.match(letter):
        return True
    following = _WORD.match(prose, cut)
    if not letter.isupper() or following is None or not following[0][0].isupper():
        return False
    return following[0] not in OPENERS.get(language or "", ())


def _is_hour(prose: str, begin: int, end: int, cut: int) -> bool:
    return bool(_HOUR.search(prose, begin, end) and _BEHIND_HOUR.match(prose, cut))


def _counts(prose: str, begin: int, end: int, cut: int, language: str | None) -> bool:
    """Whether a number and its stop are an ordinal, a part of a date, or an inline counter."""
    if _ORDINAL.search(prose, begin, end) and (language == "de" or _GERMAN_DAY.match(prose, cut)):
        return True
    if language in BEFORE_WHAT_THEY_COUNT and _COUNTED.search(prose, begin, end):
        return True
    if language in ORDINALS and _DAY.search(prose, begin, end) and _IN_DATE.match(prose, cut):
        return True
    return bool(_COUNTER.search(prose, begin, end))
