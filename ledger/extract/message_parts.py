"""The parts of a mail that are its text (RFC 2046), several of them as one.

Parts beside one another are read one after the other; of alternatives the page is read, else the
text.
"""

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from html import escape, unescape
from itertools import pairwise
from typing import Any, NamedTuple

from ledger.extract.characters.decode import decode
from ledger.extract.page_body import inside_body

PLAIN, HTML = "text/plain", "text/html"
TEXTS = (HTML, "application/xhtml+xml", PLAIN)
FORWARDED = "message/rfc822"
_UTF_8 = "utf-8"
_TAG = re.compile(r"<[^<>]*+>")
_PARTS = re.compile(r"\n(?:[ \t]*\n)+|\n(?=[ \t]{0,8}(?:[-*+•]|\[?[0-9]{1,3}[\].)])[ \t])")
"""What stands between paragraphs of a plain text, and before an item of a list."""
_WORD = re.compile(r"\w+")
_FOOT = re.compile(rb"\s{0,99}(?:_{20,100}|-{20,100})\r?\n")
_LONGEST_FOOT = 12
"""Lines of what a mailing list puts below every mail, in a part of its own."""
_LONGEST_SIGNATURE = 12
"""Lines of a signature: RFC 1855 advises four, and disclaimers of firms are longer."""
_BELOW = re.compile(rb"^(?:[ ]{0,3}>|[ ]{0,9}(?:\[\^?[0-9]{1,3}\]|[0-9]{1,3}[.)] ))", re.M)
"""What may stand below "-- " that is no signature: "[1] https://…", "> So he wrote."."""
_CITED = re.compile(rb"[(\[]https?://[^\s()\[\]]{3,2000}[)\]]|\[\^?[0-9]{1,3}\]|\]\(https?://")
"""What cites in a line of text: "(https://…)", "[3]"."""
_QUOTED = re.compile(rb">*")
_SAME = 0.8
"""Of the pairs of words of a text that a page has, too: the mail says one thing twice."""


class Content(NamedTuple):
    """One text of a mail.

    Attributes:
        body: Its bytes.
        is_page: Whether it is HTML.
        charset: As declared; None when it is not.
    """

    body: bytes
    is_page: bool
    charset: str | None


def texts_of(part: Message, *, forwarded: bool = False) -> list[Message]:
    """The parts of a mail that are its text, in order; `forwarded`: also those of mails in it.

    Raises:
        RecursionError: Its parts are nested too deeply.
    """
    kind = part.get_content_type()
    if not part.is_multipart():
        attached = part.get_content_disposition() == "attachment"
        return [part] if kind in TEXTS and not attached and content_of(part).strip() else []
    if kind == FORWARDED and not forwarded:
        return []
    within: Any = part.get_payload()  # parts, as there are several
    inner = [texts_of(each, forwarded=forwarded) for each in within]
    if kind == "multipart/alternative":
        pages = (each for each in inner if any(is_page(text) for text in each))
        return next(pages, next(filter(None, inner), []))
    if kind == "multipart/related":
        return next(filter(None, inner), [])
    return [each for found in inner for each in found]


def is_page(part: Message) -> bool:
    """Whether a part is HTML."""
    return part.get_content_type() != PLAIN


def content_of(part: Message) -> bytes:
    """The bytes of a part, decoded from how they were sent, with the lines that were one in one."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return b""
    cut = part.get_content_type() == PLAIN and str(part.get_param("delsp", "")).lower() == "yes"
    return b"".join(_whole_lines(content)) if cut else content


def as_one(parts: Sequence[Message]) -> Content:
    """Several texts as one: a page where one of them is."""
    if len(parts) > 1:
        parts = [each for each in parts if is_page(each) or not _is_foot(content_of(each))] or parts
    pages = [_text(each) for each in parts if is_page(each)]
    known = {pair for page in pages for pair in _pairs(unescape(_TAG.sub(" ", page)))}
    kept = [each for each in parts if is_page(each) or not _is_said(_text(each), known)]
    if len(kept) == 1:
        return Content(content_of(kept[0]), is_page(kept[0]), kept[0].get_content_charset())
    if not pages:
        return Content("\n\n".join(map(_text, kept)).encode(), is_page=False, charset=_UTF_8)
    said = "\n".join(
        inside_body(_text(each)) if is_page(each) else _paragraphs(each) for each in kept
    )
    return Content(f"<body>{said}</body>".encode(), is_page=True, charset=_UTF_8)


def without_signature(content: bytes) -> bytes:
    """A plain mail without the few lines below "-- " at its end (RFC 3676, 4.3).

    Sources and quotations that stand there stay, and so does what cites some. Where several such
    lines stand in a mail they part its text.
    """
    above, line, below = content.replace(b"\r\n", b"\n").rpartition(b"\n-- \n")
    is_signature = line and above.strip() and below.count(b"\n") <= _LONGEST_SIGNATURE
    goes_on = line in above or _BELOW.search(below) or _CITED.search(below)
    return above if is_signature and not goes_on else content


def _text(part: Message) -> str:
    """A part, decoded; a plain one without the signature below it."""
    content, page = content_of(part), is_page(part)
    said = content if page else without_signature(content)
    return decode(said, declared=part.get_content_charset(), is_html=page).text


def _paragraphs(part: Message) -> str:
    """A plain text as a page."""
    said = escape(_text(part).strip(), quote=False)
    return f"<p>{_PARTS.sub('</p><p>', said)}</p>"


def _is_foot(content: bytes) -> bool:
    return _FOOT.match(content) is not None and content.strip().count(b"\n") <= _LONGEST_FOOT


def _is_said(text: str, known: set[tuple[str, str]]) -> bool:
    pairs = [*_pairs(text)] if known else []
    return bool(pairs) and sum(pair in known for pair in pairs) >= _SAME * len(pairs)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(_WORD.findall(text))


def _whole_lines(content: bytes) -> Iterator[bytes]:
    """Lines that were cut, whole: one goes on behind a blank, which was put there (RFC 3676).

    A line of the next depth of quotation is another.
    """
    before: bytes | None = None  # how the line is quoted that goes on
    for line in content.splitlines():
        quoted = _QUOTED.match(line)
        mark = quoted[0] if quoted else b""
        said = line[len(mark) :].removeprefix(b" ")
        if before is not None and before != mark:
            yield b"\n"
            before = None
        if before is None:
            yield mark + b" " if mark else b""
        goes_on = said.endswith(b" ") and said != b"-- "
        yield said[:-1] if goes_on else said + b"\n"
        before = mark if goes_on else None
