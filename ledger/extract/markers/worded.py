"""Markers whose brackets hold more than plain numbers -> the entries they name.

Words before and behind the numbers ("[but see 2]", "[Sources 1, 2]", "（注1）"), places in the
works ("[2: 14]"), and the labels that a list gives itself ("[iii, iv]", "[Roe20]"). The list has
them, or the words stay prose, unless the text calls others that it has sources in such brackets.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import islice

from ledger.extract.markers.bare import HOST, HOST_OF_PAGE, read_bare_address
from ledger.extract.markers.marker import Marker
from ledger.extract.markers.numbers import CLOSE, DASH, NUMBER, NUMBERS, OPEN, expand
from ledger.extract.markers.place import AND, LEAD, PLACE, SOURCE, YEARS
from ledger.letters import holds
from ledger.patterns import begun_with, later

_NUMBER_OR_RANGE = rf"{NUMBER}(?:(?:\s?{DASH}\s?|\s(?:to|bis|à|al?|до|по)\s|\.{{2,3}}){NUMBER})?"
_PLACED = rf"(?:{LEAD})?{_NUMBER_OR_RANGE}(?:{PLACE})?"
_BETWEEN = rf"(?:[/+ ]|\s?[;,،؛]\s?(?:{AND}\s)?|\s{AND}\s|\sו-?)"
_THEREIN = (
    rf"(?:,?\s{AND}\s(?:the\s)?(?:references?|refs\.?|citations|works|sources)"
    r"(?:\s(?:cited\s)?(?:therein|within|there))?)?"
)
# What an item of a list looks like is written once, for the first one, too: it is the longest part.
PLACED = rf"{OPEN}(?:(?:(?<={OPEN})|{_BETWEEN}){_PLACED}){{1,21}}{_THEREIN}\s?{CLOSE}"
"""Numbers with words around them or places behind them: "[see 1, p. 12; 3]"."""

KIND = (
    r"(?:(?:[Ss]ources?|[Rr]efs?\.?|[Rr]eferences?|[Dd]ocs?\.?|[Dd]ocuments?|[Cc]itations?|[Qq]uellen?|"
    r"[Ff]uentes?|[Ff]ont[ei]s?|[Ии]сточник(?:и|ов)?|[Bb]ron(?:nen)?|[Źź]ródł[oa]|[Kk]aynak(?:lar)?|"
    r"[Zz]droje?|[Ff]orrás(?:ok)?|[Ss]urs[aăe]|Πηγ(?:ή|ές)|[Nn]guồn|[Ss]umber|[Kk]ilder?|[Kk]äll[ao]r?|"
    r"[Дд]жерел[оа]|(?<=[\[【])(?:[Nn]rs?\.|№)|[Пп]рим\.|المصدر|المصادر|المرجع|منبع|מקור|स्रोत|"
    r"[Rr]éf(?:érences?|s?\.)|[Rr]efer(?:enz(?:en)?|encias?|ências?)|[Rr]iferiment[oi]|[Ll]it(?:eratur|\.))"
    r"(?:[\s:#]{1,3}|(?<=\.))"
    r"|(?:来源|來源|資料|资料|(?:参考|參考)?文[献獻]|引文?|出典|注|註|출처|참고문헌)[\s:：#]{0,3})"
)
"""What a list's entries are called in words; notes are apart from sources, and not among them."""
_KIND_BEGINS = (
    r"(?:[Ss]ource|[Rr][eé]f|[Rr]iferi|[Ll]it[.e]|[Dd]oc|[Cc]itation|[Qq]uelle|[Ff]uente|[Ff]onte|[Ии]сточник|"
    r"[Ss]ee (?:[A-Z]|sou|ref|doc)|SOURCE|[Bb]ron|[Źź]ród|[Zz]droj|[Kk]aynak|[Kk]äll|[Kk]ild|"
    r"[Ss]umber|[Nn]guồn|[Ii]zvor|[Ff]orrás|[Ss]urs|[Ll]äh|[Aa]llik|[Šš]altin|[Aa]vot|Πηγ|"
    r"[Ии]з(?:вор|точ)|[Дд]жерел|המקור|מקור|المص|منبع|منابع|स्रोत|ที่มา|注|註|来源|來源|資料|资料|"
    r"文献|文獻|参考文|參考文|引文?\d|出典|出所|引用元|参照元|情報源|출처|참고문헌)"
)
_UNDATED_ENDS = (
    r"(?:(?<=[.\s][dJfaг]\.)|(?<=press)|(?<=coming)|(?<=Druck)|(?<=prensa)|(?<=печати)"
    r"|(?<=\.-[a-z]))"
)
OPENS_ROUND = rf"{_KIND_BEGINS}|[^()\d\n]{{3,200}}+(?:{YEARS}|(?=\)){_UNDATED_ENDS})"
"""What may stand behind "(" where works are named, as quickly told as can be."""
OPENS_WIDE = rf"{_KIND_BEGINS}|[^（）\d\n]{{2,200}}+{YEARS}"
"""The same behind "（"."""
_KIND_NUMBER = rf"(?:{KIND}|#)?{_NUMBER_OR_RANGE}(?:{PLACE})?"
_CALLED_SO = (
    rf"(?!\d)(?:{LEAD})?(?={KIND})(?:"
    rf"(?:(?<=[\[(（【\s,])|\s?[;,，；、]\s?(?:{AND}\s)?|\s{AND}\s){_KIND_NUMBER}){{1,21}}[\])）】]"
)
WORDED = rf"[\[(（【]{_CALLED_SO}"
"""Numbers that are called sources: "[Sources 1, 2]", "(refs 1, 3)", "（注2、注3）"."""
OPENS_NOTE = r"[\[(（【](?:注|註)"
"""How a number begins that is called a note, and in some texts is apart from the list."""
CALLED = rf"(?=[\[【])(?!{OPENS_NOTE}){WORDED}"
CALLED_ROUNDED = rf"(?=[(（])(?!{OPENS_NOTE}){WORDED}"
SOURCE_IN_WORDS = rf"{SOURCE}\s?[:：]\s{{0,2}}"
"""What stands before the name of a source in brackets."""
VOUCHED = (
    r"(?:(?:CITED|VERIFIED):\s{1,2}"
    r"|(?:[Cc]ited|[Vv]erified|[Ee]vidence|[Rr]ef|REF|[Rr]eference)\s?:\s{0,2}(?=https?://))"
)
"""The same where research says how it knows: "[VERIFIED: npm registry]", "[cited: https://…]"."""
NAMED = (
    rf"(?:\[(?:{SOURCE_IN_WORDS}|{VOUCHED})(?!\d{{1,4}}\])[^\[\]{{}}<>\n]{{2,300}}\](?![(:])"
    rf"|\({SOURCE_IN_WORDS}[^()（）\[\]{{}}<>\n]{{2,200}}\)"
    rf"|（{SOURCE_IN_WORDS}[^()（）\[\]{{}}<>\n]{{2,200}}）|【{SOURCE_IN_WORDS}[^【】\n]{{2,300}}】)"
)
"""Sources called by their names: "[Source: report.pdf, p. 3]", "（来源：《年报》）"."""
_CALLED_SOURCES = later(rf"[\[【(（](?![注註]){_CALLED_SO}")
_OPENS_CALLED, _BEGINS_CALLED = {"[": "[【", "(": "(（"}, r"[^\W\d]|№"
_MOST_CALLED = 200
"""How many are looked at for one that the list has."""
_AS_CITATION = r"Citation:\s{1,2}"
CITED = rf"\({_AS_CITATION}(?:[^()\[\]{{}}<>\n]|\([^()\n]{{0,60}}\)){{2,200}}+\)"
"""A work by the name that a database of threats gives it: "(Citation: Roe Dams 2021)"."""
_NOT_NUMBERS = later(rf"{PLACE}|{KIND}|#|{_THEREIN}\s?$")
_PLACED_BEHIND = later(PLACE)
_BETWEEN_LABELS = later(r"\s?[,;]\s?")
_NUMBERS = later(NUMBERS)
_LEAD = later(LEAD)
_NAMES_PLACE = later(rf"(?={PLACE})[,\s]\s?[^\W\d_]{{1,12}}[.\s]")
"""A place in a work by its name, "[4, p. 12]": numbers with one cite, whether listed or not."""
_ADDRESSED = later(r"://|www\.")
_GOES_ON = r"(?:[0-9]|[a-z]{2,20}=)"
"""What stands behind a comma or semicolon inside of an address: "/0,1518,9,00.html", "/a;id=7"."""
_ADDRESS = later(
    rf"https?://(?:[^\s()\[\],;，；。<>]|[,;](?={_GOES_ON})|\([^\s()\[\]<>]{{1,80}}\)){{3,300}}+"
)
_HOSTED = later(
    rf"[\[(（【](?:{SOURCE_IN_WORDS}|{VOUCHED})({HOST_OF_PAGE}[^\s()\[\],;，；。<>]{{0,300}}+)"
    r"(?:[,，] [^;\n]{1,60})?[\])）】]\Z"
)
"""An address without its scheme, with a remark behind it or none."""
_SITE = later(
    rf"[\[(（【]{SOURCE_IN_WORDS}(?:[^;；\n()\[\]]{{2,100}}(?:,|，|\s[—–-])\s)?"
    rf"({HOST})[\])）】]\Z"
)
"""The host of a source behind its name or alone: "(Source: WHO — who.int)"."""
_TO = later(r"\s(?:to|bis|à|al?|до|по)\s|\.{2,3}")
_BETWEEN_NUMBERS = later(
    rf"[/+]|\s?[;,，；、،؛]\s?(?:{AND}\s)?|\s{AND}\s|\sו-?|(?<=[0-9]) (?=[0-9])"
)

MARKED_NOTE = rf"※{NUMBER}(?![0-9])"
"""A number behind a reference mark: "※4"."""

STANDARD = r"[A-Z]{2,6} (?!(?:1[5-9]|20)[0-9]{2}\b)[0-9][0-9A-Za-z.-]{0,12}"
"""A label of a standard with a blank in it: "[SP 800-132]", and no acronym with its year."""
NAMED_KEY = (
    r"(?:[A-Z][\w’'-]{1,30} (?:(?:and|&) [A-Z][\w’'-]{1,30} |et al\.? )?[0-9]{2}[a-z]?)(?=[\],;])"
)
"""A key of names and a short year: "[Roe and Doe 02]"."""
_CODED = (
    r"(?=[A-Za-zÀ-ɏ.+'’&-]{0,30}[0-9+/_.-])(?!(?:1[5-9]|20)[0-9]{2}\b)[A-Za-z0-9À-ɏ.+'’&/_-]{1,64}"
    r"|[A-Za-z]{1,2}|[ivxlc]{1,7}|[IVXLC]{1,7}|(?:[Nn]ote|nb) [0-9]{1,3}"
    rf"|{STANDARD}|{NAMED_KEY}"
)
"""Labels that are no words: with a digit or a sign, of one or two letters, or Roman numerals."""
_WORD = r"[^\W\d_](?:[^\W\d_]|-){2,39}+(?:\s(?:1[5-9]|20)[0-9]{2}[a-z]?)?"
_NAME = r"[^\W\d_][\w'’&.-]{0,39}(?:\s[\w'’&.-]{1,40}){1,7}"
"""What an entry is called that has no label: "Port Herald"."""
_WORD_OR_CODE = rf"(?>(?:{_CODED})(?=[\s,;:\]])|{_WORD})"
_CLOSES = r"(?=\s{0,2}(?:[.,;:!?)\]\[。，；、]|$))"
OF_THE_LIST = (
    rf"\[(?:{_CODED})(?:{PLACE})?(?:\s?[,;]\s?(?:{_CODED})(?:{PLACE})?){{0,20}}\](?![\w(]|:(?!\s{{0,3}}$))"
    rf"|\[{_WORD}(?:{PLACE})?(?:\s?[,;]\s?{_WORD_OR_CODE}(?:{PLACE})?){{0,20}}\]"
    rf"{_CLOSES}|\[{_NAME}(?:;\s?{_NAME}){{0,8}}\](?!\[){_CLOSES}"
)
"""Labels as the list has them; those that are words only where they close something."""
_NAMED_SOURCE = later(NAMED)
_IN_SQUARE_BRACKETS = later(r"\[[^\[\](){}\n]{2,200}\](?![(:])")
_NO_SOURCES = frozenset(
    "none|none given|n/a|not given|not stated|not available|unknown|unclear|various|see below"
    "|see above|see text|below|above|ibid.|ibid|keine|keine angabe|k. a.|unbekannt|siehe oben"
    "|siehe unten|s. o.|s. u.|aucune|inconnue|voir ci-dessous|voir ci-dessus|ninguna|desconocida"
    "|nenhuma|desconhecida|nessuna|sconosciuta|нет|неизвестно|см. ниже|см. выше|无|不明|未知|不詳"
    "|なし|없음".split("|")
)
"""What stands for the name of a source where none is given."""
_SEPARATES = later(r"\s?[;；]\s?")
_REMARKS = later(r"[a-z]{3,20}:\s")
"""What is said of a source behind it: "verified: the design says so"."""
_SEPARATES_PAGES = later(rf"\s?；\s?|\s?;(?!{_GOES_ON})\s?|(?<=[)）])[,，、]\s?")
"""The same, and a comma behind brackets: "[Source: Herald (https://…), Post (https://…)]"."""
_CALLED = later(rf"\A{SOURCE_IN_WORDS}")
_SOURCE = later(rf"\A(?:{SOURCE_IN_WORDS}|{VOUCHED}|{_AS_CITATION})")

_REFERENCE_LINK = later(
    r"\[(?![\^@])(?P<words>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\]){1,300}+)\]"
    r"(?:\[(?P<label>[^\[\]\n]{0,80})\](?!\()|(?![(:]))"
)
"""A link whose address is defined elsewhere: "[the map][m]", "[the map][]", "[the map]"."""


_LEADS_ON = later(
    r"(?:\A|[\s(])(?:an?|the|of|in|to|from|by|with|on|for|and|or|is|are|at|as|see|our|your|their|this"
    r"|its|der|die|das|des|dem|den|eine?|einer|im|von|zu|bei|le|la|les|de|du|une?|el|los|las|una|di|il"
    r"|lo|gli|en|o|y|et|ou|und|oder) \Z",
    re.I,
)
LONGEST_LEAD = 8
"""Characters before a bracket that `leads_on` is asked of: 7 at most, by the pattern."""
_SHORTEST_CODE = 3
"""Letters of a word in capitals that is the name of a source: two may be a State or a language."""
_CLOSING = later(_CLOSES)
_REFERRED = later(
    rf"{WORDED}|\b[Rr]efs?\.\s(?<![(\[【][Rr]efs\.\s)(?<![(\[【][Rr]ef\.\s)"
    rf"({NUMBERS}(?:\s{AND}\s{NUMBER})?)(?![\w%])"
    rf"|\b[Ss]ources?\s(#{NUMBER}(?:(?:,\s|\s{AND}\s|\s?{DASH}\s?)#{NUMBER}){{0,9}})(?![\w%])"
)
"""Entries that are words of a sentence: "as ref. 2 says", "(see source #2 for more)".

Those in brackets of their own are markers already.
"""


def refers(text: str) -> bool:
    """Whether a text may name entries of its list as words of its sentences."""
    return holds(text, "ef.", "efs.", "ource #", "ources #") and bool(_REFERRED.search(text))


def called(text: str, listed: frozenset[str]) -> frozenset[str]:
    """The brackets, "[" or "(", in which a text calls entries of its list sources: "[Source 3]"."""
    return frozenset(
        bracket
        for bracket, signs in _OPENS_CALLED.items()
        if any(_is_of(listed, found) for found in _some(signs, text))
    )


def _some(signs: str, text: str) -> Iterator[Marker | None]:
    found = begun_with(signs, _CALLED_SOURCES, text, _BEGINS_CALLED)
    return (read_placed(match[0]) for match in islice(found, _MOST_CALLED))


def _is_of(listed: frozenset[str], marker: Marker | None) -> bool:
    return marker is not None and listed.issuperset(marker.labels)


def with_referred(raw: str, listed: frozenset[str]) -> str:
    """The text with a marker behind the entries that it names in words: "ref. 2 [2]"."""

    def marked(match: re.Match[str]) -> str:
        said = match[1] or match[2]
        if said is None:
            return match[0]
        numbers = _BETWEEN_NUMBERS.sub(",", said.replace("#", ""))
        labels = expand(numbers)
        return f"{match[0]} [{numbers}]" if labels and listed.issuperset(labels) else match[0]

    return _REFERRED.sub(marked, raw)


def folded(label: str) -> str:
    """A label as CommonMark compares it: whatever its case and the width of its spaces."""
    return " ".join(label.split()).casefold()


def leads_on(before: str) -> bool:
    """Whether a text ends in a word that another one has to follow."""
    return before[-1:] == " " and _LEADS_ON.search(before) is not None


def linked_reference(
    raw: str, at: int, spelled: Mapping[str, str], defined: Set[str], *, collapsed: bool
) -> tuple[Marker, re.Match[str]] | None:
    """The link by a label of the list that begins at a bracket; None where there is none.

    Args:
        raw: The characters of a block.
        at: Where the bracket stands.
        spelled: The labels of the list that are words, by how they are compared.
        defined: Those of them that the definition of a link has, "[the map]: https://…".
        collapsed: Whether only "[the map][]" is looked for, which nothing else can be.

    One word alone in brackets that no definition has is none, as an editor may have put it in,
    unless it is in capitals or words lead on to it where it closes something.
    """
    match = _REFERENCE_LINK.match(raw, at) if spelled else None
    if match is None or (collapsed and match["label"] != ""):
        return None
    words, label = match["words"], match["label"]
    if label is None and " " not in words and folded(words) not in defined:
        closes = _CLOSING.match(raw, match.end())
        leads = closes and leads_on(raw[max(0, at - LONGEST_LEAD) : at])
        if not leads and not (words.isupper() and len(words) >= _SHORTEST_CODE):
            return None
    name = spelled.get(folded(label or words))
    return (Marker((name,), words=words), match) if name else None


@lru_cache(maxsize=512)
def read_placed(raw: str) -> Marker | None:
    """Entries 1 and 3 for "[see 1, p. 12; 3]", "[Sources 1 and 3]"; None where words are left."""
    # With a bracket before it: "Nr." calls a source only there.
    inside = _NOT_NUMBERS.sub("", f"[{_LEAD.sub('', raw[1:-1])}")[1:]
    inside = _TO.sub("-", _BETWEEN_NUMBERS.sub(",", inside)).strip()
    labels = expand(inside) if _NUMBERS.fullmatch(inside) else None
    return Marker(labels, sure=_NAMES_PLACE.search(raw) is not None) if labels else None


def read_named(raw: str) -> Marker | None:
    """The names of "[Source: report.pdf, p. 3; minutes.docx]"; None where an address is among them.

    Addresses alone in brackets are citations already; those with names or remarks are links:
    "[Source: Roe, https://… (retrieved 5 May); https://…, p. 8]".
    """
    if _ADDRESSED.search(raw):
        return _read_told_pages(raw)
    if "/" in raw and (hosted := _HOSTED.match(raw)):
        return read_bare_address(f"({hosted[1]})", called=True) or Marker((hosted[1],))
    site = _SITE.match(raw) if "." in raw else None
    if site and (found := read_bare_address(f"({site[1]}/)", called=True)):
        return found
    names = _SEPARATES.split(_SOURCE.sub("", raw[1:-1]).strip())
    labels = tuple(map(_bare, names))
    readable = all(any(map(str.isalpha, label)) for label in labels)
    named = readable and not _NO_SOURCES.issuperset(map(str.casefold, labels))
    return Marker(labels) if named else None


def _bare(name: str) -> str:
    """A name without what stresses it; "_drafts/plan.md" has a line of its own."""
    bare = name.strip("*` ")
    return bare.strip("_") if bare[:1] == bare[-1:] == "_" else bare


def _read_told_pages(raw: str) -> Marker | None:
    """The addresses, one in each part but those that only remark on the others."""
    inside = _CALLED.sub("", raw[1:-1])
    parts = [_ADDRESS.findall(part) for part in _SEPARATES_PAGES.split(inside)]
    pages = [page for found in parts for page in found]
    if not pages or len(pages) != raw.count("://") or any(len(found) > 1 for found in parts):
        return None
    if "; ".join(pages) == _SEPARATES_PAGES.sub("; ", inside):
        return None
    first, *more = (Marker((), words="", url=page) for page in pages)
    return first._replace(more=tuple(more))


def listed_in(marker: Marker, listed: frozenset[str]) -> Marker:
    """The entries that a source in words names: S1 and S3 for "[Source: S1 §2, S3; read: May]".

    The marker itself where the list does not have them all.
    """
    named = [label for label in marker.labels if not _REMARKS.match(label)]
    labels = _BETWEEN_NUMBERS.split(_PLACED_BEHIND.sub("", ", ".join(named)).rstrip(". "))
    return Marker(tuple(labels)) if listed.issuperset(labels) else marker


def names_in(text: str) -> Iterator[tuple[str, bool]]:
    """Names that a text has in brackets, "[A; B]", each with whether it calls them sources there.

    As in "(Source: C)".
    """
    for pattern in (_IN_SQUARE_BRACKETS, _NAMED_SOURCE):
        for match in pattern.finditer(text):
            names = _SOURCE.sub("", match[0][1:-1])
            called = len(names) < len(match[0]) - 2
            yield from ((name.strip(), called) for name in _SEPARATES.split(names))


def read_marked(raw: str) -> Marker | None:
    """Entries 1 to 3 for "※1-3", numbers that a sign calls those of sources; else no labels."""
    return Marker(expand(raw[1:]) or ())


@lru_cache(maxsize=512)
def read_labels(raw: str) -> Marker | None:
    """The labels of "[iii, iv]" and "[DR+21, Section 3]"."""
    return Marker(tuple(_BETWEEN_LABELS.split(_PLACED_BEHIND.sub("", raw[1:-1]))))
