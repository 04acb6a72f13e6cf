"""Markdown and plain text -> Document."""

from ledger.extract.compose import Composer
from ledger.extract.evidence import evidence_of
from ledger.extract.language import language_of
from ledger.extract.lines import blocks
from ledger.extract.metadata import front_matter, read_metadata
from ledger.extract.notice import notice
from ledger.extract.references import find_references
from ledger.model import Document

MARKDOWN = "ledger-markdown/1"
TEXT = "ledger-text/1"


def read_markdown(text: str, *, plain: bool = False) -> Document:
    """Read a document of lines.

    Args:
        text: As `decode` gives it: NFC, lines ended by LF.
        plain: Whether it is plain text, in which a short line can be a heading.

    Never raises: any text is a document, if need be of one paragraph.
    """
    head, text = front_matter(text)
    lines = text.split("\n")
    listed = find_references(lines)
    evidence = evidence_of(text, (reference.marker for reference in listed.references))
    composer = Composer(evidence)
    for raw in blocks(lines, listed.lines, plain=plain):
        composer.add(raw)
    body = composer.text
    found = read_metadata(body, composer.blocks)
    language = language_of(body)
    return Document(
        extractor=TEXT if plain else MARKDOWN,
        text=body,
        blocks=tuple(composer.blocks),
        mentions=tuple(composer.mentions),
        references=listed.references,
        findings=notice(body, composer.blocks, composer.mentions),
        title=head.title or found.title,
        byline=head.byline or found.byline,
        published=head.published or found.published,
        dateline=found.dateline,
        language=language,
    )
