"""A quotation that ends with a sign of its own, and who says it: "“We won!” Roe said." is one.

A name and a verb of saying behind a quotation may begin the next sentence, too: "“We won!” Roe said
the hall was empty." So they belong to the quotation only where the verb is followed by nothing but
to whom, where, when or how, and where nothing before the quotation leads to it.
"""

from collections.abc import Iterator, Sequence

from ledger.letters import is_small
from ledger.patterns import later
from ledger.split.speech import SAID_IN_CHINESE

_CLOSING = frozenset("\"'”’»“«›‹」』")
_ENDED = later(r"[!?…！？][ \u00a0\u202f]?[\"'”’»“«›‹」』]{1,3}\Z")
"""How a quotation ends whose last sign is its own, and would not be a comma before "Roe said"."""
_ENDING = 6
"""Characters of that, at most."""
_OPENED_BY = dict(
    zip(
        "\"'”’»“«›‹」』",
        ('"', "'", "“„”", "‘‚’", "«»", "„“", "»«", "‹›", "›‹", "「", "『"),
        strict=True,
    )
)
"""What opens a quotation that this closes."""
_LONGEST, _LONGEST_TAG = 2_000, 400
"""Characters of a quotation, from its end back to its opening, and of what says behind it whose it
is. Chosen, for the time: a longer one begins in another block."""
_STOPS_BEFORE = frozenset(".!?…。！？])}\"'”’»“«」』|•·>*\n")
"""What stands before a quotation that begins a sentence; another has its speaker before it."""
_ASIDE = later(r"\((?:(?=[^\W\d_])[^()A-ZÀ-ÞА-Я.!?…\n][^().!?…\n]{0,80}|[12][0-9]{3}[a-z]?)\)")
"""What is said of a quotation in brackets: "“What is Alpha?” (pages/alpha)", "“Who?” (2004)"."""

_LARGE = r"[^\W\d_a-zß-öø-ÿа-яё\u0590-\U0010ffff]"
_NAME = rf"{_LARGE}(?:[’'&.-]?\w){{0,30}}"
_NO_NAME = (
    r"(?:The|An?|This|That|These|Those|In|On|At|After|Before|When|While|As|If|But|And|Or|So|Then"
    r"|There|Here|It|He|She|They|We|You|His|Her|Their|Its|My|Our|Your|What|Who|Why|How|Where|Not"
    r"|No|Yes|All|Some|Many|Most|Few|Several|Each|Every|Both|Nobody|Everyone"
    r"|Der|Die|Das|Le|La|Les|El|Los|Il|O|Os)\s"
)
_SAYS = (
    r"(?P<tells>told|tells|ask(?:s|ed)|reminded|assured|begged)"
    r"|says?|said|replie[ds]|answer(?:s|ed)|shout(?:s|ed)|crie[ds]|exclaim(?:s|ed)|wr(?:ites|ote)"
    r"|tweet(?:s|ed)|post(?:s|ed)|add(?:s|ed)|wonder(?:s|ed)|quip(?:s|ped)|jok(?:es|ed)"
    r"|yell(?:s|ed)|scream(?:s|ed)|whisper(?:s|ed)|declare[ds]|remark(?:s|ed)|mutter(?:s|ed)"
    r"|respond(?:s|ed)|retort(?:s|ed)|inquired|chant(?:s|ed)|comment(?:s|ed)|announce[ds]"
    r"|sagte?|fragte?|rief|schrieb|antwortete|erklärte|dit|déclaré|demande|demandé|répond"
    r"|répondu|écrit|dice|dijo|preguntó|respondió|exclamó|escribió|declaró|detto|chiesto|risposto"
    r"|scritto|disse|perguntou|respondeu|escreveu|zei|vroeg|schreef|antwoordde|riep"
    r"|(?:сказал|спросил|заявил|ответил|написал|воскликнул)[аи]?"
)
_TAG = later(
    rf"(?:(?P<bare>He|She|They|We)|(?!{_NO_NAME})(?:(?:Mrs|Prof|Capt|{_LARGE}\w{{0,2}})\.|{_NAME})"
    rf"(?:\s(?:{_LARGE}\.|{_NAME}|of(?:\sthe)?|d[eu]|de\sla|da|di|von|van|der|den|bin|al|and|&))"
    r"{0,6}(?:,\s[^,.!?…:“”\"«»„\n]{2,80},)?)"
    r"(?:\s(?:has|had|ha|hat|a|later|then|also|once|finally|[a-z]{2,12}ly)){0,2}"
    rf"\s(?:{_SAYS})(?!\w)"
)
"""Who said it, and the verb: "Ann Roe, the mayor, later said"."""
_WORD = later(r"[\w’'/-]+(?:[.,:][0-9]+)*|[^\w\s]")
_ENDS = ".!?…。 \n\t"
_OPENS = frozenset('"“«„‘»')
_PARTS = frozenset(",;—–-(")
_ASSERTS = frozenset("that whether if dass daß que che dat что".split())
"""Words that lead to what was said, wherever they stand."""
_OF_CLAUSES = frozenset(
    """
    how why what who which where he she they it we i you there was were is are am be been had has
    have would will could should can may must might did does do not no nothing so
    """.split()
)
"""Words of a clause that says something of its own, and not only where or when it was said."""
_GOES_ON = frozenset(
    """
    as when while after before until because according adding and but who whose which where als
    quand quando cuando toen когда
    """.split()
)
"""Behind it a sentence tells what else was, whoever spoke."""
_PLACES = frozenset(
    """
    in on at during before after from with outside inside near by via through amid under between
    upon over am im an auf bei nach vor während à au en dans lors devant ante durante tras nel nella
    em no na op tijdens в во на после
    """.split()
)
_WITHIN = _PLACES | frozenset("of to for about against de del des du der do da di della".split())
_WHEN = frozenset(
    """
    later yesterday today again afterward afterwards earlier then here recently instead evening
    morning night afternoon
    """.split()
)
_MEDIA = frozenset(
    "newspaper magazine news agency television radio reporter reporters journalists".split()
)
_ARTICLES = frozenset("the a an his her their its our my local foreign state several".split())
_HEARERS = _ARTICLES | frozenset("reporters journalists him them me us fans".split())
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def with_speakers(prose: str, found: set[int]) -> Iterator[int]:
    """Which of the cuts of a block part a quotation from who says it, or what is said of it.

    Args:
        prose: The block.
        found: Where it is cut.
    """
    if not ("!" in prose or "?" in prose or "…" in prose or "！" in prose or "？" in prose):
        return  # as most: no quotation ends so
    ordered = sorted(found)
    for number, cut in enumerate(ordered):
        end = cut
        while end and prose[end - 1].isspace():
            end -= 1
        if prose[end - 1] not in _CLOSING or not _ENDED.search(prose, max(0, end - _ENDING), end):
            continue
        begin = cut
        while begin < len(prose) and prose[begin].isspace():
            begin += 1
        until = ordered[number + 1] if number + 1 < len(ordered) else len(prose)
        if _is_tag(prose, end, begin, until):
            yield cut


def _is_tag(prose: str, end: int, begin: int, until: int) -> bool:
    """Whether `prose[begin:until]` says whose quotation ends at `end`."""
    if begin == end:
        return bool(SAID_IN_CHINESE.match(prose, begin))
    if _ASIDE.match(prose, begin, until):
        return True
    tag = _TAG.match(prose, begin, min(until, begin + _LONGEST_TAG))
    if tag is None or not _begins_sentence(prose, end):
        return False
    words = _WORD.findall(prose[tag.end() : until].strip(_ENDS))
    return not words if tag["bare"] else _tells_where(words, heard=bool(tag["tells"]))


def _begins_sentence(prose: str, end: int) -> bool:
    """Whether the quotation that ends at `end` begins a sentence, and is no part of one."""
    opening = max(
        prose.rfind(sign, max(0, end - _LONGEST), end - 1) for sign in _OPENED_BY[prose[end - 1]]
    )
    before = prose[max(0, opening - 4) : max(0, opening)].rstrip(" \u00a0")
    return opening == 0 or (opening > 0 and (not before or before[-1] in _STOPS_BEFORE))


def _tells_where(words: Sequence[str], *, heard: bool) -> bool:
    """Whether the words behind a verb of saying say only to whom, where, when or how it was said.

    Args:
        words: They, and the signs between them.
        heard: Whether the verb may be followed by whom it was said to.
    """
    if not _ASSERTS.isdisjoint(words):
        return False
    room = 1 if heard else 0  # small words that may follow
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word in _OPENS or (word in _PARTS and behind in _OPENS):
            opened = behind if word in _OPENS else "".join(words[at + 2 : at + 3])
            return is_small(opened[:1])
        if word in _PARTS or (word in _GOES_ON and (at or word not in _OF_CLAUSES)):
            return True
        if word in _OF_CLAUSES:
            return False
        left = _room(word, behind, room, first=not at, heard=heard)
        if left is None:
            return False
        room = left
    return True


def _room(word: str, behind: str, room: int, *, first: bool, heard: bool) -> int | None:
    """How many small words may follow one; None where it cannot stand there itself."""
    if word in _WITHIN:
        if heard and word in ("to", "for", "about"):
            return None  # "asked the court to rule"
        said_to = word == "to" and not heard and (behind in _HEARERS or behind[:1].isupper())
        return 3 if not first or word in _PLACES or said_to else None
    if word[0].isupper() or word[0].isdecimal():
        if first and not heard and word not in _DAYS:
            return None
        return 2 if word.endswith(("’s", "'s", "s’", "s'")) else 0
    if word in _WHEN or word in _MEDIA or (word.endswith("ly") and len(word) > 4):
        return room
    if word in ("last", "this", "next"):
        return 1
    if first and heard and word in _ARTICLES:
        return 2
    return room - 1 if room and word[0].isalpha() else None
