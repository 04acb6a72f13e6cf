"""Parts -> a document: one clean text, and the lists among the parts as references."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ledger.document import Document, Mention, Reference
from ledger.extract.assemble import Assembled, assemble
from ledger.extract.html.part import Part
from ledger.extract.html.stands import Stands
from ledger.extract.html.tree import Element
from ledger.extract.lines import Raw
from ledger.extract.lists.coauthors import told_apart
from ledger.extract.lists.every_list import every_list
from ledger.extract.lists.heads import is_head
from ledger.extract.lists.keyed_notes import with_keys_of_notes
from ledger.extract.lists.references import Listed
from ledger.extract.lists.uncited import without_prose
from ledger.extract.markdown import linked_references
from ledger.extract.marker_cells import mark_cells
from ledger.extract.markers.authored import is_work
from ledger.extract.markers.evidence import Evidence, evidence_of
from ledger.extract.notice import kept_as_words, without_code
from ledger.extract.respell.lone_counters import with_lone_counters
from ledger.extract.versions import HTML


def composed(
    parts: list[Part],
    stands: Stands,
    entries: tuple[Reference, ...],
    known: Sequence[str],
    linked: frozenset[int],
) -> Document:
    """The parts as one clean text, the lists among them as references.

    `linked` are the places of the entries that links lead to: notes.
    """
    lines, places = _lines(parts, stands)
    listed = _listed(lines, "\n".join(lines))
    body, evidence = _read(parts, lines, places, stands, listed, entries, known)
    if (fewer := without_prose(listed, lines, body.mentions)) is not listed:
        body, evidence = _read(parts, lines, places, stands, fewer, entries, known)
    parted = _apart(body, entries)
    notes = [each for at, each in enumerate(entries) if at in linked]
    works = [each for at, each in enumerate(entries) if at not in linked]
    apart = parted is body and _are_counted_apart(
        notes, [*works, *body.references], body.mentions, stands
    )
    body = parted
    mentions, remarks = stands.settle(body.mentions, apart=apart)
    if apart:
        entries = tuple(
            replace(each, marker=f"^{each.marker}") if each.marker and at in linked else each
            for at, each in enumerate(entries)
        )
    mentions, noted = with_keys_of_notes(mentions, (*entries, *body.references), evidence.listed)
    if evidence.authored:
        noted, mentions = told_apart(noted, mentions, body.text)
    prose = without_code(body.text, body.blocks)
    return Document(
        extractor=HTML,
        text=body.text,
        blocks=body.blocks,
        mentions=tuple(_each_once(mentions)),
        references=(*noted, *linked_references(mentions, evidence)),
        findings=(*remarks, *kept_as_words(prose, evidence, body.mentions, lines), *body.findings),
        code=body.code,
        alone=body.alone,
    )


def _apart(body: Assembled, entries: Sequence[Reference]) -> Assembled:
    """The lists of a text as parts of their own, where links lead to lists of several parts.

    A page that lists the works of each of its sections may link some of its markers and not others.
    """
    parts = {(entry.marker, entry.part) for entry in entries if entry.marker}
    listed = {(reference.marker, reference.part) for reference in body.references}
    last = max((part for _, part in parts), default=0)
    if not last or parts.isdisjoint(listed):
        return body
    references = [replace(each, part=each.part + last + 1) for each in body.references]
    mentions = [
        mention._replace(part=mention.part + last + 1)
        if mention.labels and listed.issuperset((label, mention.part) for label in mention.labels)
        else mention
        for mention in body.mentions
    ]
    return body._replace(references=tuple(references), mentions=mentions)


def _are_counted_apart(
    notes: Iterable[Reference],
    others: Iterable[Reference],
    mentions: Iterable[Mention],
    stands: Stands,
) -> bool:
    """Whether notes that links lead to have numbers that works of a list have, too.

    The text cites these works in brackets that lead nowhere.
    """
    works = {each.marker: each.raw for each in others if each.marker and each.marker.isdecimal()}
    if not any(works.get(each.marker or "", each.raw) != each.raw for each in notes):
        return False
    own = f"{stands.prefix}:"
    cited = (label for mention in mentions if not mention.url for label in mention.labels)
    return any(label in works and not label.startswith(own) for label in cited)


def _each_once(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions without those of a year whose work is linked as a whole: "[Roe (2017)](#r1)"."""
    last: Mention | None = None
    for mention in mentions:
        if last and not (_again(last, mention) and is_work(mention.labels[0])):
            yield last
        last = mention
    if last:
        yield last


def _again(last: Mention, mention: Mention) -> bool:
    """Whether a mention names once more, at the same place, what the one before it names."""
    if not mention.labels or mention.labels != last.labels:
        return False
    return (mention.at, mention.run) == (last.at, last.run)


def _read(
    parts: Sequence[Part],
    lines: Sequence[str],
    places: Sequence[range],
    stands: Stands,
    listed: Listed,
    entries: tuple[Reference, ...],
    known: Sequence[str],
) -> tuple[Assembled, Evidence]:
    """The parts, put together, and what they say about their markers."""
    labels = (reference.marker for reference in (*entries, *listed.references))
    evidence = evidence_of(listed.prose(lines), (*labels, *known))
    if evidence.rounded and _links_elsewhere(lines, stands, evidence):
        evidence = evidence._replace(rounded=False)

    def rest(raw: Raw) -> str:
        return stands.any.sub("", "\n".join(lines[raw.line - 1 :]))

    raws: Iterable[Raw] = _raws(parts, places, listed.lines, stands)
    if evidence.listed and any(part.cells for part in parts):
        raws = mark_cells(raws, evidence.listed)
    length = sum(map(len, lines)) + len(lines) - 1
    return assemble(raws, listed, evidence, length=length, rest=rest), evidence


def _links_elsewhere(lines: Sequence[str], stands: Stands, evidence: Evidence) -> bool:
    """Whether links that stand in no round brackets cite half of the list.

    Then numbers in such brackets, which lead nowhere, are figures: "poor (1), fair (2)".
    """
    found = [each for line in lines for each in stands.any.finditer(line)]
    rounded = sum(each.string[each.start() - 1 : each.start()] == "(" for each in found)
    cited = {label for each in found for label in stands.table[int(each[1])].labels}
    return 2 * rounded < len(found) and 2 * len(evidence.listed & cited) >= len(evidence.listed)


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

    Code gives a blank line: no reference is read out of it. The further paragraphs of an item
    that is counted follow right on it.
    """
    lines: list[str] = []
    places: list[range] = []
    item: Element | None = None
    for part in parts:
        indent = ""
        if part.mark:
            item = _item_of(part.element) if part.mark[0].isdecimal() else None
        elif item is not None and part.role == "paragraph" and item.holds(part.element):
            lines.pop()
            indent = "   "
        else:
            item = None
        begin = len(lines)
        if part.role == "code":
            lines.append("")
        else:
            opening = "#" * part.level + " " if part.role == "heading" else part.mark
            part.lines = [stands.tidied(line) for line in part.lines]
            lines.append(indent + opening + part.lines[0])
            lines.extend(part.lines[1:])
        places.append(range(begin, len(lines)))
        lines.append("")
    return lines, places


def _item_of(element: Element) -> Element | None:
    """The item of a list that an element stands in, or is."""
    return next((each for each in (element, *element.above()) if each.name == "li"), None)


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
            yield Raw(part.role, "<br>".join(kept), part.level, (), place.start + 1)


def _is_empty(parts: Sequence[Part], number: int) -> bool:
    """Whether nothing stands under a heading: what stood there was a list."""
    return number + 1 == len(parts) or (
        parts[number + 1].role == "heading" and parts[number + 1].level <= parts[number].level
    )
