"""The time stamp that lies beside a checkpoint: getting one, and looking at one."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ledger.commands import pinning
from ledger.commands.fetching import Manners
from ledger.commands.settings import Settings
from ledger.commands.whole_file import whole_file
from ledger.commands.words import complain, say
from ledger.errors import ExtractError, LedgerError, UsageError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from ledger.fetch import FetchSettings
    from ledger.timestamp import TimeStamp

PANEL = "Time stamps"

AuthorityOption = Annotated[
    str | None,
    typer.Option(
        "--timestamp",
        envvar="LEDGER_TSA",
        metavar="URL",
        help="A time-stamping authority (RFC 3161), which confirms when the checkpoint "
        "existed. Its answer is written next to the checkpoint, as FILE.tsr. Only a "
        "digest is sent.",
        rich_help_panel=PANEL,
    ),
]
CertificateOption = Annotated[
    Path | None,
    typer.Option(
        "--tsa-certificate",
        envvar="LEDGER_TSA_CERTIFICATE",
        metavar="PEM",
        help="The root certificate of the time-stamping authority that you trust.",
        rich_help_panel=PANEL,
    ),
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time stamp to ask for.

    Attributes:
        url: Of whom.
        file: Where to.
        force: Replace what is there.
        limits: How long it may take, and where the request may go.
        roots: Who is trusted; none when that is not to be verified.
    """

    url: str
    file: Path
    force: bool
    limits: "FetchSettings"
    roots: "Sequence[Certificate]"


class Got(NamedTuple):
    """A time stamp that was received, and what it says."""

    token: bytes
    said: "TimeStamp"


class Seen(NamedTuple):
    """What there is to say of the time stamp of a checkpoint.

    Attributes:
        said: What it says, verified; None when nothing was.
        warning: What should be known of it; None when there is nothing.
    """

    said: "TimeStamp | None" = None
    warning: str | None = None


def beside(checkpoint: Path) -> Path:
    """Where the time stamp of a checkpoint is."""
    return checkpoint.parent / f"{checkpoint.name}.tsr"


def keep_apart(output: Path, *, force: bool) -> None:
    """Refuse to write a checkpoint next to the time stamp of another one.

    Raises:
        UsageError: There is one, and it may not be replaced.
    """
    if not force and os.path.lexists(beside(output)):
        raise UsageError(
            f"-o {output}",
            f"{beside(output)} exists, the time stamp of another checkpoint",
            remedy="Name another file, or give --force",
        )


_OF_A_STAMP = ("tsa_certificate", "allow_private", "timeout")
"""Options that say how to get one."""


def wanted(
    ctx: typer.Context,
    url: str | None,
    certificate: Path | None,
    output: Path | None,
    manners: Manners,
    *,
    force: bool,
) -> Wanted | None:
    """Give the time stamp to ask for, after checking that it can be; None if none was requested.

    Raises:
        UsageError: There is no file for it to lie beside, or something is missing.
        RefusedError: `url` is none that can be asked.
        ExtractError: The certificate cannot be read.
    """
    if url is None:
        for name in filter(partial(_is_given, ctx), _OF_A_STAMP):
            option = f"--{name.replace('_', '-')}"
            raise UsageError(option, "no time stamp was asked for", remedy="Add --timestamp URL")
        return None
    if output is None:
        if _is_given(ctx, "timestamp"):
            raise UsageError(
                "--timestamp",
                "a time stamp is written next to a file",
                remedy="Name the file with -o FILE",
            )
        complain(
            "note: LEDGER_TSA was not asked, because a time stamp needs a file to be "
            "written next to (-o FILE)"
        )
        return None
    from ledger.timestamp import check_address, check_library

    check_library()
    check_address(url)
    return Wanted(url, beside(output), force, manners.limits(), _roots(certificate))


def outdated(output: Path, data: bytes) -> Path | None:
    """The existing time stamp that will not fit once `output` is `data`; None if there is none."""
    file = beside(output)
    if not os.path.lexists(file):
        return None
    same = (
        output.is_file()
        and output.stat().st_size == len(data)
        and pinning.read_file(output) == data
    )
    return None if same else file


def discard(file: Path, settings: Settings) -> None:
    """Take away the time stamp of what was replaced.

    Raises:
        UsageError: It cannot be taken away.
    """
    try:
        file.unlink()
    except OSError as error:
        raise UsageError(
            str(file),
            f"it belongs to the file that was replaced, but cannot be deleted: {error.strerror}",
            remedy="Delete it by hand",
        ) from error
    say(f"Deleted {file}, the time stamp of the file that was replaced", settings)


def got(this: Wanted, data: bytes, otherwise: str) -> Got:
    """Have a checkpoint stamped; `otherwise` says what is so where that fails.

    Raises:
        LedgerError: As `timestamp.ask` and `timestamp.verify`.
    """
    from ledger.timestamp import ask, verify

    try:
        token, said = ask(this.url, data, this.limits)
        if this.roots:
            with pinning.about(this.url):
                verify(token, data, this.roots)
    except LedgerError:
        complain(f"{otherwise}. To try again, add --force")
        raise
    return Got(token, said)


@contextmanager
def kept(this: Wanted, got: Got) -> Iterator[None]:
    """A time stamp is in its place when the `with` block ends.

    Raises:
        UsageError: As `whole_file`; before the block begins, unless the disk fails at its end.
    """
    with whole_file(this.file, "--timestamp", force=this.force) as file:
        file.write(got.token)
        file.flush()
        yield


def told(this: Wanted, got: Got, settings: Settings) -> None:
    """Say what was kept."""
    unsure = "" if this.roots else " (not verified: see --tsa-certificate)"
    say(f"Wrote {this.file}: it {existence(got.said)}{unsure}", settings)


def seen(
    ctx: typer.Context, checkpoint: Path | None, data: bytes, certificate: Path | None
) -> Seen:
    """What the time stamp of a checkpoint says, where there is one.

    Args:
        ctx: Of the command.
        checkpoint: As given; None when none was.
        data: Its bytes.
        certificate: Of who is trusted; None when nobody is.

    Raises:
        TimeStampError: It is not of this checkpoint, or not to be trusted.
        ExtractError: It, or the certificate, cannot be read; or it is asked for and not there.
        UsageError: The certificate is none, or something is missing.
    """
    asked = certificate is not None and _is_given(ctx, "tsa_certificate")
    if checkpoint is None:
        if asked:
            raise UsageError(
                "--tsa-certificate",
                "it verifies the time stamp of a checkpoint, and no checkpoint was given",
                remedy="Add --checkpoint FILE",
            )
        return Seen()
    file = beside(checkpoint)
    if not os.path.lexists(file):
        if asked:
            raise ExtractError(
                str(file),
                "unreadable",
                f"{checkpoint} has no time stamp here",
                remedy="Put FILE.tsr next to it, or leave out --tsa-certificate",
            )
        return Seen(warning=f"{checkpoint} has no time stamp" if certificate else None)
    if certificate is None:
        return Seen(
            warning=f"{file} is a time stamp that was not verified: give --tsa-certificate PEM, "
            "the root of its authority"
        )
    from ledger.timestamp import verify

    roots = _roots(certificate)
    token = pinning.read_file(file)
    with pinning.about(file):
        return Seen(verify(token, data, roots))


def existence(said: "TimeStamp") -> str:
    """What a time stamp says: "existed by 2026-01-02 12:05:00 UTC, says NAME"."""
    return f"existed by {said.existed_by:%Y-%m-%d %H:%M:%S} UTC, says {said.authority}"


def _roots(certificate: Path | None) -> "Sequence[Certificate]":
    from ledger.timestamp import certificates

    if certificate is None:
        return ()
    return certificates(pinning.read_file(certificate), f"--tsa-certificate {certificate}")


def _is_given(ctx: Any, name: str) -> bool:
    """Whether the user typed it, and it does not come from a setting."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
