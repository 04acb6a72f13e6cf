r"""Characters -> markers: the dialects of in-text citation, one table row each.

A dialect is a name, a bounded pattern and a function that says what a match means. A new dialect
is a new row here and a case under `fixtures/dialects/`. What decides between two readings of
the same characters is evidence of the document: `evidence`.

Every pattern is linear: repeats are bounded or possessive and no repeat holds another that can
match the same text (the obvious `(\d+[,-]?)+` needs minutes on 42 hostile characters).
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from ledger.extract.authored import GROUP, named_works
from ledger.extract.evidence import (
    CIRCLED,
    CLOSE,
    DASH,
    NUMBER,
    NUMBERS,
    OPEN,
    SUPERS,
    Evidence,
    expand,
    plausible,
)

LABEL = r"[A-Za-z0-9_.:-]{1,40}"
_TARGET = r"\(\s{0,2}(?:<[^<>\n]{1,2000}>|(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)" \
    r"(?:\s{1,2}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,2}\)"  # fmt: skip
_IS_TARGET = r"(?=\(\s{0,2}<?(?:[A-Za-z]{2,12}:|www\.|[#/.]))"
_WORDS = r"(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){1,600}+"
_HOUSE = r"[A-Z]{1,3}-?[0-9]{1,4}"
_SUPERS = {**SUPERS, **str.maketrans("⁻˒‚", "-,,")}


class Marker(NamedTuple):
    """What one match says.

    Attributes:
        labels: Identifiers; empty for a link, and with `words` "" for what is to be cut silently.
        words: Linked words that stay in the text; None for none.
        url: The address at the marker; None for none.
    """

    labels: tuple[str, ...]
    words: str | None = None
    url: str | None = None


Reading = Callable[[str], Marker | None]
INLINE_NOTE = "^"
"""Label of a note that stands in the text; its number follows from its place."""
NOTHING = Marker((), words="")
"""Debris that is neither text nor a citation."""


Admission = Callable[[Marker, str, Evidence], bool]


def _always(_: Marker, __: str, ___: Evidence) -> bool:
    return True


def _if_numbers_fit(marker: Marker, before: str, evidence: Evidence) -> bool:
    numbers = all(label.isdigit() for label in marker.labels)
    return not numbers or evidence.admits(marker.labels, before)


def _if_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    return evidence.listed.issuperset(marker.labels)


def _if_number_or_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """A named note is known by the list: "[field]_" may be anything."""
    return marker.labels[0].isdigit() or evidence.listed.issuperset(marker.labels)


def _if_house(_: Marker, __: str, evidence: Evidence) -> bool:
    return evidence.house


def _if_any_listed(marker: Marker, _: str, evidence: Evidence) -> bool:
    """One work of the list is enough: then the others are citations, too, and lead nowhere."""
    return not evidence.listed.isdisjoint(marker.labels)


def _if_rounded(marker: Marker, _: str, evidence: Evidence) -> bool:
    return evidence.rounded and evidence.listed.issuperset(marker.labels)


def _if_raised(marker: Marker, before: str, evidence: Evidence) -> bool:
    return evidence.raised(marker.labels, before)


class Dialect(NamedTuple):
    """One way to write a marker.

    Attributes:
        read: Gets the whole match; None means: not this after all.
        admit: Whether the document's own evidence lets it be a marker here, behind the text given.
    """

    name: str
    example: str
    pattern: str
    read: Reading
    admit: Admission = _always


_INSIDE = re.compile(rf"\\?{OPEN}\s?({NUMBERS})\s?\\?{CLOSE}")
_TURN = re.compile(r"turn[0-9]{1,3}[a-z]{2,12}[0-9]{1,3}")
_LOCATED = re.compile(r"[0-9]{1,3}(?::[0-9]{1,3})?(?=†)")
_KEY = re.compile(r"-?@([A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,80}[A-Za-z0-9_]|[A-Za-z0-9_])")
_PREFIX = re.compile(r"[\[{]{1,2}([a-z]+(?:_[a-z]+)*)[:_]\s?([^\[\]{}]*)")
_CROSS_TURN = re.compile(r"\[cite:([0-9a-f]{6,12}-[0-9]{1,4})\]")  # six: longer than a number
_CARD = re.compile(r"name=\"citation_id\">\s*([0-9]{1,4})\s*<")


def _numbers(raw: str) -> Marker | None:
    match = _INSIDE.fullmatch(raw)
    labels = expand(match[1]) if match else None
    return Marker(labels) if labels else None


def _address(raw: str) -> str:
    """The target of "[...](target "title")", without its wrapping."""
    target = raw[raw.rindex("](") + 2 : -1].strip()
    if target.startswith("<"):
        return target[1 : target.rindex(">")]
    return target.split(None, 1)[0]


def _numbered_link(raw: str) -> Marker | None:
    inside = raw[: raw.index("(")].strip("[]\\^- ")
    labels = expand(inside)
    url = _address(raw)
    if labels is None or not all(map(plausible, labels)):
        return Marker((), words=inside, url=url)  # "[2020](/tags/2020)"
    return Marker(labels, url=None if url.startswith("#") else url)


def _named_link(raw: str) -> Marker | None:
    words, _, _ = raw[1:].rpartition("](")
    return Marker((), words=words, url=_address(raw))


def _reference_link(raw: str) -> Marker | None:
    words, _, label = raw[1:-1].rpartition("][")
    return Marker((label,), words=words)


def _footnote(raw: str) -> Marker | None:
    return Marker((raw.strip("\\[]^"),))


def _two_numbers(raw: str) -> Marker | None:
    """Copilot's "[^2^][5]": the second number is the entry in its list of links."""
    return Marker((raw[raw.rindex("[") + 1 : -1],))


def _all_of(pattern: re.Pattern[str]) -> Reading:
    def read(raw: str) -> Marker | None:
        labels = tuple(pattern.findall(raw))
        return Marker(labels) if labels else None

    return read


def _turns(raw: str) -> Marker | None:
    turns = tuple(_TURN.findall(raw))
    return Marker(turns) if turns else NOTHING


def _leftover_link(raw: str) -> Marker | None:
    """The link of "[oai_citation:0‡Reuters](https://...)"; its number counts within one answer."""
    return Marker((), words="", url=_address(raw)) if "](" in raw else NOTHING


def _prefixed(raw: str) -> Marker | None:
    """Entry 3 for "[citation:3]"; "[web:12]" and "[cite:2598d0ab-1]" are ids of their own."""
    if turn := _CROSS_TURN.fullmatch(raw):
        return Marker((turn[1],))
    match = _PREFIX.match(raw)
    labels = expand(match[2]) if match else None
    if match is None or labels is None:
        return None
    kind = match[1]
    if kind in ("citation", "cite", "ref", "reference", "source"):
        return Marker(labels)
    return Marker(tuple(f"{kind}:{label}" for label in labels))


def _cite_element(raw: str) -> Marker | None:
    """The places behind the words they carry: document and sentence, "3-1"."""
    inside = raw[raw.index('"') + 1 :]
    labels = tuple(filter(None, (part.strip() for part in inside[: inside.index('"')].split(","))))
    return Marker(labels, words=raw[raw.index(">") + 1 : raw.rindex("<")])


def _raised(raw: str) -> Marker | None:
    inside = re.sub(r"</?sup[^<>]*>|[\^\[\]]", "", raw).translate(_SUPERS)
    labels = expand(inside)
    return Marker(labels) if labels else None


def _circled(raw: str) -> Marker | None:
    return Marker(tuple(str(CIRCLED.index(char) + 1) for char in raw))


def _card(raw: str) -> Marker | None:
    found = _CARD.search(raw)
    return Marker((found[1],)) if found and "citation" in raw else NOTHING


def _keys(raw: str) -> Marker | None:
    return Marker(tuple(_KEY.findall(raw)))


def _latex(raw: str) -> Marker | None:
    return Marker(tuple(key.strip() for key in raw[raw.index("{") + 1 : -1].split(",")))


def _house(raw: str) -> Marker | None:
    return Marker(tuple(re.split(r"\s?[,;]\s?", raw[1:-1])))


def _authored(raw: str) -> Marker | None:
    labels = named_works(raw[1:-1])
    return Marker(labels) if labels else None


def _nothing(_: str) -> Marker | None:
    return NOTHING


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "private-use mark",
        "\ue200cite\ue202turn0search3\ue202turn1news0\ue201",
        r"\ue200[a-z_]{1,20}(?:\ue202[^\ue200-\ue20f\n]{1,200}){0,60}\ue201|[\ue200-\ue20f]",
        _turns,
    ),
    Dialect(
        "remains of a private-use mark",
        "citeturn0search3turn1news0",
        r"(?:file)?cite(?:turn[0-9]{1,3}[a-z]{2,12}?[0-9]{1,3}){1,30}(?![a-z0-9])",
        _turns,
    ),
    Dialect(
        "content reference",
        ":contentReference[oaicite:2]{index=2}",
        r":contentReference\[oaicite:[0-9]{1,4}\](?:\{index=[0-9]{1,4}\})?",
        _all_of(re.compile(r"(?<=oaicite:)[0-9]{1,4}")),
        _if_numbers_fit,
    ),
    Dialect(
        "leftover link",
        "[oai_citation:0‡Reuters](https://example.org/a)",
        rf"\[oai_citation:[0-9]{{1,4}}‡[^\[\]\n]{{0,200}}\](?:{_TARGET})?",
        _leftover_link,
    ),
    Dialect(
        "located source",
        "【5†source】",
        r"[【\[](?:[0-9]{1,3}(?::[0-9]{1,3})?†[^【】\[\]\n]{0,80})[】\]]",
        _all_of(_LOCATED),
        _if_numbers_fit,
    ),
    Dialect(
        "claim span",
        "[span_1](start_span)",
        r"\[(?:span_[0-9]{1,4}\]\((?:start|end)_span\)|cite_(?:start|end)\])",
        _nothing,
    ),
    Dialect(
        "prefixed number",
        "[citation:3]",
        rf"{_CROSS_TURN.pattern}|"
        r"\[(?:cite|citation|ref|reference|source|web|post|memory|attached_file|file|page|x|doc)"
        rf"[:_]\s?{NUMBERS}\]|\{{\{{citation:[0-9]{{1,4}}\}}\}}",
        _prefixed,
        _if_numbers_fit,
    ),
    Dialect(
        "attributable index",
        '{"attribution":{"attributableIndex":"3-1"}}',
        r'\{"attribution":\{"attributableIndex":"[0-9]{1,4}(?:-[0-9]{1,4})?"\}\}',
        _all_of(re.compile(r'(?<=Index":")[0-9-]{1,9}')),
    ),
    Dialect(
        "cite element",
        '<cite index="3-1,3-4">rose by a third</cite>',
        r'[<(]cite index="[0-9][0-9,: -]{0,80}">(?:[^<\n]|<(?!/?cite\b)){0,2000}+</cite>',
        _cite_element,
    ),
    Dialect(
        "copied chip",
        "【chip:example+1】",  # as `Evidence.raise_flat` writes it
        r"【chip:[^【】\n]{2,60}】",
        lambda raw: Marker((raw[6:-1],)),
    ),
    Dialect(
        "rendered card",
        '<grok:render type="render_inline_citation"><argument name="citation_id">8</argument>'
        "</grok:render>",
        r"<grok:render[^<>\n]{0,300}>.{0,600}?</grok:render>|<grok-card[^<>\n]{0,600}></grok-card>",
        _card,
        _if_numbers_fit,
    ),
    Dialect(
        "linked number",
        "[[3]](https://example.org/a)",
        rf"\\?\[\\?\[\^?{NUMBERS}\^?\\?\]\\?\]{_IS_TARGET}{_TARGET}",
        _numbered_link,
    ),
    Dialect(
        "number link",
        "[3](https://example.org/a)",
        rf"\[-?(?:\\?\[{NUMBERS}\\?\]|{NUMBERS})\]{_IS_TARGET}{_TARGET}",
        _numbered_link,
    ),
    Dialect(
        "two numbers",
        "[^2^][5]",
        r"\[\^[0-9]{1,4}\^\]\[[0-9]{1,4}\]",
        _two_numbers,
        _if_numbers_fit,
    ),
    Dialect("footnote", "[^4]", rf"\\?\[\^{LABEL}\^?\\?\]", _footnote),
    Dialect(
        "named link",
        "[Reuters](https://example.org/a)",
        rf"(?<!!)\[{_WORDS}\]{_TARGET}",
        _named_link,
    ),
    Dialect(
        "double brackets",
        "[[4]]",
        r"\[\[[0-9]{1,4}\]\](?!\()",  # one number only: "[[9,1,3]]" names a code
        lambda raw: _numbers(raw[1:-1]),
        _if_numbers_fit,
    ),
    Dialect(
        "restructured text",
        "[1]_",
        rf"\[#?{LABEL}\]_(?![A-Za-z0-9])",
        lambda raw: Marker((raw[1:-2].lstrip("#") or raw[1:-2],)),
        _if_number_or_listed,
    ),
    Dialect(
        "range of brackets",
        "[4]–[6]",
        rf"\[{NUMBER}\]\s?{DASH}\s?\[{NUMBER}\]",
        lambda raw: _numbers(f"[{raw.replace('[', '').replace(']', '')}]"),
        _if_numbers_fit,
    ),
    Dialect(
        "plain number",
        "[5]",
        rf"(?<!\[)\\?{OPEN}\s?{NUMBERS}\s?\\?{CLOSE}|(?<=\[)\[{NUMBERS}\](?!\])",
        _numbers,
        _if_numbers_fit,
    ),
    Dialect(
        "reference link",
        "[the report][11]",
        rf"\[(?!\^){_WORDS}\]\[[0-9]{{1,4}}\]",
        _reference_link,
        _if_listed,
    ),
    Dialect(
        "keys",
        "[@doe2020; @roe, p. 3]",
        r"\[(?:[^\[\]@\n]{0,40}[\s;])?-?@[^\[\]\n]{1,300}\]",
        _keys,
    ),
    Dialect("org footnote", "[fn:1]", rf"\[fn:{LABEL}\]", lambda raw: Marker((raw[4:-1],))),
    Dialect(
        "inline note",
        "^[Roe, in a letter.]",
        r"\^\[(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\](?:\([^\s()]{0,1000}\))?){2,1500}+\]"
        r"|\[fn:(?:[A-Za-z0-9_-]{1,40})?:[^\[\]\n]{2,1500}\]",
        lambda _: Marker((INLINE_NOTE,)),
    ),
    Dialect(
        "latex",
        r"\cite{doe2020,roe}",
        r"\\(?:auto|paren|foot|text)?cite[pt]?\*?(?:\[[^\[\]\n]{0,100}\]){0,2}\{[^{}\n]{1,200}\}",
        _latex,
    ),
    Dialect(
        "house id",
        "[S012]",
        rf"\[{_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\]",
        _house,
        _if_house,
    ),
    Dialect(
        "house id in round brackets",
        "(R3)",
        rf"\({_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\)",
        _house,
        _if_rounded,
    ),
    Dialect(
        "author and year",
        "(Roe et al., 2021)",
        GROUP,
        _authored,
        _if_any_listed,
    ),
    Dialect(
        "round brackets",
        "(3)",
        rf"\({NUMBERS}\)",
        lambda raw: _numbers(f"[{raw[1:-1]}]"),
        _if_rounded,
    ),
    Dialect(
        "raised number",
        "<sup>12</sup>",
        rf"<sup[^<>\n]{{0,100}}>\s?\[?{NUMBERS}\]?\s?</sup>"
        rf"|\^\[?{NUMBERS}\]?\^|[⁰¹²³⁴-⁹]{{1,3}}(?:[⁻˒‚,][⁰¹²³⁴-⁹]{{1,3}}){{0,20}}",
        _raised,
        _if_raised,
    ),
    Dialect("circled number", "①②", "[①-⑳]{1,10}", _circled, _if_raised),
)

MARKER = re.compile("|".join(f"(?P<d{n}>{dialect.pattern})" for n, dialect in enumerate(DIALECTS)))


def read(match: re.Match[str], evidence: Evidence) -> Marker | None:
    """What a match of `MARKER` means here; None when the characters are no marker after all."""
    dialect = DIALECTS[int((match.lastgroup or "d0")[1:])]
    marker = dialect.read(match[0])
    if marker is None or not marker.labels:
        return marker
    before = match.string[max(0, match.start() - 20) : match.start()]
    if marker.url:
        counts = evidence.counts(marker.labels)
        return marker if counts else Marker((), words=", ".join(marker.labels), url=marker.url)
    return marker if dialect.admit(marker, before, evidence) else None
