"""Markers whose brackets hold more than plain numbers -> the entries they name.

Words before and behind the numbers ("[but see 2]", "[Sources 1, 2]", "（注1）"), places in the
works ("[2: 14]"), and the labels that a list gives itself ("[iii, iv]", "[Roe20]"). The list has
them, or the words stay prose.
"""

import re

from ledger.extract.markers.marker import Marker
from ledger.extract.markers.numbers import CLOSE, DASH, NUMBER, NUMBERS, OPEN, expand
from ledger.extract.markers.place import AND, LEAD, PLACE
from ledger.patterns import later

_NUMBER_OR_RANGE = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?"
_PLACED = rf"(?:{LEAD})?{_NUMBER_OR_RANGE}(?:{PLACE})?"
_BETWEEN = rf"(?:\s?[;,]\s?(?:{AND}\s)?|\s{AND}\s)"
_THEREIN = (
    rf"(?:,?\s{AND}\s(?:the\s)?(?:references?|refs\.?|citations|works|sources)"
    r"(?:\s(?:cited\s)?(?:therein|within|there))?)?"
)
PLACED = rf"{OPEN}{_PLACED}(?:{_BETWEEN}{_PLACED}){{0,20}}{_THEREIN}\s?{CLOSE}"
"""Numbers with words around them or places behind them: "[see 1, p. 12; 3]"."""

KIND = (
    r"(?:(?:[Ss]ources?|[Rr]efs?\.?|[Rr]eferences?|[Dd]ocs?\.?|[Dd]ocuments?|[Cc]itations?|[Qq]uellen?|"
    r"[Ff]uentes?|[Ff]ontes?|[Ии]сточник(?:и|ов)?)(?:[\s:#]{1,3}|(?<=\.))"
    r"|(?:来源|來源|資料|资料|文献|文獻|出典|注|註|출처)[\s:：#]{0,3})"
)
"""What a list's entries are called in words; notes are apart from sources, and not among them."""
_KIND_BEGINS = (
    r"(?:[Ss]ource|[Rr]ef|[Dd]oc|[Cc]itation|[Qq]uelle|[Ff]uente|[Ff]onte|[Ии]сточник|"
    r"[Ss]ee [A-Z]|注|註|来源|來源|資料|资料|文献|文獻|出典|출처)"
)
_UNDATED_ENDS = (
    r"(?:(?<=[.\s][dJfaг]\.)|(?<=press)|(?<=coming)|(?<=Druck)|(?<=prensa)|(?<=печати)"
    r"|(?<=\.-[a-z]))"
)
OPENS_ROUND = (
    rf"{_KIND_BEGINS}|[^()\d\n]{{3,200}}+(?:(?:1[5-9]|20)[0-9]{{2}}|(?=\)){_UNDATED_ENDS})"
)
"""What may stand behind "(" where works are named, as quickly told as can be."""
OPENS_WIDE = rf"{_KIND_BEGINS}|[^（）\d\n]{{2,200}}+(?:1[5-9]|20)[0-9]{{2}}"
"""The same behind "（"."""
_KIND_NUMBER = rf"(?:{KIND})?{_NUMBER_OR_RANGE}(?:{PLACE})?"
WORDED = (
    rf"[\[(（【](?:{LEAD})?(?={KIND}){_KIND_NUMBER}"
    rf"(?:(?:\s?[;,，；、]\s?(?:{AND}\s)?|\s{AND}\s){_KIND_NUMBER}){{0,20}}[\])）】]"
)
"""Numbers that are called sources: "[Sources 1, 2]", "(refs 1, 3)", "（注2、注3）"."""
_NOT_NUMBERS = later(rf"{PLACE}|{KIND}|{_THEREIN}\s?$")
_BETWEEN_NUMBERS = later(rf"\s?[;,，；、]\s?(?:{AND}\s)?|\s{AND}\s")

MARKED_NOTE = rf"※{NUMBER}(?![0-9])"
"""A number behind a reference mark: "※4"."""

_CODED = (
    r"(?=[A-Za-zÀ-ɏ.+'’&-]{0,30}[0-9+])(?!(?:1[5-9]|20)[0-9]{2}\b)[A-Za-z0-9À-ɏ.+'’&-]{1,40}"
    r"|[A-Za-z]{1,2}|[ivxlc]{1,7}|[IVXLC]{1,7}|(?:[Nn]ote|nb) [0-9]{1,3}"
)
"""Labels that are no words: with a digit, of one or two letters, or Roman numerals."""
OF_THE_LIST = (
    rf"\[(?:{_CODED})(?:\s?[,;]\s?(?:{_CODED})){{0,20}}(?:{PLACE})?\](?![\w:(])"
    r"|\[[^\W\d_](?:[^\W\d_]|-){2,39}\](?=\s{0,2}(?:[.,;:!?)\]\[。，；、]|$))"
)
"""Labels as the list has them; one that is a word only where it closes something."""


def read_placed(raw: str) -> Marker | None:
    """Entries 1 and 3 for "[see 1, p. 12; 3]", "[Sources 1 and 3]"."""
    inside = _BETWEEN_NUMBERS.sub(",", _NOT_NUMBERS.sub("", raw[1:-1]))
    inside = re.sub(LEAD, "", inside).strip()
    labels = expand(inside) if re.fullmatch(NUMBERS, inside) else None
    return Marker(labels) if labels else None


def read_marked(raw: str) -> Marker | None:
    return Marker(expand(raw[1:]) or ())


def read_labels(raw: str) -> Marker | None:
    """The labels of "[iii, iv]" and "[DR+21, Section 3]"."""
    return Marker(tuple(re.split(r"\s?[,;]\s?", re.sub(PLACE, "", raw[1:-1]))))
