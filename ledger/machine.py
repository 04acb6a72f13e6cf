"""A machine and the place of a ledger on it -> what could harm the ledger, each with a remedy.

Nothing is changed and nothing is asked of the network. What cannot be found out is "unknown",
never "ok". `ledger.doctor` adds what the record itself says.
"""

import os
import re
import shlex
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from ledger.engine import wal_is_safe
from ledger.patterns import later
from ledger.placing import BEGUN

Verdict = Literal["ok", "note", "warning", "failure", "altered", "unknown"]
"""note: worth knowing, harmless. failure: the database cannot be used. altered: what is recorded,
or what follows from it, is not what it was."""

MOUNTS = Path("/proc/self/mountinfo")
"""Linux's list of what is mounted where (man7.org/linux/man-pages/man5/proc_pid_mountinfo.5)."""

UNLOCKED = frozenset(
    "9p afs ceph cifs davfs fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs fuse.sshfs glusterfs "
    "lustre ncpfs nfs nfs4 smb3 smbfs vboxsf virtiofs vmhgfs fuse.vmhgfs-fuse".split()
)
"""File systems over a network or from another machine, where locks of files are known to fail
(sqlite.org/howtocorrupt.html, section 2.1): two writers may then damage a SQLite file."""

_SPELLED = later(r"\\([0-7]{3})")
"""How `MOUNTS` writes spaces and the like: three octal digits behind a backslash."""

_BEGUN = later(rf"{re.escape(BEGUN)}[0-9a-f]{{16}}(?:[-.][a-z0-9-]+)?")
"""The name of a file that is being made, and of what SQLite keeps beside it."""

ROOM = 200_000_000
"""Bytes that should be free at the least: a batch of articles with their bytes."""


class Check(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: What, in a few words.
        verdict: As `Verdict`.
        detail: What was found, a sentence without its stop.
        remedy: What to do; None when there is nothing to do.
    """

    name: str
    verdict: Verdict
    detail: str
    remedy: str | None = None


def machine_checks(path: Path | None) -> Iterator[Check]:
    """Everything about the machine.

    Args:
        path: The SQLite file itself, no link to it; it need not exist. None for a ledger on a
            server.
    """
    yield _python(sys.version_info[:3])
    if path is not None:
        yield _sqlite(sqlite3.sqlite_version_info[:3])
        yield _file_system(path)
        yield _space(path)
        yield _permissions(path)
        yield from _names(path)
        yield from _unfinished(path.parent)


_MENDED: dict[tuple[int, ...], int] = {(3, 11): 14, (3, 12): 12, (3, 13): 6}
"""Of each Python the first that has neither CVE-2024-4032 (ipaddress) nor CVE-2025-6069
(html.parser), as the records of both say; later ones never had them."""


def _python(version: tuple[int, ...]) -> Check:
    said = f"Python {'.'.join(map(str, version))}"
    mended = _MENDED.get(version[:2], 0)
    if version[2] < mended:
        return Check(
            "Python",
            "note",
            (
                f"{said} has known defects in html.parser and ipaddress, which this program "
                "does not rely on"
            ),
            f"Take {version[0]}.{version[1]}.{mended} or newer when you can",
        )
    return Check("Python", "ok", said)


def _sqlite(version: tuple[int, ...]) -> Check:
    said = f"SQLite {'.'.join(map(str, version))}"
    if not wal_is_safe((version[0], version[1], version[2])):
        return Check(
            "SQLite",
            "note",
            f"{said} can damage a file with a write-ahead log, so a rollback journal is used, "
            "and questions wait while someone records",
            "Take a Python with SQLite 3.51.3 or newer when you can",
        )
    return Check("SQLite", "ok", said)


def _file_system(path: Path) -> Check:
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return Check(
            "file system", "unknown", ("this system does not say which file systems are mounted")
        )
    kind = file_system_of(path, mounts)
    if kind is None:
        return Check("file system", "unknown", f"the file system of {path.parent} is not known")
    if kind in UNLOCKED:
        return Check(
            "file system",
            "warning",
            (
                f"{path.parent} is on {kind}, where two programs writing at once can damage "
                "the ledger"
            ),
            "Keep it on a disk of this machine, or on PostgreSQL",
        )
    return Check("file system", "ok", kind)


def file_system_of(path: Path, mounts: str) -> str | None:
    """The kind of file system that holds `path`; None when no mount point is above it.

    Args:
        path: Absolute.
        mounts: As in `MOUNTS`.
    """
    found: tuple[int, str] | None = None
    for line in mounts.split("\n"):
        fields, _, rest = line.partition(" - ")
        columns = fields.split(" ")
        if len(columns) < 5 or not rest:
            continue
        point = _SPELLED.sub(lambda spelled: chr(int(spelled[1], 8)), columns[4])
        depth = len(Path(point).parts)
        # Of several mounts on one point the last is the one that is seen.
        if path.is_relative_to(point) and (found is None or depth >= found[0]):
            found = (depth, rest.split(" ")[0])
    return None if found is None else found[1]


def _space(path: Path) -> Check:
    size = path.stat().st_size if _is_there(path) else 0
    try:
        free = shutil.disk_usage(_nearest(path)).free
    except OSError as error:
        return Check("free space", "unknown", f"the free space is not known: {error.strerror}")
    said = f"{free / 1e9:,.1f} GB free, the ledger has {size / 1e9:,.3f} GB"
    if free < max(2 * size, ROOM):
        return Check(
            "free space", "warning", said, "Make room: a backup needs as much as the ledger has"
        )
    return Check("free space", "ok", said)


def _permissions(path: Path) -> Check:
    if not _is_there(path):
        return Check("permissions", "unknown", "there is no file yet")
    if os.name == "nt":
        return Check("permissions", "unknown", "who may write to it is not known on this system")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Check(
            "permissions",
            "warning",
            f"others than its owner can write to {path} ({mode:o})",
            f"chmod go-w {shlex.quote(str(path))}",
        )
    folder = path.parent.stat().st_mode
    if folder & stat.S_IWOTH:
        # In a sticky folder nobody moves the files of others (inode(7)).
        replaced = "" if folder & stat.S_ISVTX else "replace the ledger, or "
        return Check(
            "permissions",
            "warning",
            f"everybody can write to its folder, {path.parent}, and so {replaced}leave a journal"
            " there that other programs would write into it",
            f"Move it, or: chmod o-w {shlex.quote(str(path.parent))}",
        )
    return Check("permissions", "ok", f"only its owner can write to it ({mode:o})")


def _names(path: Path) -> Iterator[Check]:
    """Whether a file has one name: its journal lies beside the name by which it was opened."""
    names = path.stat().st_nlink if _is_there(path) else 1
    if names > 1:
        yield Check(
            "names",
            "warning",
            f"the file has {names} names (hard links). If a program dies while it writes, whoever "
            "opens it by another name finds it damaged",
            f"Find them: find {shlex.quote(str(_mount_of(path)))} -xdev -samefile "
            f"{shlex.quote(str(path))}; then delete the others, or replace them with symbolic "
            "links",
        )


def _mount_of(path: Path) -> Path:
    """Where the file system begins that holds `path`: hard links lie nowhere else."""
    return next(each for each in path.parents if each.is_mount())


def _unfinished(folder: Path) -> Iterator[Check]:
    """What programs left that died while they made a file, as large as a ledger or a backup."""
    found: dict[str, int] = {}
    for each in sorted(folder.glob(f"{BEGUN}*")):
        if _BEGUN.fullmatch(each.name):
            with suppress(FileNotFoundError):  # the command that made it has finished just now
                found[each.name] = each.stat().st_size
    if found:
        yield Check(
            "unfinished files",
            "note",
            f"{', '.join(found)} in {folder} ({sum(found.values()) / 1e9:,.3f} GB): of a "
            "command that was killed, or is still running",
            "When no command is running there, delete them",
        )


def _nearest(path: Path) -> Path:
    """`path`, or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents) if _is_there(each))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no file can have this name, or nobody may look
        return False
