"""The lines with the bytes of pages -> the bytes, checked."""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

from ledger.errors import IntegrityError
from ledger.journal import Link
from ledger.transfer.lines import Lines
from ledger.transfer.redactions import Redactions

PAGE = 256 * 1024 * 1024
"""Most bytes of a page that are taken in; a page is recorded up to 20 MiB, or as --max-bytes says.
Whoever asks for a page later has to hold all of it."""


class Pages:
    """The bytes of pages, as their lines come.

    Each comes directly before the first capture that has it: so no bytes come that nothing speaks
    of, and never more of them at once than one page has.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._sizes: dict[str, int | None] = {}  # by digest; None of what was redacted
        self._waiting: str | None = None

    @property
    def count(self) -> int:
        """How many came."""
        return len(self._sizes)

    def body(self, found: Mapping[str, Any], redactions: Redactions) -> bytes:
        """The compressed bytes of a payload, whose digest is checked; none of one redacted.

        Raises:
            ExtractError: They cannot be read, or were redacted and are there all the same.
            IntegrityError: They are not those of their digest.
        """
        self.check_none_waits()
        payload = self._waiting = str(found["payload"])
        if payload in self._sizes:
            raise self._lines.damaged("these bytes of a page came before")
        if redactions.covers(payload):
            if found.get("body") != "":
                raise self._lines.damaged("the bytes of a page that was redacted should be gone")
            self._sizes[payload] = None
            return b""
        size = 0
        try:
            body = base64.b64decode(found["body"], validate=True)
            digest = hashlib.sha256()
            inflate = zlib.decompressobj()
            rest = body
            while rest:
                part = inflate.decompress(rest, 1 << 20)
                digest.update(part)
                size += len(part)
                if size > PAGE:
                    raise self._lines.damaged(f"its page has more than {PAGE:,} bytes")
                rest = inflate.unconsumed_tail
        except (KeyError, TypeError, ValueError, binascii.Error, zlib.error) as error:
            raise self._lines.damaged("the bytes of a page cannot be read") from error
        whole = inflate.eof and not inflate.unused_data  # nothing is hidden behind it
        if payload != f"sha256:{digest.hexdigest()}" or not whole:
            raise IntegrityError("the bytes were changed")
        self._sizes[payload] = size
        return body

    def check(self, link: Link, content: Mapping[str, Any]) -> None:
        """Compare what a capture says of its bytes with those that came before it.

        Raises:
            ExtractError: None came, or those of another.
            IntegrityError: They have another size.
        """
        waiting, self._waiting = self._waiting, None
        if waiting not in (None, content.get("payload_digest")):
            raise self._lines.damaged(
                "the bytes of a page came before, and this is not its capture"
            )
        if link.kind != "capture":
            return
        if content["payload_digest"] not in self._sizes:
            raise self._lines.damaged("the line with the bytes of this capture is missing")
        if self._sizes[content["payload_digest"]] not in (None, content["size"]):
            raise IntegrityError("the bytes have another size than their capture says")

    def check_none_waits(self) -> None:
        """Raise ExtractError where bytes came and their capture does not follow."""
        if self._waiting is not None:
            raise self._lines.damaged("bytes of a page without the capture that has them")
