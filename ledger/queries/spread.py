"""A claim -> the same words in other articles, and who said them first."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

import re
import unicodedata
from typing import NamedTuple, TypedDict

from ledger.otherwise import Turn, says_otherwise
from ledger.provenance import OUTLET
from ledger.queries.dates import Dated, DatedBy, added, dated
from ledger.queries.words import INDEXED, NO_SPACES, like, parted
from ledger.reader import Reader, Row, lower, scripts_apart
from ledger.redacted import say_redacted
from ledger.rewording import SAME, alike_in_length, likeness, plain_words

MAX_CANDIDATES = 20_000
"""Sentences that are compared for one answer; comparing so many takes half a second."""

WORDS, PIECE = 3, 12
"""Of how many of the longest words a sentence must share one to be compared; and how many
characters are looked for at a time in a script whose words are as long as its sentences."""

_WORD = re.compile(r"[^\W_]{3,}")


class SpreadItem(TypedDict):
    """One claim that says the same.

    Attributes:
        claim, article, title, url: Of the claim, its article and page.
        outlet: Name of who published it; None when not known.
        exact: Its words.
        likeness: 1 where the words are the same but for case, quotes, spaces and the like.
        says_otherwise: What makes it another thing than what was asked about says: see
            `otherwise.Turn`; the figures are compared in their order.
        same_figures: Whether "figures" is not among them.
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
    says_otherwise: list[Turn]
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
    rows = _sharing(reader, said) if said else []
    wanted = plain_words(said)
    found: dict[str, float] = {claim: 1.0}
    for row in rows[:MAX_CANDIDATES]:
        alike = likeness(wanted, plain_words(row["exact"]), least=SAME)
        if alike:
            found[row["id"]] = alike
    facts = reader.rows_for(_FACTS, list(found))
    say_redacted(reader, facts, "article", "title", "exact")
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
            _item(row, when, alike, said=None if row["claim"] == claim else said)
            for when, row, alike in said_at
        ],
        whole=len(rows) <= MAX_CANDIDATES,
    )


def _item(row: Row, when: Dated, alike: float, *, said: str | None) -> SpreadItem:
    """One claim beside what is `said` by the one that was asked about; that itself without."""
    turns = [] if said is None else list(says_otherwise(said, row["exact"], ordered=True))
    return SpreadItem(
        claim=row["claim"],
        article=row["article"],
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        exact=row["exact"],
        likeness=round(alike, 3),
        says_otherwise=turns,
        same_figures="figures" not in turns,
        on=when.on,
        dated_by=when.by,
        asked=said is None,
    )


def _sharing(reader: Reader, said: str) -> list[Row]:
    """Claims of current articles, of about its length, that share one of its longest words."""
    condition, values = _shares(reader.kind, said)
    return reader.rows(
        f"""SELECT m.id, m.exact
        FROM claim_pattern c
        JOIN claim m ON m.id = c.claim_id
        WHERE {condition} AND m.kind <> 'not-a-claim'
            AND LENGTH(m.exact) BETWEEN :least AND :most
        ORDER BY m.id LIMIT :limit""",
        {**values, **alike_in_length(said), "limit": MAX_CANDIDATES + 1},
    )


def _shares(kind: str, said: str) -> tuple[str, dict[str, object]]:
    """A condition over `claim_pattern c` and `claim m`, and what it binds.

    By the index of words, where the database and we agree on what a word is; else, in writing
    without spaces and with marks that stand by themselves, by looking through every text.
    """
    words = sorted(dict.fromkeys(_WORD.findall(said)), key=len)[: -WORDS - 1 : -1]
    if not words or any(map(_splits, said)):
        pieces = [word[at : at + PIECE] for word in words for at in range(0, len(word), PIECE)]
        found = [f"LOWER(m.exact) LIKE :w{at} ESCAPE '!'" for at in range(len(pieces[:WORDS]))]
        bound = {f"w{at}": like(lower(piece)) for at, piece in enumerate(pieces[:WORDS])}
        return f"({' OR '.join(found) or '1 = 0'})", dict(bound)
    if kind == "sqlite":
        phrases = " OR ".join(f'"{scripts_apart(word)}"' for word in words)
        match = "c.place IN (SELECT rowid FROM claim_words WHERE claim_words MATCH :words)"
        return match, {"words": phrases}
    asked = (parted(f"CAST(:w{at} AS TEXT)") for at in range(len(words)))
    query = " || ".join(f"plainto_tsquery('simple', {each})" for each in asked)
    bound = {f"w{at}": word for at, word in enumerate(words)}
    return f"{INDEXED} @@ ({query})", dict(bound)


def _splits(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") or bool(NO_SPACES.match(sign))
