"""Linked names that one phrase joins: "according to [Reuters](…), [AP](…) and [the BBC](…)".

Any of them carries what is said, as where the same names stand without links. Why:
docs/decisions/names-told-together.md. Other linked words are parts of the sentence, each carried by
its own page.
"""

from functools import lru_cache

from ledger.patterns import later

_JOINS = later(
    r"(?:,?\s{1,2}(?:and|or|as well as|&|und|oder|sowie|et|ou|y|o|e|og|och|en|i|oraz|a|и|та|і"
    r"|ve|dan|và|și|és|και|و)\s{1,2}|[,،]\s{1,2}(?:and\s)?|[、和及與与]\s?|\sو)"
    r"(?:(?:[Tt]he|der|die|das|den|dem|la|le|les|el|los|il|lo|o|a)\s{1,2}|[Ll][’'])?"
)
_LONGEST_JOIN = 24
_LONGEST_NAME = 40


def join(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the words of two links are names of newsrooms that stand side by side in a phrase.

    Args:
        text: Of a block.
        first, second: From where to where the words of each link stand, in this order.
    """
    (begin, end), (start, stop) = first, second
    if not 0 < start - end <= _LONGEST_JOIN or not _JOINS.fullmatch(text, end, start):
        return False
    names = (text[begin:end], text[start:stop])
    return all(0 < len(name) <= _LONGEST_NAME and _is_newsroom(name) for name in names)


@lru_cache(1024)
def _is_newsroom(name: str) -> bool:
    from ledger import outlets  # few texts link two names side by side, and it is slow to load

    return any(outlets.kind_of(key) in outlets.MEDIA for key in outlets.keys_of(name))
