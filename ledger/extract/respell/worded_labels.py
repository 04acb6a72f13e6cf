"""Labels that consist of a word and a number -> the usual label: "[Source 1]" for "[Evidence 1]".

A list may call its entries anything: "[Article 1] Roe, https://…", and the text cites them in the
same words. They are labels where two lines at least begin with the same word and different numbers,
each with a page, the text cites half of them, and it has no marker "[1]". Words that count other
things in every report are left out: "[Figure 1]". Within a sentence the label stays: "According to
[Evidence 1], rents rose".
"""

import re
from collections import defaultdict
from itertools import islice

from ledger.extract.markers.worded import KIND
from ledger.letters import holds
from ledger.patterns import later

_WORD = r"[^\W\d_]{2,20}(?:\s[^\W\d_]{2,12})?"
_BEGINS = r"^([ \t]{0,8}(?:[-*+•][ \t]{1,4})?(?:\*\*)?)"
_NOT_SAID = (
    r"(?<!\bto )(?<!\bby )(?<!\bin )(?<!\bof )(?<!\bper )(?<!\bsee )(?<!\bfrom )(?<!^)(?<!\*)"
)
_CLOSES = r"(?=\s{0,2}(?:[.,;:!?)\[。，；、【]|$))"
_LISTED = later(
    rf"{_BEGINS}[\[【](?!{KIND})(?P<word>{_WORD})(?:[ \t]|(?<=[^\0-\u303f]))"
    r"(?P<number>[0-9]{1,3})[\]】](?!\()[^\n]{0,600}?(?:\n[ \t]{1,8})?https?://",
    re.M,
)
_COUNTED = frozenset(
    "figure fig table tab chart graph map image photo box step part chapter section annex appendix"
    " day week phase page slide note notes nb abbildung abb tabelle figura tabla tableau рисунок"
    " таблица 图 表 圖 図 図表 그림 표 注 註".split()
)
_LABEL = later(rf"[\[【]{_WORD}[ \t]?[0-9]{{1,3}}[\]】]")
_FEWEST, _MOST_WORDS = 2, 8
"""Entries under one word that are a list, and words that are tried, each with two passes over the
text. Chosen: a document has one such list or two."""


def with_worded_labels(text: str) -> str:
    """The text; "[Evidence 1]", in its list and where the text cites it, becomes "[Source 1]"."""
    if not holds(text, "]", "】") or holds(text, "[1]", "【1】"):
        return text
    if not _LABEL.search(text) or "://" not in text:
        return text
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for match in _LISTED.finditer(text):
        if match["word"].casefold() not in _COUNTED:
            listed[match["word"]].add(match["number"])
    for word, numbers in islice(listed.items(), _MOST_WORDS):
        named = rf"[\[【]{re.escape(word)}[ \t]?([0-9]{{1,3}})[\]】]"
        label = later(rf"{_NOT_SAID}{named}{_CLOSES}", re.M)
        entry = later(rf"{_BEGINS}{named}(?!\()", re.M)
        cited = numbers.intersection(match[1] for match in label.finditer(text))
        if len(numbers) >= _FEWEST and 2 * len(cited) >= len(numbers):
            text = label.sub(r"[Source \1]", entry.sub(r"\1[Source \2]", text))
    return text
