"""`ledger withdraw`: record that an outlet or a page was withdrawn."""

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.notes import counted_besides
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption, day_of
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import settings_of
from ledger.commands.withdrawals import saying_words
from ledger.commands.words import complain, counted, same_pages
from ledger.errors import NotFoundError, UsageError
from ledger.reader import Reader

if TYPE_CHECKING:
    from ledger.provenance import Copied, Withdrawal

app = typer.Typer()

_HEX = re.compile(r"[0-9a-f]{4,64}", re.ASCII)


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="OUTLET|URL",
            help="The outlet, by name, alias or domain; or the page, by address or id.",
        ),
    ],
    reason: ReasonOption = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help="The day of the withdrawal; required without --undo.",
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the withdrawal back.")] = False,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Record that an outlet or a page was withdrawn.

    Example: ledger withdraw https://example.org/story --date 2025-03-01

    Nothing is deleted. Earlier decisions stay in the record; if there are several
    about one outlet or page, the latest counts. To see which claims lean on what
    was withdrawn: ledger claims --affected. An outlet or page that nobody cites
    yet can be withdrawn too; it takes effect once it is cited.
    """
    from ledger.pipeline.withdraw import WithdrawalDecision
    from ledger.pipeline.withdraw import withdraw as record
    from ledger.provenance import copies_of_withdrawn, leaning, withdrawals
    from ledger.queries import claiming_nothing
    from ledger.queries.affected import leaning_on_copies

    settings, form = settings_of(ctx), chosen(format, json)
    since, who = _day(day, undo=undo), decided_by(by, reason)
    with readable(settings) as reader:
        subject = _subject(reader, name)
        said = withdrawals(reader, [subject], undone=True)
    before = [each for each in said if subject in (each["subject"], each["key"])]
    said_already = _stands(before, since, who.reason)
    if undo and (not before or before[0]["since"] is None):
        elsewhere = next((f"as {each['subject']}" for each in said if each["since"]), "")
        raise NotFoundError(
            name,
            f"it is withdrawn {elsewhere}" if elsewhere else "it is not withdrawn",
            remedy="Repeat the command with that" if elsewhere else "See: ledger claims --affected",
        )
    if not said_already:
        with writable(settings) as ledger:
            record(ledger, WithdrawalDecision(subject, since, who))
    with readable(settings) as reader:
        stands = next(
            each
            for each in withdrawals(reader, [subject], undone=True)
            if subject in (each["subject"], each["key"])
        )
        leans = leaning(reader, [stands])
        copied = copies_of_withdrawn(reader, withdrawals(reader), of=stands["subject"])
        besides = claiming_nothing(reader, list(leans))
        on_copies = len(leaning_on_copies(reader, copied).keys() - leans.keys())
    if not said_already and stands["before"]:
        before_it = saying_words(stands["before"][0])
        complain(f"note: this replaces an earlier decision: {before_it}")
    if undo and (others := [each["subject"] for each in said if _is_other(each, subject)]):
        complain(f"note: the page is still withdrawn as {' and as '.join(others)}")
    if not leans and not on_copies and since:
        complain(
            f"note: no current article leans on {stands['name']}. Claims that cite it later "
            "will be listed by: ledger claims --affected. If it was mistyped, repeat the "
            "command with --undo"
        )
    for note in counted_besides(besides):
        complain(f"note: {note}")
    show(_answer(stands, len(leans), copied, on_copies, new=not said_already), form, settings)


def _is_other(said: "Withdrawal", subject: str) -> bool:
    """Whether a page was withdrawn at another of its addresses, too."""
    return said["since"] is not None and subject in said["also_at"]


def _answer(
    stands: "Withdrawal", claims: int, copied: "list[Copied]", on_copies: int, *, new: bool
) -> Answer:
    """What is said of a page or an outlet now, and how many claims lean on it or on its copies."""
    item = {
        **stands,
        "new": new,
        "claims": claims,
        "copies": [each["url"] for each in copied],
        "claims_on_copies": on_copies,
    }
    said = f"{stands['name']}: {saying_words(stands)}"
    return Answer(
        "withdraw",
        [item],
        columns(
            *("subject", "kind", "name", "since", "by", "at", "reason", "new", "claims"),
            *("copies", "claims_on_copies", "also_at"),
        ),
        head=(
            said if new else f"{said}; nothing was recorded",
            f"{counted(claims, 'claim leans', 'claims lean')} on it.",
        ),
        closing="To list them: ledger claims --affected"
        if (claims or on_copies) and stands["since"]
        else "",
        warnings=(*same_pages(stands["also_at"]), *_of_copies(copied, on_copies)),
    )


def _of_copies(copied: "list[Copied]", claims: int) -> tuple[str, ...]:
    """That other pages carry the story, and so many further claims lean on them."""
    if not copied:
        return ()
    one = len(copied) == 1
    return (
        f"{counted(len(copied), 'page')} with the same story {'was' if one else 'were'} not "
        f"withdrawn, and {counted(claims, 'further claim leans', 'further claims lean')} on "
        f"{'it' if one else 'them'}: {', '.join(each['url'] for each in copied)}",
    )


def _day(text: str | None, *, undo: bool) -> date | None:
    """The day of --date; None with --undo."""
    if undo and text is not None:
        raise UsageError("--date", "with --undo there is no date", remedy="Leave it out")
    if undo:
        return None
    if text is None:
        raise UsageError(
            "--date",
            "the date is missing",
            remedy="Give --date YYYY-MM-DD, or --undo to take it back",
        )
    return day_of("--date", text)


def _subject(reader: Reader, name: str) -> str:
    """The page or the outlet that is meant: a bare host stands for the outlet."""
    from ledger import queries
    from ledger.pipeline.withdraw import page_of

    page = page_of(name.strip())
    if page is not None:
        return queries.withdrawn_as(reader, name.strip()) or page
    if _HEX.fullmatch(name.strip().lower()):
        try:
            return queries.source(reader, queries.source_named(reader, name))["url"]
        except NotFoundError as error:
            if error.candidates:
                raise
    try:
        return queries.outlet_named(reader, name, merged=False)  # a merge may be taken back
    except NotFoundError as error:
        if "." not in name or any(char.isspace() for char in name.strip()):
            raise
        ask = "Did you mean one of these? " if error.candidates else ""
        raise NotFoundError(
            name,
            error.message,
            candidates=error.candidates,
            remedy=(
                f"{ask}If it is right, first add it: ledger outlets add {name.strip()} --name NAME"
            ),
        ) from error


def _stands(before: "list[Withdrawal]", since: date | None, why: str | None) -> bool:
    """Whether the same is said already, and for the same reason as far as one is given."""
    if not before or before[0]["since"] != (since.isoformat() if since else None):
        return False
    return why is None or why == before[0]["reason"]
