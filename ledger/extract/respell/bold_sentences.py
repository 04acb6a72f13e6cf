"""Bold text that touches the sentence before or behind it -> a blank between the two.

Copies of answers lose the blank where one sentence is bold and its neighbour is not: "It fell.**The
dam broke.**", "**It fell.**The dam broke."
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_GLUED = later(r"\*\*(?<=[a-z)”\"][.!?]\*\*)(?=[A-Z][a-z])")
_LONGEST_LINE = 4_000
"""Characters before such a place within which its line begins."""


def with_parted_bold(text: str) -> str:
    """The text, a blank between a sentence in bold and the one glued to it. Never raises."""
    if not holds(text, ".**", "!**", "?**"):
        return text
    return _GLUED.sub(_parted, text)


def _parted(match: re.Match[str]) -> str:
    """A blank before what opens bold words, behind what closes them."""
    at = match.start()
    begin = max(match.string.rfind("\n", 0, at) + 1, at - _LONGEST_LINE)
    return "** " if match.string.count("**", begin, at) % 2 else " **"
