"""A text full of numbers glued to words before a stop -> which of them are markers.

Some exports set all of them so: "along both lines2. It needs time7, and". Their order says nothing:
a source is numbered as it was found.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import islice

from ledger.extract.markers.doubtful import COUNTS, DOUBTFUL, numbers_of
from ledger.letters import UNCASED
from ledger.patterns import later

_SHORTEST, _FEWEST, _MOSTLY = 3, 8, 10
"""Letters of a word, different words, and how many numbers of the list to one that is none."""
_MAY_BE_GLUED = later(
    r"[0-9](?<=[^\0-\x60\x7b-\x7f][0-9])[0-9]{0,2}(?:, ?[0-9]{1,3}){0,11}"
    r"(?=\)?[.,;:،؛؟۔।](?:\s|\Z)|\)(?:\s|\Z)|\s[–—-]\s|[。，、；！？])"
)
"""Behind a small letter or what is no ASCII, before what may end words: sooner looked for."""
_GLUES = bytes(
    ord("0" if chr(code).isdecimal() else "a" if code > 0x7F or chr(code).islower() else " ")
    for code in range(0x100)
)
"""UTF-8 with "0" for figures and "a" for what one may be glued to: to count those takes a quarter
of the time that a look for such places takes."""
_RARELY = 6
"""To how many sentences that end without a number there is one that ends with it."""
_SENTENCE_END = later(rf"[a-zà-öø-ÿа-яё{UNCASED}]{{3}}[.।۔](?=\s|$)")
_STOPS = ".।۔"
_UNCASED = later(rf"[{UNCASED}]{{1,24}}\Z")
_LONGEST_WORD = 24
"""Characters of such letters, as that pattern has it."""
_MOST = 10_000
"""Numbers of a text that are looked at, as its evidence. Chosen, for the time."""
_TOKEN = later(
    r"(?<![\w.@/-])([a-zà-öø-ÿа-яё]{3,24}[0-9]{1,3})(?: (?=[a-zà-öø-ÿа-яё])|(?![\w@/-]))"
)
"""A word with a number, and whether its sentence goes on behind it: "python3 runs"."""
_AGAIN = 3
"""How many different words with numbers are to one that comes again with the same: a name does."""
_COUNTS = frozenset("covid page pages table figure fig chapter section appendix annex item".split())
"""Words that have numbers of their own in any text."""
_NAME = later(r"(?<![^\W_])[A-ZÀ-Þ][^\W\d_]{1,23}(?![\w-])")
_FEWEST_WIDE, _STEM, _LONGEST_STEM = 5, 2, 20
"""Different stems before numbers that are enough in Chinese and Japanese; letters that are a stem
there, and letters of a word in katakana, which is one."""
_FEWEST_ALONE = 3
"""Different words at ends of sentences that are enough where no number stands otherwise."""
_NAMED_SO = frozenset(
    "python java windows android web http html css ipv usb utf sha gpt php perl sqlite node vue "
    "boto urllib oauth llama qwen phi base angular bootstrap ubuntu react next rails wifi "
    "alpha beta gamma delta omega kappa eth wlan port server host folder file script module utils "
    "test key user team player sox oct klf foxp brca caspase cdk".split()
)
"""Words that have a number behind them wherever they stand."""
_VERB_END = later("[\u3041-\u3096]\\Z")
"""How a sentence of Japanese ends, and no word that counts: "である1。"."""
_WIDE_STOPS = "。！？"
_NUMBERED = later("([\u30a1-\u30fc]{2,20})([0-9]{1,3})(?![0-9])")
_KATAKANA = later("[\u30a1-\u30fc]{2,20}\\Z")
"""Words from other languages, of which some are names with numbers: "レベル1", "レベル2"."""
COUNTED_WIDE = frozenset("第図表图圖章节節部層层阶階段骤驟順案式例型级級块塊条條題题组組期相")
"""What counts, and has its number behind it: "步骤3"."""


def dense(text: str, listed: frozenset[str], *, few: bool = False) -> frozenset[str]:
    """The words with such numbers, as `doubtful.DOUBTFUL` matches them; none in any other text.

    Args:
        text: Without its list.
        listed: The identifiers of the list.
        few: Whether few are enough, as in a short text that cites its list in no other way.
    """
    if not _may_be_dense(text):
        return frozenset()
    found = [*islice(DOUBTFUL.finditer(text), _MOST)]
    return _in_words(text, found, listed, few=few) | _in_wide(text, found, listed, few=few)


def _may_be_dense(text: str) -> bool:
    """Whether as many sentences end with glued numbers as either rule asks for: in few texts."""
    if text.encode("utf-8", "surrogatepass").translate(_GLUES).count(b"a0") < _FEWEST_ALONE:
        return False
    glued = [match.end() for match in islice(_MAY_BE_GLUED.finditer(text), _MOST)]
    if len(glued) < _FEWEST_ALONE:
        return False
    behind = Counter(text[end : end + 1] for end in glued)
    wide = sum(behind[stop] for stop in _WIDE_STOPS)
    if 2 * wide >= _FEWEST_ALONE and _RARELY * wide >= sum(map(text.count, _WIDE_STOPS)):
        return True
    ends = sum(behind[stop] for stop in _STOPS)
    return ends >= _FEWEST_ALONE and _RARELY * ends >= sum(1 for _ in _SENTENCE_END.finditer(text))


def _in_wide(
    text: str, found: Sequence[re.Match[str]], listed: frozenset[str], *, few: bool
) -> frozenset[str]:
    """The same in Chinese and Japanese, where a count has its word behind it: "現象1。".

    Behind many different letters, nearly all of the list, and often where a sentence ends.
    """
    wide = [match for match in found if match["w"]]
    if len(wide) < _FEWEST_ALONE:
        return frozenset()
    numbers: dict[str, set[int]] = {}
    for name, number in _NUMBERED.findall(text):
        numbers.setdefault(name, set()).add(int(number))
    names = {name for name, each in numbers.items() if each & {number + 1 for number in each}}
    surely = [match for match in wide if _stem(match) not in names]
    counts = Counter(_is_of(match, listed) for match in surely)
    ends = sum(match.string[match.end()] in _WIDE_STOPS for match in surely)
    if counts[True] < _MOSTLY * counts[False] or 2 * ends < len(surely):
        return frozenset()
    verbs = few and ends == len(wide) and all(_VERB_END.search(_word(match)) for match in wide)
    if len({_stem(match) for match in surely}) < (_FEWEST_ALONE if verbs else _FEWEST_WIDE):
        return frozenset()
    if _RARELY * ends < sum(map(text.count, _WIDE_STOPS)):
        return frozenset()
    glued = [
        match
        for match in found
        if not (_word(match)[-1].isascii() or match["g"] or match["inside"])
    ]
    refused = {match[0] for match in glued if _stem(match) in names}
    return frozenset(
        match[0]
        for match in glued
        if match[0] not in refused and _is_of(match, listed) and _word(match) not in COUNTED_WIDE
    )


def _stem(match: re.Match[str]) -> str:
    """What stands before a number: a word in katakana, else two letters."""
    at = match.end() - len(numbers_of(match))
    word = _KATAKANA.search(match.string, max(0, at - _LONGEST_STEM), at)
    return word[0] if word else match.string[max(0, at - _STEM) : at]


def _in_words(
    text: str, found: Sequence[re.Match[str]], listed: frozenset[str], *, few: bool
) -> frozenset[str]:
    """The same where words have small letters, or letters of a script without capitals.

    Words in small letters have hardly a number behind them but as a marker: many different ones
    have, nearly all with numbers of the list, and most where a sentence ends: "python3, node18"
    are names. So are those of which many come again with the same number, or most inside sentences.
    Then those behind names are markers, too, if the names stand elsewhere without them.
    Few words are enough where all of them end sentences.
    """
    glued = [match for match in found if match["g"]]
    if len(glued) < _FEWEST_ALONE:
        return frozenset()
    small = [match for match in glued if _is_small(_word(match))]
    counts = Counter(_is_of(match, listed) for match in small)
    ends = sum(match.string[match.end() : match.end() + 1] in _STOPS for match in small)
    alone = few and ends == len(small) and _ends_alone(text, small)
    fewest = _FEWEST_ALONE if alone else _FEWEST
    if counts[True] < _MOSTLY * counts[False] or len(set(map(_whole, small))) < fewest:
        return frozenset()
    if 2 * ends < len(small) or _RARELY * ends < sum(1 for _ in _SENTENCE_END.finditer(text)):
        return frozenset()
    if not alone and _are_names(text, {match[0] for match in small}):
        return frozenset()
    names = set(_NAME.findall(text))
    return frozenset(
        match[0]
        for match in found
        if (match["g"] or match["full"])
        and _is_of(match, listed)
        and (word := _word(match)) not in _COUNTS
        and (not word.isalpha() or word.islower() or _UNCASED.match(word) or word in names)
    )


def _ends_alone(text: str, small: Sequence[re.Match[str]]) -> bool:
    """Whether no word has a number amid a sentence, and none of these is a name with one."""
    words = frozenset(map(_word, small))
    if words & _NAMED_SO or words & COUNTS:
        return False
    return all(token[0] == token[1] for token in islice(_TOKEN.finditer(text), _MOST))


def _are_names(text: str, small: Set[str]) -> bool:
    """Whether words with numbers are used as words are: again, or where no sentence ends."""
    tokens = [*islice(_TOKEN.finditer(text), _MOST)]
    times = Counter(token[1] for token in tokens)
    again = sum(times[each] > 1 for each in small)
    inside = sum(token[0] != token[1] for token in tokens)
    return _AGAIN * again >= len(small) or 2 * inside > len(tokens)


def _word(match: re.Match[str]) -> str:
    """What stands before the numbers: a word, or what closes one."""
    return match[0].removesuffix(numbers_of(match))


def _whole(match: re.Match[str]) -> str:
    """All of the word before the numbers; a match has two letters of it without capitals."""
    word = _word(match)
    if not _UNCASED.match(word):
        return word
    at = match.end() - len(numbers_of(match))
    found = _UNCASED.search(match.string, max(0, at - _LONGEST_WORD), at)
    return found[0] if found else word


def _is_small(word: str) -> bool:
    """Whether a word has small letters alone, or is of a script without capitals."""
    if _UNCASED.match(word):
        return True
    return len(word) >= _SHORTEST and word.isalpha() and word.islower()


def _is_of(match: re.Match[str], listed: frozenset[str]) -> bool:
    return listed.issuperset(numbers_of(match).replace(",", " ").split())
