"""A text that numbers its sources as it first cites them -> which doubtful numbers are markers.

Numbers that lost their height stand in places where counts stand, too: "Windows 11, which", "sank
in 202314 –", "below $400.11 The". Where numbers count up from first citation to first citation,
the next one due is a marker in such a place, and one far ahead of its turn is none.
"""

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

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
_MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
_COUNTED = _MONTHS | frozenset(
    "tier phase level stage group class grade type category zone wave round season day week".split()
)
"""What a number behind counts, and a decimal does not: "Tier 3.4 Next", but "Model 2.5 Cart"."""
_FIGURE = later(r"(?<![\d.])[0-9][0-9,]{0,11}\.[0-9]{1,3}(?![\d.])")
DOUBTFUL = later(
    rf"{_APART}|{_GLUED}|{_GLUED_WIDE}|{_CELL}|{_UNSTOPPED}|{_CODE}|{_DECIMAL}|{_FULL}|{_INSIDE}"
    rf"|{_ROW}",
    re.M,
)
ROWS = later(_ROW, re.M)
_NAMED = later(
    r"(?<![^\W\d_])([A-ZÀ-Þ][A-Za-zÀ-ÿ-]{2,23} [0-9]{1,3})"
    r"(?=\s(?!and |or |but |while |whereas |which |where |because |although |though |including |"
    r"such |is |are |was |were |can |may |makes? |has |have |to )[a-z]{3}"
    r"|\*{0,2}(?: [A-Z(|]|\s*[:|]|$))",
    re.M,
)
"""A name with a number where no marker stands: a heading, "Pathfinder 1 flew"."""
_TOKEN = later(r"(?<![^\W\d_])[^\W\d_]{3,24}[0-9]{1,3}(?![\w.])")
_LONGEST_ITEM, _WIDEST_MARGIN = 2_000, 9
_LINE, _MOST = 40, 10_000
"""Characters of a line that are looked at, and doubtful numbers; no text seen has a tenth."""
_IN_ORDER, _OFTEN = 9 / 10, 2 / 3
"""How many of the numbers that a text first cites rise, where it numbers by first appearance: with
the doubtful ones, and already without them."""
_SPOKEN = {
    "apart": 3,
    "glued": 0,
    "wide": 3,
    "cell": 0,
    "line": 3,
    "decimal": sys.maxsize,
    "named": sys.maxsize,
    "inside": sys.maxsize,
}
"""How many doubtful numbers of one form come in their turn before others of it are believed, that
are cited before; a decimal never is."""
_IF_SKIPPED = frozenset(("named", "inside"))
"""Forms in which a number is only believed that sure markers leave out."""
_BELIEVED, _WIDEST_GAP = 3, 3
"""How many numbers glued to words come in their turn before one is believed that is early, and by
how much it rises: those between stand where no marker is known ("at 1,500 RPD6.")."""
_MANY_ELSEWHERE = 3
"""Sure markers of a text that show how it cites: then words with numbers are names, "Python 3"."""
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


class Turns(NamedTuple):
    """What the order of first citations says of doubtful numbers, by their characters.

    Attributes:
        ahead: Words with numbers behind them ("Windows 11", "Toy Boats” 3") whose number no
            citation can have there: it comes before its turn, or the words are a name elsewhere.
        due: Places with numbers that are markers although counts stand so, too.
        bold: Whether numbers apart behind bold words in Chinese are markers, and not values.
        before: Whether numbers stand before the stops of Chinese and Japanese, so that those right
            behind such a stop count what follows.
    """

    ahead: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    bold: bool = False
    before: bool = False


def turns_of(
    text: str,
    sure: Collection[tuple[int, list[str]]],
    apart: Collection[tuple[int, str, list[str]]],
    listed: frozenset[str],
) -> Turns:
    """What the order says; nothing where a text numbers its sources otherwise.

    Args:
        text: The document.
        sure: Where numbers stand that are markers, and which, in reading order.
        apart: Where words with numbers behind them stand, which, and the numbers.
        listed: The identifiers of the list.
    """
    named = frozenset(match[1] for match in _NAMED.finditer(text))
    if not _rise(sure, _OFTEN):
        return Turns(named)
    places = sure
    if len(sure) < _MANY_ELSEWHERE:
        places = _before_stops(sure, list(_doubtful(text, listed, named)), apart)
    ahead = _ahead(places, apart)
    found = list(_doubtful(text, listed, named | ahead))
    due, taken = _due(sure, found)
    return Turns(named | ahead, due) if _rise(taken, _IN_ORDER) else Turns(named)


def _before_stops(
    sure: Collection[tuple[int, list[str]]],
    found: Collection[tuple[int, str, str, list[str]]],
    apart: Collection[tuple[int, str, list[str]]],
) -> Collection[tuple[int, list[str]]]:
    """The places that come in their turn, but for those within sentences: "late 3, and".

    Where a text sets all its numbers apart, they are what tells which of those come too early.
    """
    within = {at for at, _, _ in apart}
    return [place for place in _due(sure, found)[1] if place[0] not in within]


def _rise(places: Collection[tuple[int, list[str]]], share: float) -> bool:
    """Whether at least this share of the numbers that are first cited rise."""
    order = [int(label) for label in dict.fromkeys(label for _, found in places for label in found)]
    return sum(b > a for a, b in pairwise(order)) >= share * (len(order) - 1)


def _due(
    sure: Collection[tuple[int, list[str]]], found: Collection[tuple[int, str, str, list[str]]]
) -> tuple[frozenset[str], list[tuple[int, list[str]]]]:
    """The doubtful places that hold markers, and all places that do, in reading order."""
    due: set[str] = set()
    taken: list[tuple[int, list[str]]] = []
    kinds: Counter[str] = Counter()
    late: list[tuple[str, str]] = []
    in_turn = _in_turn(sure)
    highest = 0
    for at, kind, words, labels in sorted([(at, "", "", labels) for at, labels in sure] + [*found]):
        numbers = [int(label) for label in labels]
        new = sorted({number for number in numbers if number > highest})
        sure_of = kind == "glued" and kinds[kind] >= _BELIEVED
        steps = range(1, _WIDEST_GAP + 1 if sure_of else 2)
        if kind == "apart" and new and words[:1].isupper() and in_turn.issuperset(new):
            continue  # "of Model 2. Then", where a sure marker cites 2 in its turn
        if kind in _IF_SKIPPED and not all(map(partial(_is_skipped, in_turn), new)):
            continue
        if kind and new and new[-1] - new[0] == len(new) - 1 and new[0] - highest in steps:
            due.add(words)
            kinds[kind] += 1
        elif kind and not new:
            late.append((kind, words))
        if not kind or words in due:
            taken.append((at, labels))
            highest = max(highest, *numbers)
    spoken = {kind for kind, fewest in _SPOKEN.items() if kinds[kind] >= fewest}
    due.update(words for kind, words in late if kind in spoken)
    return frozenset(due), taken


def _in_turn(sure: Collection[tuple[int, list[str]]]) -> frozenset[int]:
    """The numbers that sure markers cite before any larger one."""
    found: set[int] = set()
    highest = 0
    for _, labels in sure:
        for number in map(int, labels):
            if number > highest:
                found.add(number)
                highest = number
    return frozenset(found)


def _is_skipped(in_turn: frozenset[int], number: int) -> bool:
    """Whether sure markers leave a number out that would be between those that they cite."""
    return number not in in_turn and not in_turn.isdisjoint((number + 1, number + 2))


def _ahead(
    sure: Collection[tuple[int, list[str]]], apart: Collection[tuple[int, str, list[str]]]
) -> frozenset[str]:
    """The words whose numbers are no markers: they come long before their turn.

    Names, where a sure marker cites that number before or in its turn: "Formula 1, which". Those
    of all words where many numbers stand otherwise, and none of these comes in its turn.
    """
    ahead: set[str] = set()
    places = list(sure)
    surely = _in_turn(sure)
    place = highest = in_turn = 0
    for at, words, labels in apart:
        while place < len(places) and places[place][0] < at:
            highest = max(highest, *map(int, places[place][1]))
            place += 1
        numbers = [int(label) for label in labels]
        elsewhere = max(numbers) <= highest or surely.issuperset(numbers)
        if max(numbers) > highest + len(numbers) or (words[0].isupper() and elsewhere):
            ahead.add(words)
        elif words.split(" ", 1)[0].lower() not in COUNTS:
            in_turn += not elsewhere
            highest = max(highest, *numbers)
    if not in_turn and len(places) >= _MANY_ELSEWHERE:
        ahead.update(words for _, words, labels in apart if len(labels) == 1)
    return frozenset(ahead)


def _doubtful(
    text: str, listed: frozenset[str], refused: frozenset[str]
) -> Iterator[tuple[int, str, str, list[str]]]:
    tokens = Counter(_TOKEN.findall(text))
    figures = Counter(_FIGURE.findall(text))
    numbered = {_word(token) for token in tokens if token[len(_word(token)) :] not in listed}
    for match in islice(DOUBTFUL.finditer(text), _MOST):
        if match["full"] or match["row"]:
            continue
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
    return word[:1].isupper() and small not in _MONTHS and (small in COUNTS or small in _VERSIONED)


def is_in_item(text: str, at: int) -> bool:
    """Whether a line of which a place is part is an item of a list, or a row of a table."""
    begin = text.rfind("\n", max(0, at - _LONGEST_ITEM), at) + 1
    return text[begin : begin + _WIDEST_MARGIN].lstrip()[:1] in _ITEM


def _ends_in_name(text: str) -> bool:
    return text.endswith(" ") and text.split()[-1][:1].isupper()


def numbers_of(match: re.Match[str]) -> str:
    """The numbers of a doubtful place, which ends with them."""
    return (
        match["a"]
        or match["g"]
        or match["c"]
        or match["w"]
        or match["l"]
        or match["n"]
        or match["d"]
        or match["f"]
        or match["j"]
        or match["i"]
        or match["r"]
    )
