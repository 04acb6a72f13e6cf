"""Raised Roman numerals and letters, with notes that begin with them -> markers in square brackets.

"rose.<sup>ii</sup>", and below it "ii. Roe, Dams." or "<sup>ii</sup> Roe, Dams.". They are markers
where one of them stands behind a sentence, each has its note, and the notes stand below all of the
markers. Letters must be raised in the notes, too, because a list of items may be lettered as well.
Letters that only stand behind names or numbers belong to authors, symbols and cells of tables.
"""

import re

from ledger.letters import holds
from ledger.patterns import later

_LABEL = r"\[?([ivxl]{1,7}|[a-z])\]?"
_HIGH = later(rf"(?<=[^\s^|])[ \t]?(?:<sup>{_LABEL}</sup>|\^{_LABEL}\^)")
_NOTE = later(
    rf"^[ \t]{{0,8}}(?:<sup>{_LABEL}</sup>|\^{_LABEL}\^|([ivxl]{{1,7}})[.)](?=[ \t]))"
    r"[ \t]{0,8}(?=[^\s.,;:])",
    re.M,
)
_BEHIND_SENTENCE = later(r"[.!?…][\"”’»)]{0,2}[ \t]?\Z")
_SECOND = ("<sup>ii</sup>", "<sup>[ii]</sup>", "^ii^", "<sup>b</sup>", "<sup>[b]</sup>", "^b^")
"""What a text has that has more than one such note."""
_REACH = 4
"""Characters before a marker in which the stop of its sentence is."""


def with_raised_letters(text: str) -> str:
    """The text, letters and Roman numerals set high, and their notes, as "[ii]"; else as it is."""
    if not holds(text, *_SECOND):
        return text
    cited = [*_HIGH.finditer(text)]
    end = cited[-1].end() if cited else 0
    labels = {_label(match) for match in cited}
    notes = {_label(match): match for match in _NOTE.finditer(text, end)}
    if labels.isdisjoint(("i", "a")) or not labels <= notes.keys():
        return text
    if not any(map(_ends_sentence, cited)):
        return text
    begins = frozenset(notes[label].start() for label in labels)
    above = _HIGH.sub(lambda match: f"[{_label(match)}]", text[:end])
    return above + _NOTE.sub(
        lambda match: f"[{_label(match)}] " if match.start() + end in begins else match[0],
        text[end:],
    )


def _ends_sentence(match: re.Match[str]) -> bool:
    """Whether a marker stands right behind the stop of a sentence."""
    at = match.start()
    return _BEHIND_SENTENCE.search(match.string, max(0, at - _REACH), at) is not None


def _label(match: re.Match[str]) -> str:
    return match[match.lastindex or 0]
