"""What stands beside a work's number or name in a marker: words before it, and where in it."""

PLACE = (
    r"(?:,\s?(?:pp?\.|pages?\b|[SsСс]\.|стр\.|p[áa]gs?\.|[Cc]h(?:ap)?\.|[Cc]hapter\b|[Ss]ect?\.|"
    r"[Ss]ection\b|§{1,2}|[Ff]igs?\.|[Tt]able\b|[Aa]rt\.|[Cc]l\.|[Cc]lause\b|[Pp]aras?\.|Kap\.|Abs\.|Rn\.|[Vv]ol\.|"
    r"[Tt]hm\.|[Tt]heorem\b|[Ll]emma\b|[Ee]qs?\.|nn?\.)"
    r"\s?[0-9ivxlIVXL]{1,6}(?:\.[0-9]{1,3}){0,3}(?:\s?[-‐‑–—]\s?[0-9ivxl]{1,6})?(?:\s?ff?\.)?"
    r"|:\s[0-9]{1,4}(?:[-–][0-9]{1,4})?|:[0-9]{1,4}[-–][0-9]{1,4})"
)
"""Where in a work, behind its number: ", p. 12", ": 14", ":45–47"; "1:45" tells the time."""
_POINTS = (
    r"(?:[Ss]ee|also|e\.\s?g\.|i\.\s?e\.|[Cc]f\.|examples?|instance|compare|contra|pace|based\son|"
    r"(?:adapted|taken|cited|quoted|reviewed|discussed|described|shown|reported)\s(?:in|from|by)|"
    r"[Vv]gl\.|[Ss]iehe|auch|etwa|z\.\s?B\.|[Vv]oir|aussi|véase|ver|[Сс]м\.|также|напр\.|zie|"
    r"参见|參見)"
)
_JOINS = (
    r"(?:[Bb]ut|[Aa]nd|[Ff]or|an?|the|reviews?|overviews?|summary|discussion|details|more|recently|"
    r"especially|notably|in|by)"
)
LEAD = rf"(?:(?:(?:{_JOINS}[\s,]{{1,3}}){{0,7}}{_POINTS}[\s,]{{1,3}}){{1,8}})"
"""Words that point to a work behind them: "but see", "for a review see", "vgl. auch"."""
AND = r"(?:and|und|et|y|e|en|i|и|та|&)"
SOURCE = (
    r"(?:[Ss]ources?|SOURCES?|[Qq]uellen?|[Ff]uentes?|[Ff]ont[ei]s?|[Bb]ron(?:nen)?|[Źź]ródł[oa]|"
    r"[Zz]droje?|[Kk]aynak(?:lar)?|[Kk]äll[ao]r?|[Kk]ilder?|[Ss]umber|[Nn]guồn|[Ии]сточники?|"
    r"[Дд]жерел[оа]|المصدر|المصادر|منبع|منابع|来源|來源|资料来源|資料來源|出典|출처)"
)
"""What a source is called before its name or address: "Source: …", "Quelle …"."""
