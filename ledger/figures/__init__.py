"""A sentence -> the figures in it, in digits or in words, by what they are worth.

It tells people where a claim says another number than before. Whether two sentences say the same is
not decided here: `ledger.rewording`.

`found` finds them: a `numeral` is put together from `words` of several languages and from digits,
`wide` is of Chinese and Japanese. `units` says what each is an amount of.
"""

from collections import Counter
from collections.abc import Collection

from ledger.figures.found import Figure, found
from ledger.figures.units import may_be_one


def same_figures(one: str, other: str, *, ordered: bool = False) -> bool:
    """Whether two sentences have the same figures: "3.2 million" is "3,200,000", "twenty" "20".

    What only may be a figure, as "one" and "first", makes no difference, and takes none away but of
    what it may be: "one person" may be "1 person".

    Args:
        one, other: The sentences.
        ordered: Whether the figures must stand in the same order.

    Never raises.
    """
    if one == other:
        return True
    here, there = list(found(one)), list(found(other))
    mine, yours = _sure(here), _sure(there)
    if mine == yours:
        return True
    if sorted(mine) == sorted(yours):
        return not ordered
    return _is_excused(mine, yours, there) and _is_excused(yours, mine, here)


def same_units(one: str, other: str) -> bool:
    """Whether what two sentences have the same number of is the same: no dollars are now euros.

    That a unit is said in one of them only, makes no difference.

    Never raises.
    """
    if one == other:
        return True
    here, there = _amounts(one), _amounts(other)
    both = ((here[worth], there[worth]) for worth in here.keys() & there.keys())
    return not any(_differ(mine - yours, yours - mine) for mine, yours in both)


def _differ(mine: Collection[str], yours: Collection[str]) -> bool:
    """Whether each of two sentences has a unit that none of the other's may be."""
    return any(not any(may_be_one(a, b) for b in yours) for a in mine) and any(
        not any(may_be_one(a, b) for a in mine) for b in yours
    )


def _amounts(text: str) -> dict[str, Counter[str]]:
    """What every figure is worth -> what there is so much of, and how often."""
    amounts: dict[str, Counter[str]] = {}
    for figure in found(text):
        if figure.unit is not None:
            amounts.setdefault(figure.worth, Counter())[figure.unit] += 1
    return amounts


def _sure(figures: list[Figure]) -> list[str]:
    return [each.worth for each in figures if each.sure]


def _is_excused(mine: list[str], yours: list[str], there: list[Figure]) -> bool:
    """Whether what only one sentence has for sure may be in the other."""
    perhaps = Counter(each.worth for each in there if not each.sure)
    return not (Counter(mine) - Counter(yours)) - perhaps
