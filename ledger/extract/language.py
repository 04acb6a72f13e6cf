"""Text -> language code, by script and by function words.

Enough to choose a sentence model and a stop list; not a linguistic judgement. None is better
than a guess, so a text with too few function words has no language.
"""

import re
from collections import Counter

from ledger.letters import beyond_ascii
from ledger.patterns import later

_SCRIPTS = {
    "ja": later(r"[\u3040-\u30ff]+"),
    "ko": later(r"[\uac00-\ud7af]+"),
    "zh": later(r"[\u4e00-\u9fff]+"),
    "ar": later(r"[\u0600-\u06ff]+"),
    "he": later(r"[\u0590-\u05ff]+"),
    "ru": later(r"[\u0400-\u04ff]+"),
    "el": later(r"[\u0370-\u03ff]+"),
    "hi": later(r"[\u0900-\u097f]+"),
    "th": later(r"[\u0e00-\u0e7f]+"),
    "hy": later(r"[\u0530-\u058f]+"),
    "bn": later(r"[\u0980-\u09ff]+"),
    "pa": later(r"[\u0a00-\u0a7f]+"),
    "gu": later(r"[\u0a80-\u0aff]+"),
    "or": later(r"[\u0b00-\u0b7f]+"),
    "ta": later(r"[\u0b80-\u0bff]+"),
    "te": later(r"[\u0c00-\u0c7f]+"),
    "kn": later(r"[\u0c80-\u0cff]+"),
    "ml": later(r"[\u0d00-\u0d7f]+"),
    "si": later(r"[\u0d80-\u0dff]+"),
    "lo": later(r"[\u0e80-\u0eff]+"),
    "my": later(r"[\u1000-\u109f]+"),
    "ka": later(r"[\u10a0-\u10ff]+"),
    "am": later(r"[\u1200-\u137f]+"),
    "km": later(r"[\u1780-\u17ff]+"),
}
"""Letters of each."""
_WORDS = {
    "en": "the of and to in that is for was with by from are has have said which were be it this "
    "not",
    "de": "der die das und ist nicht mit den von für auf dem ein eine sich des wurde im laut zum",
    "fr": "le la les de des et est un une dans pour que qui du au aux sur pas par avec été ont "
    "sont selon",
    "es": "el la los las de que en un una y por con para del es se su al como más según fue",
    "it": "il di che la le un per una con del della sono non è nel dei al ha si più anche gli",
    "pt": "o os que de um uma para com não do da em por mais dos das foi ao são segundo",
    "nl": "de het een van en dat is op te zijn met voor niet aan door werd ook",
    "pl": "w i z na się że do jest nie o po przez jak od są został oraz",
    "sv": "i och att det som en på är av för med till den har inte om ett var enligt från",
    "tr": "ve bir bu için ile olarak olan daha çok en de da olduğu ise gibi",
    "da": "i og at det er en til af på med den der ikke som har for blev efter også ved fra",
    "no": "i og å det er en til av på med den ikke som har for ble etter også ved fra",
    "fi": "ja ei se että oli mutta ovat myös kun sekä joka tai kuin sen vuonna mukaan",
    "cs": "se v na je že s z o ve k u pro jako byl podle který která jsou ale by",
    "sk": "sa v na je že s z o vo k u pre ako bol podľa ktorý ktorá sú ale by",
    "hr": "i u je na se da su za od s koji koja kao bi nije ili prema biti također što",
    "sl": "v je na se da so za od z ki kot bi ni ali po tudi bil pri še",
    "hu": "az és hogy nem egy volt meg szerint csak már mint ez azt vagy még pedig",
    "ro": "și în de la cu din care pe este să că nu mai au fost pentru o prin",
    "ca": "el la els les de que i en és amb per una del dels al va ha més com",
    "id": "yang dan di ini itu dengan untuk dari pada dalam tidak ke akan oleh telah juga adalah",
    "vi": "và của là có trong được cho một những người các đã với không này từ tại theo năm",
}
_BULGARIAN = r"(?<![\u0400-\u04ff])(?:се|през|са|че|ще|беше|който|която|които)(?![\u0400-\u04ff])"
"""Words that Russian has not: short texts may lack the letter of Bulgarian."""
_PERSIAN = r"(?<![\u0600-\u06ff])(?:در|است|شد|را)(?![\u0600-\u06ff])"
"""Words that Arabic has not."""
_LETTERS = {
    "ru": (
        ("uk", later("[іїєґ]")),
        ("sr", later("[ђћџјљњ]")),
        ("ru", later("[ыэё]")),
        ("bg", later(rf"ъ|{_BULGARIAN}")),
    ),
    "ar": (("ur", later("[ٹڈڑںےہ]")), ("fa", later(rf"[پچژگکی]|{_PERSIAN}"))),
    "hi": (("ne", later(r"(?:हरू|(?<![\u0900-\u097f])छ(?:न्)?)[\s।,]")), ("mr", later("ळ"))),
    "bn": (("as", later("[ৰৱ]")),),
}
"""Letters and words that one language of a script has and those below it lack."""
_OWN_LETTERS = {"tr": "ğı", "pl": "łąęźż", "cs": "ěřů", "hu": "őű", "ro": "țș", "vi": "ơưạảấầậếềệ"}
"""Letters that hardly any other language of the Latin script has; names bring a few of them."""
_MOST_OWN = 4
"""How many of them count: a short text of short sentences has few function words."""
_CODES: dict[str, list[str]] = {}
for _code, _function in _WORDS.items():
    for _each in set(_function.split()):
        _CODES.setdefault(_each, []).append(_code)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_1 = bytes(range(256)).decode("latin-1")
_LETTERS_ALONE = "".join(
    sign if sign in _LATIN_1 and _WORD.match(sign) else " " for sign in map(str.lower, _LATIN_1)
).encode("latin-1")
"""Latin-1 in small letters, with spaces for all that `_WORD` has not: to cut bytes into words by
such a table takes a quarter of the time that a pattern takes."""
_SAMPLE = 4_000
"""Characters looked at: function words are 40 % of prose, so 4,000 give hundreds."""

_FEWEST = 2
"""One function word may be a name's: "Der Spiegel reported it"."""


def language_of(text: str) -> str | None:
    """ISO 639-1 code; None when no language stands out in the first 4,000 characters."""
    sample = text[:_SAMPLE]
    beyond = beyond_ascii(sample)
    other = any(map(_is_beyond_latin, beyond))
    if other or any(char > "\xff" and char.isalnum() for char in beyond):
        folded = sample.casefold()
        if other and _WORD.search(folded) and (script := _script_of(beyond, folded)):
            return _of_its_script(script, sample)
        found = _WORD.findall(folded)
    else:
        letters = sample.encode("latin-1", "replace").translate(_LETTERS_ALONE)
        found = letters.decode("latin-1").split()
    words = Counter(found)
    scores = dict.fromkeys(_WORDS, 0)
    for function in _CODES.keys() & words.keys():
        for code in _CODES[function]:
            scores[code] += words[function]
    for code, own in _OWN_LETTERS.items() if beyond else ():
        scores[code] += min(_MOST_OWN, sum(map(beyond.count, own)))
    (best, most), (_, next_most) = sorted(scores.items(), key=lambda each: -each[1])[:2]
    return best if most > max(next_most, _FEWEST - 1) and most * 12 >= len(found) else None


def _is_beyond_latin(char: str) -> bool:
    """Whether all scripts of `_SCRIPTS` lie there; quotes and dashes of Latin prose do not."""
    return "\u0370" <= char <= "\u17ff" or "\u3040" <= char <= "\ud7af"


def _script_of(beyond: str, folded: str) -> str | None:
    """The language whose script most letters of a text are of; None for none, and for Latin.

    Args:
        beyond: Its characters beyond ASCII.
        folded: All of it in small letters, of which no more are letters than there are.
    """
    letters = 0
    for code, script in _SCRIPTS.items():
        # An ideograph is worth about three Latin letters, and kana settle Japanese early.
        weight = {"ja": 12, "zh": 3, "ko": 2}.get(code, 1)
        share = sum(map(len, script.findall(beyond))) * weight * 2
        if share > len(folded):
            return code
        letters = letters or (share and sum(map(len, _WORD.findall(folded))))
        if share > letters:
            return code
    return None


def _of_its_script(code: str, sample: str) -> str:
    """Which of the languages of one script a text is in, by letters that the others lack."""
    own = (other for other, letters in _LETTERS.get(code, ()) if letters.search(sample))
    return next(own, code)
