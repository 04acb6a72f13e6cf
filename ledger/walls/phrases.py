"""`phrases.toml` -> tuples; read once, by the first page that may be a wall."""

import tomllib
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


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("ledger.walls") / "phrases.toml").read_text(encoding="utf-8"))
