"""Markers as they were read -> markers with the characters that the document has.

Some are spelled otherwise before they are read: "[doc1]" as "[1]", a number glued behind its stop
as one set high. What is kept of them is what somebody wrote.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from ledger.document import Mention
from ledger.extract.markers.odd import numbers_in
from ledger.extract.respell.spelled_out import respelled_in
from ledger.letters import holds
from ledger.patterns import later

_SET_HIGH = "<sup>", "</sup>"
_CHIP = "【chip:", "】"
_KEY = "[@", "]"
_COUNTED = later(r"\[[0-9]{1,4}\]_")


def as_written(
    mentions: Sequence[Mention], text: str, odd: re.Pattern[str] | None, *, respelled: bool
) -> Sequence[Mention]:
    """The mentions, `raw` as the document has it where that is known.

    Args:
        mentions: As they were read.
        text: The document.
        odd: As `Evidence.odd`; None where all its markers are known.
        respelled: Whether `spelled_out` changed the document.
    """
    written = dict(respelled_in(text)) if respelled else {}
    for match in odd.finditer(text) if odd else ():
        written.setdefault(f"[{numbers_in(match)}]", match[0])
    raws = {mention.raw for mention in mentions}
    wrapped = [
        signs
        for signs in (_SET_HIGH, _CHIP, _KEY)
        if any(raw.startswith(signs[0]) for raw in (*raws, *written.values()))
        and signs[0] not in text
    ]
    changed = {raw: was for raw in raws if (was := _written(raw, written, wrapped)) != raw}
    if holds(text, "[#]_"):
        named = frozenset(_COUNTED.findall(text))
        changed |= {raw: "[#]_" for raw in raws - named if _COUNTED.fullmatch(raw)}
    if not changed:
        return mentions
    return [
        mention._replace(raw=changed[mention.raw]) if mention.raw in changed else mention
        for mention in mentions
    ]


def _written(raw: str, written: Mapping[str, str], wrapped: Iterable[tuple[str, str]]) -> str:
    raw = written.get(raw, raw)
    for opens, closes in wrapped:
        if raw.startswith(opens) and raw.endswith(closes):
            inside = raw[len(opens) : -len(closes)]
            raw = f"@{inside}" if opens == "[@" else inside
    return raw
