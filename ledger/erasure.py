"""What a redaction erases, and the erasing itself: for whoever redacts and whoever takes that over.

Why so: docs/decisions/redaction.md.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ledger.bulk import NotTakenError, chunks
from ledger.compact import note_due
from ledger.ids import canonical

EMPTIED: dict[str, dict[str, str | None]] = {
    "article": {
        "title": None,
        "byline": "[]",
        "dateline": None,
        "text": "",
        "blocks": "[]",
        "references": "[]",
        "findings": "[]",
    },
    "claim": {"exact": "", "section": "[]"},
    "citation": {"raw": "", "marker": None},
    "attribution": {"name": ""},
}
"""Kind of entry to the columns that hold words of a page, and what stands there without them.

The migrations 0004 and 0008 let exactly these be emptied, and the bytes."""

LEFT = {"citation": frozenset({"marker"})}
"""Of them those that redactions left before 0008; see `remains_in`."""

_OF_ARTICLE = "SELECT a.id FROM article a WHERE a.capture_id IN ({captures})"
_OF_CLAIM = (
    "SELECT s.id FROM claim s JOIN article a ON a.id = s.article_id"
    " WHERE a.capture_id IN ({captures})"
)

READ_FROM = {
    "article": "capture_id IN ({captures})",
    "claim": f"article_id IN ({_OF_ARTICLE})",
    "citation": f"claim_id IN ({_OF_CLAIM})",
    "attribution": f"claim_id IN ({_OF_CLAIM})",
}
"""Kind of entry to the condition that a row was read from one of the captures `{captures}`."""

READ_IN = {
    "article": "capture_id",
    "claim": "article_id",
    "citation": "claim_id",
    "attribution": "claim_id",
}
"""Kind of entry to its field that names what it was read in."""

_BLANK: dict[str, dict[str, object]] = {
    kind: {name: [] if value == "[]" else value for name, value in columns.items()}
    for kind, columns in EMPTIED.items()
}
# The same as contents.


def is_emptied(kind: str, content: Mapping[str, object]) -> bool:
    """Whether no word of a page is left in an entry that could have some, but for those `LEFT`."""
    blank, left = _BLANK.get(kind), LEFT.get(kind, ())
    return blank is not None and all(
        _listed(content.get(name)) == value for name, value in blank.items() if name not in left
    )


def _listed(value: object) -> object:
    """A list also where `Entry.said` has a tuple."""
    return list(value) if isinstance(value, tuple) else value


def without_words(kind: str, content: Mapping[str, object]) -> dict[str, object]:
    """What is left of the content of an entry that was read from a page."""
    return {**content, **_BLANK[kind]}


def object_of(capture_id: str, remains: str) -> str:
    """What the judgement of a redaction says: of which capture, and what is left."""
    return canonical({"capture": capture_id, "remains": remains}).decode()


def remains_in(said: str) -> str | None:
    """The digest that `object_of` was given; None in a judgement that has none, as older ones."""
    return _in_object(said, "remains")


def capture_in(said: str) -> str:
    """The capture that `object_of` was given; an older judgement is its id and no more."""
    return _in_object(said, "capture") or said


def _in_object(said: str, name: str) -> str | None:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    value = found.get(name) if isinstance(found, dict) else None
    return value if isinstance(value, str) else None


def words_of_erased(
    connection: sa.Connection, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str | None:
    """Whether new rows would bring back words of a page that was erased.

    Args:
        connection: One that holds the write lock.
        rows: Kind of entry to rows that are to be put into its table.

    Returns:
        Id of the first row that would; None when there is none.
    """
    if connection.scalar(_ANY) is None:
        return None
    for kind, named in _NAMES_PAGE.items():
        blank = EMPTIED.get(kind, {"subject": ""})
        worded = [
            row
            for row in rows.get(kind, ())
            if row[named] is not None and any(row[name] != no for name, no in blank.items())
        ]
        found: set[str] = set()
        for some in chunks(sorted({row[named] for row in worded})):
            found.update(connection.scalars(_ERASED[named], {"ids": list(some)}))
        for row in worded:
            if row[named] in found:
                return str(row["id"])
    return None


_NAMES_PAGE = {**READ_IN, "judgement": "article_id"}
"""The same, with judgements about an article, which name its markers."""

_ANY = sa.text("SELECT 1 FROM redaction LIMIT 1")
_CAPTURES = (
    " JOIN capture p ON p.id = a.capture_id JOIN redaction r ON r.digest = p.payload_digest WHERE "
)
_ERASED = {
    name: sa.text(f"SELECT {asked} IN :ids").bindparams(sa.bindparam("ids", expanding=True))
    for name, asked in {
        "capture_id": "p.id FROM capture p JOIN redaction r ON r.digest = p.payload_digest"
        " WHERE p.id",
        "article_id": f"a.id FROM article a{_CAPTURES}a.id",
        "claim_id": f"s.id FROM claim s JOIN article a ON a.id = s.article_id{_CAPTURES}s.id",
    }.items()
}
# What names a page, by its field -> which of some ids are of pages that were erased.


def erase(connection: sa.Connection, redaction: Mapping[str, str]) -> dict[str, int]:
    """Record a redaction, and erase the bytes it is about and all words read from them before.

    Args:
        connection: In a transaction that writes; the judgement of the redaction is recorded.
        redaction: A row of the table.

    Returns:
        Kind of entry, or "payload", to how many were erased.

    Raises:
        NotTakenError: A table keeps words.
    """
    connection.execute(
        sa.text("INSERT INTO redaction VALUES (:digest, :judgement_id, :note)"), dict(redaction)
    )
    bytes_ = sa.text("UPDATE payload SET body = :nothing WHERE digest = :digest")
    known = {"digest": redaction["digest"]}
    if connection.scalar(_HELD, {"nothing": b"", **known}):  # an import brings none of them
        note_due(connection)
    erased = {"payload": connection.execute(bytes_, {"nothing": b"", **known}).rowcount}
    judged = connection.execute(_JUDGED, {"id": redaction["judgement_id"]}).one()
    captures = "SELECT c.id FROM capture c WHERE c.payload_digest = :digest"
    for kind, columns in EMPTIED.items():
        left = LEFT.get(kind, frozenset()) if remains_in(judged.object) is None else frozenset()
        values = {name: value for name, value in columns.items() if name not in left}
        table = sa.table(kind, *map(sa.column, columns))
        read_from = sa.text(f"{READ_FROM[kind].format(captures=captures)} AND {_BEFORE}")
        emptied = sa.update(table).where(read_from).values(values)
        erased[kind] = connection.execute(emptied, {**known, "seq": judged.seq}).rowcount
        left_over = [sa.column(name).is_distinct_from(value) for name, value in values.items()]
        worded = sa.select(table).where(read_from, sa.or_(*left_over)).limit(1)
        if connection.execute(worded, {**known, "seq": judged.seq}).first() is not None:
            raise NotTakenError(kind)
    if connection.scalar(_HELD, {"nothing": b"", **known}):
        raise NotTakenError("payload")
    return erased


_HELD = sa.text("SELECT 1 FROM payload WHERE digest = :digest AND body <> :nothing")
_JUDGED = sa.text(
    "SELECT j.seq, g.object FROM judgement g JOIN journal j ON j.entry_id = g.id WHERE g.id = :id"
)
_BEFORE = "EXISTS (SELECT 1 FROM journal WHERE entry_id = id AND seq < :seq)"
# Of the few rows of a page; as a list it would be nearly all that was ever recorded.
