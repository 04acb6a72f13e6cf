"""A ledger and its machine -> everything that was looked at, each with a verdict and a remedy.

Looks at what can go wrong without anybody noticing; whether each entry is what was recorded is
asked of `proof`, which reads all of them.
"""

import os
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from ledger.counting import counted
from ledger.errors import IntegrityError, StoreError, UsageError
from ledger.ledger_file import BRING_BACK, left_beside, left_of_another
from ledger.machine import Check, machine_checks
from ledger.pinned import LEDGERS, existing_key, first_record, last_checkpoint, pinned, pins
from ledger.placing import mode_of
from ledger.proof import check_schema
from ledger.proof.server_rules import others_with_a_say
from ledger.queries import outdated
from ledger.reader import Reader
from ledger.schema import HEAD, Place, how_found, refuse_newer, revision_of, shown

SHOWN_DIFFERENCES = 3
"""Differences that are named: `rebuild` mends all of them, however many."""

SKEW = timedelta(minutes=5)
"""How far two clocks may differ before somebody should look: more than any network's delay."""


def examine(where: Place, *, settings: Path, clock: Callable[[], datetime]) -> Iterator[Check]:
    """Look at everything, changing nothing.

    Args:
        where: A SQLite file, which need not exist, or the address of a server.
        settings: The user's folder with the key that signs and what is pinned of ledgers.
        clock: Gives the time, with its zone.
    """
    if isinstance(where, Path):
        where = Path(os.path.realpath(where))  # what counts is where a link leads
    yield from machine_checks(where if isinstance(where, Path) else None)
    yield _looked_at("signing key", lambda: _key(settings))
    try:
        revision = revision_of(where)
        refuse_newer(shown(where), revision)
    except StoreError as error:
        yield Check("ledger", "failure", error.message, error.remedy)
        return
    if revision is None:
        left = left_beside(where) if isinstance(where, Path) else []
        if left:
            remedy = f"{BRING_BACK}; ledger db restore --force puts it aside"
            yield Check("ledger", "warning", left_of_another(left), remedy)
            return
        remedy = how_found(where)
        yield Check("ledger", "warning", "not created yet", remedy)
        return
    if revision != HEAD:
        detail = f"its schema is {revision}, but this program writes {HEAD}"
        yield Check("schema", "note", detail, "ledger db upgrade")
        return
    now = clock().astimezone(UTC)
    rules = _looked_at("schema", lambda: _rules(where))
    yield rules
    if rules.verdict == "altered":
        yield Check("the rest", "unknown", "not asked, because what was altered would answer too")
        return
    if isinstance(where, str):
        yield _looked_at("rights", lambda: _rights(where))
    yield _looked_at("summaries", lambda: _derived(where))
    yield _looked_at("outlets", lambda: _outlets(where))
    yield _looked_at("erased words", lambda: _erased(where))
    yield _looked_at("clock", lambda: _times(where, now))
    yield _looked_at("checkpoint", lambda: _signed(where, settings))


def _looked_at(name: str, look: Callable[[], Check]) -> Check:
    """What was found; where the database does not let itself be looked at, that."""
    try:
        return look()
    except UsageError as error:
        return Check(name, "warning", f"{error.subject}: {error.message}", error.remedy)
    except IntegrityError as error:
        return Check(name, "altered", error.message, error.remedy)
    except StoreError as error:
        return Check(name, "failure", error.message, error.remedy)


def _key(settings: Path) -> Check:
    """The user's key, and whether others could put another in its place or forget what is pinned.

    Raises:
        UsageError: Others may read it, or it is none.
    """
    key = existing_key(settings)
    for each in (settings, settings / LEDGERS):
        kept = os.name == "posix" and (each.is_dir() or each.is_file())
        if kept and mode_of(each) & 0o022:
            return Check(
                "signing key",
                "warning",
                f"others can write to {each} ({mode_of(each):o}), so the keys and signatures "
                "there may not be yours",
                f"Check what is there, then: chmod go-w {shlex.quote(str(each))}",
            )
    if key is None:
        return Check("signing key", "unknown", "there is none yet")
    return Check("signing key", "ok", "only you can use it and change what is stored with it")


def _rules(where: Place) -> Check:
    """Tables, views and the triggers that refuse changes."""
    unseen = check_schema(where)
    if unseen is not None:
        return Check("schema", "note", unseen, "ledger doctor, as the owner of the ledger")
    return Check("schema", "ok", f"{HEAD}, with every rule that refuses changes")


def _rights(where: str) -> Check:
    """Whether others than its owner decide what a question to the ledger means."""
    with Reader(where) as reader:
        others = others_with_a_say(reader)
    if not others:
        return Check("rights", "ok", "only its owner can add to the schema of the ledger")
    schema, _, owner = others[0]
    roles = [each.role for each in others]
    named = ["every user" if role == "PUBLIC" else role for role in roles]
    return Check(
        "rights",
        "warning",
        f"{' and '.join(named)} can add functions to the schema of the ledger, which may then run "
        "instead of the server's own, with the rights of whoever uses the ledger",
        f"As the user {owner}: REVOKE CREATE ON SCHEMA {schema} FROM {', '.join(roles)}",
    )


def _derived(where: Place) -> Check:
    """The tables that are kept so that questions are answered at once."""
    from ledger.summaries import differences  # through SQLAlchemy, which is slow to load

    with Reader(where) as reader:
        found = list(islice(differences(reader), SHOWN_DIFFERENCES))
    if not found:
        return Check("summaries", "ok", "the summaries match the entries")
    return Check(
        "summaries",
        "altered",
        f"they do not match the entries: {'; '.join(found)}",
        "Answers may be wrong. Either the summaries are out of date or entries were altered. "
        "First run: ledger journal verify. If all entries hold, ledger db rebuild fixes it; "
        "in that case, please report it",
    )


def _outlets(where: Place) -> Check:
    """Whether answers by owner, country and kind go by one registry, or partly by an older one."""
    with Reader(where) as reader:
        older = len(outdated(reader))
    if not older:
        return Check("outlets", "ok", "recorded as in this program's registry")
    whose = "an outlet is" if older == 1 else f"{older:,} outlets are"
    return Check(
        "outlets",
        "note",
        f"{whose} not recorded as in this program's registry",
        "ledger outlets update",
    )


def _erased(where: Place) -> Check:
    """Whether words that a redaction took from the tables may still stand in the files."""
    from ledger.compact import is_due, keepers  # through SQLAlchemy, too

    name = "erased words"
    with Reader(where) as reader:
        if not is_due(reader):
            return Check(name, "ok", "no redaction is unfinished")
        detail = "they are gone from the tables, but may still be in the files of the ledger"
        detail += "".join(f"; {why}" for why in keepers(reader))
    return Check(name, "warning", detail, ("Rewrite it when nobody is using it: ledger db compact"))


def _times(where: Place, now: datetime) -> Check:
    with Reader(where) as reader:
        last = reader.row("SELECT MAX(recorded_at) AS at FROM journal")
        back = reader.row(
            """SELECT COUNT(*) AS n FROM (
                SELECT recorded_at, LAG(recorded_at) OVER (ORDER BY seq) AS earlier FROM journal
            ) AS step WHERE recorded_at < earlier"""
        )
    latest = last["at"] if last else None
    if latest is None:
        return Check("clock", "unknown", "nothing is recorded yet to compare it with")
    if datetime.fromisoformat(latest) > now + SKEW:
        return Check(
            "clock",
            "warning",
            f"it says {now:%Y-%m-%d %H:%M} UTC, and the last entry was recorded at {latest}",
            "Set the clock. The order of entries is safe, but their times would mislead",
        )
    if back and back["n"]:
        times = "once" if back["n"] == 1 else f"{back['n']:,} times"
        return Check(
            "clock",
            "note",
            (f"it went back {times} while entries were recorded; their order is safe"),
        )
    return Check("clock", "ok", f"the last entry was recorded at {latest}")


def _signed(where: Place, settings: Path) -> Check:
    """Whether the ledger still has as many entries as the user signed for."""
    with Reader(where) as reader:
        last = last_checkpoint(pinned(pins(settings), first_record(reader)))
        (held,) = reader.rows("SELECT COUNT(*) AS n FROM journal")
    if last is None:
        return Check(
            "checkpoint",
            "unknown",
            "none was made on this machine, so entries cut off at the end would go unnoticed",
            "Make one and keep it elsewhere: ledger journal checkpoint -o FILE",
        )
    covered = counted(last.size, "entry", "entries")
    said = f"your last one covers {covered}, and the ledger has {held['n']:,}"
    if last.size > held["n"]:
        return Check(
            "checkpoint",
            "altered",
            said,
            "Restore a later backup. Only if you put back an older one yourself: ledger "
            "journal checkpoint --anew",
        )
    return Check("checkpoint", "ok", said)
