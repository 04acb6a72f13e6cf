"""What was withdrawn, as people said it -> what stands of that, and what leans on it.

A withdrawal is a judgement "withdraw": its `subject` is an `Outlet.key` or a `Source.url` (only
the latter has "://"), its `object` the day since when it is withdrawn, or `STANDS` where a
withdrawal is taken back. Of several about one subject the one recorded last stands; the others are
kept and shown. Why so: docs/decisions/withdrawals-are-judgements.md.
"""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable
from typing import Literal, TypedDict

from ledger.forms import CARRIES
from ledger.provenance.led import other_addresses
from ledger.provenance.losses import Losses
from ledger.provenance.support import CURRENT, OUTLET
from ledger.reader import Reader, Row

STANDS = "stands"
"""`object` of a judgement that takes a withdrawal back."""

Withdrawable = Literal["outlet", "page"]


class Decided(TypedDict):
    """One judgement about a subject.

    Attributes:
        since: The day since when it is withdrawn, YYYY-MM-DD; None where it was taken back.
        by, at, reason: Who said so, when (ISO 8601, UTC) and why; None when not said.
        said_of: Name of the outlet it was said of, where that was merged into another; else None.
    """

    since: str | None
    by: str
    at: str
    reason: str | None
    said_of: str | None


class Withdrawal(Decided):
    """What stands about one subject.

    Attributes:
        subject: `Outlet.key` or `Source.url`.
        key: `Outlet.key` of the outlet as it stands: another where it was merged; None for a page.
        kind: Which of them.
        name: Of the outlet, or the address.
        before: What was said of it earlier and does not stand, the latest first.
        also_at: Other addresses of the page, of which one leads on to the other; none of an outlet.
    """

    subject: str
    key: str | None
    kind: Withdrawable
    name: str
    before: list[Decided]
    also_at: list[str]


def addresses(gone: Withdrawal) -> list[str]:
    """Every address of a page that was withdrawn; of an outlet its key as it stands."""
    return [gone["key"] or gone["subject"], *gone["also_at"]]


def withdrawals(
    reader: Reader, subjects: Iterable[str] | None = None, *, undone: bool = False
) -> list[Withdrawal]:
    """What is withdrawn now, the earliest first, then by subject.

    Args:
        reader: An open ledger.
        subjects: Only these pages, at whatever address, and outlets, also under the key they were
            merged into; None for all.
        undone: Also what was withdrawn and is not any more (`since` is None), last.
    """
    rows = reader.rows(
        f"""SELECT g.subject, g.object, g."by", g.at, g.reason,
            COALESCE(o.name, o.key, g.subject) AS name, COALESCE(o.key, g.subject) AS stands,
            COALESCE(w.name, g.subject) AS own_name
        FROM judgement g
        JOIN journal j ON j.entry_id = g.id
        {OUTLET.format(key="g.subject")}
        LEFT JOIN known_outlet w ON w.key = g.subject
        WHERE g.verb = 'withdraw'
        ORDER BY j.seq DESC"""
    )
    if not rows:  # as nearly always
        return []
    wanted = None
    also = other_addresses(reader, {row["subject"] for row in rows if "://" in row["subject"]})
    if subjects is not None:
        names = list(subjects)
        wanted = {*names, *as_they_stand_now(reader, names).values()}
    said: dict[str, list[Row]] = {}
    for row in rows:
        shown = (row["subject"], row["stands"], *also.get(row["subject"], ()))
        if wanted is None or wanted.intersection(shown):
            # What was said of an outlet holds for the one it counts as, and is taken back there.
            page = "://" in row["subject"]
            said.setdefault(row["subject"] if page else row["stands"], []).append(row)
    found = [_withdrawal(of_one, also.get(subject, [])) for subject, of_one in said.items()]
    found = [each for each in found if undone or each["since"] is not None]
    return sorted(found, key=lambda each: (each["since"] or "~", each["subject"]))


def as_they_stand_now(reader: Reader, keys: Iterable[str]) -> dict[str, str]:
    """`Outlet.key` to that of the outlet it counts as; keys that are not recorded are left out."""
    rows = reader.rows_for(
        "SELECT k.key, k.standing FROM known_outlet k WHERE k.key IN :ids", list(keys)
    )
    return {row["key"]: row["standing"] for row in rows}


def _withdrawal(rows: list[Row], also_at: list[str]) -> Withdrawal:
    last = rows[0]
    page = "://" in last["subject"]
    return Withdrawal(
        subject=last["subject"],
        key=None if page else last["stands"],
        kind="page" if page else "outlet",
        name=last["name"],
        before=[_decided(row) for row in rows[1:]],
        also_at=also_at,
        **_decided(last),
    )


def _decided(row: Row) -> Decided:
    return Decided(
        since=None if row["object"] == STANDS else row["object"],
        by=row["by"],
        at=row["at"],
        reason=row["reason"],
        said_of=None if row["stands"] == row["subject"] else row["own_name"],
    )


def withdrawn_losses(reader: Reader, gone: Iterable[Withdrawal]) -> Losses:
    """The loss of all that was withdrawn, of a page at all its addresses; uncited ones are none."""
    gone = list(gone)
    pages = reader.rows_for(
        "SELECT s.id FROM source s WHERE s.url IN :ids ORDER BY s.id",
        [url for each in gone if each["kind"] == "page" for url in addresses(each)],
    )
    return Losses(
        outlets=tuple(each["subject"] for each in gone if each["kind"] == "outlet"),
        sources=tuple(row["id"] for row in pages),
    )


def leaning(reader: Reader, gone: Iterable[Withdrawal]) -> dict[str, list[str]]:
    """Claims of current articles that lean on something withdrawn: id to the subjects, in order.

    A claim leans on a page that it cites at one of its addresses, and on an outlet that it cites or
    names in prose, or whose words a page carries that it cites.
    """
    subjects: dict[str, list[str]] = {}
    for each in gone:
        for name in addresses(each):
            subjects.setdefault(name, []).append(each["subject"])
    of_outlets = """SELECT l.outlet AS name, c.claim_id
        FROM claim_outlet l
        JOIN claim_pattern c ON c.place = l.place
        WHERE l.outlet IN :ids"""
    of_pages = f"""SELECT s.url AS name, c.claim_id
        FROM source s
        JOIN current_citation c ON c.source_id = s.id
        WHERE s.url IN :ids AND c.form {CARRIES}
            AND {CURRENT.format(claim="c.claim_id")}"""
    rows = [row for sql in (of_outlets, of_pages) for row in reader.rows_for(sql, list(subjects))]
    answer: dict[str, list[str]] = {}
    for claim, name in sorted({(row["claim_id"], row["name"]) for row in rows}):
        answer.setdefault(claim, []).extend(subjects[name])
    return {claim: list(dict.fromkeys(found)) for claim, found in answer.items()}
