"""`ledger link`: a person says where a citation leads that leads nowhere."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ledger.commands.deciding import ByOption, ReasonOption, decided_by
from ledger.commands.opening import readable, writable
from ledger.commands.options import FormatOption, JsonOption
from ledger.commands.output import Answer, chosen, columns, show
from ledger.commands.settings import Settings, settings_of
from ledger.commands.words import counted
from ledger.errors import NotFoundError, UsageError
from ledger.forms import IDLE
from ledger.unread import KEPT

if TYPE_CHECKING:
    from ledger.model import Citation
    from ledger.pipeline.link import Decision, Linked
    from ledger.pipeline.tell import By

app = typer.Typer()

_HIDDEN = (
    "this address does not show which page it leads to; open it, and link the address you end up at"
)
_SEVERAL = frozenset(",;–")
"""What stands between markers where several are named."""


@app.command("link")
def link(
    ctx: typer.Context,
    article: Annotated[
        str, typer.Argument(help="The article: its id, address or file.", metavar="ARTICLE")
    ],
    marker: Annotated[str, typer.Argument(help="The marker as cited: 5 or [5].", metavar="MARKER")],
    url: Annotated[
        str | None,
        typer.Argument(help="The page it leads to; leave it out with --undo.", metavar="URL"),
    ] = None,
    claim: Annotated[
        list[str] | None, typer.Option(help="Only in this claim. Repeatable.", metavar="ID")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the link back.")] = False,
    reason: ReasonOption = None,
    by: ByOption = None,
    format: FormatOption = None,
    json: JsonOption = False,
) -> None:
    """Say where a citation leads, when it leads nowhere.

    Example: ledger link article.md 6 https://example.org/page

    Applies to every citation of the marker in the article that leads nowhere, or
    whose address hides the page it leads to (a short link, a redirect, an
    archive's code). The gap stays in the record, together with who closed it and
    why. To correct a link, link the marker again: the latest one counts. --undo
    removes your link, and the marker leads where the article says.

    Where a marker means different works in different parts of the article, name
    the claims you mean with --claim ID.

    Your link carries over to later versions of the article, wherever the same
    words still cite the marker. If a later reference list disagrees, your link
    still counts, and ledger ingest, trace and audit report the disagreement.
    """
    from ledger import queries
    from ledger.pipeline.link import Decision
    from ledger.pipeline.link import link as record
    from ledger.pipeline.voices import compare_again
    from ledger.queries.versions import versions

    settings, form = settings_of(ctx), chosen(format, json)
    name, who = marker.strip("[]^ "), decided_by(by, reason)
    if url is None and "://" in marker:
        raise UsageError(
            "MARKER",
            f"this is an address, not a marker in the text: {marker}",
            remedy="Write: ledger link ARTICLE MARKER URL",
        )
    if (url is None) != undo:
        raise UsageError(
            "URL",
            "with --undo there is no address" if undo else "the address is missing",
            remedy="Leave the address out"
            if undo
            else "Give the address of the page, or --undo to take a link back",
        )
    with readable(settings) as reader:
        article_id = queries.article_named(reader, article)
        _refuse_earlier(versions(reader, article_id)[-1]["id"], article_id, article, name)
        claims = tuple(queries.claim_named(reader, each) for each in claim or ())
        references = queries.references_of(reader, article_id)

    if url is None:
        show(_undone(settings, article_id, name, who, claims), form, settings)
        return
    decision = Decision(article_id, name, url, who, claims)
    current = partial(_current, settings, decision, typed=marker)
    # What is not there is said before anything is opened for writing.
    _refuse_others(decision, current())
    with writable(settings) as ledger:
        linked = record(ledger, decision, current, references)
        if linked.citations:  # whether a page only repeats another depends on what it cites
            compare_again(ledger, article_id)
    show(_answer(decision, linked), form, settings)


def _answer(decision: "Decision", linked: "Linked") -> Answer:
    """Where the marker leads now, and where people had led it before."""
    from shlex import quote

    from ledger.resolve import hides_its_page

    outlet = linked.outlet and linked.outlet.name
    item = {
        "article": decision.article_id,
        "marker": decision.marker,
        "url": decision.url,
        "source": linked.source.url,
        "outlet": outlet,
        "citations": linked.citations,
        "before": linked.before,
    }
    moved = any("://" in each for each in linked.before)  # to another page of the outlet
    leads_to = linked.source.url if outlet is None or moved else outlet
    head = f"[{decision.marker}] leads to {leads_to} in {counted(linked.citations, 'citation')}"
    if linked.before:
        head += f" (was {', '.join(linked.before)})"
    if not linked.citations:
        head = f"[{decision.marker}] leads there already; nothing was recorded"
    shown = columns("article", "marker", "url", "source", "outlet", "citations")
    hides = hides_its_page(linked.source.url)
    undo = f"ledger link {decision.article_id[:12]} {quote(decision.marker)} --undo"
    return Answer(
        "link",
        [item],
        shown,
        head=(head,),
        closing=f"To take it back: {undo}" if linked.citations else "",
        warnings=(_HIDDEN,) if hides else (),
    )


def _undone(
    settings: Settings, article_id: str, marker: str, who: "By", claims: tuple[str, ...]
) -> Answer:
    """Take the links of a marker back, in all claims or in those that were named."""
    from ledger import outlets, queries
    from ledger.pipeline.unlink import Led, unlink
    from ledger.pipeline.voices import compare_again
    from ledger.resolve import lead_of
    from ledger.tables import entry_of

    def led() -> list[Led]:
        with readable(settings) as reader:
            rows = queries.led(reader, article_id, marker)
        found = [Led(now, cast("Citation", entry_of("citation", row))) for now, row in rows]
        return [each for each in found if not claims or each.read.claim_id in claims]

    _refuse_unled(article_id, marker, claims, {each.read.claim_id for each in led()})
    with writable(settings) as ledger:
        revised = unlink(ledger, article_id, marker, who, led)
        compare_again(ledger, article_id)
    if not revised:  # somebody else took it back meanwhile
        _refuse_unled(article_id, marker, claims, set())
    carrying = [each for each in revised if each.form not in IDLE]
    nowhere = all(each.gap is not None for each in carrying)
    places = {(each.claim_id, each.group, each.ordinal) for each in carrying}
    url = next((each.url for each in carrying if each.url), None)
    page = lead_of(url).source if url else None
    outlet = outlets.outlet_of(page) if page else None
    item = {
        "article": article_id,
        "marker": marker,
        "url": url,
        "source": page,
        "outlet": outlet and outlet.name,
        "citations": len(places),
    }
    where = "leads nowhere again" if nowhere else "leads where the article says"
    head = f"[{marker}] {where}, in {counted(len(places), 'citation')}"
    return Answer("link", [item], columns(*item), head=(head,))


def _refuse_unled(article_id: str, marker: str, claims: tuple[str, ...], led: set[str]) -> None:
    """Raises NotFoundError: nobody linked the marker, or not in a claim that was named."""
    for claim in claims or ("",):
        if not led or (claim and claim not in led):
            where = f"in claim {claim[:12]}" if claim else "in this article"
            raise NotFoundError(
                f"[{marker}]",
                f"nobody has linked it {where}, or the link was taken back",
                remedy=f"To see where it leads: ledger article {article_id[:12]}",
            )


def _refuse_earlier(latest: str, article_id: str, typed: str, marker: str) -> None:
    """Raises UsageError: nothing that is current would follow from it."""
    if latest != article_id:
        raise UsageError(
            typed,
            "there is a later version of this article, to which your link would not apply",
            remedy=f"Link it in that version: ledger link {latest[:12]} {marker} URL",
        )


def _refuse_others(decision: "Decision", current: "list[Citation]") -> None:
    """Raises UsageError: a claim that was named does not cite the marker."""
    for claim in decision.claims:
        if claim not in {each.claim_id for each in current}:
            raise UsageError(
                f"--claim {claim[:12]}",
                f"it does not cite [{decision.marker}] in this article",
                remedy=f"See: ledger article {decision.article_id[:12]}",
            )


def _current(settings: Settings, decision: "Decision", *, typed: str) -> list["Citation"]:
    """The citations of the marker as they stand.

    Raises:
        NotFoundError: The article has none, as it was `typed`.
    """
    from ledger import queries
    from ledger.model import Citation
    from ledger.tables import entry_of

    article_id, marker = decision.article_id, decision.marker
    with readable(settings) as reader:
        found = [entry_of("citation", row) for row in queries.marked(reader, article_id, marker)]
        if found:
            return [each for each in found if isinstance(each, Citation)]
        known = " ".join(sorted(queries.markers(reader, article_id), key=_by_number))
        kept = KEPT & queries.unread(reader, article=article_id).keys()
    remedy = f"It has: {known}" if known else "It has no markers at all"
    if known and not _SEVERAL.isdisjoint(typed):
        remedy = f"Link one at a time. {remedy}"
    elif kept and not known:
        remedy = (
            "Possible markers were treated as plain text: give the reference list "
            "with ingest --references"
        )
    raise NotFoundError(typed, "the article does not have this marker", remedy=remedy)


def _by_number(marker: str) -> tuple[bool, int, str]:
    """The order of markers: numbers first; all others stay in that of their appearance."""
    return (False, len(marker), marker) if marker.isdecimal() else (True, 0, "")
