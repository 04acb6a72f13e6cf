"""A text as programs export it -> the same, its links and lists as Markdown has them.

What many programs write, each in its own way, and what only a whole text shows: links broken into
two lines, sources linked twice, lists on the line of their paragraph, notes of AsciiDoc and of
office programs.
"""

import re
from collections.abc import Callable, Iterator

from ledger.extract.markers.code_spans import has_code, outside_code
from ledger.extract.markers.pictures import with_whole_pictures
from ledger.extract.markers.place import SOURCE
from ledger.extract.respell import asciidoc, latex, restructured, typst
from ledger.extract.respell.bold_sentences import with_parted_bold
from ledger.extract.respell.defined_entries import with_defined_entries, with_inner_links
from ledger.extract.respell.drawn_tables import with_drawn_tables
from ledger.extract.respell.element_notes import with_element_notes
from ledger.extract.respell.element_tables import with_element_tables
from ledger.extract.respell.foreign_marks import without_foreign_marks
from ledger.extract.respell.headed_entries import with_plain_entries
from ledger.extract.respell.identified_sources import with_identified_sources
from ledger.extract.respell.note_links import without_note_links
from ledger.extract.respell.notes_at_marks import with_notes_at_marks
from ledger.extract.respell.own_entries import without_own_links
from ledger.extract.respell.own_notes import with_office_links
from ledger.extract.respell.quoted_items import with_plain_items
from ledger.extract.respell.raised_letters import with_raised_letters
from ledger.extract.respell.respelled import respelled
from ledger.extract.respell.service_marks import without_service_marks
from ledger.extract.respell.site_commands import SITE_COMMANDS
from ledger.extract.respell.slashed_notes import with_slashed_notes
from ledger.extract.respell.soft_ends import with_soft_ends
from ledger.extract.respell.spellings import LINKS, SPELLINGS
from ledger.extract.respell.tab_tables import with_tab_tables
from ledger.extract.respell.vault_sources import with_vault_sources
from ledger.extract.respell.wide_keys import with_wide_keys
from ledger.extract.respell.worded_labels import with_worded_labels
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
_HEADING = later(
    r"^[ \t]{0,8}<h([1-6])\b[^<>\n]{0,300}>\s{0,8}([^\n]{1,600}?)\s{0,8}</h\1>[ \t]*$", re.M
)
"""A heading that was left as an element."""
_UNSHOWN = later(
    r"^[ \t]{0,8}<(style|script)\b[^<>\n]{0,300}>(?:[^<]|<(?!/?\1\b)){0,20000}+</\1>[ \t]*$", re.M
)
"""What tells a browser how a page looks or what it does."""
_ENDS_PARAGRAPH = later(r"</p>[ \t]{0,4}\n(?=[ \t]{0,8}<)")
_ELEMENT = later(r"<[^<>\n]{1,2000}>|&[#\w]{1,10};")
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
_REMARK = later(r"\[(?:注|註)(?:[释釋釈记記])?\s?([0-9]{1,2})\]")
"""A remark, counted apart from the sources of the same page: "[注 1]" beside "[1]"."""
_MOST_RESPELLED = 1_000
"""Ways to write a marker that are kept as written; each is looked for in the whole text."""


def is_spelled_otherwise(text: str) -> bool:
    """Whether a text is in Typst, AsciiDoc or LaTeX."""
    return _rewriter(text) is not None


def _rewriter(text: str) -> Callable[[str], str] | None:
    if "#" in text and typst.is_typst(text):
        return typst.as_markdown
    if asciidoc.is_asciidoc(text):
        return asciidoc.as_markdown
    return latex.as_markdown if "\\" in text and latex.is_latex(text) else None


def spelled_out(text: str) -> str:
    """The text, spelled so that each line says what it is. Never raises."""
    if rewrite := _rewriter(text):
        text = rewrite(text)
    if holds(text, "]_", "`_"):
        text = restructured.as_markdown(text) if restructured.is_restructured(text) else text
    spelled = _spelled(text)
    return outside_code(text, _spelled) if spelled != text and has_code(text) else spelled


def _spelled(text: str) -> str:
    text = with_plain_entries(with_plain_items(with_drawn_tables(with_element_tables(text))))
    text = with_whole_pictures(with_soft_ends(text))
    if holds(text, "][1]"):
        text = with_defined_entries(text)
    text = with_inner_links(text)
    if holds(text, "]("):
        text = without_own_links(_BROKEN_LINK.sub(r"](\1\2)", text))
    if holds(text, ")]["):
        text = _LINKED_TWICE.sub(_linked_once(text), text)
    if "<" in text:
        text = _as_lines(text)
    text = with_raised_letters(with_notes_at_marks(with_parted_bold(text)))
    text = latex.with_notes_of_latex(text)
    text = with_vault_sources(without_service_marks(with_slashed_notes(text)))
    text = with_identified_sources(text)
    text = respelled(without_foreign_marks(text), (*SITE_COMMANDS, *SPELLINGS))
    if holds(text, "]]") and text.count("]]") > 1:
        text = without_note_links(text)
    if holds(text, "]:\n") and begins_line(_EMPTY_DEFINITION, text):
        text = _EMPTY_DEFINITION.sub(r"\1 ", text)
    if "\t" in text:
        text = with_tab_tables(text)
    if holds(text, "[注", "[註") and "[1]" in text:
        text = _REMARK.sub(r"[note \1]", text)
    text = with_worded_labels(with_wide_keys(text))
    if holds(text, ": [1] http", ":** [1] http"):
        text = _LIST_BEHIND.sub("\n", text)
    return text


def respelled_in(text: str) -> Iterator[tuple[str, str]]:
    """Markers as `spelled_out` spells them, and how the text does, unless it has both."""
    seen: set[str] = set()
    written: set[str] = set()
    for sign, pattern, plain in (*SPELLINGS, *LINKS):
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
    if holds(text, "</style>", "</script>"):
        text = _UNSHOWN.sub("", text)
    if holds(text, "</p>"):
        text = _ENDS_PARAGRAPH.sub("</p>\n\n", text)
    if holds(text, "</h"):
        text = _HEADING.sub(_as_heading, text)
    if "<br" in text and begins_line(_BREAKS, text):
        text = _BREAKS.sub("", text)
    if "<a " in text:
        text = _LABEL_IN_PLACE.sub(r"\1\2:", _PLACE_OF_ENTRY.sub(r"\1", text))
        text = with_office_links(text)
    if holds(text, "<a ", "](#") and ("id=" in text or "name=" in text):
        text = with_element_notes(text)
    return _LIST_OF_NOTES.sub("\n\n## Footnotes\n\n", text) if "<ol" in text else text


def _as_heading(match: re.Match[str]) -> str:
    """A heading of Markdown for one that says something, and not only shows a picture."""
    says = any(map(str.isalnum, _ELEMENT.sub("", match[2])))
    return f"\n{'#' * int(match[1])} {match[2]}\n" if says else match[0]


def _linked_once(text: str) -> Callable[[re.Match[str]], str]:
    """What a name linked twice is: a link to its entry if the text has that, else to its page."""
    defined = frozenset(_DEFINED.findall(text))

    def once(match: re.Match[str]) -> str:
        return match["words"] + match["label" if match["label"] in defined else "target"]

    return once
