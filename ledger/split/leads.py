"""What leads to sources ("Source:", "via", "Evidence:"), and what may stand behind the last."""

import re
from collections.abc import Sequence

from ledger.document import Mention
from ledger.letters import POINTS_TO_SOURCES
from ledger.patterns import later
from ledger.split.named_links import LONGEST_LINE, STOPS_INSIDE, is_like_a_name

SURE = (
    r"(?:(?:confidence|certainty|reliability|status|verdict|rating)(?:\s(?:level|score))?"
    r"|(?:published|posted|updated|date|datum|fecha|data|дата|日期|時間|时间|发布(?:时间|日期)|날짜)"
    r"(?=\s?[:：]\s?(?:[^\W\d_]{1,12}\.?\s)?[0-9]))\s?[:：]\s?[^|·｜:：\n]{1,30}?"
)
"""How sure a source, or who read it, is, and of which day: "Confidence: high", "Date: 3 May"."""
SOURCES = (
    r"(?:(?:(?:data|main|key|primary)\s)?sources?"
    r"(?:\s(?:consulted|used|cited"
    r"|for\sthis\s(?:section|subsection|part|chapter|table|answer)))?|"
    r"source\(s\)|(?:(?:verwendete|genutzte)\s)?(?:daten)?quellen?"
    r"|(?:fuentes?|fontes?|fonti|fonte|sources)(?:\s(?:consultad[ao]s?|consultate|consultées|utilizad[ao]s|"
    r"utilizzate|utilisées|citad[ao]s|citate|citées))?|"
    r"bron(?:nen)?|kilder?|käll(?:a|or)|źródł[oa]|zdroje?|kaynak(?:lar)?|джерел[оа]|источники?|"
    r"извори?|източни(?:к|ци)|πηγ(?:ή|ές)|forrás(?:ok)?|surs[aăe]|läh(?:de|teet)|izvori?|"
    r"allik(?:as|ad)|šaltini(?:s|ai)|avot[si]|sumber|nguồn|स्रोत|ที่มา|"
    r"(?:资料|資料|数据|數據|主要|信息|資訊|消息|官方|参考|參考|事实|事實)?"
    r"(?:来源|來源|依据|依據|出典|出所|引用(?:元|来源|來源)?|参照元)|情報源|출처|근거|المصدر|מקור(?:ות)?)"
)
"""What sources are called, in small letters."""
_SIGNED = rf"(?:{POINTS_TO_SOURCES}\s{{0,2}}[*_]{{0,2}})?"
_REFERENCES = r"r[eé]f[eé]rences?|refer[eê]ncias?|referenz(?:en)?|riferiment[oi]"
LEAD = rf"{_SIGNED}(?:{SOURCES}|via|citations?|{_REFERENCES})\s?[:：]\s{{0,2}}"
LED = re.compile(rf"(?:{SURE}\s?[|·｜;—–.]\s?)?[\[(（【*_]{{0,3}}{LEAD}[*_]{{0,2}}\s{{0,2}}", re.I)
LINKS = (
    r"(?:source\s|original\s|article\s)?(?:links?|urls?)|original(?:\s(?:article|post|text))?"
    r"|full\s(?:article|story|text|post|paper)|(?:link\szur\s)?originalquelle|lien(?:s|\soriginal)?"
    r"|enlaces?(?:\soriginal)?|ссылк[аи]|оригинал|посилання|bağlantı|orijinal|odkaz|länk|lenke"
    r"|(?:阅读|閱讀|查看)?原文(?:链接|鏈接|連結|网址|地址|リンク|url)?|(?:文章|新闻|新聞|论文|論文)?"
    r"(?:链接|鏈接|連結)|网址|網址|元記事|(?:元|参照|関連)?リンク|링크|원문(?:\s?(?:링크|보기))?"
    r"|기사(?:\s?(?:링크|원문))|liên\skết|tautan"
)
"""What a line calls a link to what it reports, in small letters."""
POINTS = (
    rf"(?:(?:evidence|proof|refs?\.?|belege?|preuves?|参考(?:リンク)?|참고|{LINKS})\s?[:：]"
    rf"|(?:as\s)?reported\s(?:by|in)\b|{POINTS_TO_SOURCES}"
    r"|[✅⚠❌☑✔🟢🟡🔴]\ufe0f?\s{0,2}[^\W\d_]{2,16}(?:\s[^\W\d_]{2,16})?\s?[—–:-])[*_]{0,2}\s{0,2}"
)
"""What leads to links and nothing else; with other words behind it, it says something."""
_OF_ANYTHING = re.compile(rf"[\[(（【*_]{{0,3}}{_SIGNED}(?:main|key|primary)\s", re.I)
"""What may lead to where anything is from, unless a page stands behind it: "Main sources: milk"."""
DATE = later(
    r"[\s|·,;(–—-]{0,4}(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|(?:[0-9]{1,2}\.?\s)?[^\W\d_]{3,12}\.?\s(?:[0-9]{1,2},\s)?[0-9]{4}"
    r"|[0-9]{1,2}\.?\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\.?\s[0-9]{1,2}|[0-9]{4})"
)
"""When a source was published, behind its name: "| 3 May 2026", ", 3 May"."""
READ = later(
    r"[\s|·,;(–—-]{1,4}(?:last\s)?(?:accessed|retrieved|viewed|checked|read)(?:\son|:)?\s"
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:[0-9]{1,2}\s)?[^\W\d_]{3,12}\.?\s(?:[0-9]{1,2},\s)?[0-9]{4})"
    r"\)?(?:[.,;]\s{1,2}(?:reputation|credibility|reliability|authority)\b:?\s[^.\n]{1,60})?"
    r"(?=[.;,\s]|$)",
    re.I,
)
"""When a source was read, and how good it is: " — Accessed 2026-08-29. Reputation High"."""
_ON_READING = later(r"[;,]\s[a-z][^.!?;\n]{1,60}")
"""What is said behind it: "; publication date unconfirmed"."""
_REMARK = later(
    r"(?:\s{1,2}\([^()]{1,80}\)|\s?（[^（）]{1,80}）"
    r"|,?\s(?:ex|thm|sec|fig|ch|pp?|tab|theorem|table|section|chapter)\.?\s[0-9][0-9.–-]{0,10}){1,3}[\s.。]{0,3}"
    rf"|\s?[|·;—–.]\s?{SURE}\s?\Z",
    re.I,
)
"""What is said of the last source of a line: "(both in print)", "（2026-09-14）", "Thm 2.2"."""
_FIELDS = (
    r"(?:published|posted|updated|accessed|retrieved|(?:publication\s|publish\s)?date|time|authors?|by"
    r"|category|categories|type|source\stype|tier|topics?|section|tags?|language|confidence"
    r"|credibility|reliability|relevance|(?:relevance\s|quality\s)?score|rating|stars|points|fecha"
    r"|autor(?:es)?|categoría|tipo|datum|kategorie|typ|date\sde\spublication|auteurs?|catégorie|data"
    r"|autore|categoria|дата|авторы?|категория|тип|日期|时间|時間|发布(?:时间|日期)?|發布(?:時間|日期)"
    r"|作者|分类|分類|类别|類別|类型|類型|标签|標籤|热度|熱度|评分|評分|可信度|置信度|날짜|일자|작성일|발행일"
    r"|분류|신뢰도|日付|公開日|著者|カテゴリ|信頼度|評価)"
)
_SAYS_MORE = later(
    rf"(?:\s?[|·｜•;—–]\s?(?:{_FIELDS}\s?[:：]\s?(?:[^|·｜•:：.!?。\n]|\b[:.]\b){{1,40}}"
    r"|(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|(?:[0-9]{1,2}\.?\s)?[^\W\d_]{3,12}\.?\s"
    r"(?:[0-9]{1,2},\s)?[0-9]{4}|[^\W\d_]{3,12}\.?\s[0-9]{1,2})(?=\s?[|·｜•;—–]|\s*\Z))){1,5}\s?\Z",
    re.I,
)
"""What a card says of its source, each with its label: "| Date: 2026-09-14 | Score: 8"."""
_DASHED = later(
    r"(?:\s[—–-]\s|\s?\|\s?)(?=(?:\S{1,30}\s){0,2}\S{1,30}\s*\Z|(?:\S{1,30}\s){0,2}\S{1,30},\s)"
    r"[^.!?。！？0-9\n]{1,60}\.?\Z|\s?｜\s?[^.!?。！？0-9\n]{1,60}[.。]?\Z"
)
"""A remark on the last source of a line: " — preprint, not reviewed", "｜代码未公开。".

At length it is parted by commas; else it says something: " — rents rose by half in the city".
"""


_PAGE_APART = later(r"[^.!?;\n]{1,80};\s(?:[^.!?;\n]{1,80};\s){0,5}https?://")
"""Names parted by semicolons, and a page behind one: "Key sources: Dam Board; https://…"."""
_PARTED = later(r"\s?[,;]\s")


def last_page(offset: int, mentions: Sequence[Mention]) -> int:
    """Where the last link or address of a block ends; 0 where it has none."""
    places = [m.at - offset for m in mentions if m.anchor or (m.url and not m.labels)]
    return max(places) if places else 0


def leads_to_page(prose: str, lead: int, begin: int, links: dict[int, int]) -> bool:
    """Whether what leads to sources from `lead` to `begin` cannot lead to anything else."""
    if not _OF_ANYTHING.match(prose, lead) or _PAGE_APART.match(prose, begin):
        return True
    return begin in links or prose.startswith(("http", "["), begin)


def to_the_end(prose: str, begin: int, last: int) -> int:
    """The end of the block where it has names and links only: "Source: Reuters, https://...".

    `begin` where it says more: behind its last link, in another sentence, or at length.
    """
    if last <= begin or len(prose) - begin > LONGEST_LINE:
        return begin
    if not closes(prose, last) or STOPS_INSIDE.search(prose, begin, last):
        return begin
    return len(prose)


def closes(prose: str, last: int) -> bool:
    """Whether nothing follows the last link but when it was published, or a remark on it."""
    rest = prose[last:].strip(" .。)]）】*_")
    if not rest or DATE.fullmatch(rest) or _REMARK.fullmatch(prose, last):
        return True
    if _SAYS_MORE.match(prose, last) or _DASHED.match(prose, last) or _names_more(prose, last):
        return True
    read = READ.match(prose, last)
    if read is None:
        return False
    behind = prose[read.end() :].strip(" .)]）】*_")
    return not behind or _ON_READING.fullmatch(behind) is not None


def _names_more(prose: str, last: int) -> bool:
    """Whether nothing but names stands behind the last link: "Sources: https://…; Dam Board"."""
    first, *names = _PARTED.split(prose[last:].rstrip(" .)]*_"))
    return not first and bool(names) and all(map(is_like_a_name, names))
