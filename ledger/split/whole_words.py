"""Stops behind words that the library takes for abbreviations, and that are none where they stand.

It does not look at capital letters: what shortens "section" is to it also the "SEC" of "filed with
the SEC. Roe agreed". And its lists have words: "She told me. Roe agreed", "Jag vet det. Roe".
"""

from collections.abc import Iterator

from ledger.patterns import later
from ledger.split.abbreviations import is_never_last, may_be_short

_WHOLE_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "ca": "com no mar contra sobre entre auto extra bien",
        "cs": "co tu no",
        "da": "det med kan min op ind del ord al maj art nem fed ark id pres ok",
        "de": "mich hab mag Art Bart ok",
        "el": "κλπ",
        "en": "me no may art miss ok ill arc fed ore ark",
        "es": "no bien mar contra auto entre sobre nos para con extra tras un",
        "fr": "art vol sec",
        "id": "hal ia kan",
        "it": "no va",
        "nl": "dat al me pas best hand vol top ver app pers ok red bel",
        "no": "det med kan ut min del la ord me art ark id ok",
        "pl": "port dniem",
        "ro": "va ore alta sens",
        "ru": "муж",
        "sv": "det med kan ut min hon sen va ord del art maj ens id ok",
        "tr": "sen al kan ver ok",
        "vi": "con ca may la no ga me",
    }.items()
}
"""Words that end sentences, in the languages for which the library knows them as abbreviations."""
_OWN_LIST = frozenset(["it"])
"""Where it knows a thousand words and names, "fa" and "Nato": there only our own list counts."""
_DEFAULT = "en"
_TITLES = frozenset(
    """
    dr mr mrs ms st lt col gen sgt cpl pvt maj adm sen rep gov hon rev prof capt mt no nos vs cf art
    fig vol pp al ed eds co inc ltd corp bros spa srl md
    """.split()
)
"""What is an abbreviation in capital letters, too: "DR. Roe", "Roe & CO. Limited"."""
_ROMAN = frozenset("IVXLC")
_LONGEST = 16
"""Characters of such a word, with what is glued before it: "dall'Onu"."""
_BEFORE = 12
"""Characters before a word that show whether it stands among others in capitals."""
_REACH = 200
"""Characters before a stop in which brackets are looked for that it may stand in."""
_STOP = later(
    r"\.(?<=[^\W\d_]{2}\.)[\"'”’»)]{0,2}"
    r"(?=\s{1,2}[\"“«„]?[^\W\d_a-zß-öø-ÿа-яёєіїґ](?:['’]?[a-zß-öø-ÿа-яёєіїґα-ώ]|\s))"
)
"""A stop behind a word, before a word with a capital letter that is no initial."""
_FILE_STOP = later(
    r"\.(?<=[\w-]{2}\.)(?:cpp|cs|css|docx?|go|html?|jsx?|md|pdf|php|py|rs|sh|sql|tex|tsx?|txt|xml)"
    r"(?P<stop>\.)[\"'”’»)]{0,2}(?=\s{1,2}[\"“«„]?[^\W\d_a-zß-öø-ÿа-яёєіїґ])"
)
"""A stop behind the name of a file, whose ending may be an abbreviation, too: "notes.md. The"."""


def behind_files(text: str) -> Iterator[int]:
    """Where sentences of a text end in names of files, in order."""
    for match in _FILE_STOP.finditer(text):
        if not _is_in_brackets(text, match.start("stop")):
            yield match.end()


def behind_whole_words(text: str, language: str | None) -> Iterator[int]:
    """Where sentences of a text end in such words, in order; `language` as in `Habits`."""
    words = _WHOLE_WORDS.get(language or _DEFAULT, frozenset())
    endings = tuple(words)
    own = language in _OWN_LIST
    for match in _STOP.finditer(text):
        at = match.start()
        if not own and text[at - 1].islower() and not text.endswith(endings, 0, at):
            continue  # as most
        begin = text.rfind(" ", max(0, at - _LONGEST), at) + 1
        if not begin:
            continue
        word = text[begin:at].replace("’", "'").rpartition("'")[2].lstrip('("“«„')
        ends = word in words or (
            word.isalpha() and not may_be_short(word, language)
            if own
            else _is_acronym(word, text[max(0, begin - _BEFORE) : begin])
            and not is_never_last(word, language)
        )
        if ends and not _is_in_brackets(text, at):
            yield match.end()


def _is_acronym(word: str, before: str) -> bool:
    """Whether a word is of capital letters among others: no title, and no number."""
    return (
        word.isupper()
        and word.isalpha()
        and before.upper() != before
        and word.lower() not in _TITLES
        and not _ROMAN.issuperset(word)
    )


def _is_in_brackets(text: str, at: int) -> bool:
    begin = max(0, at - _REACH)
    return text.rfind("(", begin, at) > text.rfind(")", begin, at)
