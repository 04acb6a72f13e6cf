"""What a server answered, kept as evidence."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EVIDENCE_HEADERS = frozenset(
    {
        "age",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "memento-datetime",
        "refresh",
        "retry-after",
        "server",
        "vary",
        "x-robots-tag",
    }
)
"""Headers that say what was served, when, in which version, or where to go.

The others (cookies, security policies, tracing) are dropped: they say nothing of the page, and
some carry secrets.
"""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that name another address in Location."""

CHARSET = re.compile(r"""charset\s{0,8}=\s{0,8}["']?([A-Za-z0-9_:.+-]{1,40})""", re.I | re.A)


@dataclass(frozen=True, slots=True)
class Response:
    """One answer, of any status.

    Attributes:
        requested_url: As asked.
        final_url: The address that answered: `requested_url` where nothing redirected.
        redirects: Every address in between, in order; `requested_url` and `final_url` are not in
            it. A step from https to http shows here by its scheme.
        status: HTTP status, 200 to 999.
        headers: Those of `EVIDENCE_HEADERS`, in order of arrival, names lower case; a header sent
            twice is there twice.
        body: After content decoding, at most `FetchSettings.max_decoded_bytes`.
        fetched_at: When the body was complete, UTC.
        allowed_private: The network (CIDR) of `FetchSettings.allow_private` without which this
            could not have been fetched; the last one if hops used several; None when none was used.
        robots: "ignored" when robots.txt was not asked, because the user said so; None when it was.
    """

    requested_url: str
    final_url: str
    redirects: tuple[str, ...]
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    allowed_private: str | None = None
    robots: Literal["ignored"] | None = None

    def header(self, name: str) -> str | None:
        """First value of the evidence header `name` (lower case); None when it was not sent."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def media_type(self) -> str | None:
        """Media type as declared, lower case, without parameters; None when not declared."""
        declared, _, _ = (self.header("content-type") or "").partition(";")
        return declared.strip().lower() or None

    @property
    def charset(self) -> str | None:
        """Charset label as declared by the header; None when not declared."""
        found = CHARSET.search(self.header("content-type") or "")
        return found[1] if found else None
