"""A sentence or a cell -> whether it says something, or is a label, a question or a lead-in."""

from ledger.patterns import later
from ledger.split.boundaries import STOPPED
from ledger.split.short_words import AMOUNTS, CURRENCIES

_STATEMENT = 5
"""Words from which on a table cell without a stop is no label: most labels have up to three."""
_WIDE_STATEMENT = 8
"""Characters from which on one of Chinese or Japanese that ends with its stop is none, either."""
_CLOSERS = ")]\"'”’»）】」』"
_PLAIN_STOPS = frozenset(".。")
_STOPS = frozenset(".!…。！।۔")
_LEADS_ON = frozenset("?？؟:：")
"""What ends a question, or a sentence that only leads in what follows, before any closers."""
_TAIL = 8
"""Characters that a stop can stand from the end of its sentence, before quotes and brackets."""
_LONGEST_LABEL, _LONGEST_TITLE = 24, 60
"""Characters of a label, and of a line in capitals, which is the title of a part."""
_LABEL = later(
    r"(?:[^\s\u0e00-\U0010ffff]+|[^\s]{1,4}|[0-9]{1,2}[.:h时時][0-9]{2}(?:\s(?:[A-Za-z.]{1,4}))?)\Z"
)
"""One word without a stop, or an hour, says nothing: "Share", "Advertisement", "13.40 CET"."""
_SIGNATURE = later(
    r"(?:[^\s@]{1,24}\s{1,4}){0,4}[(<]?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}[)>]?\Z"
)
"""Who wrote a text, with an address for mail: "Ann Roe, roe@post.example", "최윤호 기자 choi@…"."""
_PAGES = later(r"(?:\[\[[^\[\]\n]{1,300}\]\][\s,;·|]{0,4}){1,20}")
"""Links to pages of a vault and nothing else: "[[dams]] · [[walls|Walls]]"."""
_CAPITALS = later(r"(?=[^\W\d_])[^a-z\u00df-\u00ff\u0430-\u045f\u0590-\U0010ffff0-9|]+")


_FORMULA = later(
    r"(?:\\(?:text|mathrm|operatorname|begin|end)[a-z]{0,6}\s?\{[^{}\n]{0,200}\}|\\[A-Za-z]{1,40}|\\."
    r"|[^\W\d_\u0590-\u1cff\u2e80-\U0010ffff]{1,2}(?![^\W\d_])|\d|[^\w\\]|_)++\Z"
)
"""Signs of TeX and nothing else: a formula on a line of its own."""


def is_statement(cell: str) -> bool:
    """Whether a cell without a marker says something, and is no label of its row."""
    words = cell.split()
    if len(words) >= _STATEMENT or (cell[-1:] == "。" and len(cell) >= _WIDE_STATEMENT):
        return True
    if not STOPPED.search(cell) or len(words) < 2:
        return False
    # "520 тыс. руб.": the stop is of its unit.
    return not (words[0][:1].isdigit() and words[-1].rstrip(".").lower() in AMOUNTS | CURRENCIES)


def asserts(text: str, start: int, end: int) -> bool:
    """Whether a sentence is no question, no label, and does not only lead in what follows."""
    if text.find("\\", start, end) >= 0 and _FORMULA.match(text, start, end):
        return False
    last = text[end - 1]
    if last in _PLAIN_STOPS:
        return True
    if last in _CLOSERS:
        last = text[max(start, end - _TAIL) : end].rstrip(_CLOSERS)[-1:]
    if last in _LEADS_ON or last in _STOPS:
        return last in _STOPS
    if text.startswith("[[", start) and _PAGES.fullmatch(text, start, end):
        return False
    if end - start > _LONGEST_TITLE:
        return True
    if text.find("@", start, end) >= 0 and _SIGNATURE.match(text, start, end):
        return False
    label = end - start <= _LONGEST_LABEL and _LABEL.match(text, start, end)
    return not label and not _CAPITALS.fullmatch(text, start, end)
