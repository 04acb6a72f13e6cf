"""A claim -> the same words in other articles, and who said them first."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

import re
from typing import Any, NamedTuple, TypedDict

from ledger.provenance import CURRENT, OUTLET
from ledger.queries.dates import DatedBy, added, dated
from ledger.queries.words import like
from ledger.reader import Reader, Row, lower
from ledger.rewording import SAME, figures, likeness, plain_words

MAX_CANDIDATES = 20_000
"""Sentences that are compared for one answer; comparing so many takes half a second."""

PIECES, PIECE = 3, 12
"""How many of the longest words a sentence must share one of to be compared, and how many
characters of each are looked for: a script without spaces has words as long as its sentences."""

_WORD = re.compile(r"[^\W_]{3,}")


class SpreadItem(TypedDict):
    """One claim that says the same.

    Attributes:
        claim, article, title, url: Of the claim, its article and page.
        outlet: Name of who published it; None when not known.
        exact: Its words.
        likeness: 1 where the words are the same but for case, quotes, spaces and the like.
        same_figures: False where a number in it differs: then it says another thing.
        on, dated_by: When it was said, and whose word that is: see `dates.DatedBy`.
        asked: It is the claim that was asked about.
    """

    claim: str
    article: str
    title: str | None
    url: str
    outlet: str | None
    exact: str
    likeness: float
    same_figures: bool
    on: str
    dated_by: DatedBy
    asked: bool


class Spread(NamedTuple):
    """Who said it, the earliest first.

    `whole` is False when more sentences share its words than are compared: then some may be
    missing.
    """

    items: list[SpreadItem]
    whole: bool


_FACTS = f"""
    SELECT m.id AS claim, m.exact, m.key, m."start", a.id AS article, a.title, a.published,
        p.captured_at, s.url, COALESCE(o.name, k.outlet) AS outlet
    FROM claim m
    JOIN article a ON a.id = m.article_id
    JOIN capture p ON p.id = a.capture_id
    JOIN source s ON s.id = a.source_id
    LEFT JOIN standing k ON k.source_id = s.id
    {OUTLET.format(key="k.outlet")}
    WHERE m.id IN :ids"""


def spread(reader: Reader, claim: str) -> Spread:
    """Claims of current articles whose words are those of this one, or nearly: `rewording.SAME`.

    The claim itself is among them, also one of an earlier version. In order of their dates; at one
    date by address, then by place.

    Args:
        reader: An open ledger.
        claim: Id; an unknown one gives nothing.
    """
    asked = reader.row("SELECT exact FROM claim WHERE id = :id", {"id": claim})
    if asked is None:
        return Spread([], whole=True)
    said = str(asked["exact"])
    rows = _sharing(reader, claim, said)
    wanted, numbers = plain_words(said), figures(said)
    found: dict[str, float] = {}
    for row in rows[:MAX_CANDIDATES]:
        alike = likeness(wanted, plain_words(row["exact"]), least=SAME)
        if alike or row["id"] == claim:
            found[row["id"]] = alike
    facts = reader.rows_for(_FACTS, list(found))
    later = added(reader, [row["key"] for row in facts])
    said_at = [
        (
            dated(row["published"], row["captured_at"], later.get(row["key"])),
            row,
            found[row["claim"]],
        )
        for row in facts
    ]
    said_at.sort(key=lambda s: (s[0].instant, s[1]["url"], s[1]["start"], s[1]["claim"]))
    return Spread(
        [
            SpreadItem(
                claim=row["claim"],
                article=row["article"],
                title=row["title"],
                url=row["url"],
                outlet=row["outlet"],
                exact=row["exact"],
                likeness=round(alike, 3),
                same_figures=figures(row["exact"]) == numbers,
                on=when.on,
                dated_by=when.by,
                asked=row["claim"] == claim,
            )
            for when, row, alike in said_at
        ],
        whole=len(rows) <= MAX_CANDIDATES,
    )


def _sharing(reader: Reader, claim: str, said: str) -> list[Row]:
    """The claim, and those of about its length that share one of its longest words."""
    pieces = _pieces(said)
    shares = " OR ".join(
        f"LOWER(m.exact) LIKE :piece{number} ESCAPE '!'" for number in range(len(pieces))
    )
    values: dict[str, Any] = {f"piece{at}": like(lower(piece)) for at, piece in enumerate(pieces)}
    # Likeness is at most twice the shorter by both together; quotes and spaces may add.
    values |= {"least": len(said) * 3 // 4, "most": len(said) * 4 // 3 + 4}
    return reader.rows(
        f"""SELECT m.id, m.exact
        FROM claim m
        WHERE m.id = :id OR (
            m.kind <> 'not-a-claim' AND LENGTH(m.exact) BETWEEN :least AND :most
            AND ({shares or "1 = 0"}) AND {CURRENT.format(claim="m.id")}
        )
        ORDER BY CASE WHEN m.id = :id THEN 0 ELSE 1 END, m.id LIMIT :limit""",
        {**values, "id": claim, "limit": MAX_CANDIDATES + 1},
    )


def _pieces(said: str) -> list[str]:
    words = (word for word in _WORD.findall(said))
    cut = (word[at : at + PIECE] for word in words for at in range(0, len(word), PIECE))
    return sorted(dict.fromkeys(piece for piece in cut if len(piece) > 1), key=len)[::-1][:PIECES]
