"""`phrases.toml` -> tuples; read once, by the first page that may be a wall."""

import tomllib
from collections.abc import Iterable, Iterator, Set
from functools import cache
from importlib.resources import files
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


def said(phrases: Iterable[str], text: str, words: Set[str]) -> Iterator[str]:
    """The phrases that stand in a text, in their order.

    Args:
        text: As `page.plain` spells it.
        words: What stands between its spaces. Few of some hundred phrases have their words there,
            and the others need not be searched.
    """
    # Python searches text that is all ASCII for words of ASCII several times as fast.
    reduced = text.encode("ascii", "replace").decode("ascii")
    for phrase in phrases:
        word, plain = _searched(phrase)
        if (word is None or word in words) and phrase in (reduced if plain else text):
            yield phrase


@cache
def _searched(phrase: str) -> tuple[str | None, bool]:
    """The longest word of a phrase with spaces on both sides, and whether all of it is ASCII.

    None for a phrase without such a word. "?" is what other characters are replaced by.
    """
    word = max(phrase.split(" ")[1:-1], key=len, default=None)
    return word, phrase.isascii() and "?" not in phrase


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("ledger.walls") / "phrases.toml").read_text(encoding="utf-8"))
