"""Audits -> what an editor must know first, in a few lines of Markdown."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.audit import Audit, Weight
from ledger.export.markup import bullets, plain
from ledger.export.wording import by_urgency, counted

OUTLETS = 3
"""That are named; all are further down."""

KINDS = 5
"""Of findings, as well."""


def in_short(audits: Sequence[Audit], weights: Sequence[Weight]) -> Iterator[str]:
    """Blocks of Markdown about all of them together.

    Args:
        audits: One at least.
        weights: Of the outlets over all of these.
    """
    yield "**In short:**"
    yield bullets(_lines(audits, weights))


def _lines(audits: Sequence[Audit], weights: Sequence[Weight]) -> Iterator[str]:
    yield _carried(audits)
    yield _falls(audits, weights)
    gaps, citations = _sum(audits, "gaps"), _sum(audits, "citations")
    if gaps:
        lead = "leads" if gaps == 1 else "lead"
        yield f"{gaps:,} of {counted(citations, 'citation')} {lead} nowhere."
    elif citations:
        every = "it" if citations == 1 else "every one"
        yield f"{counted(citations, 'citation')}, and {every} leads to a page."
    gone = {each.subject for audit in audits for each in audit.withdrawn}
    gone |= {each.subject for audit in audits for each in audit.copies}
    if gone:
        yield f"{counted(len(gone), 'outlet or page', 'outlets or pages')} cited or named, or " + (
            "of which a copy is cited, was retracted."
            if len(gone) == 1
            else "of which copies are cited, were retracted."
        )
    found = Counter(finding.code for audit in audits for finding in audit.findings)
    if found:
        yield f"{counted(found.total(), 'finding')}: {', '.join(_most_urgent(found))}."
    else:
        yield "No findings."


def _carried(audits: Sequence[Audit]) -> str:
    kinds = (
        ("cited", "cited"),
        ("covered", "covered by the citation that closes their paragraph"),
        ("attributed", "attributed in words only"),
        ("uncited", "uncited"),
    )
    claims = counted(_sum(audits, "claims"), "claim")
    said = [(_sum(audits, name), words) for name, words in kinds]
    kept = [f"{number:,} {words}" for number, words in said if number]
    return f"{claims}: {', '.join(kept)}." if kept else f"{claims}."


def _falls(audits: Sequence[Audit], weights: Sequence[Weight]) -> str:
    one, carried = _sum(audits, "one_outlet"), _sum(audits, "carried")
    if not carried:
        return "Nothing carries any of them, so nothing can fall."
    fall = "falls" if one == 1 else "fall"
    said = f"{one:,} of {counted(carried, 'carried sentence')} {fall} if one outlet is wrong"
    heavy = sorted((each for each in weights if each.falls), key=lambda each: -each.falls)
    if heavy:
        named = [f"{plain(each.name)} ({each.falls:,})" for each in heavy[:OUTLETS]]
        said += f": {', '.join(named)}{_and_more(len(heavy))}"
    unknown = _sum(audits, "not_known")
    said += f". Of {unknown:,} it is not known" if unknown else ""
    owned, unowned = _sum(audits, "one_owner"), _sum(audits, "owner_not_known")
    if (owned, unowned) != (one, unknown):
        fall = "falls" if owned == 1 else "fall"
        said += f". If all outlets of one owner are wrong, {owned:,} {fall}"
        said += f"; of {unowned:,} that is not known" if unowned else ""
    return f"{said}."


def _most_urgent(found: Counter[str]) -> Iterator[str]:
    codes = by_urgency(found)
    named = len(codes) if len(codes) == KINDS + 1 else KINDS  # "1 of 1 other kind" says less
    yield from (f"{plain(code)} ({found[code]:,})" for code in codes[:named])
    if len(codes) > named:
        rest = sum(found[code] for code in codes[named:])
        yield f"and {rest:,} of {len(codes) - named:,} other kinds"


def _and_more(number: int) -> str:
    return f" and {number - OUTLETS:,} more" if number > OUTLETS else ""


def _sum(audits: Sequence[Audit], name: str) -> int:
    return sum(int(getattr(audit.numbers, name)) for audit in audits)
