"""Articles -> which claim covers each of those that cite nothing themselves.

A paragraph may be cited at its end, for all of it: nobody but its writer knows. So a covered claim
has no groups, counts in no loss, and what covers it is told beside the claims that do.
"""

from bisect import bisect_right
from collections.abc import Sequence

from ledger.reader import Reader, Row


def covering(reader: Reader, articles: Sequence[str]) -> dict[str, str]:
    """Covered claim to the last claim of its paragraph that cites, in reading order.

    Covered claims of a page that was erased since are left out: its paragraphs are not known.
    """
    asked = sorted(set(articles))
    blocks = reader.rows_for("SELECT id, blocks FROM article WHERE id IN :ids", asked)
    ends = {row["id"]: [end for _, end, *_ in reader.parsed(row["blocks"])] for row in blocks}
    claims = reader.rows_for(
        """SELECT article_id, id, "start", kind FROM claim
        WHERE article_id IN :ids AND kind IN ('covered', 'cited')
        ORDER BY article_id, "start", id""",
        asked,
    )
    found: dict[str, str] = {}
    closing: tuple[str, int] | None = None
    last: Row | None = None
    for row in reversed(claims):
        if not ends[row["article_id"]]:
            continue
        paragraph = (row["article_id"], bisect_right(ends[row["article_id"]], row["start"]))
        if row["kind"] == "cited" and paragraph != closing:
            closing, last = paragraph, row
        elif row["kind"] == "covered" and last and paragraph == closing:
            found[row["id"]] = last["id"]
    return dict(reversed(found.items()))
