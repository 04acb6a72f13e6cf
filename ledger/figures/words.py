"""Words of several languages for numbers -> what they are worth.

English, German, French, Spanish, Italian, Portuguese, Dutch and Russian, all in one table: which of
them a sentence is in need not be known. A word that is something else in one of them ("due", "dos",
"sept", "ten" of Polish) only may be a number.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal[
    "unit",
    "teen",
    "tens",
    "hundred",
    "scale",
    "part",
    "half",
    "joins",
    "article",
    "number",
    "whole",
    "raw",
]


class Word(NamedTuple):
    """What a word is worth.

    Attributes:
        kind: How it joins others: units stand behind tens, scales ("million") multiply what is
            before them, parts ("third") divide it.
        sure: Whether it is a number by itself.
        many: Whether it stands for an unknown number of what it is worth: "millions".
    """

    kind: Kind
    worth: Fraction
    sure: bool = True
    many: bool = False


_UNITS = {
    2: "two zwei zwo deux dois duas twee два две двух двум двумя",
    3: "three drei trois tres três tre drie три трех трем тремя",
    4: "four vier quatre cuatro quatro quattro четыре четырех четырем четырьмя",
    5: "five fünf cinq cinco cinque vijf пять пяти пятью",
    6: "six sechs seis zes шесть шести шестью",
    7: "seven sieben siete sete sette zeven семь семи",
    8: "eight acht huit ocho oito восемь восьми",
    9: "nine neun nueve nove negen девять девяти",
}
_TEENS = {
    10: "zehn dix diez dieci tien десять десяти",
    11: "eleven undici одиннадцать одиннадцати",
    12: "twelve zwölf douze doce dodici twaalf двенадцать двенадцати",
    13: "thirteen dreizehn treize trece treze tredici dertien тринадцать тринадцати",
    14: "fourteen vierzehn quatorze catorce catorze quattordici veertien четырнадцать",
    15: "fifteen fünfzehn quinze quince quindici vijftien пятнадцать пятнадцати",
    16: "sixteen sechzehn dieciséis dezesseis dezasseis sedici zestien шестнадцать",
    17: "seventeen siebzehn diecisiete dezessete dezassete diciassette zeventien семнадцать",
    18: "eighteen achtzehn dieciocho dezoito diciotto achttien восемнадцать",
    19: "nineteen neunzehn diecinueve dezenove dezanove diciannove negentien девятнадцать",
}
_TENS = {
    20: "twenty zwanzig vingt vingts veinte vinte venti twintig двадцать двадцати",
    30: "thirty dreißig trente treinta trinta trenta dertig тридцать тридцати",
    40: "forty vierzig quarante cuarenta quarenta quaranta veertig сорок сорока",
    50: "fifty fünfzig cinquante cincuenta cinquenta cinquanta vijftig пятьдесят пятидесяти",
    60: "sixty sechzig soixante sesenta sessenta sessanta zestig шестьдесят шестидесяти",
    70: "seventy siebzig septante setenta settanta zeventig семьдесят семидесяти",
    80: "eighty achtzig ochenta oitenta ottanta tachtig восемьдесят восьмидесяти",
    90: "ninety neunzig nonante noventa novanta negentig девяносто",
}
_HUNDREDS = {
    100: "hundred hundert einhundert cien cem honderd сто",
    12: "dozen dutzend douzaine docena dozzina dúzia dozijn дюжина дюжину дюжины",
}
_WHOLE_HUNDREDS = {
    200: "doscientos doscientas duzentos duzentas duecento двести двухсот",
    300: "trescientos trescientas trezentos trezentas trecento триста трехсот",
    400: "cuatrocientos cuatrocientas quatrocentos quatrocentas quattrocento четыреста",
    500: "quinientos quinientas quinhentos quinhentas cinquecento пятьсот пятисот",
    600: "seiscientos seiscientas seiscentos seiscentas seicento шестьсот шестисот",
    700: "setecientos setecientas setecentos setecentas settecento семьсот семисот",
    800: "ochocientos ochocientas oitocentos oitocentas ottocento восемьсот восьмисот",
    900: "novecientos novecientas novecentos novecentas novecento девятьсот девятисот",
}
_SCALES = {
    10**3: "thousand tausend mil mille duizend тысяча тысячу тысячи тысяч тыс",
    10**5: "lakh",
    10**6: "million millionen mio millón millones milhão milhões milione milioni miljoen mn mln"
    " миллион миллиона миллионов млн",
    10**7: "crore",
    10**9: "billion milliard milliards milliarde milliarden bilhão bilhões miliardo"
    " miliardi miljard миллиард миллиарда миллиардов млрд",
    10**12: "trillion billionen billones trilhão trilhões триллион триллиона триллионов трлн",
}
_SHORT_SCALES = {10**6: "mio mn mln", 10**9: "bn mrd", 10**12: "tn trn"}
"""Behind a number they multiply it; alone they are other words, as "mio" of Italian."""
_MANY = {
    12: "dozens dutzende douzaines docenas dozzine dúzias",
    100: "hundreds hunderte hunderten centaines cientos centenas centinaia honderden сотни сотен",
    10**3: "thousands tausende tausenden milliers milhares migliaia duizenden",
    10**6: "millions miljoenen миллионы",
    10**9: "billions miljarden миллиарды",
    10**12: "trillions триллионы",
}
_PARTS = {
    3: "thirds drittel tercio tercios tiers terzi terço terços",
    4: "quarter quarters viertel cuartos quarts quarti quartos kwart",
    5: "fifths fünftel quintos",
    6: "sixths sechstel",
    7: "sevenths siebtel",
    8: "eighths achtel",
    10: "tenths zehntel",
}
"""What divides the number before it."""
_ORDINALS = {
    1: "first",
    2: "second",
    3: "third terzo derde",
    4: "fourth cuarto quarto quart",
    5: "fifth quinto",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
    11: "eleventh",
    12: "twelfth",
    13: "thirteenth",
    14: "fourteenth",
    15: "fifteenth",
    16: "sixteenth",
    17: "seventeenth",
    18: "eighteenth",
    19: "nineteenth",
    20: "twentieth",
    21: "twenty-first",
}
"""Numbers of a row, which are parts behind an article where nothing follows that they count."""
_HALF = (
    "half hälfte halb halbe halben halber moitié mitad metà metade helft"
    " половина половину половины половине"
)
_ARTICLES = (
    "a an one eins ein eine einen einem einer eines un une una uno um uma een één"
    " один одна одно одного одной одну"
)
_JOINS = "and und et y e en"
_TIMES = {2: "twice zweimal дважды", 3: "thrice dreimal трижды", 4: "viermal", 5: "fünfmal"}
_PERHAPS = {
    0: "zero null zéro cero",
    1: "once einmal single alone sole",
    2: "due dos both double doubled pair couple beide beiden tweemaal",
    3: "triple tripled",
    6: "sei",
    7: "sept",
    8: "otto",
    9: "neuf",
    10: "ten dez",
    11: "elf once onze",
    12: "doze",
    16: "seize",
}
_PERHAPS_HUNDREDS = "cent cents cento ciento ста"
_SMALL = tuple(
    each.split()
    for each in (
        "ein zwei drei vier fünf sechs sieben acht neun",
        "een twee drie vier vijf zes zeven acht negen",
        "uno due tre quattro cinque sei sette otto nove",
        "uno dós trés cuatro cinco séis siete ocho nueve",
    )
)
_COMPOSED = tuple(
    each.split()
    for each in (
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    )
)
"""Tens of German, Dutch and Italian, to which units are glued."""


@cache
def words() -> dict[str, Word]:
    """Every word, case folded, and what it is worth."""
    return dict(_entries())


def folded(text: str) -> str:
    """As words are looked up: small, and "ё" as most people write it."""
    return text.casefold().replace("ё", "е")


def _entries() -> Iterator[tuple[str, Word]]:
    for value, written in _all(_PERHAPS, _ORDINALS):
        kind: Kind = "unit" if value < 10 else "teen"
        yield written, Word(kind, value, sure=False)
    for group, kind in _BY_KIND:
        for value, written in _all(group):
            yield written, Word(kind, value)
    for value, written in _all(_SHORT_SCALES):
        yield written, Word("scale", value, sure=False)
    for value, written in _all(_MANY):
        yield written, Word("scale" if value >= 1000 else "hundred", value, many=True)
    for written, kind in ((_HALF, "half"), (_ARTICLES, "article"), (_JOINS, "joins")):
        worth = Fraction(1, 2) if kind == "half" else Fraction(1)
        for each in written.split():
            yield folded(each), Word(kind, worth, sure=kind == "half")
    for each in _PERHAPS_HUNDREDS.split():
        yield folded(each), Word("hundred", Fraction(100), sure=False)
    for written, worth_of_it in _compounds():
        yield folded(written), Word("teen", Fraction(worth_of_it))


_BY_KIND: tuple[tuple[dict[int, str], Kind], ...] = (
    (_UNITS, "unit"),
    (_TIMES, "unit"),
    (_TEENS, "teen"),
    (_TENS, "tens"),
    (_HUNDREDS, "hundred"),
    (_WHOLE_HUNDREDS, "tens"),
    (_SCALES, "scale"),
    (_PARTS, "part"),
)


def _all(*groups: dict[int, str]) -> Iterator[tuple[Fraction, str]]:
    for group in groups:
        for value, written in group.items():
            for each in written.split():
                yield Fraction(value), folded(each)


def _compounds() -> Iterator[tuple[str, int]]:
    """Numbers that are one word: "einundzwanzig", "zweihundert", "eenentwintig", "ventuno"."""
    for unit in range(1, 10):
        german, dutch, italian, spanish = (small[unit - 1] for small in _SMALL)
        yield f"veinti{spanish}", 20 + unit
        yield f"{italian}mila", unit * 1000
        yield f"{german}hundert", unit * 100
        yield f"{german}tausend", unit * 1000
        yield f"{dutch}honderd", unit * 100
        yield f"{dutch}duizend", unit * 1000
        for ten in range(20, 100, 10):
            in_german, in_dutch, in_italian = (tens[ten // 10 - 2] for tens in _COMPOSED)
            yield f"{german}und{in_german}", ten + unit
            yield f"{dutch}{'ën' if dutch.endswith('e') else 'en'}{in_dutch}", ten + unit
            yield (in_italian[:-1] if italian[0] in "uo" else in_italian) + italian, ten + unit
