"""Every article that has several versions -> what became of it since it was first read."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypedDict, get_args

from ledger.otherwise import Turn
from ledger.queries.diff import State, diff
from ledger.reader import Reader, Row
from ledger.redacted import redactions


class ChangedItem(TypedDict):
    """One article, its first version beside its last.

    Attributes:
        article, title, url: Of the last version, and of its page.
        first: Id of the first version.
        versions: How many there are.
        same_reader: Whether one reader read both; where not, differences may be those of readers.
        claims: How many became what: see `diff.State`.
        says_otherwise: How many reworded ones say something else, and why: see `otherwise.Turn`.
        turned: How many say something else, each once.
        dropped: Outlets, by name, that claims which still stand have lost.
    """

    article: str
    title: str | None
    url: str
    first: str
    versions: int
    same_reader: bool
    claims: dict[State, int]
    says_otherwise: dict[Turn, int]
    turned: int
    dropped: list[str]


class Changed(NamedTuple):
    """What became of articles: first those of which most says something else, then by changes.

    `once` is how many articles were read only once, `redacted` of how many a version has no words.
    """

    items: list[ChangedItem]
    once: int
    redacted: int


Versions = list[Row]
"""The versions of one article, the first read first."""


def changed(
    reader: Reader, along: Callable[[list[Versions]], Iterable[Versions]] = iter
) -> Changed:
    """What became of every article that counts since it was first read.

    Args:
        reader: An open ledger.
        along: Gives what is compared one after another, and may tell how far that is.
    """
    rows = reader.rows(
        """SELECT v.id, v.title, s.url, v.extractor
        FROM article v
        JOIN source s ON s.id = v.source_id
        LEFT JOIN journal j ON j.entry_id = v.id
        WHERE v.source_id IN (SELECT c.source_id FROM current_article c)
        ORDER BY j.seq, v.id"""
    )
    versions: dict[str, Versions] = {}
    for row in rows:
        versions.setdefault(row["url"], []).append(row)
    several = [of_it for of_it in versions.values() if len(of_it) > 1]
    gone = redactions(reader, [end["id"] for of_it in several for end in (of_it[0], of_it[-1])])
    whole = [
        of_it for of_it in several if gone.keys().isdisjoint((of_it[0]["id"], of_it[-1]["id"]))
    ]
    items = [_item(reader, of_it) for of_it in along(whole)]
    items.sort(
        key=lambda item: (-item["turned"], -len(item["dropped"]), -_changes(item), item["url"])
    )
    return Changed(items, len(versions) - len(several), len(several) - len(items))


def _changes(item: ChangedItem) -> int:
    return sum(item["claims"].values()) - item["claims"]["kept"]


def _item(reader: Reader, versions: Versions) -> ChangedItem:
    first, last = versions[0], versions[-1]
    found = diff(reader, first["id"], last["id"])
    states = Counter(each["state"] for each in found)
    turns = Counter(turn for each in found for turn in each["says_otherwise"])
    return ChangedItem(
        article=last["id"],
        title=last["title"],
        url=last["url"],
        first=first["id"],
        versions=len(versions),
        same_reader=first["extractor"] == last["extractor"],
        claims={state: states[state] for state in get_args(State)},
        says_otherwise={turn: turns[turn] for turn in get_args(Turn)},
        turned=sum(bool(each["says_otherwise"]) for each in found),
        dropped=sorted({outlet for each in found for outlet in each["dropped"]}),
    )
