"""Sources that one phrase joins: "as [1] and [2] say", "both [Reuters](…) and [the BBC](…)".

Any of them carries what is said, as where the same names stand without links, or the markers at
the end. Why: docs/decisions/names-told-together.md. Other linked words are parts of the sentence,
each carried by its own page.
"""

from functools import lru_cache

from ledger.patterns import later

_JOINS = later(
    r"(?:,?\s{1,2}(?:and|or|as well as|&|und|oder|sowie|et|ou|y|o|e|og|och|en|i|oraz|a|и|та|і"
    r"|ve|dan|và|și|és|και|و)\s{1,2}|[,،]\s{1,2}(?:and\s)?|[、和及與与]\s?|\sو)"
    r"(?:(?:[Tt]he|der|die|das|den|dem|la|le|les|el|los|il|lo|o|a)\s{1,2}|[Ll][’'])?"
)
_NUMBER = later(r"\[[0-9][0-9,;–\- ]{0,40}\]")
_BOTH = ("etween ", "wischen ", "ntre ", "tra ", "fra ")
"""Behind them a sentence needs both: "the gap between [1] and [2]"."""
_LONGEST_JOIN = 24
"""Characters of what joins two: "as well as" between spaces, and an article."""
_LONGEST_NAME = 40
"""Characters of a linked name that may be a newsroom's. Chosen: longer words are a headline."""


def join(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two markers that are said as words, or linked names of newsrooms, make one phrase.

    Args:
        text: Of a block.
        first, second: From where to where each marker or the words of each link stand, in order.
    """
    (begin, end), (start, stop) = first, second
    if not 0 < start - end <= _LONGEST_JOIN or not _JOINS.fullmatch(text, end, start):
        return False
    names = (text[begin:end], text[start:stop])
    if all(map(_NUMBER.fullmatch, names)):
        return not text.endswith(_BOTH, 0, begin)
    return all(0 < len(name) <= _LONGEST_NAME and _is_newsroom(name) for name in names)


@lru_cache(1024)
def _is_newsroom(name: str) -> bool:
    from ledger import outlets  # few texts link two names side by side, and it is slow to load

    return any(outlets.kind_of(key) in outlets.MEDIA for key in outlets.keys_of(name))
