"""What a person typed -> the one thing it names.

Ids go by a prefix, as in git; articles and sources also by address or file; outlets by name,
alias, domain or any address of theirs. One candidate is an answer; none or several is an error
that lists what may have been meant, never a guess.
"""

# ruff: noqa: S608 - table names are our own words; every value is bound

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from shlex import quote
from typing import Literal

from ledger.called import called
from ledger.errors import NotFoundError
from ledger.ids import source_id
from ledger.inputs.files import MAX_FILE_BYTES
from ledger.provenance import other_addresses
from ledger.queries.chosen import ClaimFilter, chosen
from ledger.queries.near import near_articles, near_sources
from ledger.queries.words import like
from ledger.reader import Reader, Row, lower

MIN_PREFIX = 4
"""Hex digits that may name an id: git's rule too."""

SHOWN_DIGITS = 8
"""Hex digits of an id as shown to people; more where they would name two."""

SHOWN_CANDIDATES = 5
"""Things that may have been meant, as an error lists them: as many as one looks through."""

Numbered = Literal["article", "capture", "claim", "source"]

_PREFIX = re.compile(rf"[0-9a-f]{{{MIN_PREFIX},64}}", re.ASCII)
_TOO_SHORT = re.compile(rf"[0-9a-f]{{1,{MIN_PREFIX - 1}}}", re.ASCII)


def claim_named(reader: Reader, name: str) -> str:
    """The id of the claim whose id begins so, or of the only current one that has these words.

    Where none has them, of the only one of an article that was set aside, as such an article is
    found by its name.

    Raises:
        NotFoundError: No claim has this name, or several have.
    """
    found = _by_prefix(reader, "claim", name)
    if found is not None:
        return found
    if len(name.strip()) < MIN_PREFIX:
        raise NotFoundError(
            name,
            "these are too few characters to name a claim",
            remedy=f"Give at least {MIN_PREFIX} characters of its words, or hex digits of its id; "
            "or search: ledger claims --search WORDS",
        )
    by_word = chosen(reader, ClaimFilter(search=name.strip()), SHOWN_CANDIDATES + 1)
    # By an index; they may also begin within a word, or be of no claim.
    ids = by_word or _with_words(reader, name, "current_article")
    ids = ids or _with_words(reader, name, _ASIDE)
    if not ids:
        _refuse_of_another(reader, name, "claim")
        raise NotFoundError(
            name,
            "no claim has this id or these words",
            remedy=f"Ids have at least {MIN_PREFIX} hex digits; see: ledger claims",
        )
    if len(ids) > 1:
        found_by = f"ledger claims --search {quote(name.strip())}" if by_word else None
        raise _several(reader, name, "claim", ids, "have these words", all_by=found_by)
    return ids[0]


_ASIDE = """(SELECT a.id FROM article a JOIN aside_source x ON x.source_id = a.source_id
    WHERE NOT EXISTS (SELECT 1 FROM article later WHERE later.revises = a.id))"""
"""Last versions of articles that were set aside."""


def _with_words(reader: Reader, name: str, articles: str) -> list[str]:
    """Ids of the first claims of these articles that have these words anywhere."""
    rows = reader.rows(
        f"""SELECT m.id FROM claim m JOIN {articles} a ON a.id = m.article_id
        WHERE LOWER(m.exact) LIKE :words ESCAPE '!' ORDER BY m.id LIMIT :most""",
        {"words": like(lower(name.strip())), "most": SHOWN_CANDIDATES + 1},
    )
    return [str(row["id"]) for row in rows]


def article_named(reader: Reader, name: str) -> str:
    """The id of the article with this id prefix, address or file.

    An id may be of any version; an address or file names the last one, also of an article that was
    set aside. A file that was read under another address is known by its bytes, and one that was
    set aside only where no other has these bytes.

    Raises:
        NotFoundError: Nothing has this name, or several things have.
    """
    found = _by_prefix(reader, "article", name)
    if found is not None:
        return found
    rows = reader.rows(
        """SELECT a.id, s.url FROM article a JOIN source s ON s.id = a.source_id
        WHERE s.url IN (:given, :page, :file, :behind)
            AND NOT EXISTS (SELECT 1 FROM article later WHERE later.revises = a.id)
        ORDER BY a.id""",
        addresses := _addresses(name),
    )
    as_written = [row for row in rows if row["url"] != addresses["behind"]]
    rows = as_written or rows or _read_from_file(reader, name)
    if len(rows) > 1:
        raise _several(reader, name, "article", [row["id"] for row in rows])
    if not rows:
        raise _none(reader, name, "article")
    return str(rows[0]["id"])


def capture_named(reader: Reader, name: str) -> Row:
    """The capture whose id begins so, or that of the article with this name.

    Returns:
        Its id, captured_at, final_url, payload_digest and size.

    Raises:
        NotFoundError: Nothing has this name, or several have.
    """
    id = _by_prefix(reader, "capture", name)
    article = None if id else article_named(reader, name)
    return reader.rows(
        """SELECT id, captured_at, final_url, payload_digest, size FROM capture
        WHERE id = :id OR id = (SELECT capture_id FROM article WHERE id = :article)""",
        {"id": id, "article": article},
    )[0]


def source_named(reader: Reader, name: str, *, itself: bool = False) -> str:
    """The id of the source with this id prefix, address or file.

    Of a page that is not recorded itself, that of an address that leads on to it; with `itself`
    there is none.

    Raises:
        NotFoundError: Nothing has this name, or several things have.
    """
    found = _by_prefix(reader, "source", name)
    if found is not None:
        return found
    named = _addresses(name)
    row = reader.row(
        """SELECT id FROM source WHERE url IN (:given, :page, :file, :behind)
        ORDER BY CASE url WHEN :behind THEN 1 ELSE 0 END, id LIMIT 1""",
        named,
    )
    if row is None:
        page = str(named["behind"] or "")
        leading = None if itself else other_addresses(reader, [page]).get(page)
        if not leading:
            raise _none(reader, name, "source")
        return source_id(leading[0])
    return str(row["id"])


def withdrawn_as(reader: Reader, address: str) -> str | None:
    """This address, normalised, where a page was recorded or withdrawn by it itself; else None.

    An earlier program may have taken for a page of its own what by now is a way to another.
    """
    from ledger import urls  # see `_addresses`

    page = urls.normalise(address)
    row = reader.row(
        """SELECT 1 FROM source WHERE url = :page
        UNION ALL SELECT 1 FROM judgement WHERE verb = 'withdraw' AND subject = :page""",
        {"page": page},
    )
    return page if row else None


def short_ids(reader: Reader, kind: Numbered, ids: Sequence[str]) -> dict[str, str]:
    """Id to the shortest prefix to show that names only it, at least `SHOWN_DIGITS` long."""
    rows = reader.rows_for(
        f"""SELECT n.id, (SELECT MAX(p.id) FROM {kind} p WHERE p.id < n.id) AS before,
            (SELECT MIN(p.id) FROM {kind} p WHERE p.id > n.id) AS after
        FROM {kind} n WHERE n.id IN :ids""",
        list(dict.fromkeys(ids)),
    )
    return {row["id"]: row["id"][: _telling(row)] for row in rows}


def _by_prefix(reader: Reader, kind: Numbered, name: str) -> str | None:
    ids = _begins(reader, kind, name)
    if len(ids) > 1:
        raise _several(reader, name, kind, ids)
    return ids[0] if ids else None


def _begins(reader: Reader, kind: Numbered, name: str) -> list[str]:
    """The ids that begin so, and one more than are shown at most."""
    prefix = name.strip().lower()
    if not _PREFIX.fullmatch(prefix):
        return []
    rows = reader.rows(
        f"""SELECT id FROM {kind} WHERE id >= :low AND id < :high ORDER BY id LIMIT :most""",
        # every hex digit sorts before "g", in every collation
        {"low": prefix, "high": prefix + "g", "most": SHOWN_CANDIDATES + 1},
    )
    return [str(row["id"]) for row in rows]


_KINDS: dict[Numbered, str] = {"article": "an article", "claim": "a claim", "source": "a source"}


def _refuse_of_another(reader: Reader, name: str, kind: Numbered) -> None:
    """Raises NotFoundError: the id is that of something else, which another command shows."""
    for other, noun in _KINDS.items():
        if other != kind and _begins(reader, other, name):
            raise NotFoundError(
                name,
                f"this is the id of {noun}, not of {_KINDS[kind]}",
                remedy=f"See: ledger {'trace' if other == 'claim' else other} {name.strip()[:12]}",
            )


def _none(reader: Reader, name: str, noun: Literal["article", "source"]) -> NotFoundError:
    """That nothing of a kind has this name, or that it is too short to name anything."""
    if _TOO_SHORT.fullmatch(name.strip().lower()):
        return NotFoundError(
            name,
            f"these are too few digits to name one {noun}",
            remedy=f"Give at least {MIN_PREFIX} of its id; see: ledger {noun}s",
        )
    _refuse_of_another(reader, name, noun)
    what = f"no {noun} has this id or address"
    may_be_file = "://" not in name and not _PREFIX.fullmatch(name.strip().lower())
    if noun == "article" and may_be_file and not Path(name).is_absolute():
        what += ", and none was read from a file of this name in this folder"
    near_to = near_articles if noun == "article" else near_sources
    near = near_to(reader, name, SHOWN_CANDIDATES)
    return NotFoundError(
        name,
        what,
        candidates=tuple(_told_apart(reader, noun, near)),
        remedy="Did you mean one of these?" if near else f"See: ledger {noun}s",
    )


def _read_from_file(reader: Reader, name: str) -> list[Row]:
    """The last versions that were read from the bytes of this file, whatever their address."""
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            return []
        digest = sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):  # a NUL in the name, a file that may not be read
        return []
    rows = reader.rows(
        """SELECT a.id, EXISTS (SELECT 1 FROM current_article r WHERE r.id = a.id) AS counts
        FROM article a JOIN capture c ON c.id = a.capture_id
        WHERE c.payload_digest = :digest
            AND NOT EXISTS (SELECT 1 FROM article later WHERE later.revises = a.id)
        ORDER BY a.id""",
        {"digest": f"sha256:{digest}"},
    )
    return [row for row in rows if row["counts"]] or rows


_SAYS = {
    "article": """SELECT a.id, a.title AS says, s.url AS place
        FROM article a JOIN source s ON s.id = a.source_id WHERE a.id IN :ids""",
    "claim": """SELECT m.id, m.exact AS says, a.title AS place, s.url
        FROM claim m JOIN article a ON a.id = m.article_id JOIN source s ON s.id = a.source_id
        WHERE m.id IN :ids""",
    "capture": "SELECT id, final_url AS says, captured_at AS place FROM capture WHERE id IN :ids",
    "source": "SELECT id, NULL AS says, url AS place FROM source WHERE id IN :ids",
}
"""By what people tell things of each kind apart."""


def _several(
    reader: Reader,
    name: str,
    kind: Numbered,
    ids: Sequence[str],
    what: str = "have this name",
    all_by: str | None = None,
) -> NotFoundError:
    """That several things have a name; `all_by` is a command that lists them all."""
    more = len(ids) > SHOWN_CANDIDATES
    count = f"more than {SHOWN_CANDIDATES}" if more else str(len(ids))
    return NotFoundError(
        name,
        f"{count} {kind}s {what}",
        candidates=tuple(_told_apart(reader, kind, ids[:SHOWN_CANDIDATES])),
        several=True,
        remedy="Name one by its id" + (f". To see them all: {all_by}" if more and all_by else ""),
    )


def _told_apart(reader: Reader, kind: Numbered, shown: Sequence[str]) -> Iterator[str]:
    """A line for each of these: its id, and by what people tell it from the others."""
    said = {row["id"]: row for row in reader.rows_for(_SAYS[kind], shown)}
    for row in said.values():
        if "url" in row:
            row["place"] = called(row["place"], row["url"])
    alike = Counter((row["says"], row["place"]) for row in said.values())
    for row in said.values():
        if alike[row["says"], row["place"]] > 1:  # the same words in articles of one title
            row["place"] = row.get("url", row["place"])
    short = short_ids(reader, kind, shown)
    for id in shown:
        yield "  ".join(
            [short[id], *(str(said[id][key]) for key in ("says", "place") if said[id][key])]
        )


def _telling(row: Row) -> int:
    """How many digits tell an id from the ids before and after it."""
    return max(SHOWN_DIGITS, *(_shared(row["id"], row[side]) + 1 for side in ("before", "after")))


def _shared(one: str, other: str | None) -> int:
    """How many digits both begin with."""
    pairs = zip(one, other or "", strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), 0)


def _addresses(name: str) -> dict[str, object]:
    """The spellings of an address or file that `source.url` may have; None for none.

    Last the page behind what stands around it, such as an edition for telephones.
    """
    from ledger import urls  # only names that are no ids need it

    try:
        file: str | None = Path(name).expanduser().resolve().as_uri()
    except (ValueError, OSError, RuntimeError):  # NUL, no such home, a circle of links
        file = None
    behind = urls.unwrap(name).url
    return {"given": name, "page": urls.normalise(name), "file": file, "behind": behind}
