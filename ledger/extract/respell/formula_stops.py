"""The stop of a formula on a line below it, with numbers -> right behind the formula.

Where a report was saved, a formula became a paragraph of its own, and what ended its sentence
another one: "$$E = m$$", ".33".
"""

import re

from ledger.patterns import later

_BETWEEN = later(
    r"\$\$[ \t]{0,4}\n[ \t]{0,4}\n?(?=\.[0-9]{1,3}(?:, ?[0-9]{1,3}){0,5}[ \t]{0,4}$)", re.M
)


def with_stops_of_formulas(text: str) -> str:
    """The text with such stops behind their formulas. Never raises."""
    return _BETWEEN.sub("$$", text) if "$$" in text else text
