"""Markdown and plain text -> Document."""

from collections.abc import Iterable, Iterator, Sequence

from ledger import urls
from ledger.density import most_lines
from ledger.document import Document, Mention, Reference
from ledger.extract import org
from ledger.extract.as_written import as_written
from ledger.extract.assemble import assemble
from ledger.extract.characters.invisible import without_blanks
from ledger.extract.chips import fold_chips, fold_hosts
from ledger.extract.language import language_of
from ledger.extract.lines import Raw, blocks
from ledger.extract.lists.every_list import every_list
from ledger.extract.lists.front_list import front_list
from ledger.extract.lone_counters import with_lone_counters
from ledger.extract.mail import mail_head
from ledger.extract.marker_cells import mark_cells
from ledger.extract.markers.evidence import Evidence, evidence_of
from ledger.extract.masthead import read_masthead
from ledger.extract.metadata import front_matter, read_metadata
from ledger.extract.notice import kept_as_words, notice
from ledger.extract.own_notes import fold_notes
from ledger.extract.pages import without_page_marks
from ledger.extract.passing_on import without_passing_on
from ledger.extract.reasoning import without_reasoning
from ledger.extract.spelled_out import spelled_out
from ledger.extract.wiki_copy import plain_sections, with_marks_before_blanks

MARKDOWN = "ledger-markdown/6"
TEXT = "ledger-text/6"
_WIDEST_KEY = 40
"""Characters in which the first key of a mail's head ends."""


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
    whole = without_blanks(with_marks_before_blanks(text) if not text.isascii() else text)
    whole, thought = without_reasoning(whole) if "</" in whole else (whole, ())
    if org.is_org(whole):
        whole = org.as_markdown(whole)
    head, text = front_matter(whole)
    if not head.title and ":" in text[:_WIDEST_KEY]:
        head, text = mail_head(text)
    beside = (*beside, *front_list(whole[: len(whole) - len(text)]))
    text = spelled_out(text)
    every = text.split("\n")
    masthead, every = read_masthead(every)
    if plain and (printed := without_page_marks(every)) != every:
        every, text = printed, "\n".join(printed)
    if "+" in text and "\n+" in text:
        every = fold_chips(every)
    if "\n. " in text or text.rstrip().endswith("\n."):
        every = fold_hosts(every)
    every = plain_sections(text, every)
    every = with_lone_counters(text, every)
    if "](" in text and "#" in text and (folded := fold_notes(every)) != every:
        every, text = folded, "\n".join(folded)
    most = most_lines(len(text))
    lines, beyond = every[:most], "\n".join(every[most:])
    listed = every_list(lines, text)
    labels = (reference.marker for reference in (*listed.references, *beside))
    evidence = evidence_of(listed.prose(lines), (*labels, *known))

    def rest(raw: Raw) -> str:
        below = (n for n in range(raw.line, len(lines)) if n not in listed.lines)
        return "\n".join([raw.text, *(lines[n] for n in below), beyond])

    raws: Iterable[Raw] = blocks(lines, listed.lines, plain=plain)
    if evidence.listed and "|" in text:
        raws = mark_cells(raws, evidence.listed)
    body, parts, mentions, references, unread = assemble(
        raws, listed, evidence, length=len(text), rest=rest, beyond=beyond
    )
    mentions = list(without_passing_on(as_written(mentions, whole, evidence.odd), body))
    found = read_metadata(body, parts)
    language = language_of(body)
    return Document(
        extractor=TEXT if plain else MARKDOWN,
        text=body,
        blocks=parts,
        mentions=tuple(mentions),
        references=(*references, *beside, *linked_references(mentions, evidence)),
        findings=(
            *thought,
            *notice(body, parts, mentions),
            *kept_as_words(body, evidence, mentions),
            *unread,
        ),
        title=head.title or found.title,
        byline=head.byline or masthead.byline or found.byline,
        published=head.published or masthead.published or found.published,
        dateline=found.dateline,
        language=language,
    )


def linked_references(mentions: Iterable[Mention], evidence: Evidence) -> Iterator[Reference]:
    """An entry for each identifier that only links name: "[[3]](https://...)" is its own list."""
    seen: set[str] = set()
    for mention in mentions:
        address = urls.repair(mention.url) if mention.url and mention.labels else None
        for label in mention.labels:
            if address and label not in evidence.listed and label not in seen:
                seen.add(label)
                yield Reference(marker=label, raw=mention.raw, url=address, urls=(address,))
