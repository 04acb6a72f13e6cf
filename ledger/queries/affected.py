"""What leans on something that was retracted, and whether it could have known."""

from typing import TYPE_CHECKING, Literal, TypedDict

from ledger.provenance import impact, leaning, withdrawals, withdrawn_losses
from ledger.queries.dates import Dated, DatedBy, added, dated
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.model import Effect

Since = Literal["after", "before"] | None
_SAID: dict[bool | None, Since] = {True: "after", False: "before", None: None}


class Leaning(TypedDict):
    """Something retracted that a claim leans on.

    Attributes:
        subject, name, since, reason: As in `provenance.Withdrawal`.
        said: "after" where the article said it on that day or later, so that it could have known;
            "before" where it leaned on it in good faith, and does so still; None when not known.
    """

    subject: str
    name: str
    since: str
    reason: str | None
    said: Since


class AffectedItem(TypedDict):
    """One claim of a current article that leans on something retracted.

    Attributes:
        claim, article, title, url, exact: Of the claim, its article and page.
        effect, because: What the loss of all that was retracted does to it, as in `Impact`.
        on, dated_by: When the article said it, and whose word that is: see `dates.DatedBy`.
        withdrawn: What it leans on, the earliest retracted first.
    """

    claim: str
    article: str
    title: str | None
    url: str
    exact: str
    effect: "Effect"
    because: list[str]
    on: str
    dated_by: DatedBy
    withdrawn: list[Leaning]


class Affected(TypedDict):
    """Every such claim: falls, then weakens, then unknown, each in reading order.

    `maybe` is how many further claims may lean on it, because a source of theirs is not known.
    """

    items: list[AffectedItem]
    maybe: int


def affected(reader: Reader) -> Affected:
    """What leans on what was retracted; nothing where nothing was."""
    gone = {each["subject"]: each for each in withdrawals(reader)}
    touched = leaning(reader, gone.values())
    if not touched:
        return Affected(items=[], maybe=0)
    found = impact(reader, withdrawn_losses(reader, gone.values()))
    when = _dates(reader, list(touched))
    items: list[AffectedItem] = []
    for each in found:
        if each["claim"] not in touched:
            continue
        url, said = when[each["claim"]]
        leans = [
            Leaning(
                subject=subject,
                name=gone[subject]["name"],
                since=gone[subject]["since"] or "",
                reason=gone[subject]["reason"],
                said=_SAID[said.after(gone[subject]["since"] or "")],
            )
            for subject in touched[each["claim"]]
        ]
        items.append(
            AffectedItem(
                claim=each["claim"],
                article=each["article"],
                title=each["title"],
                url=url,
                exact=each["exact"],
                effect=each["effect"],
                because=each["because"],
                on=said.on,
                dated_by=said.by,
                withdrawn=sorted(leans, key=lambda one: (one["since"], one["subject"])),
            )
        )
    return Affected(items=items, maybe=len(found) - len(items))


def _dates(reader: Reader, claims: list[str]) -> dict[str, tuple[str, Dated]]:
    """Claim to the address of its article and when that said it."""
    rows = reader.rows_for(
        """SELECT m.id, m.key, s.url, a.published, p.captured_at
        FROM claim m
        JOIN article a ON a.id = m.article_id
        JOIN source s ON s.id = a.source_id
        JOIN capture p ON p.id = a.capture_id
        WHERE m.id IN :ids""",
        claims,
    )
    later = added(reader, [row["key"] for row in rows])
    return {
        row["id"]: (
            row["url"],
            dated(row["published"], row["captured_at"], later.get(row["key"])),
        )
        for row in rows
    }
