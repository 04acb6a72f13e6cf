"""Findings that say that not all of a document may have been read.

Whoever counts claims and gaps must hear of them: a citation that was read as words is no gap.
"""

from collections.abc import Iterable

UNREAD = (
    "wall-paywall",
    "wall-thin",
    "text-left-out",
    "text-lost",
    "too-dense",
    "numbers-kept",
    "works-kept",
    "keys-kept",
    "cases-kept",
    "citation-lost",
    "list-not-cited",
    "markup-lost",
    "template-left-out",
)
"""Codes of findings, the largest loss first."""
KEPT = frozenset(["numbers-kept", "works-kept", "keys-kept"])
"""Those of what may be markers, and becomes some when a reference list is given."""


def unread_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of some codes of findings that say so, each once, the largest loss first."""
    found = frozenset(codes)
    return tuple(code for code in UNREAD if code in found)
