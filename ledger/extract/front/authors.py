"""A line or a part of one -> the names of those who wrote an article, and of nobody else."""

import re

from ledger.extract import labels
from ledger.names import REGISTRY
from ledger.patterns import later

LONGEST = 120
"""Characters of a line about an article at most, without its emphasis."""
_ALIKE = r"(?!и\s)[^\W\d_a-z][\w.'’-]*"
_SMALL = r"(?:van|von|de|der|den|da|di|do|dos|das|du|del|della|la|le|el|bin|ibn|al|af|ter|ten|zu)\b"
_NAME = rf"(?:{_ALIKE}(?:\s(?:{_ALIKE}|{_SMALL})){{1,4}}+)"
AND = (
    r"(?:,?\s(?:and|with|und|et|y|e|og|och|en|и|i|ve|dan|và)\s|,\s(?!(?:and|with|und|et|и)\s)"
    r"|\s?&\s?|(?<=[\u3040-\uffff])\s{1,4})"
)
_HONOUR = (
    r"(?:(?:[Dd]r|[Pp]rof|[Mm]gr|[Ii]nż|hab|lek|[Dd]ra|[Dd]rs|Ir|ks|bp|د)\.?|ד[\"״]ר|פרופ['׳])\s"
)


def _honoured(name: str) -> str:
    """A name with its titles, which are taken once for all: else a row of them is tried anew."""
    return rf"(?:{_HONOUR}(?=(?:{_HONOUR}){{0,3}}{name})){{0,4}}+{name}"


NAMES = rf"{_honoured(_NAME)}(?:{AND}{_honoured(_NAME)}){{0,8}}"
_WIDE_NAME = r"(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,8})"
WIDE = rf"{_WIDE_NAME}(?:[、，,·]\s?{_WIDE_NAME}){{0,5}}"
_OTHER = r"(?!и\s)(?:[^\x00-\x7f、，]|[\"'](?=[^\x00-\x7f])){1,20}"
SAID_NAME = _honoured(
    rf"(?:(?:[Tt]he\s)?{_ALIKE}(?:\s(?:{_ALIKE}|{_SMALL}|of|for|and)){{0,6}}"
    rf"|{_OTHER}(?:\s{_OTHER}){{0,4}})"
)
"""Behind a label a name may be one word, an office, or in a script without capital letters."""
_NOBODY = frozenset(["admin", "administrator", "webmaster", "editor", "staff"])
_ROLE = later(rf"(?:[\w-]+\s){{0,3}}{labels.ROLE}s?\b.*", re.I)
_RAISED = later(
    r"[¹²³⁰⁴-⁹<^](?:(?<=[¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹,⁎*†‡]*"
    r"|(?<=<)sup>[0-9,* ]{1,12}</sup>|(?<=\^)[0-9,]{1,8}\^)"
)
_GLUED = later(
    r"[,0-9](?:(?<=[^\W\d_],)[0-9]{1,2}|(?<=[^\W\d_][0-9])[0-9]?)(?:,[0-9]{1,2}){0,5}"
    r"(?=[,;*†‡§]|\s[^\W\d_]|$)"
)
"""The same where the text has lost that it was raised: "Anna Berg,1 Omar Lee2,3"."""
_NUMBERED_PLACE = later(r"[0-9]{1,2}[.)]?\s?[^\W\d_a-z][^.!?:]{1,100},\s[^.!?:]{2,60}\.?")
_COMMAS = later(r"(?:\s?[,;])+\s?")
_STARS = later(r"\\?[*⁎†‡§#]+(?=\s{0,2}(?:[,;]|$))")
"""Signs of notes behind a name: "Kim Lee²*"."""
_NAMES_ONLY = later(NAMES)
_WORKPLACE = later(
    r"\b(?:Universit\w{1,4}|Universidad\w?|Instit\w{2,5}|Department|Dept\.|Cent(?:er|re)|School|College|"
    r"Hospital|Faculty|Laborator\w{1,3}|Akademie|Academy|Klinik\w*)\b"
)
_PARTED = later(rf"{AND}|[、，]\s?")
_FULL_NAME = later(r"[^\W\d_](?:[^\W\d_]|['’.-]){0,30}(?:\s[^\W\d_](?:[^\W\d_]|['’.-]){0,30}){1,3}")
_PARTICLES = frozenset("de del della di da van von der den la el al bin ibn dos af ter zu".split())
_LONGEST_LIST = 400
"""Characters of a line of names."""


def several_people(text: str) -> tuple[str, ...]:
    """Those whose first and last names a line has, and nothing else; none where it has less.

    Who took a picture has an agency behind the name.
    """
    if len(text) > _LONGEST_LIST or " " not in text:
        return ()
    people = people_in(text)
    if len(people) < 2 or not all(map(_is_full_name, people)):
        return ()
    return () if any(map(REGISTRY.begins, people)) else people


def _is_full_name(words: str) -> bool:
    if not _FULL_NAME.fullmatch(words):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words.split())


def numbered_authors(text: str) -> tuple[str, ...] | None:
    """Authors with the numbers of where they work: "Anna Berg¹, Omar Lee²".

    Nobody where only those places are named; None where the line says anything else.
    """
    if not _RAISED.search(text) and len(_GLUED.findall(text)) < 2:
        return None
    first = _RAISED.match(text)
    signs = _RAISED if _RAISED.search(text) else _GLUED
    bare = _STARS.sub("", signs.sub(", ", text.rstrip("\\")))
    bare = _COMMAS.sub(", ", " ".join(bare.split())).strip(", ")
    named = _NAMES_ONLY.fullmatch(bare.rstrip("."))
    if named and not first:
        return people_in(bare)
    works = first and len(text) <= LONGEST and (named or _WORKPLACE.search(text))
    return () if works else None


def is_numbered_place(line: str) -> bool:
    """Whether a line is where an author works: "1 Department of Water, University of Gent"."""
    return bool(_NUMBERED_PLACE.fullmatch(line) and _WORKPLACE.search(line))


def people_in(names: str) -> tuple[str, ...]:
    """Those whose names these are, in order, without offices."""
    found = filter(None, map(str.strip, _PARTED.split(names)))
    return tuple(
        each for each in found if not _ROLE.fullmatch(each) and each.lower() not in _NOBODY
    )
