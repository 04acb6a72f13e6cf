"""Claims -> those whose citation seems to have been stripped from the text."""

from bisect import bisect_right
from collections.abc import Iterable

from ledger.reader import Reader

_CODE = "citation-lost"


def lost_citations(reader: Reader, articles: Iterable[str]) -> set[str]:
    """Ids of the claims of these articles at which the finding citation-lost stands.

    As an audit says it: the sentence at or before its place.
    """
    # Findings are JSON of our own making; a quotation mark in a detail is escaped there.
    found = reader.rows_for(
        "SELECT id, findings FROM article WHERE findings LIKE :lost AND id IN :ids",
        sorted(set(articles)),
        {"lost": f'%"code":"{_CODE}"%'},
    )
    if not found:
        return set()
    rows = reader.rows_for(
        'SELECT id, article_id, "start" FROM claim WHERE article_id IN :ids',
        [row["id"] for row in found],
    )
    claims: dict[str, list[tuple[int, str]]] = {}
    for row in sorted(rows, key=lambda each: (each["start"], each["id"])):
        claims.setdefault(row["article_id"], []).append((row["start"], row["id"]))
    lost: set[str] = set()
    for row in found:
        sentences = claims.get(row["id"], [])
        starts = [start for start, _ in sentences]
        for finding in reader.parsed(row["findings"]):
            if finding["code"] == _CODE and finding["at"] is not None and sentences:
                lost.add(sentences[max(bisect_right(starts, finding["at"]) - 1, 0)][1])
    return lost
