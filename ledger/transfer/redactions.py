"""What an export says was redacted -> which of its entries may be empty."""

from collections.abc import Mapping
from typing import Any

from ledger.erasure import READ_IN, is_emptied, remains_in, without_words
from ledger.errors import IntegrityError
from ledger.journal import Erased, Link
from ledger.remains import Remains
from ledger.transfer.lines import Lines


class Redactions:
    """What an export says was redacted: erased entries are believed only where it was.

    An import into a ledger that holds the words still erases them there too.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._by_judgement: dict[str, dict[str, str]] = {}
        self._digests: dict[str, str] = {}  # each to itself
        self._decided: set[str] = set()
        self._over: set[str] = set()  # bytes whose redaction came: it erased nothing later
        self._read_from: dict[str, str] = {}  # captures, articles and claims to their bytes
        self._remains: dict[str, Remains] = {}  # bytes to what is left of what was read from them

    def add(self, found: Mapping[str, Any]) -> None:
        """One more, from its line.

        Raises:
            ExtractError: The line says none.
        """
        row = {"digest": found["redaction"], **{n: found.get(n) for n in ("judgement_id", "note")}}
        if not all(isinstance(value, str) for value in row.values()):
            raise self._lines.damaged("it is no redaction")
        self._by_judgement[row["judgement_id"]] = row
        self._digests[row["digest"]] = row["digest"]

    def covers(self, found: Mapping[str, Any]) -> bool:
        """Whether these bytes are gone, and may be."""
        return found.get("body") == "" and str(found["payload"]) in self._digests

    def seen(
        self, link: Link, content: Mapping[str, Any], *, erased: bool
    ) -> Mapping[str, Any] | Erased:
        """The content, or `Erased` where a redaction says so.

        Raises:
            ExtractError: It is no record of a ledger.
            IntegrityError: What a redaction left is not what its judgement says.
        """
        kind = link.kind
        named = (
            content["payload_digest"] if kind == "capture" else content.get(READ_IN.get(kind, ""))
        )
        known = self._digests if kind == "capture" else self._read_from
        digest = known.get(str(named))
        if digest is not None:
            self._read_from[link.entry_id] = digest
        if kind == "judgement" and content["verb"] == "redact":
            self._judged(link, content)
        if digest is None or kind == "capture" or digest in self._over:
            return content
        gone = erased and is_emptied(kind, content)
        self._left(digest, link, content if gone else without_words(kind, content))
        return Erased(content) if gone else content

    def _left(self, digest: str, link: Link, content: Mapping[str, Any]) -> None:
        try:
            self._remains.setdefault(digest, Remains()).add(link.seq, link.kind, content)
        except (TypeError, ValueError) as error:
            raise self._lines.damaged("it is no record of a ledger") from error

    def _judged(self, link: Link, content: Mapping[str, Any]) -> None:
        """One that was decided, of which the record says what it leaves."""
        row = self._by_judgement.get(link.entry_id)
        if row is None or row["digest"] != content["subject"]:
            return
        self._decided.add(link.entry_id)
        self._over.add(row["digest"])
        said = remains_in(str(content["object"]))
        if said not in (None, self._remains.get(row["digest"], Remains()).digest()):
            raise IntegrityError(
                "what is left of the entries it erased is not what it left",
                subject=f"{self._lines.name}: the redaction of the bytes {row['digest']}",
            )

    def decided_by(self, link: Link) -> list[dict[str, str]]:
        """The redaction that the judgement of this link decided, if it did."""
        return [self._by_judgement[link.entry_id]] if link.entry_id in self._decided else []

    def check_end(self) -> None:
        """Every redaction must have been decided.

        Raises:
            IntegrityError: One was not.
        """
        for judgement, row in self._by_judgement.items():
            if judgement not in self._decided:
                raise IntegrityError(
                    f"{self._lines.name}: nobody decided the redaction of the bytes {row['digest']}"
                )
