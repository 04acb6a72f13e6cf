"""A chat export -> its conversations, each an input of its own: "conversations.json#<id>".

Services hand out everything a person ever asked in one file, bare or in a zip. What it holds is
many articles and not one, and a conversation that cannot be read must not take the others with it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ledger.patterns import later

EXPORTED = later(r"conversations(?:[-_]?[0-9]{1,6})?\.json|prod-grok-backend\.json")
"""Names of the files that hold conversations; large exports have several, numbered."""
MAX_EXPORT_BYTES = 256_000_000
"""Uncompressed. Ten years of a busy person are some 100 MB."""
_MOST_MEMBERS = 1_000
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


def conversations_of(path: Path) -> Mapping[str, bytes] | None:
    """The conversations of an export by id, as JSON, in its order; None when it is no export.

    One without an id of its own, or with one that another has, goes by its number in the file.

    Raises:
        OSError: It cannot be read.
    """
    if path.suffix.lower() not in (".json", ".zip"):
        return None
    stat = path.stat()
    if stat.st_size > MAX_EXPORT_BYTES:
        return None
    return _conversations_of(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=1)
def _conversations_of(path: Path, _changed: int, _size: int) -> Mapping[str, bytes] | None:
    """Kept for the last file, because each of its conversations asks for it again."""
    from ledger.extract.answers.chats import is_conversation

    found: dict[str, bytes] = {}
    for prefix, body in _files(path):
        try:
            whole = json.loads(body)
        except (ValueError, RecursionError):
            continue
        rows = whole.get("conversations") if isinstance(whole, dict) else whole
        if not isinstance(rows, list) or not any(map(is_conversation, rows)):
            continue
        for number, row in enumerate(rows, 1):
            own = _own_id(row)
            chosen = own if own and own not in found else f"{prefix}{number}"
            found[chosen] = json.dumps(row).encode("ascii")
    return found or None


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an export that hold conversations, with a prefix for numbers in them."""
    if path.suffix.lower() == ".json":
        yield "", path.read_bytes()
        return
    import zipfile  # few inputs are one

    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in archive.infolist()[:_MOST_MEMBERS]
                if EXPORTED.fullmatch(each.filename.rpartition("/")[2])
            ]
            if sum(member.file_size for member in members) > MAX_EXPORT_BYTES:
                return
            for place, member in enumerate(members):
                yield f"{place}-" if len(members) > 1 else "", archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return  # broken, of an unknown method, or under a password


def _own_id(row: Any) -> str | None:
    if not isinstance(row, dict):
        return None
    about = row.get("conversation")
    for each in (row, about if isinstance(about, dict) else {}):
        for key in ("conversation_id", "id", "uuid"):
            if isinstance(each.get(key), str) and _ID.fullmatch(each[key]):
                return str(each[key])
    return None
