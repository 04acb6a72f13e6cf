"""A page that Safari saved as one file (.webarchive) -> the page that is read.

It is a property list; its pictures and frames are not read. The page stands in it as it was sent,
with the address that its links start from.
"""

import plistlib
from typing import Any

from ledger.errors import ExtractError
from ledger.extract.characters.decode import clean_text
from ledger.extract.front.metadata import Metadata
from ledger.extract.message import Part


def read_web_archive(body: bytes, name: str) -> Part:
    """Find the page of a web archive.

    Raises:
        ExtractError: It is damaged ("broken-file"), nested too deeply ("too-deep"), or what was
            saved is no page ("no-text").
    """
    try:
        whole: Any = plistlib.loads(body, fmt=plistlib.FMT_BINARY)
    except RecursionError as error:
        raise ExtractError(name, "too-deep", "its parts are nested too deeply") from error
    except ValueError as error:
        raise ExtractError(name, "broken-file", "it is no whole web archive") from error
    found = whole.get("WebMainResource") if isinstance(whole, dict) else None
    page: dict[Any, Any] = found if isinstance(found, dict) else {}
    content, kind = page.get("WebResourceData"), page.get("WebResourceMIMEType", "text/html")
    if not isinstance(content, bytes) or kind not in ("text/html", "application/xhtml+xml"):
        raise ExtractError(name, "no-text", "what was saved is no page")
    charset, url = page.get("WebResourceTextEncodingName"), page.get("WebResourceURL")
    return Part(
        content,
        "text/html",
        charset if isinstance(charset, str) else None,
        Metadata(),
        (),
        clean_text(url) if isinstance(url, str) else None,
    )
