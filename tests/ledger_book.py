"""A ledger written by hand, for tests of questions: rows in, short words for what they say.

Not through `store`, so that a question's test fails for the question alone, and so that a random
ledger costs a millisecond.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import psycopg
import sqlalchemy as sa

from ledger.engine import server_engine
from ledger.journal import Link
from ledger.postgresql import translated
from ledger.schema import Place
from ledger.summaries import make_anew
from ledger.tree import grown


class Gap(NamedTuple):
    """A citation that leads nowhere."""

    reason: str = "no-reference"


class Nav(NamedTuple):
    """A link of form "navigation" to `url`."""

    url: str


class Prose(NamedTuple):
    """An outlet named in prose; `key` None where the name is not known; `group` next to it.

    Names of equal `together` are joined by one phrase.
    """

    name: str
    key: str | None
    group: int | None = None
    together: int | None = None


Member = str | Gap | Nav


def derive(db: Place) -> None:
    """Make what is derived from the entries, as `store` does when it upgrades a ledger."""
    is_file = isinstance(db, Path)
    engine = sa.create_engine(f"sqlite:///{db}") if is_file else server_engine(str(db), 10)
    with engine.begin() as connection:
        if is_file:
            connection.exec_driver_sql("PRAGMA synchronous = OFF")
        make_anew(connection)
    engine.dispose()


class Book:
    """Writes into the ledger at `db`, as one transaction that ends with the `with` block."""

    def __init__(self, db: Place) -> None:
        self.db = db
        self._connection = _opened(db)
        self._made = self.execute("SELECT COUNT(*) FROM journal").fetchone()[0]
        self._before = self._made
        self._sources: dict[str, str] = {}
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def _grow(self) -> None:
        """The tree over the journal, as the store keeps it."""

        def ask(sql: str, values: Mapping[str, object]) -> list[dict[str, Any]]:
            cursor = self.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

        new = ask(
            "SELECT * FROM journal WHERE seq > :before ORDER BY seq", {"before": self._before}
        )
        for row in grown(ask, [Link(**row) for row in new]) if new else ():
            self.execute("INSERT INTO tree VALUES (:level, :position, :digest)", row)

    def execute(self, sql: str, values: Mapping[str, object] | None = None) -> Any:
        """Put one statement, with `:name` parameters, to the database; gives its cursor."""
        if isinstance(self._connection, sqlite3.Connection):
            return self._connection.execute(sql, values or {})
        return self._connection.execute(translated(sql), values or {})

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Make what was written readable; closing twice is harmless."""
        if not self._closed:
            self._grow()
            self._connection.commit()
            self._connection.close()
            derive(self.db)
        self._closed = True

    def outlet(
        self,
        key: str,
        name: str,
        *,
        kind: str | None = None,
        owner: str | None = None,
        country: str | None = None,
    ) -> str:
        """What is known of an outlet from now on."""
        self._add(
            "outlet",
            key=key,
            name=name,
            domain=key.partition("/")[0],
            kind=kind,
            owner=owner,
            country=country,
        )
        return key

    def source(self, url: str) -> str:
        """The id of the page, whose outlet is its host; a `file:` has none."""
        if url not in self._sources:
            host = None if url.startswith("file:") else url.split("/")[2]
            self._sources[url] = self._add("source", url=url, host=host, outlet=host)
        return self._sources[url]

    def voice(self, url: str, origin: str) -> None:
        """Whose words a page carries, as if it had been compared."""
        self.execute(
            "INSERT INTO voice VALUES (:id, :origin, 'text', NULL)",
            {"id": self.source(url), "origin": origin},
        )

    def article(
        self, url: str, *, revises: str | None = None, of: str = "sha256:0", **fields: Any
    ) -> str:
        """An article read from the bytes with the digest `of`, which have a row of `payload`."""
        page = self.source(url)
        capture = self._add(
            "capture",
            source_id=page,
            captured_at="2025-05-23T12:00:00Z",
            requested_url=url,
            final_url=url,
            redirects="[]",
            headers="[]",
            payload_digest=of,
            size=0,
        )
        lists = {
            name: json.dumps(fields.pop(name, []), separators=(",", ":"))
            for name in ("byline", "references", "findings")
        }
        return self._add(
            "article",
            capture_id=capture,
            source_id=page,
            extractor="test/1",
            text="",
            blocks="[]",
            revises=revises,
            **lists,
            **fields,
        )

    def claim(
        self,
        article: str,
        exact: str,
        *groups: Sequence[Member],
        named: Sequence[Prose] = (),
        kind: str | None = None,
        section: Sequence[str] = (),
    ) -> str:
        """A claim after the others of its article; markers count from 1 through its groups."""
        start = self._made
        carried = "cited" if groups else "attributed" if named else "uncited"
        claim = self._add(
            "claim",
            article_id=article,
            start=start,
            end=start + len(exact),
            exact=exact,
            section=json.dumps(section),
            kind=kind or carried,
            key=f"key of {exact}",
        )
        marker = 0
        for number, group in enumerate(groups):
            for ordinal, member in enumerate(group):
                marker += 1
                self.citation(
                    claim,
                    member,
                    group=number,
                    ordinal=ordinal,
                    marker=str(marker),
                    at=start + len(exact),
                )
        for place, prose in enumerate(named):
            self._add(
                "attribution",
                claim_id=claim,
                name=prose.name,
                outlet=prose.key,
                start=start + place,
                end=start + place + 1,
                group=prose.group,
                together=prose.together,
            )
        return claim

    def citation(self, claim: str, member: Member, **fields: Any) -> str:
        gap = member.reason if isinstance(member, Gap) else None
        url = member.url if isinstance(member, Nav) else member
        form = "navigation" if isinstance(member, Nav) else "marker"
        return self._add(
            "citation",
            **{
                "group": 0,
                "ordinal": 0,
                "alternative": 0,
                "marker": None,
                "at": self._made,
                "form": form,
                **fields,
            },
            claim_id=claim,
            raw=f"[{fields.get('marker')}]",
            source_id=self.source(str(url)) if gap is None else None,
            url=None if gap else url,
            gap=gap,
        )

    def _add(self, table: str, /, **values: Any) -> str:
        self._made += 1
        row = {"id": sha256(f"{table} {self._made}".encode()).hexdigest(), **values}
        columns = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f":{name}" for name in row)
        self.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)
        self.execute(
            "INSERT INTO journal"
            " VALUES (:seq, :id, :kind, 'then', 'content', 'previous', 'digest')",
            {"seq": self._made, "id": row["id"], "kind": table},
        )
        return str(row["id"])


def _opened(db: Place) -> "sqlite3.Connection | psycopg.Connection[Any]":
    """Without the rules of the ledger: what a test writes need not hang together."""
    connection: sqlite3.Connection | psycopg.Connection[Any]
    if isinstance(db, Path):
        connection = sqlite3.connect(db)
        connection.execute("PRAGMA synchronous = OFF")
    else:
        connection = psycopg.connect(db)
        connection.execute("SET session_replication_role = replica")
    return connection
