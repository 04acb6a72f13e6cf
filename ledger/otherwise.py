"""Two sentences that are alike -> what makes the one say something else than the other.

A changed word in ten leaves two sentences alike, and may turn what they say: another number, euros
for dollars, a "not" that came or went. That words were put in place of others is not judged.
"""

import unicodedata
from typing import Literal

from ledger.figures import same_figures, same_units
from ledger.patterns import later as compiled_later

Turn = Literal["figures", "units", "not-gained", "not-lost"]
"""What the later of two sentences says otherwise.

figures: other numbers, in digits or in words. units: as many of something else. not-gained,
not-lost: it denies more often than the earlier one, or less often.
"""

_NOT = compiled_later(
    r"\b(?:not(?! (?:only|just|merely|least|for profit)\b|-for)|never|nobody|nothing|none|neither"
    r"|nowhere|cannot|without(?! (?:a )?doubt\b)|unable to"
    r"|fail(?:s|ed|ing|ure)? to(?! (?:the|an?)\b)|nicht(?! (?:nur|zuletzt)\b)|nie(?! tylko\b)"
    r"|bez(?! wątpienia\b)|niemals|niemand"
    r"|nichts|nirgends|weder|ohne(?! zweifel\b)|kein(?:e[nmrs]?)?|keinerlei|keineswegs|keinesfalls"
    r"|niet(?! alleen\b)|geen|nooit|niets|zonder|sans(?!-| doute\b)|sin(?! (?:embargo|duda)\b)|sem"
    r"|senza|без|ikke|inte|ingen)(?<!whether or not)\b|n['’]t\b"
    r"|不(?![过過仅僅但光只少断斷久论論管止幸锈鏽]|同(?!意)|动产|動產|得不)(?<!差不)(?<!对不)(?<!對不)(?<!不得不)"
    r"|[没沒](?![收落])(?<![沉淹埋吞出][没沒])|未(?!来|來|必|成年)"
    r"|않(?!을 수 없|으면 안)(?<!못지않)|(?<=지 )못[하한할함합해했]|(?<!\w)아(?:니[다었며]|닙)"
    r"|(?<!\w)없[다었는을습음](?<!밖에 없.)(?<!않을 수 없.)"
    r"|\b[وف]?(?:لم(?! (?:ال)?شمل)|لن|ليس(?:ت|وا)?(?! فقط)|(?<!أم )لا(?! (?:بد|شك|سيما|[يت]زال)))"
    r"\b(?!.{0,80} إلا\b)"
    r"|[无無](?![线線锡錫论論数數疑]|人[机機驾駕飞飛车車艇船])"
)
"""Words that deny, whatever else does."""
_PARTICLE = compiled_later(
    r"\b(?:no(?!\.? ?\d|-| (?:less|fewer|more) than\b| doubt\b)"
    r"|ne(?! \w{1,30} qu(?:e\b|['’]))|non(?!-)|não|не|нет)\b"
    r"(?! (?:seulement|s[oó]lo|só|apenas|solo|soltanto|только)\b)"
    r"|\bn['’](?=[aeiouyhéèêàâîô])(?!(?:y )?\w{1,30} qu(?:e\b|['’]))"
)
"""What denies beside a verb, and does so once with another word of `_WITH_IT`: "no dijo nada".

French "ne … que" is "only".
"""
_WITH_IT = compiled_later(
    r"\b(?:nunca|jamás|nadie|nada|ningún|ningun[oa]|tampoco|ninguém|nenhuma?|nessun[oa]?|niente"
    r"|nulla|никогда|никто|ничего)\b"
)
_IN_THE = compiled_later(r"\b(?:[Ee]m|[Oo]s|[Uu]ma?|foi|[Aa]os?|[Pp]el[oa]s?|[Ee]l[ae]s?|é|às)\b")
"""Words of Portuguese, of which "no" is "in the"; "OS" is none."""
_NO = compiled_later(r"\bno\b")
_OF_IT = compiled_later(r"\b(?:che|è|gli|[dn]ell[aeo]|degli|negli|sono|perché)\b")
"""Words of Italian, of which "ne" is "of it"."""
_NE = compiled_later(r"\bne\b")


def says_otherwise(earlier: str, later: str, *, ordered: bool = False) -> tuple[Turn, ...]:
    """What makes the later of two sentences say something else, in the order of `Turn`.

    Args:
        earlier, later: The sentences.
        ordered: Whether the figures must stand in the same order.

    Never raises.
    """
    if earlier == later:
        return ()
    turns: list[Turn] = []
    if not same_figures(earlier, later, ordered=ordered):
        turns.append("figures")
    if not same_units(earlier, later):
        turns.append("units")
    before, after = denials(earlier), denials(later)
    if before != after:
        turns.append("not-gained" if after > before else "not-lost")
    return tuple(turns)


def denials(text: str) -> int:
    """How often a sentence says "not", "no", "never" or the like, in any of several languages."""
    written = unicodedata.normalize("NFKC", text)
    plain = written.casefold()
    if _IN_THE.search(written):
        plain = _NO.sub("", plain)
    if _OF_IT.search(plain):
        plain = _NE.sub("", plain)
    beside = max(len(_PARTICLE.findall(plain)), len(_WITH_IT.findall(plain)))
    return len(_NOT.findall(plain)) + beside
