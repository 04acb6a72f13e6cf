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

from ledger.extract.authored import GROUP
from ledger.extract.evidence import CLOSE, DASH, NUMBER, NUMBERS, OPEN, Evidence
from ledger.extract.marker import (
    CROSS_TURN,
    INLINE_NOTE,
    LOOK,
    PLACE,
    Marker,
    Reading,
    read_all_of,
    read_authored,
    read_card,
    read_circled,
    read_cite_element,
    read_element,
    read_footnote,
    read_house,
    read_keys,
    read_latex,
    read_leftover_link,
    read_named_link,
    read_nothing,
    read_numbered_link,
    read_numbers,
    read_placed,
    read_prefixed,
    read_raised,
    read_reference_link,
    read_turns,
    read_two_numbers,
)

LABEL = r"[A-Za-z0-9_.:-]{1,40}"
_TARGET = r"\(\s{0,2}(?:<[^<>\n]{1,2000}>|(?:[^\s()<>]|\([^\s()<>]{0,500}\)){1,2000}+)" \
    r"(?:\s{1,2}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,2}\)"  # fmt: skip
_IS_TARGET = r"(?=\(\s{0,2}<?(?:[A-Za-z]{2,12}:|www\.|[#/.]))"
_WORDS = r"(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){1,600}+"
_PLACED = rf"{NUMBER}(?:{PLACE})?"
_HOUSE = r"[A-Z]{1,3}-?[0-9]{1,4}"


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


def _if_rounded(marker: Marker, before: str, evidence: Evidence) -> bool:
    return evidence.admits_round(marker.labels, before)


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


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "private-use mark",
        "\ue200cite\ue202turn0search3\ue202turn1news0\ue201",
        r"\ue200[a-z_]{1,20}(?:\ue202[^\ue200-\ue20f\n]{1,200}){0,60}\ue201|[\ue200-\ue20f]",
        read_turns,
    ),
    Dialect(
        "remains of a private-use mark",
        "citeturn0search3turn1news0",
        r"(?:file)?cite(?:turn[0-9]{1,3}[a-z]{2,12}?[0-9]{1,3}){1,30}(?![a-z0-9])",
        read_turns,
    ),
    Dialect(
        "content reference",
        ":contentReference[oaicite:2]{index=2}",
        r":contentReference\[oaicite:[0-9]{1,4}\](?:\{index=[0-9]{1,4}\})?",
        read_all_of(re.compile(r"(?<=oaicite:)[0-9]{1,4}")),
        _if_numbers_fit,
    ),
    Dialect(
        "leftover link",
        "[oai_citation:0‡Reuters](https://example.org/a)",
        rf"\[oai_citation:[0-9]{{1,4}}‡[^\[\]\n]{{0,200}}\](?:{_TARGET})?",
        read_leftover_link,
    ),
    Dialect(
        "located source",
        "【5†source】",
        r"[【\[](?:[0-9]{1,3}(?::[0-9]{1,3})?†[^【】\[\]\n]{0,80})[】\]]",
        read_all_of(re.compile(r"[0-9]{1,3}(?::[0-9]{1,3})?(?=†)")),
        _if_numbers_fit,
    ),
    Dialect(
        "claim span",
        "[span_1](start_span)",
        r"\[(?:span_[0-9]{1,4}\]\((?:start|end)_span\)|cite_(?:start|end)\])",
        read_nothing,
    ),
    Dialect(
        "prefixed number",
        "[citation:3]",
        rf"{CROSS_TURN.pattern}|"
        r"\[(?:cite|citation|ref|reference|source|web|post|memory|attached_file|file|page|x|doc)"
        rf"[:_]\s?{NUMBERS}\]|\{{\{{citation:[0-9]{{1,4}}\}}\}}",
        read_prefixed,
        _if_numbers_fit,
    ),
    Dialect(
        "attributable index",
        '{"attribution":{"attributableIndex":"3-1"}}',
        r'\{"attribution":\{"attributableIndex":"[0-9]{1,4}(?:-[0-9]{1,4})?"\}\}',
        read_all_of(re.compile(r'(?<=Index":")[0-9-]{1,9}')),
    ),
    Dialect(
        "cite element",
        '<cite index="3-1,3-4">rose by a third</cite>',
        r'[<(]cite index="[0-9][0-9,: -]{0,80}">(?:[^<\n]|<(?!/?cite\b)){0,600}+</cite>',
        read_cite_element,
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
        read_card,
        _if_numbers_fit,
    ),
    Dialect(
        "linked number",
        "[[3]](https://example.org/a)",
        rf"\\?\[\\?\[\^?{NUMBERS}\^?\\?\]\\?\]{_IS_TARGET}{_TARGET}",
        read_numbered_link,
    ),
    Dialect(
        "number link",
        "[3](https://example.org/a)",
        rf"\[-?(?:\\?\[{NUMBERS}\\?\]|{NUMBERS})\]{_IS_TARGET}{_TARGET}",
        read_numbered_link,
    ),
    Dialect(
        "two numbers",
        "[^2^][5]",
        r"\[\^[0-9]{1,4}\^\]\[[0-9]{1,4}\]",
        read_two_numbers,
        _if_numbers_fit,
    ),
    Dialect("footnote", "[^4]", rf"\\?\[\^{LABEL}\^?\\?\]", read_footnote),
    Dialect(
        "named link",
        "[Reuters](https://example.org/a)",
        rf"(?<!!)\[{_WORDS}\]{_TARGET}",
        read_named_link,
    ),
    Dialect(
        "link element",
        '<a href="https://example.org/a">Reuters</a>',
        r"<a\s(?=[^<>\n]{0,300}?\bhref)[^<>\n]{1,2500}>(?:[^<\n]|<(?!/?a\b)){1,600}+</a>",
        read_element,
        _if_numbers_fit,
    ),
    Dialect(
        "double brackets",
        "[[4]]",
        r"\[\[[0-9]{1,4}\]\](?!\()",  # one number only: "[[9,1,3]]" names a code
        lambda raw: read_numbers(raw[1:-1]),
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
        lambda raw: read_numbers(f"[{raw.replace('[', '').replace(']', '')}]"),
        _if_numbers_fit,
    ),
    Dialect(
        "grouped digits",
        "[99,100]",
        r"\[[0-9]{1,3}(?:,[0-9]{3}){1,2}\]",  # or "[4,500] soldiers", which an editor put in
        read_numbers,
        lambda marker, _, evidence: (
            not evidence.listed or evidence.listed.issuperset(marker.labels)
        ),
    ),
    Dialect(
        "plain number",
        "[5]",
        rf"(?<!\[)\\?{OPEN}\s?{NUMBERS}\s?\\?{CLOSE}|(?<=\[)\[{NUMBERS}\](?!\])",
        read_numbers,
        _if_numbers_fit,
    ),
    Dialect(
        "number and place",
        "[see 1, p. 12; 3]",
        rf"{OPEN}{LOOK}{_PLACED}(?:\s?[;,]\s?{LOOK}{_PLACED}){{0,20}}{CLOSE}",
        read_placed,
        _if_listed,
    ),
    Dialect(
        "reference link",
        "[the report][11]",
        rf"\[(?!\^|[a-z]\]){_WORDS}\]\[[0-9]{{1,4}}\]",  # "[a][3]" is a note and a marker
        read_reference_link,
        _if_listed,
    ),
    Dialect(
        "keys",
        "[@doe2020; @roe, p. 3]",
        r"\[(?:[^\[\]@\n]{0,40}[\s;])?-?@[^\[\]\n]{1,300}\]",
        read_keys,
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
        read_latex,
    ),
    Dialect(
        "house id",
        "[S012]",
        rf"\[{_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\]",
        read_house,
        _if_house,
    ),
    Dialect(
        "house id in round brackets",
        "(R3)",
        rf"\({_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\)",
        read_house,
        _if_rounded,
    ),
    Dialect(
        "author and year",
        "(Roe et al., 2021)",
        GROUP,
        read_authored,
        _if_any_listed,
    ),
    Dialect(
        "round brackets",
        "(3)",
        rf"\({NUMBERS}\)",
        lambda raw: read_numbers(f"[{raw[1:-1]}]"),
        _if_rounded,
    ),
    Dialect(
        "raised number",
        "<sup>12</sup>",
        rf"<sup[^<>\n]{{0,100}}>\s?\[?{NUMBERS}\]?\s?</sup>"
        rf"|\^\[?{NUMBERS}\]?\^|[⁰¹²³⁴-⁹]{{1,3}}(?:[⁻˒‚,][⁰¹²³⁴-⁹]{{1,3}}){{0,20}}",
        read_raised,
        _if_raised,
    ),
    Dialect("circled number", "①②", "[①-⑳]{1,10}", read_circled, _if_raised),
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
    if dialect.admit(marker, before, evidence):
        return marker
    apart = Marker(tuple(marker.labels[0]))  # "¹²" where the list has 1 and 2, and no 12
    both = dialect.read is read_raised and len(marker.labels) == 1 < len(apart.labels)
    return (
        apart
        if both and _if_listed(apart, before, evidence) and dialect.admit(apart, before, evidence)
        else None
    )
