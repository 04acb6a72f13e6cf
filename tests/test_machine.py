"""What `ledger doctor` says of the machine."""

import os
from pathlib import Path

import pytest

from ledger import machine
from ledger.machine import Check, file_system_of, machine_checks

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/root rw
30 22 0:25 / /home rw,relatime shared:1 - btrfs /dev/sda2 rw
31 30 0:26 / /home/me/the\\040desk rw,relatime shared:2 master:1 - nfs4 server:/desk rw
34 22 0:29 / /media/データ rw - exfat /dev/sdb rw
35 22 0:30 / /media/łódź\\040\x85 rw - vfat /dev/sdc rw
32 22 0:27 / /mnt rw - tmpfs tmpfs rw
33 22 0:28 / /mnt rw - cifs //server/mnt rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/ledger.db", "ext4"),
        ("/home/me/ledger.db", "btrfs"),
        ("/home/me/the desk/ledger.db", "nfs4"),
        ("/homeless/ledger.db", "ext4"),
        ("/media/データ/ledger.db", "exfat"),
        ("/media/łódź \x85/ledger.db", "vfat"),
        ("/mnt/ledger.db", "cifs"),  # mounted over what was there
    ],
)
def test_the_file_system_is_that_of_the_deepest_mount(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


def test_without_a_mount_above_it_nothing_is_known() -> None:
    assert file_system_of(Path("/var/ledger.db"), "") is None


def checks(path: Path) -> dict[str, Check]:
    return {check.name: check for check in machine_checks(path)}


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p"])
def test_a_file_system_without_locks_is_warned_of(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 0:1 / / rw - {kind} server rw\n")
    monkeypatch.setattr(machine, "MOUNTS", mounts)
    found = checks(tmp_path / "ledger.db")["file system"]
    assert found.verdict == "warning"
    assert kind in found.detail
    assert "PostgreSQL" in str(found.remedy)


def test_a_system_that_does_not_say_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MOUNTS", tmp_path / "none")
    assert checks(tmp_path / "ledger.db")["file system"].verdict == "unknown"


def test_a_file_that_others_may_write_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert checks(path)["permissions"].verdict == "unknown"
    path.touch(mode=0o600)
    assert checks(path)["permissions"].verdict == "ok"
    os.chmod(path, 0o666)  # noqa: S103, PTH101 - what is to be found
    found = checks(path)["permissions"]
    assert (found.verdict, found.remedy) == ("warning", f"chmod go-w {path}")


def test_a_folder_that_everybody_may_write_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch(mode=0o600)
    os.chmod(tmp_path, 0o1777)  # noqa: S103, PTH101 - what is to be found
    found = checks(path)["permissions"]
    assert (found.verdict, found.remedy) == ("warning", f"Move it, or: chmod o-w {tmp_path}")
    assert "leave a journal there" in found.detail
    assert "replace" not in found.detail  # nobody moves another's file in a sticky folder
    os.chmod(tmp_path, 0o777)  # noqa: S103, PTH101 - as above
    assert "replace the ledger, or leave a journal" in checks(path)["permissions"].detail


def test_a_file_of_several_names_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch(mode=0o600)
    assert "names" not in checks(path)
    (tmp_path / "other.db").hardlink_to(path)
    found = checks(path)["names"]
    assert (found.verdict, "has 2 names" in found.detail) == ("warning", True)


def test_other_names_are_looked_for_in_the_file_system_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk" / "ledger.db"
    path.parent.mkdir()
    path.touch(mode=0o600)
    path.with_name("other.db").hardlink_to(path)
    monkeypatch.setattr(Path, "is_mount", lambda each: each in (tmp_path, Path("/")))
    remedy = checks(path)["names"].remedy
    assert f"find {tmp_path} -xdev -samefile {path}; then" in str(remedy)


def test_too_little_room_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "not yet" / "made" / "ledger.db"
    monkeypatch.setattr(machine, "ROOM", 0)
    assert checks(path)["free space"].verdict == "ok"
    monkeypatch.setattr(machine, "ROOM", 10**18)
    assert checks(path)["free space"].verdict == "warning"


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ((3, 11, 13), "note"),
        ((3, 11, 14), "ok"),
        ((3, 12, 3), "note"),
        ((3, 13, 6), "ok"),
        ((3, 14, 0), "ok"),
    ],
)
def test_a_python_with_known_defects_is_noted(version: tuple[int, ...], verdict: str) -> None:
    assert machine._python(version).verdict == verdict


@pytest.mark.parametrize(
    ("version", "verdict"), [((3, 40, 1), "note"), ((3, 51, 3), "ok"), ((3, 50, 7), "ok")]
)
def test_an_sqlite_with_the_defect_of_its_log_is_noted(
    version: tuple[int, ...], verdict: str
) -> None:
    assert machine._sqlite(version).verdict == verdict


def test_a_server_has_no_file() -> None:
    assert [check.name for check in machine_checks(None)] == ["Python"]


def test_a_file_that_got_its_name_meanwhile_is_no_unfinished_one(tmp_path: Path) -> None:
    left = tmp_path / f".ledger-{'a' * 16}"
    left.write_bytes(b"half")
    # As a name is that was listed, and is gone when its size is asked for.
    (tmp_path / f".ledger-{'b' * 16}").symlink_to(tmp_path / "gone")

    (found,) = [
        each for each in machine_checks(tmp_path / "ledger.db") if each.name == "unfinished files"
    ]
    assert found.detail.startswith(f"{left.name} in {tmp_path} (")
