"""An audit -> Markdown, for people: it reads as it stands, and rendered.

In the order in which an editor needs it: what it is, the numbers, what is wrong, what leads
nowhere, what rests on one outlet, and then everything. No sentence is cut.
"""

from collections.abc import Iterator

from ledger.audit import Audit, AuditSet, Total
from ledger.export.in_short import in_short
from ledger.export.markup import address, bullets, plain
from ledger.export.outlets import outlets
from ledger.export.over_all import SUMMARY, kinds_of_findings, summary
from ledger.export.sections import sections
from ledger.export.sentences import name_of, short
from ledger.export.set_by import set_by
from ledger.export.wording import HOW_TO_READ, NOT_CHECKED, counted

PART = "## "
"""How the heading of each part begins, and each article of a set: nothing else of an audit does."""


def to_markdown(audit: Audit | AuditSet) -> Iterator[str]:
    """The audit as Markdown (CommonMark and tables), ending with a newline."""
    for number, block in enumerate(blocks(audit)):
        yield f"\n\n{block}" if number else block
    yield "\n"


def blocks(audit: Audit | AuditSet) -> Iterator[str]:
    """The blocks of its Markdown in order: headings, paragraphs, lists and tables.

    Each article of a set is one.
    """
    return _one(audit) if isinstance(audit, Audit) else _several(audit)


def _one(audit: Audit) -> Iterator[str]:
    yield f"# Citation audit: {name_of(audit.page)}"
    yield from in_short(Total([audit]))
    yield f"**Not checked:** {NOT_CHECKED}"
    yield bullets([*_facts(audit), *_made(audit)])
    yield from sections(audit, "##")
    yield "## 8. How to read this"
    yield bullets(HOW_TO_READ)


def _several(audits: AuditSet) -> Iterator[str]:
    articles = ("\n\n".join(_article(*each)) for each in enumerate(audits, 1))
    with set_by(articles) as written:  # the summary of all comes before them
        total = audits.total
        yield f"# Citation audit of {counted(len(audits), 'article')}"
        yield from in_short(total)
        yield f"**Not checked:** {NOT_CHECKED}"
        yield bullets(_made(audits))
        yield "## Summary"
        yield SUMMARY
        yield summary(total)
        yield from kinds_of_findings(total)
        yield "## Outlets by weight over all articles"
        yield from outlets(total.outlets())
        yield from written
    yield "## How to read this"
    yield bullets(HOW_TO_READ)


def _article(number: int, audit: Audit) -> Iterator[str]:
    """The blocks of an article of a set."""
    yield f"{PART}Article {number:,}: {name_of(audit.page)}"
    yield bullets(_facts(audit))
    yield from sections(audit, "###")


def _facts(audit: Audit) -> list[str]:
    page = audit.page
    known = any((page.published, page.dateline, page.outlet))
    day = page.published or ("day not known" if known else None)
    published = (day, page.dateline, page.outlet)
    facts = [
        f"By: {plain(', '.join(page.byline)) or 'not known'}",
        f"Published: {plain(', '.join(fact for fact in published if fact)) or 'not known'}",
        f"Address: {address(page.url)}",
    ]
    if page.final_url not in (page.url, page.requested_url):
        facts.append(f"Answered by: {address(page.final_url)}")
    asked = f", from {address(page.requested_url)}" if page.requested_url != page.url else ""
    facts.append(
        f"Captured: {plain(page.captured_at)}, {counted(page.size, 'byte')}, "
        f"{plain(page.payload_digest)}{asked}"
    )
    if page.references_digest is not None:
        facts.append(f"Reference list: given separately, sha256:{plain(page.references_digest)}")
    version = f"version {page.version:,} of {page.versions:,}"
    if page.revised_by is not None:
        version += f", which is not the current one; the next is {short(page.revised_by)}"
    return [*facts, f"Article: {short(page.id)}, read by {plain(page.extractor)}, {version}"]


def _made(audit: Audit | AuditSet) -> list[str]:
    journal = audit.journal
    root, digest = plain(journal.root or "none"), plain(journal.digest or "none")
    made = [
        f"Ledger: as of {counted(journal.entries, 'entry', 'entries')}, root {root}",
        f"Journal: ends with the digest {digest}",
    ]
    return made if audit.made_at is None else [*made, f"Audited: {plain(audit.made_at)}"]
