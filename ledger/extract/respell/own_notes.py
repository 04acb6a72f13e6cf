"""Links between the markers and notes of a page, as converters keep them -> footnotes of Markdown.

Pages link a marker to its note ("#cite_note-3", "#_ftn3", "#footnote-3") and the note back to its
marker ("#cite_ref-3", "#_ftnref3", "#footnote-anchor-3"). Converters to Markdown keep both, often
with the address of the page itself before them, which nobody cited. A line that links back is a
note. Its label is the text of the markers that lead to it, whatever number the line has.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.extract.fences import fences
from ledger.patterns import later

_KEY = r"[A-Za-z0-9_.:%*+'-]{1,120}"
_KINDS = r"(?:footnote|endnote|fn|note)"
_NAMES = later(
    rf"(?:cite_note-(?P<wiki>{_KEY})|cite_ref-(?P<wiki_back>{_KEY})"
    rf"|_(?:ftn|edn)(?P<word>[0-9]{{1,4}})|_(?:ftn|edn)ref(?P<word_back>[0-9]{{1,4}})"
    r"|_footnotedef_(?P<ascii>[0-9]{1,4})|_footnoteref_(?P<ascii_back>[0-9]{1,4})"
    r"|ftnt(?P<docs>[0-9]{1,4})|ftnt_ref(?P<docs_back>[0-9]{1,4})"
    r"|sd(?:foot|end)note(?P<office>[0-9]{1,4})sym|sd(?:foot|end)note(?P<office_back>[0-9]{1,4})anc"
    rf"|(?:user-content-)?{_KINDS}[-:_.]?(?:ref|anchor|back|backlink|link)[-:_.]?(?P<any_back>{_KEY})"
    rf"|(?:user-content-)?{_KINDS}(?P<any>[-:_.]{_KEY}|[0-9]{{1,4}}))"
)
"""Names of notes and of the places that lead to them, each with its key."""
_HINT = later(r"#(?:cite_|_?ftn|_edn|_footnote|sd|user-content-|footnote|endnote|fn|note)")
_ENTRY = later(
    r"(?:ref|reference|bib|bibr|cit|cite|cr|b|r)[-_]?(?:cr|b|r)?0{0,3}([0-9]{1,4})", re.I
)
"""The name of an entry of a bibliography, with its number: "ref-CR12"."""
_ENTRY_HINT = later(r"#(?:[rR]ef|[bB]ib|[cC]it|CR|[bBrR])[A-Za-z_-]{0,8}[0-9]")
_OFFICE = later(
    r"<a\s(?=[^<>\n]{0,200}\bhref=\"#(?P<name>(?:_ftn|_edn|sdfootnote|sdendnote|ftnt)(?:_?ref)?[0-9]{1,4}[a-z]{0,3})\")"
    r"[^<>\n]{1,400}>(?P<words>(?:<sup>)?\[?[0-9ivxlc*]{1,5}\]?(?:</sup>)?)</a>",
    re.I,
)
"""A link to a note or back, as office programs write it, which converters leave in Markdown."""
_TARGET = r"(?:[^\s()<>#]|\([^\s()<>#]{0,100}\))"
_LINK = later(
    r"\[(?P<words>(?:\\.|[^\[\]\\\n]|\[[^\[\]\n]{0,40}\](?:\{[^{}\n]{0,40}\})?){1,40}+)\]"
    rf"\(<?(?P<page>{_TARGET}{{0,500}}+)#(?P<name>{_TARGET}{{1,200}}+)>?(?:\s\"[^\"\n]{{0,300}}\")?\)"
    r"(?:\{[^{}\n]{0,120}\})?"
)
_LABEL = later(
    r"[0-9]{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶]{1,3}"
    r"|(?:[Nn]otes?|nb|[nN]|[Ff]ootnote|(?:lower|upper)-(?:alpha|roman|greek)) ?[0-9]{1,3}"
)
_TAG = later(r"</?sup[^<>\n]{0,60}>|\{[^{}\n]{0,40}\}")
_LEAD = later(
    r"(?P<indent>\s{0,12})(?:<p[^<>\n]{0,60}>)?(?:[-*+•]\s+)?(?:(?P<number>[0-9]{1,4})\\?[.)]\s+)?(?:\*\*)?"
    r"(?:<a\s[^<>\n]{1,120}>\s?</a>)?"
)
_WAYS_BACK = later(r"(?:\s|\\?\^|\*\*|↑|,|<sup>|\[(?=\^ \[|\*\*\[)|Jump up to:?)*+")
"""What stands before and between the ways back that begin a note."""
_BEHIND = later(r"(?:\*\*|</sup>|\]\{[^{}\n]{0,80}\}|\\?\^(?=[\s\"“]))*+[\s:.。]*")
_ARROW = later(r"[\s\\↩↑⏎^︎️*_]*(?:(?:back|return|jump)\b.{0,40}|[0-9a-z]{0,3})", re.I)
_END = later(r"[\s*_\\.]*$")
_RAISED_RUN = later(
    r"(?:(?<!\[)\^(?P<round>\()?|<sup>)(?P<run>(?:\[\^[^\[\]\n]{1,40}\]\s?|\[(?:\\.|[^\[\]\\\n]|\[[^\[\]\n]{0,40}\]){1,40}+\]"
    r"\(#[^()\s]{1,200}\)\s?){1,40}+)(?(round)\)|(?:\^|</sup>))"
)
"""Markers set high: "^[1](#n1)^", "<sup>[1](#n1)</sup>", and "^([1](#n1))" as on GitHub."""
_BOXED = later(r"(?:\^|(?<!\^))\\?\[(\[\^[0-9]{1,4}\])\\?\]\^?")
"""A marker in the brackets that AsciiDoc sets around it: "^[[1](#_footnotedef_1)]"."""
_SECOND = later(r"[-:][0-9]{1,3}$")
"""What the second way back of one note ends in."""
_PARTS_NOTES = later(r"\s{0,3}(?:#{1,6}\s|(?:[-*_]\s*+){3,100}$)")
_NUMBER_LINK = later(r"\[(?:\\?\[)?[0-9]{1,3}(?:\\?\])?\]\(<?(?=https?:)")
_ABOVE, _LONGEST_NOTE = 12, 40
"""Lines in which a note's number is found above its way back, and lines that a note has."""
_FEWEST = 2
"""Markers that lead to a page without a way back from it."""


class _Link(NamedTuple):
    """A link to a note or, `back`, to what leads there. `label`: what it is called as a marker."""

    match: re.Match[str]
    page: str
    key: str
    back: bool
    label: str | None


class _Note(NamedTuple):
    """A note: the line that it begins in, its key, its own number, and its text in that line."""

    line: int
    key: str
    number: str | None
    text: str


def with_office_links(text: str) -> str:
    """The text with the elements that lead to notes and back as links of Markdown."""
    return _OFFICE.sub(r"[\g<words>](#\g<name>)", text) if 'href="#' in text else text


def fold_notes(lines: Sequence[str]) -> list[str]:
    """The lines, as many as before, with notes as "[^1]: ..." and their markers as "[^1]".

    A marker whose note is not there leads into the page itself. What is in fenced code stays as it
    is, and so do links to notes of other pages.
    """
    linked = {n: line for n, line in enumerate(lines) if "#" in line and _hinted(line)}
    if not linked:
        return list(lines)
    code = fences(lines)
    every = {n: list(_links(line)) for n, line in linked.items() if n not in code}
    pages = ("", _own_page(lines, [link for each in every.values() for link in each]))
    found = {n: [link for link in each if link.page in pages] for n, each in every.items()}
    markers = [link for each in found.values() for link in each if link.label and not link.back]
    called = {link.key: link.label or "" for link in reversed(markers)}
    notes = _notes(lines, found)
    labels = {note.line: label for note in notes if (label := _label(note, called))}
    known = {label for label in labels.values() if label}
    folded = list(lines)
    for number, links in found.items():
        folded[number] = _with_markers(lines[number], links, known)
    for note in notes:
        if note.line in labels:
            folded[note.line] = f"[^{labels[note.line]}]: {_with_words(note.text, pages)}"
    _join(folded, lines, sorted(labels), found)
    return folded


def _own_page(lines: Sequence[str], links: Sequence[_Link]) -> str | None:
    """The page that a text was made of, as the links between its markers and notes name it.

    Without a way back, numbers that lead to another page, too, are citations of pages: None.
    """
    back = Counter(link.page for link in links if link.back and link.page)
    if back:
        return back.most_common(1)[0][0]
    markers = Counter(link.page for link in links if link.label and link.page)
    page, count = markers.most_common(1)[0] if markers else ("", 0)
    if count < _FEWEST:
        return None
    numbers = (each for line in lines if "](" in line for each in _NUMBER_LINK.finditer(line))
    return page if all(each.string.startswith(page, each.end()) for each in numbers) else None


def _hinted(line: str) -> bool:
    return bool(_HINT.search(line) or _ENTRY_HINT.search(line))


def _links(line: str) -> Iterator[_Link]:
    for match in _LINK.finditer(line):
        label = _called(match["words"])
        if named := _NAMES.fullmatch(match["name"]):
            kind = named.lastgroup or ""
            key, back = _plain(named[kind], kind), kind.endswith("back")
            yield _Link(match, match["page"], key, back, label)
        elif (entry := _ENTRY.fullmatch(match["name"])) and entry[1] == label and match["page"]:
            yield _Link(match, match["page"], f"entry {label}", back=False, label=label)


def _called(words: str) -> str | None:
    """What a marker is called by the words of its link: "3" by "[[3]]"."""
    if "<" in words or "{" in words:
        words = _TAG.sub("", words)
    bare = words.replace("\\", "").strip("[]^*_ ")
    return bare.replace(" ", "-") if _LABEL.fullmatch(bare) else None


def _plain(key: str, kind: str) -> str:
    """The key that a note and its ways back share: "roe-2" for "roe_2-0", the first way there."""
    if kind == "wiki_back":
        return re.sub(r"_([0-9]{1,5})-[0-9]{1,4}$", r"-\1", key)
    return key.lstrip("-:_.") if kind.startswith("any") else key


def _label(note: _Note, called: Mapping[str, str]) -> str | None:
    """What the markers call a note; its own number where none leads to it."""
    shorter = _SECOND.sub("", note.key)
    return called.get(note.key) or called.get(shorter) or note.number


def _notes(lines: Sequence[str], found: Mapping[int, list[_Link]]) -> list[_Note]:
    notes: dict[int, _Note] = {}
    for number, links in found.items():
        back = [link for link in links if link.back]
        note = back and (_begun(lines[number], number, back) or _ended(lines, number, back))
        if note:
            notes.setdefault(note.line, note)
    return list(notes.values())


def _begun(line: str, number: int, back: Sequence[_Link]) -> _Note | None:
    """The note of a line that begins with its ways back."""
    lead = _LEAD.match(line)
    at = lead.end() if lead else 0
    first: _Link | None = None
    for link in back:
        between = _WAYS_BACK.match(line, at)
        if between is None or between.end() != link.match.start():
            break
        first, at = first or link, link.match.end()
    if first is None:
        return None
    behind = _BEHIND.match(line, at)
    own = lead["number"] if lead and lead["number"] else first.label
    return _Note(number, first.key, own, line[behind.end() if behind else at :])


def _ended(lines: Sequence[str], number: int, back: Sequence[_Link]) -> _Note | None:
    """The note of a counted line that ends with its ways back, or that such a line goes on with."""
    line = lines[number]
    end = len(line)
    first: _Link | None = None
    for link in reversed(back):
        if not _END.fullmatch(line, link.match.end(), end) or not _ARROW.fullmatch(
            _TAG.sub("", link.match["words"])
        ):
            break
        first, end = link, link.match.start()
    if first is None:
        return None
    for start in range(number, max(-1, number - _ABOVE), -1):
        lead = _LEAD.match(lines[start])
        if lead and lead["number"]:
            text = lines[start][lead.end() : end if start == number else None]
            return _Note(start, first.key, lead["number"], text.rstrip())
        other = start < number and "](" in lines[start]
        if other or (lines[start].strip() and not lines[start][:1].isspace()):
            return None
    return None


def _with_markers(line: str, links: Sequence[_Link], known: set[str]) -> str:
    """A line with its links to notes as markers; those to no note lead into the page itself."""
    pieces: list[str] = []
    at = 0
    for link in links:
        pieces.append(line[at : link.match.start()])
        at = link.match.end()
        if link.back:
            continue
        if link.label and (link.label in known or not link.label.isdecimal()):
            pieces.append(f"[^{link.label}]")
        else:
            pieces.append(f"[{link.match['words']}](#{link.match['name']})")
    pieces.append(line[at:])
    return _BOXED.sub(r"\1", _RAISED_RUN.sub(r"\g<run>", "".join(pieces))) if pieces[1:] else line


def _with_words(text: str, pages: tuple[str | None, ...]) -> str:
    """The text of a note, in which numbers that lead to other notes are words."""
    pieces: list[str] = []
    at = 0
    for link in _links(text):
        if link.page in pages:
            pieces += (text[at : link.match.start()], "" if link.back else link.match["words"])
            at = link.match.end()
    return "".join([*pieces, text[at:]]).strip()


def _join(
    folded: list[str], lines: Sequence[str], notes: Sequence[int], found: Mapping[int, list[_Link]]
) -> None:
    """Set the paragraphs of a note to its line, where its number stands on a line of its own.

    Those up to the next note are its own, but for what cites; of the last note, only the first.
    """
    for place, start in enumerate(notes):
        if folded[start].rstrip()[-1:] != ":":
            continue
        last = place + 1 == len(notes)
        end = len(lines) if last else notes[place + 1]
        own = [n for n in range(start + 1, min(end, start + _LONGEST_NOTE)) if lines[n].strip()]
        apart = end > start + _LONGEST_NOTE or any(
            _PARTS_NOTES.match(lines[n]) or any(link.label for link in found.get(n, ()))
            for n in own
        )
        if not own or _PARTS_NOTES.match(lines[own[0]]):
            continue
        folded[start] = f"{folded[start].rstrip()} {folded[own[0]].strip()}"
        folded[own[0]] = ""
        for number in () if last or apart else own[1:]:
            folded[number] = f"    {folded[number].strip()}"
