"""A page -> Document: the stages of reading HTML, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ledger.document import Document, Finding, Mention
from ledger.extract.html.body import Body, body_of
from ledger.extract.html.composed import composed
from ledger.extract.html.entries import entries_of, references_of
from ledger.extract.html.guard import guarded
from ledger.extract.html.heads import headed, heads_notes, is_counted
from ledger.extract.html.links import cites_by_numbers
from ledger.extract.html.metadata import PageData, credited, page_data
from ledger.extract.html.navigation import attached_to, filed_under, host_of, is_wiki, marked
from ledger.extract.html.note import Notes
from ledger.extract.html.notes import find_notes
from ledger.extract.html.numbered import numbered
from ledger.extract.html.second_look import second_look
from ledger.extract.html.sift import sift
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, tree_of
from ledger.extract.html.walk import Part, Walk
from ledger.extract.language import language_of
from ledger.extract.metadata import read_metadata
from ledger.extract.notice import notice


def read_html(text: str, known: Sequence[str] = (), encoded: bytes | None = None) -> Document:
    """Read a page.

    Args:
        text: As `decode` gives it.
        known: Markers of a list that comes from outside.
        encoded: The text in UTF-8; None to have it encoded.

    Linear in the text, however it is built. Never raises: a page without text is a document with
    an empty text.
    """
    page, lost = guarded(text, encoded)
    survey = Survey(tree_of(page))
    notes = find_notes(survey)
    survey.keep_what_cites(notes.labels)
    stands = Stands(survey, notes, page)
    root = body_of(survey)
    data = page_data(survey)
    parts = _parts(survey, notes, stands, root)
    counted = numbered(parts)
    parts = [part for place, part in enumerate(parts) if not is_counted(parts, place, counted)]
    parts = sift(parts, stands, data.headlines)
    entries = (*entries_of(survey, notes, stands), *references_of(counted.entries))
    document = composed(parts, stands, entries, known)
    document = second_look(document, survey, parts, stands, entries, known)
    own = host_of(data.canonical)
    mentions = [*marked(document.mentions, document.text, own, wiki=is_wiki(survey))]
    linked = {mention.url for mention in mentions if mention.url}
    filed = filed_under(survey, root, linked, own)
    attached = attached_to(survey, root, document.text, linked, own)
    mentions.extend(_at_the_end(document, chain(filed, attached)))
    described = _described(document, data, mentions, lost)
    survey.close()
    return described


def _parts(survey: Survey, notes: Notes, stands: Stands, root: Element) -> list[Part]:
    """The parts of the body, and of the reference lists beside it, without the notes."""
    body = Body(survey, root)
    whole = (note for note in notes.notes if note.fragment is None)
    taken = {block.index for note in whole for block in note.blocks(survey.elements)}
    taken |= notes.copies
    parts = Walk(
        survey,
        stands,
        lambda element: element.index in taken or body.left_out(element),
        numbered=cites_by_numbers(survey.named("a")),
    ).read([root])
    parts = [part for part in parts if not heads_notes(survey, part, taken)]
    for beside in [*body.lists_beside()]:
        inside = [element for element in beside if element.index not in taken]
        walk = Walk(survey, stands, lambda element: element.index in taken)
        parts.extend(replace(part, beside=True) for part in walk.read(inside))
    return headed(survey, parts)


def _at_the_end(document: Document, links: Iterator[tuple[str, str]]) -> Iterator[Mention]:
    """Links that stand beside the text, as navigation where the text ends."""
    run = max((mention.run for mention in document.mentions), default=-1)
    for further, (url, words) in enumerate(links, 1):
        yield Mention(len(document.text), (), f"[{words}]({url})", run + further, "navigation", url)


def _described(
    document: Document, data: PageData, mentions: Sequence[Mention], lost: tuple[Finding, ...]
) -> Document:
    """The document with what the page says of itself, and what an editor must know of it."""
    text = document.text
    found = read_metadata(text, document.blocks)
    remarks = [*notice(text, document.blocks, mentions), *document.findings]
    remarks.sort(key=lambda finding: finding.at or 0)
    return replace(
        document,
        mentions=tuple(mentions),
        findings=(*lost, *data.findings, *_credit(text, data), *remarks),
        title=data.title or found.title,
        byline=data.byline or found.byline,
        published=data.published or found.published,
        dateline=found.dateline,
        language=data.language or language_of(text),
        base=data.base,
        canonical=data.canonical,
    )


def _credit(text: str, data: PageData) -> Iterator[Finding]:
    """The agency that the opening of the text credits, unless the page has said so already."""
    agency = credited(text)
    if agency and not any(finding.code == "wire-credit" for finding in data.findings):
        yield Finding(code="wire-credit", detail=f"the text credits {agency}", at=0)
