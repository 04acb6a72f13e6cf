"""Bytes -> text.

Pages lie about their charset, and a page read by the wrong one is evidence of nothing. The order is
the WHATWG's (byte order mark, HTTP header, the page itself), but bytes that can only be UTF-8 are
UTF-8, and a declaration that the bytes clearly contradict is not believed.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

from ledger.extract.characters.charsets import CODECS, UTF_8, WINDOWS_1252, charset_of
from ledger.extract.characters.guess import MAX_BAD, guess
from ledger.extract.media import looks_binary, media_type_of
from ledger.letters import ASCII
from ledger.patterns import later

__all__ = ["Decoded", "clean_text", "decode", "looks_binary", "media_type_of"]

Basis = Literal["bom", "header", "page", "bytes", "guess"]

REPLACEMENT = "\ufffd"
NOT_TEXT = later("[\x00\ud800-\udfff]")
MAX_MARKS = 30
"""Combining marks in a row, decomposed: as UAX #15, section 13, has it for streams."""
# Not {31,}: a pattern that begins with one character of a set is searched eight times as fast.
MAYBE_MARKS = later(r"[^\w\s\x00-\x7f][^\w\s\x00-\x7f]{30,}")
"""Long runs in which all combining marks are, and little else."""
BEYOND_ASCII = bytes(128) + b"\x01" * 128
"""Each byte of UTF-8 to whether it is beyond ASCII."""
LONG_RUN = b"\x01" * 62
"""A run of 31 characters beyond ASCII has at least so many such bytes."""
INERT = re.compile(
    "[\x80-\u02ff\u0400-\u0482\u048a-\u0590\u0620-\u064a\u2002-\u20cf\u2100-\u2125\u212c-\u2328"
    "\u232b-\u2adb\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\ue000-\uf8ff\ufe00-\ufe0f"
    "\ufe30-\uffff\U0001f000-\U0001faff]*+"
)
"""Characters that NFC leaves alone whatever they stand beside, of widespread scripts."""
FEW = 20
"""Where fewer than one byte in so many is beyond ASCII, they are looked at one by one."""
GRAPHEME_JOINER = "\u034f"
BYTE_ORDER_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xef\xbb\xbf", UTF_8),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
PRESCAN_BYTES = 16 * 1024
"""How far a page is searched for its charset. Browsers look at 1024 bytes, and again later on."""
XML_ENCODING = re.compile(
    rb"""\s{0,64}<\?xml\s[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9._:-]{1,40})"""
)
META = re.compile(rb"<meta[\s/]([^>]{1,1000})>", re.I)
ATTRIBUTE = re.compile(
    rb"""([a-z-]{1,40})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I
)
CHARSET = re.compile(rb"""charset\s{0,8}=\s{0,8}["']?([A-Za-z0-9._:-]{1,40})""", re.I)

MAX_BAD_SHARE = 0.001
"""Share of undecodable bytes up to which a charset is kept and they are replaced."""
JUDGED_BYTES = 2 * 1024 * 1024
"""How much of a body is tried when its charset is in question; all of it is decoded once."""
CLEARLY = 0.1
"""Lead by which a guess overrules a declaration. Over 490 pieces of text (20 characters to a
paragraph, 23 charsets) no true declaration was led by more than 0.08; of 745 false ones that decode
without an error 638 were; the others are nearly all of the same script."""
DOUBTFULLY = 0.03
"""Lead from which a declaration is still believed, but said to be in conflict."""


class Decoded(NamedTuple):
    """Text of some bytes, and how sure that is.

    Attributes:
        text: NFC, newlines as LF, without byte order mark, NUL and lone surrogates.
        charset: The charset used, by its WHATWG name in lower case ("windows-1252").
        declared: The label declared, as it stood: in the header, else in the page; None if neither.
        conflict: A declaration names another charset than the one used, or one that the bytes
            make doubtful. A reader should be told.
        replaced: How many U+FFFD were put in for what is no text.
        basis: What decided: the byte order mark, the header, the page, the bytes (they can hardly
            be anything else), or a guess by their statistics.
        encoded: The text in UTF-8, if that is what came; None if nobody has encoded it yet.
    """

    text: str
    charset: str
    declared: str | None
    conflict: bool
    replaced: int
    basis: Basis
    encoded: bytes | None = None


class _Choice(NamedTuple):
    charset: str
    basis: Basis
    doubtful: bool = False


def decode(body: bytes, *, declared: str | None, is_html: bool) -> Decoded:
    """Decide the charset of a body and decode it.

    Args:
        body: Any bytes.
        declared: Charset label of the HTTP header; None without one, or without HTTP.
        is_html: Whether `<meta>` tags may declare a charset. An XML declaration always may.

    Returns:
        The text; bytes that are none become U+FFFD. Never raises.
    """
    in_page = _label_in_page(body, is_html=is_html)
    mark, choice = _choose(body, charset_of(declared), charset_of(in_page))
    bare = body[len(mark) :]
    text, replaced = _decoded(bare, CODECS[choice.charset])
    is_utf_8 = choice.charset == UTF_8 and not replaced
    cleaned, cut = _clean(text, bare if is_utf_8 else None)
    labels = [label for label in (declared, in_page) if label]
    # ASCII means the same in most charsets: what is declared for it is no matter.
    matters = not body.isascii() or (choice.basis == "bytes" and choice.charset != UTF_8)
    contradicted = matters and any(
        not _agree(charset_of(label), choice.charset) for label in labels
    )
    return Decoded(
        text=cleaned,
        charset=choice.charset,
        declared=labels[0] if labels else None,
        conflict=contradicted or choice.doubtful,
        replaced=replaced + cut,
        basis=choice.basis,
        encoded=bare if is_utf_8 and cleaned is text else None,
    )


def clean_text(text: str) -> str:
    """Text that every store takes: NFC, newlines as LF, U+FFFD for NUL and lone surrogates."""
    return _clean(text)[0]


def encodable(text: str) -> bytes | None:
    """A text in UTF-8; None for one with lone surrogates."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _clean(text: str, encoded: bytes | None = None) -> tuple[str, int]:
    """The text as every store takes it, and how many U+FFFD were put in; `encoded` is UTF-8."""
    if "\r" in text:
        text, encoded = text.replace("\r\n", "\n").replace("\r", "\n"), None
    replaced = 0
    if text.isascii() and "\0" not in text:
        return text, replaced
    encoded = encoded if encoded is not None else encodable(text)
    if encoded is None or b"\0" in encoded:
        text, replaced = NOT_TEXT.subn(REPLACEMENT, text)
        encoded = text.encode()
    # What is beyond ASCII is a hundredth of most pages: looking at it alone is faster.
    beyond = encoded.translate(None, ASCII)
    if INERT.fullmatch(beyond.decode()):
        return text, replaced
    # Hardly a page has such runs; bytes say so a hundred times as fast as the pattern.
    if LONG_RUN in encoded.translate(BEYOND_ASCII):
        text = MAYBE_MARKS.sub(_stream_safe, text)
    elif len(beyond) * FEW < len(encoded):
        return _few_normalised(encoded), replaced
    return unicodedata.normalize("NFC", text), replaced


def _few_normalised(encoded: bytes) -> str:
    """A text in UTF-8 in NFC, of which little is beyond ASCII: only that is looked at.

    What is beyond ASCII may change, and the one character of ASCII that stands before it.
    """
    pieces: list[bytes] = []
    beyond = encoded.translate(BEYOND_ASCII)
    at, begin = 0, beyond.find(b"\x01")
    while begin >= 0:
        end = beyond.find(b"\x00", begin)
        end = end if end >= 0 else len(encoded)
        begin = max(at, begin - 1)
        run = unicodedata.normalize("NFC", encoded[begin:end].decode())
        pieces += (encoded[at:begin], run.encode())
        at, begin = end, beyond.find(b"\x01", end)
    return b"".join([*pieces, encoded[at:]]).decode()


def _stream_safe(run: re.Match[str]) -> str:
    """At most 30 combining marks in a row, as UAX #15 has it for streams.

    Normalising sorts each run of marks in time quadratic in its length: a megabyte of them takes
    hours. The joiner put in between is invisible.
    """
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        mark = unicodedata.combining(character)
        marks = marks + len(unicodedata.normalize("NFD", character)) if mark else 0
        if marks > MAX_MARKS:
            kept.append(GRAPHEME_JOINER)
            marks = 1
        kept.append(character)
    return "".join(kept)


def _choose(body: bytes, header: str | None, page: str | None) -> tuple[bytes, _Choice]:
    """The byte order mark to skip (b"" for none), and the charset of what follows."""
    for mark, charset in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return mark, _Choice(charset, "bom")
    wide = _utf_16_by_zeros(body)
    if wide:
        return b"", _Choice(wide, "bytes")
    if page and page.startswith("utf-16"):
        page = UTF_8  # the label could be read as ASCII, so it is not true (WHATWG)
    if header and header.startswith("utf-16") and b"\x00" not in body:
        header = None  # any text of that has a newline or a space, and with it a zero
    stated = _Choice(header, "header") if header else _Choice(page, "page") if page else None
    if body.isascii():
        if b"\x1b$" in body and _fails(body, "iso-2022-jp") == 0:
            return b"", _Choice("iso-2022-jp", "bytes")
        return b"", stated or _Choice(UTF_8, "bytes")
    if _is_utf_8(body):
        return b"", stated if stated and stated.charset == UTF_8 else _Choice(UTF_8, "bytes")
    return b"", _legacy(body, stated)


def _legacy(body: bytes, stated: _Choice | None) -> _Choice:
    """The charset of a body that is not UTF-8: as stated, unless the bytes clearly disagree."""
    guessed, lead = guess(body, stated.charset if stated else None)
    if stated is None:
        return _Choice(guessed or WINDOWS_1252, "guess")
    head = body[:JUDGED_BYTES]
    beyond_ascii = len(head) - len(head.decode("ascii", "ignore"))
    broken = _fails(head, stated.charset) > MAX_BAD * beyond_ascii
    if guessed and (broken or lead > CLEARLY):
        return _Choice(guessed, "guess")
    return stated._replace(doubtful=broken or lead > DOUBTFULLY)


def _utf_16_by_zeros(body: bytes) -> str | None:
    """UTF-16 without its mark, known by the zeros in every other byte; None when it is not that."""
    head = body[:4096]
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if max(even, odd) < 0.4 or min(even, odd) > 0.05:
        return None
    return "utf-16le" if odd > even else "utf-16be"


def _is_utf_8(body: bytes) -> bool:
    """Whether a body that is not all ASCII is UTF-8, but for a few bytes gone wrong."""
    body = body[:JUDGED_BYTES]
    if _is_strictly_utf_8(body):
        return True
    text = body.decode("utf-8", "replace")
    bad = text.count(REPLACEMENT) - body.count(REPLACEMENT.encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    few = bad <= MAX_BAD_SHARE * len(body) and good > bad
    return few or bad * 20 <= good


def _is_strictly_utf_8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fails(body: bytes, charset: str) -> int:
    """How many characters of `body` `charset` cannot decode."""
    return _decoded(body, CODECS[charset])[1]


def _decoded(body: bytes, codec: str) -> tuple[str, int]:
    """The text, and how many U+FFFD in it were not in the bytes."""
    try:
        return body.decode(codec), 0
    except UnicodeDecodeError:
        text = body.decode(codec, "replace")
        return text, text.count(REPLACEMENT) - body.decode(codec, "ignore").count(REPLACEMENT)


def _agree(stated: str | None, used: str) -> bool:
    """Whether a declaration may stand for the charset used; UTF-16 leaves open which of the two."""
    return stated == used or (stated or "")[:6] == used[:6] == "utf-16"


def _label_in_page(body: bytes, *, is_html: bool) -> str | None:
    """The charset label that the page itself declares; None when it declares none."""
    head = body[:PRESCAN_BYTES]
    xml = XML_ENCODING.match(head)
    if xml:
        return xml[1].decode("ascii")
    if not is_html:
        return None
    for tag in META.findall(_without_comments(head)):
        attributes = {
            name.lower(): quoted or single or bare
            for name, quoted, single, bare in ATTRIBUTE.findall(tag)
        }
        label = CHARSET.match(b"charset=" + attributes.get(b"charset", b"").strip())
        if label is None and attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
            label = CHARSET.search(attributes.get(b"content", b""))
        if label:
            return label[1].decode("ascii")
    return None


def _without_comments(head: bytes) -> bytes:
    """`head` without `<!-- -->`; one that does not end takes the rest with it."""
    kept = []
    before, opened, rest = head.partition(b"<!--")
    while opened:
        kept.append(before)
        before, opened, rest = rest.partition(b"-->")[2].partition(b"<!--")
    return b"".join([*kept, before])
