"""A text -> the places where a number may be a marker that lost its height, or a count.

Their forms are told apart by the names of the groups of `DOUBTFUL`; `turns` says by the order of
first citations which of them are markers.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ledger.letters import UNCASED, WIDE
from ledger.patterns import later

NUMBERS = r"[0-9]{1,3}(?:, ?[0-9]{1,3}){0,11}"
_SPACED = r"[0-9]{1,3}(?:(?:, ?| )[0-9]{1,3}){0,11}"
"""The same with nothing but spaces between them: "many studies 1 2 3."."""
_DAY = (
    r"\s{1,2}(?:[a-zà-öø-ÿčďěňřšťůž]"
    r"|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-z]{0,6}\b)"
)
"""What stands behind the stop of an ordinal: "ab dem 1. Januar", "od 1. ledna"."""
_FOLLOWS = (
    rf"(?:\)?[,;:،؛؟۔।](?:\s|$)|\)?\.(?=\s|$)(?!{_DAY})"
    r"|\)(?:\s|$)|\s[–—-]\s|[。，、；！？])"
)
_APART = (
    r"(?P<apart>(?:(?<![^\W\d_])(?P<word>[^\W\d_]{3,24})|[)\]\"”“’»%]|(?<![0-9.,$€£])(?:1[5-9]|20)[0-9]{2})"
    rf" (?P<a>{_SPACED})(?={_FOLLOWS}))"
)
_CELL = rf"(?P<cell>(?<=[0-9%]) (?P<c>{NUMBERS})(?= {{0,2}}(?:\||$)))"
_UNSTOPPED = (
    rf"(?P<line>(?<![^\W_])(?P<unit>[a-zà-öø-ÿа-яёєіїґ{UNCASED}]{{2,24}})"
    rf" (?P<l>{NUMBERS})(?= {{0,2}}(?:\||$)))"
)
"""At the end of a cell or an item without a stop: "| CAD 20.9 bn 4 |"."""
_ROW = rf"(?P<row>(?:{WIDE}{{2}}|{WIDE}[）」』]) (?P<r>{NUMBERS})(?= {{0,2}}(?:\||$)))"
"""The same in Chinese, Japanese and Korean, where the text sets its numbers so before stops."""
_ITEM = frozenset("|*-+•")
_SMALL = r"[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ\u0530-\u1dff\u2000-\uffff]"
"""A small letter of a script with capitals, whatever its marks: "hệ", "yapısı"."""
_GLUED = (
    rf"(?P<glued>(?:(?<![^\W\d_])[^\W\d_]{{2,23}}{_SMALL}|[)\]\"”“’»%]|(?<=[a-z]\*)\*|(?<![0-9.,$€£])(?:19|20)[0-9]{{2}}"
    rf"|(?<=[{UNCASED}])[{UNCASED}]{{2}})"
    rf"(?P<g>{NUMBERS})(?={_FOLLOWS}))"
)
_GLUED_WIDE = rf"(?P<wide>(?:{WIDE}|[）」』])(?P<w>{NUMBERS})(?=[。，、；！？]))"
_DECIMAL = (
    rf"(?P<decimal>(?<=[ $€£¥])[0-9][0-9,]{{0,11}}\.(?P<d>{NUMBERS})"
    r"(?=\s{1,4}[^\W\d_a-zà-öø-ÿа-яёєіїґ]))"
)
"""A full figure, the stop of its sentence and a number: "fell to $400.11 The"."""
_CODE = (
    r"(?P<code>(?<![\w.-])(?:Q[1-4]|H[12]|COVID-19|G(?:7|8|20)|CO2|B12)"
    rf"\.(?P<n>{NUMBERS})(?=\s{{1,4}}[^\W\d_a-zà-öø-ÿа-яёєіїґ]))"
)
"""The same behind what ends with a number and has no versions: "in Q2.1 The", "COVID-19.3 It"."""
_FULL = (
    rf"(?P<full>(?:{WIDE}|[）」』]|(?<![\w-])[A-ZÀ-Þ]{{2,10}}|[0-9] ?[€£¥₽₺₹]"
    rf"|(?<=[{UNCASED}])[{UNCASED}]{{2}})(?P<f>{NUMBERS})(?={_FOLLOWS}| {{0,2}}(?:\||\Z))"
    rf"|(?<![^\W\d_])[a-zà-öø-ÿа-яё]{{5,24}}(?P<j>{NUMBERS})"
    r"(?= (?:and|or|but|und|oder|aber|sowie|et|ou|mais|e|ed|o|ma|mentre|y|pero|mas|en|of|och|og"
    r"|i|oraz|lub|dan|atau|и|или|та|або|ve|veya) ))"
)
"""Behind capitals, sums, words before "and", and in cells of letters without capitals: markers only
in a text that is full of numbers glued to words."""
_INSIDE = (
    rf"(?P<inside>(?<![^\W_])[^\W\d_]{{2,23}}{_SMALL}(?P<i>{NUMBERS})"
    r"(?= (?:\([^\W\d_]|[a-zà-öø-ÿа-яёєіїґ]{2})))"
)
"""Behind a word whose sentence goes on: "Roe1 made the case". So is "python3 runs": markers only
where the numbers before and behind stand in places that are sure, and this one in none."""
_VERSIONED = frozenset(
    "python java windows android web http html css ipv usb mp utf sha gpt covid php perl".split()
)
"""Words that have a number behind them in any text: "web3", "ipv6"."""
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_COUNTED = MONTHS | frozenset(
    "tier phase level stage group class grade type category zone wave round season day week".split()
)
"""What a number behind counts, and a decimal does not: "Tier 3.4 Next", but "Model 2.5 Cart"."""
_FIGURE = later(r"[0-9](?<![\d.].)[0-9,]{0,11}\.[0-9]{1,3}(?![\d.])")
FORMS = (
    rf"(?:{_APART}|{_GLUED}|{_GLUED_WIDE}|{_CELL}|{_UNSTOPPED}|{_CODE}|{_DECIMAL}|{_FULL}"
    rf"|{_INSIDE}|{_ROW})"
)
DOUBTFUL = later(rf"(?=[^\s0-9]{{0,24}}+ ?[0-9]){FORMS}", re.M)
"""Each form has a figure behind one word at most: that is asked first, and mostly says no."""
_OF_NUMBERS = "acdfgijlnrw"
"""The groups of the numbers, one to a form; of each place one is there."""
ROWS = later(_ROW, re.M)
_TOKEN = later(r"(?<![^\W\d_])[^\W\d_]{3,24}[0-9]{1,3}(?![\w.])")
_LONGEST_ITEM, _WIDEST_MARGIN = 2_000, 9
"""Characters from a place back to the beginning of its line, and those in which the sign of an item
stands there."""
_LINE, _MOST = 40, 10_000
"""Characters of a line that are looked at, and doubtful numbers; no text seen has a tenth."""
COUNTS = frozenset(
    "table figure fig section chapter part level phase step stage grade act article no version "
    "tier class group appendix equation eq vol volume page pages day week month year age aged top "
    "and or of to in at by than about approximately around over under between from for with is are "
    "was were the a an january february march april may june july august september october "
    "november december route highway flight number question item line row column tables figures "
    "figs sections chapters parts levels phases steps stages grades articles versions classes "
    "groups equations volumes numbers questions items lines rows columns types days weeks months "
    "years hours minutes seconds percent versus vs only just nearly almost first last next "
    "kapitel abschnitt artikel art nr abs absatz satz tabelle tab abbildung abb seite stufe teil "
    "band punkt ziffer chapitre tableau partie étape niveau numéro tome und et e y i oder ou o "
    "capítulo artículo tabla figura página nivel fase número tomo artigo tabela parte etapa "
    "which these those this that all both some any other another each every his her its their our "
    "where when while whereas if because although though so then here there whether how what who "
    "not being been have had got won lost scored into onto per plus minus until since during after "
    "before within "
    "capitolo articolo tabella pagina livello numero rozdział rys str глава статья ст таблица "
    "табл рис рисунок часть пункт п раздел этап уровень стр стаття розділ частина bölüm madde "
    "tablo şekil sayfa".split()
)
"""Words before a number that is no citation, however it stands."""


def doubtful(
    text: str, listed: frozenset[str], refused: frozenset[str]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Numbers of the list that stand where a count or a name may have one, in reading order.

    Args:
        text: Without its list.
        listed: The identifiers of the list.
        refused: Characters of such places that are names here, "Windows 11".

    Yields:
        Where it begins in the text, the kind of the place (the last group of `DOUBTFUL`, or
        "named"), its characters, and its numbers.
    """
    asked = islice(DOUBTFUL.finditer(text), _MOST)
    places = [match for match in asked if not (match["full"] or match["row"])]
    if not places:
        return
    tokens = Counter(_TOKEN.findall(text))
    figures = Counter(_FIGURE.findall(text))
    numbered = {_word(token) for token in tokens if token[len(_word(token)) :] not in listed}
    for match in places:
        labels = numbers_of(match).replace(",", " ").split()
        counts = (match["word"] or match["unit"] or "").lower() in COUNTS
        unit = match["unit"]
        counts = counts or bool(unit and (unit == "type" or not is_in_item(text, match.start())))
        if counts or not listed.issuperset(labels) or match[0] in refused:
            continue
        before = text[max(0, match.start() - _LINE) : match.start()].rpartition("\n")[2]
        if match["inside"] and _word(match[0]).lower() in _VERSIONED:
            continue
        within = match["glued"] or match["inside"]
        if within and (_word(match[0]) in numbered or _is_numbered(_word(match[0]))):
            continue
        if match["d"] and not any(map(str.isalpha, before)):
            continue  # the number of a heading
        kind = match.lastgroup or ""
        if match["n"] or (match["d"] and _ends_in_name(before)):
            kind = "named"
            counted = match["n"] or before.split()[-1].lower() in _COUNTED
            if not counted or figures[match[0]] > 1:  # "Model 2.5 Pro"
                continue
        if tokens[match[0]] < 2:  # "Web3" is a name
            yield match.start(), kind, match[0], labels


def _word(token: str) -> str:
    """What a number is glued to: "Sox" of "Sox6", which no marker has where "Sox17" stands, too."""
    return token.rstrip("0123456789, ")


def _is_numbered(word: str) -> bool:
    """Whether a number behind a word with a capital letter is part of it: "Figure2", "Python3"."""
    small = word.lower()
    return word[:1].isupper() and small not in MONTHS and (small in COUNTS or small in _VERSIONED)


def is_in_item(text: str, at: int) -> bool:
    """Whether a line of which a place is part is an item of a list, or a row of a table."""
    begin = text.rfind("\n", max(0, at - _LONGEST_ITEM), at) + 1
    return text[begin : begin + _WIDEST_MARGIN].lstrip()[:1] in _ITEM


def _ends_in_name(text: str) -> bool:
    return text.endswith(" ") and text.split()[-1][:1].isupper()


def numbers_of(match: re.Match[str]) -> str:
    """The numbers of a doubtful place, which ends with them."""
    numbers: str = next(filter(None, match.group(*_OF_NUMBERS)))
    return numbers
