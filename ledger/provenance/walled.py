"""Captures of which no article was read -> the walls that stood in its place.

The verdict of the run that got a page is not kept, but its bytes are: they are judged once more.
Nothing can be read of such a page, so what there is of prose in it is not asked for.
"""

from collections.abc import Sequence

from ledger.packing import unpacked
from ledger.reader import Reader, Row

JUDGED = 100
"""Pages that are looked at for one answer; of more it is only told that they gave nothing."""
MOST = 2_000_000
"""Bytes of a page that is looked at: no more of one is judged when it comes, either. As
`walls.page.SCANNED`, which is slow to load."""


def walls_in(reader: Reader, captures: Sequence[str]) -> dict[str, str]:
    """What each is, in words ("a paywall"), by its id; none of those of which that is not known."""
    rows = reader.rows_for(
        """SELECT p.id, p.requested_url, p.final_url, p.status, p.media_type, p.charset,
            p.payload_digest, p.size, b.body
        FROM capture p JOIN payload b ON b.digest = p.payload_digest
        WHERE p.id IN :ids AND p.size <= :most""",
        captures[:JUDGED],
        {"most": MOST},
    )
    found = ((row["id"], _wall_in(row)) for row in rows)
    return {id: wall for id, wall in found if wall is not None}


def _wall_in(row: Row) -> str | None:
    # Readers of HTML are slow to load, and hardly any answer needs them.
    from ledger.extract.characters.decode import decode
    from ledger.extract.media import HTML, media_type_of
    from ledger.walls import NAMES, Page, find_wall

    body = unpacked(row["body"], row["payload_digest"], row["size"])
    if not body or media_type_of(body, row["media_type"], row["final_url"]) != HTML:
        return None
    page = Page(
        decode(body, declared=row["charset"], is_html=True).text,
        requested=row["requested_url"],
        final=row["final_url"],
        status=row["status"],
    )
    wall = find_wall(page, None)
    return None if wall is None else NAMES[wall.kind]
