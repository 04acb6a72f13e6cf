"""Markers as they were read -> markers with the characters that the document has.

Some are spelled otherwise before they are read: "[doc1]" as "[1]", a number glued behind its stop
as one set high. What is kept of them is what somebody wrote.
"""

import re
from collections.abc import Iterable, Iterator

from ledger.document import Mention
from ledger.extract.element_notes import element_markers
from ledger.extract.markers.odd import numbers_in
from ledger.extract.spelled_out import respelled_in
from ledger.patterns import later

_SET_HIGH = "<sup>", "</sup>"
_CHIP = "【chip:", "】"
_KEY = "[@", "]"
_COUNTED = later(r"\[[0-9]{1,4}\]_")


def as_written(
    mentions: Iterable[Mention], text: str, odd: re.Pattern[str] | None
) -> Iterator[Mention]:
    """The mentions, `raw` as the document has it where that is known.

    Args:
        mentions: As they were read.
        text: The document.
        odd: As `Evidence.odd`.
    """
    written = dict(respelled_in(text))
    for spelled, marker in element_markers(text) if "<a " in text else ():
        if spelled not in written:
            written[spelled] = marker if spelled not in text else spelled
    for match in odd.finditer(text) if odd else ():
        written.setdefault(f"[{numbers_in(match)}]", match[0])
    wrapped = [signs for signs in (_SET_HIGH, _CHIP, _KEY) if signs[0] not in text]
    named = frozenset(_COUNTED.findall(text)) if "[#]_" in text else None
    for mention in mentions:
        raw = written.get(mention.raw, mention.raw)
        for opens, closes in wrapped:
            if raw.startswith(opens) and raw.endswith(closes):
                inside = raw[len(opens) : -len(closes)]
                raw = f"@{inside}" if opens == "[@" else inside
        if named is not None and _COUNTED.fullmatch(raw) and raw not in named:
            raw = "[#]_"
        yield mention if raw == mention.raw else mention._replace(raw=raw)
