"""`phrases.toml` -> tuples; read once, by the first page that may be a wall."""

from collections.abc import Iterator, Set
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ledger.walls.wall import Kind


class Phrases(NamedTuple):
    """What one kind of wall says; all in lower case, as `phrases.toml` explains."""

    title: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]


@cache
def phrases_of(kind: Kind) -> Phrases:
    """The phrases of a kind; empty for kinds that are known without words."""
    tables = _tables()
    return Phrases(
        *(tuple(tables[part].get(kind, "").split("\n")[:-1]) for part in Phrases._fields)
    )


def said(phrases: tuple[str, ...], text: str, words: Set[str]) -> Iterator[str]:
    """The phrases that stand in a text, in their order.

    Args:
        text: As `page.plain` spells it.
        words: What stands between its spaces. Few of some hundred phrases have their words there,
            and the others need not be searched.
    """
    by_word, wordless = _searched(phrases)
    sought = [*wordless, *chain.from_iterable(by_word[word] for word in by_word.keys() & words)]
    # Python searches text that is all ASCII for words of ASCII several times as fast.
    reduced = text.encode("ascii", "replace").decode("ascii")
    for _, phrase, plain in sorted(sought):
        if phrase in (reduced if plain else text):
            yield phrase


class _Sought(NamedTuple):
    """A phrase, its place among others, and whether all of it is ASCII.

    "?" is what other characters are replaced by.
    """

    place: int
    phrase: str
    plain: bool


@cache
def _searched(phrases: tuple[str, ...]) -> tuple[dict[str, list[_Sought]], list[_Sought]]:
    """Phrases by the longest word in each that has spaces on both sides, and those without one."""
    by_word: dict[str, list[_Sought]] = {}
    wordless: list[_Sought] = []
    for place, phrase in enumerate(phrases):
        word = max(phrase.split(" ")[1:-1], key=len, default=None)
        sought = _Sought(place, phrase, phrase.isascii() and "?" not in phrase)
        (wordless if word is None else by_word.setdefault(word, [])).append(sought)
    return by_word, wordless


@cache
def _tables() -> dict[str, dict[str, str]]:
    import tomllib  # hardly a text that is long enough asks

    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
