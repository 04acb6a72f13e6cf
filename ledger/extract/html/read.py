"""A page -> Document: the stages of reading HTML, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ledger.document import Document, Finding, Mention
from ledger.extract.front.metadata import read_metadata
from ledger.extract.further import without_further
from ledger.extract.html.body import body_of, whole_body
from ledger.extract.html.chips import counted_chips
from ledger.extract.html.distill import ELEMENTS, with_marks_of_distill
from ledger.extract.html.guard import guarded
from ledger.extract.html.look import Page
from ledger.extract.html.metadata import PageData, credited, page_data
from ledger.extract.html.navigation import attached_to, filed_under, host_of, is_wiki, marked
from ledger.extract.html.notes import find_notes
from ledger.extract.html.parsed import tree_of
from ledger.extract.html.second_look import second_look
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.language import language_of
from ledger.extract.notice import hidden_sources, notice
from ledger.finding_words import crediting
from ledger.patterns import later

_COUNT = later(r"\+[0-9]{1,2}\s{0,8}<")
"""What the words of a chip end in."""


def read_html(
    text: str,
    known: Sequence[str] = (),
    encoded: bytes | None = None,
    *,
    whole: bool = False,
) -> Document:
    """Read a page.

    Args:
        text: As `decode` gives it.
        known: Markers of a list that comes from outside.
        encoded: The text in UTF-8; None to have it encoded.
        whole: Whether all of it is the article, as what is made of a file of another format is.

    Linear in the text, however it is built. Never raises: a page without text is a document with
    an empty text.
    """
    if any(element in text for element in ELEMENTS):
        text, encoded = with_marks_of_distill(text), None
    page, lost = guarded(text, encoded)
    survey = Survey(tree_of(page))
    notes = find_notes(survey)
    survey.keep_what_cites(notes.labels)
    stands = Stands(survey, notes, page)
    root = whole_body(survey) if whole else body_of(survey, notes.note_of)
    data = page_data(survey)
    lines = (*data.headlines, *_names_alone(data.byline))
    looked_at = Page(survey, notes, stands, root, lines, data.canonical, known)
    document = second_look(looked_at, looked_at.look())
    own = host_of(data.canonical)
    own_links = marked(document.mentions, document.text, own, wiki=is_wiki(survey))
    mentions = [*without_further(own_links, document.text, document.blocks)]
    linked = {mention.url for mention in mentions if mention.url}
    filed = filed_under(survey, root, linked, own)
    attached = attached_to(survey, root, document.text, linked, own)
    mentions.extend(_at_the_end(document, chain(filed, attached)))
    inside = filter(root.holds, survey.named("a") if _COUNT.search(text) else ())
    hidden = hidden_sources(counted_chips(inside))
    described = _described(document, data, mentions, (*lost, *hidden))
    survey.close()
    return described


def _names_alone(byline: Sequence[str]) -> Iterator[str]:
    """The lines that say nothing but who wrote a page, as pages have them above their text."""
    yield from byline
    if len(byline) > 1:
        *before, last = byline
        yield ", ".join(byline)
        yield f"{', '.join(before)} and {last}"


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
    remarks = [*notice(text, document.blocks, mentions, document.code), *document.findings]
    remarks.sort(key=lambda finding: finding.at or 0)
    return replace(
        document,
        mentions=tuple(mentions),
        findings=(*lost, *data.findings, *_credit(text, data), *remarks),
        title=data.title or found.title,
        byline=data.byline or document.byline or found.byline,
        published=data.published or document.published or found.published,
        dateline=found.dateline,
        language=data.language or language_of(text),
        base=data.base,
        canonical=data.canonical,
    )


def _credit(text: str, data: PageData) -> Iterator[Finding]:
    """The agency that the opening of the text credits, unless the page has said so already."""
    agency = credited(text)
    if agency and not any(finding.code == "wire-credit" for finding in data.findings):
        yield Finding(code="wire-credit", detail=crediting(agency, "text"), at=0)
