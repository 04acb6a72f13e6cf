"""What templates of wikis say: the words they show, the doubts they mark, and what shows nothing.

Names are those of the English Wikipedia, which other wikis mostly keep, in lower case.
"""

from collections.abc import Callable

Argument = Callable[..., str]
"""Gives the first of some parameters of a template that is given, as Markdown."""

DOUBTED = frozenset(
    "citation needed span|citation needed lead|refnec|refsou|réf. nécessaire|référence nécessaire|"
    "réf. souhaitée|référence souhaitée|citation nécessaire|senza fonte|citazione necessaria".split(
        "|"
    )
)
"""Templates of doubts that hold the words which are doubted."""

LISTS = frozenset(
    "reflist|references|#tag:references|refs|notefoot|przypisy|przypisy-lista|uwagi|примечания|примітки|références|"
    "références nombreuses|listaref|referências|referències|kaynakça|reference|referanser|viitteet|"
    "források|jegyzetek|reflista|опис|مراجع|پانویس|각주|脚注リスト|tham khảo|einzelnachweise|"
    "הערות שוליים".split("|")
)
"""Templates that show the list of footnotes, and may define some of them."""

SILENT = LISTS | frozenset(
    "notelist|notelist2|notelist-ua|notelist-lr|notelist-note|refbegin|refend|rp|r-p|"
    "short description|"
    "use dmy dates|use mdy dates|use british english|use american english|good article|"
    "featured article|pp|pp-protected|pp-move|pp-semi-indef|toc limit|tocright|clear|clr|-|"
    "authority control|defaultsort|coord|italic title|anchor|vanchor|ref|main|see also|further|"
    "about|for|other uses|redirect|distinguish|hatnote|commons category|portal|stub|navboxes|"
    "subscription required|registration required|closed access|open access|paywall|webarchive|"
    "cbignore|inflation/year|inflation-fn|efn-link|spaces|zwsp|wbr|shy|flagicon|flag icon|audio|"
    "ipa|ipac-en|ipa-en|pronunciation|respell|lang-rom|citation style|multiple issues end".split(
        "|"
    )
)
"""Templates that show no word of the text, or only furniture."""

QUOTES = frozenset(
    "quote|blockquote|quotation|cquote|quote box|bquote|zitat|citation bloc".split("|")
)
QUOTES_OR_CITES = frozenset(("citation", "citat", "cita", "citação", "citazione"))
"""Templates that quote in some wikis what they are given first, and cite in others."""


def _said(*keys: str) -> Callable[[Argument], str]:
    return lambda argument: argument(*keys)


def _fixed(text: str) -> Callable[[Argument], str]:
    return lambda _: text


def _fraction(argument: Argument) -> str:
    parts = [part for part in map(argument, "123") if part]
    if len(parts) == 3:
        return f"{parts[0]} {parts[1]}/{parts[2]}"
    return "/".join(parts) if len(parts) == 2 else f"1/{''.join(parts)}"


def _date(argument: Argument) -> str:
    return "-".join(part for part in map(argument, "123") if part)


def _day(argument: Argument) -> str:
    """A day as French has it: "{{date|12|mars|2009}}", "{{date|12 mars 2009|en sport}}"."""
    first = argument("1")
    whole = " " in first or not first.isdecimal()
    return first if whole else " ".join(part for part in map(argument, "123") if part)


def _century(argument: Argument) -> str:
    """A century by its Roman number; other wikis keep words of one line together by "s"."""
    number = argument("1")
    return f"{number}e siècle" if number and not number.strip("IVXivx") else number


def _times_ten(argument: Argument) -> str:
    return f"×10^{power}" if (power := argument("1")) else "e"


def _with_reading(argument: Argument) -> str:
    return f"{argument('1')}（{reading}）" if (reading := argument("2")) else argument("1")


_FIRST = (
    "nowrap|nobr|small|smaller|big|abbr|abbrlink|tooltip|not a typo|sic|proper name|ill|"
    "interlanguage link|link-interwiki|ship|visible anchor|em|strong|smallcaps|sc|sup|sub|code|"
    "mono|flag|flagcountry|flagu|country|formatnum|nihongo|var|mvar|math|section link|"
    "color|font color|highlight|text|linktext|wikt-lang|inflation|nts|ntsh|sort|hlist|plainlist|"
    "ubl|unbulleted list|center|align|citation needed lead|quote without source|keypress|samp|"
    "aut|kapitälchen|petites capitales|versalita|maiuscoletto|guil|esd|ud|fmtn|num|국기|comment|"
    "仮リンク|임시링크|임시 링크|ruby|число|char|chem2|ce"
).split("|")
_LINKS = (
    "iw|не переведено|не переведено 2|не переведено 3|не переведено 4|не переведено 5|нп|нп3|нп5|"
    "не перекладено|iw2"
).split("|")
"""Links to pages that a wiki lacks: the page, and behind it what is shown for it."""
NUMBER, LANGUAGE, ELSEWHERE = "formatnum:", "lang-", "link-"
"""How the names begin of a number to be shown, of words in a language, "lang-grc", and of links to
a page that only a wiki of another language has: "link-en"."""
SAID: dict[str, Callable[[Argument], str]] = {
    **{name: _said("1") for name in _FIRST},
    **{
        name: _said("2", "text") for name in ("lang", "langue", "langx", "script", "resize", "font")
    },
    **{
        name: lambda argument: f"{argument('1')} {argument('2')}".strip()
        for name in (
            *("convert", "cvt", "val", "currency", "uss", "hms", "ms", "ss"),
            *("unité", "unidad", "nombre", "nb", "convertir"),
        )
    },
    **{name: _said("2", "1") for name in _LINKS},
    **dict.fromkeys(("s", "s-", "-s", "-s-", "s mini", "s mini-"), _century),
    **dict.fromkeys(("date", "date-"), _day),
    **{name: _fixed(name) for name in ("er", "re", "ère", "nd", "nde", "n°", "p.")},
    **{name: _said("3", "2", "1") for name in ("transl", "transliteration")},
    "lien": _said("texte", "fr", "1", "trad"),
    "le": _said("3", "1"),
    "tsl": _said("4", "3", "2"),
    "e": _times_ten,
    "chem": lambda argument: "".join(map(argument, "123456789")),
    "m": lambda argument: f"{argument('1')} {argument('u', 'ul')}".strip(),
    "読み仮名": _with_reading,
    **dict.fromkeys(("frac", "fraction", "sfrac"), _fraction),
    **dict.fromkeys(("start date", "end date", "birth date", "death date", "dts"), _date),
    **{name: _fixed(" – ") for name in ("snd", "spnd", "spaced ndash", "spaced en dash", "dash")},
    **{name: _fixed("–") for name in ("ndash", "en dash", "nbndash")},
    **{name: _fixed("—") for name in ("mdash", "em dash", "--")},
    **{name: _fixed(" ") for name in ("nbsp", "space", "thinsp", "nnbsp", "hair space", "·")},
    ",": _fixed(""),
    "'": _fixed("'"),
    "'s": _fixed("'s"),
    "!": _fixed("&#124;"),
    "=": _fixed("="),
    "pi": _fixed("π"),
    "circa": lambda argument: f"c. {argument('1')}".strip(),
    "c.": lambda argument: f"c. {argument('1')}".strip(),
    "as of": lambda argument: f"As of {_date(argument)}",
    "us$": lambda argument: f"US${argument('1')}",
    "£": lambda argument: f"£{argument('1')}",
    "€": lambda argument: f"€{argument('1')}",
}
"""Name of a template to what it shows of its parameters."""
