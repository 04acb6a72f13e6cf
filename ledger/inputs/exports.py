"""A chat export -> its conversations, each an input of its own: "conversations.json#<id>".

Services hand out everything a person ever asked in one file, bare or in a zip. What it holds is
many articles and not one, and a conversation that cannot be read must not take the others with it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.patterns import later

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

EXPORTED = later(r"conversations(?:[-_]?[0-9]{1,6})?\.json|prod-grok-backend\.json")
"""Names of the files that hold conversations; large exports have several, numbered."""
MAX_EXPORT_BYTES = 256_000_000
"""Uncompressed. Ten years of a busy person are some 100 MB."""
_ID = later(r"[A-Za-z0-9_-]{1,80}")


def named_conversation(name: str) -> tuple[Path, str] | None:
    """The export and the id that "path#id" stands for; None when it is the name of a file."""
    path, hash_sign, chosen = name.rpartition("#")
    if not hash_sign or not path or not chosen:
        return None
    try:
        if Path(name).exists() or not Path(path).is_file():
            return None
    except (OSError, ValueError):  # a name too long, or with a NUL: `receive` says so
        return None
    return Path(path), chosen


def conversations_of(path: Path) -> Mapping[str, bytes | None] | None:
    """The conversations of an export by id, as JSON, in its order; None when it is no export.

    One without an id of its own, or with one that another has, goes by its number in the file. A
    file of the export in which none can be found stands beside them by its name (behind its
    number where there are several), as it is; None for its bytes where it cannot be unpacked.

    Raises:
        OSError: It cannot be read.
    """
    if path.suffix.lower() not in (".json", ".zip"):
        return None
    stat = path.stat()
    if stat.st_size > MAX_EXPORT_BYTES or not path.is_file():  # a pipe may never end
        return None
    return _conversations_of(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=1)
def _conversations_of(path: Path, _changed: int, _size: int) -> Mapping[str, bytes | None] | None:
    """Kept for the last file, because each of its conversations asks for it again."""
    found: dict[str, bytes | None] = {}
    others: dict[str, bytes | None] = {}
    for name, prefix, body in _files(path):
        rows = None if body is None else _rows(body)
        if rows is None:
            others[f"{prefix}{name}"] = body
        ids = {own for row in rows or () if (own := _own_id(row))}
        for number, row in enumerate(rows or (), 1):
            own = _own_id(row)
            chosen = own if own and own not in found else f"{prefix}{number}"
            while chosen in found or (chosen != own and chosen in ids):
                chosen += "-"
            found[chosen] = json.dumps(row).encode("ascii")
    return {**found, **others} if found else None


def _rows(body: bytes) -> list[Any] | None:
    """The conversations in a file; None where there is none among what it holds."""
    from ledger.extract.answers.chats import is_conversation

    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        return None
    rows = whole.get("conversations", whole.get("data")) if isinstance(whole, dict) else whole
    return (
        rows if isinstance(rows, list) and (not rows or any(map(is_conversation, rows))) else None
    )


def _files(path: Path) -> Iterator[tuple[str, str, bytes | None]]:
    """The files of an export that hold conversations: name, prefix for numbers in it, and bytes."""
    if path.suffix.lower() == ".json":
        yield path.name, "", path.read_bytes()
        return
    import zipfile  # few inputs are one

    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in archive.infolist()
                if EXPORTED.fullmatch(each.filename.rpartition("/")[2])
            ]
            if sum(member.file_size for member in members) > MAX_EXPORT_BYTES:
                return
            for place, member in enumerate(members):
                prefix = f"{place}-" if len(members) > 1 else ""
                yield member.filename.rpartition("/")[2], prefix, _unpacked(archive, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return  # it is none


def _unpacked(archive: "ZipFile", member: "ZipInfo") -> bytes | None:
    """The bytes of one file; None where they are damaged, under a password or packed unusually."""
    import lzma
    import zlib
    from zipfile import BadZipFile

    damaged = (BadZipFile, EOFError, OSError, zlib.error, lzma.LZMAError)
    try:
        return archive.read(member)
    except (*damaged, NotImplementedError, RuntimeError):
        return None


def _own_id(row: Any) -> str | None:
    if not isinstance(row, dict):
        return None
    about = row.get("conversation")
    for each in (row, about if isinstance(about, dict) else {}):
        for key in ("conversation_id", "id", "uuid"):
            if isinstance(each.get(key), str) and _ID.fullmatch(each[key]):
                return str(each[key])
    return None
