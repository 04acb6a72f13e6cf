r"""Characters -> markers: the dialects of in-text citation, one table row each.

A dialect is a name, a bounded pattern and a function that says what a match means. A new dialect
is a new row here and a case under `fixtures/dialects/`. What decides between two readings of
the same characters (a year or a citation?) is the document's own evidence, and stands in one
place: `Evidence.admits`.

Every pattern is linear: repeats are bounded or possessive and no repeat holds another that can
match the same text (the obvious `(\d+[,-]?)+` needs minutes on 42 hostile characters).
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

OPEN = r"[\[［【〔〖]"
CLOSE = r"[\]］】〕〗]"
LABEL = r"[A-Za-z0-9_.:-]{1,40}"
_NUMBER = r"[0-9０-９]{1,4}"
_SEPARATOR = r"\s{0,2}[,;，；、\-‐‑–—−~～]\s{0,2}"
_NUMBERS = rf"{_NUMBER}(?:{_SEPARATOR}{_NUMBER}){{0,60}}"
_TARGET = r"\(\s{0,2}(?:<[^<>\n]{1,2000}>|(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)" \
    r"(?:\s{1,2}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,2}\)"  # fmt: skip
_IS_TARGET = r"(?=\(\s{0,2}<?(?:[A-Za-z]{2,12}:|www\.|[#/.]))"
_WORDS = r"(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){1,600}+"

_DASHES = re.compile(r"\s*[-‐‑–—−~～]\s*")
_COMMAS = re.compile(r"\s*[,;，；、]\s*")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_INTERVAL_SIGN = re.compile(r"(?:\bCI|∈|=|≈|±|区间|區間)[\s:]{0,2}$")
_INTERVAL_WORD = re.compile(r"\b(?:interval|range|between|from)[\s:]{0,2}$", re.I)
_YEARS = range(1500, 2101)
_LARGEST_UNLISTED = 999
"""A larger number is a citation only when the list has it: no list seen is longer."""
_WIDEST_RANGE = 400


class Marker(NamedTuple):
    """What one match says: identifiers (empty for a link), linked words and address, if any."""

    labels: tuple[str, ...]
    words: str | None = None
    url: str | None = None


class Evidence(NamedTuple):
    """What the document itself says about its markers.

    Attributes:
        listed: The identifiers of its reference list; empty when it has none.
        counted: Whether its linked numbers are a numbering, and not counts of something else
            (comments, likes) that happen to be links.
    """

    listed: frozenset[str]
    counted: bool = True

    def counts(self, labels: tuple[str, ...]) -> bool:
        """Whether numbers that are links are identifiers."""
        return self.counted or self.listed.issuperset(labels)

    def admits(self, labels: tuple[str, ...], before: str) -> bool:
        """Whether bracketed numbers are citations, given the text `before` them.

        Two numbers behind a sign of an interval ("95% CI [12, 18]") never are. Identifiers of the
        list always are. Otherwise refused: zero, years, and numbers larger than any list.
        """
        pair = len(labels) > 1 and before
        if pair and _INTERVAL_SIGN.search(before):
            return False
        if self.listed.issuperset(labels):
            return True
        if pair and _INTERVAL_WORD.search(before):
            return False
        return all(label in self.listed or _plausible(label) for label in labels)


def _plausible(label: str) -> bool:
    number = int(label)
    return 0 < number <= _LARGEST_UNLISTED and number not in _YEARS


_LINKED_NUMBER = re.compile(r"\[([0-9]{1,4})\\?\]\(")
_SPARSE = 3
"""A numbering has no gaps when it is whole; an excerpt of one is hardly thinner than one in three."""


def evidence_of(text: str, listed: Iterable[str | None]) -> Evidence:
    """What a document says about its markers: its text, and the markers of its reference list."""
    numbers = set(map(int, _LINKED_NUMBER.findall(text)))
    counted = not numbers or max(numbers) <= _SPARSE * len(numbers)
    return Evidence(frozenset(filter(None, listed)), counted)


def expand(inside: str) -> tuple[str, ...] | None:
    """Identifiers of "2, 7", "4-6" or "1–3;9", ranges expanded, in order.

    None when it is no such list: a range that runs backwards or is wider than any real one.
    """
    labels: list[str] = []
    for part in _COMMAS.split(inside.translate(_WIDE_DIGITS).strip()):
        ends = _DASHES.split(part)
        if len(ends) == 1:
            labels.append(str(int(ends[0])))
            continue
        first, last = int(ends[0]), int(ends[-1])
        if len(ends) > 2 or not first < last <= first + _WIDEST_RANGE:
            return None
        labels.extend(str(number) for number in range(first, last + 1))
    return tuple(labels)


class Dialect(NamedTuple):
    """One way to write a marker. `read` gets the whole match; None means: not this after all."""

    name: str
    example: str
    pattern: str
    read: Callable[[str], Marker | None]


_INSIDE = re.compile(rf"\\?{OPEN}\s?({_NUMBERS})\s?\\?{CLOSE}")


def _numbers(raw: str) -> Marker | None:
    match = _INSIDE.fullmatch(raw)
    labels = expand(match[1]) if match else None
    return Marker(labels) if labels else None


def _address(raw: str) -> str:
    """The target of "[...](target "title")", without its wrapping."""
    target = raw[raw.rindex("](") + 2 : -1] if "](" in raw else raw[raw.rindex("(") + 1 : -1]
    target = target.strip()
    if target.startswith("<"):
        return target[1 : target.rindex(">")]
    return target.split(None, 1)[0]


def _numbered_link(raw: str) -> Marker | None:
    inside = raw[: raw.index("(")].strip("[]\\^ ")
    labels = expand(inside)
    url = _address(raw)
    if labels is None or not all(map(_plausible, labels)):
        return Marker((), words=inside, url=url)  # "[2020](/tags/2020)"
    return Marker(labels, url=None if url.startswith("#") else url)


def _named_link(raw: str) -> Marker | None:
    words, _, _ = raw[1:].rpartition("](")
    url = _address(raw)
    return Marker((), words=words, url=url)


def _reference_link(raw: str) -> Marker | None:
    words, _, label = raw[1:-1].rpartition("][")
    return Marker((label,), words=words)


def _footnote(raw: str) -> Marker | None:
    return Marker((raw.strip("\\[]^"),))


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "linked number",
        "[[3]](https://example.org/a)",
        rf"\\?\[\\?\[\^?{_NUMBERS}\^?\\?\]\\?\]{_IS_TARGET}{_TARGET}",
        _numbered_link,
    ),
    Dialect(
        "number link",
        "[3](https://example.org/a)",
        rf"\[\\?\[?{_NUMBERS}\\?\]?\]{_IS_TARGET}{_TARGET}",
        _numbered_link,
    ),
    Dialect(
        "footnote",
        "[^4]",
        rf"\\?\[\^{LABEL}\^?\\?\]",
        _footnote,
    ),
    Dialect(
        "named link",
        "[Reuters](https://example.org/a)",
        rf"(?<!!)\[{_WORDS}\]{_TARGET}",
        _named_link,
    ),
    Dialect(
        "plain number",
        "[5]",
        rf"\\?{OPEN}\s?{_NUMBERS}\s?\\?{CLOSE}",
        _numbers,
    ),
    Dialect(
        "reference link",
        "[the report][11]",
        rf"\[(?!\^){_WORDS}\]\[[0-9]{{1,4}}\]",
        _reference_link,
    ),
)

MARKER = re.compile("|".join(f"(?P<d{n}>{dialect.pattern})" for n, dialect in enumerate(DIALECTS)))


def read(match: re.Match[str], evidence: Evidence) -> Marker | None:
    """What a match of `MARKER` means; None when the characters are no marker after all."""
    name = match.lastgroup
    marker = DIALECTS[int(name[1:])].read(match[0]) if name else None
    if marker and marker.labels and marker.url and not evidence.counts(marker.labels):
        return Marker((), words=", ".join(marker.labels), url=marker.url)
    return marker
