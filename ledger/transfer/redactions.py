"""What an export says was redacted -> which of its entries may be empty, and on whose word."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.erasure import READ_IN, capture_in, is_emptied, remains_in
from ledger.errors import IntegrityError
from ledger.journal import Erased, Link
from ledger.note import signers
from ledger.proof.redact import Keys, signed_with
from ledger.remains import Remains
from ledger.transfer.lines import Lines

NOTE = 8_192
"""Most characters of the note of a redaction; ours have some hundreds."""

NOTES = 64_000_000
"""Most characters of all notes together: they are held until the judgements come."""

_BYTES = re.compile(r"sha256:[0-9a-f]{64}")
_ENTRY = re.compile(r"[0-9a-f]{64}")


class Order(NamedTuple):
    """A redaction of an export that was decided there.

    Attributes:
        row: Of its table.
        capture: Id of the one that was named.
        url: Where that was asked for.
        by, at, reason: Of its judgement.
        signers: Who signed it, as it says itself.
        known: Whether one of them is a key that is known here; its signature was checked.
    """

    row: Mapping[str, str]
    capture: str
    url: str
    by: str
    at: str
    reason: str | None
    signers: tuple[str, ...]
    known: bool


class Redactions:
    """What an export says was redacted: erased entries are believed only where it was."""

    def __init__(self, lines: Lines, keys: Keys) -> None:
        self._lines = lines
        self._keys = keys
        self._room = NOTES
        self._by_judgement: dict[str, dict[str, str]] = {}
        self._known: dict[str, bool] = {}  # by judgement: whether a known key signed it
        self._digests: dict[str, str] = {}  # each to itself
        self._decided: dict[str, Order] = {}  # by judgement
        self._over: set[str] = set()  # bytes whose redaction came: it erased nothing later
        self._read_from: dict[str, str] = {}  # captures, articles and claims to their bytes
        self._asked_for: dict[str, str] = {}  # captures to their addresses
        self._remains: dict[str, Remains] = {}  # bytes to what is left of what was read from them

    def add(self, found: Mapping[str, Any]) -> None:
        """One more, from its line.

        Raises:
            ExtractError: The line says none.
            IntegrityError: Its note is no signed one, is over something else, or is not signed with
                the known key that it names.
        """
        row = {"digest": found["redaction"], **{n: found.get(n) for n in ("judgement_id", "note")}}
        if not all(isinstance(value, str) for value in row.values()):
            raise self._lines.damaged("it is no redaction")
        digest, judgement, note = row.values()
        if not _BYTES.fullmatch(digest) or not _ENTRY.fullmatch(judgement) or len(note) > NOTE:
            raise self._lines.damaged("it is no redaction")
        if digest in self._digests or judgement in self._by_judgement:
            raise self._lines.damaged("this redaction came before")
        self._room -= len(note)
        if self._room < 0:
            raise self._lines.damaged("there are more redactions than can be taken in")
        self._known[judgement] = signed_with(row, self._keys) is not None
        self._by_judgement[judgement] = row
        self._digests[digest] = digest

    @property
    def unknown(self) -> int:
        """How many are not signed with a known key."""
        return sum(not known for known in self._known.values())

    def covers(self, digest: str) -> bool:
        """Whether the bytes with this digest should be gone."""
        return digest in self._digests

    def seen(
        self, link: Link, content: Mapping[str, Any], *, erased: bool
    ) -> Mapping[str, Any] | Erased:
        """The content, or `Erased` where a redaction says so.

        Raises:
            ExtractError: It is no record of a ledger, or has words that should be gone.
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
        if kind == "capture" and digest is not None:
            self._asked_for[link.entry_id] = content["requested_url"]
        if digest is None or kind == "capture" or digest in self._over:
            return content
        if not (erased and is_emptied(kind, content)):
            raise self._lines.damaged("it has words that were redacted and should be gone")
        self._left(digest, link, content)
        return Erased(content)

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
        capture = capture_in(content["object"])
        if self._read_from.get(capture) != row["digest"]:
            raise self._lines.damaged("it redacts the bytes of a capture that has others, or none")
        self._over.add(row["digest"])
        self._decided[link.entry_id] = Order(
            row,
            capture,
            self._asked_for[capture],
            content["by"],
            content["at"],
            content["reason"],
            tuple(signers(row["note"])),
            self._known[link.entry_id],
        )
        said = remains_in(content["object"])
        if said not in (None, self._remains.get(row["digest"], Remains()).digest()):
            raise IntegrityError(
                "what is left of the entries it erased is no longer what it left",
                subject=f"the redaction of the bytes {row['digest']}",
            )

    def decided_by(self, link: Link) -> list[Order]:
        """The redaction that the judgement of this link decided, if it did."""
        found = self._decided.get(link.entry_id)
        return [] if found is None else [found]

    def check_end(self) -> None:
        """Every redaction must have been decided.

        Raises:
            IntegrityError: One was not.
        """
        for judgement, row in self._by_judgement.items():
            if judgement not in self._decided:
                raise IntegrityError(
                    f"nobody is recorded as deciding the redaction of the bytes {row['digest']}"
                )
