"""What came of an input -> a line as soon as it is safe, words beside it, and the end of a run."""

import sys
from collections import Counter
from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING, Any

from ledger.commands.attempts import REDACTED, harmless
from ledger.commands.inputs import UNCITED
from ledger.commands.opening import readable
from ledger.commands.output import Answer, Format, columns, show
from ledger.commands.safe import json_text, whole_line
from ledger.commands.settings import Settings
from ledger.commands.words import complain, counted, say, unread_told
from ledger.errors import LedgerError

if TYPE_CHECKING:
    from ledger.pipeline.outcome import Outcome

KEYS = ("input", "article", "new", "claims", "citations", "gaps", "findings", "unread", "error")

_NAMED = 3
"""Inputs that are named of those without a citation, or with the words of another."""

Item = dict[str, Any]


def item_of(name: str, done: "Outcome | LedgerError", depth: int) -> Item:
    """What is printed of one input; `depth` is its level among cited pages, 0 for none."""
    item = _failed(name, done) if isinstance(done, LedgerError) else _recorded(name, done)
    return {**item, "depth": depth}


def tell(
    name: str, done: "Outcome | LedgerError", item: Item, form: Format, settings: Settings
) -> None:
    """One line as soon as it is safe: for scripts in JSON Lines, else for people; and words."""
    _say(item, form)
    _note(name, done, item, form, settings)


def finish(items: Sequence[Item], form: Format, settings: Settings) -> None:
    """Print the results not printed yet, and for people a summary in numbers."""
    if form not in (Format.JSONL, Format.TABLE):
        flat = [{**item, "error": (item["error"] or {}).get("message")} for item in items]
        shown = columns(*KEYS)
        rows = items if form is Format.JSON else flat
        show(Answer(schema="ingest", items=rows, columns=shown), form, settings)
    new = sum(bool(item["new"]) for item in items)
    erased = sum(_is_redacted(item) for item in items)
    failed = sum(bool(item["error"]) for item in items) - erased
    unchanged = len(items) - new - failed - erased
    words = f"{counted(new, 'article')} recorded, {unchanged} unchanged"
    words += f", {failed} failed" if failed else ""
    words += f", {erased} redacted" if erased else ""
    gaps = sum(item["gaps"] or 0 for item in items)
    if gaps:
        words += f". {counted(gaps, 'citation leads', 'citations lead')} nowhere: see ledger gaps"
    elif any(item["new"] and item["citations"] for item in items):
        words += ". Next: ledger claims, ledger outlets, ledger audit --all"
    say(f"{words}.", settings)
    empty = [item["input"] for item in items if item["new"] and not item["citations"]]
    if empty and not settings.quiet:  # names from outside, in which no command is
        complain(f"note: {_without_citations(empty)}")
    unread = Counter(code for item in items for code in item["unread"])
    for told in unread_told(unread):
        say(f"note: {told}", settings)


def tell_again(items: Sequence[Item], settings: Settings) -> None:
    """Say which new articles have the words of one recorded before, once they were compared."""
    from ledger.provenance import same_words

    new = {item["article"]: item for item in items if item["new"] and not item["same_bytes"]}
    with readable(settings) as reader:
        found = same_words(reader, new)
    told = [
        (id, one["url"])
        for id in new
        for one in found.get(id, ())[:1]
        if one["first"]  # else it is the other that is told
    ]
    for id, url in told[:_NAMED]:
        say(
            f"note: {new[id]['input']}: this has the same words as {url}, or nearly, so each of "
            "its claims is counted more than once. To leave this one out of all counts: ledger "
            f"set-aside {id[:12]}",
            settings,
        )
    if len(told) > _NAMED:
        more = counted(len(told) - _NAMED, "further new article has", "further new articles have")
        say(f"note: {more} the words of another, as its audit says: ledger audit --all", settings)


def _without_citations(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    said = f"{', '.join(names[:_NAMED])}{more}"
    return f"no citation was found in {counted(len(names), 'article')}: {said}"


def _recorded(name: str, outcome: "Outcome") -> Item:
    before = outcome.newer_before
    return {
        "input": name,
        "article": outcome.article,
        "new": outcome.new,
        "claims": outcome.claims,
        "citations": outcome.citations,
        "gaps": outcome.gaps,
        "findings": outcome.findings,
        "unread": list(outcome.unread),
        "title": outcome.title,
        "revises": outcome.revises,
        "contradicted": [each.marker for each in outcome.contradicted],
        "same_bytes": outcome.same_bytes,
        "set_aside": outcome.aside,
        "given_list": outcome.given_list,
        "newer_before": before and before.isoformat().replace("+00:00", "Z"),
        "error": None,
    }


def _failed(name: str, error: LedgerError) -> Item:
    code = getattr(error, "code", "unreadable")
    return {
        **dict.fromkeys(
            (*KEYS, "title", "revises", "same_bytes", "given_list", "set_aside", "newer_before")
        ),
        "unread": [],
        "contradicted": [],
        "input": harmless(name),
        "new": False,
        "error": {"code": code, "message": str(error)},
    }


def _say(item: Item, form: Format) -> None:
    if form is Format.JSONL:
        sys.stdout.write(f"{json_text(item)}\n")
        sys.stdout.flush()
    elif form is Format.TABLE:
        sys.stdout.write(f"{whole_line(_line(item))}\n")
        sys.stdout.flush()


def _note(
    name: str, done: "Outcome | LedgerError", item: Item, form: Format, settings: Settings
) -> None:
    """What must be said on stderr: failures that are not on the screen yet, and links."""
    if isinstance(done, LedgerError):
        if form is not Format.TABLE:
            complain(f"{'redacted' if _is_redacted(item) else 'failed'}  {done}")
        return
    if done.same_bytes and not done.aside:
        say(f"note: {name}: {_counted_again(done, done.same_bytes)}", settings)
    if done.aside:
        say(
            f"note: {name}: it is set aside and not counted. To count it again: ledger "
            f"set-aside {done.article[:12]} --undo",
            settings,
        )
    if done.given_list:
        say(f"note: {name}: {_OF_LIST[done.given_list]}", settings)
    if done.newer_before and not done.aside:  # then no version of it is current
        complain(
            f"note: {name}: this copy is older than the version recorded before it, of "
            f"{done.newer_before:%Y-%m-%d}, but it is the current version now, which answers and "
            "audits are about. To make the newer one current again, fetch the page, or ingest its "
            "file with --url: the same record of an archive is recorded once only"
        )
    if done.carried:
        say(
            f"note: {name}: {counted(done.carried, 'link')} from the previous version kept",
            settings,
        )
    for each in done.contradicted:
        complain(
            f"note: {name}: [{each.marker}] still leads to {each.url}, as a person linked it; "
            f"the reference list says {' and '.join(each.read)}. If the list is right: ledger "
            f"link {done.article[:12]} {each.marker} URL"
        )
    if done.lost:
        markers = " ".join(f"[{marker}]" for marker in done.lost)
        complain(
            f"note: {name}: links made in the previous version do not apply to this one: "
            f"{markers}. See ledger article {done.article[:12]}, and link again those that "
            "lead nowhere and are still right"
        )


def _counted_again(done: "Outcome", other: str) -> str:
    """What to say of an article that has the very same bytes as another page."""
    again = "which is recorded too, so each of its claims is counted more than once"
    if done.led == other:
        return (
            f"its address led on to {other}, {again}. To leave that one out of all counts: ledger "
            f"set-aside {quote(other)}"
        )
    if done.led:  # to set it aside would be to forget where its address leads
        return (
            f"its address led on to {done.led}, and this has exactly the same bytes as {other}, "
            f"{again}"
        )
    return (
        f"this has exactly the same bytes as {other}, {again}. Record a text once, or always with "
        f"the same --url; to leave this one out of all counts: ledger set-aside {done.article[:12]}"
    )


_OF_LIST = {
    "kept": (
        "the reference list given for it before still applies. To give another: --references FILE"
    ),
    "missing": "a reference list was given for the previous version. It was not used for this "
    "one, whose numbering may differ. If it still fits, give it again: "
    "--references FILE",
    "uncited": UNCITED,
}


def _line(item: Item) -> str:
    if item["error"]:
        state = "redacted" if _is_redacted(item) else "failed"
        return f"{state:10} {item['error']['message']}{_cited(item)}"
    state = "recorded" if item["new"] else "unchanged"
    if item["new"] and item["revises"]:
        state = "revised"
    gaps = f", {counted(item['gaps'], 'gap')}" if item["gaps"] else ""
    return (
        f"{state:10} {item['article'][:8]}  {counted(item['claims'], 'claim')}, "
        f"{counted(item['citations'], 'citation')}{gaps}, "
        f"{counted(item['findings'], 'finding')}{_unread(item)}  {item['input']}{_cited(item)}"
    )


def _is_redacted(item: Item) -> bool:
    return bool(item["error"]) and item["error"]["code"] == REDACTED


def _unread(item: Item) -> str:
    """Of its findings those that say that not all was read, apart from how many there are."""
    if not item["unread"]:
        return ""
    among = "" if item["findings"] == len(item["unread"]) else "among them "
    return f" ({among}{', '.join(item['unread'])})"


def _cited(item: Item) -> str:
    return f"  (cited, level {item['depth']})" if item["depth"] else ""
