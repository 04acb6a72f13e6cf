"""What stands beside a work's number or name in a marker: words before it, and where in it."""

from functools import lru_cache

from ledger.patterns import later

SURE_YEARS = (
    r"(?:1[5-9]|20)[0-9]{2}|[۱١][۳-۹٣-٩][۰-۹٠-٩]{2}|[۲٢][۰٠][۰-۹٠-٩]{2}"
    r"|[१১][५-९৫-৯][०-९০-৯]{2}|[२২][०০][०-९০-৯]{2}"
)
YEARS = rf"(?:{SURE_YEARS}|2[45][0-9]{{2}})"
"""What may be a year: also of the calendars of Iran and Thailand, in digits of their own."""
_WHERE = (
    r"(?:pp?\.|pages?\b|Seiten?\b|[SsСс]\.|стр\.|str\.|p[áa]gs?\.|[Cc]h(?:ap)?\.|[Cc]hapter\b|[Ss]ect?s?\.|"
    r"[Ss]ections?\b|§{1,2}|[Ff]igs?\.|[Ff]igure\b|[Tt]ab\.|[Tt]able\b|[Aa]rt\.|[Cc]l\.|[Cc]lause\b|"
    r"[Pp]aras?\.|[Pp]aragraph\b|Kap\.|Abs\.|Abschnitt\b|Abb\.|Anm\.|Fn\.|Rn\.|Satz\b|[Vv]ol\.|[Tt]hm?\.|"
    r"[Tt]heorem\b|[Ll]em(?:ma\b|\.)|[Pp]rop(?:osition\b|\.)|[Cc]or(?:ollary\b|\.)|[Dd]ef(?:inition\b|\.)|"
    r"[Rr]em(?:ark\b|\.)|[Aa]lg(?:orithm\b|\.)|[Ee]x(?:ample\b|\.)|[Aa]pp(?:endix\b|x?\.)|[Aa]nnex\b|"
    r"[Ee]qs?\.|[Nn]otes?\b|[Ff]ootnote\b|fn\.|nn?\.|[Ll]ines?\b|ll\.|[Ss]lide\b|rozdz?\.|[Гг]л\.|"
    r"صص?\.?|(?:ال)?صفح(?:ة|ات)|صفحه|عمود|עמ(?:['׳’]|וד(?:ים)?)|पृ(?:ष्ठ)?\.?|পৃ(?:ষ্ঠা)?\.?|หน้า|น\.|頁|页|"
    r"стор\.|розд\.|ст\.|л\.|sf\.|ss?\.|böl\.|trang\b|chương\b|hal\.|halaman\b|σελ\.|κεφ\.|párrs?\.|[Cc]ap\.|"
    r"par\.|kap\.|sid\.|hfst\.|Bd\.\s?[0-9]{1,3},\s?S\.|Bd\.|σσ?\.|tr\.|hlm\.|o\.|blz\.|[Рр]азд\.|[Тт]абл\.|[Рр]ис\.|[Пп]рим\.|[Тт]\.|[Пп]\.)"
)
_PLACE_NUMBER = (
    r"(?:\(?(?:\d{1,5}|[ivxlIVXL]{1,6}|[A-Z](?![\w]))[a-z]?(?:[.-][0-9A-Z]{1,3}){0,3}"
    r"(?:\([0-9a-z]{1,4}\))?\)?(?:\s?[-‐‑–—]\s?[\divxl]{1,6})?(?:\s?ff?\.)?)"
)
PLACE = (
    rf"(?:(?:[,،，、]\s?{_WHERE}\s?{_PLACE_NUMBER}){{1,3}}"
    r"|[,，：:]\s?第\s?[0-9一二三四五六七八九十]{1,4}\s?[章节節编編]"
    r"|[,،，、]\s?第?\s?[0-9]{1,5}(?:\s?[-–~]\s?[0-9]{1,5})?\s?(?:頁|页|쪽|면|ページ|\.\s?o(?:ldal|\.))"
    r"|\s(?:pp?\.\s|at\s|p(?=[0-9])|§{1,2}\s?)[0-9]{1,5}(?:\.[0-9]{1,3})?(?:\s?[-–]\s?[0-9]{1,5})?"
    r"(?:,\spp?\.\s?[0-9]{1,5}(?:[-–][0-9]{1,5})?)?"
    r"|,\s¶{1,2}\s?[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?|,\sn\.\s?d\."
    r"|,?\s(?:at\s)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
    r"|,\s(?:accessed|retrieved|viewed|abgerufen(?:\sam)?|consulté\sle|consultado\sel)\s"
    r"[0-9A-Za-zÀ-ɏ., -]{4,24}(?=[\],;)]|$)"
    r"|:\s[0-9]{1,4}(?:[-–][0-9]{1,4})?|:[0-9]{1,4}[-–][0-9]{1,4})"
)
"""Where in a work, behind its number: ", p. 12", ": 14", ":45–47"; "1:45" tells the time."""
_POINTS = (
    r"(?:[Ss]ee|also|e\.\s?g\.|i\.\s?e\.|[Cc]f\.|examples?|instance|compare|contra|pace|based\son|"
    r"such\sas|due\sto|including|following|(?:adapted|taken|data|modified|redrawn|cited|quoted|reviewed|"
    r"discussed|described|shown|reported|proposed|suggested|introduced|developed|implemented)\s"
    r"(?:in|from|by)|"
    r"[Vv]gl\.|[Ss]iehe|[Ss]\.(?=\s(?:auch|dazu|hierzu|etwa)\s)|auch|dazu|hierzu|etwa|anders(?=\s[A-ZÄÖÜ])|"
    r"so(?=\s[A-ZÄÖÜ])|a\.\s?A\.|z\.\s?B\.|[Vv]oir|aussi|véase|ver|[Сс]м\.:?|также|"
    r"напр\.|[Цц]ит\.(?:\sпо)?:?|[Дд]ив\.:?|[Zz]ie|ook|onder\smeer|o\.a\.|bijv\.|[Zz]ob\.|[Pp]or\.|[Bb]kz\.|[Jj]f\.|[Jj]fr\.?|[Jj]mf\.?|[Vv]id\.|apud|[Ss]rov\.|[Vv]iz|参见|參見|"
    r"[Ss]e(?=\s(?:t\.\s?ex|f\.\s?eks|även|också|også|bl)|\s[A-ZÅÄÖØÆ])|t\.\s?ex\.|f\.\s?eks\.|även|också|også|"
    r"(?:[Ss]i\s)?[Vv]eda(?:si)?|[Vv]edi|anche|[Cc]fr\.|[Ll]ihat|juga|[Xx]em|thêm|[Vv]ezi|[Ll]ásd|[Kk]s\.|"
    r"[Kk]atso|βλ\.|πρβλ\.|[Vv]eja|[Vv]egeu|انظر|ينظر|ראו)"
)
_JOINS = (
    r"(?:[Bb]ut|[Aa]nd|[Ff]or|an?|the|reviews?|overviews?|summary|discussion|details|more|recently|"
    r"especially|notably|in|by)"
)
LEAD = rf"(?:(?:(?:{_JOINS}[\s,]{{1,3}}){{0,7}}{_POINTS}[\s,]{{1,3}}){{1,8}})"
"""Words that point to a work behind them: "but see", "for a review see", "vgl. auch"."""
AND = (
    r"(?:and|und|a|ja|ir|un|és|dan|et|y|e|en|i|ve|och|og|oraz|şi|și|và|και|и|та|و|اور"
    r"|और|तथा|एवं|ও|এবং|&)"
)
SOURCE = (
    r"(?:[Ss]ources?|SOURCES?|[Qq]uellen?|[Ff]uentes?|[Ff]ont[ei]s?|[Bb]ron(?:nen)?|[Źź]ródł[oa]|"
    r"[Zz]droje?|[Kk]aynak(?:lar)?|[Kk]äll[ao]r?|[Kk]ilder?|[Ss]umber|[Nn]guồn|[Ии]сточники?|"
    r"[Дд]жерел[оа]|[Ии]звори?|[Ии]зточни(?:к|ци)|Πηγ(?:ή|ές)|[Ff]orrás(?:ok)?|[Ss]urs[aăe]|"
    r"[Ll]äh(?:de|teet)|[Ii]zvori?|[Aa]llik(?:as|ad)|[Šš]altini(?:s|ai)|[Aa]vot[si]|מקור(?:ות)?|स्रोत|"
    r"ที่มา|المصدر|المصادر|منبع|منابع|来源|來源|资料来源|資料來源|出典|出所|引用(?:元|来源|來源)?|参照元|情報源|출처)"
)
"""What a source is called before its name or address: "Source: …", "Quelle …"."""
_AT_HEAD = later(  # no other line begins with what is told first: three of four are passed over
    r"\n(?![\n#|>\[0-9(-])[^\S\n]{0,3}[*_]{0,3}(?:[Dd]ata |[Kk]ey |[Mm]ain )?"
    rf"(?:{SOURCE}|[Rr]eferences?)"
)
SAME = (
    r"(?:ibid(?:em)?\b\.?|ibíd\.?|ivi\b|ebd\.|ebda\.|ebenda\b|a\.\s?a\.\s?O\.|a\.g\.e\.|"
    r"loc\.\s?cit\.|"
    r"там же|там само|tamże|tamtéž|tamže|uo\.|samma källa|samme (?:kilde|sted)|αυτόθι|στο ίδιο|"
    r"同上|同前|위의\s(?:글|책|논문)|같은\s(?:글|책)|שם|همان|المرجع نفسه|المصدر نفسه|वही)"
)
"""What stands for the work cited just before, small letters for all."""


@lru_cache(maxsize=1)
def begins_with_source(text: str) -> bool:
    """Whether a line but the first begins with what a source is called: rules for such lines ask.

    Of the last text it is remembered.
    """
    return _AT_HEAD.search(text) is not None
