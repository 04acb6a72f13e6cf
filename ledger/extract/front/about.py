"""A line above an article -> who wrote it and when, where the line says nothing else.

It is taken apart at its strokes and dots; each part is a day, names, or a label with its value.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.document import Finding
from ledger.extract import labels
from ledger.extract.front.authors import (
    AND,
    LONGEST,
    NAMES,
    SAID_NAME,
    WIDE,
    numbered_authors,
    people_in,
    several_people,
)
from ledger.extract.front.dates import date_in, dates_in, has_year
from ledger.extract.front.months import month_of
from ledger.finding_words import crediting
from ledger.patterns import later

_LONGEST_LINKED = 1_000
"""Characters of a line with the addresses in it, of which each may have 2,000 alone. Chosen: a line
of many linked authors is a list of them."""
_LINK = later(r"\[([^\[\]\n]{1,100})\]\([^()\s]{1,2000}\)")
_STRESS = later(r"\*\*|__")
_EDGES, _OPENINGS = " \t*_", " \t*_>•"
"""White space, and the signs of emphasis, of quotations and of items of Markdown."""
_STROKES = later(
    r"\s+(?=[\u3400-\u9fff]{2,6}[:：])|\s*[|·•]\s*|\s+[–—-]\s+(?![0-9]{1,2}:[0-9])|\t+"
    r"|\s{2,}(?![\u3400-\u9fff]{2,4}(?:\s|$))|(?<=\S)\s*;\s+"
    rf"|(?<=[0-9hrMmTZ.]),?\s(?:and\s|et\s|und\s|e\s|y\s)?(?=(?i:{labels.CHANGED})[:\s])"
    r"|(?<=[a-zà-ÿ])(?<!First)(?<!Originally),?\s(?=(?:First |Originally )?[Pp]ublished\b"
    r"|Posted\b|Publié\b|Veröffentlicht\b|Publicado\b|Pubblicato\b|Опубликовано\b|Опубліковано\b|Gepubliceerd\b|Opublikowano\b)"
)


_BEHIND_NAME = later(
    r",\s(?:(?:Ph|Pharm|Ed|Psy|Sc|M|D)\.?\s?D\.?|[MB]\.?[SA]c?\.?|MBBS|MPH|MBA|DO|JD|RN|NP|RDN?|LL[MB]"
    r"|CFA|CPA|DDS|DVM|FAC[CP]|FRCP|PA-C|Esq\.?|Jr\.|Sr\.|CSc\.|DiS\.|(?:[A-Z][a-z]{0,3}\.){2,4}"
    r"|(?:[а-я]\.\s?){2,4})(?=[,;|]|\s(?:and|und|et|y|dan|[|–—-])|$)"
    r"|,\s(?!(?:and|und|et|y|e|og|och|en|и|i|ve|dan|và)\s)[a-zа-яёà-ÿ][^,|;\d]{1,40}(?=[,;|]|$)"
)
"""Degrees and offices: "Tom Lund, MD", "…, доцент НИУ ВШЭ"; an agency in capitals is none."""
_REPORTER = r"(?:(?:本报|本報|본지)?(?:记者|記者|기자|특파원))"
_BY = (
    r"(?:(?:(?:Written|Prepared|Compiled|Reported) )?[Bb]y|BY|[Vv]on|(?:Rédigé )?[Pp]ar"
    r"|(?:Escrito )?[Pp]or|[Dd]i|Scritto da|A[fv]|av|(?:Geschreven )?[Dd]oor|[Oo]leh|przez|от|від)"
)
_BYLINE = later(
    rf"{_BY}\s+(?P<names>{NAMES})(?:(?:,\s|\s[|·•]\s)(?P<more>[^\n.]{{2,40}}))?\s*"
    rf"|{_REPORTER}\s?(?P<reporter>{WIDE})|(?P<reported>{WIDE})\s{_REPORTER}"
)
_PERSON = later(
    rf"(?:{labels.PERSON})\s?[:：/]\s{{0,4}}"
    rf"(?P<names>{SAID_NAME}(?:(?:{AND}|[、，]){SAID_NAME}){{0,8}})"
    rf"(?:[,;|]\s(?:{labels.PHOTO})\s?:.{{0,60}})?"
)
_SUBMITTED = later(
    r"(?:Submitted|Posted|Published|Written|Created) by "
    r"(?!The )(?P<names>[^\d,:]{2,40}?),?(?:\son)?"
    r"(?:\s[A-Z][a-z]{2,8},)?\s*"
)
_REMARK = later(
    rf"(?:{labels.COPIED})\.?|(?:{labels.REMARK})\s?[:：]\s?[^:：\n]{{1,60}}|{labels.OTHERS}\s?:?\s[^:|\n]{{2,60}}"
    rf"|(?:{labels.CHANGED})\s[^|\n]{{0,12}}[0-9]{{1,2}}\s[^\W\d_]{{3,10}}(?:\sago)?"
    r"|(?:[0-9]{1,4}|no) comments?|leave a comment|comments off"
    r"|(?:about |ca\. )?[0-9]{1,3}[ -]min(?:utes?|uten|uti|utos)?\.?"
    r"(?: (?:read|lesen|Lesezeit|de lecture|de lectura|di lettura|de leitura|leestijd))?",
    re.I,
)
_SOURCE = later(rf"(?:{labels.SOURCE})\s?[:：]\s?(?P<source>[^:：|。\d]{{2,30}}?),?")
_TIME = (
    r"[0-9]{1,2}(?:[:.h时時][0-9]{2}分?){1,2}(?:\s?(?:[AaPp]\.?[Mm]\.?|Uhr|h|Z))?"
    r"(?:\s?[A-Z]{2,4}\b)?"
)
_BEFORE_DAY = later(
    rf"(?i:(?P<changed>{labels.CHANGED})|(?P<label>{labels.DAY}))?(?:\s?[:：])?\s{{0,3}}"
    r"(?:(?:on|am|le|el|em|il|op|la|den|du|dnia|в|ngày)\s)?"
    rf"(?:{_TIME},?\s)?(?:[^\W\d_][^\W\d_-]{{1,8}}(?:-[^\W\d_]{{2,8}})?[^\W\d_]{{0,6}}\.?,\s|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}}\s)?",
)
_ENGLISH = later(rf"{labels.ENGLISH}\b", re.I)
_BEHIND_DAY = later(
    r"(?:\s?(?:г|р|r)\.|\.(?=\s(?:오|\d)))?(?:\s?[（(][^\W\d_]{1,9}\.?[)）])?"
    r"(?:,?\s{0,2}(?:-\s)?"
    r"(?:(?:at|um|à|a las|às|alle|ore|om|kl\.?|klo|в|о|o|saat|pukul|lúc|الساعة"
    r"|오전|오후|午前|午後|上午|下午)\s?)?"
    rf"{_TIME})?[,.]?"
)
_BARE = later(rf"{NAMES}|{WIDE}")
_PLACE_WORD = later(r",?\s(?:le|am|den|du|dnia|el|il)$")
_MONTH = later(r"([^\W\d_]{3,12})\.?\s(?:de\s)?[0-9]{4}")
_HOUR = later(rf"([^\W\d_]{{3,12}})\.?\s[0-9]{{1,2}}(?:,|,?\sat)?\s{_TIME}")
"""A day without a year, at an hour: "March 26, 6:00 pm ET"."""
_LONGEST_RUBRIC = 40
"""Characters of what stands at a stroke beside a name and says nothing known; chosen, the longest
seen has 16."""
_FILED = later(r"\s(?:in|under)\s[^\d|.]{2,60}$")
"""Where a site files what somebody wrote: "by Ann Roe in News"."""

_MANY_PEOPLE = 3
"""Names side by side that can be nothing but authors: two may be those whom a heading is about."""


class About(NamedTuple):
    """What a line says of an article.

    Attributes:
        names: Who wrote it, where that is said by a label or a word like "by".
        day: When it was written, as ISO 8601; None where no day is given.
        changed: Whether the day is that of a change.
        labelled: Whether it could say nothing else: a bare day or name may be a heading.
        source: Whose text it is; only beside a day or names, because a source that stands alone
            may be that of a claim.
    """

    names: tuple[str, ...] = ()
    day: str | None = None
    changed: bool = False
    labelled: bool = False
    source: str | None = None


def about(line: str) -> About | None:
    """What a line says of the article below it; None where it says anything else.

    Of a line with links only what it says by labels counts: a linked name may be a source.
    """
    if len(line) > _LONGEST_LINKED:
        return None
    linked = "](" in line
    text = plain(_LINK.sub(r"\1", line) if linked else line)
    said = _said(text)
    if said is None and (named := several_people(text)):
        return About(named, labelled=len(named) >= _MANY_PEOPLE and not linked)
    return None if linked and said and (said.source or not said.labelled) else said


def _said(text: str) -> About | None:
    if (authors := numbered_authors(text)) is not None:
        return About(authors, labelled=True)
    if not text or len(text) > LONGEST or "](" in text:
        return None
    if not text[0].isalpha() and not text[0].isdecimal():
        return None  # a heading, a row, a marker, a note
    bare = _BEHIND_NAME.sub("", text)
    if match := _BYLINE.fullmatch(bare) or (bare != text and _BYLINE.fullmatch(text)):
        return _by(match)
    parts = _STROKES.split(text)
    said = [_part(part) for part in parts]
    known = [each for each in said if each is not None]
    loose = [part for part, each in zip(parts, said, strict=True) if each is None]
    if not any(each.day or each.names or not each.source for each in known):
        return None
    if len(loose) > 1 or (loose and not _goes_with(loose[0], known, text)):
        return None
    if sum(bool(each.day) and not each.labelled for each in known) > 1:
        return None  # from one day to another
    days = sorted((each for each in known if each.day), key=lambda each: each.changed)
    return About(
        next((each.names for each in known if each.names), ()),
        days[0].day if days else None,
        bool(days) and days[0].changed,
        any(each.labelled for each in known),
        next((each.source for each in known if each.source), None),
    )


def without_degrees(names: str) -> str:
    """Names without the degrees and offices that stand behind commas: "Ann Roe, MD, Tom Lund"."""
    return _BEHIND_NAME.sub("", names)


def day_of(said: Iterable[About]) -> str | None:
    """The first day that some lines say; None without one.

    That of a change does not say when a text was written.
    """
    return next((each.day for each in said if each.day and not each.changed), None)


def credit_to(source: str) -> Finding:
    """What a line says of whose text it is, as `credits` reads it."""
    return Finding(code="wire-credit", detail=crediting(source, "page"), at=0)


def plain(line: str) -> str:
    """A line without signs of emphasis at its edges and around its label: "**Author:** Jane"."""
    text = _STRESS.sub("", line).lstrip(_OPENINGS).strip(_EDGES)
    return text[2:].strip(_EDGES) if text[:2] == "- " else text


def _by(match: re.Match[str]) -> About:
    wide = match["reporter"] or match["reported"]
    return About(people_in(wide or match["names"]), date_in(match["more"] or ""), labelled=True)


def _goes_with(part: str, known: Sequence[About], text: str) -> bool:
    """Whether the one part of a line that says nothing is a name beside a day, or a rubric.

    That is short and stands at a stroke: "Policy Brief No. 14 | By Ann Roe".
    """
    if any(each.day for each in known) and _BARE.fullmatch(part):
        return True
    named = any(each.labelled and (each.names or each.day) for each in known)
    return named and len(part) <= _LONGEST_RUBRIC and any(sign in text for sign in "|·•")


def _part(part: str) -> About | None:
    part = part.strip(_EDGES)
    if _REMARK.fullmatch(part):
        return About(labelled=True)
    days = dates_in(part, day_first=_has_day_first(part)) if has_year(part) else ()
    for day, start, end in days:
        if found := _dated(part[:start], part[end:]):
            return found._replace(day=day)
    if (month := _MONTH.fullmatch(part)) and month_of(month[1]):
        return About()
    if (hour := _HOUR.fullmatch(part)) and month_of(hour[1]):
        return About(labelled=True)
    if source := _SOURCE.fullmatch(part):
        return About(labelled=True, source=source["source"])
    return _written(part)


def _has_day_first(part: str) -> bool:
    """Whether a label in another language than English stands before a day."""
    label = _BEFORE_DAY.match(part)
    word = (label["label"] or label["changed"]) if label else None
    return bool(word and not _ENGLISH.match(word))


def _written(words: str) -> About | None:
    """Who wrote something, by a label or a word before the names."""
    words = _BEHIND_NAME.sub("", words)
    if match := _BYLINE.fullmatch(words):
        return _by(match)
    if match := _PERSON.fullmatch(words) or _SUBMITTED.fullmatch(words):
        return About(people_in(match["names"]), labelled=True)
    return None


def _dated(before: str, behind: str) -> About | None:
    """What stands around a day, if it belongs to it or says whose text it is."""
    time = _BEHIND_DAY.match(behind)
    rest = behind[time.end() :].strip() if time else behind.strip()
    by = _BYLINE.fullmatch(rest) or _BYLINE.fullmatch(_FILED.sub("", rest))
    if rest and by is None and (before.strip() or not _BARE.fullmatch(rest)):
        return None
    found = _by(by) if by else About()
    if label := _BEFORE_DAY.fullmatch(before):
        named = bool(label["changed"] or label["label"])
        return found._replace(
            changed=bool(label["changed"]), labelled=found.labelled or named, day=None
        )
    if source := _SOURCE.fullmatch(before.strip()):
        return found._replace(labelled=True, source=source["source"])
    bare = before.rstrip(" ,，-–—(（|")
    head = _PLACE_WORD.sub("", bare)
    written = _written(before if head == bare else head) or _written(head)
    return written or (found if _BARE.fullmatch(head) else None)
