"""Notes numbered with a slash, as in old printed reports, "1/ Roe, Dams." -> notes of Markdown."""

import re

from ledger.patterns import later

_WIDEST_MARGIN = 8
"""Spaces before the number of a note at the head of its line."""
_SLASHED_NOTE = later(r"^([ \t]{0,8})([1-9][0-9]{0,2})/[ \t]{0,4}(?=[^\W\d_a-z][^/\n]{8})", re.M)
_SLASHED = later(r"(?<=[^\W\d_][.,;:)\"”])([1-9][0-9]{0,2})/(?=\s)")
"""A number and a stroke behind what a note is of: "when they fall due.1/"."""


def with_slashed_notes(text: str) -> str:
    """The text with notes as reports of the last century number them, "1/ Roe, Dams.", as notes."""
    if not _begins_slashed(text):
        return text
    notes = {match[2] for match in _SLASHED_NOTE.finditer(text)}
    if "1" not in notes or notes.isdisjoint(_SLASHED.findall(text)):
        return text  # the posts of a thread are counted so, too
    text = _SLASHED_NOTE.sub(r"\1[^\2]: ", text)
    return _SLASHED.sub(lambda match: f"[^{match[1]}]" if match[1] in notes else match[0], text)


def _begins_slashed(text: str) -> bool:
    """Whether a line but the first begins with "1/"."""
    at = text.find("1/")
    while at >= 0:
        if text[max(0, at - _WIDEST_MARGIN - 1) : at].rstrip(" \t").endswith("\n"):
            return True
        at = text.find("1/", at + 2)
    return False
