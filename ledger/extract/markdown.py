"""Markdown and plain text -> Document."""

from collections.abc import Iterable, Iterator, Sequence

from ledger import urls
from ledger.density import most_lines
from ledger.document import Block, Document, Mention, Reference
from ledger.extract.as_written import as_written
from ledger.extract.assemble import Assembled, assemble
from ledger.extract.closing_sources import without_closing_sources
from ledger.extract.front.metadata import read_metadata
from ledger.extract.further import without_further
from ledger.extract.language import language_of
from ledger.extract.lines import Raw, blocks
from ledger.extract.lists.coauthors import told_apart
from ledger.extract.lists.entries import defined_labels
from ledger.extract.lists.every_list import every_list
from ledger.extract.lists.keyed_notes import with_keys_of_notes
from ledger.extract.lists.references import Listed
from ledger.extract.lists.uncited import without_prose
from ledger.extract.marker_cells import mark_cells
from ledger.extract.markers.at_keys import every_key
from ledger.extract.markers.evidence import Evidence, evidence_of
from ledger.extract.notice import hidden_sources, kept_as_words, notice, without_code
from ledger.extract.opened import Opened, opened
from ledger.extract.passing_on import without_passing_on
from ledger.extract.respell.paper_keys import with_keys
from ledger.extract.ticks import without_ticks
from ledger.extract.versions import MARKDOWN, TEXT
from ledger.letters import holds


def read_markdown(
    text: str,
    *,
    plain: bool = False,
    beside: tuple[Reference, ...] = (),
    known: Sequence[str] = (),
) -> Document:
    """Read a document of lines.

    Args:
        text: As `decode` gives it: NFC, lines ended by LF.
        plain: Whether it is plain text, in which a short line can be a heading.
        beside: References that came with the text and are not in it.
        known: Markers of a list that comes from outside.

    Never raises: any text is a document, if need be of one paragraph.
    """
    start = opened(text, plain=plain)
    listed = every_list(start.lines[: most_lines(len(start.text))], start.text)
    beside = (*beside, *start.beside)
    return _read(start, listed, beside if beside or listed.references else start.counted, known)


def _read(
    start: Opened,
    listed: Listed,
    beside: tuple[Reference, ...],
    known: Sequence[str],
) -> Document:
    """The document of an opened text, whose lists are `listed`; the others as `read_markdown`."""
    text, most = start.text, most_lines(len(start.text))
    lines, beyond = start.lines[:most], "\n".join(start.lines[most:])
    labels = (reference.marker for reference in (*listed.references, *beside))
    evidence = evidence_of(listed.prose(lines), (*labels, *known))
    if evidence.spelled:
        evidence = evidence._replace(defined=defined_labels(lines))
    if start.keyed:
        evidence = evidence._replace(keys=every_key(text))
    if holds(text, "`["):
        lines = list(without_ticks(lines, evidence.listed))

    def rest(raw: Raw) -> str:
        below = (n for n in range(raw.line, len(lines)) if n not in listed.lines)
        return "\n".join([raw.text, *(lines[n] for n in below), beyond])

    raws: Iterable[Raw] = blocks(lines, listed.lines, plain=start.plain)
    if evidence.listed and "|" in text:
        raws = mark_cells(raws, evidence.listed)
    found = assemble(raws, listed, evidence, length=len(text), rest=rest, beyond=beyond)
    if (fewer := without_prose(listed, lines, found.mentions)) is not listed:
        return _read(start, fewer, beside, known)
    return _document(start, found, evidence, beside, lines)


def _document(
    start: Opened,
    assembled: Assembled,
    evidence: Evidence,
    beside: Sequence[Reference],
    lines: Sequence[str],
) -> Document:
    """What the blocks hold, once links that prove nothing are told from citations.

    Args:
        start: The text.
        assembled: Its blocks.
        evidence: By which they were read.
        beside: References that are not in the text.
        lines: Of the text, as many as were read.
    """
    text, blocks, mentions, references, unread, code, alone = assembled
    as_they_were = as_written(mentions, start.written, evidence.odd, respelled=start.respelled)
    mentions = list(without_further(without_passing_on(as_they_were, text), text, blocks))
    mentions, noted = with_keys_of_notes(mentions, references, evidence.listed)
    if evidence.authored:
        noted, mentions = told_apart(noted, mentions, text)
    linked = [*linked_references(mentions, evidence)]
    blocks, mentions = without_closing_sources(text, blocks, mentions)
    references = tuple(noted)
    if start.keys:
        mentions, references = with_keys(mentions, references, start.keys)
    there = {(each.marker, each.url) for each in references if each.url}
    further = (each for each in beside if (each.marker, each.url) not in there)
    found = read_metadata(text, blocks, [mention.at for mention in mentions])
    language = language_of(text[: _end_of_prose(blocks)]) or language_of(text)
    return Document(
        extractor=TEXT if start.plain else MARKDOWN,
        text=text,
        blocks=blocks,
        mentions=tuple(mentions),
        references=(*references, *further, *linked),
        findings=(
            *start.findings,
            *hidden_sources(each for m in mentions if m.url for each in m.labels),
            *notice(text, blocks, mentions, code),
            *kept_as_words(without_code(text, blocks), evidence, mentions, lines),
            *unread,
        ),
        title=start.head.title or found.title,
        byline=start.head.byline or found.byline,
        published=start.head.published or found.published,
        dateline=found.dateline,
        language=language,
        code=code,
        alone=alone,
    )


def _end_of_prose(blocks: Sequence[Block]) -> int:
    """Where the text ends but for what is listed below it: titles may be in other languages."""
    return next((block.end for block in reversed(blocks) if block.role != "furniture"), 0)


def linked_references(mentions: Iterable[Mention], evidence: Evidence) -> Iterator[Reference]:
    """An entry for each identifier that only links name: "[[3]](https://...)" is its own list."""
    seen: set[str] = set()
    for mention in mentions:
        address = urls.repair(mention.url) if mention.url and mention.labels else None
        for label in mention.labels:
            if address and label not in evidence.listed and label not in seen:
                seen.add(label)
                yield Reference(marker=label, raw=mention.raw, url=address, urls=(address,))
