"""An audit of one article -> the sections of its Markdown, as blocks in order."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from ledger.audit import (
    Audit,
    AuditedClaim,
    AuditedFinding,
    ListedReference,
    MissingLead,
    SoleSupport,
    Withdrawn,
    WithdrawnStory,
    open_of,
)
from ledger.export.markup import address, bullets, plain, table
from ledger.export.outlets import outlets
from ledger.export.sentences import bracketed, label, labels, link, place, sentence, short, support
from ledger.export.wording import (
    FINDINGS,
    OTHER_FINDING,
    by_urgency,
    counted,
    gap_meaning,
    is_owned,
    share,
    sourced,
    what_falls,
)
from ledger.provenance import phrase

Claims = Mapping[str, AuditedClaim]
"""Claim by id."""


def sections(audit: Audit, level: str) -> Iterator[str]:
    """The numbers, and sections 1 to 7; `level` is the mark of their headings: "##"."""
    claims = {claim.id: claim for claim in audit.claims}
    yield f"{level} The numbers"
    yield from _numbers(audit)
    if audit.withdrawn or audit.copies:
        yield f"{level} Withdrawn"
        yield bullets(
            [
                *(_withdrawn(gone, claims) for gone in audit.withdrawn),
                *(_copy(copied, claims) for copied in audit.copies),
            ]
        )
    yield f"{level} 1. Findings"
    yield from _findings(audit, claims, f"{level}#")
    yield f"{level} 2. Gaps"
    yield from _gaps(audit, claims, f"{level}#")
    yield f"{level} 3. Single-source claims"
    yield from _single_source(audit, claims)
    yield f"{level} 4. Outlets by weight"
    yield from outlets(audit.outlets)
    yield f"{level} 5. All claims in reading order"
    yield from _claims(audit, f"{level}#")
    yield f"{level} 6. Covered and uncited claims"
    for kind in ("covered", "uncited"):
        found = [claim for claim in audit.claims if claim.kind == kind]
        yield f"{level}# {kind.capitalize()}: {share(len(found), audit.numbers.claims)}"
        for claim in found:
            yield sentence(claim)
            if claim.covered_by is not None:
                yield bullets([f"may be covered by {label(claims[claim.covered_by])}"])
    yield f"{level} 7. The reference list as read"
    if audit.references is None:
        yield "It was redacted, so its entries are not known."
    else:
        entries = bullets(_reference(entry, claims) for entry in audit.references)
        yield entries or "There is none."


def _numbers(audit: Audit) -> Iterator[str]:
    n = audit.numbers
    rows: tuple[tuple[str, int | None, int | None], ...] = (
        ("**Claims**", n.claims, None),
        ("… cited: by a marker or link of their own", n.cited, n.claims),
        ("… covered: by the citation at the end of their paragraph", n.covered, n.claims),
        ("… attributed: only by naming an outlet", n.attributed, n.claims),
        ("… uncited: nothing carries them", n.uncited, n.claims),
        ("**Citations**", n.citations, None),
        ("… that lead to a page", n.resolved, n.citations),
        ("… of which linked by a person", n.linked, n.resolved),
        ("… that lead nowhere: gaps", n.gaps, n.citations),
        (
            "**Sentences that cite or name a source**",
            n.carried,
            n.claims + n.not_claims,
        ),
        ("… that fall with 1 outlet or story", n.one_outlet, n.carried),
        ("… that fall only with 2", n.two_outlets, n.carried),
        ("… that fall only with 3 or more", n.more_outlets, n.carried),
        (
            "… that fall only with 2 or more, and cite a page that was not read",
            n.several_unread,
            n.two_outlets + n.more_outlets,
        ),
        ("… for which the number of outlets is not known", n.not_known, n.carried),
        ("… that fall with all outlets of 1 owner", n.one_owner, n.carried),
        ("… for which the number of owners is not known", n.owner_not_known, n.carried),
        ("**Pages cited**", n.sources, None),
        ("… that were read", n.sources_read, n.sources),
        ("… that gave no article when they were asked for", n.sources_no_article, n.sources),
        ("… whose servers answered with an error", n.sources_not_served, n.sources),
        ("… that were never fetched, or gave no answer", n.sources_never_fetched, n.sources),
        ("**Outlets cited or named**", n.outlets, None),
        ("… of which only named", n.outlets_only_named, n.outlets),
        ("**References listed**", n.references, None),
        ("… never cited", n.references_never_cited, n.references),
        ("**Findings**", n.findings, None),
    )
    cells = (
        (name, "not known" if number is None else f"{number:,}", "" if of is None else f"{of:,}")
        for name, number, of in rows
    )
    yield table(("Counted", "Number", "Of"), cells)
    yield (
        f"Apart from the claims, there {'is' if n.not_claims == 1 else 'are'} "
        f"{counted(n.not_claims, 'sentence that claims', 'sentences that claim')} nothing "
        f"(headings, labels, questions, lead-ins), of which {n.carried_not_claims:,} "
        f"{'cites or names' if n.carried_not_claims == 1 else 'cite or name'} a source. Not "
        f"counted as citations: {counted(n.navigation, 'link')} to the site's own pages, or to "
        "sources that are only listed."
    )


def _findings(audit: Audit, claims: Claims, level: str) -> Iterator[str]:
    if not audit.findings:
        yield "None."
    order = by_urgency({one.code for one in audit.findings})
    found = sorted(audit.findings, key=lambda one: order.index(one.code))
    for code, of_code in groupby(found, key=attrgetter("code")):
        of = list(of_code)
        lines = [f"{_where(one, claims)}: {plain(one.detail)}" for one in of]
        still = len(open_of(of))
        settled = f", and {len(of) - still:,} settled" if still < len(of) else ""
        yield f"{level} Finding {plain(code)}: {still:,}{settled}"
        yield FINDINGS.get(code, OTHER_FINDING)
        yield bullets(lines)


def _withdrawn(gone: Withdrawn, claims: Claims) -> str:
    name = plain(gone.name) if gone.kind == "outlet" else address(gone.subject)
    why = f": {plain(gone.reason)}" if gone.reason else ""
    of = f" of {plain(gone.said_of)}, which was merged into it" if gone.said_of else ""
    what = "It, or a page with its words," if gone.kind == "outlet" else "It"
    if gone.also_at:
        what += f", also at {phrase(list(map(address, gone.also_at)))},"
    fates = ("falls", "fall", gone.falls), ("weakens", "weaken", gone.weakens)
    fate = "; ".join(
        f"{labels(claims[id] for id in ids)} {one if len(ids) == 1 else more}"
        for one, more, ids in fates
        if ids
    )
    lost = f"Without it {fate}. " if fate else ""
    return (
        f"{name} was withdrawn on {plain(gone.since)}, according to {plain(gone.by)}{of}{why}. "
        f"{lost}{what} is cited or named in {labels(claims[id] for id in gone.claims)}"
    )


def _copy(copied: WithdrawnStory, claims: Claims) -> str:
    why = f": {plain(copied.reason)}" if copied.reason else ""
    return (
        f"{address(copied.url)} was not withdrawn, but carries the same story as "
        f"{address(copied.subject)}, which was withdrawn on {plain(copied.since)}, according "
        f"to {plain(copied.by)}{why}. It is cited in "
        f"{labels(claims[id] for id in copied.claims)}"
    )


def _where(finding: AuditedFinding, claims: Claims) -> str:
    if finding.claim is None:
        return "In the whole article"
    return f"At {label(claims[finding.claim])}"


def _gaps(audit: Audit, claims: Claims, level: str) -> Iterator[str]:
    n = audit.numbers
    if not audit.gaps:
        yield "None: every citation leads to a page." if n.citations else "None: nothing is cited."
        return
    yield _of_citations(n.gaps, n.citations, ("leads", "lead")) + " nowhere."
    for reason, found in groupby(audit.gaps, key=attrgetter("reason")):
        leads = list(found)
        yield f"{level} Gap {plain(reason)}: {sum(lead.citations for lead in leads):,}"
        yield gap_meaning(reason)
        yield bullets(
            f"{_missing(lead, audit)} in {labels(claims[id] for id in lead.claims)}"
            for lead in leads
        )
    if any(lead.marker is not None for lead in audit.gaps):  # links, and erased ones, have no name
        yield f"To say where a marker leads: `ledger link {short(audit.page.id)} MARKER URL`"


def _missing(lead: MissingLead, audit: Audit) -> str:
    if lead.marker is not None:
        return f"marker {bracketed(lead.marker)}"
    return plain(lead.raw) if audit.references is None else link(lead.raw)


def _single_source(audit: Audit, claims: Claims) -> Iterator[str]:
    n = audit.numbers
    of_one_owner = [
        claim for claim in audit.claims if claim.owner_resilience == 1 and is_owned(claim)
    ]
    if of_one_owner:
        yield (
            f"{labels(of_one_owner).capitalize()} "
            f"{'rests' if len(of_one_owner) == 1 else 'rest'} on several outlets, but on a "
            "single owner."
        )
    if not audit.single_source:
        yield "None." if n.not_known == 0 else "None, as far as the sources are known."
        return
    yield (
        f"{n.one_outlet:,} of {sourced(n.carried)} {'falls' if n.one_outlet == 1 else 'fall'} "
        f"with one {what_falls(story=any(one.outlet is None for one in audit.single_source))}."
    )
    for id, sole in groupby(audit.single_source, key=attrgetter("claim")):
        groups = list(sole)
        rests = "rests" if len(groups) == 1 else "one part rests"
        yield sentence(claims[id])
        yield bullets(
            f"{rests} on {_alone(group)}: "
            + ("; ".join(dict.fromkeys(map(place, group.citations))) or "named in prose")
            for group in groups
        )


def _alone(sole: SoleSupport) -> str:
    on = "one story" if sole.outlet is None else plain(sole.outlet)
    if sole.words_of is not None:
        on += f" (words of {plain(sole.words_of)})"
    if not sole.carried_by:
        return f"{on} alone"
    carry = "carries" if len(sole.carried_by) == 1 else "carry"
    return f"{on} alone, whose words {phrase(list(map(plain, sole.carried_by)))} {carry}"


def _claims(audit: Audit, level: str) -> Iterator[str]:
    told = [claim for claim in audit.claims if not _is_bare(claim)]
    headings = {part for claim in told for part in claim.section} | {audit.page.title}
    section: tuple[str, ...] = ()
    for claim in audit.claims:
        if _is_bare(claim) and claim.exact in headings:
            continue  # it stands above what it heads
        if claim.section != section:
            section = claim.section
            yield f"{level} {' › '.join(map(plain, section)) or '(no heading)'}"
        yield sentence(claim, headed=True)
        yield bullets(support(claim))


def _is_bare(claim: AuditedClaim) -> bool:
    """Whether it claims nothing, cites nothing and names nobody."""
    return claim.number is None and not claim.citations and not claim.attributions


def _reference(entry: ListedReference, claims: Claims) -> str:
    head = "Entry" if entry.marker is None else f"Entry {bracketed(entry.marker)}"
    # An entry without a title that has addresses is nothing else, and they are shown.
    words = entry.title or ("" if entry.urls else entry.raw)
    pages = ", ".join(map(address, entry.urls)) or "no address"
    cited = f"cited in {labels(claims[id] for id in entry.claims)}" if entry.claims else ""
    maybe = ""
    if entry.doubtful:
        maybe = (
            "another entry has this number too, and it is not known which one is meant in "
            f"{labels(claims[id] for id in entry.doubtful)}"
        )
    said = filter(None, (plain(words), pages, cited or ("" if maybe else "never cited"), maybe))
    return f"{head}: {'; '.join(said)}"


def _of_citations(part: int, whole: int, does: tuple[str, str]) -> str:
    """A share with its verb: "1 of 10 citations leads"."""
    return f"{part:,} of {counted(whole, 'citation')} {does[part != 1]}"
