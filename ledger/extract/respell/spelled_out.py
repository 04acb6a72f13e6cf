"""A text as programs export it -> the same, its links and lists as Markdown has them.

What many programs write, each in its own way, and what only a whole text shows: links broken into
two lines, sources linked twice, lists on the line of their paragraph, notes of AsciiDoc and of
office programs.
"""

import re
from collections.abc import Callable, Iterator

from ledger.extract.markers.code_spans import outside_code
from ledger.extract.markers.pictures import with_whole_pictures
from ledger.extract.markers.place import SOURCE
from ledger.extract.respell import asciidoc, latex, restructured, typst
from ledger.extract.respell.attributes import ATTRIBUTES
from ledger.extract.respell.bold_sentences import with_parted_bold
from ledger.extract.respell.drawn_tables import with_drawn_tables
from ledger.extract.respell.element_notes import with_element_notes
from ledger.extract.respell.foreign_marks import LINKS, without_foreign_marks
from ledger.extract.respell.formula_stops import with_stops_of_formulas
from ledger.extract.respell.headed_entries import with_plain_entries
from ledger.extract.respell.note_links import without_note_links
from ledger.extract.respell.notes_at_marks import with_notes_at_marks
from ledger.extract.respell.own_entries import without_own_links
from ledger.extract.respell.own_notes import with_office_links
from ledger.extract.respell.quoted_items import with_plain_items
from ledger.extract.respell.raised_letters import with_raised_letters
from ledger.extract.respell.raised_notes import RAISED_NOTES, each_on_its_line
from ledger.extract.respell.respelled import Spelling, respelled
from ledger.extract.respell.service_marks import without_service_marks
from ledger.extract.respell.site_commands import SITE_COMMANDS
from ledger.extract.respell.slashed_notes import with_slashed_notes
from ledger.extract.respell.soft_ends import with_soft_ends
from ledger.extract.respell.tab_tables import with_tab_tables
from ledger.extract.respell.vault_sources import with_vault_sources
from ledger.letters import holds
from ledger.patterns import begins_line, later

_BROKEN_LINK = later(
    r"\]\(\s?(https?://[^\s()<>]{1,1000})\n[ \t>]{0,8}([^\s()<>]{1,1000})\)(?![^\W_])"
)
"""A link whose address was broken into two lines."""
_LIST_BEHIND = later(
    rf"(?<=[.!?…\])\"”])[ \t]{{1,4}}(?=[*_]{{0,2}}(?:{SOURCE}|[Rr]eferences?|[Cc]itations?"
    r"|[Ll]inks?):[*_]{0,2} \[1\] https?://)"
)
"""What stands between a paragraph and the list of its sources on the same line."""
_BREAKS = later(r"^[ \t]{0,8}(?:<br ?/?>[ \t]{0,8}){1,9}(?=[^\s|])", re.M)
_LIST_OF_NOTES = later(
    r"<(?:div|section)\b[^<>\n]{0,200}\b(?:footnotes|doc-endnotes)\b[^<>\n]{0,200}>\s{0,40}"
    r"(?:<hr[^<>\n]{0,60}>\s{0,40})?(?=<ol\b)"
)
"""Where the notes of a page begin that was left as elements."""
_PLACE_OF_ENTRY = later(
    r"^([ \t]{0,8}[-*+•][ \t]{1,4})"
    r"<a (?:id|name)=[\"'][^\"'<>\n]{1,100}[\"']>(?:</a>)?[ \t]?(?=[^\W\d_]|\*{0,2}\\?\[)",
    re.M,
)
"""The place that links lead to, before an entry without a number, or before its label."""
_LABEL_IN_PLACE = later(
    r"^([ \t]{0,3})<a (?:id|name)=[\"'][^\"'<>\n]{1,100}[\"']>(\\?\[[^\[\]\n]{1,40}\])</a>:?", re.M
)
"""The label of an entry in the place that links lead to: "<a name="roe">[ROE15]</a>: Roe"."""
_EMPTY_DEFINITION = later(r"^([ \t]{0,3}\[[^\[\]\n]{1,40}\]:)[ \t]*\n(?=[ \t]{0,3}[^\s\[#])", re.M)
"""A label whose entry stands on the next line."""
_DEFINED = later(r"\n(\[[^\[\]\s]{1,20}\]):")
_LINKED_TWICE = later(
    r"\[(?P<words>\[[^\[\]\n]{1,200}\])(?P<target>\([^\s()]{1,2000}\))\](?P<label>\[[^\[\]\s]{1,20}\])"
)
"""A source's name that links to its page, and to its entry in the list: "[[Roe](https://…)][1]"."""

_LINKED_LABEL = later(r"^([ \t>*-]{0,8})\\\[\[([0-9]{1,4})\]\(#[^\s()]{1,80}\)\\\]", re.M)
"""The number of an entry that links to its place: "\\[[1](#ref-1)\\] Roe, Dams."."""
_FOOTNOTE = later(r"\[[Ff]ootnote ([0-9]{1,4})\]")
_NOTE_OF_COURT = later(r"^([ \t]{0,8})FN ?([0-9]{1,3})[.:]?[ \t]{1,8}(?=[^\s])", re.M)
_MARK_OF_COURT = later(r"\[FN ?([0-9]{1,3})\]")
"""Notes as services print judgments: "of jurisdiction.[FN1]", below it "FN1. See Roe v. Doe."."""
_STOPPED_LABEL = later(r"^([ \t]{0,8}\[[0-9]{1,4})\.\](?=[ \t])", re.M)
"""The number of an entry with a stop in its brackets: "[1.] Roe, Dams."."""
_CALL = later(r"^\{\{[-~]?\s{0,8}\w{1,40}\([^{}]{0,4000}\)\s{0,8}[-~]?\}\}[ \t]*$", re.M)
"""What a template is told, on lines of its own: a figure, a table."""
_ITEM_TO_PLACE = later(
    r"^[ \t]{0,12}<li><a href=\"#(?P<place>[^\"<>\s]{1,200})\">(?P<words>[^<>\n]{1,200})</a>"
    r"(?:</li>)?[ \t]*$(?:\n[ \t]{0,12}</?(?:ul|ol|li)>[ \t]*$){0,12}",
    re.M,
)
"""An item of a table of contents, as an element."""
_FOUND_BY = later(r" \(source nr: [0-9, ]{1,300}\)[ \t]*$", re.M)
"""What a program of research adds to a title, its numbers again: "Dams (source nr: 1, 51)"."""
_TIED_BLANK = later(r"\\ (?=[\[\\@])")
"""A blank that is escaped, before what belongs to its word: "the quay\\ [@roe2020]"."""
_REMARK = later(r"\[(?:注|註)(?:[释釋釈记記])?\s?([0-9]{1,2})\]")
"""A remark, counted apart from the sources of the same page: "[注 1]" beside "[1]"."""
_SIGNED = later(r"^([ \t]{0,3})🔗\ufe0f?[ \t]{1,2}(?=\[?[0-9])", re.M)
"""A sign before the number of an entry."""
_DOCUMENT = later(r"\[doc([0-9]{1,3})\]")
"""How answers over a company's own documents cite: "[doc1]"."""
_PASSAGE = later(r"\s?(?:##([0-9]{1,3})\$\$|~~([0-9]{1,3})==(?![\w~=]))")
"""How answers over one's own documents cite a passage: "It rose ##0$$."."""
_LONG_RANGE = later(r"(\[[0-9]{1,4}(?:, ?[0-9]{1,4}){0,20})--(?=[0-9]{1,4}[\],])")
"""A range as it is typed for a printer: "[3--5]"."""
_AMPERSAND = later(r"&amp;(?!#|[A-Za-z]{1,10};)")
"""An ampersand as pages spell it: "(Roe &amp; Doe, 2020)"."""
_QUOTE = later("&quot;")
_COLON_LABEL = later(r"^([ \t]{0,3})([0-9]{1,3}): (?=https?://\S{3,2000}[ \t]*$)", re.M)
"""An entry that is a number, a colon and an address."""
_RAISED_COMMA = later(r"(?<=\])(?:\^,\s?\^|<sup>,\s?</sup>)(?=\[)")
"""What stands between two notes of one place: "[^2]^,^[^3]"."""
_RAISED_PAGES = later(
    r"\^(?=[^\^\n]{0,80}\(p)((?:[0-9]{1,4}(?:\(pp?[0-9,–-]{1,12}\))?(?:,\s?|(?=\^))){1,20})\^"
)
"""Numbers set high, with pages: "^1(p12),2^"."""
_NUMBER_LINK = r"\[[0-9]{1,4}\]\([^\s()]{1,2000}\)"
_RAISED_LINKS = later(rf"\^\(({_NUMBER_LINK}(?:[,;\s]{{1,3}}{_NUMBER_LINK}){{0,20}})\)")
"""Links set high: "a dam.^([1](https://…))"."""
_RAISED_LIST = later(r"\^[0-9]{1,4}(?:,\\ [0-9]{1,4}){1,20}\^")
"""Numbers set high, the spaces between them escaped: "^4,\\ 5^"."""
_RAISED_LINK = later(r"\^(\[\\\[[0-9]{1,4}\\\]\]\(#[^\s()]{1,100}\))\^")
"""A link to a note, set high: "^[\\[1\\]](#fn1)^"."""
_CARET_BEFORE_LINK = later(r"(?<!\[)\^(?=\[(?:\\?\[)?[0-9]{1,3}(?:\\?\])?\]\(https?:)")
"""What raises a link in a forum: "five hours^[[1]](https://…)"."""
_RAISED_IN_ROUND = later(r"(?<!\[)\^\(\\?\[([0-9]{1,3}(?:, ?[0-9]{1,3}){0,9})\\?\]\)")
"""A number raised there, its brackets escaped or not: "otherwise.^(\\[3\\])"."""
_BRACKETED_KEY = later(r"\[(\[-?@[^\[\]\n]{1,200}\])\]")
"""Keys in brackets of links: "[[@roe2020]]"."""
_NOWHERE_NUMBER = later(r"\[(\[[0-9]{1,4}\])\]\(\)")
"""A number linked to nothing: "[[3]]()"."""
_LINK_IN_ROUND = later(
    r"(\[[0-9]{1,4}\])\(\[[^\[\]\n]{1,200}\]\(((?:https?://|www\.)[^\s()]{3,2000})\)\)"
)
"""A number, and its link in brackets: "[1]([example.org](https://example.org/a))"."""
_UNDERLINED_LINK = later(r"\[<u>([^<>\[\]\n]{1,2000})</u>\]\(")
"""How an export sets the words of links: "[[https://…]{.underline}](https://…)"."""
_RAISED_RUN = later(r"\^((?:\[[0-9]{1,4}\]){2,12})\^")
"""Several in brackets set high in one go: "^[2][3]^"."""
_IN_STYLE = later(
    r"<span class=\"csl-(?:left-margin|right-inline)\">((?:[^<]|<(?!/?span\b)){0,4000}+)</span>"
)
"""The number of an entry, and the entry, as citeproc sets them side by side."""
_WORD_BEFORE = later(r"(?<![^\W_])cite(?=\[\^[0-9]{1,3}_[0-9]{1,3}\])")
_KEYCAP = later(r"^([ \t]{0,4}(?:[-*] )?)([1-9])\ufe0f?\u20e3[ \t]*", re.M)
_FAVICON = later(r"!\[[^\[\]\n]{0,80}\]\([^()\s]{0,200}favicon[^()\s]{0,500}\)")
_LINKED_BY_NUMBER = later(r"\[([^\[\]\n]{1,200})\]\(\^([0-9]{1,3})\^\)")
"""Words linked to an entry by its number: "[this page](^2^)"."""
_COUNTED_LINK = later(r"^(?:[-*] )?\[\(([0-9]{1,2})\) ([^\[\]\n]{2,300})\]\((?=https?://)", re.M)
"""An entry whose link has its number, too: "- [(1) Dams.](https://…)"."""
_PAGE_LINK = later(r"\[((?:\\.|[^\[\]\\\n]){1,300}+)\]\(#page-[0-9]{1,5}-[0-9]{1,5}\)")
"""A link to a place of a page that a program read: "[\\[2,](#page-3-1) [3\\]](#page-3-2)"."""
_ESCAPED = later(r"\\([\[\](){}.,;:*_-])")
_SPACED_HIGH = later(r"\$ ?\^ ?\{ ?([0-9][0-9 ,–-]{0,60}?) ?\} ?\$")
"""Numbers set high in a formula by a program that parts all its signs: "$^ { 1 - 3 }$"."""
_RAISED_WAY_BACK = later(r"\^(\*{0,2}\[\^\]\(#[^\s()]{1,100}\)\*{0,2})\^")
_BLOCK_ID = later(r"[ \t]\^[A-Za-z0-9-]{1,40}[ \t]*$", re.M)
"""The name of a line at its end, to which links lead: "1. Roe, Dams. ^ref-1"."""
_EMPTY_SPAN = later(r"<span id=\"[^\"<>\n]{1,100}\"></span>[ \t]?")
_EMPTY_DIV = later(r"<div id=\"[^\"<>\n]{1,100}\"></div>[ \t]?")
_ENTRY_IN_ELEMENT = later(
    r"^[ \t]{0,8}<(p|div) id=\"[^\"<>\n]{1,100}\">"
    r"(\[[^\[\]\n]{1,40}\][^\n]{1,3000}?)</\1>[ \t]{0,8}$",
    re.M,
)
"""An entry in the element that links lead to: '<p id="ref-1">[1] Roe. Dams.</p>'."""
_PAGED = later(r"\[([0-9]{1,4})\]\(pp?\.?\s?([0-9]{1,5}(?:[-–][0-9]{1,5})?)\)")
"""A number with its page behind it, which looks like a link: "[1](p12)"."""
_TIED = later(r"~(?=\\[A-Za-z]{0,9}[Cc]ite)")
"""What ties a command to the word before it."""
_MOST_RESPELLED = 1_000
"""Ways to write a marker that are kept as written; each is looked for in the whole text."""


_ODD_NUMBERS: tuple[Spelling, ...] = (
    ("]([", _LINK_IN_ROUND, r"\1(\2)"),
    ("~\\", _TIED, " "),
    ("](p", _PAGED, r"[\1, p. \2]"),
    ("ootnote 1]", _FOOTNOTE, r"[\1]"),
    ("[FN", _NOTE_OF_COURT, r"\1[^FN\2]: "),
    ("[FN", _MARK_OF_COURT, r"[^FN\1]"),
    ("&amp;", _AMPERSAND, "&"),
    ("&quot;", _QUOTE, '"'),
    ("--", _LONG_RANGE, r"\1–"),
    ("\n1: http", _COLON_LABEL, r"\1[\2]: "),
    ("\n{{", _CALL, ""),
    ("<li><a", _ITEM_TO_PLACE, r"- [\g<words>](#\g<place>)"),
    *ATTRIBUTES,
    ("[<u>", _UNDERLINED_LINK, r"[\1]("),
    ("(source nr: ", _FOUND_BY, ""),
    ("\\ ", _TIED_BLANK, " "),
    ("¹ ", RAISED_NOTES, each_on_its_line),
    ("🔗", _SIGNED, r"\1"),
    ("[doc1]", _DOCUMENT, r"[\1]"),
    ("$$", _PASSAGE, r" [ID:\1\2]"),
    ("~~", _PASSAGE, r" [ID:\1\2]"),
    ("[1.]", _STOPPED_LABEL, r"\1]"),
    ("]^,", _RAISED_COMMA, ""),
    ("]<sup>,", _RAISED_COMMA, ""),
    ("(p", _RAISED_PAGES, r"<sup>\1</sup>"),
    ("\\[[", _LINKED_LABEL, r"\1[\2]"),
    ("^([", _RAISED_LINKS, r"\1"),
    ("[[@", _BRACKETED_KEY, r"\1"),
    ("^[\\[", _RAISED_LINK, r"\1"),
    ("^[", _CARET_BEFORE_LINK, ""),
    ("^(", _RAISED_IN_ROUND, r"[\1]"),
    ("[^](#", _RAISED_WAY_BACK, r"\1"),
    ("]]()", _NOWHERE_NUMBER, r"\1"),
    ("]^", _RAISED_RUN, r"\1"),
    ("cite[^", _WORD_BEFORE, ""),
    ("csl-left-margin", _IN_STYLE, r"\1"),
    ("\u20e3", _KEYCAP, r"\1\2. "),
    ("favicon", _FAVICON, ""),
    ("](^", _LINKED_BY_NUMBER, r"\1[\2]"),
    ("[(1) ", _COUNTED_LINK, r"[\1]: [\2]("),
    ("](#page-", _PAGE_LINK, lambda match: _ESCAPED.sub(r"\1", match[1])),
    ("$^", _SPACED_HIGH, lambda match: f"$^{{{''.join(match[1].split())}}}$"),
    ("](#^", _BLOCK_ID, ""),
    ("<span id=", _EMPTY_SPAN, ""),
    ("<div id=", _EMPTY_DIV, ""),
    (' id="', _ENTRY_IN_ELEMENT, r"\2"),
    (",\\ ", _RAISED_LIST, lambda match: match[0].replace("\\ ", "")),
)


def is_spelled_otherwise(text: str) -> bool:
    """Whether a text is in Typst, AsciiDoc or LaTeX."""
    if "#" in text and typst.is_typst(text):
        return True
    return asciidoc.is_asciidoc(text) or ("\\" in text and latex.is_latex(text))


def spelled_out(text: str) -> str:
    """The text, spelled so that each line says what it is. Never raises."""
    if "#" in text and typst.is_typst(text):
        text = typst.as_markdown(text)
    elif asciidoc.is_asciidoc(text):
        text = asciidoc.as_markdown(text)
    elif "\\" in text and latex.is_latex(text):
        text = latex.as_markdown(text)
    if holds(text, "]_", "`_"):
        text = restructured.as_markdown(text) if restructured.is_restructured(text) else text
    spelled = _spelled(text)
    return spelled if spelled == text else outside_code(text, _spelled)


def _spelled(text: str) -> str:
    text = with_plain_entries(with_plain_items(with_drawn_tables(text)))
    text = with_whole_pictures(with_soft_ends(with_stops_of_formulas(text)))
    if holds(text, "]("):
        text = without_own_links(_BROKEN_LINK.sub(r"](\1\2)", text))
    if holds(text, ")]["):
        text = _LINKED_TWICE.sub(_linked_once(text), text)
    if "<" in text:
        text = _as_lines(text)
    text = with_raised_letters(with_notes_at_marks(with_parted_bold(text)))
    text = with_vault_sources(without_service_marks(with_slashed_notes(text)))
    text = respelled(without_foreign_marks(text), (*SITE_COMMANDS, *_ODD_NUMBERS))
    if holds(text, "]]") and text.count("]]") > 1:
        text = without_note_links(text)
    if holds(text, "]:\n") and begins_line(_EMPTY_DEFINITION, text):
        text = _EMPTY_DEFINITION.sub(r"\1 ", text)
    if "\t" in text:
        text = with_tab_tables(text)
    if holds(text, "[注", "[註") and "[1]" in text:
        text = _REMARK.sub(r"[note \1]", text)
    if holds(text, ": [1] http", ":** [1] http"):
        text = _LIST_BEHIND.sub("\n", text)
    return text


def respelled_in(text: str) -> Iterator[tuple[str, str]]:
    """Markers as `spelled_out` spells them, and how the text does, unless it has both."""
    seen: set[str] = set()
    written: set[str] = set()
    for sign, pattern, plain in (*_ODD_NUMBERS, *LINKS):
        if not isinstance(plain, str) or not plain or sign not in text:
            continue
        for match in pattern.finditer(text):
            if match[0] in written:
                continue
            if len(written) == _MOST_RESPELLED:
                return
            written.add(match[0])
            spelled = match.expand(plain)
            if spelled not in seen and spelled not in text:
                yield spelled, match[0]
            seen.add(spelled)


def _as_lines(text: str) -> str:
    """The text without elements that begin a line and say nothing, lists of notes under a head."""
    if '{" "}' in text:
        text = text.replace('{" "}', " ")  # a space between elements of a page of components
    if "<br" in text and begins_line(_BREAKS, text):
        text = _BREAKS.sub("", text)
    if "<a " in text:
        text = _LABEL_IN_PLACE.sub(r"\1\2:", _PLACE_OF_ENTRY.sub(r"\1", text))
        text = with_office_links(text)
    if holds(text, "<a ", "](#") and ("id=" in text or "name=" in text):
        text = with_element_notes(text)
    return _LIST_OF_NOTES.sub("\n\n## Footnotes\n\n", text) if "<ol" in text else text


def _linked_once(text: str) -> Callable[[re.Match[str]], str]:
    """What a name linked twice is: a link to its entry if the text has that, else to its page."""
    defined = frozenset(_DEFINED.findall(text))

    def once(match: re.Match[str]) -> str:
        return match["words"] + match["label" if match["label"] in defined else "target"]

    return once
