"""How prose says in English and other languages with spaces who reported something.

Patterns of what stands before a name, behind it and between two, and the words they are made of.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from string import ascii_lowercase, ascii_uppercase

from ledger.letters import WIDE_SPACES
from ledger.outlets import fold
from ledger.patterns import later


def _any_of(words: Iterable[str]) -> str:
    """A pattern of these words, those that begin alike together: that is found faster."""
    ways: list[str] = []
    for letter, group in groupby(sorted(words, reverse=True), key=itemgetter(slice(1))):
        rests = [word[1:] for word in group]
        ways.append(letter + (rests[0] if len(rests) == 1 else f"(?:{_any_of(rests)})"))
    return "|".join(ways)


_ARTICLE = (
    r"(?:(?:the|(?-i:an?|both|another|one|two|several|recent|new|exclusive|separate|this|that))"
    r"\s{1,4}){0,3}"
)
"""In small letters, or it begins a name: "the New York Times"."""
_WORK = (
    r"(?:reports?|stories|story|articles?|investigations?|analys[ie]s|op-ed|editorials?|polls?|"
    r"surveys?|study|studies|interviews?|dispatch(?:es)?|reporting|coverage)"
)
_WHEN = (
    r"(?:today|yesterday|(?:this|last) (?:week|month|year)|"
    r"(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_SORT = (
    r"(?:(?P<sort>(?-i:journal|newspaper|magazine|daily|weekly|news agency|agency|broadcaster"
    r"|website|outlet))\s)"
)
"""What a name is said to be: then it is no common word. In small letters: "the Daily Telegraph"."""
_KIND = (
    r"(?:(?P<kind>(?:nachrichten|presse)agentur|(?:tages|wochen)?zeitung|(?:nachrichten)?magazin"
    r"|sender|agence(?: de presse)?|journal|quotidien|hebdomadaire|magazine|cha[iî]ne"
    r"|agencia(?: de noticias)?|diario|periódico|cadena|agência|jornal|agenzia|quotidiano"
    r"|persbureau|krant|агентство|газета|издание|журнал|телеканал)\s{1,4})"
)
_TELLERS = (
    "berichtet|berichten|berichtete|berichteten|meldet|melden|meldete|meldeten|schreibt|schrieb"
    "|zitiert|zitierte|rapporte|rapportent|rapporté|rapportait|écrit|révèle|révélé|relaie|citant"
    "|appris|informa|informan|informó|informaron|informado|reporta|reportó|publica|publicó|publicado"
    "|adelantó"
    "|citando|noticiou|informou|publicou|riferisce|riferito|riporta|riportato|scrive|scritto"
    "|meldt|schrijft|сообщает|сообщают|сообщил|сообщила|сообщило|сообщили|передает|передаёт"
    "|передают|передал|передало|пишет|пишут|написал|написала|написало"
)
"""Verbs of reporting in other languages than English: who tells stands behind them, or before."""
_SPOKE = (
    r"(?:haut |haute |vice-|premi(?:er|ère) )?"
    r"(?:avocat|chef|conseill|dirigeant|diplomate|directeur|directrice|élu|habitant|maire|médecin"
    r"|ministre|officiel|patron|porte-parole|préfet|président|procureur|responsable|secrétaire"
    r"|source|témoin)"
    r"\w{0,4}(?: [^,;:.!?\n]{1,40}?)?"
)
"""Who spoke, behind the verb: what is given or declared stands there, too ("la guerre à CNN")."""
BEFORE = later(
    r"(?:"
    r"(?P<strong>according to|as reported by|(?:first |originally |previously |earlier )?"
    r"reported(?: first| earlier| previously)? (?:by|in|on)|"
    rf"(?P<work>{_WORK} (?:by|in|from|published (?:by|in)))|"
    rf"published(?: {_WHEN})? (?:by|in)|"
    r"cited by|citing|quoted (?:by|in)|quoting|wr(?:ote|iting) (?:in|for)|"
    r"laut|selon|d[’']après|según(?: ha podido saber)?|secondo|segundo|volgens|według|enligt|"
    r"ifølge|jak (?:podaje|podała|podał|podało|informuje|donosi)|"
    r"по данным|по сообщению|как сообщает|за даними|"
    r"(?:sources?|quellen?|fuentes?|fontes?|fonte|źródło|kaynak|джерело|источник):)"
    rf"|(?P<teller>(?:{_TELLERS})(?:\s(?:zuerst|zuvor|auch|heute))?"
    r"|unter berufung auf|(?P<bericht>bericht(?:e?s|en)? (?:de[rs]|von))"
    r"|nach (?:informationen|recherchen) (?:de[rs]|von)|со ссылкой на"
    r"|(?:gegenüber|(?:gespräch|interview) mit|(?:dit|déclaré|confié|expliqué|indiqué)"
    rf"(?: (?:un|une|le|la|son|sa) {_SPOKE})? (?:à|au)"
    r"|(?:dijo|declaró|explicó|declaraciones) al?"
    r"|(?:detto|dichiarato)(?=\sa(?:l|ll[’']|lla)?\b)))"
    r"|(?P<listener>told|tells|telling|(?:speaking|spoke|talking|talked) (?:to|with)|"
    r"interviews? (?:with|to)|(?:statement|statements|comments|remarks) to|"
    r"(?:seen|obtained|reviewed|viewed|disclosed|revealed|confirmed|verified) (?:by|to))"
    r"|(?P<weak>via|per)"
    rf")\s{{1,4}}{_ARTICLE}{_SORT}?(?P<article>(?:al)?l[’']|(?:der|die|das|dem|de|le|la|les|el|los|il|lo|o|al?|alla)\s{{1,4}})?"
    rf"{_KIND}?[“„\"‘'«]?",
    re.I,
)
DENIED = later(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es?|ed|ing)"
    r"|refut(?:es?|ed|ing)|contradict(?:s|ed|ing)?|dementier(?:t|te|ten|en)"
    r"|bestr(?:itt|itten|eitet)|w(?:ie|ei)s(?:t|en)?)\s(?:(?:an?|any|the|this|that|these|those|earlier|recent|previous|several"
    r"|media|news|press|einen|den|diesen|die|diese)\s){0,3}\Z",
    re.I,
)
"""What ends so before a report says that it is wrong: "denied a recent | report by Reuters"."""
LONGEST_DENIED = 45
"""Characters that it has at most."""
COMPOUND = later(r"-[A-Z0-9]")
"""What makes a name a part of another word: "CNN-BiLSTM"."""
_PERSON = (
    r"(?:(?:senior |chief |foreign |diplomatic )?(?:correspondent|reporter|journalist|columnist|"
    r"analyst|anchor|editor|host|bureau)s?|newspaper|magazine|news agency|agency|website|outlet|"
    rf"{_WORK})"
)
_ADVERB = (
    r"(?:has|had|have|all|both|each|also|later|first|previously|earlier|exclusively|recently"
    r"|separately)"
)
AFTER = later(
    rf"(?P<owns>[’'”\"»]s?)?(?:\s{{1,4}}(?P<noun>{_PERSON}))?"
    r"(?:,\s(?:citing|quoting)\s[^,;:.!?\n]{2,80},|,)?"
    rf"(?:\s{{1,4}}{_WHEN})?(?:\s{{1,4}}{_ADVERB}){{0,2}}\s{{1,4}}"
    r"(?:(?P<tells>was the first to report|was first to report|which (?:first|earlier) reported"
    r"|reported|reports|writes|wrote|revealed|reveals|quoted|quotes|cited|cites)"
    r"|(?P<says>said|says|found|finds|noted|notes|showed|shows|suggests?|suggested|"
    r"estimates?|estimated|stated|assesses|assessed|warned|claims?|claimed|confirmed))\b"
)
AFTER_ELSEWHERE = later(
    r"['’](?:[yn]?[ae]"
    r"|n?[ıiuü]n\s{1,4}(?:\w{1,20}\s{1,4})?(?:haberi|raporu|\w{2,12}(?:dığı|diği))n[ae])"
    r"\s{1,4}göre\b(?!\s{1,4}değil)|[”“\"’»]?"
    r"(?:\s{1,4}(?:unter (?:Berufung|Verweis) auf|со ссылкой на)\s[^,;:.!?\n]{2,60}?)?"
    r"(?:\s{1,4}(?:ha|hat|a|darüber|zuerst|zuvor|am [A-Z][a-z]{3,9}tag))?"
    rf"\s{{1,4}}(?:{_TELLERS})\b"
    r"(?!\s{1,4}ni(?:cht|et)\b)"
)
"""The same as `AFTER` in other languages, in Turkish "Reuters'ın haberine göre"."""
INVERTED = later(
    r"[,”\"’»]\s(?:says|said|reports|reported|writes|wrote|notes|noted)\s{1,4}(?:the\s{1,4})?"
)
"""Speech, then its verb, then who spoke: 'The plague is fatal, says the agency.'"""
CLOSES = later(r"\s{0,2}(?:[.,;:!?”\"’»)]|$)")
SHORT = later(r"(?P<long>[^\W\d_][^().,;:!?\n]{2,80}?)\s\((?P<short>[A-Z]{2,10})\)")
"""A name in full and how it is written short: "Centre for Disease Control (CDC)"."""
CREDIT = later(r"\A[^()\n]{2,40}\((?P<name>[^()\n]{2,40})\)\s{0,4}(?:[—–]|--?\s)")
_DATE = (
    r"(?:(?:[A-Z][a-z]{2,8}\.? (?:[0-9]{1,2}, )?|[0-9]{1,2}\.? (?:de )?[^\W\d_]{3,10}\.? (?:de )?"
    r"|[0-9]{1,2}[-./](?:[a-z]{3,9}|[0-9]{1,2})[-./])?[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?"
    r"|[A-Z][a-z]{2,8}\.? [0-9]{1,2})"
)
_DATED = rf"[^()\n,;]{{2,60}},? {_DATE}"
CITED_YEAR = later(rf"\((?P<names>{_DATED}(?:;\s{_DATED}){{0,4}})\)")
"""Names, each with a year or a date, in brackets: "(Reuters, May 4, 2024; BBC, 2023)"."""
DATED_NAME = later(rf"\s?(?P<name>[^()\n,;]{{2,60}}),? {_DATE}")
"""One of them."""
CREDITED = later(r"[.!?…”\"»]\s\((?P<names>[A-Z][^()\n]{1,80})\)\.?\Z")
"""Names in brackets behind the stop of a sentence: "It fell. (Reuters, BBC)"."""
MAY_CREDIT = later(
    r"\((?:[^()\n]{3,240}+(?<=[0-9])\)|[^()\n]{2,90}+\)\s{0,4}[—–-]"
    r"|(?<=[.!?…”\"»]\s\()[A-Z][^()\n]{1,80}\)|(?<=[^\W_]\s\()[A-Z][^()\n]{1,80}\)\.)"
)
"""Where a text may have one of these four."""
AND = later(
    r"(?:,?\s{1,4}(?:and|or|as well as|&|und|oder|sowie|et|ou|y|o|e|og|och|en|i|и|та|і)\s{1,4}"
    r"|,\s{1,4})"
    r"(?:(?:[Tt]he|der|die|das|den|dem|la|le|les|el|los|il|lo|o|a)\s{1,4}|[Ll][’'])?"
)
"""What joins two names, with the article of the second."""
OPENS_PHRASE = frozenset(
    """
    source sources quelle quellen fuente fuentes fonte fontes zrodło kaynak джерело источник
    bericht berichtes berichts berichten nach jak
    according as first originally previously earlier reported report reports story stories article
    articles investigation investigations analysis analyses op editorial editorials poll polls
    survey surveys study studies interview interviews dispatch dispatches reporting coverage
    published cited citing quoted quoting wrote writing laut selon d segun secondo segundo volgens
    według według enligt ifølge по как за told tells telling speaking spoke talking talked statement
    statements comments remarks seen obtained reviewed viewed disclosed revealed confirmed
    verified via per unter со gegenuber gesprach dit declare confie explique indique
    dijo declaro explico declaraciones detto dichiarato
    """.split()
) | frozenset(map(fold, _TELLERS.split("|")))
"""First words, folded, of what `BEFORE` matches."""
OPENS_PLAIN = later(rf"[^a-z0-9](?:{_any_of(OPENS_PHRASE)})(?![a-z0-9])")
"""One of them in text in small letters without letters beyond ASCII, but for its first word."""
_REPORTING = frozenset(
    """
    source sources quelle quellen fuente fuentes fonte fontes źródło kaynak джерело источник
    according reported report reports story stories article articles investigation investigations
    analysis analyses op-ed editorial editorials poll polls survey surveys study studies interview
    interviews dispatch dispatches reporting coverage published cited citing quoted quoting wrote
    writing laut selon après según secondo segundo volgens według enligt ifølge данным
    сообщению сообщает даними told tells telling speaking spoke talking talked statement statements
    comments remarks seen obtained reviewed viewed disclosed revealed verified via per
    bericht berichtes berichts informationen recherchen
    podaje podała podał podało informuje donosi
    writes reveals quotes cites said says found finds noted notes showed shows suggest suggests
    suggested estimate estimates estimated stated assesses assessed warned claim claims claimed
    confirmed berufung ссылкой gegenüber gespräch dit déclaré confié expliqué indiqué
    dijo declaró explicó declaraciones detto dichiarato göre
    """.split()
) | frozenset(_TELLERS.split("|"))
"""Words of which each phrase of reporting, before a name or after it, has at least one, "d’après"
without its first letter: most sentences have none, and are not searched."""

MAY_REPORT = later(rf" (?:{_any_of(_REPORTING)})\b")
"""Where text may have one of them that is in small letters and has a space before each word."""
_BEFORE_WORDS = " \t\n\v\f\r\x1c\x1d\x1e\x1f.,;:!?()[]\"'"
PARTED = bytes.maketrans(
    (ascii_uppercase + _BEFORE_WORDS).encode(), ascii_lowercase.encode() + b" " * len(_BEFORE_WORDS)
)
"""Makes text so, as far as it is ASCII: a space is found in half the time that a set takes."""
BEFORE_WORDS = "…“”‘’«»—。！？；」』）" + WIDE_SPACES
"""What else may stand before a word."""
