"""What is left of an entry once its addresses are taken out -> its title."""

import html
import re

from ledger.extract.lists.table_rows import RANKED
from ledger.patterns import later

_EDGES = ' \t-–—:：;；,，、.。|·•*_^"“”<>\\،؛→➔↗↩⤴↑='
_QUOTES = (("“", "”"), ('"', '"'), ("„", "“"))
_OPENING = {")": "(", "]": "[", "）": "（", "】": "【"}
"""By which bracket another one is opened."""
_LINK_EMPTIED = later(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){1,600}+)\]"
    r"\(\s?(?:(?:[#/.]|[\w-]{1,80}[/.])[^()\s]{0,300}(?:\s\"[^\"\n]{0,200}\")?)?\s?\)"
)
"""A link that leads nowhere outside the page's own site, or whose address was taken away."""
_EMPTIED = later(r"\(\s[\s,;:，；]{0,60}\)|\[\s[\s,;:，；]{0,60}\]")
"""Brackets in which nothing but addresses stood."""
_STRESSED = later(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{0,300}?[^\s*])\1(?![\w*])")
"""Words in stress: "*Dams*"."""
_UNDERSCORED = later(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{0,300}?[^\s_])\1(?![\w_])")
_ENTITY = later(r"&#?[A-Za-z0-9]{2,8};")
_IN_TICKS = later(r"(`{1,2}+)([^`\n]{1,200})\1(?!`)")
_MACHINES = later(
    r"[\s.]{0,3}(?:(?:\[(?:web|file|page|search):[0-9]{1,4}\]|【[0-9:]{1,8}†[^【】]{1,80}】"
    r"|\[?oai_citation:[0-9]{1,4}‡[^\[\]\n]{1,200}+\]?(?:\([^\s()]{1,300}\))?"
    r"|[\ue200-\ue206]?cite[\ue200-\ue206]?(?:turn[0-9]{1,7}[a-z]{3,8}[0-9]{1,3}[\ue200-\ue206]?){1,9})"
    r"\s?){1,9}\Z"
)
"""Where a machine found a work, behind it: "Roe, Dams, 2025.[web:5]"."""
_BEFORE_BRACKET = later(r"[,;:，；]\s{1,3}(?=[)\]])")
_SIGN_LEFT = later(r"(?:(?<=[^\W_])\s?[:：]\s{2,4}|(?<=\S)\s[—–-]\s(?:\s{1,3}|(?=（)))(?=[(（])")
"""What stood before an address with a remark behind it: "Dam report: https://… (read 5 May)"."""
_REMARK_ALONE = later(r"\s{1,4}(?:[—–-]{1,2}|[|·:])\s[a-z]{3,12}\s{0,4}")
"""A word behind an address that is no title: "https://… — primary"."""
_LEADS_ON = later(
    r"(?:[\s.,;|·\[(]{0,6}(?:google scholar|crossref(?: full text)?|pubmed(?: central| abstract)?"
    r"|web of science|(?:view in )?scopus|medline|open ?url|mathscinet|zbmath|view article"
    r"|full text(?: pdf)?|pmc free article|doi(?=\])|free full text"
    r"|(?-i:(?<=[\d.)] )(?:Article|ADS|CAS|Abstract|PDF)|(?<=Article )(?:ADS|CAS)|(?<=ADS )CAS))"
    r"[\])]?){1,8}\s{0,4}\Z",
    re.I,
)
"""Where the links of a journal's list lead, which are no words of a title."""
_BESIDE = later(r"\s\|\s(?:full[ -](?:text|pdf)|pdf|doi|link)\s?:\s{0,3}\Z", re.I)
"""What stood before another address of the entry: "| Full PDF: https://…"."""
_ENDS = tuple(
    "doi scholar ref pubmed central science scopus medline article text openurl url mathscinet"
    " zbmath ads cas abstract pdf".split()
)
"""How what `_LEADS_ON` finds ends, in small letters; few titles do."""
_LONGEST_END = 12
"""Characters of the longest of them, with what may close it."""
_ONLINE = r"(?i:\[online\])[\s.;]{0,3}"
_LEADS_TO_PAGE = later(
    rf"(?:[\s.,;|]{{1,6}}|\A)(?:(?:{_ONLINE})?"
    r"(?:URLs?|(?:Available|Retrieved|Accessed)(?: (?:at|from|online)|(?=\s?:))|"
    r"Режим доступа|Доступно по|Disponible en|Disponible sur|Disponível em|"
    r"Disponibil(?:e (?:a|su)| la)|Recuperado de|Consultado en|Récupéré (?:de|sur)|"
    r"Beschikbaar (?:op|via)|"
    r"Dostępn[ey] (?:na|w|pod)|Dostupn[éě] z|Erişim(?: adresi)?|Diakses dari|Tersedia di|Từ|"
    rf"(?i:Verfügbar unter|abrufbar (?:unter|über)|Abgerufen von))|{_ONLINE})"
    r"\s?:?(?=\s{0,3}(?:(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\])[\s.]{0,3})?\Z)"
)
"""What stood before the address: "URL: https://… (read 5 May)"."""
_LEADS_IN = tuple(
    " at, from, de, a, su, la, en, em, sur, unter, über, von, op, via, na, w, pod, z, dari, di,"
    " Từ, по".split(",")
)
_LOOKED_AT = later(
    r"(?=[\s.,，、。;(\[（–—|-])(?:\s{0,2}[.,，、。;(\[（–—|-]\s{0,2}|(?<=[.,?!…][\"”’»])\s|\s(?=(?:accessed|retrieved|abgerufen|consulté|consultado)\s"
    r"[^,]{0,4}[0-9]|Recuperado\s))(?i:(?:last |zuletzt |letzter )?"
    r"(?:accessed|retrieved|visited|viewed|consulted|abgerufen|aufgerufen|zugriff|zugegriffen"
    r"|consultée?|consultad[oa]|recuperad[oa](?:\sde)?|acess(?:ado|o)|consultato|geraadpleegd"
    r"|hämtad|besøgt|besökt|dostęp|citováno|cit\.|erişim(?: tarihi)?|diakses|дата обращения"
    r"|дата звернення|truy cập|访问日期|[擷撷]取|抓取|参照|閲覧|검색일|fecha de (?:acceso|consulta)"
    r"|data d[’']accés|data (?:de acesso|dostępu)|accesso(?: eseguito)?|geopend|otwierano"
    r"|дата последнего обращения|доступ отримано|осъществен достъп|použito|dátum prístupu"
    r"|datum přístupu|pristupljeno|dostopano|tilgået|åpnet|avattu|viitattu|hozzáférés(?: dátuma)?"
    r"|accesat[ăe]?|πρόσβαση|เข้าถึงเมื่อ|访问(?:时间|于|時間)|[檢检]索(?:日期|于|於)|存取日期"
    r"|最終閲覧日?|アクセス日|تم الوصول|נרשמה גישה)"
    r"(?:\s?(?:on|am|at|le|el|il giorno|il|op|em|på|den|dnia|pada|ngày|vào|na|pe|στις|为|為"
    r"|بتاريخ|בתאריך)"
    r"(?=[\s:：\d]|[^\x00-\x7f]))?)\s?[:：]?\s?"
    r"(?=[^\d\n]{0,14}[0-9])[^()\[\]（）\n;]{4,26}(?<=[0-9])(?:[日г.]{0,2}|\s(?:roku|r\.))"
    r"(?:,? (?:from|von|van|de|da|à l[’']adresse))?"
    r"[)\]）]?[\s.,:，،。]{0,3}\Z"
)
"""When somebody looked at a page: "(accessed 3 May 2024)", "Retrieved May 3, 2024, from"."""
_ENDS_LOOKED_AT = tuple(
    "アクセス,閲覧,参照,액세스,접속,검색,एक्सेस किया गया,访问,檢索,检索,瀏覽,浏览,存取".split(",")
)
_LOOKED_AT_LAST = later(
    r"\s{0,2}[.,，、。;(\[（|-]\s{0,2}"
    r"(?:[0-9]{4}[年년./-]\s?[0-9]{1,2}[月월./-]\s?[0-9]{1,2}[日일.]?|[^\s,()（）]{2,14}\s[0-9]{1,2},\s[0-9]{4})"
    rf"\s?(?:に|에|को|於|于)?\s?(?:{'|'.join(_ENDS_LOOKED_AT)})\Z"
)
"""The same in languages that say it behind the day: "、5月 3, 2025にアクセス"."""
_EDGES_OF_DAY = " .,:，、。)）]"
_ARCHIVED = later(
    r"(?:[.,;(]\s{0,2}|\s[—–-]\s)(?:Archived|Archiviert|Archivée?|Archivado|Arquivado|Archiviato"
    r"|Zarchiwizowan[eoy]|Архивировано|Архівовано)(?=\s?[\d:(\[]"
    r"|\s(?:from|on|at|as|by|via|in|here|copy|version|vom|von|am|aus|bei|im|depuis|le|sur|de|desde|en|el"
    r"|do|dal|il|da|z|из|з|от|від)\b)(?=[^\n]{0,60}[0-9])[^\n]{4,90}\Z"
)
"""Where a copy of a page is kept: "Archived from the original on 5 May 2016". A title goes on in
another way: "Wolves – Archived reports of 2010"."""
_COPY = later(r"[,;]?\s{0,2}\[(?:https?://)?perma\.cc/[\w-]{4,12}\]\.?\Z")
"""The address of a copy, as law reviews set it: ", [perma.cc/XS5C-FS5T]"."""
_LOOKED_AT_BEHIND = later(
    r"\s(?:[-–—]\s){2}(?i:(?:last )?(?:accessed|retrieved|visited|viewed|abgerufen)(?:\son)?)"
    r"\s?:?\s[^\d\n]{0,14}[0-9].*\Z"
)
"""The same behind an address between dashes: "Dams - https://… - accessed 3 May 2024 - a map"."""
_LEFT_BETWEEN = later(r"\s([—–-])\s\1\s")
"""Two dashes of which the address between them is gone: "Dams — https://… — tier 3"."""
_LONGEST_DAY = 50
"""Characters of what is left of an entry that says nothing else: "accessed January 1, 1970"."""
_WRAPPED = later(
    r"\(([^()\d][^()]{0,300})\)|\[([^\[\]\d][^\[\]]{0,300})\]|'([^']{1,300})'|`([^`]{1,300})`|#{1,6}\s(.{1,300})"
)
"""A title that is all in brackets or quotation marks, or of a heading."""
_FIELD_OF_ADDRESS = r"(?-i:URL|Link\s?:|(?:链接|連結|鏈接|網址|网址|リンク|링크)\s?[:：])"
_FIELDS = later(
    r"(?:id:\s\S{1,20}[,;]?\s)?"
    r"(?:title:\s(?P<called>.{2,300}?)[\s.,;|-]{1,4}"
    rf"|(?P<before>.{{2,300}}?)(?:[.,;|-]{{1,2}}\s|\s(?={_FIELD_OF_ADDRESS})))"
    r"(?:(?:url|uri|link|链接|連結|鏈接|網址|网址|リンク|링크)\s?[:：]"
    r"(?:[\s,;|-]{0,8}\Z|[\s,;|-]{1,8}[^\W\d_][\w ]{1,24}[:：].*\Z)"
    r"|(?<=\s-\s)(?:url|link)\s?[:：][^:：]{0,80}(?:\Z|\s-\s.*\Z))",
    re.I,
)
"""Names of fields: what is called the title, or stands before the address that is called so."""
_ADDRESS_SIGNS = tuple("URL,url,Url,ink,URI,链接,連結,鏈接,網址,网址,リンク,링크".split(","))
_TITLE = later(r"[Tt]itle:\s(.{2,300}?)(?:[\s,;|-]{1,4}[A-Z][\w ]{1,24}[:：].*)?\Z")
"""What an entry says of its page: "id: 3, title: Dams, url: https://…, date: 2 May"."""
_REACH = 90
"""Characters from the end in which the words before a day begin."""
_BEHIND_DAY = " .,:，،。)]）"
_ENDS_DAY = (*"0123456789", *"日,г,r,roku,from,von,van,de,da,adresse".split(","))
"""What the day ends with, but for `_BEHIND_DAY`: most titles end in another way."""
_SCHEME = later(r"https?:?/{0,2}")
"""What is left of an address that broke."""
_ONLY_DATED = later(r"\([0-9\s./-]{4,30}\)\Z")
_NO_TITLES = frozenset(
    "last,and,und,et,y,e,и,和,및,と,ve,oraz,en,see,see also,cf,source,sources"
    ",via,siehe,siehe auch,vgl,quelle,quellen,voir,voir aussi,véase,ver,fuente,fuentes,fonte,fontes"
    ",vedi,zie,bron,см,источник,参考,参照,参见,參見,出典,来源,來源,참고,참조,출처".split(",")
)
"""Words that stood between two addresses, before one, or before a day."""
_SENTENCE_ENDS = ".,;:!?\"'”’"


def title_in(left: str) -> str | None:
    """The title; None where no word is left."""
    if left[:1] == " " and _REMARK_ALONE.fullmatch(left):
        return None
    words = _without_markup(left)
    if words[-_LONGEST_END:].rstrip("]) ").lower().endswith(_ENDS):
        words = _LEADS_ON.sub("", words)
    if words[-1:] == ":" and "|" in words:
        words = _BESIDE.sub("", words)
    words = _without_day(RANKED.sub("", words) if " | " in words else words)
    if ":" in words:
        words = _without_fields(words)
    if words.endswith(_LEADS_IN) or ":" in words or "]" in words or "URL" in words:
        words = " ".join(_LEADS_TO_PAGE.sub(" ", words).split())
    title = words.removesuffix(" //").strip(_EDGES)
    if title[-1:] in ("(", "[", "（", "【", "{"):
        title = title[:-1].rstrip(_EDGES)
    if title[:1] in ("(", "[", "#", "'", "`") and (match := _WRAPPED.fullmatch(title)):
        title = match[match.lastindex or 0].strip(_EDGES)
    if _says_nothing(title):
        return None
    return _quoted(title, words) if "”" in words or '"' in words or "„" in words else title


def says_when_read(words: str) -> bool:
    """Whether words end with when somebody looked at a page: "Dams, accessed on July 3, 2025,"."""
    return _without_reading(words) != words


def _without_day(words: str) -> str:
    """The words without when somebody looked at the page, and where a copy of it is."""
    if " - - " in words or " — — " in words or " – – " in words:
        words = _LEFT_BETWEEN.sub(r" \1 ", _LOOKED_AT_BEHIND.sub("", words) or words)
    if "perma.cc/" in words:
        words = _COPY.sub("", words) or words
    words = _without_reading(words)
    if "rchiv" in words or "рх" in words:
        words = _without_end(_without_end(words, _ARCHIVED), _LOOKED_AT)
    return words


def _without_reading(words: str) -> str:
    words = _without_end(words, _LOOKED_AT)
    if not words.isascii() and words.rstrip(_EDGES_OF_DAY).endswith(_ENDS_LOOKED_AT):
        words = _LOOKED_AT_LAST.sub("", words.rstrip(_EDGES_OF_DAY)) or words
    return words


def _without_end(words: str, end: re.Pattern[str]) -> str:
    """The words without an end that holds a day; the same where nothing else is left."""
    dated = end is _ARCHIVED or words.rstrip(_BEHIND_DAY).endswith(_ENDS_DAY)
    seen = end.search(words, max(0, len(words) - _REACH)) if dated else None
    return (words[: seen.start()] or words) if seen else words


def _without_fields(words: str) -> str:
    """What is called the title, or stands before what is called the address."""
    if any(sign in words for sign in _ADDRESS_SIGNS) and (match := _FIELDS.match(words)):
        words = match["called"] or match["before"]
    return match[1] if "itle:" in words and (match := _TITLE.match(words)) else words


def leads_only(words: str) -> bool:
    """Whether words are nothing but names of services that lead on to a work, at least one."""
    return bool(words.strip()) and not _LEADS_ON.sub("", f" {' '.join(words.split())}").strip()


def _without_markup(left: str) -> str:
    """The words on one line, without what emptied links and signs of stress leave."""
    if "](" in left:
        left = _LINK_EMPTIED.sub(r"\1", left)
    if "（" in left or (" (" in left and "  " in left):
        left = _SIGN_LEFT.sub(lambda sign: " " * (left[sign.end()] == "("), left, 1)
    if "(" in left or "[" in left:
        left = _BEFORE_BRACKET.sub("", _EMPTIED.sub(" ", left))
    words = " ".join(left.split()).removeprefix("citation:").rstrip(" <>→↩⤴、")
    if "†" in words or "‡" in words or words[-1:].isdecimal() or words[-1:] in ("]", "\ue201"):
        words = _MACHINES.sub("", words)
    if "`" in words:
        words = _IN_TICKS.sub(r"\2", words)
    if "*" in words:
        words = _STRESSED.sub(r"\2", words)
    words = _UNDERSCORED.sub(r"\2", words) if "_" in words else words
    if "&" in words:
        words = " ".join(_ENTITY.sub(lambda match: html.unescape(match[0]), words).split())
    return words


def _says_nothing(title: str) -> bool:
    """Whether what is left is no title: a broken scheme, signs, or when somebody looked."""
    if title[:4] == "http" and _SCHEME.fullmatch(title):
        return True
    if not any(map(str.isalnum, title)) or (title[:1] == "(" and _ONLY_DATED.match(title)):
        return True
    if len(title) > _LONGEST_DAY or not any(map(str.isdecimal, title)):
        return title.casefold() in _NO_TITLES
    return _without_day(f"x, {title}").rstrip(" ,") == "x"


def closing(address: str) -> str:
    """The bracket that stands at the end of an address and was opened before it; "" without one."""
    end = address.rstrip(_SENTENCE_ENDS)[-1:]
    opening = _OPENING.get(end)
    return end if opening and address.count(end) > address.count(opening) else ""


def _quoted(title: str, words: str) -> str:
    """The title, with a quotation mark at its edge of which the other is inside it."""
    begin = words.index(title)
    before, after = words[:begin], words[begin + len(title) :]
    for opening, close in _QUOTES:
        unlike = title.count(opening) - title.count(close)
        if opening == close:
            unlike = title.count(close) % 2
        if unlike > 0 and close in after[:2]:
            return title + after[: after.index(close) + 1]
        if unlike and before.endswith(opening):
            return opening + title
    return title
