"""A name in another case than the first -> the name as a list has it: "Nováka" -> "Novák"."""

from functools import lru_cache

_ENDINGS = (
    "a u ovi em om ou ě e i y ové ovou ego emu im ym iem owi ą ę ej ié ého ému ým iego iemu "
    "а у ом ем е и ы ым ой ого ому ою ою ых ο ου ον η ης"
).split()
"""Of names in other cases than the first: Czech, Slovak, Polish, Croatian, Russian, Greek."""
_ENDINGS_LOST, _SHORTEST_INFLECTED = "aáýyiеаяйςσ", 4
"""Endings that a name in the first case loses in others, and letters of a name that is looked for
so: of shorter ones too little is left. Chosen."""


def uninflected(words: str, year: str, listed: frozenset[str]) -> str | None:
    """The name of a list that a text has in another case, "Podle Nováka (2018)"; None without."""
    last = words.rsplit(None, 1)[-1]
    return _cases_of(listed).get(f"{last} {year}")


@lru_cache(maxsize=8)
def _cases_of(listed: frozenset[str]) -> dict[str, str]:
    """The names of the works of a list by the forms that they have in Slavic languages and Greek.

    A form that two works may have is of none, and so is one that is the name of another.
    """
    names: dict[str, str] = {}
    for work in listed:
        name, _, year = work.rpartition(" ")
        if not name.isalpha() or len(name) < _SHORTEST_INFLECTED:
            continue
        forms = {f"{name}{ending}" for ending in _ENDINGS}
        if name[-1] in _ENDINGS_LOST:
            forms = {f"{name[:-1]}{ending}" for ending in ("", *_ENDINGS)}
        if name.endswith("nen"):
            forms.add(f"{name[:-3]}sen")
        if name.endswith("ος"):
            forms = {f"{name[:-2]}{ending}" for ending in ("ο", "ον", "ου")}
        for form in forms:
            named = f"{form} {year}"
            names[named] = "" if named in names or named in listed else name
    return {form: name for form, name in names.items() if name}
