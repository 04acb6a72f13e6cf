"""Characters that a rule may need, and most texts have few of: marks, and what is no ASCII.

Some two hundred rules are for texts that few people write, and each asks of a whole text whether
it has what the rule cannot do without, such as "](#page-". They ask `holds`, which first looks into
the marks of the text, which are told apart once and mostly say no: its ASCII but blanks and the
letters that there are most of, a third of it, and of those what is no letter and no figure, which
is a tenth of it.
"""

from functools import cache, lru_cache

WIDE = r"[^\W\d_\0-\u303f]"
"""A letter of Chinese, Japanese or Korean, or one beyond them: a class of a regular expression. It
says what is none of them, since a class takes time to compile for each character of its ranges."""
UNCASED = (
    r"\u05d0-\u05ea\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\u0900-\u0963\u0971-\u09e3\u09f0-\u0e4e"
    r"\u0e81-\u0ece\u1000-\u103f\u10d0-\u10ff\u1780-\u17d3"
)
"""Letters and their marks of scripts without capitals, from Hebrew to Khmer: for a class of a
regular expression."""
SAYS_WIDE = (
    r"(?:也|还|還|均|都|则|則|进一步|進一步|首次|最早|曾|已|分别|分別){0,2}"
    r"(?:提出|提到|提及|指出|认为|認為|表明|发现|發現|强调|強調|显示|顯示"
    r"|(?:介绍|介紹|证明|證明|讨论|討論|描述|给出|給出|采用|採用|使用|利用"
    r"|设计|設計|分析|总结|總結|研究|实现|實現|构建|建立|开发|開發)了)"
)
"""What a source says in Chinese, right behind its number: "[2]提出", "[2][3]均介绍了". A sentence
begins with "研究表明"."""
WIDE_SPACES = "\x85\xa0\u1680{}\u2028\u2029\u202f\u205f\u3000".format(
    "".join(map(chr, range(0x2000, 0x200B)))
)
"""White space that is no ASCII."""
POINTS_TO_SOURCES = r"[📎🔗📰🌐📄📌📚📖📑📝👉➡→↳]\ufe0f?"
"""What stands before the word that calls sources so, or leads to them by itself: "📚 Sources: ".
A part of a regular expression."""
ASCII = bytes(range(0x80))
_MOST_USUAL = "adehilnorst"
"""The letters that English has most of: which ones these are changes no answer, only its speed."""
_NO_MARKS = bytes(
    code for code in ASCII if (code <= 0x20 and code != 0x0A) or chr(code) in _MOST_USUAL
)
_NO_SIGNS = bytes(code for code in ASCII if chr(code).isalnum())
_SIGNS = ASCII.translate(None, _NO_MARKS + _NO_SIGNS).decode("ascii")


@lru_cache(maxsize=4)
def beyond_ascii(text: str) -> str:
    """The characters of a text that are no ASCII, in order.

    To look for one of them here is ten times as fast as in the text. The last texts are
    remembered: a document is asked about as it was read and as it is when it is clean.
    """
    return _beyond_ascii(text)


def holds(text: str, *signs: str) -> bool:
    """Whether a text has one of some signs: as `any(sign in text for sign in signs)`, but sooner.

    For whole texts. A sign without any mark is looked for in all of the text.
    """
    missing, alone, marks = _marks_in(text)
    for sign in signs:
        kinds, apart, needed, beyond = _needs(sign)
        if (
            not kinds & missing
            and apart in alone
            and needed in marks
            and (not beyond or beyond in beyond_ascii(text))
            and sign in text
        ):
            return True
    return False


@lru_cache(maxsize=4)
def _marks_in(text: str) -> tuple[int, str, str]:
    """Which kinds of `_SIGNS` a text lacks, its signs alone, and all of its marks.

    Of the last texts, as `beyond_ascii`. A kind is a bit.
    """
    marks = _marks_of(text)
    alone = _signs_of(marks)
    return ~_kinds_of(alone), alone, marks


@cache
def _needs(sign: str) -> tuple[int, str, str, str]:
    """The kinds of the signs in a sign, these alone, all of its marks, and what is no ASCII in it.

    What stands side by side in the sign does so among the marks of a text that has it, and among
    the signs alone.
    """
    marks = _marks_of(sign)
    alone = _signs_of(marks)
    return _kinds_of(alone), alone, marks, _beyond_ascii(sign)


def _beyond_ascii(text: str) -> str:
    if text.isascii():
        return ""
    kept = text.encode("utf-8", "surrogatepass").translate(None, ASCII)
    return kept.decode("utf-8", "surrogatepass")


def _marks_of(text: str) -> str:
    return text.encode("ascii", "ignore").translate(None, _NO_MARKS).decode("ascii")


def _signs_of(marks: str) -> str:
    return marks.encode("ascii").translate(None, _NO_SIGNS).decode("ascii")


def _kinds_of(signs: str) -> int:
    return sum(1 << number for number, sign in enumerate(_SIGNS) if sign in signs)


def key_of(words: str) -> str:
    """The letters and digits of some words in one case, by which two spellings are compared."""
    return "".join(filter(str.isalnum, words.casefold()))


def is_small(letter: str) -> bool:
    """Whether a letter is a small one, and might have been a capital: Georgian prose has none.

    `letter` is one character, or empty.
    """
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"
