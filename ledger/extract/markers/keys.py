"""Keys of a bibliography in square brackets: "[roe2021dams; doe-2020]" -> the keys."""

from collections.abc import Iterator

from ledger.patterns import later

KEY = (
    r"(?:[A-Za-z][A-Za-z0-9]{0,20}(?:[-_][A-Za-z0-9]{1,20}){1,6}"
    r"|[A-Za-z]{2,20}(?:1[89]|20)[0-9]{2}[a-z]{0,20})"
)
"""What authors call an entry, "roe2021dams", "roe-2021"; any other word may have a hyphen."""
_KEY = later(KEY)
_KEYS = later(rf"\[(?<!\[\[)({KEY}(?:\s?[,;]\s?{KEY}){{0,9}})\](?![(:\[])")
_PARTED = later(r"\s?[,;]\s?")
_DATED = later(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def is_key(label: str) -> bool:
    """Whether a label of a list may be a key, and is no number, name or work."""
    return _KEY.fullmatch(label) is not None


def keys_in(text: str) -> Iterator[str]:
    """Words in brackets that may be keys, in order; a list says whether they are."""
    for match in _KEYS.finditer(text):
        yield from _PARTED.split(match[1])


def dated_keys_in(text: str) -> Iterator[str]:
    """Those in brackets whose keys have years, as they stand there: "[roe2021dams; doe-2020]"."""
    return (match[0] for match in _KEYS.finditer(text) if _DATED.search(match[1]))
