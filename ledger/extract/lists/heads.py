"""A line -> whether it is the head of a reference list, in any of the languages known here."""

from functools import lru_cache

from ledger.extract.lists.head_words import HEADS
from ledger.patterns import later

_DATE = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:[0-9]{1,2} )?[a-z]{3,9} (?:[0-9]{1,2}, )?[0-9]{4})"
_COMPOUND_HEAD = later(
    r"(?:(?:key|main|primary|selected|cited|core|full|all|data|numbered|supporting|consulted|"
    r"annotated|web|online|referenced|additional|news|research|evidence|external|complete|our|"
    r"official|secondary|verified|audited|relevant|authoritative|credible|trusted|recommended|"
    r"important|useful|academic|scholarly|scientific|technical|industry|government|media|"
    r"background|other|final|"
    r"article|editorial|story|the|show|hide|view|see|expand|[0-9]{1,3})(?: and)? )*"
    r"(?:references?|sources?|citations?|works cited|cited works|bibliography"
    r"|source (?:list|links|urls|notes|citations|register|inventory|table|index|bibliography"
    r"|appendix)"
    r"|(?:reference|cited) (?:sources|urls|links)|urls cited"
    r"|evidence (?:log|register|registry|index|ledger|list|table|inventory|appendix)"
    r"|source (?:materials?|documents|trail|matrix))"
    r"(?: (?:list|used|cited|found|consulted|reviewed|checked|accessed|verified|index|registry"
    r"|appendix|ledger|log|register|inventory|catalog(?:ue)?|table"
    r"|and (?:notes|citations|references|links|sources)))*"
    r"(?: (?:in|for|of) (?:the|this) (?:report|article|answer|document|story|page|post|response"
    r"|audit|analysis|research|guide|review|study|paper|brief|memo|note|summary|section|chapter))?"
    r"(?: by (?:the )?[a-z][\w.-]{1,20})?"
    rf"(?: (?:on )?{_DATE})?"
    r"|(?:(?:die|unsere|alle|weitere|wichtige|wichtigste|öffentliche|öffentlich zugängliche"
    r"|zentrale|verwendete|genutzte|externe)n?,? (?:und )?)*quellen"
    r"(?: (?:für|zu|in|aus|dieses) (?:diese[mnr] |den |dem )?"
    r"(?:faktencheck|artikel|text|beitrag|bericht|recherche)s?)?"
    r"|source: conversation with (?:copilot|bing)(?:, [0-9./-]{6,10})?"
    r"|(?:主要|核心|关键|關鍵|本文|部分|重要|相关|相關)*"
    r"(?:参考|參考|引用|资料|資料|文献|文獻|(?:数据|數據|信息|证据|證據)(?!\Z)"
    r"|(?:新闻|新聞)[来來]源(?!\Z))"
    r"(?:的?(?:文献|文獻|资料|資料|来源|來源|链接|鏈接|連結|书目|書目|著作|出处|出處|网址|網址))*"
    r"(?:索引|列表|清单|清單|目录|目錄|汇总|一览|溯源表?|(?<=[来來]源)(?:表|说明)|與來源|与来源)?"
)
"""Heads that are put together from parts: "Key sources used", "主要参考来源索引"; what is evidence,
data or information alone heads what the text says."""
_PART_OF_HEAD = later("[考用据據料息献獻闻聞]")
"""What each of them has that is in Chinese."""

_NUMBERING = later(
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)、:]?|[IVX]{1,5}[.)]|[A-Z][.)]|"
    r"(?:Appendix|Annex|Anhang|Annexe|Anexo|Appendice)(?:\s[A-Z0-9])?\s?[:.–—-]|"
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[)）])\s*"
)
_OPENS_NUMBERING = frozenset("0123456789IVXA一二三四五六七八九十（(")
"""First characters of numberings but for those of one letter."""
_JOINED = later(r" (?:and|und|et|y|e|i|en|och|og|и|та|ve|dan|và|및) |\s?[・/]\s?|[与與和及]")
"""What stands between two heads that are one: "Links and references"."""
_BEGINNING, _SHORTEST = 3, 2
"""First characters that tell most heads from other lines; the shortest, Chinese ones, have two."""
_BEGINNINGS = frozenset(head[:_BEGINNING] for head in HEADS) | {"com", "ext", "res", "evi", "cit"}
"""How such heads begin: most lines do not."""
_DAY_BEHIND = later(
    r"\s(?:(?:le|il|el|am|em|op|den|vom|dal|del|na|от|на|au|på|pada|ngày)\s)?"
    r"(?:[0-9]{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?\s(?:de\s)?[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4})\Z"
)
"""When somebody looked at them: "Fonti consultate il 23 settembre 2026"."""
_ASIDE = later(r"[(（][^()（）]{1,60}[)）]?$")
_LONGEST_HEAD = 80
"""Characters of a head with its number, marks and a remark in brackets. Chosen: the longest of the
heads that are known has 45."""
_ENDS_SENTENCE = frozenset(".,;!?。，；！？、")
"""No head ends so, and most short lines do."""
HEAD_MARKS = " \t#*_:：=>()（）【】[]-–—📚🔗📌📎🔖📖📑📝📰🌐ℹ\ufe0f"
_BESIDE = frozenset(
    "further reading|weblinks|external link|liens externes|enlaces externos|ligações externas|"
    "collegamenti esterni|externe links|linki zewnętrzne|ссылки|посилання|externí odkazy|"
    "外部リンク|外部链接|外部連結|외부 링크|وصلات خارجية|"
    "reading list|suggested reading|recommended reading|"
    "learn more|useful links|links|external links|see also|more links|"
    "related links|weiterführende links|weiterführende literatur|pour aller plus loin|"
    "lectures complémentaires|lecturas adicionales|enlaces|liens|"
    "leituras complementares|letture consigliate|"
    "延伸阅读|延伸閱讀|相关链接|相關連結|扩展阅读|参考リンク|関連リンク|관련 링크".split("|")
)
_TAG = later(r"</?[A-Za-z][^<>\n]{0,60}>")


def is_head(line: str) -> bool:
    """Whether a line is the head of a reference list, whatever its marks and numbering."""
    if not line or len(line) > _LONGEST_HEAD or line[-1] in _ENDS_SENTENCE:
        return False
    return _is_short_head(line)


@lru_cache(maxsize=2048)
def _is_short_head(line: str) -> bool:
    """The same for a short line; each way to find lists asks it of the lines of a document."""
    if "<" in line:
        line = _TAG.sub("", line)  # "<summary>Sources</summary>"
    text = line.strip(HEAD_MARKS)
    may_count = text[:1] in _OPENS_NUMBERING or text[1:2] in (".", ")")
    if may_count and (numbering := _NUMBERING.match(text)):
        text = text[numbering.end() :].strip(HEAD_MARKS)
    if not _may_be_named(text):
        return False
    again = ""
    if ("(" in text or "（" in text) and (aside := _ASIDE.search(text)):
        again = aside[0].strip(HEAD_MARKS).casefold()
        text = text[: aside.start()].strip(HEAD_MARKS)
    text = text.casefold().replace(" & ", " and ")
    if text[-2:].isdecimal() and not _is_named(text):
        text = _DAY_BEHIND.sub("", text)
    if _is_named(text) or (not text.isascii() and _is_named(again)):
        return True
    begins = text[:_BEGINNING] in _BEGINNINGS or text[:_SHORTEST] in _BEGINNINGS
    parts = _JOINED.split(text) if begins else [text]
    return len(parts) > 1 and all(map(_is_named, parts))


def _may_be_named(text: str) -> bool:
    """Whether words begin as heads do, or have a part of such as are put together."""
    small = text.casefold()
    if small[:_BEGINNING] in _BEGINNINGS or small[:_SHORTEST] in _BEGINNINGS:
        return True
    if _has_part_of_head(small):
        return True
    # Of those in other letters a few have one letter, and some stand in brackets behind a name.
    return not small.isascii() and (small[0] in _BEGINNINGS or "(" in small or "（" in small)


def is_beside(line: str) -> bool:
    """Whether a head is of what one may read besides, and not of what the text cites."""
    return line.strip(HEAD_MARKS).casefold() in _BESIDE


def _is_named(text: str) -> bool:
    if text in HEADS:
        return True
    return _has_part_of_head(text) and _COMPOUND_HEAD.fullmatch(text) is not None


def _has_part_of_head(text: str) -> bool:
    """Whether small letters have what each head has that is put together."""
    return (
        "ource" in text
        or "cit" in text
        or "eference" in text
        or "vidence" in text
        or "bibliography" in text
        or "quellen" in text
        or (not text.isascii() and _PART_OF_HEAD.search(text) is not None)
    )
