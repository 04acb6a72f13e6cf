"""Entries with an author and a year -> the labels by which the text cites them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, takewhile

from ledger.document import Reference
from ledger.extract.markers.authored import (
    NAME,
    UNDATED,
    YEAR,
    is_work,
    label,
    named_works,
    without_letter,
)
from ledger.extract.markers.names_inside import works_in
from ledger.extract.markers.numbers import NO_YEAR
from ledger.patterns import later

_DATED = (
    rf"(?:(?<![/\w-])(?P<year>{YEAR})(?!(?![年년])[\w/-])"
    rf"|(?:[(（]|(?<=[.,]\s))(?P<undated>{UNDATED})(?=[),.;）]|(?<=\.)\s))"
)
_ENTRY = later(
    rf"(?:[-*+•]\s+)?(?P<name>(?:[A-Z]\s(?=[A-Z]))?{NAME}(?:(?<![^\W\d_]{{3}}\.)\s(?:[A-Z]\s(?=[A-Z]))?{NAME}){{0,3}}?)"
    r"(?:[,.，、،/·・]|(?=（)|(?<=[\u3040-\u9fff\uac00-\ud7a3])(?:\s?(?=[『「《〈])|(?=\(|[:：]\s?[《〈「“]))|\s(?=\()|\s&|\sand\s|\set\sal|\s(?=\[[A-Z]{2,8}\])|(?<!\b[A-ZА-Я]\.)\s[A-ZА-ЯЁІЇЄҐ]{1,3}[,.;]|\s[A-Z](?=\s(?:\(|et\sal\b))|(?=\s(?:19|20)[0-9]{2}[a-z]?\.\s[^\W\d_a-z]))"
    rf"[^\n]{{0,400}}?{_DATED}"
)
_BODY = later(
    rf"(?:[-*+•]\s+)?[A-ZÀ-Þ][^\n.;]{{4,160}}\((?P<name>[A-ZÀ-Þ][\w-]{{1,11}})\)[.,]?\s[^\n]{{0,400}}?{_DATED}"
)
"""An entry of a body with its short name: "World Health Organization (WHO). 2020. Guide."."""
_STRESSED = later(
    rf"(?:[-*+•]\s+)?([*_]{{1,2}})(?=[^\s*_])([^*_\n]{{2,80}})\1(?=[.,]\s|\s\({YEAR})"
)
"""What stands for an author and is a title, as of a newspaper: "*Quay Post*. 1912."."""
_BOLD_WORK = later(
    rf"(?:[-*+•]\s+)?\*\*([^*\n]{{3,120}}[\s(（,]{YEAR}[)）]?[:：.]?)\*\*(?=[:：.,;\s]|$)"
    r"(?![:：.,;\s]{1,4}[a-z])"
)
"""An author and a year in bold, and behind them what it is: "**Roe et al. (2020)**: Winds.".

What is "**Goals (2022)**: sell more" goes on in small letters.
"""
_OWN_LABEL = later(r"(?:[-*+•]\s+)?\[([^\[\]\n]{3,160})\]\s+(?=\S)")
"""An entry that begins with the marker itself: "[Roe et al., 2021] Roe, A. Winds."."""
_FIRST_AUTHOR = later(
    r"(?:[-*+•]\s+)?([^,;&()（，、،/·・\n]{2,80}?)(?:[,;，、،/·・]|\s(?:and|&|et\sal)|\s?[(（]|\.\s(?=[12]))"
)
_GIVEN_FIRST = later(
    rf"(?:[-*+•]\s+)?[A-ZÀ-Þ][\w'’-]{{1,30}}(?:\s[A-ZÀ-Þ]\.){{1,3}}\s(?P<family>{NAME}(?:\s{NAME})?)"
    r"\.\s"
)
"""An entry of one author whose names stand in the order of speech: "Jane Q. Doe. Winds."."""
_YEAR_LAST = later(
    rf",\s(?:[A-Z][a-z]{{2,8}}\.?\s(?:[0-9]{{1,2}},\s)?)?(?P<year>{YEAR})\.?"
    r"(?:\s?$|\s(?:As of|ISSN|ISBN|URL|doi|DOI|arXiv|https?:))"
)
"""The year of an entry that ends with it, of which the title may have another."""
_MOST_INITIALS = 3
"""Capital letters behind a family name that are initials: more are a word, as "Roe NATO"."""
_FULL_WIDE_NAME = later(
    r"[\u3400-\u9fff]{2,4}[\u3040-\u30ff\u3400-\u9fff]{1,2}(?<![局部省厅庁廳会會院所社司网網])"
)
"""A person's, family first; no name of an office ends so."""
_BODY_NAME = later(rf"(?:[-*+•]\s+)?([^,;&()（）\n]{{4,160}}?)\.?\s?[(（,]?\s?{YEAR}")
"""An entry that begins with one name, and no names of people with commas."""
_BODY_OF_PARTS = later(
    r"(?:[-*+•]\s+)?(?![^()\n]{0,160},\s(?:[^\W\d_]\.|[A-ZÀ-Þ]{1,3}\b))"
    rf"([^;()（）\n]{{4,160}}?)\.?\s[(（]{YEAR}[)）]"
)
"""The same of a body whose name has commas: "Department for Water, Sand and Gates (2020)"."""
_SAID_SHORT = later(r"(?<!\w)(?P<end>[^\W\d_]{2,40}) [\[(](?P<short>[A-ZÀ-Þ][\w-]{1,11})[\]),]")
_MOST_ALIKE = 100
"""Bodies whose names end alike, which are all compared with each short name of a text."""
_SAME = "———"
_SAME_AUTHOR = later(
    r"(?:[-*+•]\s+)?(?:[—–―⸺⸻]{2,6}|[—–](?=\s\((?:1[5-9]|20)[0-9]{2})|⸻|-{3,6}|_{3,10})(?:\s?[.,:]|\s)"
    rf"[^\n]{{0,400}}?{_DATED}"
)
"""An entry of the author before: "———. 2020b. Winds.", "— (2020b). Winds."."""
_NARRATES = later(
    r"[^,;.(（\n]{2,60}(?:,? et al\.?|等人?)?\s?"
    rf"[(（]{YEAR}(?:, p[^()\n]{{1,20}})?[)）]\s[^\W\d_A-ZА-ЯÄÖÜÉ]"
)
"""A sentence about a work: "Newman et al. (2014) show that …"; entries part names by commas."""
_ANY_YEAR = later(rf"(?<![\w/-]){YEAR}(?![\w/-])")
_KEY = later(r"(?<![\w.])@([^\W\d_][\w:.-]{2,60})")
_ADDRESS = later(r"https?://\S{1,2000}")
_CITES = later(rf"\[\^?{NO_YEAR}[0-9]{{1,4}}\]")


def authored(line: str) -> str | None:
    """The label of an entry that begins with an author and has a year; None for another line.

    The author of "———. 2020b. Winds." is only known by the entry before: see `settled`.
    """
    if _CITES.search(line):
        return None
    text = line.strip()
    if "**" in text[:4] and (bold := _BOLD_WORK.match(text)):
        text = bold[1] + text[bold.end() :]
    if "://" in text:
        text = _ADDRESS.sub("", text)  # its numbers are no years
    if _NARRATES.match(text):
        return None
    if match := _OWN_LABEL.match(text):
        works = named_works(match[1]) or ()
        return works[0] if len(works) == 1 else None
    if text[:1] in "*_-+•" and (stressed := _STRESSED.match(text)):
        text = stressed[2] + text[stressed.end() :]
    if match := _ENTRY.match(text) or _BODY.match(text):
        return label(match["name"], match["year"] or match["undated"])
    match = _SAME_AUTHOR.match(text) if "__" in text[:6] or text[:1] in "-*+•—–―⸺⸻" else None
    return label(_SAME, match["year"] or match["undated"]) if match else None


def settled(
    references: Sequence[Reference], lines: Sequence[str], taken: set[int]
) -> list[Reference]:
    """The entries, those known by author and year under the names that the text has for them.

    "Jane Doe. 2020." is Doe 2020 where the text says so. A list that nothing points into has no
    labels, even if its entries begin with a name.

    Args:
        references: In the order of the list.
        lines: Of the document.
        taken: Numbers of those that the list took: it cites nothing.
    """
    return [names[0] for names in by_every_name(references, lines, taken)]


def by_every_name(
    references: Sequence[Reference], lines: Sequence[str], taken: set[int]
) -> list[Sequence[Reference]]:
    """As `settled`, each entry once for every name that the text has for it, of which one is first.

    A body may be cited by its name, and by its short name from then on: "(World Health Organization
    [WHO], 2020)", "(WHO, 2020)". A name that two works may have is no further one.
    """
    if not any(is_work(entry.marker) for entry in references):
        return [(entry,) for entry in references]
    entries = _with_authors(references)
    text = "\n".join([line for number, line in enumerate(lines) if number not in taken])
    said = _short_names(entries, text)
    shorter: dict[str, list[str]] = {}
    for entry in entries:
        if entry.marker and entry.marker not in shorter and is_work(entry.marker):
            shorter[entry.marker] = _shorter(entry.marker, entry.raw, said)
    labels = frozenset(shorter)
    possible = labels.union(*shorter.values())
    works = set(works_in(text, frozenset(possible)))
    cited = possible & (works | set(map(without_letter, works)))
    if not cited:
        keys = _keys_of(labels, text) if "[@" in text else {}
        return [
            (_named(entry, keys.get(entry.marker)) if entry.marker in labels else entry,)
            for entry in entries
        ]
    owners = Counter(name for short in shorter.values() for name in dict.fromkeys(short))
    names = {name: _names_of(name, short, cited, labels, owners) for name, short in shorter.items()}
    return [
        [_named(entry, name) for name in names[entry.marker]] if entry.marker in names else (entry,)
        for entry in entries
    ]


def _names_of(
    name: str,
    short: Sequence[str],
    cited: Set[str],
    labels: frozenset[str],
    owners: Mapping[str, int],
) -> Sequence[str]:
    """The labels that a text has for a work, its own where it has none."""
    found = [each for each in dict.fromkeys((name, *short)) if each in cited]
    lettered = {without_letter(each) for each in found if without_letter(each) != each}
    found = [each for each in found if each not in lettered]  # "Roe 2024b, in: 2024 Meeting"
    further = [each for each in found[1:] if each not in labels and owners[each] == 1]
    return [*found[:1], *further] or [name]


def _short_names(references: Iterable[Reference], text: str) -> dict[str, str]:
    """Names of bodies to the short ones that a text says once: "Health Institute [HI], 2020"."""
    by_end: dict[str, list[str]] = {}
    for body in dict.fromkeys(chain.from_iterable(_bodies(entry.raw) for entry in references)):
        alike = by_end.setdefault(body.split()[-1], [])
        if len(alike) < _MOST_ALIKE:
            alike.append(body)
    found: dict[str, str] = {}
    for match in _SAID_SHORT.finditer(text) if by_end else ():
        for body in by_end.get(match["end"], ()):
            if text.endswith(body, 0, match.end("end")):
                found.setdefault(body, match["short"])
    return found


def _keys_of(works: Iterable[str], text: str) -> dict[str, str]:
    """The keys by which a text cites works, "[@roe2021dams]": a name, and the year in it.

    A key that may be of two works is of none, and so is a work that two keys may be of.
    """
    found: dict[str, set[str]] = {}
    keys = {key.rstrip(".:-"): key.lower() for key in _KEY.findall(text)}
    owners: Counter[str] = Counter()
    for work in works:
        name, year = _parted(work)
        family = "".join(filter(str.isalpha, name.split()[-1].lower())) if name else ""
        for key, small in keys.items():
            if family and small.startswith(family) and year in small[len(family) :]:
                found.setdefault(work, set()).add(key)
                owners[key] += 1
    return {work: key for work, (key, *others) in found.items() if not others and owners[key] == 1}


def _with_authors(references: Iterable[Reference]) -> list[Reference]:
    """The entries, dashes for the author before replaced by that author."""
    found: list[Reference] = []
    author = ""
    for entry in references:
        if entry.marker and is_work(entry.marker):
            name, year = _parted(entry.marker)
            if name == _SAME:
                entry = _named(entry, label(author, year) if author else None)
            else:
                author = name
        found.append(entry)
    return found


def _shorter(work: str, raw: str, said: Mapping[str, str]) -> list[str]:
    """Other labels that a text may have for a work, most words first, and initials last.

    For an entry that begins with "Jane Q. van Doe, …" among others "van Doe 2020" and "Doe 2020";
    for one of the World Health Organization "WHO 2020", also as the text says that it calls it.
    """
    author, year = _parted(work)
    match = _FIRST_AUTHOR.match(raw)
    found = []
    first_author = match[1].split() if match else []
    if first_author and author.isupper() and " " not in author:  # a short name: the long one, too
        found.append(label(" ".join(first_author), year))
    for words in (author.split(), first_author):
        found += [label(" ".join(words[first:]), year) for first in range(1, len(words))]
    found += _in_other_orders(author, year, raw, first_author)
    family = " ".join(takewhile(str.isupper, author.split()))
    if family and family != author and len(family) > 1:  # "DURAND Paul (2019)"
        found += [label(family, year), label(family.title(), year)]
    if author.isupper():
        # As in Brazil: in capitals, its year at the end: "INEP. Census 2019. Brasília, 2020".
        years = _ANY_YEAR.findall(_ADDRESS.sub("", raw))[::-1]
        found += [label(name, when) for name in (author, author.title()) for when in years]
    bodies = _bodies(raw)
    for words in (first_author, *map(str.split, bodies)):
        letters = "".join(word[0] for word in words)
        for initials in ("".join(filter(str.isupper, letters)), letters):  # "CDC", "MoH"
            found += [label(initials, year)] if len(initials) > 1 and initials[0].isupper() else []
    found += [label(name, year) for body in bodies for name in (body, said.get(body)) if name]
    return found


def _in_other_orders(author: str, year: str, raw: str, first: Sequence[str]) -> Iterator[str]:
    """Labels of an entry whose names or year stand elsewhere than where most have them.

    Args:
        author: As the entry's own label has it.
        year: Likewise.
        raw: The entry.
        first: The words of its first author.
    """
    if _FULL_WIDE_NAME.fullmatch(author):  # "山田昌弘, 2007" is "山田（2007）"
        yield from (label(author[:length], year) for length in (2, 3, 1))
    family, _, initials = author.rpartition(" ")
    if family and initials.isupper() and len(initials) <= _MOST_INITIALS:  # "Doe JQ (2017)"
        yield label(family, year)
    given_first, last = _GIVEN_FIRST.match(raw), _YEAR_LAST.search(raw)
    family = given_first["family"] if given_first else ""
    if family:
        yield label(family, year)
    if last and last["year"] != year:
        names = (author, author.split()[-1], family, *first[-1:])
        yield from (label(name, last["year"]) for name in names if name)


def _bodies(raw: str) -> list[str]:
    """The name that an entry begins with, and what it is without the body it is part of."""
    match = _BODY_NAME.match(raw) or _BODY_OF_PARTS.match(raw)
    names = (match[1], match[1].partition(" of the ")[0]) if match else ()
    return [name for name in dict.fromkeys(names) if name.strip()]


def _parted(work: str) -> tuple[str, str]:
    """Author and year of a label."""
    match = re.search(rf"\s({YEAR}|{UNDATED})$", work)
    return (work[: match.start()], match[1]) if match else (work, "")


def _named(entry: Reference, marker: str | None) -> Reference:
    return entry if entry.marker == marker else replace(entry, marker=marker)
