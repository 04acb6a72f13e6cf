"""A recorded page -> what it says about whose words it contains.

Agencies ask to be named where their copy is printed, and papers do so in few ways: in the byline,
behind the place that opens the text, alone in the last line or in brackets behind its last stop,
or in data for machines (which the reader of the page has put into a finding). A page that says
"with material from" an agency, or that one "contributed", has written its own text. One that says
where it was published first has the words of that outlet, whether that is an agency or not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger import outlets, urls
from ledger.finding_words import said_by
from ledger.outlets import Publisher
from ledger.patterns import later

OPENING, CLOSING = 3, 3
"""Paragraphs in which a credit is looked for: papers put a summary, or a copyright line, first."""

_OPENED = later(
    r"\A[^()\n]{2,60}\((?P<name>[^()\n]{2,40})\)[.,]?\s{0,4}(?:[—–:]|--?(?:\s|(?=[^\W\d_])))"
    r"|\A[^\W\d_a-z][\w/-]{1,20}\.\s\((?P<stopped>[^()\n]{2,40})\)\s"
)
"""Behind the place: "LONDON (Reuters) -", "Madrid, 3 mar (EFE).-", "Hamburg. (dpa) Die"."""
_BRACKETED = later(r"\A[\[(【（](?P<name>[^\[\]()【】（）\n]{2,40})[\])】）]")
"""With the place in one bracket: "(서울=연합뉴스)", "[東京 3日 ロイター]", "【北京共同】"."""
_DATED = later(
    r"\A(?P<name>[^\W\d_]{2,5}?[社网網])[^\W\d_]{0,10}[0-9]{1,2}月[0-9]{1,2}日[电電]"
    r"|\A[^\W\d_a-z][^/\n]{2,40}\s/(?P<slashed>[^/\n]{2,20})/\.?\s"
    r"|\A[^\W\d_]{2,20},\s[0-9]{1,2}\s\w{3,9}\.?\s[—–-]\s(?P<dashed>[^.\n]{2,20})\.\s"
    r"|\A[^\W\d_]{2,20}\.\s[0-9]{1,2}\s\w{3,9}\.\s(?P<closed>[^.\n]{2,20})\.\s"
)
"""With the day: "新华社北京3月3日电", "МОСКВА, 3 марта. /ТАСС/.", "КИЇВ. 3 березня. УНІАН."."""
_PARTS = later(r"[=/\s・,，]+")
_PLAIN = later(r"\A(?P<name>[A-Z][\w ]{1,30}?)\s{1,2}[—–-]{1,2}\s")
_CLOSED = later(
    r"\A\W{0,4}(?:(?:source|quelle|fuente|fonte|źródło|kilde|källa|bron|kaynak|источник|джерело|المصدر"
    r"|来源|來源|出典|출처|copyright|©|\(c\))[\s:：]{0,3}){0,2}(?:[0-9]{4}\s)?"
    r"(?:by\s|the\s){0,2}(?P<name>[^\W\d_][^\n()]{1,40}?)(?:\s[0-9]{4})?\W{0,4}\Z",
    re.I,
)
_ENDED = later(r"[.!?…。։][\"”’»]{0,2}\s?[(（](?P<name>[^()（）\n]{2,40})[)）]\s*\Z")
"""Behind the last stop of a text that has no other such bracket: "… powiedział. (PAP)"."""
_TAKEN = later(
    r"(?:this\s(?:article|story|report|piece|essay|interview|investigation|column|post)\s"
    r"(?:is|was|has\sbeen|first|originally)\s(?:also\s|first\s|originally\s|here\s)*"
    r"(?:re-?published|re-?printed|published|appeared|provided|produced|supplied|syndicated)"
    r"|\A\W{0,3}(?:(?:first|originally)\s(?:published|appeared)|re-?published|re-?printed|syndicated"
    r"|reporting|provided)"
    r"|dieser\s(?:artikel|text|beitrag)\s(?:ist|erschien|wurde)\s(?:zuerst|zunächst|ursprünglich)"
    r"(?:\serschienen)?|cet\sarticle\s(?:est|a\sété)\s(?:republié|publié|initialement\spublié)"
    r"|este\sart[íi](?:culo|go)\sf(?:ue|oi)\spublicado\soriginalmente"
    r"|questo\sarticolo\sè\sstato\spubblicato\soriginariamente"
    r"|dit\sartikel\s(?:verscheen|is)\seerder(?:\s(?:verschenen|gepubliceerd))?)"
    r"\s(?:here\s|with\spermission\s|à\spartir\s)*"
    r"(?:from|by|in|on|at|of|bei|auf|de|par|dans|sur|en|em|su|op|door)\s"
    r"(?P<name>[^\W\d_](?:[^.,;:()\n]|\.(?=\w)){1,50}?)"
    r"(?=\s(?:under|with|and|as|on|in|here|sous|bajo|sob|unter)\b|[.,;:()\n]|\Z)",
    re.I,
)
"""Where the text was before: "This article is republished from The Conversation under a …"."""
_NUMBERED = later(r"\bdpa:[0-9]{6}-[0-9]{2,4}-[0-9]{3,8}/[0-9]{1,3}\b")
"""The number that this agency gives each story, which closes it where papers take it as it comes:
"© dpa-infocom, dpa:250304-930-123456/1"."""
_INITIALS = later(r"(?:\A|,\s)[a-z]{2,4}/(?P<name>[^/,]+)\Z")
"""Who edited what an agency sent: "mrc/dpa", "Quelle: ntv.de, rts/dpa"."""
_STANDARDS = later(r"\bour standards:\s{0,3}the thomson reuters trust principles", re.I)
"""What closes each story of that agency, also where others print it."""
_LONGEST_NOTE = 400
"""Characters of a paragraph that says where the text is from; others tell of other texts."""
_TAIL = 60
"""Characters at the end of a text in which a signature is looked for, such as "(AP)"."""
_ONLY_AS_CREDITS = {
    "AA": "Anadolu Agency",
    "APA": "Austria Presse Agentur",
    "France Presse": "Agence France-Presse",
    "France-Presse": "Agence France-Presse",
    "SDA": "Keystone-SDA",
    "sda": "Keystone-SDA",
    "TT": "TT News Agency",
    "أ ف ب": "Agence France-Presse",
    "د ب أ": "Deutsche Presse-Agentur",
    "أ ب": "Associated Press",
}
"""What agencies sign with, and in prose would be anything."""
_BY = later(
    r"(?:(?:^|[,/|]|\s[–—-](?=\s))(?:\s*(?:por|par|von|door)\b)?|\b(?:of|for|by|with|the)\b)\s*",
    re.I,
)
"""Between the parts of a byline. "Von dpa" begins with its word; "Anna von Ritzau" is a person."""
_DATELINE = later(r"\sin\s[^\W\d_a-z].{1,40}\Z")
"""Where it was written: "Associated Press in Paris"."""
_DESK = later(r"\s+(?:staff|news(?:\s+agency)?|newsroom|agency|wire|reporters?)$", re.I)


def agency_of(
    url: str,
    byline: Sequence[str],
    paragraphs: Sequence[str],
    findings: Sequence[Mapping[str, Any]],
) -> Publisher | None:
    """The news agency that a page credits with its text, or the outlet that had it first.

    None for none, or for its own outlet.

    Args:
        url: Of the page, normalised.
        byline, findings: As in `model.Article`.
        paragraphs: Its prose in order.

    Never raises.
    """
    publisher = outlets.outlet_of(url)
    for name in _taken_from(paragraphs):
        first = outlets.named(name)
        if first is not None:
            return None if publisher == first else first
    for name in _credits(byline, paragraphs, findings):
        agency = outlets.named(_ONLY_AS_CREDITS.get(name, name))
        if agency is not None and outlets.kind_of(agency.key) == "wire":
            return None if publisher == agency else agency
    return None


def home_of(url: str, findings: Sequence[Mapping[str, Any]]) -> str | None:
    """The address of another outlet that a page has, normalised; None for none.

    That which its own led on to comes before one that it names.
    """
    for code in ("redirected", "other-address"):
        for finding in findings:
            address = said_by(finding) if finding["code"] == code else None
            if address and elsewhere(url, address):
                return address
    return None


def led_on(url: str, final_url: str, status: int | None) -> str | None:
    """The page that answered in place of the one asked for, normalised; None where none did.

    A front page is none: a site sends there whoever asks for what it has not. Nor is an address
    that only hides a page.

    Args:
        url: Of the page asked for, normalised.
        final_url, status: As in `model.Capture`.
    """
    if status is None:
        return None
    behind = urls.unwrap(urls.redact(final_url))
    page = None if behind.hidden else urls.normalise(behind.url or final_url)
    return page if page is not None and page != url and _is_page(page) else None


def elsewhere(url: str, address: str | None) -> bool:
    """Whether `address` is a page, not a front page, of another outlet than that of `url`."""
    if address is None or not urls.host(address) or not urls.host(url):
        return False
    there, here = outlets.outlet_of(address), outlets.outlet_of(url)
    return _is_page(address) and there is not None and there != here


def _is_page(address: str) -> bool:
    """Whether an address is that of a page, and not of a front page."""
    return address.partition("://")[2].partition("/")[2] != ""


def _credits(
    byline: Sequence[str], paragraphs: Sequence[str], findings: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    for each in findings:
        name = said_by(each) if each["code"] == "wire-credit" else None
        if name:
            yield name
    for name in byline:
        for part in _BY.split(name[:200]):
            yield part.strip()
            yield _DESK.sub("", _DATELINE.sub("", part.strip()))
    for paragraph in paragraphs[:OPENING]:
        for pattern in (_OPENED, _PLAIN, _DATED, _BRACKETED):
            if match := pattern.match(paragraph[:200]):
                name = next(filter(None, match.groups())).strip()
                yield name
                yield from _named_with(name, bracketed=pattern is _BRACKETED)
    yield from _credits_behind(paragraphs)


def _taken_from(paragraphs: Sequence[str]) -> Iterator[str]:
    """Whom the paragraphs at either end name as having had the text first."""
    for paragraph in (*paragraphs[:OPENING], *paragraphs[OPENING:][-CLOSING:]):
        if len(paragraph) > _LONGEST_NOTE:
            continue
        for match in _TAKEN.finditer(paragraph):
            yield match["name"].strip()
        if _STANDARDS.search(paragraph):
            yield "Reuters"
        if _NUMBERED.search(paragraph):
            yield "dpa"


def _credits_behind(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs[-CLOSING:]:
        if len(paragraph) <= 80 and (match := _CLOSED.match(paragraph)):
            yield match["name"].strip()
            yield match["name"].partition("/")[0].strip()  # "dpa/afp"
            if edited := _INITIALS.search(match["name"]):
                yield edited["name"]
    ends = [match for each in paragraphs if (match := _ENDED.search(each[-_TAIL:]))]
    if len(ends) == 1 and paragraphs[-1].endswith(ends[0][0]):
        yield ends[0]["name"]
        yield from _named_with(ends[0]["name"], bracketed=True)


def _named_with(name: str, *, bracketed: bool) -> Iterator[str]:
    """What a credit may name beside a desk or a place: dpa in "dpa/lno", 共同 in "北京共同"."""
    parts = [part for part in _PARTS.split(name) if part]
    if len(parts) > 1:
        yield from parts if bracketed else parts[:1]
    elif bracketed and not name.isascii():
        for at in range(1, len(name) - 1):
            yield from (name[at:], f"{name[at:]}通信")  # papers leave "通信" out
