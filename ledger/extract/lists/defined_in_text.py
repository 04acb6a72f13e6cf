"""Ids that are explained where they are first cited -> entries: "[SRC-1] [law] [Act](https://…)".

Asked only where no list has markers. The lines stay in the text, because their links are citations
as well.
"""

from ledger.document import Reference
from ledger.extract.lists.addresses import LINK
from ledger.extract.lists.references import Listed
from ledger.extract.lists.title import title_in
from ledger.patterns import later

_DEFINED = later(
    r"\[([A-Z]{1,6}-?[0-9]{1,4})\]:? (?:\[[^\[\]\n]{1,60}\] )?(?=\[[^\[\]\n]{1,300}\]\(https?://)"
)
_FEWEST = 2
"""Ids that are a list: one alone may be a label of its sentence."""


def defined_in_text(text: str) -> Listed | None:
    """The entries, each by the first link behind its id; None for fewer than two ids."""
    found: dict[str, tuple[Reference, int]] = {}
    at = line = 0
    for match in _DEFINED.finditer(text):
        link = None if match[1] in found else LINK.match(text, match.end())
        if link:
            raw, address = f"{match[0]}{link[0]}", link["target"]
            title = title_in(link["words"])
            reference = Reference(
                marker=match[1], raw=raw, url=address, urls=(address,), title=title
            )
            line += text.count("\n", at, match.start())
            at = match.start()
            found[match[1]] = reference, line
    if len(found) < _FEWEST:
        return None
    references, starts = zip(*found.values(), strict=True)
    return Listed(references, frozenset(), starts)
