"""Articles -> their current claims, each with its place in reading order and what carries it."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Sequence
from typing import NamedTuple

from ledger.provenance import Ask, Groups, groups_of
from ledger.reader import listed

ROOM = 1 << 24
"""Places that each article has for its claims: a page of a gigabyte would have fewer."""


class Carried(NamedTuple):
    """A claim; `groups` are empty when nothing carries it. `says` as in `ClaimPatternRow`."""

    place: int
    claim_id: str
    article_id: str
    groups: Groups
    says: int


def carried(ask: Ask, articles: Sequence[str]) -> list[Carried]:
    """The claims of those of these articles that are current, in reading order.

    Args:
        ask: How to ask the ledger, as for `groups_of`.
        articles: Ids, at most `bulk.CHUNK`.
    """
    names, bound = listed("article", articles)
    rows = ask(
        f"""SELECT m.id, m.article_id, m.kind, j.seq
        FROM claim m
        JOIN current_article a ON a.id = m.article_id
        JOIN journal j ON j.entry_id = a.id
        WHERE m.article_id IN {names}
        ORDER BY j.seq, m."start", m.id""",
        bound,
    )
    groups = groups_of(
        ask, f"{{claim}} IN (SELECT x.id FROM claim x WHERE x.article_id IN {names})", bound
    )
    claims: list[Carried] = []
    article, ordinal = None, 0
    for row in rows:
        ordinal = ordinal + 1 if row["article_id"] == article else 0
        article = row["article_id"]
        place = row["seq"] * ROOM + ordinal
        of_claim = groups.get(row["id"], ())
        says = int(row["kind"] != "not-a-claim" or bool(of_claim))
        claims.append(Carried(place, row["id"], article, of_claim, says))
    return claims
