"""A sentence -> the outlets that it names as its origin.

Naming an outlet is no attribution ("hackers attacked the BBC"): a phrase of reporting must stand
right before the name ("according to", "told") or right after it ("reported"). Precision before
recall: an attribution that is missed weakens an audit, one that is invented falsifies it. Names
that are also common words ("Time", "Nature") need a phrase that fits nothing but an outlet.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from ledger import outlets
from ledger.model import Outlet

_MEDIA = frozenset({"newspaper", "magazine", "wire", "broadcaster", "digital"})
_ARTICLE = (
    r"(?:(?:an?|the|another|one|two|several|recent|new|exclusive|separate|this|that)\s{1,4}){0,3}"
)
_WORK = (
    r"(?:reports?|stories|story|articles?|investigations?|analys[ie]s|op-ed|editorials?|polls?|"
    r"surveys?|study|studies|interviews?|dispatch(?:es)?|reporting|coverage)"
)
_BEFORE = re.compile(
    r"(?:"
    r"(?P<strong>according to|as reported by|(?:first |originally |previously |earlier )?"
    rf"reported (?:by|in|on)|{_WORK} (?:by|in|from|published (?:by|in))|published (?:by|in)|"
    r"cited by|citing|quoted (?:by|in)|quoting|wr(?:ote|iting) (?:in|for)|"
    r"laut|selon|d[’']après|según|secondo|segundo|volgens|według|enligt|ifølge|"
    r"по данным|по сообщению|как сообщает|за даними)"
    r"|(?P<listener>told|tells|telling|(?:speaking|spoke|talking|talked) (?:to|with)|"
    r"interview (?:with|to)|(?:statement|statements|comments|remarks) to|"
    r"(?:seen|obtained|reviewed|viewed|disclosed|revealed) (?:by|to))"
    r"|(?P<weak>via|per)"
    rf")\s{{1,4}}{_ARTICLE}(?:l[’']|(?:der|die|das|dem|le|la|les|el|los|il)\s{{1,4}})?[“\"‘'«]?",
    re.I,
)
_PERSON = (
    r"(?:(?:senior |chief |foreign |diplomatic )?(?:correspondent|reporter|journalist|columnist|"
    r"analyst|anchor|editor|host|bureau)s?|newspaper|magazine|news agency|agency|website|outlet|"
    rf"{_WORK})"
)
_ADVERB = r"(?:has|had|have|also|later|first|previously|earlier|exclusively|recently|separately)"
_AFTER = re.compile(
    rf"(?P<owns>[’'”\"»]s?)?(?:\s{{1,4}}(?P<noun>{_PERSON}))?,?(?:\s{{1,4}}{_ADVERB}){{0,2}}\s{{1,4}}"
    r"(?:(?P<tells>reported|reports|writes|wrote|revealed|reveals|quoted|quotes|cited|cites)"
    r"|(?P<says>said|says|found|finds|noted|notes|showed|shows|suggests?|suggested|"
    r"estimates?|estimated|stated|assesses|assessed|warned|claimed|confirmed))\b"
)
_CREDIT = re.compile(r"\A[^()\n]{2,40}\((?P<name>[^()\n]{2,40})\)\s{0,4}(?:[—–]|--?\s)")
_CITED_YEAR = re.compile(r"\((?P<name>[^()\n,]{2,60}), [0-9]{4}\)")
_AND = re.compile(r"(?:,\s{1,4}|,?\s{1,4}(?:and|or)\s{1,4})(?:the\s{1,4})?")
_MOST_WORDS, _LONGEST_NAME = 12, 120
"""Words and characters in which a name is looked for: the longest has nine words."""
_OPENS_PHRASE = frozenset(
    """
    according as first originally previously earlier reported report reports story stories article
    articles investigation investigations analysis analyses op editorial editorials poll polls
    survey surveys study studies interview interviews dispatch dispatches reporting coverage
    published cited citing quoted quoting wrote writing laut selon d segun secondo segundo volgens
    według według enligt ifølge по как за told tells telling speaking spoke talking talked statement
    statements comments remarks seen obtained reviewed viewed disclosed revealed via per
    """.split()
)
"""First words, folded, of what `_BEFORE` matches."""
_REPORTING = frozenset(
    """
    according reported report reports story stories article articles investigation investigations
    analysis analyses op-ed editorial editorials poll polls survey surveys study studies interview
    interviews dispatch dispatches reporting coverage published cited citing quoted quoting wrote
    writing laut selon d’après d'après según secondo segundo volgens według enligt ifølge данным
    сообщению сообщает даними told tells telling speaking spoke talking talked statement statements
    comments remarks seen obtained reviewed viewed disclosed revealed via per
    writes reveals quotes cites said says found finds noted notes showed shows suggest suggests
    suggested estimate estimates estimated stated assesses assessed warned claimed confirmed
    """.split()
)
"""Words of which each phrase of reporting, before a name or after it, has at least one: most
sentences have none, and are not searched."""
_POINTS = ".,;:!?…()[]“”\"‘’'«»"


class Named(NamedTuple):
    """An outlet named as origin; `outlet` is None when several outlets bear the name."""

    name: str
    outlet: Outlet | None
    start: int
    end: int


class _Found(NamedTuple):
    start: int
    end: int
    phrase: outlets.Phrase


def attribute(text: str, start: int, end: int) -> list[Named]:
    """The outlets that the sentence `text[start:end]` names as its origin.

    Returns:
        In reading order, each place once. `start` and `end` count code points of `text`; the
        name has a leading "The" only where the text writes it large.

    Never raises.
    """
    sentence = text[start:end]
    words = sentence.lower().replace("—", " ").split()
    reporting = not _SILENT.issuperset(words) and any(map(_is_reporting, words))
    if not reporting and "(" not in sentence:
        return []
    found = {each.start: each for each in _origins(sentence, reporting=reporting)}
    named = []
    covered = 0
    for at in sorted(found):
        if at < covered:
            continue
        each = found[at]
        covered = each.end
        begin = _with_article(sentence, each.start)
        key = each.phrase.key
        named.append(
            Named(
                sentence[begin : each.end],
                outlets.keyed(key) if key else None,
                start + begin,
                start + each.end,
            )
        )
    return named


def _origins(sentence: str, *, reporting: bool) -> Iterator[_Found]:
    if reporting:
        yield from _beside_reporting(sentence)
    for match in (*_CREDIT.finditer(sentence), *_CITED_YEAR.finditer(sentence)):
        found = _name_at(sentence, match.start("name"))
        whole = found and found.end == match.end("name")
        if found and whole and _fits(found.phrase, strong=match.re is _CREDIT, media_only=True):
            yield found


def _beside_reporting(sentence: str) -> Iterator[_Found]:
    """The names behind phrases of reporting, and those before verbs of reporting."""
    known = outlets.phrases()
    if not any(_folded(word) in known for word in outlets.WORD.findall(sentence)):
        return
    for word in outlets.WORD.finditer(sentence):
        start = word.start()
        if _folded(word[0]) in _OPENS_PHRASE and (match := _BEFORE.match(sentence, start)):
            yield from _named_after(sentence, match)
        if not word[0][0].islower() and (found := _name_at(sentence, start)):
            match = _AFTER.match(sentence, found.end)
            if match and _fits_verb(found.phrase, match):
                yield found


def _named_after(sentence: str, match: re.Match[str]) -> Iterator[_Found]:
    """The name behind a phrase of reporting, and those joined to it: "told the BBC and Reuters"."""
    media_only = bool(match["listener"])
    strong = media_only or bool(match["strong"])
    at = match.end()
    while found := _name_at(sentence, at):
        if not _fits(found.phrase, strong=strong, media_only=media_only):
            return
        yield found
        following = _AND.match(sentence, found.end)
        if following is None:
            return
        at = following.end()


def _fits(phrase: outlets.Phrase, *, strong: bool, media_only: bool) -> bool:
    """Whether a name may be an origin behind such a phrase of reporting."""
    if phrase.ambiguous and not strong:
        return False
    kind = _kind(phrase)
    return kind in _MEDIA if media_only or phrase.ambiguous else True


def _fits_verb(phrase: outlets.Phrase, match: re.Match[str]) -> bool:
    """Whether a name may be an origin before such a verb.

    What a newsroom "reported" is its story; what a ministry "confirmed" is its own act, and only
    its findings and figures are a source to others.
    """
    media = _kind(phrase) in _MEDIA
    if match["owns"] and not match["noun"]:
        return False
    if phrase.ambiguous:
        return media and bool(match["tells"] or match["noun"])
    if match["tells"] or match["noun"]:
        return media or _kind(phrase) not in ("company", None)
    return media or _kind(phrase) in _SPEAKS_FOR_FACTS


_SPEAKS_FOR_FACTS = frozenset({"agency", "intergovernmental", "think-tank", "ngo"})


def _kind(phrase: outlets.Phrase) -> str | None:
    """The kind of the outlet; of a name that several bear, a newsroom's, which they mostly are."""
    if phrase.key is None:
        return "newspaper"
    return outlets.kind_of(phrase.key)


def _name_at(sentence: str, at: int) -> _Found | None:
    """The longest name of an outlet that begins at `at`."""
    first = outlets.WORD.match(sentence, at)
    candidates = outlets.phrases().get(_folded(first[0])) if first else None
    if not candidates:
        return None
    words = outlets.WORD.finditer(sentence, at, at + _LONGEST_NAME)
    found = [(match.end(), _folded(match[0])) for match in islice(words, _MOST_WORDS)]
    tokens = tuple(token for _, token in found)
    for phrase in candidates:
        size = len(phrase.tokens)
        if tokens[:size] == phrase.tokens:
            end = found[size - 1][0]
            if _written_so(sentence[at:end], phrase):
                return _Found(at, end, phrase)
    return None


_SILENT: set[str] = set()
"""Words met before, with what stood around them, that are none of `_REPORTING`: a cache."""
_MOST_SILENT = 65_536


def _is_reporting(word: str) -> bool:
    """Whether a word, with what stands around it, is one of `_REPORTING`."""
    reporting = word.strip(_POINTS) in _REPORTING
    if not reporting and len(_SILENT) < _MOST_SILENT:
        _SILENT.add(word)
    return reporting


@cache
def _folded(word: str) -> str:
    return outlets.fold(word)


def _written_so(text: str, phrase: outlets.Phrase) -> bool:
    """Whether text writes a name as one: "WHO" in capitals, others with a capital at least."""
    if not any(char.islower() for char in phrase.written):
        return not any(char.islower() for char in text)
    return not text[:1].islower()


def _with_article(sentence: str, start: int) -> int:
    """Where the name begins with its "The", if the text writes that as part of the name."""
    return start - 4 if sentence[max(0, start - 4) : start] == "The " else start
