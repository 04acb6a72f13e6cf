"""Derived tables against entries -> where they do not agree.

Only reads. Each claim is worked out anew from the entries, each pattern from its own groups, and
each count from the patterns, so whatever was left behind or altered shows in one of the three.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ledger.counting import counted
from ledger.errors import StoreError
from ledger.provenance import digest_of_groups, owner_of
from ledger.reader import Reader
from ledger.schema import damaged
from ledger.summaries import standing
from ledger.summaries.anew import TALLIES, TOTALS
from ledger.summaries.carried import carried
from ledger.summaries.patterns import pattern_rows

PAGE = 500
"""Articles, patterns or sources looked at together: the most that one statement may name."""

_Pages = Callable[[str, str], Iterator[list[dict[str, Any]]]]
# The rows of a statement, in the order of the column that is named.


def differences(
    reader: Reader, *, piecewise: bool = False, parts: Iterable[str] | None = None
) -> Iterator[str]:
    """What in the derived tables is not what the entries say, a plain sentence for each.

    Args:
        reader: Asks a ledger whose entries hold.
        piecewise: Look anew for each page, so that no writer waits long. Then what is recorded
            meanwhile may seem to differ, and does not.
        parts: Only these of `PARTS`, for whoever looks at several at a time; None for all.

    Nothing is given where all is well. A difference is a mistake of this program or an altered
    database; `make_anew` puts it right, and no entry is concerned.
    """
    pages = partial(_pages, reader, piecewise=piecewise)
    for part in PARTS if parts is None else parts:
        yield from PARTS[part](reader, pages)


def _findable(reader: Reader, _pages: _Pages) -> Iterator[str]:
    if reader.kind == "sqlite":
        yield from _unlike(
            reader,
            "the words by which claims are found",
            "SELECT id FROM claim_words_docsize",
            "SELECT place FROM claim_pattern",
        )
        yield from _words(reader)


def _words(reader: Reader) -> Iterator[str]:
    """One sentence where claims are found by other words than theirs.

    SQLite compares an index of full text with the texts only for who may write. So its tables are
    copied to the temporary ones of a connection of our own, and compared there.
    """
    with Reader(Path(reader.db)) as own:
        own.rows("PRAGMA query_only = OFF")  # it forbids tables of one's own, too
        own.rows(
            "CREATE TEMP VIEW claim_text AS"
            " SELECT place, scripts_apart(exact) AS exact FROM main.claim_text"
        )
        own.rows(_SEARCH)
        for part in ("data", "idx", "docsize", "config"):
            own.rows(f"DELETE FROM temp.claim_words_{part}")
            own.rows(f"INSERT INTO temp.claim_words_{part} SELECT * FROM main.claim_words_{part}")
        try:
            own.rows(
                "INSERT INTO temp.claim_words (claim_words, rank) VALUES ('integrity-check', 1)"
            )
        except StoreError as error:
            if error.message != damaged(reader.db).message:
                raise
            yield "the words by which claims are found, which are not those of the claims"


_SEARCH = (
    "CREATE VIRTUAL TABLE temp.claim_words USING fts5(exact, content='claim_text',"
    " content_rowid='place', tokenize='unicode61 remove_diacritics 2')"
)
# As migration 0003 makes it.


def _standings(reader: Reader, pages: _Pages) -> Iterator[str]:
    known = {row["key"]: row for row in reader.rows("SELECT * FROM known_outlet")}
    outlets = standing.Outlets(
        {key: row["standing"] for key, row in known.items()},
        {key for key, row in known.items() if row["kind"] == standing.PLATFORM},
    )
    for row in reader.rows("SELECT * FROM current_outlet ORDER BY key"):
        kept = known.get(row["key"])
        if kept is None or any(kept[name] != row[name] for name in standing.FACTS):
            yield f"what is known of the outlet {row['key']}"
    yield from _unlike(
        reader,
        "which outlets were merged",
        "SELECT key, standing FROM known_outlet WHERE standing <> key",
        'SELECT "key", "into" FROM merged_outlet',
    )
    for rows in pages("SELECT id, url, outlet FROM source", "id"):
        ids = [row["id"] for row in rows]
        kept_rows = reader.rows_for(
            "SELECT source_id, outlet, origin FROM standing WHERE source_id IN :ids", ids
        )
        kept_of = {row["source_id"]: (row["outlet"], row["origin"]) for row in kept_rows}
        voiced = reader.rows_for(
            """SELECT v.source_id, v.origin, c.home
            FROM voice v LEFT JOIN compared c ON c.source_id = v.source_id
            WHERE v.source_id IN :ids""",
            ids,
        )
        voices = {row["source_id"]: standing.Voiced(row["origin"], row["home"]) for row in voiced}
        for stands in standing.how_they_stand(rows, outlets, voices):
            if kept_of.get(stands.source_id) != (stands.outlet, stands.origin):
                yield f"how the source {stands.source_id} stands"


def _claims(reader: Reader, pages: _Pages, first: str, before: str | None) -> Iterator[str]:
    """Of the articles whose ids lie from the one text on and before the other."""
    places: set[int] = set()
    ends = "" if before is None else f" AND article_id < '{before}'"
    share = f"article_id >= '{first}'{ends}"
    current = "SELECT id, id AS article_id FROM current_article"
    for rows in pages(f"SELECT id FROM ({current}) c WHERE {share}", "id"):
        articles = [row["id"] for row in rows]
        kept = {
            row["claim_id"]: (row["place"], row["article_id"], row["says"], row["digest"])
            for row in reader.rows_for(
                """SELECT c.place, c.claim_id, c.article_id, c.says, p.digest
                FROM claim_pattern c
                LEFT JOIN pattern p ON p.id = c.pattern_id
                WHERE c.article_id IN :ids""",
                articles,
            )
        }
        for claim in carried(reader.rows, articles):
            places.add(claim.place)
            digest = digest_of_groups(claim.groups) if claim.groups else None
            wanted = (claim.place, claim.article_id, claim.says, digest)
            if kept.get(claim.claim_id) != wanted:
                yield f"what carries the claim {claim.claim_id}"
    for row in reader.rows(f"SELECT place, claim_id FROM claim_pattern WHERE {share}"):
        if row["place"] not in places:
            yield f"the claim {row['claim_id']}, which is not current"


def _patterns(reader: Reader, pages: _Pages) -> Iterator[str]:
    tables = ("pattern", "pattern_group", "pattern_member", "pattern_outlet")
    for rows in pages("SELECT id FROM pattern", "id"):
        ids = [row["id"] for row in rows]
        kept: dict[int, dict[str, list[dict[str, Any]]]] = {
            id: {table: [] for table in tables} for id in ids
        }
        for table in tables:
            key = "id" if table == "pattern" else "pattern_id"
            for row in reader.rows_for(f"SELECT * FROM {table} WHERE {key} IN :ids", ids):
                kept[row[key]][table].append(row)
        groups = {id: _groups(of_pattern["pattern_member"]) for id, of_pattern in kept.items()}
        owner = owner_of(reader, groups.values())
        for id, of_pattern in kept.items():
            wanted: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
            digest = digest_of_groups(groups[id])
            for table, row in pattern_rows(id, digest, groups[id], owner):
                wanted[table].append(row)
            wanted["pattern"][0]["claims"] = of_pattern["pattern"][0]["claims"]  # counted below
            if not all(_alike(wanted[table], of_pattern[table]) for table in tables):
                yield f"the pattern {id}"


def _counts(reader: Reader, _pages: _Pages) -> Iterator[str]:
    asked = (
        (
            "the resilience of claims",
            "SELECT place, resilience FROM claim_pattern WHERE pattern_id IS NOT NULL",
            "SELECT c.place, p.resilience FROM claim_pattern c"
            " JOIN pattern p ON p.id = c.pattern_id",
        ),
        (
            "the claims of patterns",
            "SELECT id, claims FROM pattern",
            "SELECT pattern_id, COUNT(*) FROM claim_pattern WHERE pattern_id IS NOT NULL"
            " GROUP BY pattern_id",
        ),
        (
            "the claims of outlets",
            "SELECT outlet, place, effect FROM claim_outlet",
            "SELECT o.outlet, c.place, o.effect FROM claim_pattern c"
            " JOIN pattern_outlet o ON o.pattern_id = c.pattern_id",
        ),
        (
            "the tallies of outlets",
            "SELECT outlet, claims, falls, weakens, unknown, unsure, name FROM outlet_tally",
            TALLIES,
        ),
        ("the totals", "SELECT what, number, claims FROM support_total", TOTALS),
    )
    for what, kept, wanted in asked:
        yield from _unlike(reader, what, kept, wanted)


def _unlike(reader: Reader, what: str, kept: str, wanted: str) -> Iterator[str]:
    """One sentence where two statements do not give the same rows."""
    row = reader.row(
        f"""SELECT
            (SELECT COUNT(*) FROM (SELECT * FROM ({kept}) a EXCEPT SELECT * FROM ({wanted}) b) x)
            + (SELECT COUNT(*) FROM (SELECT * FROM ({wanted}) c EXCEPT SELECT * FROM ({kept}) d) y)
            AS n"""
    )
    if row and row["n"]:
        yield f"{what}: {counted(row['n'], 'row')}"


def _pages(
    reader: Reader, sql: str, key: str, *, piecewise: bool
) -> Iterator[list[dict[str, Any]]]:
    after: object = None
    while True:
        scope = f"WHERE x.{key} > :after" if after is not None else ""
        rows = reader.rows(
            f"SELECT * FROM ({sql}) x {scope} ORDER BY x.{key} LIMIT {PAGE}", {"after": after}
        )
        if rows:
            yield rows
        if piecewise:
            reader.look_anew()
        if len(rows) < PAGE:
            return
        after = rows[-1][key]


def _groups(members: list[dict[str, Any]]) -> tuple[tuple[tuple[str | None, str | None], ...], ...]:
    found: dict[int, list[tuple[str | None, str | None]]] = {}
    for row in sorted(members, key=lambda row: (row["grp"], row["ordinal"])):
        found.setdefault(row["grp"], []).append((row["outlet"], row["origin"]))
    return tuple(map(tuple, found.values()))


def _alike(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> bool:
    """Whether these are the same rows, in whatever order; a table has none of them twice."""
    if len(some) != len(others):
        return False
    return {frozenset(row.items()) for row in some} == {frozenset(row.items()) for row in others}


_SHARES = (("", "4"), ("4", "8"), ("8", "c"), ("c", None))
# Of the claims, which take the longest: ids of articles are hex digits, all equally frequent. Every
# text is in one share, so nothing that somebody wrote there is in none.

PARTS: dict[str, Callable[[Reader, _Pages], Iterator[str]]] = {
    "sources": _standings,
    **{
        f"claims {number}": partial(_claims, first=first, before=before)
        for number, (first, before) in enumerate(_SHARES, start=1)
    },
    "patterns": _patterns,
    "counts": _counts,
    "words": _findable,
}
"""What is compared, in this order."""
