"""Markdown and plain text -> Document."""

from collections.abc import Iterable, Iterator

from ledger import urls
from ledger.density import most_items
from ledger.extract.authored import without_uncited
from ledger.extract.compose import Composer
from ledger.extract.evidence import Evidence, evidence_of
from ledger.extract.language import language_of
from ledger.extract.lines import blocks
from ledger.extract.metadata import front_matter, read_metadata
from ledger.extract.notes import number_notes
from ledger.extract.notice import notice
from ledger.extract.numbering import number_parts
from ledger.extract.references import find_references
from ledger.model import Document, Finding, Mention, Reference

MARKDOWN = "ledger-markdown/2"
TEXT = "ledger-text/2"


def read_markdown(
    text: str, *, plain: bool = False, beside: tuple[Reference, ...] = ()
) -> Document:
    """Read a document of lines.

    Args:
        text: As `decode` gives it: NFC, lines ended by LF.
        plain: Whether it is plain text, in which a short line can be a heading.
        beside: References that came with the text and are not in it.

    Never raises: any text is a document, if need be of one paragraph.
    """
    head, text = front_matter(text)
    lines = text.split("\n")
    listed = find_references(lines)
    listed = listed._replace(references=tuple(without_uncited(listed.references, text)))
    known = (reference.marker for reference in (*listed.references, *beside))
    evidence = evidence_of(text, known)
    composer = Composer(evidence, most=most_items(len(text)))
    places: list[int] = []
    for raw in blocks(lines, listed.lines, plain=plain):
        if not composer.left:
            composer.add_unread("\n".join(lines[raw.line - 1 :]))
            break
        composer.add(raw)
        places.extend([raw.line] * (len(composer.mentions) - len(places)))
    if not any(mention.labels for mention in composer.mentions):
        for entry in listed.references:
            if entry.marker is None:
                composer.add_listed(entry)
        places.extend([len(lines)] * (len(composer.mentions) - len(places)))
    numbered, mentions = number_parts(listed, composer.mentions, places)
    notes, mentions = number_notes(mentions)
    body = composer.text
    found = read_metadata(body, composer.blocks)
    language = language_of(body)
    return Document(
        extractor=TEXT if plain else MARKDOWN,
        text=body,
        blocks=tuple(composer.blocks),
        mentions=tuple(mentions),
        references=(*numbered, *beside, *notes, *linked_references(mentions, evidence)),
        findings=(*notice(body, composer.blocks, mentions), *unread(composer)),
        title=head.title or found.title,
        byline=head.byline or found.byline,
        published=head.published or found.published,
        dateline=found.dateline,
        language=language,
    )


def unread(composer: Composer) -> Iterator[Finding]:
    """A finding when the composer took no more, and the rest of the document was not read."""
    if not composer.left:
        yield Finding(
            code="too-dense",
            detail=f"more than {composer.most:,} blocks and markers for its length: what follows "
            "is kept as text and was not read",
            at=composer.blocks[-1].start if composer.blocks else None,
        )


def linked_references(mentions: Iterable[Mention], evidence: Evidence) -> Iterator[Reference]:
    """An entry for each identifier that only links name: "[[3]](https://...)" is its own list."""
    seen: set[str] = set()
    for mention in mentions:
        address = urls.repair(mention.url) if mention.url and mention.labels else None
        for label in mention.labels if address else ():
            if label not in evidence.listed and label not in seen:
                seen.add(label)
                yield Reference(marker=label, raw=mention.raw, url=address, urls=(address,))
