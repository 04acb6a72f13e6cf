"""A mail, or a page that a browser saved as one file (MHTML) -> the part that is read.

Both are parts under heads (RFC 2045, RFC 2557). Of a saved page the first page is read, of a mail
its page, else its text; pictures and whatever else is attached are not.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from ledger.errors import ExtractError
from ledger.extract.characters.decode import clean_text
from ledger.extract.front.dates import date_in
from ledger.extract.front.mail import writers
from ledger.extract.front.metadata import Metadata

_MOST_PARTS = 2_000
_PLAIN = "text/plain"
_TEXTS = ("text/html", "application/xhtml+xml", _PLAIN)
_MAIL = "message/rfc822"
_NO_TEXTS = frozenset(("image", "audio", "video", "font"))
_OF_MAIL = frozenset(
    "text/calendar text/vcard text/x-vcard application/pgp-signature application/pgp-keys "
    "application/pkcs7-signature application/x-pkcs7-signature".split()
)
"""What programs attach to a mail on their own."""
_LONGEST_NAME = 100
_LONGEST_SIGNATURE = 12
_ENTRY = re.compile(rb"^(?:[ ]{0,3}>|[ ]{0,9}(?:\[\^?[0-9]{1,3}\]|[0-9]{1,3}[.)] ))", re.M)
"""Lines of a signature, and what may stand below it: "[1] https://…", "> So he wrote."."""
_CITED = re.compile(rb"[(\[]https?://[^\s()\[\]]{3,2000}[)\]]|\[\^?[0-9]{1,3}\]|\]\(https?://")
"""What cites in a line of text: "(https://…)", "[3]"."""
_LONGEST = 2_000
"""Of a head, in characters."""


class Part(NamedTuple):
    """The part that is read.

    Attributes:
        body: Its bytes, decoded from how they were sent.
        media_type: "text/html" or "text/plain".
        charset: As declared; None when it is not.
        head: Who wrote the mail, when, and of what; nothing of a saved page, whose head says only
            when it was saved.
        attached: What is attached to the mail and may be a text: names of files, or types.
        base: Where the links of a saved page start from; None where its links are whole.
    """

    body: bytes
    media_type: str
    charset: str | None
    head: Metadata
    attached: tuple[str, ...]
    base: str | None = None


def read_message(body: bytes, name: str) -> Part:
    """Find the part of a mail or of a saved page that is read.

    Raises:
        ExtractError: It has none ("no-text"), or its parts are nested too deeply ("too-deep").
    """
    try:
        whole = message_from_bytes(body)
        parts = [part for part, _ in zip(whole.walk(), range(_MOST_PARTS), strict=False)]
    except RecursionError as error:
        raise ExtractError(name, "too-deep", "its parts are nested too deeply") from error
    saved = whole.get_content_type() == "multipart/related"
    texts = [part for part in parts if _is_text(part) and not _is_attached(part)]
    forwarded = frozenset(_forwarded(parts))
    if not saved:
        texts.sort(key=lambda part: (id(part) in forwarded, part.get_content_type() == _PLAIN))
    said = (_content(part) for part in texts)
    for part, content in zip(texts, said, strict=True):
        if content.strip():
            is_plain = part.get_content_type() == _PLAIN
            head = Metadata() if saved else _head(whole)
            kind = _PLAIN if is_plain else "text/html"
            content = _without_signature(content) if is_plain and not saved else content
            attached = () if saved else tuple(filter(None, map(_attached, parts)))
            return Part(content, kind, part.get_content_charset(), head, attached)
    raise ExtractError(name, "no-text", "it contains no text, only attachments")


def _without_signature(content: bytes) -> bytes:
    """A plain mail without the few lines below "-- " at its end (RFC 3676, 4.3).

    Sources and quotations that stand there stay, and so does what cites some. Where several such
    lines stand in a mail they part its text.
    """
    above, line, below = content.replace(b"\r\n", b"\n").rpartition(b"\n-- \n")
    is_signature = line and above.strip() and below.count(b"\n") <= _LONGEST_SIGNATURE
    goes_on = line in above or _ENTRY.search(below) or _CITED.search(below)
    return above if is_signature and not goes_on else content


def _is_text(part: Message) -> bool:
    return part.get_content_type() in _TEXTS and not part.is_multipart()


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _forwarded(parts: Sequence[Message]) -> Iterator[int]:
    """The ids of the parts of mails that are within the mail."""
    for whole in parts:
        if whole.get_content_type() == _MAIL:
            yield from (id(part) for part in whole.walk() if part is not whole)


def _attached(part: Message) -> str:
    """What is attached, by its name or its type; "" for what is not, and for what is no text."""
    forwarded = part.get_content_type() == _MAIL
    if not (forwarded or _is_attached(part)) or part.get_content_maintype() in _NO_TEXTS:
        return ""
    kind = part.get_content_type()
    said = part.get_filename() or ("a forwarded mail" if forwarded else kind)
    return "" if kind in _OF_MAIL else clean_text(" ".join(said[:_LONGEST_NAME].split()))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _head(whole: Message) -> Metadata:
    subject = " ".join(_said(whole, "Subject").split())
    return Metadata(subject or None, writers(_said(whole, "From")), date_in(_said(whole, "Date")))


def _said(whole: Message, name: str) -> str:
    """What a head says, in characters; "" when it is not there, or cannot be read."""
    raw = str(whole.get(name, ""))[:_LONGEST]
    try:
        return clean_text(str(make_header(decode_header(raw))))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):  # an unknown charset
        return clean_text(raw)
