"""Numbered entries with keys of their own behind the numbers -> the same, labelled by their keys.

"1. **[S3]** Dams, https://…" is cited as "[S3]", and "2. Walls (roe2022)" as "[roe2022]". The
numbers only count the lines, and the text does not cite them: "[S3]" is not the third entry.
"""

from collections.abc import Iterator
from dataclasses import replace

from ledger.document import Reference
from ledger.extract.markers.worded import KIND
from ledger.patterns import later

_KEY = r"(?P<key>(?=[^\])\s]{0,40}[0-9])[^\W\d_][\w.+-]{0,40}(?<![.-]))"
_AHEAD = later(rf"[*_`\[(]{{0,5}}\^?(?:{KIND})?{_KEY}[*_`\])]{{0,5}}(?:[\s.:,–—-]{{1,4}}|$)")
_BEHIND = later(rf"[\s,;–—-]{{1,4}}[*_`]{{0,3}}[\[(]{_KEY}[\])][*_`.]{{0,3}}$")
_IN_BRACKETS = later(r"[\[【(（]([^\[\]【】()（）\n]{1,120})[\]】)）](?!\()")
_PARTS = later(r"[,;，；、\s]+")
_FEWEST = 2
"""Keys that prove it, beside those of all other entries: one may be of the words of a title."""


def with_own_keys(references: list[Reference], prose: str) -> list[Reference]:
    """The entries by their keys, where each has one and the text cites half of them at least.

    Entries without a number stay what they are.
    """
    keyed: list[Reference] = []
    numbers: set[str] = set()
    found: set[str | None] = set()
    counted = 0
    for each in references:
        if each.marker and each.marker.isdecimal():
            new = _with_own(each)
            if new is each:
                return references  # as most
            numbers.add(each.marker)
            found.add(new.marker)
            counted += 1
            keyed.append(new)
        else:
            keyed.append(each)
    if len(found) < max(_FEWEST, counted):
        return references
    cited = set(_cited(prose, "[【(（"))
    if 2 * len(cited & found) < len(found) or not numbers.isdisjoint(_cited(prose, "[【")):
        return references
    return keyed


def _with_own(reference: Reference) -> Reference:
    """The entry by its key; the same where it has none."""
    title = reference.title or ""
    if match := _AHEAD.match(title):
        return replace(reference, marker=match["key"], title=title[match.end() :] or None)
    if match := _BEHIND.search(title):
        return replace(reference, marker=match["key"], title=title[: match.start()] or None)
    return reference


def _cited(prose: str, opening: str) -> Iterator[str]:
    """What the text has in brackets of these kinds, each part by itself."""
    for match in _IN_BRACKETS.finditer(prose):
        if match[0][0] in opening:
            yield from _PARTS.split(match[1].replace("^", ""))
