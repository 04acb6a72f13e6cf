"""Roman numerals and letters set high, with notes that begin with them -> in square brackets.

"rose.<sup>ii</sup>", and below it "ii. Roe, Dams." or "<sup>ii</sup> Roe, Dams.". What proves them:
the notes stand below all that cites them, and each number has its note; letters are set high there,
too, as a list of items counts with letters of its own.
"""

import re

from ledger.patterns import later

_LABEL = r"\[?([ivxl]{1,7}|[a-z])\]?"
_HIGH = later(rf"(?<=[^\s^|])[ \t]?(?:<sup>{_LABEL}</sup>|\^{_LABEL}\^)")
_NOTE = later(
    rf"^[ \t]{{0,8}}(?:<sup>{_LABEL}</sup>|\^{_LABEL}\^|([ivxl]{{1,7}})[.)](?=[ \t]))"
    r"[ \t]{0,8}(?=[^\s.,;:])",
    re.M,
)
_SECOND = ("<sup>ii</sup>", "<sup>[ii]</sup>", "^ii^", "<sup>b</sup>", "<sup>[b]</sup>", "^b^")
"""What a text has that has more than one such note."""


def with_raised_letters(text: str) -> str:
    """The text with such markers and notes as "[ii]"; the same where there are none."""
    if not any(sign in text for sign in _SECOND):
        return text
    cited = [*_HIGH.finditer(text)]
    end = cited[-1].end() if cited else 0
    labels = {_label(match) for match in cited}
    notes = {_label(match): match for match in _NOTE.finditer(text, end)}
    if labels.isdisjoint(("i", "a")) or not labels <= notes.keys():
        return text
    begins = frozenset(notes[label].start() for label in labels)
    above = _HIGH.sub(lambda match: f"[{_label(match)}]", text[:end])
    return above + _NOTE.sub(
        lambda match: f"[{_label(match)}] " if match.start() + end in begins else match[0],
        text[end:],
    )


def _label(match: re.Match[str]) -> str:
    return match[match.lastindex or 0]
