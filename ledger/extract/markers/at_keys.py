"""A text -> the keys of works in it that a sign leads: "[@roe2020]", "@roe2020 says"."""

from ledger.extract.markers.named_keys import OF_THE_TEXT
from ledger.patterns import later

_KEY = later(r"(?:\[|; ?)-?@([A-Za-z0-9_](?:[\w:.+-]{0,80}[A-Za-z0-9_])?)(?=[\],;](?!\())")
_KEY_IN_PROSE = later(r"@(?<![\w.@/+-]@)([A-Za-z_][\w:.+-]{0,80}[A-Za-z0-9_])")
_ANY_KEY = later(r"@(?<![\w.@/+-]@)([A-Za-z_](?:[\w:.+-]{0,80}[A-Za-z0-9_])?)")
_ROUND = later(r"\((-?@[\w:.+-]{1,80}(?:[;,] ?-?@[\w:.+-]{1,80}){0,12})\)")
"""Keys in round brackets: "(@roe, @doe)"."""
_YEAR_OF_KEY = later(
    r"([^A-Za-z0-9]?)((?:1[5-9]|20)[0-9]{2}|(?<![0-9])[0-9]{2})([A-Za-z]?)[A-Za-z_-]{0,30}$"
)
"""The year that a key ends with, or that only words follow: "roe:20", "roe2020-dams"."""
_AS_NAMES = "", 2
"""How handles of people end as well: "@doe99"."""


def at_keys(text: str) -> frozenset[str]:
    """Keys in brackets that have a number, and those of prose that have their years as these do."""
    found = (key for key in _KEY.findall(text) if any(map(str.isdecimal, key)))
    keys = {key for key in found if not OF_THE_TEXT.fullmatch(key)}
    built = {year for key in keys if (year := _year_of(key)) and year != _AS_NAMES}
    if built:
        keys.update(key for key in _KEY_IN_PROSE.findall(text) if _year_of(key) in built)
    return frozenset(keys)


def every_key(text: str) -> frozenset[str]:
    """All keys of a text that says which file has its works: then no sign leads a person's name."""
    found = (*_KEY.findall(text), *_ANY_KEY.findall(text))
    return frozenset(key for key in found if not OF_THE_TEXT.fullmatch(key))


def with_square_brackets(text: str) -> str:
    """A text of which `every_key` tells, keys alone in round brackets in square ones."""
    return _ROUND.sub(lambda match: f"[{match[1].replace(',', ';')}]", text)


def _year_of(key: str) -> tuple[str, int] | None:
    """How the year of a key is written: what parts it from the name, and its digits."""
    year = _YEAR_OF_KEY.search(key)
    return (year[1], len(year[2])) if year else None
