"""Cuts inside of speech and of brackets that part no sentence, in prose of East Asia and elsewhere.

「そうだ。間違いない。」と述べた is one sentence: what stands between such brackets is a word of it.
"""

from bisect import bisect_left
from collections.abc import Iterator

from ledger.patterns import later
from ledger.split.leads import LED

_PAIRS = {"」": "「", "』": "『", "）": "（"}
_BRACKET = later("[「」『』（）]")
_LONGEST = 400
"""Characters; longer speech is a text of its own, and has sentences."""
_JAPANESE = later(
    r"\s?(?:[、，・]|と(?!ころ|りわけ|くに|ても|はいえ|にかく)|など|って|との|という|[のもはがをにでへや](?=[^っ]))"
)
"""Particles, which no sentence begins with."""
_SAYS_IN_CHINESE = (
    r"(?:又|也)?[^，。！？；：“”\s]{0,8}(?:(?:[对對向][^，。！？；：“”\s]{1,12})?"
    r"(?:说|說|道|表示|指出|称|稱|补充|補充|强调|強調|问|問)(?:道)?(?:[，。！？]|\Z)"
    r"|(?:告诉|告訴)[^，。！？；：“”\s]{1,12}(?:[。！？]|\Z))"
)
SAID_IN_CHINESE = later(_SAYS_IN_CHINESE)
"""Who said it, and to whom: "陈说。", "陈对记者说，", "陈告诉路透社。"."""
_CHINESE = later(rf"[，、；]|[的等之]|并|{_SAYS_IN_CHINESE}")
"""What says whose speech it was, or goes on behind it."""
_SAID = '”」』）"'
_STOPS = "。！？｡"
_PARTING = "；"
"""Parts whole clauses, in round brackets, too, but none from its source: "（高；来源：[2]）". Where
the sentence goes on behind them, they are amid it: "马洛里（英语：Mallory；1886年－）是"."""
_ENDS_WORK = "0123456789年"
"""What stands before it where it parts works: "（张三，2021；李四，2020）"."""
_KANA = later("[\u3041-\u3096]")
_QUOTED = "\"'”’»」』"
_LONGEST_NAME = 130
"""Characters before the end of a block in which a dash and a name with its office stand. Chosen; a
sentence behind a dash is longer, or not the last."""
_DASHED = later(r"\s*[—–―-]")
_SPOKEN = later('[。！？｡；][”」』）"]')
"""A stop before a closed bracket, which such speech has, or an opened one."""
OF_SPEECH = frozenset("「『（。！？｡；")
"""Of which a text with such speech has one."""
_ATTRIBUTION = later(
    r"[—–―-]{1,2}\s?[^\W\d_a-z](?:[^.!?…。！？\n]|(?<=[^\w.]\w)\.|\.(?=\w)){0,120}+\.?\s*+\Z"
)
"""Whose words a quotation was, behind it: "— A. Moss, Office of Dams"."""
_NAME = r"(?:[^\W\d_a-z][\w.'’&-]{0,30}|of|the|for|and|de|la|du|von|van|der)"
_BARE_NAME = later(rf"[—–―-]{{1,2}}\s?{_NAME}(?:,?\s{_NAME}){{0,9}}\s*\Z")
"""The same where no quotation mark shows what was quoted: nothing but names."""


def may_have_speech(prose: str) -> bool:
    """Whether a block may have speech in brackets, which parts no sentence."""
    if "（" in prose or "「" in prose or "『" in prose:
        return True
    closed = "”" in prose or '"' in prose or "」" in prose or "』" in prose or "）" in prose
    return closed and _SPOKEN.search(prose) is not None


def undivided(prose: str, found: set[int], *, spoken: bool) -> list[int]:
    """Which of the cuts that were found in a block part no sentence.

    Args:
        prose: The block.
        found: Where it is cut.
        spoken: Whether it may have speech in brackets.
    """
    if spoken:
        return list(_in_speech(prose, found))
    near = len(prose) - _LONGEST_NAME
    return [cut for cut in found if cut >= near and _is_signed(prose, cut)]


def _in_speech(prose: str, found: set[int]) -> Iterator[int]:
    spans = list(_spans(prose)) if _BRACKET.search(prose) else []
    begins = [begin for begin, _ in spans]
    goes_on = _JAPANESE if spans and _KANA.search(prose) else _CHINESE
    for cut in found:
        place = bisect_left(begins, cut) - 1
        if place >= 0 and cut < spans[place][1]:
            begin, end = spans[place]
            parts = prose[cut - 1] in _PARTING and prose[begin] == "（"
            amid = prose[end : end + 1].isalnum()
            if not parts or amid or prose[cut - 2] in _ENDS_WORK or LED.match(prose, cut):
                yield cut
        elif prose[cut - 1] in _SAID and prose[cut - 2] in _STOPS:
            if goes_on.match(prose, cut) or _is_signed(prose, cut):
                yield cut
        elif _is_signed(prose, cut):
            yield cut


def _is_signed(prose: str, cut: int) -> bool:
    """Whether what stands behind a cut near the end of a block says whose words it was."""
    if prose[cut : cut + 1].isalnum() or len(prose) - cut > _LONGEST_NAME:
        return False
    if not _DASHED.match(prose, cut):
        return False
    return _is_attribution(prose[:cut], prose[cut:])


def _is_attribution(before: str, behind: str) -> bool:
    last = before.rstrip()[-1:]
    pattern = _ATTRIBUTION if last in _QUOTED else _BARE_NAME if last == "." else None
    return pattern is not None and bool(pattern.match(behind.lstrip()))


def _spans(prose: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets that are closed, but for those around a whole block or a long text."""
    opened: dict[str, list[int]] = {opening: [] for opening in _PAIRS.values()}
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(prose):
        if match[0] in opened:
            opened[match[0]].append(match.start())
        elif opened[_PAIRS[match[0]]]:
            pairs.append((opened[_PAIRS[match[0]]].pop(), match.end()))
    reached = 0
    for begin, end in sorted(pairs):
        whole = not begin and end == len(prose)
        if end > reached and not whole and end - begin <= _LONGEST:
            yield begin, end
            reached = end
