"""Brackets that name the work before, "(ibid., p. 33)" -> the same with its author and year.

With its label where a text cites its list by numbers or keys: "[1]", "[ibid., p. 5]". What stands
in notes is read by `lists.point_back`.
"""

import re
from collections.abc import Iterable, Iterator

from ledger.extract.lines import Raw
from ledger.extract.markers.authored import PAGES, named_works
from ledger.extract.markers.names_inside import last_work_in
from ledger.extract.markers.place import LEAD, PLACE, SAME
from ledger.patterns import begun_with, later

_OPENS, _WORD = "(（[", r"[*_]{0,2}[^\W\d_]"
_AGAIN = later(  # most brackets hold a number, or nothing that is a word
    rf"(?P<open>[{_OPENS}](?={_WORD}[^()（）\[\]])(?:{LEAD})?)[*_]{{0,2}}(?:{SAME}|idem\b(?=[,.)\]])|(?-i:[Ii]d)\.(?!\s[0-9]))[*_]{{0,2}}"
    rf"(?P<place>{PAGES}|\s[0-9]{{1,4}}(?:[-–][0-9]{{1,4}})?|)\.?\s?(?=[)）\];])",
    re.I,
)
_SAID, _LONG = later(rf"{SAME}|idem\b|(?<![^\W_])id\.", re.I), 10_000
"""Of a block that is longer than any it is asked first whether it has such words: brackets may be
without number in it."""
_BRACKETS = later(
    rf"\[(?P<label>[^\W_][\w+&/.-]{{0,30}})(?:{PLACE})?\](?![(\[:])"
    r"|\[(?P<several>[^\W_][^\[\]\n]{0,80})\](?![(\[:])"
)
_PARTS = later(r"[,;]\s?")
_BESIDE, _REACH = later(r"\][\s,;–-]{0,2}\Z"), 300
"""Right behind another label in brackets one is not all that is cited there."""
_ELSEWHERE = later(
    r"[\[\](（h](?:(?<=\])\(|(?<=\[)\^|(?<=h)ttps?://"
    r"|(?<=[(（])[^\W\d_a-z][^()（）\n]{1,80}[\s,](?:1[5-9]|20)[0-9]{2}[a-z]?(?:[,:]\s[^()（）\n]{1,20})?[)）])"
)
"""What is cited in another way: by a link, a note, or an author and year that no list has."""


def with_works_again(
    raws: Iterable[Raw], listed: frozenset[str], *, authored: bool
) -> Iterable[Raw]:
    """The blocks of a document; where brackets name the work before, its author and year instead.

    Args:
        raws: In reading order.
        listed: The labels of the list, "Roe 2012" or "3". What names another stays as it is.
        authored: Whether they are authors and years.
    """
    raws = list(raws)
    whole = "\n".join([raw.text for raw in raws])
    if not any(begun_with(_OPENS, _AGAIN, whole, _WORD)):  # as in most
        return raws
    return _named_again(raws, listed, authored=authored)


def _named_again(raws: Iterable[Raw], listed: frozenset[str], *, authored: bool) -> Iterator[Raw]:
    last_of, named = (last_work_in, _named) if authored else (_last_label_in, _labelled)
    last: str | None = None
    above: list[str] = []
    for raw in raws:
        pieces: list[str] = []
        done = seen = 0
        for match in _AGAIN.finditer(raw.text) if _may_say(raw) else ():
            pieces.append(raw.text[done : match.start()])
            texts = (*above, "".join(pieces[seen:]))
            cited = (last_of(each, listed) for each in reversed(texts))
            last = next((each for each in cited if each is not None), last)
            above, seen = [], len(pieces)
            pieces.append(named(match, last, listed))
            done = match.end()
        pieces.append(raw.text[done:])
        above.append("".join(pieces[seen:]))
        yield raw._replace(text="".join(pieces)) if done else raw


def _may_say(raw: Raw) -> bool:
    if raw.role == "code":
        return False
    return len(raw.text) < _LONG or _SAID.search(raw.text) is not None


def _last_label_in(text: str, listed: frozenset[str]) -> str | None:
    """The label of the list that a text has last in brackets.

    Empty where several stand there, or what is cited behind it has no label.
    """
    last, end = None, 0
    for match in _BRACKETS.finditer(text):
        if _is_in_code(match):
            continue
        end = match.end()
        if match["label"] in listed:
            beside = _BESIDE.search(text, max(0, match.start() - 2), match.start())
            last = "" if beside else match["label"]
        elif not listed.isdisjoint(_PARTS.split(match["several"] or "")):
            last = ""
    return "" if _ELSEWHERE.search(text, end) else last


def _is_in_code(match: re.Match[str]) -> bool:
    return match.string.count("`", max(0, match.start() - _REACH), match.start()) % 2 == 1


def _labelled(match: re.Match[str], label: str | None, _: frozenset[str]) -> str:
    """Brackets with a label instead; a page alone is left out, as it would be another number."""
    if not label or _is_in_code(match):
        return match[0]
    place = match["place"] if any(map(str.isalpha, match["place"])) else ""
    opened, lead = match["open"][0], match["open"][1:]
    return f"[{lead}{label}{place}" if opened == "[" else f"{opened}{lead}[{label}{place}]"


def _named(match: re.Match[str], work: str | None, listed: frozenset[str]) -> str:
    if work is None or work not in listed:
        return match[0]
    name, _, year = work.rpartition(" ")
    place = match["place"]
    place = f",{place}" if place[1:2].isdecimal() and place[0].isspace() else place
    said = f"{name}, {year}{place}"
    return f"{match['open']}{said}" if named_works(said) == (work,) else match[0]
