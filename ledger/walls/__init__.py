"""A page as it came, and what was read from it -> the wall that it is, or None.

A `wall` answers in place of the article. Everything here is a pure function of what was received:
`page` takes cheap looks at the markup, `evidence` says what speaks for each kind of wall, with the
`phrases` (phrases.toml) that the page has `said_of` itself, and `judge` weighs it against how much
of an article can be read.
"""

from ledger.walls.judge import find_wall
from ledger.walls.page import Page
from ledger.walls.wall import NAMES, Kind, Wall

__all__ = ["NAMES", "Kind", "Page", "Wall", "find_wall"]
