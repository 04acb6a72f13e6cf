r"""Characters -> markers: the dialects of in-text citation, one table row each.

A dialect is a name, a bounded pattern and a function that says what a match means. A new dialect
is a new row here and a case under `fixtures/dialects/`. What decides between two readings of
the same characters is what the document says about its markers: `evidence`, `admit`.

Every pattern is linear: repeats are bounded or possessive and no repeat holds another that can
match the same text (the obvious `(\d+[,-]?)+` needs minutes on 42 hostile characters).
"""

import re

from ledger.extract.markers.admit import (
    if_called,
    if_counted,
    if_grouped,
    if_house,
    if_house_rounded,
    if_key,
    if_keys,
    if_listed,
    if_listed_numbers,
    if_listed_symbol,
    if_named,
    if_noted,
    if_number_or_listed,
    if_numbers_fit,
    if_own_label,
    if_raised,
    if_rounded,
    if_works,
)
from ledger.extract.markers.authored import GROUP, SQUARE_GROUP, is_work, named_works
from ledger.extract.markers.bare import BARE_ADDRESS, read_bare_address
from ledger.extract.markers.dialect import TARGET, WORDS, Dialect
from ledger.extract.markers.evidence import Evidence
from ledger.extract.markers.marker import (
    INLINE_NOTE,
    OF_TURN,
    RAISED_PLACE,
    Marker,
    read_authored,
    read_circled,
    read_element,
    read_footnote,
    read_house,
    read_keys,
    read_latex,
    read_named_keys,
    read_named_link,
    read_numbered_link,
    read_numbers,
    read_prefixed,
    read_raised,
    read_reference_link,
    read_two_numbers,
    says_host,
    says_its_address,
    says_source,
)
from ledger.extract.markers.numbers import CLOSE, DASH, NUMBER, NUMBERS, OPEN
from ledger.extract.markers.services import OF_SERVICES
from ledger.extract.markers.symbols import SYMBOL
from ledger.extract.markers.worded import (
    MARKED_NOTE,
    NAMED,
    OF_THE_LIST,
    PLACED,
    WORDED,
    listed_in,
    read_labels,
    read_marked,
    read_named,
    read_placed,
)
from ledger.letters import WIDE
from ledger.patterns import later

LABEL = r"[A-Za-z0-9_.:-]{1,40}"
_IS_TARGET = r"(?=\(\s{0,2}<?(?:[A-Za-z]{2,12}:|www\.|[#/.]))"
_HOUSE = r"[A-Z]{1,3}-?[0-9]{1,4}"


def _read_key(raw: str) -> Marker | None:
    """The key of "@roe2020 [p. 3]", which is the subject of its sentence."""
    key = raw[1:].partition("[")[0].rstrip()
    return Marker((key,), words=key)


DIALECTS: tuple[Dialect, ...] = (
    *OF_SERVICES,
    Dialect(
        "linked number",
        "[[3]](https://example.org/a)",
        rf"\\?\[\\?\[\^?{NUMBERS}\^?\\?\]\\?\]{_IS_TARGET}{TARGET}",
        read_numbered_link,
    ),
    Dialect(
        "number link",
        "[3](https://example.org/a)",
        rf"\[-?(?:(?:\\?\[{NUMBERS}\\?\]\s?){{1,8}}|\s?\^?{NUMBERS}\^?\s?|\^?\\?\({NUMBERS}\\?\)|\^{OF_TURN}|<sup>{NUMBERS}</sup>|[⁰¹²³⁴-⁹]{{1,3}})\]"
        rf"{_IS_TARGET}{TARGET}",
        read_numbered_link,
    ),
    Dialect(
        "two numbers",
        "[^2^][5]",
        r"\[\^[0-9]{1,4}\^\]\[[0-9]{1,4}\]",
        read_two_numbers,
        if_numbers_fit,
    ),
    Dialect(
        "address as a footnote",
        "[^https://example.org/a]",
        r"\[\^https?://[^\s\[\]]{3,2000}+\]",
        lambda raw: Marker((), words="", url=raw[2:-1]),
    ),
    Dialect(
        "footnote",
        "[^4]",
        rf"\\?\[\^(?:{LABEL}|{SYMBOL})\^?\\?\]",
        read_footnote,
        if_listed_symbol,
    ),
    Dialect(
        "named link",
        "[Reuters](https://example.org/a)",
        rf"(?<!!)\[{WORDS}\]{TARGET}",
        read_named_link,
    ),
    Dialect(
        "link without words",
        "[](https://example.org/a)",
        rf"(?<!!)\[\s?\](?!\(\s{{0,2}}#){TARGET}",
        lambda raw: read_named_link(raw[0] + raw[1:].lstrip()),
    ),
    Dialect(
        "link element",
        '<a href="https://example.org/a">Reuters</a>',
        r"<a\s(?=[^<>\n]{0,300}?\bhref)[^<>\n]{1,2500}>(?:[^<\n]|<(?!/?a\b)){1,600}+</a>",
        read_element,
        if_numbers_fit,
    ),
    Dialect(
        "double brackets",
        "[[4]]",
        r"\[\[[0-9]{1,4}\]\](?!\()",  # one number only: "[[9,1,3]]" names a code
        lambda raw: read_numbers(raw[1:-1]),
        if_numbers_fit,
    ),
    Dialect(
        "restructured text",
        "[1]_",
        rf"\[#?{LABEL}\]_(?![A-Za-z0-9])",
        lambda raw: Marker((raw[1:-2].lstrip("#") or raw[1:-2],)),
        if_number_or_listed,
    ),
    Dialect(
        "range of brackets",
        "[4]–[6]",
        rf"\[{NUMBER}\]\s?{DASH}\s?\[{NUMBER}\]",
        lambda raw: read_numbers(f"[{raw.replace('[', '').replace(']', '')}]"),
        if_numbers_fit,
    ),
    Dialect(
        "grouped digits",
        "[99,100]",
        r"\[[0-9]{1,3}(?:,[0-9]{3}){1,2}\]",  # or "[4,500] soldiers", which an editor put in
        read_numbers,
        if_grouped,
    ),
    Dialect(
        "raised brackets",
        "^[5]^",
        rf"\^\\?\[{NUMBERS}\\?\]\^",
        lambda raw: read_numbers(raw[1:-1]),
        if_numbers_fit,
    ),
    Dialect(
        "plain number",
        "[5]",
        rf"(?<!\[)\\?{OPEN}\s?{NUMBERS}\s?\\?{CLOSE}|(?<=\[)\[{NUMBERS}\](?!\])",
        read_numbers,
        if_numbers_fit,
    ),
    Dialect(
        "number and place",
        "[see 1, p. 12; 3]",
        PLACED,
        read_placed,
        if_listed_numbers,
    ),
    Dialect(
        "reference link",
        "[the report][11]",
        # "[a][3]" is a note and a marker
        rf"\[(?!\^|[a-z]\]|(?:[Nn]ote|nb) [0-9]){WORDS}\]\[[0-9]{{1,4}}\]",
        read_reference_link,
        if_listed,
    ),
    Dialect(
        "keys",
        "[@doe2020; @roe, p. 3]",
        r"\[(?:[^\[\]@\n]{0,40}[\s;]|cite(?:/[a-z/-]{1,16})?:)?-?@(?!@)[^\[\]\n]{1,300}\]",
        read_keys,
        if_keys,
    ),
    Dialect(
        "key in prose",
        "@roe2020",
        r"@(?<![\w.@/+-]@)[A-Za-z_](?:[\w:.#$%&+?~/-]{0,80}[A-Za-z0-9_])?"
        r"(?:\s?\[(?:pp?\.|[Cc]hap(?:\.|ter)|[Cc]h\.|[Ss]ec(?:\.|tion)|§|[Ff]ig\.|S\.)\s?[^\[\]\n]{1,40}\](?!\())?",
        _read_key,
        if_key,
    ),
    Dialect("org footnote", "[fn:1]", rf"\[fn:{LABEL}\]", lambda raw: Marker((raw[4:-1],))),
    Dialect(
        "inline note",
        "^[Roe, in a letter.]",
        rf"\^\[(?!{NUMBERS}\]\^)"
        r"(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\](?:\([^\s()]{0,1000}\))?){2,1500}+\](?!\()"
        r"|\[fn:(?:[A-Za-z0-9_-]{1,40})?:[^\[\]\n]{2,1500}\]",
        lambda _: Marker((INLINE_NOTE,)),
        if_noted,
    ),
    Dialect(
        "latex",
        r"\cite{doe2020,roe}",
        r"\\(?:auto|paren|foot|text)?cite[pt]?\*?(?:\[[^\[\]\n]{0,100}\]){0,2}\{[^{}\n]{1,200}\}",
        read_latex,
    ),
    Dialect(
        "role",
        "{cite:p}`doe2020,roe`",
        r"(?:\{cite(?::[a-z]{1,12})?\}|:cite(?::[a-z]{1,12})?:)`[^`\n]{1,300}`",
        lambda raw: read_named_keys(raw[raw.index("`") + 1 : -1]),
    ),
    Dialect(
        "directive",
        ":cite[doe2020,roe]",
        r":cite(?:[pt]|:[a-z]{1,12})?\[[^\[\]\n]{1,300}\](?:\{[^{}\n]{0,200}\})?",
        lambda raw: read_named_keys(raw[raw.index("[") + 1 : raw.rindex("]")]),
    ),
    Dialect(
        "command of a site",
        "{% cite doe2020 roe %}",
        r"\{(?:%|\{[<%])\s{0,3}cite\s[^{}\n]{1,300}\}{1,2}",
        lambda raw: read_named_keys(raw.strip("{}<>% ").removeprefix("cite")),
    ),
    Dialect(
        "element of an article",
        '<d-cite key="doe2020,roe"></d-cite>',
        r"<d-cite\s(?:bibtex-)?key=\"[^\"<>\n]{1,300}\"\s?>\s?</d-cite>",
        lambda raw: read_named_keys(raw[raw.index('"') + 1 : raw.rindex('"')]),
    ),
    Dialect(
        "typesetter's",
        "#cite(<doe2020>)",
        r"#cite\(<[^<>\n]{1,100}>[^()\n]{0,200}\)",
        lambda raw: Marker((raw[raw.index("<") + 1 : raw.index(">")],)),
    ),
    Dialect(
        "house id",
        "[S012]",
        rf"\[{_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\]",
        read_house,
        if_house,
    ),
    Dialect(
        "house id in round brackets",
        "(R3)",
        rf"\({_HOUSE}(?:\s?[,;]\s?{_HOUSE}){{0,20}}\)",
        read_house,
        if_house_rounded,
    ),
    Dialect("called a source", "[Source 3]", rf"(?=[\[【]){WORDED}", read_placed, if_called),
    Dialect("called a source in round brackets", "(Source 3)", WORDED, read_placed, if_listed),
    Dialect("named source", "[Source: report.pdf, p. 3]", NAMED, read_named, if_named),
    Dialect("reference mark", "※3", MARKED_NOTE, read_marked, if_listed),
    Dialect("label of the list", "[Roe20]", OF_THE_LIST, read_labels, if_own_label),
    Dialect("author and year", "(Roe et al., 2021)", GROUP, read_authored, if_works),
    Dialect(
        "author and year in square brackets",
        "[Roe et al., 2021]",
        SQUARE_GROUP,
        read_authored,
        if_works,
    ),
    Dialect(
        "round brackets",
        "(3)",
        rf"\((?!0){NUMBERS}\)",  # "Sb(01-12)" is a plane of a crystal
        lambda raw: read_numbers(f"[{raw[1:-1]}]"),
        if_rounded,
    ),
    Dialect(
        "raised number",
        "<sup>12</sup>",
        rf"<sup[^<>\n]{{0,100}}>\s?\[?{NUMBERS}(?:\s[0-9]{{1,4}}){{0,9}}\]?\s?</sup>"
        rf"|\^\[?{NUMBERS}\]?\^|\$\^\{{?\[?{NUMBERS}\]?\}}?\$|[⁰¹²³⁴-⁹]{{1,3}}+(?:[⁻˒‚,][⁰¹²³⁴-⁹]{{1,3}}+){{0,20}}+(?![⁻⁺])"
        r"(?!(?:H|C|N|O|S|F|K|I|U|Ar|Be|Cl|Co|Cs|Fe|Nd|Pb|Rn|Sr|Tc|Th)\b)",  # "¹⁴C", an isotope
        read_raised,
        if_raised,
    ),
    Dialect(
        "raised number and place",
        "<sup>3(p12)</sup>",
        rf"<sup[^<>\n]{{0,100}}>{NUMBER}(?:{RAISED_PLACE})?(?:[,;]\s?{NUMBER}(?:{RAISED_PLACE})?){{0,20}}</sup>",
        read_raised,
        if_raised,
    ),
    Dialect(
        "raised symbol",
        "<sup>†</sup>",
        rf"<sup[^<>\n]{{0,100}}>{SYMBOL}</sup>",
        lambda raw: Marker((raw[raw.index(">") + 1 : raw.rindex("<")],)),
        if_listed,
    ),
    Dialect("circled number", "①②", "[①-⑳]{1,10}", read_circled, if_raised),
    Dialect(
        "address without its scheme",
        "(example.org/a)",
        rf"\({BARE_ADDRESS}[^\s()<>]{{1,500}}\)",
        read_bare_address,
    ),
)

_PROMPT = later(r"(?:^|\W)(?:In|Out)\s?$")
"""What a notebook sets before the number of a cell."""
_HOST = later(r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,18}")
_IN_BRACKETS = later(r"\\?\[([^\[\]\\]{1,200})\\?\]")
"""Linked words in brackets of their own: "[\\[reuters.com\\]](https://…)"."""
_CLOSES = later(r"\s?[,;)）]")
_PARTED = frozenset(("), ", "); ", "], ", "]; "))
"""The end of a link, and what parts it from the next one of a list."""
_STOPS_BEFORE = later(r"[.!?…。！？)）\"”»|][\s*_]{0,3}\Z|" + WIDE + r"\Z")
"""What a link that only says "source" stands behind: a sentence, or its last word in Chinese."""
_REACH = 5
_FAR_BEYOND = 3
"""How many times as large as the last number of a list none is that only its list forgot."""
_NAME = later(r"[A-Za-z]{3}")
_LEADS = later(
    r"\b(?:in|of|by|from|to|with|see|per|under|than|into|on|via|and|or|both|the)\s{1,2}\Z", re.I
)
"""What a sentence does not end with."""
_GOES_ON = later(r"\s[a-z]")
_WORD = later(r"-?[a-z]")
MARKER = later("|".join(f"(?P<d{n}>{dialect.pattern})" for n, dialect in enumerate(DIALECTS)))


def read(match: re.Match[str], evidence: Evidence) -> Marker | None:
    """What a match of `MARKER` means here; None when the characters are no marker after all."""
    dialect = DIALECTS[int((match.lastgroup or "d0")[1:])]
    marker = dialect.read(match[0])
    if marker is None:
        return None
    if evidence.listed and dialect.read in (read_named, read_prefixed):
        named = dialect.read is read_named
        marker = (listed_in if named else _as_listed)(marker, evidence.listed)
    if not marker.labels:
        return _unnumbered(match, marker, evidence)
    if marker.words and dialect.read is read_reference_link and _is_alone(match):
        marker = marker._replace(words=None if _HOST.fullmatch(marker.words) else marker.words)
    if evidence.carets and dialect.read is read_footnote:
        return Marker((f"^{marker.labels[0]}",))
    before = match.string[max(0, match.start() - 20) : match.start()]
    behind = match.string[match.end() : match.end() + 2]
    if _is_no_mark(before, behind) or _is_estimate(match, marker, evidence):
        return None
    if marker.url:
        return _linked(marker, before, evidence)
    if dialect.admit(marker, before, evidence):
        titled = evidence.titles and not evidence.titles.isdisjoint(marker.labels)
        if titled or _is_named(dialect, match, before, marker):
            inside = match[0][1:-1]
            return marker._replace(words=inside if is_work(inside) else ", ".join(marker.labels))
        return marker
    return _two_raised(dialect, marker, before, evidence)


def _as_listed(marker: Marker, listed: frozenset[str]) -> Marker:
    """Entry 2 for "[doc_2]" where the list has it; what a search numbered is counted apart."""
    plain = tuple(label.removeprefix("doc:") for label in marker.labels)
    return Marker(plain) if listed.issuperset(plain) else marker


def _linked(marker: Marker, before: str, evidence: Evidence) -> Marker:
    """A link by a number, or by what calls it: "[3](…)", "[Source 3](…)"."""
    if not if_counted(marker, before, evidence):
        return Marker((), words=marker.words or ", ".join(marker.labels), url=marker.url)
    return marker if _LEADS.search(before) else marker._replace(words=None)


def _unnumbered(match: re.Match[str], marker: Marker, evidence: Evidence) -> Marker:
    """A link by words: without them where they only say where it leads."""
    inside = _IN_BRACKETS.fullmatch(marker.words or "")
    words = inside[1] if inside else marker.words
    if words and (inside or _is_alone(match)) and says_its_address(words, marker.url or ""):
        return marker._replace(words="")
    if words and _says_only_where(match, words, marker.url or ""):
        return marker._replace(words="")
    return _linked_work(marker, evidence) if evidence.authored else marker


def _two_raised(dialect: Dialect, marker: Marker, before: str, evidence: Evidence) -> Marker | None:
    """Entries 1 and 2 for "¹²", where the list has them and no 12."""
    if dialect.read is not read_raised or len(marker.labels) > 1 or len(marker.labels[0]) == 1:
        return None
    apart = Marker(tuple(marker.labels[0]))
    admitted = if_listed(apart, before, evidence) and dialect.admit(apart, before, evidence)
    return apart if admitted else None


def _is_alone(match: re.Match[str]) -> bool:
    """Whether a link, or a list of links, stands in round brackets of its own."""
    text, at = match.string, match.start()
    opens = text[at - 1 : at] in ("(", "（") or text[max(0, at - 3) : at] in _PARTED
    return opens and _CLOSES.match(text, match.end()) is not None


def _says_only_where(match: re.Match[str], words: str, url: str) -> bool:
    """Whether linked words behind a sentence only say that a source is there, or which host."""
    if not _is_behind_stop(match):
        return False
    goes_on = _GOES_ON.match(match.string, match.end())
    return says_source(words) or (goes_on is None and says_host(words, url))


def _is_behind_stop(match: re.Match[str]) -> bool:
    text, at = match.string, match.start()
    return _STOPS_BEFORE.search(text, max(0, at - _REACH), at) is not None


def _is_named(dialect: Dialect, match: re.Match[str], before: str, marker: Marker) -> bool:
    """Whether brackets have a name that is a word of the sentence as well."""
    square = match[0][:1] == "["
    readers = (read_labels, read_house, read_authored) if square else (read_labels, read_house)
    return dialect.read in readers and _is_part_of_sentence(match, before, marker)


def _is_part_of_sentence(match: re.Match[str], before: str, marker: Marker) -> bool:
    """Whether a sentence would be broken without the names in brackets: "as in [RFC2119]"."""
    if not all(_NAME.search(label) for label in marker.labels):
        return False
    opens = not before.strip() or before.rstrip()[-1:] in (".", "!", "?")
    return bool(_LEADS.search(before)) or (
        opens and bool(_GOES_ON.match(match.string, match.end()))
    )


def _is_no_mark(before: str, behind: str) -> bool:
    """Whether brackets begin a word ("[2,3]-shift") or belong to a notebook or a formula."""
    if behind[:1] == ":" and _PROMPT.search(before):
        return True
    return bool(_WORD.match(behind) and before[-1:] in ("", " ", "(")) or before.endswith("quad ")


def _is_estimate(match: re.Match[str], marker: Marker, evidence: Evidence) -> bool:
    """Whether brackets are all of a cell, and their number is far beyond the list: "[292]"."""
    whole = len(match[0]) == len(match.string) and marker.labels[0].isdigit()
    listed = [int(label) for label in evidence.listed if label.isdigit()] if whole else ()
    return bool(listed) and int(marker.labels[0]) > _FAR_BEYOND * max(listed)


def _linked_work(marker: Marker, evidence: Evidence) -> Marker:
    """A link into the page as the work of the list that its words name: "[Roe 2020](#roe)"."""
    if marker.url is None or not marker.url.startswith("#") or not marker.words:
        return marker
    work = Marker(named_works(marker.words) or ())
    return marker if evidence.listed.isdisjoint(work.labels) else work
