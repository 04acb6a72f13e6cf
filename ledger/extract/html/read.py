"""A page -> Document: the stages of reading HTML, in order."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from ledger.document import Document, Finding, Mention, Reference
from ledger.extract.assemble import assemble
from ledger.extract.html.body import Body, body_of
from ledger.extract.html.entries import entries_of, references_of
from ledger.extract.html.guard import guarded
from ledger.extract.html.hidden import hidden_lists
from ledger.extract.html.links import cites_by_numbers
from ledger.extract.html.metadata import PageData, credited, page_data
from ledger.extract.html.navigation import attached_to, filed_under, host_of, is_wiki, marked
from ledger.extract.html.note import Notes
from ledger.extract.html.notes import find_notes
from ledger.extract.html.numbered import Numbered, numbered
from ledger.extract.html.sift import sift
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, tree_of
from ledger.extract.html.walk import Part, Walk
from ledger.extract.language import language_of
from ledger.extract.lines import Raw
from ledger.extract.lists.every_list import every_list
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.references import Listed, find_references
from ledger.extract.lone_counters import with_lone_counters
from ledger.extract.markdown import linked_references
from ledger.extract.markers.evidence import evidence_of
from ledger.extract.metadata import read_metadata
from ledger.extract.notice import kept_as_words, notice

HTML = "ledger-html/7"
_FRAMES = 8
"""Elements between the head of a list and its first note that only hold what follows."""


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
    parts = [part for place, part in enumerate(parts) if not _is_counted(parts, place, counted)]
    parts = sift(parts, stands, data.headlines)
    entries = (*entries_of(survey, notes, stands), *references_of(counted.entries))
    document = _composed(parts, stands, entries, known)
    if not any(reference.marker for reference in document.references):
        further = _with_hidden_lists(survey, parts, stands)
        hidden = _composed(further, stands, entries, known) if further else document
        document = hidden if _cites_its_list(hidden) else document
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
    parts = [part for part in parts if not _heads_notes(survey, part, taken)]
    for beside in [*body.lists_beside()]:
        inside = [element for element in beside if element.index not in taken]
        walk = Walk(survey, stands, lambda element: element.index in taken)
        parts.extend(replace(part, beside=True) for part in walk.read(inside))
    return _headed(survey, parts)


def _heads_notes(survey: Survey, part: Part, notes: Set[int]) -> bool:
    """Whether a part that is no heading by its tag says what stands right below it: the notes."""
    if part.role not in ("paragraph", "item") or not is_head(part.lines[0]):
        return False
    place = part.element.end
    for element in survey.elements[place : place + _FRAMES]:
        if element.index in notes:
            return True
        said = element.facts.direct and not element.facts.left_out
        if said and not is_head(survey.opening(element)):
            return False
    return False


def _is_counted(parts: Sequence[Part], place: int, counted: Numbered) -> bool:
    """Whether a part is an entry of a list that counts, or says that one follows."""
    if place in counted.parts:
        return True
    part = parts[place]
    return part.role != "heading" and place + 1 in counted.parts and is_head(part.lines[0])


def _headed(survey: Survey, parts: list[Part]) -> list[Part]:
    """The parts, with a head above what is a reference list by its class or role and has none."""
    lists = [element for element in survey.listed if element.facts.is_list]
    if not lists:
        return parts
    headed: list[Part] = []
    previous: Element | None = None
    under_head = False
    for place, part in enumerate(parts):
        inside = next((one for one in lists if one.holds(part.element)), None)
        if inside is not None and inside is not previous and not under_head:
            here = [p for p in parts[place:] if inside.holds(p.element)]
            if here[0].role != "heading" and find_references(_as_list(here)).references:
                headed.append(Part("heading", 2, ["References"], inside))
        previous = inside
        under_head = part.role == "heading" and is_head(part.lines[0])
        headed.append(part)
    return headed


def _as_list(parts: list[Part]) -> list[str]:
    return ["## References", *(part.mark + line for part in parts for line in part.lines)]


def _composed(
    parts: list[Part], stands: Stands, entries: tuple[Reference, ...], known: Sequence[str]
) -> Document:
    """The parts as one clean text, the lists among them as references."""
    lines, places = _lines(parts, stands)
    text = "\n".join(lines)
    listed = _listed(lines, text)
    labels = (reference.marker for reference in (*entries, *listed.references))
    evidence = evidence_of(listed.prose(lines), (*labels, *known))

    def rest(raw: Raw) -> str:
        return stands.any.sub("", "\n".join(lines[raw.line - 1 :]))

    raws = _raws(parts, places, listed.lines, stands)
    body = assemble(raws, listed, evidence, length=len(text), rest=rest)
    mentions, remarks = stands.settle(body.mentions)
    return Document(
        extractor=HTML,
        text=body.text,
        blocks=body.blocks,
        mentions=tuple(mentions),
        references=(*entries, *body.references, *linked_references(mentions, evidence)),
        findings=(*remarks, *kept_as_words(body.text, evidence, body.mentions), *body.findings),
    )


def _with_hidden_lists(survey: Survey, parts: list[Part], stands: Stands) -> list[Part]:
    """The parts of a page, and of the lists that it hides; empty where it hides none."""
    lists = hidden_lists(survey)
    hidden: list[Part] = []
    for element in lists:
        element.facts.left_out = False
        inside = Walk(survey, stands, lambda _: False).read([element])
        if inside and not is_head(inside[0].lines[0]):
            hidden.append(Part("heading", 2, ["References"], element, beside=True))
        hidden.extend(replace(part, beside=True) for part in inside)
    places = {element.index for element in lists}
    shown = [part for part in parts if not _heads_notes(survey, part, places)]
    return [*shown, *hidden] if hidden else []


def _cites_its_list(document: Document) -> bool:
    labels = {reference.marker for reference in document.references}
    return any(label in labels for mention in document.mentions for label in mention.labels)


def _listed(lines: list[str], text: str) -> Listed:
    """Every list of some lines; the number of an entry may stand in a block of its own."""
    joined = with_lone_counters(text, lines)
    if joined == lines:
        return every_list(lines, text)
    listed = every_list(joined, "\n".join(joined))
    moved = (number for number, line in enumerate(lines) if line and not joined[number])
    taken = {n for n in moved if n + 1 in listed.lines or n + 2 in listed.lines}
    return listed._replace(lines=listed.lines | taken)


def _lines(parts: Sequence[Part], stands: Stands) -> tuple[list[str], list[range]]:
    """The parts as lines, a blank one behind each; and which lines are whose.

    Code gives a blank line: no reference is read out of it.
    """
    lines: list[str] = []
    places: list[range] = []
    for part in parts:
        begin = len(lines)
        if part.role == "code":
            lines.append("")
        else:
            opening = "#" * part.level + " " if part.role == "heading" else part.mark
            part.lines = [stands.tidied(line) for line in part.lines]
            lines.append(opening + part.lines[0])
            lines.extend(part.lines[1:])
        places.append(range(begin, len(lines)))
        lines.append("")
    return lines, places


def _raws(
    parts: Sequence[Part], places: Sequence[range], taken: frozenset[int], stands: Stands
) -> Iterator[Raw]:
    """Blocks for the composer: parts without the lines that are references.

    The head of a list goes with the list.
    """
    for number, (part, place) in enumerate(zip(parts, places, strict=True)):
        if part.beside:
            continue
        if part.role == "code":
            yield Raw("code", "\n".join(part.lines), line=place.start + 1)
        elif part.role == "row":
            if place[0] not in taken:
                cells = tuple(map(stands.tidied, part.cells))
                yield Raw("row", part.lines[0], part.level, cells, place.start + 1)
        elif part.role == "heading" and is_head(part.lines[0]) and _is_empty(parts, number):
            continue
        elif kept := [line for line, at in zip(part.lines, place, strict=True) if at not in taken]:
            yield Raw(part.role, " ".join(kept), part.level, (), place.start + 1)


def _is_empty(parts: Sequence[Part], number: int) -> bool:
    """Whether nothing stands under a heading: what stood there was a list."""
    return number + 1 == len(parts) or (
        parts[number + 1].role == "heading" and parts[number + 1].level <= parts[number].level
    )


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
