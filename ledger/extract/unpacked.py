"""A document that is a zip -> its parts that hold text, unpacked within limits.

What a zip says of the size of a part may be a lie, and its reader would believe it.
"""

import io
import zipfile
import zlib

from ledger.errors import ExtractError

MAX_BYTES = 16_000_000
"""Uncompressed, all parts together; a book of 500 pages has some 5 MB."""
_MOST_PARTS = 5_000
"""Parts of one file that are unpacked; a book has one for each chapter."""


def unpacked(body: bytes, name: str, endings: tuple[str, ...]) -> dict[str, bytes]:
    """The parts whose paths end so, in whatever case, by their paths, in the order of the zip.

    Raises:
        ExtractError: The zip cannot be read ("broken-file"), or holds more text than an article
            can have ("too-large").
    """
    found: dict[str, bytes] = {}
    left, wanted = MAX_BYTES, tuple(map(str.lower, endings))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for part in archive.infolist():
                if not part.filename.lower().endswith(wanted) or part.filename in found:
                    continue
                if len(found) == _MOST_PARTS:
                    raise _too_large(name, f"it has more than {_MOST_PARTS:,} parts")
                text = _part(archive, part, left + 1, name)
                left -= len(text)
                if left < 0:
                    raise _too_large(name, f"its text has more than {MAX_BYTES / 1e6:.0f} MB")
                found[part.filename] = text
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
        raise ExtractError(name, "broken-file", f"its zip cannot be read: {error}") from error
    return found


def refuse_entities(text: bytes, name: str) -> None:
    """Raise ExtractError for a part with a document type.

    No office program writes one, and entities are what attacks on readers are made of.
    """
    # Of UTF-16, every other byte is a zero.
    if b"<!DOCTYPE" in (text.replace(b"\0", b"") if b"\0" in text[:100] else text):
        raise ExtractError(name, "broken-file", "it declares entities, which no such file does")


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int, name: str) -> bytes:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ExtractError(name, "broken-file", "it is packed in a way that no such file is")
    with archive.open(part) as stream:
        return stream.read(most)


def _too_large(name: str, message: str) -> ExtractError:
    return ExtractError(name, "too-large", message, remedy="Split it into articles")
