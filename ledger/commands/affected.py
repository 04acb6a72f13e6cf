"""`ledger claims --affected`: what leans on something that was withdrawn."""

from collections import Counter

from ledger.commands.notes import counted_besides
from ledger.commands.output import Answer, Column, Format, Item, columns
from ledger.commands.passages import ids, in_articles
from ledger.commands.words import counted, counted_of, fates, none_at_offset, trimmed
from ledger.queries import ClaimFilter
from ledger.queries.affected import AffectedItem
from ledger.queries.affected import affected as ask
from ledger.queries.chosen import chosen, claiming_nothing
from ledger.reader import Reader


def affected_answer(
    reader: Reader, which: ClaimFilter, form: Format, limit: int | None, offset: int
) -> Answer:
    """Those of the affected claims that pass the filter."""
    every = ask(reader)
    found = every["items"]
    if which != ClaimFilter():
        passing = set(chosen(reader, which))
        found = [item for item in found if item["claim"] in passing]
    shown = found[offset:][:limit]
    where = () if which.article else in_articles(reader, shown, form)
    if found is every["items"]:
        maybe = every["maybe"]
        known = "is known to lean" if maybe else "leans"
        none = f"No claim {known} on anything withdrawn."
    else:
        none, maybe = "No such claim leans on anything withdrawn.", 0
    closing = _closing(found) if found else none
    if maybe:
        which_claims = counted(maybe, "further claim" if found else "claim")
        closing += f" {which_claims} may lean on it: see ledger gaps."
    if found and not shown:
        closing = none_at_offset(len(found), "claim")
    elif len(shown) < len(found):
        closing += f" Shown: {counted_of(len(shown), len(found), 'claim', skipped=offset)}."
    if shown and where:
        closing += " For one article: --article ARTICLE"
    besides = claiming_nothing(reader, [item["claim"] for item in found])
    return Answer(
        "affected",
        shown,
        (
            *columns("effect", "claim", "exact", "because", "on", "dated_by"),
            Column("withdrawn", lambda item: [_gone(one) for one in item["withdrawn"]]),
            *columns("article", "title", "url"),
        ),
        (
            Column("effect", lambda item: item["effect"], short=True),
            ids(reader, "claim", shown, form, "claim"),
            Column("says", lambda item: trimmed(item["exact"])),
            Column("withdrawn", lambda item: "; ".join(map(_gone, item["withdrawn"]))),
            Column("article's day", lambda item: f"{item['on'][:10]} ({item['dated_by']})"),
            *where,
        ),
        closing=closing,
        warnings=counted_besides(besides),
    )


def _gone(one: Item) -> str:
    said = "before or after the withdrawal: not known"
    if one["said"] is not None:
        said = f"said {one['said']} that"
    of = f"said of {one['said_of']}, " if one["said_of"] else ""
    by = f"; not itself, but its copy {one['copy']}" if one["copy"] else ""
    return f"{one['name']} ({of}since {one['since']}; {said}{by})"


def _closing(found: list[AffectedItem]) -> str:
    effects = Counter(item["effect"] for item in found)
    words = fates(effects["falls"], effects["weakens"], effects["unknown"])
    if effects["copy"]:
        further = counted(effects["copy"], "further claim leans", "further claims lean")
        words += f" {further} on a copy of it, which was not withdrawn itself."
    after = sum(any(one["said"] == "after" for one in item["withdrawn"]) for item in found)
    unsure = sum(any(one["said"] is None for one in item["withdrawn"]) for item in found)
    words += f" {counted(after, 'claim was', 'claims were')} made after the withdrawal"
    words += f"; for {unsure:,} that is not known." if unsure else "."
    return words
