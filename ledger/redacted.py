"""Redactions -> the words shown in place of what they erased: that it was, when and why."""

from collections.abc import Iterable, Sequence

from ledger.reader import Reader, Row


def redactions(reader: Reader, articles: Sequence[str]) -> dict[str, str]:
    """Which of these articles have lost their words, and what stands in the place of each word.

    Args:
        reader: An open ledger.
        articles: Ids.

    Returns:
        Id of each that was redacted to "[redacted on 2025-05-23: order of a court]".
    """
    rows = reader.rows_for(
        """SELECT a.id, g.at, g.reason
        FROM article a
        JOIN capture p ON p.id = a.capture_id
        JOIN redaction r ON r.digest = p.payload_digest
        JOIN judgement g ON g.id = r.judgement_id
        WHERE a.id IN :ids""",
        articles,
    )
    return {row["id"]: _notice(row) for row in rows}


def say_redacted(reader: Reader, rows: Iterable[Row], article: str, *fields: str) -> None:
    """Put what `redactions` gives into the empty ones of these fields.

    Args:
        reader: An open ledger.
        rows: To be changed.
        article: The field that has the id of the article that the row is about.
        fields: Those that hold words of the article.
    """
    blank = [row for row in rows if not all(map(row.get, fields))]
    said = redactions(reader, list(dict.fromkeys(row[article] for row in blank)))
    for row in blank:
        if row[article] in said:
            row.update({name: said[row[article]] for name in fields if not row[name]})


def _notice(row: Row) -> str:
    why = f": {row['reason']}" if row["reason"] else ""
    return f"[redacted on {row['at'][:10]}{why}]"
