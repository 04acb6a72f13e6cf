"""How much a ledger holds."""

# ruff: noqa: S608 - table names are our own words

from ledger.reader import Reader

TABLES = (
    "outlet",
    "source",
    "capture",
    "article",
    "claim",
    "citation",
    "attribution",
    "judgement",
    "rating",
    "journal",
)
"""Every table of entries, and the journal that chains them."""


def has_several_articles(reader: Reader) -> bool:
    """Whether `articles_now` is more than one; without counting them."""
    return len(reader.rows("SELECT 1 AS one FROM current_article LIMIT 2")) > 1


def articles_now(reader: Reader) -> int:
    """How many articles there are now, each in its last version, without those set aside."""
    row = reader.row("SELECT COUNT(*) AS n FROM current_article")
    return int(row["n"]) if row else 0


def counts(reader: Reader) -> dict[str, int]:
    """Table to its number of rows, every version and every revised entry included."""
    asked = (f"SELECT '{table}' AS name, COUNT(*) AS n FROM {table}" for table in TABLES)
    found = {row["name"]: row["n"] for row in reader.rows(" UNION ALL ".join(asked))}
    return {table: found[table] for table in TABLES}
