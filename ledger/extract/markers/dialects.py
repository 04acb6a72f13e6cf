r"""Characters -> markers: the dialects of in-text citation, one table row each.

A dialect is a name, a bounded pattern and a function that says what a match means. A new dialect
is a new row here and a case under `fixtures/dialects/`. What decides between two readings of
the same characters is what the document says about its markers: `evidence`, `admit`, `meaning`.

Every pattern is linear: repeats are bounded or possessive and no repeat holds another that can
match the same text (the obvious `(\d+[,-]?)+` needs minutes on 42 hostile characters).
"""

from ledger.extract.markers.admit import (
    if_called,
    if_called_rounded,
    if_carried,
    if_ends_fit,
    if_grouped,
    if_house,
    if_house_rounded,
    if_listed,
    if_listed_numbers,
    if_listed_symbol,
    if_named,
    if_named_source,
    if_note,
    if_number_or_listed,
    if_numbers_fit,
    if_own_label,
    if_paper,
    if_placed_numbers,
    if_raised,
    if_rounded,
    if_works,
)
from ledger.extract.markers.authored import GROUP, SQUARE_GROUP
from ledger.extract.markers.bare import BARE_ADDRESS, BARE_HOSTS, read_bare_address, read_hosts
from ledger.extract.markers.carried import NO_EQUATION, NO_NAME
from ledger.extract.markers.dialect import LABEL, TARGET, WORDS, Dialect
from ledger.extract.markers.files import PAPERS, PLACED_FILES, read_files
from ledger.extract.markers.identifiers import IDENTIFIED, read_identified
from ledger.extract.markers.in_braces import PARTS, if_apart, read_parts
from ledger.extract.markers.marker import (
    OF_TURN,
    RAISED_PLACE,
    Marker,
    read_authored,
    read_circled,
    read_element,
    read_footnote,
    read_footnotes,
    read_house,
    read_links_in_brackets,
    read_named_link,
    read_numbered_link,
    read_numbers,
    read_raised,
    read_reference_link,
    read_two_numbers,
)
from ledger.extract.markers.numbers import CLOSE, DASH, IN_CIRCLES, NUMBER, NUMBERS, OPEN
from ledger.extract.markers.placed_works import PLACED_WORD, PLACED_WORKS, read_placed_works
from ledger.extract.markers.publishing import OF_PUBLISHING
from ledger.extract.markers.services import OF_SERVICES
from ledger.extract.markers.symbols import SYMBOL
from ledger.extract.markers.worded import (
    CALLED,
    CALLED_ROUNDED,
    CITED,
    MARKED_NOTE,
    NAMED,
    OF_THE_LIST,
    OPENS_NOTE,
    PLACED,
    SOURCE_IN_WORDS,
    WORDED,
    read_labels,
    read_marked,
    read_named,
    read_placed,
)
from ledger.patterns import later

_NUMBER = later(r"[0-9]{1,4}")
_FILE = later(r":[0-9]|\sL?[0-9]")
_NO_POWER = r"(?!(?:(?<=[\W\d]m)|(?<=[\W\d][kcmd]m)|(?<=[\W\d]ft))[²³],[⁰¹²³⁴-⁹])"
"""The power of a unit is no part of the group behind its comma: "20 €/m²,¹"."""
_IS_TARGET = r"(?=\(\s{0,2}<?(?:[A-Za-z]{2,12}:|www\.|[#/.]))"
_LINK = rf"\[{WORDS}\](?=\(\s{{0,2}}<?https?:){TARGET}"
_LINKS = rf"{_LINK}(?:[,;，；]\s?{_LINK}){{0,9}}"
_HOUSE = r"[A-Z]{1,3}-?[0-9]{1,4}"

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
        "several footnotes",
        "[^1, ^3]",
        rf"\\?\[\^{NUMBER}(?:(?:\s?[,;]\s?\^?|\s\^|\s?{DASH}\s?\^){NUMBER}){{1,30}}\\?\]",
        read_footnotes,
        if_listed,
    ),
    Dialect(
        "footnote",
        "[^4]",
        rf"\\?\[\^(?:{LABEL}|{SYMBOL})\^?\\?\]",
        read_footnote,
        if_listed_symbol,
    ),
    Dialect(
        "links in square brackets",
        "[[Port Herald](https://example.org/a)]",
        rf"\[(?:{SOURCE_IN_WORDS})?(?!\[\^?[0-9]){_LINKS}\](?=\s{{0,3}}(?:[.,;:!?)。，；：！？）、]|\[|\Z)"
        r"|\s{1,2}[A-Z\"“«*])",
        read_links_in_brackets,
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
        "lines of a file",
        "[src/app.py:6-29, 40]()",
        r"(?<![!\w])\[[\w@.-]{0,80}(?:/[\w@.\[\]-]{1,80}){0,12}\.[A-Za-z]{1,10}"
        r"(?:(?::|\sL?)[0-9][0-9L, –-]{0,80})?\]\(\s?\)",
        lambda raw: Marker((_FILE.split(raw[1 : raw.rindex("]")])[0],)),
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
        r"\\?\[\\?\[[0-9]{1,4}\\?\]\\?\](?!\()",  # one number only: "[[9,1,3]]" names a code
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
        if_ends_fit,
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
        rf"\^\\?\[{NUMBERS}\\?\](?:\^|(?!\())",
        lambda raw: read_numbers(raw.strip("^")),
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
        if_placed_numbers,
    ),
    Dialect(
        "number and name",
        "[3: Roe, Dams]",
        rf"\[{NUMBER}(?::|\s[–—])\s[^\W\d_a-z][^\[\]\n]{{2,80}}\](?![(\[])",
        lambda raw: read_numbers(f"[{_NUMBER.findall(raw)[0]}]"),
        if_listed_numbers,
    ),
    Dialect(
        "reference link",
        "[the report][11]",
        # "[a][3]" is a note and a marker, "[C][3]" says how sure a text is of its source
        rf"\[(?!\^|[A-Za-z]\]|(?:[Nn]ote|nb) [0-9]){WORDS}\]\[[0-9]{{1,4}}\]",
        read_reference_link,
        if_listed,
    ),
    *OF_PUBLISHING,
    Dialect("parts of a report", "{2.3, Figure SPM.2}", PARTS, read_parts, if_apart),
    Dialect("identifiers of works", "[PMID:10601854; PMC99123]", IDENTIFIED, read_identified),
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
    Dialect("called a note", "（注3）", rf"(?={OPENS_NOTE}){WORDED}", read_placed, if_note),
    Dialect(
        "called a source",
        "[Source 3]",
        CALLED,
        read_placed,
        if_called,
    ),
    Dialect(
        "called a source in round brackets",
        "(Source 3)",
        CALLED_ROUNDED,
        read_placed,
        if_called_rounded,
    ),
    Dialect("named citation", "(Citation: Roe Dams 2021)", CITED, read_named),
    Dialect("named source", "[Source: report.pdf, p. 3]", NAMED, read_named, if_named_source),
    Dialect("reference mark", "※3", MARKED_NOTE, read_marked, if_listed),
    Dialect("places in files", "[report.pdf, p. 3]", PLACED_FILES, read_files, if_named),
    Dialect("papers", "[report.pdf]", PAPERS, read_files, if_paper),
    Dialect("address without its scheme", "(example.org/a)", BARE_ADDRESS, read_bare_address),
    Dialect("hosts of outlets", "(reuters.com, apnews.com)", BARE_HOSTS, read_hosts),
    Dialect("work and its page", "[Dams, p. 12]", PLACED_WORD, read_placed_works, if_carried),
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
        "works and their pages",
        "[Ann Roe, Dams, p. 12]",
        PLACED_WORKS,
        read_placed_works,
        if_carried,
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
        rf"(?:<sup[^<>\n]{{0,100}}>\s?\[?{NUMBERS}(?:\s[0-9]{{1,4}}){{0,9}}\]?\s?</sup>"
        rf"|\^\[?{NUMBERS}\]?\^|\$\^\{{?\[?{NUMBERS}\]?\}}?\$|{_NO_POWER}[⁰¹²³⁴-⁹]{{1,3}}+(?:[⁻˒‚,][⁰¹²³⁴-⁹]{{1,3}}+){{0,20}}+(?![⁻⁺]))"
        rf"{NO_EQUATION}{NO_NAME}"
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
    Dialect("circled number", "①②", f"[{IN_CIRCLES}]{{1,10}}", read_circled, if_raised),
)

BY_GROUP = {f"d{n}": each for n, each in enumerate(DIALECTS)}
"""The dialects, each by the last group of a match of `MARKER`."""
# An alternative is passed over at its first character where no group opens before it: so what tells
# which one matched is an empty group at its end.
MARKER = later("|".join(f"(?:{each.pattern})(?P<d{n}>)" for n, each in enumerate(DIALECTS)))
