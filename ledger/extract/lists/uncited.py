"""A list that nothing cites and that names no page -> whether its lines are prose.

"Notes" heads what a cook adds to a recipe, too, and "Fuentes" wells. Such lines say something, and
as entries they would be lost among the claims.
"""

from collections.abc import Iterable, Sequence

from ledger.document import Mention
from ledger.extract.classify import CLOSED, classify
from ledger.extract.lists.references import Listed
from ledger.patterns import later

_OF_A_WORK = later(
    r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])|\b(?:pp?|[Ss]|стр|с|ed|eds|hg|hrsg|vol|[Ii]bid|[Ee]bd)\."
    r"|年|頁|页"
)
"""What entries of works have: a year, a page, an editor."""


def is_prose_after_all(listed: Listed, lines: Sequence[str], mentions: Iterable[Mention]) -> bool:
    """Whether the only list of a document is none: items without a page, to which no marker leads.

    Then it is where sentences go on below it, or where most entries are dated as no works are.
    """
    entries = listed.references
    if not entries or any(entry.urls for entry in entries):
        return False
    if any(classify(lines[start]).role != "item" for start in listed.starts):
        return False  # "[^1]: …" is nothing but a note
    labels = {entry.marker for entry in entries}
    if any(not labels.isdisjoint(mention.labels) for mention in mentions):
        return False
    dated = sum(bool(_OF_A_WORK.search(entry.raw)) for entry in entries)
    return 2 * dated < len(entries) or _goes_on(lines, max(listed.lines, default=0))


def _goes_on(lines: Sequence[str], last: int) -> bool:
    """Whether a paragraph of sentences stands right below a line."""
    below = next((line for line in lines[last + 1 :] if line.strip()), "")
    return classify(below).role == "paragraph" and CLOSED.search(below) is not None
