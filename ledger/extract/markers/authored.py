"""Author and year as a citation: the markers that name the works of a list.

"(Roe et al., 2021; Doe, 2019a, p. 4)" is a citation where the list has an entry that begins with
that name and has that year; the label of both is "Roe 2021". Without such an entry the words stay
prose: people are named with years for many reasons. What a list says is read by `works`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from ledger.extract.markers.inflected import uninflected
from ledger.extract.markers.paged import with_years
from ledger.extract.markers.place import AND, LEAD, PLACE, SURE_YEARS, YEARS
from ledger.patterns import begun_with, later

_SIGNS = r"\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd\u0e31-\u0e4e\u200c"
"""Signs of vowels within words of India and Thailand, and what parts letters of Persian."""
NAME = rf"[^\W\d_](?:[\w'’.{_SIGNS}-]|(?<=[\u05d0-\u05ea])[\"״](?=[\u05d0-\u05ea])){{1,40}}"
YEAR = (
    rf"(?:{SURE_YEARS}"
    r"|2[45](?:(?<=[\u0e00-\u0e7f](?:,|\.)\s2.)|(?<=[\u0e00-\u0e7f]\s\(2.)|(?<=[\u0e00-\u0e7f]\.\s\(2.)"
    r"|(?<=[\u0e00-\u0e7f][(\s]2.)|(?<=2[45][0-9][0-9],\s2.))[0-9]{2})[a-z]?"
)
"""The year of a work: Thailand counts 543 more, and its years are known by what is before them."""
UNDATED = (
    r"(?:n\.\s?d\.|o\.\s?J\.|s\.\s?[fad]\.|z\.\s?d\.|б\.\s?г\.|[Ii]n press|[Ff]orthcoming|im Druck|"
    r"en prensa|sous presse|в печати)(?:-?[a-z]\b)?"
)
"""What stands for the year of a work that has none."""
_WHEN = rf"(?:{YEAR}|{UNDATED})"
_WHENS = rf"{_WHEN}(?:,\s?(?:{_WHEN}|[a-z](?![\w.]))){{0,5}}"
PAGES = (
    rf"(?:,\s[0-9]{{1,3}}:[0-9]{{1,4}}(?:[-–][0-9]{{1,4}})?|{PLACE}|(?:[,，]|\s?[:：])\s?(?:S\.|pp?\.|ch\.|§)?\s?"
    r"[0-9۰-۹٠-٩०-९০-৯]{1,4}(?:[-–][0-9۰-۹٠-٩०-९০-৯]{1,4})?(?:\sff?\.)?)"
)
"""Where in a work, behind its year: ", p. 12", ": 33 ff."."""
OTHERS = (
    r"(?:,? (?:et\.? al\.?|and others|et coll\.|[ue]\.\s?a\.|y otros|[ey] cols?\.|i in\."
    r"|ym\.|& muut|a (?:kol|spol)\.|m\.\s?fl\.|og andre|vd\.|v\.d\.|dkk\.?|és mtsai\.?|i sur\."
    r"|и (?:др|соавт|сотр|кол)\.|(?:та|і|й) ін\.|κ\.\s?ά\.|κ\.\s?α\."
    r"|و\s?(?:همکاران|دیگران|آخرون|آخرين)|และคณะ)"
    r"|\s?等人?|\s?ら|\s?ほか|\s?(?:등|외))"
)
_WHAT_FOR = r"(?:,?\s(?:for|für|para|pour|per)\s(?!example|instance)[^;,\d\n]{2,60})"
"""What a work is named for, behind its year: ", for a review"."""
_WHERE = r"(?:,\s?(?P<em>[*_])[^*_;()\n]{2,80}(?P=em))"
"""What a work stands in, behind its year: ", *Journal of Dams*"."""
_WHERE_FIRST = r"(?:,\s(?P<mark>[*_])[^*_;()\n]{2,80}(?P=mark)|(?<=l\.),\s[A-Z][^\d,;()\n]{2,60})"
"""The same before the year: "Roe et al., Journal of Dams, 2021"."""
_ONE = later(
    rf"(?:{LEAD}|s\.\s(?:a\.\s)?)?[\"“]?"
    rf"(?P<name>(?:[A-Z]\s(?=[A-Z]))?{NAME}(?:\s{NAME}){{0,3}}?)(?:['’]s)?"
    r"(?:,?[\"”])?(?:\s\[[A-Z][\w&-]{1,14}\])?"
    rf"(?:(?:,? {AND}\s|,\s|\s?/\s?|[、·・]|\sו(?=[\u05d0-\u05ea]))(?!et al)"
    rf"{NAME}(?:\s{NAME}){{0,2}}?){{0,4}}"
    rf"(?:\s\[[A-Z][\w&-]{{1,14}}\])?{OTHERS}?{_WHERE_FIRST}?(?:[,，、،]\s?|\s)(?P<years>{_WHENS})年?"
    rf"{PAGES}?(?:{_WHAT_FOR}|{_WHERE})?\s{{0,2}}"
)
_YEARS_ONLY = later(rf"(?P<years>{_WHENS}){PAGES}?")
"""Another work of the author before: "Roe, 2011a; 2011b"."""
_CAPITALS = later(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{1,40}(?:\s[A-ZÀ-ÖØ-Þ'’-]{2,40}){0,3}")
"""An author before another of the same work: "ROE; DOE, 2020"."""
_PARTS = later(
    r"\s?[;；؛]\s?|\s?[·\u0387]\s(?=[\u0370-\u03ffA-Z])"
    r"|(?:(?<=[0-9]{4})|(?<=[0-9]{4}[a-z])|(?<=\.d\.))"
    rf"(?:,?\s{AND}\s(?=[^\W\d_])|,\s(?=(?:but|see|cf\.|also|vgl\.)\s)"
    r"|,\s(?=[^\W\d_][^\d\n;]{2,60}(?:1[5-9]|20)[0-9]{2}))"
)
"""What parts the works of one pair of brackets: "Roe, 2020; Doe, 2021", "…, but cf. Doe, 2021"."""
_SURELY = later(rf"{OTHERS}[,，،\s]|\w\s&\s\w|{_WHEN}{PLACE}")
_SAYS_WHEN = rf"(?:{YEARS}|n\.\s?d\.|[oszб]\.\s?[Jfadг]\.|press\b|forthc|Druck|prensa)"
_BEGINS_WHEN = "12۱١۲٢१১२২noszбpfD"
"""First characters of what `_SAYS_WHEN` matches: what lies between is passed over in one step."""


def _group(opening: str, closing: str) -> str:
    inside, other = rf"[^{opening}{closing}\n]", rf"[^{opening}{closing}\n{_BEGINS_WHEN}]"
    dated = rf"{other}*+(?:(?!{_SAYS_WHEN})[{_BEGINS_WHEN}]{other}*+)*+{_SAYS_WHEN}"
    return rf"{opening}(?={inside}{{3,300}}{closing})(?={dated}){inside}{{3,300}}{closing}"


GROUP = rf"{_group(chr(92) + '(', chr(92) + ')')}|{_group('（', '）')}"
"""Round brackets that may name works."""
SQUARE_GROUP = _group(r"\[", r"\]")
"""Square brackets that may name works."""
_GROUPS, _OPENS_GROUP = later(f"{GROUP}|{SQUARE_GROUP}"), "(（["
_WRAPPED = later(r"[(（](?:[^()（）\n]{1,160}+\n){1,4}[^()（）\n]{1,160}+[)）]")
"""Brackets that run over the ends of lines."""
_LONGEST_NAMES = 100
"""Characters before a year, or before a bracket of one, in which the names of its work begin.
Chosen; three long names and "and" have some 80."""
# Possessive: most places where a name may begin lead to no year.
_WHOLE_NAME = rf"(?!(?:et|{AND}|others)\s){NAME}+"
_ONE_NAME = rf"(?<![\w.'’-])(?P<name>{_WHOLE_NAME}(?:\s{_WHOLE_NAME}){{0,3}})"
_MOST_WORDS = 4
"""Words of one name before a year, particles among them: "van der Roe Lund (2020)"."""
_SECOND = rf",? {AND} {_WHOLE_NAME}|[·・/、]{_WHOLE_NAME}|{OTHERS}"
_END_OF_NAME = r"(?:[’'](?:s|n?[ıiuüeaoö]n?|[dtny]?[ae]n?)?)?s?[*_]{0,2}\s?$"
_NAME_BEFORE = later(rf"{_ONE_NAME}{_END_OF_NAME}")
_NAMES_BEFORE = later(rf"{_ONE_NAME}(?:(?:,\s{_WHOLE_NAME}){{0,5}}{_SECOND}){{0,3}}{_END_OF_NAME}")
_SECOND_BEFORE, _ITS_WORDS = later(rf"(?:{_SECOND}){_END_OF_NAME}"), 2
"""What the names of several authors end with, and most words before a year do not."""
_SEVERAL_BEFORE = later(rf"(?<![\w.'’-])(?=[^\W\d_a-z]){NAME}{OTHERS}(?=\s?$)")
_BESIDE_LINK = later(
    r"\((?P<words>[^()\[\]\n]{3,300}+)(?=\[[^\[\]\n]{1,200}+\]\([^()\s]{1,1000}+\)"
    r"[^()\[\]\n]{0,200}+\))"
)
"""Works before a link in one pair of brackets: "(Roe, 2017; the [manual](https://…))"."""
_SHORT_INSIDE = later(rf"\((?<=[^\W\d_] \()([A-Z][\w&-]{{1,14}})\)(?=,\s{_WHEN}{PAGES}?\s?[);])")
"""The short name of a body in brackets within brackets: "(Water Institute (WI), 2020)"."""
_ASIDE, _MOST_ASIDES = later(r"[;,；，]\s?"), 16
_SECOND_HAND = later(
    r",?\s(?:(?:as\s)?(?:cited|quoted)\s(?:in|by)|zit(?:iert|\.)?\s(?:nach|in|bei)|apud|cit(?:ado|ada)\s"
    r"(?:en|por|em)|cit(?:é|ée)\s(?:par|dans)|cit(?:ato|ata|\.)\s(?:in|da)|geciteerd\sin|cyt\.\sza"
    r"|[цЦ]ит\.\sпо:?|akt(?:aran|\.))\s"
)
"""What a work is known by: "(Roe, 1990, as cited in Doe, 2020)"."""
_YEARS_ALONE = later(
    rf"(?P<open>[(（\[])(?P<years>{_WHENS}){PAGES}?[)）\]](?!\(|\s(?:1[5-9]|20)[0-9]{{2}}[)\];,])"
)
_LEADS_OUT = later(r"[^\[\]\n]{0,80}\]\(<?https?://")
"""What is behind the years of a work within the words of a link that leads to a page."""
_POSSESSIVE = later(rf"['’](?:s|n?[ıiuü]n|[yn]?[aeıiuü])?$|(?<=\w)等人?$|{OTHERS}['’]?\w{{0,3}}$")
_WIDE = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_SECOND_AUTHOR = later(rf"(?<={_WIDE}{_WIDE})[·・和与與及](?={_WIDE}{_WIDE})")
"""What stands between names that have no spaces: a work is named by its first author."""
_COMMA = later(r",\s?")
_KOREAN_AND = frozenset("와과")
_UNSPACED = later(r"[\u3040-\u9fff]")
_LABEL = later(rf"\s{_WHEN}$")


@lru_cache(maxsize=4096)
def label(name: str, year: str) -> str:
    """How a work is named: "Roe 2021", "Roe n.d."."""
    name = _POSSESSIVE.sub("", name.strip(" .,"))
    if not name.isascii():
        name = _SECOND_AUTHOR.split(name, maxsplit=1)[0]
    return f"{name} {year.replace('. ', '.').replace('Forth', 'forth').replace('In p', 'in p')}"


def without_letter(work: str) -> str:
    """The label of a work without the letter behind its year: "Roe 2020" for "Roe 2020a"."""
    return work[:-1] if work[-2:-1].isdecimal() and work[-1:].isalpha() else work


@lru_cache(maxsize=4096)
def is_work(name: str | None) -> bool:
    """Whether a label names a work by author and year."""
    return name is not None and not name.isdecimal() and _LABEL.search(name) is not None


def are_authored(labels: Iterable[str]) -> bool:
    """Whether some labels of a list name works by author and year."""
    return any(map(is_work, labels))


def works_in(text: str, listed: frozenset[str]) -> Iterator[str]:
    """The works that a text names in brackets, where the list may have those `listed`."""
    text = _WRAPPED.sub(lambda match: match[0].replace("\n", " "), text)
    for match in _GROUPS.finditer(with_names_inside(text, listed)):
        yield from named_works(match[0][1:-1]) or ()


def last_work_in(text: str, listed: frozenset[str]) -> str | None:
    """The label of the work that a text names last, in the list or not; None without any."""
    last = None
    for match in _GROUPS.finditer(with_names_inside(text, listed)):
        works = named_works(match[0][1:-1])
        if works and (not listed.isdisjoint(works) or are_surely_works(match[0])):
            last = works[-1]
    return last


def may_name_works(text: str) -> bool:
    """Whether a text has brackets that may hold a work, or its year alone."""
    if _YEARS_ALONE.search(text) or _GROUPS.search(text):
        return True
    wrapped = (match[0].replace("\n", " ") for match in _WRAPPED.finditer(text))
    return any(map(_GROUPS.search, wrapped))


def works_in_brackets(text: str) -> Iterator[re.Match[str]]:
    """Brackets of a text that hold nothing but names with years: "(Roe, 2021; Doe, 2019)".

    Without those of an editor, who begins small: "[the owners, 2021]".
    """
    for match in begun_with(_OPENS_GROUP, _GROUPS, text):
        remark = match[0][0] == "[" and match[0][1].islower()
        if not remark and named_works(match[0][1:-1]):
            yield match


@lru_cache(maxsize=4096)
def named_works(inside: str) -> tuple[str, ...] | None:
    """The labels of "Roe et al., 2021; Doe, 2019a, b"; None when it is something else."""
    labels: list[str] = []
    name = first = ""
    for part in _PARTS.split(inside):
        text = part.strip()
        match = _ONE.fullmatch(text)
        if match and (not first or match["name"].isupper()):
            name, first = first or match["name"], ""
        elif not match and _CAPITALS.fullmatch(text):
            first = first or text
            continue
        elif first or not name or not (match := _YEARS_ONLY.fullmatch(text)):
            return None
        labels.extend(label(name, year) for year in _years(match["years"]))
    return None if first else tuple(labels)


def are_surely_works(raw: str) -> bool:
    """Whether brackets with works are no words about a person or a place and a year.

    "(Roe et al., 2021)", "(Roe & Doe, 2021)" and "(Roe, 2021, p. 4)" are; "(Paris, 2015)" is not.
    """
    return _SURELY.search(raw) is not None


def with_names_inside(raw: str, listed: frozenset[str]) -> str:
    """The text with a name written into the brackets of its years: "Roe (Roe, 2021) found".

    And with the year behind a name with a page, see `paged`. Only where the list has that work,
    or where it has several authors: "the war (2022)" stays, and so do words that a link leads from.
    """
    if "(" not in raw and "[" not in raw and "（" not in raw:
        return raw

    def named(match: re.Match[str]) -> str:
        if links and _is_linked(match):
            return match[0]  # the link says what is cited
        # A name may stand at the end of the line above, and no further up.
        furthest = max(0, match.start() - _LONGEST_NAMES)
        above = raw.rfind("\n", furthest, max(0, raw.rfind("\n", furthest, match.start())))
        first_place = max(above + 1, furthest)
        brackets = [raw.rfind(sign, first_place, match.start()) + 1 for sign in "()（）"]
        first_place = max(first_place, *brackets)  # no name has one
        years = list(_years(match["years"]))
        place, find = first_place, _NAMES_BEFORE.search
        last_words = _last_words(raw, first_place, match.start(), _ITS_WORDS)
        if not (several := _SECOND_BEFORE.search(raw, last_words, match.start())):
            place = _last_words(raw, first_place, match.start(), _MOST_WORDS)
            find = _NAME_BEFORE.search
        while before := find(raw, place, match.start()):
            for name in _ends_of(before["name"]):
                if any(label(name, year) in listed for year in years):
                    return f"{match['open']}{name}, {match[0][1:]}"
            if first_case := uninflected(before["name"], years[0], listed):
                return f"{match['open']}{first_case}, {match[0][1:]}"
            place = before.end("name")  # "it is so, and Roe (2021)": two clauses
        several = several and _SEVERAL_BEFORE.search(raw, first_place, match.start())
        return f"{match['open']}{several[0]}, {match[0][1:]}" if several else match[0]

    raw = _with_groups(raw, listed)
    links = "](" in raw
    return _YEARS_ALONE.sub(named, raw)


def _with_groups(raw: str, listed: frozenset[str]) -> str:
    """The text with works in brackets of their own."""
    if "](" in raw:
        raw = _BESIDE_LINK.sub(lambda match: _before_link(match, listed), raw)
    if "), " in raw:
        raw = _SHORT_INSIDE.sub(r"[\1]", raw)
    raw = with_years(raw, listed)
    return _GROUPS.sub(lambda group: _parted(group[0], listed), raw)


def _last_words(raw: str, begin: int, end: int, most: int) -> int:
    """Where the last words between two places begin, at most so many, with the space before."""
    parts = raw[begin:end].rsplit(None, most)
    return begin + len(parts[0]) if len(parts) > most else begin


def _is_linked(years: re.Match[str]) -> bool:
    """Whether the years of a work are words of a link to a page: "[Roe (2021)](https://…)"."""
    raw = years.string
    furthest = max(0, years.start() - _LONGEST_NAMES)
    before = raw.rfind("[", furthest, years.start())
    opened = before >= 0 and not any(sign in raw[before : years.start()] for sign in "]\n")
    return opened and _LEADS_OUT.match(raw, years.end()) is not None


def _before_link(match: re.Match[str], listed: frozenset[str]) -> str:
    """Works and the link behind them in brackets of their own, where the list has those works."""
    words = match["words"]
    for sign in reversed([*islice(_ASIDE.finditer(words), _MOST_ASIDES)]):
        works = named_works(words[: sign.start()])
        if works and listed.issuperset(works):
            return f"({words[: sign.start()]}) ({words[sign.end() :]}"
    return match[0]


def _parted(group: str, listed: frozenset[str]) -> str:
    """Brackets as two where works of the list stand beside something else in them.

    "(d = 0.28; Roe et al., 2024)" is "(d = 0.28) (Roe et al., 2024)". A work that is only known by
    another, "(Roe, 1990, as cited in Doe, 2020)", is left to that, which is what the list has.
    """
    if group[1:-1].isalnum():  # a year alone
        return group
    if at_second_hand := _at_second_hand(group, listed):
        return at_second_hand
    works = () if group[0] == "[" else named_works(group[1:-1])
    if works is not None:
        short, _, rest = group[1:].partition(", ")
        known = short.isupper() and works and listed.isdisjoint(works) and named_works(rest[:-1])
        if known and listed.issuperset(known):
            return f"({short}) ({rest}"
        if len(works) != 1 or works[0] in listed:
            return group
    between = "" if group[0] == "（" else " "
    signs = [*islice(_ASIDE.finditer(group), _MOST_ASIDES)]
    for sign in signs:
        works = named_works(group[sign.end() : -1])
        if works and listed.issuperset(works):
            return f"{group[: sign.start()]}{group[-1]}{between}{group[0]}{group[sign.end() :]}"
    for sign in reversed(signs):
        works = named_works(group[1 : sign.start()])
        if works and listed.issuperset(works):
            return f"{group[: sign.start()]}{group[-1]}{between}{group[0]}{group[sign.end() :]}"
    return group


def _at_second_hand(group: str, listed: frozenset[str]) -> str | None:
    """Brackets with the works by which those are known that the list lacks; None for others."""
    second_hand = _SECOND_HAND.search(group)
    works = named_works(group[second_hand.end() : -1]) if second_hand else None
    if not second_hand or not works or not listed.issuperset(works):
        return None
    first = group[1 : second_hand.start()]
    for before in (first, first.rpartition(";")[0]):
        if listed.issuperset(named_works(before) or ("",)):
            return f"{group[0]}{before}; {group[second_hand.end() :]}"
    return f"{group[0]}{group[second_hand.end() :]}"


@lru_cache(maxsize=1024)
def _ends_of(names: str) -> tuple[str, ...]:
    """What of the words before a year may be the name, longest first; Chinese has no spaces."""
    words = _POSSESSIVE.sub("", names).split()
    found = [" ".join(words[first:]) for first in range(len(words))]
    found += [word[:-1] for word in words[:-1] if word[-1] in _KOREAN_AND]
    last = words[-1] if words else ""
    if not last.isascii() and _UNSPACED.search(last):
        found += [last[first:] for first in range(1, len(last) - 1)]
        before = _SECOND_AUTHOR.split(last)[-2:-1]
        found += [each[first:] for each in before for first in range(len(each) - 1)]
    return tuple(found)


def _years(text: str) -> Iterator[str]:
    """The years of "2019a, b, 2021"."""
    last = ""
    for year in _COMMA.split(text) if "," in text else (text,):
        if len(year) == 1:
            yield last[:4] + year
        else:
            last = year
            yield year
