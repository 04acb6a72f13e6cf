"""A name that no article or source has -> those that may have been meant.

By the name of their file, whatever its folder; articles also by words of their title, and sources
by any part of their address.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from ledger.reader import Reader, Row

_MOST_COMPARED = 5_000
"""Names of files to which a misspelt one is compared: more of them take seconds."""
_MOST_SOURCES = 100_000
"""Sources that are looked through: half a second."""
_SHORTEST = 4
"""Characters of a title that tell something."""


def near_articles(reader: Reader, name: str, most: int) -> list[str]:
    """Ids of current articles, those that are likeliest first.

    Args:
        reader: An open ledger.
        name: As typed: a file, also with the strokes of Windows, or words.
        most: At most so many.
    """
    rows = reader.rows(
        """SELECT a.id, a.title, s.url FROM current_article a
        JOIN source s ON s.id = a.source_id ORDER BY a.id"""
    )
    return _near(rows, name, most)


def near_sources(reader: Reader, name: str, most: int) -> list[str]:
    """The same of sources."""
    rows = reader.rows(
        "SELECT s.id, s.url FROM source s ORDER BY s.id LIMIT :most", {"most": _MOST_SOURCES}
    )
    return _near([{**row, "title": row["url"].partition("://")[2]} for row in rows], name, most)


def _near(rows: Sequence[Row], name: str, most: int) -> list[str]:
    asked = _folded(name.strip().replace("\\", "/").rstrip("/").rpartition("/")[2])
    if not asked:
        return []
    lasts = (unquote(row["url"].rstrip("/").rpartition("/")[2]) for row in rows)
    files = [(_folded(last), row["id"]) for last, row in zip(lasts, rows, strict=True)]
    whole = _folded(name.strip().rpartition("://")[2].rstrip("/"))
    found = [row["id"] for row in rows if len(whole) >= _SHORTEST and whole in _title(row)]
    found += [id for file, id in files if file == asked]
    found += [id for file, id in files if PurePosixPath(file).stem == PurePosixPath(asked).stem]
    if len(asked) >= _SHORTEST:
        found += [row["id"] for row in rows if asked in _title(row)]
        found += [id for file, id in files if asked in file]
    if not found and len(files) <= _MOST_COMPARED:
        close = get_close_matches(asked, [file for file, _ in files], n=most, cutoff=0.8)
        found = [id for near in close for file, id in files if file == near]
    return list(dict.fromkeys(found))[:most]


def _title(row: Row) -> str:
    return _folded(row["title"] or "")


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()
