"""Bytes -> media type: what they are, whatever they are called.

Bytes that begin like a known format are of that format. Then the header counts, unless it says
nothing ("application/octet-stream"); then the ending of the name; then how the text begins. A text
file may hold stray tags: only what was declared as nothing else becomes HTML by its content.
"""

import io
import re
from urllib.parse import urlsplit

from ledger.patterns import later

HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
JSON = "application/json"
PDF = "application/pdf"
WIKI = "text/x-wiki"
"""What MediaWiki itself calls it."""
MAIL = "message/rfc822"
MAILBOX = "application/mbox"
"""Several mails in one file."""
SAVED = "multipart/related"
"""A page that a browser saved as one file, with its pictures: MHTML."""
WEB_ARCHIVE = "application/x-webarchive"
"""The same as Safari saves it: a property list."""
XML = "application/xml"
JATS = "application/jats+xml"
"""An article as journals keep it; no type is registered, and this is what its keepers call it."""
PROPERTIES = "application/x-bplist"
SHORTCUT = "application/internet-shortcut"
"""A file that names an address (.url)."""
WARC = "application/warc"
UNKNOWN = "application/octet-stream"
OLD_OFFICE = "application/x-ole-storage"
ZIP = "application/zip"
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{_OFFICE}wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
BOOK = "application/epub+zip"

MAGIC = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", "application/rtf"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"\x7fELF", "application/x-executable"),
    (b"\x00asm", "application/wasm"),
    (b"OggS\x00", "application/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"bplist00", PROPERTIES),
    (b"WARC/1.", WARC),
    (b"[InternetShortcut]", SHORTCUT),
)
_STATED = re.compile(
    rb"PK\x03\x04.{26}mimetype"
    rb"(application/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|epub\+zip))PK",
    re.DOTALL,
)
"""How a zip says which document it is: its first file, not compressed (OpenDocument 1.3 part 2,
3.3; EPUB 3.3, 4.2.3)."""

MAGIC_INSIDE = (  # offset, bytes: after a length
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (4, b"ftyp", "video/mp4"),
)
PACKED = frozenset(
    {ZIP, "application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd"}
    | {"application/x-7z-compressed", "application/vnd.rar"}
)
"""What holds other files, or another file."""

CONTAINERS = frozenset({ZIP, OLD_OFFICE})
"""What many formats are wrapped in: a declaration says which one it is."""

OFFICE_FOLDERS = {
    "word/": WORD,
    "xl/": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}presentationml.presentation",
}
"""Folders in a zip that say what it is, together with its list of content types."""
APPLE = "application/vnd.apple.iwork"
_OF_APPLE = "Index/Document.iwa"
"""What Pages, Numbers and Keynote keep a text in."""

ALIASES = {
    "application/xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "application/x-pdf": PDF,
    "text/json": JSON,
    "text/event-stream": JSON,
    "application/x-mimearchive": SAVED,
}
SAYS_NOTHING = frozenset(
    {"", UNKNOWN, "binary/octet-stream", "application/unknown", "application/x-unknown"}
    | {"application/force-download", "application/x-download", "unknown/unknown", "*/*"}
)
ENDINGS = {
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "md": MARKDOWN,
    "markdown": MARKDOWN,
    "mdown": MARKDOWN,
    "wiki": WIKI,
    "mediawiki": WIKI,
    "wikitext": WIKI,
    "txt": PLAIN,
    "text": PLAIN,
    "json": JSON,
    "jsonl": JSON,
    "ndjson": JSON,
    "sse": JSON,
    "ipynb": JSON,
    "pdf": PDF,
    "eml": MAIL,
    "mht": SAVED,
    "mhtml": SAVED,
    "nxml": JATS,
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
}
BEGINS_HTML = later(rb"<(?:!doctype\s+html|html|head|body)[\s>/]", re.I)
BEGINS_XML = later(
    rb"<\?xml\s|<(?:rss|feed|urlset|sitemapindex|opml)[\s>]"
    rb"|(?:<!DOCTYPE\s[^<>]{0,600}>\s{0,99})?<TEI(?:\.2|Corpus)?(?:\s[^<>]{0,600})?>"
    rb"\s{0,99}<teiHeader[\s/>]"
    rb"|<(?:book|article|chapter|section)\s[^<>]{0,300}xmlns=[\"']https?://docbook\.org/"
    rb"|<!DOCTYPE\s{1,9}(?:book|article|chapter)\s{1,9}PUBLIC\s{1,9}[\"']-//OASIS//DTD DocBook ",
    re.I,
)
_JATS = later(
    rb"<!DOCTYPE\s+(?:article|pmc-articleset)\s[^<>]{0,200}(?:JATS|NLM|archivearticle)"
    rb"|<article(?=[\s>])[^<>]{0,2000}>\s{0,9}(?:<\?[^<>]{0,200}\?>\s{0,9}){0,9}"
    rb"<front>\s{0,99}<(?:journal|article)-meta[\s>]"
)
_XMLS = frozenset({XML, "text/xml", JATS, "application/vnd.jats+xml"})
_HEADS = later(
    rb"(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,40}+){2,60}+\r?\n"
)
"""The head of a mail as it was sent, up to the empty line below it."""
_MIME = later(rb"^MIME-Version:\s{0,20}1\.", re.M | re.I)
_RELATED = later(
    rb"^(?:Content-Type:\s{0,20}multipart/related|Snapshot-Content-Location:)", re.M | re.I
)
_POSTMARK = later(rb"From \S{1,300} [^\n]{5,60}\n(?=[A-Za-z][A-Za-z-]{0,40}:)")
"""The line above each mail of a mailbox, also where it has but one."""
_FURTHER = later(rb"\n\r?\nFrom \S{1,300} [^\n]{5,60}\n[A-Za-z][A-Za-z-]{0,40}:")
BEGINS_JSON = later(rb"""\s*(?:\{\s*["}]|\[\s*\{\s*["}])""")
CONTROLS = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])

WIKI_NOTE = later(rb"<ref(?: [^<>]{1,200})?/?>|\{\{(?:cite |[Rr]eflist|sfn\|)")
WIKI_LINK = later(rb"\[\[[^\[\]\n]{1,200}\]\]|^==+[^=\n]{1,200}==+[ \t]*\r?$|'''", re.M)
_FEWEST_LINKS = 2
"""Links, headings or bold words of wikitext beside a note: one may stand in any text."""
SNIFFED_BYTES = 64 * 1024
"""Bytes of a file that say what it is. Chosen, as an article has its document type, a mail its
head, and a binary file its zeros, before."""
_MOST_ZEROS = 0.001
_MOST_CONTROLS = 0.1
"""Shares of zeros and of other control characters among these bytes up to which they are text: one
zero in a kilobyte is damage, and texts of terminals have some signs of colours. Chosen."""


def looks_binary(body: bytes) -> bool:
    """Whether some bytes are no text in any charset.

    A stray zero is still text (it becomes U+FFFD), and so are the regular zeros of UTF-16 and
    UTF-32. Only the first 64 KiB are looked at.
    """
    if _magic(body):
        return True
    head = body[:SNIFFED_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    zeros = head.count(0)
    if zeros > 1 and zeros > _MOST_ZEROS * len(head) and not _zeros_alternate(head):
        return True
    controls = len(head) - len(head.translate(None, CONTROLS))
    return controls > _MOST_CONTROLS * len(head)


def media_type_of(body: bytes, declared: str | None, name: str) -> str:
    """Decide the media type of some bytes.

    Args:
        body: Any bytes.
        declared: Content-Type, with or without parameters; None when nothing was declared.
        name: File name or address; only its ending counts.

    Returns:
        A media type in lower case without parameters: "text/html", "text/markdown", "text/plain",
        "application/json", "application/pdf", or whatever was declared or is known by its first
        bytes; "application/octet-stream" for binary data without a name. Plain text that is
        clearly wikitext is "text/x-wiki".
    """
    found = _said_or_seen(body, declared, name)
    return WIKI if found == PLAIN and _is_wikitext(body) else found


def _said_or_seen(body: bytes, declared: str | None, name: str) -> str:
    stated = (declared or "").partition(";")[0].strip().lower()
    stated = ALIASES.get(stated, stated)
    magic = _magic(body)
    if magic == ZIP and (document := _zipped_document(body)):
        return document
    if magic == PROPERTIES and b"WebMainResource" in body:
        return WEB_ARCHIVE
    if magic:
        wrapped = magic in CONTAINERS and stated not in SAYS_NOTHING
        return stated if wrapped and stated.startswith("application/") else magic
    by_name = ENDINGS.get(_ending(name))
    if stated == PLAIN and by_name in (MARKDOWN, WIKI):
        return str(by_name)
    if (stated in _XMLS or stated in SAYS_NOTHING or stated == PLAIN) and _is_jats(body):
        return JATS
    called = by_name if stated in SAYS_NOTHING else stated
    if called == PLAIN and _by_beginning(body) == HTML:
        return HTML  # the source of a page that was saved or sent as text
    if stated not in SAYS_NOTHING:
        return JSON if stated.endswith("+json") else stated
    if looks_binary(body):
        return UNKNOWN
    return by_name or _by_beginning(body)


def _is_jats(body: bytes) -> bool:
    """Whether it is an article as journals keep it, by its document type or its first elements."""
    head = body[:SNIFFED_BYTES].replace(b"\x00", b"")
    return b"<article" in head and bool(_JATS.search(head))


def _is_wikitext(body: bytes) -> bool:
    """Whether text is clearly wikitext: footnotes or citations, beside links or headings."""
    return bool(WIKI_NOTE.search(body)) and len(WIKI_LINK.findall(body, 0, 20_000)) >= _FEWEST_LINKS


def _magic(body: bytes) -> str | None:
    """The media type that the first bytes stand for; None when they stand for none."""
    for begin, media_type in MAGIC:
        if body.startswith(begin):
            return media_type
    for at, inside, media_type in MAGIC_INSIDE:
        if body[at : at + len(inside)] == inside and b"\x00" in body[:12]:
            return media_type
    # A PDF may have a few lines of something else before it.
    return PDF if b"\n%PDF-1." in body[:1024] else None


def _zipped_document(body: bytes) -> str | None:
    """The format of a document that is a zip, by the names in it; None when it is another zip."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return None
    if _OF_APPLE in names:
        return APPLE
    if names[:1] == ["mimetype"] and (stated := _STATED.match(body)):
        return stated[1].decode()
    if "[Content_Types].xml" not in names:
        return None
    return next((t for folder, t in OFFICE_FOLDERS.items() if _has(names, folder)), None)


def _has(names: list[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def _zeros_alternate(head: bytes) -> bool:
    """Whether the zeros stand as in UTF-16: nearly all in the even places, or in the odd ones."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) <= 0.05 * max(even, odd) and max(even, odd) >= 0.1 * (len(head) // 2)


def _ending(name: str) -> str:
    """What follows the last dot of a file name, or of the path of an address; "" for nothing."""
    path = name
    if "://" in name:
        try:
            path = urlsplit(name).path
        except ValueError:
            return ""
    last = path.replace("\\", "/").rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def _by_beginning(body: bytes) -> str:
    """HTML, JSON, XML, a mail or plain text, by the first characters; UTF-16 too."""
    mark = _POSTMARK.match(body)
    sent = _HEADS.match(body[:SNIFFED_BYTES], mark.end() if mark else 0)
    if sent and _MIME.search(sent[0]):
        if mark and _FURTHER.search(body):
            return MAILBOX
        return SAVED if _RELATED.search(sent[0]) else MAIL
    head = body[:4096].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    if BEGINS_JSON.match(head):
        return JSON
    head = whole = head.lstrip()
    while head.startswith((b"<!--", b"<?xml")):
        end = b"-->" if head.startswith(b"<!--") else b"?>"
        head = head.partition(end)[2].lstrip()
    if BEGINS_HTML.match(head):
        return HTML
    return XML if BEGINS_XML.match(whole) or BEGINS_XML.match(head) else PLAIN
