"""Pages that were read -> those whose titles say that they were retracted, and with which words."""

from collections.abc import Sequence

from ledger.patterns import later
from ledger.reader import Reader

_SAYS_SO = later(
    r"(?:(?i:retracted(?: article| paper)?)|WITHDRAWN|ZURÜCKGEZOGEN|(?i:withdrawn article)):(?=\s)"
    r"|\[(?i:retracted|withdrawn)(?i: article| paper)?\](?=\s)"
)
"""As publishers mark what they keep. "Retraction: ..." is the note about another page."""


def retraction_in(title: str | None) -> str | None:
    """The words at the beginning of a title that say so of its page; None where none do."""
    found = _SAYS_SO.match(title.lstrip()) if title else None
    return found[0] if found else None


def say_retracted(reader: Reader, pages: Sequence[str]) -> dict[str, str]:
    """Those words by the ids of the pages that have them now."""
    rows = reader.rows_for(
        "SELECT source_id, title FROM current_article WHERE source_id IN :ids ORDER BY id", pages
    )
    found = ((row["source_id"], retraction_in(row["title"])) for row in rows)
    return {page: words for page, words in found if words is not None}


def retracted_words(words: str, url: str) -> str:
    """That the title of a cited page says so, and how to record it; `url` names the page."""
    return f"its title begins with “{words}”; to record that: ledger withdraw {url} --date DAY"
