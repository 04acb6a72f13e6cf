"""Author and year as a citation: the markers that name the works of a list.

"(Roe et al., 2021; Doe, 2019a, p. 4)" is a citation where the list has an entry that begins with
that name and has that year; the label of both is "Roe 2021". Without such an entry the words stay
prose: people are named with years for many reasons. What a list says is read by `lists.works`;
`names_inside` puts what stands otherwise into such brackets first.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

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
WHEN = rf"(?:{YEAR}|{UNDATED})"
"""The year of a work, or what stands for one."""
_WHENS = rf"{WHEN}(?:,\s?(?:{WHEN}|[a-z](?![\w.]))){{0,5}}"
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
_SURELY = later(rf"{OTHERS}[,，،\s]|\w\s&\s\w|{WHEN}{PLACE}")
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
GROUPS, _OPENS_GROUP = later(f"{GROUP}|{SQUARE_GROUP}"), "(（["
"""Brackets that may name works, and the characters that open them."""
WRAPPED = later(r"[(（](?:[^()（）\n]{1,160}+\n){1,4}[^()（）\n]{1,160}+[)）]")
"""Brackets that run over the ends of lines."""
YEARS_ALONE = later(
    rf"(?P<open>[(（\[])(?P<years>{_WHENS}){PAGES}?[)）\]](?!\(|\s(?:1[5-9]|20)[0-9]{{2}}[)\];,])"
)
"""Brackets with nothing but years, and a page: the name stands before them, "Roe (2021)"."""
POSSESSIVE = later(rf"['’](?:s|n?[ıiuü]n|[yn]?[aeıiuü])?$|(?<=\w)等人?$|{OTHERS}['’]?\w{{0,3}}$")
"""What a name ends with that is none of its letters: "Roe's", "Roe et al.'s"."""
_WIDE = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
SECOND_AUTHOR = later(rf"(?<={_WIDE}{_WIDE})[·・和与與及](?={_WIDE}{_WIDE})")
"""What stands between names that have no spaces: a work is named by its first author."""
_COMMA = later(r",\s?")
_LABEL = later(rf"\s{WHEN}$")


@lru_cache(maxsize=4096)
def label(name: str, year: str) -> str:
    """How a work is named: "Roe 2021", "Roe n.d."."""
    name = POSSESSIVE.sub("", name.strip(" .,"))
    if not name.isascii():
        name = SECOND_AUTHOR.split(name, maxsplit=1)[0]
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


def may_name_works(text: str) -> bool:
    """Whether a text has brackets that may hold a work, or its year alone."""
    if YEARS_ALONE.search(text) or GROUPS.search(text):
        return True
    wrapped = (match[0].replace("\n", " ") for match in WRAPPED.finditer(text))
    return any(map(GROUPS.search, wrapped))


def works_in_brackets(text: str) -> Iterator[re.Match[str]]:
    """Brackets of a text that hold nothing but names with years: "(Roe, 2021; Doe, 2019)".

    Without those of an editor, who begins small: "[the owners, 2021]".
    """
    for match in begun_with(_OPENS_GROUP, GROUPS, text):
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
        labels.extend(label(name, year) for year in years_of(match["years"]))
    return None if first else tuple(labels)


def are_surely_works(raw: str) -> bool:
    """Whether brackets with works are no words about a person or a place and a year.

    "(Roe et al., 2021)", "(Roe & Doe, 2021)" and "(Roe, 2021, p. 4)" are; "(Paris, 2015)" is not.
    """
    return _SURELY.search(raw) is not None


def years_of(text: str) -> Iterator[str]:
    """The years of "2019a, b, 2021"."""
    last = ""
    for year in _COMMA.split(text) if "," in text else (text,):
        if len(year) == 1:
            yield last[:4] + year
        else:
            last = year
            yield year
