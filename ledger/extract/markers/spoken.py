"""A marker -> whether its sentence says it as a word: "According to [3], rents rose".

Such a marker cites as any other, and stays in the text, which would not read without it. At the
end of a sentence it stays behind words that must go on ("as described in [3]."), and else goes as
others do: nobody can tell "made of [3]." from "he dreams of [3].".
"""

from ledger.letters import SAYS_WIDE
from ledger.patterns import later

_MARKER = r"(?:\[[0-9]{1,4}(?:[,;–-]\s?[0-9]{1,4}){0,8}\]|\\cite\{[^{}\n]{1,200}\})"
"""A number in brackets, or the command of LaTeX that shows one, or a name and a year."""
_AND = r"(?:(?:and|or|&|und|oder|sowie|et|ou|y|e|en|och|og|и|или|та)\s)?"
_BESIDE = later(rf"(?:{_MARKER}(?:,\s?|\s)?{_AND}){{1,6}}\Z")
"""Markers right before another."""
_GOVERNS = later(
    r"(?:\b(?:[Aa]ccording to|[Ss]ee(?: also)?|[Pp]er|[Uu]nlike|[Uu]sing|[Ff]ollowing"
    r"|[Oo]f|[Ww]ith|[Ff]rom|[Bb]y|[Tt]han|[Bb]etween"
    r"|[Vv]on|[Aa]us|[Mm]it|[Zz]wischen|[Dd]e|[Aa]vec|[Ee]ntre|[Dd]i|[Tt]ra|[Vv]an|[Ii]z"
    r"|(?:[Cc]ompared|[Ss]imilar|[Ii]dentical|[Cc]ontrast|[Rr]efer(?:s|red)?|[Ee]quivalent) to"
    r"|(?:[Aa]s|[Ww]ie|[Zz]oals|[Cc]ome|[Tt]han|[Tt]hat|[Tt]hose|[Aa]pproach|[Rr]esults?) in"
    r"|(?:[Bb]uil[dt](?:s|ing)?|[Ii]mprove[sd]?|[Bb]ased) (?:up)?on"
    r"|[Ll]aut|[Gg]emäß|[Ss]iehe|[Ss]elon|[Ss]egún|[Ss]econdo|[Vv]olgens|[Ee]nligt|[Ii]følge"
    r"|[Dd]e acordo com|[Dd]e acuerdo con|[Cc]onforme(?: a)?|[Dd][’']après|[Cc]onform|[Pp]rema"
    r"|[Сс]огласно|[Зз]гідно з|[Ww]edług|[Pp]odle"
    r"|[ВвУу] (?:стать|работ|робот|статт)(?:е|ах|ях|і)"
    r"|(?:[Ss]hown|[Dd]escribed|[Rr]eported|[Dd]iscussed|[Pp]roposed"
    r"|[Mm]entioned|[Nn]oted|[Ss]tated|[Ff]ound|[Gg]iven|[Uu]sed|[Dd]efined|[Pp]resented"
    r"|[Aa]ppear(?:s|ed)?|[Ii]ntroduced|[Ss]tudied|[Dd]eveloped|[Cc]onsidered|[Ss]uggested"
    r"|[Ii]nvestigated|[Aa]nalyz?s?ed|[Oo]btained|[Dd]erived|[Aa]dopted|[Ee]xtended)"
    r" in)|(?:^|[.!?…][\"”’)]{0,2}\s)(?:In|As|To|On|Like"
    r"|Both|Contrary to|Based on|As in|Since|While|Whereas|Although|Where))\s\Z"
)
_GOVERNS_ALONE = later(
    r"\b(?:[Aa]ccording to|[Ll]aut|[Gg]emäß|[Ss]elon|[Ss]egún|[Ss]econdo|[Vv]olgens|[Ee]nligt"
    r"|[Ii]følge|[Dd]e acordo com|[Dd]e acuerdo con|[Dd][’']après|[Сс]огласно|[Зз]гідно з|[Ww]edług"
    r"|[Pp]odle|(?:[Tt]aken|[Aa]dapted|[Rr]eproduced) from|[Rr]efs?\."
    r"|(?<!\()(?<!\([Aa]s )(?:[Aa]s|[Tt]han|[Ss]hown|[Dd]escribed|[Rr]eported"
    r"|[Dd]iscussed|[Pp]roposed|[Mm]entioned|[Nn]oted"
    r"|[Ss]tated|[Dd]efined|[Pp]resented|[Ii]ntroduced|[Ss]uggested|[Oo]utlined|[Dd]ocumented) in"
    r"|(?:[Ss]imilar|[Ii]dentical|[Ee]quivalent|[Cc]ontrary) to)\s\Z|文[献獻]\Z"
)
"""What nothing but a marker follows: "as in Ref. [3].", "as described in [3].", "文献[7]提出"."""
_ENDS_ALONE = (
    *"to |in |from |aut |mäß |lon |gún |ndo |ens |igt |lge | com | con |rès ".split("|"),
    *"сно |о з |ług |dle ".split("|"),
    *("ef. ", "efs. ", "ef.\u00a0", "efs.\u00a0"),
    *("文献", "文獻"),
)
"""The ends of those: most markers stand behind others."""
_SUBJECT = later(
    r"(?:^|(?:(?<!\bet al)\.|[!?…:;])[\"”’)]{0,2}\s"
    r"|\b(?:that|and|but|while|whereas|as|because|since|although|though)\s)\Z"
)
_IS = later(
    rf"(?:(?:,\s?|\s)?{_AND}{_MARKER}){{0,6}}+\s(?:is|are|was|were|has|have|had|can|could"
    r"|will|would|may|might|does|did|ist|sind|war|waren|hat|haben|est|sont|son|era|sono|são|är)\s"
)
_GOVERNING = frozenset(
    "to see also per of with from using than between von aus mit zwischen de avec entre di tra van "
    "iz unlike in on upon laut gemäß siehe selon "
    "según secondo volgens enligt ifølge согласно з według podle com con conforme a d'après "
    "d’après conform prema by as like following both since while whereas although where "
    "работе работах статье статьях роботі роботах статті статтях".split()
)
"""The last word of each."""
_WIDEST, _LONGEST_PHRASE, _LONGEST_HEAD, _LONGEST_STOP, _FURTHEST = 100, 34, 5, 26, 200
"""Characters before a marker: with markers side by side in it, of the phrase that governs them, of
one that heads a sentence of Chinese, Japanese or Korean, a stop and closers, of the same with
the word before, and of a sentence that another one begins. The phrases known
have up to 16."""
_GO_ON = frozenset((" ", ",", "[", "'", "’", "，", "、", "に", "で", "에"))
_GOES_ON = later(
    rf"(?:(?:,\s?|\s)?{_AND}{_MARKER}){{0,6}}+"
    r"(?:(?P<says>\s(?:(?:also|both|all|further|only|even)\s)?(?:says?|said|shows?|showed|reports?"
    r"|reported|finds?|found|argues?|argued|describes?|described|notes?|noted|suggests?|suggested"
    r"|states?|stated|claims?|claimed|explains?|explained|confirms?|confirmed|proposes?|proposed"
    r"|gives?|lists?|uses?|used|presents?|presented|concludes?|concluded|puts?|adds?|added)\b)"
    r"|,\s|\s(?![A-ZÀ-ÖØ-ÞΑ-ΩА-Я])[^\W\d_]|(?P<owns>['’]s\b))"
)
_PARTS = frozenset(',;"”')
_BEHIND_STOP = frozenset('.!?…:"”’)')
_AT_STOP = later(
    r"(?:(?:(?<![^\W\d_])(?:[a-zß-öø-ÿ]{4,5}|[^\W\d_]{6,20})|[0-9%)\]”\"’])"
    r"(?:[.!?…][\"”’)]{0,2}|:)|\*\*:|:\*\*)\s\Z"
)
"""The end of a sentence, or words in bold that head one, and hardly that of a short form."""
_DOES = later(
    rf"(?:(?:,\s?|\s)?{_AND}{_MARKER}){{0,6}}+\s(?:(?:also|both|all|further|only|even)\s)?"
    r"[a-z]{2,14}(?:[a-rt-z]s|ed)\s(?:an?|the|that|how|its|their|this|these|two|three|four|several"
    r"|some|both|all|no|each|every|whether|why|what|which|it|them|new|novel|only)\s"
)
"""What a work does, by any verb: "[5] introduces a suite", "[5] compares the two"."""
_ALSO_DID = later(
    rf"{_MARKER}\s(?:(?:also|both|all|further|only|even)\s)?[a-z]{{1,14}}(?:[a-rt-z]s|ed)\s"
    r"[^.!?\n]{1,160}[,;][\"”]?\s\Z"
)
"""Another work that does something in the same sentence: "[1] uses three tests, [2] uses two"."""
_LETTER = later(r"[^\W\d_]")
_SAID_BEHIND = later(
    r"(?:によ(?:れば|ると|る)|では|に(?:示|述|記)|에\s?(?:따르면|의하면|따라)|['’]y?[ea]\s(?:göre|ait))"
)
"""What goes on with a marker in Japanese, Korean and Turkish: "[2]によれば", "[2]'ye göre"."""
_SAYS_WIDE = later(rf"(?:{_MARKER}){{0,6}}+{SAYS_WIDE}")
_HEADS_WIDE = later(r"(?:^|[。！？；：，][”’」』）]{0,2}|\n)\s{0,2}\Z")
_IN_WIDE = frozenset("在于於从從如与與和由自")
"""What stands before a marker in "在[1]中"."""
_SAID_BEFORE, _GOES_ON_WIDE = (
    later(r"(?:根据|根據|依据|依據|据|據|按照|参照|參照)\Z"),
    frozenset("，、"),
)


def is_said(raw: str, begin: int, end: int) -> bool:
    """Whether a sentence says the marker from `begin` to `end` as a word.

    Behind a word that governs it, before what the sentence goes on with: "As [1] and [2] show".
    Or as its subject: "[3] says that", "[3] is old" at the head of a block. Of some side by
    side the first stays: "as [1][2] show".
    """
    if raw.endswith(_ENDS_ALONE, 0, begin):
        before = raw[max(0, begin - _LONGEST_PHRASE) : begin]
        if _GOVERNS_ALONE.search(before):
            return True
    behind = raw[end : end + 1]
    if (behind == "[" or not behind.isascii()) and _is_said_in_chinese(raw, begin, end):
        return True
    if behind in _GO_ON and _SAID_BEHIND.match(raw, end):
        return True
    if behind not in _GO_ON or (begin and raw[begin - 1] != " "):
        return False
    going = _GOES_ON.match(raw, end)
    if going is None or going["owns"]:
        return going is not None
    before = raw[max(0, begin - _WIDEST) : begin]
    if ("]" in before or "}" in before) and (beside := _BESIDE.search(before)):
        before = before[: beside.start()]
    if not before and (_IS.match(raw, end) or _DOES.match(raw, end)):
        return True  # nothing stands before it that it could close
    before = before[-_LONGEST_PHRASE:]
    last = before.rsplit(None, 1)[-1:]
    governed = last and last[0].lower() in _GOVERNING and _GOVERNS.search(before)
    if governed or (going["says"] and _SUBJECT.search(before)):
        return True
    return begin > 1 and _is_subject(raw, begin, end, says=bool(going["says"]))


def _is_subject(raw: str, begin: int, end: int, *, says: bool) -> bool:
    """Whether a sentence, or a further part of it, begins with a marker that does something.

    Such a sentence goes on with a small letter, as none else begins; of a text without capital
    letters that is not known. `says` tells that a word for what works do stands behind.
    """
    sign = raw[begin - 2 : begin - 1]
    does = _DOES.match(raw, end)
    parts = sign in _PARTS and (says or does)
    if parts and _ALSO_DID.search(raw, max(0, begin - _FURTHEST), begin):
        return True
    if sign not in _BEHIND_STOP or not (does or _IS.match(raw, end)):
        return False
    if not _AT_STOP.search(raw, max(0, begin - _LONGEST_STOP), begin):
        return False
    first = _LETTER.search(raw)
    return first is not None and first[0].isupper()


def _is_said_in_chinese(raw: str, begin: int, end: int) -> bool:
    behind = raw[end]
    if behind in _GOES_ON_WIDE:
        return _SAID_BEFORE.search(raw, max(0, begin - 2), begin) is not None
    if behind == "中":
        return raw[max(0, begin - 1) : begin] in _IN_WIDE
    says = (behind == "[" or behind.isalpha()) and _SAYS_WIDE.match(raw, end) is not None
    return says and _HEADS_WIDE.search(raw, max(0, begin - _LONGEST_HEAD), begin) is not None
