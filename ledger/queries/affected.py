"""What leans on something that was withdrawn, and whether it could have known."""

# ruff: noqa: S608 - statements are composed of our own text; every value is bound

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from ledger.forms import CARRIES
from ledger.provenance import (
    CURRENT,
    Copied,
    Withdrawal,
    copies_of_withdrawn,
    impact,
    leaning,
    withdrawals,
    withdrawn_losses,
)
from ledger.queries.dates import Dated, DatedBy, added, dated
from ledger.reader import Reader
from ledger.redacted import say_redacted

if TYPE_CHECKING:
    from ledger.model import Effect

Since = Literal["after", "before"] | None
_SAID: dict[bool | None, Since] = {True: "after", False: "before", None: None}


class Leaning(TypedDict):
    """Something withdrawn that a claim leans on.

    Attributes:
        subject, name, since, reason, said_of: As in `provenance.Withdrawal`.
        said: "after" where the article said it on that day or later, so that it could have known;
            "before" where it leaned on it in good faith, and does so still; None when not known.
        copy: Address of the page that the claim cites, where that is not what was withdrawn and
            carries the same story; None where it leans on what was withdrawn itself.
    """

    subject: str
    name: str
    since: str
    reason: str | None
    said_of: str | None
    said: Since
    copy: str | None


class AffectedItem(TypedDict):
    """One claim of a current article that leans on something withdrawn.

    Attributes:
        claim, article, title, url, exact: Of the claim, its article and page.
        effect, because: What the loss of all that was withdrawn does to it, as in `Impact`. The
            effect is "copy" where it leans on nothing that was withdrawn, but on a page that
            carries the story of one that was: that falls only if the copy is taken away, too.
        on, dated_by: When the article said it, and whose word that is: see `dates.DatedBy`.
        withdrawn: What it leans on, the earliest withdrawn first.
    """

    claim: str
    article: str
    title: str | None
    url: str
    exact: str
    effect: "Effect | Literal['copy']"
    because: list[str]
    on: str
    dated_by: DatedBy
    withdrawn: list[Leaning]


class Affected(TypedDict):
    """All claims that lean on something withdrawn, by effect and then in reading order.

    `maybe` is how many further claims may lean on it, because a source of theirs is not known.
    """

    items: list[AffectedItem]
    maybe: int


def affected(reader: Reader) -> Affected:
    """What leans on what was withdrawn, or on a copy of it; nothing where nothing was."""
    gone = {each["subject"]: each for each in withdrawals(reader)}
    touched = leaning(reader, gone.values())
    copied = leaning_on_copies(reader, copies_of_withdrawn(reader, gone.values()))
    found = impact(reader, withdrawn_losses(reader, gone.values())) if gone else []
    of_copies = [claim for claim in copied if claim not in touched]
    shown = [*touched, *of_copies]
    when = _dates(reader, shown)

    def leans(claim: str) -> list[Leaning]:
        said = when[claim].said
        direct = touched.get(claim, [])
        all_ = [_leaning(gone[subject], said, None) for subject in direct]
        all_ += [
            _leaning(each["gone"], said, each["url"])
            for each in copied.get(claim, ())
            if each["gone"]["subject"] not in direct
        ]
        return sorted(all_, key=lambda one: (one["since"], one["subject"], one["copy"] or ""))

    items = [
        _item(when[each["claim"]], each["effect"], each["because"], leans(each["claim"]))
        for each in found
        if each["claim"] in touched
    ]
    items += [
        _item(when[claim], "copy", _because(copied[claim]), leans(claim)) for claim in of_copies
    ]
    maybe = sum(each["claim"] not in touched and each["claim"] not in copied for each in found)
    return Affected(items=items, maybe=maybe)


def leaning_on_copies(reader: Reader, copied: Iterable[Copied]) -> dict[str, list[Copied]]:
    """Claims of current articles to those of these copies that they cite, in reading order."""
    copies: dict[str, list[Copied]] = {}
    for each in copied:
        copies.setdefault(each["source"], []).append(each)
    rows = reader.rows_for(
        f"""SELECT DISTINCT c.claim_id, c.source_id, k.place
        FROM current_citation c
        JOIN claim_pattern k ON k.claim_id = c.claim_id
        WHERE c.source_id IN :ids AND c.form {CARRIES}
            AND {CURRENT.format(claim="c.claim_id")}""",
        sorted(copies),
    )
    rows.sort(key=lambda row: (row["place"], row["source_id"]))
    found: dict[str, list[Copied]] = {}
    for row in rows:
        found.setdefault(row["claim_id"], []).extend(copies[row["source_id"]])
    return found


def _because(copied: Iterable[Copied]) -> list[str]:
    return [
        f"{each['url']} carries the same story as {each['gone']['name']}, which was withdrawn"
        for each in copied
    ]


def _leaning(gone: Withdrawal, said: Dated, copy: str | None) -> Leaning:
    return Leaning(
        subject=gone["subject"],
        name=gone["name"],
        since=gone["since"] or "",
        reason=gone["reason"],
        said_of=gone["said_of"],
        said=_SAID[said.after(gone["since"] or "")],
        copy=copy,
    )


class _Claim(NamedTuple):
    """A claim, the page of its article, and when that said it."""

    id: str
    article: str
    title: str | None
    url: str
    exact: str
    said: Dated


def _item(
    claim: _Claim, effect: "Effect | Literal['copy']", because: list[str], withdrawn: list[Leaning]
) -> AffectedItem:
    return AffectedItem(
        claim=claim.id,
        article=claim.article,
        title=claim.title,
        url=claim.url,
        exact=claim.exact,
        effect=effect,
        because=because,
        on=claim.said.on,
        dated_by=claim.said.by,
        withdrawn=withdrawn,
    )


def _dates(reader: Reader, claims: list[str]) -> dict[str, _Claim]:
    """The claims with these ids, and when their articles said them."""
    rows = reader.rows_for(
        """SELECT m.id, m.key, m.article_id, a.title, m.exact, s.url, a.published, p.captured_at
        FROM claim m
        JOIN article a ON a.id = m.article_id
        JOIN source s ON s.id = a.source_id
        JOIN capture p ON p.id = a.capture_id
        WHERE m.id IN :ids""",
        claims,
    )
    say_redacted(reader, rows, "article_id", "title", "exact")
    later = added(reader, [row["key"] for row in rows])
    return {
        row["id"]: _Claim(
            row["id"],
            row["article_id"],
            row["title"],
            row["url"],
            row["exact"],
            dated(row["published"], row["captured_at"], later.get(row["key"])),
        )
        for row in rows
    }
