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
from ledger.names import REGISTRY, Names

_MEDIA = frozenset({"newspaper", "magazine", "wire", "broadcaster", "digital"})
_ARTICLE = (
    r"(?:(?:an?|the|another|one|two|several|recent|new|exclusive|separate|this|that)\s{1,4}){0,3}"
)
_WORK = (
    r"(?:reports?|stories|story|articles?|investigations?|analys[ie]s|op-ed|editorials?|polls?|"
    r"surveys?|study|studies|interviews?|dispatch(?:es)?|reporting|coverage)"
)
_WHEN = (
    r"(?:today|yesterday|(?:this|last) (?:week|month|year)|"
    r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_SORT = (
    r"(?:(?P<sort>journal|newspaper|magazine|daily|weekly|news agency|agency|broadcaster|website|"
    r"outlet)\s)"
)
"""What a name is said to be: then it is no common word."""
_BEFORE = re.compile(
    r"(?:"
    r"(?P<strong>according to|as reported by|(?:first |originally |previously |earlier )?"
    rf"reported (?:by|in|on)|{_WORK} (?:by|in|from|published (?:by|in))|"
    rf"published(?: {_WHEN})? (?:by|in)|"
    r"cited by|citing|quoted (?:by|in)|quoting|wr(?:ote|iting) (?:in|for)|"
    r"laut|selon|d[’']après|según|secondo|segundo|volgens|według|enligt|ifølge|"
    r"по данным|по сообщению|как сообщает|за даними)"
    r"|(?P<listener>told|tells|telling|(?:speaking|spoke|talking|talked) (?:to|with)|"
    r"interview (?:with|to)|(?:statement|statements|comments|remarks) to|"
    r"(?:seen|obtained|reviewed|viewed|disclosed|revealed) (?:by|to))"
    r"|(?P<weak>via|per)"
    rf")\s{{1,4}}{_ARTICLE}{_SORT}?(?P<article>l[’']|(?:der|die|das|dem|le|la|les|el|los|il)\s{{1,4}})?"
    r"[“\"‘'«]?",
    re.I,
)
_PERSON = (
    r"(?:(?:senior |chief |foreign |diplomatic )?(?:correspondent|reporter|journalist|columnist|"
    r"analyst|anchor|editor|host|bureau)s?|newspaper|magazine|news agency|agency|website|outlet|"
    rf"{_WORK})"
)
_ADVERB = r"(?:has|had|have|also|later|first|previously|earlier|exclusively|recently|separately)"
_AFTER = re.compile(
    rf"(?P<owns>[’'”\"»]s?)?(?:\s{{1,4}}(?P<noun>{_PERSON}))?,?"
    rf"(?:\s{{1,4}}{_WHEN})?(?:\s{{1,4}}{_ADVERB}){{0,2}}\s{{1,4}}"
    r"(?:(?P<tells>reported|reports|writes|wrote|revealed|reveals|quoted|quotes|cited|cites)"
    r"|(?P<says>said|says|found|finds|noted|notes|showed|shows|suggests?|suggested|"
    r"estimates?|estimated|stated|assesses|assessed|warned|claims?|claimed|confirmed))\b"
)
_INVERTED = re.compile(
    r"(?<=[,”\"’»]\s)(?:says|said|reports|reported|writes|wrote|notes|noted)\s{1,4}(?:the\s{1,4})?"
)
"""Speech, then its verb, then who spoke: 'The plague is fatal, says the agency.'"""
_CLOSES = re.compile(r"\s{0,2}(?:[.,;:!?”\"’»)]|$)")
_SHORT = re.compile(r"(?P<long>[^\W\d_][^().,;:!?\n]{2,80}?)\s\((?P<short>[A-Z]{2,10})\)")
"""A name in full and how it is written short: "Centre for Disease Control (CDC)"."""
_CREDIT = re.compile(r"\A[^()\n]{2,40}\((?P<name>[^()\n]{2,40})\)\s{0,4}(?:[—–]|--?\s)")
_CITED_YEAR = re.compile(r"\((?P<name>[^()\n,]{2,60}), [0-9]{4}\)")
_AND = re.compile(r"(?:,\s{1,4}|,?\s{1,4}(?:and|or)\s{1,4})(?:the\s{1,4})?")
_MOST_JOINED = 5
_MOST_NAMED = 50
"""Names that are looked for in one sentence; who lists more of them says nothing by any."""
_MOST_WORDS, _LONGEST_NAME = 12, 120
"""Words and characters in which a name is looked for: the longest has nine words."""
_UNSPACED = re.compile(f"[{outlets.UNSPACED}]")
_UNSPACED_LEAD = 12
"""Characters before a name in which a phrase of reporting may stand."""
_SURE_LETTERS = 3
_OPEN, _CLOSE = "[《〈「『“\"‘']?", "[》〉」』”\"’']?"
_UNSPACED_BEFORE = re.compile(
    "(?:据|據|援引|引述|引用|转引|轉引|来源[:：]|來源[:：]|出典[:：]|출처[:：] ?)"
    f"(?:(?:美国|美國|英国|英國|法国|法國|德国|德國|日本|韩国|韓國|俄罗斯|俄羅斯)?(?:媒体|媒體|的)?)?{_OPEN}\\Z"
)
_UNSPACED_LISTENER = re.compile(f"(?:接受|告诉|告訴|对|對|向){_OPEN}\\Z")
_UNSPACED_HEARD = re.compile(
    f"{_CLOSE}(?:[记記]者)?(?:独家|獨家)?(?:采访|採訪|专访|專訪|访问|訪問|表示|透露|说|說|称|稱)"
)
_DATED = (
    "(?:(?:[0-9０-９一二三四五六七八九十]{1,4}[年月日号號])|(?:周|週|星期|本周|本週)[一二三四五六日天]|"
    "今日|昨日|近日|当地时间|當地時間|独家|獨家|首先|此前|早前|曾|也|还|還|的|[记記]者|网站|網站|通信|新聞|電子版|紙){0,6}"
)
_UNSPACED_AFTER = re.compile(
    f"{_CLOSE}{_DATED}(?:"
    "(?P<strong>によると|によれば|の報道によ|の調べ(?:によると|では)|"
    "(?:통신|신문|방송)?(?:에 따르면|에 의하면))|"
    "(?:报道|報道|报导|報導|披露|刊文|撰文|援引|引述|消息[称稱]|电[，,]|"
    "[がは](?:[0-9０-９]{1,2}日)?(?:に|、)?(?:報じ|伝え|報道し)|"
    "(?:통신|신문|방송)?[은는이가] [^.!?。\n]{0,120}(?:보도했|보도한|전했)))"
)
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
    suggested estimate estimates estimated stated assesses assessed warned claim claims claimed
    confirmed
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


def attribute(text: str, start: int, end: int, names: Names = REGISTRY) -> list[Named]:
    """The outlets that the sentence `text[start:end]` names as its origin.

    Args:
        text: Of which offsets are.
        start, end: The sentence.
        names: By which outlets are known.

    Returns:
        In reading order, each place once. `start` and `end` count code points of `text`; the
        name has a leading "The" only where the text writes it large.

    Never raises.
    """
    sentence = text[start:end]
    words = sentence.lower().replace("—", " ").split()
    reporting = not _SILENT.issuperset(words) and any(map(_is_reporting, words))
    found = {}
    if reporting or "(" in sentence:
        origins = islice(_origins(sentence, names, reporting=reporting), _MOST_NAMED)
        found = {each.start: each for each in origins}
    if not sentence.isascii() and _UNSPACED.search(sentence):
        found |= {each.start: each for each in _unspaced_origins(sentence, names)}
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
                names.outlet(key) if key else None,
                start + begin,
                start + each.end,
            )
        )
    return named


def _origins(sentence: str, names: Names, *, reporting: bool) -> Iterator[_Found]:
    if reporting:
        yield from _beside_reporting(sentence, names)
    for match in (*_CREDIT.finditer(sentence), *_CITED_YEAR.finditer(sentence)):
        found = _name_at(sentence, match.start("name"), names)
        whole = found and found.end == match.end("name")
        if (
            found
            and whole
            and _fits(found.phrase, names, strong=match.re is _CREDIT, media_only=True)
        ):
            yield found


def _beside_reporting(sentence: str, names: Names) -> Iterator[_Found]:
    """The names behind phrases of reporting, and those before verbs of reporting."""
    if not any(names.beginning(_folded(word)) for word in outlets.WORD.findall(sentence)):
        return
    for word in outlets.WORD.finditer(sentence):
        start = word.start()
        if _folded(word[0]) in _OPENS_PHRASE and (match := _BEFORE.match(sentence, start)):
            yield from _named_after(sentence, match, names)
        if not word[0][0].islower() and (found := _name_at(sentence, start, names)):
            yield from _named_before(sentence, found, names)
    for match in _INVERTED.finditer(sentence):
        found = _name_at(sentence, match.end(), names)
        if found and _CLOSES.match(sentence, found.end) and _fits_speech(sentence, found, names):
            yield found


def _named_before(sentence: str, found: _Found, names: Names) -> Iterator[_Found]:
    """The name before a verb of reporting, and those joined to it: "the BBC and Reuters said"."""
    joined = [found]
    while (following := _AND.match(sentence, joined[-1].end)) and len(joined) < _MOST_JOINED:
        found_next = _name_at(sentence, following.end(), names)
        if found_next is None:
            break
        joined.append(found_next)
    match = _AFTER.match(sentence, joined[-1].end)
    if match:
        yield from (each for each in joined if _fits_verb(each.phrase, match, names))


def _fits_speech(sentence: str, found: _Found, names: Names) -> bool:
    """Whether a name may be who spoke, behind the verb; a common word must be in capitals."""
    if found.phrase.ambiguous and any(map(str.islower, sentence[found.start : found.end])):
        return False
    return _kind(found.phrase, names) in _MEDIA | _SPEAKS_FOR_FACTS


def _named_after(sentence: str, match: re.Match[str], names: Names) -> Iterator[_Found]:
    """The name behind a phrase of reporting, and those joined to it: "told the BBC and Reuters"."""
    media_only = bool(match["listener"])
    strong = media_only or bool(match["strong"])
    at = match.end()
    if match["article"] and _name_at(sentence, at, names) is None:
        at = match.start("article")  # "Los Angeles", "Le Monde": it belongs to the name
    if _name_at(sentence, at, names) is None and (short := _SHORT.match(sentence, at)):
        at = short.start("short") if _is_short_of(short["long"], short["short"]) else at
    for _ in range(_MOST_JOINED):
        found = _name_at(sentence, at, names)
        if found is None:
            return
        fits = _fits(found.phrase, names, strong=strong, media_only=media_only)
        if not fits and not match["sort"]:
            return
        yield found
        following = _AND.match(sentence, found.end)
        if following is None:
            return
        at = following.end()


def _is_short_of(long: str, short: str) -> bool:
    """Whether `short` has the first letters of the large words of `long`."""
    return "".join(word[0] for word in outlets.WORD.findall(long) if word[0].isupper()) == short


def _fits(phrase: outlets.Phrase, names: Names, *, strong: bool, media_only: bool) -> bool:
    """Whether a name may be an origin behind such a phrase of reporting."""
    if phrase.ambiguous and not strong:
        return False
    kind = _kind(phrase, names)
    return kind in _MEDIA if media_only or phrase.ambiguous else True


def _fits_verb(phrase: outlets.Phrase, match: re.Match[str], names: Names) -> bool:
    """Whether a name may be an origin before such a verb.

    What a newsroom "reported" is its story; what a ministry "confirmed" is its own act, and only
    its findings and figures are a source to others.
    """
    media = _kind(phrase, names) in _MEDIA
    if match["owns"] and not match["noun"]:
        return False
    if phrase.ambiguous:
        return media and bool(match["tells"] or match["noun"])
    if match["tells"] or match["noun"]:
        return media or _kind(phrase, names) not in ("company", None)
    return media or _kind(phrase, names) in _SPEAKS_FOR_FACTS


_SPEAKS_FOR_FACTS = frozenset({"agency", "intergovernmental", "think-tank", "ngo"})


def _kind(phrase: outlets.Phrase, names: Names) -> str | None:
    """The kind of the outlet; of a name that several bear, a newsroom's, which they mostly are."""
    if phrase.key is None:
        return "newspaper"
    return names.kind(phrase.key)


def _name_at(sentence: str, at: int, names: Names) -> _Found | None:
    """The longest name of an outlet that begins at `at`."""
    first = outlets.WORD.match(sentence, at)
    candidates = names.beginning(_folded(first[0])) if first else None
    if not candidates:
        return None
    words = outlets.WORD.finditer(sentence, at, at + _LONGEST_NAME)
    found = [(match.end(), _folded(match[0])) for match in islice(words, _MOST_WORDS)]
    tokens = tuple(token for _, token in found)
    for phrase in candidates:
        size = len(phrase.tokens)
        if tokens[:size] == phrase.tokens:
            end = found[size - 1][0]
            # A single letter is a word, or an initial: "I wrote", "by J. Doe".
            if end - at > 1 and _written_so(sentence[at:end], phrase):
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


def _unspaced_origins(sentence: str, names: Names) -> Iterator[_Found]:
    """The names in a script without spaces that reporting stands beside."""
    covered = 0
    for at, letter in enumerate(sentence):
        if at < covered:
            continue
        found = _unspaced_at(sentence, at, letter, names)
        if found is None:
            continue
        covered = found.end
        if _is_unspaced_origin(sentence, found, names):
            yield found


def _unspaced_at(sentence: str, at: int, letter: str, names: Names) -> _Found | None:
    """The longest name that begins at `at`, which no space need precede or follow."""
    for phrase in names.unspaced(letter):
        if sentence.startswith(phrase.written, at):
            return _Found(at, at + len(phrase.written), phrase)
    begins = letter.isascii() and letter.isalnum() and not sentence[at - 1 : at].isalnum()
    return _name_at(sentence, at, names) if begins or _after_unspaced(sentence, at) else None


def _after_unspaced(sentence: str, at: int) -> bool:
    """Whether a Latin letter follows one of a script without spaces ("据NHK报道")."""
    here, before = sentence[at], sentence[at - 1 : at]
    return here.isascii() and here.isalnum() and bool(_UNSPACED.match(before))


def _is_unspaced_origin(sentence: str, found: _Found, names: Names) -> bool:
    before = sentence[max(0, found.start - _UNSPACED_LEAD) : found.start]
    said_before = _UNSPACED_BEFORE.search(before)
    if found.end - found.start < _SURE_LETTERS and not said_before:
        # Two letters may be the end of a longer name.
        last = before[-1:]
        if last and _UNSPACED.match(last):
            return False
    media = _kind(found.phrase, names) in _MEDIA
    if said_before:
        return media or not found.phrase.ambiguous
    if _UNSPACED_LISTENER.search(before):
        return media and bool(_UNSPACED_HEARD.match(sentence, found.end))
    after = _UNSPACED_AFTER.match(sentence, found.end)
    return bool(after) and (media or bool(after and after["strong"]))


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
