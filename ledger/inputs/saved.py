"""A saved page -> the address that it was saved from.

Browsers and the extensions that save pages write it into the file, in a comment or an attribute at
its beginning.
"""

import re

from ledger.patterns import later

HEAD = 4096
"""Bytes in which the address stands: behind a doctype, or among the headers of MHTML."""
_COMMENT = later(
    rb"<!--\s{0,40}saved from url=(?:\(\d{1,5}\))?(https?://[^\s<>]{1,2000}?)\s{0,40}-->", re.I
)
"""Mark of the Web, as Internet Explorer began it and browsers still write it."""
_EXTENSION = later(
    rb"<!--\s{0,40}Page saved with [^\n]{1,80}\n\s{0,40}url:\s{0,4}(https?://[^\s<>]{1,2000})", re.I
)
_ATTRIBUTE = later(
    rb"""<html\b[^<>]{0,2000}?\sdata-scrapbook-source=["'](https?://[^\s"'<>]{1,2000})["']""", re.I
)
_MHTML = later(rb"^Snapshot-Content-Location:[ \t]{0,20}(https?://[^\s<>]{1,2000})\s", re.I | re.M)
"""How browsers say it in a page that they save as one file (MHTML)."""


def saved_from(body: bytes) -> str | None:
    """The http(s) address that a page says it was saved from; None when it says none."""
    head = body[:HEAD]
    for pattern in (_COMMENT, _EXTENSION, _ATTRIBUTE, _MHTML):
        found = pattern.search(head)
        if found:
            from ledger.urls import normalise

            url = found[1].decode("utf-8", "replace").replace("&amp;", "&")
            return url if normalise(url) else None
    return None
