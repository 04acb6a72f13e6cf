"""Phrase -> Publisher: who is meant by a name in prose, or on the command line."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ledger.outlets.by_address import outlet_of
from ledger.outlets.registry import Listed, Publisher, content, key_of, keyed
from ledger.patterns import later


class Phrase(NamedTuple):
    """One way in which prose names an outlet.

    Attributes:
        tokens: Its words (`WORD`), each as `fold` has it, without a leading "the".
        written: As in `outlets.json`; where it has no lower-case letter ("WHO", "MIT"), text should
            have none either.
        ambiguous: The words alone are not enough: they also mean something else.
        key: `Outlet.key`; None when several outlets bear the name.
    """

    tokens: tuple[str, ...]
    written: str
    ambiguous: bool
    key: str | None


UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3"
)
"""Letters of scripts that put no spaces between words, or none between a name and what governs it:
Thai, Lao, Burmese, Khmer, kana, Han and Hangul; ranges for a class of a regular expression."""

WORD = re.compile(rf"[^\W_{UNSPACED}]+|[{UNSPACED}]+")
"""A word of a name or of prose: letters and digits; everything else separates, and so does a change
to a script without spaces ("NHKによると")."""
_UNSPACED = later(f"[{UNSPACED}]")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
"""The same in text that is all ASCII and in small letters: found in a quarter of the time."""

_VOICED = "\u3099\u309a"  # they make another letter of a kana: が is not か
_SAME_LETTER = str.maketrans({"ک": "ك", "ی": "ي", "ى": "ي", "ـ": None, "ة": "ه"})
# Arabic letters that languages and hands write in two ways, and the stroke that only stretches.


def fold(word: str) -> str:
    """A word without case, accents and compatibility forms, to compare spellings."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word).casefold().translate(_SAME_LETTER)
    return "".join(filter(_keeps, parts))


def _keeps(char: str) -> bool:
    return char in _VOICED or not unicodedata.combining(char)


def named(phrase: str) -> Publisher | None:
    """The outlet with exactly this name or alias.

    Case, accents, punctuation, markup and quotes around it and a leading "the" make no difference.
    None when no outlet has this name, or several are ("The Nation").
    """
    keys = _keys().get(words(phrase), ())
    return keyed(keys[0]) if len(keys) == 1 else None


def keys_of(phrase: str) -> Sequence[str]:
    """The keys of all outlets with exactly this name or alias, compared as by `named`."""
    return _keys().get(words(phrase), ())


def phrases() -> Mapping[str, Sequence[Phrase]]:
    """Every name and alias by its first word; longer phrases first. Platforms are not among them.

    Whoever looks for a few in prose asks `phrases_of`.
    """
    return {first: phrases_of(first) for first in _names()}


def first_words(kind: str | None = None) -> Collection[str]:
    """The folded words that names and aliases begin with: of outlets of one kind, or of all."""
    names = _names()
    if kind is None:
        return names
    return {first for first, of in names.items() if any(kind == each["kind"] for _, each in of)}


def phrases_of(first: str) -> Sequence[Phrase]:
    """The names and aliases with a first word; longer phrases first.

    To look for them in prose: cut it by `WORD`, `fold` each word, ask for the word here, compare
    what follows it with `Phrase.tokens`.
    """
    return _phrases_of(first) if first in _names() else ()


def phrases_unspaced() -> Iterator[Phrase]:
    """The names and aliases with a letter of `UNSPACED`, in the order of `phrases`."""
    for first, names in _names().items():
        if any(_has_unspaced(name) for name, _ in names):
            yield from (phrase for phrase in _phrases_of(first) if _has_unspaced(phrase.written))


def phrases_small() -> Iterator[Phrase]:
    """The names that begin with a small letter, in the order of `phrases`."""
    for first, names in _names().items():
        if any(name[:1].islower() for name, _ in names):
            yield from (phrase for phrase in _phrases_of(first) if phrase.written[:1].islower())


def _has_unspaced(name: str) -> bool:
    return not name.isascii() and _UNSPACED.search(name) is not None


def find(text: str) -> tuple[Publisher, ...]:
    """The outlets with this name, for the command line: by name, then key; () if there are none.

    Of this name or alias, of the platform of this name, of this key, domain or address (an address
    that is not listed gives its own outlet).
    """
    wanted = words(text)
    platforms = {words(found["name"]): found["domains"][0] for found in content().platforms}
    keys = {*_keys().get(wanted, ()), platforms.get(wanted)}
    found = {keyed(key) for key in keys if key is not None}
    if (addressed := outlet_of(text.strip())) is not None:
        found.add(addressed)
    return _in_order(found)


def beginning(text: str) -> tuple[Publisher, ...]:
    """The outlets whose name, alias or domain begins so, whatever the case and the accents."""
    start, folded = text.strip().lower(), " ".join(words(text))
    return _in_order({keyed(key) for key in _beginning(start, folded)}) if start else ()


def _in_order(found: Iterable[Publisher]) -> tuple[Publisher, ...]:
    return tuple(sorted(found, key=lambda outlet: (outlet.name.casefold(), outlet.key)))


def _beginning(start: str, folded: str) -> Iterator[str]:
    """Keys of the outlets with a domain that begins with `start`, or a name with `folded`."""
    for entry in content().listed:
        if any(domain.startswith(start) for domain in entry["domains"]):
            yield key_of(entry)
    for tokens, keys in _keys().items():
        if folded and " ".join(tokens).startswith(folded):
            yield from keys


def words(text: str) -> tuple[str, ...]:
    """The folded words of a name, without a leading "the"; () where it has no letter or digit."""
    if text.isascii():
        tokens = tuple(_ASCII_WORD.findall(text.lower()))
    else:
        # Signs that stay apart after NFC, as the vowels of Arabic, would divide a word.
        whole = "".join(filter(_keeps, unicodedata.normalize("NFC", text)))
        tokens = tuple(map(fold, WORD.findall(whole)))
    return tokens[1:] if tokens[:1] == ("the",) and len(tokens) > 1 else tokens


def _names_of(entry: Listed) -> tuple[str, ...]:
    return entry["name"], *entry.get("aliases", ())


@cache
def _keys() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Keys of the outlets that bear a name, by its words."""
    keys: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in content().listed:
        for tokens in map(words, _names_of(entry)):
            keys[tokens] = (*keys.get(tokens, ()), key_of(entry))
    return keys


@cache
def _names() -> dict[str, list[tuple[str, Listed]]]:
    """Names and whose they are, by first word. No more is made of them: few are asked for."""
    names: dict[str, list[tuple[str, Listed]]] = {}
    for entry in content().listed:
        for name in _names_of(entry):
            names.setdefault(_first_word(name), []).append((name, entry))
    return names


def _first_word(name: str) -> str:
    """`words(name)[0]`, in a tenth of the time."""
    first = name.partition(" ")[0].lower()
    plain = first.isascii() and first.isalnum() and first != "the"
    return first if plain else words(name)[0]


@cache
def _phrases_of(first: str) -> list[Phrase]:
    found: dict[tuple[str, ...], Phrase] = {}
    for name, entry in _names()[first]:
        tokens = words(name)
        if tokens in found:
            found[tokens] = Phrase(tokens, name, ambiguous=True, key=None)
        else:
            found[tokens] = Phrase(tokens, name, name in entry.get("ambiguous", ()), key_of(entry))
    return sorted(found.values(), key=lambda phrase: -len(phrase.tokens))
