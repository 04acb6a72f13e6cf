"""A recorded answer -> headers that ask whether it still holds (RFC 9110, 13.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,512}"')
_DATE = re.compile(r"[A-Za-z0-9:, +-]{1,64}")


@dataclass(frozen=True, slots=True)
class Validators:
    """The values by which a server can tell whether a page has changed.

    Attributes:
        url: The address that answered. They are sent to it and to no other.
        etag, last_modified: As it sent them; None when it did not, or not as a header can be.
    """

    url: str
    etag: str | None
    last_modified: str | None

    @classmethod
    def of(cls, url: str, headers: Sequence[tuple[str, str]]) -> Self:
        """Those among the `headers` (names lower case) of an answer from `url`."""
        sent = {name: value.strip() for name, value in reversed(headers)}
        etag, date = sent.get("etag", ""), sent.get("last-modified", "")
        return cls(
            url.partition("#")[0],
            etag if _ETAG.fullmatch(etag) else None,
            date if _DATE.fullmatch(date) else None,
        )

    def __bool__(self) -> bool:
        """Whether there is anything to ask by."""
        return bool(self.etag or self.last_modified)

    def sent_to(self, url: str) -> dict[str, str]:
        """The conditional headers of a request to `url`; none when it is another page."""
        if url.partition("#")[0] != self.url:
            return {}
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}
