"""A person's word against the list's -> what was read of a marker, where a person said otherwise.

What a person says of a marker stands, and what was read of it stays in the record beside it: the
citation in the same place that no judgement made. Where the two lead to different pages, whoever
reads the answer has to know. An address that hides its page says of none that it is the one.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from typing import NamedTuple

from ledger.forms import CARRIES
from ledger.reader import Reader, Row
from ledger.resolve import hides_its_page

Place = tuple[str, int, int]
"""A marker in a claim: the claim's id, group and ordinal, as in `model.Citation`."""


class Overruled(NamedTuple):
    """A marker of one article that a person leads elsewhere than its list does.

    Attributes:
        marker: As cited.
        by: Who said so.
        url: Where that leads, as given.
        read_as: Where the list leads it: addresses as cited, each once.
        places: Where it is cited, in reading order.
    """

    marker: str
    by: str
    url: str
    read_as: tuple[str, ...]
    places: tuple[Place, ...]

    def said(self) -> str:
        """The contradiction as a sentence."""
        return (
            f"[{self.marker}] leads to {self.url}, says {self.by}; "
            f"the reference list leads it to {' and '.join(self.read_as)}"
        )


_OVERRULED = f"""
    SELECT m.article_id, c.claim_id, c."group", c.ordinal, c.marker, c.url, g."by",
        r.url AS read_as
    FROM claim m
    JOIN current_citation c ON c.claim_id = m.id
    JOIN judgement g ON g.id = c.because AND g.object <> 'as-read'
    JOIN citation r ON r.claim_id = c.claim_id AND r."group" = c."group"
        AND r.ordinal = c.ordinal AND r.because IS NULL AND r.source_id <> c.source_id
    WHERE c.form {CARRIES} AND {{scope}}
    ORDER BY m."start", c."group", c.ordinal, r.alternative, r.id"""


def overruled(reader: Reader, articles: Sequence[str]) -> dict[str, list[Overruled]]:
    """Of the articles with these ids, of any version: in reading order, each marker once.

    Articles without any are left out.
    """
    found: dict[str, dict[tuple[str, str, str], list[Row]]] = {}
    for row in reader.rows_for(_OVERRULED.format(scope="m.article_id IN :ids"), articles):
        # Without a marker it was redacted.
        if row["marker"] is not None and not hides_its_page(row["read_as"]):
            said = (row["marker"], row["by"], row["url"])
            found.setdefault(row["article_id"], {}).setdefault(said, []).append(row)
    return {
        article: [
            Overruled(
                *said,
                read_as=tuple(dict.fromkeys(row["read_as"] for row in of_marker)),
                places=tuple(dict.fromkeys(map(_place, of_marker))),
            )
            for said, of_marker in of_article.items()
        ]
        for article, of_article in found.items()
    }


def read_otherwise(reader: Reader, claims: Sequence[str]) -> dict[Place, list[str]]:
    """Markers of the claims with these ids that a person leads elsewhere than their list does.

    Returns:
        Each to where the list leads it: addresses as cited, in order.
    """
    found: dict[Place, list[str]] = {}
    for row in reader.rows_for(_OVERRULED.format(scope="m.id IN :ids"), claims):
        if not hides_its_page(row["read_as"]):
            found.setdefault(_place(row), []).append(row["read_as"])
    return found


def _place(row: Row) -> Place:
    return row["claim_id"], row["group"], row["ordinal"]
