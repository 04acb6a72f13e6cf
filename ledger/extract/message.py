"""A mail, or a page that a browser saved as one file (MHTML) -> what is read of it.

Both are parts under heads (RFC 2045, RFC 2557). Of a saved page the first page is read, of a mail
its pages, else its texts; pictures and whatever else is attached are not.
"""

import re
from collections import Counter
from collections.abc import Sequence
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32
from typing import NamedTuple

from ledger.errors import ExtractError
from ledger.extract.characters.decode import clean_text
from ledger.extract.front.dates import date_in
from ledger.extract.front.mail import writers
from ledger.extract.front.metadata import Metadata
from ledger.extract.message_parts import (
    FORWARDED,
    HTML,
    PLAIN,
    TEXTS,
    as_one,
    texts_of,
    without_signature,
)

_MOST_PARTS = 2_000
"""Parts of one that are looked at. Chosen: a saved page has one for each of its pictures."""
_NO_TEXTS = frozenset(("image", "audio", "video", "font"))
_OF_MAIL = frozenset(
    "text/calendar text/vcard text/x-vcard application/pgp-signature application/pgp-keys "
    "application/pkcs7-signature application/x-pkcs7-signature "
    "text/x-amp-html text/x-watch-html text/enriched text/css".split()
)
"""What programs attach to a mail on their own, or as another form of its text."""
_LONGEST_NAME = 100
"""Characters of the name of an attachment that is told."""
_LONGEST = 2_000
"""Of a head, in characters."""
_MOST_SAID = 50
"""Of what a head says besides, each behind a semicolon."""
_MOST_LOOKS = 4_000_000
"""The parser looks at each line once for every part that the line stands in."""
_MOST_DELIMITERS = 25_000
"""Lines that may part two parts, "--", each of which the parser makes an object of. Chosen, beyond
any mail that has a text."""
_OPENS_OR_CLOSES = re.compile(
    rb"\bboundary[*0]{0,3}\s*+=\s*+(?:\"([^\"\r\n]{1,100})|([^\s;\"]{1,100}))?"
    rb"|^--([^\r\n]{1,100}?)--[ \t]*\r?$",
    re.M | re.I,
)
"""Of a part that has others in it: where its delimiter is named, and the last one."""


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


class _Bounded(Compat32):
    """Reads heads as far as any says something: the parser takes time that grows with their square.

    "References" and "Received" may be longer, and are not asked for.
    """

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        if name.lower().startswith("content-"):
            value = ";".join(value[:_LONGEST].split(";")[:_MOST_SAID])
        return name, value


def read_message(body: bytes, name: str) -> Part:
    """Find the part of a mail or of a saved page that is read.

    Raises:
        ExtractError: It has none ("no-text"), or its parts are too many or nested too deeply
            ("too-deep").
    """
    delimiters, lines = body.count(b"\n--"), body.count(b"\n")
    if delimiters > _MOST_DELIMITERS or (1 + _deepest(body)) * lines > _MOST_LOOKS:
        raise ExtractError(
            name,
            "too-deep",
            "its parts are too many or nested too deeply",
            remedy="Save the article in it as a file of its own",
        )
    try:
        whole: Message = message_from_bytes(body, policy=_Bounded())
        parts = [part for part, _ in zip(whole.walk(), range(_MOST_PARTS), strict=False)]
        texts = texts_of(whole)[:_MOST_PARTS] or texts_of(whole, forwarded=True)[:_MOST_PARTS]
    except RecursionError as error:
        raise ExtractError(name, "too-deep", "its parts are nested too deeply") from error
    if not texts:
        raise ExtractError(name, "no-text", "it contains no text, only attachments")
    saved = whole.get_content_type() == "multipart/related"
    content, is_page, charset = as_one(texts)
    kind = HTML if is_page else PLAIN
    if saved:
        return Part(content, kind, charset, Metadata(), ())
    attached = dict.fromkeys(filter(None, map(_attached, parts)))
    content = content if is_page else without_signature(content)
    return Part(content, kind, charset, _head(whole), tuple(attached))


def _deepest(body: bytes) -> int:
    """How many parts may stand in one another, at most: a line of dashes closes none of them."""
    deepest, around = 0, [b""]
    named: Counter[bytes] = Counter()
    for mark in _OPENS_OR_CLOSES.finditer(body):
        last = mark[3]
        if last is None:
            around.append(mark[1] or mark[2] or b"")
            named[around[-1]] += 1
            deepest = max(deepest, len(around) - 1)
        while last and named[last]:
            named[around[-1]] -= 1
            if around.pop() == last:
                break
    return deepest


def _attached(part: Message) -> str:
    """What is attached, by its name or its type; "" for what is not, and for what is no text."""
    kind, named = part.get_content_type(), part.get_filename()
    forwarded = kind == FORWARDED
    family = part.get_content_maintype()
    attached = part.get_content_disposition() == "attachment"
    beside = attached or (kind not in TEXTS and (named or family == "text"))
    if not (forwarded or beside) or family in _NO_TEXTS:
        return ""
    said = named or ("a forwarded mail" if forwarded else kind)
    return "" if kind in _OF_MAIL else clean_text(" ".join(said[:_LONGEST_NAME].split()))


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
