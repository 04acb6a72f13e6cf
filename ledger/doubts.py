"""Findings that put in doubt whether all of a document was read.

Whoever counts claims and gaps must hear of them: a citation that was read as words is no gap.
"""

from collections.abc import Iterable

DOUBTS = (
    "wall-paywall",
    "wall-thin",
    "text-left-out",
    "text-lost",
    "too-dense",
    "numbers-kept",
    "works-kept",
    "citation-lost",
    "markup-lost",
    "template-left-out",
)
"""Codes of findings, the largest loss first."""
KEPT = frozenset(["numbers-kept", "works-kept"])
"""Those of what may be markers, and becomes some when a reference list is given."""


def doubts_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Those of some codes of findings that are doubts, each once, the largest loss first."""
    found = frozenset(codes)
    return tuple(code for code in DOUBTS if code in found)
