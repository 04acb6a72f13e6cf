"""The current citations of one marker in one article, whole, for revising them."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from ledger.document import Reference
from ledger.forms import CARRIES
from ledger.reader import Reader, Row


def marked(reader: Reader, article: str, marker: str) -> list[Row]:
    """Citations of `marker` that carry, current in the article with this id, in reading order.

    The columns are those of the table `citation`, so that an entry can be made of a row.
    """
    return reader.rows(
        f"""SELECT c.* FROM current_citation c JOIN claim m ON m.id = c.claim_id
        WHERE m.article_id = :article AND c.marker = :marker
            AND c.form {CARRIES}
        ORDER BY m."start", c."group", c.ordinal, c.alternative""",
        {"article": article, "marker": marker},
    )


def led(reader: Reader, article: str, marker: str) -> list[tuple[str, Row]]:
    """Current citations of `marker` that a person led, by id, with the row that was read there.

    In reading order. Also those that carry nothing since, because the person's page stands for all
    of a reference. The columns of the row are those of the table `citation`.
    """
    rows = reader.rows(
        """SELECT c.id AS now, r.* FROM current_citation c
        JOIN judgement g ON g.id = c.because AND g.object <> 'as-read'
        JOIN claim m ON m.id = c.claim_id
        JOIN citation r ON r.claim_id = c.claim_id AND r."group" = c."group"
            AND r.ordinal = c.ordinal AND r.alternative = c.alternative AND r.because IS NULL
        WHERE m.article_id = :article AND c.marker = :marker
        ORDER BY m."start", c."group", c.ordinal, c.alternative""",
        {"article": article, "marker": marker},
    )
    return [(row.pop("now"), row) for row in rows]


def references_of(reader: Reader, article: str) -> list[Reference]:
    """The reference list of the article with this id, in its order."""
    row = reader.row('SELECT "references" FROM article WHERE id = :article', {"article": article})
    listed = reader.parsed(row["references"]) if row else []
    return [Reference(**{**each, "urls": tuple(each["urls"])}) for each in listed]


def markers(reader: Reader, article: str) -> list[str]:
    """Every marker of the article, in order of first appearance."""
    rows = reader.rows(
        """SELECT c.marker FROM current_citation c JOIN claim m ON m.id = c.claim_id
        WHERE m.article_id = :article AND c.marker IS NOT NULL
        GROUP BY c.marker ORDER BY MIN(m."start"), MIN(c.at), MIN(c."group"), c.marker""",
        {"article": article},
    )
    return [row["marker"] for row in rows]
