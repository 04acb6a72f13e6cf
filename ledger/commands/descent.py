"""Chains below a claim, and its spread, as lines for people."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from ledger.commands.words import OTHERWISE, counted, trimmed
from ledger.provenance import Chain, End, Step, Ultimate, phrase, refusal
from ledger.queries.spread import SpreadItem

SHOWN_STEPS = 100
"""Pages that are shown; more are in --json."""

SHOWN_SAYERS = 50
"""Claims that say the same; more are in --json."""

_ENDS: dict[End, str] = {
    "not-read": "not read, so its own source for this is not known",
    "set-aside": "set aside, so not followed",
    "says-so-itself": "says so itself and cites nobody",
    "carries": "cites nobody",
    "only-names": "cites no page",
    "leads-nowhere": "everything it cites leads nowhere",
    "too-deep": "goes on: use a larger --depth",
}


def chain_lines(
    chain: Chain, withdrawn: Collection[str], copies: Collection[str], say_so: Collection[str]
) -> Iterator[str]:
    """The pages below a claim as a tree, each once, then where it all ends.

    `withdrawn`: addresses and keys of outlets that were withdrawn. `copies`: addresses of pages
    that carry the same story as one that was. `say_so`: ids of those whose titles say so of them.
    """
    steps = chain["steps"]
    yield ""
    if not steps:
        yield "Below it: no page to follow."
        return
    yield f"Below it, {counted(chain['depth'], 'citation')} deep at most:"
    shown = _as_tree(steps)
    url = {step["source"]: step["url"] for step in steps}
    for step in shown[:SHOWN_STEPS]:
        yield f"    {'    ' * (step['depth'] - 1)}{step['outlet'] or 'unknown outlet'}  " + (
            f"{step['url']}: {_state(step, url)}"
            + _gone(withdrawn, step["url"], step["key"], step["voice_key"])
            + ("; THE STORY OF A WITHDRAWN PAGE" if step["url"] in copies else "")
            + ("; ITS TITLE SAYS THAT IT WAS RETRACTED" if step["source"] in say_so else "")
        )
    if len(shown) > SHOWN_STEPS:
        yield f"    and {counted(len(shown) - SHOWN_STEPS, 'more page')}: --json has all"
    yield ""
    yield from _ends(chain, withdrawn)
    if not chain["whole"]:
        yield "There is more below, so not all ends are known."


def _as_tree(steps: Sequence[Step]) -> list[Step]:
    """The steps so that each stands below the first that cites it."""
    by_id = {step["source"]: step for step in steps}
    parent: dict[str, str] = {}
    for step in steps:
        for cited in step["cites"]:
            if cited in by_id and by_id[cited]["depth"] == step["depth"] + 1:
                parent.setdefault(cited, step["source"])
    children: dict[str | None, list[Step]] = {}
    for step in steps:
        children.setdefault(parent.get(step["source"]), []).append(step)
    tree: list[Step] = []
    stack = children.get(None, [])[::-1]
    while stack:
        step = stack.pop()
        tree.append(step)
        stack += children.get(step["source"], [])[::-1]
    return tree


def _state(step: Step, url: Mapping[str, str]) -> str:
    words = [_ENDS[step["end"]]] if step["end"] else []
    if refused := refusal(step["asked"]):
        words.append(refused)
    if step["voice"]:
        words.append(f"carries the words of {step['voice']}")
    names = [
        named["name"]
        for named in step["names"]
        if named["key"] is None or named["key"] != step["voice_key"]
    ]
    if names:
        words.append(f"names {', '.join(names)}")
    if step["cites"]:
        words.append(f"cites {counted(len(step['cites']), 'page')}")
    if step["claim"]:
        words.append(f"says the same in {step['claim'][:8]}")
    if step["gaps"] and step["end"] != "leads-nowhere":
        lead = "leads" if step["gaps"] == 1 else "lead"
        words.append(f"{counted(step['gaps'], 'citation')} in it {lead} nowhere")
    if step["returns"]:
        words.append("LEADS BACK to " + phrase([url[page] for page in step["returns"]]))
    if step["back"]:
        words.append("LEADS BACK to the claim's own page")
    return "; ".join(words)


def _gone(withdrawn: Collection[str], *names: str | None) -> str:
    return "; WITHDRAWN" if any(name in withdrawn for name in names) else ""


def _ends(chain: Chain, withdrawn: Collection[str]) -> Iterator[str]:
    if chain["ultimate"]:
        yield "Where it ends:"
    elif chain["whole"]:
        yield "It has no end: it only leads back."
    unread = {step["url"] for step in chain["steps"] if step["end"] in ("not-read", "set-aside")}
    often = Counter(outlet["outlet"] for outlet in chain["ultimate"])
    for outlet in chain["ultimate"]:
        name = outlet["outlet"] or "unknown outlet"
        if often[outlet["outlet"]] > 1 and outlet["key"]:
            name = f"{name} ({outlet['key']})"
        first = ", said there first as far as known" if outlet["primary"] else ""
        yield f"    {name}: {_found_at(outlet, unread)}{first}{_gone(withdrawn, outlet['key'])}"
    if chain["longest"]:
        url = {step["source"]: step["url"] for step in chain["steps"]}
        yield f"Farthest primary source, {counted(len(chain['longest']), 'citation')} down:"
        yield from (f"    {url[source]}" for source in chain["longest"])


def _found_at(outlet: Ultimate, unread: Collection[str]) -> str:
    pages, carried = (counted(len(outlet[key]), "page") for key in ("pages", "carried"))
    if missed := sum(page in unread for page in outlet["pages"]):
        all_of_them = missed == len(outlet["pages"])
        pages += ", not read" if all_of_them else f", {missed:,} of them not read"
    if outlet["pages"] and outlet["carried"]:
        return f"{pages}, and its words on {carried} of others"
    if outlet["carried"]:
        return f"its words on {carried} of others"
    return pages if outlet["pages"] else "only named in prose"


def spread_lines(items: Sequence[SpreadItem], *, whole: bool) -> Iterator[str]:
    """Who says the same, the earliest first."""
    yield ""
    if len(items) < 2:
        yield "No other article here says the same."
    else:
        yield (
            "Who says the same or nearly the same, the earliest first "
            f"({counted(len(items), 'claim')}):"
        )
        for item in items[:SHOWN_SAYERS]:
            yield f"    {item['on'][:10]} {item['dated_by']:9}  {_said(item)}"
    if len(items) > SHOWN_SAYERS:
        yield f"    and {len(items) - SHOWN_SAYERS:,} more: --json has all"
    if not whole:
        yield "More sentences share its words than could be compared, so some may be missing."


def _said(item: SpreadItem) -> str:
    words = f"{item['claim'][:8]}  {item['outlet'] or 'unknown outlet'}  {item['url']}"
    if item["asked"]:
        return f"{words}  (this claim)"
    if item["says_otherwise"]:
        turns = ", ".join(OTHERWISE[turn].upper() for turn in item["says_otherwise"])
        return f"{words}  with {turns}: {trimmed(item['exact'])}"
    if item["likeness"] < 1:
        return f"{words}  nearly: {trimmed(item['exact'])}"
    return words
