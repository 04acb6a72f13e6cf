"""Numbers apart amid sentences of Chinese and Japanese -> which are markers: "手法 22 が".

A text that sets its numbers apart before stops ("手法 21。") sets those within sentences so, too.
Its counts have no blanks then, "3つ"; where some have, nothing tells them from markers.
"""

import re
from collections.abc import Iterator

from ledger.extract.markers.dense import COUNTED_WIDE
from ledger.extract.markers.doubtful import NUMBERS
from ledger.letters import WIDE
from ledger.patterns import later

_GOES_ON = (
    "(?:が|は|を|に|と|の|で|も|や|へ|から|まで|より|および|及び|または|など"
    "|和|与|與|及|以及|或|并|並|而|等|是|在|也|将|將|对|對|被|则|則)"
)
"""How a sentence goes on behind a word that is cited: with a particle, or with what joins."""
_HAN = r"[\u3400-\u9fff]"
_AMID = later(
    rf" (?=[0-9])(?:(?<={_HAN} )|(?<=[）」』”] )|(?<={_HAN}\*\* ))(?P<numbers>{NUMBERS})"
    rf"(?= {_GOES_ON}(?! ?[0-9])|[）」』])"
)
_COUNT = later(
    rf" (?=[0-9])(?:(?<={WIDE} )|(?<={WIDE}\*\* ))[0-9][0-9.,]{{0,9}}"
    rf"(?:(?! ?{_GOES_ON}) ?{WIDE}|[%％～〜])"
)
"""A count with a blank before it: "約 3 つ", "最大 40%"."""
COUNTED_WORD = later(
    "(?:[于於为為是有到达達过過了和与與及或超约約得每近满滿逾至从從在版问問共月]"
    "|版本|选项|選項|方法|方案|策略|最大|最小|合計|平均|上位|下位|以上|以下"
    "|数字|數字|按钮|按鈕|型号|型號|编号|編號|番号|号码|號碼|房间|房間|部屋|小组|小組|样品|樣品"
    "|公路|学生|學生|玩家|选手|選手|患者|被験者|参加者|级别|級別)\\Z"
)
"""Words with a number of their own, and those that a figure completes: "超过 3 的"."""
_NAMED_AGAIN = later(rf"(?P<letter>{_HAN}) ?(?P<number>[0-9]{{1,3}})(?![0-9]|[。、，；！？])")
_REACH = 8
"""Characters before a number that are looked at: the words that count are shorter, and so is
`_SHORTEST`."""
_OPENERS = later(r"[。！？，、；：（「『\n]")
_SHORTEST = 5
"""Characters of a sentence, or what brackets hold, before a number; of fewer the number is one of
their words: "怪獣 2 は", "（金币 3）"."""


def amid_numbers(text: str, listed: frozenset[str]) -> bool:
    """Whether the numbers amid the sentences of a text that sets them apart are its markers.

    All are of the list, no word has two of them, as what is counted has, and no count has a blank.
    """
    found = [*_found(text)]
    if not found or _COUNT.search(text):
        return False
    of_letter: dict[str, set[str]] = {}
    for again in _NAMED_AGAIN.finditer(text):
        of_letter.setdefault(again["letter"], set()).add(again["number"])
    for match in found:
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip("*")
        several = len(of_letter.get(before[-1:], ())) > 1
        if several or not listed.issuperset(match["numbers"].replace(",", " ").split()):
            return False
    return True


def raise_amid(raw: str) -> str:
    """The characters of a block with these numbers set high."""
    pieces: list[str] = []
    begin = 0
    for match in _found(raw):
        pieces += (raw[begin : match.start()], f" <sup>{match['numbers']}</sup>")
        begin = match.end()
    return "".join([*pieces, raw[begin:]])


def _found(text: str) -> Iterator[re.Match[str]]:
    """Numbers amid sentences, but for those behind words that have numbers of their own."""
    for match in _AMID.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()].rstrip("*")
        counts = before[-1:] in COUNTED_WIDE or COUNTED_WORD.search(before)
        if not (counts or len(_OPENERS.split(before)[-1].strip("-* ")) < _SHORTEST):
            yield match
