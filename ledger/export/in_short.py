"""Audits -> what an editor must know first, in a few lines of Markdown."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.audit import Audit, Weight, open_of
from ledger.export.markup import bullets, plain
from ledger.export.retracted import retracted
from ledger.export.wording import by_urgency, counted, only_with_a_story, sourced, what_falls

OUTLETS = 3
"""That are named; all are further down."""

URGENT, FREQUENT = 5, 3
"""Kinds of findings that are named: the most urgent, and of the others those of which there are
the most."""


def in_short(audits: Sequence[Audit], weights: Sequence[Weight]) -> Iterator[str]:
    """Blocks of Markdown about all of them together.

    Args:
        audits: One at least.
        weights: Of the outlets over all of these.
    """
    yield "**In short:**"
    yield bullets(_lines(audits, weights))


def _lines(audits: Sequence[Audit], weights: Sequence[Weight]) -> Iterator[str]:
    yield from retracted(audits)
    yield _carried(audits)
    yield _falls(audits, weights)
    yield from _opened(audits)
    gaps, citations = _sum(audits, "gaps"), _sum(audits, "citations")
    if gaps:
        lead = "leads" if gaps == 1 else "lead"
        yield f"{gaps:,} of {counted(citations, 'citation')} {lead} nowhere."
    elif citations:
        every = "it" if citations == 1 else "every one"
        yield f"{counted(citations, 'citation')}, and {every} leads to a page."
    found = Counter(finding.code for audit in audits for finding in open_of(audit.findings))
    if found:
        yield _kinds(found)
    else:
        settled = any(audit.findings for audit in audits)
        yield "No open findings." if settled else "No findings."


def _carried(audits: Sequence[Audit]) -> str:
    kinds = (
        ("cited", "cited"),
        ("covered", "covered by the citation at the end of their paragraph"),
        ("attributed", "only attributed in words"),
        ("uncited", "uncited"),
    )
    claims = counted(_sum(audits, "claims"), "claim")
    said = [(_sum(audits, name), words) for name, words in kinds]
    kept = [f"{number:,} {words}" for number, words in said if number]
    return f"{claims}: {', '.join(kept)}." if kept else f"{claims}."


def _falls(audits: Sequence[Audit], weights: Sequence[Weight]) -> str:
    one, carried = _sum(audits, "one_outlet"), _sum(audits, "carried")
    if not carried:
        return "No sentence cites or names a source, so nothing can fall."
    fall = "falls" if one == 1 else "fall"
    said = f"{one:,} of {sourced(carried)} {fall} if one {what_falls(audits)} is wrong"
    heavy = sorted((each for each in weights if each.falls), key=lambda each: -each.falls)
    if heavy:
        named = [f"{plain(each.name)} ({each.falls:,})" for each in heavy[:OUTLETS]]
        said += f": {', '.join(named)}{_and_more(len(heavy))}"
    told = sum(len(only_with_a_story(audit)) for audit in audits)
    if told:
        said += f"; {told:,} of them with a story rather than with a single outlet that prints it"
    unknown = _sum(audits, "not_known")
    said += f". For {unknown:,} this is not known" if unknown else ""
    owned, unowned = _sum(audits, "one_owner"), _sum(audits, "owner_not_known")
    if (owned, unowned) != (one, unknown):
        fall = "falls" if owned == 1 else "fall"
        said += f". Counting all outlets of one owner as one, {owned:,} {fall}"
        said += f"; for {unowned:,} this is not known" if unowned else ""
    return f"{said}."


def _opened(audits: Sequence[Audit]) -> Iterator[str]:
    """How many of the cited pages were read, and what rests on several outlets without that."""
    pages = _sum(audits, "sources")
    if not pages:
        return
    kinds = (
        ("sources_no_article", "gave no article"),
        ("sources_not_served", "answered with an error"),
        ("sources_never_fetched", "never fetched"),
    )
    rest = [f"{n:,} {words}" for name, words in kinds if (n := _sum(audits, name))]
    read = _sum(audits, "sources_read")
    was = "was" if read < 2 else "were"
    each = ", counted for each article," if len(audits) > 1 else ","
    said = f"Of {counted(pages, 'cited page')}{each} {f'{read:,}' if read else 'none'} {was} read"
    yield f"{said} ({', '.join(rest)})." if rest else f"{said}."
    if unread := _sum(audits, "several_unread"):
        several = _sum(audits, "two_outlets") + _sum(audits, "more_outlets")
        rests = counted(several, "sentence that rests", "sentences that rest")
        cite = "cites" if unread == 1 else "cite"
        yield (
            f"{unread:,} of {rests} on several outlets {cite} a page that was not read, "
            "which may repeat another."
        )


def _kinds(found: Counter[str]) -> str:
    """The most urgent kinds, of the others the most frequent, and how many there are beside."""
    codes = by_urgency(found)
    urgent, rest = codes[:URGENT], sorted(codes[URGENT:], key=lambda code: -found[code])
    # "and 1 of 1 other kind" says less than its name.
    named = len(rest) if len(rest) == FREQUENT + 1 else FREQUENT
    often, others = rest[:named], rest[named:]

    def of(codes: Sequence[str]) -> str:
        return ", ".join(f"{plain(code)} ({found[code]:,})" for code in codes)

    said = counted(found.total(), "finding")
    said += f", the most urgent first: {of(urgent)}" if len(codes) > 1 else f": {of(urgent)}"
    said += f"; among the others, most often {of(often)}" if often else ""
    beside = sum(found[code] for code in others)
    return f"{said}; plus {beside:,} of {len(others):,} other kinds." if others else f"{said}."


def _and_more(number: int) -> str:
    return f" and {number - OUTLETS:,} more" if number > OUTLETS else ""


def _sum(audits: Sequence[Audit], name: str) -> int:
    return sum(int(getattr(audit.numbers, name)) for audit in audits)
