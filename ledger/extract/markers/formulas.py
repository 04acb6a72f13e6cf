r"""Where a formula of TeX ends: what it has in brackets is an index, and no marker.

A dollar is a currency as well: "it costs $5 [1] and $6 [2]". As Pandoc has it, a formula has no
space inside of its dollars and no digit behind them; it says something that prose does not say,
and has no words.
"""

import re

from ledger.patterns import later

_PARTED = r"(?:(?=\w)[\0-\u303f\ufff0-\U0010ffff]|\$)"
"""What stands right beside the dollars of no formula; Chinese and Japanese part no words. It says
what is none of them, as `letters.WIDE` does, for the time that a class takes to compile."""
_FORMULAS = {
    "$$": later(r"\$\$(?P<said>(?:[^$\n\\]|\\.){1,2000}+)\$\$"),
    "$": later(
        rf"\$(?<!{_PARTED}\$)(?![\s$])(?P<said>(?:[^$\n\\]|\\.){{1,500}}+)\$(?<!\s\$)(?!{_PARTED})"
    ),
    "\\(": later(r"\\\((?P<said>(?:[^\n\\]|\\(?![()]).){1,500}?)\\\)"),
    "\\[": later(r"\\\[(?P<said>(?:[^\n\\]|\\(?![\[\]]).){1,2000}?)\\\]"),
}
_COMMAND = later(
    r"\\(?:text|textrm|textit|mathrm|mathit|mbox|operatorname)\*?\{[^{}\n]{0,200}\}|[_^]\{[^{}\n]{0,80}\}|\\[A-Za-z]{1,40}"
)
_OF_FORMULAS = later(r"\\[A-Za-z{,;!]|[_^=<>+*|]|(?<![^\W\d_])[^\W\d_]\[")
"""What prose has none of: a command, a sign of operation, a letter with an index."""
_OF_PROSE = later(r"[^\W\d_]{3}|\]\(")
_AMOUNT = later(r"[0-9.,]{1,20}\s?(?:[kKmMbB]n?\b|[^\\^=]*\Z)")


def formula_at(raw: str, at: int) -> re.Match[str] | None:
    """The formula that begins there; None for none."""
    sign = raw[at : at + 2]
    pattern = _FORMULAS.get(sign) or _FORMULAS.get(raw[at])
    match = pattern.match(raw, at) if pattern else None
    if match is None:
        return None
    bare = _COMMAND.sub(" ", match["said"])
    if _OF_PROSE.search(bare) or (sign != "$$" and _AMOUNT.match(match["said"])):
        return None
    return match if _OF_FORMULAS.search(match["said"]) else None
