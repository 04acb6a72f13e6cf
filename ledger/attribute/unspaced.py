"""A sentence in a script without spaces -> the names that a phrase of reporting stands beside."""

from collections.abc import Iterator, Sequence

from ledger import outlets
from ledger.attribute.found import Found, joined, kind_of, name_at
from ledger.letters import beyond_ascii
from ledger.names import Names
from ledger.patterns import later

_UNSPACED = later(f"[{outlets.UNSPACED}]")
_LEAD = 12
"""Characters before a name in which a phrase of reporting may stand."""
_SURE_LETTERS = 3
"""Characters of a name that is hardly the end of a longer one, as two may be."""
_OPEN, _CLOSE = "[《〈「『“\"‘']?", "[》〉」』”\"’']?"
_AND = later(f"{_CLOSE}(?:[、，,・]|[和与與及跟]|以及|와 ?|과 ?|と){_OPEN}")
_BEFORE = later(
    "(?:据|據|援引|引述|引用|转引|轉引|来源[:：]|來源[:：]|出典[:：]|출처[:：] ?)"
    f"(?:(?:美国|美國|英国|英國|法国|法國|德国|德國|日本|韩国|韓國|俄罗斯|俄羅斯)?(?:媒体|媒體|的)?)?{_OPEN}\\Z"
)
_LISTENER = later(f"(?:接受|告诉|告訴|对|對|向){_OPEN}\\Z")
_HEARD = later(
    f"{_CLOSE}(?:的?[记記]者)?(?:独家|獨家)?"
    "(?:采访|採訪|专访|專訪|访问|訪問|表示|透露|说|說|称|稱|证实|證實|确认|確認)"
)
_TOLD = later(f"(?<![没沒未不])(?<![没沒]有)(?<!拒[绝絕])(?:告诉|告訴|告知){_OPEN}\\Z")
_WHOM = later(f"{_CLOSE}(?:的?[记記]者)?[说說]?(?:[，,：:。！“「]|\\Z)")
"""Whom somebody told something: "知情人士告诉路透社，"."""
_CREDITED = later(
    "[（(](?P<names>[^（）()\n]{2,40}?)(?:[，,、] ?[0-9０-９]{4}[^（）()\n]{0,14})?[）)][。.]?\\Z"
)
"""Names in brackets that close a sentence, with a day or none: "上涨（路透社，2025年5月）。"."""
_REPORTING = (
    "据|據|援引|引述|引用|转引|轉引|来源|來源|出典|출처"
    "|采访|採訪|专访|專訪|访问|訪問|表示|透露|说|說|称|稱|证实|證實|确认|確認|告诉|告訴|告知"
    "|によ|の調べ|에 따르면|에 의하면"
    "|报道|報道|报导|報導|披露|刊文|撰文|消息|获悉|獲悉|电|日電|報じ|伝え|보도했|보도한|전했"
).split("|")
_IN_BRACKETS = "[^（）()\n]{2,60}+[）)][。.]"
_REPORTS = later(rf"（{_IN_BRACKETS}|\({_IN_BRACKETS}|{'|'.join(_REPORTING)}")
"""Of which each sentence that `_BEFORE`, `_HEARD` or `_AFTER` matches has one."""
_DATED = (
    "(?:(?:[0-9０-９一二三四五六七八九十]{1,4}[年月日号號])|(?:周|週|星期|本周|本週)[一二三四五六日天]|"
    "今日|昨日|近日|当地时间|當地時間|独家|獨家|首先|率先|最先|此前|早前|曾|也|还|還|的|[记記]者|网站|網站|通信|新聞|電子版|紙){0,6}"
)
_TELLS = (
    "(?:報じ|伝え|報道し)(?!ず|ぬ|な|られ|ませ|て(?:は)?(?:い|お)?(?:な|ませ|らず|りませ)"
    "|た(?:こと|わけ|の)(?:は|が|では|も)?な)"
)
"""That somebody reports, in Japanese, and neither that they do not nor what others say of them."""
_AFTER = later(
    f"{_CLOSE}{_DATED}(?:"
    "(?P<strong>によると|によれば|の報道によ|の調べ(?:によると|では)|"
    "(?:통신|신문|방송)?(?:에 따르면|에 의하면))|"
    "(?:报道|報道|报导|報導|披露|刊文|撰文|援引|引述|获悉|獲悉|(?:最新)?消息(?:[称稱说說]|显示|顯示|指)|电[，,]|"
    f"(?:[がは](?:[0-9０-９]{{1,2}}日)?(?:に|、)?|は[^。！？は\n]{{0,120}}と){_TELLS}|"
    "(?:통신|신문|방송)?[은는이가] [^.!?。\n]{0,120}(?:보도했|보도한|전했)))"
)
_DATELINE = later(
    f"{_CLOSE}(?:[^，。！？；：“”\\s0-9]{{1,8}})?(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}日[电電](?:[，,：:（(—\\s-]|\\Z)"
)
"""Where and when a news agency sent it: "新华社北京5月3日电"."""
_NEWS = later(f"{_CLOSE}(?:最新)?消息[，,：:]")
_APART = frozenset("。！？；，、：:,.!?;)）】\n ")
"""What stands before a name that "消息，" follows, where nobody reads that news: "新华社消息，"."""


def places(text: str) -> list[int]:
    """Where a text that has such a script has a word of reporting; other sentences name nobody."""
    if not _UNSPACED.search(beyond_ascii(text)):
        return []
    return [match.start() for match in _REPORTS.finditer(text)]


def origins(sentence: str, names: Names) -> Iterator[Found]:
    """The names in a script without spaces by which reporting stands, and media joined to them."""
    every = list(_every(sentence, names))
    chain: list[Found] = []
    for found in every:
        if chain and not _AND.fullmatch(sentence, chain[-1].end, found.start):
            yield from _origins_of(sentence, chain, names)
            chain = []
        chain.append(found)
    yield from _origins_of(sentence, chain, names)
    if credited := _CREDITED.search(sentence):
        yield from _credited(sentence, every, *credited.span("names"), names)


def _credited(
    sentence: str, every: Sequence[Found], begin: int, end: int, names: Names
) -> Iterator[Found]:
    """The names in brackets from `begin` to `end`, where there is nothing but media."""
    inside = [found for found in every if begin <= found.start < end]
    at = begin
    for found in inside:
        apart = found.start != at and not (at > begin and _AND.fullmatch(sentence, at, found.start))
        sure = found.end - found.start >= _SURE_LETTERS
        if apart or not sure or kind_of(found.phrase, names) not in outlets.MEDIA:
            return
        at = found.end
    if inside and at == end:
        yield from joined(inside)


def _every(sentence: str, names: Names) -> Iterator[Found]:
    covered = 0
    for match in names.in_unspaced.finditer(sentence):
        at = match.start()
        found = _found_at(sentence, at, names) if at >= covered else None
        if found is not None:
            covered = found.end
            yield found


def _origins_of(sentence: str, chain: list[Found], names: Names) -> Iterator[Found]:
    """Those of some names that are joined: where one is an origin, the media beside it are, too."""
    heard = bool(chain) and _are_hearers(sentence, chain[0].start, chain[-1].end)
    origins = [
        not _is_short(sentence, each) and kind_of(each.phrase, names) in outlets.MEDIA
        if heard
        else _is_origin(sentence, each, names)
        for each in chain
    ]
    if any(origins):
        said = zip(chain, origins, strict=True)
        yield from joined(
            [f for f, sure in said if sure or kind_of(f.phrase, names) in outlets.MEDIA]
        )


def _are_hearers(sentence: str, start: int, end: int) -> bool:
    """Whether names that are joined, from `start` to `end`, are those whom somebody spoke to."""
    before = sentence[max(0, start - _LEAD) : start]
    if _TOLD.search(before) and _WHOM.match(sentence, end):
        return True
    return bool(_LISTENER.search(before) and _HEARD.match(sentence, end))


def _is_short(sentence: str, found: Found) -> bool:
    """Whether a name may be the end of a longer one: two letters behind others."""
    last = sentence[max(0, found.start - 1) : found.start]
    return found.end - found.start < _SURE_LETTERS and bool(_UNSPACED.match(last))


def _found_at(sentence: str, at: int, names: Names) -> Found | None:
    """The longest name that begins at `at`, which no space need precede or follow."""
    for phrase in names.unspaced(sentence, at):
        if sentence.startswith(phrase.written, at):
            return Found(at, at + len(phrase.written), phrase)
    return name_at(sentence, at, names) if sentence[at].isascii() else None


def _is_origin(sentence: str, found: Found, names: Names) -> bool:
    before = sentence[max(0, found.start - _LEAD) : found.start]
    said_before = _BEFORE.search(before)
    if not said_before and _is_short(sentence, found):
        return False
    media = kind_of(found.phrase, names) in outlets.MEDIA
    if said_before:
        return media or not found.phrase.ambiguous
    if _LISTENER.search(before):
        return False
    if after := _AFTER.match(sentence, found.end):
        return media or bool(after["strong"])
    if not media:
        return False
    apart = not before or before[-1] in _APART
    return bool(
        _DATELINE.match(sentence, found.end) or (apart and _NEWS.match(sentence, found.end))
    )
