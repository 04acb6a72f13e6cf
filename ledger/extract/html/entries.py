"""Notes -> references: each note on one line, with its addresses."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs

from ledger import urls
from ledger.document import Reference
from ledger.extract.characters.raised import raised, raised_letter
from ledger.extract.html.fragment import line_of
from ledger.extract.html.links import escaped, linked, targets
from ledger.extract.html.navigation import is_navigation, is_wiki
from ledger.extract.html.note import Note, Notes
from ledger.extract.html.stands import Stands
from ledger.extract.html.survey import Survey
from ledger.extract.html.tree import Element, text_of
from ledger.extract.html.walk import Walk
from ledger.extract.lists.open_entry import OpenEntry
from ledger.extract.lists.open_entry import references_of as read_entry
from ledger.extract.lists.point_back import point_back
from ledger.patterns import later

_BACKLINKS = frozenset(["backlink", "backref", "backrefs"])
_TAG = frozenset(["tag", "bibitem"])
"""What LaTeXML calls the label that it prints before an entry."""
_FEWEST_PIECES = 2
"""Elements with words of their own that make a link a card: a title alone is a link."""
_COINS = "Z3988"
_WORK_TITLES = ("rft.atitle", "rft.title", "rft.btitle")
"""An article before the book or journal that it stands in."""
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|//")
"""How an address begins that does not start from the page."""
_FEWEST_TITLE = 3
"""Words of a link that may be a title: fewer name a journal, a place, or the way back."""
_OPENING = later(r"[\s^↑↩↵⏎⤴\ufe0e\ufe0f]+")
_EMPTIED = re.compile(
    r"^(?:\[\s{0,3}\]|\([\s,]{0,90}\))[.:]?\s{0,9}(?=\S)"
    r"|\s{0,9}(?:\[\s{0,3}\]|\(\s{0,3}\))(?=\.?\s{0,9}$)"
)
"""Brackets whose links back are gone."""
_DOT = later(r"\s{0,2}(?:\bdot\b|\[dot\]|\(dot\)|\[\.\])\s{0,2}", re.I)
_LINKED_PIECE = later(
    r"\[(https?://[^\]\s]{1,200}(?:\sdot)?)\]\(<?[^()\s<>]{1,300}>?\)"
    r"(?=\s{0,2}(?:dot\s|\[dot\]|\(dot\)|\[\.\]))",
    re.I,
)
"""The piece of such an address that a machine linked all the same."""
_SPELLED_OUT = later(
    r"https?://[\w-]{1,63}(?:(?:\.|\s{0,2}(?:\bdot\b|\[dot\]|\(dot\)|\[\.\])\s{0,2})"
    r"[A-Za-z0-9-]{1,63}){1,8}",
    re.I,
)
"""An address whose scheme is written, so that its host follows: "https://kremlin dot ru"."""

_AROUND_LABEL = tuple(
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (r"\s*\[\s*", r"\s*\][.):]?\s*"),
        (r"\s*<sup>", r"</sup>[.:]?\s*"),
        (r"\s*\(?0?", r"[.):]\s*"),
        (r"\s*0?", r"(?=\s)\s*"),
    )
)
"""What stands before and behind the label that an entry opens with."""


def entries_of(survey: Survey, notes: Notes, stands: Stands) -> tuple[Reference, ...]:
    """The references that notes are, in page order.

    Pages of the site itself are as linked; where they are is known with the address of the page.
    """
    found: list[Reference] = []
    known: dict[int, Reference] = {}  # works that notes lead on to, by the index of the element
    wiki = is_wiki(survey)
    for place, note in sorted(enumerate(notes.notes), key=lambda each: each[1].begin):
        reference = _read(survey, note, stands)
        if reference.url is None and place in notes.works:
            for element in notes.works[place]:
                if element.index not in known:
                    entry = Note(None, element, element.index, element.end)
                    known[element.index] = _read(survey, entry, stands)
            works = [known[element.index] for element in notes.works[place]]
            reference = _with_addresses(reference, works)
        if reference.url is None and not wiki and (page := _own_page(survey, note, notes.backs)):
            reference = replace(reference, url=page, urls=(page,))
        if reference.marker or reference.raw or reference.url:
            found.append(reference)
    return tuple(point_back(found))


def _with_addresses(reference: Reference, works: Sequence[Reference]) -> Reference:
    """A reference that leads where the works lead that it names; as it is where they have none."""
    addresses = tuple(dict.fromkeys(url for work in works for url in work.urls))
    if not addresses:
        return reference
    return replace(reference, url=addresses[0], urls=addresses, title=works[0].title)


def _own_page(survey: Survey, note: Note, backs: Set[int]) -> str | None:
    """The one page of its site that an entry links by a title, as linked; None for none."""
    found = {
        target
        for element in survey.elements[note.begin : note.end]
        if element.name == "a" and element.index not in backs
        for target in targets(element)[:1]
        if _is_titled(target, text_of(element))
    }
    return found.pop() if len(found) == 1 else None


def _is_titled(target: str, words: str) -> bool:
    inside = "#" not in target and not _ELSEWHERE.match(target)
    return inside and len(words.split()) >= _FEWEST_TITLE and not is_navigation(target, words, None)


def _read(survey: Survey, note: Note, stands: Stands) -> Reference:
    line = line_of(note.fragment) if note.fragment else _line(survey, note, stands)
    reference = reference_of(note.label, line)
    work = _unseen_in(survey, note)
    if reference.url is None and work.address:
        reference = replace(reference, url=work.address, urls=(work.address,))
    return replace(reference, part=note.part, title=work.title or reference.title)


def reference_of(label: str | None, line: str) -> Reference:
    """The reference that an entry is: its label or None, and its inline Markdown on one line.

    Of a note that says nothing and has no label it is empty, too. A copy in an archive that does
    not name its original stands behind what else the entry has.
    """
    line = _mended(line)
    found = read_entry(OpenEntry((label,) if label else (), 0, line))
    reference = next(iter(found), Reference(marker=label, raw="", url=None))
    if len(reference.urls) > 1:
        ordered = tuple(sorted(reference.urls, key=_is_opaque))
        reference = replace(reference, url=ordered[0], urls=ordered)
    return reference


def references_of(entries: Iterable[tuple[str, str]]) -> tuple[Reference, ...]:
    """References of entries: label and inline Markdown of each."""
    return tuple(reference_of(label, line) for label, line in entries)


def _is_opaque(address: str) -> bool:
    """Whether an address is an archive's code, which does not say what page was archived."""
    return urls.unwrap(address).hidden == "archive"


class _Work(NamedTuple):
    """What an entry says that no reader sees, as COinS; None where it says nothing."""

    title: str | None = None
    address: str | None = None


def _unseen_in(survey: Survey, note: Note) -> _Work:
    """The first record of a work in an entry, its DOI or page as its address.

    A journal's page may say the DOI alone, in an attribute of its own.
    """
    doi: str | None = None
    for element in survey.elements[note.begin : note.end]:
        doi = doi or element.get("data-doi") or None
        if element.name == "span" and _COINS in element.get("class").split():
            try:
                said = parse_qs(element.get("title"), max_num_fields=200)
            except ValueError:  # more fields than any record has
                continue
            titles = (said[name][0] for name in _WORK_TITLES if name in said)
            ids = (value.replace("info:doi/", "doi:") for value in said.get("rft_id", ()))
            return _Work(next(titles, None), next(filter(None, map(urls.repair, ids)), None))
    return _Work(address=urls.repair(f"doi:{doi}") if doi else None)


def _mended(line: str) -> str:
    """A line in which addresses are whole that were written so that no machine links them."""
    if "dot" not in line.casefold() and "[.]" not in line:
        return line
    line = _LINKED_PIECE.sub(r"\1", line)
    return _SPELLED_OUT.sub(lambda match: _DOT.sub(".", match[0]), line)


def _line(survey: Survey, note: Note, stands: Stands) -> str:
    """A note as one line of inline Markdown, without its label and the way back."""
    if note.element.name == "a" and (card := _card(note)):
        return card

    def left_out(element: Element) -> bool:
        if element.index >= note.end or element.end <= note.begin:
            return True
        words = element.words
        if words and (not _BACKLINKS.isdisjoint(words) or words >= _TAG):
            return True
        return element.get("rel") == "mw:referencedBy"

    span = range(note.begin, note.end)
    parts = Walk(survey, stands, left_out, into_list=True, span=span).read(
        note.blocks(survey.elements)
    )
    lines = (line for part in parts for line in part.cells or part.lines)
    line = stands.any.sub("", " ".join(lines))
    if opening := _OPENING.match(line):
        line = line[opening.end() :]
    words = line.removeprefix(f"[{note.label}") if note.element.name == "a" else line
    if words != line and not words[:1].isdecimal():
        return f"[{words.lstrip(' .:')}"  # a card: its number is in the link
    line = _without_label(line, note.label) if note.label else line
    return _EMPTIED.sub("", line.removeprefix("↑").lstrip())


def _card(note: Note) -> str | None:
    """The line of a link in which elements stand side by side: a number, a title, a host."""
    pieces = [*_pieces(note.element)]
    address = next(iter(targets(note.element)), "")
    if len(pieces) < _FEWEST_PIECES or address[:4].lower() != "http":
        return None
    if pieces[0].strip("[]().:") == note.label:
        del pieces[0]
    return linked(escaped(" ".join(pieces)), address)


def _pieces(element: Element) -> Iterator[str]:
    """The words in each element that has some of its own, in page order."""
    stack: list[Element | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str) or node.facts.left_out:
            continue
        if any(isinstance(child, str) and child.strip() for child in node.children):
            yield " ".join(text_of(node, shown=True).split())
        else:
            stack.extend(reversed(node.children))


def _without_label(line: str, label: str) -> str:
    """A line without the label it opens with: "[3] Roe", "3. Roe", "3 Roe", "³ Roe", "ᵃ Roe"."""
    high = "".join(f"&#{ord(char)};" for char in raised(label)) if line[:2] == "&#" else ""
    if high and line.startswith(high) and len(line) > len(high):
        return line[len(high) :].lstrip(" .:")
    letter = raised_letter(label)
    if letter and line.startswith(letter) and len(line) > len(letter):
        return line[len(letter) :].lstrip(" .:")
    for before, behind in _AROUND_LABEL:
        opened = before.match(line)
        begin = opened.end() if opened else 0
        if line.startswith(label, begin):
            closed = behind.match(line, begin + len(label))
            if closed:
                return line[closed.end() :] if closed.end() < len(line) else line
    return line
