"""Audits -> what an editor must know first, in a few lines of Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from ledger.audit import Total
from ledger.export.markup import bullets, plain
from ledger.export.withdrawn import withdrawn
from ledger.export.wording import by_urgency, counted, sourced, what_falls

OUTLETS = 3
"""That are named; all are further down."""

URGENT, FREQUENT = 5, 3
"""Kinds of findings that are named: the most urgent, and of the others those of which there are
the most."""


def in_short(total: Total) -> Iterator[str]:
    """Blocks of Markdown about all of them together; one at least."""
    yield "**In short:**"
    yield bullets(_lines(total))


def _lines(total: Total) -> Iterator[str]:
    yield from withdrawn(total)
    yield _carried(total)
    yield _falls(total)
    yield from _opened(total)
    gaps, citations = total.sum("gaps"), total.sum("citations")
    if gaps:
        lead = "leads" if gaps == 1 else "lead"
        yield f"{gaps:,} of {counted(citations, 'citation')} {lead} nowhere."
    elif citations:
        every = "it" if citations == 1 else "every one"
        yield f"{counted(citations, 'citation')}, and {every} leads to a page."
    if total.findings:
        yield _kinds({code: number.total() for code, number in total.findings.items()})
    else:
        yield "No open findings." if total.has_findings else "No findings."


def _carried(total: Total) -> str:
    kinds = (
        ("cited", "cited"),
        ("covered", "covered by the citation at the end of their paragraph"),
        ("attributed", "only attributed in words"),
        ("uncited", "uncited"),
    )
    claims = counted(total.sum("claims"), "claim")
    said = [(total.sum(name), words) for name, words in kinds]
    kept = [f"{number:,} {words}" for number, words in said if number]
    return f"{claims}: {', '.join(kept)}." if kept else f"{claims}."


def _falls(total: Total) -> str:
    one, carried = total.sum("one_outlet"), total.sum("carried")
    if not carried:
        return "No sentence cites or names a source, so nothing can fall."
    fall = "falls" if one == 1 else "fall"
    said = (
        f"{one:,} of {sourced(carried)} {fall} if one {what_falls(story=total.has_story)} is wrong"
    )
    heavy = sorted((each for each in total.outlets() if each.falls), key=lambda each: -each.falls)
    if heavy:
        named = [f"{plain(each.name)} ({each.falls:,})" for each in heavy[:OUTLETS]]
        said += f": {', '.join(named)}{_and_more(len(heavy))}"
    if total.with_a_story:
        said += f"; {total.with_a_story:,} of them with a story rather than with a single outlet "
        said += "that prints it"
    unknown = total.sum("not_known")
    said += f". For {unknown:,} this is not known" if unknown else ""
    owned, unowned = total.sum("one_owner"), total.sum("owner_not_known")
    if (owned, unowned) != (one, unknown):
        fall = "falls" if owned == 1 else "fall"
        said += f". Counting all outlets of one owner as one, {owned:,} {fall}"
        said += f"; for {unowned:,} this is not known" if unowned else ""
    return f"{said}."


def _opened(total: Total) -> Iterator[str]:
    """How many of the cited pages were read, and what rests on several outlets without that."""
    pages = total.sum("sources")
    if not pages:
        return
    kinds = (
        ("sources_no_article", "gave no article"),
        ("sources_not_served", "answered with an error"),
        ("sources_never_fetched", "never fetched"),
    )
    rest = [f"{n:,} {words}" for name, words in kinds if (n := total.sum(name))]
    read = total.sum("sources_read")
    was = "was" if read < 2 else "were"
    each = ", counted for each article," if len(total.articles) > 1 else ","
    said = f"Of {counted(pages, 'cited page')}{each} {f'{read:,}' if read else 'none'} {was} read"
    yield f"{said} ({', '.join(rest)})." if rest else f"{said}."
    if unread := total.sum("several_unread"):
        several = total.sum("two_outlets") + total.sum("more_outlets")
        rests = counted(several, "sentence that rests", "sentences that rest")
        cite = "cites" if unread == 1 else "cite"
        yield (
            f"{unread:,} of {rests} on several outlets {cite} a page that was not read, "
            "which may repeat another."
        )


def _kinds(found: Mapping[str, int]) -> str:
    """The most urgent kinds, of the others the most frequent, and how many there are beside."""
    codes = by_urgency(found)
    urgent, rest = codes[:URGENT], sorted(codes[URGENT:], key=lambda code: -found[code])
    # "and 1 of 1 other kind" says less than its name.
    named = len(rest) if len(rest) == FREQUENT + 1 else FREQUENT
    often, others = rest[:named], rest[named:]

    def of(codes: Sequence[str]) -> str:
        return ", ".join(f"{plain(code)} ({found[code]:,})" for code in codes)

    said = counted(sum(found.values()), "finding")
    said += f", the most urgent first: {of(urgent)}" if len(codes) > 1 else f": {of(urgent)}"
    said += f"; among the others, most often {of(often)}" if often else ""
    beside = sum(found[code] for code in others)
    return f"{said}; and {beside:,} more, of {len(others):,} other kinds." if others else f"{said}."


def _and_more(number: int) -> str:
    return f" and {number - OUTLETS:,} more" if number > OUTLETS else ""
